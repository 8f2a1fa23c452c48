//! The fields of BibTeX and BibLaTeX, and the variables they hold: one table for both directions and both dialects.
//!
//! A variable's field depends on the entry type in few cases ([`BY_TYPE`]): `number` is the issue of an article, the number in the
//! series of a book, the report's own number in a report. Variables that neither dialect has a field for go by CSL's name; BibTeX
//! ignores fields it does not know, and BibLaTeX carries them in `userf` (see [`super::packed`]).

use crate::record::Variable as V;

/// The two dialects of one syntax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// The fields and types that BibTeX's standard styles know.
    Bibtex,
    /// The data model of BibLaTeX.
    Biblatex,
}

/// A variable and its field in each dialect.
pub(crate) struct Row {
    pub(crate) variable: V,
    pub(crate) bibtex: &'static str,
    pub(crate) biblatex: &'static str,
}

const fn row(variable: V, bibtex: &'static str, biblatex: &'static str) -> Row {
    Row { variable, bibtex, biblatex }
}

const fn both(variable: V, name: &'static str) -> Row {
    Row { variable, bibtex: name, biblatex: name }
}

/// CSL's name is the field's name, because there is no other.
const fn csl(variable: V) -> Row {
    both(variable, variable.as_str())
}

/// Every variable, in the order of the fields of an output.
pub(crate) const ROWS: &[Row] = &[
    both(V::Author, "author"),
    both(V::Title, "title"),
    both(V::Editor, "editor"),
    // These are roles of `editor`, `editora`, … in BibLaTeX; see `roles`.
    csl(V::Director),
    csl(V::Compiler),
    csl(V::Founder),
    csl(V::Continuator),
    csl(V::Redactor),
    csl(V::Reviser),
    csl(V::Collaborator),
    csl(V::Organizer),
    both(V::Translator, "translator"),
    both(V::Annotator, "annotator"),
    both(V::Commentator, "commentator"),
    both(V::Introduction, "introduction"),
    both(V::Foreword, "foreword"),
    both(V::Afterword, "afterword"),
    both(V::ContainerAuthor, "bookauthor"),
    both(V::Holder, "holder"),
    csl(V::Composer),
    csl(V::Performer),
    csl(V::Illustrator),
    csl(V::Interviewer),
    csl(V::Recipient),
    csl(V::Producer),
    csl(V::ExecutiveProducer),
    csl(V::ScriptWriter),
    csl(V::Narrator),
    csl(V::Host),
    csl(V::Guest),
    csl(V::Chair),
    csl(V::Curator),
    csl(V::Contributor),
    csl(V::EditorialDirector),
    csl(V::CollectionEditor),
    csl(V::SeriesCreator),
    csl(V::OriginalAuthor),
    csl(V::ReviewedAuthor),
    both(V::NameAddition, "nameaddon"),
    row(V::ContainerTitle, "booktitle", "booktitle"),
    both(V::ContainerTitleShort, "shortjournal"),
    both(V::MainTitle, "maintitle"),
    both(V::IssueTitle, "issuetitle"),
    csl(V::VolumeTitle),
    csl(V::PartTitle),
    both(V::EventTitle, "eventtitle"),
    both(V::EventDate, "eventdate"),
    both(V::EventPlace, "venue"),
    both(V::Edition, "edition"),
    both(V::Volume, "volume"),
    both(V::NumberOfVolumes, "volumes"),
    both(V::PartNumber, "part"),
    both(V::CollectionTitle, "series"),
    both(V::CollectionTitleShort, "shortseries"),
    both(V::CollectionNumber, "seriesnumber"),
    both(V::Number, "number"),
    both(V::Issue, "issue"),
    both(V::SupplementNumber, "supplement-number"),
    both(V::PrintingNumber, "printing-number"),
    both(V::ChapterNumber, "chapter"),
    both(V::Page, "pages"),
    both(V::NumberOfPages, "pagetotal"),
    both(V::Genre, "type"),
    both(V::Version, "version"),
    both(V::Publisher, "publisher"),
    row(V::PublisherPlace, "address", "location"),
    both(V::HowPublished, "howpublished"),
    row(V::Issued, "date", "date"),
    csl(V::YearSuffix),
    both(V::Status, "pubstate"),
    csl(V::Submitted),
    csl(V::AvailableDate),
    both(V::OriginalDate, "origdate"),
    both(V::OriginalTitle, "origtitle"),
    both(V::OriginalPublisher, "origpublisher"),
    both(V::OriginalPublisherPlace, "origlocation"),
    both(V::OriginalLanguage, "origlanguage"),
    both(V::ReprintTitle, "reprinttitle"),
    csl(V::ReviewedTitle),
    csl(V::ReviewedGenre),
    both(V::Isbn, "isbn"),
    both(V::Issn, "issn"),
    both(V::Isan, "isan"),
    both(V::Ismn, "ismn"),
    both(V::Isrn, "isrn"),
    both(V::Iswc, "iswc"),
    both(V::Doi, "doi"),
    both(V::Eprint, "eprint"),
    row(V::EprintType, "archiveprefix", "eprinttype"),
    row(V::EprintClass, "primaryclass", "eprintclass"),
    both(V::Pmid, "pmid"),
    both(V::Pmcid, "pmcid"),
    both(V::Url, "url"),
    both(V::Accessed, "urldate"),
    csl(V::Archive),
    csl(V::ArchiveCollection),
    csl(V::ArchiveLocation),
    csl(V::ArchivePlace),
    both(V::CallNumber, "library"),
    csl(V::Source),
    csl(V::Authority),
    csl(V::Jurisdiction),
    csl(V::Division),
    csl(V::Section),
    csl(V::References),
    csl(V::Medium),
    csl(V::Dimensions),
    csl(V::Scale),
    both(V::Pagination, "pagination"),
    both(V::BookPagination, "bookpagination"),
    both(V::Note, "note"),
    both(V::Addendum, "addendum"),
    both(V::TitleShort, "shorttitle"),
    csl(V::VolumeTitleShort),
    both(V::ShortAuthor, "shortauthor"),
    both(V::ShortEditor, "shorteditor"),
    both(V::Shorthand, "shorthand"),
    both(V::ShorthandIntro, "shorthandintro"),
    both(V::CitationLabel, "label"),
    csl(V::CitationNumber),
    csl(V::FirstReferenceNoteNumber),
    csl(V::Locator),
    csl(V::PageFirst),
    csl(V::AuthorAddress),
    both(V::Language, "language"),
    both(V::LanguageId, "langid"),
    both(V::Crossref, "crossref"),
    both(V::Xref, "xref"),
    both(V::Xdata, "xdata"),
    both(V::Related, "related"),
    both(V::RelatedType, "relatedtype"),
    both(V::RelatedString, "relatedstring"),
    both(V::EntrySet, "entryset"),
    both(V::Aliases, "ids"),
    both(V::Keyword, "keywords"),
    csl(V::Categories),
    row(V::Annote, "annote", "annotation"),
    both(V::Abstract, "abstract"),
    both(V::Attachments, "file"),
];

/// A field that holds a variable in some entry types only.
pub(crate) struct TypeRow {
    pub(crate) types: &'static [&'static str],
    pub(crate) variable: V,
    pub(crate) bibtex: &'static str,
    pub(crate) biblatex: &'static str,
}

const fn only(types: &'static [&'static str], variable: V, bibtex: &'static str, biblatex: &'static str) -> TypeRow {
    TypeRow { types, variable, bibtex, biblatex }
}

/// Articles and whole periodicals.
const SERIALS: &[&str] = &["article", "periodical", "suppperiodical", "review"];
/// Theses, by the names of both dialects.
const THESES: &[&str] = &["thesis", "phdthesis", "mastersthesis"];
/// Books and their parts: `number` counts within the series.
const BOOKS: &[&str] = &[
    "book",
    "mvbook",
    "collection",
    "mvcollection",
    "reference",
    "mvreference",
    "proceedings",
    "mvproceedings",
    "inbook",
    "bookinbook",
    "suppbook",
    "incollection",
    "suppcollection",
    "inreference",
    "inproceedings",
    "conference",
    "booklet",
];
/// Conferences: `organization` is who held it, the publisher is another.
const CONFERENCES: &[&str] = &["proceedings", "mvproceedings", "inproceedings", "conference"];

/// Where the entry type changes the meaning of a field. Holds before [`ROWS`].
pub(crate) const BY_TYPE: &[TypeRow] = &[
    only(SERIALS, V::ContainerTitle, "journal", "journaltitle"),
    only(SERIALS, V::Issue, "number", "number"),
    only(SERIALS, V::Number, "documentnumber", "documentnumber"),
    only(BOOKS, V::CollectionNumber, "number", "number"),
    only(BOOKS, V::Number, "documentnumber", "documentnumber"),
    only(THESES, V::Publisher, "school", "institution"),
    only(&["report", "techreport"], V::Publisher, "institution", "institution"),
    only(&["manual"], V::Publisher, "organization", "organization"),
    only(&["misc", "online", "electronic", "www", "software"], V::Publisher, "publisher", "organization"),
    only(CONFERENCES, V::Organizer, "organization", "organization"),
];

/// A title's field, its subtitle's and its addition's; "" where there is none.
pub(crate) const TITLE_PARTS: &[(&str, &str, &str)] = &[
    ("title", "subtitle", "titleaddon"),
    ("booktitle", "booksubtitle", "booktitleaddon"),
    ("journaltitle", "journalsubtitle", "journaltitleaddon"),
    ("journal", "", "journaltitleaddon"),
    ("maintitle", "mainsubtitle", "maintitleaddon"),
    ("issuetitle", "issuesubtitle", "issuetitleaddon"),
    ("eventtitle", "", "eventtitleaddon"),
];

/// Roles that BibLaTeX knows as types of an editor.
pub(crate) const EDITOR_TYPES: &[(V, &str)] = &[
    (V::Director, "director"),
    (V::Compiler, "compiler"),
    (V::Founder, "founder"),
    (V::Continuator, "continuator"),
    (V::Redactor, "redactor"),
    (V::Reviser, "reviser"),
    (V::Collaborator, "collaborator"),
    (V::Organizer, "organizer"),
];

/// The fields that take the roles of [`EDITOR_TYPES`], and the fields that name the role.
pub(crate) const EDITOR_SLOTS: [(&str, &str); 4] =
    [("editor", "editortype"), ("editora", "editoratype"), ("editorb", "editorbtype"), ("editorc", "editorctype")];

/// The position of each variable's row in [`ROWS`].
const RANKS: [u8; V::ALL.len()] = {
    let mut ranks = [0; V::ALL.len()];
    let mut at = 0;
    while at < ROWS.len() {
        ranks[ROWS[at].variable as usize] = at as u8;
        at += 1;
    }
    ranks
};

/// The field of a variable in entries of this type.
pub(crate) fn field_of(dialect: Dialect, entry_type: &str, variable: V) -> &'static str {
    let row = &ROWS[rank(variable)];
    let by_type = BY_TYPE.iter().find(|row| row.variable == variable && row.types.contains(&entry_type));
    let (bibtex, biblatex) = by_type.map_or((row.bibtex, row.biblatex), |row| (row.bibtex, row.biblatex));
    match dialect {
        Dialect::Bibtex => bibtex,
        Dialect::Biblatex => biblatex,
    }
}

/// The position of a variable's field in an output.
pub(crate) const fn rank(variable: V) -> usize {
    RANKS[variable as usize] as usize
}

/// Words of BibLaTeX's type field, and how they are printed.
pub(crate) const TYPE_KEYS: &[(&str, &str)] = &[
    ("phdthesis", "PhD thesis"),
    ("mathesis", "Master's thesis"),
    ("bathesis", "Bachelor's thesis"),
    ("candthesis", "Candidate thesis"),
    ("techreport", "Technical report"),
    ("resreport", "Research report"),
    ("software", "Computer software"),
    ("datacd", "Data CD"),
    ("audiocd", "Audio CD"),
];

/// Words of BibLaTeX's `pubstate`, and how they are printed.
pub(crate) const STATUS_KEYS: &[(&str, &str)] = &[
    ("inpress", "in press"),
    ("inpreparation", "in preparation"),
    ("forthcoming", "forthcoming"),
    ("submitted", "submitted"),
    ("prepublished", "prepublished"),
];

/// The macros of the months.
pub(crate) const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// How a season (21 to 24) is printed in a `month`.
pub(crate) const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_variable_has_one_row() {
        for &variable in V::ALL {
            assert_eq!(ROWS.iter().filter(|row| row.variable == variable).count(), 1, "{variable}");
        }
    }

    #[test]
    fn no_two_variables_share_a_field_in_one_type() {
        for dialect in [Dialect::Bibtex, Dialect::Biblatex] {
            for entry_type in
                ["article", "book", "inproceedings", "report", "thesis", "misc", "online", "manual", "movie"]
            {
                let mut seen = HashSet::new();
                for &variable in V::ALL {
                    let field = field_of(dialect, entry_type, variable);
                    assert!(seen.insert(field), "{entry_type}: {field} twice in {dialect:?}");
                }
            }
        }
    }
}
