//! Entries that hold several works, and entries that point back to works cited before.

#![allow(missing_docs)]

use std::fmt::Write as _;

use expect_test::expect_file;
use reflist::document::{Document, DocumentKind};
use reflist::parse::label::Model;
use reflist::parse::{Parser, entries};

/// Each fixture's entries, with their labels.
fn show(name: &str) -> String {
    let path = format!("{}/testdata/works/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("the fixture is there");
    let kind = DocumentKind::detect(name.rsplit('.').next(), &bytes).expect("a document");
    let document = Document::read(kind, &bytes);
    let list = Parser::new(Model::embedded()).parse_document(&document);
    let mut out = String::new();
    for ((parsed, label), place) in list.entries.iter().zip(&list.labels).zip(&list.places) {
        let _ = writeln!(out, "{}\t{}", label.as_deref().unwrap_or("-"), parsed.source);
        assert!(document.source().get(place.range()).is_some());
    }
    out
}

macro_rules! fixtures {
    ($($test:ident $name:literal,)*) => {
        $(
            #[test]
            fn $test() {
                expect_file![concat!("../testdata/works/", $name, ".entries")].assert_eq(&show($name));
            }
        )*
    };
}

fixtures! {
    letters_of_chemists_part_works "chemistry.txt",
    semicolons_of_physicists_part_works "physics.txt",
    notes_after_oscola_are_read "oscola.md",
    german_notes_are_read "german.md",
    french_notes_are_read "french.md",
    notes_after_the_bluebook_are_read "bluebook.md",
    spanish_and_italian_notes_are_read "romance.md",
    russian_notes_are_read "russian.md",
}

/// The texts of a list in which each line is an entry, works parted.
#[track_caller]
fn check(list: &str, expected: &[&str]) {
    let list = Parser::new(Model::embedded()).parse_list_text(list.as_bytes());
    let found: Vec<&str> = list.entries.iter().map(|parsed| parsed.source.as_str()).collect();
    assert_eq!(found, expected);
}

#[test]
fn semicolons_inside_one_reference_part_nothing() {
    for line in [
        "Smith, J.; Jones, K.; Meyer, L. Patterns of river trade. Reg. Hist. 2010, 12, 33–40.",
        "Harlan, T. Rivers and roads. New York: Wiley; 1998.",
        "Harlan T, Osei K. Rivers and roads. Lancet. 2004;12(3):45-9; discussion 50.",
        "Adler, A. (2004): Märkte. In: Müller, K.; Meier, L. (Hrsg.): Die Stadt. Köln: Böhlau, 2004, S. 3–40.",
        "Okafor, C. Ring Strain; Marsh, P., Bello, T., Eds.; Wiley: New York, 1998; Vol. 2, pp 101–140.",
        "R. Okoye, J. Appl. Phys. 88, 201 (2000); 89, 77(E) (2001).",
        "T. Brandt, Angew. Chem. 2014, 126, 3310; Angew. Chem. Int. Ed. 2014, 53, 3240.",
        "Weber, K. Die Ordnung der Dörfer; eine Studie. Köln: Böhlau, 1987.",
    ] {
        check(
            &format!("{line}\nZuse, K. (1970). Rechnen. Berlin: Springer.\n"),
            &[line, "Zuse, K. (1970). Rechnen. Berlin: Springer."],
        );
    }
}

#[test]
fn a_line_is_one_record_whatever_it_holds() {
    let line = "A. Brandt, Phys. Rev. B 41, 1120 (1990); C. Duarte, Nature 352, 411 (1991).";
    assert_eq!(entries::from_line(line).text, line);
}
