//! Labels → fields: a labelled entry becomes a [`Parsed`].
//!
//! The labeller says which characters are the volume; this stage says what the volume is. One parser a kind of value, each forgiving,
//! since a span may have a stray comma, bracket or word at its edge. [`parse`] gives each span to its parser and builds the record;
//! [`resolve_repeated`] then fills in names that a list prints as a dash, and works that notes cite again; [`Conventions::of`] learns what the entries of a list have in
//! common before any is parsed.
//!
//! # Nothing lost, nothing invented
//!
//! Every character of the entry that is neither blank, nor a separator, nor one of the words that only connect ("In", "pp.",
//! "Retrieved from"), lies under the span of a field; what no field takes is kept as `note`. A value is what the span prints,
//! normalised, never completed: "112–8" is not expanded, capitals stay, a kind is derived from the fields alone.
//!
//! # Several spans of one label
//!
//! Names and notes are joined; dates fill each other's gaps; ISBNs and ISSNs are lists. Titles that only marks part are one title. Of
//! other values the first that is good is the value (of titles the longest), and the rest goes to the note.

mod assemble;
mod cited_again;
mod connectors;
mod conventions;
mod dates;
mod identifiers;
mod institutions;
mod kind;
mod language;
mod law;
mod names;
mod numbers;
mod pages;
mod repeated_author;
mod text;
mod words;

pub use cited_again::Repeat;
pub use conventions::{Conventions, NameOrder};
pub use repeated_author::resolve_repeated;

use super::entries::Entry;
use super::label::Segment;
use crate::record::Parsed;

/// Builds the record of a labelled entry.
///
/// `segments` are in the order of the text and do not overlap; a segment that breaks this is left out, and its text becomes a note.
/// `conventions` are what the list's entries share; [`Conventions::default`] for a reference of its own. Costs time linear in the
/// entry.
///
/// ```
/// use reflist::Span;
/// use reflist::parse::entries::Entry;
/// use reflist::parse::fields::{self, Conventions};
/// use reflist::parse::label::{Label, Segment};
/// let entry = Entry::plain("van Imhoff, E.; Keilman, N. (1991): Lipro 2.0.");
/// let segments = [
///     Segment::new(Label::Author, Span::new(0, 26), 0.99),
///     Segment::new(Label::Issued, Span::new(29, 33), 0.99),
///     Segment::new(Label::Title, Span::new(36, 45), 0.9),
/// ];
/// let parsed = fields::parse(&entry, &segments, &Conventions::default());
/// let authors = parsed.record.author().unwrap();
/// assert_eq!(authors.list[0].to_string(), "E. van Imhoff");
/// assert_eq!(authors.list[1].as_person().unwrap().family, "Keilman");
/// assert_eq!(parsed.record.issued().unwrap().year(), Some(1991));
/// ```
#[must_use]
pub fn parse(entry: &Entry, segments: &[Segment], conventions: &Conventions) -> Parsed {
    assemble::assemble(entry, segments, conventions)
}
