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
    for (at, parsed) in list.entries.iter().enumerate() {
        let _ = writeln!(out, "{}\t{}", list.labels[at].as_deref().unwrap_or("-"), parsed.source);
        assert!(document.source().get(list.places[at].range()).is_some());
        let record = &parsed.record;
        match list.repeats[at] {
            Some(repeat) => {
                let work = list.entries[repeat.of].record.title().map(ToString::to_string).unwrap_or_default();
                let locator = record.locator().map(|place| format!(" @ {}", place.as_str())).unwrap_or_default();
                let words = &parsed.source[repeat.words.range()];
                let _ = writeln!(out, "\t= {}: {work}{locator} [{words}]", repeat.of + 1);
                assert_eq!(record.title(), list.entries[repeat.of].record.title());
            }
            None if takes_from_before(&parsed.source) => {
                let authors =
                    record.author().map(|names| names.list.iter().map(ToString::to_string).collect::<Vec<_>>());
                let container = record.container_title().map(|title| format!(" in {title}")).unwrap_or_default();
                let title = record.title().map(ToString::to_string).unwrap_or_default();
                let _ = writeln!(out, "\t+ {}: {title}{container}", authors.unwrap_or_default().join("; "));
            }
            None => {}
        }
        for found in &parsed.diagnostics {
            let _ = writeln!(out, "\t! {}", found.code);
        }
    }
    out
}

/// Whether an entry takes names or a journal from the one before: what it begins with says so.
fn takes_from_before(source: &str) -> bool {
    ["ders", "Dies", "Idem", "ibid", "Phys. Lett. B 435"].iter().any(|words| source.starts_with(words))
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

/// An entry longer than any one reference is looked at for lost numbers and marks; "Phys. Rev. D 71" holds none.
#[test]
fn full_stops_of_abbreviations_part_nothing() {
    let works: Vec<String> =
        (0..8).map(|at| format!("K. Aalto and R. Okoye, Phys. Rev. D {at}1, 1240{at}5 (200{at})")).collect();
    let list = format!("[1] {}\n[2] S. Lind, Nature 3, 4 (1991).\n", works.join("; "));
    let mut expected: Vec<&str> = works.iter().map(String::as_str).collect();
    expected.push("S. Lind, Nature 3, 4 (1991).");
    check(&list, &expected);
}

#[test]
fn a_line_is_one_record_whatever_it_holds() {
    let line = "A. Brandt, Phys. Rev. B 41, 1120 (1990); C. Duarte, Nature 352, 411 (1991).";
    assert_eq!(entries::from_line(line).text, line);
}

/// Which entries of a list, counted from 1, cite which again.
#[track_caller]
fn check_repeats(list: &str, expected: &[(usize, usize)]) {
    let list = Parser::new(Model::embedded()).parse_list_text(list.as_bytes());
    let found = list.repeats.iter().enumerate().filter_map(|(at, repeat)| Some((at + 1, repeat.as_ref()?.of + 1)));
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn works_that_are_much_alike_are_no_repetitions() {
    check_repeats(
        "Harrow, J. The Law of Bargains. Oxford: Clarendon Press, 1999.\n\
         Harrow, J. The Law of Bargains. 2nd ed. Oxford: Clarendon Press, 2004.\n\
         Harrow, J. The Law of Bargains, 2008.\n\
         Harrow, J. The Law of Sales. Oxford: Clarendon Press, 1999.\n\
         Harrow, J. 1999. The Law. Oxford: Clarendon Press.\n\
         Ellis, M. The Law of Bargains. Paris: Plon, 2001.\n",
        &[],
    );
}

#[test]
fn short_forms_are_repetitions_of_the_work_that_fits() {
    check_repeats(
        "Harrow, John, The Law of Bargains, Oxford 1999, p. 4.\n\
         Harrow, John, Promises and Their Price, Oxford 2004, p. 12.\n\
         Harrow, Law of Bargains, p. 7.\n\
         Harrow, op. cit., p. 9.\n\
         Ibid., p. 10.\n\
         J. Harrow, Promises and Their Price, pp. 30-32.\n\
         Harrow 1999, p. 8.\n",
        &[(3, 1), (4, 1), (5, 1), (6, 2), (7, 1)],
    );
}

#[test]
fn a_list_of_nothing_but_short_forms_takes_linear_time() {
    let parser = Parser::new(Model::embedded()).single_pass(true);
    for piece in [
        "Ibid., 46.\n",
        "Smith, op. cit., p. 4.\n",
        "Smith (n 3) 12.\n",
        "A. Baker, Nature 3, 4 (1991); ",
        "a) Baker, A. b) ",
        "(n n n ",
    ] {
        let text = piece.repeat(30_000 / piece.len());
        let list = parser.parse_list_text(text.as_bytes());
        assert_eq!(list.repeats.len(), list.entries.len());
    }
}
