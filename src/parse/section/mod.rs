//! The document → its reference lists.
//!
//! A list is found by three kinds of evidence, from the certain to the likely:
//!
//! 1. **Structure**: the source declares it (`thebibliography`, `<ref-list>`, pandoc's `#refs`), or its blocks forbid what the looks
//!    suggest (a heading is no reference, a list item is no continuation).
//! 2. **Headings** in many languages open a list, others end it ([`heading_kind`]).
//! 3. **Looks**: a small model over lines ([`crf`]) knows what references look like: how they begin, where the year stands, how they
//!    are indented and numbered, and that they come in runs.
//!
//! Without any heading a run of such lines is a list all the same, and a text that is nothing but references is one list.

mod crf;
mod features;
mod headings;
mod labeller;
mod lines;
mod links;
mod open;
mod regions;
mod shape;
#[cfg(feature = "train")]
mod train;

use std::ops::Range;
use std::sync::LazyLock;

pub(crate) use headings::behind_heading;
pub use headings::{HeadingKind, heading_kind};
pub use labeller::{Labeller, Part, Reading};
#[cfg(feature = "train")]
pub use train::{Sample, TrainOptions, train};

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::span::Span;
use crf::{Allowed, State, Weights};
pub(crate) use features::{Evidence, Seen, Start};
pub(crate) use lines::Line;
pub(crate) use links::link_goes_on;
pub(crate) use shape::{label, prefix, start, suffix};

/// Why a list was taken for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The source declares it.
    Declared,
    /// A heading stands over it.
    Heading,
    /// Its lines look like references.
    Looks,
    /// It is made of footnotes that cite.
    Footnotes,
}

/// A reference list of a document, before it is split.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FoundList {
    /// The heading over it, as printed.
    pub title: Option<String>,
    /// From its first to its last byte in [`Document::text`].
    pub span: Span,
    /// Why it was taken for one.
    pub reason: Reason,
    /// How sure that is, from 0 to 1: the mean probability that its lines belong to a list.
    pub confidence: f32,
    pub(crate) lines: Vec<ListLine>,
}

/// A line of a list with what is known of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListLine {
    pub(crate) line: Line,
    pub(crate) evidence: Evidence,
    /// The probability that a reference begins on it, given that it belongs to the list.
    pub(crate) starts: f32,
    /// Whether the best sequence begins a reference on it.
    pub(crate) best: bool,
}

impl ListLine {
    /// The line in two parts at the byte `at` of the document's text; the second begins an entry.
    pub(crate) fn cut(&self, document: &Document, at: usize) -> (Option<Self>, Self) {
        let (before, after) = self.line.cut(document, at);
        let before = before.map(|line| Self { line, ..*self });
        let evidence = features::alone(after.text(document));
        (before, Self { line: after, evidence, starts: 1.0, best: true })
    }
}

/// Finds the reference lists of a document, in its order.
///
/// Several lists (of chapters, "Further reading", footnotes) stay apart and carry their headings. Linear in the document's length.
///
/// # Diagnostics
///
/// `section::no-list` when there is none.
///
/// # Example
///
/// ```
/// use reflist::document::Document;
/// use reflist::parse::section;
/// let text = b"# Towns\n\nTowns grow (Baker 2021).\n\n# References\n\n- Baker, C. (2021). *Towns*. Oxford: Clarendon Press.\n";
/// let (lists, _) = section::find(&Document::from_markdown(text));
/// assert_eq!(lists[0].title.as_deref(), Some("References"));
/// ```
#[must_use]
pub fn find(document: &Document) -> (Vec<FoundList>, Vec<Diagnostic>) {
    search(document, None)
}

/// The same, but `labeller` reads what only looks like a list: a table whose rows begin with names and years, or formulas in numbered
/// lines, are none. [`Parser::find`](crate::parse::Parser::find) asks itself.
///
/// ```
/// use reflist::parse::{Parser, label::Model, section};
/// let document = reflist::Document::from_plain(b"References\n\nBaker, C. (2021). Towns. Oxford: Clarendon Press.\n");
/// let (lists, _) = section::find_with(&document, &Parser::new(Model::embedded()));
/// assert_eq!(lists.len(), 1);
/// ```
#[must_use]
pub fn find_with(document: &Document, labeller: &dyn Labeller) -> (Vec<FoundList>, Vec<Diagnostic>) {
    search(document, Some(labeller))
}

fn search(document: &Document, labeller: Option<&dyn Labeller>) -> (Vec<FoundList>, Vec<Diagnostic>) {
    let (lines, evidence) = open::without_asides(document, lines::lines(document));
    let allowed = open::allowed(document, &lines, &evidence);
    let (mut best, mut margins) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
    for part in parts(&evidence) {
        let emissions = crf::emissions(&WEIGHTS, &evidence[part.clone()], &allowed[part]);
        best.extend(crf::best(&WEIGHTS, &emissions));
        margins.extend(crf::marginals(&WEIGHTS, &emissions, |_, _, _| {}));
    }
    open::bullets(document, &lines, &mut best, &mut margins);
    let found = regions::regions(&regions::View {
        document,
        lines: &lines,
        evidence: &evidence,
        best: &best,
        margins: &margins,
        labeller,
    });
    let lists: Vec<FoundList> = found
        .into_iter()
        .filter_map(|region| {
            // A remark among notes that cite is a note of its own, and no part of the one before.
            let apart = |at: usize| is_heading(&evidence[at]) || evidence[at].has(Seen::Footnote);
            let lists_line = |&at: &usize| best[at] != State::Furniture && !(best[at] == State::Body && apart(at));
            let list = collect(&lines, &evidence, &best, &margins, region.lines.clone().filter(lists_line));
            let span = Span::new(list.first()?.line.span().start, list.last()?.line.span().end);
            Some(FoundList {
                title: region.title,
                span,
                reason: region.reason,
                confidence: region.confidence,
                lines: list,
            })
        })
        .collect();
    let mut diagnostics = Vec::new();
    if lists.is_empty() {
        diagnostics.push(
            Diagnostic::warning("section::no-list", "no reference list was found")
                .with_help("give the list alone with -f list, or one reference a line with -f lines"),
        );
    }
    (lists, diagnostics)
}

/// The whole document as one list, whatever it looks like: what `-f list` asks for.
#[must_use]
pub fn whole(document: &Document) -> Option<FoundList> {
    let lines = lines::lines(document);
    let evidence = features::evidence(document, &lines);
    // Everything belongs to the list but its own heading.
    let allowed: Vec<Allowed> = open::allowed(document, &lines, &evidence)
        .into_iter()
        .zip(&evidence)
        .map(|(Allowed([_, start, inside, furniture]), seen)| {
            let heading = seen.has(Seen::ReferencesHeading) || seen.has(Seen::Heading);
            Allowed([heading, start && !heading, inside && !heading, furniture && !heading])
        })
        .collect();
    let emissions = crf::emissions(&WEIGHTS, &evidence, &allowed);
    let mut best = crf::best(&WEIGHTS, &emissions);
    let mut margins = crf::marginals(&WEIGHTS, &emissions, |_, _, _| {});
    open::bullets(document, &lines, &mut best, &mut margins);
    let lists_line =
        |&at: &usize| best[at] != State::Furniture && !(best[at] == State::Body && is_heading(&evidence[at]));
    let list = collect(&lines, &evidence, &best, &margins, (0..lines.len()).filter(lists_line));
    let title =
        lines.first().filter(|_| evidence[0].has(Seen::ReferencesHeading)).map(|line| line.text(document).to_owned());
    let span = Span::new(list.first()?.line.span().start, list.last()?.line.span().end);
    Some(FoundList { title, span, reason: Reason::Declared, confidence: 1.0, lines: list })
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(Weights::embedded);

/// The parts of a document that are read for themselves: notes stand behind a list and say nothing of its end.
fn parts(evidence: &[Evidence]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    evidence.chunk_by(|a, b| a.has(Seen::Footnote) == b.has(Seen::Footnote)).map(move |part| {
        let range = start..start + part.len();
        start = range.end;
        range
    })
}

/// The lines of a list with what is known of them.
fn collect(
    lines: &[Line],
    evidence: &[Evidence],
    best: &[State],
    margins: &[[f32; crf::STATES]],
    wanted: impl Iterator<Item = usize>,
) -> Vec<ListLine> {
    wanted
        .map(|at| {
            let [_, start, inside, _] = margins[at];
            ListLine {
                line: lines[at],
                evidence: evidence[at],
                starts: (start + 1e-4) / (start + inside + 2e-4),
                // A line that only its neighbours put into the list begins a reference if anything.
                best: best[at] == State::Start || best[at] == State::Body && start > inside,
            }
        })
        .collect()
}

fn is_heading(evidence: &Evidence) -> bool {
    evidence.has(Seen::ReferencesHeading) || evidence.has(Seen::Heading) || evidence.has(Seen::BackHeading)
}
