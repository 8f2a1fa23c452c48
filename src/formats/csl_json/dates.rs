//! CSL's date objects.
//!
//! `date-parts` holds one date or two, each of year, month and day; `season` (1 to 4) and `circa` belong to the whole. What that cannot
//! hold (an unspecified digit, an open end, a season in a range, a time of day) is written as near as it comes, and [`write`] says so.

use crate::record::{Bound, Date, Day, Month, Point};
use crate::text::date_text;
use crate::text::json::{Json, Node, push_string};

/// Appends the date object, and says whether [`read`] gives the date back exactly.
pub(super) fn write(date: &Date, out: &mut String) -> bool {
    match date {
        Date::Literal(text) => {
            out.push_str("{\"literal\":");
            push_string(out, text);
            out.push('}');
            date_of_literal(text) == *date
        }
        Date::Single(point) if point.unspecified_digits > 0 => {
            // "199X": a year would say more than is known; the literal reads back as what it is.
            out.push_str("{\"literal\":");
            push_string(out, &date.to_string());
            out.push('}');
            true
        }
        Date::Single(point) => {
            let exact = push_single(point, out);
            exact && !point.uncertain
        }
        Date::Interval(Bound::Point(from), end @ (Bound::Point(_) | Bound::Open)) => push_interval(from, end, out),
        // A start that is open, or an end that is unknown: the end that is known, alone.
        Date::Interval(..) => {
            match date.start() {
                Some(point) => {
                    push_single(point, out);
                }
                None => out.push_str("{\"literal\":\"\"}"),
            }
            false
        }
    }
}

fn push_single(point: &Point, out: &mut String) -> bool {
    out.push_str("{\"date-parts\":[");
    let exact = push_parts(point, out);
    out.push(']');
    if let Some(Month::Season(season @ 21..=24)) = point.month {
        out.push_str(",\"season\":");
        push_int(i32::from(season) - 20, out);
    }
    push_circa(point.approximate || point.uncertain, out);
    out.push('}');
    exact
}

/// An open end is a second date of 0, which therefore is no year here.
fn push_interval(from: &Point, end: &Bound, out: &mut String) -> bool {
    out.push_str("{\"date-parts\":[");
    let mut exact = push_parts(from, out);
    out.push(',');
    let mut points = vec![from];
    if let Bound::Point(to) = end {
        exact &= push_parts(to, out) && (to.year != 0 || to.month.is_some());
        points.push(to);
    } else {
        out.push_str("[0]");
    }
    out.push(']');
    let circa = points.iter().any(|point| point.approximate || point.uncertain);
    push_circa(circa, out);
    out.push('}');
    let plain = |point: &&Point| {
        point.approximate == circa && !point.uncertain && !matches!(point.month, Some(Month::Season(_)))
    };
    exact && points.iter().all(plain)
}

/// Appends `[year, month, day]`, and says whether that is all of the point but its season and its `~`.
fn push_parts(point: &Point, out: &mut String) -> bool {
    out.push('[');
    push_int(point.year, out);
    if let Some(Month::Month(month)) = point.month {
        out.push(',');
        push_int(i32::from(month), out);
        if let Some(Day::Day(day)) = point.day {
            out.push(',');
            push_int(i32::from(day), out);
        }
    }
    out.push(']');
    let month_fits = matches!(point.month, None | Some(Month::Month(_) | Month::Season(21..=24)));
    month_fits && point.unspecified_digits == 0 && point.time.is_none() && !matches!(point.day, Some(Day::Unspecified))
}

fn push_circa(circa: bool, out: &mut String) {
    if circa {
        out.push_str(",\"circa\":true");
    }
}

fn push_int(number: i32, out: &mut String) {
    let mut digits = [0_u8; 10];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push('-');
    }
    out.extend(digits[at..].iter().map(|&digit| char::from(digit)));
}

/// Reads a date in every dialect: CSL's object, pandoc's older `{"year": …}` and its lists, a bare string or number.
///
/// `rest` takes the members that the date does not hold. None when nothing of it is a date.
pub(super) fn read<'n, 't>(node: &'n Node<'t>, rest: &mut Vec<(&'n str, &'n Node<'t>)>) -> Option<Date> {
    match &node.value {
        Json::String(text) => Some(date_text::read(text)).filter(|date| !date.is_empty()),
        Json::Number(text) | Json::Raw(text) => Some(date_text::read(text)),
        Json::Object(_) => read_object(node, rest),
        Json::Array(elements) if elements.iter().all(|element| element.as_object().is_some()) => {
            let points: Vec<Point> = elements.iter().filter_map(year_object).collect();
            from_points(points)
        }
        Json::Array(_) => from_parts(node),
        _ => None,
    }
}

fn read_object<'n, 't>(node: &'n Node<'t>, rest: &mut Vec<(&'n str, &'n Node<'t>)>) -> Option<Date> {
    let mut date = None;
    let (mut season, mut circa) = (None, false);
    for member in node.as_object()? {
        let value = &member.node;
        let taken = match &*member.name {
            "date-parts" => {
                date = date.or_else(|| from_parts(value));
                // Crossref's `[[null]]` is an empty date.
                date.is_some() || is_void(value)
            }
            "year" => {
                date = date.or_else(|| year_object(node).map(Date::Single));
                date.is_some()
            }
            "month" | "day" if node.get("year").is_some() => true,
            "raw" | "edtf" if date.is_none() => {
                date = value.scalar().map(date_text::read);
                date.is_some()
            }
            "literal" if date.is_none() => {
                date = value.scalar().map(date_of_literal);
                date.is_some()
            }
            "season" => {
                season = value.scalar().and_then(season_of);
                season.is_some()
            }
            "circa" => {
                circa = value.scalar().is_some_and(|text| !matches!(text, "false" | "0" | ""));
                true
            }
            _ => false,
        };
        if !taken {
            rest.push((&member.name, value));
        }
    }
    let mut date = date.filter(|date| !date.is_empty())?;
    if let Date::Single(point) = &mut date {
        if point.month.is_none() {
            point.month = season;
        }
        point.approximate |= circa;
    } else if let (Date::Interval(from, to), true) = (&mut date, circa) {
        for bound in [from, to] {
            if let Bound::Point(point) = bound {
                point.approximate = true;
            }
        }
    }
    Some(date)
}

/// A literal that is EDTF is a date: `{"literal": "2020-05"}` is what programs without `date-parts` write.
fn date_of_literal(text: &str) -> Date {
    Date::parse(text)
}

fn is_void(node: &Node<'_>) -> bool {
    match &node.value {
        Json::Null => true,
        Json::Array(elements) => elements.iter().all(is_void),
        Json::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// `[[2020, 5], [2020, 6]]`, and the flat `[2020, 5]`.
fn from_parts(node: &Node<'_>) -> Option<Date> {
    let elements = node.as_array()?;
    if elements.first().is_some_and(|first| first.as_array().is_none()) {
        return point(elements).map(Date::Single);
    }
    from_points(elements.iter().filter_map(|element| point(element.as_array()?)).collect())
}

fn from_points(points: Vec<Point>) -> Option<Date> {
    let mut points = points.into_iter();
    let from = points.next()?;
    Some(match points.next() {
        // An end of 0 is how CSL writes an open range.
        Some(to) if to.year == 0 && to.month.is_none() => Date::Interval(Bound::Point(from), Bound::Open),
        Some(to) => Date::Interval(Bound::Point(from), Bound::Point(to)),
        None => Date::Single(from),
    })
}

/// Year, month and day; zeros, blanks and nulls stand for what is absent.
fn point(parts: &[Node<'_>]) -> Option<Point> {
    let number = |at: usize| -> Option<i32> { parts.get(at)?.scalar()?.trim().parse().ok() };
    let year = number(0)?;
    let small = |at: usize| number(at).and_then(|number| u8::try_from(number).ok()).filter(|&number| number > 0);
    let month = small(1).or_else(|| date_text::month(parts.get(1)?.scalar()?));
    Some(match (month, small(2)) {
        // 13 to 16 and 21 to 24 are seasons in CSL's date-parts.
        (Some(month @ 13..=16), _) => Point::ym(year, month + 8),
        (Some(month), Some(day)) => Point::ymd(year, month, day),
        (Some(month), None) => Point::ym(year, month),
        (None, _) => Point::y(year),
    })
}

/// `{"year": 2020, "month": 5, "day": 3}`.
fn year_object(node: &Node<'_>) -> Option<Point> {
    let part = |name: &str| node.get(name).cloned().unwrap_or(Node { value: Json::Null, start: 0, end: 0 });
    let mut point = point(&[part("year"), part("month"), part("day")])?;
    if point.month.is_none() {
        point.month = node.get("season").and_then(|season| season_of(season.scalar()?));
    }
    Some(point)
}

/// 1 to 4, 21 to 24, or a season's name.
fn season_of(text: &str) -> Option<Month> {
    let number = match text.trim().parse::<u8>() {
        Ok(number @ 1..=4) => number + 20,
        Ok(number) => number,
        Err(_) => date_text::month(text.trim())?,
    };
    Month::from_number(number).filter(|month| matches!(month, Month::Season(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::json;

    #[track_caller]
    fn reads(source: &str, expected: &str) {
        let mut faults = Vec::new();
        let node = json::parse(source, &mut faults);
        let date = read(&node, &mut Vec::new());
        assert_eq!(date.map(|date| date.to_string()).as_deref(), Some(expected), "{source}");
    }

    #[test]
    fn every_dialect() {
        reads(r#"{"date-parts":[[2020,5,3]]}"#, "2020-05-03");
        reads(r#"{"date-parts":[["2020","05"]]}"#, "2020-05");
        reads(r#"{"date-parts":[[2020,0,0]]}"#, "2020");
        reads(r#"{"date-parts":[2020,5]}"#, "2020-05");
        reads(r#"{"date-parts":[[2020],[2021]]}"#, "2020/2021");
        reads(r#"{"date-parts":[[2020,1],[0]]}"#, "2020-01/..");
        reads(r#"{"date-parts":[[-43]],"circa":1}"#, "-0043~");
        reads(r#"{"date-parts":[[2001]],"season":"spring"}"#, "2001-21");
        reads(r#"{"date-parts":[[2001,15]]}"#, "2001-23");
        reads(r#"{"raw":"3 May 2020"}"#, "2020-05-03");
        reads(r#"{"literal":"in press"}"#, "in press");
        reads(r#""2020-05/2020-06""#, "2020-05/2020-06");
        reads("2020", "2020");
        reads(r#"{"year":2020,"month":"5"}"#, "2020-05");
        reads(r#"[{"year":"2020"},{"year":"2021"}]"#, "2020/2021");
    }

    #[test]
    fn an_empty_date_is_none() {
        let mut faults = Vec::new();
        let node = json::parse(r#"{"date-parts":[[null]],"x":1}"#, &mut faults);
        let mut rest = Vec::new();
        assert_eq!(read(&node, &mut rest), None);
        assert_eq!(rest.len(), 1);
    }

    #[track_caller]
    fn writes(date: &str, expected: &str, exact: bool) {
        let date = Date::parse(date);
        let mut out = String::new();
        assert_eq!(write(&date, &mut out), exact, "{date}");
        assert_eq!(out, expected);
        let mut faults = Vec::new();
        let node = json::parse(&out, &mut faults);
        assert!(faults.is_empty());
        assert_eq!(read(&node, &mut Vec::new()).as_ref() == Some(&date), exact, "{date} comes back as promised");
    }

    #[test]
    fn what_is_written_is_exact_or_said_not_to_be() {
        writes("2020-05-03", r#"{"date-parts":[[2020,5,3]]}"#, true);
        writes("2004-06/2006-08", r#"{"date-parts":[[2004,6],[2006,8]]}"#, true);
        writes("2001-21", r#"{"date-parts":[[2001]],"season":1}"#, true);
        writes("1984~", r#"{"date-parts":[[1984]],"circa":true}"#, true);
        writes("in press", r#"{"literal":"in press"}"#, true);
        writes("-0043", r#"{"date-parts":[[-43]]}"#, true);
        writes("1984?", r#"{"date-parts":[[1984]],"circa":true}"#, false);
        writes("199X", r#"{"literal":"199X"}"#, true);
        writes("2004/..", r#"{"date-parts":[[2004],[0]]}"#, true);
        writes("2004~/2005~", r#"{"date-parts":[[2004],[2005]],"circa":true}"#, true);
        writes("2004~/2005", r#"{"date-parts":[[2004],[2005]],"circa":true}"#, false);
        writes("2004/", r#"{"date-parts":[[2004]]}"#, false);
        writes("-0005/0000", r#"{"date-parts":[[-5],[0]]}"#, false);
        writes("../2004", r#"{"date-parts":[[2004]]}"#, false);
        writes("2001-21/2001-22", r#"{"date-parts":[[2001],[2001]]}"#, false);
        writes("1985-04-XX", r#"{"date-parts":[[1985,4]]}"#, false);
        writes("2001-34", r#"{"date-parts":[[2001]]}"#, false);
    }
}
