//! The main job: a whole article in, its references out in every format, with other programs as second opinions.

#[path = "support/shared.rs"]
mod shared;

use std::fs;
use std::path::Path;
use std::process::Command;

use reflist::formats::{self, Target, WriteOptions};
use reflist::key::KeyMaker;
use reflist::{Document, Kind, Record, parse_document};
use shared::shared;

fn records(path: &Path) -> Vec<Record> {
    let list = parse_document(&Document::from_markdown(&fs::read(path).unwrap()));
    assert_eq!(list.diagnostics, []);
    let mut keys = KeyMaker::default();
    let mut records: Vec<Record> = list.entries.into_iter().map(|parsed| parsed.record).collect();
    for record in &mut records {
        record.key = keys.make(record);
    }
    records
}

fn sample() -> Vec<Record> {
    records(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/documents/article.md"))
}

fn written(records: &[Record], format: &str, target: Target) -> String {
    let format = formats::by_name(format).unwrap();
    let mut options = WriteOptions::default();
    options.target = target;
    let (text, losses) = formats::write_all(format, records, &options);
    assert_eq!(losses, [], "nothing of such references is lost");
    text
}

#[test]
fn the_references_of_the_sample_article_in_every_format() {
    let records = sample();
    for format in ["bibtex", "biblatex", "csl-json", "ris", "jsonl"] {
        insta::assert_snapshot!(format!("article-{format}"), written(&records, format, Target::Standard));
    }
    for format in ["bibtex", "biblatex", "csl-json", "ris"] {
        let format_for_zotero = format!("article-{format}-zotero");
        let mut options = WriteOptions::default();
        options.target = Target::Zotero;
        let (text, _) = formats::write_all(formats::by_name(format).unwrap(), &records, &options);
        insta::assert_snapshot!(format_for_zotero, text);
    }
}

#[test]
fn the_seed_article_has_the_same_references() {
    let Some(shared) = shared("the_seed_article_has_the_same_references") else { return };
    assert_eq!(records(&shared.join("seed/article.md")), sample());
}

#[test]
fn twelve_of_them_are_books_with_pages() {
    let records = sample();
    let books: Vec<&Record> = records.iter().filter(|record| record.kind == Kind::Book).collect();
    assert_eq!(books.len(), 12);
    assert!(
        books
            .iter()
            .all(|book| book.page().is_some() && book.publisher().is_some() && book.container_title().is_none())
    );
    // Zotero would take the page range of a book for its number of pages.
    let (ris, _) = formats::write_all(&formats::ris::FORMAT, &sample(), &{
        let mut options = WriteOptions::default();
        options.target = Target::Zotero;
        options
    });
    for entry in ris.split("TY  - ").filter(|entry| entry.starts_with("BOOK")) {
        assert!(!entry.contains("SP  - ") && entry.contains("M2  - page: "), "{entry}");
    }
}

/// Whether `program` can be run; says so when not.
fn have(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        println!("{program} is not installed: passed over");
    }
    found
}

#[test]
fn biber_finds_nothing_to_warn_of() {
    if !have("biber") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("references.bib");
    fs::write(&file, written(&sample(), "biblatex", Target::Standard)).unwrap();
    let output = Command::new("biber")
        .args(["--tool", "--validate-datamodel", "--output-file", "checked.bib", "references.bib"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let log = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && !log.contains("WARN") && !log.contains("ERROR"), "{log}");
    assert_eq!(fs::read_to_string(folder.path().join("checked.bib")).unwrap().matches("\n@").count() + 1, 32);
}

#[test]
fn bibtex_has_no_warning_with_the_plain_style() {
    let style = Command::new("kpsewhich").arg("plain.bst").output().is_ok_and(|output| output.status.success());
    if !style || !have("bibtex") {
        return;
    }
    let records = sample();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("references.bib"), written(&records, "bibtex", Target::Standard)).unwrap();
    let mut aux: String = records.iter().map(|record| format!("\\citation{{{}}}\n", record.key)).collect();
    aux.push_str("\\bibstyle{plain}\n\\bibdata{references}\n");
    fs::write(folder.path().join("paper.aux"), aux).unwrap();
    let output = Command::new("bibtex").arg("paper").current_dir(folder.path()).output().unwrap();
    let log = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && !log.contains("Warning"), "{log}");
    assert_eq!(fs::read_to_string(folder.path().join("paper.bbl")).unwrap().matches("\\bibitem").count(), 32);
}
