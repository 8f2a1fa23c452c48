//! Turns the reference list of an article into typed bibliographic records, and converts records among formats.
//!
//! # One reference
//!
//! ```
//! let parsed = reflist::parse_reference("Baker, C. (2021). Military competition. *Security Studies*, 29(3), 52–67.");
//! assert_eq!(parsed.record.issued().unwrap().year(), Some(2021));
//! ```
//!
//! # An article
//!
//! ```
//! use reflist::Document;
//! let article = "Towns grow (Baker, 2021).\n\n# References\n\n- Baker, C. (2021). *Towns*. Hill Press.\n- Lo, B. (2019). *Roads*. Plon.\n";
//! let list = reflist::parse_document(&Document::from_markdown(article.as_bytes()));
//! assert_eq!(list.entries.len(), 2);
//! ```
//!
//! # A record, and what a format holds of it
//!
//! ```
//! use reflist::{Kind, Record, Variable, formats::WriteOptions};
//! let mut record = Record::new("eliot1871", Kind::Book);
//! record.set(Variable::Title, "Middlemarch");
//! record.set(Variable::Issued, "1871/1872");
//! let (bibliography, losses) = reflist::biblatex::write(&[record], &WriteOptions::default());
//! assert!(bibliography.contains("date = {1871/1872}") && losses.is_empty());
//! ```
//!
//! # Where to go on
//!
//! - [`parse`]: from a document to its references; [`Parser`] takes a model of your own.
//! - [`Record`], [`Variable`], [`Kind`], [`Value`]: the typed model that everything meets in.
//! - [`bibtex`], [`biblatex`], [`csl_json`], [`ris`], [`jsonl`]: one module a format, each with `read` and `write`; [`formats`] is the table.
//! - [`document`]: bytes to text with structure.
//! - [`embedded`]: what a reference manager left in a document, against the printed list.
//! - [`citations`]: in-text citations found, linked to records, and rewritten.
//!
//! Reading never fails: what is wrong with an input is a [`Diagnostic`], and the rest is kept. The library prints nothing, opens no
//! file, and gives the same output for the same input on every machine.

// Rules of the library alone: tests, examples and benches may print and unwrap.
// A link to what is private serves whoever reads the code.
#![allow(rustdoc::private_intra_doc_links)]
#![warn(missing_docs, unreachable_pub)]
#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::print_stdout,
        clippy::print_stderr,
        clippy::dbg_macro,
        clippy::todo,
        clippy::unimplemented
    )
)]

pub mod citations;
#[cfg(feature = "cli")]
pub mod cli;
mod diagnostic;
pub mod document;
pub mod embedded;
mod error;
pub mod formats;
pub mod parse;
mod record;
mod span;
pub mod text;

pub use diagnostic::{Diagnostic, Ignore, Level, Place, Sink};
pub use document::Document;
pub use error::Error;
pub use formats::{biblatex, bibtex, csl_json, jsonl, ris};
pub use parse::{Parser, ReferenceList, parse_document, parse_reference};
pub use record::*;
pub use span::{LineIndex, Span, line_column};
