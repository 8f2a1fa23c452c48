//! What is wrong with the citations of a document, both ways.
//!
//! | code | what |
//! | --- | --- |
//! | `citations::missing` | a citation that no entry fits; the near ones are named |
//! | `citations::ambiguous` | a citation that several entries fit |
//! | `citations::locator` | a locator outside the pages of its entry |
//! | `citations::uncited` | an entry that nothing cites |
//!
//! A [`Report`] holds the findings as data; [`Report::to_text`], [`Report::to_json`], [`Report::to_github`] and [`Report::to_html`]
//! print them. A [`Finding`] is a [`Diagnostic`] too.

mod html;

use std::fmt::Write;

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::index::page_ranges;
use super::link::{Near, Verdict};
use super::{Citation, Item, Links, Reference, Style, whole_items};
use crate::diagnostic::{Diagnostic, Level, Place};
use crate::document::Document;
use crate::record::{Name, Record, Variable};
use crate::span::{LineIndex, Span};

/// The findings about the citations of one document, in the order of its text; uncited entries last.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// What was found.
    pub findings: Vec<Finding>,
    /// How many works are cited, each as often as it is.
    pub items: usize,
    /// How many of these are linked to one entry.
    pub linked: usize,
    /// The entries of the list, as the findings name them; as long as the references.
    pub entries: Vec<Entry>,
}

/// An entry as a report names it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Its citation key; empty if it has none.
    pub key: String,
    /// Names and year: "Gaddy & Ickes 2020".
    pub label: String,
    /// Its pages as printed, if it has any.
    pub pages: Option<String>,
    /// Its place in the document, if the list is there.
    pub place: Option<Place>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// Stable code: `citations::missing`, ….
    pub code: &'static str,
    /// Where it stands; `None` for an entry of a bibliography.
    pub place: Option<Place>,
    /// The item as printed; for an uncited entry its label.
    pub text: String,
    /// The way in which the citation points; `None` for an uncited entry.
    pub style: Option<Style>,
    /// The cited names.
    pub names: Vec<String>,
    /// The cited year, as printed.
    pub year: Option<String>,
    /// The locator, as printed.
    pub locator: Option<String>,
    /// Entries that fit: all of an ambiguous citation, the one whose pages the locator misses, the uncited one. Indexes into
    /// [`Report::entries`].
    pub entries: Vec<usize>,
    /// Entries that nearly fit.
    pub near: Vec<Near>,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Report {
    /// Makes a report of citations, what they mean, and the entries.
    ///
    /// # Example
    ///
    /// ```
    /// use reflist::citations::{Reference, Report, find, link};
    /// use reflist::document::Document;
    /// use reflist::{Kind, Name, Names, Record, Variable};
    /// let mut record = Record::new("liu2022", Kind::Book);
    /// record.set(Variable::Author, Names::new(vec![Name::person("Liu", "W.")]));
    /// record.set(Variable::Issued, "2022");
    /// let references = [Reference::new(&record)];
    /// let document = Document::from_plain(b"So it is (Liu, 2020, p. 72).");
    /// let citations = find(&document, &references, &[]);
    /// let report = Report::new(&document, &references, &citations, &link(&citations, &references));
    /// assert_eq!(report.findings[0].code, "citations::missing");
    /// assert_eq!(report.findings[0].help, "did you mean Liu 2022 (liu2022)?");
    /// assert_eq!(report.findings[1].code, "citations::uncited");
    /// ```
    #[must_use]
    pub fn new(document: &Document, references: &[Reference<'_>], citations: &[Citation], links: &Links) -> Self {
        let lines = LineIndex::new(document.source());
        let place = |span: Span| {
            let (line, column) = lines.line_column(document.source(), span.start);
            Place { line, column, span }
        };
        let mut entries: Vec<Entry> =
            references.iter().map(|reference| Entry::new(reference, reference.place.map(place))).collect();
        tell_apart(&mut entries, references);
        let mut report = Self { findings: Vec::new(), items: 0, linked: 0, entries };
        for (citation, verdicts) in citations.iter().zip(&links.verdicts) {
            for ((item, named), verdict) in whole_items(citation).zip(verdicts) {
                report.items += 1;
                report.linked += usize::from(verdict.reference().is_some());
                let finding = report.judge(references, item, verdict);
                report.findings.extend(finding.map(|finding| Finding {
                    place: Some(place(document.place(item.span))),
                    style: Some(citation.style),
                    names: named.names.clone(),
                    year: item.year.as_ref().map(|year| year.printed.clone()),
                    locator: item.locator.as_ref().map(ToString::to_string),
                    ..finding.named(&describe(item, named))
                }));
            }
        }
        for &at in &links.uncited {
            let entry = &report.entries[at];
            report.findings.push(Finding {
                place: entry.place,
                text: entry.label.clone(),
                entries: vec![at],
                message: format!("{} is in the list, but nothing cites it", entry.name()),
                help: "cite it, or take it out of the list".to_owned(),
                ..Finding::new("citations::uncited")
            });
        }
        report
    }

    /// What is wrong with an item, if anything; `{}` stands for the item in the message.
    fn judge(&self, references: &[Reference<'_>], item: &Item, verdict: &Verdict) -> Option<Finding> {
        match verdict {
            Verdict::Missing(near) => {
                let help = if near.is_empty() {
                    "add the entry, or correct the citation".to_owned()
                } else {
                    let near: Vec<String> = near.iter().map(|near| self.entries[near.reference].name()).collect();
                    format!("did you mean {}?", near.join(" or "))
                };
                let message = "no entry for \"{}\"".to_owned();
                Some(Finding { near: near.clone(), message, help, ..Finding::new("citations::missing") })
            }
            Verdict::Ambiguous(entries) => {
                let names: Vec<String> = entries.iter().map(|&at| self.entries[at].name()).collect();
                let message = format!("\"{{}}\" fits {} entries: {}", entries.len(), names.join("; "));
                let help = "tell them apart by a letter behind the year, or by initials".to_owned();
                Some(Finding { entries: entries.clone(), message, help, ..Finding::new("citations::ambiguous") })
            }
            Verdict::Linked { reference, .. } => {
                let locator = item.locator.as_ref()?;
                let ranges = page_ranges(references[*reference].record);
                let outside = !ranges.is_empty()
                    && locator
                        .pages()
                        .iter()
                        .any(|&(from, to)| !ranges.iter().any(|&(first, last)| first <= from && to <= last));
                let entry = &self.entries[*reference];
                let message =
                    format!("\"{{}}\" points outside {}, {}", entry.name(), entry.pages.as_deref().unwrap_or_default());
                let help = "correct the page, or the pages of the entry".to_owned();
                outside.then(|| Finding {
                    entries: vec![*reference],
                    message,
                    help,
                    ..Finding::new("citations::locator")
                })
            }
        }
    }

    /// One line a finding with its help below, then the sums; `file` stands in front of each place.
    #[must_use]
    pub fn to_text(&self, file: &str) -> String {
        let mut out = String::new();
        for finding in &self.findings {
            let place = finding.place.map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
            let _ = writeln!(out, "{file}{place}: warning[{}]: {}", finding.code, finding.message);
            let _ = writeln!(out, "  help: {}", finding.help);
        }
        let _ = writeln!(out, "{}", self.summary());
        out
    }

    /// The sums in a line: "56 citations: 23 linked, 28 missing, 1 ambiguous; 4 locators outside their entry; 32 entries, 5 uncited".
    #[must_use]
    pub fn summary(&self) -> String {
        let count = |code: &str| self.findings.iter().filter(|finding| finding.code == code).count();
        format!(
            "{} citations: {} linked, {} missing, {} ambiguous; {} locators outside their entry; {} entries, {} uncited",
            self.items,
            self.linked,
            count("citations::missing"),
            count("citations::ambiguous"),
            count("citations::locator"),
            self.entries.len(),
            count("citations::uncited"),
        )
    }

    /// One JSON object a line, one finding an object.
    ///
    /// `start` and `end` count bytes of the decoded source, `line` and `column` from 1 (the column in characters).
    #[must_use]
    pub fn to_json(&self, file: &str) -> String {
        self.findings.iter().map(|finding| format!("{}\n", self.json(file, finding))).collect()
    }

    fn json(&self, file: &str, finding: &Finding) -> Value {
        let entry = |at: usize| {
            let entry = &self.entries[at];
            let mut object = json!({"key": entry.key, "label": entry.label});
            if let Some(pages) = &entry.pages {
                object["pages"] = pages.as_str().into();
            }
            object
        };
        let near = |near: &Near| {
            let mut object = entry(near.reference);
            object["differs"] = near.differs.as_str().into();
            object
        };
        let mut object = json!({"level": Level::Warning.as_str(), "code": finding.code, "message": finding.message});
        if !file.is_empty() {
            object["file"] = file.into();
        }
        if let Some(place) = finding.place {
            object["line"] = place.line.into();
            object["column"] = place.column.into();
            object["start"] = place.span.start.into();
            object["end"] = place.span.end.into();
        }
        object["text"] = finding.text.as_str().into();
        object["style"] = finding.style.map(Style::as_str).into();
        object["names"] = finding.names.clone().into();
        object["year"] = finding.year.clone().into();
        object["locator"] = finding.locator.clone().into();
        object["entries"] = finding.entries.iter().map(|&at| entry(at)).collect();
        object["near"] = finding.near.iter().map(near).collect();
        object["help"] = finding.help.as_str().into();
        object
    }

    /// Workflow commands that GitHub shows beside the lines.
    #[must_use]
    pub fn to_github(&self, file: &str) -> String {
        let mut out = String::new();
        for finding in &self.findings {
            let place =
                finding.place.map(|place| format!(",line={},col={}", place.line, place.column)).unwrap_or_default();
            let file = github_escape(file).replace(':', "%3A").replace(',', "%2C");
            let title = finding.code.replace(':', "%3A");
            let message = github_escape(&format!("{}; {}", finding.message, finding.help));
            let _ = writeln!(out, "::warning file={file}{place},title={title}::{message}");
        }
        out
    }

    /// A page with the document's text, its citations coloured by verdict and tied to the list below.
    #[must_use]
    pub fn to_html(&self, name: &str, document: &Document, citations: &[Citation], links: &Links) -> String {
        html::page(self, name, document, citations, links)
    }
}

fn github_escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

impl Entry {
    fn new(reference: &Reference<'_>, place: Option<Place>) -> Self {
        let record = reference.record;
        let pages = record.page().map(|pages| {
            let text = pages.to_string();
            format!("{} {text}", if text.contains(['\u{2013}', ',']) { "pp." } else { "p." })
        });
        Self { key: record.key.to_string(), label: entry_label(record, reference.printed), pages, place }
    }

    /// Label and key: "Liu 2022 (liu2022)".
    fn name(&self) -> String {
        if self.key.is_empty() { self.label.clone() } else { format!("{} ({})", self.label, self.key) }
    }
}

/// "Gaddy & Ickes 2020", "Lu et al. 2015"; the title where there is no name.
fn entry_label(record: &Record, printed: &str) -> String {
    let names = [record.author(), record.editor()].into_iter().flatten().next();
    let names: Vec<String> =
        names.map(|names| names.list.iter().map(Name::family_with_particle).collect()).unwrap_or_default();
    let who = match names.as_slice() {
        [] => {
            let title = record.title().map(|title| title.main.as_str()).unwrap_or(printed);
            title.split_whitespace().take(6).collect::<Vec<_>>().join(" ")
        }
        [one] => one.clone(),
        [one, two] => format!("{one} & {two}"),
        [first, ..] => format!("{first} et al."),
    };
    let year = record.issued().map(|date| date.year().map_or_else(|| date.to_string(), |year| year.to_string()));
    let letter = record.get(Variable::YearSuffix).map(|value| value.to_plain()).unwrap_or_default();
    match year {
        Some(year) => format!("{who} {year}{letter}"),
        None => who,
    }
}

/// Puts initials in front of labels that several entries have: "J. Brown 2021", "K. Brown 2021".
fn tell_apart(entries: &mut [Entry], references: &[Reference<'_>]) {
    let mut seen: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, entry) in entries.iter().enumerate() {
        seen.entry(entry.label.clone()).or_default().push(at);
    }
    for at in seen.into_values().filter(|same| same.len() > 1).flatten() {
        let names = references[at].record.author().and_then(|names| names.list.first());
        if let Some(person) = names.and_then(Name::as_person).filter(|person| !person.given.is_empty()) {
            entries[at].label = format!("{} {}", person.given, entries[at].label);
        }
    }
}

/// The item with the names that it stands on: the second of "Smith 2019, 2020" is "Smith, 2020".
fn describe(item: &Item, named: &Item) -> String {
    let whole = Item { names: named.names.clone(), et_al: named.et_al, ..item.clone() };
    whole.to_string()
}

impl Finding {
    fn new(code: &'static str) -> Self {
        Self {
            code,
            place: None,
            text: String::new(),
            style: None,
            names: Vec::new(),
            year: None,
            locator: None,
            entries: Vec::new(),
            near: Vec::new(),
            message: String::new(),
            help: String::new(),
        }
    }

    fn named(mut self, text: &str) -> Self {
        self.message = self.message.replacen("{}", text, 1);
        text.clone_into(&mut self.text);
        self
    }

    /// The same as a diagnostic, for those who print diagnostics of many kinds.
    ///
    /// ```
    /// # use reflist::citations::{Report, find, link};
    /// # use reflist::document::Document;
    /// let document = Document::from_plain(b"So it is (Liu, 2020).");
    /// let citations = find(&document, &[], &[]);
    /// let report = Report::new(&document, &[], &citations, &link(&citations, &[]));
    /// assert_eq!(report.findings[0].diagnostic().to_string(), "1:11: warning[citations::missing]: no entry for \"Liu, 2020\"");
    /// ```
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let diagnostic = Diagnostic::warning(self.code, self.message.clone()).with_help(self.help.clone());
        match self.place {
            Some(place) => diagnostic.at(place),
            None => diagnostic,
        }
    }
}
