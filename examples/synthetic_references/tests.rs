//! The notation, the languages and what is made of them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::grammar::{Grammar, plain};
use crate::labelled::Labelled;
use crate::metadata::Metadata;
use crate::pattern::Pattern;
use crate::random::Random;
use crate::{languages, noise, written};

const WRITTEN: &str = "testdata/references/world";

fn grammar() -> Grammar {
    Grammar::parse(languages::FILES).expect("languages that can be read")
}

/// "text | label words | label words".
fn show(labelled: &Labelled) -> String {
    let text = labelled.text();
    let words = |start: usize, end: usize| text.chars().skip(start).take(end - start).collect::<String>();
    let spans = labelled.runs().into_iter().map(|(start, end, label)| format!(" | {label} {}", words(start, end)));
    text.clone() + &spans.collect::<String>()
}

#[test]
fn a_pattern_without_choices_is_a_reference() {
    let pattern = Pattern::parse(r"{author Moss, A.} \<{issued 1998}\>. {title Silt}.").expect("a pattern");
    let labelled = plain(&pattern).expect("no choices");
    assert_eq!(show(&labelled), "Moss, A. <1998>. Silt. | author Moss, A. | issued 1998 | title Silt");
    assert!(plain(&Pattern::parse("{author <Moss|Reed>}").expect("a pattern")).is_none());
}

#[test]
fn what_is_no_pattern_is_told() {
    for broken in ["{author Moss", "<a|b", "a>", "{author}", "a|b"] {
        assert!(Pattern::parse(broken).is_err(), "{broken}");
    }
    for broken in [
        "language xx\n= book a\n{title @nothing}",
        "language xx\n= book a\n{title #nothing}",
        "language xx\na: b\na: c",
        "words that are no rule",
    ] {
        assert!(Grammar::parse(&[("xx", broken)]).is_err(), "{broken}");
    }
}

#[test]
fn rules_choices_capitals_and_numbers_are_filled_in() {
    let source = "language xx\nfamily: moss | reed\n= book a\n{author ^@family}, {volume #roman}<.|,>";
    let grammar = Grammar::parse(&[("xx", source)]).expect("a language");
    let language = &grammar.languages["xx"];
    let mut random = Random::new(1);
    for _ in 0..50 {
        let labelled = grammar.expand(language, &language.templates[0], &Metadata::default(), &mut random);
        let text = labelled.expect("a reference").text();
        assert!(text.starts_with("MOSS, ") || text.starts_with("REED, "), "{text}");
        assert!(text.ends_with(['.', ',']), "{text}");
    }
}

/// Many references of every template keep to the scheme, as printed and after noise.
#[test]
fn all_templates_keep_to_the_scheme() {
    let grammar = grammar();
    let mut random = Random::new(7);
    let mut failures = BTreeSet::new();
    for (file, language) in &grammar.languages {
        for template in &language.templates {
            let mut made = 0;
            for _ in 0..60 {
                let Some(mut labelled) = grammar.expand(language, template, &Metadata::default(), &mut random) else {
                    continue;
                };
                made += 1;
                let clean = labelled.check();
                noise::apply(&mut labelled, &mut random);
                let failed = clean.and_then(|()| labelled.check()).err();
                failures.extend(failed.map(|reason| format!("{file} {}: {reason}", template.name)));
            }
            if made == 0 && !REAL.contains(&file.as_str()) {
                failures.insert(format!("{file} {} says nothing without real metadata", template.name));
            }
        }
    }
    let failures: Vec<String> = failures.into_iter().collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Files whose people and titles are all real.
const REAL: &[&str] = &["en", "law"];

#[test]
fn names_of_templates_are_not_used_twice() {
    for (file, language) in &grammar().languages {
        let names: BTreeSet<&str> = language.templates.iter().map(|template| template.name.as_str()).collect();
        assert_eq!(names.len(), language.templates.len(), "{file}");
    }
}

#[test]
fn the_same_seed_gives_the_same_references() {
    let grammar = grammar();
    let language = &grammar.languages["ru"];
    let texts = |seed| {
        let mut random = Random::new(seed);
        let one = |_| grammar.expand(language, &language.templates[0], &Metadata::default(), &mut random);
        (0..20).filter_map(one).map(|labelled| labelled.text()).collect::<Vec<_>>()
    };
    assert_eq!(texts(3), texts(3));
    assert_ne!(texts(3), texts(4));
}

#[test]
fn each_kind_of_noise_keeps_the_words_under_their_labels() {
    let pattern = "{author Moss, A., & Reed, B.} ({issued 1998}). “{title On the silt of rivers}.” {page 5–9}. {URL http://a.b/c.d}.";
    let clean = plain(&Pattern::parse(pattern).expect("a pattern")).expect("no choices");
    for (name, _, damage) in noise::TABLE {
        for seed in 0..30 {
            let mut labelled = clean.clone();
            damage(&mut labelled, &mut Random::new(seed));
            labelled.fold_blanks();
            labelled.check().unwrap_or_else(|reason| panic!("{name}: {reason}"));
            assert!(show(&labelled).contains("| URL http://a.b/c.d"), "{name}: {}", show(&labelled));
            for label in ["author", "issued", "title", "page"] {
                let found = labelled.runs().iter().filter(|(_, _, found)| *found == label).count();
                assert_eq!(found, 1, "{name}: {}", show(&labelled));
            }
        }
    }
}

#[test]
fn what_is_written_by_hand_keeps_to_the_scheme() {
    let lines = written::read(Path::new(WRITTEN)).expect("files that can be read");
    assert!(lines.len() >= 400, "{}", lines.len());
    let texts: BTreeSet<&str> = lines.iter().filter_map(|line| line["text"].as_str()).collect();
    assert_eq!(texts.len(), lines.len(), "a reference stands twice");
}

/// What is measured on must not be trained on: no title of the hand-written references can come out of a template.
#[test]
fn no_title_written_by_hand_is_in_the_languages() {
    for line in written::read(Path::new(WRITTEN)).expect("files that can be read") {
        let text: Vec<char> = line["text"].as_str().unwrap_or_default().chars().collect();
        for span in line["spans"].as_array().into_iter().flatten().filter(|span| span[2] == "title") {
            let at = |index: usize| span[index].as_u64().unwrap_or_default() as usize;
            let title: String = text[at(0)..at(1)].iter().collect();
            for (file, source) in languages::FILES {
                let known = title.chars().count() > 8 && source.contains(&title);
                assert!(!known, "{title:?} is in {file}");
            }
        }
    }
}
