//! BibTeX, and the syntax that it shares with BibLaTeX.
//!
//! [`FORMAT`] is the dialect of BibTeX's standard styles, [`super::biblatex::FORMAT`] that of BibLaTeX. Both read either.
//!
//! - `mapping` holds the fields, `entry_types` the entry types, `model` what BibLaTeX allows where.
//! - `names`, `dates` and `files` write the values that have a form of their own; [`crate::text::tex`] does all other text.

mod certain;
mod dates;
mod diagnose;
mod document;
mod entry;
mod entry_types;
mod files;
mod inherit;
mod macro_uses;
mod macros;
mod mapping;
mod model;
mod names;
mod packed;
mod read;
mod rules;
mod sniff;
pub mod syntax;
mod values;
mod write;
mod zotero;

use std::io::{self, BufRead};

use super::{Capability, Format, Frame, Steps, WriteOptions};
use crate::diagnostic::{Diagnostic, Sink};
use crate::record::{Kind, Loss, Record, ValueType, Variable};

pub use document::Document;
pub use macro_uses::MacroUses;
pub(crate) use mapping::Dialect;
pub(crate) use sniff::sniff;

/// BibTeX.
pub static FORMAT: Format = Format {
    name: "bibtex",
    aliases: &[],
    extensions: &[],
    media_type: "application/x-bibtex",
    about: "BibTeX, for the standard styles",
    // The name of the other dialect's table entry stands for both: either reads both.
    sniff: |_| false,
    reader: || Box::new(Reader),
    write: write_record,
    frame: FRAME,
    holds,
};

/// A blank line between entries, nothing around them.
pub(crate) const FRAME: Frame = Frame { begin: "", between: "\n", end: "", empty: "" };

/// Reads the records of a file of either dialect.
///
/// Reading never fails: a broken entry is kept with all that could be read of it, and a [`Diagnostic`] says where and what.
///
/// ```
/// let (records, diagnostics) = reflist::formats::bibtex::read(b"@book{eliot1871, title = {Middlemarch}, year = 1871}");
/// assert_eq!(records[0].title().unwrap().to_string(), "Middlemarch");
/// assert!(diagnostics.is_empty());
/// ```
#[must_use]
pub fn read(bytes: &[u8]) -> (Vec<Record>, Vec<Diagnostic>) {
    super::read_all(&FORMAT, bytes)
}

/// Writes records for BibTeX's standard styles.
///
/// ```
/// use reflist::{Kind, Record, Variable, formats::{WriteOptions, bibtex}};
/// let mut record = Record::new("eliot1871", Kind::Book);
/// record.set(Variable::Title, "Middlemarch");
/// let (text, losses) = bibtex::write(&[record], &WriteOptions::default());
/// assert_eq!(text, "@book{eliot1871,\n  title = {Middlemarch},\n}\n");
/// assert!(losses.is_empty());
/// ```
#[must_use]
pub fn write(records: &[Record], options: &WriteOptions) -> (String, Vec<Loss>) {
    super::write_all(&FORMAT, records, options)
}

/// A file of either dialect, which is read whole.
struct Reader;

impl Steps for Reader {
    fn step(
        &mut self,
        input: &mut dyn BufRead,
        records: &mut dyn Sink<Record>,
        diagnostics: &mut dyn Sink,
    ) -> io::Result<bool> {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        let decoded = crate::text::decode(&bytes);
        decoded.diagnostics.into_iter().for_each(|diagnostic| diagnostics.report(diagnostic));
        read::read(&decoded.text, records, diagnostics);
        Ok(false)
    }
}

/// Reads the records of a text that is decoded, and whose blocks are known.
#[cfg(feature = "cli")]
pub(crate) use read::read_blocks;

/// Appends one record in a dialect.
pub(crate) use write::write as write_in;

/// A record as the fields of an entry, and back, for those who have entries of another make.
#[cfg(feature = "biblatex")]
pub(crate) use {entry::read_fields as record, write::fields};

fn write_record(record: &Record, options: &WriteOptions, out: &mut String, losses: &mut dyn Sink<Loss>) {
    write_in(Dialect::Bibtex, record, options, out, losses);
}

/// BibTeX has one field for a title, which takes the subtitle in.
fn holds(_: Kind, variable: Variable) -> Capability {
    match variable.value_type() {
        ValueType::Title => Capability::Partly,
        _ => Capability::Wholly,
    }
}
