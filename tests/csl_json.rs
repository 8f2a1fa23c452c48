//! CSL-JSON and JSON Lines, from outside.

mod common;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use reflist::formats::{Target, WriteOptions, csl_json, jsonl};
use reflist::*;

#[track_caller]
fn check(source: &str, expected: &Expect) {
    let (records, diagnostics) = csl_json::read(source.as_bytes());
    expected.assert_eq(&common::show(&records, &diagnostics));
}

#[test]
fn files_of_every_dialect_read_as_they_should() {
    for path in common::testdata("csl-json") {
        let (records, diagnostics) = csl_json::read(&std::fs::read(&path).unwrap());
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        insta::assert_snapshot!(format!("csl-json-{name}"), common::show(&records, &diagnostics));
    }
    for path in common::testdata("jsonl") {
        let (records, diagnostics) = jsonl::read(&std::fs::read(&path).unwrap());
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        insta::assert_snapshot!(format!("jsonl-{name}"), common::show(&records, &diagnostics));
    }
}

#[test]
fn lines_of_the_note_are_fields() {
    check(
        r#"{"id":"a","type":"book","note":"Original Date: 1959\nsee p. 3: there\ntype: map\n{:PMID: 12}"}"#,
        &expect![[r#"
            map a
              note: see p. 3: there
              original-date: 1959
              PMID: 12
        "#]],
    );
    check(
        r#"{"id":"a","volume":"1","note":"volume: 2\nvolume: 1"}"#,
        &expect![[r#"
        document a
          note: volume: 2
          volume: 1
    "#]],
    );
}

#[test]
fn nothing_is_an_empty_list() {
    for source in ["", "[]", " \n", "[ ]\n"] {
        check(source, &expect![""]);
    }
    assert_eq!(csl_json::write(&[], &WriteOptions::default()).0, "[]\n");
}

#[test]
fn software_is_a_book_with_a_version_for_zotero() {
    let mut record = Record::new("a", Kind::Software);
    record.set(Variable::Version, "1.0");
    record.set(Variable::Author, Names::new(vec![Name::person("Gogh", "Vincent").with_non_dropping_particle("van")]));
    let mut options = WriteOptions::default();
    options.target = Target::Zotero;
    let (text, losses) = csl_json::write(&[record], &options);
    expect![[r#"
        [
          {
            "id": "a",
            "type": "book",
            "author": [{"family":"van Gogh","given":"Vincent"}],
            "version": "1.0"
          }
        ]
        loss Kind, kept Kind(Book)
        loss Variable(Author), kept van Gogh, Vincent
    "#]]
    .assert_eq(&format!("{text}{}", common::show_losses(&losses)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces_read_and_come_back(text in common::lines(&["{", "}", "[", "]", ",", ":", "\"", "\"id\":\"a\"", "\"type\":\"book\"", "{\"title\":\"x\",", "\"title\": 3",
        "\"author\":[{\"family\":\"A\"}]", "\"issued\":{\"date-parts\":[[2020,1]]}", "\"custom\":{\"a\":1}", "\"note\":\"PMID: 1\"", "\\", "null", "1.5e3", "{\"items\":[", "é", "\u{0}"])) {
        let (records, _) = csl_json::read(text.as_bytes());
        let (written, losses) = csl_json::write(&records, &WriteOptions::default());
        prop_assert!(losses.is_empty());
        let (back, diagnostics) = csl_json::read(written.as_bytes());
        prop_assert!(diagnostics.is_empty(), "{:?}\n{}", diagnostics, written);
        prop_assert_eq!(&back, &records);
        let (lines, _) = jsonl::write(&records, &WriteOptions::default());
        prop_assert_eq!(jsonl::read(lines.as_bytes()).0, records);
    }

    #[test]
    fn any_bytes_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = csl_json::read(&bytes);
        let _ = jsonl::read(&bytes);
    }

    /// The schema allows no member that it does not name.
    #[test]
    fn what_is_written_is_valid(record in common::record()) {
        let (text, _) = csl_json::write(&[record], &WriteOptions::default());
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        if let Some(schema) = common::csl_schema() {
            let errors = common::schema::validate(&schema, &schema, &value);
            prop_assert!(errors.is_empty(), "{:?}\n{}", errors, text);
        }
    }
}

/// Whatever was read, what is written of it is as CSL's schema wants it.
#[test]
fn what_is_written_of_real_files_is_valid() {
    let Some(schema) = common::csl_schema() else { return };
    for path in common::bibliographies() {
        let Some(format) = path.extension().and_then(|extension| formats::by_extension(extension.to_str()?)) else {
            continue;
        };
        let (records, _) = formats::read_all(format, &std::fs::read(&path).unwrap());
        for target in [Target::Standard, Target::Zotero] {
            let mut options = WriteOptions::default();
            options.target = target;
            let (text, _) = csl_json::write(&records, &options);
            let errors = common::schema::validate(&schema, &schema, &serde_json::from_str(&text).unwrap());
            assert!(errors.is_empty(), "{} for {target:?}: {errors:?}", path.display());
        }
    }
}

#[test]
fn time_grows_with_the_input_and_no_faster() {
    for unit in [
        "{",
        "[",
        "{\"a\":",
        "\"",
        "\\\"",
        "{\"id\":1},",
        "\"a\":1,",
        "}",
        "]",
        "\"a\n",
        "{\"author\":[{\"family\":\"",
        "<i>",
        "words ",
        ",{\"id\":\"",
        "\n{\"id\": \"",
    ] {
        common::check_growth(unit, |text| {
            let _ = csl_json::read(text.as_bytes());
            let _ = csl_json::read(format!("[{{\"title\":\"{text}").as_bytes());
            let _ = jsonl::read(text.as_bytes());
        });
    }
}
