//! Reads OpenDocument text (`.odt`): paragraphs, headings, lists, tables, notes, character formats.
//!
//! The text is in `content.xml`, and so are the automatic styles that say which spans are italic; `styles.xml` holds the named ones.
//! Notes stand inside the paragraph that refers to them; here they follow the body. Deleted text of tracked changes is kept apart by
//! the format itself and left out. The bibliography that the program or Zotero inserts declares the reference list.

use rustc_hash::FxHashMap;

use super::archive::Archive;
use super::build::Builder;
use super::markup::{self, Tag, Token, Tokens};
use super::{BlockKind, Document, DocumentKind, Payload, PayloadKind};
use crate::text::MarkKind;

pub(super) fn read(bytes: &[u8]) -> Document {
    let mut out = Builder::new(bytes.len());
    if let Err(diagnostic) = fill(bytes, &mut out) {
        out.diagnostics.push(*diagnostic);
    }
    out.finish(DocumentKind::Odt, None)
}

fn fill(bytes: &[u8], out: &mut Builder) -> Result<(), Box<crate::Diagnostic>> {
    let mut archive = Archive::open(bytes)?;
    let Some(content) = archive.part("content.xml")? else {
        let diagnostic = crate::Diagnostic::error("document::broken-archive", "the archive holds no content.xml")
            .with_help("save the document as .odt or .docx");
        return Err(Box::new(diagnostic));
    };
    let mut styles = Styles::default();
    if let Some(xml) = archive.part("styles.xml")? {
        styles.read(&xml);
    }
    styles.read(&content);
    let mut reader = Reader::new(&styles, out);
    reader.run(Tokens::xml(&content), &content);
    let notes = std::mem::take(&mut reader.notes);
    for (label, tokens) in notes {
        let mut note = Reader::new(&styles, out);
        note.note = Some(label);
        note.in_body = true;
        note.run(tokens.into_iter(), &content);
    }
    Ok(())
}

/// What styles mean, by name.
#[derive(Default)]
struct Styles {
    marks: FxHashMap<String, Vec<MarkKind>>,
    parents: FxHashMap<String, String>,
    /// Whether the first level of a list style shows numbers.
    numbered: FxHashMap<String, bool>,
}

impl Styles {
    fn read(&mut self, xml: &str) {
        let (mut style, mut list) = (String::new(), String::new());
        for token in Tokens::xml(xml) {
            let Token::Open(tag) = token else { continue };
            match tag.name {
                "office:body" => return,
                "style:style" => {
                    style = tag.get("style:name").unwrap_or_default().into_owned();
                    if let Some(parent) = tag.get("style:parent-style-name") {
                        self.parents.insert(style.clone(), parent.into_owned());
                    }
                }
                "style:text-properties" => self.marks.entry(style.clone()).or_default().extend(properties(tag)),
                "text:list-style" => list = tag.get("style:name").unwrap_or_default().into_owned(),
                "text:list-level-style-number" if tag.get("text:level").as_deref() == Some("1") => {
                    self.numbered.insert(list.clone(), tag.get("style:num-format").is_some_and(|format| format == "1"));
                }
                _ => {}
            }
        }
    }

    /// Whether a style, or one that it comes from, is that of bibliographies.
    fn is_bibliography(&self, name: &str) -> bool {
        let mut name = name;
        for _ in 0..8 {
            if name.starts_with("Bibliography") {
                return true;
            }
            let Some(parent) = self.parents.get(name) else { return false };
            name = parent;
        }
        false
    }
}

fn properties(tag: Tag<'_>) -> Vec<MarkKind> {
    let is = |name: &str, wanted: &str| tag.get(name).is_some_and(|value| value == wanted);
    let mut out = Vec::new();
    if is("fo:font-style", "italic") || is("fo:font-style", "oblique") {
        out.push(MarkKind::Italic);
    }
    if is("fo:font-weight", "bold") {
        out.push(MarkKind::Bold);
    }
    if is("fo:font-variant", "small-caps") {
        out.push(MarkKind::SmallCaps);
    }
    if tag.get("style:text-underline-style").is_some_and(|style| style != "none") {
        out.push(MarkKind::Underline);
    }
    match tag.get("style:text-position") {
        Some(position) if position.starts_with("super") => out.push(MarkKind::Sup),
        Some(position) if position.starts_with("sub") => out.push(MarkKind::Sub),
        _ => {}
    }
    out
}

#[derive(Debug, Clone, Default)]
struct List {
    number: u32,
    numbered: bool,
    next: u64,
}

struct Reader<'s, 'o, 'a> {
    styles: &'s Styles,
    out: &'o mut Builder,
    in_body: bool,
    skipping: usize,
    /// The style of the paragraph that is open, and its heading level.
    paragraphs: Vec<(String, Option<u8>, bool)>,
    spans: Vec<Vec<MarkKind>>,
    lists: Vec<List>,
    list_count: u32,
    /// An item whose first paragraph is still to come.
    item: Option<(u32, String)>,
    items: usize,
    cells: usize,
    rows: usize,
    note: Option<String>,
    /// Notes met so far: label, and their tokens.
    notes: Vec<(String, Vec<Token<'a>>)>,
    collecting: bool,
    citation: Option<String>,
    declared: Option<usize>,
    sections: Vec<Option<usize>>,
}

impl<'s, 'o, 'a> Reader<'s, 'o, 'a> {
    fn new(styles: &'s Styles, out: &'o mut Builder) -> Self {
        Self {
            styles,
            out,
            in_body: false,
            skipping: 0,
            paragraphs: Vec::new(),
            spans: Vec::new(),
            lists: Vec::new(),
            list_count: 0,
            item: None,
            items: 0,
            cells: 0,
            rows: 0,
            note: None,
            notes: Vec::new(),
            collecting: false,
            citation: None,
            declared: None,
            sections: Vec::new(),
        }
    }

    fn run(&mut self, tokens: impl Iterator<Item = Token<'a>>, xml: &'a str) {
        for token in tokens {
            if self.collect(token) {
                continue;
            }
            match token {
                Token::Open(tag) => {
                    self.open(tag);
                    if tag.empty {
                        self.close(tag.name);
                    }
                }
                Token::Close(name) => self.close(name),
                Token::Text(span) | Token::Verbatim(span) if self.in_body && self.skipping == 0 => {
                    let text = markup::unescape(&xml[span.range()]);
                    match &mut self.citation {
                        Some(citation) => citation.push_str(&text),
                        None if !self.paragraphs.is_empty() => self.text(&text),
                        None => {}
                    }
                }
                Token::Text(_) | Token::Verbatim(_) => {}
            }
        }
        self.end_declared();
        self.out.end();
    }

    /// Keeps the tokens of a note's body for later.
    fn collect(&mut self, token: Token<'a>) -> bool {
        if !self.collecting {
            return false;
        }
        if token == Token::Close("text:note-body") {
            self.collecting = false;
        } else if let Some((_, tokens)) = self.notes.last_mut() {
            tokens.push(token);
        }
        true
    }

    fn open(&mut self, tag: Tag<'a>) {
        match tag.name {
            "office:text" => self.in_body = true,
            _ if !self.in_body => {}
            "text:tracked-changes"
            | "office:annotation"
            | "text:sequence-decls"
            | "text:table-of-content"
            | "office:forms"
            | "svg:desc"
            | "svg:title" => self.skipping += 1,
            _ if self.skipping > 0 => {}
            "text:p" | "text:h" => self.begin_paragraph(tag),
            "text:span" => {
                let marks = tag
                    .get("text:style-name")
                    .and_then(|name| self.styles.marks.get(&*name).cloned())
                    .unwrap_or_default();
                self.open_marks(marks);
            }
            "text:a" => {
                let target = tag.get("xlink:href").unwrap_or_default().into_owned();
                self.open_marks(vec![MarkKind::Link(target)]);
            }
            "text:s" => {
                let count: usize = tag.get("text:c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.text(&" ".repeat(count.min(200)));
            }
            "text:tab" => self.text("\t"),
            "text:line-break" => self.text("\n"),
            "text:list" => self.begin_list(tag),
            "text:list-item" => self.begin_item(),
            "text:note-citation" => self.citation = Some(String::new()),
            "text:note-body" => {
                let label = self.notes.len() + 1;
                self.notes.push((label.to_string(), Vec::new()));
                self.collecting = !tag.empty;
            }
            "table:table-row" => {
                self.out.end();
                self.rows += 1;
                self.cells = 0;
            }
            "table:table-cell" => {
                if self.out.is_open() && self.cells > 0 {
                    self.out.push_unplaced("\t");
                }
                self.cells += 1;
            }
            "text:bibliography" => self.begin_section(true),
            "text:section" => {
                let bibliography = tag
                    .get("text:name")
                    .is_some_and(|name| name.contains("ZOTERO_BIBL") || name.contains("CSL_BIBLIOGRAPHY"));
                self.begin_section(bibliography);
            }
            "text:reference-mark-start" | "text:bookmark-start" => self.mark_start(tag),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "office:text" => self.in_body = false,
            _ if !self.in_body => {}
            "text:tracked-changes"
            | "office:annotation"
            | "text:sequence-decls"
            | "text:table-of-content"
            | "office:forms"
            | "svg:desc"
            | "svg:title" => {
                self.skipping = self.skipping.saturating_sub(1);
            }
            _ if self.skipping > 0 => {}
            "text:p" | "text:h" => self.end_paragraph(),
            "text:span" | "text:a" => {
                for kind in self.spans.pop().unwrap_or_default() {
                    self.out.close_mark(|open| *open == kind);
                }
            }
            "text:list" => {
                self.out.end();
                self.lists.pop();
            }
            "text:list-item" => {
                self.out.end();
                self.item = None;
                self.items = self.items.saturating_sub(1);
            }
            "text:note-citation" => {
                let label = self.citation.take().unwrap_or_default();
                self.out.open_mark(MarkKind::Sup);
                self.text(&label);
                self.out.close_mark(|kind| *kind == MarkKind::Sup);
            }
            "table:table-row" => {
                self.out.end();
                self.rows = self.rows.saturating_sub(1);
            }
            "text:bibliography" | "text:section" => {
                if let Some(Some(first)) = self.sections.pop() {
                    self.end_declared();
                    self.out.declare_list(first, None);
                }
            }
            _ => {}
        }
    }

    fn begin_section(&mut self, bibliography: bool) {
        self.out.end();
        self.sections.push(bibliography.then_some(self.out.block_count()));
    }

    /// Zotero keeps its data in the name of a mark.
    fn mark_start(&mut self, tag: Tag<'a>) {
        let Some(name) = tag.get("text:name") else { return };
        if name.contains("CSL_CITATION")
            && let (Some(start), Some(end)) = (name.find('{'), name.rfind('}'))
            && start < end
        {
            let kind = if name.contains("ZOTERO") { PayloadKind::Zotero } else { PayloadKind::Mendeley };
            self.out.payloads.push(Payload { kind, data: name[start..=end].to_owned() });
        }
    }

    fn begin_paragraph(&mut self, tag: Tag<'a>) {
        let style = tag.get("text:style-name").unwrap_or_default().into_owned();
        let level = (tag.name == "text:h")
            .then(|| tag.get("text:outline-level").and_then(|level| level.parse().ok()).unwrap_or(1));
        if self.rows > 0 && self.cells > 0 {
            if self.out.is_open() && !self.out.open_text().trim().is_empty() && !self.out.open_text().ends_with('\t') {
                self.out.push_unplaced("\n");
            }
        } else {
            self.out.end();
        }
        self.paragraphs.push((style, level, false));
    }

    fn end_paragraph(&mut self) {
        self.paragraphs.pop();
        if self.rows == 0 {
            self.out.end();
        }
        if let Some((.., begun)) = self.paragraphs.last_mut() {
            *begun = false;
        }
    }

    fn begin_list(&mut self, tag: Tag<'a>) {
        self.out.end();
        self.list_count += 1;
        let inherited = self.lists.last().is_some_and(|list| list.numbered);
        let numbered = tag
            .get("text:style-name")
            .map_or(inherited, |name| self.styles.numbered.get(&*name).copied().unwrap_or(false));
        self.lists.push(List { number: self.list_count, numbered, next: 1 });
    }

    fn begin_item(&mut self) {
        self.out.end();
        self.items += 1;
        let Some(list) = self.lists.last_mut() else { return };
        let label = if list.numbered { list.next.to_string() } else { String::new() };
        list.next += 1;
        self.item = Some((list.number, label));
    }

    fn text(&mut self, text: &str) {
        self.begin_block();
        self.out.push_unplaced(text);
    }

    fn begin_block(&mut self) {
        let Some((style, level, begun)) = self.paragraphs.last_mut() else { return };
        if std::mem::replace(begun, true) {
            return;
        }
        let level = *level;
        let bibliography = self.note.is_none() && self.styles.is_bibliography(style);
        if self.rows > 0 {
            if !self.out.is_open() {
                self.out.begin(BlockKind::TableRow);
            }
            return;
        }
        match (bibliography, self.declared) {
            (true, None) => self.declared = Some(self.out.block_count()),
            (false, Some(_)) => self.end_declared(),
            _ => {}
        }
        if let Some(note) = &self.note {
            self.out.begin(BlockKind::Footnote);
            self.out.label(note);
        } else if let Some(level) = level {
            self.out.begin(BlockKind::Heading(level));
        } else if let Some((list, label)) = self.item.take() {
            self.out.begin(BlockKind::ListItem);
            self.out.list(list);
            self.out.label(&label);
        } else {
            self.out.begin(BlockKind::Paragraph);
            if self.items > 0 {
                self.out.list(self.lists.last().map_or(0, |list| list.number));
                self.out.continues();
            }
        }
    }

    fn end_declared(&mut self) {
        if let Some(first) = self.declared.take() {
            self.out.declare_list(first, None);
        }
    }

    fn open_marks(&mut self, marks: Vec<MarkKind>) {
        if !marks.is_empty() {
            self.begin_block();
        }
        for kind in &marks {
            self.out.open_mark(kind.clone());
        }
        self.spans.push(marks);
    }
}
