//! Running heads and page numbers: lines at the top or bottom of pages that say the same, but for the number.
//!
//! Where form feeds tell the pages, the lines at their edges are looked at ([`mark`]). Text that lost them is told by its count: lines
//! that say the same but for a number which goes up about once a page ([`mark_counted`]).

use rustc_hash::FxHashMap;

use super::Line;

/// How many lines at either end of a page may be furniture.
const EDGE: usize = 2;

/// Marks the furniture of a text with pages.
pub(super) fn mark(text: &str, lines: &mut [Line]) {
    let pages = pages(lines);
    if pages.len() < 2 {
        return;
    }
    let edges: Vec<Vec<usize>> = pages.iter().map(|page| edge_lines(lines, page.clone())).collect();
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for &at in edges.iter().flatten() {
        let key = key(&text[lines[at].span.range()]);
        if !key.is_empty() {
            *counts.entry(key).or_default() += 1;
        }
    }
    // Odd and even pages differ, and the first of a chapter has none.
    let often = (pages.len() / 5).clamp(2, 6);
    for at in edges.into_iter().flatten() {
        let line = &text[lines[at].span.range()];
        let repeated = counts.get(&key(line)).is_some_and(|&count| count >= often);
        lines[at].furniture = repeated || is_page_number(line.trim());
    }
}

/// Marks the furniture of a text without form feeds.
pub(super) fn mark_counted(text: &str, lines: &mut [Line]) {
    let mut counts: FxHashMap<String, Count> = FxHashMap::default();
    for (at, line) in lines.iter().enumerate() {
        let line = &text[line.span.range()];
        if let Some((head, number)) = numbered(line) {
            counts.entry(head).or_default().push(at, number);
        }
    }
    let mut numbers: Vec<usize> = counts.into_values().flat_map(Count::pages).collect();
    numbers.sort_unstable();
    let heads = heads(text, lines, &numbers);
    for at in numbers.into_iter().chain(heads) {
        lines[at].furniture = true;
    }
}

/// The line without the number at its end, or its start, and the number. Nothing is left of a line that is only a number.
fn numbered(line: &str) -> Option<(String, u32)> {
    if line.len() > 100 {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |word: &&str| (word.len() <= 4).then(|| word.parse().ok()).flatten();
    let (first, last) = (words.first()?, words.last()?);
    let (number, rest) = match (number(last), number(first)) {
        (Some(number), _) => (number, &words[..words.len() - 1]),
        (None, Some(number)) => (number, &words[1..]),
        (None, None) => return None,
    };
    let head = rest.join(" ").to_lowercase();
    let known = rest.is_empty() || head.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    known.then_some((head, number))
}

/// Lines of one head with their numbers, as chains that count pages.
#[derive(Default)]
struct Count {
    /// Line, number, length of the longest chain up to here, and the place before it in the chain.
    places: Vec<(usize, u32, u32, Option<usize>)>,
}

impl Count {
    /// How many lines a page has.
    const PAGE: std::ops::RangeInclusive<usize> = 15..=100;
    /// How many pages may go by without the line, as on the first of a chapter or when left and right pages differ.
    const STEP: u32 = 6;
    /// How many places before one may be its chain's.
    const REACH: usize = 12;
    /// How long a chain must be.
    const LONG: u32 = 3;

    fn push(&mut self, line: usize, number: u32) {
        let from = self.places.len().saturating_sub(Self::REACH);
        let before = (from..self.places.len())
            .filter(|&at| {
                let (other, smaller, ..) = self.places[at];
                let step = number.saturating_sub(smaller);
                (1..=Self::STEP).contains(&step) && Self::PAGE.contains(&((line - other) / step as usize))
            })
            .max_by_key(|&at| self.places[at].2);
        let length = before.map_or(1, |at| self.places[at].2 + 1);
        self.places.push((line, number, length, before));
    }

    /// The lines of all chains that are long enough.
    fn pages(self) -> Vec<usize> {
        let mut kept = vec![false; self.places.len()];
        for at in (0..self.places.len()).rev() {
            let (.., length, before) = self.places[at];
            kept[at] |= length >= Self::LONG;
            if let Some(before) = before {
                kept[before] |= kept[at];
            }
        }
        self.places.into_iter().zip(kept).filter_map(|((line, ..), kept)| kept.then_some(line)).collect()
    }
}

/// Lines next to page numbers that stand beside three of them.
fn heads(text: &str, lines: &[Line], numbers: &[usize]) -> Vec<usize> {
    let beside = |at: usize| {
        let filled = |at: &usize| !lines[*at].blank;
        let before = (at.saturating_sub(3)..at).rev().find(filled);
        let after = (at + 1..lines.len().min(at + 4)).find(filled);
        [before, after].into_iter().flatten().map(|at| (key(&text[lines[at].span.range()]), at))
    };
    let mut found: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (key, at) in numbers.iter().flat_map(|&at| beside(at)).filter(|(key, _)| !key.is_empty()) {
        found.entry(key).or_default().push(at);
    }
    found.into_values().filter(|places| places.len() >= Count::LONG as usize).flatten().collect()
}

/// The ranges of lines of the pages.
fn pages(lines: &[Line]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, line) in lines.iter().enumerate().skip(1) {
        if line.page {
            out.push(start..at);
            start = at;
        }
    }
    out.push(start..lines.len());
    out
}

/// The first and last lines of a page that are not blank.
fn edge_lines(lines: &[Line], page: std::ops::Range<usize>) -> Vec<usize> {
    let filled = |at: &usize| !lines[*at].blank;
    let mut out: Vec<usize> = page.clone().filter(filled).take(EDGE).collect();
    out.extend(page.rev().filter(filled).take(EDGE));
    out.sort_unstable();
    out.dedup();
    out
}

/// What repeats of a line: all of it but a number at either end. The numbers inside stay, so that "Phys. Rev. Lett. 90, 1218 (2003)" at
/// the top of two pages is not taken for a running head. A line of hardly any letters has nothing to know it by.
fn key(line: &str) -> String {
    if line.len() > 200 {
        return String::new();
    }
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |word: &&str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    while words.last().is_some_and(is_number) {
        words.pop();
    }
    let first = words.iter().position(|word| !is_number(word)).unwrap_or(words.len());
    let key = words[first..].join(" ").to_lowercase();
    if key.chars().filter(|c| c.is_alphabetic()).count() < 4 { String::new() } else { key }
}

/// "12", "– 12 –", "xiv", "Page 12 of 30", "12/30".
fn is_page_number(line: &str) -> bool {
    let core = line.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '|' | '[' | ']' | '.' | ' '));
    if core.is_empty() || core.len() > 20 {
        return false;
    }
    let digits = core.len() <= 4 && core.bytes().all(|byte| byte.is_ascii_digit());
    let roman =
        core.len() <= 6 && core.bytes().all(|byte| matches!(byte.to_ascii_lowercase(), b'i' | b'v' | b'x' | b'l'));
    let words: Vec<&str> =
        core.split(|c: char| c.is_whitespace() || c == '/').filter(|word| !word.is_empty()).collect();
    let numbers = words.iter().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())).count();
    let announced = numbers >= 1
        && words.iter().all(|word| {
            word.bytes().all(|byte| byte.is_ascii_digit())
                || matches!(
                    word.to_lowercase().as_str(),
                    "page" | "p." | "p" | "seite" | "of" | "von" | "de" | "página" | "стр."
                )
        });
    digits || roman || (announced && words.len() <= 4)
}

#[cfg(test)]
mod tests {
    use super::is_page_number;
    use crate::document::Document;

    #[test]
    fn heads_are_known_by_their_count_where_no_form_feed_tells_the_pages() {
        let mut text = String::new();
        for page in 7..12 {
            for line in 0..30 {
                text.push_str(&format!(
                    "Line {line} of this page says what no other one does: {}.\n",
                    page * 31 + line
                ));
            }
            text.push_str(&format!("TOWNS AND ROADS\n{page}\n"));
        }
        let document = Document::from_plain(text.as_bytes());
        let blocks: Vec<&str> = document.blocks().iter().map(|block| document.slice(block.span)).collect();
        assert!(blocks.iter().all(|block| !block.contains("TOWNS")), "{blocks:?}");
    }

    #[test]
    fn numbers_of_a_list_are_no_pages() {
        let list: String = (1..40).map(|number| format!("Journal of Towns {number}\n{number}\n")).collect();
        let document = Document::from_plain(list.as_bytes());
        assert_eq!(document.slice(document.blocks()[0].span).lines().count(), 78);
    }

    #[test]
    fn page_numbers_are_known_and_years_in_text_are_not() {
        for line in ["12", "– 12 –", "xiv", "Page 12 of 30", "12/30", "[7]"] {
            assert!(is_page_number(line), "{line}");
        }
        for line in ["In 1998", "12 Monkeys", "", "Oxford, 1998."] {
            assert!(!is_page_number(line), "{line}");
        }
    }
}
