//! Dates: `2021/04/30/`, `2021/04//`, `2021///Spring`, and whatever else stands in `DA`, `PY`, `Y1` and `Y2`.

use crate::record::scan::trim;
use crate::record::{Bound, Date, Day, Month, Point};
use crate::text::date_text;

/// A date as it stood, and what could not become part of it.
pub(super) struct Read {
    pub(super) date: Date,
    /// Whether the fourth part, or something else, is not in `date`.
    pub(super) rest: bool,
    /// Whether it has the form of a date, but month or day are out of range.
    pub(super) bad: bool,
}

/// Reads one date.
pub(super) fn read(raw: &str) -> Read {
    let raw = trim(raw);
    if raw.len() == 4 && raw.bytes().all(|byte| byte.is_ascii_digit()) {
        let year = raw.bytes().fold(0, |year, digit| year * 10 + i32::from(digit - b'0'));
        return Read { date: Date::y(year), rest: false, bad: false };
    }
    if let Some(read) = slashes(raw) {
        return read;
    }
    Read { date: date_text::read(raw), rest: false, bad: false }
}

/// Year, month, day and other information, divided by slashes; each but the year may be empty or missing.
fn slashes(raw: &str) -> Option<Read> {
    let mut parts = raw.splitn(4, '/').map(str::trim);
    let (year, month) = (parts.next()?, parts.next()?);
    let day = parts.next().unwrap_or_default();
    let other = parts.next().unwrap_or_default().trim_matches('/');
    let number = |part: &str| (part.len() <= 2).then(|| part.parse::<u8>().ok()).flatten();
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year = year.parse().ok()?;
    let named = date_text::month(month);
    if !(month.is_empty() || number(month).is_some() || named.is_some()) {
        return None;
    }
    let month = named.or(number(month)).unwrap_or(0);
    let day = number(day).or(day.is_empty().then_some(0))?;
    let mut date = match (month, day) {
        (0, _) => Date::y(year),
        (month, 0) => Date::ym(year, month),
        (month, day) => Date::ymd(year, month, day),
    };
    let point = date.start()?;
    let bad = (month > 0 && point.month.is_none()) || (month > 0 && day > 0 && point.day.is_none());
    let season = date_text::month(other).filter(|_| month == 0);
    if let Some(season) = season {
        date = Date::ym(year, season);
    }
    if bad {
        return Some(Read { date: Date::literal(raw), rest: false, bad });
    }
    Some(Read { date, rest: !other.is_empty() && season.is_none() || month == 0 && day > 0, bad })
}

/// A date (`DA`, `Y1`) and a year (`PY`) of one reference, together.
pub(super) struct Combined {
    pub(super) date: Date,
    /// Whether the first holds something that `date` does not.
    pub(super) date_left: bool,
    /// The same of the second.
    pub(super) year_left: bool,
    pub(super) bad: bool,
}

impl Combined {
    /// The only date of a reference, be it `DA` or `PY`.
    pub(super) fn of(read: Read) -> Self {
        Self { date: read.date, date_left: read.rest, year_left: read.rest, bad: read.bad }
    }
}

/// Puts both together: the more precise one if they agree on the year; a month without a year ("AUG", "Apr 30") takes it from the other;
/// if they disagree, the year of publication counts.
pub(super) fn combine(date: &str, year: &str) -> Combined {
    // "AUG" and "AUG 30" beside a year, as Web of Science has them.
    if let Some(Read { date: Date::Single(Point { year: of_year, month: None, .. }), rest: false, bad: false }) =
        (year.len() == 4 && date.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| read(year))
    {
        let (name, day) = date.split_once(' ').unwrap_or((date, ""));
        let day = if day.is_empty() { Some(0) } else { day.parse::<u8>().ok().filter(|day| (1..=28).contains(day)) };
        if let (Some(month), Some(day)) = (date_text::month(name), day) {
            let date = if day == 0 { Date::ym(of_year, month) } else { Date::ymd(of_year, month, day) };
            if day == 0 || month < 13 {
                return Combined { date, date_left: false, year_left: false, bad: false };
            }
        }
    }
    let (first, second) = (read(date), read(year));
    let bad = first.bad || second.bad;
    match (first.date.year(), second.date.year()) {
        (Some(of_date), Some(of_year)) if of_date == of_year => {
            if precision(&second.date) > precision(&first.date) {
                Combined { date: second.date, date_left: first.rest, year_left: second.rest, bad }
            } else {
                Combined { date: first.date, date_left: first.rest, year_left: second.rest, bad }
            }
        }
        (None, Some(of_year)) if !matches!(second.date, Date::Literal(_)) => {
            let completed = date_text::read(&format!("{date} {of_year}"));
            match completed {
                Date::Literal(_) => Combined { date: second.date, date_left: true, year_left: second.rest, bad },
                completed => Combined { date: completed, date_left: false, year_left: second.rest, bad },
            }
        }
        (_, Some(_)) => Combined { date: second.date, date_left: true, year_left: second.rest, bad },
        (Some(_), None) => Combined { date: first.date, date_left: first.rest, year_left: true, bad },
        (None, None) if first.date == second.date => {
            Combined { date: first.date, date_left: first.rest, year_left: second.rest, bad }
        }
        // "199X" beside it, or two literals.
        (None, None) => {
            let dated = matches!(second.date, Date::Literal(_)) && !matches!(first.date, Date::Literal(_));
            let (date, date_left, year_left) =
                if dated { (first.date, first.rest, true) } else { (second.date, true, second.rest) };
            Combined { date, date_left, year_left, bad }
        }
    }
}

/// How much a date says: year, month, day, range.
fn precision(date: &Date) -> u8 {
    match date {
        Date::Interval(..) => 4,
        Date::Single(point) => {
            let flags = u8::from(point.uncertain || point.approximate || point.time.is_some());
            u8::from(point.month.is_some()) + u8::from(point.day.is_some()) + flags
        }
        _ => 0,
    }
}

/// What is written for a date: the year for `PY`, the rest for `DA`.
pub(super) struct Written {
    pub(super) year: Option<String>,
    pub(super) date: Option<String>,
}

/// How `date` is written. Seasons are named, as programs show `DA` as it stands; Zotero drops the fourth part, and takes a name in front
/// of the year.
pub(super) fn write(date: &Date, for_zotero: bool) -> Written {
    let year_of = |point: &Point| (point.unspecified_digits == 0).then(|| Point::y(point.year).to_string());
    match date {
        Date::Literal(text) => Written { year: (!for_zotero).then(|| text.clone()), date: None },
        Date::Interval(start, _) => {
            let year = match start {
                Bound::Point(point) => year_of(point),
                _ => None,
            };
            Written { year, date: Some(date.to_string()) }
        }
        Date::Single(point) => {
            let year = year_of(point);
            let whole = year.is_some() && !point.uncertain && !point.approximate && point.time.is_none();
            let date = match (point.month, point.day) {
                (None, None) if whole => None,
                (Some(Month::Month(month)), None) if whole && point.year > 999 => {
                    Some(format!("{:04}/{month:02}//", point.year))
                }
                (Some(Month::Month(month)), Some(Day::Day(day))) if whole && point.year > 999 => {
                    Some(format!("{:04}/{month:02}/{day:02}/", point.year))
                }
                (Some(Month::Season(season @ 21..=24)), None) if whole && point.year > 999 => {
                    let name = ["Spring", "Summer", "Autumn", "Winter"][usize::from(season - 21)];
                    Some(if for_zotero {
                        format!("{name} {}", point.year)
                    } else {
                        format!("{:04}///{name}", point.year)
                    })
                }
                _ => Some(date.to_string()),
            };
            Written { year, date }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(date: &str, year: &str, expected: &str, left: (bool, bool)) {
        let combined = combine(date, year);
        assert_eq!(combined.date.to_string(), expected, "{date} + {year}");
        assert_eq!((combined.date_left, combined.year_left), left, "{date} + {year}");
    }

    #[test]
    fn one_date() {
        for (raw, expected) in [
            ("2021/04/30/", "2021-04-30"),
            ("2021/04//", "2021-04"),
            ("2021///", "2021"),
            ("2021//", "2021"),
            ("2021///Spring", "2021-21"),
            ("2021/3", "2021-03"),
            ("2021", "2021"),
            ("1871/1872", "1871/1872"),
            ("2004-06/2004-08", "2004-06/2004-08"),
            ("in press", "in press"),
            ("2021/15//", "2021/15//"),
        ] {
            assert_eq!(read(raw).date.to_string(), expected, "{raw}");
        }
        assert!(read("2021/15//").bad);
        assert!(read("2013/02/15/received").rest);
    }

    #[test]
    fn date_and_year_make_one() {
        check("AUG", "2014", "2014-08", (false, false));
        check("JAN 20", "2022", "2022-01-20", (false, false));
        check("2021/04/30/", "2021", "2021-04-30", (false, false));
        check("2013", "2013/04/18", "2013-04-18", (false, false));
        check("2019/12/15", "2020", "2020", (true, false));
        check("available online", "2020", "2020", (true, false));
        check("1984~", "1984", "1984~", (false, false));
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "2021-04-30",
            "2021-04",
            "2021",
            "2021-21",
            "2004-06/2004-08",
            "1984~",
            "1984?",
            "199X",
            "-0033",
            "1871/1872",
        ] {
            for for_zotero in [false, true] {
                let date = Date::parse(text);
                let written = write(&date, for_zotero);
                let back = match (written.date, written.year) {
                    (Some(date), Some(year)) => combine(&date, &year).date,
                    (Some(one), None) | (None, Some(one)) => read(&one).date,
                    (None, None) => Date::literal(""),
                };
                assert_eq!(back, date, "{text}");
            }
        }
    }
}
