//! What readers fill a document with: text, marks, blocks, and where each came from.

use super::{Block, BlockKind, DeclaredList, Document, DocumentKind, Payload};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text::{Mark, MarkKind};

/// A run of text that came from one place of the source.
#[derive(Debug, Clone, Copy)]
struct Piece {
    text: usize,
    source: Span,
}

/// From bytes of a document's text to bytes of its source.
///
/// No piece at all is the identity: the text is the source.
#[derive(Debug, Clone, Default)]
pub(super) struct SourceMap {
    pieces: Vec<Piece>,
    text_len: usize,
}

impl SourceMap {
    /// The bytes of the source behind `span`; a piece that is not the source byte for byte (an entity) counts as a whole.
    pub(super) fn place(&self, span: Span) -> Span {
        if self.pieces.is_empty() {
            return span;
        }
        let start = self.locate(span.start, false);
        let end = if span.is_empty() { start } else { self.locate(span.end - 1, true) };
        Span::new(start, end.max(start))
    }

    fn locate(&self, at: usize, behind: bool) -> usize {
        let index = self.pieces.partition_point(|piece| piece.text <= at).saturating_sub(1);
        let piece = self.pieces[index];
        let text_end = self.pieces.get(index + 1).map_or(self.text_len, |next| next.text);
        if text_end - piece.text.min(text_end) == piece.source.len() {
            // Byte for byte; one further when the end is asked for.
            (piece.source.start + at.saturating_sub(piece.text) + usize::from(behind)).min(piece.source.end)
        } else if behind {
            piece.source.end
        } else {
            piece.source.start
        }
    }

    fn push(&mut self, text: usize, source: Span) {
        if let Some(last) = self.pieces.last_mut() {
            if last.text == text {
                *last = Piece { text, source };
                return;
            }
            // Goes on where the piece before ended, byte for byte: one piece. What the source does not have is never part of one.
            if !source.is_empty() && last.source.end == source.start && text - last.text == last.source.len() {
                last.source.end = source.end;
                return;
            }
        }
        self.pieces.push(Piece { text, source });
    }
}

/// Collects a document block by block.
#[derive(Debug)]
pub(super) struct Builder {
    text: String,
    map: SourceMap,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    open_marks: Vec<(MarkKind, usize)>,
    block_start: Option<usize>,
    next: Pending,
    pub(super) lists: Vec<DeclaredList>,
    pub(super) payloads: Vec<Payload>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

#[derive(Debug, Clone)]
struct Pending {
    kind: BlockKind,
    label: Option<Box<str>>,
    key: Option<Box<str>>,
    list: u32,
    continues: bool,
}

impl Builder {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            map: SourceMap::default(),
            blocks: Vec::new(),
            marks: Vec::new(),
            open_marks: Vec::new(),
            block_start: None,
            next: Pending { kind: BlockKind::Paragraph, label: None, key: None, list: 0, continues: false },
            lists: Vec::new(),
            payloads: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Ends the open block, if any, and begins another.
    pub(super) fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.next = Pending { kind, label: None, key: None, list: 0, continues: false };
        self.block_start = Some(self.text.len());
    }

    /// Gives the open block the label that the source has for it.
    pub(super) fn label(&mut self, label: &str) {
        self.next.label = (!label.is_empty()).then(|| label.into());
    }

    /// Gives the open block the identifier that the source has for it.
    pub(super) fn key(&mut self, key: &str) {
        self.next.key = (!key.is_empty()).then(|| key.into());
    }

    /// Puts the open block into a list.
    pub(super) const fn list(&mut self, list: u32) {
        self.next.list = list;
    }

    /// Says that the open block goes on with the one before.
    pub(super) const fn continues(&mut self) {
        self.next.continues = true;
    }

    /// Whether a block is open.
    pub(super) const fn is_open(&self) -> bool {
        self.block_start.is_some()
    }

    /// How many blocks are complete; the open one, if any, will have this number.
    pub(super) const fn block_count(&self) -> usize {
        self.blocks.len()
    }

    /// Ends the open block. An empty one is dropped.
    pub(super) fn end(&mut self) {
        let Some(start) = self.block_start.take() else { return };
        self.cut_marks();
        let block = &self.text[start..];
        let lead = block.len() - block.trim_start_matches(['\n', '\r', ' ', '\t']).len();
        let tail = block.trim_end().len();
        if tail <= lead {
            return;
        }
        let span = Span::new(start + lead, start + tail);
        let Pending { kind, label, key, list, continues } = self.next.clone();
        self.blocks.push(Block { kind, span, label, key, list, continues });
        self.separator();
    }

    /// A line break between blocks, which belongs to no place.
    fn separator(&mut self) {
        if !self.text.ends_with('\n') {
            let at = self.map.pieces.last().map_or(0, |piece| piece.source.end);
            self.map.push(self.text.len(), Span::new(at, at));
            self.text.push('\n');
        }
        // What follows a separator must begin a piece of its own.
        for (_, start) in &mut self.open_marks {
            *start = self.text.len();
        }
    }

    /// Appends text that came from `source`. Opens a paragraph when no block is open.
    pub(super) fn push(&mut self, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        if self.block_start.is_none() {
            self.begin(BlockKind::Paragraph);
        }
        self.map.push(self.text.len(), source);
        self.text.push_str(text);
    }

    /// Appends text that the source does not have: a line break for a tag, a tab between cells.
    pub(super) fn push_unplaced(&mut self, text: &str) {
        let at = self.map.pieces.last().map_or(0, |piece| piece.source.end);
        self.push(text, Span::new(at, at));
    }

    /// The text of the open block so far.
    pub(super) fn open_text(&self) -> &str {
        self.block_start.map_or("", |start| &self.text[start..])
    }

    /// Takes bytes out of the open block and marks others. `edits` are in bytes of the open block, sorted, not overlapping; the
    /// marks they carry are in bytes before the edit.
    pub(super) fn edit_open(&mut self, edits: &[(Span, Option<(Span, MarkKind)>)]) {
        let Some(start) = self.block_start.filter(|_| !edits.is_empty()) else { return };
        let moved = |at: usize| {
            let index = edits.partition_point(|(span, _)| span.end <= at.saturating_sub(start));
            let inside = edits.get(index).map_or(0, |(span, _)| at.saturating_sub(start + span.start));
            (index, inside)
        };
        // Bytes taken out before each edit.
        let mut before = vec![0];
        for (span, _) in edits {
            before.push(before.last().copied().unwrap_or(0) + span.len());
        }
        let shift = |at: usize| {
            if at < start {
                return at;
            }
            let (index, inside) = moved(at);
            at - before[index] - inside
        };
        for (_, mark) in edits {
            if let Some((span, kind)) = mark {
                self.mark(Span::new(span.start + start, span.end + start), kind);
            }
        }
        let first_mark = self.marks.iter().rposition(|mark| mark.span.end <= start).map_or(0, |at| at + 1);
        for mark in &mut self.marks[first_mark..] {
            mark.span = Span::new(shift(mark.span.start), shift(mark.span.end));
        }
        let tail = self.text.split_off(start);
        let mut at = 0;
        let first = self.map.pieces.partition_point(|piece| piece.text < start).saturating_sub(1);
        let pieces = self.map.pieces.split_off(first);
        let mut kept = Vec::new();
        for span in edits.iter().map(|(span, _)| *span).chain([Span::new(tail.len(), tail.len())]) {
            if at < span.start {
                kept.push(Span::new(at, span.start));
                self.text.push_str(&tail[at..span.start]);
            }
            at = span.end;
        }
        self.map.pieces.extend(cut_pieces(&pieces, start, start + tail.len(), &kept, shift));
    }

    /// Begins a mark.
    pub(super) fn open_mark(&mut self, kind: MarkKind) {
        // Deeper than any real text nests; every block's end goes over the open marks.
        if self.open_marks.len() < 32 {
            self.open_marks.push((kind, self.text.len()));
        }
    }

    /// Begins a mark, and a paragraph before it when no block is open: a mark must not begin before its block.
    pub(super) fn open_mark_in_block(&mut self, kind: MarkKind) {
        if !self.is_open() {
            self.begin(BlockKind::Paragraph);
        }
        self.open_mark(kind);
    }

    /// Ends the innermost open mark that `is` describes; does nothing without one.
    pub(super) fn close_mark(&mut self, is: impl Fn(&MarkKind) -> bool) {
        let Some(at) = self.open_marks.iter().rposition(|(kind, _)| is(kind)) else { return };
        let (kind, start) = self.open_marks.remove(at);
        self.mark(Span::new(start, self.text.len()), &kind);
    }

    /// Marks bytes of the text so far.
    pub(super) fn mark(&mut self, span: Span, kind: &MarkKind) {
        let mut start = span.start;
        // No mark crosses a line break, so that the marks on a line are found without looking at the lines before.
        for at in
            memchr::memchr_iter(b'\n', &self.text.as_bytes()[span.range()]).map(|at| at + span.start).chain([span.end])
        {
            if start < at {
                self.marks.push(Mark { span: Span::new(start, at), kind: kind.clone() });
            }
            start = at + 1;
        }
    }

    /// Cuts the marks that are still open at the end of a block.
    fn cut_marks(&mut self) {
        let end = self.text.len();
        for (kind, start) in self.open_marks.clone() {
            self.mark(Span::new(start, end), &kind);
        }
        for (_, start) in &mut self.open_marks {
            *start = end;
        }
    }

    /// Takes the last bytes of the open block away again, from byte `at` of the text on.
    pub(super) fn truncate(&mut self, at: usize) {
        let at = at.max(self.block_start.unwrap_or(self.text.len())).min(self.text.len());
        self.text.truncate(at);
        while self.map.pieces.last().is_some_and(|piece| piece.text >= at && piece.text > 0) {
            self.map.pieces.pop();
        }
        if let Some(last) = self.map.pieces.last_mut() {
            let kept = at - last.text;
            if last.source.len() > kept {
                last.source.end = last.source.start + kept;
            }
        }
        while self.marks.last().is_some_and(|mark| mark.span.end > at) {
            self.marks.pop();
        }
        for (_, start) in &mut self.open_marks {
            *start = (*start).min(at);
        }
    }

    /// Takes the whole text of the open block, which is then no block.
    pub(super) fn take_open(&mut self) -> String {
        let text = self.open_text().to_owned();
        if let Some(start) = self.block_start {
            self.truncate(start);
            self.block_start = None;
        }
        text
    }

    /// Forgets the innermost open mark that `is` describes.
    pub(super) fn drop_mark(&mut self, is: impl Fn(&MarkKind) -> bool) {
        if let Some(at) = self.open_marks.iter().rposition(|(kind, _)| is(kind)) {
            self.open_marks.remove(at);
        }
    }

    /// The text of the whole document so far, for readers that look back.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Declares the blocks from `first` to here a reference list.
    pub(super) fn declare_list(&mut self, first: usize, title: Option<String>) {
        self.end();
        if first < self.blocks.len() {
            self.lists.push(DeclaredList { blocks: first..self.blocks.len(), title });
        }
    }

    /// The finished document. `source` is the decoded source where places count its bytes.
    pub(super) fn finish(mut self, kind: DocumentKind, source: Option<String>) -> Document {
        self.end();
        self.marks.sort_by_key(|mark| (mark.span.start, usize::MAX - mark.span.end));
        self.marks = merged(self.marks);
        self.map.text_len = self.text.len();
        if source.is_none() {
            self.map = SourceMap::default();
        }
        Document {
            kind,
            text: self.text,
            source,
            map: self.map,
            blocks: self.blocks,
            marks: self.marks,
            lists: self.lists,
            payloads: self.payloads,
            diagnostics: self.diagnostics,
        }
    }
}

/// Sorted marks with those of one kind that overlap or touch made one.
fn merged(marks: Vec<Mark>) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        // Marks do not nest deeper than there are kinds, so the one to join with is among the last few.
        match out
            .iter_mut()
            .rev()
            .take(12)
            .find(|before| before.kind == mark.kind && before.span.end >= mark.span.start)
        {
            Some(before) => before.span.end = before.span.end.max(mark.span.end),
            None => out.push(mark),
        }
    }
    out
}

/// The pieces of an edited block: those of the bytes that were kept, moved to where they now stand.
fn cut_pieces(pieces: &[Piece], start: usize, end: usize, kept: &[Span], shift: impl Fn(usize) -> usize) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut next_kept = 0;
    for (index, piece) in pieces.iter().enumerate() {
        let text_end = pieces.get(index + 1).map_or(end, |next| next.text);
        if text_end <= start {
            out.push(*piece);
            continue;
        }
        let exact = text_end - piece.text == piece.source.len();
        while next_kept < kept.len() && kept[next_kept].end + start <= piece.text {
            next_kept += 1;
        }
        for span in &kept[next_kept..] {
            let from = (span.start + start).max(piece.text);
            let to = (span.end + start).min(text_end);
            if span.start + start >= text_end {
                break;
            }
            let offset = from - piece.text;
            let source = if exact {
                Span::new(piece.source.start + offset, piece.source.start + (to - piece.text))
            } else {
                piece.source
            };
            out.push(Piece { text: shift(from), source });
        }
    }
    out
}

/// A document whose text is its source, with blocks found by the reader.
pub(super) fn whole(kind: DocumentKind, text: String, blocks: Vec<Block>, diagnostics: Vec<Diagnostic>) -> Document {
    Document {
        kind,
        text,
        source: None,
        map: SourceMap::default(),
        blocks,
        marks: Vec::new(),
        lists: Vec::new(),
        payloads: Vec::new(),
        diagnostics,
    }
}
