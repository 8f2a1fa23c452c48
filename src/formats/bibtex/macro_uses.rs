//! The macros of a `.bib` file, for a conversion into another.
//!
//! A record holds what a macro says, not its name. Whoever writes BibTeX from BibTeX wants both back: the `@string`s of the source, and
//! `journal = jacs` where the journal is still what `jacs` says. [`MacroUses`] is read from the source beside the records, and
//! [`MacroUses::restore`] puts the names into the written entry.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::macros::Macros;
use super::read::lower;
use super::rules::{self, Rule};
use super::syntax::{self, Block, BlockKind, Field, Form, Syntax};
use super::{names, values};
use crate::record::ValueType;
use crate::text::tex;

/// The `@string`s of a source, and where its entries use them.
///
/// ```
/// use reflist::formats::bibtex::{self, MacroUses};
/// let source = "@string{jacs = \"J. Am. Chem. Soc.\"}\n@article{a, title = {Gold}, journal = jacs}\n";
/// let (records, _) = bibtex::read(source.as_bytes());
/// let uses = MacroUses::of(source);
/// let (text, _) = bibtex::write(&records, &Default::default());
/// assert_eq!(uses.definitions(), "@string{jacs = \"J. Am. Chem. Soc.\"}\n");
/// assert_eq!(uses.restore(0, &text), "@article{a,\n  title = {Gold},\n  journal = jacs,\n}\n");
/// ```
#[derive(Debug, Clone, Default)]
pub struct MacroUses {
    definitions: String,
    /// The names that are defined, in small letters.
    names: Vec<String>,
    /// The uses of each entry, by its position among the entries.
    uses: Vec<(usize, MacroUse)>,
}

/// A value that is written with macros.
#[derive(Debug, Clone)]
struct MacroUse {
    /// The field, in small letters.
    name: String,
    /// As it stands: `jacs`, `acm # " Press"`.
    expression: String,
    /// What it says.
    value: String,
}

impl MacroUses {
    /// Reads the macros of `source` and their uses. There are none where a macro is defined twice, since then its place decides on what it
    /// says, nor where a definition is broken.
    #[must_use]
    pub fn of(source: &str) -> Self {
        Self::in_blocks(source, &syntax::parse(source))
    }

    /// The same for a source whose blocks are known.
    pub(crate) fn in_blocks(source: &str, syntax: &Syntax) -> Self {
        let mut is_sound = true;
        let (macros, mut purse) = Macros::of(source, syntax, |_, _, _| is_sound = false);
        let mut out = Self::default();
        is_sound &= out.define(source, syntax);
        if !is_sound || out.is_empty() {
            return Self::default();
        }
        let entries = syntax.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Entry);
        for (ordinal, (at, _)) in entries.enumerate() {
            for field in syntax.fields(at) {
                if !out.is_use(source, field) {
                    continue;
                }
                let mut is_odd = false;
                let value = macros.value(source, field, &mut purse, &mut |_| is_odd = true).into_owned();
                if !is_odd {
                    let name = lower(field.name().of(source)).into_owned();
                    let expression = field.value.of(source).to_owned();
                    out.uses.push((ordinal, MacroUse { name, expression, value }));
                }
            }
        }
        out
    }

    /// Takes the definitions in; says whether each is whole and each name defined once.
    fn define(&mut self, source: &str, syntax: &Syntax) -> bool {
        let is_string = |block: &Block| block.kind == BlockKind::String;
        let mut seen = FxHashSet::default();
        for (at, block) in syntax.blocks.iter().enumerate().filter(|(_, block)| is_string(block)) {
            self.definitions.push_str(block.range.of(source));
            self.definitions.push('\n');
            for field in syntax.fields(at) {
                let name = lower(field.name().of(source)).into_owned();
                if !seen.insert(name.clone()) {
                    return false;
                }
                self.names.push(name);
            }
        }
        let broken = |block: u32| syntax.blocks.get(block as usize).is_some_and(is_string);
        self.names.sort_unstable();
        !syntax.problems.iter().any(|problem| broken(problem.block))
    }

    /// Whether a value names a macro of the source: months are known without.
    fn is_use(&self, source: &str, field: &Field) -> bool {
        match field.form {
            Form::Bare => self.names.binary_search_by(|name| name.as_str().cmp(&lower(field.value.of(source)))).is_ok(),
            Form::Joined => true,
            Form::Delimited | Form::Open => false,
        }
    }

    /// The `@string`s as they stand in the source, each with a line's end behind it.
    #[must_use]
    pub fn definitions(&self) -> &str {
        &self.definitions
    }

    /// The names of the macros, in small letters, sorted.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether nothing is defined.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.definitions.is_empty()
    }

    /// Whether the entry at this position among the entries of the source uses a macro.
    #[must_use]
    pub fn are_in(&self, entry: usize) -> bool {
        !self.of_entry(entry).is_empty()
    }

    fn of_entry(&self, entry: usize) -> &[(usize, MacroUse)] {
        let start = self.uses.partition_point(|(ordinal, _)| *ordinal < entry);
        let len = self.uses[start..].partition_point(|(ordinal, _)| *ordinal == entry);
        &self.uses[start..start + len]
    }

    /// The written `text` of the record that was read from the entry at this position, with macros in the fields that say what the
    /// source says with them. Fields whose value has changed, and all that say more or less in the other dialect, stay as they are.
    #[must_use]
    pub fn restore<'t>(&self, entry: usize, text: &'t str) -> Cow<'t, str> {
        let uses = self.of_entry(entry);
        if uses.is_empty() {
            return Cow::Borrowed(text);
        }
        let syntax = syntax::parse(text);
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for field in syntax.fields(0).iter().filter(|field| field.form == Form::Delimited) {
            let value = field.value.of(text);
            let inner = value.get(1..value.len() - 1).unwrap_or_default();
            let name = field.name().of(text);
            if let Some((_, found)) = uses.iter().find(|(_, found)| found.says(name, inner)) {
                out.push_str(text.get(from..field.value.start as usize).unwrap_or_default());
                out.push_str(&found.expression);
                from = field.value.end as usize;
            }
        }
        out.push_str(text.get(from..).unwrap_or_default());
        Cow::Owned(out)
    }
}

impl MacroUse {
    /// Whether a field of this name and value says the same: it is the same field, perhaps by the other dialect's name, and the value is
    /// the same, or is read as the same names or the same text.
    fn says(&self, name: &str, value: &str) -> bool {
        let rule =
            |name: &str| rules::identify(name).and_then(|(id, _)| rules::Rules::of("").get(id)).map(|found| found.rule);
        let own = rule(&self.name);
        if own != rule(name) || (own.is_none() && self.name != name) {
            return false;
        }
        if value == self.value {
            return true;
        }
        let value_type = match own {
            Some(Rule::Editor(_)) => Some(ValueType::Names),
            Some(Rule::Variable(variable)) => Some(variable.value_type()),
            _ => None,
        };
        match value_type {
            Some(ValueType::Names) => names::read(value, &mut |_| {}) == names::read(&self.value, &mut |_| {}),
            Some(ValueType::Title | ValueType::Text) => {
                let read = |tex: &str| tex::decode(if values::is_recased(name) { tex } else { tex::strip_group(tex) });
                read(value) == read(&self.value)
            }
            _ => false,
        }
    }
}
