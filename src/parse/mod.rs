//! From a document to the references in it.
//!
//! Each stage is a folder and a function from the stage before it; this file alone composes them:
//!
//! [`section`] finds the lists → [`entries`] divides them → [`tokens`] → [`label`] → [`fields`] makes records.
//!
//! A line ([`Parser::parse_line`], [`parse_reference`]) is a pure function of itself. The entries of one list
//! ([`Parser::parse_list`], [`parse_document`]) share a style: the order of names and the like are decided once for all of them.

mod as_labeller;
pub mod entries;
#[cfg(feature = "train")]
pub mod evaluate;
pub mod fields;
pub mod label;
pub mod section;
pub mod tokens;

pub use crate::record::{Field, Parsed};

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::record::{Kind, Record, Variable};
use crate::span::Span;
use entries::Entry;
use fields::Conventions;
pub use fields::Repeat;
use label::{Model, Segment};
use section::FoundList;

/// An entry of more characters than this is kept as a note, not labelled: no reference is that long, and labelling takes memory in
/// proportion to it.
pub const LONGEST_ENTRY: usize = 8000;

/// How many entries are taken for one list when its style is estimated.
const STYLE_BLOCK: usize = 512;

/// The references of a document, list after list.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ReferenceList {
    /// The references, in the order of the document.
    pub entries: Vec<Parsed>,
    /// Where each reference stands in the document's source; as long as `entries`.
    pub places: Vec<Span>,
    /// The label printed in front of each reference ("12", "Kop93"); as long as `entries`.
    pub labels: Vec<Option<String>>,
    /// Whether an entry cites the work of an earlier one again ("Ibid., 46"), and which; as long as `entries`. Such an entry's record is
    /// that work's, with the place that it cites as `locator`: who wants each work once leaves it out.
    pub repeats: Vec<Option<Repeat>>,
    /// The lists that they came from, with the range of `entries` that each one holds.
    pub lists: Vec<List>,
    /// What was odd about the document and its lists.
    pub diagnostics: Vec<Diagnostic>,
}

/// One reference list of a document.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct List {
    /// Its heading as printed.
    pub title: Option<String>,
    /// Where it stands in the document's source.
    pub place: Span,
    /// Its entries, as a range of [`ReferenceList::entries`].
    pub entries: Range<usize>,
}

/// Reads references with one model. Cheap to make; share one among threads.
///
/// ```
/// use reflist::parse::{Parser, label::Model};
/// let parser = Parser::new(Model::embedded());
/// let parsed = parser.parse_reference("Baker, C. (2021). Military competition. International Security Studies, 29(3), 52–67.");
/// assert_eq!(parsed.record.volume().unwrap().as_str(), "29");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Parser<'m> {
    model: &'m Model,
    single_pass: bool,
}

/// What a worker keeps between references, so that it need not allocate anew. Make it with [`Parser::scratch`].
#[derive(Debug, Default)]
pub struct Scratch {
    tokens: Vec<tokens::Token>,
    label: label::Scratch,
    segments: Vec<Segment>,
}

impl<'m> Parser<'m> {
    /// A parser that labels with `model`.
    #[must_use]
    pub const fn new(model: &'m Model) -> Self {
        Self { model, single_pass: false }
    }

    /// Whether the first pass of the labeller is the last: nearly twice as fast, and a few references in a hundred less right.
    ///
    /// ```
    /// use reflist::parse::{Parser, label::Model};
    /// let parser = Parser::new(Model::embedded()).single_pass(true);
    /// assert_eq!(parser.parse_reference("Osei, K. (2009). *Rivers*. Polity Press.").record.issued().unwrap().to_string(), "2009");
    /// ```
    #[must_use]
    pub const fn single_pass(self, yes: bool) -> Self {
        Self { single_pass: yes, ..self }
    }

    /// Working memory for [`Parser::parse_line`].
    #[must_use]
    pub fn scratch(&self) -> Scratch {
        Scratch::default()
    }

    /// Reads one reference. Never fails: what is no reference comes back as a `document` with the text in `note`.
    #[must_use]
    pub fn parse_reference(&self, text: &str) -> Parsed {
        self.parse_line(text, &mut self.scratch())
    }

    /// The same, with working memory that the caller keeps.
    #[must_use]
    pub fn parse_line(&self, text: &str, scratch: &mut Scratch) -> Parsed {
        let entry = entries::from_line(text);
        if let Some(parsed) = unlabelled(&entry) {
            return parsed;
        }
        self.segment(&entry, scratch);
        let conventions = Conventions::of(&[(&entry, &scratch.segments)]);
        self.assemble(&entry, &scratch.segments, &conventions)
    }

    /// Reads the entries of one list, which share a style. As many come back, in the same order.
    #[must_use]
    pub fn parse_list(&self, entries: &[Entry]) -> Vec<Parsed> {
        let mut parsed = Vec::new();
        self.assemble_into(&mut parsed, entries, self.segments(entries));
        fields::resolve_repeated(&mut parsed, entries);
        parsed
    }

    /// Appends the records of entries that are labelled, before those that point back are given what they point to. The segments of a
    /// block are let go of when its records are made.
    pub(crate) fn assemble_into(&self, out: &mut Vec<Parsed>, entries: &[Entry], segments: Vec<Vec<Segment>>) {
        let labelled: Vec<(&Entry, &[Segment])> = entries.iter().zip(segments.iter().map(Vec::as_slice)).collect();
        let conventions = Conventions::of(&labelled);
        drop(labelled);
        if out.is_empty() {
            out.reserve_exact(entries.len());
        }
        let mut segments = segments.into_iter();
        for block in entries.chunks(STYLE_BLOCK) {
            let labelled: Vec<(&Entry, Vec<Segment>)> = block.iter().zip(segments.by_ref()).collect();
            out.extend(map_all(&labelled, |(entry, segments)| {
                unlabelled(entry).unwrap_or_else(|| self.assemble(entry, segments, &conventions))
            }));
        }
    }

    /// Finds the lists of a document: [`section::find`], with this parser to read what only looks like a list.
    ///
    /// ```
    /// use reflist::parse::{Parser, label::Model};
    /// let document = reflist::Document::from_plain(b"References\n\nBaker, C. (2021). Towns. Oxford: Clarendon Press.\n");
    /// assert_eq!(Parser::new(Model::embedded()).find(&document).0.len(), 1);
    /// ```
    #[must_use]
    pub fn find(&self, document: &Document) -> (Vec<section::FoundList>, Vec<Diagnostic>) {
        section::find_with(document, &self.single_pass(true))
    }

    /// Finds the lists of a document and reads their entries.
    #[must_use]
    pub fn parse_document(&self, document: &Document) -> ReferenceList {
        let (found, diagnostics) = self.find(document);
        let entries: Vec<Vec<Entry>> = found.iter().map(|found| self.split(document, found)).collect();
        let mut list = self.parse_found(document, &found, &entries);
        list.diagnostics.splice(0..0, document.diagnostics().iter().cloned().chain(diagnostics));
        list
    }

    /// Reads the entries of lists that [`Self::find`] found and [`Self::split`] split: the last of the three steps of
    /// [`Self::parse_document`], for those who leave out lists or mend entries between the steps. `entries` has one
    /// member for each member of `found`; the diagnostics are those of reading alone.
    ///
    /// ```
    /// use reflist::Document;
    /// use reflist::parse::{Parser, label::Model};
    /// let parser = Parser::new(Model::embedded());
    /// let document = Document::from_plain(b"References\n\n[1] A. Baker, Phys. Rev. 1, 2 (1990).\n\n[2] B. Clark, Nature 3, 4 (1991).\n");
    /// let (found, _) = parser.find(&document);
    /// let mut entries: Vec<_> = found.iter().map(|list| parser.split(&document, list)).collect();
    /// entries[0].retain(|entry| entry.label.as_deref() == Some("2"));
    /// let list = parser.parse_found(&document, &found, &entries);
    /// assert_eq!(list.entries.len(), 1);
    /// ```
    #[must_use]
    pub fn parse_found(&self, document: &Document, found: &[FoundList], entries: &[Vec<Entry>]) -> ReferenceList {
        let mut list = ReferenceList::default();
        list.read(self, document, found, entries);
        list
    }

    /// Splits a list of a document into its entries; asks the labeller where looks are not certain.
    ///
    /// ```
    /// use reflist::Document;
    /// use reflist::parse::{Parser, label::Model, section};
    /// let document = Document::from_plain(b"References\n\n[1] A. Baker, Phys. Rev. 1, 2 (1990); B. Clark, Nature 3, 4 (1991).\n");
    /// let (lists, _) = section::find(&document);
    /// let entries = Parser::new(Model::embedded()).split(&document, &lists[0]);
    /// assert_eq!(entries[1].text, "B. Clark, Nature 3, 4 (1991).");
    /// assert_eq!(entries[1].label.as_deref(), Some("1"));
    /// ```
    #[must_use]
    pub fn split(&self, document: &Document, list: &FoundList) -> Vec<Entry> {
        entries::split_with(document, list, Some(self))
    }

    /// Reads bytes that are one list and nothing else (`-f list`). Asterisks are characters here, not marks.
    #[must_use]
    pub fn parse_list_text(&self, bytes: &[u8]) -> ReferenceList {
        let decoded = crate::text::decode(bytes);
        let mut list = ReferenceList { diagnostics: decoded.diagnostics, ..ReferenceList::default() };
        let place = Span::new(0, decoded.text.len());
        let entries = entries::from_list_with(&decoded.text, Some(self));
        list.append(None, place, self, &entries);
        list.resolve(&entries);
        list.tell_repeats();
        list
    }

    /// The labelled segments of every entry; none for one that is too long. A long list is labelled in blocks, so that memory stays
    /// bounded.
    pub(crate) fn segments(&self, entries: &[Entry]) -> Vec<Vec<Segment>> {
        let mut out = Vec::with_capacity(entries.len());
        entries.chunks(STYLE_BLOCK).for_each(|block| out.extend(self.block_segments(block)));
        out
    }

    fn assemble(&self, entry: &Entry, segments: &[Segment], conventions: &Conventions) -> Parsed {
        let mut parsed = fields::parse(entry, segments, conventions);
        if !segments.is_empty() {
            parsed.confidence = self.model.reference_confidence(parsed.confidence);
        }
        parsed
    }

    /// A first pass over all entries, from which the list's style is made, and a second that knows it.
    fn block_segments(&self, entries: &[Entry]) -> Vec<Vec<Segment>> {
        if self.single_pass {
            return map_all_with(entries, Scratch::default, |scratch, entry| {
                if unlabelled(entry).is_some() {
                    return Vec::new();
                }
                self.segment(entry, scratch);
                scratch.segments.clone()
            });
        }
        let drafts = map_all_with(entries, Scratch::default, |scratch, entry| {
            if unlabelled(entry).is_some() {
                return None;
            }
            tokens::tokenize_into(entry, &mut scratch.tokens);
            let draft = label::draft(self.model, entry, &scratch.tokens, &mut scratch.label);
            Some((scratch.tokens.clone(), draft))
        });
        let known: Vec<&label::Draft> = drafts.iter().flatten().map(|(_, draft)| draft).collect();
        let style = label::Style::of(known.iter().copied());
        let memory = || (Scratch::default(), style.clone());
        let drafted: Vec<_> = entries.iter().zip(&drafts).collect();
        map_all_with(&drafted, memory, |(scratch, style), (entry, draft)| {
            let Some((tokens, draft)) = draft else { return Vec::new() };
            let (model, label) = (self.model, &mut scratch.label);
            label::list_segments(model, entry, tokens, draft, style, label, &mut scratch.segments);
            scratch.segments.clone()
        })
    }

    fn segment(&self, entry: &Entry, scratch: &mut Scratch) {
        tokens::tokenize_into(entry, &mut scratch.tokens);
        let segments = if self.single_pass { label::first_segments } else { label::segments };
        segments(self.model, entry, &scratch.tokens, &mut scratch.label, &mut scratch.segments);
    }
}

impl ReferenceList {
    fn append(&mut self, title: Option<String>, place: Span, parser: &Parser<'_>, entries: &[Entry]) {
        let start = self.entries.len();
        parser.assemble_into(&mut self.entries, entries, parser.segments(entries));
        self.places.extend(entries.iter().map(|entry| entry.place));
        self.labels.extend(entries.iter().map(|entry| entry.label.clone()));
        self.lists.push(List { title, place, entries: start..self.entries.len() });
    }

    /// Reads the entries of lists.
    fn read(&mut self, parser: &Parser<'_>, document: &Document, found: &[FoundList], entries: &[Vec<Entry>]) {
        // Notes with nothing but talk between them are several lists, and point to each other all the same.
        let (mut open, mut in_notes) = (0, false);
        for (at, (found, split)) in found.iter().zip(entries).enumerate() {
            let of_notes = found.reason == section::Reason::Footnotes;
            if !(of_notes && in_notes) {
                self.resolve_lists(&entries[open..at]);
                open = at;
            }
            in_notes = of_notes;
            self.append(found.title.clone(), document.place(found.span), parser, split);
        }
        self.resolve_lists(&entries[open..]);
        self.tell_repeats();
    }

    /// The same for the entries of lists that point to each other. Those of one list need not be copied for it.
    fn resolve_lists(&mut self, lists: &[Vec<Entry>]) {
        match lists {
            [list] => self.resolve(list),
            several => self.resolve(&several.concat()),
        }
    }

    /// Gives the entries that were added since the last call, parsed from `entries`, what they point back to.
    fn resolve(&mut self, entries: &[Entry]) {
        let start = self.repeats.len();
        let repeats = fields::resolve_repeated(&mut self.entries[start..], entries).into_iter();
        self.repeats.extend(repeats.map(|repeat| repeat.map(|repeat| Repeat { of: repeat.of + start, ..repeat })));
    }

    fn tell_repeats(&mut self) {
        let (again, all) = (self.repeats.iter().flatten().count(), self.entries.len());
        if again > 0 {
            let message = format!("{again} of {all} entries cite the work of an earlier entry again");
            let help = "each work is one record; `reflist find --json` shows which entries they are";
            self.diagnostics.push(Diagnostic::warning("parse::cited-again", message).with_help(help));
        }
    }
}

/// Reads one reference with the embedded model.
///
/// ```
/// let parsed = reflist::parse_reference("Allison, R. (2018). Russia, the West, and military intervention. Oxford University Press.");
/// assert_eq!(parsed.record.title().unwrap().to_string(), "Russia, the West, and military intervention");
/// ```
#[must_use]
pub fn parse_reference(text: &str) -> Parsed {
    Parser::new(Model::embedded()).parse_reference(text)
}

/// Finds and reads the references of a document with the embedded model.
///
/// ```
/// use reflist::Document;
/// let article = b"# References\n\n- Brown, K. (2021). *China and the new world order*. Polity Press.\n- Lo, B. (2019). *Axis of convenience*. Brookings.\n";
/// let list = reflist::parse_document(&Document::from_markdown(article));
/// assert_eq!(list.entries.len(), 2);
/// assert_eq!(list.lists[0].title.as_deref(), Some("References"));
/// ```
#[must_use]
pub fn parse_document(document: &Document) -> ReferenceList {
    Parser::new(Model::embedded()).parse_document(document)
}

/// What comes of an entry that is not labelled: a blank one, and one that is too long.
fn unlabelled(entry: &Entry) -> Option<Parsed> {
    let characters = entry.text.chars().take(LONGEST_ENTRY + 1).count();
    let too_long = characters > LONGEST_ENTRY;
    if characters > 0 && !too_long {
        return None;
    }
    let mut parsed = Parsed { source: entry.text.clone(), ..Parsed::default() };
    parsed.record = Record::new("", Kind::Document);
    if too_long {
        parsed.record.set(Variable::Note, entry.text.as_str());
        parsed.fields.push(Field::new(Variable::Note, Span::new(0, entry.text.len()), 0.0));
        let message = format!("the entry has more than {LONGEST_ENTRY} characters; it was kept as a note");
        let help = "divide it into one reference a line, or leave out what is no reference";
        parsed.diagnostics.push(Diagnostic::warning("parse::too-long", message).with_help(help));
    }
    Some(parsed)
}

/// Maps all items, on all cores where the feature `parallel` is on; the order stays.
fn map_all<T: Sync, U: Send>(items: &[T], map: impl Fn(&T) -> U + Sync + Send) -> Vec<U> {
    map_all_with(items, || (), |(), item| map(item))
}

/// The same, with working memory for each worker.
#[cfg(feature = "parallel")]
fn map_all_with<T: Sync, U: Send, S>(
    items: &[T],
    memory: impl Fn() -> S + Sync + Send,
    map: impl Fn(&mut S, &T) -> U + Sync + Send,
) -> Vec<U> {
    use rayon::prelude::*;
    items.par_iter().with_min_len(16).map_init(memory, map).collect()
}

/// The same, with working memory for each worker.
#[cfg(not(feature = "parallel"))]
fn map_all_with<T, U, S>(items: &[T], memory: impl Fn() -> S, map: impl Fn(&mut S, &T) -> U) -> Vec<U> {
    let mut memory = memory();
    items.iter().map(|item| map(&mut memory, item)).collect()
}
