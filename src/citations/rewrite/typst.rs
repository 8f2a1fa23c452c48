//! Citations in Typst.
//!
//! ```text
//! #cite(<a>, supplement: [p. 45])#cite(<b>)     #cite(<a>, form: "prose")     Smith's (#cite(<a>, form: "year"), p. 45)
//! ```
//!
//! Typst has no words in front of a citation; one with a prefix is spelt out of author and year.

use std::fmt::Write;

use super::{Cite, Cluster, spelt};
use crate::citations::{Form, Style};

/// `behind` is what follows in the source: a bracket or a semicolon there would be read as part of the call.
pub(super) fn print(cluster: &Cluster<'_>, behind: &str) -> String {
    let by_author = matches!(cluster.style, Style::AuthorYear | Style::Note);
    let text = match (cluster.form, cluster.names) {
        (Form::Narrative, Some(names)) => format!("{names} ({})", spelt_out(&cluster.cites, true)),
        (Form::Narrative, None) => cluster.cites.first().map(|cite| call(cite, Some("prose"))).unwrap_or_default(),
        (Form::Bare, _) if by_author => spelt_out(&cluster.cites, false),
        _ if by_author && cluster.cites.iter().any(|cite| !cite.prefix.is_empty()) => {
            format!("({})", spelt_out(&cluster.cites, false))
        }
        _ => cluster.cites.iter().map(|cite| call(cite, None)).collect(),
    };
    let mut next = behind.chars();
    let runs_on = match next.next() {
        Some('[' | '(' | ';') => true,
        Some('.') => next.next().is_some_and(char::is_alphabetic),
        _ => false,
    };
    if runs_on && text.ends_with(')') && !text.starts_with('(') { format!("{text};") } else { text }
}

/// `#cite(<key>, form: "prose", supplement: [p. 45])`.
fn call(cite: &Cite<'_>, form: Option<&str>) -> String {
    let mut out = format!("#cite({}", label(cite.key));
    if let Some(form) = form {
        let _ = write!(out, ", form: \"{form}\"");
    }
    let locator = cite.locator.map(|locator| spelt(locator, " "));
    let notes: Vec<String> =
        locator.into_iter().chain(Some(cite.suffix.to_owned()).filter(|suffix| !suffix.is_empty())).collect();
    if !notes.is_empty() {
        let _ = write!(out, ", supplement: [{}]", notes.join(", "));
    }
    out.push(')');
    out
}

/// "see Smith, 2020, p. 45; Jones, 2021" with calls for author and year, or for the years alone.
fn spelt_out(cites: &[Cite<'_>], years_alone: bool) -> String {
    let parts: Vec<String> = cites
        .iter()
        .map(|cite| {
            let key = label(cite.key);
            let mut part = String::new();
            if !cite.prefix.is_empty() {
                let _ = write!(part, "{} ", cite.prefix);
            }
            if !years_alone || !cite.prefix.is_empty() {
                let _ = write!(part, "#cite({key}, form: \"author\"), ");
            }
            let _ = write!(part, "#cite({key}, form: \"year\")");
            if let Some(locator) = cite.locator {
                let _ = write!(part, ", {}", spelt(locator, " "));
            }
            if !cite.suffix.is_empty() {
                let _ = write!(part, ", {}", cite.suffix);
            }
            part
        })
        .collect();
    if years_alone {
        return parts.join(", ");
    }
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            // A semicolon right behind a call would end it and vanish.
            out.push_str(if parts[at - 1].ends_with(')') { ";; " } else { "; " });
        }
        out.push_str(part);
    }
    out
}

fn label(key: &str) -> String {
    let plain = !key.is_empty()
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.'))
        && !key.ends_with(['.', ':']);
    if plain { format!("<{key}>") } else { format!("label(\"{}\")", key.replace('\\', "\\\\").replace('"', "\\\"")) }
}
