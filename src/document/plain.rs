//! Reads plain text: whatever stands between blank lines is a block, its line breaks and indents kept.
//!
//! The text is the source, byte for byte, so that places need no map. A form feed begins a new block: `pdftotext` writes one at the
//! start of each page.

use super::build::whole;
use super::{Block, BlockKind, Document, DocumentKind};
use crate::span::Span;
use crate::text::decode;

pub(super) fn read(bytes: &[u8]) -> Document {
    let decoded = decode(bytes);
    let text = decoded.text.into_owned();
    let blocks = paragraphs(&text);
    whole(DocumentKind::Plain, text, blocks, decoded.diagnostics)
}

/// The runs of lines that are not blank. A block keeps the indent of its first line.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Span> = None;
    let mut close = |open: &mut Option<Span>| {
        if let Some(span) = open.take() {
            blocks.push(Block { kind: BlockKind::Paragraph, span, label: None, key: None, list: 0, continues: false });
        }
    };
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = &text[start..end];
        let feeds = line.len() - line.trim_start_matches('\u{c}').len();
        if feeds > 0 || line.trim().is_empty() {
            close(&mut open);
        }
        if !line.trim().is_empty() {
            let stop = start + line.trim_end().len();
            open.get_or_insert(Span::new(start + feeds, stop)).end = stop;
        }
        start = end + 1;
    }
    close(&mut open);
    blocks
}
