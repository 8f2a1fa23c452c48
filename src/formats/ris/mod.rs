//! RIS: tagged lines, the format that every reference manager and database exports.
//!
//! Entry points: [`read`], [`mod@write`], and [`FORMAT`] for whoever takes formats from a table.
//!
//! A file is a list of lines `TI  - Middlemarch`: two characters, two blanks, a hyphen, a blank, a value. `TY` opens a record, `ER`
//! closes it. What a tag means depends on the type; the table is in `mapping.rs`.
//!
//! # What is accepted beyond the specification
//!
//! One blank or a tab in front of the hyphen, small letters, blanks in front of the line; values that go on without a tag; a missing
//! `TY` or `ER`; repeated and unknown tags; lines between records; HTML's character references and markup; the dates of every vendor
//! (`2021/04/30/`, `AUG` beside `PY`, `Apr 30 2021`); the whole range in `SP`; several numbers in one `SN`; keywords in one `KW`;
//! "et al." as a name; any encoding and any line end. What has no variable is kept, tag and value, and written back to RIS.
//!
//! # What is written
//!
//! What EndNote, Zotero and Mendeley share, with CRLF; text without markup, since only Zotero knows it. What RIS has no tag for goes to
//! lines `M2  - name: value` (`M2  - original-date: 1959`, `M2  - type: preprint`). With [`Target::Zotero`](super::Target::Zotero) the
//! pages of a book, an odd date, a type of work and the proceedings of a paper go where Zotero looks for them, and texts have markup.
//!
//! # Diagnostics
//!
//! `ris::missing-type`, `ris::missing-er`, `ris::unknown-type`, `ris::unknown-tag`, `ris::second-value`, `ris::bad-date`,
//! `ris::orphan-line`, and those of the encoding.

mod builder;
mod dates;
mod lines;
mod mapping;
mod names;
mod read;
mod write;

use super::{Capability, Format, Frame, WriteOptions};
use crate::diagnostic::Diagnostic;
use crate::record::{Kind, Loss, Record, ValueType, Variable};

/// RIS.
pub static FORMAT: Format = Format {
    name: "ris",
    aliases: &["refman", "endnote-ris"],
    extensions: &["ris"],
    media_type: "application/x-research-info-systems",
    about: "RIS, the exchange format of reference managers",
    sniff,
    reader: || Box::new(read::Stream::default()),
    write: write::write,
    frame: Frame { begin: "", between: "\r\n", end: "", empty: "" },
    holds,
};

/// Reads every record of `bytes`.
///
/// ```
/// let (records, diagnostics) = reflist::formats::ris::read(b"TY  - BOOK\nAU  - Eliot, George\nTI  - Middlemarch\nPY  - 1871\nER  - \n");
/// assert_eq!(records[0].title().unwrap().to_string(), "Middlemarch");
/// assert_eq!(records[0].issued().unwrap().year(), Some(1871));
/// assert!(diagnostics.is_empty());
/// ```
#[must_use]
pub fn read(bytes: &[u8]) -> (Vec<Record>, Vec<Diagnostic>) {
    super::read_all(&FORMAT, bytes)
}

/// Writes all of `records`, and reports what a reader of RIS will not get back.
///
/// ```
/// use reflist::{Kind, Record, Variable};
/// let mut record = Record::new("a", Kind::ArticleJournal);
/// record.set(Variable::Page, "98-114");
/// let (text, losses) = reflist::formats::ris::write(&[record], &Default::default());
/// assert_eq!(text, "TY  - JOUR\r\nID  - a\r\nSP  - 98\r\nEP  - 114\r\nER  - \r\n");
/// assert!(losses.is_empty());
/// ```
#[must_use]
pub fn write(records: &[Record], options: &WriteOptions) -> (String, Vec<Loss>) {
    super::write_all(&FORMAT, records, options)
}

/// A `TY` line among the first.
fn sniff(text: &str) -> bool {
    text.lines().take(50).filter_map(lines::tagged).any(|(tag, value)| tag == *b"TY" && !value.is_empty())
}

/// Numbers, dates and identifiers come back whole, by their tag or by a line; the rest without formats.
fn holds(kind: Kind, variable: Variable) -> Capability {
    use Variable as V;
    match variable.value_type() {
        ValueType::Number | ValueType::Date | ValueType::Identifier | ValueType::Identifiers => Capability::Wholly,
        // A film's author is its director.
        ValueType::Names if is_film(kind) && matches!(variable, V::Author | V::Director) => Capability::Not,
        _ => Capability::Partly,
    }
}

fn is_film(kind: Kind) -> bool {
    mapping::type_of(kind).shape == mapping::Shape::Film
}
