//! Entries that begin inside a line.
//!
//! Three things put several references into one line: a list pasted as one paragraph, a number that the extraction of text glued to
//! the entry before it, and notes that hold several works: under letters ([`super::parts`]) or one behind the other
//! ([`super::works`]). A number is an entry's only where it continues the count.

use super::{parts, works};
use crate::document::{Document, DocumentKind};
use crate::parse::section::{self, Labeller, ListLine, Start};
use crate::span::Span;

/// Where something begins in the text of an entry, in bytes of that text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    /// The end of what stands before it.
    pub(super) at: usize,
    /// Its first byte, behind words that lead to it and the letter of a part.
    pub(super) from: usize,
    /// What it is.
    pub(super) begins: Begins,
}

/// What begins on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    /// An entry of the list.
    Entry,
    /// A further work of the entry.
    Work,
    /// A work under a letter, the first or a further one.
    Part(char),
}

/// The beginning of an entry or of a work in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beginning {
    /// What begins.
    pub(super) begins: Begins,
    /// The byte of the document's text that the reference begins with; 0 if nothing but a label stands before it.
    pub(super) from: usize,
}

/// Lines, and what begins on each of them.
pub(super) type Refined = (Vec<ListLine>, Vec<Option<Beginning>>);

/// The lines and beginnings after cutting lines in which entries or works begin.
pub(super) fn refine(
    document: &Document,
    lines: &[ListLine],
    starts: &[bool],
    labeller: Option<&dyn Labeller>,
) -> Refined {
    let mut out = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
    let mut from = 0;
    while from < lines.len() {
        let to = (from + 1..lines.len()).find(|&at| starts[at]).unwrap_or(lines.len());
        let next_number = lines.get(to).and_then(|line| line.evidence.number);
        let cuts = cuts(document, &lines[from..to], next_number, labeller);
        push_cut(document, &lines[from..to], &cuts, &mut out);
        from = to;
    }
    out
}

/// Appends the lines of one entry, cut at `cuts` (sorted, in bytes of the document's text).
fn push_cut(document: &Document, lines: &[ListLine], cuts: &[Cut], out: &mut Refined) {
    let mut cuts = cuts.iter().peekable();
    for (at, line) in lines.iter().enumerate() {
        let mut rest = *line;
        let mut beginning = (at == 0).then_some(Beginning { begins: Begins::Entry, from: 0 });
        while let Some(cut) = cuts.peek()
            && cut.at < rest.line.span().end
        {
            let next = Some(Beginning { begins: cut.begins, from: cut.from });
            if cut.at > rest.line.span().start {
                let (before, after) = rest.cut(document, cut.at);
                if let Some(before) = before {
                    out.0.push(before);
                    out.1.push(beginning);
                }
                rest = after;
            }
            beginning = next;
            cuts.next();
        }
        out.0.push(rest);
        out.1.push(beginning);
    }
}

/// Where further entries and works begin in the text of one entry. A cut at its very start tells the letter of its first work.
fn cuts(
    document: &Document,
    lines: &[ListLine],
    next_number: Option<u32>,
    labeller: Option<&dyn Labeller>,
) -> Vec<Cut> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let span = Span::new(first.line.span().start, last.line.span().end);
    let text = document.slice(span);
    let mut entries = numbers(text, first, next_number);
    entries.extend(section::behind_heading(text).map(|rest| text.len() - rest.len()));
    entries.sort_unstable();
    let entries: Vec<Cut> = entries.into_iter().map(|at| Cut { at, from: at, begins: Begins::Entry }).collect();
    // Blanks are the printer's only where the text is laid out with them.
    let laid_out = document.kind() == DocumentKind::Plain;
    let cuts = further(text, entries, parts::parts);
    let cuts = further(text, cuts, |text| works::works(text, laid_out, labeller));
    let in_document = |cut: Cut| Cut { at: cut.at + span.start, from: cut.from + span.start, ..cut };
    cuts.into_iter().map(in_document).collect()
}

/// `cuts`, and those that `find` makes between them.
fn further(text: &str, cuts: Vec<Cut>, find: impl Fn(&str) -> Vec<Cut>) -> Vec<Cut> {
    let mut all = Vec::with_capacity(cuts.len());
    let mut from = 0;
    for cut in cuts.into_iter().map(Some).chain([None]) {
        let to = cut.map_or(text.len(), |cut| cut.at);
        let found = find(&text[from..to]);
        all.extend(found.into_iter().map(|found| Cut { at: found.at + from, from: found.from + from, ..found }));
        all.extend(cut);
        from = cut.map_or(to, |cut| cut.from);
    }
    all
}

/// Numbers that continue the count of the entry inside it: " [13] " in entry 12 when 13 is not the next entry.
fn numbers(text: &str, first: &ListLine, next: Option<u32>) -> Vec<usize> {
    let mut out = Vec::new();
    let manner = first.evidence.start;
    let Some(mut number) = first.evidence.number.filter(|_| matches!(manner, Start::BracketNumber | Start::DotNumber))
    else {
        return one_line_numbers(text);
    };
    let mut from = 0;
    loop {
        number = number.saturating_add(1);
        if next == Some(number) {
            return out;
        }
        let Some(at) = find_number(text, from, number, manner) else { return out };
        out.push(at);
        from = at + 1;
    }
}

/// A list that stands in one line behind something else ("References [1] …"): "[1]" and "[2]" must both be there.
fn one_line_numbers(text: &str) -> Vec<usize> {
    for manner in [Start::BracketNumber, Start::DotNumber] {
        let mut out = Vec::new();
        let mut from = 0;
        let mut number = 1;
        while let Some(at) = find_number(text, from, number, manner) {
            out.push(at);
            from = at + 1;
            number += 1;
        }
        if out.len() >= 3 {
            return out;
        }
    }
    Vec::new()
}

/// The first place from `from` where `number` stands as a label inside a line.
fn find_number(text: &str, from: usize, number: u32, manner: Start) -> Option<usize> {
    let wanted = if manner == Start::BracketNumber { format!("[{number}]") } else { format!("{number}.") };
    memchr::memmem::find_iter(&text.as_bytes()[from..], wanted.as_bytes()).map(|at| at + from).find(|&at| {
        let before = text[..at].trim_end();
        let apart = before.len() < at;
        let after = text[at + wanted.len()..].trim_start();
        let word = after.chars().next().is_some_and(|c| {
            c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()) || matches!(c, '"' | '“' | '„' | '«')
        });
        let blank = text[at + wanted.len()..].starts_with(char::is_whitespace);
        let ended = before.ends_with(['.', ';', ')', ']', ',', '"', '”'])
            || before.ends_with(|c: char| c.is_ascii_digit())
            || before.ends_with('/')
            || before.len() < 40;
        if manner == Start::BracketNumber {
            apart && (word || after.starts_with("http")) && ended
        } else {
            // "Vol. 12. A study": a figure with a stop is a label only after the end of a sentence.
            let wide = at - before.len() >= 2;
            apart && blank && (word || after.starts_with("http")) && (wide || before.ends_with(['.', ';', ')', ']']))
        }
    })
}
