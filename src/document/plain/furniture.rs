//! Running heads and page numbers: lines at the top or bottom of pages that say the same, but for the number.
//!
//! Where form feeds tell the pages, the lines at their edges are looked at ([`mark`]). Text that lost them is told by its count: lines
//! that say the same but for a number which goes up about once a page ([`mark_counted`]).
//!
//! A number alone at the edge of a page may as well be the end of a reference that was wrapped ("784–" and "791."), and two pages may end
//! and begin with the same address. So a head must come again at the same edge, and a number must stand apart from the text or count on
//! with the pages. Bullets that `pdftotext` heaps up at the top of a page, apart from the items that they belong to, are furniture too.

use rustc_hash::FxHashMap;

use super::Line;

/// How many lines at either end of a page may be furniture.
const EDGE: usize = 2;

/// A line at the edge of a page.
#[derive(Debug, Clone, Copy)]
struct Edge {
    line: usize,
    page: usize,
    top: bool,
    /// The page number that it would be.
    number: Option<i64>,
}

/// Marks the furniture of a text with pages.
pub(super) fn mark(text: &str, lines: &mut [Line]) {
    heaps(text, lines);
    let pages = pages(lines);
    if pages.len() < 2 {
        return;
    }
    let edges: Vec<Edge> =
        pages.iter().enumerate().flat_map(|(number, page)| edges(text, lines, page.clone(), number)).collect();
    let mut heads: FxHashMap<(bool, String), usize> = FxHashMap::default();
    let mut numbers: FxHashMap<i64, Vec<usize>> = FxHashMap::default();
    for edge in &edges {
        let key = key(&text[lines[edge.line].span.range()]);
        if !key.is_empty() {
            *heads.entry((edge.top, key)).or_default() += 1;
        }
        if let Some(number) = edge.number {
            numbers.entry(number - page_as_number(edge.page)).or_default().push(edge.page);
        }
    }
    // Odd and even pages differ, and the first of a chapter has none.
    let often = (pages.len() / 5).clamp(2, 6);
    for edge in edges {
        let line = text[lines[edge.line].span.range()].trim();
        let repeated = heads.get(&(edge.top, key(line))).is_some_and(|&count| count >= often);
        // Numbers that all stand as far from the count of pages belong together.
        let counts_on = edge.number.is_some_and(|number| {
            let pages = numbers.get(&(number - page_as_number(edge.page)));
            pages.is_some_and(|pages| pages.iter().any(|&page| page != edge.page))
        });
        let alone = is_page_number(line) && !line.ends_with('.') && is_apart(lines, edge);
        lines[edge.line].furniture = repeated || counts_on || alone;
    }
}

fn page_as_number(page: usize) -> i64 {
    i64::try_from(page).unwrap_or(i64::MAX / 2)
}

/// Whether nothing stands beside a line on the side of the page's text.
fn is_apart(lines: &[Line], edge: Edge) -> bool {
    let beside = if edge.top { Some(edge.line + 1) } else { edge.line.checked_sub(1) };
    beside.and_then(|at| lines.get(at)).is_none_or(|line| line.blank || line.furniture)
}

/// Marks the lines of a heap of bullets: two or more that stand alone, one below the other.
fn heaps(text: &str, lines: &mut [Line]) {
    let mut heap: Vec<usize> = Vec::new();
    for at in 0..=lines.len() {
        let line = lines.get(at).map_or("", |line| text[line.span.range()].trim());
        if matches!(line, "•" | "◦" | "▪" | "■" | "●" | "○" | "–" | "\u{f0b7}") {
            heap.push(at);
        } else if at == lines.len() || !line.is_empty() {
            if heap.len() >= 2 {
                heap.iter().for_each(|&bullet| lines[bullet].furniture = true);
            }
            heap.clear();
        }
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
fn edges(text: &str, lines: &[Line], page: std::ops::Range<usize>, number: usize) -> Vec<Edge> {
    let filled = |at: &usize| !lines[*at].blank && !lines[*at].furniture;
    let edge = |top: bool| {
        move |line: usize| Edge { line, page: number, top, number: bare_number(text[lines[line].span.range()].trim()) }
    };
    let top: Vec<Edge> = page.clone().filter(filled).take(EDGE).map(edge(true)).collect();
    let behind = top.last().map_or(page.start, |edge| edge.line + 1);
    let bottom: Vec<Edge> = (behind..page.end).rev().filter(filled).take(EDGE).map(edge(false)).collect();
    top.into_iter().chain(bottom.into_iter().rev()).collect()
}

/// The value of a line that is a number and nothing else: "12", "– 12 –".
fn bare_number(line: &str) -> Option<i64> {
    let core = line.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '|' | '[' | ']' | '.' | ' '));
    if core.len() > 4 { None } else { core.parse().ok() }
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
        && (numbers < words.len() || numbers == 2 && core.contains('/'))
        && words.iter().all(|word| {
            word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit())
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
        for line in ["In 1998", "12 Monkeys", "", "Oxford, 1998.", "084023"] {
            assert!(!is_page_number(line), "{line}");
        }
    }
}
