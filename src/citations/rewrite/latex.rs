//! Citations in LaTeX, for biblatex and for natbib.
//!
//! ```text
//! biblatex   \parencite[see][45]{smith2020}    \parencites[see][45]{a}[cf.][3]{b}      \textcite[45]{a}   Smith's \parencite*[45]{a}
//! natbib     \citep[see][p.~45]{smith2020}     (\citealp[see][p.~45]{a}; \citealp{b})  \citet[p.~45]{a}   Smith's \citeyearpar[p.~45]{a}
//! ```

use super::{Cite, Cluster, is_plain_pages, spelt};
use crate::citations::{Form, Style};

/// `escape` says that words come from a source that is no LaTeX.
pub(super) fn biblatex(cluster: &Cluster<'_>, escape: bool) -> String {
    let numeric = matches!(cluster.style, Style::Number | Style::Label);
    let command = match (cluster.form, cluster.style) {
        (_, Style::Superscript) => "supercite",
        (Form::Narrative, _) if cluster.names.is_some() => "parencite*",
        (Form::Narrative, _) => "textcite",
        (Form::Bare, _) => "cite",
        (Form::Parenthetical, Style::Note) => "cite",
        (Form::Parenthetical, _) if numeric => "cite",
        (Form::Parenthetical, _) => "parencite",
    };
    let names = names(cluster, escape);
    let note = |cite: &Cite<'_>| {
        note(cite, escape, |locator| {
            // A bare number is a page to biblatex, which prints the label itself.
            if is_plain_pages(locator) && cite.suffix.is_empty() {
                locator.value.replace('\u{2013}', "--")
            } else {
                spelt_tex(locator)
            }
        })
    };
    if let [cite] = cluster.cites.as_slice() {
        return format!("{names}\\{command}{}{{{}}}", options(cite.prefix, &note(cite), escape), cite.key);
    }
    if cluster.cites.iter().all(Cite::is_bare) || command.ends_with('*') {
        return format!("{names}\\{command}{{{}}}", keys(cluster));
    }
    let parts: String = cluster
        .cites
        .iter()
        .map(|cite| format!("{}{{{}}}", options(cite.prefix, &note(cite), escape), cite.key))
        .collect();
    format!("{names}\\{command}s{parts}")
}

pub(super) fn natbib(cluster: &Cluster<'_>, escape: bool) -> String {
    let names = names(cluster, escape);
    let command = match cluster.form {
        Form::Narrative if cluster.names.is_some() => "citeyearpar",
        Form::Narrative => "citet",
        Form::Parenthetical => "citep",
        Form::Bare if matches!(cluster.style, Style::AuthorYear | Style::Note) => "citealp",
        Form::Bare => "citealp",
    };
    let note = |cite: &Cite<'_>| note(cite, escape, spelt_tex);
    let (Some(first), Some(last)) = (cluster.cites.first(), cluster.cites.last()) else { return String::new() };
    // One pair of notes serves where the first alone has a prefix and the last alone a locator.
    let inner = cluster.cites.iter().enumerate().all(|(at, cite)| {
        (at == 0 || cite.prefix.is_empty())
            && (at + 1 == cluster.cites.len() || (cite.locator.is_none() && cite.suffix.is_empty()))
    });
    if inner || command != "citep" {
        return format!("{names}\\{command}{}{{{}}}", options(first.prefix, &note(last), escape), keys(cluster));
    }
    let parts: Vec<String> = cluster
        .cites
        .iter()
        .map(|cite| format!("\\citealp{}{{{}}}", options(cite.prefix, &note(cite), escape), cite.key))
        .collect();
    format!("({})", parts.join("; "))
}

fn names(cluster: &Cluster<'_>, escape: bool) -> String {
    cluster.names.map(|names| format!("{} ", escaped(names, escape))).unwrap_or_default()
}

fn keys(cluster: &Cluster<'_>) -> String {
    cluster.cites.iter().map(|cite| cite.key).collect::<Vec<_>>().join(",")
}

/// "[see][45]", "[45]", "[see][]", or nothing.
fn options(prefix: &str, note: &str, escape: bool) -> String {
    let guard = |text: String| if text.contains([']', '[']) { format!("{{{text}}}") } else { text };
    match (prefix.is_empty(), note.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("[{}]", guard(note.to_owned())),
        (false, _) => format!("[{}][{}]", guard(escaped(prefix, escape)), guard(note.to_owned())),
    }
}

/// Locator and suffix.
fn note(cite: &Cite<'_>, escape: bool, locator: impl Fn(&crate::citations::Locator) -> String) -> String {
    let located = cite.locator.map(locator).unwrap_or_default();
    match (located.is_empty(), cite.suffix.is_empty()) {
        (_, true) => located,
        (true, false) => escaped(cite.suffix, escape),
        (false, false) => format!("{located}, {}", escaped(cite.suffix, escape)),
    }
}

fn spelt_tex(locator: &crate::citations::Locator) -> String {
    spelt(locator, "~").replace('\u{2013}', "--").replace('&', "\\&")
}

/// The signs that LaTeX reads as commands, escaped.
fn escaped(text: &str, escape: bool) -> String {
    if !escape {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '&' | '%' | '#' | '_' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
