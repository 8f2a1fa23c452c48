//! A document's blocks and marks as Markdown, for sources that cannot be changed in place.

use rustc_hash::FxHashSet;

use super::Edit;
use crate::document::{Block, BlockKind, Document};
use crate::span::Span;
use crate::text::MarkKind;

/// The document as Markdown, with the edits carried out.
pub(super) fn write(document: &Document, edits: &[Edit]) -> String {
    let notes = document.blocks().iter().filter(|block| block.kind == BlockKind::Footnote);
    let notes = notes.filter_map(|block| block.label.as_deref()).collect();
    let out = String::with_capacity(document.text().len() * 5 / 4);
    let mut writer = Writer { document, edits, next: 0, out, notes };
    for (at, block) in document.blocks().iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &document.blocks()[before]);
        writer.block(block, before);
    }
    writer.out
}

struct Writer<'a> {
    document: &'a Document,
    edits: &'a [Edit],
    next: usize,
    out: String,
    /// The labels of the notes: raised, they are references to them.
    notes: FxHashSet<&'a str>,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block, before: Option<&Block>) {
        let in_list = |block: &Block| block.kind == BlockKind::ListItem;
        // A list that was replaced leaves no empty items behind.
        let done = self.edits[..self.next].last();
        if done.is_some_and(|edit| edit.place.start <= block.span.start && block.span.end <= edit.place.end) {
            return;
        }
        if before.is_some() {
            let tight = in_list(block) && before.is_some_and(in_list);
            self.out.push_str(if tight && !block.continues { "\n" } else { "\n\n" });
        }
        match block.kind {
            BlockKind::Heading(level) => self.out.push_str(&format!("{} ", "#".repeat(usize::from(level.clamp(1, 6))))),
            BlockKind::ListItem if block.continues => self.out.push_str("  "),
            BlockKind::ListItem => {
                match block.label.as_deref().filter(|label| label.bytes().all(|byte| byte.is_ascii_digit())) {
                    Some(number) => self.out.push_str(&format!("{number}. ")),
                    None => self.out.push_str("- "),
                }
            }
            BlockKind::Footnote if block.continues => self.out.push_str("    "),
            BlockKind::Footnote => self.out.push_str(&format!("[^{}]: ", block.label.as_deref().unwrap_or("note"))),
            BlockKind::Preformatted => self.out.push_str("    "),
            _ => {}
        }
        self.text(block.span);
    }

    /// The text of a block with marks, escapes and edits.
    fn text(&mut self, span: Span) {
        let mut bounds: Vec<(usize, bool, &'static str)> = Vec::new();
        for (part, mark) in self.document.marks_on(span) {
            let printed = self.document.slice(Span::new(part.start + span.start, part.end + span.start));
            let sign = match &mark.kind {
                MarkKind::Sup if self.notes.contains(printed) => {
                    bounds.push((part.start + span.start, true, "[^"));
                    bounds.push((part.end + span.start, false, "]"));
                    continue;
                }
                MarkKind::Italic => "*",
                MarkKind::Bold => "**",
                MarkKind::Sup => "^",
                MarkKind::Sub => "~",
                _ => continue,
            };
            bounds.push((part.start + span.start, true, sign));
            bounds.push((part.end + span.start, false, sign));
        }
        bounds.sort_by_key(|&(at, opens, _)| (at, opens));
        let mut at = span.start;
        let mut bounds = bounds.into_iter().peekable();
        while at < span.end {
            if let Some(edit) = self.edits.get(self.next).filter(|edit| edit.place.start <= at) {
                if edit.place.start == at || edit.place.end > at {
                    self.out.push_str(&edit.text);
                    at = edit.place.end.max(at);
                    while bounds.next_if(|&(bound, ..)| bound <= at && bound > edit.place.start).is_some() {}
                }
                self.next += 1;
                continue;
            }
            while let Some((_, _, sign)) = bounds.next_if(|&(bound, ..)| bound <= at) {
                self.out.push_str(sign);
            }
            let edit = self.edits.get(self.next).map_or(span.end, |edit| edit.place.start);
            let end = bounds.peek().map_or(span.end, |&(bound, ..)| bound).min(edit).min(span.end).max(at);
            if end == at {
                break;
            }
            escape(self.document.slice(Span::new(at, end)), &mut self.out);
            at = end;
        }
        for (_, opens, sign) in bounds {
            if !opens {
                self.out.push_str(sign);
            }
        }
    }
}

/// Signs that Markdown would read.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '^' | '~' | '\\' | '#' | '@') {
            out.push('\\');
        }
        out.push(c);
    }
}
