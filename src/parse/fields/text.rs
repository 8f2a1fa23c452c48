//! Spans of an entry → text with its formats: titles, publishers, notes.

use crate::parse::entries::Entry;
use crate::record::{Format, Text, TextBuilder};
use crate::span::Span;
use crate::text::MarkKind;

use super::words::is_quote;

/// The text at `span`, with the formats that the entry's marks give to parts of it.
///
/// Italics over all of it are the list's way of printing titles and say nothing of this one, so they are left out; where they cover all
/// but some words, those words are the emphasised ones ("*A study of* Homo sapiens *in*"), as CSL's rich text has it.
pub(super) fn rich(entry: &Entry, span: Span) -> Text {
    let printed = &entry.text[span.range()];
    let marks: Vec<(Format, Span)> =
        entry.marks.iter().filter_map(|mark| Some((format(&mark.kind)?, cut(mark.span, span)?))).collect();
    if marks.is_empty() {
        return Text::plain(printed);
    }
    let mut builder = TextBuilder::default();
    builder.push_str(printed);
    for kind in Format::ALL {
        let runs: Vec<Span> = marks.iter().filter(|(format, _)| *format == kind).map(|&(_, span)| span).collect();
        let covered: usize = runs.iter().map(|run| run.len()).sum();
        if covered == 0 {
            continue;
        }
        let style = matches!(kind, Format::Italic | Format::Bold | Format::SmallCaps | Format::Underline);
        if style && covered * 10 >= span.len() * 6 {
            holes(&runs, span).into_iter().filter(|hole| is_emphasis(&entry.text[hole.range()])).for_each(|hole| {
                builder.format(hole.start - span.start, hole.end - span.start, kind);
            });
        } else {
            runs.into_iter().for_each(|run| builder.format(run.start - span.start, run.end - span.start, kind));
        }
    }
    builder.finish()
}

/// What stands between the runs inside `span`. Its edges are no holes: a mark that ends a word early is untidy, not emphasis.
fn holes(runs: &[Span], span: Span) -> Vec<Span> {
    let mut runs = runs.to_vec();
    runs.sort_unstable();
    let inner = runs.windows(2).map(|pair| Span::new(pair[0].end, pair[1].start)).filter(|hole| !hole.is_empty());
    inner.filter(|hole| hole.start > span.start && hole.end < span.end).collect()
}

/// A hole in italics is emphasis when it holds a word, not only a mark.
fn is_emphasis(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

const fn format(kind: &MarkKind) -> Option<Format> {
    Some(match kind {
        MarkKind::Italic => Format::Italic,
        MarkKind::Bold => Format::Bold,
        MarkKind::SmallCaps => Format::SmallCaps,
        MarkKind::Sub => Format::Sub,
        MarkKind::Sup => Format::Sup,
        MarkKind::Underline => Format::Underline,
        _ => return None,
    })
}

fn cut(mark: Span, span: Span) -> Option<Span> {
    let cut = Span::new(mark.start.max(span.start), mark.end.min(span.end));
    (cut.start < cut.end).then_some(cut)
}

/// The span of a title: quotes around all of it, separators and unpaired brackets at the edges off; the marks of a title that ends in
/// "?" or "…" and quotations inside stay.
pub(super) fn title_span(text: &str, span: Span) -> Span {
    let mut span = trim(text, span);
    loop {
        let title = &text[span.range()];
        let (Some(first), Some(last)) = (title.chars().next(), title.chars().next_back()) else { return span };
        let inner =
            Span::new(span.start + first.len_utf8(), (span.end - last.len_utf8()).max(span.start + first.len_utf8()));
        let quotes = title.chars().filter(|&c| is_quote(c) && c != '\u{2019}').count();
        if is_quote(first) && is_quote(last) && title.len() > first.len_utf8() && quotes <= 2 {
            span = trim(text, inner);
        } else if is_quote(first) && quotes == 1 {
            span = trim(text, Span::new(inner.start, span.end));
        } else if is_quote(last) && last != '\u{2019}' && quotes == 1 {
            span = trim(text, Span::new(span.start, span.end - last.len_utf8()));
        } else if matches!(first, '[' | '(') && closes_at(title) == Some(title.len() - last.len_utf8()) {
            span = trim(text, inner);
        } else {
            return span;
        }
    }
}

/// Where the bracket that opens `text` closes.
fn closes_at(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Separators at both edges, a final stop and unpaired brackets off. An ellipsis stays.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let mut span = span;
    loop {
        let inner = &text[span.range()];
        let (Some(first), Some(last)) = (inner.chars().next(), inner.chars().next_back()) else { return span };
        if is_edge(first)
            || (matches!(first, ')' | ']' | '.' | '}') && !inner.starts_with(".."))
            || is_unpaired_open(first, inner)
        {
            span.start += first.len_utf8();
        } else if is_edge(last) || (last == '.' && !inner.ends_with("..")) || is_unpaired_close(last, inner) {
            span.end -= last.len_utf8();
        } else {
            return span;
        }
    }
}

fn is_edge(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ',' | ';' | ':' | '|' | '、' | '，' | '。' | '：' | '；' | '=' | '_' | '*' | '\\')
        || matches!(c, '\u{2013}' | '\u{2014}' | '-')
}

fn is_unpaired_open(first: char, text: &str) -> bool {
    match first {
        '(' => !text.contains(')'),
        '[' => !text.contains(']'),
        '{' => !text.contains('}'),
        _ => false,
    }
}

fn is_unpaired_close(last: char, text: &str) -> bool {
    let (open, close) = match last {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        '}' => ('{', '}'),
        '(' | '[' | '{' => return true,
        _ => return false,
    };
    text.matches(open).count() < text.matches(close).count()
}

/// A container's or a publisher's final stop is its own where the words before are abbreviated, too: "J. Chem. Phys."
pub(super) fn with_stop(text: &str, span: Span) -> Span {
    let stopped = text[span.range()].split(' ').rev().skip(1).any(|word| word.len() > 1 && word.ends_with('.'));
    let follows = text[span.end..].starts_with('.') && text[span.range()].ends_with(char::is_alphabetic);
    if stopped && follows { Span::new(span.start, span.end + 1) } else { span }
}
