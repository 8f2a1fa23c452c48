//! Labelled references: our JSON Lines, and AnyStyle's tagged XML.
//!
//! # JSON Lines
//!
//! One object a line: `text`, `spans` as `[start, end, label]` in code points, and where known `marks` as `[start, end, kind]` with
//! the kinds `i b sc sub sup u a`, `source`, `group`, `weight`. All other fields are left alone.
//!
//! # XML
//!
//! `<dataset>` of `<sequence>`s of elements named after fields, as AnyStyle's parser is trained with. Names of fields that AnyStyle
//! calls otherwise are translated ("date" is `issued`), separators at the edges go outside the spans, "12(3)" is cut in two.

use std::io::{self, BufRead};

use quick_xml::Reader;
use quick_xml::events::Event;
use serde::Deserialize;

use super::gold::trim;
use crate::Error;
use crate::parse::entries::Entry;
use crate::parse::label::Label;
use crate::span::Span;
use crate::text::{Mark, MarkKind};

/// One labelled reference.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Example {
    /// The reference.
    pub entry: Entry,
    /// What is where in it, in order.
    pub spans: Vec<(Span, Label)>,
    /// Where it was taken from.
    pub source: String,
    /// The document or journal of the source.
    pub group: String,
    /// How much it counts, 1 for most.
    pub weight: f32,
}

impl Example {
    /// An example of a text without marks; labels by name, offsets in bytes.
    #[must_use]
    pub fn new(text: &str, spans: Vec<(Span, Label)>) -> Self {
        Self { entry: Entry { text: text.to_owned(), ..Entry::default() }, spans, weight: 1.0, ..Self::default() }
    }

    /// "synthetic" and "synthetic-world" are; each source of these is limited on its own.
    pub(super) fn is_synthetic(&self) -> bool {
        self.source == "synthetic" || self.source.starts_with("synthetic-")
    }

    /// The same without the label in front ("[12]"), as entries come out of a list; none where there is no label.
    pub(super) fn without_label(&self) -> Option<Self> {
        let (second, first) = match self.spans.as_slice() {
            [(first, Label::CitationLabel), (second, _), ..] if first.start < 3 => (second.start, first.end),
            _ => return None,
        };
        let between = &self.entry.text[first..second];
        let cut = first + between.find(|c: char| c.is_alphanumeric() || "\"“„‘'«".contains(c)).unwrap_or(between.len());
        let back = |span: Span| Span::new(span.start - cut, span.end - cut);
        let mut example = self.clone();
        example.entry.text = self.entry.text[cut..].to_owned();
        example.entry.marks.retain(|mark| mark.span.start >= cut);
        example.entry.marks.iter_mut().for_each(|mark| mark.span = back(mark.span));
        example.spans = self.spans[1..].iter().map(|(span, label)| (back(*span), *label)).collect();
        Some(example)
    }
}

#[derive(Deserialize)]
struct Line {
    text: String,
    spans: Vec<(usize, usize, String)>,
    #[serde(default)]
    marks: Option<Vec<(usize, usize, String)>>,
    #[serde(default)]
    source: String,
    #[serde(default)]
    group: Option<String>,
    #[serde(default)]
    weight: Option<f32>,
}

/// Reads our JSON Lines.
///
/// # Errors
///
/// [`Error::TrainingData`] with the line that is not such an object, has an unknown label, or a span outside its text; an error of
/// the reader as it is.
///
/// ```
/// use reflist::parse::label::train::read_json_lines;
/// let line = r#"{"text": "Baker, C. 2021.", "spans": [[0, 9, "author"], [10, 14, "issued"]]}"#;
/// let examples = read_json_lines(line.as_bytes())?;
/// assert_eq!(examples[0].spans.len(), 2);
/// # Ok::<(), reflist::Error>(())
/// ```
pub fn read_json_lines(reader: impl BufRead) -> Result<Vec<Example>, Error> {
    let mut examples = Vec::new();
    for (number, line) in reader.lines().enumerate() {
        let line = line?;
        if !line.trim().is_empty() {
            let bad = |reason: String| Error::TrainingData { line: number + 1, reason };
            let line: Line = serde_json::from_str(&line).map_err(|error| bad(error.to_string()))?;
            examples.push(example(line).map_err(bad)?);
        }
    }
    Ok(examples)
}

fn example(line: Line) -> Result<Example, String> {
    let mut offsets: Vec<usize> = line.text.char_indices().map(|(at, _)| at).collect();
    offsets.push(line.text.len());
    let span = |start: usize, end: usize| match (offsets.get(start), offsets.get(end)) {
        (Some(&first), Some(&last)) if first < last => Ok(Span::new(first, last)),
        _ => Err(format!("the span {start}–{end} is not in the text")),
    };
    let mut spans = Vec::with_capacity(line.spans.len());
    for (start, end, name) in &line.spans {
        let label = Label::from_name(name).ok_or_else(|| format!("the label {name:?} is not known"))?;
        spans.push((span(*start, *end)?, label));
    }
    spans.sort_by_key(|(span, _)| span.start);
    let mut marks = Vec::new();
    for (start, end, name) in line.marks.iter().flatten() {
        if let Some(kind) = mark_kind(name) {
            marks.push(Mark { span: span(*start, *end)?, kind });
        }
    }
    marks.sort_by_key(|mark| mark.span.start);
    let place = Span::new(0, line.text.len());
    let entry = Entry { text: line.text, marks, marks_known: line.marks.is_some(), place, ..Entry::default() };
    Ok(Example {
        entry,
        spans,
        source: line.source,
        group: line.group.unwrap_or_default(),
        weight: line.weight.unwrap_or(1.0),
    })
}

fn mark_kind(name: &str) -> Option<MarkKind> {
    Some(match name {
        "i" => MarkKind::Italic,
        "b" => MarkKind::Bold,
        "sc" => MarkKind::SmallCaps,
        "sub" => MarkKind::Sub,
        "sup" => MarkKind::Sup,
        "u" => MarkKind::Underline,
        _ => return None,
    })
}

/// Reads AnyStyle's tagged XML.
///
/// # Errors
///
/// [`Error::TrainingData`] with the line where the XML is broken; an error of the reader as it is.
///
/// ```
/// use reflist::parse::label::train::read_xml;
/// let xml = "<dataset><sequence><author>Baker, C.</author><date>(2021).</date></sequence></dataset>";
/// let example = &read_xml(xml.as_bytes())?[0];
/// assert_eq!(&example.entry.text, "Baker, C. (2021).");
/// assert_eq!(&example.entry.text[example.spans[1].0.range()], "2021");
/// # Ok::<(), reflist::Error>(())
/// ```
pub fn read_xml(mut reader: impl BufRead) -> Result<Vec<Example>, Error> {
    let xml = io::read_to_string(&mut reader)?;
    let mut events = Reader::from_str(&xml);
    let mut examples = Vec::new();
    let mut sequence = Sequence::default();
    loop {
        let event = events.read_event();
        let line = || {
            1 + memchr::memchr_iter(b'\n', &xml.as_bytes()[..(events.buffer_position() as usize).min(xml.len())])
                .count()
        };
        let event = event.map_err(|error| Error::TrainingData { line: line(), reason: error.to_string() })?;
        match event {
            Event::Start(start) if start.name().as_ref() == "sequence" => sequence = Sequence::default(),
            Event::Start(start) => sequence.open(start.name().as_ref()),
            Event::Text(text) => sequence.text(&text),
            Event::GeneralRef(entity) => sequence.text(&entity_text(&entity)),
            Event::End(end) if end.name().as_ref() == "sequence" => {
                examples.push(std::mem::take(&mut sequence).finish())
            }
            Event::End(_) => sequence.close(),
            Event::Eof => return Ok(examples),
            _ => {}
        }
    }
}

fn entity_text(name: &str) -> String {
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        _ => {
            let number = name.strip_prefix("#x").and_then(|hex| u32::from_str_radix(hex, 16).ok());
            let number = number.or_else(|| name.strip_prefix('#').and_then(|decimal| decimal.parse().ok()));
            number.and_then(char::from_u32).map_or_else(String::new, String::from)
        }
    }
}

/// A `<sequence>` that is being read.
#[derive(Default)]
struct Sequence {
    text: String,
    spans: Vec<(Span, Label)>,
    open: Option<(usize, Option<Label>)>,
}

impl Sequence {
    fn open(&mut self, name: &str) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        self.open = Some((self.text.len(), xml_label(name)));
    }

    fn text(&mut self, text: &str) {
        if self.open.is_some() {
            for c in text.chars() {
                let blank = c.is_whitespace();
                if !blank || !self.text.is_empty() && !self.text.ends_with(' ') {
                    self.text.push(if blank { ' ' } else { c });
                }
            }
        }
    }

    fn close(&mut self) {
        let Some((start, Some(label))) = self.open.take() else { return };
        let span = trim(&self.text, Span::new(start, self.text.len()));
        if span.is_empty() {
            return;
        }
        match (label, numbers(&self.text, span)) {
            (Label::Volume, [Some(volume), issue]) => {
                self.spans.push((volume, Label::Volume));
                self.spans.extend(issue.map(|issue| (issue, Label::Issue)));
            }
            (Label::Page | Label::Issue | Label::Edition, _) => {
                let start = self.text[span.range()].find(|c: char| c.is_ascii_digit()).unwrap_or_default();
                self.spans.push((Span::new(span.start + start, span.end), label));
            }
            _ => self.spans.push((span, label)),
        }
    }

    fn finish(mut self) -> Example {
        self.text.truncate(self.text.trim_end().len());
        let mut example = Example::new(&self.text, self.spans);
        example.source = "xml".to_owned();
        example
    }
}

/// The first two numbers of a span: a volume and its issue.
fn numbers(text: &str, span: Span) -> [Option<Span>; 2] {
    let mut found = [None; 2];
    let mut at = span.start;
    for slot in &mut found {
        let Some(start) = text[at..span.end].find(|c: char| c.is_ascii_digit()).map(|start| at + start) else { break };
        let len = text[start..span.end].find(|c: char| !c.is_ascii_digit()).unwrap_or(span.end - start);
        *slot = Some(Span::new(start, start + len));
        at = start + len;
    }
    found
}

fn xml_label(name: &str) -> Option<Label> {
    Some(match name {
        "date" => Label::Issued,
        "journal" | "container" | "booktitle" => Label::ContainerTitle,
        "pages" => Label::Page,
        "location" => Label::PublisherPlace,
        "institution" | "source" => Label::Publisher,
        "citation-number" => Label::CitationLabel,
        "url" => Label::Url,
        "doi" => Label::Doi,
        "isbn" => Label::Isbn,
        "issn" => Label::Issn,
        "tech" => Label::Genre,
        "accessed" | "access" => Label::Accessed,
        name => return Label::from_name(name),
    })
}
