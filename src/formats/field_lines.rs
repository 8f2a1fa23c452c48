//! Lines `Name: value` that stand in for fields that a format lacks: Zotero's "Extra", CSL-JSON's `note`, RIS's `M2`.
//!
//! The convention is Zotero's and its citation processor's: the name is that of a CSL variable or of a Zotero field, in any case, with
//! blanks, hyphens or underscores between its words; a person is `Family || Given`, and each person has a line. `type: X` names the kind.

use crate::record::{Kind, Name, Variable};
use crate::text::date_text;

/// What the name of a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// The kind of work.
    Kind,
    /// A variable.
    Variable(Variable),
}

/// What a line stands for, and its value; none for any other line.
pub(super) fn split(line: &str) -> Option<(Target, &str)> {
    let line = line.trim();
    let line = line.strip_prefix("{:").and_then(|line| line.strip_suffix('}')).unwrap_or(line);
    // No name is longer; a colon further behind is part of a sentence.
    let colon = line.as_bytes().iter().take(40).position(|&byte| byte == b':')?;
    let value = line[colon + 1..].trim();
    if value.is_empty() {
        return None;
    }
    target(line[..colon].trim()).map(|target| (target, value))
}

fn target(name: &str) -> Option<Target> {
    let well_formed =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'-' | b'_'));
    if !well_formed {
        return None;
    }
    let mut folded = name.to_ascii_lowercase().replace([' ', '_'], "-");
    if folded == "type" {
        return Some(Target::Kind);
    }
    if let Some((_, variable)) = ALIASES.iter().find(|(alias, _)| *alias == folded) {
        return Some(Target::Variable(*variable));
    }
    if let Ok(variable) = folded.parse() {
        return Some(Target::Variable(variable)).filter(|_| variable != Variable::Note);
    }
    folded.make_ascii_uppercase();
    folded.parse().ok().map(Target::Variable)
}

/// Zotero's names where they differ from CSL's, and the two variables with an underscore.
const ALIASES: &[(&str, Variable)] = &[
    ("archive-collection", Variable::ArchiveCollection),
    ("archive-location", Variable::ArchiveLocation),
    ("archive-id", Variable::ArchiveLocation),
    ("loc-in-archive", Variable::ArchiveLocation),
    ("date", Variable::Issued),
    ("event", Variable::EventTitle),
    ("event-name", Variable::EventTitle),
    ("conference-name", Variable::EventTitle),
    ("issuing-authority", Variable::Authority),
    ("court", Variable::Authority),
    ("library-catalog", Variable::Source),
    ("num-pages", Variable::NumberOfPages),
    ("pages", Variable::Page),
    ("part", Variable::PartNumber),
    ("place", Variable::PublisherPlace),
    ("printing", Variable::PrintingNumber),
    ("publication-title", Variable::ContainerTitle),
    ("series", Variable::CollectionTitle),
    ("series-number", Variable::CollectionNumber),
    ("series-editor", Variable::CollectionEditor),
    ("short-title", Variable::TitleShort),
    ("supplement", Variable::SupplementNumber),
    ("arxiv", Variable::Eprint),
    ("eissn", Variable::Issn),
];

/// The name of `variable` in a line.
pub(super) fn name_of(variable: Variable) -> &'static str {
    variable.as_str()
}

/// The kind that `type: X` names: a CSL type or one of Zotero's.
pub(super) fn kind(name: &str) -> Option<Kind> {
    let name = name.trim();
    ZOTERO_KINDS
        .iter()
        .find(|(zotero, _)| zotero.eq_ignore_ascii_case(name))
        .map(|(_, kind)| *kind)
        .or_else(|| name.to_ascii_lowercase().parse().ok())
}

/// The name that makes Zotero take an item for `kind`.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        // `type: article` is ignored.
        Kind::Article => "preprint",
        kind => kind.as_str(),
    }
}

/// Zotero's item types. The first of a kind is the usual one.
const ZOTERO_KINDS: &[(&str, Kind)] = &[
    ("preprint", Kind::Article),
    ("journalArticle", Kind::ArticleJournal),
    ("magazineArticle", Kind::ArticleMagazine),
    ("newspaperArticle", Kind::ArticleNewspaper),
    ("bookSection", Kind::Chapter),
    ("case", Kind::LegalCase),
    ("statute", Kind::Legislation),
    ("encyclopediaArticle", Kind::EntryEncyclopedia),
    ("dictionaryEntry", Kind::EntryDictionary),
    ("conferencePaper", Kind::PaperConference),
    ("computerProgram", Kind::Software),
    ("artwork", Kind::Graphic),
    ("film", Kind::MotionPicture),
    ("videoRecording", Kind::MotionPicture),
    ("audioRecording", Kind::Song),
    ("presentation", Kind::Speech),
    ("letter", Kind::PersonalCommunication),
    ("email", Kind::PersonalCommunication),
    ("instantMessage", Kind::PersonalCommunication),
    ("blogPost", Kind::PostWeblog),
    ("forumPost", Kind::Post),
    ("podcast", Kind::Broadcast),
    ("radioBroadcast", Kind::Broadcast),
    ("tvBroadcast", Kind::Broadcast),
];

/// Reads `Family || Given`; without the bars it is a name of one field.
pub(super) fn read_name(value: &str) -> Name {
    match value.split_once("||") {
        Some((family, given)) => Name::person(family, given),
        None => Name::literal(value),
    }
}

/// Appends a name as [`read_name`] takes it; particles and suffix join the part that they stand with.
pub(super) fn push_name(name: &Name, out: &mut String) {
    match name {
        Name::Literal(name) => out.push_str(name),
        Name::Person(person) => {
            push_parts(out, [&person.non_dropping_particle, &person.family], " ");
            out.push_str(" || ");
            push_parts(out, [&person.given, &person.dropping_particle], " ");
            if !person.suffix.is_empty() {
                out.push_str(", ");
                out.push_str(&person.suffix);
            }
        }
    }
}

fn push_parts(out: &mut String, parts: [&str; 2], between: &str) {
    let start = out.len();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if out.len() > start {
            out.push_str(between);
        }
        out.push_str(part);
    }
}

/// Reads the value of a date's line.
pub(super) fn read_date(value: &str) -> crate::record::Date {
    date_text::read(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_any_spelling() {
        for line in ["original-date: 1959", "Original Date: 1959", "ORIGINAL_DATE: 1959", "{:original-date: 1959}"] {
            assert_eq!(split(line), Some((Target::Variable(Variable::OriginalDate), "1959")), "{line}");
        }
        assert_eq!(split("pmid: 1"), Some((Target::Variable(Variable::Pmid), "1")));
        assert_eq!(split("type: preprint"), Some((Target::Kind, "preprint")));
    }

    #[test]
    fn sentences_are_no_lines() {
        for line in [
            "see also: Foo",
            "http://example.org",
            "note: x",
            "PMID:",
            "A long sentence that has nothing to say, but: 1",
        ] {
            assert_eq!(split(line), None, "{line}");
        }
    }

    #[test]
    fn every_variable_has_a_name_that_leads_back() {
        for &variable in Variable::ALL.iter().filter(|&&variable| variable != Variable::Note) {
            let line = format!("{}: x", name_of(variable));
            assert_eq!(split(&line), Some((Target::Variable(variable), "x")));
        }
        for &a_kind in Kind::ALL {
            assert_eq!(kind(kind_name(a_kind)), Some(a_kind));
        }
    }

    #[test]
    fn names_of_people() {
        let mut out = String::new();
        push_name(&Name::person("Knuth", "Donald E."), &mut out);
        assert_eq!(out, "Knuth || Donald E.");
        assert_eq!(read_name(&out), Name::person("Knuth", "Donald E."));
        assert_eq!(read_name("World Bank"), Name::literal("World Bank"));
    }
}
