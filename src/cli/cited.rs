//! `--cited FILE`: the keys that a manuscript cites.

use std::path::Path;

use rustc_hash::FxHashSet;

use crate::citations;
use crate::document::{Document, DocumentKind};

/// The keys that a file cites.
pub(super) enum Cited {
    /// `\nocite{*}` and its like: every entry.
    All,
    /// These.
    Keys(FxHashSet<String>),
}

impl Cited {
    /// Reads an `.aux` or `.bcf` file, or a manuscript in LaTeX, Markdown or Typst.
    pub(super) fn read(path: &Path) -> std::io::Result<Self> {
        let bytes = std::fs::read(path)?;
        let text = crate::text::decode(&bytes).text;
        let extension =
            path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase();
        let keys: FxHashSet<String> = match extension.as_str() {
            "aux" => behind(&text, &["\\citation{", "\\abx@aux@cite{0}{", "\\abx@aux@cite{"], '}'),
            "bcf" => citekeys(&text),
            _ => of_manuscript(&bytes, &extension),
        };
        Ok(if keys.contains("*") { Self::All } else { Self::Keys(keys) })
    }

    pub(super) fn has(&self, key: &str) -> bool {
        match self {
            Self::All => true,
            Self::Keys(keys) => keys.contains(key),
        }
    }
}

/// The comma-separated keys between one of `starts` and `end`.
fn behind(text: &str, starts: &[&str], end: char) -> FxHashSet<String> {
    let mut keys = FxHashSet::default();
    for line in text.lines() {
        let Some(rest) = starts.iter().find_map(|start| line.strip_prefix(start)) else { continue };
        let list = rest.split(end).next().unwrap_or_default();
        keys.extend(list.split(',').map(|key| key.trim().to_owned()).filter(|key| !key.is_empty()));
    }
    keys
}

/// The keys of biber's control file: `<bcf:citekey order="1" …>key</bcf:citekey>`.
fn citekeys(text: &str) -> FxHashSet<String> {
    let keys = text.split("<bcf:citekey").skip(1).filter_map(|rest| rest.split_once('>')?.1.split('<').next());
    keys.map(|key| key.trim().to_owned()).filter(|key| !key.is_empty()).collect()
}

/// LaTeX by its commands, Markdown and Typst by their `@key`. A key too many does no harm: it selects nothing.
fn of_manuscript(bytes: &[u8], extension: &str) -> FxHashSet<String> {
    let text = crate::text::decode(bytes).text;
    match extension {
        "md" | "markdown" | "qmd" | "rmd" => at_keys(&text),
        "typ" => at_keys(&text).union(&behind_everywhere(&text, "cite(<", '>')).cloned().collect(),
        _ => {
            let document = Document::read(DocumentKind::Latex, bytes);
            let citations = citations::find(&document, &[], &[]);
            citations.into_iter().flat_map(|citation| citation.items).filter_map(|item| item.key).collect()
        }
    }
}

/// What stands behind an `@` that no letter or digit precedes, in braces or not.
fn at_keys(text: &str) -> FxHashSet<String> {
    let mut keys = FxHashSet::default();
    for (at, _) in text.match_indices('@') {
        if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '\\') {
            continue;
        }
        let rest = &text[at + 1..];
        let key = match rest.strip_prefix('{') {
            Some(braced) => braced.split('}').next().unwrap_or_default(),
            None => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c)));
                rest[..end.unwrap_or(rest.len())].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_')
            }
        };
        if !key.is_empty() {
            keys.insert(key.to_owned());
        }
    }
    keys
}

fn behind_everywhere(text: &str, start: &str, end: char) -> FxHashSet<String> {
    text.split(start).skip(1).filter_map(|rest| rest.split_once(end)).map(|(key, _)| key.trim().to_owned()).collect()
}
