//! Items: what is sent, what should arrive, and how lines of "Extra" become fields.

use std::collections::BTreeMap;

use reflist::{Kind, Name, Names, Record, Value, ValueType, Variable, Variable as V};

use crate::types::{TYPES, fields_of};

/// A record of a kind with all variables that Zotero can hold for it, each with a value of its own.
pub fn full(kind: Kind, item_type: &str) -> Record {
    let mut record = Record::new(item_type, kind);
    for variable in fields_of(item_type) {
        record.set(variable, value(variable));
    }
    record
}

/// As it should arrive: the value that [`arrived`] finds.
pub fn expected(variable: Variable) -> String {
    match variable.value_type() {
        ValueType::Names => format!("{variable}-family, Given"),
        ValueType::Date => "2021-04-30".to_owned(),
        ValueType::Number => "12".to_owned() + &(variable as usize).to_string(),
        ValueType::Pages => "98-114".to_owned(),
        _ => match variable {
            V::Doi => "10.1000/182".to_owned(),
            V::Url => "https://example.org/a".to_owned(),
            V::Isbn => "978-3-16-148410-0".to_owned(),
            V::Issn => "0378-5955".to_owned(),
            variable => format!("the {variable}"),
        },
    }
}

pub fn value(variable: Variable) -> Value {
    match variable.value_type() {
        ValueType::Names => Names::new(vec![Name::person(&format!("{variable}-family"), "Given")]).into(),
        _ => expected(variable).as_str().into(),
    }
}

/// An item as Zotero would show it.
#[derive(Default)]
pub struct Item {
    pub item_type: String,
    pub fields: BTreeMap<Variable, String>,
    pub extra: Vec<String>,
}

impl Item {
    pub fn set(&mut self, variable: Variable, value: &str) {
        self.fields.entry(variable).or_insert_with(|| value.to_owned());
    }

    /// Lines of "Extra" move into the fields that the type has; a colon in the value spoils that, and so do people: it is not known.
    fn move_extra(&mut self) {
        for line in std::mem::take(&mut self.extra) {
            let Some((name, value)) = line.split_once(": ") else { continue };
            if name == "type" {
                self.item_type = type_named(value).to_owned();
            }
        }
    }

    pub fn finish(mut self, lines: &[String]) -> Self {
        self.extra = lines.to_vec();
        self.move_extra();
        for line in lines {
            let Some((name, value)) = line.split_once(": ") else { continue };
            let Ok(variable) = name.parse::<Variable>() else { continue };
            let has_field = fields_of(&self.item_type).any(|field| field == variable);
            if has_field && !value.contains(": ") && variable.value_type() != ValueType::Names {
                self.set(variable, value);
            }
        }
        // A field that the type lacks is no field.
        let item_type = self.item_type.clone();
        self.fields.retain(|variable, _| fields_of(&item_type).any(|field| field == *variable));
        self
    }
}

/// The item type that `type: X` names, by Zotero's own name or CSL's.
pub fn type_named(name: &str) -> &'static str {
    let by_kind = |kind: Kind| TYPES.iter().find(|(_, own, _)| *own == kind).map_or("document", |(own, ..)| *own);
    TYPES
        .iter()
        .find(|(own, ..)| *own == name)
        .map(|(own, ..)| *own)
        .or_else(|| name.parse::<Kind>().ok().map(by_kind))
        .unwrap_or("document")
}
