//! BibLaTeX's default data model: which fields an entry type may have.
//!
//! Source: the entry types and fields that `blx-dm.def` of BibLaTeX declares, which is what `biber --validate-datamodel` checks. The
//! parts of a date (`eventyear`, `eventmonth`, …) stand here under the date's name. Types that are not listed (`movie`, `standard`,
//! `music` and others) may have nothing but the fields of every type, not even a title; the writer uses them only where the source did.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

/// Whether the data model lets an entry of this type have this field.
#[must_use]
pub(crate) fn allows(entry_type: &str, field: &str) -> bool {
    let (every, by_type) = &*ALLOWED;
    every.contains(field) || by_type.get(entry_type).is_some_and(|fields| fields.contains(field))
}

type Names = HashSet<&'static str, FxBuildHasher>;

/// The tables below, for looking up: the fields of every type, and those of each.
static ALLOWED: LazyLock<(Names, HashMap<&'static str, Names, FxBuildHasher>)> = LazyLock::new(|| {
    let rows = BY_TYPE.iter().flat_map(|(types, fields)| types.iter().map(move |name| (*name, fields)));
    let by_type = rows.map(|(name, fields)| (name, fields.iter().copied().collect())).collect();
    (EVERY_TYPE.iter().copied().collect(), by_type)
});

/// Whether the data model knows any field of this type beside those of every type.
pub(crate) fn has_fields(entry_type: &str) -> bool {
    ALLOWED.1.contains_key(entry_type)
}

/// Fields that an entry of any type may have.
const EVERY_TYPE: &[&str] = &[
    "abstract",
    "annotation",
    "authortype",
    "bookpagination",
    "crossref",
    "date",
    "day",
    "doi",
    "entryset",
    "entrysubtype",
    "eprint",
    "eprintclass",
    "eprinttype",
    "execute",
    "file",
    "gender",
    "ids",
    "indexsorttitle",
    "indextitle",
    "isan",
    "ismn",
    "iswc",
    "keywords",
    "label",
    "langid",
    "langidopts",
    "library",
    "lista",
    "listb",
    "listc",
    "listd",
    "liste",
    "listf",
    "month",
    "namea",
    "nameaddon",
    "nameatype",
    "nameb",
    "namebtype",
    "namec",
    "namectype",
    "options",
    "origdate",
    "origlocation",
    "origpublisher",
    "origtitle",
    "pagination",
    "presort",
    "related",
    "relatedoptions",
    "relatedstring",
    "relatedtype",
    "shortauthor",
    "shorteditor",
    "shorthand",
    "shorthandintro",
    "shortjournal",
    "shortseries",
    "shorttitle",
    "sortkey",
    "sortname",
    "sortshorthand",
    "sorttitle",
    "sortyear",
    "url",
    "urldate",
    "usera",
    "userb",
    "userc",
    "userd",
    "usere",
    "userf",
    "verba",
    "verbb",
    "verbc",
    "xdata",
    "xref",
    "year",
];

/// Entry types, and the fields that they may have beside those of every type.
#[rustfmt::skip]
const BY_TYPE: &[(&[&str], &[&str])] = &[
    (
        &["set"],
        &[
            "entryset",
        ],
    ),
    (
        &["article"],
        &[
            "addendum", "annotator", "author", "commentator", "editor", "editora", "editoratype", "editorb",
            "editorbtype", "editorc", "editorctype", "editortype", "eid", "issn", "issue", "issuesubtitle",
            "issuetitle", "issuetitleaddon", "journalsubtitle", "journaltitle", "journaltitleaddon", "language",
            "note", "number", "origlanguage", "pages", "pubstate", "series", "subtitle", "title", "titleaddon",
            "translator", "version", "volume",
        ],
    ),
    (
        &["bibnote"],
        &[
            "note",
        ],
    ),
    (
        &["book"],
        &[
            "addendum", "afterword", "annotator", "author", "chapter", "commentator", "edition", "editor", "editora",
            "editoratype", "editorb", "editorbtype", "editorc", "editorctype", "editortype", "eid", "foreword",
            "introduction", "isbn", "language", "location", "mainsubtitle", "maintitle", "maintitleaddon", "note",
            "number", "origlanguage", "pages", "pagetotal", "part", "publisher", "pubstate", "series", "subtitle",
            "title", "titleaddon", "translator", "volume", "volumes",
        ],
    ),
    (
        &["mvbook"],
        &[
            "addendum", "afterword", "annotator", "author", "commentator", "edition", "editor", "editora",
            "editoratype", "editorb", "editorbtype", "editorc", "editorctype", "editortype", "foreword",
            "introduction", "isbn", "language", "location", "note", "number", "origlanguage", "pagetotal",
            "publisher", "pubstate", "series", "subtitle", "title", "titleaddon", "translator", "volume", "volumes",
        ],
    ),
    (
        &["inbook", "bookinbook", "suppbook"],
        &[
            "addendum", "afterword", "annotator", "author", "bookauthor", "booksubtitle", "booktitle",
            "booktitleaddon", "chapter", "commentator", "edition", "editor", "editora", "editoratype", "editorb",
            "editorbtype", "editorc", "editorctype", "editortype", "eid", "foreword", "introduction", "isbn",
            "language", "location", "mainsubtitle", "maintitle", "maintitleaddon", "note", "number", "origlanguage",
            "pages", "part", "publisher", "pubstate", "series", "subtitle", "title", "titleaddon", "translator",
            "volume", "volumes",
        ],
    ),
    (
        &["booklet"],
        &[
            "addendum", "author", "chapter", "editor", "editortype", "eid", "howpublished", "language", "location",
            "note", "pages", "pagetotal", "pubstate", "subtitle", "title", "titleaddon", "type",
        ],
    ),
    (
        &["collection", "reference"],
        &[
            "addendum", "afterword", "annotator", "chapter", "commentator", "edition", "editor", "editora",
            "editoratype", "editorb", "editorbtype", "editorc", "editorctype", "editortype", "eid", "foreword",
            "introduction", "isbn", "language", "location", "mainsubtitle", "maintitle", "maintitleaddon", "note",
            "number", "origlanguage", "pages", "pagetotal", "part", "publisher", "pubstate", "series", "subtitle",
            "title", "titleaddon", "translator", "volume", "volumes",
        ],
    ),
    (
        &["mvcollection", "mvreference"],
        &[
            "addendum", "afterword", "annotator", "author", "commentator", "edition", "editor", "editora",
            "editoratype", "editorb", "editorbtype", "editorc", "editorctype", "editortype", "foreword",
            "introduction", "isbn", "language", "location", "note", "number", "origlanguage", "publisher",
            "pubstate", "subtitle", "title", "titleaddon", "translator", "volume", "volumes",
        ],
    ),
    (
        &["incollection", "suppcollection", "inreference"],
        &[
            "addendum", "afterword", "annotator", "author", "booksubtitle", "booktitle", "booktitleaddon", "chapter",
            "commentator", "edition", "editor", "editora", "editoratype", "editorb", "editorbtype", "editorc",
            "editorctype", "editortype", "eid", "foreword", "introduction", "isbn", "language", "location",
            "mainsubtitle", "maintitle", "maintitleaddon", "note", "number", "origlanguage", "pages", "part",
            "publisher", "pubstate", "series", "subtitle", "title", "titleaddon", "translator", "volume", "volumes",
        ],
    ),
    (
        &["dataset"],
        &[
            "addendum", "author", "edition", "editor", "editortype", "language", "location", "note", "number",
            "organization", "publisher", "pubstate", "series", "subtitle", "title", "titleaddon", "type", "version",
        ],
    ),
    (
        &["manual"],
        &[
            "addendum", "author", "chapter", "edition", "editor", "editortype", "eid", "isbn", "language",
            "location", "note", "number", "organization", "pages", "pagetotal", "publisher", "pubstate", "series",
            "subtitle", "title", "titleaddon", "type", "version",
        ],
    ),
    (
        &["misc", "software"],
        &[
            "addendum", "author", "editor", "editortype", "howpublished", "language", "location", "note",
            "organization", "pubstate", "subtitle", "title", "titleaddon", "type", "version",
        ],
    ),
    (
        &["online"],
        &[
            "addendum", "author", "editor", "editortype", "language", "note", "organization", "pubstate", "subtitle",
            "title", "titleaddon", "version",
        ],
    ),
    (
        &["patent"],
        &[
            "addendum", "author", "holder", "location", "note", "number", "pubstate", "subtitle", "title",
            "titleaddon", "type", "version",
        ],
    ),
    (
        &["periodical"],
        &[
            "addendum", "editor", "editora", "editoratype", "editorb", "editorbtype", "editorc", "editorctype",
            "editortype", "issn", "issue", "issuesubtitle", "issuetitle", "issuetitleaddon", "language", "note",
            "number", "pubstate", "series", "subtitle", "title", "titleaddon", "volume",
        ],
    ),
    (
        &["mvproceedings"],
        &[
            "addendum", "editor", "editortype", "eventdate", "eventtitle", "eventtitleaddon", "isbn", "language",
            "location", "note", "number", "organization", "pagetotal", "publisher", "pubstate", "series", "subtitle",
            "title", "titleaddon", "venue", "volumes",
        ],
    ),
    (
        &["proceedings"],
        &[
            "addendum", "chapter", "editor", "editortype", "eid", "eventdate", "eventtitle", "eventtitleaddon",
            "isbn", "language", "location", "mainsubtitle", "maintitle", "maintitleaddon", "note", "number",
            "organization", "pages", "pagetotal", "part", "publisher", "pubstate", "series", "subtitle", "title",
            "titleaddon", "venue", "volume", "volumes",
        ],
    ),
    (
        &["inproceedings"],
        &[
            "addendum", "author", "booksubtitle", "booktitle", "booktitleaddon", "chapter", "editor", "editortype",
            "eid", "eventdate", "eventtitle", "eventtitleaddon", "isbn", "language", "location", "mainsubtitle",
            "maintitle", "maintitleaddon", "note", "number", "organization", "pages", "part", "publisher",
            "pubstate", "series", "subtitle", "title", "titleaddon", "venue", "volume", "volumes",
        ],
    ),
    (
        &["report"],
        &[
            "addendum", "author", "chapter", "eid", "institution", "isrn", "language", "location", "note", "number",
            "pages", "pagetotal", "pubstate", "subtitle", "title", "titleaddon", "type", "version",
        ],
    ),
    (
        &["thesis"],
        &[
            "addendum", "author", "chapter", "eid", "institution", "language", "location", "note", "pages",
            "pagetotal", "pubstate", "subtitle", "title", "titleaddon", "type",
        ],
    ),
    (
        &["unpublished"],
        &[
            "addendum", "author", "eventdate", "eventtitle", "eventtitleaddon", "howpublished", "language",
            "location", "note", "pubstate", "subtitle", "title", "titleaddon", "type", "venue",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(EVERY_TYPE.is_sorted());
        assert!(BY_TYPE.iter().all(|(_, fields)| fields.is_sorted()));
    }

    #[test]
    fn books_have_pages_and_reports_have_no_editor() {
        assert!(allows("book", "pages") && allows("misc", "urldate"));
        assert!(!allows("report", "editor") && !allows("movie", "title"));
    }
}
