//! In-text citations: found in a document, linked to the entries of its list, reported, rewritten.
//!
//! ```text
//! Document ── find ──▶ [Citation] ── link ──▶ Links ──▶ report   (findings: text, JSON, GitHub, HTML)
//! [Reference] ─────────────┘                    └─────▶ rewrite  (pandoc, BibLaTeX, natbib, Typst)
//! ```
//!
//! - [`Reference`]: an entry of the list as citations see it: its record, its printed number or label, its text.
//! - [`find`]: every [`Citation`] with its place, its style and its [`Item`]s, one an entry that is cited.
//! - [`link`]: for each item a [`Verdict`]: linked, ambiguous, or missing with the entries that are near; and the entries that nothing
//!   cites.
//! - [`Report`]: the findings of both directions.
//! - [`rewrite`]: the source with its citations in another syntax; not another byte changes.
//!
//! # What is found
//!
//! - **author and year**: `(see Smith & Jones, 2020a, b, p. 3; cf. WHO 2019)`, `Smith’s (2020)`, `Smith [1905] 2020`.
//! - **numbers**: `[3–5, 9]`, `(12)`, superscripts; only where the list is numbered or the document counts.
//! - **labels**: `[Kop93]`.
//! - **notes**: short forms in footnotes, `Smith, *Title*, 45`, *ibid.*, *op. cit.*
//! - **keys**: `\parencite[45]{key}`, `[@key, p. 45]`, `#cite(<key>)`.
//! - **fields** of reference managers in word-processor files.
//!
//! The list helps to find: a name and a year that an entry has are a citation whatever stands around; without an entry the form must
//! speak for itself, and be the document's habit. So dates, statutes, figures and intervals in brackets stay what they are.
//!
//! # What is not
//!
//! Nothing is looked up elsewhere, and no citation is linked by its sense.

mod author_year;
mod fields;
mod fold;
mod index;
mod keys;
mod link;
mod locator;
mod names;
mod notes;
mod numbers;
mod report;
mod rewrite;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

pub use link::{Difference, Links, Near, Verdict, link};
pub use locator::{Locator, LocatorKind};
pub use report::{Entry, Finding, Report};
pub use rewrite::{Rewrite, Target, rewrite};

use crate::document::{BlockKind, Document};
use crate::record::Record;
use crate::span::Span;
use index::Index;

/// An entry of a reference list, as citations see it.
///
/// ```
/// use reflist::citations::Reference;
/// use reflist::{Kind, Record};
/// let record = Record::new("smith2020", Kind::Book);
/// let reference = Reference::new(&record).with_label("12").with_printed("Smith, J. (2020). A book.");
/// assert_eq!(reference.printed_number(), Some(12));
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Reference<'a> {
    /// What the entry says.
    pub record: &'a Record,
    /// The label that the list prints in front of it: "12", "\[12\]", "Kop93".
    pub label: Option<&'a str>,
    /// Its bytes in [`Document::source`], where the list is in the document.
    pub place: Option<Span>,
    /// The entry as printed; empty if it came from a bibliography.
    pub printed: &'a str,
}

impl<'a> Reference<'a> {
    /// An entry without label, place and text.
    #[must_use]
    pub const fn new(record: &'a Record) -> Self {
        Self { record, label: None, place: None, printed: "" }
    }

    /// With the label or number that the list prints.
    #[must_use]
    pub const fn with_label(mut self, label: &'a str) -> Self {
        self.label = Some(label);
        self
    }

    /// With its place in the document's source.
    #[must_use]
    pub const fn at(mut self, place: Span) -> Self {
        self.place = Some(place);
        self
    }

    /// With its text as printed.
    #[must_use]
    pub const fn with_printed(mut self, printed: &'a str) -> Self {
        self.printed = printed;
        self
    }

    /// The label as a number: "12", "12.", "\[12\]", "(12)"; of "12a", a work under a number, the number.
    #[must_use]
    pub fn printed_number(&self) -> Option<u32> {
        let label = self.label?.trim_matches(|c: char| !c.is_alphanumeric());
        let label = label.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(label);
        label.bytes().all(|byte| byte.is_ascii_digit()).then(|| label.parse().ok()).flatten()
    }
}

/// The way in which a [`Citation`] points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Style {
    /// By author and year.
    AuthorYear,
    /// By a number in brackets.
    Number,
    /// By a raised number.
    Superscript,
    /// By a label: `[Kop93]`.
    Label,
    /// By a short form in a note.
    Note,
    /// By a citation key of LaTeX.
    LatexKey,
    /// By a citation key of pandoc's Markdown.
    PandocKey,
    /// By a citation key of Typst.
    TypstKey,
    /// By a field of a reference manager.
    Field,
}

impl Style {
    /// The name in reports: `author-year`, `number`, ….
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AuthorYear => "author-year",
            Self::Number => "number",
            Self::Superscript => "superscript",
            Self::Label => "label",
            Self::Note => "note",
            Self::LatexKey => "latex-key",
            Self::PandocKey => "pandoc-key",
            Self::TypstKey => "typst-key",
            Self::Field => "field",
        }
    }
}

/// How a [`Citation`] stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// In brackets or raised, apart from the sentence: "(Smith, 2020)".
    Parenthetical,
    /// The names are part of the sentence: "Smith (2020)".
    Narrative,
    /// Neither: "see Smith 2020, p. 45" in a note.
    Bare,
}

/// One citation: a pair of brackets with all that it cites, or names with a year behind them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Citation {
    /// The way in which it points.
    pub style: Style,
    /// How it stands in its sentence.
    pub form: Form,
    /// Its bytes in [`Document::text`], brackets included.
    pub span: Span,
    /// Its bytes in [`Document::source`].
    pub place: Span,
    /// What it cites, in order; at least one.
    pub items: Vec<Item>,
}

/// One work that a [`Citation`] points to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Item {
    /// Its bytes in [`Document::text`]: names, year and locator.
    pub span: Span,
    /// Words in front of it: "see", "cf.".
    pub prefix: String,
    /// The bytes of the prefix in [`Document::text`].
    pub prefix_span: Span,
    /// The names as printed, without "et al.".
    pub names: Vec<String>,
    /// Another form of the name: "NIOSH" of "National Institute … \[NIOSH\] (2007)", or for an abbreviation what the text says it
    /// stands for.
    pub other_form: Option<String>,
    /// Whether "et al." or its like follows the names.
    pub et_al: bool,
    /// Whether the names stand with an earlier item: the second of "Smith 2019, 2020".
    pub names_before: bool,
    /// Whether the names end with "’s": "Smith’s (2020)".
    pub possessive: bool,
    /// The year.
    pub year: Option<Year>,
    /// The number, of numeric styles.
    pub number: Option<u32>,
    /// Which of the works under that number, from 0: "\[3\]" cites every one, an item each.
    pub work: usize,
    /// The key or the label.
    pub key: Option<String>,
    /// The short title, in notes.
    pub title: Option<String>,
    /// Page, chapter and the like.
    pub locator: Option<Locator>,
    /// Words behind it: "my translation".
    pub suffix: String,
    /// The bytes of the suffix in [`Document::text`].
    pub suffix_span: Span,
}

/// The year of an [`Item`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Year {
    /// The number; `None` for "n.d.", "in press".
    pub number: Option<i32>,
    /// Another year that stands with it: 1900 of "1900/1953".
    pub other: Option<i32>,
    /// The letter of "2020a".
    pub letter: Option<char>,
    /// As printed: "2020a", "in press"; for a letter alone, the "b" of "2020a, b", with its year.
    pub printed: String,
}

impl Item {
    /// The item as a person would write it in a list: "Miller & Wang, 2021, p. 108", "\[7\]".
    ///
    /// ```
    /// use reflist::citations::{Reference, find};
    /// use reflist::document::Document;
    /// let document = Document::from_plain(b"So it is (see Miller and Wang 2021: 108; Lo et al. 2019).");
    /// let citations = find(&document, &[], &[]);
    /// let items: Vec<String> = citations[0].items.iter().map(|item| item.to_string()).collect();
    /// assert_eq!(items, ["Miller & Wang, 2021, p. 108", "Lo et al., 2019"]);
    /// ```
    fn describe(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(number) = self.number {
            write!(f, "[{number}]")?;
        } else if let (Some(key), true) = (&self.key, self.names.is_empty()) {
            f.write_str(key)?;
        }
        for (at, name) in self.names.iter().enumerate() {
            let between = match at {
                0 => "",
                _ if at + 1 == self.names.len() && !self.et_al => " & ",
                _ => ", ",
            };
            write!(f, "{between}{name}")?;
        }
        if self.et_al {
            f.write_str(" et al.")?;
        }
        let mut between = if self.names.is_empty() && !self.et_al { "" } else { ", " };
        for part in [&self.title, &self.year.as_ref().map(|year| year.printed.clone())].into_iter().flatten() {
            write!(f, "{between}{part}")?;
            between = ", ";
        }
        match &self.locator {
            Some(locator) => write!(f, ", {locator}"),
            None => Ok(()),
        }
    }
}

impl std::fmt::Display for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.describe(f)
    }
}

/// The items of a citation, each with the one whose names it stands on (itself where it has names of its own).
fn whole_items(citation: &Citation) -> impl Iterator<Item = (&Item, &Item)> {
    let mut named: Option<&Item> = None;
    citation.items.iter().map(move |item| {
        let on = named.filter(|_| item.names_before).unwrap_or(item);
        named = Some(on);
        (item, on)
    })
}

/// Finds the citations of `document`, in the order of its text.
///
/// `lists` are the parts of [`Document::source`] that hold reference lists (the places of `parse::List`); they are not searched. `references` may be empty: then only
/// forms that speak for themselves are found.
///
/// Time is linear in the text.
///
/// # Example
///
/// ```
/// use reflist::citations::{Form, Reference, find};
/// use reflist::document::Document;
/// use reflist::{Kind, Name, Names, Record, Variable};
/// let mut record = Record::new("lo2019", Kind::Book);
/// record.set(Variable::Author, Names::new(vec![Name::person("Lo", "B.")]));
/// record.set(Variable::Issued, "2019");
/// let document = Document::from_markdown(b"Lo (2019, p. 102) sees it; in 2014 (May) nobody did.");
/// let citations = find(&document, &[Reference::new(&record)], &[]);
/// assert_eq!(citations.len(), 1);
/// assert_eq!(citations[0].form, Form::Narrative);
/// assert_eq!(document.slice(citations[0].span), "Lo (2019, p. 102)");
/// ```
#[must_use]
pub fn find(document: &Document, references: &[Reference<'_>], lists: &[Span]) -> Vec<Citation> {
    let mut index = Index::new(references);
    let blocks = searched(document, lists);
    let mut tokens = tokens::Tokens::new(document.text(), Span::default());
    for &(block, _) in &blocks {
        tokens.fill(block);
        names::learn_abbreviations(&tokens, &mut index);
    }
    let mut drafts = author_year::Drafts::default();
    let mut numbers = numbers::Drafts::default();
    let mut notes = Vec::new();
    for &(block, kind) in &blocks {
        tokens.fill(block);
        author_year::find(&tokens, &index, &mut drafts);
        numbers::find(&tokens, document, &index, block, &mut numbers);
        if kind == BlockKind::Footnote {
            notes::find(&tokens, &index, &mut notes);
        }
    }
    // What is surest comes first; what overlaps it is the same citation, found again.
    let fields = fields::find(document);
    let spans: Vec<Span> = blocks.iter().map(|&(block, _)| block).collect();
    let keys = keys::find(document, &index, &spans);
    let numbered = numbers.accepted(&index, drafts.confirmed());
    let by_author = drafts.accepted(numbered.len());
    let mut citations = without_overlaps(vec![fields, keys, by_author, numbered, notes]);
    for citation in citations.iter_mut().filter(|citation| citation.style != Style::LatexKey) {
        citation.place = document.place(citation.span);
    }
    citations
}

/// All citations in the order of the text; of those that overlap, the one of the earlier list, and of one list both.
fn without_overlaps(lists: Vec<Vec<Citation>>) -> Vec<Citation> {
    let mut all: Vec<(usize, Citation)> = lists
        .into_iter()
        .enumerate()
        .flat_map(|(rank, list)| list.into_iter().map(move |citation| (rank, citation)))
        .collect();
    all.sort_by_key(|(rank, citation)| (citation.span.start, *rank));
    let mut kept: Vec<(usize, Citation)> = Vec::with_capacity(all.len());
    // The furthest end of each rank so far.
    let mut ends = [0; 5];
    for (rank, citation) in all {
        if citation.span.is_empty() || ends[..rank].iter().all(|&end| end <= citation.span.start) {
            // Weaker finds that reach into this one give way.
            while kept.last().is_some_and(|(other, last)| *other > rank && last.span.end > citation.span.start) {
                kept.pop();
            }
            ends[rank] = ends[rank].max(citation.span.end);
            kept.push((rank, citation));
        }
    }
    kept.into_iter().map(|(_, citation)| citation).collect()
}

/// The parts of the text that are searched, and the kinds of their blocks: all blocks, less the lists.
fn searched(document: &Document, lists: &[Span]) -> Vec<(Span, BlockKind)> {
    let mut parts = Vec::new();
    for block in document.blocks() {
        let place = document.place(block.span);
        let mut rest = block.span;
        for list in lists.iter().filter(|list| list.start < place.end && place.start < list.end) {
            let start = text_offset(document, rest, list.start);
            if start > rest.start {
                parts.push((Span::new(rest.start, start), block.kind));
            }
            rest.start = text_offset(document, rest, list.end).max(rest.start);
        }
        if rest.start < rest.end {
            parts.push((rest, block.kind));
        }
    }
    parts
}

/// The offset in the text, within `part`, of what stands at `place` in the source; places grow with offsets.
fn text_offset(document: &Document, part: Span, place: usize) -> usize {
    let whole = document.place(part);
    if place <= whole.start {
        return part.start;
    }
    if place >= whole.end {
        return part.end;
    }
    let text = document.text();
    let (mut low, mut high) = (part.start, part.end);
    while low < high {
        let middle = low + (high - low) / 2;
        let middle = (low..=middle).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(low);
        let next = (middle + 1..=high).find(|&at| text.is_char_boundary(at)).unwrap_or(high);
        if document.place(Span::new(middle, next)).start < place {
            low = next;
        } else {
            high = middle;
        }
    }
    low
}
