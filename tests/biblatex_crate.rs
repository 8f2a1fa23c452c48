//! Records as entries of the `biblatex` crate, and back.
#![cfg(feature = "biblatex")]

mod common;

use std::collections::HashSet;

use ::biblatex::{Bibliography, Entry};
use expect_test::{Expect, expect};
use reflist::*;

/// The record without what BibLaTeX cannot hold, and what a map of chunks cannot: the second of two fields of one name.
fn holdable(record: &Record) -> Record {
    let (_, losses) = biblatex::write(std::slice::from_ref(record), &Default::default());
    let mut out = apply(&losses, record);
    // The crate has keys that no file has.
    out.key.clone_from(&record.key);
    let mut names: HashSet<EcoString> =
        Record::from(&Entry::from(record)).extra.into_iter().map(|extra| extra.name).collect();
    out.extra.retain(|extra| extra.ordinal == 0 && names.remove(&extra.name));
    sorted(out)
}

/// The record with its extra fields by name, as a map has them.
fn sorted(mut record: Record) -> Record {
    record.extra.sort_by(|one, other| one.name.cmp(&other.name));
    record
}

/// Whether a record is written with braces inside of braces, which chunks do not have.
fn nests(record: &Record) -> bool {
    let (text, _) = biblatex::write(std::slice::from_ref(record), &Default::default());
    text.lines().any(|line| {
        let depths = line.bytes().scan(0, |depth, byte| {
            *depth += i32::from(byte == b'{') - i32::from(byte == b'}');
            Some(*depth)
        });
        depths.max() > Some(2)
    })
}

#[test]
fn records_of_the_fixtures_come_back() {
    let mut compared = 0;
    for path in common::testdata("bibtex").into_iter().chain(common::testdata("biblatex")) {
        if path.extension().is_none_or(|extension| extension != "bib") {
            continue;
        }
        let (records, _) = bibtex::read(&std::fs::read(&path).unwrap());
        for record in records.iter().filter(|record| !nests(record)) {
            compared += 1;
            let entry = Entry::from(record);
            let differences = common::differences(&sorted(Record::from(&entry)), &holdable(record));
            assert!(differences.is_empty(), "{} {differences}{entry:#?}", path.display());
        }
    }
    assert!(compared > 50, "{compared} records");
}

/// What the crate made of a file loses nothing further.
#[test]
fn entries_of_the_crate_come_back() {
    let mut compared = 0;
    for path in common::testdata("bibtex").into_iter().chain(common::testdata("biblatex")) {
        let Ok(source) = std::fs::read_to_string(&path) else { continue };
        // In these the crate follows a circle, of entries or of macros, until the stack ends.
        let circle = ["crossref.bib", "strings.bib", "xdata.bib"].iter().any(|name| path.ends_with(name));
        if path.extension().is_none_or(|extension| extension != "bib") || circle {
            continue;
        }
        let Ok(bibliography) = Bibliography::parse(&source) else { continue };
        for entry in bibliography.iter() {
            let record = Record::from(entry);
            let differences = common::differences(&sorted(Record::from(&Entry::from(&record))), &holdable(&record));
            assert!(differences.is_empty(), "{} {differences}{entry:#?}", path.display());
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared} entries");
}

#[track_caller]
fn check(fields: &str, expected: Expect) {
    let (records, _) = bibtex::read(format!("@book{{k, {fields}}}").as_bytes());
    let entry = Entry::from(&records[0]);
    let shown: String = entry.fields.iter().map(|(name, chunks)| format!("{name}: {chunks:?}\n")).collect();
    expected.assert_eq(&shown);
    assert_eq!(Record::from(&entry), records[0]);
}

#[test]
fn braces_are_verbatim_chunks_and_formulas_are_math() {
    check(
        "title = {The {DNA} of $x^2$}",
        expect![[r#"
        title: [Normal("The "), Verbatim("DNA"), Normal(" of "), Math("x^2")]
    "#]],
    );
}

#[test]
fn commands_stay_in_the_text() {
    check(
        r"title = {The \emph{Iliad} \& \textsc{War}}",
        expect![[r#"
        title: [Normal("The \\emph{Iliad} & \\textsc{War}")]
    "#]],
    );
}

#[test]
fn names_keep_their_parts() {
    check(
        "author = {van Beethoven, Jr., Ludwig and {World Bank} and others}",
        expect![[r#"
        author: [Normal("van Beethoven, Jr., Ludwig and "), Verbatim("World Bank"), Normal(" and others")]
    "#]],
    );
}

#[test]
fn addresses_are_taken_as_they_stand() {
    check(
        "url = {https://a.b/c_d--e?f=%20~g}, doi = {10.1000/a_b<c>}, file = {a:b\\:c.pdf:x/y}",
        expect![[r#"
        doi: [Normal("10.1000/a_b<c>")]
        file: [Normal("a:b\\:c.pdf:x/y")]
        url: [Normal("https://a.b/c_d--e?f=%20~g")]
    "#]],
    );
}

#[test]
fn fields_that_the_entry_type_lacks_stand_under_their_names() {
    check(
        "journaltitle = {Mind}, userb = {x}, date = {2004~/..}",
        expect![[r#"
        booktitle: [Normal("Mind")]
        date: [Normal("2004~/..")]
        userb: [Normal("x")]
    "#]],
    );
}
