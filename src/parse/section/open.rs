//! What the structure of a document leaves open of each line: the states that the model may choose from.

use super::crf::Allowed;
use super::features::{Evidence, Seen};
use super::lines::Line;
use super::{link_goes_on, shape};
use crate::document::{BlockKind, Document, DocumentKind};

/// The states that are possible on each line: body, start, inside, furniture.
pub(super) fn allowed(document: &Document, lines: &[Line], evidence: &[Evidence], captions: &[bool]) -> Vec<Allowed> {
    if document.kind() == DocumentKind::Plain {
        let broken = (0..lines.len()).map(|at| at > 0 && is_rest_of_link(document, lines, evidence, at));
        return broken.zip(captions).map(|(broken, &caption)| in_plain(broken, caption)).collect();
    }
    let mut cites = NotesThatCite::default();
    lines
        .iter()
        .enumerate()
        .map(|(at, &line)| in_structure(document, line, evidence[at], cites.holds(lines, evidence, at)))
        .collect()
}

/// A caption is no reference and belongs to none; nothing begins with the rest of a link.
const fn in_plain(broken: bool, caption: bool) -> Allowed {
    Allowed([true, !broken && !caption, !caption, !broken && !caption])
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
    if !evidence[at - 1].has(Seen::EndsUrl) || seen.has(Seen::HasLabel) || seen.inner.is_author() {
        return false;
    }
    let text = lines[at].text(document);
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

/// Which lines of plain text are captions of figures and tables: paragraphs that begin with "Figure 3:", up to the next labelled line.
pub(super) fn captions(document: &Document, lines: &[Line], evidence: &[Evidence]) -> Vec<bool> {
    /// A caption of more bytes is one with the text around it.
    const LONGEST: usize = 1_500;
    let mut open = None;
    let plain = document.kind() == DocumentKind::Plain;
    let is_in_one = |(line, seen): (&Line, &Evidence)| {
        let begins = plain && (line.first_in_block || line.first_on_page);
        if begins
            && shape::is_caption(line.text(document))
            && document.blocks()[line.block as usize].span.len() < LONGEST
        {
            open = Some(line.block);
        } else if seen.has(Seen::HasLabel) {
            open = None;
        }
        open == Some(line.block)
    };
    lines.iter().zip(evidence).map(is_in_one).collect()
}
