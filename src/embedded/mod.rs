//! What a reference manager left in a document, held against the list that is printed there.
//!
//! Zotero and Mendeley keep the CSL-JSON of what is cited in the fields of a word processor's document, Word keeps its own sources.
//! [`records`] reads them; [`compare`] says where the printed list says something else, and what of them it lacks. Neither side is
//! taken for the right one: lists are edited by hand after the last update, and data are often worse than what was printed.

mod bbl;
mod compare;
mod word;

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::diagnostic::Diagnostic;
use crate::document::{Document, DocumentKind, Payload, PayloadKind, bbl as biblatex};
use crate::formats::bibtex;
use crate::formats::csl_json;
use crate::record::Record;

pub use compare::compare;

/// The records inside the document, each once, in the order of the first citation; and what was wrong with them.
///
/// ```
/// use reflist::{Document, embedded};
/// let (records, diagnostics) = embedded::records(&Document::from_markdown(b"No word processor wrote this."));
/// assert!(records.is_empty() && diagnostics.is_empty());
/// ```
#[must_use]
pub fn records(document: &Document) -> (Vec<Record>, Vec<Diagnostic>) {
    let mut items = Vec::new();
    let mut known = BTreeSet::new();
    let (mut records, mut diagnostics) = (Vec::new(), Vec::new());
    for payload in document.payloads() {
        match payload.kind {
            PayloadKind::Zotero | PayloadKind::Mendeley => match cited(payload) {
                Ok(cited) => {
                    items.extend(cited.into_iter().filter(|(id, _)| known.insert(id.clone())).map(|(_, item)| item))
                }
                Err(error) => diagnostics.push(broken(&error)),
            },
            PayloadKind::WordSources => match word::read(&payload.data) {
                Ok(sources) => records.extend(sources),
                Err(error) => diagnostics.push(broken(&error)),
            },
            PayloadKind::Yaml => {}
        }
    }
    if !items.is_empty() {
        let (read, found) = csl_json::read(Json::Array(items).to_string().as_bytes());
        records.splice(0..0, read);
        // A place in the joined items is no place in the document.
        diagnostics.extend(found.into_iter().map(|diagnostic| Diagnostic { place: None, ..diagnostic }));
    }
    (records, diagnostics)
}

/// The records of a document that is data all through, biblatex's `.bbl`: each key once. `None` for any other document.
///
/// Nothing is parsed: kinds, names, dates and identifiers are those that biber wrote.
///
/// ```
/// use reflist::{Document, embedded};
/// let bbl = br"\entry{osei}{book}{}\name{author}{1}{}{{{hash=1}{family={Osei},given={Kofi}}}}\field{title}{Roads}\field{year}{2009}\endentry";
/// let (records, _) = embedded::bibliography(&Document::from_latex(bbl)).unwrap();
/// assert_eq!(records[0].author().unwrap().list[0].as_person().unwrap().given, "Kofi");
/// ```
#[must_use]
pub fn bibliography(document: &Document) -> Option<(Vec<Record>, Vec<Diagnostic>)> {
    let source = document.source();
    if document.kind() != DocumentKind::Latex || !biblatex::is_biblatex(source) {
        return None;
    }
    let mut known = BTreeSet::new();
    let mut entries = String::new();
    for span in biblatex::entries(source) {
        if let Some((key, entry)) = bbl::entry(&biblatex::commands(&source[span.range()]))
            && known.insert(key)
        {
            entries.push_str(&entry);
        }
    }
    let (records, diagnostics) = bibtex::read(entries.as_bytes());
    // A place in what was put together is no place in the document.
    let diagnostics = diagnostics.into_iter().map(|diagnostic| Diagnostic { place: None, ..diagnostic }).collect();
    Some((records, diagnostics))
}

/// The items of a citation, each with what tells it from others.
fn cited(payload: &Payload) -> Result<Vec<(String, Json)>, String> {
    let citation: Json = serde_json::from_str(&payload.data).map_err(|error| error.to_string())?;
    let items = citation["citationItems"].as_array().map(Vec::as_slice).unwrap_or_default();
    let identity = |item: &Json| match &item["uris"][0] {
        Json::String(uri) => uri.clone(),
        _ => item["itemData"]["id"].to_string(),
    };
    let with_data = items.iter().filter(|item| item["itemData"].is_object());
    Ok(with_data.map(|item| (identity(item), item["itemData"].clone())).collect())
}

fn broken(error: &str) -> Diagnostic {
    let message = format!("the data of a citation field cannot be read: {error}");
    Diagnostic::warning("embedded::broken", message)
        .with_help("refresh the citations in the word processor, and save again")
}
