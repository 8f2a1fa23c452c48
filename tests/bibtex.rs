//! BibTeX and BibLaTeX, from outside.

mod common;

use proptest::prelude::*;
use reflist::formats::{WriteOptions, biblatex, bibtex, write_all};
use reflist::text::tex;
use reflist::{Kind, Name, Names, Record, Value, ValueType, Variable};

/// A value of the variable's type that is as ordinary as can be.
fn ordinary(variable: Variable) -> Value {
    match variable.value_type() {
        ValueType::Names => Names::new(vec![Name::person("Knuth", "Donald E."), Name::literal("World Bank")]).into(),
        ValueType::Title => reflist::Title::from("A title of DNA & more").into(),
        ValueType::Date => reflist::Date::parse("2020-03").into(),
        ValueType::Number => reflist::Number::from("12").into(),
        ValueType::Pages => reflist::Pages::parse("12-34").into(),
        _ => match variable {
            Variable::Isbn => "978-3-16-148410-0".into(),
            Variable::Issn => "0378-5955".into(),
            Variable::Doi => "10.1000/182".into(),
            Variable::Url => "https://example.org/a_b?c=1%20d".into(),
            Variable::Eprint => "1501.00001".into(),
            Variable::EprintType => "arxiv".into(),
            Variable::LanguageId | Variable::Language | Variable::OriginalLanguage => "english".into(),
            Variable::YearSuffix => "a".into(),
            Variable::Crossref | Variable::Xref | Variable::Related | Variable::EntrySet | Variable::Xdata => {
                "book".into()
            }
            Variable::Aliases => "alias".into(),
            _ => "some words".into(),
        },
    }
}

fn every_kind() -> Vec<Record> {
    let skip =
        [Variable::Crossref, Variable::Xref, Variable::Related, Variable::EntrySet, Variable::Xdata, Variable::Aliases];
    Kind::ALL
        .iter()
        .map(|&kind| {
            let mut record = Record::new(kind.as_str(), kind);
            for &variable in Variable::ALL.iter().filter(|variable| !skip.contains(variable)) {
                record.set(variable, ordinary(variable));
            }
            record
        })
        .collect()
}

#[test]
fn show() {
    let records = every_kind();
    for (format, name) in [(&biblatex::FORMAT, "all.biblatex.bib"), (&bibtex::FORMAT, "all.bibtex.bib")] {
        let (text, _) = write_all(format, &records, &WriteOptions::default());
        std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), text).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_written_as_tex_and_read_back(text in common::text(), ascii: bool, protect_words: bool) {
        let mut options = tex::Encode::default();
        options.ascii = ascii;
        options.protect_words = protect_words;
        let written = tex::encode(&text, options);
        let back = tex::decode(&written);
        prop_assert_eq!(back, text, "{}", written);
    }
}
