//! Dates: EDTF in BibLaTeX's `date`, and BibTeX's `year`, `month` and `day`, which are free text to BibTeX.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::mapping::{MONTHS, SEASONS};
use super::read::lower;
use crate::record::scan::trim;
use crate::record::{Bound, Date, Day, Month, Point};

/// The names of the months in the languages that bibliographies are most often written in; each as far as it tells it from the others.
const MONTH_NAMES: [&[&str]; 12] = [
    &["jan", "januar", "january", "janvier", "janv", "enero", "ene", "gennaio", "gen", "janeiro", "jän", "jänner"],
    &["feb", "februar", "february", "février", "févr", "fév", "febrero", "febbraio", "fevereiro", "fev"],
    &["mar", "march", "märz", "mär", "mars", "marzo", "março", "mrz"],
    &["apr", "april", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maggio", "mag", "maio"],
    &["jun", "june", "juni", "juin", "junio", "giugno", "giu", "junho"],
    &["jul", "july", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho"],
    &["aug", "august", "août", "aout", "agosto", "ago"],
    &["sep", "sept", "september", "septembre", "septiembre", "settembre", "set", "setembro"],
    &["oct", "october", "okt", "oktober", "octobre", "octubre", "ottobre", "ott", "outubro", "out"],
    &["nov", "november", "novembre", "noviembre", "novembro"],
    &["dec", "december", "dez", "dezember", "décembre", "déc", "diciembre", "dic", "dicembre", "dezembro"],
];

/// The names of the seasons, in EDTF's order.
const SEASON_NAMES: [&[&str]; 4] = [
    &["spring", "frühling", "frühjahr", "printemps", "primavera"],
    &["summer", "sommer", "été", "verano", "estate", "verão"],
    &["autumn", "fall", "herbst", "automne", "otoño", "autunno", "outono"],
    &["winter", "hiver", "invierno", "inverno"],
];

/// Reads the value of a date field: EDTF, also without leading zeros, or with a slash for each hyphen, or in words. What is no date
/// is a literal.
pub(crate) fn read(text: &str) -> Date {
    let text = trim(text);
    Date::parse_edtf(text)
        .or_else(|| loose_iso(text))
        .or_else(|| read_words(text))
        .unwrap_or_else(|| Date::literal(text))
}

/// "2020-5-6", "2020/05/06", "2020-05-06 12:30".
fn loose_iso(text: &str) -> Option<Date> {
    let text = text.split_once([' ', 'T']).map_or(text, |(date, _)| date);
    let divider = if text.contains('-') { '-' } else { '/' };
    let parts: Vec<&str> = text.split(divider).collect();
    let number = |part: &str| part.parse::<u8>().ok();
    let year = parts.first().filter(|year| year.len() == 4)?.parse().ok()?;
    let date = match parts.as_slice() {
        [_, month] if divider == '-' => Date::ym(year, number(month)?),
        [_, month, day] => Date::ymd(year, number(month)?, number(day)?),
        _ => return None,
    };
    let months = date.start().is_some_and(|point| point.month.is_some());
    let days = parts.len() < 3 || date.start().is_some_and(|point| point.day.is_some());
    (months && days).then_some(date)
}

/// "6 May 2020", "May 6, 2020", "Sep. 2006", "Spring 1999".
fn read_words(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split([' ', ',', '.', '~', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let (month, day) = match words.as_slice() {
        [month, _] => (read_month_name(month)?, None),
        [a, b, _] => match (read_month_name(a), read_month_name(b)) {
            (Some(month), None) => (month, Some(*b)),
            (None, Some(month)) => (month, Some(*a)),
            _ => return None,
        },
        _ => return None,
    };
    let year = words.last().filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let mut point = Point::y(year.parse().ok()?);
    point.month = Some(month);
    if let Some(day) = day {
        point = Point::ymd(point.year, month.number()?, read_day(day)?);
        point.day?;
    }
    Some(Date::Single(point))
}

/// "6", "06", "6th".
fn read_day(text: &str) -> Option<u8> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ordinal = &text[digits.len()..];
    let known = ordinal.is_empty() || ["st", "nd", "rd", "th"].contains(&ordinal);
    known.then(|| digits.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

/// A month or season, by number or by name.
fn read_month_word(text: &str) -> Option<Month> {
    let text = trim(text).trim_end_matches('.');
    if let Ok(number) = text.parse::<u8>() {
        return Month::from_number(number).filter(|month| matches!(month, Month::Month(_)));
    }
    let lower = if text.is_ascii() { lower(text) } else { Cow::Owned(text.to_lowercase()) };
    NUMBERS.get(&*lower).copied().and_then(Month::from_number)
}

/// The number of each name, months before seasons.
static NUMBERS: LazyLock<HashMap<&'static str, u8, FxBuildHasher>> = LazyLock::new(|| {
    let mut numbers: HashMap<&'static str, u8, FxBuildHasher> = HashMap::default();
    for (number, names) in (1..).zip(MONTH_NAMES).chain((21..).zip(SEASON_NAMES)) {
        for name in names {
            numbers.entry(name).or_insert(number);
        }
    }
    numbers
});

fn read_month_name(text: &str) -> Option<Month> {
    read_month_word(text).filter(|_| text.starts_with(char::is_alphabetic))
}

/// What `year`, `month` and `day` say together.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct FromLegacy {
    pub(crate) date: Option<Date>,
    /// The letter behind the year.
    pub(crate) suffix: Option<String>,
    /// Whether the month, or the day, could not be understood and says something of its own.
    pub(crate) month_left: bool,
    pub(crate) day_left: bool,
}

/// Reads `year`, `month` and `day`.
pub(crate) fn from_legacy(year: &str, month: &str, day: &str) -> FromLegacy {
    let (year, month, day) = (trim(year), trim(month), trim(day));
    if year.is_empty() && month.is_empty() {
        return FromLegacy { day_left: !day.is_empty(), ..FromLegacy::default() };
    }
    if month.is_empty()
        && day.is_empty()
        && let Some(year) = four_digits(year)
    {
        return FromLegacy { date: Some(Date::Single(Point::y(year))), ..FromLegacy::default() };
    }
    let (year_part, suffix) = split_suffix(year);
    let whole = read_year(year_part);
    let mut out = FromLegacy { suffix: suffix.map(str::to_owned), ..FromLegacy::default() };
    let point = match &whole {
        Some(Date::Single(point)) if point.month.is_none() => point.clone(),
        // A month may bring its year along: `month = {sep 2006}`.
        None if year.is_empty() => {
            out.date = Some(read(month)).filter(|date| !matches!(date, Date::Literal(_)));
            out.month_left = out.date.is_none();
            out.day_left = !day.is_empty();
            return out;
        }
        _ => {
            out.date = whole.or_else(|| Some(Date::literal(year)));
            out.suffix = out.suffix.filter(|_| out.date.as_ref().is_some_and(|date| !matches!(date, Date::Literal(_))));
            if out.suffix.is_none() && suffix.is_some() {
                out.date = Some(Date::literal(year));
            }
            out.month_left = !month.is_empty();
            out.day_left = !day.is_empty();
            return out;
        }
    };
    match with_month(&point, month, day) {
        Some(date) => out.date = Some(date),
        None => {
            // The month is kept where the day alone cannot be understood.
            let month_only = with_month(&point, month, "");
            out.day_left = !day.is_empty();
            out.month_left = month_only.is_none();
            out.date = Some(month_only.unwrap_or(Date::Single(point)));
        }
    }
    out
}

/// Whether `year`, `month` and `day` beside a `date` say anything else than it, each for itself.
pub(crate) fn told_apart(date: &Date, year: &str, month: &str, day: &str) -> [bool; 3] {
    let start = date.start();
    let is_told = |legacy: &FromLegacy| match (start, legacy.date.as_ref().map(Date::start)) {
        (Some(date), Some(Some(legacy))) => {
            date.year == legacy.year
                && legacy.month.is_none_or(|month| Some(month) == date.month)
                && legacy.day.is_none_or(|day| Some(day) == date.day)
        }
        (_, _) => legacy.date.as_ref() == Some(date),
    };
    let years = start.map(year_text).unwrap_or_default();
    let with_month = from_legacy(&years, month, "");
    let with_day = from_legacy(&years, month, day);
    [
        !year.trim().is_empty() && !is_told(&from_legacy(year, "", "")),
        !month.trim().is_empty() && (with_month.month_left || !is_told(&with_month)),
        !day.trim().is_empty() && (with_day.month_left || with_day.day_left || !is_told(&with_day)),
    ]
}

/// "2020", as most years are.
fn four_digits(year: &str) -> Option<i32> {
    let digits = <[u8; 4]>::try_from(year.as_bytes()).ok().filter(|digits| digits.iter().all(u8::is_ascii_digit))?;
    Some(digits.iter().fold(0, |year, digit| year * 10 + i32::from(digit - b'0')))
}

/// "2020a": the year and the letter that tells it from others of one author.
fn split_suffix(year: &str) -> (&str, Option<&str>) {
    let digits = year.bytes().take_while(u8::is_ascii_digit).count();
    let letters = &year[digits..];
    let suffix = digits == 4 && matches!(letters.len(), 1 | 2) && letters.bytes().all(|byte| byte.is_ascii_lowercase());
    if suffix { (&year[..digits], Some(letters)) } else { (year, None) }
}

/// "2020", "199X", "ca. 1850", "1850?", "1999/2000", "50 BCE", or a whole date.
fn read_year(text: &str) -> Option<Date> {
    if text.is_empty() {
        return None;
    }
    if let Some(date) = Date::parse_edtf(text) {
        return Some(date);
    }
    let lower = text.to_lowercase();
    if let Some(year) = year_of_era(&lower) {
        return Some(Date::y(year));
    }
    if let Some(year) = lower.strip_suffix('?').and_then(|year| year_of_era(year.trim())) {
        return Some(Date::Single(Point { uncertain: true, ..Point::y(year) }));
    }
    let circa = ["ca.", "ca", "c.", "circa", "~"].iter().find_map(|circa| {
        let year = lower.strip_prefix(circa)?.trim();
        year_of_era(year).or_else(|| plain_year(year.strip_prefix('y').unwrap_or(year)))
    });
    if let Some(year) = circa {
        return Some(Date::Single(Point { approximate: true, ..Point::y(year) }));
    }
    for divider in ["/", "–", "--", "-"] {
        if let Some((from, to)) = text.split_once(divider)
            && let (4, 4, Some(from), Some(to)) =
                (from.trim().len(), to.trim().len(), plain_year(from.trim()), plain_year(to.trim()))
            && from < to
        {
            return Some(Date::Interval(Bound::Point(Point::y(from)), Bound::Point(Point::y(to))));
        }
    }
    loose_iso(text).or_else(|| read_words(text))
}

/// "34 bce", "ad 34", in small letters.
fn year_of_era(text: &str) -> Option<i32> {
    let eras = [("bce", true), ("bc", true), ("b.c.", true), ("b.c.e.", true), ("ce", false), ("ad", false)];
    for (era, negative) in eras {
        if let Some(year) = text.strip_suffix(era).and_then(|year| plain_year(year.trim())).filter(|year| *year > 0) {
            return Some(if negative { 1 - year } else { year });
        }
    }
    text.strip_prefix("ad ").and_then(|year| plain_year(year.trim()))
}

fn plain_year(text: &str) -> Option<i32> {
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// A year with a month ("sep", "Sep--Oct", "sep 2006", "10 May", "Spring") and a day.
fn with_month(point: &Point, month: &str, day: &str) -> Option<Date> {
    if month.is_empty() {
        return day.is_empty().then(|| Date::Single(point.clone()));
    }
    let flagged = point.uncertain || point.approximate || point.unspecified_digits > 0;
    if let Some(single) = read_month_word(month) {
        let dated = Point { month: Some(single), ..point.clone() };
        return if day.is_empty() { Some(Date::Single(dated)) } else { with_day(&dated, day) };
    }
    if flagged {
        return None;
    }
    for divider in ["--", "–", "—", "/", "-", "&", " and "] {
        if let Some((from, to)) = month.split_once(divider)
            && let (Some(from), Some(to)) = (read_month_word(from), read_month_word(to))
            && day.is_empty()
        {
            let (Some(first), Some(last)) = (from.number(), to.number()) else { return None };
            // Whether "Dec/Jan 2006" begins or ends in that year nobody knows.
            return (first < last && (first < 13) == (last < 13)).then(|| {
                Date::Interval(Bound::Point(Point::ym(point.year, first)), Bound::Point(Point::ym(point.year, last)))
            });
        }
    }
    // "sep 2006", "10 May", "May 10".
    let words: Vec<&str> = month.split([' ', ',', '.', '~']).filter(|word| !word.is_empty()).collect();
    let [a, b] = words.as_slice() else { return None };
    let (name, other) = match (read_month_name(a), read_month_name(b)) {
        (Some(name @ Month::Month(_)), _) => (name, b),
        (_, Some(name @ Month::Month(_))) => (name, a),
        _ => return None,
    };
    let dated = Point { month: Some(name), ..point.clone() };
    if *other == point.year.to_string() {
        return if day.is_empty() { Some(Date::Single(dated)) } else { with_day(&dated, day) };
    }
    day.is_empty().then(|| with_day(&dated, other)).flatten()
}

/// A day or a range of days of one month.
fn with_day(point: &Point, day: &str) -> Option<Date> {
    let Some(Month::Month(month)) = point.month else { return None };
    let on = |day: &str| {
        let dated = Point::ymd(point.year, month, read_day(day.trim())?);
        dated.day.map(|day| Point { day: Some(day), ..point.clone() })
    };
    if let Some(point) = on(day) {
        return Some(Date::Single(point));
    }
    ["--", "–", "/", "-"].iter().find_map(|divider| {
        let (from, to) = day.split_once(divider)?;
        Some(Date::Interval(Bound::Point(on(from)?), Bound::Point(on(to)?)))
    })
}

/// What goes into `year`, `month` and `day`; `date` is set where these cannot say it all.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Legacy {
    pub(crate) year: String,
    /// A macro, or macros joined by `#`, or a value in braces.
    pub(crate) month: String,
    pub(crate) day: String,
    pub(crate) date: String,
}

/// Writes a date for BibTeX. What the reader would not take for the same date is also written as EDTF.
pub(crate) fn to_legacy(date: &Date) -> Legacy {
    let legacy = written(date);
    let month = legacy.month.replace(" # ", "").replace(['"', '{', '}'], "");
    let back = from_legacy(&legacy.year, &month, &legacy.day);
    let same = back.date.as_ref() == Some(date) && back.suffix.is_none();
    if same || matches!(date, Date::Literal(_)) { legacy } else { Legacy { date: date.to_string(), ..legacy } }
}

fn written(date: &Date) -> Legacy {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(year: &str, month: &str, day: &str, expected: &str) {
        let back = from_legacy(year, month, day);
        let shown = back.date.map(|date| date.to_string()).unwrap_or_default();
        let left = [(back.month_left, " +month"), (back.day_left, " +day")];
        let left: String = left.iter().filter(|(left, _)| *left).map(|(_, name)| *name).collect();
        let suffix = back.suffix.map(|suffix| format!(" suffix {suffix}")).unwrap_or_default();
        assert_eq!(format!("{shown}{suffix}{left}"), expected);
    }

    #[test]
    fn years_and_months_in_free_forms() {
        check("2006", "sep", "", "2006-09");
        check("2006", "{ nov }".trim_matches(['{', '}']), "", "2006-11");
        check("2006", "Sep--Oct", "", "2006-09/2006-10");
        check("2006", "sep 2006", "", "2006-09");
        check("2006", "sep 2007", "", "2006 +month");
        check("2006", "10 May", "", "2006-05-10");
        check("2006", "may", "3--5", "2006-05-03/2006-05-05");
        check("2006", "Spring", "", "2006-21");
        check("2006", "Dez.", "24", "2006-12-24");
        check("2006", "12", "24th", "2006-12-24");
        check("2006", "3rd quarter", "", "2006 +month");
        check("2006", "feb", "30", "2006-02 +day");
        check("2006", "Dec/Jan", "", "2006 +month");
        check("", "sep 2006", "", "2006-09");
        check("", "sep", "", " +month");
    }

    #[test]
    fn odd_years() {
        check("50 BCE", "", "", "-0049");
        check("1999/2000", "", "", "1999/2000");
        check("1999--2000", "", "", "1999/2000");
        check("c. 1850", "", "", "1850~");
        check("1850?", "", "", "1850?");
        check("2020a", "", "", "2020 suffix a");
        check("in press", "may", "", "in press +month");
        check("n.d.", "", "", "n.d.");
        check("199X", "", "", "199X");
        check("2004-06-01", "", "", "2004-06-01");
        check("2004/05", "", "", "2004/05");
    }

    #[test]
    fn dates_in_other_spellings() {
        for (text, expected) in [
            ("2020-5-6", "2020-05-06"),
            ("2020/05/06", "2020-05-06"),
            ("6 May 2020", "2020-05-06"),
            ("May 6, 2020", "2020-05-06"),
            ("Sept. 2006", "2006-09"),
            ("1997/", "1997/"),
            ("2020-13-01", "2020-13-01"),
        ] {
            assert_eq!(read(text).to_string(), expected);
        }
        assert!(matches!(read("2020-13-01"), Date::Literal(_)));
    }

    #[test]
    fn bibtex_says_every_date_in_its_fields_or_beside_them() {
        for text in [
            "2020",
            "2020-03",
            "2020-03-04",
            "1984~",
            "1984?",
            "1984%",
            "199X",
            "-0033",
            "0000",
            "2004-06/2004-08",
            "1999/2000",
            "2004-06-03/2004-06-05",
            "2004-06-03/2004-07-01",
            "2004/..",
            "1985-04-12T23:20:30Z",
            "2001-21",
            "2001-34",
            "2004-XX",
            "Y170000",
            "2001-12/2002-01",
            "in press",
            "0033",
            "0033-04",
        ] {
            let date = Date::parse(text);
            let legacy = to_legacy(&date);
            let month = legacy.month.replace(" # ", "").replace(['"', '{', '}'], "");
            let back = if legacy.date.is_empty() {
                from_legacy(&legacy.year, &month, &legacy.day).date
            } else {
                Some(read(&legacy.date))
            };
            assert_eq!(back, Some(date), "{text} as {legacy:?}");
        }
    }
}
