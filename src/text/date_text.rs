//! Dates as people and programs write them: "2021/4/30", "30 April 2021", "Apr 30, 2021", "2021 May-Jun", "Spring 2021".
//!
//! For formats whose dates are free text. EDTF comes first; what no rule explains stays a literal. Where day and month cannot be told
//! apart ("03/04/2021") nothing is guessed.

use crate::record::{Bound, Date, Month, Point};

/// Reads a date in any of the forms that this module knows.
pub(crate) fn read(text: &str) -> Date {
    let text = text.trim();
    Date::parse_edtf(text)
        .or_else(|| numeric(text))
        .or_else(|| years(text))
        .or_else(|| words(text))
        .unwrap_or_else(|| Date::literal(text))
}

/// The number of a month (1 to 12) or a season (21 to 24) by its name, in any case, with or without a full stop.
pub(crate) fn month(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.');
    if word.len() < 3 || word.len() > 12 {
        return None;
    }
    if let Some(number) = english(word) {
        return Some(number);
    }
    let lower = word.to_lowercase();
    let lower = lower.as_str();
    NAMES.iter().find(|(_, names)| names.contains(&lower)).map(|(number, _)| *number)
}

/// The number of an English month of three letters: nearly all that stand in files.
fn english(word: &str) -> Option<u8> {
    let [first, second, third] = *word.as_bytes() else { return None };
    Some(match [first, second, third].map(|byte| byte.to_ascii_lowercase()) {
        [b'j', b'a', b'n'] => 1,
        [b'f', b'e', b'b'] => 2,
        [b'm', b'a', b'r'] => 3,
        [b'a', b'p', b'r'] => 4,
        [b'm', b'a', b'y'] => 5,
        [b'j', b'u', b'n'] => 6,
        [b'j', b'u', b'l'] => 7,
        [b'a', b'u', b'g'] => 8,
        [b's', b'e', b'p'] => 9,
        [b'o', b'c', b't'] => 10,
        [b'n', b'o', b'v'] => 11,
        [b'd', b'e', b'c'] => 12,
        _ => return None,
    })
}

/// English, German, French, Spanish, Italian, Portuguese and Dutch, in full and as they are abbreviated.
const NAMES: &[(u8, &[&str])] = &[
    (
        1,
        &[
            "january", "jan", "januar", "jänner", "janvier", "janv", "enero", "ene", "gennaio", "genn", "gen",
            "janeiro", "januari",
        ],
    ),
    (
        2,
        &[
            "february",
            "feb",
            "febr",
            "februar",
            "février",
            "févr",
            "fév",
            "febrero",
            "febbraio",
            "febb",
            "fevereiro",
            "fev",
            "februari",
        ],
    ),
    (3, &["march", "mar", "märz", "mär", "mars", "marzo", "março", "maart", "mrt", "mrz"]),
    (4, &["april", "apr", "avril", "avr", "abril", "abr", "aprile"]),
    (5, &["may", "mai", "mayo", "maggio", "magg", "mag", "maio", "mei"]),
    (6, &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho"]),
    (7, &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho"]),
    (8, &["august", "aug", "août", "aout", "agosto", "ago", "augustus"]),
    (9, &["september", "sep", "sept", "septembre", "septiembre", "setiembre", "settembre", "sett", "set", "setembro"]),
    (10, &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out"]),
    (11, &["november", "nov", "novembre", "noviembre", "novembro"]),
    (12, &["december", "dec", "dezember", "dez", "décembre", "déc", "diciembre", "dic", "dicembre", "dezembro"]),
    (21, &["spring", "frühling", "frühjahr", "printemps", "primavera", "lente"]),
    (22, &["summer", "sommer", "été", "verano", "estate", "verão", "zomer"]),
    (23, &["autumn", "fall", "herbst", "automne", "otoño", "autunno", "outono", "herfst"]),
    (24, &["winter", "hiver", "invierno", "inverno"]),
];

/// "2021/4/30", "2021-4", "30.4.2021", "2021-04-30 00:00:00".
fn numeric(text: &str) -> Option<Date> {
    let mut parts = [0_u32; 3];
    let mut lengths = [0_usize; 3];
    let mut count = 0;
    let text = strip_midnight(text);
    let text = text.trim_end_matches('/');
    if let Some(year) = year(text) {
        return Some(Date::y(year));
    }
    let divider = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(divider, '/' | '-' | '.') {
        return None;
    }
    for part in text.split(divider) {
        let part = part.trim();
        if count == 3 || part.is_empty() || part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        (parts[count], lengths[count]) = (part.parse().ok()?, part.len());
        count += 1;
    }
    let small = |number: u32| u8::try_from(number).ok();
    if lengths[0] == 4 && count > 1 {
        return dated(parts[0] as i32, small(parts[1])?, (count == 3).then_some(small(parts[2])).flatten());
    }
    let year = parts[count.checked_sub(1)?] as i32;
    if lengths[count - 1] != 4 || lengths[0] > 2 {
        return None;
    }
    match (count, divider) {
        (2, _) => dated(year, small(parts[0])?, None),
        (3, '.') => dated(year, small(parts[1])?, Some(small(parts[0])?)),
        (3, _) if parts[0] > 12 => dated(year, small(parts[1])?, Some(small(parts[0])?)),
        (3, _) if parts[1] > 12 || parts[0] == parts[1] => dated(year, small(parts[0])?, Some(small(parts[1])?)),
        _ => None,
    }
}

/// A time of day without information behind a date: databases write it.
fn strip_midnight(text: &str) -> &str {
    ["T00:00:00.000Z", "T00:00:00Z", "T00:00:00", " 00:00:00", "Z"]
        .iter()
        .find_map(|midnight| text.strip_suffix(midnight))
        .filter(|date| date.len() >= 8)
        .unwrap_or(text)
}

/// "1999-2001", "c. 1850", "ca. 1850", "1850?".
fn years(text: &str) -> Option<Date> {
    let lower = text.get(..2).map(str::to_ascii_lowercase);
    if lower.as_deref().is_some_and(|start| matches!(start, "ca" | "c." | "c " | "ci")) {
        let bare = ["circa", "ca.", "c.", "ca", "c"].iter().find_map(|word| {
            let head = text.get(..word.len())?;
            head.eq_ignore_ascii_case(word).then(|| text[word.len()..].trim_start())
        })?;
        let mut point = Point::y(year(bare)?);
        point.approximate = true;
        return Some(Date::Single(point));
    }
    let dash = text.char_indices().find(|(_, c)| matches!(c, '-' | '\u{2013}'))?;
    let (from, to) = (text[..dash.0].trim(), text[dash.0 + dash.1.len_utf8()..].trim());
    let (from, to) = (year(from)?, year(to)?);
    (from < to).then(|| Date::Interval(Bound::Point(Point::y(from)), Bound::Point(Point::y(to))))
}

/// A year of four digits.
fn year(text: &str) -> Option<i32> {
    (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Dates with the name of a month or a season: one year, one name or two, one day or two; nothing else but commas and "of".
fn words(text: &str) -> Option<Date> {
    if text.len() > 40 {
        return None;
    }
    let (mut the_year, mut days, mut months) = (None, [None; 2], [None; 2]);
    let parts = text
        .split([' ', ',', '/', '-', '\u{2013}'])
        .map(|part| part.trim_end_matches(','))
        .filter(|part| !part.is_empty());
    for part in parts {
        if let Some(year) = year(part) {
            if the_year.replace(year).is_some() {
                return None;
            }
        } else if let Some(day) = day(part) {
            let slot = days.iter_mut().find(|slot| slot.is_none())?;
            *slot = Some(day);
        } else if let Some(month) = month(part) {
            let slot = months.iter_mut().find(|slot| slot.is_none())?;
            *slot = Some(month);
        } else if !part.eq_ignore_ascii_case("de") && !part.eq_ignore_ascii_case("of") {
            return None;
        }
    }
    match (the_year?, months, days) {
        (year, [Some(month), None], [day, None]) => dated(year, month, day),
        // "7-12 June 2015".
        (year, [Some(month), None], [Some(first), Some(last)]) if first < last => {
            let (from, to) = (dated(year, month, Some(first))?, dated(year, month, Some(last))?);
            Some(Date::Interval(Bound::Point(from.start()?.clone()), Bound::Point(to.start()?.clone())))
        }
        (year, [Some(from), Some(to)], [None, None]) if from < to || from > 20 => {
            Some(Date::Interval(Bound::Point(Point::ym(year, from)), Bound::Point(Point::ym(year, to))))
        }
        _ => None,
    }
}

/// "3", "03", "3.", "3rd".
fn day(part: &str) -> Option<u8> {
    let digits = part.trim_end_matches('.');
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| digits.strip_suffix(end)).unwrap_or(digits);
    let small = matches!(digits.len(), 1 | 2) && digits.bytes().all(|byte| byte.is_ascii_digit());
    small.then(|| digits.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

/// A date whose parts are all in range; zeros as month and day stand for none.
fn dated(year: i32, month: u8, day: Option<u8>) -> Option<Date> {
    let day = day.filter(|&day| day > 0);
    if month == 0 {
        return day.is_none().then(|| Date::y(year));
    }
    let date = match day {
        Some(day) => Date::ymd(year, month, day),
        None => Date::ym(year, month),
    };
    let point = date.start()?;
    let whole =
        point.month == Month::from_number(month) && point.month.is_some() && point.day.is_some() == day.is_some();
    whole.then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[&str], expected: &str) {
        for text in texts {
            let date = read(text);
            assert!(!matches!(date, Date::Literal(_)), "{text} is a date");
            assert_eq!(date.to_string(), expected, "{text}");
        }
    }

    #[test]
    fn many_ways_to_write_a_day() {
        check(
            &[
                "2021-04-30",
                "2021/04/30",
                "2021/4/30/",
                "30 April 2021",
                "April 30, 2021",
                "Apr. 30th, 2021",
                "2021 Apr 30",
                "30.4.2021",
                "30/04/2021",
                "30. April 2021",
                "30 de abril de 2021",
                "2021-04-30 00:00:00",
            ],
            "2021-04-30",
        );
    }

    #[test]
    fn months_seasons_years() {
        check(&["2021/05//", "May 2021", "2021-5", "5/2021", "mai 2021", "2021 MAY"], "2021-05");
        check(&["Spring 2021", "2021 spring"], "2021-21");
        check(&["May-Jun 2021", "2021 May/June", "2021 May-Jun"], "2021-05/2021-06");
        check(&["7-12 June 2015", "June 7\u{2013}12, 2015"], "2015-06-07/2015-06-12");
        check(&["1999-2001", "1999\u{2013}2001"], "1999/2001");
        check(&["c. 1850", "ca. 1850", "circa 1850"], "1850~");
        check(&["2021///"], "2021");
        check(&["2021/00/00"], "2021");
    }

    #[test]
    fn what_is_doubtful_stays_as_it_is() {
        for text in
            ["03/04/2021", "in press", "2021/13/01", "30 Foo 2021", "n.d.", "1999/2000x", "2001-1999", "May", ""]
        {
            assert_eq!(read(text), Date::literal(text), "{text}");
        }
    }
}
