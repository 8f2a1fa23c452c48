//! The values of fields as they stand in the source: delimiters off, macros expanded, pieces joined.

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::mapping::MONTHS;
use super::syntax::{Field, Form};

/// The macros that were defined so far. A definition knows only those before it, as in BibTeX, so that none can contain itself.
#[derive(Debug)]
pub(crate) struct Macros {
    values: HashMap<String, String, FxBuildHasher>,
    /// How many bytes may still be made by expansion, so that macros that double each other cannot fill the memory.
    budget: usize,
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
    /// No macros but the months, for a source of this length.
    pub(crate) fn new(source_len: usize) -> Self {
        Self { values: HashMap::default(), budget: source_len.saturating_mul(16).max(1 << 20) }
    }

    /// Whether any macro is defined.
    pub(crate) fn define(&mut self, name: &str, value: String) {
        self.values.insert(name.to_ascii_lowercase(), value);
    }

    /// The value of a field, still TeX. Blanks at its edges are off.
    pub(crate) fn value<'s>(&mut self, source: &'s str, field: &Field, odd: &mut dyn FnMut(Odd<'s>)) -> Cow<'s, str> {
        match self.definition(source, field, odd) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_ascii()),
            Cow::Owned(text) if text.trim_ascii().len() == text.len() => Cow::Owned(text),
            Cow::Owned(text) => Cow::Owned(text.trim_ascii().to_owned()),
        }
    }

    /// The value that an `@string` gives to a macro. Blanks at its edges are its own: `@string{von = "von "}`.
    pub(crate) fn definition<'s>(
        &mut self,
        source: &'s str,
        field: &Field,
        odd: &mut dyn FnMut(Odd<'s>),
    ) -> Cow<'s, str> {
        let text = field.value.of(source);
        match field.form {
            Form::Delimited => Cow::Borrowed(text.get(1..text.len() - 1).unwrap_or_default()),
            Form::Open => Cow::Borrowed(text.get(1..).unwrap_or_default()),
            Form::Bare => self.bare(text, odd),
            Form::Joined => Cow::Owned(self.joined(text, odd)),
        }
    }

    fn bare<'s>(&mut self, word: &'s str, odd: &mut dyn FnMut(Odd<'s>)) -> Cow<'s, str> {
        if word.starts_with(|c: char| c.is_ascii_digit()) || word.is_empty() {
            return Cow::Borrowed(word);
        }
        let lower = word.to_ascii_lowercase();
        match self.values.get(&lower) {
            Some(value) if value.len() <= self.budget => {
                self.budget -= value.len();
                return Cow::Owned(value.clone());
            }
            Some(_) => odd(Odd::TooLong(word)),
            None if MONTHS.contains(&lower.as_str()) => return Cow::Owned(lower),
            None => odd(Odd::Undefined(word)),
        }
        Cow::Borrowed(word)
    }

    fn joined<'s>(&mut self, text: &'s str, odd: &mut dyn FnMut(Odd<'s>)) -> String {
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
                    out.push_str(&self.bare(&rest[..len], odd));
                    len
                }
            };
            rest = rest.get(len.max(1)..).unwrap_or_default();
        }
    }
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
