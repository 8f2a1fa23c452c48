//! The values of fields as they stand in the source: delimiters off, macros expanded, pieces joined.

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::mapping::MONTHS;
use super::read::lower;
use super::syntax::{BlockKind, Field, Form, Syntax};

/// The macros of a source. A definition knows only those before it, as in BibTeX, so that none can contain itself.
#[derive(Debug, Default)]
pub(crate) struct Macros {
    /// The definitions of each name, each with its place; from there on it holds.
    values: HashMap<String, Vec<(u32, String)>, FxBuildHasher>,
}

/// How many bytes may still be made by expansion, so that macros that double each other cannot fill the memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(crate) struct Purse(usize);

impl Purse {
    /// What a source of this length may spend.
    pub(crate) const fn of(source_len: usize) -> Self {
        let bytes = source_len.saturating_mul(16);
        Self(if bytes < 1 << 20 { 1 << 20 } else { bytes })
    }

    /// What was spent since there was `before`.
    pub(crate) const fn spent(self, before: Self) -> usize {
        before.0.saturating_sub(self.0)
    }

    /// Takes out what was spent elsewhere, if there is so much.
    pub(crate) const fn spend(&mut self, bytes: usize) -> bool {
        let enough = bytes <= self.0;
        if enough {
            self.0 -= bytes;
        }
        enough
    }
}

/// What was odd about a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Odd<'s> {
    /// A macro that no `@string` before it defines; its name stands in its place.
    Undefined(&'s str),
    /// A macro that was not expanded because the expansions grew too large.
    TooLong(&'s str),
}

impl Macros {
    /// The macros that a source defines, and what is left to spend; `odd` is told of the block and the field of what is odd.
    pub(crate) fn of<'s>(
        source: &'s str,
        syntax: &Syntax,
        mut odd: impl FnMut(usize, &Field, Odd<'s>),
    ) -> (Self, Purse) {
        let mut macros = Self::default();
        let mut purse = Purse::of(source.len());
        for (at, _) in syntax.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::String) {
            for field in syntax.fields(at) {
                let value =
                    macros.definition(source, field, &mut purse, &mut |found| odd(at, field, found)).into_owned();
                let name = field.name().of(source).to_ascii_lowercase();
                macros.values.entry(name).or_default().push((field.value.start, value));
            }
        }
        (macros, purse)
    }

    /// The value of a field, still TeX. Blanks at its edges are off.
    pub(crate) fn value<'s>(
        &self,
        source: &'s str,
        field: &Field,
        purse: &mut Purse,
        odd: &mut dyn FnMut(Odd<'s>),
    ) -> Cow<'s, str> {
        if field.form == Form::Delimited {
            return Cow::Borrowed(inner(field.value.of(source)).trim_ascii());
        }
        match self.definition(source, field, purse, odd) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_ascii()),
            Cow::Owned(text) if text.trim_ascii().len() == text.len() => Cow::Owned(text),
            Cow::Owned(text) => Cow::Owned(text.trim_ascii().to_owned()),
        }
    }

    /// The value that an `@string` gives to a macro. Blanks at its edges are its own: `@string{von = "von "}`.
    fn definition<'s>(
        &self,
        source: &'s str,
        field: &Field,
        purse: &mut Purse,
        odd: &mut dyn FnMut(Odd<'s>),
    ) -> Cow<'s, str> {
        let text = field.value.of(source);
        match field.form {
            Form::Delimited => Cow::Borrowed(inner(text)),
            Form::Open => Cow::Borrowed(text.get(1..).unwrap_or_default()),
            Form::Bare => self.bare(text, field.value.start, purse, odd),
            Form::Joined => Cow::Owned(self.joined(text, field.value.start, purse, odd)),
        }
    }

    fn bare<'s>(&self, word: &'s str, at: u32, purse: &mut Purse, odd: &mut dyn FnMut(Odd<'s>)) -> Cow<'s, str> {
        if word.starts_with(|c: char| c.is_ascii_digit()) || word.is_empty() {
            return Cow::Borrowed(word);
        }
        let lower = lower(word);
        match self.defined(&lower, at) {
            Some(value) if purse.spend(value.len()) => return Cow::Owned(value.to_owned()),
            Some(_) => odd(Odd::TooLong(word)),
            None => match MONTHS.iter().find(|month| **month == lower) {
                Some(month) => return Cow::Borrowed(month),
                None => odd(Odd::Undefined(word)),
            },
        }
        Cow::Borrowed(word)
    }

    /// The last definition of a name (in small letters) before the value that begins at `at`.
    fn defined(&self, name: &str, at: u32) -> Option<&str> {
        let versions = self.values.get(name)?;
        let before = versions.partition_point(|(from, _)| *from < at);
        versions.get(before.checked_sub(1)?).map(|(_, value)| value.as_str())
    }

    fn joined<'s>(&self, text: &'s str, at: u32, purse: &mut Purse, odd: &mut dyn FnMut(Odd<'s>)) -> String {
        let mut out = String::new();
        let mut rest = text;
        loop {
            rest = skip(rest);
            let Some(first) = rest.bytes().next() else { return out };
            let len = match first {
                b'#' => 1,
                b'{' | b'"' => {
                    let len = delimited_len(rest);
                    out.push_str(rest.get(1..len.max(2) - 1).unwrap_or_default());
                    len
                }
                _ => {
                    let len = rest.find(|c: char| c.is_ascii_whitespace() || c == '#').unwrap_or(rest.len());
                    out.push_str(&self.bare(&rest[..len], at, purse, odd));
                    len
                }
            };
            rest = rest.get(len.max(1)..).unwrap_or_default();
        }
    }
}

/// What stands between the delimiters.
fn inner(value: &str) -> &str {
    value.get(1..value.len() - 1).unwrap_or_default()
}

/// Behind blanks and comment lines.
fn skip(text: &str) -> &str {
    let mut text = text.trim_ascii_start();
    while text.starts_with('%') {
        text = text.find('\n').map_or("", |end| text[end..].trim_ascii_start());
    }
    text
}

/// The length of the piece in braces or quotation marks that `text` begins with.
fn delimited_len(text: &str) -> usize {
    let quoted = text.starts_with('"');
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !quoted {
                    return at + 1;
                }
            }
            b'"' if quoted && depth == 0 && at > 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}
