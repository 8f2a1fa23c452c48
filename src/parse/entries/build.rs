//! Lines → the text of an entry: white space folded, words broken at a line's end joined, marks carried along, the label taken off.

use rustc_hash::FxHashSet;

use super::Entry;
use super::inner::{Beginning, Begins};
use crate::document::Document;
use crate::parse::section::{self, ListLine};
use crate::span::Span;
use crate::text::Mark;

/// The entries of a list whose lines and beginnings are known.
pub(super) fn entries(document: &Document, lines: &[ListLine], beginnings: &[Option<Beginning>]) -> Vec<Entry> {
    let words = Words::of(document, lines);
    let mut labels = Labels::default();
    let mut out = Vec::new();
    let mut from = 0;
    while from < lines.len() {
        let to = (from + 1..lines.len()).find(|&at| beginnings[at].is_some()).unwrap_or(lines.len());
        let beginning = beginnings[from].unwrap_or(Beginning { begins: Begins::Entry, from: 0 });
        let entry = entry(document, &lines[from..to], beginning, &words, &mut labels);
        // A heading in the middle of a list, or one cut off the first reference, is no reference.
        let heading =
            entry.text.len() < 60 && section::heading_kind(&entry.text) == Some(section::HeadingKind::References);
        if !entry.text.is_empty() && !heading {
            out.push(entry);
        }
        from = to;
    }
    out.shrink_to_fit();
    out
}

fn entry(
    document: &Document,
    lines: &[ListLine],
    beginning: Beginning,
    words: &Words<'_>,
    labels: &mut Labels,
) -> Entry {
    let mut joiner = Joiner { text: String::new(), marks: Vec::new(), words };
    let mut label = None;
    let block = lines.first().map(|line| &document.blocks()[line.line.block as usize]);
    let key = block.and_then(|block| block.key.as_deref()).map(str::to_owned);
    let mut place: Option<Span> = None;
    let mut begun = false;
    for (at, line) in lines.iter().enumerate() {
        let mut span = line.line.span();
        if at == 0 {
            let (own, rest) = section::label(document.slice(span));
            let printed = own.start.is_some() && beginning.begins != Begins::Work;
            if printed {
                span.start = span.end - rest.len();
            }
            let own = (printed && !own.text.is_empty()).then(|| own.text.to_owned());
            let of_block = || document.blocks()[line.line.block as usize].label.as_deref().map(str::to_owned);
            label = labels.next(own.or_else(of_block), beginning.begins);
        }
        span.start = span.start.max(beginning.from.min(span.end));
        if !begun && !span.is_empty() {
            begun = true;
            let rest = super::lead::strip(document.slice(span));
            span.start = span.end - rest.len();
        }
        if span.is_empty() {
            continue;
        }
        joiner.line(document, span);
        place = Some(Span::new(place.map_or(span.start, |place| place.start), span.end));
    }
    let place = place.map_or_else(Span::default, |place| document.place(place));
    let further = beginning.begins == Begins::Work;
    // All entries of a list are held together.
    joiner.text.shrink_to_fit();
    Entry { text: joiner.text, marks: joiner.marks, marks_known: document.marks_known(), place, label, key, further }
}

/// The labels of a list as they go on from entry to entry.
#[derive(Debug, Default)]
struct Labels {
    /// The label that the works of one entry share.
    whole: Option<String>,
    /// The letter of the work before.
    letter: Option<char>,
}

impl Labels {
    /// The label of what begins: its own, or that of the entry it is a work of, with its letter.
    fn next(&mut self, own: Option<String>, begins: Begins) -> Option<String> {
        let letter = if let Begins::Part(letter) = begins { Some(letter) } else { None };
        let follows = letter.is_some_and(|letter| self.letter.unwrap_or('a') as u32 + 1 == letter as u32);
        if own.is_some() || !(begins == Begins::Work || follows) {
            self.whole = own;
        }
        self.letter = if begins == Begins::Work { self.letter } else { letter };
        match (&self.whole, self.letter) {
            (whole, Some(letter)) => Some(format!("{}{letter}", whole.as_deref().unwrap_or_default())),
            (whole, None) => whole.clone(),
        }
    }
}

/// The words of a list that stand unbroken somewhere: they tell how a broken one is to be joined.
struct Words<'a> {
    seen: FxHashSet<&'a str>,
}

impl<'a> Words<'a> {
    fn of(document: &'a Document, lines: &[ListLine]) -> Self {
        let mut seen = FxHashSet::default();
        // Nothing to join, nothing to know.
        let broken = lines.iter().any(|line| line.evidence.has(section::Seen::EndsHyphen));
        if broken {
            for line in lines {
                let words = line.line.text(document).split(|c: char| !c.is_alphanumeric() && c != '-');
                seen.extend(words.filter(|word| word.len() > 3));
            }
        }
        Self { seen }
    }
}

struct Joiner<'a> {
    text: String,
    marks: Vec<Mark>,
    words: &'a Words<'a>,
}

/// How two lines are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seam {
    Blank,
    Glued,
    /// The hyphen at the end goes.
    Unbroken,
}

impl Joiner<'_> {
    fn line(&mut self, document: &Document, span: Span) {
        let line = document.slice(span);
        if !self.text.is_empty() {
            match seam(&self.text, line, self.words) {
                Seam::Blank => self.text.push(' '),
                Seam::Glued => {}
                Seam::Unbroken => {
                    self.text.pop();
                    let end = self.text.len();
                    for mark in self.marks.iter_mut().rev().take_while(|mark| mark.span.end > end) {
                        mark.span.end = end;
                    }
                }
            }
        }
        let marks: Vec<(Span, &Mark)> = document.marks_on(span).collect();
        let places = self.fold(line, !marks.is_empty());
        for (span, mark) in marks {
            self.mark(Span::new(places[span.start], places[span.end]), mark);
        }
    }

    /// Appends a line with its white space folded; with `places`, tells where each of its bytes came to stand.
    fn fold(&mut self, line: &str, places: bool) -> Vec<usize> {
        let mut map = Vec::with_capacity(if places { line.len() + 1 } else { 0 });
        for c in line.chars() {
            if places {
                map.extend(std::iter::repeat_n(self.text.len(), c.len_utf8()));
            }
            // A soft hyphen inside a line shows nothing.
            if c == '\u{ad}' {
                continue;
            }
            if c.is_whitespace() || c.is_control() || c == '\u{feff}' || c == '\u{200b}' {
                if !self.text.is_empty() && !self.text.ends_with(' ') {
                    self.text.push(' ');
                }
            } else {
                self.text.push(c);
            }
        }
        if line.ends_with('\u{ad}') {
            self.text.push('\u{ad}');
        }
        if places {
            map.push(self.text.len());
        }
        map
    }

    /// Adds a mark, or lengthens the one that it goes on with over the end of a line.
    fn mark(&mut self, span: Span, mark: &Mark) {
        if span.is_empty() {
            return;
        }
        let text = &self.text;
        let before = self.marks.iter_mut().rev().take(6).find(|before| {
            before.kind == mark.kind
                && before.span.end <= span.start
                && text[before.span.end..span.start].trim().is_empty()
        });
        match before {
            Some(before) => before.span.end = span.end,
            None => self.marks.push(Mark { span, kind: mark.kind.clone() }),
        }
    }
}

/// How the text so far and the next line are joined.
fn seam(text: &str, next: &str, words: &Words<'_>) -> Seam {
    let (Some(last), Some(first)) = (text.chars().next_back(), next.chars().next()) else { return Seam::Glued };
    if is_wide(last) && is_wide(first) {
        return Seam::Glued;
    }
    // Words are short; a heap of links that were glued together is not looked through for each line.
    let word = section::suffix(text, 1_000).rsplit(' ').next().unwrap_or_default();
    if section::link_goes_on(word, next) {
        return Seam::Glued;
    }
    match last {
        '\u{ad}' => Seam::Unbroken,
        '-' | '‐' | '¬' | '\u{2011}' => hyphen(word, next, first, words),
        // "1577–" at the end of a line goes on with "1609"; "Frankfurt/" with "Main".
        '–' | '—' if word.len() > last.len_utf8() && first.is_ascii_digit() => Seam::Glued,
        '/' if word.len() > 1 => Seam::Glued,
        _ => Seam::Blank,
    }
}

/// A hyphen at the end of a line: a broken word, a compound, a range, or a dash.
fn hyphen(word: &str, next: &str, first: char, words: &Words<'_>) -> Seam {
    let stem = word.trim_end_matches(['-', '‐', '¬', '\u{2011}']);
    let before = stem.chars().next_back();
    match before {
        None => Seam::Blank,
        Some(c) if c.is_ascii_digit() => Seam::Glued,
        Some(c) if c.is_lowercase() && first.is_lowercase() => {
            let head = stem.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let tail = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            // "Stadt- und Landleben": the hyphen stands for the rest of the word.
            if matches!(tail, "und" | "oder" | "and" | "or" | "et" | "en" | "of" | "och" | "og") {
                return Seam::Blank;
            }
            let whole = [head, tail].concat();
            let compound = [head, "-", tail].concat();
            let keeps = words.seen.contains(compound.as_str()) || COMPOUNDS.contains(&head);
            if keeps && !words.seen.contains(whole.as_str()) { Seam::Glued } else { Seam::Unbroken }
        }
        Some(_) => Seam::Glued,
    }
}

/// First parts that keep their hyphen.
const COMPOUNDS: &[&str] = &[
    "self", "non", "well", "long", "short", "high", "low", "large", "small", "cross", "multi", "socio", "co", "ex",
    "semi", "quasi", "half", "full", "one", "two", "three", "four", "second", "third", "real", "time", "state",
    "decision", "policy", "problem", "peer", "post", "pre", "world", "data", "evidence", "market", "e",
];

/// Scripts that are written without blanks.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}
