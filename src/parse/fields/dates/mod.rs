//! Dates as print has them → [`Date`].
//!
//! A date is read in two steps. [`scan`](tokens) turns the text into numbers, names of months and seasons, and marks; then whole
//! numeric dates ("5.8.2001", "2012-8-24", "15.X.2017", "2014年2月25日") are recognised, and what is left is sorted into years, months and
//! days on either side of a dash. A part that stands on one side only serves both: "26–27 April 2012", "June 20–24, 2010".
//!
//! What is no date ("n.d.", "in press", "o. J.") becomes a literal as printed. A letter behind the year ("2004a", "n.d.-b") is
//! `year-suffix`. Two bare years that are no range ("1998/1961", "1949 [1890]") are the later as the date and the earlier as the
//! original's. "9/6/2017" has no day and month unless the list or the language says which is which: nothing is guessed.

mod months;
mod tokens;

use super::conventions::Tally;
use crate::record::{Bound, Date, Month, Point};
use tokens::{Token, scan};

/// What the spans of one date say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Reading {
    pub(super) date: Option<Date>,
    /// "a" of "2004a".
    pub(super) year_suffix: Option<String>,
    /// The earlier of two bare years.
    pub(super) original: Option<Date>,
    /// A numeric date whose day and month could not be told apart.
    pub(super) ambiguous: bool,
    /// The spans, by number, of which nothing went into the date: a second date.
    pub(super) unused: Vec<usize>,
}

/// Year, month and day as far as they are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Parts {
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
}

impl Parts {
    fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Takes from `other` what is missing here.
    fn or(self, other: Self) -> Self {
        Self { year: self.year.or(other.year), month: self.month.or(other.month), day: self.day.or(other.day) }
    }

    fn point(self) -> Option<Point> {
        let year = self.year?;
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) => Point::ymd(year, month, day),
            (Some(month), None) => Point::ym(year, month),
            _ => Point::y(year),
        })
    }
}

/// Reads the spans of one date together: the year may stand in one and the month in another.
pub(super) fn parse(texts: &[&str], day_first: Option<bool>) -> Reading {
    let mut reading = Reading::default();
    let mut all: Option<(Parts, Option<Parts>)> = None;
    let mut qualifiers = (false, false);
    for (at, text) in texts.iter().enumerate() {
        let tokens = scan(text);
        let mut sides = Sides::read(&tokens, day_first);
        // "2015 Jun" and "25" in a span of its own.
        if let (
            Some((Parts { month: Some(_), day: None, .. }, None)),
            [Token::Number { value, digits: 1 | 2, letter: None }],
        ) = (&all, &tokens[..])
        {
            sides.from.day = is_day_number(*value).then_some(*value as u8);
        }
        qualifiers = (qualifiers.0 | sides.uncertain, qualifiers.1 | sides.approximate);
        reading.ambiguous |= sides.ambiguous;
        if reading.year_suffix.is_none() {
            reading.year_suffix = sides.letter.map(String::from);
        }
        if let Some(original) = sides.original.take() {
            reading.original.get_or_insert(Date::y(original));
        }
        let conflict = matches!((year_of(&all), sides.year_printed()), (Some(known), Some(other)) if known != other);
        if conflict || sides.from.is_empty() {
            reading.unused.push(at);
        } else {
            all = merge(all, sides);
        }
    }
    reading.date = match all {
        Some((from, to)) => finish(from, to, qualifiers),
        None => None,
    };
    if reading.date.is_none() {
        reading.unused.clear();
        literal(texts, &mut reading);
    }
    reading
}

/// The same for the day of access, which may be printed with two figures for the year ("30.09.13"): nothing was read online before 1990.
pub(super) fn parse_access(texts: &[&str], day_first: Option<bool>) -> Reading {
    match texts {
        [text] if let Some(full) = with_century(text) => parse(&[&full], day_first),
        _ => parse(texts, day_first),
    }
}

/// "30.09.13" as "30.09.2013".
fn with_century(text: &str) -> Option<String> {
    let tokens = scan(text);
    let [
        Token::Number { digits: 1 | 2, .. },
        first,
        Token::Number { digits: 1 | 2, .. },
        second,
        Token::Number { value, digits: 2, letter: None },
    ] = tokens[..]
    else {
        return None;
    };
    let century = if value >= 90 { 19 } else { 20 };
    let at = text.trim_end().len().checked_sub(2)?;
    (first == second && text.is_char_boundary(at)).then(|| format!("{}{century}{}", &text[..at], text[at..].trim_end()))
}

/// Adds what a date of figures shows of the list's habits: "30/10/2009" puts the day first.
pub(super) fn observe(text: &str, tally: &mut Tally) {
    let tokens = scan(text);
    if let [
        Token::Number { value: first, .. },
        Token::Slash | Token::Dash,
        Token::Number { value: second, .. },
        _,
        Token::Number { digits: 4, .. },
    ] = tokens[..]
    {
        tally.day_first += usize::from(!is_month(first) && is_month(second));
        tally.month_first += usize::from(is_month(first) && !is_month(second));
    }
}

/// The year of what was read so far.
fn year_of(all: &Option<(Parts, Option<Parts>)>) -> Option<i32> {
    all.and_then(|(from, to)| from.year.or(to.and_then(|to| to.year)))
}

/// Joins what a further span says: it fills gaps.
fn merge(all: Option<(Parts, Option<Parts>)>, sides: Sides) -> Option<(Parts, Option<Parts>)> {
    let found = (!sides.from.is_empty()).then_some((sides.from, sides.to));
    match (all, found) {
        (None, found) => found,
        (all, None) => all,
        (Some((from, to)), Some((more, more_to))) => {
            Some((from.or(more), to.or(more_to).map(|to| to.or(Parts { year: from.year, ..Parts::default() }))))
        }
    }
}

fn finish(from: Parts, to: Option<Parts>, (uncertain, approximate): (bool, bool)) -> Option<Date> {
    let mark = |mut point: Point| {
        (point.uncertain, point.approximate) = (uncertain, approximate);
        point
    };
    let Some(to) = to else { return from.point().map(mark).map(Date::Single) };
    // "Dec–Jan 2012" begins in the year before.
    let turns = from.year.is_none()
        && matches!((from.month, to.month), (Some(first @ 1..=12), Some(last @ 1..=12)) if first > last);
    let start = from.or(Parts { year: to.year.map(|year| year - i32::from(turns)), ..Parts::default() });
    // "26–27 April 2012": the month serves both days.
    let start = if start.day.is_some() && start.month.is_none() {
        start.or(Parts { month: to.month, ..Parts::default() })
    } else {
        start
    };
    let end = to.or(Parts { year: from.year, ..Parts::default() });
    // "June 20–24, 2010".
    let end = if end.day.is_some() && end.month.is_none() {
        end.or(Parts { month: from.month, ..Parts::default() })
    } else {
        end
    };
    let (start, end) = (start.point().map(mark)?, end.point().map(mark)?);
    if start == end {
        return Some(Date::Single(start));
    }
    Some(Date::Interval(Bound::Point(start), Bound::Point(end)))
}

/// "n.d.-b" → the literal "n.d." and its letter.
fn literal(texts: &[&str], reading: &mut Reading) {
    let joined = texts.join(" ");
    let text = joined.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '[' | ']'));
    let mut text = text.to_owned();
    let mut back = text.chars().rev();
    if let (Some(letter @ 'a'..='z'), Some(mark)) = (back.next(), back.next()) {
        let before = back.next();
        if (mark == '-' || mark == ' ') && before.is_some_and(|c| c == '.') {
            reading.year_suffix = Some(letter.to_string());
            text.truncate(text.len() - 2);
        }
    }
    if !text.is_empty() {
        reading.date = Some(Date::literal(&text));
    }
}

/// The parts on both sides of a dash.
#[derive(Debug, Default)]
struct Sides {
    from: Parts,
    to: Option<Parts>,
    original: Option<i32>,
    letter: Option<char>,
    uncertain: bool,
    approximate: bool,
    ambiguous: bool,
}

impl Sides {
    fn read(tokens: &[Token], day_first: Option<bool>) -> Self {
        let mut sides = Self::default();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if let Some((parts, used)) = numeric(&tokens[at..], day_first, &mut sides.ambiguous) {
                sides.fill(parts);
                at += used;
                continue;
            }
            if let Some((first, last, used)) = years(&tokens[at..]) {
                sides.year_range(first, last);
                at += used;
                continue;
            }
            match *token {
                Token::Number { value, digits: 4, letter } if (1000..2200).contains(&value) => {
                    sides.year(value as i32, letter, &tokens[..at]);
                }
                Token::Month(month) => sides.month(month),
                Token::Number { value, digits: 1 | 2, letter: None }
                    if (1..=31).contains(&value) && is_day(tokens, at) =>
                {
                    sides.day(value as u8);
                }
                Token::Dash | Token::Slash
                    if sides.to.is_none() && !sides.from.is_empty() && range_goes_on(*token, &tokens[at + 1..]) =>
                {
                    sides.to = Some(Parts::default());
                }
                Token::Circa => sides.approximate = true,
                Token::Question => sides.uncertain = true,
                _ => {}
            }
            at += 1;
        }
        sides.to = sides.to.filter(|to| !to.is_empty());
        sides
    }

    fn year_printed(&self) -> Option<i32> {
        self.from.year.or(self.to.and_then(|to| to.year))
    }

    fn side(&mut self) -> &mut Parts {
        self.to.as_mut().unwrap_or(&mut self.from)
    }

    fn fill(&mut self, parts: Parts) {
        if self.from.is_empty() || (self.to.is_none() && self.from.day.is_none()) {
            self.from = self.from.or(parts);
        } else {
            let side = self.side();
            *side = side.or(parts);
        }
    }

    /// A year of its own. The second of two is the original's, or the original's is the first.
    fn year(&mut self, value: i32, letter: Option<char>, before: &[Token]) {
        if self.letter.is_none() {
            self.letter = letter;
        }
        let side = self.side();
        match side.year {
            None => side.year = Some(value),
            Some(known) if known == value => {}
            Some(known) => {
                let bare = *side == Parts { year: Some(known), ..Parts::default() } && self.to.is_none();
                let apart =
                    matches!(before.last(), Some(Token::Slash | Token::Open | Token::Equals)) || before.len() == 1;
                let said = before.iter().any(|token| matches!(token, Token::Original));
                if bare && (apart || said) {
                    let (issued, original) = if said { (known, value) } else { (known.max(value), known.min(value)) };
                    self.side().year = Some(issued);
                    self.original = Some(original);
                }
            }
        }
    }

    fn year_range(&mut self, first: i32, last: i32) {
        if self.from.year.is_none() {
            self.from.year = Some(first);
            self.to = Some(Parts { year: Some(last), ..Parts::default() });
        }
    }

    fn month(&mut self, month: u8) {
        let side = self.side();
        side.month.get_or_insert(month);
    }

    fn day(&mut self, day: u8) {
        let side = self.side();
        if side.day.is_none() {
            side.day = Some(day);
        }
    }
}

/// A range's dash is followed by a part of a date: a year, a month, a day. A slash in front of a year parts two editions.
fn range_goes_on(mark: Token, rest: &[Token]) -> bool {
    if mark == Token::Slash && matches!(rest.first(), Some(Token::Number { digits: 4, .. })) {
        return false;
    }
    rest.iter().take(2).any(|token| matches!(token, Token::Month(_) | Token::Number { .. }))
}

/// Whether the number at `at` is a day: a month stands next to it, perhaps behind a dash and a further day.
fn is_day(tokens: &[Token], at: usize) -> bool {
    let near = |tokens: &mut dyn Iterator<Item = &Token>| {
        tokens
            .filter(|token| !matches!(token, Token::Comma | Token::Stop | Token::Open | Token::Close))
            .take_while(|token| {
                matches!(token, Token::Month(_) | Token::Dash | Token::Slash | Token::Number { digits: 1 | 2, .. })
            })
            .take(3)
            .any(|token| matches!(token, Token::Month(1..=12)))
    };
    near(&mut tokens[..at].iter().rev()) || near(&mut tokens[at + 1..].iter())
}

/// "2012-8-24", "5.8.2001", "9/6/2017", "15.X.2017", "2007/3", "20120824", with the number of tokens.
fn numeric(tokens: &[Token], day_first: Option<bool>, ambiguous: &mut bool) -> Option<(Parts, usize)> {
    let number = |at: usize| match tokens.get(at) {
        Some(Token::Number { value, digits, letter: None }) => Some((*value, *digits)),
        _ => None,
    };
    let mark =
        |at: usize| tokens.get(at).copied().filter(|token| matches!(token, Token::Dash | Token::Slash | Token::Stop));
    let (first, digits) = number(0)?;
    if digits == 8 {
        let (year, month, day) = (first / 10_000, first / 100 % 100, first % 100);
        let plausible = (1400..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        return plausible.then(|| (parts(year, month, Some(day)), 1));
    }
    let separator = mark(1)?;
    if let (Some(Token::Roman(month)), Some(second)) = (tokens.get(2), mark(3)) {
        let (year, 4) = number(4)? else { return None };
        return (separator == second && digits <= 2).then(|| (parts(year, u32::from(*month), Some(first)), 5));
    }
    let (second, second_digits) = number(2)?;
    let third = mark(3).filter(|&third| third == separator).and_then(|_| number(4));
    match (digits, second_digits, third) {
        (4, 1 | 2, Some((day, 1 | 2))) if is_month(second) && is_day_number(day) && is_year(first) => {
            Some((parts(first, second, Some(day)), 5))
        }
        (1 | 2, 1 | 2, Some((year, 4))) if is_year(year) => {
            Some((day_and_month(first, second, year, separator, day_first, ambiguous), 5))
        }
        // "2007/3", "2010-04": a month; "2007/08" is two years when the second follows the first.
        (4, 1 | 2, None) if is_year(first) && is_month(second) && separator != Token::Stop => {
            let next_year = second_digits == 2 && first % 100 + 1 == second;
            (!next_year && (separator == Token::Slash || second_digits == 2)).then(|| (parts(first, second, None), 3))
        }
        // East Asian print: "2017.6".
        (4, 1 | 2, None) if is_year(first) && is_month(second) && tokens.len() == 3 => {
            Some((parts(first, second, None), 3))
        }
        (1 | 2, 4, _) if is_month(first) && is_year(second) && separator != Token::Dash => {
            Some((parts(second, first, None), 3))
        }
        _ => None,
    }
}

/// Which of two numbers is the day: a stop is printed behind days, beyond 12 is no month, else what the list or language says.
fn day_and_month(
    first: u32,
    second: u32,
    year: u32,
    separator: Token,
    day_first: Option<bool>,
    ambiguous: &mut bool,
) -> Parts {
    let day_leads = match (is_month(first), is_month(second)) {
        (false, true) => Some(true),
        (true, false) => Some(false),
        (true, true) if first == second || separator == Token::Stop => Some(true),
        (true, true) => day_first,
        (false, false) => None,
    };
    match day_leads {
        Some(true) => parts(year, second, Some(first)),
        Some(false) => parts(year, first, Some(second)),
        None => {
            *ambiguous = true;
            Parts { year: Some(year as i32), ..Parts::default() }
        }
    }
}

/// "1963–1979", "1998/99", "2007/08": the years and the number of tokens.
fn years(tokens: &[Token]) -> Option<(i32, i32, usize)> {
    let [
        Token::Number { value: first, digits: 4, letter: None },
        mark,
        Token::Number { value: second, digits, letter: None },
        ..,
    ] = tokens
    else {
        return None;
    };
    let dash = match mark {
        Token::Dash => true,
        Token::Slash => false,
        _ => return None,
    };
    let second = match digits {
        4 => *second,
        2 => first / 100 * 100 + second,
        _ => return None,
    };
    let forward = is_year(*first) && is_year(second) && second > *first;
    // With a slash only neighbours are a range; "1998/1961" and "1961/1998" are edition and original.
    (forward && (dash || second == first + 1)).then_some((*first as i32, second as i32, 3))
}

const fn is_year(value: u32) -> bool {
    value >= 1000 && value < 2200
}

const fn is_month(value: u32) -> bool {
    value >= 1 && value <= 12
}

const fn is_day_number(value: u32) -> bool {
    value >= 1 && value <= 31
}

fn parts(year: u32, month: u32, day: Option<u32>) -> Parts {
    Parts { year: Some(year as i32), month: Some(month as u8), day: day.map(|day| day as u8) }
}

/// Whether the date names a month or a season.
pub(super) fn has_month(date: &Date) -> bool {
    date.start().is_some_and(|point| matches!(point.month, Some(Month::Month(_) | Month::Season(_))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spans are parted by "|"; what is read is shown as EDTF, then the year's letter and the original's date.
    #[track_caller]
    fn check(printed: &str, expected: &str) {
        let spans: Vec<&str> = printed.split('|').collect();
        let reading = parse(&spans, None);
        let mut shown = reading.date.map(|date| date.to_string()).unwrap_or_default();
        if let Some(letter) = reading.year_suffix {
            shown += &format!(" {letter}");
        }
        if let Some(original) = reading.original {
            shown += &format!(" [{original}]");
        }
        assert_eq!(shown, expected, "{printed}");
    }

    #[test]
    fn years() {
        check("2021", "2021");
        check("2004a", "2004 a");
        check("2004-b", "2004 b");
        check("[1905]", "1905");
        check("c. 1850", "1850~");
        check("1905?", "1905?");
        check("2010 г.", "2010");
        check("1998年", "1998");
    }

    #[test]
    fn days_in_words() {
        check("2020, March 3", "2020-03-03");
        check("2012 Aug 17", "2012-08-17");
        check("14 de octubre de 1978", "1978-10-14");
        check("August 28th 2012", "2012-08-28");
        check("2010 m. lapkričio 15 d.", "2010-11-15");
        check("3 февраля 2006 г.", "2006-02-03");
        check("18 Ağustos 2014 tarihinde", "2014-08-18");
        check("Oct .2007", "2007-10");
        check("Jun. 2012", "2012-06");
    }

    #[test]
    fn days_in_figures() {
        check("5.8.2001", "2001-08-05");
        check("18. 9. 2007", "2007-09-18");
        check("2012-8-24", "2012-08-24");
        check("30/10/2009", "2009-10-30");
        check("15.X.2017", "2017-10-15");
        check("2014年2月25日", "2014-02-25");
        check("2017년 1월 4일", "2017-01-04");
        check("20120824", "2012-08-24");
        check("2007/3", "2007-03");
    }

    #[test]
    fn a_day_of_access_may_have_a_short_year() {
        assert_eq!(parse_access(&["30.09.13"], None).date, Some(Date::ymd(2013, 9, 30)));
        assert_eq!(parse_access(&["17/04/98"], None).date, Some(Date::ymd(1998, 4, 17)));
        assert_eq!(parse_access(&["15.07.2009"], None).date, Some(Date::ymd(2009, 7, 15)));
        assert!(parse_access(&["05/04/07"], None).ambiguous);
    }

    #[test]
    fn day_and_month_in_figures_are_not_guessed() {
        check("9/6/2017", "2017");
        assert!(parse(&["9/6/2017"], None).ambiguous);
        assert_eq!(parse(&["9/6/2017"], Some(true)).date, Some(Date::ymd(2017, 6, 9)));
        assert_eq!(parse(&["9/6/2017"], Some(false)).date, Some(Date::ymd(2017, 9, 6)));
    }

    #[test]
    fn ranges() {
        check("1963-1979", "1963/1979");
        check("1998/99", "1998/1999");
        check("26\u{2013}27 April 2012", "2012-04-26/2012-04-27");
        check("June 20-24, 2010", "2010-06-20/2010-06-24");
        check("mai-juin 2009", "2009-05/2009-06");
        check("May / Jun 2000", "2000-05/2000-06");
        check("2000 Jan 30 - Feb 2", "2000-01-30/2000-02-02");
        check("Dec\u{2013}Jan 2012", "2011-12/2012-01");
        check("Winter 2001/2002", "2001-24/2002");
    }

    #[test]
    fn spans_fill_each_others_gaps() {
        check("2015|March 3", "2015-03-03");
        check("2015 Jun|25", "2015-06-25");
        check("2018|2018 Nov 6", "2018-11-06");
    }

    #[test]
    fn a_second_date_is_not_mixed_in() {
        check("2006|1. Juli 2007", "2006");
        assert_eq!(parse(&["2006", "1. Juli 2007"], None).unused, [1]);
        check("November 6 -10,2006 ( 2007", "2006-11-06/2006-11-10");
    }

    #[test]
    fn the_original_stands_beside() {
        check("1998/1961", "1998 [1961]");
        check("1949 [1890]", "1949 [1890]");
        check("1993 (orig. 1580)", "1993 [1580]");
    }

    #[test]
    fn what_is_no_date_is_a_literal() {
        check("n.d.", "n.d.");
        check("in press", "in press");
        check("o. J.", "o. J.");
        check("n.d.-b", "n.d. b");
    }
}
