//! Running heads and page numbers: lines at the top or bottom of pages that say the same, but for the number.

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
