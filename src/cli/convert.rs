//! `reflist convert`: anything to anything.

use std::borrow::Cow;
use std::io::{BufRead, Write};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::args::{Convert, Global, ProtectOption, TargetProgram};
use super::cited::Cited;
use super::input::{self, Source};
use super::model::Loaded;
use super::output::Output;
use super::pipeline::{Choice, Condition, Item, Keys, Pipeline, SortBy, Subject, WithMacros};
use super::progress::Progress;
use super::report::Report;
use super::{Outcome, input_failed, output_failed, wrong_use};
use crate::diagnostic::{Diagnostic, Level, Place, Sink};
use crate::document::Document;
use crate::embedded;
use crate::formats::bibtex::MacroUses;
use crate::formats::{self, Format, Protect, Target, WriteOptions, biblatex, bibtex};
use crate::parse;
use crate::record::key::KeyMaker;
use crate::record::{Record, Variable};
use crate::span::Span;

/// How many lines are read before they are labelled: enough for all cores, little enough for flat memory.
const LINES: usize = 1024;

/// A single line is read up to this many bytes at a time.
const LINE_BYTES: usize = 1 << 26;

pub(super) fn run(args: &Convert, global: &Global, report: &Report) -> Outcome {
    let job = match Job::new(args, global, report) {
        Ok(Some(job)) => job,
        Ok(None) => return Outcome::Done,
        Err(message) => return wrong_use(report, &message),
    };
    let name = args.output.as_deref().map_or_else(|| "<stdout>".to_owned(), input::name_of);
    let output = match Output::open(args.output.as_deref()) {
        Ok(output) => output,
        Err(error) => return output_failed(report, &name, &error),
    };
    let mut pipeline = Pipeline::new(job.format, write_options(args), report, output);
    pipeline.choice = job.choice();
    if let Some(path) = &args.cited {
        match Cited::read(path) {
            Ok(cited) => pipeline.choice.cited = Some(cited),
            Err(error) => {
                input_failed(report, &input::name_of(path), &error);
                return Outcome::Done;
            }
        }
    }
    (pipeline.keys, pipeline.key_maker) = keys(args);
    let mut progress = Progress::new("references", None, global.quiet);
    for path in input::paths(&args.input.inputs) {
        job.one_input(&path, &mut pipeline, &mut progress);
        if pipeline.has_failed() {
            break;
        }
    }
    drop(progress);
    let found = pipeline.found();
    if let Err(error) = pipeline.finish().and_then(Output::finish) {
        return output_failed(report, &name, &error);
    }
    report.finish_losses(job.format.name);
    if found == 0 { nothing_found(report) } else { Outcome::Done }
}

fn nothing_found(report: &Report) -> Outcome {
    if !report.has_failed() {
        let help = "give -f list if the whole input is one list, -f lines if each line is one reference";
        report.diagnostic("", &Diagnostic::error("convert::nothing-found", "no reference was found").with_help(help));
    }
    Outcome::NothingFound
}

/// What the options ask for, checked.
struct Job<'a> {
    args: &'a Convert,
    report: &'a Report,
    from: Option<Source>,
    format: &'static Format,
    model: Loaded,
    select: Vec<(String, Option<String>)>,
}

impl<'a> Job<'a> {
    /// `None` if the model could not be loaded, which is reported.
    fn new(args: &'a Convert, _: &Global, report: &'a Report) -> Result<Option<Self>, String> {
        let from = input::parse_from(&args.input.from)?;
        let format = output_format(args.to.as_deref(), args.output.as_deref())?;
        let variables = args.keep_fields.iter().chain(&args.drop_fields);
        variables.map(|name| variable(name)).collect::<Result<Vec<_>, _>>()?;
        let select: Vec<(String, Option<String>)> = args.select.iter().map(|text| split_condition(text)).collect();
        select.iter().map(|(what, _)| subject(what)).collect::<Result<Vec<_>, _>>()?;
        if let Some(sort) = &args.sort {
            sort_by(sort)?;
        }
        let Some(model) = super::model::load(&args.model, report) else { return Ok(None) };
        Ok(Some(Self { args, report, from, format, model, select }))
    }

    fn choice(&self) -> Choice {
        let variables = |names: &[String]| names.iter().filter_map(|name| variable(name).ok()).collect();
        Choice {
            cited: None,
            select: self
                .select
                .iter()
                .filter_map(|(what, contains)| {
                    Some(Condition { what: subject(what).ok()?, contains: contains.clone() })
                })
                .collect(),
            keep: variables(&self.args.keep_fields),
            drop: variables(&self.args.drop_fields),
            dedupe: self.args.dedupe,
            sort: self.args.sort.as_deref().and_then(|name| sort_by(name).ok()),
        }
    }

    fn one_input<W: Write>(&self, path: &Path, pipeline: &mut Pipeline<'_, W>, progress: &mut Progress) {
        let name = input::name_of(path);
        let (source, reader) = match input::open(path, self.from) {
            Ok(opened) => opened,
            Err(error) => return input_failed(self.report, &name, &error),
        };
        let done = match source {
            Some(Source::Lines) => self.lines(&name, reader, pipeline, progress),
            Some(Source::Bibliography(format)) => self.bibliography(&name, format, reader, pipeline, progress),
            other => input::read_all(reader).map(|bytes| self.document(&name, other, &bytes, pipeline, progress)),
        };
        if let Err(error) = done {
            input_failed(self.report, &name, &error);
        }
    }

    /// A document, a list, or what is no text at all.
    fn document<W: Write>(
        &self,
        name: &str,
        source: Option<Source>,
        bytes: &[u8],
        pipeline: &mut Pipeline<'_, W>,
        progress: &mut Progress,
    ) {
        let parser = self.args.model.parser(&self.model);
        let list = match source {
            Some(Source::Document(kind)) => {
                let document = Document::read(kind, bytes);
                if let Some((records, diagnostics)) = embedded::bibliography(&document) {
                    self.report.document(name, document.diagnostics());
                    self.report.diagnostics(name, &diagnostics);
                    for record in records {
                        progress.advance(1);
                        pipeline.push(Item::Record(record));
                    }
                    return;
                }
                let list = parser.parse_document(&document);
                let (records, diagnostics) = embedded::records(&document);
                self.report.diagnostics(name, &diagnostics);
                self.report.diagnostics(name, &embedded::compare(&list.entries, &records));
                list
            }
            _ => parser.parse_list_text(bytes),
        };
        self.report.document(name, &list.diagnostics);
        for (parsed, repeat) in list.entries.into_iter().zip(list.repeats) {
            progress.advance(1);
            self.report.diagnostics(name, &parsed.diagnostics);
            if repeat.is_none() {
                pipeline.push(Item::Parsed(Box::new(parsed)));
            }
        }
    }

    /// Each line by itself, in batches, so that memory stays flat.
    fn lines<W: Write>(
        &self,
        name: &str,
        mut reader: Box<dyn BufRead>,
        pipeline: &mut Pipeline<'_, W>,
        progress: &mut Progress,
    ) -> std::io::Result<()> {
        let parser = self.args.model.parser(&self.model);
        let mut lines = Lines { number: 0, offset: 0, bytes: Vec::new() };
        loop {
            let batch = lines.batch(&mut *reader)?;
            if batch.is_empty() || pipeline.has_failed() {
                return Ok(());
            }
            let parsed: Vec<parse::Parsed> = batch
                .par_iter()
                .with_min_len(16)
                .map_init(|| parser.scratch(), |scratch, line| parser.parse_line(&line.text, scratch))
                .collect();
            for (line, mut parsed) in batch.iter().zip(parsed) {
                progress.advance(1);
                parsed.diagnostics.extend(line.diagnostic.clone());
                for diagnostic in &mut parsed.diagnostics {
                    diagnostic.place = Some(line.place(diagnostic.place));
                }
                self.report.diagnostics(name, &parsed.diagnostics);
                pipeline.push(Item::Parsed(Box::new(parsed)));
            }
        }
    }

    fn bibliography<W: Write>(
        &self,
        name: &str,
        format: &Format,
        mut reader: Box<dyn BufRead>,
        pipeline: &mut Pipeline<'_, W>,
        progress: &mut Progress,
    ) -> std::io::Result<()> {
        let mut diagnostics = Diagnostics { report: self.report, name };
        if !self.keeps_macros(format) {
            let mut records = Records { pipeline, progress, macros: None, count: 0 };
            return format.read(&mut *reader, &mut records, &mut diagnostics);
        }
        let bytes = input::read_all(reader)?;
        let decoded = crate::text::decode(&bytes);
        decoded.diagnostics.into_iter().for_each(|diagnostic| diagnostics.report(diagnostic));
        let syntax = bibtex::syntax::parse(&decoded.text);
        let macros = MacroUses::in_blocks(&decoded.text, &syntax);
        let is_ascii = macros.definitions().is_ascii();
        let is_written = !macros.is_empty() && (is_ascii || !self.args.ascii);
        let macros = (is_written && pipeline.define(&macros)).then(|| Arc::new(macros));
        let mut records = Records { pipeline, progress, macros, count: 0 };
        bibtex::read_blocks(&decoded.text, &syntax, &mut records, &mut diagnostics);
        Ok(())
    }

    /// Whether what is read and what is written have macros.
    fn keeps_macros(&self, from: &Format) -> bool {
        let is_bib = |format: &Format| [bibtex::FORMAT.name, biblatex::FORMAT.name].contains(&format.name);
        is_bib(from) && is_bib(self.format) && self.args.target.is_none()
    }
}

/// Hands records on as they are read.
struct Records<'p, 'a, W: Write> {
    pipeline: &'p mut Pipeline<'a, W>,
    progress: &'p mut Progress,
    /// The macros of the source, where they are kept.
    macros: Option<Arc<MacroUses>>,
    count: usize,
}

impl<W: Write> Sink<Record> for Records<'_, '_, W> {
    fn report(&mut self, record: Record) {
        self.progress.advance(1);
        let entry = self.count;
        self.count += 1;
        let item = match &self.macros {
            Some(uses) if uses.are_in(entry) => {
                Item::WithMacros(Box::new(WithMacros { record, uses: Arc::clone(uses), entry }))
            }
            _ => Item::Record(record),
        };
        self.pipeline.push(item);
    }
}

/// Prints diagnostics as they come.
struct Diagnostics<'a> {
    report: &'a Report,
    name: &'a str,
}

impl Sink for Diagnostics<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.report.diagnostic(self.name, &diagnostic);
    }

    fn wants(&self, level: Level) -> bool {
        self.report.wants(level)
    }
}

/// Lines of an input, decoded one by one.
struct Lines {
    number: usize,
    offset: usize,
    bytes: Vec<u8>,
}

/// One line and where it stood.
struct Line {
    text: String,
    number: usize,
    offset: usize,
    diagnostic: Option<Diagnostic>,
}

impl Lines {
    /// The next lines; none at the end of the input.
    fn batch(&mut self, reader: &mut dyn BufRead) -> std::io::Result<Vec<Line>> {
        let mut batch = Vec::new();
        let mut size = 0;
        while batch.len() < LINES && size < LINE_BYTES {
            self.bytes.clear();
            let read = reader.read_until(b'\n', &mut self.bytes)?;
            if read == 0 {
                break;
            }
            self.number += 1;
            batch.push(self.line());
            self.offset += read;
            size += read;
        }
        // One huge line must not be kept for the rest of the run.
        self.bytes.shrink_to(1 << 16);
        Ok(batch)
    }

    fn line(&self) -> Line {
        let mut bytes = self.bytes.as_slice();
        if self.number == 1 {
            bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        }
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let decoded = crate::text::decode_line(bytes);
        let diagnostic = matches!(decoded, Cow::Owned(_)).then(|| {
            Diagnostic::warning("lines::invalid-utf8", "the line is not UTF-8; it was read as Windows-1252")
                .with_help("convert the file to UTF-8")
        });
        Line { text: decoded.into_owned(), number: self.number, offset: self.offset, diagnostic }
    }
}

impl Line {
    /// A place in the line (or the whole line) as a place in the input.
    fn place(&self, within: Option<Place>) -> Place {
        let span = within.map_or_else(|| Span::new(0, self.text.len()), |place| place.span);
        let column = within.map_or(1, |place| place.column);
        Place { line: self.number, column, span: Span::new(self.offset + span.start, self.offset + span.end) }
    }
}

fn output_format(to: Option<&str>, output: Option<&Path>) -> Result<&'static Format, String> {
    let known = || input::names(formats::FORMATS.iter().map(|format| format.name));
    if let Some(name) = to {
        return formats::by_name(name).ok_or_else(|| format!("unknown output format `{name}`; known are {}", known()));
    }
    let extension = output.and_then(Path::extension).and_then(|extension| extension.to_str());
    match extension {
        Some(extension) => formats::by_extension(extension).ok_or_else(|| {
            format!("the extension `.{extension}` names no output format; give -t with one of {}", known())
        }),
        None => Ok(&formats::biblatex::FORMAT),
    }
}

fn write_options(args: &Convert) -> WriteOptions {
    let mut options = WriteOptions::default();
    if args.target == Some(TargetProgram::Zotero) {
        options.target = Target::Zotero;
    }
    options.ascii = args.ascii;
    options.protect = match args.protect {
        ProtectOption::Words => Protect::Words,
        ProtectOption::Title => Protect::Title,
        ProtectOption::None => Protect::None,
    };
    options
}

fn keys(args: &Convert) -> (Keys, KeyMaker) {
    match &args.keys {
        Some(pattern) => (Keys::Made, KeyMaker::new(pattern)),
        None if args.keep_keys => (Keys::Kept, KeyMaker::default()),
        None => (Keys::Unique, KeyMaker::default()),
    }
}

fn variable(name: &str) -> Result<Variable, String> {
    name.trim().parse().map_err(|_| format!("unknown variable `{name}`; `reflist formats --variables` lists them"))
}

fn split_condition(text: &str) -> (String, Option<String>) {
    match text.split_once('=') {
        Some((what, contains)) => (what.to_owned(), Some(contains.to_lowercase())),
        None => (text.to_owned(), None),
    }
}

fn subject(name: &str) -> Result<Subject, String> {
    match name {
        "kind" => Ok(Subject::Kind),
        "key" => Ok(Subject::Key),
        name => variable(name).map(Subject::Variable),
    }
}

fn sort_by(name: &str) -> Result<SortBy, String> {
    if name == "key" { Ok(SortBy::Key) } else { variable(name).map(SortBy::Variable) }
}
