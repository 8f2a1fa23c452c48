//! What a format cannot hold.
//!
//! A writer never drops anything in silence: it sends a [`Loss`] for whatever the reader of the same format will not get back. The
//! law, for every format: `read(write(record)) == apply(losses, record)`.

use super::{EcoString, Extra, Kind, NativeKind, Record, Value, Variable};

/// One thing that a written record lacks, or holds in a poorer form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Key of the record.
    pub record: EcoString,
    /// What is lost.
    pub subject: Subject,
    /// The poorer form that was written, if any.
    pub kept: Option<Kept>,
}

/// What a [`Loss`] is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// The citation key.
    Key,
    /// The kind of work.
    Kind,
    /// The source format's own name of the kind.
    NativeKind,
    /// A variable.
    Variable(Variable),
    /// A field that only its own format knows, by format and position in [`Record::extra`].
    Extra {
        /// The format it came from.
        format: EcoString,
        /// The field's name there.
        name: EcoString,
        /// Its ordinal.
        ordinal: usize,
    },
}

/// The poorer form of what a [`Loss`] is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kept {
    /// Another key.
    Key(EcoString),
    /// Another kind.
    Kind(Kind),
    /// Another native name.
    NativeKind(NativeKind),
    /// Another value of the same variable.
    Value(Value),
}

impl Loss {
    /// A variable of `record` that is not written.
    #[must_use]
    pub fn dropped(record: &Record, variable: Variable) -> Self {
        Self { record: record.key.clone(), subject: Subject::Variable(variable), kept: None }
    }

    /// A variable of `record` that is written as `kept`.
    #[must_use]
    pub fn reduced(record: &Record, variable: Variable, kept: impl Into<Value>) -> Self {
        Self { record: record.key.clone(), subject: Subject::Variable(variable), kept: Some(Kept::Value(kept.into())) }
    }

    /// The kind of `record`, written as `kept`.
    #[must_use]
    pub fn kind(record: &Record, kept: Kind) -> Self {
        Self { record: record.key.clone(), subject: Subject::Kind, kept: Some(Kept::Kind(kept)) }
    }
}

/// What a writer lost, found by comparing `record` with what a reader gets `back` of it: the losses for which
/// `apply(losses, record) == back`, as far as losses can say it.
///
/// ```
/// use reflist::{Kind, Record, Variable, apply, losses_between};
/// let mut record = Record::new("smith2020", Kind::Book);
/// record.set(Variable::Title, "Middlemarch");
/// let back = Record::new("smith2020", Kind::Document);
/// assert_eq!(apply(&losses_between(&record, &back), &record), back);
/// ```
#[must_use]
pub fn losses_between(record: &Record, back: &Record) -> Vec<Loss> {
    let mut losses = Vec::new();
    let mut tell = |subject, kept| losses.push(Loss { record: record.key.clone(), subject, kept });
    if back.key != record.key {
        tell(Subject::Key, Some(Kept::Key(back.key.clone())));
    }
    if back.kind != record.kind {
        tell(Subject::Kind, Some(Kept::Kind(back.kind)));
    }
    if back.native != record.native {
        tell(Subject::NativeKind, back.native.clone().map(Kept::NativeKind));
    }
    for (variable, value) in record.fields() {
        match back.get(variable) {
            Some(kept) if kept == value => {}
            kept => tell(Subject::Variable(variable), kept.cloned().map(Kept::Value)),
        }
    }
    // What a reader takes for another variable than it was.
    for (variable, value) in back.fields().filter(|(variable, _)| !record.has(*variable)) {
        tell(Subject::Variable(variable), Some(Kept::Value(value.clone())));
    }
    for extra in lost_extra(record, back) {
        let (format, name) = (extra.format.clone(), extra.name.clone());
        tell(Subject::Extra { format, name, ordinal: extra.ordinal }, None);
    }
    losses
}

/// The extra fields of `record` that are not in `back`. Fields of one name behind a lost one move up there.
fn lost_extra<'r>(record: &'r Record, back: &Record) -> Vec<&'r Extra> {
    let mut lost: Vec<&Extra> = Vec::new();
    for extra in &record.extra {
        let before = lost.iter().filter(|other| other.name == extra.name && other.format == extra.format).count();
        let kept = back.extra.iter().any(|other| {
            extra.ordinal.checked_sub(before) == Some(other.ordinal)
                && (&extra.name, &extra.raw, &extra.format) == (&other.name, &other.raw, &other.format)
        });
        if !kept {
            lost.push(extra);
        }
    }
    lost
}

/// The record that a reader gets back: `record` less its losses. Losses of other records are passed over.
///
/// ```
/// use reflist::{Kind, Loss, Record, Variable, apply};
/// let mut record = Record::new("smith2020", Kind::Book);
/// record.set(Variable::Title, "Middlemarch");
/// record.set(Variable::Annote, "to read");
/// let left = apply(&[Loss::dropped(&record, Variable::Annote)], &record);
/// assert!(left.annote().is_none() && left.title().is_some());
/// ```
#[must_use]
pub fn apply(losses: &[Loss], record: &Record) -> Record {
    let mut out = record.clone();
    for loss in losses.iter().filter(|loss| loss.record == record.key) {
        match (&loss.subject, &loss.kept) {
            (Subject::Key, Some(Kept::Key(key))) => out.key.clone_from(key),
            (Subject::Key, _) => out.key.clear(),
            (Subject::Kind, Some(Kept::Kind(kind))) => out.kind = *kind,
            (Subject::Kind, _) => out.kind = Kind::default(),
            (Subject::NativeKind, Some(Kept::NativeKind(native))) => out.native = Some(native.clone()),
            (Subject::NativeKind, _) => out.native = None,
            (Subject::Variable(variable), Some(Kept::Value(value))) => out.set(*variable, value.clone()),
            (Subject::Variable(variable), _) => {
                out.remove(*variable);
            }
            (Subject::Extra { format, name, ordinal }, _) => {
                let lost = |extra: &Extra| (&extra.format, &extra.name, &extra.ordinal) == (format, name, ordinal);
                out.extra.retain(|extra| !lost(extra));
            }
        }
    }
    if out.extra.len() < record.extra.len() {
        for extra in std::mem::take(&mut out.extra) {
            out.add_extra(&extra.format, &extra.name, &extra.raw);
        }
    }
    out
}
