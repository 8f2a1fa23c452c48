//! The score of records is that of the reference scorer, number for number.

#[path = "../../../tests/support/shared.rs"]
mod shared;

use std::fs;

use serde_json::{Map, Value, json};

use super::csl::{Fault, FieldScore, score};

/// File, references, exact, exact or alike, and the sums of the core fields; made with the reference scorer on the same predictions.
const EXPECTED: [(&str, usize, usize, usize, [usize; 4]); 5] = [
    ("anystyle", 389, 14, 78, [2276, 2152, 1647, 1842]),
    ("anystyle-noisy", 206, 20, 60, [1072, 1009, 777, 878]),
    ("excite", 504, 7, 208, [2793, 2641, 1933, 2404]),
    ("grobid", 554, 75, 183, [3293, 3124, 2515, 2781]),
    ("jats", 651, 32, 174, [4176, 3963, 3105, 3486]),
];

#[test]
fn the_score_is_that_of_the_reference_scorer() {
    let Some(shared) = shared::shared("the_score_is_that_of_the_reference_scorer") else { return };
    for (name, references, exact, alike, sums) in EXPECTED {
        let path = shared.join("data/dev").join(format!("{name}.jsonl"));
        let gold: Vec<Value> =
            fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let predicted: Vec<Value> = gold.iter().enumerate().map(|(at, gold)| spoilt(at, gold)).collect();
        let score = score(&gold, &predicted, &[]);
        let FieldScore { gold, predicted, right, alike: soft } = score.micro();
        assert_eq!((name, score.references, score.exact, score.exact_alike), (name, references, exact, alike));
        assert_eq!((name, [gold, predicted, right, soft]), (name, sums));
    }
}

/// The gold as a prediction, with a few faults by the number of the reference.
fn spoilt(number: usize, gold: &Value) -> Value {
    let chars: Vec<char> = gold["text"].as_str().unwrap().chars().collect();
    let mut fields: Map<String, Value> = Map::new();
    for span in gold["spans"].as_array().unwrap() {
        let text: String =
            chars[span[0].as_u64().unwrap() as usize..span[1].as_u64().unwrap() as usize].iter().collect();
        let text = match fields.get(span[2].as_str().unwrap()) {
            Some(before) => format!("{} {text}", before.as_str().unwrap()),
            None => text,
        };
        fields.insert(span[2].as_str().unwrap().to_owned(), json!(text));
    }
    if number.is_multiple_of(3) {
        let last = fields.keys().next_back().cloned();
        last.and_then(|last| fields.shift_remove(&last));
    }
    if number % 4 == 1 && fields.contains_key("title") {
        let title: Vec<char> = fields["title"].as_str().unwrap().chars().collect();
        fields["title"] = json!(format!("The {}", title[..title.len() - 2].iter().collect::<String>()));
    }
    if number % 5 == 2 && fields.contains_key("volume") && fields.contains_key("issue") {
        let volume = fields["volume"].take();
        fields["volume"] = fields["issue"].take();
        fields["issue"] = volume;
    }
    if number % 7 == 3 && fields.contains_key("page") {
        fields["page"] = json!(format!("pp. {}.", fields["page"].as_str().unwrap()));
    }
    for (name, value) in &mut fields {
        match name.as_str() {
            "author" | "editor" | "translator" => *value = json!([{ "literal": value.take() }]),
            "issued" | "accessed" => *value = json!({ "raw": value.take() }),
            _ => {}
        }
    }
    Value::Object(fields)
}

#[track_caller]
fn check(gold: &str, spans: Value, predicted: Value, expected: &[(&str, Fault)]) {
    let gold = json!({ "text": gold, "spans": spans });
    let score = score(&[gold], &[predicted], &[]);
    let faults = score.faults.first().map(|(_, faults)| faults.as_slice()).unwrap_or_default();
    assert_eq!(faults, expected);
}

#[test]
fn faults_are_wrong_missing_or_extra() {
    let spans = json!([[0, 9, "author"], [10, 14, "issued"], [16, 21, "title"], [23, 24, "volume"]]);
    let predicted = json!({"author": [{"family": "Barker"}], "issued": {"date-parts": [[2021, 3]]}, "title": "Lists", "edition": "2"});
    check("Baker, C. 2021. Lists. 4", spans, predicted, &[("author", Fault::Wrong), ("volume", Fault::Missing)]);
}

#[test]
fn a_lone_number_behind_a_journal_may_be_volume_or_issue() {
    check(
        "Art 12",
        json!([[0, 3, "container-title"], [4, 6, "volume"]]),
        json!({"container-title": "Art", "issue": "12"}),
        &[],
    );
}

#[test]
fn a_sections_letter_may_be_with_the_journal_or_with_the_volume() {
    let spans = json!([[0, 10, "container-title"], [11, 14, "volume"]]);
    check("Phys. Rev. D78", spans, json!({"container-title": "Phys. Rev. D", "volume": "78"}), &[]);
}

#[test]
fn names_printed_as_a_dash_count_neither_way() {
    check(
        "———. 2001.",
        json!([[5, 9, "issued"]]),
        json!({"author": [{"family": "Baker"}], "issued": {"raw": "2001"}}),
        &[],
    );
}

#[test]
fn no_answer_misses_everything() {
    check("Lists", json!([[0, 5, "title"]]), Value::Null, &[("title", Fault::Missing)]);
}
