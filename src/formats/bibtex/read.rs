//! Reads entries as records.
//!
//! [`super::syntax`] finds the blocks; here each field goes to its variable by [`super::rules`]. What no variable holds goes to the
//! record's extra fields, as does the second of two fields that say the same. Each record is handed on as soon as it is read, so that
//! none but the parents of others are kept; what an entry inherits is read ahead of its turn.

use std::borrow::Cow;
use std::collections::HashSet;

use rustc_hash::FxBuildHasher;

use super::diagnose::{Finding, Found, Reporter};
use super::entry::{self, Buffers, Source, Unfinished};
use super::inherit::Families;
use super::macros::{Macros, Purse};
use super::syntax::{self, BlockKind, Syntax};
use crate::diagnostic::Sink;
use crate::record::Record;

/// Reads all entries of a text.
pub(crate) fn read(text: &str, records: &mut dyn Sink<Record>, diagnostics: &mut dyn Sink) {
    read_blocks(text, &syntax::parse(text), records, diagnostics);
}

/// Reads all entries of a text whose blocks are known.
pub(crate) fn read_blocks(text: &str, syntax: &Syntax, records: &mut dyn Sink<Record>, diagnostics: &mut dyn Sink) {
    let mut odd_definitions = Vec::new();
    let (macros, purse) = Macros::of(text, syntax, |block, field, odd| {
        let field = syntax.fields(block).iter().position(|known| std::ptr::eq(known, field)).unwrap_or_default();
        odd_definitions.push((block, Finding { field, what: Found::Odd(odd) }));
    });
    let mut odd_definitions = odd_definitions.into_iter().peekable();
    let source = Source { text, syntax, macros: &macros };
    let mut reporter = Reporter::new(text, syntax, diagnostics);
    let mut entries = Entries::new(source, purse);
    let mut families = Families::of(source);
    let mut keys: HashSet<&str, FxBuildHasher> = HashSet::default();
    for (at, block) in syntax.blocks.iter().enumerate() {
        reporter.problems(at);
        match block.kind {
            BlockKind::String => {
                while let Some((_, finding)) = odd_definitions.next_if(|(block, _)| *block == at) {
                    reporter.findings(at, &[finding]);
                }
            }
            BlockKind::Entry => {
                let key = block.key.of(text);
                if !key.is_empty() && !keys.insert(key) {
                    reporter.duplicate_key(at);
                }
                let (entry, findings) = entries.read(at);
                reporter.findings(at, &findings);
                let entry = match &mut families {
                    Some(families) => families.resolve(at, entry, &mut reporter),
                    None => entry,
                };
                records.report(entry.finish());
            }
            BlockKind::Preamble | BlockKind::Comment | BlockKind::Text => reporter.not_a_record(at),
        }
    }
}

/// Reads the one entry of `text` by itself: without parents, and without a word about what is odd.
pub(crate) fn read_one_entry(text: &str) -> Option<Record> {
    let syntax = syntax::parse(text);
    let (macros, purse) = Macros::of(text, &syntax, |_, _, _| {});
    let source = Source { text, syntax: &syntax, macros: &macros };
    let at = syntax.blocks.iter().position(|block| block.kind == BlockKind::Entry)?;
    Some(read_one(source, at, purse, &mut Buffers::default()).entry.finish())
}

/// The entries in order.
struct Entries<'s> {
    source: Source<'s>,
    /// What the macros of the entries so far have left.
    purse: Purse,
    buffers: Buffers<'s>,
    ahead: ahead::Ahead<'s>,
}

/// An entry that was read with what there was to spend before it, or more.
struct Read<'s> {
    entry: Unfinished<'s>,
    findings: Vec<Finding<'s>>,
    spent: usize,
}

impl<'s> Entries<'s> {
    fn new(source: Source<'s>, purse: Purse) -> Self {
        Self { source, purse, buffers: Buffers::default(), ahead: ahead::Ahead::new() }
    }

    /// Reads the entry at the block `at`, which is behind all that were read before.
    fn read(&mut self, at: usize) -> (Unfinished<'s>, Vec<Finding<'s>>) {
        let read = match self.ahead.next(self.source, self.purse, at) {
            Some(read) => read,
            None => read_one(self.source, at, self.purse, &mut self.buffers),
        };
        if self.purse.spend(read.spent) {
            return (read.entry, read.findings);
        }
        // Those before it have left less than it was read with.
        let read = read_one(self.source, at, self.purse, &mut self.buffers);
        self.purse.spend(read.spent);
        (read.entry, read.findings)
    }
}

fn read_one<'s>(source: Source<'s>, at: usize, before: Purse, buffers: &mut Buffers<'s>) -> Read<'s> {
    let mut purse = before;
    let mut findings = Vec::new();
    let entry = entry::read(source, at, buffers, &mut purse, &mut findings);
    Read { entry, findings, spent: purse.spent(before) }
}

/// Reading on several cores: the next entries all at once.
#[cfg(feature = "parallel")]
mod ahead {
    use rayon::prelude::*;

    use super::{BlockKind, Buffers, Purse, Read, Source, read_one};

    /// How many entries are read ahead: enough for all cores, so that waking them is little of it.
    const BATCH: usize = 1024;

    /// Entries that were read ahead.
    pub(super) struct Ahead<'s> {
        read: std::vec::IntoIter<Read<'s>>,
        is_alone: bool,
    }

    impl<'s> Ahead<'s> {
        pub(super) fn new() -> Self {
            Self { read: Vec::new().into_iter(), is_alone: rayon::current_num_threads() < 2 }
        }

        /// The entry at `at`, if there are cores to read ahead.
        pub(super) fn next(&mut self, source: Source<'s>, purse: Purse, at: usize) -> Option<Read<'s>> {
            if self.is_alone {
                return None;
            }
            if self.read.len() == 0 {
                let blocks = source.syntax.blocks.iter().enumerate().skip(at);
                let entries = blocks.filter(|(_, block)| block.kind == BlockKind::Entry).map(|(at, _)| at);
                let batch: Vec<usize> = entries.take(BATCH).collect();
                let read = batch
                    .into_par_iter()
                    .with_min_len(16)
                    .map_init(Buffers::default, |buffers, at| read_one(source, at, purse, buffers));
                self.read = read.collect::<Vec<_>>().into_iter();
            }
            self.read.next()
        }
    }
}

#[cfg(not(feature = "parallel"))]
mod ahead {
    use super::{Purse, Read, Source};

    /// Nothing is read ahead.
    pub(super) struct Ahead<'s>(std::marker::PhantomData<Source<'s>>);

    impl<'s> Ahead<'s> {
        pub(super) const fn new() -> Self {
            Self(std::marker::PhantomData)
        }

        pub(super) const fn next(&mut self, _: Source<'s>, _: Purse, _: usize) -> Option<Read<'s>> {
            None
        }
    }
}

/// `text` in small letters, borrowed where it is so already.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().fold(false, |found, byte| found | byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}
