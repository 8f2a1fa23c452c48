//! `reflist find`: the entries of the lists, as they stand.

use std::fmt::Write as _;
use std::io::Write;

use serde_json::json;

use super::args::Find;
use super::input::{self, Source};
use super::output::Output;
use super::picture::{self, Marked};
use super::report::Report;
use super::{Outcome, input_failed, write_failed, wrong_use};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::parse::entries::{self, Entry};
use crate::parse::label::Model;
use crate::parse::section::{self, Reason};
use crate::parse::{Parser, ReferenceList};
use crate::span::{LineIndex, Span};
use crate::text::{Mark, MarkKind};

/// One list and its entries.
struct FoundList {
    title: Option<String>,
    why: &'static str,
    /// How its entries are told apart.
    manner: &'static str,
    /// In bytes of the source.
    place: Span,
    entries: Vec<Entry>,
    /// The entry, counted from 1 in the whole input, whose work an entry cites again, and the words that say so; asked for with `--json` and `--html`.
    again: Vec<Option<(usize, String)>>,
}

impl FoundList {
    fn marked(&self) -> Marked<'_> {
        let title = self.title.as_deref().unwrap_or_default();
        let (why, manner, place) = (self.why, self.manner, self.place);
        Marked { title, why, manner, place, entries: &self.entries, again: &self.again }
    }
}

pub(super) fn run(args: &Find, report: &Report) -> Outcome {
    let from = match input::parse_from(&args.input.from) {
        Ok(from) => from,
        Err(message) => return wrong_use(report, &message),
    };
    let mut out = String::new();
    let mut found = 0;
    for path in input::paths(&args.input.inputs) {
        let name = input::name_of(&path);
        let (source, reader) = match input::open(&path, from) {
            Ok(opened) => opened,
            Err(error) => {
                input_failed(report, &name, &error);
                continue;
            }
        };
        let bytes = match input::read_all(reader) {
            Ok(bytes) => bytes,
            Err(error) => {
                input_failed(report, &name, &error);
                continue;
            }
        };
        found += one(args, report, &name, source, &bytes, &mut out);
    }
    let printed = Output::open(None).and_then(|mut output| {
        output.write_all(out.as_bytes())?;
        output.finish()
    });
    match printed {
        Err(error) => write_failed(report, &error),
        Ok(()) if found == 0 => Outcome::NothingFound,
        Ok(()) => Outcome::Done,
    }
}

/// How many entries one input has.
fn one(args: &Find, report: &Report, name: &str, source: Option<Source>, bytes: &[u8], out: &mut String) -> usize {
    let parser = Parser::new(Model::embedded());
    let (text, lists) = match source {
        Some(Source::Document(kind)) => {
            let document = Document::read(kind, bytes);
            report.document(name, document.diagnostics());
            let (found, diagnostics) = parser.find(&document);
            report.diagnostics(name, &diagnostics);
            let split: Vec<Vec<Entry>> = found.iter().map(|list| parser.split(&document, list)).collect();
            let parsed = (args.json || args.html).then(|| parser.parse_found(&document, &found, &split));
            let found_list = |(list, entries): (&section::FoundList, Vec<Entry>)| FoundList {
                title: list.title.clone(),
                why: why(list.reason),
                manner: entries::manner(&document, list),
                place: document.place(list.span),
                entries,
                again: Vec::new(),
            };
            let mut lists: Vec<FoundList> = found.iter().zip(split).map(found_list).collect();
            if let Some(parsed) = parsed {
                tell_repeats(&mut lists, &parsed);
            }
            if args.html {
                let marked: Vec<Marked<'_>> = lists.iter().map(FoundList::marked).collect();
                out.push_str(&picture::page(name, &document, &marked));
            }
            (document.source().to_owned(), lists)
        }
        Some(Source::Bibliography(format)) => {
            let message = format!("this is a bibliography ({}), not a document", format.name);
            report
                .diagnostic(name, &Diagnostic::error("find::bibliography", message).with_help("use `reflist convert`"));
            return 0;
        }
        other => {
            let decoded = crate::text::decode(bytes);
            report.document(name, &decoded.diagnostics);
            let lines = matches!(other, Some(Source::Lines));
            let place = Span::new(0, decoded.text.len());
            let mut list = FoundList {
                title: None,
                why: "the whole input",
                manner: "each line",
                place,
                entries: Vec::new(),
                again: Vec::new(),
            };
            if lines {
                list.entries = decoded.text.lines().map(Entry::plain).collect();
            } else {
                let document = Document::from_plain(decoded.text.as_bytes());
                if let Some(whole) = section::whole(&document) {
                    list.manner = entries::manner(&document, &whole);
                    list.entries = parser.split(&document, &whole);
                }
            }
            let mut lists = vec![list];
            if args.json && !lines {
                tell_repeats(&mut lists, &parser.parse_list_text(bytes));
            }
            (decoded.text.into_owned(), lists)
        }
    };
    if args.json {
        let _ = writeln!(out, "{}", as_json(name, &text, &lists));
    } else if !args.html {
        for entry in lists.iter().flat_map(|list| &list.entries) {
            let _ = writeln!(out, "{}", entry.text);
        }
    }
    lists.iter().map(|list| list.entries.len()).sum()
}

/// Says of each entry whether it cites a work again.
fn tell_repeats(lists: &mut [FoundList], parsed: &ReferenceList) {
    let mut repeats = parsed.entries.iter().zip(&parsed.repeats);
    for list in lists {
        let told = repeats.by_ref().take(list.entries.len()).map(|(parsed, repeat)| {
            let repeat = repeat.as_ref()?;
            Some((repeat.of + 1, parsed.source.get(repeat.words.range()).unwrap_or_default().to_owned()))
        });
        list.again = told.collect();
    }
}

const fn why(reason: Reason) -> &'static str {
    match reason {
        Reason::Declared => "the source declares it",
        Reason::Heading => "a heading stands over it",
        Reason::Footnotes => "its footnotes cite",
        _ => "its lines look like references",
    }
}

/// One object a file: lists with their entries, places in bytes (from 0) and as line and column (from 1). The marks on an entry count
/// Unicode code points of its text, as the places of JSON Lines do; `null` where the source could not have marked anything.
fn as_json(name: &str, text: &str, lists: &[FoundList]) -> serde_json::Value {
    let index = LineIndex::new(text);
    let entry = |(entry, again): (&Entry, Option<&(usize, String)>)| {
        let (line, column) = index.line_column(text, entry.place.start);
        let (end_line, _) = index.line_column(text, entry.place.end);
        json!({
            "text": entry.text, "label": entry.label, "marks": entry.marks_known.then(|| marks(entry)),
            "start": entry.place.start, "end": entry.place.end,
            "line": line, "column": column, "endLine": end_line,
            "citesAgain": again.map(|(entry, words)| json!({ "entry": entry, "words": words })),
        })
    };
    let lists: Vec<_> = lists
        .iter()
        .map(|list| {
            let again = list.again.iter().map(Option::as_ref).chain(std::iter::repeat(None));
            let entries: Vec<_> = list.entries.iter().zip(again).map(entry).collect();
            json!({ "title": list.title, "why": list.why, "manner": list.manner, "entries": entries })
        })
        .collect();
    json!({ "file": name, "lists": lists })
}

/// The marks on an entry, in code points of its text.
fn marks(entry: &Entry) -> Vec<serde_json::Value> {
    let points: Vec<usize> = entry.text.char_indices().map(|(at, _)| at).collect();
    let point = |byte: usize| points.partition_point(|&at| at < byte);
    let one = |mark: &Mark| {
        let (start, end) = (point(mark.span.start), point(mark.span.end));
        match &mark.kind {
            MarkKind::Link(target) => json!({ "kind": "link", "start": start, "end": end, "target": target }),
            kind => json!({ "kind": name(kind), "start": start, "end": end }),
        }
    };
    entry.marks.iter().map(one).collect()
}

const fn name(kind: &MarkKind) -> &'static str {
    match kind {
        MarkKind::Italic => "italic",
        MarkKind::Bold => "bold",
        MarkKind::SmallCaps => "small-caps",
        MarkKind::Sub => "sub",
        MarkKind::Sup => "sup",
        MarkKind::Underline => "underline",
        MarkKind::Link(_) => "link",
    }
}
