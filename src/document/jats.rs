//! Reads JATS (and its elder NLM DTDs): journal articles as publishers and archives exchange them.
//!
//! `<ref-list>` declares the reference list, with its title and the labels of its items. A citation is printed in one of two ways.
//! `<mixed-citation>` holds the text with its punctuation; it is taken as it stands, with a blank where two elements touch
//! ("<surname>Baker</surname><given-names>C</given-names>"). `<element-citation>` holds bare parts and leaves the punctuation to whoever
//! prints it; here they are printed in the plain manner of medical journals, in the order of the file.
//!
//! The metadata in front are left out but for the title and the abstract.

use super::build::Builder;
use super::markup::{self, Tag, Token, Tokens, local};
use super::{BlockKind, Document, DocumentKind};
use crate::span::Span;
use crate::text::{MarkKind, decode};

pub(super) fn read(bytes: &[u8]) -> Document {
    let decoded = decode(bytes);
    let source = decoded.text.into_owned();
    let mut reader = Reader::new(&source);
    reader.out.diagnostics = decoded.diagnostics;
    for token in Tokens::xml(&source) {
        match token {
            Token::Open(tag) => {
                reader.open(tag);
                if tag.empty {
                    reader.close(tag.name);
                }
            }
            Token::Close(name) => reader.close(name),
            Token::Text(span) | Token::Verbatim(span) => reader.text(span),
        }
    }
    reader.out.end();
    let out = reader.out;
    out.finish(DocumentKind::Jats, Some(source))
}

struct Reader<'a> {
    source: &'a str,
    out: Builder,
    skipping: usize,
    sections: u8,
    lists: Vec<(usize, Option<String>, u32)>,
    list_count: u32,
    /// In a reference: whether a citation was already begun.
    reference: Option<Reference>,
    /// Inside `<label>`: what it says.
    label: Option<String>,
    /// Inside a title of a reference list.
    title: Option<String>,
    style: Style,
    notes: usize,
    cells: usize,
    rows: usize,
    /// The name of the part of an `<element-citation>` that ended last.
    last_part: Option<&'a str>,
    item: Option<u32>,
}

#[derive(Debug, Default)]
struct Reference {
    key: String,
    label: String,
    begun: bool,
    /// How many citations, to skip the second form of the same.
    citations: usize,
    alternatives: bool,
}

/// How the citation at hand is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    None,
    Mixed,
    Elements,
}

const HIDDEN: &[&str] = &[
    "journal-meta",
    "contrib-group",
    "aff",
    "author-notes",
    "permissions",
    "pub-date",
    "history",
    "kwd-group",
    "custom-meta-group",
    "article-id",
    "article-categories",
    "volume-meta",
    "counts",
    "self-uri",
    "tex-math",
    "annotation",
    "object-id",
    "funding-group",
    "related-article",
    "processing-meta",
    "graphic",
    "media",
    "alt-text",
    "notes-group",
    "conference",
];

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            out: Builder::new(source.len() / 2),
            skipping: 0,
            sections: 0,
            lists: Vec::new(),
            list_count: 0,
            reference: None,
            label: None,
            title: None,
            style: Style::None,
            notes: 0,
            cells: 0,
            rows: 0,
            last_part: None,
            item: None,
        }
    }

    fn open(&mut self, tag: Tag<'a>) {
        let name = local(tag.name);
        if HIDDEN.contains(&name) && self.style == Style::None {
            self.skipping += 1;
            return;
        }
        if self.skipping > 0 {
            return;
        }
        match name {
            "ref-list" => {
                self.out.end();
                self.list_count += 1;
                self.lists.push((self.out.block_count(), None, self.list_count));
            }
            "ref" => {
                self.out.end();
                self.reference =
                    Some(Reference { key: tag.get("id").unwrap_or_default().into_owned(), ..Reference::default() });
            }
            "citation-alternatives" => {
                if let Some(reference) = &mut self.reference {
                    reference.alternatives = true;
                }
            }
            "mixed-citation" | "citation" | "nlm-citation" | "element-citation" | "product" => {
                self.begin_citation(name)
            }
            "label" if self.reference.is_some() || self.notes > 0 => self.label = Some(String::new()),
            "title" | "article-title" if self.style == Style::None => self.begin_title(name),
            "sec" | "app" | "ack" | "abstract" | "boxed-text" => {
                self.out.end();
                self.sections = self.sections.saturating_add(1);
            }
            "fn" => {
                self.out.end();
                self.notes += 1;
            }
            "p" if self.reference.is_some() => {}
            "p" | "disp-quote" | "caption" | "verse-line" | "def" | "term" => self.begin_block(),
            "list-item" => {
                self.out.end();
                self.item = Some(self.list_count);
            }
            "tr" => {
                self.out.begin(BlockKind::TableRow);
                self.rows += 1;
                self.cells = 0;
            }
            "td" | "th" => {
                if self.cells > 0 && self.out.is_open() {
                    self.out.push_unplaced("\t");
                }
                self.cells += 1;
            }
            "break" => self.out.push_unplaced("\n"),
            _ => {
                self.part_begins(tag);
                if let Some(kind) = mark(tag) {
                    self.out.open_mark(kind);
                }
            }
        }
    }

    fn begin_citation(&mut self, name: &str) {
        let Some(reference) = &mut self.reference else { return };
        reference.citations += 1;
        if reference.alternatives && reference.citations > 1 {
            self.skipping += 1;
            return;
        }
        self.style = if name == "element-citation" { Style::Elements } else { Style::Mixed };
        self.last_part = None;
        self.out.begin(BlockKind::ListItem);
        self.out.list(self.lists.last().map_or(0, |list| list.2));
        if !std::mem::replace(&mut reference.begun, true) {
            let (label, key) = (reference.label.clone(), reference.key.clone());
            self.out.label(label.trim().trim_matches(['[', ']', '(', ')', '.']));
            self.out.key(&key);
        }
    }

    fn begin_title(&mut self, name: &str) {
        if let Some((first, title, _)) = self.lists.last_mut()
            && self.reference.is_none()
        {
            title.get_or_insert_default();
            *first = self.out.block_count() + usize::from(self.out.is_open());
            self.title = Some(String::new());
        }
        self.out.begin(BlockKind::Heading(if name == "article-title" { 1 } else { self.sections.clamp(1, 8) + 1 }));
    }

    fn begin_block(&mut self) {
        if self.rows > 0 {
            return;
        }
        if self.notes > 0 {
            self.out.begin(BlockKind::Footnote);
            if let Some(label) = self.label.take() {
                self.out.label(label.trim());
            }
        } else if let Some(list) = self.item.take() {
            self.out.begin(BlockKind::ListItem);
            self.out.list(list);
        } else {
            self.out.begin(BlockKind::Paragraph);
        }
    }

    /// What stands between two parts of a citation.
    fn part_begins(&mut self, tag: Tag<'a>) {
        let name = local(tag.name);
        if self.style == Style::None || !self.out.is_open() || mark(tag).is_some() && name != "ext-link" {
            return;
        }
        if self.style == Style::Mixed {
            // Glued parts of a name get a blank; anything else is printed as it stands.
            let glued = matches!(
                name,
                "given-names" | "surname" | "string-name" | "name" | "suffix" | "etal" | "collab" | "person-group"
            ) && self.out.open_text().ends_with(char::is_alphanumeric);
            if glued {
                self.out.push_unplaced(if name == "etal" { ", " } else { " " });
            }
        } else if let Some(last) = self.last_part.take() {
            let between = separator(last, name);
            self.out.push_unplaced(between);
        }
        if name == "etal" {
            // The element says "et al." by its name.
            if tag.empty {
                self.out.push_unplaced("et al.");
            }
        } else if name == "pub-id" && self.style == Style::Elements {
            let prefix = match tag.get("pub-id-type").as_deref() {
                Some("doi") => "doi: ",
                Some("pmid") => "PMID: ",
                Some("pmcid") => "PMCID: ",
                Some("arxiv") => "arXiv:",
                _ => "",
            };
            self.out.push_unplaced(prefix);
        } else if name == "edition" && self.style == Style::Elements {
        } else if name == "person-group"
            && self.style == Style::Elements
            && tag.get("person-group-type").as_deref() == Some("editor")
        {
            self.last_part = None;
        }
    }

    fn text(&mut self, span: Span) {
        if self.skipping > 0 {
            return;
        }
        let text = &self.source[span.range()];
        if let Some(label) = &mut self.label {
            label.push_str(&markup::unescape(text));
            return;
        }
        if self.reference.is_some() && self.style == Style::None {
            return;
        }
        let blank = text.trim().is_empty();
        if blank && (!self.out.is_open() || self.out.open_text().is_empty() || self.style == Style::Elements) {
            return;
        }
        if !self.out.is_open() {
            if self.reference.is_none() && self.sections == 0 && self.lists.is_empty() {
                // Loose text of the metadata.
                return;
            }
            self.begin_block();
        }
        if let Some(title) = &mut self.title {
            title.push_str(&markup::unescape(text));
        }
        markup::push_text(&mut self.out, self.source, span, false);
    }

    fn close(&mut self, name: &'a str) {
        let name = local(name);
        if HIDDEN.contains(&name) && self.style == Style::None {
            self.skipping = self.skipping.saturating_sub(1);
            return;
        }
        if self.skipping > 0 {
            if matches!(name, "mixed-citation" | "citation" | "nlm-citation" | "element-citation") {
                self.skipping -= 1;
            }
            return;
        }
        match name {
            "ref-list" => {
                if let Some((first, title, _)) = self.lists.pop() {
                    self.out.declare_list(first, title.map(|title| title.trim().to_owned()));
                }
            }
            "ref" => {
                self.out.end();
                self.reference = None;
                self.label = None;
            }
            "mixed-citation" | "citation" | "nlm-citation" | "element-citation" | "product" => {
                self.out.end();
                self.style = Style::None;
            }
            "label" => {
                let label = self.label.take();
                match (&mut self.reference, label) {
                    (Some(reference), Some(label)) => reference.label = label,
                    (None, label) => self.label = label,
                    _ => {}
                }
            }
            "title" | "article-title" if self.style == Style::None => {
                let title = self.title.take();
                if let Some((.., list_title, _)) = self.lists.last_mut().map(|(a, b, c)| (a, b, c))
                    && title.is_some()
                {
                    *list_title = title;
                }
                self.out.end();
                if let Some((first, ..)) = self.lists.last_mut()
                    && self.reference.is_none()
                {
                    *first = self.out.block_count();
                }
            }
            "sec" | "app" | "ack" | "abstract" | "boxed-text" => {
                self.out.end();
                self.sections = self.sections.saturating_sub(1);
            }
            "fn" => {
                self.out.end();
                self.notes = self.notes.saturating_sub(1);
                self.label = None;
            }
            "p" | "caption" | "disp-quote" | "verse-line" | "list-item" | "def" | "term"
                if self.rows == 0 && self.reference.is_none() =>
            {
                self.out.end()
            }
            "tr" => {
                self.out.end();
                self.rows = self.rows.saturating_sub(1);
            }
            _ => self.part_ends(name),
        }
    }

    fn part_ends(&mut self, name: &'a str) {
        let closed = match name {
            "italic" | "bold" | "sc" | "sup" | "sub" | "underline" | "ext-link" | "uri" | "xref" => true,
            _ => {
                if self.style == Style::Elements && self.out.is_open() {
                    self.last_part = Some(name);
                }
                false
            }
        };
        if closed {
            self.out.close_mark(|kind| is_mark_of(name, kind));
            if matches!(name, "ext-link" | "uri") && self.style == Style::Elements {
                self.last_part = Some(name);
            }
        }
    }
}

/// The mark that an element sets.
fn mark(tag: Tag<'_>) -> Option<MarkKind> {
    Some(match local(tag.name) {
        "italic" => MarkKind::Italic,
        "bold" => MarkKind::Bold,
        "sc" => MarkKind::SmallCaps,
        "sup" => MarkKind::Sup,
        "sub" => MarkKind::Sub,
        "underline" => MarkKind::Underline,
        "ext-link" | "uri" => MarkKind::Link(tag.get("href").unwrap_or_default().into_owned()),
        // A reference of the text to the list: where it leads.
        "xref" => MarkKind::Link(format!("#{}", tag.get("rid").unwrap_or_default())),
        _ => return None,
    })
}

fn is_mark_of(name: &str, kind: &MarkKind) -> bool {
    matches!(
        (name, kind),
        ("italic", MarkKind::Italic)
            | ("bold", MarkKind::Bold)
            | ("sc", MarkKind::SmallCaps)
            | ("sup", MarkKind::Sup)
            | ("sub", MarkKind::Sub)
            | ("underline", MarkKind::Underline)
            | ("ext-link" | "uri" | "xref", MarkKind::Link(_))
    )
}

/// What is printed between two parts of an `<element-citation>`.
fn separator(last: &str, next: &str) -> &'static str {
    match (last, next) {
        ("surname", "given-names" | "suffix") | ("given-names", "suffix") => " ",
        ("given-names", "surname") | ("prefix", _) => " ",
        ("name" | "string-name" | "collab", "name" | "string-name" | "collab" | "etal") => ", ",
        (_, "etal") => ", ",
        ("volume", "issue") => "(",
        ("issue", "fpage" | "elocation-id" | "page-range") => "):",
        ("volume" | "year", "fpage" | "elocation-id" | "page-range") => ":",
        ("fpage", "lpage") => "–",
        ("issue", _) => "). ",
        ("year", "volume") => ";",
        ("publisher-loc", "publisher-name") => ": ",
        ("publisher-name", "publisher-loc" | "year") => ", ",
        ("month" | "day" | "year", "month" | "day" | "year") => " ",
        _ => ". ",
    }
}
