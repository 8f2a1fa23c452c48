//! What the reader does with a field of a name.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::mapping::{BY_TYPE, ROWS, TITLE_PARTS, TypeRow};
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

static RULES: LazyLock<HashMap<&'static str, Found, FxBuildHasher>> = LazyLock::new(|| {
    let mut rules: HashMap<&'static str, Found, FxBuildHasher> = HashMap::default();
    let mut add = |name, rule, strong| {
        rules.entry(name).or_insert(Found { rule, strong });
    };
    for &(name, rule) in SPECIAL {
        add(name, rule, true);
    }
    for row in ROWS {
        add(row.bibtex, Rule::Variable(row.variable), true);
        add(row.biblatex, Rule::Variable(row.variable), true);
    }
    for &(name, variable) in ALIASES {
        add(name, Rule::Variable(variable), false);
    }
    for row in BY_TYPE {
        add(row.bibtex, Rule::Variable(row.variable), false);
        add(row.biblatex, Rule::Variable(row.variable), false);
    }
    for &(main, sub, addition) in TITLE_PARTS {
        let variable = match main {
            "journaltitle" | "journal" => Variable::ContainerTitle,
            _ => ROWS.iter().find(|row| row.biblatex == main).map_or(Variable::Title, |row| row.variable),
        };
        if !sub.is_empty() {
            add(sub, Rule::Sub(variable), true);
        }
        if !addition.is_empty() {
            add(addition, Rule::Addition(variable), true);
        }
    }
    rules
});

/// The rows of [`BY_TYPE`] by entry type.
static CLAIMS: LazyLock<HashMap<&'static str, Vec<&'static TypeRow>, FxBuildHasher>> = LazyLock::new(|| {
    let mut claims: HashMap<&'static str, Vec<&'static TypeRow>, FxBuildHasher> = HashMap::default();
    for row in BY_TYPE {
        for &name in row.types {
            claims.entry(name).or_default().push(row);
        }
    }
    claims
});

/// The rules that an entry type has of its own.
pub(crate) fn claims(entry_type: &str) -> &'static [&'static TypeRow] {
    CLAIMS.get(entry_type).map_or(&[], Vec::as_slice)
}

/// The rule for a field (its name in small letters) in an entry of a type that has these rules of its own.
pub(crate) fn find(claims: &[&TypeRow], name: &str) -> Option<Found> {
    let found = RULES.get(name).copied()?;
    let Rule::Variable(variable) = found.rule else { return Some(found) };
    if !is_typed(variable) {
        return Some(found);
    }
    if let Some(row) = claims.iter().find(|row| row.bibtex == name || row.biblatex == name) {
        return Some(Found { rule: Rule::Variable(row.variable), strong: true });
    }
    // Here the variable has another field of its own.
    let other = claims.iter().any(|row| row.variable == variable);
    Some(Found { strong: found.strong && !other, ..found })
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
