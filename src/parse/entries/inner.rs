//! Entries that begin inside a line.
//!
//! Three things put several references into one line: a list pasted as one paragraph, a number that the extraction of text glued to
//! the entry before it, and notes that hold several works ("[3] A. Smith, …; B. Jones, …"). A cut is made only where both sides would
//! be references: a number that continues the count, or names after a semicolon with a year or an identifier on either side.

use crate::document::Document;
use crate::parse::section::{self, ListLine, Start};
use crate::span::Span;

/// Entries beyond this length are several, if there is any sign of it.
const OVERLONG: usize = 700;

/// The lines and starts after cutting lines in which entries begin.
pub(super) fn refine(document: &Document, lines: &[ListLine], starts: &[bool]) -> (Vec<ListLine>, Vec<bool>) {
    let mut out = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
    let mut from = 0;
    while from < lines.len() {
        let to = (from + 1..lines.len()).find(|&at| starts[at]).unwrap_or(lines.len());
        let next_number = lines.get(to).and_then(|line| line.evidence.number);
        let cuts = cuts(document, &lines[from..to], next_number);
        push_cut(document, &lines[from..to], &cuts, &mut out);
        from = to;
    }
    out
}

/// Appends the lines of one entry, cut at `cuts` (sorted bytes of the document's text).
fn push_cut(document: &Document, lines: &[ListLine], cuts: &[usize], out: &mut (Vec<ListLine>, Vec<bool>)) {
    let mut cuts = cuts.iter().copied().peekable();
    for (at, line) in lines.iter().enumerate() {
        let mut rest = *line;
        let mut start = at == 0;
        while let Some(&cut) = cuts.peek()
            && cut < rest.line.span().end
        {
            cuts.next();
            if cut <= rest.line.span().start {
                start = true;
                continue;
            }
            let (before, after) = rest.cut(document, cut);
            if let Some(before) = before {
                out.0.push(before);
                out.1.push(start);
            }
            rest = after;
            start = true;
        }
        out.0.push(rest);
        out.1.push(start);
    }
}

/// Where further entries begin in the text of one.
fn cuts(document: &Document, lines: &[ListLine], next_number: Option<u32>) -> Vec<usize> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let span = Span::new(first.line.span().start, last.line.span().end);
    let text = document.slice(span);
    let mut cuts = numbers(text, first, next_number);
    cuts.extend(glued_heading(text));
    cuts.sort_unstable();
    let works_in = |from: usize, to: usize| {
        let found = works(&text[from..to]);
        found.into_iter().map(|at| at + from).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    let mut from = 0;
    for &to in cuts.iter().chain([&text.len()]) {
        all.extend(works_in(from, to));
        from = to;
    }
    cuts.extend(all);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.into_iter().map(|at| at + span.start).collect()
}

/// A heading glued to the first reference of a list: "References A. Stolcke. 2002.".
fn glued_heading(text: &str) -> Option<usize> {
    let end = text.find(char::is_whitespace).filter(|&end| end < 40)?;
    let rest = text[end..].trim_start();
    let heading = section::heading_kind(&text[..end]) == Some(section::HeadingKind::References);
    (heading && section::start(section::label(rest).1).is_author()).then(|| text.len() - rest.len())
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

/// Where further works begin in one entry.
fn works(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut from = text.len() - section::label(text).1.len();
    let overlong = text.len() > OVERLONG;
    let bytes = text.as_bytes();
    let marks: Vec<usize> = memchr::memchr2_iter(b';', b'.', bytes).collect();
    for (index, &at) in marks.iter().enumerate() {
        if at < from {
            continue;
        }
        let after = &text[at + 1..];
        let blanks = after.len() - after.trim_start().len();
        let right = after.trim_start();
        if right.is_empty() || (blanks == 0 && bytes[at] != b';') {
            continue;
        }
        let wide = after.bytes().take_while(|&byte| byte == b' ').count() >= 2;
        let left = &text[from..at];
        // The part up to the next mark of the same sort must hold a year or an identifier of its own.
        let stop = if bytes[at] == b';' {
            marks[index + 1..].iter().copied().find(|&next| bytes[next] == b';').unwrap_or(text.len())
        } else {
            text.len()
        };
        let own = section::prefix(&text[at + 1..stop], 400);
        let cut = match bytes[at] {
            b';' => is_complete(left) && is_complete(own) && begins(right) && ends_complete(left),
            _ if wide => is_complete(left) && is_complete(own) && begins(right) && ends_complete(left),
            _ if overlong => is_complete(left) && ends_complete(left) && begins_strongly(right),
            _ => false,
        };
        if cut {
            from = at + 1 + blanks;
            out.push(from);
        }
    }
    out
}

/// Whether names, or the letter of a part ("b) "), stand at the start.
fn begins(text: &str) -> bool {
    let text = super::lead::strip(text);
    let bytes = text.as_bytes();
    let part = bytes.len() > 2 && bytes[0].is_ascii_lowercase() && bytes[1..3].contains(&b')');
    part || matches!(
        section::start(text),
        Start::InitialsFamily | Start::FamilyComma | Start::FamilyInitials | Start::GivenFamily
    )
}

/// Names at the start, and a year soon after them.
fn begins_strongly(text: &str) -> bool {
    begins(text) && has_year(section::prefix(text, 110))
}

/// Whether a part of an entry could be a reference: it has a year, an identifier, or figures enough.
fn is_complete(text: &str) -> bool {
    let text = section::suffix(text, 400);
    has_year(text) || text.contains("arXiv") || text.contains("10.1") || text.contains("http") || text.contains("hep-")
}

/// Whether a part ends as references end: a bracket, a figure, an identifier, a stop behind them.
fn ends_complete(text: &str) -> bool {
    let text = text.trim_end();
    let last = text.chars().next_back();
    last.is_some_and(|c| matches!(c, ')' | ']' | '>') || c.is_ascii_digit())
        || text.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://") || word.starts_with("10."))
        || text.len() > 60 && !text.ends_with(|c: char| c.is_uppercase())
}

fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).any(|at| {
        matches!(&bytes[at..at + 2], b"19" | b"20" | b"18" | b"17")
            && bytes[at + 2].is_ascii_digit()
            && bytes[at + 3].is_ascii_digit()
            && !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric())
            && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit)
    })
}
