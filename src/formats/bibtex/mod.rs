//! BibTeX, and the syntax that it shares with BibLaTeX.
//!
//! [`FORMAT`] is the dialect of BibTeX's standard styles, [`super::biblatex::FORMAT`] that of BibLaTeX. Both read either.
//!
//! - `mapping` holds the fields, `entry_types` the entry types, `model` what BibLaTeX allows where.
//! - `names`, `dates` and `files` write the values that have a form of their own; [`crate::text::tex`] does all other text.

mod dates;
mod entry_types;
mod files;
mod mapping;
mod model;
mod names;
pub mod syntax;
pub(crate) mod write;
mod zotero;

use std::io::{self, BufRead};

use super::{Capability, Format, Frame, WriteOptions};
use crate::diagnostic::Sink;
use crate::record::{Kind, Loss, Record, Variable};

pub(crate) use mapping::Dialect;

/// BibTeX.
pub static FORMAT: Format = Format {
    name: "bibtex",
    aliases: &[],
    extensions: &[],
    media_type: "application/x-bibtex",
    about: "BibTeX, for the standard styles",
    sniff: |_| false,
    read,
    write: write_record,
    frame: FRAME,
    holds,
};

/// A blank line between entries, nothing around them.
pub(crate) const FRAME: Frame = Frame { begin: "", between: "\n", end: "", empty: "" };

/// Reads records.
pub(crate) fn read(_: &mut dyn BufRead, _: &mut dyn Sink<Record>, _: &mut dyn Sink) -> io::Result<()> {
    Ok(())
}

fn write_record(record: &Record, options: &WriteOptions, out: &mut String, losses: &mut dyn Sink<Loss>) {
    write::write(Dialect::Bibtex, record, options, out, losses);
}

fn holds(_: Kind, _: Variable) -> Capability {
    Capability::Wholly
}
