//! Records on their way to the output: chosen, keyed, written, in order.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::cited::Cited;
use super::report::Report;
use crate::diagnostic::{Ignore, Level, Sink};
use crate::formats::bibtex::MacroUses;
use crate::formats::{Format, Frame, WriteOptions};
use crate::record::key::KeyMaker;
use crate::record::{Loss, Parsed, Record, Value, Variable};

/// Behind how many records their losses are told; so many are written on all cores at once, enough that waking these is little of it.
const BATCH: usize = 1024;

/// How many of them one core takes at least.
const SHARE: usize = 32;

/// A record, with its source where it came out of free text.
pub(super) enum Item {
    Parsed(Box<Parsed>),
    Record(Record),
    /// A record of a `.bib` file on its way into another, and the macros that its entry uses.
    WithMacros(Box<WithMacros>),
}

/// See [`Item::WithMacros`].
pub(super) struct WithMacros {
    pub(super) record: Record,
    pub(super) uses: Arc<MacroUses>,
    /// The position of the entry among those of its source.
    pub(super) entry: usize,
}

impl Item {
    pub(super) fn record(&self) -> &Record {
        match self {
            Self::Parsed(parsed) => &parsed.record,
            Self::Record(record) => record,
            Self::WithMacros(item) => &item.record,
        }
    }

    fn record_mut(&mut self) -> &mut Record {
        match self {
            Self::Parsed(parsed) => &mut parsed.record,
            Self::Record(record) => record,
            Self::WithMacros(item) => &mut item.record,
        }
    }
}

/// Where the keys of the output come from.
pub(super) enum Keys {
    /// As they came; records without one get one, and equal ones are told apart.
    Unique,
    /// As they came, even if equal; records without one get one.
    Kept,
    /// All made anew.
    Made,
}

/// Which records and variables go on.
#[derive(Default)]
pub(super) struct Choice {
    pub(super) cited: Option<Cited>,
    pub(super) select: Vec<Condition>,
    pub(super) keep: Vec<Variable>,
    pub(super) drop: Vec<Variable>,
    pub(super) dedupe: bool,
    pub(super) sort: Option<SortBy>,
}

/// What records are sorted by.
pub(super) enum SortBy {
    Key,
    Variable(Variable),
}

/// A condition of `--select`.
pub(super) struct Condition {
    pub(super) what: Subject,
    /// Lower case.
    pub(super) contains: Option<String>,
}

/// What a condition looks at.
pub(super) enum Subject {
    Kind,
    Key,
    Variable(Variable),
}

impl Condition {
    fn holds(&self, record: &Record) -> bool {
        let text = match self.what {
            Subject::Kind => record.kind.as_str().to_owned(),
            Subject::Key => record.key.to_string(),
            Subject::Variable(variable) => record.get(variable).map(Value::to_plain).unwrap_or_default(),
        };
        match &self.contains {
            Some(part) => text.to_lowercase().contains(part),
            None => !text.is_empty(),
        }
    }
}

/// Takes records and writes them.
pub(super) struct Pipeline<'a, W: Write> {
    pub(super) format: &'static Format,
    pub(super) options: WriteOptions,
    pub(super) choice: Choice,
    pub(super) keys: Keys,
    pub(super) key_maker: KeyMaker,
    pub(super) report: &'a Report,
    out: W,
    waiting: Vec<Item>,
    /// Whether there is one core: then a record is written as it comes, while it is at hand in the processor's cache.
    is_alone: bool,
    share: Share,
    /// How many records came since the last batch was full, and what was lost of them.
    batched: usize,
    losses: Vec<Loss>,
    seen: FxHashSet<String>,
    found: usize,
    /// Whether a record was written.
    is_begun: bool,
    /// Definitions of macros that stand in front of the next record, and the names that are defined so far.
    definitions: String,
    defined: FxHashSet<String>,
    failed: Option<io::Error>,
}

impl<'a, W: Write> Pipeline<'a, W> {
    pub(super) fn new(format: &'static Format, options: WriteOptions, report: &'a Report, out: W) -> Self {
        Self {
            format,
            options,
            choice: Choice::default(),
            keys: Keys::Unique,
            key_maker: KeyMaker::default(),
            report,
            out,
            waiting: Vec::new(),
            is_alone: rayon::current_num_threads() < 2,
            share: Share::default(),
            batched: 0,
            losses: Vec::new(),
            seen: FxHashSet::default(),
            found: 0,
            is_begun: false,
            definitions: String::new(),
            defined: FxHashSet::default(),
            failed: None,
        }
    }

    /// Takes one record. Once the output has failed, the rest is dropped: see [`Pipeline::finish`].
    pub(super) fn push(&mut self, mut item: Item) {
        self.found += 1;
        if self.failed.is_some() || !self.choose(item.record_mut()) {
            return;
        }
        self.waiting.push(item);
        if self.choice.sort.is_some() {
            return;
        }
        self.batched += 1;
        if self.batched == BATCH {
            self.flush();
        } else if self.is_alone {
            self.write_waiting();
        }
    }

    /// Takes the macros of a source whose records follow. False if another source defined one of them: then their values are written.
    pub(super) fn define(&mut self, macros: &MacroUses) -> bool {
        if macros.names().iter().any(|name| self.defined.contains(name)) {
            return false;
        }
        if self.choice.sort.is_none() {
            self.flush();
        }
        self.defined.extend(macros.names().iter().cloned());
        self.definitions.push_str(macros.definitions());
        true
    }

    /// How many records came in.
    pub(super) const fn found(&self) -> usize {
        self.found
    }

    /// Whether the output can no longer be written, so that reading on is vain.
    pub(super) const fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    /// Writes what waits and the end of the frame, and gives the output back.
    pub(super) fn finish(mut self) -> io::Result<W> {
        match &self.choice.sort {
            Some(SortBy::Key) => self.waiting.sort_by(|a, b| a.record().key.cmp(&b.record().key)),
            Some(SortBy::Variable(variable)) => {
                let variable = *variable;
                self.waiting.sort_by_cached_key(|item| sort_key(item.record(), variable));
            }
            None => {}
        }
        self.flush();
        let end = if self.is_begun { self.format.frame.end } else { self.format.frame.empty };
        match self.failed {
            Some(error) => Err(error),
            None => {
                self.out.write_all(end.as_bytes())?;
                self.out.flush()?;
                Ok(self.out)
            }
        }
    }

    /// Whether the record goes on; takes away the variables that do not.
    fn choose(&mut self, record: &mut Record) -> bool {
        if self.choice.cited.as_ref().is_some_and(|cited| !cited.has(&record.key)) {
            return false;
        }
        if !self.choice.select.iter().all(|condition| condition.holds(record)) {
            return false;
        }
        let (keep, drop) = (&self.choice.keep, &self.choice.drop);
        if !keep.is_empty() || !drop.is_empty() {
            let leaving: Vec<Variable> = record
                .fields()
                .map(|(variable, _)| variable)
                .filter(|variable| drop.contains(variable) || !(keep.is_empty() || keep.contains(variable)))
                .collect();
            for variable in leaving {
                record.remove(variable);
            }
        }
        !self.choice.dedupe || self.seen.insert(fingerprint(record))
    }

    /// Writes what waits and tells what was lost of the batch: behind the same records whatever the number of cores is.
    fn flush(&mut self) {
        self.write_waiting();
        self.batched = 0;
        for loss in std::mem::take(&mut self.losses) {
            self.report.loss(self.format.name, &loss);
        }
    }

    fn write_waiting(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let mut batch = std::mem::take(&mut self.waiting);
        for item in &mut batch {
            self.assign_key(item.record_mut());
        }
        let (format, options) = (self.format, &self.options.clone());
        let is_asked = self.report.wants(Level::Loss);
        let write = |mut share: Share, item: Item| {
            share.write(format, options, &item, is_asked);
            share
        };
        if self.is_alone {
            for item in batch.drain(..) {
                let mut share = write(std::mem::take(&mut self.share), item);
                self.put(&mut share);
                self.share = share;
            }
        } else {
            // Who wrote a record lets go of it, too.
            let items = batch.par_drain(..).with_min_len(SHARE);
            let mut shares: Vec<Share> = items.fold(Share::default, write).collect();
            shares.iter_mut().for_each(|share| self.put(share));
        }
        self.waiting = batch;
    }

    /// Writes the text of some records, and keeps their losses.
    fn put(&mut self, share: &mut Share) {
        if self.failed.is_none() {
            self.losses.append(&mut share.losses);
            self.failed = self.write(&share.text).err();
        }
        share.text.clear();
    }

    fn write(&mut self, records: &str) -> io::Result<()> {
        let Frame { begin, between, .. } = self.format.frame;
        self.out.write_all(if self.is_begun { between } else { begin }.as_bytes())?;
        if !self.definitions.is_empty() {
            self.out.write_all(self.definitions.as_bytes())?;
            self.out.write_all(between.as_bytes())?;
            self.definitions.clear();
        }
        self.is_begun = true;
        self.out.write_all(records.as_bytes())
    }

    fn assign_key(&mut self, record: &mut Record) {
        match self.keys {
            Keys::Made => record.key = self.key_maker.make(record),
            Keys::Unique if !record.key.is_empty() => record.key = self.key_maker.keep(std::mem::take(&mut record.key)),
            Keys::Kept if !record.key.is_empty() => self.key_maker.reserve(&record.key),
            Keys::Unique | Keys::Kept => record.key = self.key_maker.make(record),
        }
    }
}

/// Some records as text, and what their format could not hold.
#[derive(Default)]
struct Share {
    text: String,
    losses: Vec<Loss>,
}

impl Share {
    /// Writes one more record; with `is_asked`, what it loses is found out.
    fn write(&mut self, format: &Format, options: &WriteOptions, item: &Item, is_asked: bool) {
        if !self.text.is_empty() {
            self.text.push_str(format.frame.between);
        }
        let losses: &mut dyn Sink<Loss> = if is_asked { &mut self.losses } else { &mut Ignore };
        write_item(format, options, item, &mut self.text, losses);
    }
}

fn write_item(format: &Format, options: &WriteOptions, item: &Item, out: &mut String, losses: &mut dyn Sink<Loss>) {
    match item {
        Item::Parsed(parsed) if format.name == crate::formats::jsonl::FORMAT.name => {
            crate::formats::jsonl::write_parsed(parsed, out);
        }
        Item::WithMacros(item) => {
            let start = out.len();
            (format.write)(&item.record, options, out, losses);
            if let Cow::Owned(restored) = item.uses.restore(item.entry, &out[start..]) {
                out.truncate(start);
                out.push_str(&restored);
            }
        }
        item => (format.write)(item.record(), options, out, losses),
    }
}

/// What two records share when they are equal but for the key.
fn fingerprint(record: &Record) -> String {
    let mut text = record.kind.as_str().to_owned();
    for (variable, value) in record.fields() {
        text.push('\u{1f}');
        text.push_str(variable.as_str());
        text.push('=');
        text.push_str(&value.to_plain().to_lowercase());
    }
    text
}

/// Names by family, all else as its plain form in lower case; records without the variable come last.
fn sort_key(record: &Record, variable: Variable) -> (bool, String) {
    let text = match record.get(variable) {
        Some(Value::Names(names)) => {
            let families: Vec<String> = names.list.iter().map(|name| name.family_with_particle()).collect();
            families.join("; ")
        }
        Some(value) => value.to_plain(),
        None => String::new(),
    };
    (text.is_empty(), text.to_lowercase())
}
