//! What the structure of a document leaves open of each line: the states that the model may choose from.

use std::ops::Range;

use super::crf::{Allowed, STATES, State};
use super::features::{Evidence, Seen, Start};
use super::lines::Line;
use super::{features, link_goes_on, shape};
use crate::document::{BlockKind, Document, DocumentKind};

/// The states that are possible on each line: body, start, inside, furniture.
pub(super) fn allowed(document: &Document, lines: &[Line], evidence: &[Evidence]) -> Vec<Allowed> {
    if document.kind() == DocumentKind::Plain {
        let broken = (0..lines.len()).map(|at| at > 0 && is_rest_of_link(document, lines, evidence, at));
        // Nothing begins with the rest of a link.
        return broken.map(|broken| Allowed([true, !broken, true, !broken])).collect();
    }
    let mut cites = NotesThatCite::default();
    lines
        .iter()
        .enumerate()
        .map(|(at, &line)| in_structure(document, line, evidence[at], cites.holds(lines, evidence, at)))
        .collect()
}

/// What a bullet stands before in plain text goes on with nothing, whatever it looks like.
pub(super) fn bullets(document: &Document, lines: &[Line], best: &mut [State], margins: &mut [[f32; STATES]]) {
    if document.kind() != DocumentKind::Plain {
        return;
    }
    for ((line, best), margin) in lines.iter().zip(best).zip(margins) {
        if has_bullet(line.text(document)) {
            if *best == State::Inside {
                *best = State::Start;
            }
            margin[State::Start as usize] += std::mem::take(&mut margin[State::Inside as usize]);
        }
    }
}

/// Whether a sign that is nothing but a bullet stands before the text of a line. A dash, a star or a middle dot may be something else.
fn has_bullet(line: &str) -> bool {
    let rest = line.trim_start_matches(['•', '‣', '◦', '▪', '■', '●', '➢', '►', '\u{f0b7}', '\u{f0a7}']);
    rest.len() < line.len() && rest.trim_start().starts_with(char::is_alphabetic)
}

fn in_structure(document: &Document, line: Line, seen: Evidence, cites: bool) -> Allowed {
    let kind = document.blocks()[line.block as usize].kind;
    let declared = seen.has(Seen::Declared) && !seen.has(Seen::ReferencesHeading);
    if matches!(kind, BlockKind::Heading(_)) || (kind == BlockKind::Footnote && !declared && !cites) {
        return Allowed([true, false, false, false]);
    }
    // An item begins something; a paragraph may go on with the one before (a link in a paragraph of its own).
    let goes_on = !line.first_in_block || kind == BlockKind::Paragraph;
    Allowed([!declared, true, goes_on, false])
}

/// Whether a line is what the line above lacks of a link, as far as anyone can tell: "pdf", "org/10.1111/j.1574".
fn is_rest_of_link(document: &Document, lines: &[Line], evidence: &[Evidence], at: usize) -> bool {
    let (before, seen) = (lines[at - 1], evidence[at]);
    let text = lines[at].text(document);
    // A number alone is the label of an entry only where it goes on counting.
    let alone = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !seen.has(Seen::NumberFollows);
    if !evidence[at - 1].has(Seen::EndsUrl) || seen.has(Seen::HasLabel) && !alone || seen.inner.is_author() {
        return false;
    }
    let ahead = text.split_whitespace().next().unwrap_or_default();
    let part = ahead.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && (ahead.len() == text.len() || ahead.trim_end_matches('.').contains(['/', '.', '_', '=', '%', '-']));
    let word = shape::suffix(before.text(document), 200).rsplit(char::is_whitespace).next().unwrap_or_default();
    part && link_goes_on(word, text)
}

/// Follows the notes of a document: a note without a year and another sign of a reference is a remark.
#[derive(Debug, Default)]
struct NotesThatCite {
    block: Option<u32>,
    cites: bool,
}

impl NotesThatCite {
    /// Whether the note that line `at` belongs to may cite.
    fn holds(&mut self, lines: &[Line], evidence: &[Evidence], at: usize) -> bool {
        let block = lines[at].block;
        if self.block != Some(block) {
            self.block = Some(block);
            let note = lines[at..].iter().take_while(|line| line.block == block).count();
            // A short note may cite again what was cited before: "Ibid 46", "Harrow (n 3) 12".
            self.cites = evidence[at..at + note].iter().any(looks_cited) || note == 1 && evidence[at].cites_again();
        }
        self.cites
    }
}

/// Whether a line has a link, or a year and a sign that references have and sentences have not.
fn looks_cited(e: &Evidence) -> bool {
    let year =
        [Seen::YearInBrackets, Seen::YearEarly, Seen::YearAnywhere, Seen::YearAtEnd].iter().any(|&seen| e.has(seen));
    let sign = [
        Seen::PageCue,
        Seen::PageRange,
        Seen::VolumeIssue,
        Seen::PublisherWord,
        Seen::JournalWord,
        Seen::EditorWord,
        Seen::EtAl,
        Seen::Initial,
        Seen::SeveralInitials,
        Seen::Quote,
        Seen::SeeWord,
    ];
    e.has(Seen::Url) || year && (e.inner.is_author() || sign.iter().any(|&seen| e.has(seen)))
}

/// The lines, and the evidence on them, without those of plain text that interrupt what they stand in: captions, and notes at the foot of
/// a page that cite nothing.
pub(super) fn without_asides(document: &Document, lines: Vec<Line>) -> (Vec<Line>, Vec<Evidence>) {
    let alone = features::each_alone(document, &lines);
    let evidence = features::among(document, &lines, alone.clone());
    let asides = asides(document, &lines, &evidence);
    if !asides.contains(&true) {
        return (lines, evidence);
    }
    let (mut left, mut left_alone) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
    let mut top = false;
    for ((mut line, alone), aside) in lines.into_iter().zip(alone).zip(asides) {
        top |= line.first_on_page;
        if !aside {
            // What an aside stood before may go on with what stands before the aside, as at the top of a page.
            line.first_on_page = top;
            line.first_in_block &= !top;
            left.push(line);
            left_alone.push(alone);
            top = false;
        }
    }
    let evidence = features::among(document, &left, left_alone);
    (left, evidence)
}

/// Which lines are such.
fn asides(document: &Document, lines: &[Line], evidence: &[Evidence]) -> Vec<bool> {
    let mut out = captions(document, lines, evidence);
    let tops: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].first_on_page).collect();
    // Without pages there is no foot of one.
    let ends = tops.iter().copied().chain((!tops.is_empty()).then_some(lines.len()));
    let mut top = 0;
    for end in ends {
        if let Some(first) = foot_notes(document, lines, evidence, top..end) {
            out[first..end].fill(true);
        }
        top = end;
    }
    out
}

/// The first line of the notes at the foot of a page, if all that stands there is remarks.
///
/// `pdftotext` prints the number of a note on a line of its own, or in front of it. Numbers of a list that are printed so go on from
/// the line above, and what they stand before cites.
fn foot_notes(document: &Document, lines: &[Line], evidence: &[Evidence], page: Range<usize>) -> Option<usize> {
    /// Notes of so many lines are part of the text.
    const LONGEST: usize = 16;
    /// A line of a note is no cell of a table.
    const NARROWEST: usize = 30;
    let mut found: Option<(usize, u32)> = None;
    for at in (page.start + 1..page.end).rev() {
        let Some(number) = evidence[at].number.filter(|_| evidence[at].start == Start::BareNumber) else { continue };
        let follows = found.is_none_or(|(_, next)| number.saturating_add(1) == next);
        if page.end - at > LONGEST {
            // A number of the same count further up the page: a list, not notes.
            if found.is_some() && follows {
                return None;
            }
            continue;
        }
        if !follows {
            break;
        }
        found = Some((at, number));
    }
    let (first, _) = found?;
    let mut begins = false;
    for at in first..page.end {
        let e = &evidence[at];
        let own = shape::label(lines[at].text(document)).1;
        let number = e.start == Start::BareNumber;
        if looks_cited(e) || e.has(Seen::HasLabel) && !number {
            return None;
        }
        if (begins || number) && !own.is_empty() {
            if own.len() < NARROWEST || e.cites_again() || !own.starts_with(char::is_uppercase) {
                return None;
            }
            begins = false;
        } else if number {
            begins = true;
        }
    }
    (!begins).then_some(first)
}

/// Which lines of plain text are captions of figures and tables: paragraphs that begin with "Figure 3:", up to the next labelled line.
fn captions(document: &Document, lines: &[Line], evidence: &[Evidence]) -> Vec<bool> {
    /// A caption of more bytes is one with the text around it.
    const LONGEST: usize = 1_500;
    let mut open = None;
    let plain = document.kind() == DocumentKind::Plain;
    let is_in_one = |(at, (line, seen)): (usize, (&Line, &Evidence))| {
        let begins = plain && (line.first_in_block || line.first_on_page);
        if begins && shape::is_caption(line.text(document)) && caption_length(lines, evidence, at) < LONGEST {
            open = Some(line.block);
        } else if ends_caption(seen) {
            open = None;
        }
        open == Some(line.block)
    };
    lines.iter().zip(evidence).enumerate().map(is_in_one).collect()
}

/// Whether a caption ends in front of a line, though no blank line stands there.
const fn ends_caption(e: &Evidence) -> bool {
    e.has(Seen::HasLabel) || e.has(Seen::ReferencesHeading) || e.has(Seen::BackHeading)
}

/// The bytes from line `at` to the end of its block, or to the line that ends the caption before.
fn caption_length(lines: &[Line], evidence: &[Evidence], at: usize) -> usize {
    let of_caption =
        |&next: &usize| lines[next].block == lines[at].block && (next == at || !ends_caption(&evidence[next]));
    let last = (at..lines.len()).take_while(of_caption).last().unwrap_or(at);
    lines[last].span().end - lines[at].span().start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_bullet_stands_before_begins_something() {
        let document = Document::from_plain("• Rose ,A .,Stone ,B .:Valleys\n– of towns\n•\n".as_bytes());
        let lines = super::super::lines::lines(&document);
        let (mut best, mut margins) = (vec![State::Inside; 3], vec![[0.0, 0.25, 0.75, 0.0]; 3]);
        bullets(&document, &lines, &mut best, &mut margins);
        assert_eq!(best, [State::Start, State::Inside, State::Inside]);
        assert_eq!(margins[..2], [[0.0, 1.0, 0.0, 0.0], [0.0, 0.25, 0.75, 0.0]]);
    }
}
