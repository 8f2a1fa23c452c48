//! Dates in BibTeX's `year`, `month` and `day`, which are free text to BibTeX.

use super::mapping::{MONTHS, SEASONS};
use crate::record::{Bound, Date, Day, Month, Point};

/// What goes into `year`, `month` and `day`; `date` is set where these cannot say it all.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Legacy {
    pub(crate) year: String,
    /// A macro, or macros joined by `#`, or a value in braces.
    pub(crate) month: String,
    pub(crate) day: String,
    pub(crate) date: String,
}

/// Writes a date for BibTeX. A year is a plain number wherever the date has one, so that styles can sort by it.
pub(crate) fn to_legacy(date: &Date) -> Legacy {
    match date {
        Date::Literal(text) => Legacy { year: text.clone(), ..Legacy::default() },
        Date::Single(point) => single(point).unwrap_or_else(|| rest(date)),
        Date::Interval(Bound::Point(start), Bound::Point(end)) => interval(start, end).unwrap_or_else(|| rest(date)),
        Date::Interval(..) => rest(date),
    }
}

fn rest(date: &Date) -> Legacy {
    let year = date.start().map(year_text).unwrap_or_default();
    Legacy { year, date: date.to_string(), ..Legacy::default() }
}

fn single(point: &Point) -> Option<Legacy> {
    let month = match point.month {
        Some(month) => Some(month_text(month)?),
        None => None,
    };
    let day = match point.day {
        Some(Day::Day(day)) => day.to_string(),
        Some(Day::Unspecified) => return None,
        None => String::new(),
    };
    let plain = point.time.is_none() && !(point.uncertain && point.approximate);
    let flagged = point.uncertain || point.approximate;
    if !plain || (flagged && month.is_some()) || (point.unspecified_digits > 0 && flagged) {
        return None;
    }
    let year = match (point.approximate, point.uncertain) {
        (true, _) => format!("ca. {}", year_text(point)),
        (_, true) => format!("{}?", year_text(point)),
        _ => year_text(point),
    };
    Some(Legacy { year, month: month.unwrap_or_default(), day, date: String::new() })
}

/// "1999/2000", `jun # "--" # aug`, "3--5": intervals whose ends differ in their smallest part only.
fn interval(start: &Point, end: &Point) -> Option<Legacy> {
    let plain = |point: &Point| {
        point.unspecified_digits == 0
            && !point.uncertain
            && !point.approximate
            && point.time.is_none()
            && point.year > 0
    };
    if !plain(start) || !plain(end) {
        return None;
    }
    let year = year_text(start);
    match ((start.month, start.day), (end.month, end.day)) {
        ((None, None), (None, None)) if start.year < end.year => {
            Some(Legacy { year: format!("{year}/{}", year_text(end)), ..Legacy::default() })
        }
        ((Some(Month::Month(from)), None), (Some(Month::Month(to)), None)) if start.year == end.year && from < to => {
            let month = format!("{} # \"--\" # {}", month_macro(from)?, month_macro(to)?);
            Some(Legacy { year, month, ..Legacy::default() })
        }
        ((Some(month @ Month::Month(from)), Some(Day::Day(first))), (Some(Month::Month(to)), Some(Day::Day(last))))
            if start.year == end.year && from == to && first < last =>
        {
            Some(Legacy { year, month: month_text(month)?, day: format!("{first}--{last}"), date: String::new() })
        }
        _ => None,
    }
}

/// "2020", "199X", "34 BCE".
fn year_text(point: &Point) -> String {
    if point.unspecified_digits == 0 && point.year <= 0 {
        return format!("{} BCE", 1 - i64::from(point.year));
    }
    Date::Single(Point { year: point.year, unspecified_digits: point.unspecified_digits, ..Point::default() })
        .to_string()
}

fn month_text(month: Month) -> Option<String> {
    match month {
        Month::Month(number) => month_macro(number).map(str::to_owned),
        Month::Season(number) => {
            let name = SEASONS.get(usize::from(number).checked_sub(21)?)?;
            Some(format!("{{{name}}}"))
        }
        Month::Unspecified => None,
    }
}

fn month_macro(number: u8) -> Option<&'static str> {
    MONTHS.get(usize::from(number).checked_sub(1)?).copied()
}
