//! Reads entries as records.
//!
//! [`super::syntax`] finds the blocks; here each field goes to its variable by [`super::rules`]. What no variable holds goes to the
//! record's extra fields, as does the second of two fields that say the same. When any entry inherits from another, the records wait
//! for the last one; else each is handed on as soon as it is read.

use std::borrow::Cow;
use std::collections::HashSet;

use rustc_hash::FxBuildHasher;

use super::diagnose::Reporter;
use super::entry::{self, Unfinished};
use super::inherit;
use super::macros::Macros;
use super::syntax::{self, BlockKind};
use crate::diagnostic::Sink;
use crate::record::Record;

/// Reads all entries of `source`.
pub(crate) fn read(source: &str, records: &mut dyn Sink<Record>, diagnostics: &mut dyn Sink) {
    let syntax = syntax::parse(source);
    let mut reporter = Reporter::new(source, &syntax, diagnostics);
    let mut macros = Macros::new(source.len());
    let mut keys: HashSet<&str, FxBuildHasher> = HashSet::default();
    let mut waiting: Option<Vec<Unfinished>> = inherit::is_used(source).then(Vec::new);
    for (at, block) in syntax.blocks.iter().enumerate() {
        reporter.problems(at);
        match block.kind {
            BlockKind::String => {
                for field in syntax.fields(at) {
                    let value = macros.definition(source, field, &mut |odd| reporter.odd(odd, at, field));
                    macros.define(field.name().of(source), value.into_owned());
                }
            }
            BlockKind::Entry => {
                let key = block.key.of(source);
                if !key.is_empty() && !keys.insert(key) {
                    reporter.duplicate_key(at);
                }
                let entry_type = lower(block.name.of(source));
                let unfinished =
                    entry::read(source, &entry_type, key, at, syntax.fields(at), &mut macros, &mut reporter);
                match &mut waiting {
                    Some(waiting) => waiting.push(unfinished),
                    None => records.report(unfinished.finish()),
                }
            }
            BlockKind::Preamble | BlockKind::Comment | BlockKind::Text => reporter.not_a_record(at),
        }
    }
    if let Some(mut entries) = waiting {
        inherit::resolve(&mut entries, &mut reporter);
        for entry in entries {
            records.report(entry.finish());
        }
    }
}

/// `text` in small letters, borrowed where it is so already.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}
