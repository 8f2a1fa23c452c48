//! `reflist cite`: in-text citations linked to their entries, reported, rewritten.

use std::io::Write;
use std::path::Path;

use super::args::{Cite, CiteTarget, Style};
use super::input::{self, Source};
use super::output::Output;
use super::report::Report;
use super::{Outcome, input_failed, model, output_failed, wrong_use};
use crate::citations::{self, Citation, Links, Reference, Rewrite, Target};
use crate::diagnostic::{Diagnostic, Level};
use crate::document::{BlockKind, Document, DocumentKind};
use crate::formats::{self, Format, WriteOptions};
use crate::parse::ReferenceList;
use crate::record::Record;
use crate::record::key::KeyMaker;
use crate::span::Span;

/// An article with its entries.
struct Article {
    name: String,
    document: Document,
    entries: Vec<Entry>,
    /// The lists in it, in bytes of the source.
    lists: Vec<Span>,
}

/// An entry of the article's list or of a bibliography.
struct Entry {
    record: Record,
    label: Option<String>,
    place: Option<Span>,
    printed: String,
}

impl Entry {
    fn reference(&self) -> Reference<'_> {
        let mut reference = Reference::new(&self.record).with_printed(&self.printed);
        reference.label = self.label.as_deref();
        reference.place = self.place;
        reference
    }
}

pub(super) fn run(args: &Cite, style: Style, report: &Report) -> Outcome {
    let bibliography = match args.bib_out.as_deref().map(|path| bibliography_format(path, args.to)).transpose() {
        Ok(format) => format,
        Err(message) => return wrong_use(report, &message),
    };
    let from = match input::parse_from(&args.from) {
        Ok(from) => from,
        Err(message) => return wrong_use(report, &message),
    };
    let Some(article) = read(args, from, report) else { return Outcome::Done };
    let references: Vec<Reference<'_>> = article.entries.iter().map(Entry::reference).collect();
    let citations = citations::find(&article.document, &references, &article.lists);
    let links = citations::link(&citations, &references);
    let outcome = match args.to {
        Some(target) => rewritten(args, &article, &references, &citations, &links, target, report),
        None => checked(args, style, &article, &references, &citations, &links, report),
    };
    if let (Some(path), Some(format)) = (&args.bib_out, bibliography) {
        let records: Vec<Record> = article.entries.iter().map(|entry| entry.record.clone()).collect();
        let (text, losses) = formats::write_all(format, &records, &WriteOptions::default());
        for loss in &losses {
            report.loss(format.name, loss);
        }
        if let Err(error) = write(Some(path), &text) {
            return output_failed(report, &input::name_of(path), &error);
        }
        report.finish_losses(format.name);
    }
    if citations.is_empty() && matches!(outcome, Outcome::Done) && !report.has_failed() {
        let help = "give --bib FILE if the entries are elsewhere; give -f if the article is of another format";
        report.diagnostic(
            &article.name,
            &Diagnostic::error("cite::nothing-found", "no citation was found").with_help(help),
        );
        return Outcome::NothingFound;
    }
    outcome
}

/// The report, as the output.
fn checked(
    args: &Cite,
    style: Style,
    article: &Article,
    references: &[Reference<'_>],
    citations: &[Citation],
    links: &Links,
    report: &Report,
) -> Outcome {
    let found = citations::Report::new(&article.document, references, citations, links);
    for _ in &found.findings {
        report.note(Level::Warning);
    }
    let text = if args.html {
        found.to_html(&article.name, &article.document, citations, links)
    } else {
        match style {
            Style::Human => found.to_text(&article.name),
            Style::Json => found.to_json(&article.name),
            Style::Github => found.to_github(&article.name),
        }
    };
    match write(args.output.as_deref(), &text) {
        Ok(()) => Outcome::Done,
        Err(error) => output_failed(report, &output_name(args), &error),
    }
}

/// The article with its citations in another syntax.
fn rewritten(
    args: &Cite,
    article: &Article,
    references: &[Reference<'_>],
    citations: &[Citation],
    links: &Links,
    target: CiteTarget,
    report: &Report,
) -> Outcome {
    let bibliography =
        args.bib_out.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let mut how = Rewrite::to(Target::from(target));
    if let (true, Some(&list)) = (args.replace_list, article.lists.first()) {
        how = how.with_list(list, bibliography.as_deref().unwrap_or("references.bib"));
    }
    let (text, diagnostics) = citations::rewrite(&article.document, references, citations, links, &how);
    report.diagnostics(&article.name, &diagnostics);
    match write(args.output.as_deref(), &text) {
        Ok(()) => Outcome::Done,
        Err(error) => output_failed(report, &output_name(args), &error),
    }
}

/// Reads the article, and its entries from itself or from `--bib`; failures are reported.
fn read(args: &Cite, from: Option<Source>, report: &Report) -> Option<Article> {
    let name = input::name_of(&args.article);
    let opened = input::open(&args.article, from).and_then(|(source, reader)| Ok((source, input::read_all(reader)?)));
    let (source, bytes) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            input_failed(report, &name, &error);
            return None;
        }
    };
    let kind = match source {
        Some(Source::Document(kind)) => kind,
        Some(Source::List | Source::Lines) => DocumentKind::Plain,
        Some(Source::Bibliography(_)) | None => {
            let help = "citations are found in articles; give -f to name its format";
            report.failure(&name, "cite::no-article", "it is not an article".to_owned(), Some(help));
            return None;
        }
    };
    let document = Document::read(kind, &bytes);
    report.document(&name, document.diagnostics());
    let model = model::load(&args.model, report)?;
    let list = args.model.parser(&model).parse_document(&document);
    let (lists, own) = own_entries(&document, list);
    let mut entries = Vec::new();
    for path in &args.bib {
        entries.extend(bibliography(path, report)?);
    }
    if args.bib.is_empty() {
        entries = own;
    }
    make_keys(&mut entries);
    Some(Article { name, document, entries, lists })
}

/// The places of the lists, and their entries. Footnotes that cite in full are searched for citations like the text; their works are
/// entries only where there is no list.
fn own_entries(document: &Document, list: ReferenceList) -> (Vec<Span>, Vec<Entry>) {
    // A list is notes if every block in it is one.
    let in_notes = |place: Span| {
        let mut blocks = document.blocks().iter().filter(|block| {
            let own = document.place(block.span);
            own.start < place.end && place.start < own.end
        });
        blocks.all(|block| block.kind == BlockKind::Footnote)
    };
    let has_list = list.lists.iter().any(|list| !in_notes(list.place));
    // Notes that follow the list are searched.
    let without_notes = |place: Span| {
        let mut notes = document
            .blocks()
            .iter()
            .filter(|block| block.kind == BlockKind::Footnote)
            .map(|block| document.place(block.span).start);
        let first = notes.find(|&start| place.start < start && start < place.end);
        Span::new(place.start, first.unwrap_or(place.end))
    };
    let places = list.lists.iter().filter(|list| !in_notes(list.place)).map(|list| without_notes(list.place)).collect();
    let wanted: Vec<bool> = {
        let mut wanted = vec![false; list.entries.len()];
        for one in list.lists.iter().filter(|one| !has_list || !in_notes(one.place)) {
            wanted[one.entries.clone()].fill(true);
        }
        if has_list {
            for (wanted, &place) in wanted.iter_mut().zip(&list.places) {
                *wanted &= !in_notes(place);
            }
        }
        // A work that notes cite again is one entry.
        for (wanted, repeat) in wanted.iter_mut().zip(&list.repeats) {
            *wanted &= repeat.is_none();
        }
        wanted
    };
    let entries = list
        .entries
        .into_iter()
        .zip(list.labels)
        .zip(list.places)
        .zip(wanted)
        .filter(|(_, wanted)| *wanted)
        .map(|(((parsed, label), place), _)| Entry {
            record: parsed.record,
            label,
            place: Some(place),
            printed: parsed.source,
        })
        .collect();
    (places, entries)
}

/// The records of a bibliography; `None` after a failure that was reported.
fn bibliography(path: &Path, report: &Report) -> Option<Vec<Entry>> {
    let name = input::name_of(path);
    let opened = input::open(path, None).and_then(|(source, reader)| Ok((source, input::read_all(reader)?)));
    match opened {
        Ok((Some(Source::Bibliography(format)), bytes)) => {
            let (records, diagnostics) = formats::read_all(format, &bytes);
            report.diagnostics(&name, &diagnostics);
            Some(
                records
                    .into_iter()
                    .map(|record| Entry { record, label: None, place: None, printed: String::new() })
                    .collect(),
            )
        }
        Ok(_) => {
            let help = "--bib takes a bibliography; see `reflist formats`";
            report.failure(&name, "cite::no-bibliography", "it is not a bibliography".to_owned(), Some(help));
            None
        }
        Err(error) => {
            input_failed(report, &name, &error);
            None
        }
    }
}

/// Gives a key to every record that has none.
fn make_keys(entries: &mut [Entry]) {
    let mut keys = KeyMaker::default();
    for entry in entries.iter().filter(|entry| !entry.record.key.is_empty()) {
        keys.reserve(&entry.record.key);
    }
    for entry in entries.iter_mut().filter(|entry| entry.record.key.is_empty()) {
        entry.record.key = keys.make(&entry.record);
    }
}

/// The format of `--bib-out`, by its extension; natbib wants BibTeX.
fn bibliography_format(path: &Path, target: Option<CiteTarget>) -> Result<&'static Format, String> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let name = match (extension, target) {
        ("bib", Some(CiteTarget::Natbib | CiteTarget::Typst)) => formats::by_name("bibtex"),
        _ => formats::by_extension(extension),
    };
    name.ok_or_else(|| format!("`{}` has no extension of a known bibliography; see `reflist formats`", path.display()))
}

fn write(path: Option<&Path>, text: &str) -> std::io::Result<()> {
    let mut output = Output::open(path)?;
    output.write_all(text.as_bytes())?;
    output.finish()
}

fn output_name(args: &Cite) -> String {
    args.output.as_deref().map_or_else(|| "<stdout>".to_owned(), input::name_of)
}

impl From<CiteTarget> for Target {
    fn from(target: CiteTarget) -> Self {
        match target {
            CiteTarget::Pandoc => Self::Pandoc,
            CiteTarget::Biblatex => Self::Biblatex,
            CiteTarget::Natbib => Self::Natbib,
            CiteTarget::Typst => Self::Typst,
        }
    }
}
