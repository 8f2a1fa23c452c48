//! Reads Markdown.
//!
//! CommonMark with tables and footnotes through pulldown-cmark; marks are kept, backslash escapes and entities undone, and every
//! byte of the text knows its place in the source.
//!
//! # Habits of pandoc
//!
//! - `::: {#refs}` … `:::` declares the reference list; other fences are taken out.
//! - `[Name]{.smallcaps}` and its like become marks, other bracketed attributes are taken out.
//! - `^sup^` and `~sub~`, headings with `{#id .class}`, a YAML header (kept as a payload).
//!
//! # What is not kept
//!
//! Images, comments, link definitions. Raw HTML is read for its text and its `<i>`, `<b>`, `<sup>`, …, not as a tree.

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::build::Builder;
use super::{BlockKind, Document, DocumentKind, Payload, PayloadKind};
use crate::span::Span;
use crate::text::{MarkKind, decode};

pub(super) fn read(bytes: &[u8]) -> Document {
    let decoded = decode(bytes);
    let source = decoded.text.into_owned();
    let (parsed, refs) = without_fences(&source);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_SUPERSCRIPT
        | Options::ENABLE_SUBSCRIPT;
    let mut reader = Reader { out: Builder::new(source.len()), refs, ..Reader::default() };
    reader.out.diagnostics = decoded.diagnostics;
    let text = parsed.as_deref().unwrap_or(&source);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.escaped = text.as_bytes()[..range.start].ends_with(b"\\");
        reader.event(event, range.into());
    }
    reader.finish_declared(usize::MAX);
    reader.out.finish(DocumentKind::Markdown, Some(source))
}

/// The source with pandoc's `:::` lines blanked out, byte for byte, and the spans of the fences that hold the references.
fn without_fences(source: &str) -> (Option<String>, Vec<Span>) {
    if memchr::memmem::find(source.as_bytes(), b":::").is_none() {
        return (None, Vec::new());
    }
    let mut out = String::with_capacity(source.len());
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut refs = Vec::new();
    for line in source.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.starts_with(":::") {
            out.push_str(line);
            continue;
        }
        let attributes = trimmed.trim_matches(':').trim();
        if attributes.is_empty() {
            if let Some(Some(start)) = open.pop() {
                refs.push(Span::new(start, out.len()));
            }
        } else {
            open.push(attributes.contains("#refs").then_some(out.len()));
        }
        out.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
    }
    refs.extend(open.into_iter().flatten().map(|start| Span::new(start, source.len())));
    refs.sort_unstable();
    (Some(out), refs)
}

#[derive(Debug)]
struct Reader {
    out: Builder,
    /// Spans of the source that pandoc declares reference lists, sorted; `declared` counts those that are done.
    refs: Vec<Span>,
    declared: usize,
    declared_from: Option<usize>,
    /// Open lists: number of the list, number of the next item.
    lists: Vec<(u32, Option<u64>)>,
    list_count: u32,
    /// Open items and footnotes: whether a block of theirs was already begun.
    containers: Vec<Container>,
    /// Depth inside something whose text is not wanted.
    skipping: usize,
    metadata: Option<String>,
    first_cell: bool,
    spans: Vec<bool>,
    /// Whether a backslash stands in front of the event at hand.
    escaped: bool,
    /// Where asterisks were left in the open block, in bytes of its text.
    stars: Vec<usize>,
}

#[derive(Debug)]
struct Container {
    kind: BlockKind,
    list: u32,
    label: Option<Box<str>>,
    begun: bool,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            out: Builder::new(0),
            refs: Vec::new(),
            declared: 0,
            declared_from: None,
            lists: Vec::new(),
            list_count: 0,
            containers: Vec::new(),
            skipping: 0,
            metadata: None,
            first_cell: true,
            spans: Vec::new(),
            escaped: false,
            stars: Vec::new(),
        }
    }
}

impl Reader {
    fn event(&mut self, event: Event<'_>, range: Span) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            _ if self.skipping > 0 => {}
            Event::Text(text) => match &mut self.metadata {
                Some(yaml) => yaml.push_str(&text),
                None => self.text(&text, range),
            },
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
            Event::FootnoteReference(label) => {
                self.out.open_mark(MarkKind::Sup);
                self.text(&label, range);
                self.out.close_mark(|kind| *kind == MarkKind::Sup);
            }
            Event::SoftBreak | Event::HardBreak => self.text("\n", range),
            Event::InlineHtml(tag) => self.tag(&tag, range),
            Event::Html(html) => self.html(&html, range),
            Event::Rule => self.block(BlockKind::Paragraph, range),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Span) {
        match tag {
            Tag::Paragraph => self.block(BlockKind::Paragraph, range),
            Tag::Heading { level, .. } => self.block(BlockKind::Heading(level as u8), range),
            Tag::CodeBlock(_) => self.block(BlockKind::Preformatted, range),
            Tag::HtmlBlock => self.out.end(),
            Tag::List(first) => {
                self.out.end();
                self.list_count += 1;
                self.lists.push((self.list_count, first));
            }
            Tag::Item => self.item(),
            Tag::FootnoteDefinition(label) => {
                self.out.end();
                let label = Some(label.to_string().into_boxed_str());
                self.containers.push(Container { kind: BlockKind::Footnote, list: 0, label, begun: false });
            }
            Tag::TableHead | Tag::TableRow => {
                self.block(BlockKind::TableRow, range);
                self.first_cell = true;
            }
            Tag::TableCell if !std::mem::take(&mut self.first_cell) => self.out.push_unplaced("\t"),
            Tag::Emphasis => self.out.open_mark(MarkKind::Italic),
            Tag::Strong => self.out.open_mark(MarkKind::Bold),
            Tag::Superscript => self.out.open_mark(MarkKind::Sup),
            Tag::Subscript => self.out.open_mark(MarkKind::Sub),
            Tag::Link { dest_url, .. } => self.out.open_mark(MarkKind::Link(dest_url.to_string())),
            Tag::Image { .. } => self.skipping += 1,
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) => self.metadata = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::TableHead
            | TagEnd::TableRow => self.end_block(),
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.end_block();
                self.containers.pop();
            }
            TagEnd::Emphasis => self.out.close_mark(|kind| *kind == MarkKind::Italic),
            TagEnd::Strong => self.out.close_mark(|kind| *kind == MarkKind::Bold),
            TagEnd::Superscript => self.out.close_mark(|kind| *kind == MarkKind::Sup),
            TagEnd::Subscript => self.out.close_mark(|kind| *kind == MarkKind::Sub),
            TagEnd::Link => self.out.close_mark(|kind| matches!(kind, MarkKind::Link(_))),
            TagEnd::Image => self.skipping -= 1,
            TagEnd::MetadataBlock(_) => {
                if let Some(data) = self.metadata.take() {
                    self.out.payloads.push(Payload { kind: PayloadKind::Yaml, data });
                }
            }
            _ => {}
        }
    }

    fn item(&mut self) {
        self.end_block();
        let Some((list, next)) = self.lists.last_mut() else { return };
        let label = next.map(|number| number.to_string().into_boxed_str());
        *next = next.map(|number| number.saturating_add(1));
        let list = *list;
        self.containers.push(Container { kind: BlockKind::ListItem, list, label, begun: false });
    }

    /// Begins a block; in an item or a footnote the first is its head and the others go on with it.
    fn block(&mut self, kind: BlockKind, range: Span) {
        self.end_block();
        self.declare_at(range.start);
        let Some(container) = self.containers.last_mut() else {
            self.out.begin(kind);
            return;
        };
        let head = !std::mem::replace(&mut container.begun, true);
        self.out.begin(if head || container.kind == BlockKind::Footnote { container.kind } else { kind });
        self.out.list(container.list);
        if head {
            self.out.label(container.label.as_deref().unwrap_or_default());
        } else {
            self.out.continues();
        }
    }

    fn end_block(&mut self) {
        let mut edits = bracketed_attributes(self.out.open_text());
        edits.extend(emphasis_left_open(self.out.open_text(), &self.stars));
        edits.sort_by_key(|(span, _)| *span);
        self.stars.clear();
        self.out.edit_open(&edits);
        self.out.end();
    }

    fn text(&mut self, text: &str, range: Span) {
        if !self.out.is_open() {
            self.block(BlockKind::Paragraph, range);
        }
        if text == "*" && !self.escaped {
            self.stars.push(self.out.open_text().len());
        }
        // Code spans and entities are not the source byte for byte; a range longer than its text is kept as a whole.
        self.out.push(text, range);
    }

    /// Follows the source into and out of the spans that pandoc declares.
    fn declare_at(&mut self, at: usize) {
        self.finish_declared(at);
        if self.declared_from.is_none() && self.refs.get(self.declared).is_some_and(|span| span.start <= at) {
            self.declared_from = Some(self.out.block_count());
        }
    }

    fn finish_declared(&mut self, at: usize) {
        while self.refs.get(self.declared).is_some_and(|span| span.end <= at) {
            self.declared += 1;
            if let Some(first) = self.declared_from.take() {
                self.out.declare_list(first, None);
            }
        }
    }

    /// An inline tag of raw HTML.
    fn tag(&mut self, tag: &str, range: Span) {
        let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
        let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
        let name = inner.split(|c: char| c.is_whitespace()).next().unwrap_or_default().to_ascii_lowercase();
        let kind = match name.as_str() {
            "i" | "em" | "cite" => MarkKind::Italic,
            "b" | "strong" => MarkKind::Bold,
            "sup" => MarkKind::Sup,
            "sub" => MarkKind::Sub,
            "u" => MarkKind::Underline,
            "span" if closing => {
                if self.spans.pop().unwrap_or(false) {
                    self.out.close_mark(|kind| *kind == MarkKind::SmallCaps);
                }
                return;
            }
            "span" => {
                let small = inner.contains("small-caps") || inner.contains("smallcaps");
                self.spans.push(small);
                if small {
                    self.out.open_mark(MarkKind::SmallCaps);
                }
                return;
            }
            "br" => return self.text("\n", range),
            "p" | "div" | "li" | "ol" | "ul" | "tr" | "table" | "h1" | "h2" | "h3" | "h4" | "dd" | "dt" | "dl"
            | "section" => {
                self.end_block();
                if name == "li" && !closing {
                    self.out.begin(BlockKind::ListItem);
                }
                return;
            }
            _ => return,
        };
        if closing {
            self.out.close_mark(|open| *open == kind);
        } else {
            self.out.open_mark(kind);
        }
    }

    /// A line of an HTML block: its tags one by one, the text between them.
    fn html(&mut self, html: &str, range: Span) {
        let mut at = 0;
        while at < html.len() {
            let (end, is_tag) = match memchr::memchr(b'<', &html.as_bytes()[at..]) {
                Some(0) => (memchr::memchr(b'>', &html.as_bytes()[at..]).map_or(html.len(), |end| at + end + 1), true),
                Some(end) => (at + end, false),
                None => (html.len(), false),
            };
            let piece = Span::new(range.start + at, range.start + end);
            if is_tag {
                self.tag(&html[at..end], piece);
            } else if !html[at..end].trim().is_empty() || self.out.is_open() {
                self.text(&html[at..end], piece);
            }
            at = end;
        }
    }
}

/// Emphasis that pandoc writes and reads and CommonMark does not: "*Adv. Phys.*26", whose end stands between a stop and a figure.
fn emphasis_left_open(text: &str, stars: &[usize]) -> Vec<(Span, Option<(Span, MarkKind)>)> {
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some([open, close]) = stars.get(at..at + 2).and_then(|pair| <[usize; 2]>::try_from(pair).ok()) {
        let before = |star: usize| text.get(..star).and_then(|text| text.chars().next_back());
        let behind = |star: usize| text.get(star + 1..).and_then(|text| text.chars().next());
        let begins =
            before(open).is_none_or(|c| !c.is_alphanumeric()) && behind(open).is_some_and(|c| !c.is_whitespace());
        let ends =
            before(close).is_some_and(|c| !c.is_whitespace()) && behind(close).is_some_and(char::is_alphanumeric);
        if begins && ends && open + 1 < close {
            edits.push((Span::new(open, open + 1), None));
            edits.push((Span::new(close, close + 1), Some((Span::new(open + 1, close), MarkKind::Italic))));
            at += 1;
        }
        at += 1;
    }
    edits
}

/// What pandoc's bracketed spans, `[text]{.class}`, leave in a text: the bytes to take out, and the mark on the text between.
fn bracketed_attributes(text: &str) -> Vec<(Span, Option<(Span, MarkKind)>)> {
    let mut edits = Vec::new();
    if memchr::memmem::find(text.as_bytes(), b"]{").is_none() {
        return edits;
    }
    let bytes = text.as_bytes();
    let mut open = Vec::new();
    for at in memchr::memchr2_iter(b'[', b']', bytes) {
        if bytes[at] == b'[' {
            open.push(at);
            continue;
        }
        let Some(start) = open.pop() else { continue };
        if bytes.get(at + 1) != Some(&b'{') {
            continue;
        }
        // Attributes are short; a longer run is text in braces.
        let window = &bytes[at + 2..bytes.len().min(at + 400)];
        let Some(close) = memchr::memchr2(b'}', b'\n', window).filter(|&close| window[close] == b'}') else { continue };
        let attributes = &text[at + 2..at + 2 + close];
        if !attributes.starts_with(['.', '#']) {
            continue;
        }
        let mark = attributes.split_whitespace().find_map(class_mark);
        edits.push((Span::new(start, start + 1), None));
        edits.push((Span::new(at, at + 3 + close), mark.map(|kind| (Span::new(start + 1, at), kind))));
    }
    edits.sort_by_key(|(span, _)| *span);
    edits
}

fn class_mark(class: &str) -> Option<MarkKind> {
    match class {
        ".smallcaps" => Some(MarkKind::SmallCaps),
        ".underline" | ".ul" => Some(MarkKind::Underline),
        _ => None,
    }
}
