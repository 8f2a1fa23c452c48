//! What Zotero's importer of BibTeX and BibLaTeX takes, and how a record is bent to it.
//!
//! The importer passes over entry types and fields that it does not know, takes the pages of a book for their count, wants a plain
//! year in `year`, and makes a person called "others" of `and others`. So the record is brought to what arrives there before it is
//! written; whatever is bent or left out shows as a loss, because the record that a reader gets back is compared with the given one.

use super::mapping::Dialect;
use crate::record::{Date, Kind, Name, Names, Pages, Record, Text, Title, Value, Variable};

/// The entry type that Zotero knows for a kind.
pub(crate) fn entry_type(dialect: Dialect, record: &Record) -> &'static str {
    match record.kind {
        Kind::ArticleJournal | Kind::ArticleMagazine | Kind::ArticleNewspaper | Kind::Review | Kind::ReviewBook => {
            "article"
        }
        Kind::Book | Kind::Classic | Kind::MusicalScore | Kind::Periodical => "book",
        Kind::Pamphlet => "booklet",
        Kind::Chapter => "incollection",
        Kind::Entry | Kind::EntryDictionary | Kind::EntryEncyclopedia => "inreference",
        Kind::PaperConference => "inproceedings",
        Kind::Thesis if dialect == Dialect::Biblatex => "thesis",
        Kind::Thesis if super::entry_types::is_masters(record) => "mastersthesis",
        Kind::Thesis => "phdthesis",
        Kind::Report | Kind::Standard if dialect == Dialect::Biblatex => "report",
        Kind::Report | Kind::Standard => "techreport",
        Kind::Webpage | Kind::Post | Kind::PostWeblog => "online",
        Kind::Software => "software",
        Kind::Patent => "patent",
        Kind::Manuscript => "unpublished",
        Kind::PersonalCommunication => "letter",
        Kind::MotionPicture => "movie",
        Kind::Broadcast => "video",
        Kind::Song => "audio",
        Kind::Graphic | Kind::Figure => "artwork",
        Kind::LegalCase => "jurisdiction",
        Kind::Bill | Kind::Legislation => "legislation",
        _ => "misc",
    }
}

/// Types whose `pages` Zotero takes for a number of pages.
const COUNTED: &[&str] =
    &["book", "booklet", "manual", "thesis", "phdthesis", "mastersthesis", "unpublished", "movie", "video", "audio"];

/// The variables that arrive.
const KEPT: &[Variable] = &[
    Variable::Author,
    Variable::Editor,
    Variable::Translator,
    Variable::Holder,
    Variable::Title,
    Variable::TitleShort,
    Variable::ContainerTitle,
    Variable::ContainerTitleShort,
    Variable::CollectionTitle,
    Variable::EventTitle,
    Variable::EventPlace,
    Variable::CollectionNumber,
    Variable::Volume,
    Variable::Number,
    Variable::Issue,
    Variable::Edition,
    Variable::Page,
    Variable::NumberOfPages,
    Variable::ChapterNumber,
    Variable::Genre,
    Variable::Version,
    Variable::Publisher,
    Variable::PublisherPlace,
    Variable::HowPublished,
    Variable::Issued,
    Variable::Accessed,
    Variable::Isbn,
    Variable::Issn,
    Variable::Doi,
    Variable::Url,
    Variable::Pmid,
    Variable::Pmcid,
    Variable::Eprint,
    Variable::EprintType,
    Variable::Language,
    Variable::Jurisdiction,
    Variable::Note,
    Variable::Annote,
    Variable::Abstract,
    Variable::Keyword,
    Variable::Attachments,
];

/// Roles that are the first of a kind that has no author.
const MAIN_ROLES: &[Variable] = &[
    Variable::Director,
    Variable::Composer,
    Variable::Performer,
    Variable::Illustrator,
    Variable::Interviewer,
    Variable::Compiler,
    Variable::ScriptWriter,
    Variable::Host,
    Variable::Producer,
];

/// The record as Zotero can take it from an entry of this type.
pub(crate) fn bend(entry_type: &str, record: &Record) -> Record {
    let mut out = Record::new(record.key.clone(), record.kind);
    for (variable, value) in record.fields().filter(|(variable, _)| KEPT.contains(variable)) {
        out.set(variable, arriving(value));
    }
    if !record.has(Variable::Author)
        && let Some(value) = MAIN_ROLES.iter().find_map(|&role| record.get(role))
    {
        out.set(Variable::Author, arriving(value));
    }
    if COUNTED.contains(&entry_type) {
        out.remove(Variable::Page);
    }
    if !record.has(Variable::Language)
        && let Some(id) = record.language_id()
    {
        out.set(Variable::Language, vec![id.clone()]);
    }
    if !record.has(Variable::Issued)
        && let Some(status) = record.status()
    {
        out.set(Variable::Issued, Date::literal(status.as_str()));
    }
    out
}

/// The value less what Zotero makes nonsense of: a person "others", an addition to a title in a field of its own.
fn arriving(value: &Value) -> Value {
    match value {
        Value::Names(names) => Names::new(names.list.iter().map(bare_name).collect()).into(),
        Value::Title(title) => Title::new(with_addition(title)).into(),
        Value::Pages(pages) => {
            let mut pages: Pages = pages.clone();
            pages.article_number = false;
            pages.into()
        }
        value => value.clone(),
    }
}

/// The name without its ORCID, which Zotero has no place for.
fn bare_name(name: &Name) -> Name {
    match name {
        Name::Person(person) if !person.orcid.is_empty() => {
            let mut person = person.clone();
            person.orcid.clear();
            Name::Person(person)
        }
        name => name.clone(),
    }
}

/// "Title: subtitle [addition]", in one.
fn with_addition(title: &Title) -> Text {
    match &title.addition {
        None => title.joined(),
        Some(addition) => Text::build(|b| {
            b.push_text(&title.joined());
            b.push_str(" [");
            b.push_text(addition);
            b.push_str("]");
        }),
    }
}

/// The field that Zotero reads a variable from, where it is not the dialect's.
pub(crate) fn field_of(entry_type: &str, variable: Variable) -> Option<&'static str> {
    match (entry_type, variable) {
        ("patent", Variable::Holder) => Some("assignee"),
        ("patent", Variable::Jurisdiction) => Some("nationality"),
        ("inproceedings", Variable::EventPlace) => Some("location"),
        (_, Variable::PublisherPlace) => Some("address"),
        ("misc" | "online" | "software" | "movie" | "video" | "audio" | "artwork", Variable::Publisher) => {
            Some("publisher")
        }
        // The importer knows BibLaTeX's name only.
        (_, Variable::EprintType) => Some("eprinttype"),
        _ => None,
    }
}
