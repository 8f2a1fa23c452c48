//! Inheritance: `crossref` and `xdata`, by BibLaTeX's default rules (its manual, appendix B).
//!
//! A child takes every variable of its parent that it lacks. The title of a book becomes the book title of its parts, the title of a
//! multi-volume work the main title of its volumes, the title of a periodical the journal of its articles, the authors of a book the
//! book authors of its parts. Parents are resolved before their children; a circle is cut and told.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::diagnose::Reporter;
use super::entry::Unfinished;
use crate::record::{Record, Value, Variable};

/// Whether a source has entries that inherit.
pub(crate) fn is_used(source: &str) -> bool {
    let bytes = source.as_bytes();
    [&b"rossref"[..], b"ROSSREF", b"xdata", b"XDATA", b"Xdata"]
        .iter()
        .any(|name| memchr::memmem::find(bytes, name).is_some())
}

/// Variables that belong to an entry alone.
const NEVER: &[Variable] = &[
    Variable::Aliases,
    Variable::Crossref,
    Variable::Xref,
    Variable::Xdata,
    Variable::EntrySet,
    Variable::Related,
    Variable::RelatedType,
    Variable::RelatedString,
    Variable::CitationLabel,
];

/// Variables that a part does not take from its whole, whose title they abbreviate.
const NOT_TO_PARTS: &[Variable] = &[Variable::TitleShort];

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Gives every entry what it inherits.
pub(crate) fn resolve(entries: &mut [Unfinished], reporter: &mut Reporter<'_, '_>) {
    let mut by_key: HashMap<String, usize, FxBuildHasher> = HashMap::default();
    for (at, entry) in entries.iter().enumerate() {
        by_key.entry(entry.record.key.clone()).or_insert(at);
        for alias in entry.record.aliases().unwrap_or_default() {
            by_key.entry(alias.as_str().to_owned()).or_insert(at);
        }
    }
    let mut states = vec![State::New; entries.len()];
    // A stack of our own: a chain of parents may be as long as the file.
    let mut stack = Vec::new();
    for start in 0..entries.len() {
        stack.push(start);
        while let Some(&at) = stack.last() {
            if states[at] == State::Done {
                stack.pop();
                continue;
            }
            let first_visit = states[at] == State::New;
            states[at] = State::Open;
            let parents = parents(&entries[at].record);
            if first_visit {
                let mut waits = false;
                for (key, _) in &parents {
                    match by_key.get(key.as_str()).copied() {
                        None => reporter.missing_parent(key, entries[at].block),
                        Some(parent) if states[parent] == State::New => {
                            stack.push(parent);
                            waits = true;
                        }
                        Some(parent) if states[parent] == State::Open => reporter.circle(key, entries[at].block),
                        Some(_) => {}
                    }
                }
                if waits {
                    continue;
                }
            }
            for (key, data) in &parents {
                if let Some(parent) = by_key.get(key.as_str()).copied().filter(|&parent| states[parent] == State::Done)
                {
                    inherit(entries, at, parent, *data);
                }
            }
            states[at] = State::Done;
            stack.pop();
        }
    }
}

/// The keys that a record inherits from; true for containers of data, whose fields keep their names.
fn parents(record: &Record) -> Vec<(String, bool)> {
    let data = record.xdata().unwrap_or_default().iter().map(|key| (key.as_str().to_owned(), true));
    let parent = record.crossref().map(|key| (key.as_str().to_owned(), false));
    data.chain(parent).collect()
}

fn inherit(entries: &mut [Unfinished], child: usize, parent: usize, data: bool) {
    let relation =
        if data { Relation::Same } else { relation(&entries[parent].entry_type, &entries[child].entry_type) };
    let mut taken: Vec<(Variable, Value)> = Vec::new();
    for (variable, value) in entries[parent].record.fields() {
        for target in targets(relation, variable) {
            if !entries[child].record.has(target) && !taken.iter().any(|(known, _)| *known == target) {
                taken.push((target, value.clone()));
            }
        }
    }
    for (variable, value) in taken {
        entries[child].record.set(variable, value);
    }
}

/// What a parent is to its child.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// The parent's title is the book's title.
    Book,
    /// The same, and its authors are the book's authors.
    AuthoredBook,
    /// The parent's title is the main title.
    Volumes,
    /// The same, for a part of a volume: its authors are the book's authors too.
    AuthoredVolumes,
    /// The parent's title is the journal's.
    Periodical,
    /// Nothing changes its name.
    Same,
}

fn relation(parent: &str, child: &str) -> Relation {
    let part_of_book = matches!(child, "inbook" | "bookinbook" | "suppbook");
    let part = part_of_book
        || matches!(child, "incollection" | "inreference" | "suppcollection" | "inproceedings" | "conference");
    match parent {
        "mvbook" if part_of_book => Relation::AuthoredVolumes,
        "mvbook" | "mvcollection" | "mvreference" | "mvproceedings" if part || is_whole(child) => Relation::Volumes,
        "book" if part_of_book => Relation::AuthoredBook,
        "book" | "collection" | "reference" | "proceedings" if part => Relation::Book,
        "periodical" if matches!(child, "article" | "suppperiodical") => Relation::Periodical,
        _ => Relation::Same,
    }
}

fn is_whole(entry_type: &str) -> bool {
    matches!(entry_type, "book" | "collection" | "reference" | "proceedings")
}

/// The child's variables that a parent's variable is inherited as.
fn targets(relation: Relation, variable: Variable) -> impl Iterator<Item = Variable> {
    let authored = matches!(relation, Relation::AuthoredBook | Relation::AuthoredVolumes);
    let (first, second) = match (relation, variable) {
        _ if NEVER.contains(&variable) => (None, None),
        (Relation::Same, _) => (Some(variable), None),
        (_, _) if NOT_TO_PARTS.contains(&variable) => (None, None),
        (Relation::Book | Relation::AuthoredBook, Variable::Title) => (Some(Variable::ContainerTitle), None),
        (Relation::Volumes | Relation::AuthoredVolumes, Variable::Title) => (Some(Variable::MainTitle), None),
        (Relation::Periodical, Variable::Title) => (Some(Variable::ContainerTitle), None),
        (_, Variable::Author) if authored => (Some(Variable::Author), Some(Variable::ContainerAuthor)),
        _ => (Some(variable), None),
    };
    first.into_iter().chain(second)
}
