//! The reference list → its entries.
//!
//! How a list tells its entries apart is a manner that the whole list shares: numbers, labels, bullets, blank lines, hanging indents,
//! one a line, or nothing but the way references begin. Each manner is a strategy, one file each; each proposes a split of the whole
//! list, and [`choose`] takes the one that the evidence of all lines together likes best.
//!
//! An entry may hold several works, as in lists of chemists and in footnotes: each becomes an [`Entry`] of its own. [`inner`] cuts them.

mod agree;
pub(crate) mod back;
mod build;
mod choose;
mod inner;
mod lead;
mod lines;
mod parts;
mod strategies;
mod works;

pub use lines::{from_line, from_lines};

use crate::document::Document;
use crate::parse::section::{self, FoundList, Labeller};
use crate::span::Span;
use crate::text::Mark;

/// One reference as printed: what the labeller reads.
///
/// White space is folded to single blanks, markup is removed (it is in `marks`), the label in front ("\[12\]") is taken off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Entry {
    /// The reference as printed.
    pub text: String,
    /// The marks on it, in bytes of `text`, sorted by start.
    pub marks: Vec<Mark>,
    /// Whether the source could have marked it: "not italic" is evidence only then. False for plain text.
    pub marks_known: bool,
    /// The bytes of the source document that it came from.
    pub place: Span,
    /// The label in front, without brackets and stop: "12" of "\[12\]", "Kop93" of "\[Kop93\]". Of several works under one label each
    /// has that label, with its letter where one is printed: "3a" of "\[3\] a)".
    pub label: Option<String>,
    /// The identifier that the source gives it and does not print: the key of a `\\bibitem`, the `id` of an HTML item or a JATS `ref`.
    pub key: Option<String>,
    /// Whether it is a further work of the entry before it, behind a semicolon: its names may have been printed there.
    pub further: bool,
}

impl Entry {
    /// An entry that is all there is: white space folded, no marks, no label.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        let folded: Vec<&str> = text.split_whitespace().collect();
        Self { text: folded.join(" "), place: Span::new(0, text.len()), ..Self::default() }
    }
}

/// Splits a list that [`section::find`] found, by looks alone; [`Parser::split`](crate::parse::Parser::split) asks the labeller, too.
///
/// Entries come in the list's order, hyphenation undone where it is certain, labels in [`Entry::label`]. Linear in the list's length.
///
/// # Example
///
/// ```
/// use reflist::document::Document;
/// use reflist::parse::{entries, section};
/// let text = b"References\n\n[1] Baker, C. (2021). Towns. Oxford: Clarendon\n    Press.\n[2] Clark, S. (2019). Roads. Paris: Plon.\n";
/// let document = Document::from_plain(text);
/// let (lists, _) = section::find(&document);
/// let entries = entries::split(&document, &lists[0]);
/// assert_eq!(entries[0].text, "Baker, C. (2021). Towns. Oxford: Clarendon Press.");
/// assert_eq!(entries[1].label.as_deref(), Some("2"));
/// ```
#[must_use]
pub fn split(document: &Document, list: &FoundList) -> Vec<Entry> {
    split_with(document, list, None)
}

/// The same, with a labeller to ask where looks are not certain.
#[must_use]
pub fn split_with(document: &Document, list: &FoundList, labeller: Option<&dyn Labeller>) -> Vec<Entry> {
    let agreed = agree::agree(document, &list.lines);
    let starts = choose::choose(document, &agreed);
    let (lines, beginnings) = inner::refine(document, &agreed, &starts, labeller);
    build::entries(document, &lines, &beginnings)
}

/// How the entries of a list are told apart: `numbers`, `labels`, `items`, `hanging`, `blanks`, `each line`, or `model` when only the
/// way references begin tells them.
#[must_use]
pub fn manner(document: &Document, list: &FoundList) -> &'static str {
    choose::best(document, &agree::agree(document, &list.lines)).map_or("model", |(strategy, _)| strategy.name)
}

/// Takes a whole text as one list: what `-f list` does. Asterisks are characters, a heading on the first line is left out.
///
/// ```
/// use reflist::parse::entries;
/// let list = "Baker, C. (2021). Towns. Oxford: Clarendon Press.\nClark, S. (2019). Roads. Paris: Plon.\n";
/// assert_eq!(entries::from_list(list).len(), 2);
/// ```
#[must_use]
pub fn from_list(text: &str) -> Vec<Entry> {
    from_list_with(text, None)
}

/// The same, with a labeller to ask where looks are not certain.
#[must_use]
pub fn from_list_with(text: &str, labeller: Option<&dyn Labeller>) -> Vec<Entry> {
    let document = Document::from_plain(text.as_bytes());
    section::whole(&document).map(|list| split_with(&document, &list, labeller)).unwrap_or_default()
}
