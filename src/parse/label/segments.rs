//! Labels and segments of one entry.

use super::decode::{Lattice, runs};
use super::features::{Analysis, Rows};
use super::lexicon::Lexicon;
use super::{Label, Model, Segment};
use crate::parse::entries::Entry;
use crate::parse::tokens::{Token, TokenKind};
use crate::span::Span;

/// Buffers that labelling needs; one for each thread, reused from entry to entry.
#[derive(Debug, Default)]
pub struct Scratch {
    analysis: Analysis,
    lattice: Lattice,
}

/// The label of each token.
///
/// ```
/// use reflist::parse::entries::Entry;
/// use reflist::parse::label::{Model, label};
/// use reflist::parse::tokens::tokenize;
/// let entry = Entry::plain("Baker, C. (2021). Military competition. World Politics, 12(3), 4–9.");
/// let tokens = tokenize(&entry);
/// assert_eq!(label(Model::embedded(), &entry, &tokens).len(), tokens.len());
/// ```
#[must_use]
pub fn label(model: &Model, entry: &Entry, tokens: &[Token]) -> Vec<Label> {
    let mut scratch = Scratch::default();
    score(model, entry, tokens, &mut scratch);
    scratch.lattice.viterbi(&model.transitions);
    scratch
        .lattice
        .path
        .iter()
        .map(|label| Label::ALL.get(usize::from(*label)).copied().unwrap_or(Label::Separator))
        .collect()
}

/// The runs of tokens of one label, in order, into `segments`, which is emptied first.
///
/// The edges are tidy: no separator, no unpaired bracket; a final full stop is in the run where it ends an initial or an
/// abbreviation, and nowhere else. Time is linear in the number of tokens.
pub fn segments(model: &Model, entry: &Entry, tokens: &[Token], scratch: &mut Scratch, segments: &mut Vec<Segment>) {
    segments.clear();
    score(model, entry, tokens, scratch);
    scratch.lattice.viterbi(&model.transitions);
    scratch.lattice.forward_backward(&model.transitions);
    runs(&scratch.lattice, &model.transitions, |label, first, last, confidence| {
        if let Some(span) = tidy(&entry.text, tokens, first, last) {
            segments.push(Segment::new(label, span, confidence));
        }
    });
}

fn score(model: &Model, entry: &Entry, tokens: &[Token], scratch: &mut Scratch) {
    let mut rows = Rows::new();
    scratch.analysis.analyse(entry, tokens, Lexicon::embedded());
    scratch.lattice.reset(tokens.len());
    for at in 0..tokens.len() {
        scratch.analysis.rows(at, &mut rows);
        scratch.lattice.emissions[at] = model.emission(rows.as_slice());
    }
}

/// The bytes of the tokens `first..=last`, less what is not part of a field.
fn tidy(text: &str, tokens: &[Token], mut first: usize, mut last: usize) -> Option<Span> {
    let slice = |at: usize| &text[tokens[at].span.range()];
    let loose =
        |at: usize| tokens[at].kind == TokenKind::Punctuation && matches!(slice(at), "," | ";" | ":" | "." | "–" | "—");
    while first < last && loose(first) {
        first += 1;
    }
    while first < last && loose(last) {
        last -= 1;
    }
    if first == last && loose(first) {
        return None;
    }
    let mut span = Span::new(tokens[first].span.start, tokens[last].span.end);
    if tokens.get(last + 1).is_some_and(|next| !next.space_before && slice(last + 1) == ".")
        && keeps_stop(text, tokens, last)
    {
        span.end = tokens[last + 1].span.end;
    }
    Some(span)
}

/// Whether the full stop behind the token `last` belongs to it: behind an initial, and a few abbreviations that end a field.
fn keeps_stop(text: &str, tokens: &[Token], last: usize) -> bool {
    const ABBREVIATIONS: &[&str] =
        &["jr", "sr", "al", "inc", "ltd", "co", "corp", "univ", "st", "dr", "eds", "ed", "hg", "hrsg", "etc"];
    let token = &tokens[last];
    if token.kind != TokenKind::Word {
        return false;
    }
    let word = &text[token.span.range()];
    let glued = !token.space_before && last > 0 && tokens[last - 1].kind == TokenKind::Number;
    let single = word.chars().nth(1).is_none() && word.chars().all(char::is_uppercase) && !glued;
    single || ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
}
