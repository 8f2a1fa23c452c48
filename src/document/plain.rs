//! Reads plain text: whatever stands between blank lines is a block, its line breaks and indents kept.
//!
//! Text that `pdftotext` made has pages, each with a form feed in front. From pages follow two things that a bare stream of lines does
//! not have: [`furniture`], the running heads and page numbers, is told by its repetition and left out of the blocks; and a block at the
//! top of a page may go on with the one before.
//!
//! With `-layout` a page of two columns comes side by side, line by line. [`columns`] finds the gutter and reads the left column before
//! the right. Without `-layout` [`stretched`] puts pieces of lines back. Only where one of them did something is the text not the source
//! itself, and has a map of places.

mod columns;
mod furniture;
mod stretched;

use super::build::{Builder, whole};
use super::{Block, BlockKind, Document, DocumentKind};
use crate::span::Span;
use crate::text::decode;

/// One line of a page.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// Its bytes, without the line's end and without form feeds in front.
    span: Span,
    /// Whether nothing is on it.
    blank: bool,
    /// Whether a page begins with it.
    page: bool,
    /// Whether it is a running head or a page number.
    furniture: bool,
    /// Columns of white space in front that do not stand in `span`: the line is the right half of a printed one.
    indent: usize,
}

pub(super) fn read(bytes: &[u8]) -> Document {
    let decoded = decode(bytes);
    let text = decoded.text.into_owned();
    let mut lines = lines(&text);
    let paged = memchr::memchr(b'\x0c', text.as_bytes()).is_some();
    if paged {
        furniture::mark(&text, &mut lines);
    } else {
        furniture::mark_counted(&text, &mut lines);
    }
    let ordered = columns::in_reading_order(&text, &lines)
        .or_else(|| paged.then(|| stretched::in_reading_order(&text, &lines)).flatten());
    match ordered {
        None => {
            let blocks = blocks(&lines);
            whole(DocumentKind::Plain, text, blocks, decoded.diagnostics)
        }
        Some(ordered) => rebuild(text, &ordered, decoded.diagnostics),
    }
}

fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = text[start..end].trim_end();
        let feeds = line.len() - line.trim_start_matches('\u{c}').len();
        let blank = line.trim().is_empty();
        let page = text[start..end].starts_with('\u{c}');
        let span = if blank { Span::new(start, start) } else { Span::new(start + feeds, start + line.len()) };
        out.push(Line { span, blank, page, furniture: false, indent: 0 });
        start = end + 1;
    }
    out
}

/// The runs of lines that are not blank. A block at the top of a page goes on with the one before, as far as anyone can tell.
fn blocks(lines: &[Line]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    let mut page = false;
    for line in lines {
        page |= line.page;
        if line.blank || line.furniture {
            // What stands between the last line of a page and the first of the next says nothing.
            open = false;
            continue;
        }
        if open && !page {
            if let Some(block) = blocks.last_mut() {
                block.span.end = line.span.end;
            }
            continue;
        }
        let continues = page && !blocks.is_empty();
        blocks.push(Block { kind: BlockKind::Paragraph, span: line.span, label: None, key: None, list: 0, continues });
        open = true;
        page = false;
    }
    blocks
}

/// The document of lines that are not in the source's order.
fn rebuild(source: String, lines: &[Line], diagnostics: Vec<crate::Diagnostic>) -> Document {
    let mut out = Builder::new(source.len());
    out.diagnostics = diagnostics;
    let mut page = false;
    for line in lines {
        page |= line.page;
        if line.blank || line.furniture {
            out.end();
            continue;
        }
        if page {
            out.end();
        }
        if !out.is_open() {
            out.begin(BlockKind::Paragraph);
            if page && out.block_count() > 0 {
                out.continues();
            }
        }
        page = false;
        if !out.open_text().is_empty() {
            out.push_unplaced("\n");
        }
        const BLANKS: &str = "                                                                                ";
        out.push_unplaced(&BLANKS[..line.indent.min(BLANKS.len())]);
        out.push(&source[line.span.range()], line.span);
    }
    out.finish(DocumentKind::Plain, Some(source))
}
