//! What Zotero's CSL-JSON importer makes necessary.
//!
//! It refuses a whole file for one item of type `software`, which it takes from a `book` with a `version`; and it drops the particles
//! and the suffix of a name, which therefore join the part that they stand with.

use crate::diagnostic::Sink;
use crate::record::{Kind, Loss, Name, Names, Record, Value};

/// The record as Zotero can take it; what is bent is reported.
pub(super) fn bend(record: &Record, losses: &mut dyn Sink<Loss>) -> Record {
    let mut bent = record.clone();
    if record.kind == Kind::Software {
        losses.report(Loss::kind(record, Kind::Book));
        bent.kind = Kind::Book;
    }
    for (variable, value) in record.fields() {
        if let Value::Names(names) = value
            && names.list.iter().any(has_parts)
        {
            let joined = Names { list: names.list.iter().map(joined).collect(), et_al: names.et_al };
            losses.report(Loss::reduced(record, variable, joined.clone()));
            bent.set(variable, joined);
        }
    }
    bent
}

fn has_parts(name: &Name) -> bool {
    name.as_person().is_some_and(|person| {
        !(person.dropping_particle.is_empty() && person.non_dropping_particle.is_empty() && person.suffix.is_empty())
    })
}

/// "van Gogh", "Vincent"; "King", "Martin L., Jr."
fn joined(name: &Name) -> Name {
    let Some(person) = name.as_person().filter(|_| has_parts(name)) else { return name.clone() };
    let family = format!("{} {}", person.non_dropping_particle, person.family);
    let given = format!("{} {}", person.given, person.dropping_particle);
    let comma = if person.suffix.is_empty() { "" } else { ", " };
    let mut joined = Name::person(family.trim(), &format!("{}{comma}{}", given.trim(), person.suffix));
    if let Name::Person(parts) = &mut joined {
        parts.orcid.clone_from(&person.orcid);
    }
    joined
}
