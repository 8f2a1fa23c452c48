//! A `.bib` file that can be changed without touching the rest of it.
//!
//! A [`Record`](crate::Record) says what an entry means and forgets how it was written. A [`Document`] keeps the source and the places
//! of its blocks, and an edit replaces the bytes that it is about. All else, macros, comments, spacing, odd braces and broken entries
//! included, is written back as it stood.

use std::collections::BTreeMap;
use std::fmt;

use super::macros::Macros;
use super::read;
use super::syntax::{self, Block, BlockKind, Field, Range, Syntax};
use crate::diagnostic::Diagnostic;
use crate::record::Record;

/// The source of a `.bib` file, its blocks, and the edits made so far.
///
/// Blocks are addressed by their position among [`Document::blocks`], fields by name, without regard to case. Edits of what is not
/// there do nothing.
///
/// ```
/// use reflist::formats::bibtex::Document;
/// let source = "% Mine\n@book{Eliot,\n\ttitle   = \"Middlemarch\" , year=1871 }\n";
/// let mut document = Document::parse(source);
/// assert_eq!(document.to_string(), source);
///
/// let entry = document.find("Eliot").unwrap();
/// document.set_key(entry, "eliot1871");
/// document.set_field(entry, "year", "{1872}");
/// document.set_field(entry, "publisher", "{Blackwood}");
/// assert_eq!(
///     document.to_string(),
///     "% Mine\n@book{eliot1871,\n\ttitle   = \"Middlemarch\" , year={1872},\n\tpublisher = {Blackwood} }\n",
/// );
/// ```
#[derive(Debug, Clone)]
pub struct Document {
    source: String,
    syntax: Syntax,
    /// What replaces which bytes, by place.
    edits: BTreeMap<(u32, u32), String>,
    /// What is added to the end.
    added: Vec<String>,
}

impl Document {
    /// Finds the blocks of a source.
    #[must_use]
    pub fn parse(source: impl Into<String>) -> Self {
        let source = source.into();
        let syntax = syntax::parse(&source);
        Self { source, syntax, edits: BTreeMap::new(), added: Vec::new() }
    }

    /// The source as it was given.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its blocks, in order. Where they stand is told in bytes of [`Document::source`].
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.syntax.blocks
    }

    /// The fields of a block.
    #[must_use]
    pub fn fields(&self, block: usize) -> &[Field] {
        self.syntax.fields(block)
    }

    /// The records of the source, without the edits, and what is odd about it.
    #[must_use]
    pub fn records(&self) -> (Vec<Record>, Vec<Diagnostic>) {
        let mut records = Vec::new();
        let mut diagnostics = Vec::new();
        read::read(&self.source, &mut records, &mut diagnostics);
        (records, diagnostics)
    }

    /// The first entry with this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<usize> {
        self.blocks().iter().position(|block| block.kind == BlockKind::Entry && block.key.of(&self.source) == key)
    }

    /// The value of a field, still TeX: delimiters off, macros expanded, pieces joined.
    ///
    /// ```
    /// # use reflist::formats::bibtex::Document;
    /// let document = Document::parse("@string{p = {Press}} @book{k, publisher = \"A \" # p}");
    /// assert_eq!(document.value(1, "publisher").as_deref(), Some("A Press"));
    /// ```
    #[must_use]
    pub fn value(&self, block: usize, name: &str) -> Option<String> {
        let field = self.field(block, name)?;
        let mut macros = Macros::new(self.source.len());
        for (at, found) in self.blocks().iter().enumerate().take(block) {
            if found.kind == BlockKind::String {
                for field in self.fields(at) {
                    let value = macros.definition(&self.source, field, &mut |_| {}).into_owned();
                    macros.define(field.name().of(&self.source), value);
                }
            }
        }
        Some(macros.value(&self.source, field, &mut |_| {}).into_owned())
    }

    /// Gives an entry another key.
    pub fn set_key(&mut self, block: usize, key: &str) {
        if let Some(range) =
            self.blocks().get(block).filter(|block| block.kind == BlockKind::Entry).map(|block| block.key)
        {
            self.replace(range, key.to_owned());
        }
    }

    /// Gives an entry another type.
    pub fn set_type(&mut self, block: usize, name: &str) {
        if let Some(range) =
            self.blocks().get(block).filter(|block| block.kind == BlockKind::Entry).map(|block| block.name)
        {
            self.replace(range, name.to_owned());
        }
    }

    /// Gives a field a value, written with its delimiters (`{1871}`, `jan`); a field that is not there is added behind the last.
    pub fn set_field(&mut self, block: usize, name: &str, value: &str) {
        if let Some(range) = self.field(block, name).map(|field| field.value) {
            return self.replace(range, value.to_owned());
        }
        let Some(entry) = self.blocks().get(block).copied().filter(|block| block.kind == BlockKind::Entry) else {
            return;
        };
        let fields = self.fields(block);
        let behind = fields.last().map_or(entry.key.end, |field| field.value.end);
        let indent = fields.first().map_or("  ", |field| self.indent(field.name().start));
        let mut text = format!(",\n{indent}{name} = {value}");
        let at = Range { start: behind, end: behind };
        if let Some(before) = self.edits.get(&(at.start, at.end)) {
            text.insert_str(0, before);
        }
        self.replace(at, text);
    }

    /// Takes a field away, with the comma that divides it from the next or, for the last, from the one before.
    pub fn remove_field(&mut self, block: usize, name: &str) {
        let fields = self.fields(block);
        let Some(at) = fields.iter().position(|field| self.is_named(field, name)) else { return };
        let range = match (fields.get(at + 1), at.checked_sub(1)) {
            (Some(next), _) => Range { start: fields[at].name().start, end: next.name().start },
            (None, Some(before)) => Range { start: fields[before].value.end, end: fields[at].value.end },
            (None, None) => Range { start: fields[at].name().start, end: fields[at].value.end },
        };
        self.replace(range, String::new());
    }

    /// Takes a block away, with the line end behind it.
    pub fn remove(&mut self, block: usize) {
        let Some(range) = self.blocks().get(block).map(|block| block.range) else { return };
        let behind = &self.source[range.end as usize..];
        let blank = behind.len() - behind.trim_start_matches([' ', '\t', '\r']).len();
        let line_end = if behind[blank..].starts_with('\n') { blank + 1 } else { 0 };
        self.replace(Range { start: range.start, end: range.end + line_end as u32 }, String::new());
    }

    /// Puts `text` in the place of a block.
    pub fn replace_block(&mut self, block: usize, text: impl Into<String>) {
        if let Some(range) = self.blocks().get(block).map(|block| block.range) {
            self.replace(range, text.into());
        }
    }

    /// Adds `text`, an entry or anything else, to the end, behind a blank line.
    pub fn push(&mut self, text: impl Into<String>) {
        self.added.push(text.into());
    }

    fn replace(&mut self, range: Range, text: String) {
        self.edits.insert((range.start, range.end), text);
    }

    fn field(&self, block: usize, name: &str) -> Option<&Field> {
        self.fields(block).iter().find(|field| self.is_named(field, name))
    }

    fn is_named(&self, field: &Field, name: &str) -> bool {
        field.name().of(&self.source).eq_ignore_ascii_case(name)
    }

    /// The blanks in front of a field that begins its line; two where it does not.
    fn indent(&self, at: u32) -> &str {
        let line = self.source[..at as usize].rfind('\n').map_or(0, |end| end + 1);
        let before = &self.source[line..at as usize];
        if before.trim().is_empty() { before } else { "  " }
    }
}

impl fmt::Display for Document {
    /// The source with the edits. Where two overlap, as when neighbours are taken away, the bytes of both go.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut at = 0;
        for (&(start, end), text) in &self.edits {
            let (start, end) = (start as usize, end as usize);
            if start > at {
                f.write_str(&self.source[at..start])?;
            }
            f.write_str(text)?;
            at = at.max(end);
        }
        f.write_str(&self.source[at..])?;
        for (number, text) in self.added.iter().enumerate() {
            let ended = number > 0 || self.source.is_empty() || self.source.ends_with('\n');
            f.write_str(if ended { "\n" } else { "\n\n" })?;
            f.write_str(text)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str =
        "Text\r\n@string{p=\"x\"}\n@book(k ,a = {1}\n , B = p # \"2\" , c=3,)\n@broken{x, y = {z\n@misc{m}\n";

    #[track_caller]
    fn check(edit: impl FnOnce(&mut Document), expected: &str) {
        let mut document = Document::parse(SOURCE);
        edit(&mut document);
        assert_eq!(document.to_string(), expected);
    }

    #[test]
    fn what_is_not_edited_stays_byte_for_byte() {
        check(|_| {}, SOURCE);
        check(|document| document.set_field(9, "a", "{}"), SOURCE);
    }

    #[test]
    fn edits_touch_what_they_are_about() {
        check(
            |document| {
                let entry = document.find("k").unwrap();
                document.set_field(entry, "A", "{9}");
                document.remove_field(entry, "b");
                document.set_type(entry, "Manual");
            },
            "Text\r\n@string{p=\"x\"}\n@Manual(k ,a = {9}\n , c=3,)\n@broken{x, y = {z\n@misc{m}\n",
        );
    }

    #[test]
    fn fields_are_added_behind_the_last_and_to_entries_without_any() {
        check(
            |document| {
                let entry = document.find("m").unwrap();
                document.set_field(entry, "title", "{T}");
                document.set_field(entry, "year", "2000");
                document.push("@book{new}\n");
            },
            "Text\r\n@string{p=\"x\"}\n@book(k ,a = {1}\n , B = p # \"2\" , c=3,)\n@broken{x, y = {z\n@misc{m,\n  title = {T},\n  year = 2000}\n\n@book{new}\n",
        );
    }

    #[test]
    fn all_fields_can_go_and_so_can_blocks() {
        check(
            |document| {
                ["c", "b", "a"].iter().for_each(|name| document.remove_field(2, name));
                document.remove(1);
            },
            "Text\r\n@book(k ,,)\n@broken{x, y = {z\n@misc{m}\n",
        );
    }
}
