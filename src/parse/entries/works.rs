//! Works of an entry that stand one behind the other: "12. A. Author, Phys. Rev. 1, 2 (1990); B. Author, Nature 3, 4 (1991).",
//! "See A. Smith, …; see also B. Jones, …".
//!
//! A semicolon stands between works, but also between the authors of one ("Smith, J.; Jones, K."), between place and year, before
//! "discussion 50". A cut is made only where both sides would be references and no run of names goes on over it. Looks tell most of
//! that; where a [`Labeller`] is there to ask, it reads the left, the right and both as one reference, and must agree.

use super::inner::{Begins, Cut};
use super::{back, lead};
use crate::parse::section::{self, Labeller, Part, Reading, Start};

/// Entries beyond this length are several, if there is any sign of it.
const OVERLONG: usize = 700;

/// Entries beyond this length are divided by looks alone: reading takes its time.
const LONGEST_READ: usize = 16_000;

/// How much of either side is looked at, in bytes.
const WINDOW: usize = 400;

/// How sure the labeller must be that a side is a whole reference.
const WHOLE: f32 = 0.5;

/// Where further works begin in one entry.
pub(super) fn works(text: &str, laid_out: bool, labeller: Option<&dyn Labeller>) -> Vec<Cut> {
    let labeller = labeller.filter(|_| text.len() <= LONGEST_READ);
    let mut out = Vec::new();
    let mut from = text.len() - section::label(text).1.len();
    let overlong = text.len() > OVERLONG;
    let bytes = text.as_bytes();
    for at in memchr::memchr2_iter(b';', b'.', bytes) {
        if at < from {
            continue;
        }
        let after = &text[at + 1..];
        let right = after.trim_start();
        let blanks = after.len() - right.len();
        if right.is_empty() || (blanks == 0 && bytes[at] != b';') {
            continue;
        }
        let wide = laid_out && after.bytes().take_while(|&byte| byte == b' ').count() >= 2;
        let left = &text[from..at];
        let agrees = |own: &str| labeller.is_none_or(|labeller| reads_as_two(left, own, bytes[at], labeller));
        let cut = match bytes[at] {
            b';' => divides(left, right, labeller),
            _ if leads_on(right) => divides(left, right, labeller),
            _ if wide => looks_divided(left, section::prefix(right, WINDOW)) && agrees(own(right)),
            _ if overlong => is_complete(left) && ends_complete(left) && begins_strongly(right) && agrees(own(right)),
            _ => false,
        };
        if cut {
            from = text.len() - lead::strip(&text[at + 1 + blanks..]).len();
            // A semicolon belongs to neither, a full stop to what it ends.
            out.push(Cut { at: at + usize::from(bytes[at] == b'.'), from, begins: Begins::Work });
        }
    }
    out
}

/// Whether one work ends with `left` and another begins with `right`.
fn divides(left: &str, right: &str, labeller: Option<&dyn Labeller>) -> bool {
    let own = own(right);
    if in_brackets(left) {
        return false;
    }
    if back::pointer(lead::strip(own)).is_some() && (back::opens(own) || may_begin(own)) {
        return is_complete(left) || back::pointer(lead::strip(left)).is_some();
    }
    match labeller {
        Some(labeller) => {
            is_complete(left) && is_complete(own) && may_begin(own) && reads_as_two(left, own, b';', labeller)
        }
        None => looks_divided(left, own) && !names_go_on(left),
    }
}

/// Whether the labeller reads both sides as whole references, and no part of one reference runs over the mark between them.
fn reads_as_two(left: &str, right: &str, mark: u8, labeller: &dyn Labeller) -> bool {
    let left = folded(section::suffix(left, WINDOW));
    let right = folded(lead::strip(right));
    let (before, behind) = (labeller.read(&left), labeller.read(&right));
    let whole = |reading: &Reading| reading.wholeness() >= WHOLE && has_substance(reading);
    let left_whole = whole(&before) || is_nameless_article(&before);
    let nameless = mark == b';' && is_nameless_article(&behind) && before.has(Part::Container);
    let right_begins =
        whole(&behind) && begins_a_work(&behind, &right, mark) || nameless && !prints_twice(&before, &left);
    if !left_whole || !right_begins || ends_in_names(&before) {
        return false;
    }
    let both = labeller.read(&format!("{left}{} {right}", char::from(mark)));
    let over = both.parts.iter().find(|(_, span, _)| span.start < left.len() && left.len() < span.end);
    over.is_none_or(|&(part, _, sure)| match part {
        Part::Author | Part::OtherNames => sure < WHOLE,
        // Two references are often read as one with an endless title, and the labeller is not sure of it.
        _ => sure < before.surest(&[Part::Date, Part::Identifier]) * behind.surest(&[Part::Date, Part::Identifier]),
    })
}

/// "…; Phys. Lett. B 435, 389 (1998)": another article of the same authors, whose names are not printed again.
fn is_nameless_article(reading: &Reading) -> bool {
    reading.parts.first().is_some_and(|(part, span, _)| *part == Part::Container && span.start < 4)
        && !reading.has(Part::Author)
        && [Part::Container, Part::Date].iter().all(|&part| reading.surest(&[part]) >= WHOLE)
        && reading.surest(&[Part::Number, Part::Page]) >= WHOLE
}

/// Journals that are printed in two languages: what follows without names is the same article in the other one.
const TWICE: &[&str] = &["Angew", "Zh", "Ž", "Pis", "Usp", "Fiz", "Yad", "Teor", "Dokl", "Izv", "Sov", "JETP"];

fn prints_twice(reading: &Reading, text: &str) -> bool {
    let container = reading.first(Part::Container).and_then(|span| text.get(span.range()));
    container.is_some_and(|name| TWICE.iter().any(|journal| name.starts_with(journal)))
}

/// Whether there is more than author, year and page: "Hahn 2006, 193" cites a list, and is no reference of its own.
fn has_substance(reading: &Reading) -> bool {
    [Part::Title, Part::Container, Part::Number, Part::Identifier].iter().any(|&part| reading.has(part))
}

/// What stands behind a semicolon, up to the next one that a year or an identifier stands before.
fn own(right: &str) -> &str {
    let window = section::prefix(right, WINDOW);
    let end = memchr::memchr_iter(b';', window.as_bytes()).find(|&end| is_complete(&window[..end]));
    &window[..end.unwrap_or(window.len())]
}

/// Whether a reading ends in names: "In: Müller, K." goes on with "Meier, L. (Hrsg.)".
fn ends_in_names(reading: &Reading) -> bool {
    reading.parts.last().is_some_and(|(part, ..)| matches!(part, Part::Author | Part::OtherNames))
}

/// Whether a reading begins as references do: with its author at the front, or with its title where it has a date. Editors begin one only
/// behind a full stop: behind a semicolon they are the further editors of a book.
fn begins_a_work(reading: &Reading, text: &str, mark: u8) -> bool {
    match reading.parts.first() {
        Some((Part::Author, span, _)) => span.start < 4,
        // "…, hrsg. von Heinz Fassmann" goes on.
        Some((Part::OtherNames, span, _)) => span.start < 4 && mark == b'.' && text.starts_with(char::is_uppercase),
        Some((Part::Title, span, _)) => {
            span.start < 4
                && reading.has(Part::Date)
                && text.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
        }
        _ => false,
    }
}

fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Whether words that lead to a further work stand at the start of a sentence: "See also A. Smith", "Vgl. auch".
fn leads_on(text: &str) -> bool {
    let behind = lead::strip(text);
    behind.len() < text.len() && begins(behind)
}

/// Whether, by looks alone, both sides are references.
fn looks_divided(left: &str, right: &str) -> bool {
    is_complete(left) && is_complete(right) && begins(right) && ends_complete(left)
}

/// Whether the side before a mark ends in a bracket that is still open.
fn in_brackets(left: &str) -> bool {
    let mut depth = 0_usize;
    for c in section::suffix(left, WINDOW).chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth > 0
}

/// Whether names of editors run up to the end: "In: Müller, K.".
fn names_go_on(left: &str) -> bool {
    let tail = section::suffix(left, 120);
    let behind =
        ["In: ", "In ", "in: ", "in "].iter().filter_map(|word| tail.rfind(word).map(|at| at + word.len())).max();
    behind.is_some_and(|at| !tail[at..].contains(|c: char| c.is_ascii_digit()) && begins(&tail[at..]))
}

/// Whether something stands at the start that a reference may begin with. An erratum belongs to what it corrects.
fn may_begin(text: &str) -> bool {
    let behind = lead::strip(text);
    let addition = ["errat", "corrig", "addend", "discussion", "suppl", "reprint"];
    let head = section::prefix(behind, 12).to_lowercase();
    if addition.iter().any(|word| head.starts_with(word)) {
        return false;
    }
    begins(text)
        || behind.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '„' | '«' | '‘'))
            && !matches!(start(behind), Start::Continuation | Start::Digit)
}

/// Whether names stand at the start, behind words that lead to them.
fn begins(text: &str) -> bool {
    let text = lead::strip(text);
    matches!(start(text), Start::InitialsFamily | Start::FamilyComma | Start::FamilyInitials | Start::GivenFamily)
}

fn start(text: &str) -> Start {
    section::start(section::prefix(text, 120))
}

/// Names at the start, and a year soon after them.
fn begins_strongly(text: &str) -> bool {
    begins(text) && has_year(section::prefix(text, 110))
}

/// Whether a part of an entry could be a reference: it has a year, an identifier, or figures enough.
fn is_complete(text: &str) -> bool {
    let text = section::suffix(text, WINDOW);
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
