//! What a labeller makes of a text, for the stages in front of it.
//!
//! Finding and splitting come before labelling, and a stage never imports a later one. Where looks are not certain they may ask all the
//! same: [`parse`](crate::parse) hands them a [`Labeller`], which reads a text as if it were one reference and tells what it saw.

use crate::span::Span;

/// Reads texts as if each were one reference. [`Parser`](crate::parse::Parser) is one.
pub trait Labeller: Sync {
    /// What `text` holds if it is one reference; places are bytes of the text with its white space folded to single blanks. Linear in
    /// the text's length; a text that is too long to be a reference reads as nothing.
    fn read(&self, text: &str) -> Reading;
}

/// What a part of a reference is, as far as finding and splitting care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// A run of names in the author's place.
    Author,
    /// A run of names in another role.
    OtherNames,
    /// The title.
    Title,
    /// The journal, the book, the series, the event.
    Container,
    /// When it was issued; also "in press".
    Date,
    /// Volume, issue, number of a series or of a report.
    Number,
    /// Pages or an article number.
    Page,
    /// Publisher or place.
    Publisher,
    /// A DOI, an address, an ISBN, an arXiv number.
    Identifier,
    /// What says little: genre, edition, a role's word, the date of access.
    Minor,
    /// A note, or text that belongs to no reference.
    Note,
}

/// A text read as one reference.
///
/// ```
/// use reflist::parse::{Parser, label::Model, section::{Labeller, Part}};
/// let parser = Parser::new(Model::embedded());
/// let reading = parser.read("Baker, C. (2021). Military competition. World Politics, 12(3), 4–9.");
/// assert!(reading.has(Part::Author) && reading.has(Part::Date));
/// assert!(reading.wholeness() > 0.5);
/// assert!(parser.read("which nobody had foreseen").wholeness() < 0.5);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Reading {
    /// The parts in the order of the text, with the probability that each is right (0 to 1).
    pub parts: Vec<(Part, Span, f32)>,
}

impl Reading {
    /// A reading of these parts.
    #[must_use]
    pub const fn new(parts: Vec<(Part, Span, f32)>) -> Self {
        Self { parts }
    }

    /// Whether there is such a part.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.first(part).is_some()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self, part: Part) -> usize {
        self.parts.iter().filter(|(other, ..)| *other == part).count()
    }

    /// Where the first one stands.
    #[must_use]
    pub fn first(&self, part: Part) -> Option<Span> {
        self.parts.iter().find(|(other, ..)| *other == part).map(|(_, span, _)| *span)
    }

    /// How sure it is, from 0 to 1, that the text has what a whole reference has: somebody or something that it names (author, other
    /// names, title), and what places that (a date; an identifier; a container with a number or pages).
    ///
    /// It is the product of both, each as sure as its surest part. It does not say that there is but one reference.
    #[must_use]
    pub fn wholeness(&self) -> f32 {
        let named = self.surest(&[Part::Author, Part::OtherNames, Part::Title]);
        let counted = self.surest(&[Part::Container]).min(self.surest(&[Part::Number, Part::Page]));
        named * self.surest(&[Part::Date, Part::Identifier]).max(counted)
    }

    /// The probability of the surest of these parts; 0 if there is none.
    #[must_use]
    pub fn surest(&self, wanted: &[Part]) -> f32 {
        let sure = self.parts.iter().filter(|(part, ..)| wanted.contains(part)).map(|(_, _, sure)| *sure);
        sure.fold(0.0_f32, f32::max)
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, Reading};
    use crate::span::Span;

    #[track_caller]
    fn check(parts: &[(Part, f32)], wholeness: f32) {
        let reading = Reading::new(parts.iter().map(|(part, sure)| (*part, Span::new(0, 1), *sure)).collect());
        assert!((reading.wholeness() - wholeness).abs() < 1e-6, "{}", reading.wholeness());
    }

    #[test]
    fn a_whole_reference_names_something_and_places_it() {
        check(&[(Part::Author, 0.9), (Part::Date, 0.5)], 0.45);
        check(&[(Part::Title, 0.8), (Part::Container, 0.5), (Part::Page, 1.0)], 0.4);
    }

    #[test]
    fn names_alone_or_a_place_alone_are_no_reference() {
        check(&[(Part::Author, 1.0), (Part::Publisher, 1.0)], 0.0);
        check(&[(Part::Container, 1.0), (Part::Number, 1.0), (Part::Date, 1.0)], 0.0);
        check(&[(Part::Author, 1.0), (Part::Container, 1.0)], 0.0);
        check(&[], 0.0);
    }
}
