use super::*;
use crate::parse::label::{Label, label};

/// A small set: the pattern is plain, the words are new each time.
fn examples() -> Vec<Example> {
    let names = ["Baker", "Miller", "Weaver", "Cooper", "Mason", "Turner", "Carter", "Fisher"];
    let topics = ["Rivers of the north", "A theory of lists", "On small numbers", "The long winter"];
    let mut examples = Vec::new();
    for (number, name) in names.iter().enumerate() {
        for (other, topic) in topics.iter().enumerate() {
            let year = 1950 + 7 * number + other;
            let text = format!("{name}, C. ({year}). {topic}. Journal of Things, {other}, 4–9.");
            let find = |part: &str| Span::new(text.find(part).unwrap(), text.find(part).unwrap() + part.len());
            let year = year.to_string();
            let spans = vec![
                (Span::new(0, name.len() + 4), Label::Author),
                (find(&year), Label::Issued),
                (find(topic), Label::Title),
                (find("Journal of Things"), Label::ContainerTitle),
                (find("4–9"), Label::Page),
            ];
            examples.push(Example::new(&text, spans));
        }
    }
    examples
}

use crate::span::Span;

fn small(seed: u64, second_passes: usize) -> Model {
    let options = TrainOptions { seed, passes: 6, second_passes, rate: 0.2, min_count: 1, ..TrainOptions::default() };
    train(&examples(), &options, &mut |_| {})
}

#[test]
fn a_model_learns_what_it_is_shown() {
    let model = small(1, 2);
    let entry = Entry::plain("Potter, D. (1983). The great flood. Journal of Things, 2, 14–19.");
    let tokens = tokenize(&entry);
    let labels = label(&model, &entry, &tokens);
    let of = |word: &str| labels[tokens.iter().position(|token| &entry.text[token.span.range()] == word).unwrap()];
    assert_eq!(
        [of("Potter"), of("1983"), of("flood"), of("Things"), of("14")],
        [Label::Author, Label::Issued, Label::Title, Label::ContainerTitle, Label::Page]
    );
    assert_eq!(of("("), Label::Separator);
}

#[test]
fn the_same_seed_gives_the_same_model() {
    assert_eq!(small(3, 0).to_bytes(), small(3, 0).to_bytes());
    assert_ne!(small(3, 0).version(), small(4, 0).version());
}

#[test]
fn what_is_excluded_is_not_shown() {
    let mut examples = examples();
    examples[0].source = "anystyle-core".to_owned();
    let options =
        TrainOptions { exclude: vec!["anystyle".to_owned()], passes: 1, second_passes: 0, ..TrainOptions::default() };
    let mut total = 0;
    let _ = train(&examples, &options, &mut |progress| total = progress.total);
    assert_eq!(total, 31);
}
