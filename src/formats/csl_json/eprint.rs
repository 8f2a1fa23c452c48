//! E-print numbers, which CSL has no variable for.
//!
//! A preprint's stands in `number` ("arXiv:1501.00001"), another work's in `archive` and `archive_location`, where a citation processor
//! prints them; the exact value stands in `custom`. [`stand_in`] says which, so that the writer and the reader agree.

use crate::record::{Identifier, Kind, Number, Record, Scheme, Text, Value, Variable};

/// What stands in for an e-print number.
pub(super) enum StandIn {
    /// `number`.
    Number(String),
    /// `archive` and `archive_location`.
    Archive(String, String),
}

/// What stands in for the e-print number of `record`, where nothing else is in its place.
pub(super) fn stand_in(record: &Record) -> Option<StandIn> {
    let eprint = record.eprint()?.as_str();
    let archive = record.eprint_type().map(|text| printed_archive(text.as_str()));
    if record.kind == Kind::Article {
        let number = archive.map_or_else(|| eprint.to_owned(), |archive| format!("{archive}:{eprint}"));
        return (!number.trim().is_empty()).then_some(StandIn::Number(number));
    }
    archive.map(|archive| StandIn::Archive(archive.to_owned(), eprint.to_owned()))
}

/// Archives are written in small letters in BibLaTeX; arXiv has a capital of its own in print.
fn printed_archive(name: &str) -> &str {
    if name.eq_ignore_ascii_case("arxiv") { "arXiv" } else { name }
}

/// Whether the record's own values look as if they stood in for an e-print number, so that a reader would take them for it.
pub(super) fn looks_like_one(record: &Record) -> Option<Variable> {
    match (record.has(Variable::Eprint), stand_in(record)) {
        (true, Some(StandIn::Number(number))) => {
            record.number().is_some_and(|own| *own == Number::from(number.as_str())).then_some(Variable::Number)
        }
        (true, Some(StandIn::Archive(archive, location))) => {
            is_archive(record, &archive, &location).then_some(Variable::Archive)
        }
        (true, None) => None,
        (false, _) => found(record).map(|(variable, _)| variable),
    }
}

/// Takes back what stood in for the e-print number, once `custom` gave the number itself.
pub(super) fn take_back(record: &mut Record, explicit: impl Fn(Variable) -> bool) {
    match stand_in(record) {
        Some(StandIn::Number(number))
            if !explicit(Variable::Number)
                && record.number().is_some_and(|own| *own == Number::from(number.as_str())) =>
        {
            record.remove(Variable::Number);
        }
        Some(StandIn::Archive(archive, location))
            if !explicit(Variable::Archive) && is_archive(record, &archive, &location) =>
        {
            record.remove(Variable::Archive);
            record.remove(Variable::ArchiveLocation);
        }
        _ => {}
    }
}

/// Moves an arXiv number that another program put into `number` or `archive_location` to where it belongs.
pub(super) fn move_in(record: &mut Record, explicit: impl Fn(Variable) -> bool) {
    let Some((variable, eprint)) = found(record).filter(|(variable, _)| !explicit(*variable)) else { return };
    record.remove(variable);
    if variable == Variable::Archive {
        record.remove(Variable::ArchiveLocation);
    }
    record.set(Variable::Eprint, Value::Identifier(eprint));
    record.set(Variable::EprintType, "arxiv");
}

fn found(record: &Record) -> Option<(Variable, Identifier)> {
    if record.has(Variable::EprintType) || record.has(Variable::Eprint) {
        return None;
    }
    if let (Kind::Article, Some(number)) = (record.kind, record.number()) {
        let head = number.as_str().get(..6)?;
        let eprint = head.eq_ignore_ascii_case("arxiv:").then(|| arxiv(number.as_str().get(6..)?)).flatten();
        return eprint.map(|eprint| (Variable::Number, eprint));
    }
    let archive =
        record.archive().filter(|archive| archive.is_plain() && archive.as_str().eq_ignore_ascii_case("arxiv"));
    let location = record.archive_location().filter(|location| location.is_plain());
    archive.and(location).and_then(|location| arxiv(location.as_str())).map(|eprint| (Variable::Archive, eprint))
}

fn arxiv(text: &str) -> Option<Identifier> {
    let identifier = Identifier::new(Scheme::Arxiv, text);
    identifier.is_valid().then(|| Identifier::new(Scheme::Eprint, identifier.as_str()))
}

fn is_archive(record: &Record, archive: &str, location: &str) -> bool {
    record.archive().is_some_and(|own| *own == Text::plain(archive))
        && record.archive_location().is_some_and(|own| *own == Text::plain(location))
}
