//! What the reader does with a field of a name.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::mapping::{BY_TYPE, ROWS, TITLE_PARTS, TypeRow};
use super::read::lower;
use crate::record::Variable;

/// What a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The value of a variable.
    Variable(Variable),
    /// The subtitle of a title.
    Sub(Variable),
    /// The addition to a title.
    Addition(Variable),
    /// `editor`, `editora`, `editorb`, `editorc`, by number.
    Editor(u8),
    /// `editortype` and so on.
    EditorType(u8),
    Date,
    Year,
    Month,
    Day,
    /// The literal that a packed field carries beside the date.
    Issued,
    /// `entrysubtype`.
    Subtype,
    /// `userf`, which may hold packed fields.
    Packed,
    /// An article number.
    Eid,
    /// Further identifiers beside the one in the field.
    More(Variable),
}

/// A rule, and whether the field is the one that the variable has in this entry type. Where two fields claim a variable, the weaker
/// is kept apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) rule: Rule,
    pub(crate) strong: bool,
}

/// Other names of fields, and those of other entry types.
const ALIASES: &[(&str, Variable)] = &[
    ("journal", Variable::ContainerTitle),
    ("journaltitle", Variable::ContainerTitle),
    ("fjournal", Variable::ContainerTitle),
    ("school", Variable::Publisher),
    ("institution", Variable::Publisher),
    ("organization", Variable::Publisher),
    ("keyword", Variable::Keyword),
    ("numpages", Variable::NumberOfPages),
    ("assignee", Variable::Holder),
    ("nationality", Variable::Jurisdiction),
];

const SPECIAL: &[(&str, Rule)] = &[
    ("editor", Rule::Editor(0)),
    ("editora", Rule::Editor(1)),
    ("editorb", Rule::Editor(2)),
    ("editorc", Rule::Editor(3)),
    ("editortype", Rule::EditorType(0)),
    ("editoratype", Rule::EditorType(1)),
    ("editorbtype", Rule::EditorType(2)),
    ("editorctype", Rule::EditorType(3)),
    ("date", Rule::Date),
    ("year", Rule::Year),
    ("month", Rule::Month),
    ("day", Rule::Day),
    ("issued", Rule::Issued),
    ("entrysubtype", Rule::Subtype),
    ("userf", Rule::Packed),
    ("eid", Rule::Eid),
    ("articleno", Rule::Eid),
    ("article-number", Rule::Eid),
    ("other-isbn", Rule::More(Variable::Isbn)),
    ("other-issn", Rule::More(Variable::Issn)),
];

/// The position of a name in the table of the names that have a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameId(u8);

/// A set of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct NameSet([u64; 4]);

impl NameSet {
    /// Adds a name; says whether it was not there.
    pub(crate) fn insert(&mut self, NameId(at): NameId) -> bool {
        let (word, bit) = (&mut self.0[usize::from(at >> 6)], 1 << (at & 63));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Whether the name (in small letters) is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        identify(name).is_some_and(|(NameId(at), _)| self.0[usize::from(at >> 6)] & 1 << (at & 63) != 0)
    }
}

/// The rules by name.
struct Table {
    names: Vec<&'static str>,
    rules: Vec<Found>,
    /// Nearly all names are so short that their letters are a number, by which they are found in few steps.
    short: HashMap<Letters, NameId, FxBuildHasher>,
    long: HashMap<&'static str, NameId, FxBuildHasher>,
}

impl Table {
    /// Adds a name, unless it is there.
    fn add(&mut self, name: &'static str, rule: Rule, strong: bool) {
        if identify_in(self, name).is_some() {
            return;
        }
        let id = NameId(u8::try_from(self.names.len()).unwrap_or(u8::MAX));
        self.names.push(name);
        self.rules.push(Found { rule, strong });
        match letters(name) {
            Some(letters) => self.short.insert(letters, id),
            None => self.long.insert(name, id),
        };
    }
}

/// The letters of a name of up to sixteen, all small: how many there are, and numbers of the first and the last of them, which may be
/// some of the first again.
type Letters = (usize, u64, u64);

fn letters(name: &str) -> Option<Letters> {
    let bytes = name.as_bytes();
    let four = |four: Option<&[u8; 4]>| four.map_or(0, |four| u64::from(u32::from_le_bytes(*four)));
    let eight = |eight: Option<&[u8; 8]>| eight.map_or(0, |eight| u64::from_le_bytes(*eight));
    let (first, last) = match bytes.len() {
        0..4 => (bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)), 0),
        4..8 => (four(bytes.first_chunk()), four(bytes.last_chunk())),
        8..=16 => (eight(bytes.first_chunk()), eight(bytes.last_chunk())),
        _ => return None,
    };
    Some((bytes.len(), small(first), small(last)))
}

/// Eight bytes with those that are capitals made small.
const fn small(bytes: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let low = bytes & (0x7F * ONES);
    // The highest bit of a byte is set by carrying where it is not below "A", and where it is behind "Z".
    let from_a = low + (0x80 - b'A' as u64) * ONES;
    let behind_z = low + (0x80 - b'Z' as u64 - 1) * ONES;
    let capitals = !bytes & (from_a ^ behind_z) & (0x80 * ONES);
    bytes | capitals >> 2
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { names: Vec::new(), rules: Vec::new(), short: HashMap::default(), long: HashMap::default() };
    for &(name, rule) in SPECIAL {
        table.add(name, rule, true);
    }
    for row in ROWS {
        table.add(row.bibtex, Rule::Variable(row.variable), true);
        table.add(row.biblatex, Rule::Variable(row.variable), true);
    }
    for &(name, variable) in ALIASES {
        table.add(name, Rule::Variable(variable), false);
    }
    for row in BY_TYPE {
        table.add(row.bibtex, Rule::Variable(row.variable), false);
        table.add(row.biblatex, Rule::Variable(row.variable), false);
    }
    for &(main, sub, addition) in TITLE_PARTS {
        let variable = match main {
            "journaltitle" | "journal" => Variable::ContainerTitle,
            _ => ROWS.iter().find(|row| row.biblatex == main).map_or(Variable::Title, |row| row.variable),
        };
        if !sub.is_empty() {
            table.add(sub, Rule::Sub(variable), true);
        }
        if !addition.is_empty() {
            table.add(addition, Rule::Addition(variable), true);
        }
    }
    table
});

/// A name that has a rule, in any case, and the name in small letters.
pub(crate) fn identify(name: &str) -> Option<(NameId, &'static str)> {
    let id = identify_in(&TABLE, name)?;
    Some((id, TABLE.names.get(usize::from(id.0))?))
}

fn identify_in(table: &Table, name: &str) -> Option<NameId> {
    match letters(name) {
        Some(letters) => table.short.get(&letters).copied(),
        None => table.long.get(&*lower(name)).copied(),
    }
}

/// The rules of an entry type, by the position of the name.
pub(crate) struct Rules(Vec<Found>);

static BY_ENTRY_TYPE: LazyLock<HashMap<&'static str, Rules, FxBuildHasher>> = LazyLock::new(|| {
    let types = BY_TYPE.iter().flat_map(|row| row.types.iter().copied());
    types.map(|entry_type| (entry_type, rules_of(entry_type))).collect()
});

fn rules_of(entry_type: &str) -> Rules {
    let claims: Vec<&TypeRow> = BY_TYPE.iter().filter(|row| row.types.contains(&entry_type)).collect();
    Rules(TABLE.names.iter().zip(&TABLE.rules).map(|(name, found)| claimed(&claims, name, *found)).collect())
}

/// The rule for a field in an entry of a type that has these rows of its own.
fn claimed(claims: &[&TypeRow], name: &str, found: Found) -> Found {
    let Rule::Variable(variable) = found.rule else { return found };
    if !is_typed(variable) {
        return found;
    }
    if let Some(row) = claims.iter().find(|row| row.bibtex == name || row.biblatex == name) {
        return Found { rule: Rule::Variable(row.variable), strong: true };
    }
    // Here the variable has another field of its own.
    let other = claims.iter().any(|row| row.variable == variable);
    Found { strong: found.strong && !other, ..found }
}

impl Rules {
    /// The rules of an entry type (its name in small letters).
    pub(crate) fn of(entry_type: &str) -> &'static Self {
        static OTHERS: LazyLock<Rules> = LazyLock::new(|| rules_of(""));
        BY_ENTRY_TYPE.get(entry_type).unwrap_or(&OTHERS)
    }

    /// The rule for a name.
    pub(crate) fn get(&self, NameId(at): NameId) -> Option<Found> {
        self.0.get(usize::from(at)).copied()
    }
}

/// Whether the entry type decides on the field of a variable.
const fn is_typed(variable: Variable) -> bool {
    matches!(
        variable,
        Variable::ContainerTitle
            | Variable::Issue
            | Variable::Number
            | Variable::CollectionNumber
            | Variable::Publisher
            | Variable::Organizer
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_made_small() {
        for byte in 0..=u8::MAX {
            let bytes = [byte; 8];
            assert_eq!(small(u64::from_le_bytes(bytes)).to_le_bytes(), bytes.map(|byte| byte.to_ascii_lowercase()));
        }
    }

    #[test]
    fn every_name_has_a_place_of_its_own() {
        assert!(TABLE.names.len() < usize::from(u8::MAX));
        let mut seen = NameSet::default();
        for name in &TABLE.names {
            let (id, small) = identify(&name.to_ascii_uppercase()).unwrap();
            assert_eq!(small, *name);
            assert!(!seen.has(name) && seen.insert(id) && !seen.insert(id) && seen.has(name));
        }
        assert!(identify("timestamp").is_none() && identify("a-name-longer-than-sixteen-letters").is_none());
    }
}
