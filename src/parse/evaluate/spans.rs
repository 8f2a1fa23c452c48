//! Spans against spans: what the labeller found, and where.
//!
//! A field is right when label and both edges are, after both sides were trimmed alike ([`trim`]): separators, quotes, brackets
//! and a final full stop at the edges do not count, since sources differ in them.

use crate::parse::label::Label;
use crate::parse::label::train::trim;
use crate::span::Span;

/// Counts of one label: in the gold, in the parse, and right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Spans of the gold.
    pub gold: usize,
    /// Spans of the parse.
    pub predicted: usize,
    /// Spans of both.
    pub right: usize,
}

impl Count {
    /// The harmonic mean of precision and recall, 0 to 1.
    #[must_use]
    pub fn f1(self) -> f64 {
        if self.gold + self.predicted == 0 {
            return 0.0;
        }
        2.0 * self.right as f64 / (self.gold + self.predicted) as f64
    }

    fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.right += other.right;
    }
}

/// The score of a set of references.
///
/// ```
/// use reflist::Span;
/// use reflist::parse::evaluate::spans::SpanScore;
/// use reflist::parse::label::Label;
/// let mut score = SpanScore::default();
/// let gold = [(Span::new(0, 9), Label::Author), (Span::new(10, 14), Label::Issued)];
/// score.add("Baker, C. 2021.", &gold, &gold[..1]);
/// assert_eq!((score.whole(), score.total().right), (0.0, 1));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanScore {
    counts: Vec<Count>,
    references: usize,
    whole: usize,
}

impl Default for SpanScore {
    fn default() -> Self {
        Self { counts: vec![Count::default(); Label::ALL.len()], references: 0, whole: 0 }
    }
}

impl SpanScore {
    /// Counts one reference. Returns whether every main field is right and none is too many.
    pub fn add(&mut self, text: &str, gold: &[(Span, Label)], predicted: &[(Span, Label)]) -> bool {
        let trimmed = |spans: &[(Span, Label)]| {
            let kept = spans
                .iter()
                .filter(|(_, label)| Label::MAIN.contains(label))
                .map(|(span, label)| (trim(text, *span), *label));
            kept.filter(|(span, _)| !span.is_empty()).collect::<Vec<_>>()
        };
        let (gold, predicted) = (trimmed(gold), trimmed(predicted));
        for (_, label) in &gold {
            self.counts[*label as usize].gold += 1;
        }
        let mut right = 0;
        for found in &predicted {
            let count = &mut self.counts[found.1 as usize];
            count.predicted += 1;
            if gold.contains(found) {
                count.right += 1;
                right += 1;
            }
        }
        let whole = right == gold.len() && right == predicted.len();
        self.references += 1;
        self.whole += usize::from(whole);
        whole
    }

    /// How many references were counted.
    #[must_use]
    pub const fn references(&self) -> usize {
        self.references
    }

    /// The share of references that are wholly right, 0 to 1.
    #[must_use]
    pub fn whole(&self) -> f64 {
        self.whole as f64 / self.references.max(1) as f64
    }

    /// The counts of one label.
    #[must_use]
    pub fn count(&self, label: Label) -> Count {
        self.counts[label as usize]
    }

    /// The counts of all main labels together.
    #[must_use]
    pub fn total(&self) -> Count {
        let mut total = Count::default();
        self.counts.iter().for_each(|count| total.add(*count));
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(
        text: &str,
        gold: &[(std::ops::Range<usize>, Label)],
        predicted: &[(std::ops::Range<usize>, Label)],
        expected: (usize, bool),
    ) {
        let spans = |spans: &[(std::ops::Range<usize>, Label)]| {
            spans.iter().map(|(range, label)| (Span::from(range.clone()), *label)).collect::<Vec<_>>()
        };
        let mut score = SpanScore::default();
        let whole = score.add(text, &spans(gold), &spans(predicted));
        assert_eq!((score.total().right, whole), expected);
    }

    #[test]
    fn a_final_stop_and_quotes_do_not_count() {
        check(
            "Smith J. “A title.” 2001",
            &[(0..8, Label::Author), (12..19, Label::Title)],
            &[(0..7, Label::Author), (9..23, Label::Title)],
            (2, true),
        );
    }

    #[test]
    fn a_field_too_many_spoils_the_reference() {
        check("Smith 2001", &[(0..5, Label::Author)], &[(0..5, Label::Author), (6..10, Label::Issued)], (1, false));
    }

    #[test]
    fn fields_beside_the_main_ones_are_not_counted() {
        check("Smith 2001", &[(0..5, Label::Author), (6..10, Label::Note)], &[(0..5, Label::Author)], (1, true));
    }
}
