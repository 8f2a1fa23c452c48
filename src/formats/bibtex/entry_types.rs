//! Entry types and kinds.
//!
//! Reading asks for the kind of an entry type ([`kind_of`]); writing asks for the entry type that suits a record best ([`choose`]).
//! What the type alone does not tell goes into `entrysubtype`, a field that any entry may have and that no standard style prints. An
//! entry type that neither dialect's writer would choose by itself is kept as the record's native kind.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::mapping::{Dialect, EDITOR_TYPES, field_of};
use super::model;
use crate::record::{EcoString, Kind, Record, Variable};

/// Format name of native kinds and extra fields, the same in both dialects.
pub(crate) const FORMAT_NAME: &str = "biblatex";

/// Entry types and the kind that they stand for.
const KINDS: &[(&str, Kind)] = &[
    ("article", Kind::ArticleJournal),
    ("suppperiodical", Kind::ArticleJournal),
    ("book", Kind::Book),
    ("mvbook", Kind::Book),
    ("collection", Kind::Book),
    ("mvcollection", Kind::Book),
    ("reference", Kind::Book),
    ("mvreference", Kind::Book),
    ("proceedings", Kind::Book),
    ("mvproceedings", Kind::Book),
    ("manual", Kind::Book),
    ("commentary", Kind::Book),
    ("booklet", Kind::Pamphlet),
    ("inbook", Kind::Chapter),
    ("bookinbook", Kind::Chapter),
    ("suppbook", Kind::Chapter),
    ("incollection", Kind::Chapter),
    ("suppcollection", Kind::Chapter),
    ("inreference", Kind::EntryEncyclopedia),
    ("inproceedings", Kind::PaperConference),
    ("conference", Kind::PaperConference),
    ("thesis", Kind::Thesis),
    ("phdthesis", Kind::Thesis),
    ("mastersthesis", Kind::Thesis),
    ("report", Kind::Report),
    ("techreport", Kind::Report),
    ("online", Kind::Webpage),
    ("electronic", Kind::Webpage),
    ("www", Kind::Webpage),
    ("dataset", Kind::Dataset),
    ("software", Kind::Software),
    ("patent", Kind::Patent),
    ("periodical", Kind::Periodical),
    ("unpublished", Kind::Manuscript),
    ("artwork", Kind::Graphic),
    ("image", Kind::Graphic),
    ("audio", Kind::Song),
    ("music", Kind::Song),
    ("movie", Kind::MotionPicture),
    ("video", Kind::MotionPicture),
    ("jurisdiction", Kind::LegalCase),
    ("legal", Kind::Treaty),
    ("legislation", Kind::Legislation),
    ("letter", Kind::PersonalCommunication),
    ("performance", Kind::Performance),
    ("review", Kind::Review),
    ("standard", Kind::Standard),
];

static KIND_BY_TYPE: LazyLock<HashMap<&'static str, Kind, FxBuildHasher>> =
    LazyLock::new(|| KINDS.iter().copied().collect());

/// Words in `entrysubtype` for kinds, beside CSL's own names. The first for a kind is the one that is written.
const SUBTYPES: &[(&str, Kind)] = &[
    ("preprint", Kind::Article),
    ("magazine", Kind::ArticleMagazine),
    ("newspaper", Kind::ArticleNewspaper),
    ("journal", Kind::ArticleJournal),
    ("encyclopedia", Kind::EntryEncyclopedia),
    ("dictionary", Kind::EntryDictionary),
    ("film", Kind::MotionPicture),
    ("recording", Kind::Song),
    ("score", Kind::MusicalScore),
    ("letter", Kind::PersonalCommunication),
    ("blog", Kind::PostWeblog),
    ("case", Kind::LegalCase),
    ("artwork", Kind::Graphic),
    ("archive", Kind::Collection),
];

/// Entry types that BibTeX's standard styles define.
const BIBTEX_TYPES: &[&str] = &[
    "article",
    "book",
    "booklet",
    "conference",
    "inbook",
    "incollection",
    "inproceedings",
    "manual",
    "mastersthesis",
    "misc",
    "phdthesis",
    "proceedings",
    "techreport",
    "unpublished",
];

/// What of an entry's fields decides on the kind, beside its type.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Signs {
    /// It has a number in the archive arXiv.
    pub(crate) arxiv: bool,
    /// It tells of an event.
    pub(crate) event: bool,
}

impl Signs {
    pub(crate) fn of(record: &Record) -> Self {
        let arxiv = record.has(Variable::Eprint)
            && record.eprint_type().is_none_or(|name| name.as_str().eq_ignore_ascii_case("arxiv"));
        Self { arxiv, event: record.has(Variable::EventTitle) }
    }
}

/// The kind of an entry of this type; `Document` for types that are not listed.
pub(crate) fn kind_of(entry_type: &str, signs: Signs) -> Kind {
    match entry_type {
        "misc" | "online" if signs.arxiv => Kind::Article,
        "unpublished" if signs.event => Kind::Speech,
        _ => KIND_BY_TYPE.get(entry_type).copied().unwrap_or(Kind::Document),
    }
}

/// What a word in `entrysubtype` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subtype {
    /// The kind.
    Kind(Kind),
    /// A native entry type and its kind; BibTeX files carry it so.
    Native(&'static str, Kind),
}

/// The meaning of a word in `entrysubtype`, if it is one of ours.
pub(crate) fn subtype(word: &str) -> Option<Subtype> {
    let lower = word.trim().to_ascii_lowercase();
    if let Some((_, kind)) = SUBTYPES.iter().find(|(name, _)| *name == lower) {
        return Some(Subtype::Kind(*kind));
    }
    let named: Option<Kind> = lower.parse().ok().filter(|&kind| kind != Kind::Article);
    match KINDS.iter().find(|(name, _)| *name == lower && !BIBTEX_TYPES.contains(name)) {
        // BibLaTeX's `collection` is a book, CSL's an archive's.
        Some((name, kind)) if named != Some(*kind) => Some(Subtype::Native(name, *kind)),
        _ => named.map(Subtype::Kind),
    }
}

fn subtype_name(kind: Kind) -> &'static str {
    SUBTYPES.iter().find(|(_, known)| *known == kind).map_or(kind.as_str(), |(name, _)| *name)
}

/// The entry type of an output, and what goes into its `entrysubtype`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntryType {
    pub(crate) name: EcoString,
    pub(crate) subtype: Option<EcoString>,
}

/// The entry type that a record is written as.
pub(crate) fn entry_type(dialect: Dialect, record: &Record) -> EntryType {
    let signs = Signs::of(record);
    let native = record.native.as_ref().filter(|native| {
        native.format == FORMAT_NAME && is_type_name(&native.name) && kind_of(&native.name, signs) == record.kind
    });
    let chosen = choose(dialect, record);
    match native {
        Some(native) if dialect == Dialect::Bibtex && is_known(&native.name) && !is_bibtex(&native.name) => {
            EntryType { name: chosen.into(), subtype: Some(native.name.clone()) }
        }
        Some(native) => EntryType { name: native.name.clone(), subtype: None },
        None => {
            let implied = kind_of(chosen, signs) == record.kind;
            EntryType { name: chosen.into(), subtype: (!implied).then(|| subtype_name(record.kind).into()) }
        }
    }
}

/// Whether the type is one that either dialect's writer chooses for the record, so that the record need not keep it.
pub(crate) fn is_chosen(entry_type: &str, record: &Record) -> bool {
    choose(Dialect::Bibtex, record) == entry_type || choose(Dialect::Biblatex, record) == entry_type
}

fn is_known(name: &str) -> bool {
    KIND_BY_TYPE.contains_key(name)
}

pub(crate) fn is_bibtex(name: &str) -> bool {
    BIBTEX_TYPES.contains(&name)
}

/// Whether an entry shows by its type or by the names of its fields that it is written for BibLaTeX. A `date` beside a `year` shows
/// nothing: BibTeX's writers put it there for others.
pub(crate) fn is_biblatex<'n>(entry_type: &str, fields: impl Iterator<Item = &'n str>) -> bool {
    if is_known(entry_type) && !is_bibtex(entry_type) {
        return true;
    }
    let (mut date, mut year) = (false, false);
    for name in fields {
        match name.len() {
            4 => {
                date |= name.eq_ignore_ascii_case("date");
                year |= name.eq_ignore_ascii_case("year");
            }
            8 if name.eq_ignore_ascii_case("location") => return true,
            12 if name.eq_ignore_ascii_case("journaltitle") => return true,
            _ => {}
        }
    }
    date && !year
}

/// Whether `name` can stand behind the `@` of an entry.
pub(crate) fn is_type_name(name: &str) -> bool {
    !name.is_empty()
        && !matches!(name, "string" | "preamble" | "comment")
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
        && name.as_bytes()[0].is_ascii_lowercase()
}

/// The type that suits the record's kind and fields; never looks at its native kind.
pub(crate) fn choose(dialect: Dialect, record: &Record) -> &'static str {
    match dialect {
        Dialect::Bibtex => choose_bibtex(record),
        Dialect::Biblatex => best(candidates(record), record),
    }
}

fn choose_bibtex(record: &Record) -> &'static str {
    match record.kind {
        Kind::ArticleJournal | Kind::ArticleMagazine | Kind::ArticleNewspaper | Kind::Review | Kind::ReviewBook => {
            "article"
        }
        Kind::Book | Kind::Classic => "book",
        Kind::Pamphlet => "booklet",
        Kind::Chapter | Kind::Entry | Kind::EntryDictionary | Kind::EntryEncyclopedia => "incollection",
        Kind::PaperConference => "inproceedings",
        Kind::Report => "techreport",
        Kind::Standard => "manual",
        // The standard styles want a note in it.
        Kind::Manuscript if record.has(Variable::Note) => "unpublished",
        Kind::Thesis if is_masters(record) => "mastersthesis",
        Kind::Thesis => "phdthesis",
        _ => "misc",
    }
}

/// Whether the genre of a thesis names a degree below the doctorate.
pub(crate) fn is_masters(record: &Record) -> bool {
    let genre = record.genre().map(|genre| genre.as_str().to_lowercase()).unwrap_or_default();
    ["master", "diplom", "bachelor", "licen", "m.a.", "m.sc", "msc", "b.a.", "honours"]
        .iter()
        .any(|word| genre.contains(word))
}

/// The types of BibLaTeX that a record of this kind can be, the most telling first.
fn candidates(record: &Record) -> &'static [&'static str] {
    let findable = [Variable::Url, Variable::Doi, Variable::Eprint].into_iter().any(|variable| record.has(variable));
    match record.kind {
        Kind::ArticleJournal | Kind::ArticleMagazine | Kind::ArticleNewspaper | Kind::Review | Kind::ReviewBook => {
            &["article"]
        }
        Kind::Book | Kind::Classic if record.has(Variable::Editor) && !record.has(Variable::Author) => &["collection"],
        Kind::Book | Kind::Classic => &["book"],
        Kind::Pamphlet => &["booklet", "book"],
        Kind::Chapter if record.has(Variable::Editor) => &["incollection"],
        Kind::Chapter => &["inbook"],
        Kind::Entry | Kind::EntryDictionary | Kind::EntryEncyclopedia => &["inreference"],
        Kind::PaperConference => &["inproceedings"],
        Kind::Thesis => &["thesis", "book"],
        Kind::Report => &["report", "manual", "book"],
        Kind::Standard => &["manual"],
        Kind::Dataset => &["dataset"],
        Kind::Software => &["software", "manual"],
        Kind::Patent => &["patent"],
        Kind::Periodical => &["periodical"],
        Kind::Manuscript | Kind::Speech => &["unpublished"],
        Kind::Webpage | Kind::Post | Kind::PostWeblog if findable => &["online"],
        Kind::Article if findable => &["online", "article"],
        Kind::Webpage | Kind::Post | Kind::PostWeblog | Kind::Article => &["misc", "article"],
        Kind::Document => &["misc"],
        _ => &["misc", "article", "manual", "book", "unpublished"],
    }
}

/// The first of the candidates in whose fields the most of the record fits.
fn best(candidates: &'static [&'static str], record: &Record) -> &'static str {
    let misfits = |entry_type: &str| -> usize {
        let outside = record.fields().filter(|&(variable, _)| !fits(entry_type, variable)).count();
        let missing = required(entry_type).iter().filter(|&&variable| !record.has(variable)).count();
        outside + missing
    };
    match candidates {
        [only] => only,
        _ => candidates.iter().copied().min_by_key(|entry_type| misfits(entry_type)).unwrap_or("misc"),
    }
}

fn fits(entry_type: &str, variable: Variable) -> bool {
    let field = field_of(Dialect::Biblatex, entry_type, variable);
    model::allows(entry_type, field)
        || (EDITOR_TYPES.iter().any(|(role, _)| *role == variable) && model::allows(entry_type, "editor"))
}

/// What an entry of this type must have, beside what every candidate must.
fn required(entry_type: &str) -> &'static [Variable] {
    match entry_type {
        "article" => &[Variable::Author, Variable::ContainerTitle],
        "book" | "unpublished" => &[Variable::Author],
        _ => &[],
    }
}

/// Whether `name` is a type for which [`BY_TYPE`] has rows or the data model has fields.
#[cfg(test)]
pub(crate) fn is_mapped(name: &str) -> bool {
    model::has_fields(name) || super::mapping::BY_TYPE.iter().any(|row| row.types.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_comes_back_from_both_dialects() {
        for &kind in Kind::ALL {
            for dialect in [Dialect::Bibtex, Dialect::Biblatex] {
                let entry = entry_type(dialect, &Record::new("k", kind));
                let back = match &entry.subtype {
                    Some(word) => subtype(word),
                    None => Some(Subtype::Kind(kind_of(&entry.name, Signs::default()))),
                };
                assert_eq!(back, Some(Subtype::Kind(kind)), "{kind} as {entry:?}");
                assert!(is_mapped(&entry.name), "{entry:?}");
            }
        }
    }

    #[test]
    fn a_native_type_is_a_subtype_in_bibtex() {
        let mut record = Record::new("k", Kind::Book);
        record.native = Some(crate::NativeKind { format: FORMAT_NAME.into(), name: "mvbook".into() });
        assert_eq!(entry_type(Dialect::Biblatex, &record).name, "mvbook");
        assert_eq!(
            entry_type(Dialect::Bibtex, &record),
            EntryType { name: "book".into(), subtype: Some("mvbook".into()) }
        );
        assert_eq!(subtype("mvbook"), Some(Subtype::Native("mvbook", Kind::Book)));
    }
}
