//! The picture of `reflist find --html`: the document's text with its lists and entries marked.

use std::fmt::Write;

use crate::document::Document;
use crate::parse::entries::Entry;
use crate::span::Span;

const STYLE: &str = "body{font:16px/1.5 serif;max-width:50em;margin:2em auto;padding:0 1em;white-space:pre-wrap}\
.list{display:block;border-left:4px solid #36c;padding-left:1em;margin:1em 0}\
.list::before{content:attr(data-title);display:block;font:bold 14px sans-serif;color:#36c}\
.entry{background:#eef3ff;border-radius:3px}.entry:nth-of-type(even){background:#fff3d6}\
.entry::before{content:attr(data-number);font:bold 11px sans-serif;color:#888;margin-right:.4em}";

/// One list to mark.
pub(super) struct Marked<'a> {
    pub(super) title: &'a str,
    pub(super) why: &'a str,
    /// How its entries are told apart.
    pub(super) manner: &'a str,
    /// In bytes of the document's source.
    pub(super) place: Span,
    pub(super) entries: &'a [Entry],
    /// The entry, counted from 1 over all lists, whose work an entry cites again, and the words that say so.
    pub(super) again: &'a [Option<(usize, String)>],
}

/// A whole HTML page.
pub(super) fn page(name: &str, document: &Document, lists: &[Marked<'_>]) -> String {
    let source = document.source();
    let mut out = format!(
        "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{STYLE}</style>\n<body>",
        escape(name)
    );
    let mut at = 0;
    let mut number = 0;
    for list in lists {
        out.push_str(&escape(slice(source, at, list.place.start)));
        let title = if list.title.is_empty() { "List without heading" } else { list.title };
        let _ = write!(
            out,
            "<span class=\"list\" data-title=\"{} · {} · {} entries, told apart by {}\">",
            escape(title),
            list.why,
            list.entries.len(),
            list.manner
        );
        at = list.place.start.max(at);
        for (in_list, entry) in list.entries.iter().enumerate() {
            number += 1;
            out.push_str(&escape(slice(source, at, entry.place.start)));
            let again = list.again.get(in_list).and_then(Option::as_ref);
            let again = again.map(|(work, words)| format!(" = {work} ({})", escape(words))).unwrap_or_default();
            let _ = write!(out, "<span class=\"entry\" data-number=\"{number}{again}\">");
            out.push_str(&escape(slice(source, entry.place.start.max(at), entry.place.end)));
            out.push_str("</span>");
            at = entry.place.end.max(at);
        }
        out.push_str(&escape(slice(source, at, list.place.end)));
        out.push_str("</span>");
        at = list.place.end.max(at);
    }
    out.push_str(&escape(slice(source, at, source.len())));
    out.push_str("</body>\n");
    out
}

/// The part between two offsets; empty where they are out of order or inside a character.
fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
