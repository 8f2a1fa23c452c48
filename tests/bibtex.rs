//! BibTeX and BibLaTeX, from outside: what the fixtures mean, what is written, and that nothing gets lost on the way.

mod common;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use proptest::prelude::*;
use reflist::Variable;
use reflist::formats::{Protect, Target, WriteOptions, biblatex, bibtex, read_all, write_all};
use reflist::text::tex;
use reflist::*;

/// Shows a text with its formats: `the <italic:Iliad>`.
fn show_text(text: &Text) -> String {
    let mut out = String::new();
    for (piece, formats) in text.pieces() {
        let names: Vec<&str> = formats.iter().map(|format| format.as_str()).collect();
        match names.is_empty() {
            true => out.push_str(piece),
            false => write!(out, "<{}:{piece}>", names.join("+")).unwrap(),
        }
    }
    out
}

/// Shows a name with its parts: `van Beethoven | Ludwig | Jr.`, a body in brackets, what may be dropped in parentheses.
fn show_name(name: &Name) -> String {
    let Name::Person(person) = name else { return format!("[{name}]") };
    let mut parts = vec![name.family_with_particle(), person.given.to_string()];
    if !person.dropping_particle.is_empty() {
        parts.push(format!("({})", person.dropping_particle));
    }
    parts.extend([&person.suffix, &person.orcid].into_iter().filter(|part| !part.is_empty()).map(ToString::to_string));
    parts.join(" | ")
}

fn show_value(value: &Value) -> String {
    match value {
        Value::Names(names) => {
            let mut shown: Vec<String> = names.list.iter().map(show_name).collect();
            shown.extend(names.et_al.then(|| "et al.".to_owned()));
            shown.join("; ")
        }
        Value::Title(title) => {
            let mut shown = show_text(&title.main);
            for (mark, part) in [(" : ", &title.sub), (" + ", &title.addition)] {
                if let Some(part) = part {
                    shown.push_str(mark);
                    shown.push_str(&show_text(part));
                }
            }
            shown
        }
        Value::Text(text) => show_text(text),
        Value::Texts(texts) => texts.iter().map(show_text).collect::<Vec<_>>().join("; "),
        Value::Date(Date::Literal(text)) => format!("\"{text}\""),
        Value::Pages(pages) if pages.article_number => format!("article {pages}"),
        Value::Attachments(files) => files
            .iter()
            .map(|file| format!("{} ({}, {})", file.path, file.title, file.media_type))
            .collect::<Vec<_>>()
            .join("; "),
        value => value.to_plain(),
    }
}

/// Shows records and diagnostics, one fact a line.
fn show(records: &[Record], diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for record in records {
        let native = record.native.as_ref().map(|native| format!(" @{}", native.name)).unwrap_or_default();
        writeln!(out, "{} {:?}{native}", record.kind, record.key).unwrap();
        for (variable, value) in record.fields() {
            writeln!(out, "  {:<22} {}", variable.as_str(), show_value(value)).unwrap();
        }
        for extra in &record.extra {
            writeln!(out, "  +{}[{}] {}", extra.name, extra.ordinal, extra.raw).unwrap();
        }
    }
    for diagnostic in diagnostics {
        writeln!(out, "! {diagnostic}").unwrap();
    }
    out
}

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut files: Vec<PathBuf> = ["bibtex", "biblatex"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "bib"))
        .collect();
    files.sort();
    assert!(files.len() > 20);
    files
}

/// What each fixture means, beside it in a `.txt`; `UPDATE_EXPECT=1` writes them anew.
#[test]
fn the_fixtures_mean_what_stands_beside_them() {
    for path in fixtures() {
        let (records, diagnostics) = bibtex::read(&std::fs::read(&path).unwrap());
        expect_file![path.with_extension("txt")].assert_eq(&show(&records, &diagnostics));
    }
}

/// What is written of each fixture in both dialects, beside it.
#[test]
fn the_fixtures_are_written_as_stands_beside_them() {
    for path in fixtures() {
        let (records, _) = bibtex::read(&std::fs::read(&path).unwrap());
        let mut out = String::new();
        for (format, target) in [
            (&bibtex::FORMAT, Target::Standard),
            (&biblatex::FORMAT, Target::Standard),
            (&biblatex::FORMAT, Target::Zotero),
        ] {
            let mut options = WriteOptions::default();
            options.target = target;
            let (text, losses) = write_all(format, &records, &options);
            writeln!(out, "%% {} {target:?}\n{text}", format.name).unwrap();
            for loss in losses {
                writeln!(out, "% loss: {} {:?} {:?}", loss.record, loss.subject, loss.kept).unwrap();
            }
        }
        expect_file![path.with_extension("out")].assert_eq(&out);
    }
}

/// Macros stay where the value is still what they say.
#[test]
fn a_conversion_keeps_macros_whose_value_is_unchanged() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/bibtex/macros.bib");
    let source = std::fs::read_to_string(&path).unwrap();
    let uses = bibtex::MacroUses::of(&source);
    let (mut records, _) = bibtex::read(source.as_bytes());
    records[0].set(Variable::Publisher, "Another press");
    let mut out = String::new();
    for format in [&bibtex::FORMAT, &biblatex::FORMAT] {
        writeln!(out, "%% {}\n{}", format.name, uses.definitions()).unwrap();
        let mut written = uses.definitions().to_owned();
        for (at, record) in records.iter().enumerate() {
            let (text, _) = write_all(format, std::slice::from_ref(record), &WriteOptions::default());
            let text = uses.restore(at, &text);
            writeln!(out, "{text}").unwrap();
            written.push_str(&text);
        }
        let (plain, _) = write_all(format, &records, &WriteOptions::default());
        assert_eq!(bibtex::read(written.as_bytes()).0, bibtex::read(plain.as_bytes()).0);
    }
    expect_file![path.with_extension("kept")].assert_eq(&out);
}

#[test]
fn macros_that_are_defined_twice_or_broken_are_written_out() {
    for source in ["@string{a = {x}} @string{A = {y}} @book{k, title = a}", "@string{a = {x} @book{k, title = a}"] {
        assert!(bibtex::MacroUses::of(source).is_empty());
    }
}

/// The table of the README names a fixture for each kind of tricky input.
#[test]
fn the_readme_shows_what_fixtures_show() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let (_, table) = readme.split_once("| input | fixture |").unwrap();
    let (table, _) = table.split_once("<!-- end features -->").unwrap();
    let named: Vec<&str> = table.lines().skip(2).filter_map(|row| row.split(" | ").nth(1)).collect();
    assert!(named.len() > 30);
    for name in named.iter().filter(|name| !name.starts_with('`')) {
        assert!(root.join("testdata/bibtex").join(name).with_extension("bib").exists(), "{name}");
    }
}

/// The first line that is not ASCII.
fn first_other(text: &str) -> &str {
    text.lines().find(|line| !line.is_ascii()).unwrap_or_default()
}

#[test]
fn what_is_read_written_and_read_again_is_the_same() {
    for path in common::bibliographies().into_iter().filter(|path| path.extension().is_some_and(|name| name == "bib")) {
        let (records, _) = bibtex::read(&std::fs::read(&path).unwrap());
        for format in [&bibtex::FORMAT, &biblatex::FORMAT] {
            for ascii in [false, true] {
                let mut options = WriteOptions::default();
                options.ascii = ascii;
                let (text, _) = write_all(format, &records, &options);
                // Keys, addresses and what no variable holds are written as they stand.
                let kept = |record: &reflist::Record| {
                    let verbatim = [Variable::Url, Variable::Doi, Variable::Eprint, Variable::Attachments];
                    let plain = |variable| record.get(variable).is_none_or(|value| value.to_plain().is_ascii());
                    !record.extra.is_empty() || !record.key.is_ascii() || !verbatim.into_iter().all(plain)
                };
                assert!(
                    !ascii || text.is_ascii() || records.iter().any(kept),
                    "{}: {}",
                    path.display(),
                    first_other(&text)
                );
                let (again, _) = read_all(format, text.as_bytes());
                let (text, losses) = write_all(format, &again, &options);
                let (third, _) = read_all(format, text.as_bytes());
                for (second, third) in again.iter().zip(&third) {
                    // What a further turn changes is reported, here as anywhere.
                    let differences = common::differences(third, &reflist::apply(&losses, second));
                    assert!(differences.is_empty(), "{}: {differences}{losses:?}", path.display());
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_written_as_tex_and_read_back(text in common::text(), ascii: bool, protect_words: bool) {
        let mut options = tex::Encode::default();
        options.ascii = ascii;
        options.protect_words = protect_words;
        let written = tex::encode(&text, options);
        let formulas = text.runs().iter().any(|run| run.format == Format::Math);
        prop_assert!(!ascii || formulas || written.is_ascii(), "{}", written);
        prop_assert_eq!(tex::decode(&written), text, "{}", written);
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = bibtex::read(&bytes);
    }

    #[test]
    fn any_pieces_of_syntax_are_read_and_come_back(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)
    ) {
        let source = pieces.concat();
        let (records, _) = bibtex::read(source.as_bytes());
        let (text, losses) = biblatex::write(&records, &WriteOptions::default());
        let (again, _) = biblatex::read(text.as_bytes());
        prop_assert_eq!(again.len(), records.len(), "{}\n{}\n{:?}", source, text, losses);
    }
}

/// What the reader branches on.
const PIECES: &[&str] = &[
    "@article{",
    "@book(",
    "@string{",
    "@comment{",
    "@preamble{",
    "k,",
    "key",
    "\n",
    " ",
    "title",
    "author",
    "year",
    " = ",
    "=",
    "{",
    "}",
    "(",
    ")",
    "\"",
    "#",
    ",",
    "%",
    "@",
    "\\",
    "\\'",
    "$",
    "{\\",
    " and ",
    "others",
    "jan",
    "1999",
    "crossref = {k}",
    "userf = {",
    "a={b}",
    "é",
    "date",
    "/",
    "--",
    "xdata={k}",
    "editor",
    "editortype",
    "+an:orcid",
    "url = {",
];

/// What is measured is work, not waiting for the other cores of a busy machine.
fn on_one_core<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    #[cfg(feature = "parallel")]
    return rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(work);
    #[cfg(not(feature = "parallel"))]
    work()
}

/// Seconds that this thread has been at work, where the system tells; else of the clock on the wall, which other work disturbs.
fn seconds_of_work() -> f64 {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// Time for `count` repetitions of a piece grows as `count` does: no input makes the reader slow.
#[test]
fn no_piece_repeated_makes_the_reader_slow() {
    let time = |source: &str| {
        on_one_core(|| {
            let start = seconds_of_work();
            let _ = bibtex::read(source.as_bytes());
            seconds_of_work() - start
        })
    };
    let mut found = Vec::new();
    for first in PIECES {
        for second in PIECES.iter().step_by(3).chain(&[
            "@a{b, c = {",
            "@a{b,c=\"",
            "\n@a{b, c = {x\n",
            "{\"",
            "``",
            "\\'{",
            "@comment{\n",
        ]) {
            let piece = format!("{first}{second}");
            let (small, large) = (piece.repeat(2_000), piece.repeat(16_000));
            let (few, many) = (time(&small), time(&large));
            // Eight times as much may take 24 times as long on a busy machine; a square would take 64 times.
            if many > few * 24.0 && many > 0.1 {
                // Again, to be sure, at lengths that are both beyond the caches, the best of five, which no other work on the
                // machine has disturbed. Four times as much takes four times as long; a square would take 16 times.
                let best = |count| {
                    let source = piece.repeat(count);
                    (0..5).map(|_| time(&source)).fold(f64::INFINITY, f64::min)
                };
                if best(64_000) > best(16_000) * 10.0 {
                    found.push(format!("{piece:?}: {few:.4} s, then {many:.4} s"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// A value of the variable's type that is as ordinary as can be.
fn ordinary(variable: Variable) -> Value {
    match variable.value_type() {
        ValueType::Names => Names::new(vec![Name::person("Knuth", "Donald E."), Name::literal("World Bank")]).into(),
        ValueType::Title => Title::from("A title of DNA & more").into(),
        ValueType::Date => Date::parse("2020-03").into(),
        ValueType::Number => Number::from("12").into(),
        ValueType::Pages => Pages::parse("12-34").into(),
        _ => match variable {
            Variable::Isbn => "978-3-16-148410-0".into(),
            Variable::Issn => "0378-5955".into(),
            Variable::Doi => "10.1000/182".into(),
            Variable::Url => "https://example.org/a_b?c=1%20d".into(),
            Variable::Eprint => "1501.00001".into(),
            Variable::EprintType => "arxiv".into(),
            Variable::LanguageId | Variable::Language | Variable::OriginalLanguage => "english".into(),
            Variable::YearSuffix => "a".into(),
            _ => "some words".into(),
        },
    }
}

/// A record of each kind with every variable that says something by itself.
fn every_kind() -> Vec<Record> {
    // Keys of other entries; and a number whose check digit biber sees in its own way.
    let keys = [
        Variable::Crossref,
        Variable::Xref,
        Variable::Related,
        Variable::EntrySet,
        Variable::Xdata,
        Variable::Aliases,
        Variable::Ismn,
    ];
    let full = |kind: Kind| {
        let mut record = Record::new(kind.as_str(), kind);
        for &variable in Variable::ALL.iter().filter(|variable| !keys.contains(variable)) {
            record.set(variable, ordinary(variable));
        }
        record
    };
    Kind::ALL.iter().map(|&kind| full(kind)).collect()
}

/// The output as biber sees it; passed over where biber is not installed.
#[test]
fn biber_has_nothing_to_say_of_any_kind_with_every_variable() {
    let (text, losses) = biblatex::write(&every_kind(), &WriteOptions::default());
    assert!(losses.is_empty(), "{losses:?}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("all.bib"), text).unwrap();
    let biber = std::process::Command::new("biber")
        .args(["--tool", "--validate-datamodel", "all.bib", "-O", "out.bib"])
        .current_dir(folder.path())
        .output();
    let Ok(output) = biber else { return };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaints: Vec<&str> =
        said.lines().filter(|line| line.starts_with("WARN") || line.starts_with("ERROR")).collect();
    assert!(said.contains("INFO") && complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn titles_are_protected_as_asked() {
    let mut record = Record::new("k", Kind::Book);
    record.set(Variable::Title, "The DNA of Marx");
    for (protect, expected) in [
        (Protect::Words, "{The {DNA} of Marx}"),
        (Protect::Title, "{{The DNA of Marx}}"),
        (Protect::None, "{The DNA of Marx}"),
    ] {
        let mut options = WriteOptions::default();
        options.protect = protect;
        let (text, _) = bibtex::write(std::slice::from_ref(&record), &options);
        assert!(text.contains(&format!("title = {expected},")), "{text}");
    }
}
