//! Reads Word's `.docx`: paragraphs, headings, numbered lists, tables, footnotes, endnotes, character formats.
//!
//! The document is a zip archive of XML parts. `word/document.xml` is read token by token, once; `styles.xml` tells which styles are
//! headings and which are italic, `numbering.xml` which lists are numbered, the relations where links lead. Tracked changes are taken
//! as accepted: what was inserted is there, what was deleted is not.
//!
//! # Reference managers
//!
//! Zotero and Mendeley keep CSL-JSON inside the fields of citations, Word keeps its own sources in a part of the archive: both are
//! carried raw as [`Payload`]s. The field (or content control, or paragraph style) of the printed bibliography declares the reference
//! list. EndNote's data are left alone.

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
    out.finish(DocumentKind::Docx, None)
}

fn fill(bytes: &[u8], out: &mut Builder) -> Result<(), Box<crate::Diagnostic>> {
    let mut archive = Archive::open(bytes)?;
    let Some(main) = archive.part("word/document.xml")? else {
        let diagnostic = crate::Diagnostic::error("document::broken-archive", "the archive holds no word/document.xml")
            .with_help("only Word's .docx is read here; save the document as .docx");
        return Err(Box::new(diagnostic));
    };
    let context = Context {
        styles: archive.part("word/styles.xml")?.map(|xml| styles(&xml)).unwrap_or_default(),
        numberings: archive.part("word/numbering.xml")?.map(|xml| numberings(&xml)).unwrap_or_default(),
        links: archive.part("word/_rels/document.xml.rels")?.map(|xml| links(&xml)).unwrap_or_default(),
    };
    let mut reader = Reader::new(&context, out);
    reader.part(&main, None);
    let notes = reader.notes.clone();
    for (part, element) in [("word/footnotes.xml", "w:footnote"), ("word/endnotes.xml", "w:endnote")] {
        if let Some(xml) = archive.part(part)? {
            Reader { notes: notes.clone(), ..Reader::new(&context, out) }.part(&xml, Some(element));
        }
    }
    word_sources(&mut archive, out)
}

/// Word's own sources, in one of the custom parts.
fn word_sources(archive: &mut Archive<'_>, out: &mut Builder) -> Result<(), Box<crate::Diagnostic>> {
    let names: Vec<String> = archive
        .names()
        .filter(|name| name.starts_with("customXml/item") && name.ends_with(".xml") && !name.contains("Props"))
        .take(64)
        .collect();
    for name in names {
        if let Some(data) = archive.part(&name)?
            && data.contains("officeDocument/2006/bibliography")
            && data.contains("Source>")
        {
            out.payloads.push(Payload { kind: PayloadKind::WordSources, data });
        }
    }
    Ok(())
}

/// What other parts say.
#[derive(Default)]
struct Context {
    styles: FxHashMap<String, Style>,
    numberings: FxHashMap<String, Numbering>,
    links: FxHashMap<String, String>,
}

/// What a style means.
#[derive(Debug, Clone, Default)]
struct Style {
    heading: Option<u8>,
    bibliography: bool,
    marks: Vec<MarkKind>,
    numbering: Option<String>,
}

/// A numbered list: whether its first level shows numbers, and from which on.
#[derive(Debug, Clone, Copy, Default)]
struct Numbering {
    numbered: bool,
    start: u64,
}

fn is_on(tag: Tag<'_>) -> bool {
    tag.get("w:val").is_none_or(|value| !matches!(&*value, "0" | "false" | "none" | "off"))
}

/// The mark that a run property asks for.
fn property(tag: Tag<'_>) -> Option<MarkKind> {
    if !is_on(tag) {
        return None;
    }
    match tag.name {
        "w:i" => Some(MarkKind::Italic),
        "w:b" => Some(MarkKind::Bold),
        "w:smallCaps" => Some(MarkKind::SmallCaps),
        "w:u" => Some(MarkKind::Underline),
        "w:vertAlign" => match tag.get("w:val").as_deref() {
            Some("superscript") => Some(MarkKind::Sup),
            Some("subscript") => Some(MarkKind::Sub),
            _ => None,
        },
        _ => None,
    }
}

fn styles(xml: &str) -> FxHashMap<String, Style> {
    let mut out: FxHashMap<String, Style> = FxHashMap::default();
    let mut id = String::new();
    let mut character = false;
    for token in Tokens::xml(xml) {
        let Token::Open(tag) = token else { continue };
        let style = out.entry(id.clone()).or_default();
        match tag.name {
            "w:style" => {
                id = tag.get("w:styleId").unwrap_or_default().into_owned();
                character = tag.get("w:type").as_deref() == Some("character");
                // The identifier tells as much as the name where the name is translated.
                let lower = id.to_ascii_lowercase();
                let style = out.entry(id.clone()).or_default();
                style.bibliography = lower.contains("bibliograph");
            }
            "w:name" => {
                let name = tag.get("w:val").unwrap_or_default().to_ascii_lowercase();
                style.bibliography |= name.contains("bibliograph");
                style.heading = match name.as_str() {
                    "title" => Some(1),
                    _ => name.strip_prefix("heading ").and_then(|level| level.trim().parse().ok()).or(style.heading),
                };
            }
            "w:outlineLvl" if !character => {
                let level = tag.get("w:val").and_then(|level| level.parse::<u8>().ok()).filter(|&level| level < 9);
                style.heading = style.heading.or(level.map(|level| level + 1));
            }
            "w:numId" => style.numbering = tag.get("w:val").map(std::borrow::Cow::into_owned),
            _ if character => style.marks.extend(property(tag)),
            _ => {}
        }
    }
    out
}

fn numberings(xml: &str) -> FxHashMap<String, Numbering> {
    let mut kinds: FxHashMap<String, Numbering> = FxHashMap::default();
    let mut out = FxHashMap::default();
    let (mut of, mut number, mut level) = (String::new(), String::new(), String::new());
    for token in Tokens::xml(xml) {
        let Token::Open(tag) = token else { continue };
        let value = || tag.get("w:val").unwrap_or_default();
        match tag.name {
            "w:abstractNum" => of = tag.get("w:abstractNumId").unwrap_or_default().into_owned(),
            "w:lvl" => level = tag.get("w:ilvl").unwrap_or_default().into_owned(),
            "w:start" if level == "0" => kinds.entry(of.clone()).or_default().start = value().parse().unwrap_or(1),
            "w:numFmt" if level == "0" => kinds.entry(of.clone()).or_default().numbered = value() == "decimal",
            "w:num" => number = tag.get("w:numId").unwrap_or_default().into_owned(),
            "w:abstractNumId" => {
                out.insert(number.clone(), kinds.get(&*value()).copied().unwrap_or_default());
            }
            _ => {}
        }
    }
    out
}

fn links(xml: &str) -> FxHashMap<String, String> {
    Tokens::xml(xml)
        .filter_map(|token| {
            let Token::Open(tag) = token else { return None };
            let external = tag.get("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
            (external).then(|| Some((tag.get("Id")?.into_owned(), tag.get("Target")?.into_owned()))).flatten()
        })
        .collect()
}

/// A field: what it does, and whether its result has begun.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    shows: bool,
    link: bool,
    declared: Option<usize>,
}

/// What is known of the paragraph that is being read.
#[derive(Debug, Clone, Default)]
struct Paragraph {
    style: String,
    numbering: Option<String>,
    outline: Option<u8>,
    begun: bool,
}

/// The numbers given to footnotes and endnotes so far, by element name and identifier.
type Notes = FxHashMap<(bool, String), usize>;

struct Reader<'a> {
    context: &'a Context,
    out: &'a mut Builder,
    paragraphs: Vec<Paragraph>,
    /// Inside what is not shown: deletions, fallbacks, properties of changes.
    skipping: usize,
    in_text: bool,
    in_instruction: bool,
    in_run_properties: bool,
    run: Vec<MarkKind>,
    open_marks: Vec<MarkKind>,
    fields: Vec<Field>,
    counts: FxHashMap<String, u64>,
    lists: FxHashMap<String, u32>,
    notes: Notes,
    note: Option<String>,
    note_counts: [usize; 2],
    /// Open fields whose result has not begun.
    hidden: usize,
    rows: usize,
    cells: usize,
    declared: Option<usize>,
    hyperlinks: Vec<bool>,
    controls: Vec<Option<usize>>,
}

impl<'a> Reader<'a> {
    fn new(context: &'a Context, out: &'a mut Builder) -> Self {
        Self {
            context,
            out,
            paragraphs: Vec::new(),
            skipping: 0,
            in_text: false,
            in_instruction: false,
            in_run_properties: false,
            run: Vec::new(),
            open_marks: Vec::new(),
            fields: Vec::new(),
            counts: FxHashMap::default(),
            lists: FxHashMap::default(),
            notes: Notes::default(),
            note: None,
            note_counts: [0; 2],
            hidden: 0,
            rows: 0,
            cells: 0,
            declared: None,
            hyperlinks: Vec::new(),
            controls: Vec::new(),
        }
    }

    /// Reads one part; with `notes`, only what stands in elements of that name, as footnotes.
    fn part(&mut self, xml: &str, notes: Option<&str>) {
        for token in Tokens::xml(xml) {
            match token {
                Token::Open(tag) => {
                    if Some(tag.name) == notes {
                        // Separators are notes too, with a type.
                        let id = tag.get("w:id").unwrap_or_default().into_owned();
                        let number =
                            self.notes.get(&(notes == Some("w:endnote"), id.clone())).map_or(id, ToString::to_string);
                        self.note = tag.get("w:type").is_none().then_some(number);
                    }
                    if notes.is_none() || self.note.is_some() {
                        self.open(tag);
                    }
                }
                Token::Close(name) => {
                    if notes.is_none() || self.note.is_some() {
                        self.close(name);
                    }
                    if Some(name) == notes {
                        self.note = None;
                    }
                }
                Token::Text(span) | Token::Verbatim(span) => {
                    if self.in_text && self.skipping == 0 {
                        self.text(&markup::unescape(&xml[span.range()]));
                    } else if self.in_instruction
                        && let Some(field) = self.fields.last_mut()
                    {
                        field.instruction.push_str(&markup::unescape(&xml[span.range()]));
                    }
                }
            }
        }
        self.end_declared();
        self.out.end();
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag.name {
            "w:del" | "w:moveFrom" | "mc:Fallback" | "w:rPrChange" | "w:pPrChange" | "w:delText"
            | "w:numberingChange"
                if !tag.empty =>
            {
                self.skipping += 1
            }
            _ if self.skipping > 0 => {}
            "w:p" if tag.empty => {}
            "w:p" => {
                if self.rows == 0 || self.cells == 0 {
                    self.out.end();
                } else if self.out.is_open()
                    && !self.out.open_text().trim().is_empty()
                    && !self.out.open_text().ends_with('\t')
                {
                    self.out.push_unplaced("\n");
                }
                self.paragraphs.push(Paragraph::default());
            }
            "w:pStyle" => {
                self.paragraph(|paragraph| paragraph.style = tag.get("w:val").unwrap_or_default().into_owned())
            }
            "w:numId" => {
                self.paragraph(|paragraph| paragraph.numbering = tag.get("w:val").map(std::borrow::Cow::into_owned))
            }
            "w:outlineLvl" => {
                self.paragraph(|paragraph| paragraph.outline = tag.get("w:val").and_then(|level| level.parse().ok()))
            }
            "w:r" => self.run.clear(),
            "w:rPr" if !tag.empty => self.in_run_properties = true,
            "w:rStyle" if self.in_run_properties => {
                if let Some(style) = tag.get("w:val").and_then(|id| self.context.styles.get(&*id)) {
                    self.run.extend(style.marks.iter().cloned());
                }
            }
            "w:t" | "m:t" => {
                self.in_text = !tag.empty;
                self.switch_marks();
            }
            "w:instrText" => self.in_instruction = !tag.empty,
            "w:tab" if !self.paragraphs.is_empty() && self.run_is_open() => self.text("\t"),
            "w:br" | "w:cr" => self.text("\n"),
            "w:noBreakHyphen" => self.text("-"),
            "w:fldChar" => self.field(tag),
            "w:fldSimple" => {
                self.hidden += 1;
                self.fields.push(Field {
                    instruction: tag.get("w:instr").unwrap_or_default().into_owned(),
                    ..Field::default()
                });
                self.show_field();
            }
            "w:hyperlink" => {
                let target = tag.get("r:id").and_then(|id| self.context.links.get(&*id).cloned());
                self.hyperlinks.push(target.is_some());
                if let Some(target) = target {
                    self.begin_block();
                    self.out.open_mark(MarkKind::Link(target));
                }
            }
            "w:footnoteReference" | "w:endnoteReference" => self.note_reference(tag),
            "w:tr" => {
                self.out.end();
                self.rows += 1;
                self.cells = 0;
            }
            "w:tc" => {
                if self.out.is_open() && self.cells > 0 {
                    self.out.push_unplaced("\t");
                }
                self.cells += 1;
            }
            "w:sdt" => self.controls.push(None),
            "w:docPartGallery" if tag.get("w:val").as_deref() == Some("Bibliographies") => self.open_control(),
            "w:bibliography" => self.open_control(),
            _ if self.in_run_properties => self.run.extend(property(tag)),
            _ => {}
        }
    }

    fn open_control(&mut self) {
        self.out.end();
        let count = self.out.block_count();
        if let Some(control) = self.controls.last_mut() {
            control.get_or_insert(count);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "w:del" | "w:moveFrom" | "mc:Fallback" | "w:rPrChange" | "w:pPrChange" | "w:delText"
            | "w:numberingChange" => {
                self.skipping = self.skipping.saturating_sub(1);
            }
            _ if self.skipping > 0 => {}
            "w:p" => self.end_paragraph(),
            "w:rPr" => self.in_run_properties = false,
            "w:t" | "m:t" => self.in_text = false,
            "w:r" => {
                self.run.clear();
                self.switch_marks();
            }
            "w:instrText" => self.in_instruction = false,
            "w:fldSimple" => self.end_field(),
            "w:hyperlink" if self.hyperlinks.pop() == Some(true) => {
                self.out.close_mark(|kind| matches!(kind, MarkKind::Link(_)));
            }
            "w:tr" => {
                self.out.end();
                self.rows = self.rows.saturating_sub(1);
            }
            "w:sdt" => {
                if let Some(Some(first)) = self.controls.pop() {
                    self.out.declare_list(first, None);
                }
            }
            _ => {}
        }
    }

    fn paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut()
            && !paragraph.begun
        {
            change(paragraph);
        }
    }

    const fn run_is_open(&self) -> bool {
        !self.in_run_properties
    }

    fn text(&mut self, text: &str) {
        // What a field computes is shown; its instruction and nested fields' instructions are not.
        if self.hidden > 0 {
            return;
        }
        self.begin_block();
        self.out.push_unplaced(text);
    }

    /// Begins the paragraph's block, now that its properties are known.
    fn begin_block(&mut self) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if std::mem::replace(&mut paragraph.begun, true) {
            return;
        }
        let paragraph = paragraph.clone();
        if self.rows > 0 {
            if !self.out.is_open() {
                self.out.begin(BlockKind::TableRow);
            }
            return;
        }
        let style = self.context.styles.get(&paragraph.style).cloned().unwrap_or_default();
        self.declare_by_style(style.bibliography && self.note.is_none());
        let heading = style.heading.or(paragraph.outline.filter(|&level| level < 9).map(|level| level + 1));
        let numbering = paragraph.numbering.or(style.numbering).filter(|id| id != "0");
        if let Some(note) = &self.note {
            self.out.begin(BlockKind::Footnote);
            self.out.label(note);
            return;
        }
        match (heading, numbering) {
            (Some(level), _) => self.out.begin(BlockKind::Heading(level)),
            (None, Some(numbering)) => self.begin_item(&numbering),
            (None, None) => self.out.begin(BlockKind::Paragraph),
        }
    }

    fn begin_item(&mut self, numbering: &str) {
        let kind = self.context.numberings.get(numbering).copied().unwrap_or_default();
        let next = u32::try_from(self.lists.len()).unwrap_or(0) + 1;
        let list = *self.lists.entry(numbering.to_owned()).or_insert(next);
        self.out.begin(BlockKind::ListItem);
        self.out.list(list);
        if kind.numbered {
            let count = self.counts.entry(numbering.to_owned()).or_insert_with(|| kind.start.max(1));
            self.out.label(&count.to_string());
            *count += 1;
        }
    }

    /// Paragraphs of a style named "Bibliography" in a row are a reference list.
    fn declare_by_style(&mut self, bibliography: bool) {
        match (bibliography, self.declared) {
            (true, None) => self.declared = Some(self.out.block_count()),
            (false, Some(_)) => self.end_declared(),
            _ => {}
        }
    }

    fn end_declared(&mut self) {
        if let Some(first) = self.declared.take() {
            self.out.declare_list(first, None);
        }
    }

    fn end_paragraph(&mut self) {
        self.run.clear();
        self.switch_marks();
        self.paragraphs.pop();
        if self.rows == 0 {
            self.out.end();
        }
        // A paragraph around a text box goes on behind it.
        if let Some(outer) = self.paragraphs.last_mut() {
            outer.begun = false;
        }
    }

    /// Opens and closes marks so that those of the run hold.
    fn switch_marks(&mut self) {
        if self.open_marks == self.run {
            return;
        }
        for kind in std::mem::take(&mut self.open_marks) {
            self.out.close_mark(|open| *open == kind);
        }
        if !self.run.is_empty() {
            self.begin_block();
        }
        for kind in self.run.clone() {
            self.out.open_mark(kind.clone());
            self.open_marks.push(kind);
        }
    }

    fn note_reference(&mut self, tag: Tag<'_>) {
        let end = tag.name == "w:endnoteReference";
        let id = tag.get("w:id").unwrap_or_default().into_owned();
        let count = &mut self.note_counts[usize::from(end)];
        let number = *self.notes.entry((end, id)).or_insert_with(|| {
            *count += 1;
            *count
        });
        self.run.clear();
        self.switch_marks();
        self.begin_block();
        self.out.open_mark(MarkKind::Sup);
        self.text(&number.to_string());
        self.out.close_mark(|kind| *kind == MarkKind::Sup);
    }

    fn field(&mut self, tag: Tag<'_>) {
        match tag.get("w:fldCharType").as_deref() {
            Some("begin") => {
                self.hidden += 1;
                self.fields.push(Field::default());
            }
            Some("separate") => self.show_field(),
            Some("end") => self.end_field(),
            _ => {}
        }
    }

    /// A field's result begins: its instruction is complete.
    fn show_field(&mut self) {
        let count = self.out.block_count() + usize::from(self.out.is_open() && !self.out.open_text().trim().is_empty());
        let Some(field) = self.fields.last_mut() else { return };
        if !std::mem::replace(&mut field.shows, true) {
            self.hidden -= 1;
        }
        let instruction = std::mem::take(&mut field.instruction);
        let instruction = instruction.trim();
        if [
            "ADDIN ZOTERO_BIBL",
            "ADDIN Mendeley Bibliography",
            "BIBLIOGRAPHY",
            "ADDIN EN.REFLIST",
            "ADDIN CITAVI.BIBLIOGRAPHY",
        ]
        .iter()
        .any(|start| instruction.starts_with(start))
        {
            field.declared = Some(count);
        } else if let Some(link) = instruction.strip_prefix("HYPERLINK").and_then(|rest| rest.trim().strip_prefix('"'))
        {
            field.link = true;
            let target = link.split('"').next().unwrap_or_default().to_owned();
            self.begin_block();
            self.out.open_mark(MarkKind::Link(target));
        } else if let Some((kind, data)) = citation(instruction) {
            self.out.payloads.push(Payload { kind, data: data.to_owned() });
        }
    }

    fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        if !field.shows {
            self.hidden -= 1;
        }
        if field.link {
            self.out.close_mark(|kind| matches!(kind, MarkKind::Link(_)));
        }
        if let Some(first) = field.declared {
            self.end_declared();
            // The end often stands in a paragraph of its own behind the list, which is then empty.
            self.out.declare_list(first, None);
        }
    }
}

/// The CSL-JSON inside a citation field's instruction, and whose it is.
fn citation(instruction: &str) -> Option<(PayloadKind, &str)> {
    let kind = if instruction.starts_with("ADDIN ZOTERO_ITEM") {
        PayloadKind::Zotero
    } else if instruction.starts_with("ADDIN CSL_CITATION") || instruction.starts_with("ADDIN Mendeley") {
        PayloadKind::Mendeley
    } else {
        return None;
    };
    let start = instruction.find('{')?;
    let end = instruction.rfind('}')?;
    (start < end).then(|| (kind, &instruction[start..=end]))
}
