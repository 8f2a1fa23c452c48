//! Dates: EDTF level 1, and literals.
//!
//! The rule is ISO 8601-2:2019 as the Library of Congress prints it for EDTF, level 0 and 1: precision by year, month or day;
//! intervals with open or unknown ends; `?` uncertain, `~` approximate, `%` both; seasons 21–24; unspecified digits `X` from the
//! right; negative years and years of more than four digits behind `Y`. BibLaTeX's year divisions 25–41 (level 2) are read too.

use std::fmt;

use super::scan::trim;
use super::text::Text;

/// A date of a record.
///
/// ```
/// use reflist::Date;
/// assert_eq!(Date::parse("2004-06/2004-08").to_string(), "2004-06/2004-08");
/// assert_eq!(Date::parse("1984~").to_string(), "1984~");
/// assert_eq!(Date::parse("in press"), Date::Literal("in press".into()));
/// assert_eq!(Date::ymd(2021, 3, 4).year(), Some(2021));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Date {
    /// One point of time.
    Single(Point),
    /// An interval.
    Interval(Bound, Bound),
    /// What is no date: "in press", "[n.d.]".
    Literal(String),
}

/// One end of an interval.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Bound {
    /// A point of time.
    Point(Point),
    /// `..`: it goes on.
    Open,
    /// Nothing printed: unknown.
    Unknown,
}

/// A point of time with its precision.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Point {
    /// The astronomical year: 0 is 1 BCE, −1 is 2 BCE. Unspecified digits are zeros here.
    pub year: i32,
    /// How many digits of the year are unspecified, from the right: 1 for "199X", 2 for "19XX"; 0 to 4.
    pub unspecified_digits: u8,
    /// Month or season.
    pub month: Option<Month>,
    /// Day of the month.
    pub day: Option<Day>,
    /// Time of day as ISO 8601 prints it behind the `T`; rare.
    pub time: Option<Box<str>>,
    /// Whether it is uncertain (`?`).
    pub uncertain: bool,
    /// Whether it is approximate (`~`, "circa").
    pub approximate: bool,
}

/// The second part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Month {
    /// 1 to 12.
    Month(u8),
    /// 21 spring, 22 summer, 23 autumn, 24 winter (hemisphere unstated); 25 to 41 are the further divisions of level 2.
    Season(u8),
    /// `XX`: some month.
    Unspecified,
}

/// The third part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Day {
    /// 1 to 31.
    Day(u8),
    /// `XX`: some day.
    Unspecified,
}

impl Date {
    /// A year.
    #[must_use]
    pub fn y(year: i32) -> Self {
        Self::Single(Point::y(year))
    }

    /// A year and a month (1 to 12) or season (21 to 41); another number is left out.
    #[must_use]
    pub fn ym(year: i32, month: u8) -> Self {
        Self::Single(Point::ym(year, month))
    }

    /// A year, a month and a day; numbers out of range are left out.
    #[must_use]
    pub fn ymd(year: i32, month: u8, day: u8) -> Self {
        Self::Single(Point::ymd(year, month, day))
    }

    /// Reads an EDTF string; what is none becomes a literal.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::parse_edtf(trim(text)).unwrap_or_else(|| Self::literal(text))
    }

    /// A literal, canonical.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        Self::Literal(Text::plain(text).as_str().to_owned())
    }

    /// Reads an EDTF string of level 0 or 1.
    #[must_use]
    pub fn parse_edtf(text: &str) -> Option<Self> {
        match text.split_once('/') {
            None => parse_point(text).map(Self::Single),
            Some((start, end)) => {
                let (start, end) = (parse_bound(start)?, parse_bound(end)?);
                let dated = matches!(start, Bound::Point(_)) || matches!(end, Bound::Point(_));
                dated.then_some(Self::Interval(start, end))
            }
        }
    }

    /// The first point of time that it names.
    #[must_use]
    pub fn start(&self) -> Option<&Point> {
        match self {
            Self::Single(point) | Self::Interval(Bound::Point(point), _) | Self::Interval(_, Bound::Point(point)) => {
                Some(point)
            }
            _ => None,
        }
    }

    /// The year of [`Date::start`], if all its digits are given.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        self.start().filter(|point| point.unspecified_digits == 0).map(|point| point.year)
    }

    /// Whether it is an empty literal.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Literal(text) if text.is_empty())
    }
}

impl Point {
    /// A year.
    #[must_use]
    pub fn y(year: i32) -> Self {
        Self { year, ..Self::default() }
    }

    /// A year and a month (1 to 12) or season (21 to 41); another number is left out.
    #[must_use]
    pub fn ym(year: i32, month: u8) -> Self {
        Self { month: Month::from_number(month), ..Self::y(year) }
    }

    /// A year, a month and a day; numbers out of range are left out.
    #[must_use]
    pub fn ymd(year: i32, month: u8, day: u8) -> Self {
        let point = Self::ym(year, month);
        let day = matches!(point.month, Some(Month::Month(month)) if (1..=days_in(year, month)).contains(&day))
            .then_some(Day::Day(day));
        Self { day, ..point }
    }
}

impl Month {
    /// 1 to 12 are months, 21 to 41 seasons and other divisions.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1..=12 => Some(Self::Month(number)),
            21..=41 => Some(Self::Season(number)),
            _ => None,
        }
    }

    /// The number that EDTF prints, none for `XX`.
    #[must_use]
    pub const fn number(self) -> Option<u8> {
        match self {
            Self::Month(number) | Self::Season(number) => Some(number),
            Self::Unspecified => None,
        }
    }
}

fn parse_bound(text: &str) -> Option<Bound> {
    match text {
        "" => Some(Bound::Unknown),
        ".." => Some(Bound::Open),
        text => parse_point(text).map(Bound::Point),
    }
}

fn parse_point(text: &str) -> Option<Point> {
    // Most dates are but a year.
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().map(Point::y);
    }
    let (text, uncertain, approximate) = match text.as_bytes().last()? {
        b'?' => (&text[..text.len() - 1], true, false),
        b'~' => (&text[..text.len() - 1], false, true),
        b'%' => (&text[..text.len() - 1], true, true),
        _ => (text, false, false),
    };
    let (date, time) = match text.split_once('T') {
        Some((date, time)) if is_time(time) => (date, Some(time.into())),
        Some(_) => return None,
        None => (text, None),
    };
    let (year, unspecified_digits, rest) = parse_year(date)?;
    let mut point = Point { year, unspecified_digits, time, uncertain, approximate, ..Point::default() };
    if let Some(rest) = rest {
        let (month, day) = rest.split_once('-').map_or((rest, None), |(month, day)| (month, Some(day)));
        point.month = Some(parse_month(month)?);
        if let Some(day) = day {
            point.day = Some(parse_day(year, point.month?, day)?);
        }
    }
    (point.time.is_none() || matches!(point.day, Some(Day::Day(_)))).then_some(point)
}

/// The year, how many of its digits are unspecified, and what follows its hyphen.
fn parse_year(text: &str) -> Option<(i32, u8, Option<&str>)> {
    if let Some(long) = text.strip_prefix('Y') {
        let digits = long.strip_prefix('-').unwrap_or(long);
        let five = digits.len() >= 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
        return five.then(|| long.parse().ok()).flatten().map(|year| (year, 0, None));
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let head = digits.get(..4)?;
    let rest = match digits.as_bytes().get(4) {
        None => None,
        Some(b'-') => Some(&digits[5..]),
        Some(_) => return None,
    };
    let known = head.bytes().take_while(u8::is_ascii_digit).count();
    if !head.bytes().skip(known).all(|byte| byte == b'X') {
        return None;
    }
    let year = if known == 0 { 0 } else { head[..known].parse::<i32>().ok()? * 10_i32.pow(4 - known as u32) };
    if negative && year == 0 {
        return None;
    }
    Some((if negative { -year } else { year }, 4 - known as u8, rest))
}

fn parse_month(text: &str) -> Option<Month> {
    match text {
        "XX" => Some(Month::Unspecified),
        _ if text.len() == 2 => Month::from_number(text.parse().ok()?),
        _ => None,
    }
}

fn parse_day(year: i32, month: Month, text: &str) -> Option<Day> {
    match (month, text) {
        (Month::Season(_), _) => None,
        (_, "XX") => Some(Day::Unspecified),
        _ if text.len() == 2 => {
            let day: u8 = text.parse().ok()?;
            let longest = month.number().map_or(31, |month| days_in(year, month));
            (1..=longest).contains(&day).then_some(Day::Day(day))
        }
        _ => None,
    }
}

fn is_time(text: &str) -> bool {
    text.len() >= 5
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'+' | b'-' | b'Z' | b'.'))
}

const fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    /// The EDTF string, or the literal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Single(point) => point.fmt(f),
            Self::Interval(start, end) => write!(f, "{start}/{end}"),
            Self::Literal(text) => f.write_str(text),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(point) => point.fmt(f),
            Self::Open => f.write_str(".."),
            Self::Unknown => Ok(()),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.year.unsigned_abs() > 9999 {
            write!(f, "Y{}", self.year)?;
        } else {
            let digits = format!("{:04}", self.year.unsigned_abs());
            let known = 4 - usize::from(self.unspecified_digits.min(4));
            let sign = if self.year < 0 { "-" } else { "" };
            write!(f, "{sign}{}{}", &digits[..known], &"XXXX"[known..])?;
        }
        match self.month {
            Some(Month::Month(number) | Month::Season(number)) => write!(f, "-{number:02}")?,
            Some(Month::Unspecified) => f.write_str("-XX")?,
            None => {}
        }
        match self.day {
            Some(Day::Day(day)) => write!(f, "-{day:02}")?,
            Some(Day::Unspecified) => f.write_str("-XX")?,
            None => {}
        }
        if let Some(time) = &self.time {
            write!(f, "T{time}")?;
        }
        f.write_str(edtf_doubt(self.uncertain, self.approximate))
    }
}

/// EDTF's mark for an uncertain or approximate date.
pub(crate) const fn edtf_doubt(uncertain: bool, approximate: bool) -> &'static str {
    match (uncertain, approximate) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads_and_prints(text: &str) {
        let date = Date::parse_edtf(text);
        assert_eq!(date.map(|date| date.to_string()).as_deref(), Some(text));
    }

    #[test]
    fn level_1_in_full() {
        for text in [
            "1985",
            "1985-04",
            "1985-04-12",
            "1985-04-12T23:20:30Z",
            "2004-06/2006-08",
            "1984?",
            "2004-06~",
            "2004-06-11%",
            "201X",
            "20XX",
            "XXXX",
            "2004-XX",
            "1985-04-XX",
            "1985-XX-XX",
            "2001-21",
            "1985-04-12/..",
            "../1985",
            "/1985-04",
            "1985/",
            "-0033",
            "-1985",
            "Y170000002",
            "Y-17000",
            "0000",
            "2004-02-29",
            "2001-34",
        ] {
            reads_and_prints(text);
        }
    }

    #[test]
    fn what_is_no_date_is_a_literal() {
        for text in [
            "in press",
            "2004-13",
            "2004-02-30",
            "1999/2000x",
            "20",
            "20045",
            "2004-2",
            "/",
            "2001-21-01",
            "-0000",
            "19X5",
            "",
        ] {
            assert_eq!(Date::parse_edtf(text), None, "{text}");
            assert_eq!(Date::parse(text), Date::Literal(text.into()));
        }
    }

    #[test]
    fn numbers_out_of_range_are_left_out() {
        assert_eq!(Date::ymd(2021, 2, 30), Date::ym(2021, 2));
        assert_eq!(Date::ym(2021, 13), Date::y(2021));
    }
}
