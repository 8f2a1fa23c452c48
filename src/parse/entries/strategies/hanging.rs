//! Hanging indents: the first line of an entry stands at the margin, the others deeper; or the reverse, a first-line indent.
//!
//! The margin moves with the page (odd and even pages of `pdftotext -layout` differ), so it is taken page by page where pages are
//! marked, and else over a window of lines.

use super::Starts;
use crate::document::Document;
use crate::parse::section::ListLine;

pub(super) fn propose(_: &Document, lines: &[ListLine]) -> Option<Starts> {
    let mut starts = Vec::with_capacity(lines.len());
    let mut from = 0;
    let mut told = 0usize;
    while from < lines.len() {
        let to = page_end(lines, from);
        told += page(&lines[from..to], &mut starts);
        from = to;
    }
    // Half of the lines at least must stand where indents tell something.
    (told * 2 >= lines.len() && told >= 3).then(|| {
        if let Some(first) = starts.first_mut() {
            *first = true;
        }
        starts
    })
}

fn page_end(lines: &[ListLine], from: usize) -> usize {
    const LONGEST: usize = 80;
    let limit = (from + LONGEST).min(lines.len());
    (from + 1..limit).find(|&at| lines[at].line.first_on_page).unwrap_or(limit)
}

/// The starts of one page's lines; returns how many lines stand where the indent tells something.
fn page(lines: &[ListLine], starts: &mut Starts) -> usize {
    let margin = lines.iter().map(|line| line.line.indent).min().unwrap_or(0);
    // A column of slack: the margin of `-layout` output wavers.
    let at_margin = |line: &ListLine| line.line.indent <= margin + 1;
    let deep = lines.iter().filter(|line| !at_margin(line)).count();
    if deep == 0 {
        starts.extend(lines.iter().map(|line| line.best));
        return 0;
    }
    let hang: f32 = lines.iter().map(|line| if at_margin(line) { line.starts - 0.5 } else { 0.5 - line.starts }).sum();
    starts.extend(lines.iter().map(|line| at_margin(line) == (hang >= 0.0)));
    lines.len()
}
