//! The spans of an entry, each given to its parser, and the record made of the values.

use crate::diagnostic::Diagnostic;
use crate::parse::entries::Entry;
use crate::parse::label::{Label, Segment};
use crate::record::{Field, Identifier, Kind, Names, Pages, Parsed, Record, Text, Title, Value, Variable};
use crate::span::Span;

use super::conventions::Conventions;
use super::{connectors, dates, identifiers, institutions, kind, language, names, numbers, pages, text};

pub(super) fn assemble(entry: &Entry, segments: &[Segment], conventions: &Conventions) -> Parsed {
    let mut assembly = Assembly::new(entry, segments, conventions);
    assembly.names();
    assembly.titles();
    assembly.dates();
    assembly.figures();
    assembly.identifiers();
    assembly.plain_texts();
    assembly.left_over();
    assembly.finish()
}

/// A record in the making.
struct Assembly<'e> {
    entry: &'e Entry,
    segments: Vec<Segment>,
    conventions: &'e Conventions,
    record: Record,
    fields: Vec<Field>,
    /// Spans that no variable takes.
    notes: Vec<Span>,
    diagnostics: Vec<Diagnostic>,
}

impl<'e> Assembly<'e> {
    fn new(entry: &'e Entry, segments: &[Segment], conventions: &'e Conventions) -> Self {
        let mut kept: Vec<Segment> = Vec::with_capacity(segments.len());
        for segment in segments {
            if segment.label == Label::Separator {
                continue;
            }
            let behind = kept.last().is_none_or(|last| last.span.end <= segment.span.start);
            if behind && !segment.span.is_empty() && entry.text.get(segment.span.range()).is_some() {
                kept.push(*segment);
            }
        }
        institutions::relabel(&entry.text, &mut kept);
        let (record, fields, notes, diagnostics) =
            (Record::default(), Vec::with_capacity(kept.len() + 2), Vec::new(), Vec::new());
        Self { entry, segments: kept, conventions, record, fields, notes, diagnostics }
    }

    /// The segments of a label, in order.
    fn of(&self, label: Label) -> Vec<Segment> {
        self.segments.iter().filter(|segment| segment.label == label).copied().collect()
    }

    fn has(&self, label: Label) -> bool {
        self.segments.iter().any(|segment| segment.label == label)
    }

    fn printed(&self, span: Span) -> &'e str {
        &self.entry.text[span.range()]
    }

    /// Sets a variable and remembers where its value stood.
    fn put(&mut self, variable: Variable, value: impl Into<Value>, span: Span, confidence: f32) {
        let value = value.into();
        if value.is_empty() {
            self.notes.push(span);
            return;
        }
        self.record.set(variable, value);
        self.fields.push(Field::new(variable, span, confidence));
    }

    fn names(&mut self) {
        for (label, variable) in [
            (Label::Author, Variable::Author),
            (Label::Editor, Variable::Editor),
            (Label::Translator, Variable::Translator),
            (Label::Director, Variable::Director),
            (Label::Recipient, Variable::Recipient),
        ] {
            let mut all = Names::default();
            for segment in self.of(label) {
                let (names, span) = names::parse(&self.entry.text, segment.span, self.conventions);
                if names.is_empty() {
                    self.notes.push(segment.span);
                    continue;
                }
                // A run that is printed twice is one run.
                all.list.extend(names.list.into_iter().filter(|name| !all.list.contains(name)).collect::<Vec<_>>());
                all.et_al |= names.et_al;
                self.fields.push(Field::new(variable, span, segment.confidence));
            }
            if !all.is_empty() {
                self.record.set(variable, all);
            }
        }
    }

    fn titles(&mut self) {
        for (label, variable) in [
            (Label::Title, Variable::Title),
            (Label::ContainerTitle, Variable::ContainerTitle),
            (Label::CollectionTitle, Variable::CollectionTitle),
            (Label::Event, Variable::EventTitle),
        ] {
            let spans = self.joined(label);
            let Some(best) =
                spans.iter().enumerate().max_by_key(|(at, (span, _))| (span.len(), usize::MAX - at)).map(|(at, _)| at)
            else {
                continue;
            };
            for (at, &(span, confidence)) in spans.iter().enumerate() {
                if at != best {
                    self.notes.push(span);
                    continue;
                }
                let mut span = text::title_span(&self.entry.text, span);
                if label == Label::ContainerTitle {
                    span = text::with_stop(&self.entry.text, span);
                }
                let main = text::rich(self.entry, span);
                self.put(variable, Title::new(main), span, confidence);
            }
        }
        self.translations();
    }

    /// The spans of a label, those joined that only marks and blanks part.
    fn joined(&self, label: Label) -> Vec<(Span, f32)> {
        let mut joined: Vec<(Span, f32)> = Vec::new();
        let mut before: Option<usize> = None;
        for (at, segment) in self.segments.iter().enumerate().filter(|(_, segment)| segment.label == label) {
            let near = before.is_some_and(|before| before + 1 == at)
                && joined.last().is_some_and(|(last, _)| {
                    let gap = self.printed(Span::new(last.end, segment.span.start));
                    gap.chars().count() <= 6 && !gap.chars().any(char::is_alphanumeric)
                });
            match joined.last_mut() {
                Some((last, confidence)) if near => {
                    last.end = segment.span.end;
                    *confidence = confidence.min(segment.confidence);
                }
                _ => joined.push((segment.span, segment.confidence)),
            }
            before = Some(at);
        }
        joined
    }

    /// A translation is the title's addition; without a title it is the title.
    fn translations(&mut self) {
        for (span, confidence) in self.joined(Label::TitleTranslation) {
            let span = text::title_span(&self.entry.text, span);
            let addition = text::rich(self.entry, span);
            let title = match self.record.title() {
                None => Title::new(addition),
                Some(title) if title.addition.is_none() => title.clone().with_addition(addition),
                Some(_) => {
                    self.notes.push(span);
                    continue;
                }
            };
            self.put(Variable::Title, title, span, confidence);
        }
    }

    fn dates(&mut self) {
        for (label, variable) in [
            (Label::OriginalDate, Variable::OriginalDate),
            (Label::Issued, Variable::Issued),
            (Label::Accessed, Variable::Accessed),
        ] {
            let segments = self.of(label);
            if segments.is_empty() {
                continue;
            }
            let printed: Vec<&str> = segments.iter().map(|segment| self.printed(segment.span)).collect();
            let read = if label == Label::Accessed { dates::parse_access } else { dates::parse };
            let reading = read(&printed, self.conventions.day_first);
            if reading.ambiguous {
                self.diagnostics.push(
                    Diagnostic::warning(
                        "fields::ambiguous-date",
                        "day and month cannot be told apart in a date of figures",
                    )
                    .with_help("only the year is kept; write the month as a word"),
                );
            }
            for (at, segment) in segments.iter().enumerate() {
                match &reading.date {
                    Some(_) if reading.unused.contains(&at) => self.notes.push(segment.span),
                    Some(date) if !self.record.has(variable) => {
                        self.put(variable, date.clone(), segment.span, segment.confidence);
                    }
                    Some(_) => self.fields.push(Field::new(variable, segment.span, segment.confidence)),
                    None => self.notes.push(segment.span),
                }
            }
            if variable == Variable::Issued {
                if let Some(letter) = reading.year_suffix {
                    self.record.set(Variable::YearSuffix, Text::from(letter));
                }
                if let Some(original) = reading.original.filter(|_| !self.record.has(Variable::OriginalDate)) {
                    self.record.set(Variable::OriginalDate, original);
                }
            }
        }
    }

    fn figures(&mut self) {
        self.volumes();
        self.page();
        for (label, variable) in [
            (Label::Issue, Variable::Issue),
            (Label::Number, Variable::Number),
            (Label::CollectionNumber, Variable::CollectionNumber),
            (Label::Edition, Variable::Edition),
            (Label::NumberOfPages, Variable::NumberOfPages),
            (Label::NumberOfVolumes, Variable::NumberOfVolumes),
            (Label::Version, Variable::Version),
            (Label::ChapterNumber, Variable::ChapterNumber),
            (Label::PartNumber, Variable::PartNumber),
        ] {
            for segment in self.of(label) {
                let value = numbers::clean(self.printed(segment.span));
                self.first(variable, crate::record::Number::from(value), segment);
            }
        }
    }

    /// Sets a variable unless it has another value; then the span goes to the note.
    fn first(&mut self, variable: Variable, value: impl Into<Value>, segment: Segment) {
        let value = value.into();
        match self.record.get(variable) {
            Some(known) if *known == value => self.fields.push(Field::new(variable, segment.span, segment.confidence)),
            Some(_) => self.notes.push(segment.span),
            None => self.put(variable, value, segment.span, segment.confidence),
        }
    }

    /// A volume, which may hold the issue where no other span is the issue.
    fn volumes(&mut self) {
        let alone = !self.has(Label::Issue);
        for segment in self.of(Label::Volume) {
            let printed = self.printed(segment.span);
            let (volume, issue) = if alone { numbers::split_volume(printed) } else { (numbers::clean(printed), None) };
            self.first(Variable::Volume, crate::record::Number::from(volume), segment);
            if let Some(issue) = issue {
                self.first(Variable::Issue, crate::record::Number::from(issue), segment);
            }
        }
    }

    /// Of several pages the longest run is the work's; a page cited beside it goes to the note.
    fn page(&mut self) {
        let mut best: Option<(Pages, Span, f32)> = None;
        for segment in self.of(Label::Page) {
            let mut span = segment.span;
            let printed = self.printed(span);
            let behind = &self.entry.text[span.end..];
            if pages::counts_pages(printed, behind) && !self.has(Label::NumberOfPages) && !self.has(Label::Volume) {
                self.first(Variable::NumberOfPages, crate::record::Number::from(pages::clean(printed)), segment);
                continue;
            }
            if behind.starts_with('.') && (printed.ends_with("ff") || printed.ends_with(" f")) {
                span.end += 1;
            }
            let value = Pages::parse(pages::clean(printed));
            match &best {
                Some((known, _, _)) if *known == value => {
                    self.fields.push(Field::new(Variable::Page, span, segment.confidence))
                }
                Some((_, known, _)) if known.len() >= span.len() => self.notes.push(span),
                _ => {
                    self.notes.extend(best.map(|(_, span, _)| span));
                    best = Some((value, span, segment.confidence));
                }
            }
        }
        if let Some((value, span, confidence)) = best {
            self.put(Variable::Page, value, span, confidence);
        }
    }

    fn identifiers(&mut self) {
        for segment in self.of(Label::Doi) {
            self.first(Variable::Doi, identifiers::doi(self.printed(segment.span)), segment);
        }
        for segment in self.of(Label::Url) {
            let url = identifiers::url(self.printed(segment.span));
            let doi = url
                .as_str()
                .contains("doi.org/10.")
                .then(|| identifiers::doi(url.as_str()))
                .filter(Identifier::is_valid);
            match doi {
                Some(doi) => self.first(Variable::Doi, doi, segment),
                None => self.first(Variable::Url, url, segment),
            }
        }
        for segment in self.of(Label::Arxiv) {
            let (number, class) = identifiers::arxiv(self.printed(segment.span));
            self.first(Variable::Eprint, number, segment);
            self.record.set(Variable::EprintType, "arxiv");
            if let Some(class) = class {
                self.record.set(Variable::EprintClass, Text::from(class));
            }
        }
        for (label, variable) in [(Label::Pmid, Variable::Pmid), (Label::Pmcid, Variable::Pmcid)] {
            for segment in self.of(label) {
                self.first(variable, identifiers::number(variable.scheme(), self.printed(segment.span)), segment);
            }
        }
        for (label, variable) in [(Label::Isbn, Variable::Isbn), (Label::Issn, Variable::Issn)] {
            let mut all: Vec<Identifier> = Vec::new();
            for segment in self.of(label) {
                for part in self.printed(segment.span).split([',', ';', '/']).filter(|part| !part.trim().is_empty()) {
                    let identifier = identifiers::number(variable.scheme(), part);
                    if !all.contains(&identifier) {
                        all.push(identifier);
                    }
                }
                self.fields.push(Field::new(variable, segment.span, segment.confidence));
            }
            self.record.set(variable, all);
        }
    }

    fn plain_texts(&mut self) {
        for (label, variable) in
            [(Label::Publisher, Variable::Publisher), (Label::PublisherPlace, Variable::PublisherPlace)]
        {
            let mut all: Vec<Text> = Vec::new();
            for (span, confidence) in self.joined(label) {
                let span = text::with_stop(&self.entry.text, text::trim(&self.entry.text, span));
                let whole = text::rich(self.entry, span);
                for part in whole.as_str().split([';', '|']).map(str::trim).filter(|part| !part.is_empty()) {
                    let part = if part.len() == whole.as_str().len() { whole.clone() } else { Text::plain(part) };
                    if !all.contains(&part) {
                        all.push(part);
                    }
                }
                self.fields.push(Field::new(variable, span, confidence));
            }
            self.record.set(variable, all);
        }
        for (label, variable) in [
            (Label::EventPlace, Variable::EventPlace),
            (Label::Genre, Variable::Genre),
            (Label::Medium, Variable::Medium),
            (Label::Archive, Variable::Archive),
            (Label::ArchiveLocation, Variable::ArchiveLocation),
            (Label::CallNumber, Variable::CallNumber),
            (Label::Status, Variable::Status),
        ] {
            for (span, confidence) in self.joined(label) {
                let span = text::trim(&self.entry.text, span);
                let value = text::rich(self.entry, span);
                self.first(variable, value, Segment::new(label, span, confidence));
            }
        }
        for segment in self.of(Label::CitationLabel) {
            let span = text::trim(&self.entry.text, segment.span);
            let printed = self.printed(span);
            let figures = printed.bytes().all(|byte| byte.is_ascii_digit());
            let variable = if figures { Variable::CitationNumber } else { Variable::CitationLabel };
            self.first(variable, Text::plain(printed), Segment::new(Label::CitationLabel, span, segment.confidence));
        }
        for segment in self.of(Label::Note) {
            self.notes.push(segment.span);
        }
        for segment in self.of(Label::Other) {
            if !connectors::is_link_label(self.printed(segment.span)) {
                self.notes.push(segment.span);
            }
        }
    }

    /// Words outside every span that do more than connect go to the note.
    fn left_over(&mut self) {
        let mut covered: Vec<Span> = self.segments.iter().map(|segment| segment.span).collect();
        covered.extend(self.fields.iter().map(|field| field.span));
        covered.sort_unstable();
        covered.push(Span::new(self.entry.text.len(), self.entry.text.len()));
        let mut at = 0;
        for span in covered {
            if span.start > at {
                self.gap(Span::new(at, span.start));
            }
            at = at.max(span.end);
        }
    }

    /// One gap between spans: from its first to its last word that is no connector.
    fn gap(&mut self, gap: Span) {
        let printed = self.printed(gap);
        let mut kept: Option<Span> = None;
        let mut start = None;
        for (at, c) in printed.char_indices().chain(std::iter::once((printed.len(), ' '))) {
            if c.is_alphanumeric() {
                start.get_or_insert(at);
                continue;
            }
            let Some(first) = start.take() else { continue };
            let word = &printed[first..at];
            if !connectors::connects(&word.to_lowercase()) {
                let span = Span::new(gap.start + first, gap.start + at);
                kept = Some(kept.map_or(span, |kept: Span| Span::new(kept.start, span.end)));
            }
        }
        self.notes.extend(kept);
    }

    fn finish(mut self) -> Parsed {
        self.note();
        self.fields.sort_by_key(|field| (field.span, field.variable));
        let context =
            kind::Context { inside: self.is_inside(), month: self.record.issued().is_some_and(dates::has_month) };
        self.record.kind = if self.fields.is_empty() { Kind::Document } else { kind::guess(&self.record, context) };
        let titles = [Variable::Title, Variable::ContainerTitle, Variable::CollectionTitle];
        let titles: Vec<String> =
            titles.iter().filter_map(|&variable| self.record.get(variable)).map(Value::to_plain).collect();
        let language = language::guess(titles.iter().map(String::as_str));
        let confidence = self.segments.iter().map(|segment| segment.confidence).fold(1.0, f32::min);
        // A list holds the records of all its entries.
        self.record.shrink();
        self.fields.shrink_to_fit();
        Parsed {
            record: self.record,
            source: self.entry.text.clone(),
            fields: self.fields,
            confidence: if self.segments.is_empty() { 0.0 } else { confidence },
            language,
            diagnostics: self.diagnostics,
        }
    }

    /// The note: what no variable took, in the order of the text.
    fn note(&mut self) {
        self.notes.sort_unstable();
        self.notes.dedup();
        let mut note = String::new();
        for span in std::mem::take(&mut self.notes) {
            let span = text::trim(&self.entry.text, span);
            if span.is_empty() {
                continue;
            }
            if !note.is_empty() {
                note.push_str("; ");
            }
            note.push_str(self.printed(span));
            let confidence = self
                .segments
                .iter()
                .find(|segment| segment.span.contains(span))
                .map_or(0.5, |segment| segment.confidence);
            self.fields.push(Field::new(Variable::Note, span, confidence));
        }
        self.record.set(Variable::Note, Text::from(note));
    }

    /// Whether "In" or its like stands in front of the container's title, or of the editors in front of it.
    fn is_inside(&self) -> bool {
        let Some(container) = self.segments.iter().position(|segment| segment.label == Label::ContainerTitle) else {
            return false;
        };
        let first = self.segments[..container]
            .iter()
            .rposition(|segment| !matches!(segment.label, Label::Editor | Label::Role))
            .map_or(0, |at| at + 1);
        let from = if first == 0 { 0 } else { self.segments[first - 1].span.end };
        let before = self.printed(Span::new(from, self.segments[first].span.start));
        before.contains("//") || before.split(|c: char| !c.is_alphanumeric()).any(|word| is_in(&word.to_lowercase()))
    }
}

/// "In" in the languages of the training data, in lower case.
fn is_in(word: &str) -> bool {
    matches!(
        word,
        "in" | "dans"
            | "en"
            | "em"
            | "w"
            | "v"
            | "в"
            | "i"
            | "içinde"
            | "dalam"
            | "teoksessa"
            | "în"
            | "im"
            | "收入"
            | "在"
            | "載"
            | "载"
            | "収録"
            | "في"
            | "na"
            | "у"
    )
}
