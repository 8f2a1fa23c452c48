//! Labels and segments of one entry.

use super::decode::{Lattice, Transitions, runs};
use super::features::{Analysis, Features};
use super::lexicon::Lexicon;
use super::{Draft, Label, Model, Segment, Style};
use crate::parse::entries::Entry;
use crate::parse::tokens::{Token, TokenKind};
use crate::span::Span;

/// Buffers that labelling needs; one for each thread, reused from entry to entry.
#[derive(Debug, Default)]
pub struct Scratch {
    analysis: Analysis,
    lattice: Lattice,
}

/// The label of each token.
///
/// ```
/// use reflist::parse::entries::Entry;
/// use reflist::parse::label::{Model, label};
/// use reflist::parse::tokens::tokenize;
/// let entry = Entry::plain("Baker, C. (2021). Military competition. World Politics, 12(3), 4–9.");
/// let tokens = tokenize(&entry);
/// assert_eq!(label(Model::embedded(), &entry, &tokens).len(), tokens.len());
/// ```
#[must_use]
pub fn label(model: &Model, entry: &Entry, tokens: &[Token]) -> Vec<Label> {
    let mut scratch = Scratch::default();
    both_passes(model, entry, tokens, &mut scratch);
    let name = |label: &u8| Label::ALL.get(usize::from(*label)).copied().unwrap_or(Label::Separator);
    scratch.lattice.path.iter().map(name).collect()
}

/// The runs of tokens of one label, in order, into `segments`, which is emptied first.
///
/// The edges are tidy: no separator, no unpaired bracket; a final full stop is in the run where it ends an initial or an
/// abbreviation, and nowhere else. Time is linear in the number of tokens.
pub fn segments(model: &Model, entry: &Entry, tokens: &[Token], scratch: &mut Scratch, segments: &mut Vec<Segment>) {
    let transitions = both_passes(model, entry, tokens, scratch);
    collect(&entry.text, tokens, &scratch.lattice, (model, transitions), segments);
}

/// The same as [`segments`] by the first pass alone: a third less time, a few references in a hundred less right.
pub fn first_segments(
    model: &Model,
    entry: &Entry,
    tokens: &[Token],
    scratch: &mut Scratch,
    segments: &mut Vec<Segment>,
) {
    first_pass(model, entry, tokens, scratch);
    collect(&entry.text, tokens, &scratch.lattice, (model, &model.first.transitions), segments);
}

/// The first pass over an entry of a list: what [`Style::of`] and [`list_segments`] need.
#[must_use]
pub fn draft(model: &Model, entry: &Entry, tokens: &[Token], scratch: &mut Scratch) -> Draft {
    first_pass(model, entry, tokens, scratch);
    Draft::new(&scratch.lattice, &scratch.analysis, entry.marks_known)
}

/// The same as [`segments`] for an entry of a list, given its draft and the style of its list, in which it is counted.
///
/// `style` comes back as it was; each thread needs one of its own.
///
/// ```
/// use reflist::parse::entries::Entry;
/// use reflist::parse::label::{self, Model, Scratch, Style};
/// use reflist::parse::tokens::tokenize;
/// let list = ["Harlan, T. 2014. Patterns of trade. Regional History 38.", "Osei, K. 2009. Rivers. Geography 12."].map(Entry::plain);
/// let (model, mut scratch) = (Model::embedded(), Scratch::default());
/// let drafts = list.each_ref().map(|entry| label::draft(model, entry, &tokenize(entry), &mut scratch));
/// let mut style = Style::of(&drafts);
/// let mut segments = Vec::new();
/// for (entry, draft) in list.iter().zip(&drafts) {
///     label::list_segments(model, entry, &tokenize(entry), draft, &mut style, &mut scratch, &mut segments);
///     assert!(!segments.is_empty());
/// }
/// ```
pub fn list_segments(
    model: &Model,
    entry: &Entry,
    tokens: &[Token],
    draft: &Draft,
    style: &mut Style,
    scratch: &mut Scratch,
    segments: &mut Vec<Segment>,
) {
    style.take_out(draft);
    let transitions = second_pass(model, draft, Some(style), scratch);
    style.put_back(draft);
    collect(&entry.text, tokens, &scratch.lattice, (model, transitions), segments);
}

fn both_passes<'m>(model: &'m Model, entry: &Entry, tokens: &[Token], scratch: &mut Scratch) -> &'m Transitions {
    first_pass(model, entry, tokens, scratch);
    if model.second.is_none() {
        return &model.first.transitions;
    }
    let draft = Draft::new(&scratch.lattice, &scratch.analysis, entry.marks_known);
    second_pass(model, &draft, None, scratch)
}

fn first_pass(model: &Model, entry: &Entry, tokens: &[Token], scratch: &mut Scratch) {
    let mut features = Features::new();
    scratch.analysis.analyse(entry, tokens, Lexicon::embedded());
    scratch.lattice.reset(tokens.len());
    for at in 0..tokens.len() {
        scratch.analysis.features(at, &mut features);
        model.first.add(features.as_slice(), &mut scratch.lattice.emissions[at]);
    }
    scratch.lattice.solve(&model.first.transitions);
}

fn second_pass<'m>(model: &'m Model, draft: &Draft, style: Option<&Style>, scratch: &mut Scratch) -> &'m Transitions {
    scratch.lattice.emissions.clone_from(&draft.emissions);
    let Some(second) = &model.second else {
        scratch.lattice.solve(&model.first.transitions);
        return &model.first.transitions;
    };
    let mut features = Features::new();
    for at in 0..draft.tokens.len() {
        draft.features(at, style, &mut features);
        second.add(features.as_slice(), &mut scratch.lattice.emissions[at]);
    }
    scratch.lattice.solve(&second.transitions);
    &second.transitions
}

fn collect(
    text: &str,
    tokens: &[Token],
    lattice: &Lattice,
    (model, transitions): (&Model, &Transitions),
    segments: &mut Vec<Segment>,
) {
    segments.clear();
    runs(lattice, transitions, |label, first, last, probability| {
        if last < tokens.len()
            && let Some(span) = tidy(text, tokens, first, last)
        {
            segments.push(Segment::new(label, span, model.confidence.field.of(probability)));
        }
    });
}

/// The bytes of the tokens `first..=last`, less what is not part of a field.
fn tidy(text: &str, tokens: &[Token], mut first: usize, mut last: usize) -> Option<Span> {
    let slice = |at: usize| &text[tokens[at].span.range()];
    let loose =
        |at: usize| tokens[at].kind == TokenKind::Punctuation && matches!(slice(at), "," | ";" | ":" | "." | "–" | "—");
    while first < last && loose(first) {
        first += 1;
    }
    while first < last && loose(last) {
        last -= 1;
    }
    if first == last && loose(first) {
        return None;
    }
    let mut span = Span::new(tokens[first].span.start, tokens[last].span.end);
    if tokens.get(last + 1).is_some_and(|next| !next.space_before && slice(last + 1) == ".")
        && keeps_stop(text, tokens, last)
    {
        span.end = tokens[last + 1].span.end;
    }
    Some(span)
}

/// Whether the full stop behind the token `last` belongs to it: behind an initial, and a few abbreviations that end a field.
fn keeps_stop(text: &str, tokens: &[Token], last: usize) -> bool {
    const ABBREVIATIONS: &[&str] =
        &["jr", "sr", "al", "inc", "ltd", "co", "corp", "univ", "st", "dr", "eds", "ed", "hg", "hrsg", "etc"];
    let token = &tokens[last];
    if token.kind != TokenKind::Word {
        return false;
    }
    let word = &text[token.span.range()];
    let glued = !token.space_before && last > 0 && tokens[last - 1].kind == TokenKind::Number;
    let single = word.chars().nth(1).is_none() && word.chars().all(char::is_uppercase) && !glued;
    single || ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::tokens::tokenize;

    fn parse(text: &str) -> Vec<(Label, String)> {
        let entry = Entry::plain(text);
        let (tokens, mut found) = (tokenize(&entry), Vec::new());
        segments(Model::embedded(), &entry, &tokens, &mut Scratch::default(), &mut found);
        found.iter().map(|segment| (segment.label, entry.text[segment.span.range()].to_owned())).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(Label, &str)]) {
        let found = parse(text);
        let found: Vec<(Label, &str)> = found.iter().map(|(label, text)| (*label, text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_article_is_labelled() {
        check(
            "Harlan, T. R., & Osei, K. (2014). Patterns of river trade. Journal of Regional History, 38(2), 211–240.",
            &[
                (Label::Author, "Harlan, T. R., & Osei, K."),
                (Label::Issued, "2014"),
                (Label::Title, "Patterns of river trade"),
                (Label::ContainerTitle, "Journal of Regional History"),
                (Label::Volume, "38"),
                (Label::Issue, "2"),
                (Label::Page, "211–240"),
            ],
        );
    }

    #[test]
    fn the_stop_of_an_initial_is_inside_and_that_of_the_sentence_is_not() {
        check(
            "Weber, K. Die Ordnung der Dörfer. Köln: Böhlau, 1987.",
            &[
                (Label::Author, "Weber, K."),
                (Label::Title, "Die Ordnung der Dörfer"),
                (Label::PublisherPlace, "Köln"),
                (Label::Publisher, "Böhlau"),
                (Label::Issued, "1987"),
            ],
        );
    }

    #[test]
    fn nothing_comes_of_nothing() {
        check("", &[]);
        check(".", &[]);
    }

    proptest! {
        #[test]
        fn tokens_cover_what_is_not_blank_and_segments_are_in_order(text in "(\\PC{0,12}|[A-Z]\\.|10\\.[0-9]{4}/|https?://|[ ,.()\\[\\]<>;:–-]){0,30}") {
            let entry = Entry::plain(&text);
            let tokens = tokenize(&entry);
            let mut at = 0;
            for token in &tokens {
                prop_assert!(entry.text[at..token.span.start].trim().is_empty() && !token.span.is_empty());
                at = token.span.end;
            }
            prop_assert!(entry.text[at..].trim().is_empty());
            let mut found = Vec::new();
            segments(Model::embedded(), &entry, &tokens, &mut Scratch::default(), &mut found);
            let mut at = 0;
            for segment in &found {
                prop_assert!(at <= segment.span.start && !segment.span.is_empty() && (0.0..=1.0).contains(&segment.confidence));
                at = segment.span.end;
                prop_assert!(entry.text.get(segment.span.range()).is_some());
            }
        }
    }
}
