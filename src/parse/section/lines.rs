//! The document as lines: what finding and splitting count by.
//!
//! A line is a printed line of plain text, a list item, a paragraph of a Word file: whatever the source puts a break behind. Blank
//! lines are not lines; they are told by [`Line::first_in_block`].

use crate::document::{BlockKind, Document, DocumentKind};
use crate::span::Span;

/// One line of a document's text, without outer white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    start: u32,
    end: u32,
    /// The number of its block.
    pub(crate) block: u32,
    /// Columns of white space in front.
    pub(crate) indent: u16,
    /// Whether its block begins with it: a blank line, or the source's structure, stands in front.
    pub(crate) first_in_block: bool,
    /// Whether it is the first of a page: what stands before it says nothing of whether something begins.
    pub(crate) first_on_page: bool,
}

impl Line {
    pub(crate) const fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// The parts before and behind the byte `at`, without the white space between; the first is `None` when nothing is left.
    pub(crate) fn cut(self, document: &Document, at: usize) -> (Option<Self>, Self) {
        let before = document.slice(Span::new(self.start as usize, at)).trim_end().len();
        let end = self.start + u32::try_from(before).unwrap_or(0);
        let first = (before > 0).then_some(Self { end, ..self });
        let start = u32::try_from(at).unwrap_or(self.end).min(self.end);
        (first, Self { start, first_in_block: first.is_none() && self.first_in_block, ..self })
    }

    pub(crate) fn text(self, document: &Document) -> &str {
        document.slice(self.span())
    }
}

/// The lines of a document in order. What lies beyond 4 GiB is left out.
pub(crate) fn lines(document: &Document) -> Vec<Line> {
    let mut out = Vec::new();
    for (number, block) in document.blocks().iter().enumerate() {
        let Ok(number) = u32::try_from(number) else { break };
        let text = document.slice(block.span);
        let mut first = true;
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            let piece = &text[start..end];
            let trimmed = piece.trim_start();
            let lead = start + (piece.len() - trimmed.len());
            let stop = lead + trimmed.trim_end().len();
            if lead < stop {
                let (Ok(from), Ok(to)) =
                    (u32::try_from(block.span.start + lead), u32::try_from(block.span.start + stop))
                else {
                    return out;
                };
                let indent = margin(document, block.kind, from as usize);
                let begins = std::mem::take(&mut first);
                let first_in_block = begins && !block.continues;
                // In plain text only the top of a page leaves it open whether a block goes on.
                let first_on_page = begins && block.continues && document.kind() == DocumentKind::Plain;
                out.push(Line { start: from, end: to, block: number, indent, first_in_block, first_on_page });
            }
            start = end + 1;
        }
    }
    out
}

/// The columns in front of a line in the source.
fn margin(document: &Document, kind: BlockKind, at: usize) -> u16 {
    let (source, at) = match document.kind() {
        DocumentKind::Plain => (document.text(), at),
        _ if matches!(kind, BlockKind::Paragraph | BlockKind::Preformatted) => {
            (document.source(), document.place(Span::new(at, at)).start)
        }
        _ => return 0,
    };
    let Some(before) = source.get(..at) else { return 0 };
    // Only white space counts; after markup ("> ", "- ") the column says nothing. A look for the line's start would cost the whole
    // source where it is one line.
    let lead = &before[before.trim_end_matches([' ', '\t', '\u{c}', '\u{a0}', '\u{feff}']).len()..];
    let mut columns = 0u16;
    for c in lead.chars() {
        columns = match c {
            '\u{c}' => 0,
            '\t' => (columns / 8).saturating_add(1).saturating_mul(8),
            _ => columns.saturating_add(1),
        };
    }
    columns
}
