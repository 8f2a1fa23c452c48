//! CSL-JSON: the input of citation processors (Zotero, pandoc, citeproc).
//!
//! Entry points: [`read`], [`mod@write`], and [`FORMAT`] for whoever takes formats from a table. The written form obeys the schema of CSL
//! 1.0.2 ("csl-data.json"), which allows no member that it does not name; whatever CSL has no variable for stands in `custom`, so that
//! nothing is lost:
//!
//! ```json
//! {
//!   "id": "smith2020",
//!   "type": "document",
//!   "title": "Middlemarch: A study",
//!   "author": [{"family": "Smith", "given": "J."}],
//!   "custom": {
//!     "title": {"main": "Middlemarch", "sub": "A study"},
//!     "eprint-type": "arxiv",
//!     "et-al": ["author"],
//!     "native-kind": {"format": "biblatex", "name": "mvbook"},
//!     "extra": [{"format": "biblatex", "name": "userb", "raw": "x"}]
//!   }
//! }
//! ```
//!
//! - a member with the name of a variable is that variable's exact value: of variables that CSL lacks, and of values that CSL can only
//!   hold in a poorer form (a subtitle apart, a date such as `2004-06?`); it wins over the member outside;
//! - `et-al` names the lists of names that go on ("et al.");
//! - `native-kind` is the source format's own name of the type, `extra` what only the source format knows;
//! - all other members are those of other programs, kept.
//!
//! # What is read beyond the schema
//!
//! An array of items, one item, JSON Lines, `{"items": […]}`, and an object of items by their key. Numbers as strings and strings as
//! numbers; lists where one string should be, as Crossref writes them; dates as objects, as EDTF strings, as pandoc's `{"year": …}`;
//! names as strings; Zotero's names of types; markup in titles; lines `Name: value` in `note`, as Zotero and citeproc-js read them.
//! Unknown members are kept. What is no JSON costs the member that it stands in, and at most one item: each fault is a diagnostic with
//! its line and column, and the words are kept in [`Record::extra`](crate::Record::extra).
//!
//! # Diagnostics
//!
//! `csl-json::syntax`, `csl-json::stray-text`, `csl-json::encoding`, `csl-json::unknown-type`, `csl-json::second-member`.

mod dates;
mod eprint;
mod items;
mod mapping;
mod native;
mod note;
pub(crate) mod read;
pub(crate) mod write;
mod zotero;

use super::{Capability, Format, Frame, WriteOptions};
use crate::diagnostic::{Diagnostic, Sink};
use crate::record::{Kind, Loss, Record, Variable};

/// CSL-JSON.
pub static FORMAT: Format = Format {
    name: "csl-json",
    aliases: &["json", "csljson", "csl"],
    extensions: &["json"],
    media_type: "application/vnd.citationstyles.csl+json",
    about: "CSL-JSON, the input of citation processors",
    sniff,
    reader: || Box::new(read::Stream::default()),
    write: write_pretty,
    frame: Frame { begin: "[\n", between: ",\n", end: "\n]\n", empty: "[]\n" },
    holds,
};

/// Reads every item of `bytes`.
///
/// ```
/// let source = br#"[{"id": "a", "type": "book", "title": "Middlemarch", "issued": {"date-parts": [["1871"]]}}]"#;
/// let (records, diagnostics) = reflist::formats::csl_json::read(source);
/// assert_eq!(records[0].title().unwrap().to_string(), "Middlemarch");
/// assert_eq!(records[0].issued().unwrap().year(), Some(1871));
/// assert!(diagnostics.is_empty());
/// ```
#[must_use]
pub fn read(bytes: &[u8]) -> (Vec<Record>, Vec<Diagnostic>) {
    super::read_all(&FORMAT, bytes)
}

/// Writes all of `records` as one array. Losses come only from [`Target::Zotero`](super::Target::Zotero).
///
/// ```
/// use reflist::{Kind, Record, Variable};
/// let mut record = Record::new("a", Kind::Book);
/// record.set(Variable::Title, "Middlemarch");
/// let (text, losses) = reflist::formats::csl_json::write(&[record], &Default::default());
/// assert!(text.contains(r#""title": "Middlemarch""#) && losses.is_empty());
/// ```
#[must_use]
pub fn write(records: &[Record], options: &WriteOptions) -> (String, Vec<Loss>) {
    super::write_all(&FORMAT, records, options)
}

fn write_pretty(record: &Record, options: &WriteOptions, out: &mut String, losses: &mut dyn Sink<Loss>) {
    write::item(record, write::Layout::PRETTY, options, out, losses);
}

/// An array or an object, with members that only bibliographies have.
fn sniff(text: &str) -> bool {
    let head = text.trim_start_matches('\u{feff}').trim_start();
    let mut end = head.len().min(4096);
    while !head.is_char_boundary(end) {
        end -= 1;
    }
    let window = &head[..end];
    head.starts_with(['[', '{'])
        && !window.contains("\"record\"")
        && (["\"type\"", "\"id\"", "\"title\"", "\"items\""].iter().any(|member| window.contains(member))
            || head.trim_end() == "[]")
}

/// `custom` holds what CSL does not.
const fn holds(_: Kind, _: Variable) -> Capability {
    Capability::Wholly
}
