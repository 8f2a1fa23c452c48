//! Lines that belong to lists → lists.
//!
//! The model's best sequence gives runs of lines. Here they are cut at headings, joined over short gaps, given their titles, and
//! weighed: a single reference-like line in the middle of an article is a sentence, not a list.

use std::ops::Range;

use super::crf::{STATES, State};
use super::features::{Evidence, Seen, Start};
use super::labeller::{Labeller, Part, Reading};
use super::lines::Line;
use super::shape::prefix;
use super::{Reason, is_heading};
use crate::document::{Document, DocumentKind};

/// Everything that is known of the lines.
pub(super) struct View<'a> {
    pub(super) document: &'a Document,
    pub(super) lines: &'a [Line],
    pub(super) evidence: &'a [Evidence],
    pub(super) best: &'a [State],
    pub(super) margins: &'a [[f32; STATES]],
    /// Who reads what only looks like a list.
    pub(super) labeller: Option<&'a dyn Labeller>,
}

/// A list as a range of lines.
#[derive(Debug, Clone)]
pub(super) struct Region {
    pub(super) lines: Range<usize>,
    pub(super) title: Option<String>,
    pub(super) reason: Reason,
    pub(super) confidence: f32,
}

/// How many lines that are no references may stand inside a list.
const GAP: usize = 3;

pub(super) fn regions(view: &View<'_>) -> Vec<Region> {
    let mut runs = join(view, runs(view));
    for at in 0..runs.len() {
        let limit = runs.get(at + 1).map_or(view.lines.len(), |next| next.start);
        reach_back(view, &mut runs[at]);
        reach_on(view, &mut runs[at], limit);
    }
    let mut out: Vec<Region> = runs.into_iter().map(|run| describe(view, run)).collect();
    let total: usize = out.iter().map(|region| starts(view, &region.lines)).sum();
    let certain = out.iter().any(|region| matches!(region.reason, Reason::Declared | Reason::Heading));
    out.retain(|region| is_list(view, region, total, certain));
    out
}

/// Maximal runs of lines that the best sequence puts into a list, cut at headings and at the borders of declared lists.
fn runs(view: &View<'_>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    for at in 0..view.lines.len() {
        let inside = view.best[at] != State::Body && !view.evidence[at].has(Seen::Heading);
        let border = at > 0 && borders(view, at - 1, at);
        if (!inside || border)
            && let Some(start) = open.take()
        {
            out.push(start..at);
        }
        if inside {
            open.get_or_insert(at);
        }
    }
    out.extend(open.map(|start| start..view.lines.len()));
    out
}

/// Whether two lines cannot be of one list: one is declared or a footnote and the other is not.
fn borders(view: &View<'_>, before: usize, after: usize) -> bool {
    [Seen::Declared, Seen::Footnote]
        .iter()
        .any(|&seen| view.evidence[before].has(seen) != view.evidence[after].has(seen))
}

/// Joins runs with little and nothing that looks like a heading between them.
fn join(view: &View<'_>, runs: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for run in runs {
        if let Some(last) = out.last_mut() {
            let gap = last.end..run.start;
            if (gap.len() <= GAP || is_part(view, last, &gap))
                && !borders(view, last.end - 1, run.start)
                && !gap.clone().any(|at| is_heading(&view.evidence[at]) || is_structural(view, at))
            {
                last.end = run.end;
                continue;
            }
        }
        out.push(run);
    }
    out
}

/// Whether what stands between two runs begins with a label like those of the first, and no blank line stands before, in or behind it.
fn is_part(view: &View<'_>, run: &Range<usize>, gap: &Range<usize>) -> bool {
    const LONGEST: usize = 30;
    let label = view.evidence[run.start].start;
    matches!(label, Start::Bullet | Start::BracketNumber | Start::DotNumber)
        && view.evidence[gap.start].start == label
        && gap.len() <= LONGEST
        && (gap.start..=gap.end).all(|at| !view.lines[at].first_in_block)
}

/// Whether a line is a block of its own that separates: a short line between blank lines in plain text.
fn is_structural(view: &View<'_>, at: usize) -> bool {
    let e = &view.evidence[at];
    view.document.kind() == DocumentKind::Plain
        && e.has(Seen::OneLineBlock)
        && e.has(Seen::Short)
        && !e.has(Seen::EndsStop)
        && !e.has(Seen::Digits)
}

/// Moves the start of a run up to its heading when only a few lines that the model did not recognise stand between: the first
/// reference of a list has no neighbours above it to vouch for it. Lines with bullets or numbers like the run's own may be many.
fn reach_back(view: &View<'_>, run: &mut Range<usize>) {
    let label = view.evidence[run.start].start;
    let labelled = |at: usize| {
        matches!(label, Start::Bullet | Start::BracketNumber | Start::DotNumber)
            && (view.evidence[at].start == label || view.evidence[at].has(Seen::Deeper))
    };
    let mut others = 0;
    let mut unlikely = false;
    for at in (0..run.start).rev() {
        if view.best[at] != State::Body {
            return;
        }
        if is_heading(&view.evidence[at]) {
            if view.evidence[at].has(Seen::ReferencesHeading) && !unlikely {
                run.start = at + 1;
            }
            return;
        }
        if !labelled(at) {
            others += 1;
            unlikely |= view.margins[at][State::Body as usize] > 0.98;
        }
        if others > GAP {
            return;
        }
    }
}

/// Moves the end of a run of plain text down to where its block ends, when hardly anything of that is left, and over further blocks with
/// a label like its own: the last reference of a list has no neighbours below it to vouch for it.
fn reach_on(view: &View<'_>, run: &mut Range<usize>, limit: usize) {
    if view.document.kind() != DocumentKind::Plain {
        return;
    }
    let label = view.evidence[run.start].start;
    while run.end < limit {
        let at = run.end;
        let seen = &view.evidence[at];
        let labelled = match label {
            Start::Bullet => seen.start == label,
            Start::BracketNumber | Start::DotNumber => seen.start == label && seen.has(Seen::NumberFollows),
            _ => false,
        };
        let goes_on = !view.lines[at].first_in_block && !view.lines[at].first_on_page;
        let end = (at + 1..limit)
            .find(|&next| view.lines[next].block != view.lines[at].block || view.evidence[next].has(Seen::HasLabel))
            .unwrap_or(limit);
        let body = view.margins[at][State::Body as usize];
        let likely = labelled && body <= 0.98 || goes_on && body < 0.5;
        if !likely || end - at > GAP || (at..end).any(|at| is_heading(&view.evidence[at])) {
            return;
        }
        run.end = end;
    }
}

fn starts(view: &View<'_>, lines: &Range<usize>) -> usize {
    view.best[lines.clone()].iter().filter(|&&state| state == State::Start).count()
}

fn describe(view: &View<'_>, lines: Range<usize>) -> Region {
    let listed: f32 = view.margins[lines.clone()].iter().map(|margin| 1.0 - margin[State::Body as usize]).sum();
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
    let confidence = listed / lines.len().max(1) as f32;
    let declared = view.evidence[lines.start].has(Seen::Declared);
    let (title, under_heading) = title(view, &lines);
    let footnotes = view.evidence[lines.start].has(Seen::Footnote);
    let reason = match (declared, under_heading) {
        (true, _) => Reason::Declared,
        (false, _) if footnotes => Reason::Footnotes,
        (false, true) => Reason::Heading,
        (false, false) => Reason::Looks,
    };
    let title = title.filter(|_| !footnotes);
    Region { lines, title, reason, confidence }
}

/// The heading over a list, and whether it announces references.
fn title(view: &View<'_>, lines: &Range<usize>) -> (Option<String>, bool) {
    let from = lines.start.saturating_sub(4);
    for at in (from..lines.start).rev() {
        let e = &view.evidence[at];
        if view.best[at] != State::Body {
            break;
        }
        if e.has(Seen::ReferencesHeading) || e.has(Seen::Heading) {
            return (Some(view.lines[at].text(view.document).to_owned()), e.has(Seen::ReferencesHeading));
        }
    }
    let declared = view
        .document
        .declared_lists()
        .iter()
        .find(|list| list.blocks.contains(&(view.lines[lines.start].block as usize)));
    let title = declared.and_then(|list| list.title.clone());
    // A list under sub-headings ("Primary sources") is still under the heading of them all.
    let seen = view.evidence[lines.start].has(Seen::UnderHeading) && lines.start > 0;
    (title, seen)
}

/// Whether a region is a list and not a sentence that looks like a reference.
fn is_list(view: &View<'_>, region: &Region, total: usize, certain: bool) -> bool {
    let count = starts(view, &region.lines);
    match region.reason {
        Reason::Declared => true,
        Reason::Heading => count >= 1,
        Reason::Footnotes => region.confidence > 0.5,
        // The text is nothing but references.
        Reason::Looks if region.lines.len() * 10 >= view.lines.len() * 6 => true,
        Reason::Looks => {
            let some = count * 20 >= total;
            // Beside a list that is certain, a line or two that look like references are sentences.
            let lone = certain && count < 3;
            let likely = match count {
                3.. => true,
                _ if lone => some && region.confidence > 0.8 && view.document.kind() == DocumentKind::Plain,
                _ => some && region.confidence > 0.7,
            };
            likely && !is_table(view, region) && reads_as_references(view, region, if lone { 0.5 } else { 0.0 })
        }
    }
}

/// Whether most lines that begin something end in columns of figures: "Asquith et al. (1997) Panama 0.54 0.19 -65".
fn is_table(view: &View<'_>, region: &Region) -> bool {
    let starts = region.lines.clone().filter(|&at| view.best[at] == State::Start);
    let (rows, all) = starts.fold((0, 0), |(rows, all), at| {
        (rows + usize::from(ends_in_columns(view.lines[at].text(view.document))), all + 1)
    });
    rows * 2 > all
}

/// Whether the last three words are figures and nothing else, as no reference ends.
fn ends_in_columns(line: &str) -> bool {
    let is_figure = |word: &str| {
        let mut figures =
            word.trim_start_matches(['-', '–', '−', '+', '<', '>', '=']).trim_end_matches(['%', '*']).bytes();
        figures.next().is_some_and(|byte| byte.is_ascii_digit())
            && figures.all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    line.split_whitespace().rev().take(3).filter(|word| is_figure(word)).count() == 3
}

/// Whether what begins in a region is, read by a labeller, often enough somebody's or something's name with what places it, no part of
/// the reading less sure than `least`.
fn reads_as_references(view: &View<'_>, region: &Region, least: f32) -> bool {
    /// How many are read: enough for a share, few enough to cost nothing.
    const ASKED: usize = 24;
    /// The share that must read as references.
    const SHARE: f32 = 0.3;
    let Some(labeller) = view.labeller else { return true };
    let starts: Vec<usize> = region.lines.clone().filter(|&at| view.best[at] == State::Start).collect();
    let ends = starts.iter().skip(1).copied().chain([region.lines.end]);
    let pairs: Vec<(usize, usize)> =
        starts.iter().copied().zip(ends).step_by(starts.len().div_ceil(ASKED).max(1)).collect();
    let reads = |&&(from, to): &&(usize, usize)| is_placed(&labeller.read(&text(view, from..to)), least);
    let read = pairs.iter().filter(reads).count();
    #[expect(clippy::cast_precision_loss, reason = "at most two dozen")]
    let share = read as f32 / pairs.len().max(1) as f32;
    share >= SHARE
}

/// Whether a text names something, dates it, and says where it is to be found.
fn is_placed(reading: &Reading, least: f32) -> bool {
    let has = |parts: &[Part]| parts.iter().any(|&part| reading.has(part));
    has(&[Part::Author, Part::OtherNames, Part::Title])
        && has(&[Part::Date])
        && has(&[Part::Container, Part::Publisher, Part::Identifier, Part::Page])
        && reading.parts.iter().all(|(.., sure)| *sure >= least)
}

/// The text of some lines, as much as a reference has.
fn text(view: &View<'_>, lines: Range<usize>) -> String {
    const LONGEST: usize = 1000;
    let mut out = String::new();
    for at in lines {
        out.push_str(prefix(view.lines[at].text(view.document), LONGEST));
        out.push(' ');
        if out.len() > LONGEST {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::ends_in_columns;

    #[test]
    fn rows_of_a_table_end_in_columns() {
        for row in ["Asquith et al. (1997) Panama seeds removed 0.54 0.19 -65", "Baker (2001) Chile 12 4.5 3%"] {
            assert!(ends_in_columns(row), "{row}");
        }
        for reference in ["Baker, C. Towns. Cities 12 (3), 45-67.", "C. Baker, J. Phys. A 43 185 (2010)"] {
            assert!(!ends_in_columns(reference), "{reference}");
        }
    }
}
