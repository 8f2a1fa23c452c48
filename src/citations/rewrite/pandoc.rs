//! Citations in pandoc's Markdown.
//!
//! ```text
//! [see @smith2020, p. 45; cf. @jones2021]     @smith2020 [p. 45]     Smith's [-@smith2020, p. 45]
//! ```

use super::{Cite, Cluster, spelt};
use crate::citations::{Form, Style};

/// `None` for a form that pandoc has not: names and year without brackets.
pub(super) fn print(cluster: &Cluster<'_>) -> Option<String> {
    // In a note, brackets are not printed by the styles that use notes.
    let of_text = cluster.style == Style::AuthorYear;
    match (cluster.form, cluster.names) {
        (Form::Bare, _) if of_text => None,
        (Form::Narrative, None) => {
            let cite = cluster.cites.first()?;
            let notes = notes(cite);
            let key = key(cite.key);
            Some(if notes.is_empty() { format!("@{key}") } else { format!("@{key} [{}]", notes.join(", ")) })
        }
        (Form::Narrative, Some(names)) => Some(format!("{names} [{}]", list(&cluster.cites, true))),
        _ => Some(format!("[{}]", list(&cluster.cites, false))),
    }
}

/// The citations of a pair of brackets; `suppress` takes the author of the first off, and of those that have no prefix.
fn list(cites: &[Cite<'_>], suppress: bool) -> String {
    let parts: Vec<String> = cites
        .iter()
        .enumerate()
        .map(|(at, cite)| {
            let minus = if suppress && (at == 0 || cite.prefix.is_empty()) { "-" } else { "" };
            let mut part = String::new();
            if !cite.prefix.is_empty() {
                part.push_str(cite.prefix);
                part.push(' ');
            }
            part.push_str(&format!("{minus}@{}", key(cite.key)));
            for note in notes(cite) {
                part.push_str(", ");
                part.push_str(&note);
            }
            part
        })
        .collect();
    parts.join("; ")
}

/// Locator and suffix. A locator of odd characters stands in braces, so that pandoc takes it whole.
fn notes(cite: &Cite<'_>) -> Vec<String> {
    let locator = cite.locator.map(|locator| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ',' | ' ' | '-' | '\u{2013}');
        let spelt = spelt(locator, " ");
        let odd = !locator.value.chars().all(plain) || locator.value.contains(" f");
        if odd { format!("{{{spelt}}}") } else { spelt }
    });
    locator.into_iter().chain(Some(cite.suffix.to_owned()).filter(|suffix| !suffix.is_empty())).collect()
}

/// A key that ends in a sign, or holds others than pandoc's, stands in braces.
fn key(key: &str) -> String {
    let inner = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '_' | ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '<' | '>' | '~' | '/')
    };
    let plain = key.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && key.ends_with(|c: char| c.is_alphanumeric() || c == '_')
        && key.chars().all(inner);
    if plain { key.to_owned() } else { format!("{{{key}}}") }
}
