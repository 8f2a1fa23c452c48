//! Pages of two columns that `pdftotext -layout` printed side by side.
//!
//! A gutter is a run of blank columns that most lines of a page keep to, with text on both sides. Lines that cross it (a title, a wide
//! table) cut the page into zones; within a zone the left column is read before the right.

use super::Line;
use crate::span::Span;

/// Lines beyond this width are paragraphs on one line, not a printed page.
const WIDEST: usize = 400;

/// The lines in reading order, or `None` when no page has two columns.
pub(super) fn in_reading_order(text: &str, lines: &[Line]) -> Option<Vec<Line>> {
    let mut out = Vec::with_capacity(lines.len());
    let mut any = false;
    let mut start = 0;
    while start < lines.len() {
        // Without form feeds a page is as good as any hundred lines.
        let limit = (start + 100).min(lines.len());
        let end = (start + 1..limit).find(|&at| lines[at].page).unwrap_or(limit);
        let page = &lines[start..end];
        match gutter(text, page) {
            Some(gutter) => {
                any = true;
                split(text, page, gutter, &mut out);
            }
            None => out.extend_from_slice(page),
        }
        start = end;
    }
    any.then_some(out)
}

/// A line's runs of two blanks and more between words: columns from, to.
fn gaps(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut chars = line.chars().enumerate().peekable();
    let mut seen_word = false;
    std::iter::from_fn(move || {
        while let Some((at, c)) = chars.next() {
            if !is_blank(c) {
                seen_word = true;
                continue;
            }
            let mut end = at + 1;
            while chars.peek().is_some_and(|(_, c)| is_blank(*c)) {
                chars.next();
                end += 1;
            }
            if seen_word && end - at >= 2 && chars.peek().is_some() {
                return Some((at, end));
            }
        }
        None
    })
}

const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}')
}

/// The column of the gutter of a page.
fn gutter(text: &str, page: &[Line]) -> Option<usize> {
    let filled: Vec<&str> =
        page.iter().filter(|line| !line.blank && !line.furniture).map(|line| &text[line.span.range()]).collect();
    if filled.len() < 8 || filled.iter().any(|line| line.len() > WIDEST * 4) {
        return None;
    }
    let mut cover = vec![0u32; WIDEST + 1];
    for line in &filled {
        for (from, to) in gaps(line) {
            for count in cover.iter_mut().take(to.min(WIDEST)).skip(from) {
                *count += 1;
            }
        }
    }
    let width = filled.iter().map(|line| line.chars().count()).max().unwrap_or(0).min(WIDEST);
    let (from, to) = (width * 3 / 10, width * 7 / 10);
    // Of equal columns the rightmost, so that the right column's words are not cut off from their starts.
    let best = (from..to).max_by_key(|&at| (cover[at], at))?;
    let both = cover[best] as usize;
    let crossing = filled.iter().filter(|line| crosses(line, best)).count();
    // Real columns are filled with words on both sides; the columns of a table are short and have further gaps.
    let (mut left, mut right, mut tabular) = (0, 0, 0);
    for line in filled.iter().filter(|line| !crosses(line, best)) {
        let cut = column(line, best);
        let (before, after) = (line[..cut].trim(), line[cut..].trim());
        if before.is_empty() || after.is_empty() {
            continue;
        }
        left += before.chars().count();
        right += after.chars().count();
        tabular += usize::from(gaps(before).chain(gaps(after)).any(|(from, to)| to - from >= 3));
    }
    let told = both * 10 >= filled.len() * 4 && both >= 6 && crossing * 5 <= filled.len();
    (told && left >= both * 26 && right >= both * 26 && tabular * 4 <= both).then_some(best)
}

/// The byte at a column.
fn column(line: &str, at: usize) -> usize {
    line.char_indices().nth(at).map_or(line.len(), |(byte, _)| byte)
}

/// Whether a line has text at the gutter.
fn crosses(line: &str, gutter: usize) -> bool {
    line.chars().nth(gutter).is_some_and(|c| !is_blank(c))
}

/// Appends a page's lines, zone by zone, left before right.
fn split(text: &str, page: &[Line], gutter: usize, out: &mut Vec<Line>) {
    let mut right: Vec<Line> = Vec::new();
    let mut left_any = false;
    let flush = |right: &mut Vec<Line>, out: &mut Vec<Line>| {
        // Blank lines at the top of a column are the space beside a heading, not a break of the text.
        let first = right.iter().position(|line| !line.blank).unwrap_or(right.len());
        out.extend(right.drain(..).skip(first));
    };
    let edge = right_edge(text, page, gutter);
    for line in page {
        let content = &text[line.span.range()];
        if line.blank || line.furniture || !crosses(content, gutter) {
            let cut = column(content, gutter);
            let (before, after) = (content[..cut].trim_end(), &content[cut..]);
            let lead = after.len() - after.trim_start().len();
            let part = |from: usize, to: usize, indent: usize| Line {
                span: Span::new(line.span.start + from, line.span.start + to),
                blank: from == to,
                page: false,
                indent,
                ..*line
            };
            if line.furniture {
                out.push(*line);
                continue;
            }
            let mut left = part(0, before.len(), 0);
            left.blank = before.trim().is_empty();
            left.page = line.page && !left_any;
            left_any = true;
            out.push(left);
            let indent = (gutter + after[..lead].chars().count()).saturating_sub(edge);
            right.push(part(cut + lead, content.len(), indent));
        } else {
            flush(&mut right, out);
            out.push(*line);
        }
    }
    flush(&mut right, out);
}

/// The column at which the right column's lines begin.
fn right_edge(text: &str, page: &[Line], gutter: usize) -> usize {
    page.iter()
        .filter(|line| !line.blank && !line.furniture)
        .map(|line| &text[line.span.range()])
        .filter(|line| !crosses(line, gutter))
        .filter_map(|line| {
            let after = &line[column(line, gutter)..];
            (!after.trim().is_empty()).then(|| gutter + after.chars().take_while(|&c| is_blank(c)).count())
        })
        .min()
        .unwrap_or(gutter)
}
