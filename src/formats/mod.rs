//! The formats that records are read from and written to: the table, one line each.
//!
//! A format is a folder: `mapping.rs` holds the table that both directions use, `read.rs` and `write.rs` the directions, `mod.rs` the
//! [`Format`] that stands in [`FORMATS`]. A format knows the record and the text below it, never a stage or another format (BibLaTeX
//! shares BibTeX's syntax).

pub mod biblatex;
pub mod bibtex;
pub mod csl_json;
mod field_lines;
pub mod jsonl;
mod records;
pub mod ris;

use std::io;

use crate::diagnostic::{Diagnostic, Sink};
use crate::record::{Kind, Loss, Record, Variable};

pub use records::Records;
pub(crate) use records::Steps;
#[cfg(feature = "parallel")]
pub(crate) use records::{Event, Queue};

/// Every format, in the order of `reflist formats`.
pub const FORMATS: &[&Format] = &[&bibtex::FORMAT, &biblatex::FORMAT, &csl_json::FORMAT, &ris::FORMAT, &jsonl::FORMAT];

/// Appends one record to `out` and reports what the reader of this format will not get back.
pub type Write = fn(record: &Record, options: &WriteOptions, out: &mut String, losses: &mut dyn Sink<Loss>);

/// One format.
#[derive(Debug)]
#[non_exhaustive]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// File extensions, without the dot; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// Media type.
    pub media_type: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether the beginning of a text looks like it; for files whose extension does not tell.
    pub sniff: fn(&str) -> bool,
    /// A new reader: see [`Format::read`] and [`Format::records`].
    pub(crate) reader: fn() -> Box<dyn Steps + Send>,
    /// The writer of one record.
    pub write: Write,
    /// What stands before the first record, between two, and behind the last.
    pub frame: Frame,
    /// What it can hold of a variable in a record of a kind.
    pub holds: fn(Kind, Variable) -> Capability,
}

/// What encloses the records of an output.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame {
    /// Before the first record.
    pub begin: &'static str,
    /// Between two records.
    pub between: &'static str,
    /// Behind the last record.
    pub end: &'static str,
    /// Stands for begin and end where there is no record at all.
    pub empty: &'static str,
}

/// What a format holds of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Capability {
    /// Nothing.
    Not,
    /// A poorer form (plain text of rich text, a joined title).
    Partly,
    /// All of it.
    Wholly,
}

/// How records are written.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct WriteOptions {
    /// For which program the output is made. It may bend the format's own model, and reports what it bends.
    pub target: Target,
    /// Writes ASCII only, with TeX commands for all other characters (BibTeX and BibLaTeX).
    pub ascii: bool,
    /// Which words of titles are protected from recasing (BibTeX and BibLaTeX).
    pub protect: Protect,
}

/// The program that an output is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Target {
    /// Whatever obeys the format's own model.
    #[default]
    Standard,
    /// Zotero's importers.
    Zotero,
}

/// What is protected from recasing in titles, beside what the record marks as such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Protect {
    /// Words with a capital behind their first letter ("DNA", "McCarthy").
    #[default]
    Words,
    /// The whole title.
    Title,
    /// Nothing.
    None,
}

/// The format of this name or alias.
///
/// ```
/// assert!(reflist::formats::by_name("no-such-format").is_none());
/// ```
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name || format.aliases.contains(&name))
}

/// The format that a file extension (without the dot, in any case) stands for.
#[must_use]
pub fn by_extension(extension: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// Reads all of `bytes`.
///
/// Every format has a module with a `read` of this form.
#[must_use]
pub fn read_all(format: &Format, bytes: &[u8]) -> (Vec<Record>, Vec<Diagnostic>) {
    let mut records = Vec::new();
    let mut diagnostics = Vec::new();
    let mut input = bytes;
    if let Err(error) = format.read(&mut input, &mut records, &mut diagnostics) {
        diagnostics.push(Diagnostic::error("formats::unreadable", error.to_string()));
    }
    (records, diagnostics)
}

/// Writes records as they come to anything that takes bytes, with the frame around them; losses go to `losses`.
///
/// ```
/// use reflist::formats::{self, csl_json, ris};
/// let input = "TY  - BOOK\nTI  - Middlemarch\nER  - \n";
/// let records = ris::FORMAT.records(input.as_bytes());
/// let mut out = Vec::new();
/// formats::write_to(&csl_json::FORMAT, records, &Default::default(), &mut out, &mut reflist::Ignore)?;
/// assert!(out.starts_with(b"[\n  {\n    \"id\""));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// The first error of the records or of `out`; what was written before it stays.
pub fn write_to(
    format: &Format,
    records: impl IntoIterator<Item = io::Result<Record>>,
    options: &WriteOptions,
    out: &mut dyn io::Write,
    losses: &mut dyn Sink<Loss>,
) -> io::Result<()> {
    let mut text = String::new();
    let mut is_first = true;
    for record in records {
        text.push_str(if is_first { format.frame.begin } else { format.frame.between });
        (format.write)(&record?, options, &mut text, losses);
        out.write_all(text.as_bytes())?;
        text.clear();
        is_first = false;
    }
    out.write_all(if is_first { format.frame.empty } else { format.frame.end }.as_bytes())
}

/// Writes all of `records` as one text.
#[must_use]
pub fn write_all(format: &Format, records: &[Record], options: &WriteOptions) -> (String, Vec<Loss>) {
    let mut out = String::new();
    let mut losses = Vec::new();
    if records.is_empty() {
        return (format.frame.empty.to_owned(), losses);
    }
    out.push_str(format.frame.begin);
    for (at, record) in records.iter().enumerate() {
        if at > 0 {
            out.push_str(format.frame.between);
        }
        (format.write)(record, options, &mut out, &mut losses);
    }
    out.push_str(format.frame.end);
    (out, losses)
}
