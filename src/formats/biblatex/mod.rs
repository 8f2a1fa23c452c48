//! BibLaTeX: the syntax of BibTeX with a richer data model.
//!
//! Output obeys that model, so that `biber --validate-datamodel` has nothing to say but what the source lacks. A variable that the
//! model has no field for in the entry's type is carried in `userf`, a field that every entry may have and that no standard style
//! prints: `userf = {publisher={ACM}}`. The reader unpacks it.

#[cfg(feature = "biblatex")]
mod exchange;

use super::bibtex::{self, Dialect};
use super::{Capability, Format, WriteOptions};
use crate::diagnostic::{Diagnostic, Sink};
use crate::record::{Kind, Loss, Record, Variable};

/// BibLaTeX.
pub static FORMAT: Format = Format {
    name: "biblatex",
    aliases: &["bib"],
    extensions: &["bib"],
    media_type: "application/x-bibtex",
    about: "BibLaTeX, for biber",
    sniff: bibtex::sniff,
    reader: bibtex::FORMAT.reader,
    write: write_record,
    frame: bibtex::FRAME,
    holds,
};

/// Reads the records of a file of either dialect; the same as [`bibtex::read`].
#[must_use]
pub fn read(bytes: &[u8]) -> (Vec<Record>, Vec<Diagnostic>) {
    super::read_all(&FORMAT, bytes)
}

/// Writes records for BibLaTeX.
///
/// ```
/// use reflist::{Kind, Record, Variable, formats::{WriteOptions, biblatex}};
/// let mut record = Record::new("smith2020", Kind::ArticleJournal);
/// record.set(Variable::Issued, "2020-03");
/// record.set(Variable::Publisher, "ACM");
/// let (text, losses) = biblatex::write(&[record.clone()], &WriteOptions::default());
/// assert_eq!(text, "@article{smith2020,\n  date = {2020-03},\n  userf = {publisher={ACM}},\n}\n");
/// assert!(losses.is_empty());
/// assert_eq!(biblatex::read(text.as_bytes()).0, [record]);
/// ```
#[must_use]
pub fn write(records: &[Record], options: &WriteOptions) -> (String, Vec<Loss>) {
    super::write_all(&FORMAT, records, options)
}

fn write_record(record: &Record, options: &WriteOptions, out: &mut String, losses: &mut dyn Sink<Loss>) {
    bibtex::write_in(Dialect::Biblatex, record, options, out, losses);
}

/// Some titles have no field for a subtitle, or for an addition.
const fn holds(_: Kind, variable: Variable) -> Capability {
    match variable {
        Variable::CollectionTitle
        | Variable::EventTitle
        | Variable::VolumeTitle
        | Variable::PartTitle
        | Variable::OriginalTitle
        | Variable::ReviewedTitle
        | Variable::ReprintTitle => Capability::Partly,
        _ => Capability::Wholly,
    }
}
