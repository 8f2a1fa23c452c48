//! BibLaTeX: the syntax of BibTeX with a richer data model.
//!
//! Output obeys that model, so that `biber --validate-datamodel` has nothing to say but what the source lacks. A variable that the
//! model has no field for in the entry's type is carried in `userf`, a field that every entry may have and that no standard style
//! prints: `userf = {publisher={ACM}}`. The reader unpacks it.

use super::bibtex::{self, Dialect};
use super::{Capability, Format, WriteOptions};
use crate::diagnostic::Sink;
use crate::record::{Kind, Loss, Record, Variable};

/// BibLaTeX.
pub static FORMAT: Format = Format {
    name: "biblatex",
    aliases: &["bib"],
    extensions: &["bib"],
    media_type: "application/x-bibtex",
    about: "BibLaTeX, for biber",
    sniff: |_| false,
    read: bibtex::read,
    write: write_record,
    frame: bibtex::FRAME,
    holds,
};

fn write_record(record: &Record, options: &WriteOptions, out: &mut String, losses: &mut dyn Sink<Loss>) {
    bibtex::write::write(Dialect::Biblatex, record, options, out, losses);
}

fn holds(_: Kind, _: Variable) -> Capability {
    Capability::Wholly
}
