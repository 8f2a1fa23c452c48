//! Inheritance: `crossref` and `xdata`, by BibLaTeX's default rules (its manual, appendix B).
//!
//! A child takes every variable of its parent that it lacks. The title of a book becomes the book title of its parts, the title of a
//! multi-volume work the main title of its volumes, the title of a periodical the journal of its articles, the authors of a book the
//! book authors of its parts. Parents are resolved before their children; a circle is cut and told.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use rustc_hash::FxBuildHasher;

use super::diagnose::Reporter;
use super::entry::{self, Buffers, Source, Unfinished};
use super::macros::Purse;
use super::packed;
use super::syntax::{BlockKind, Field};
use crate::record::{Record, Value, Variable};

/// Whether a source has fields that make an entry inherit, or that may hold such fields packed. Told by the length first, without a look
/// at the source.
fn is_used(source: Source<'_>) -> bool {
    let is = |field: &Field, name: &str| field.name().of(source.text).eq_ignore_ascii_case(name);
    source.syntax.all_fields().iter().any(|field| match field.name().len() {
        5 => is(field, "xdata") || is(field, packed::FIELD),
        8 => is(field, "crossref"),
        _ => false,
    })
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

/// Gives entries what they inherit, each when its turn has come. A parent is read when its first child asks for it, wherever it stands,
/// and kept for the others.
pub(crate) struct Families<'s> {
    source: Source<'s>,
    /// The first entry of each key.
    by_key: HashMap<Cow<'s, str>, usize, FxBuildHasher>,
    /// Parents that have what they inherit.
    parents: HashMap<usize, Unfinished<'s>, FxBuildHasher>,
    /// The entries whose missing parents and circles were told.
    told: HashSet<usize, FxBuildHasher>,
}

/// An entry whose parents are looked for.
struct Heir<'s> {
    block: usize,
    entry: Unfinished<'s>,
    parents: Vec<(String, bool)>,
    /// How many of the parents were looked for.
    next: usize,
}

impl<'s> Families<'s> {
    /// None if no entry inherits, as in most files.
    pub(crate) fn of(source: Source<'s>) -> Option<Self> {
        if !is_used(source) {
            return None;
        }
        let mut families =
            Self { source, by_key: HashMap::default(), parents: HashMap::default(), told: HashSet::default() };
        let blocks = source.syntax.blocks.iter().enumerate();
        for (at, block) in blocks.filter(|(_, block)| block.kind == BlockKind::Entry) {
            families.by_key.entry(Cow::Borrowed(block.key.of(source.text))).or_insert(at);
            // Told by the length first, without a look at the source.
            let mut short = source.syntax.fields(at).iter().map(Field::name).filter(|name| name.len() == 3);
            if short.any(|name| name.of(source.text).eq_ignore_ascii_case("ids")) {
                families.add_aliases(at);
            }
        }
        Some(families)
    }

    fn add_aliases(&mut self, at: usize) {
        let entry = self.read(at);
        for alias in entry.record.aliases().unwrap_or_default() {
            self.by_key.entry(Cow::Owned(alias.as_str().to_owned())).or_insert(at);
        }
    }

    /// The entry as it stands. What is odd about it is told when its own turn comes.
    fn read(&self, at: usize) -> Unfinished<'s> {
        let mut purse = Purse::of(self.source.text.len());
        entry::read(self.source, at, &mut Buffers::default(), &mut purse, &mut Vec::new())
    }

    /// The entry with what it inherits.
    pub(crate) fn resolve(
        &mut self,
        block: usize,
        entry: Unfinished<'s>,
        reporter: &mut Reporter<'_, '_>,
    ) -> Unfinished<'s> {
        if let Some(done) = self.parents.get(&block) {
            return done.clone();
        }
        let keys = parents(&entry.record);
        if keys.is_empty() {
            return entry;
        }
        // A stack of our own: a chain of parents may be as long as the file.
        let mut stack: Vec<Heir<'s>> = Vec::new();
        let mut open: HashSet<usize, FxBuildHasher> = HashSet::default();
        open.insert(block);
        let mut heir = Heir { block, entry, parents: keys, next: 0 };
        loop {
            match self.next_parent(&mut heir, &open, reporter) {
                Some(parent) => {
                    open.insert(parent);
                    let entry = self.read(parent);
                    let parents = parents(&entry.record);
                    stack.push(std::mem::replace(&mut heir, Heir { block: parent, entry, parents, next: 0 }));
                }
                None => {
                    self.inherit(&mut heir);
                    open.remove(&heir.block);
                    let Some(child) = stack.pop() else { return heir.entry };
                    let done = std::mem::replace(&mut heir, child);
                    self.parents.insert(done.block, done.entry);
                }
            }
        }
    }

    /// The next parent that has to be read; none when all are there or cannot be.
    fn next_parent(
        &mut self,
        heir: &mut Heir<'s>,
        open: &HashSet<usize, FxBuildHasher>,
        reporter: &mut Reporter<'_, '_>,
    ) -> Option<usize> {
        while let Some((key, _)) = heir.parents.get(heir.next) {
            heir.next += 1;
            match self.by_key.get(key.as_str()) {
                Some(parent) if self.parents.contains_key(parent) => {}
                Some(parent) if !open.contains(parent) => return Some(*parent),
                _ if self.told.contains(&heir.block) => {}
                Some(_) => reporter.circle(key, heir.block),
                None => reporter.missing_parent(key, heir.block),
            }
        }
        self.told.insert(heir.block);
        None
    }

    fn inherit(&self, heir: &mut Heir<'s>) {
        for (key, data) in &heir.parents {
            if let Some(parent) = self.by_key.get(key.as_str()).and_then(|at| self.parents.get(at)) {
                inherit(&mut heir.entry, parent, *data);
            }
        }
    }
}

/// The keys that a record inherits from; true for containers of data, whose fields keep their names.
fn parents(record: &Record) -> Vec<(String, bool)> {
    let data = record.xdata().unwrap_or_default().iter().map(|key| (key.as_str().to_owned(), true));
    let parent = record.crossref().map(|key| (key.as_str().to_owned(), false));
    data.chain(parent).collect()
}

fn inherit(child: &mut Unfinished<'_>, parent: &Unfinished<'_>, data: bool) {
    let relation = if data { Relation::Same } else { relation(&parent.entry_type, &child.entry_type) };
    let mut taken: Vec<(Variable, Value)> = Vec::new();
    for (variable, value) in parent.record.fields() {
        for target in targets(relation, variable) {
            if !child.record.has(target) && !taken.iter().any(|(known, _)| *known == target) {
                taken.push((target, value.clone()));
            }
        }
    }
    for (variable, value) in taken {
        child.record.set(variable, value);
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
