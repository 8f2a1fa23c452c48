//! Pages of two columns that `pdftotext -layout` printed side by side.
//!
//! On such a page the right column begins at one place, its *edge*. A long line of the left column pushes it on, so that the edge is one
//! for a run of lines rather than for the page. The cheapest sequence of edges is searched line by line, as a sequence of states: a line
//! that has a gap in front of the edge speaks for it, one that has a word there speaks against it, a new edge costs something, and a
//! line over both columns (a title, a wide table) has a state of its own. Such lines cut the page into zones; within a zone the left
//! column is read before the right.

use super::Line;
use crate::span::Span;

/// Lines beyond this width are paragraphs on one line, not a printed page.
const WIDEST: usize = 400;

/// A side of a page of columns is filled with words: fewer characters than this in the mean are the cells of a table.
const NARROWEST: usize = 22;

/// The right column may be indented by so much: the width of a label.
const INDENT: usize = 8;

/// Blanks behind a label are no more than so many.
const LABEL: usize = 10;

/// What lines cost with an edge, as far as it differs from the cost of a page without one, which is 0. These are rough logarithms of
/// odds: a wide gap stands in one line of prose in eight, a gap of one blank ends at a given place in one of six.
mod cost {
    /// The right column begins at the edge, behind a wide gap.
    pub(super) const EDGE: f32 = -2.0;
    /// It is indented. Most lines of a list that hangs are, so that this must be worth nearly as much.
    pub(super) const INDENTED: f32 = -1.8;
    /// It begins at the edge behind a single blank.
    pub(super) const BLANK: f32 = 0.3;
    /// A wide gap that ends far behind the edge.
    pub(super) const FAR: f32 = 0.6;
    /// The line has nothing left of the edge, and begins at it or a little behind.
    pub(super) const RIGHT: f32 = -0.5;
    /// A word stands over the edge.
    pub(super) const WORD: f32 = 5.0;
    /// A line over both columns.
    pub(super) const ACROSS: f32 = 1.0;
    /// From one edge to another.
    pub(super) const MOVE: f32 = 3.0;
    /// From columns to a line over both, and back.
    pub(super) const LEAVE: f32 = 2.0;
}

/// A page has columns when they gain so much; less is enough in a document that has them on most of its pages.
const CERTAIN: f32 = -8.0;
const LIKELY: f32 = -1.0;

/// The lines in reading order, or `None` when no page has two columns.
pub(super) fn in_reading_order(text: &str, lines: &[Line]) -> Option<Vec<Line>> {
    let pages: Vec<(&[Line], Option<Cuts>)> = pages(lines).map(|page| (page, cuts(text, page))).collect();
    let sure = |cuts: &Cuts| cuts.gain <= CERTAIN;
    let columned = pages.iter().filter(|(_, cuts)| cuts.as_ref().is_some_and(sure)).count();
    if columned == 0 {
        return None;
    }
    let usual = columned * 2 >= pages.len().saturating_sub(1);
    let mut out = Vec::with_capacity(lines.len());
    for (page, cuts) in &pages {
        match cuts {
            Some(cuts) if sure(cuts) || usual && cuts.gain <= LIKELY => split(text, page, &cuts.lines, &mut out),
            _ => out.extend_from_slice(page),
        }
    }
    Some(out)
}

/// The pages; without form feeds, any hundred lines.
fn pages(lines: &[Line]) -> impl Iterator<Item = &[Line]> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let limit = (start + 100).min(lines.len());
        let end = (start + 1..limit).find(|&at| lines[at].page).unwrap_or(limit);
        let page = lines.get(start..end).filter(|page| !page.is_empty());
        start = end;
        page
    })
}

/// How the lines of a page are cut, and what that gains beside one column.
struct Cuts {
    lines: Vec<Cut>,
    gain: f32,
}

/// Where a line is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// All of it is of the left column.
    Left,
    /// All of it is of the right column, so far behind its edge.
    Right(usize),
    /// The right column begins at this column, so far behind its edge.
    At(usize, usize),
    /// It goes over both columns.
    Across,
}

/// A line by columns: where its words begin and end.
struct Shape {
    /// Columns of white space in front.
    lead: usize,
    /// Columns up to the last word's end.
    length: usize,
    /// The runs of blanks between words.
    gaps: Vec<Gap>,
}

/// Blanks between two words.
#[derive(Debug, Clone, Copy)]
struct Gap {
    from: usize,
    to: usize,
    /// Whether nothing but a label ("[12]", "3.", a bullet) stands before it.
    behind_label: bool,
}

impl Gap {
    const fn width(self) -> usize {
        self.to - self.from
    }
}

impl Shape {
    fn of(line: &str) -> Self {
        let mut shape = Self { lead: 0, length: 0, gaps: Vec::new() };
        let mut seen_word = false;
        // Whether a wide gap or the margin stands before the word, and whether all of it could be of a label.
        let (mut apart, mut label) = (true, true);
        for (at, c) in line.chars().enumerate().filter(|&(_, c)| !is_blank(c)) {
            if !seen_word {
                shape.lead = at;
            } else if at > shape.length {
                // "105974" alone at the end of a reference is none, however short: the gap behind a label is that of an indent.
                let behind_label = apart && label && at - shape.length <= LABEL;
                let gap = Gap { from: shape.length, to: at, behind_label };
                shape.gaps.push(gap);
                (apart, label) = (gap.width() >= 2, true);
            }
            seen_word = true;
            label &= c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | '.' | '•' | '–' | '-' | '*');
            shape.length = at + 1;
        }
        shape
    }

    /// The gap before the edge, if the line has words on both of its sides.
    fn gap_at(&self, edge: usize) -> Option<Gap> {
        let index = self.gaps.partition_point(|gap| gap.to < edge);
        self.gaps.get(index).copied().filter(|gap| gap.from < edge)
    }

    /// What the line costs with each edge of a range.
    fn costs(&self, edges: std::ops::Range<usize>, out: &mut Vec<f32>) {
        out.clear();
        out.extend(edges.map(|edge| {
            if self.length <= edge {
                return 0.0;
            }
            if self.lead >= edge {
                return if self.lead <= edge + INDENT { cost::RIGHT } else { 0.0 };
            }
            let Some(gap) = self.gap_at(edge).filter(|gap| !gap.behind_label) else { return cost::WORD };
            match (gap.width(), gap.to - edge) {
                (1, _) => cost::BLANK,
                (_, 0) => cost::EDGE,
                (_, 1..=INDENT) => cost::INDENTED,
                _ => cost::FAR,
            }
        }));
    }
}

const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}')
}

/// How each line of a page is cut; `None` when the page cannot have two columns.
fn cuts(text: &str, page: &[Line]) -> Option<Cuts> {
    let content = |line: &Line| if line.blank || line.furniture { "" } else { &text[line.span.range()] };
    if page.iter().any(|line| content(line).len() > WIDEST * 4) {
        return None;
    }
    let shapes: Vec<Shape> = page.iter().map(|line| Shape::of(content(line))).collect();
    let mut widths: Vec<usize> = shapes.iter().map(|shape| shape.length).filter(|&width| width > 0).collect();
    widths.sort_unstable();
    // Not the widest: a link that runs out of its column tells nothing of the page.
    let width = widths.get(widths.len().checked_sub(1 + widths.len() / 8)?).copied()?.min(WIDEST);
    let edges = width / 4..width * 3 / 4;
    // Without a wide gap and a line that begins far in, an edge gains nothing anywhere.
    let tells = |shape: &Shape| {
        shape.length > 0 && shape.lead >= edges.start
            || shape.gaps.iter().any(|gap| gap.width() > 1 && !gap.behind_label)
    };
    if !shapes.iter().any(tells) {
        return None;
    }
    let (path, gain) = cheapest(&shapes, edges)?;
    let mut lines: Vec<Cut> = shapes.iter().zip(path).map(|(shape, edge)| cut(shape, edge)).collect();
    overflows(&shapes, &mut lines);
    are_columns(&lines, &shapes).then_some(Cuts { lines, gain })
}

/// The cheapest sequence of edges (`None` for lines over both columns), and its cost.
fn cheapest(shapes: &[Shape], edges: std::ops::Range<usize>) -> Option<(Vec<Option<usize>>, f32)> {
    // The last state is that of a line over both columns.
    let across = edges.len();
    let mut scores = vec![0.0f32; across + 1];
    let mut back: Vec<Vec<u16>> = Vec::with_capacity(shapes.len());
    let mut costs = Vec::with_capacity(across);
    for shape in shapes {
        shape.costs(edges.clone(), &mut costs);
        let best = lowest(&scores[..across])?;
        let (enter, leave) = (scores[across] + cost::LEAVE, scores[best] + cost::LEAVE);
        let (from, moved) =
            if enter < scores[best] + cost::MOVE { (across, enter) } else { (best, scores[best] + cost::MOVE) };
        let mut before = Vec::with_capacity(across + 1);
        for (state, (score, cost)) in scores.iter_mut().zip(&costs).enumerate() {
            before.push(u16::try_from(if *score <= moved { state } else { from }).ok()?);
            *score = score.min(moved) + cost;
        }
        before.push(u16::try_from(if scores[across] <= leave { across } else { best }).ok()?);
        scores[across] = scores[across].min(leave) + if shape.length > 0 { cost::ACROSS } else { 0.0 };
        back.push(before);
    }
    let last = lowest(&scores)?;
    let mut state = last;
    let mut path: Vec<Option<usize>> = Vec::with_capacity(shapes.len());
    for before in back.iter().rev() {
        path.push((state < across).then_some(edges.start + state));
        state = usize::from(before[state]);
    }
    path.reverse();
    Some((path, scores[last]))
}

fn lowest(scores: &[f32]) -> Option<usize> {
    (0..scores.len()).min_by(|&a, &b| scores[a].total_cmp(&scores[b]))
}

fn cut(shape: &Shape, edge: Option<usize>) -> Cut {
    let Some(edge) = edge else { return Cut::Across };
    if shape.length <= edge {
        return Cut::Left;
    }
    if shape.lead >= edge {
        return Cut::Right(shape.lead - edge);
    }
    match shape.gap_at(edge) {
        Some(gap) => Cut::At(gap.to, gap.to - edge),
        None => Cut::Across,
    }
}

/// A link that runs a little out of the left column, with nothing beside it, is of that column.
fn overflows(shapes: &[Shape], lines: &mut [Cut]) {
    for at in 1..lines.len().saturating_sub(1) {
        let between = [at - 1, at + 1].into_iter().all(|near| lines[near] != Cut::Across && shapes[near].length > 0);
        let wide = shapes[at].gaps.iter().any(|gap| gap.width() > 2);
        if lines[at] == Cut::Across && between && !wide && shapes[at].lead <= shapes[at - 1].lead + INDENT {
            lines[at] = Cut::Left;
        }
    }
}

/// Whether the cuts make columns: lines of words on both sides, few across, and no further gaps as tables have them.
fn are_columns(cuts: &[Cut], shapes: &[Shape]) -> bool {
    let (mut filled, mut both, mut across, mut tabular) = (0, 0, 0, 0);
    let (mut left, mut right) = ((0, 0), (0, 0));
    let add = |side: &mut (usize, usize), columns: usize| *side = (side.0 + 1, side.1 + columns);
    for (cut, shape) in cuts.iter().zip(shapes).filter(|(_, shape)| shape.length > 0) {
        filled += 1;
        match *cut {
            Cut::Across => across += 1,
            Cut::Left => add(&mut left, shape.length - shape.lead),
            Cut::Right(_) => add(&mut right, shape.length - shape.lead),
            Cut::At(at, _) => {
                let end = shape.gaps.iter().find(|gap| gap.to == at).map_or(at, |gap| gap.from);
                both += 1;
                add(&mut left, end - shape.lead);
                add(&mut right, shape.length - at);
                tabular +=
                    usize::from(shape.gaps.iter().any(|gap| gap.to != at && gap.width() >= 3 && !gap.behind_label));
            }
        }
    }
    let is_column = |(lines, columns): (usize, usize)| lines >= 2 && columns >= lines * NARROWEST;
    is_column(left) && is_column(right) && across * 2 <= filled && tabular * 3 <= both
}

/// The byte at a column.
fn column(line: &str, at: usize) -> usize {
    line.char_indices().nth(at).map_or(line.len(), |(byte, _)| byte)
}

/// Appends a page's lines, zone by zone, left before right.
fn split(text: &str, page: &[Line], cuts: &[Cut], out: &mut Vec<Line>) {
    let mut right: Vec<Line> = Vec::new();
    for (line, cut) in page.iter().zip(cuts) {
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
        let (at, indent) = match *cut {
            Cut::Left | Cut::Across => (content.len(), 0),
            Cut::Right(indent) => (content.len() - content.trim_start().len(), indent),
            Cut::At(at, indent) => (column(content, at), indent),
        };
        let mut left = part(0, content[..at].trim_end().len(), 0);
        left.page = line.page;
        // A line of the right column alone is a blank one of the left only where a blank line stands in the source too.
        if !left.blank || line.blank || line.page {
            out.push(left);
        }
        if at < content.len() {
            right.push(part(at, content.len(), indent));
        } else if line.blank {
            right.push(part(0, 0, 0));
        }
    }
    flush(&mut right, out);
}

/// Appends the right column. Blank lines at its top are the space beside a heading, not a break of the text.
fn flush(right: &mut Vec<Line>, out: &mut Vec<Line>) {
    let first = right.iter().position(|line| !line.blank).unwrap_or(right.len());
    out.extend(right.drain(..).skip(first));
}
