//! Pages: ranges with prefixes, and article numbers.
//!
//! Dashes are structure here, so that "98--114", "98–114" and "98-114" are equal. Each format prints its own dash with
//! [`Pages::print`]. Nothing is expanded: "112–8" stays "112–8".

use std::fmt;

use ecow::EcoString;

use super::number::is_dash;
use super::text::Text;

/// One range, or one page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PageRange {
    /// The first page, or what is printed where no rule applies ("iv", "S12", "3A").
    pub first: EcoString,
    /// How it goes on.
    pub end: PageEnd,
}

/// How a [`PageRange`] goes on behind its first page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PageEnd {
    /// A single page.
    Single,
    /// Up to this page, as printed.
    Last(EcoString),
    /// "f.": and the following page.
    Following,
    /// "ff.": and the following pages.
    FollowingPages,
    /// "45–": open.
    Open,
}

/// The pages of a work, or its article number.
///
/// ```
/// use reflist::Pages;
/// let pages = Pages::parse("98\u{2013}114, 120");
/// assert_eq!(pages, Pages::parse("98--114,120"));
/// assert_eq!(pages.print("-"), "98-114, 120");
/// assert_eq!(Pages::parse("67 ff.").print("-"), "67 ff.");
/// assert_eq!(Pages::range("A-12", "A-20").print("-"), "A-12\u{2013}A-20");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Pages {
    /// The ranges, in order.
    pub ranges: Vec<PageRange>,
    /// Whether a format said that this is an article number (BibLaTeX `eid`). Never guessed.
    pub article_number: bool,
}

impl Pages {
    /// Reads pages in any print: "98–114", "98--114", "R285", "S3–S9", "5, 7–9", "67 ff.", "e1004". What no rule explains is kept
    /// as it stands, as one range.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match parse_plain(text) {
            Some(range) => Self { ranges: vec![range], article_number: false },
            None => Self::parse_any(text),
        }
    }

    fn parse_any(text: &str) -> Self {
        let text = Text::plain(text);
        let text = text.as_str();
        if text.is_empty() {
            return Self::default();
        }
        let parts: Vec<&str> = text.split([',', ';', '&', '+']).map(str::trim).collect();
        let each_is_a_page = parts.iter().all(|part| is_range_like(part));
        let ranges =
            if each_is_a_page { parts.into_iter().map(parse_range).collect() } else { vec![parse_range(text)] };
        Self { ranges, article_number: false }
    }

    /// One range from its two ends.
    #[must_use]
    pub fn range(first: &str, last: &str) -> Self {
        let (first, last) = (Text::plain(first), Text::plain(last));
        let end = if last.is_empty() { PageEnd::Single } else { PageEnd::Last(last.as_str().into()) };
        Self { ranges: vec![PageRange { first: first.as_str().into(), end }], article_number: false }
    }

    /// An article number: "e1004", "110447".
    #[must_use]
    pub fn article(number: &str) -> Self {
        let first = Text::plain(number).as_str().into();
        Self { ranges: vec![PageRange { first, end: PageEnd::Single }], article_number: true }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// First page of the first range.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.ranges.first().map(|range| range.first.as_str())
    }

    /// Prints the ranges with `dash` between their ends, and ", " between ranges. Where an end holds a hyphen itself ("A-12"), an
    /// en dash stands instead of a hyphen, so that the text can be read back.
    #[must_use]
    pub fn print(&self, dash: &str) -> String {
        let mut out = String::new();
        for range in &self.ranges {
            if !out.is_empty() {
                out.push_str(", ");
            }
            out.push_str(&range.first);
            match &range.end {
                PageEnd::Single => {}
                PageEnd::Last(last) => {
                    let hyphens = dash == "-" && (range.first.contains('-') || last.contains('-'));
                    out.push_str(if hyphens { "\u{2013}" } else { dash });
                    out.push_str(last);
                }
                PageEnd::Following => out.push_str(" f."),
                PageEnd::FollowingPages => out.push_str(" ff."),
                PageEnd::Open => out.push_str(dash),
            }
        }
        out
    }
}

impl fmt::Display for Pages {
    /// With en dashes, as in prose.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.print("\u{2013}"))
    }
}

/// "98", "98-114", "98--114": what most pages are, and what no other rule reads differently.
fn parse_plain(text: &str) -> Option<PageRange> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (first, rest) = text.split_at(digits(text));
    let last = rest.trim_start_matches('-');
    if first.is_empty() || digits(last) < last.len() || (rest.is_empty() != last.is_empty()) {
        return None;
    }
    let end = if last.is_empty() { PageEnd::Single } else { PageEnd::Last(last.into()) };
    Some(PageRange { first: first.into(), end })
}

/// Whether `part` of a comma-separated run is a page or a range by itself, so that the comma separates ranges.
fn is_range_like(part: &str) -> bool {
    let (first, end) = split_range(part);
    match end {
        PageEnd::Last(last) => is_page(first) && is_page(&last),
        _ => is_page(first),
    }
}

fn parse_range(text: &str) -> PageRange {
    let (first, end) = split_range(text);
    PageRange { first: first.into(), end }
}

/// Cuts a range at its dash. A long dash or a doubled hyphen decides; a lone hyphen only where both sides look like pages.
fn split_range(text: &str) -> (&str, PageEnd) {
    if let Some((first, end)) = split_following(text) {
        return (first, end);
    }
    for dash in long_dashes(text) {
        let (first, last) = (text[..dash.start].trim(), text[dash.end..].trim());
        if !first.is_empty() {
            let end = if last.is_empty() { PageEnd::Open } else { PageEnd::Last(last.into()) };
            return (first, end);
        }
    }
    let hyphens: Vec<(usize, char)> = text.char_indices().filter(|&(_, c)| is_dash(c)).collect();
    // "A-12-A-15": the middle one of an odd number of hyphens divides.
    if let Some(&(at, c)) = hyphens.get(hyphens.len() / 2).filter(|_| hyphens.len() % 2 == 1) {
        let (first, last) = (text[..at].trim(), text[at + c.len_utf8()..].trim());
        if is_page(first) && is_page(last) {
            return (first, PageEnd::Last(last.into()));
        }
        if is_page(first) && last.is_empty() {
            return (first, PageEnd::Open);
        }
    }
    (text, PageEnd::Single)
}

/// "67 ff.", "67f": the words for following pages.
fn split_following(text: &str) -> Option<(&str, PageEnd)> {
    let bare = text.strip_suffix('.').unwrap_or(text);
    let (first, end) = match bare.strip_suffix("ff") {
        Some(first) => (first, PageEnd::FollowingPages),
        None => (bare.strip_suffix('f')?, PageEnd::Following),
    };
    let first = first.trim_end();
    (first.ends_with(|c: char| c.is_ascii_digit()) && is_page(first)).then_some((first, end))
}

/// The places of long dashes and of runs of two or three hyphens.
fn long_dashes(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let run = text[at..].chars().take_while(|&c| is_dash(c)).map(char::len_utf8).sum::<usize>();
        let long = run > 1 && (text[at..].starts_with("--") || !text[at..].starts_with(['-', '\u{2010}', '\u{2011}']));
        if long {
            found.push(at..at + run);
        }
        at += run.max(c.len_utf8());
    }
    found
}

/// Whether `text` is one page: letters and digits with at least one digit, or a roman numeral.
fn is_page(text: &str) -> bool {
    let mut digits = false;
    let mut letters = 0;
    for c in text.chars() {
        match c {
            '0'..='9' => digits = true,
            c if c.is_alphabetic() => letters += 1,
            '.' | ':' | '/' | '-' | '*' | '\'' => {}
            _ => return false,
        }
    }
    (digits && letters <= 6) || is_roman(text)
}

fn is_roman(text: &str) -> bool {
    !text.is_empty()
        && (text.bytes().all(|byte| b"ivxlcdm".contains(&byte)) || text.bytes().all(|byte| b"IVXLCDM".contains(&byte)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let pages = Pages::parse(text);
        assert_eq!(pages.print("-"), expected);
        assert_eq!(Pages::parse(&pages.print("-")), pages, "what is printed reads back");
        assert_eq!(Pages::parse(&pages.print("--")), pages, "what BibTeX prints reads back");
    }

    #[test]
    fn every_dash_is_the_same() {
        for text in ["98-114", "98--114", "98\u{2013}114", "98 \u{2014} 114", "98\u{2212}114", "98---114"] {
            check(text, "98-114");
        }
    }

    #[test]
    fn prefixes_and_article_numbers_stay() {
        check("S3\u{2013}S9", "S3-S9");
        check("R285", "R285");
        check("e1004", "e1004");
        check("xii\u{2013}xv", "xii-xv");
        check("A-12--A-20", "A-12\u{2013}A-20");
        check("A-12-A-20", "A-12\u{2013}A-20");
    }

    #[test]
    fn several_ranges() {
        check("5, 7-9;12", "5, 7-9, 12");
        check("14 (Article 3), p. 2", "14 (Article 3), p. 2");
    }

    #[test]
    fn following_and_open() {
        check("67 ff.", "67 ff.");
        check("67f", "67 f.");
        check("45--", "45-");
    }

    #[test]
    fn abbreviated_ends_are_not_expanded() {
        check("112\u{2013}8", "112-8");
    }

    proptest! {
        #[test]
        fn what_is_read_at_once_is_read_as_all_else(text in "[0-9]{0,3}-{0,3}[0-9]{0,3}") {
            if let Some(range) = parse_plain(&text) {
                prop_assert_eq!(vec![range], Pages::parse_any(&text).ranges);
            }
        }
    }
}
