//! From labelled spans to records: the cases of `testdata/references/fields.txt`, and the laws of the stage.

#[path = "support/shared.rs"]
mod shared;

use std::fmt::Write as _;

use proptest::prelude::*;
use reflist::parse::entries::Entry;
use reflist::parse::fields::{self, Conventions};
use reflist::parse::label::{Label, Segment};
use reflist::text::{Mark, MarkKind};
use reflist::{Format, Name, Parsed, Span, Variable};

/// "{author Eliot, G.} {issued 1871}." → the entry and its segments.
fn labelled(line: &str) -> (Entry, Vec<Segment>) {
    let mut entry = Entry::plain("");
    let mut segments = Vec::new();
    let mut rest = line;
    while let Some(open) = rest.find('{') {
        entry.text.push_str(&rest[..open]);
        let close = open + rest[open..].find('}').expect("a closing brace");
        let (label, inner) = rest[open + 1..close].split_once(' ').expect("a label and a text");
        let start = entry.text.len();
        entry.text.push_str(inner);
        let span = Span::new(start, entry.text.len());
        segments.push(Segment::new(Label::from_name(label).expect("the name of a label"), span, 0.9));
        rest = &rest[close + 1..];
    }
    entry.text.push_str(rest);
    (entry, segments)
}

fn parse(line: &str) -> Parsed {
    let (entry, segments) = labelled(line);
    fields::parse(&entry, &segments, &Conventions::default())
}

fn show(parsed: &Parsed) -> String {
    let mut out = format!("kind = {}\n", parsed.record.kind);
    for (variable, value) in parsed.record.fields() {
        writeln!(out, "{variable} = {}", value.to_plain()).expect("a string takes all");
    }
    out
}

#[test]
fn the_cases_of_the_file() {
    let file = std::fs::read_to_string("testdata/references/fields.txt").expect("the file of cases");
    let file: String = file.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    let mut failures = String::new();
    for case in file.split("\n\n").map(str::trim).filter(|case| !case.is_empty()) {
        let (line, expected) = case.split_once('\n').expect("a reference and what is expected");
        let shown = show(&parse(line));
        if shown.trim() != expected.trim() {
            writeln!(failures, "{line}\nexpected\n{expected}\nfound\n{shown}").expect("a string takes all");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn italics_over_a_whole_title_are_the_list_s_and_inside_it_the_title_s() {
    let (mut entry, segments) =
        labelled("{author Ma, C.} {title Growth of Homo sapiens in caves}. {container-title Nature}.");
    let title = segments[1].span;
    let species = entry.text.find("Homo").expect("the species");
    let species = Span::new(species, species + "Homo sapiens".len());
    entry.marks_known = true;
    let runs = |entry: &Entry, marks: &[Span]| {
        let marks = marks.iter().map(|&span| Mark { span, kind: MarkKind::Italic }).collect();
        let mut entry = entry.clone();
        entry.marks = marks;
        let parsed = fields::parse(&entry, &segments, &Conventions::default());
        let runs = parsed.record.title().expect("a title").main.runs().to_vec();
        runs.into_iter().map(|run| (run.start, run.end, run.format)).collect::<Vec<_>>()
    };
    let emphasised = [("Growth of ".len(), "Growth of Homo sapiens".len(), Format::Italic)];
    assert_eq!(runs(&entry, &[species]), emphasised);
    assert_eq!(runs(&entry, &[title]), []);
    // Italics that spare the species emphasise it.
    assert_eq!(runs(&entry, &[Span::new(title.start, species.start), Span::new(species.end, title.end)]), emphasised);
}

#[test]
fn the_case_of_titles_is_never_changed() {
    let parsed = parse("{title A STUDY of the iPhone and DNA}.");
    assert_eq!(parsed.record.title().expect("a title").to_string(), "A STUDY of the iPhone and DNA");
}

#[test]
fn quotes_around_a_title_go_and_quotes_inside_stay() {
    let title = |line: &str| parse(line).record.title().expect("a title").to_string();
    assert_eq!(title("{title \u{201c}On denoting\u{201d}}"), "On denoting");
    assert_eq!(title("{title \u{201c}Raw Data\u{201d} Is an Oxymoron}"), "\u{201c}Raw Data\u{201d} Is an Oxymoron");
    assert_eq!(title("{title What is \u{ab}metal\u{bb}?}"), "What is \u{ab}metal\u{bb}?");
}

#[test]
fn the_final_stop_of_an_abbreviated_journal_is_put_back() {
    let container = |line: &str| parse(line).record.container_title().expect("a journal").to_string();
    assert_eq!(container("{container-title J. Chem. Phys}. {volume 12}"), "J. Chem. Phys.");
    assert_eq!(container("{container-title Nature}. {volume 12}"), "Nature");
}

#[test]
fn the_language_is_guessed_from_the_titles() {
    assert_eq!(parse("{title Die Folgen der Suburbanisierung für die Stadt}").language, Some("de"));
    assert_eq!(parse("{title Middlemarch}").language, None);
}

/// Authors, editors and title of each entry of a list, and its diagnostics.
fn resolved(lines: &[&str]) -> Vec<String> {
    let mut list: Vec<Parsed> = lines.iter().map(|line| parse(line)).collect();
    fields::resolve_repeated(&mut list, &[]);
    let names = |parsed: &Parsed, variable| match parsed.record.get(variable) {
        Some(reflist::Value::Names(names)) => names.list.iter().map(Name::to_string).collect::<Vec<_>>().join("; "),
        _ => String::new(),
    };
    let show = |parsed: &Parsed| {
        let title = parsed.record.title().map(ToString::to_string).unwrap_or_default();
        let diagnostics: String = parsed.diagnostics.iter().map(|found| format!(" !{}", found.code)).collect();
        format!("{}|{}|{title}{diagnostics}", names(parsed, Variable::Author), names(parsed, Variable::Editor))
    };
    list.iter().map(show).collect()
}

#[test]
fn a_dash_stands_for_the_names_before_and_passes_them_on() {
    let list = resolved(&[
        "{author Eliot, George, and Mary Lewes}. {issued 1871}. {title Middlemarch}.",
        "———. {issued 1876}. {title Daniel Deronda}.",
        "—. {issued 1880}. {title Essays}.",
    ]);
    assert_eq!(list[1], "George Eliot; Mary Lewes||Daniel Deronda");
    assert_eq!(list[2], "George Eliot; Mary Lewes||Essays");
}

#[test]
fn names_behind_a_dash_follow_the_first() {
    let list =
        resolved(&["{author Eliot, George}. {title Middlemarch}.", "———, and {author Mary Lewes}. {title Letters}."]);
    assert_eq!(list[1], "George Eliot; Mary Lewes||Letters");
}

#[test]
fn a_dash_with_a_role_gives_editors() {
    let list = resolved(&["{author Eliot, George}. {title Middlemarch}.", "———, ed. {issued 1876}. {title Letters}."]);
    assert_eq!(list[1], "|George Eliot|Letters");
}

#[test]
fn pronouns_stand_for_names_and_ibid_for_the_work() {
    let list = resolved(&[
        "{author Braun, A.}: {title Haus}. {issued 1999}.",
        "Ders.: {title Hof}. {issued 2001}.",
        "Ebd., S. {page 12}.",
    ]);
    assert_eq!(list[1..], ["A. Braun||Hof", "A. Braun||Hof"]);
}

#[test]
fn op_cit_finds_the_work_of_its_author() {
    let list = resolved(&[
        "{author Braun, A.}: {title Haus}.",
        "{author Fox, B.}: {title Den}.",
        "{author Braun, A.}, op. cit., p. {page 3}.",
    ]);
    assert_eq!(list[2], "A. Braun||Haus");
}

#[test]
fn a_dash_that_points_nowhere_is_told() {
    let list = resolved(&["———. {issued 1876}. {title Daniel Deronda}."]);
    assert_eq!(list, ["||Daniel Deronda !fields::nothing-before"]);
}

/// Words as references have them, and words that they never have.
fn word() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "Smith,",
        "J.",
        "van",
        "der",
        "and",
        "et al.",
        "(Eds.)",
        "University of",
        "12(3)",
        "pp.",
        "98–114",
        "2004a",
        "[1905]",
        "5.8.2001",
        "———",
        "夏昌世.",
        "«Ü»",
        "10.1000/182",
        "https://x.org/(a",
        ";/&",
        "…",
        ".",
        "-",
        "'t",
        "e\u{301}",
        "II",
        "JR",
    ]);
    prop_oneof![known.prop_map(str::to_owned), "[\\PC]{0,6}"]
}

fn entry() -> impl Strategy<Value = (Entry, Vec<Segment>)> {
    let spans = prop::collection::vec((0..Label::ALL.len(), 0_usize..300, 0_usize..30), 0..12);
    (prop::collection::vec(word(), 0..40), spans).prop_map(|(words, spans)| {
        let entry = Entry::plain(&words.join(" "));
        let boundary =
            |at: usize| (0..=at.min(entry.text.len())).rev().find(|&at| entry.text.is_char_boundary(at)).unwrap_or(0);
        let segment = |(label, start, length)| {
            Segment::new(Label::ALL[label], Span::new(boundary(start), boundary(start + length)), 0.5)
        };
        let mut segments: Vec<Segment> = spans.into_iter().map(segment).collect();
        segments.sort_by_key(|segment| segment.span);
        (entry, segments)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_no_labelled_word_is_lost((entry, segments) in entry()) {
        let conventions = Conventions::of(&[(&entry, &segments)]);
        let single = fields::parse(&entry, &segments, &Conventions::default());
        let mut list = [fields::parse(&entry, &segments, &conventions), single];
        let parsed = list[0].clone();
        fields::resolve_repeated(&mut list, &[]);
        prop_assert_eq!(&parsed.source, &entry.text);
        prop_assert!(parsed.fields.iter().all(|field| entry.text.get(field.span.range()).is_some()));
        let mut end = 0;
        for segment in segments.iter().filter(|segment| !segment.span.is_empty() && segment.label != Label::Separator) {
            if segment.span.start < end {
                continue;
            }
            end = segment.span.end;
            if matches!(segment.label, Label::Role | Label::Other) {
                continue;
            }
            let printed = &entry.text[segment.span.range()];
            for (at, c) in printed.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                let place = Span::new(segment.span.start + at, segment.span.start + at + c.len_utf8());
                let covered = parsed.fields.iter().any(|field| field.span.contains(place));
                prop_assert!(covered, "{c:?} of {printed:?} ({}) is under no field", segment.label.as_str());
            }
        }
    }

    #[test]
    fn unknown_words_outside_every_span_become_a_note(words in prop::collection::vec("[xzqj]{9}", 1..4)) {
        let words = words.join(" ");
        let parsed = parse(&format!("{{author Eliot, G.}} {words} {{title Middlemarch}}"));
        prop_assert_eq!(parsed.record.note().map(ToString::to_string), Some(words));
    }
}

#[test]
fn time_grows_no_faster_than_the_names() {
    let once = |count: usize| {
        let entry = Entry::plain(&"Smith, J., Braun A and World Bank; van der Berg, U., ".repeat(count));
        let segments = [Segment::new(Label::Author, Span::new(0, entry.text.len()), 1.0)];
        let start = std::time::Instant::now();
        let parsed = fields::parse(&entry, &segments, &Conventions::default());
        assert!(parsed.record.author().is_some_and(|names| !names.list.is_empty()));
        start.elapsed()
    };
    let best = |count: usize| (0..5).map(|_| once(count)).min().expect("five runs");
    // Sixteen times as much may take 128 times as long on a busy machine; if the time grew with the square, it took 256 times.
    let (small, large) = (best(100), best(1_600));
    assert!(large < small * 128, "{small:?} for 100, {large:?} for 1,600");
}

/// Gold spans of the shared training sets through the stage: the share of runs of names divided as the gold says. Only with
/// `REFLIST_SHARED` set to the folder that holds `data`.
#[test]
fn gold_runs_of_names_are_divided_right() {
    let Some(shared) = shared::shared("gold_runs_of_names_are_divided_right") else { return };
    for (set, least) in [("jats", 0.98), ("excite", 0.93)] {
        let path = shared.join(format!("data/train/{set}.jsonl.gz"));
        let output = std::process::Command::new("gzip").arg("-dc").arg(&path).output().expect("gzip");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let (mut right, mut all) = (0_u32, 0_u32);
        for line in text.lines() {
            let gold: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let Some(names) = gold["names"]["author"].as_array().filter(|names| !names.is_empty()) else { continue };
            let Some(found) = divided(&gold) else { continue };
            all += 1;
            right += u32::from(families(names) == found);
        }
        let share = f64::from(right) / f64::from(all);
        assert!(share >= least, "{set}: {right} of {all} runs are right ({share:.4})");
    }
}

/// The family names, or the bodies' names, of the authors of a gold record, as the stage divides them.
fn divided(gold: &serde_json::Value) -> Option<Vec<String>> {
    let text = gold["text"].as_str()?;
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).collect();
    let offset = |value: &serde_json::Value| offsets.get(usize::try_from(value.as_u64()?).ok()?).copied();
    let mut entry = Entry::plain("");
    text.clone_into(&mut entry.text);
    let mut segments = Vec::new();
    for span in gold["spans"].as_array()?.iter().filter(|span| span[2] == "author") {
        segments.push(Segment::new(Label::Author, Span::new(offset(&span[0])?, offset(&span[1])?), 1.0));
    }
    let parsed = fields::parse(&entry, &segments, &Conventions::default());
    Some(parsed.record.author()?.list.iter().map(|name| letters(&name.family_with_particle())).collect())
}

fn families(names: &[serde_json::Value]) -> Vec<String> {
    names.iter().map(|name| letters(name["family"].as_str().or(name["literal"].as_str()).unwrap_or_default())).collect()
}

fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
