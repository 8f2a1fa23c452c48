//! Bytes → [`Document`]: the text of an article in reading order, its blocks, its marks, and the way back to the source.
//!
//! A document is one string and a table of blocks over it. Every reader (one file a kind) fills the same shape through
//! [`build::Builder`], so that what comes after knows nothing of Markdown or Word:
//!
//! - **text**: all blocks in reading order, separated by line breaks. Line breaks inside a block are the source's own: in a
//!   hard-wrapped list they are all there is to split by.
//! - **blocks**: headings, paragraphs, list items, table rows, footnotes, preformatted lines, each a [`Span`] of the text.
//! - **marks**: italic, bold, …, links with their targets. [`Document::marks_known`] tells whether the source could have had any.
//! - **lists**: where the source itself says "this is the reference list" (`thebibliography`, `<ref-list>`, pandoc's `#refs`).
//! - **source map**: [`Document::place`] takes a span of the text back to the bytes of the source.
//!
//! # Places
//!
//! For Markdown, plain text, LaTeX and JATS a place counts bytes of the decoded source ([`Document::source`]). HTML, Word and
//! OpenDocument files do not hold their text in one piece; there, a place counts bytes of [`Document::text`].

#[cfg(feature = "docx")]
mod archive;
pub(crate) mod bbl;
mod build;
#[cfg(feature = "docx")]
mod docx;
mod html;
mod jats;
mod kind;
mod latex;
mod markdown;
mod markup;
#[cfg(feature = "docx")]
mod odt;
mod plain;

pub use kind::DocumentKind;

use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text::{Mark, Marked};
use build::SourceMap;

/// How far a mark may reach into a part of the text that begins behind its start.
const LONGEST_MARK: usize = 1 << 16;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// A heading, with its level from 1.
    Heading(u8),
    /// A paragraph. In plain text whatever stands between blank lines.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A row of a table, its cells separated by tabs.
    TableRow,
    /// A footnote or an endnote.
    Footnote,
    /// Lines that stand as they are: code blocks, `<pre>`.
    Preformatted,
}

/// One block of a [`Document`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in [`Document::text`].
    pub span: Span,
    /// The number or label that the source gives it apart from its text: "3" of an ordered list, "fn2" of a footnote, "Kop93" of a
    /// `\bibitem[Kop93]`.
    pub label: Option<Box<str>>,
    /// The identifier that the source gives it and does not print: the key of a `\\bibitem`, the `id` of an HTML item or a JATS `ref`.
    pub key: Option<Box<str>>,
    /// Which list it belongs to: items of one list have one number; 0 is none.
    pub list: u32,
    /// Whether it goes on with the item or footnote that the block before began.
    pub continues: bool,
}

/// A reference list that the source itself declares as one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeclaredList {
    /// Its blocks.
    pub blocks: std::ops::Range<usize>,
    /// Its heading, where the source has one inside the list.
    pub title: Option<String>,
}

/// Data that a word processor's reference manager left in the document, raw.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payload {
    /// Who wrote it.
    pub kind: PayloadKind,
    /// The data: JSON of Zotero and Mendeley fields, XML of Word's own sources, YAML of a Markdown header.
    pub data: String,
}

/// Whose data a [`Payload`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PayloadKind {
    /// A citation field of Zotero: CSL-JSON inside.
    Zotero,
    /// A citation field of Mendeley: CSL-JSON inside.
    Mendeley,
    /// Word's own sources (`b:Sources`).
    WordSources,
    /// The YAML header of a Markdown file, which may hold `references:`.
    Yaml,
}

/// An article as text with structure.
///
/// # Example
///
/// ```
/// use reflist::document::{BlockKind, Document};
/// let document = Document::from_markdown(b"# References\n\n- Allison, R. (2018). *Russia*. Oxford.\n");
/// assert_eq!(document.blocks()[0].kind, BlockKind::Heading(1));
/// let item = document.blocks()[1].span;
/// assert_eq!(document.slice(item), "Allison, R. (2018). Russia. Oxford.");
/// assert_eq!(document.marked(item).marks.len(), 1);
/// assert_eq!(&document.source()[document.place(item).range()], "Allison, R. (2018). *Russia*. Oxford.");
/// ```
#[derive(Debug, Clone)]
pub struct Document {
    kind: DocumentKind,
    text: String,
    /// `None` when the text is the source.
    source: Option<String>,
    map: SourceMap,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    lists: Vec<DeclaredList>,
    payloads: Vec<Payload>,
    diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// Reads a document of a known kind; never fails. What could not be read is in [`Document::diagnostics`].
    #[must_use]
    pub fn read(kind: DocumentKind, bytes: &[u8]) -> Self {
        match kind {
            DocumentKind::Markdown => Self::from_markdown(bytes),
            DocumentKind::Plain => Self::from_plain(bytes),
            DocumentKind::Html => Self::from_html(bytes),
            DocumentKind::Jats => Self::from_jats(bytes),
            DocumentKind::Latex => Self::from_latex(bytes),
            #[cfg(feature = "docx")]
            DocumentKind::Docx => Self::from_docx(bytes),
            #[cfg(feature = "docx")]
            DocumentKind::Odt => Self::from_odt(bytes),
        }
    }

    /// Reads Markdown: CommonMark with footnotes, tables, and the habits of pandoc.
    #[must_use]
    pub fn from_markdown(bytes: &[u8]) -> Self {
        markdown::read(bytes)
    }

    /// Reads plain text; asterisks are characters.
    #[must_use]
    pub fn from_plain(bytes: &[u8]) -> Self {
        plain::read(bytes)
    }

    /// Reads HTML.
    #[must_use]
    pub fn from_html(bytes: &[u8]) -> Self {
        html::read(bytes)
    }

    /// Reads Word's `.docx`. A broken archive gives an empty document with the diagnostic `document::broken-archive`.
    #[cfg(feature = "docx")]
    #[must_use]
    pub fn from_docx(bytes: &[u8]) -> Self {
        docx::read(bytes)
    }

    /// Reads OpenDocument text (`.odt`); see [`Document::from_docx`].
    #[cfg(feature = "docx")]
    #[must_use]
    pub fn from_odt(bytes: &[u8]) -> Self {
        odt::read(bytes)
    }

    /// Reads JATS XML.
    #[must_use]
    pub fn from_jats(bytes: &[u8]) -> Self {
        jats::read(bytes)
    }

    /// Reads LaTeX, and the `.bbl` files of BibTeX and biblatex.
    #[must_use]
    pub fn from_latex(bytes: &[u8]) -> Self {
        latex::read(bytes)
    }

    /// What it was read as.
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The text of all blocks in reading order.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What [`Document::place`] counts bytes of: the decoded source, or the text where the source does not hold it in one piece.
    #[must_use]
    pub fn source(&self) -> &str {
        self.source.as_deref().unwrap_or(&self.text)
    }

    /// The blocks in reading order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The reference lists that the source declares.
    #[must_use]
    pub fn declared_lists(&self) -> &[DeclaredList] {
        &self.lists
    }

    /// What reference managers left in it.
    #[must_use]
    pub fn payloads(&self) -> &[Payload] {
        &self.payloads
    }

    /// What was wrong with it.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether the source could have marked italics: false for plain text.
    #[must_use]
    pub const fn marks_known(&self) -> bool {
        !matches!(self.kind, DocumentKind::Plain)
    }

    /// All marks, in bytes of the text, sorted by start. None crosses a line break.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// A part of the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// A part of the text with the marks on it.
    #[must_use]
    pub fn marked(&self, span: Span) -> Marked {
        let marks = self.marks_on(span).map(|(span, mark)| Mark { span, kind: mark.kind.clone() }).collect();
        Marked { text: self.slice(span).to_owned(), marks }
    }

    /// The marks on a part of the text, cut at its edges, in bytes of the part.
    pub(crate) fn marks_on(&self, span: Span) -> impl Iterator<Item = (Span, &Mark)> {
        // No mark crosses a line break, so nothing that begins before the line reaches into the part. A text of one endless line is not
        // searched from its start for each part.
        let from = span.start.saturating_sub(LONGEST_MARK);
        let line = if self.marks.is_empty() {
            0
        } else {
            memchr::memrchr(b'\n', &self.text.as_bytes()[from..span.start]).map_or(from, |at| from + at + 1)
        };
        let first = self.marks.partition_point(|mark| mark.span.start < line);
        self.marks[first..].iter().take_while(move |mark| mark.span.start < span.end).filter_map(move |mark| {
            let start = mark.span.start.max(span.start);
            let end = mark.span.end.min(span.end);
            (start < end).then(|| (Span::new(start - span.start, end - span.start), mark))
        })
    }

    /// The bytes of the source that a part of the text came from.
    #[must_use]
    pub fn place(&self, span: Span) -> Span {
        self.map.place(span)
    }
}
