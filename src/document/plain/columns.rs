//! Pages of two columns that `pdftotext -layout` printed side by side.
//!
//! The right column begins at the same place in most lines of a page, or at a few places when a long line of the left column pushed it
//! on: these are the edges. A line is cut at an edge with a blank before it; lines with text across the edges (a title, a wide table)
//! cut the page into zones. Within a zone the left column is read before the right.

use super::Line;
use crate::span::Span;

/// Lines beyond this width are paragraphs on one line, not a printed page.
const WIDEST: usize = 400;

/// A side of a page of columns is filled with words: fewer characters than this in the mean are the cells of a table.
const NARROWEST: usize = 26;

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
        match cuts(text, page) {
            Some(cuts) => {
                any = true;
                split(text, page, &cuts, &mut out);
            }
            None => out.extend_from_slice(page),
        }
        start = end;
    }
    any.then_some(out)
}

/// Where a line is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// All of it is of the left column.
    Left,
    /// All of it is of the right column, which begins at this column.
    Right(usize),
    /// The right column begins at this column.
    At(usize),
    /// It goes over both columns.
    Across,
}

/// A line's runs of blanks between words: columns from, to.
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
            if seen_word && chars.peek().is_some() {
                return Some((at, end));
            }
        }
        None
    })
}

const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}')
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|&c| is_blank(c)).count()
}

/// How each line of a page is cut; `None` when the page has one column.
fn cuts(text: &str, page: &[Line]) -> Option<Vec<Cut>> {
    let content = |line: &Line| &text[line.span.range()];
    let filled: Vec<&str> = page.iter().filter(|line| !line.blank && !line.furniture).map(content).collect();
    if filled.len() < 8 || filled.iter().any(|line| line.len() > WIDEST * 4) {
        return None;
    }
    let mut widths: Vec<usize> = filled.iter().map(|line| line.chars().count()).collect();
    widths.sort_unstable();
    // Not the widest: a link that runs out of its column tells nothing of the page.
    let width = widths[widths.len() - 1 - widths.len() / 8].min(WIDEST);
    let (from, to) = (width * 3 / 10, width * 7 / 10);
    let edges = edges(&filled, from..to);
    let first = *edges.first()?;
    let mut last = first;
    let cuts: Vec<Cut> = page
        .iter()
        .map(|line| {
            let cut = if line.blank || line.furniture { Cut::Left } else { cut(content(line), &edges, from..to, last) };
            if let Cut::At(at) | Cut::Right(at) = cut {
                last = at;
            }
            cut
        })
        .collect();
    are_columns(&cuts, &edges, page.iter().map(content)).then_some(cuts)
}

/// The columns at which text often begins behind a gap, sorted.
fn edges(filled: &[&str], middle: std::ops::Range<usize>) -> Vec<usize> {
    let mut counts = vec![0usize; WIDEST + 1];
    for line in filled {
        let lead = indent(line);
        let starts = gaps(line)
            .filter(|(from, to)| to - from >= 2)
            .map(|(_, to)| to)
            .chain((lead >= middle.start).then_some(lead));
        for at in starts.filter(|at| middle.contains(at)) {
            counts[at] += 1;
        }
    }
    let enough = (filled.len() / 10).max(4);
    middle.filter(|&at| counts[at] >= enough).collect()
}

fn cut(line: &str, edges: &[usize], middle: std::ops::Range<usize>, last: usize) -> Cut {
    let first = edges[0];
    let lead = indent(line);
    if line.chars().count() <= first {
        return Cut::Left;
    }
    if lead + 1 >= first {
        return Cut::Right(lead);
    }
    let inner: Vec<(usize, usize)> = gaps(line).filter(|(_, to)| middle.contains(to)).collect();
    let near = |at: &usize| at.abs_diff(last);
    let beside = |at: &usize| edges.iter().any(|edge| edge.abs_diff(*at) <= 4);
    let wide = inner.iter().filter(|(from, to)| to - from >= 2).map(|&(_, to)| to).filter(beside).min_by_key(near);
    let at_edge = inner.iter().map(|&(_, to)| to).filter(|at| edges.contains(at)).min_by_key(near);
    let at = match (at_edge, wide) {
        // A gap of two blanks may be a little off an edge, a single blank may not.
        (Some(edge), Some(wide)) => {
            if near(&edge) <= near(&wide) {
                edge
            } else {
                wide
            }
        }
        (Some(at), None) | (None, Some(at)) => at,
        (None, None) => return Cut::Across,
    };
    // The number of an entry stands a little to the left of its text, and both are edges.
    let label = inner.iter().map(|&(_, to)| to).find(|&to| to < at && to + 8 >= at && edges.contains(&to));
    Cut::At(label.unwrap_or(at))
}

/// Whether the cuts make columns: lines with words on both sides, few across, and no further gaps as tables have them.
fn are_columns<'a>(cuts: &[Cut], edges: &[usize], lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut filled, mut both, mut across, mut tabular) = (0, 0, 0, 0);
    let (mut left, mut right) = ((0, 0), (0, 0));
    let add = |side: &mut (usize, usize), part: &str| {
        side.0 += 1;
        side.1 += part.trim().chars().count();
    };
    for (cut, line) in cuts.iter().zip(lines).filter(|(_, line)| !line.trim().is_empty()) {
        filled += 1;
        match *cut {
            Cut::Across => across += 1,
            Cut::Left => add(&mut left, line),
            Cut::Right(_) => add(&mut right, line),
            Cut::At(at) => {
                let (before, after) = line.split_at(column(line, at));
                both += 1;
                add(&mut left, before);
                add(&mut right, after);
                tabular += usize::from(gaps(before.trim()).chain(gaps(after.trim())).any(|(from, to)| to - from >= 3));
            }
        }
    }
    // The right column begins at its edges, justified text with wide blanks anywhere.
    let aligned = cuts.iter().filter(|cut| matches!(cut, Cut::At(at) | Cut::Right(at) if edges.contains(at))).count();
    let is_column = |(lines, letters): (usize, usize)| lines * 10 >= filled * 3 && letters >= lines * NARROWEST;
    both >= 3
        && aligned * 10 >= right.0 * 6
        && is_column(left)
        && is_column(right)
        && across * 4 <= filled
        && tabular * 3 <= both
}

/// The byte at a column.
fn column(line: &str, at: usize) -> usize {
    line.char_indices().nth(at).map_or(line.len(), |(byte, _)| byte)
}

/// Appends a page's lines, zone by zone, left before right.
fn split(text: &str, page: &[Line], cuts: &[Cut], out: &mut Vec<Line>) {
    let mut right: Vec<Line> = Vec::new();
    for (index, (line, cut)) in page.iter().zip(cuts).enumerate() {
        let content = &text[line.span.range()];
        let part = |from: usize, to: usize, indent: usize| Line {
            span: Span::new(line.span.start + from, line.span.start + to),
            blank: content[from..to].trim().is_empty(),
            page: false,
            indent,
            ..*line
        };
        if line.furniture || *cut == Cut::Across {
            flush(&mut right, out);
            out.push(*line);
            continue;
        }
        let at = match *cut {
            Cut::Left | Cut::Across => content.len(),
            Cut::Right(at) | Cut::At(at) => column(content, at),
        };
        let before = content[..at].trim_end().len();
        let mut left = part(0, before, 0);
        left.page = line.page;
        // A line of the right column alone is a blank one of the left only where a blank line stands in the source too.
        if !left.blank || line.blank || line.page {
            out.push(left);
        }
        if at < content.len() {
            let edge = edge_near(cuts, index, *cut);
            let column = if let Cut::Right(at) | Cut::At(at) = *cut { at } else { 0 };
            right.push(part(at, content.len(), column - edge.min(column)));
        } else if line.blank {
            right.push(part(0, 0, 0));
        }
    }
    flush(&mut right, out);
}

/// The leftmost beginning of the right column in the lines around: what its indents are counted from.
fn edge_near(cuts: &[Cut], index: usize, own: Cut) -> usize {
    const REACH: usize = 4;
    let from = index.saturating_sub(REACH);
    let to = (index + REACH + 1).min(cuts.len());
    let around = cuts[from..to].iter().chain([&own]);
    around.filter_map(|cut| if let Cut::At(at) | Cut::Right(at) = cut { Some(*at) } else { None }).min().unwrap_or(0)
}

/// Appends the right column. Blank lines at its top are the space beside a heading, not a break of the text.
fn flush(right: &mut Vec<Line>, out: &mut Vec<Line>) {
    let first = right.iter().position(|line| !line.blank).unwrap_or(right.len());
    out.extend(right.drain(..).skip(first));
}
