//! The typed record in which everything meets.
//!
//! A [`Record`] has a key, a [`Kind`] and a sorted map from [`Variable`] to [`Value`]. Values are canonical when built (NFC, folded
//! blanks, ranges and dates as structure, bare identifiers), so that equal works are equal records whatever format they came from.
//! Start at [`Record`], then [`Variable`]; each value type has a file of its own.

mod date;
mod identifier;
pub mod key;
mod kind;
mod loss;
mod name;
mod number;
mod pages;
mod parsed;
pub(crate) mod scan;
mod text;
mod title;
mod value;
mod variable;

/// The short strings of a record, of which most have no memory of their own: up to 15 bytes stand in the value itself. Takes part wherever
/// a `&str` does.
pub use ecow::EcoString;

pub(crate) use date::edtf_doubt;
pub use date::{Bound, Date, Day, Month, Point};
pub use identifier::{Identifier, Scheme};
pub use kind::{Kind, UnknownKind};
pub use loss::{Kept, Loss, Subject, apply, losses_between};
pub use name::{Name, Names, Person};
pub use number::Number;
pub use pages::{PageEnd, PageRange, Pages};
pub use parsed::{Field, Parsed};
pub use text::{Format, FormatRun, Text, TextBuilder};
pub use title::Title;
pub use value::{Value, ValueType};
pub use variable::{UnknownVariable, Variable};

pub(crate) use text::is_folded;

/// One work.
///
/// ```
/// use reflist::{Kind, Name, Names, Record, Variable};
/// let mut record = Record::new("eliot1871", Kind::Book);
/// record.set(Variable::Title, "Middlemarch");
/// record.set(Variable::Author, Names::new(vec![Name::person("Eliot", "George")]));
/// record.set(Variable::Issued, "1871/1872");
/// assert_eq!(record.title().unwrap().to_string(), "Middlemarch");
/// assert_eq!(record.issued().unwrap().year(), Some(1871));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Record {
    /// Citation key; empty if there is none.
    pub key: EcoString,
    /// Kind of work.
    pub kind: Kind,
    /// The source format's own name of the kind, where CSL has none of that meaning: BibLaTeX `mvbook`, RIS `ANCIENT`.
    pub native: Option<NativeKind>,
    /// What a format holds and no variable does; written back to the same format.
    pub extra: Vec<Extra>,
    fields: Vec<(Variable, Value)>,
}

/// A format's own name of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NativeKind {
    /// The format: `biblatex`, `ris`.
    pub format: EcoString,
    /// The name there: `mvbook`, `ANCIENT`.
    pub name: EcoString,
}

/// A field that no variable holds, or the second of two equal fields.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Extra {
    /// The format it came from: `biblatex`, `ris`.
    pub format: EcoString,
    /// The field's name there: `userb`, `C7`.
    pub name: EcoString,
    /// Its value as it stood.
    pub raw: String,
    /// Which of the record's fields of this format and name it was, from 0.
    pub ordinal: usize,
}

/// A file that belongs to a work.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Attachment {
    /// What it is called: "Full text".
    pub title: String,
    /// Path or address.
    pub path: String,
    /// Media type or the source program's name of it: `application/pdf`, `PDF`.
    pub media_type: String,
}

impl Record {
    /// A record without fields.
    #[must_use]
    pub fn new(key: impl Into<EcoString>, kind: Kind) -> Self {
        Self { key: key.into(), kind, ..Self::default() }
    }

    /// The same, with room for so many fields.
    pub(crate) fn with_capacity(key: impl Into<EcoString>, kind: Kind, fields: usize) -> Self {
        Self { key: key.into(), kind, fields: Vec::with_capacity(fields), ..Self::default() }
    }

    /// Gives back what was reserved for more fields and names.
    pub(crate) fn shrink(&mut self) {
        for (_, value) in &mut self.fields {
            if let Value::Names(names) = value {
                names.list.shrink_to_fit();
            }
        }
        self.fields.shrink_to_fit();
    }

    /// The value of `variable`; the typed accessors (`record.title()`) are handier where the variable is known.
    #[must_use]
    pub fn get(&self, variable: Variable) -> Option<&Value> {
        self.position(variable).ok().map(|at| &self.fields[at].1)
    }

    /// Whether `variable` has a value.
    #[must_use]
    pub fn has(&self, variable: Variable) -> bool {
        self.position(variable).is_ok()
    }

    /// Gives `variable` a value, replacing the one it had. A value of another type than the variable's is read from its plain form;
    /// an empty value takes the variable away.
    pub fn set(&mut self, variable: Variable, value: impl Into<Value>) {
        self.put(variable, value.into().fit(variable));
    }

    /// The same for a value of the variable's own type.
    pub(crate) fn put(&mut self, variable: Variable, value: Value) {
        debug_assert_eq!(value.value_type(), variable.value_type());
        match (self.position(variable), value.is_empty()) {
            (Ok(at), false) => self.fields[at].1 = value,
            (Err(at), false) => self.fields.insert(at, (variable, value)),
            (Ok(at), true) => {
                self.fields.remove(at);
            }
            (Err(_), true) => {}
        }
    }

    /// Takes `variable` away and returns its value.
    pub fn remove(&mut self, variable: Variable) -> Option<Value> {
        self.position(variable).ok().map(|at| self.fields.remove(at).1)
    }

    /// The variables that have a value, in the order of [`Variable`].
    pub fn fields(&self) -> impl ExactSizeIterator<Item = (Variable, &Value)> {
        self.fields.iter().map(|(variable, value)| (*variable, value))
    }

    /// Keeps a field that no variable holds, numbering those of one format and name.
    pub fn add_extra(&mut self, format: &str, name: &str, raw: &str) {
        let ordinal = self.extra.iter().filter(|extra| extra.format == format && extra.name == name).count();
        self.extra.push(Extra { format: format.into(), name: name.into(), raw: raw.into(), ordinal });
    }

    /// A record of these fields, of which each variable has one, of its own type and not empty; for readers, which have them all at once.
    pub(crate) fn from_fields(key: EcoString, kind: Kind, mut fields: Vec<(Variable, Value)>) -> Self {
        fields.sort_unstable_by_key(|&(variable, _)| variable);
        debug_assert!(fields.windows(2).all(|pair| pair[0].0 < pair[1].0), "each variable once");
        debug_assert!(fields.iter().all(|(variable, value)| value.value_type() == variable.value_type()));
        fields.retain(|(_, value)| !value.is_empty());
        Self { key, kind, fields, ..Self::default() }
    }

    fn position(&self, variable: Variable) -> Result<usize, usize> {
        self.fields.binary_search_by_key(&variable, |&(variable, _)| variable)
    }
}
