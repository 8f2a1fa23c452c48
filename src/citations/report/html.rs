//! The report as a page: the text with its citations coloured, and the list with what cites each entry.

use std::fmt::Write;

use super::Report;
use crate::citations::{Citation, Links, Verdict};
use crate::document::{Block, BlockKind, Document};
use crate::span::Span;

const STYLE: &str = "\
body{font:16px/1.55 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
header,footer,nav{font:14px/1.4 system-ui,sans-serif}h1,h2,h3{line-height:1.25}pre{white-space:pre-wrap}
mark{border-radius:3px;padding:0 .15em;color:inherit}mark a{color:inherit;text-decoration:none}
.linked{background:#dff2df}.ambiguous{background:#ffe9b3}.missing{background:#ffd1cc}.locator{background:#d6e6ff}
.entry{padding:.2em .4em;border-left:4px solid #bcd}.uncited{border-left-color:#d33}.entry small{color:#666}
@media(prefers-color-scheme:dark){body{background:#1b1b1b;color:#ddd}.linked{background:#234d23}.ambiguous{background:#5c4a10}\
.missing{background:#6b221b}.locator{background:#1f3f70}.entry small{color:#999}}
";

/// What one item looks like.
struct Shown {
    span: Span,
    class: &'static str,
    title: String,
    target: Option<usize>,
}

pub(super) fn page(report: &Report, name: &str, document: &Document, citations: &[Citation], links: &Links) -> String {
    let shown = shown(report, document, citations, links);
    let mut out = String::with_capacity(document.text().len() * 2);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Citations of {name}</title>\n<style>\n{STYLE}</style></head>\n<body>\n<header><p><b>{name}</b>: {}</p>\n<p>\
         <mark class=\"linked\">linked</mark> <mark class=\"ambiguous\">ambiguous</mark> <mark class=\"missing\">missing</mark> \
         <mark class=\"locator\">locator outside the entry</mark></p></header>\n<main>\n",
        escape(&report.summary()),
        name = escape(name),
    );
    let mut next = 0;
    for block in document.blocks() {
        let (open, close) = tags(block);
        let _ = write!(out, "<{open}>");
        let mut at = block.span.start;
        while let Some(item) = shown.get(next).filter(|item| item.span.start < block.span.end) {
            if item.span.start >= at && item.span.end <= block.span.end {
                out.push_str(&escape(document.slice(Span::new(at, item.span.start))));
                mark(&mut out, item, document.slice(item.span), next);
                at = item.span.end;
            }
            next += 1;
        }
        out.push_str(&escape(document.slice(Span::new(at, block.span.end))));
        let _ = writeln!(out, "</{close}>");
    }
    out.push_str("</main>\n<nav><h2>Entries</h2>\n");
    for (at, entry) in report.entries.iter().enumerate() {
        let by: Vec<String> = (0..shown.len())
            .filter(|&item| shown[item].target == Some(at))
            .map(|item| format!("<a href=\"#c{item}\">{}</a>", item + 1))
            .collect();
        let class = if links.uncited.contains(&at) { "entry uncited" } else { "entry" };
        let cited =
            if by.is_empty() { "not cited".to_owned() } else { format!("cited {}: {}", by.len(), by.join(" ")) };
        let _ = writeln!(out, "<p class=\"{class}\" id=\"e{at}\">{} <small>{cited}</small></p>", escape(&entry.name()));
    }
    out.push_str("</nav>\n</body></html>\n");
    out
}

/// The items in the order of the text, each with its verdict.
fn shown(report: &Report, document: &Document, citations: &[Citation], links: &Links) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    for (citation, verdicts) in citations.iter().zip(&links.verdicts) {
        for (item, verdict) in citation.items.iter().zip(verdicts) {
            let (class, title) = match verdict {
                Verdict::Linked { reference, .. } => ("linked", report.entries[*reference].name()),
                Verdict::Ambiguous(_) => ("ambiguous", String::new()),
                Verdict::Missing(_) => ("missing", String::new()),
            };
            // Several items may stand on one printed range: "3–5".
            if shown.last().is_some_and(|last| last.span.end > item.span.start) {
                continue;
            }
            shown.push(Shown { span: item.span, class, title, target: verdict.reference() });
        }
    }
    for finding in report.findings.iter().filter(|finding| finding.style.is_some()) {
        let Some(place) = finding.place else { continue };
        let at = shown.partition_point(|item| document.place(item.span).start < place.span.start);
        if let Some(item) = shown.get_mut(at).filter(|item| document.place(item.span) == place.span) {
            item.title = format!("{}; {}", finding.message, finding.help);
            if finding.code == "citations::locator" {
                item.class = "locator";
            }
        }
    }
    shown
}

fn mark(out: &mut String, item: &Shown, text: &str, number: usize) {
    let _ = write!(out, "<mark class=\"{}\" id=\"c{number}\" title=\"{}\">", item.class, escape(&item.title));
    match item.target {
        Some(target) => {
            let _ = write!(out, "<a href=\"#e{target}\">{}</a>", escape(text));
        }
        None => out.push_str(&escape(text)),
    }
    out.push_str("</mark>");
}

/// The element of a block.
fn tags(block: &Block) -> (&'static str, &'static str) {
    match block.kind {
        BlockKind::Heading(1) => ("h1", "h1"),
        BlockKind::Heading(2) => ("h2", "h2"),
        BlockKind::Heading(_) => ("h3", "h3"),
        BlockKind::Preformatted => ("pre", "pre"),
        BlockKind::Footnote => ("p class=\"note\"", "p"),
        _ => ("p", "p"),
    }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
