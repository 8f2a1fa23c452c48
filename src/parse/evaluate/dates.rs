//! Dates as they are compared: year, month and day.

use serde_json::Value;

use super::text::{base, is_letter};

/// Year, and month and day where they are there.
pub(super) type Ymd = (i64, Option<i64>, Option<i64>);

/// The month names that are understood, a row a month.
const MONTHS: [&str; 12] = [
    "january jan januar janvier janv enero ene gennaio gen janeiro januari styczeń stycznia января январь янв leden ledna ocak tammikuu tammikuuta jänner januara január gener ianuarie",
    "february feb febr februar février fevrier fév févr febrero febbraio fevereiro fev februari luty lutego февраля февраль фев únor února şubat helmikuu helmikuuta feber februára február febrer februarie",
    "march mar märz maerz mrz mars marzo março marco maart marzec marca марта март мар březen března mart maaliskuu maaliskuuta martie",
    "april apr avr avril abr abril aprile kwiecień kwietnia апреля апрель апр duben dubna nisan huhtikuu huhtikuuta aprilie",
    "may mai mayo maggio mag maio mei maj maja мая май květen května mayıs toukokuu toukokuuta maig",
    "june jun juni juin junio giugno giu junho czerwiec czerwca июня июнь июн červen června haziran kesäkuu kesäkuuta juny iunie",
    "july jul juli juillet juil julio luglio lug julho lipiec lipca июля июль июл červenec července temmuz heinäkuu heinäkuuta juliol iulie",
    "august aug août aout agosto ago augustus augusti sierpień sierpnia августа август авг srpen srpna ağustos elokuu elokuuta",
    "september sep sept septembre septiembre settembre set setembro wrzesień września сентября сентябрь сен září eylül syyskuu syyskuuta setiembre septembrie",
    "october oct okt oktober octobre octubre ottobre ott outubro out październik października октября октябрь окт říjen října ekim lokakuu lokakuuta octombrie",
    "november nov novembre noviembre novembro listopad listopada ноября ноябрь ноя listopadu kasım marraskuu marraskuuta noiembrie",
    "december dec dez dezember décembre decembre déc diciembre dic dicembre dezembro grudzień grudnia декабря декабрь дек prosinec prosince aralık joulukuu joulukuuta decembrie",
];

fn month_of(word: &str) -> Option<i64> {
    let found = MONTHS.iter().position(|row| row.split(' ').any(|name| name == word));
    found.map(|at| at as i64 + 1)
}

/// A CSL date, or a date as printed.
pub(super) fn parse(value: &Value) -> Option<Ymd> {
    match value {
        Value::Object(date) => {
            if let Some(parts) =
                date.get("date-parts").and_then(|parts| parts[0].as_array()).filter(|parts| !parts.is_empty())
            {
                let part = |at: usize| parts.get(at).and_then(whole_number);
                if let Some(year) = part(0) {
                    return Some((year, part(1), part(2)));
                }
            }
            let printed = ["raw", "literal", "edtf"]
                .iter()
                .filter_map(|name| date.get(*name)?.as_str())
                .find(|text| !text.is_empty());
            parse_printed(printed.unwrap_or_default())
        }
        Value::Null => None,
        Value::String(text) => parse_printed(text),
        other => parse_printed(&other.to_string()),
    }
}

fn whole_number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// A date as printed.
pub(super) fn parse_printed(text: &str) -> Option<Ymd> {
    let chars: Vec<char> = base(text).chars().collect();
    let scan = Scan(&chars);
    scan.east_asian().or_else(|| scan.iso()).or_else(|| scan.numeric()).or_else(|| scan.in_words())
}

/// Searches in the characters of a text.
struct Scan<'a>(&'a [char]);

impl Scan<'_> {
    fn at(&self, at: usize) -> char {
        self.0.get(at).copied().unwrap_or('\0')
    }

    fn digit(&self, at: usize) -> bool {
        self.at(at).is_ascii_digit()
    }

    fn number(&self, from: usize, to: usize) -> Option<i64> {
        let digits = self.0.get(from..to)?;
        digits.iter().try_fold(0_i64, |value, c| Some(value * 10 + i64::from(c.to_digit(10)?)))
    }

    fn spaces(&self, mut at: usize) -> usize {
        while self.at(at).is_whitespace() {
            at += 1;
        }
        at
    }

    /// A year from 1300 to 2099 at a place.
    fn year(&self, at: usize) -> Option<i64> {
        self.number(at, at + 4).filter(|year| (1300..2100).contains(year))
    }

    /// Whether no digit stands in front.
    fn free(&self, at: usize) -> bool {
        at == 0 || !self.digit(at - 1)
    }

    /// "2004年3月5日".
    fn east_asian(&self) -> Option<Ymd> {
        for at in 0..self.0.len() {
            let Some(year) = self.number(at, at + 4) else { continue };
            let mark = self.spaces(at + 4);
            if self.at(mark) != '年' {
                continue;
            }
            let (month, behind) = self.counted(mark + 1, '月');
            let day = month.and_then(|_| self.counted(behind, '日').0);
            return Some((year, month, day));
        }
        None
    }

    /// One or two digits in front of a character.
    fn counted(&self, from: usize, mark: char) -> (Option<i64>, usize) {
        let from = self.spaces(from);
        for len in [2, 1] {
            if let Some(number) = self.number(from, from + len) {
                let at = self.spaces(from + len);
                if self.at(at) == mark {
                    return (Some(number), at + 1);
                }
            }
        }
        (None, from)
    }

    /// "2004-03-05", "2004-03": the first that has the form decides.
    fn iso(&self) -> Option<Ymd> {
        for at in 0..self.0.len() {
            let Some(year) = self.year(at).filter(|_| self.free(at) && matches!(self.at(at + 4), '-' | '/' | '.'))
            else {
                continue;
            };
            let Some((month_len, month, day)) = self.month_and_day(at + 5) else { continue };
            let whole = day.is_some() || self.at(at + 4) == '-' && month_len == 2;
            return whole.then_some((year, Some(month), day));
        }
        None
    }

    fn month_and_day(&self, at: usize) -> Option<(usize, i64, Option<i64>)> {
        for (len, month) in self.choices(at, 12) {
            if matches!(self.at(at + len), '-' | '/' | '.') {
                let behind = at + len + 1;
                let day = self.choices(behind, 31).into_iter().find(|(len, _)| !self.digit(behind + len));
                if let Some((_, day)) = day {
                    return Some((len, month, Some(day)));
                }
            }
            if !self.digit(at + len) {
                return Some((len, month, None));
            }
        }
        None
    }

    /// The numbers from 1 to `most` that may be read here, in the order in which they are tried: "05" and "5", then "12".
    fn choices(&self, at: usize, most: i64) -> Vec<(usize, i64)> {
        let two = self.number(at, at + 2).filter(|number| (1..=most).contains(number));
        let one = self.number(at, at + 1).filter(|number| *number > 0);
        match two {
            Some(two) if two < 10 => vec![(2, two)],
            _ => one.map(|one| (1, one)).into_iter().chain(two.map(|two| (2, two))).collect(),
        }
    }

    /// "5.3.2004", "3/5/2004".
    fn numeric(&self) -> Option<Ymd> {
        for at in 0..self.0.len() {
            if !self.free(at) {
                continue;
            }
            if let Some((first, second, year, stops)) = self.three_numbers(at) {
                return Some(match (first, second) {
                    (first, second) if first > 12 && second <= 12 => (year, Some(second), Some(first)),
                    (first, second) if second > 12 && first <= 12 => (year, Some(first), Some(second)),
                    (first, second) if stops && (1..=12).contains(&second) => (year, Some(second), Some(first)),
                    _ => (year, None, None),
                });
            }
        }
        None
    }

    fn three_numbers(&self, at: usize) -> Option<(i64, i64, i64, bool)> {
        let mark = |at: usize| matches!(self.at(at), '.' | '/' | '-');
        for (first_len, first) in self.small(at) {
            if !mark(at + first_len) {
                continue;
            }
            let second_at = self.maybe_space(at + first_len + 1);
            for (second_len, second) in self.small(second_at) {
                if !mark(second_at + second_len) {
                    continue;
                }
                let year_at = self.maybe_space(second_at + second_len + 1);
                if let Some(year) = self.year(year_at).filter(|_| !self.digit(year_at + 4)) {
                    return Some((first, second, year, self.0[at..year_at + 4].contains(&'.')));
                }
            }
        }
        None
    }

    fn maybe_space(&self, at: usize) -> usize {
        at + usize::from(self.at(at).is_whitespace())
    }

    /// Two digits up to 39, then one.
    fn small(&self, at: usize) -> Vec<(usize, i64)> {
        let two = self.number(at, at + 2).filter(|_| matches!(self.at(at), '0'..='3'));
        let one = self.number(at, at + 1);
        two.map(|two| (2, two)).into_iter().chain(one.map(|one| (1, one))).collect()
    }

    /// A year anywhere, and a month's name with a day near it.
    fn in_words(&self) -> Option<Ymd> {
        let free = |at: usize| self.free(at);
        let lone = (0..self.0.len()).find(|at| self.year(*at).is_some() && free(*at) && !self.digit(at + 4));
        let eight = || {
            (0..self.0.len()).find(|at| {
                self.year(*at).is_some() && free(*at) && self.number(*at, at + 8).is_some() && !self.digit(at + 8)
            })
        };
        let (at, end) = match lone {
            Some(at) => (at, at + 4),
            None => eight().map(|at| (at, at + 8))?,
        };
        let year = self.year(at)?;
        let mut tokens = tokens(&self.0[..at]);
        tokens.extend(self::tokens(&self.0[end..]));
        let Some((place, month)) = tokens.iter().enumerate().find_map(|(at, word)| Some((at, month_of(word)?))) else {
            return Some((year, None, None));
        };
        let before = tokens[place.saturating_sub(2)..place].iter().rev();
        let near = before.chain(tokens[place + 1..].iter().take(2));
        let day = near.filter_map(|word| word.parse::<i64>().ok()).find(|day| (1..=31).contains(day));
        Some((year, Some(month), day))
    }
}

/// Runs of letters and runs of digits.
fn tokens(chars: &[char]) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut last = ' ';
    for &c in chars {
        let kind = |c: char| (is_letter(c), c.is_ascii_digit());
        if is_letter(c) || c.is_ascii_digit() {
            match tokens.last_mut() {
                Some(token) if kind(last) == kind(c) => token.push(c),
                _ => tokens.push(c.to_string()),
            }
        }
        last = c;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: (i64, Option<i64>, Option<i64>)) {
        assert_eq!(parse_printed(text), Some(expected), "{text}");
    }

    #[test]
    fn printed_dates_are_read() {
        check("2004a", (2004, None, None));
        check("2004-12-31", (2004, Some(12), Some(31)));
        check("2004-05", (2004, Some(5), None));
        check("2004/5", (2004, None, None));
        check("5.3.2004", (2004, Some(3), Some(5)));
        check("3/25/2004", (2004, Some(3), Some(25)));
        check("3/5/2004", (2004, None, None));
        check("March 3, 2020", (2020, Some(3), Some(3)));
        check("12 апреля 1999", (1999, Some(4), Some(12)));
        check("2004年3月5日", (2004, Some(3), Some(5)));
        check("20040305", (2004, None, None));
        assert_eq!(parse_printed("in press"), None);
    }

    #[test]
    fn csl_dates_are_read() {
        assert_eq!(parse(&serde_json::json!({"date-parts": [["2004", 3]]})), Some((2004, Some(3), None)));
        assert_eq!(parse(&serde_json::json!({"raw": "May 1999"})), Some((1999, Some(5), None)));
    }
}
