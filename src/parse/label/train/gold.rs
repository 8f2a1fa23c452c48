//! From labelled spans to a label for each token, and the one rule for where a span's edges are.

use super::Example;
use crate::parse::label::Label;
use crate::parse::tokens::{Token, TokenKind};
use crate::span::Span;

/// The number of the right label of each token.
///
/// A span's final full stop is left out, always: sources differ in whether an initial's or an abbreviation's stop is inside, and
/// what cannot be learnt should not be taught. The stop is put back by rule where a field is read.
pub(super) fn labels(example: &Example, tokens: &[Token]) -> Vec<u8> {
    let text = example.entry.text.as_str();
    let mut labels = vec![Label::Separator as u8; tokens.len()];
    for &(span, label) in &example.spans {
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        let mut last = tokens.partition_point(|token| token.span.start < span.end);
        if last > first + 1
            && tokens[last - 1].kind == TokenKind::Punctuation
            && text[tokens[last - 1].span.range()] == *"."
        {
            last -= 1;
        }
        // A token that two spans share belongs to the one that has most of it.
        let mostly = |token: &Token| {
            let inside = token.span.end.min(span.end) - token.span.start.max(span.start);
            2 * inside >= token.span.len()
        };
        for (slot, token) in labels.iter_mut().zip(tokens).take(last).skip(first) {
            if mostly(token) {
                *slot = label as u8;
            }
        }
    }
    labels
}

/// Shrinks a span to the field itself: separators, quotes, a final full stop and unpaired brackets are left outside.
///
/// This is how spans are compared, and how those of XML files are made; it is blind to labels.
#[must_use]
pub fn trim(text: &str, span: Span) -> Span {
    let mut span = span;
    loop {
        let before = span;
        span = trim_edges(text, span);
        for (open, close) in [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')] {
            span = trim_brackets(text, span, open, close);
        }
        if span == before || span.is_empty() {
            return span;
        }
    }
}

fn trim_edges(text: &str, span: Span) -> Span {
    let loose = |c: char| c.is_whitespace() || ".,;:–—-\"“”„«»‹›'‘’`*_|/".contains(c);
    let slice = &text[span.range()];
    let head = slice.trim_start_matches(loose);
    let start = span.end - head.len();
    Span::new(start, start + head.trim_end_matches(loose).len())
}

fn trim_brackets(text: &str, span: Span, open: char, close: char) -> Span {
    let slice = &text[span.range()];
    let (opened, closed) = (slice.matches(open).count(), slice.matches(close).count());
    let (starts, ends) = (slice.starts_with(open), slice.ends_with(close));
    if starts && ends && opened == 1 {
        Span::new(span.start + 1, span.end - 1)
    } else if ends && closed > opened {
        Span::new(span.start, span.end - 1)
    } else if starts && opened > closed {
        Span::new(span.start + 1, span.end)
    } else {
        span
    }
}
