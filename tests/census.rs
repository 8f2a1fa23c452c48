//! Every real bibliography: entries in, records out, diagnostics. No entry is lost, by a count that knows nothing of our readers.
//!
//! `cargo test --test census -- --nocapture` prints the table.

mod common;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

use reflist::formats::{Format, bibtex, csl_json, read_all, ris};
use reflist::{Diagnostic, text};
use serde_json::Value;

/// The format of a file that the census takes.
fn format_of(path: &Path) -> Option<&'static Format> {
    match path.extension()?.to_str()? {
        "bib" | "bibtex" | "biblatex" => Some(&bibtex::FORMAT),
        "ris" => Some(&ris::FORMAT),
        "json" => Some(&csl_json::FORMAT),
        _ => None,
    }
}

/// How many entries a text has, at least and at most; `None` where that cannot be told, as of JSON that holds no list of items.
fn count(format: &Format, text: &str) -> Option<RangeInclusive<usize>> {
    match format.name {
        "bibtex" => {
            let at_line_start = text.lines().filter(|line| begins_entry(line.trim_start())).count();
            let anywhere = text.match_indices('@').filter(|(at, _)| begins_entry(&text[*at..])).count();
            Some(at_line_start..=anywhere)
        }
        "ris" => {
            let types = text.lines().filter(|line| line.trim_start_matches('\u{feff}').starts_with("TY  -")).count();
            // Tags outside of a record make one without a type.
            Some(types..=types + text.lines().filter(|line| line.starts_with("ER  -")).count() + 1)
        }
        _ => {
            let items = match serde_json::from_str(text) {
                Ok(Value::Array(items)) => items.len(),
                Ok(Value::Object(mut members)) => members.get_mut("items")?.as_array()?.len(),
                _ => return None,
            };
            Some(items..=items)
        }
    }
}

/// Whether a text begins like `@article{`.
fn begins_entry(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('@') else { return false };
    let name = rest.len() - rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '-').len();
    let opens = rest[name..].trim_start().starts_with(['{', '(']);
    opens && name > 0 && !["string", "comment", "preamble"].contains(&&*rest[..name].to_ascii_lowercase())
}

/// Codes with their numbers: "bibtex::missing-comma 2".
fn codes(diagnostics: &[Diagnostic]) -> String {
    let mut codes = BTreeMap::new();
    for diagnostic in diagnostics {
        *codes.entry(diagnostic.code).or_insert(0) += 1;
    }
    codes.iter().map(|(code, count)| format!(" {code} {count}")).collect()
}

#[test]
fn no_entry_is_lost() {
    let mut lost = Vec::new();
    let mut totals: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    println!("{:8} {:>7} {:>7}  file, diagnostics", "format", "entries", "records");
    for path in common::bibliographies() {
        let Some(format) = format_of(&path) else { continue };
        let bytes = std::fs::read(&path).unwrap();
        let (records, diagnostics) = read_all(format, &bytes);
        let decoded = text::decode(&bytes);
        let Some(entries) = count(format, &decoded.text) else { continue };
        let line = format!(
            "{:8} {:>7} {:>7}  {}{}",
            format.name,
            entries.start(),
            records.len(),
            path.display(),
            codes(&diagnostics)
        );
        println!("{line}");
        if !entries.contains(&records.len()) {
            lost.push(line);
        }
        let total = totals.entry(format.name).or_default();
        for (sum, more) in total.iter_mut().zip([1, *entries.start(), records.len()]) {
            *sum += more;
        }
    }
    for (format, [files, entries, records]) in totals {
        println!("{format}: {files} files, {entries} entries, {records} records");
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
