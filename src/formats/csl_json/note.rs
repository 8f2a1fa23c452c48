//! Lines `Name: value` in `note`.
//!
//! Zotero and citeproc-js read such lines as the fields that CSL-JSON or the item's type lacks, and Zotero exports its "Extra" field
//! as `note`. They become variables; what is left stays the note. A member of the same variable wins, and then the line stays too.

use crate::formats::field_lines::{self, Target as LineTarget};
use crate::formats::{Target, field_lines::name_of};
use crate::record::{Kind, Names, Pages, Record, Text, Value, ValueType, Variable};
use crate::text::csl_markup;
use crate::text::json::push_string;

/// Moves the lines of `note` that are fields into `record`, and returns the rest.
pub(super) fn split(note: &str, record: &mut Record) -> String {
    let mut rest = String::new();
    let mut added: Vec<Variable> = Vec::new();
    for line in note.lines() {
        let taken = field_lines::split(line).is_some_and(|(target, value)| take(target, value, record, &mut added));
        if !taken {
            if !rest.is_empty() {
                rest.push('\n');
            }
            rest.push_str(line);
        }
    }
    rest
}

fn take(target: LineTarget, value: &str, record: &mut Record, added: &mut Vec<Variable>) -> bool {
    let variable = match target {
        LineTarget::Kind => {
            let kind = field_lines::kind(value);
            record.kind = kind.unwrap_or(record.kind);
            return kind.is_some();
        }
        LineTarget::Variable(variable) => variable,
    };
    let value = match variable.value_type() {
        // Each person has a line.
        ValueType::Names if added.contains(&variable) => {
            let mut names = match record.remove(variable) {
                Some(Value::Names(names)) => names,
                _ => Names::default(),
            };
            names.list.push(field_lines::read_name(value));
            record.set(variable, names);
            return true;
        }
        ValueType::Names => Value::Names(Names::new(vec![field_lines::read_name(value)])),
        ValueType::Date => Value::Date(field_lines::read_date(value)),
        ValueType::Title | ValueType::Text => Value::Text(csl_markup::read(value)),
        _ => Value::from(value),
    };
    match record.get(variable) {
        Some(_) if added.contains(&variable) => false,
        Some(there) => *there == value.fit(variable),
        None => {
            record.set(variable, value);
            added.push(variable);
            record.has(variable)
        }
    }
}

/// Whether a note of this text, written as it is, would be taken for a field.
pub(super) fn would_split(text: &Text) -> bool {
    field_lines::split(text.as_str()).is_some()
}

/// Appends the note, for Zotero with the lines that it reads; says whether the note reads back exactly.
pub(super) fn push(record: &Record, text: &Text, target: Target, out: &mut String) -> bool {
    if target == Target::Standard && text.is_plain() && memchr::memchr(b'<', text.as_str().as_bytes()).is_none() {
        push_string(out, text.as_str());
        return true;
    }
    let mut note = String::new();
    if target == Target::Zotero {
        push_lines(record, &mut note);
    }
    if !note.is_empty() && !text.is_empty() {
        note.push('\n');
    }
    let exact = csl_markup::push_text(text, &mut note);
    push_string(out, &note);
    exact && text.as_str().lines().count() <= 1
}

/// Whether Zotero needs lines.
pub(super) fn has_lines(record: &Record) -> bool {
    let mut lines = String::new();
    push_lines(record, &mut lines);
    !lines.is_empty()
}

/// The fields that Zotero's CSL-JSON importer drops, as lines.
fn push_lines(record: &Record, out: &mut String) {
    let bookish = matches!(record.kind, Kind::Book | Kind::Thesis | Kind::Manuscript);
    let mut line = |variable: Variable, value: String| {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(name_of(variable));
        out.push_str(": ");
        out.push_str(&value);
    };
    if let Some(pages) = record.page().filter(|_| bookish) {
        let printed = pages.print("-");
        if Pages::parse(&printed) == *pages {
            line(Variable::Page, printed);
        }
    }
    if let Some(pages) = record.number_of_pages().filter(|_| record.kind == Kind::Report) {
        line(Variable::NumberOfPages, pages.to_string());
    }
    let article =
        matches!(record.kind, Kind::ArticleJournal | Kind::ArticleMagazine | Kind::ArticleNewspaper | Kind::Article);
    if let Some(number) = record.number().filter(|_| article) {
        line(Variable::Number, number.to_string());
    }
    // A line has no markup that would read back exactly.
    if let Some(status) =
        record.status().filter(|status| article && status.is_plain() && !status.as_str().contains('<'))
    {
        line(Variable::Status, status.to_string());
    }
}
