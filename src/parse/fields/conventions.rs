//! What all entries of a list have in common, estimated once.

use crate::parse::entries::Entry;
use crate::parse::label::{Label, Segment};

use super::{dates, names};

/// The order of the parts of a name where no comma shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum NameOrder {
    /// Not known: each run decides for itself.
    #[default]
    Mixed,
    /// "KUHLMANN Martin", "Duclos Jean-Claude".
    FamilyFirst,
    /// "Paul Alpar".
    GivenFirst,
}

/// The habits of a list that a single entry may leave open.
///
/// ```
/// use reflist::Span;
/// use reflist::parse::entries::Entry;
/// use reflist::parse::fields::{Conventions, NameOrder};
/// use reflist::parse::label::{Label, Segment};
/// let entries: Vec<Entry> = ["Pascal Dupont", "Maurer Pascal", "Maas Georges", "Lenz André"].map(Entry::plain).into();
/// let labels: Vec<[Segment; 1]> =
///     entries.iter().map(|entry| [Segment::new(Label::Author, Span::new(0, entry.text.len()), 1.0)]).collect();
/// let list: Vec<(&Entry, &[Segment])> = entries.iter().zip(labels.iter().map(|labels| labels.as_slice())).collect();
/// assert_eq!(Conventions::of(&list[1..]).name_order, NameOrder::FamilyFirst);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Conventions {
    /// The order of names without a comma and without initials.
    pub name_order: NameOrder,
    /// Whether initials are printed with stops: a stop behind a lone "Purcell H" is the initial's own only then.
    pub stopped_initials: Option<bool>,
    /// Whether the day stands in front of the month in "9/6/2017".
    pub day_first: Option<bool>,
}

/// How often each habit was seen.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) family_first: usize,
    pub(super) given_first: usize,
    pub(super) stopped: usize,
    pub(super) unstopped: usize,
    pub(super) day_first: usize,
    pub(super) month_first: usize,
}

impl Conventions {
    /// Estimates the habits from the entries of a list and their labels, in one pass.
    ///
    /// A habit that the list shows seldom, or for and against, stays open.
    #[must_use]
    pub fn of(list: &[(&Entry, &[Segment])]) -> Self {
        let mut tally = Tally::default();
        for (entry, segments) in list {
            for segment in *segments {
                let Some(printed) = entry.text.get(segment.span.range()) else { continue };
                match segment.label {
                    Label::Author | Label::Editor | Label::Translator => {
                        names::observe(&entry.text, segment.span, &mut tally)
                    }
                    Label::Issued | Label::Accessed => dates::observe(printed, &mut tally),
                    _ => {}
                }
            }
        }
        tally.conclude()
    }
}

impl Tally {
    /// A habit holds when it was seen at least twice and four times as often as its contrary.
    fn conclude(&self) -> Conventions {
        let clear = |yes: usize, no: usize| yes >= 2 && yes >= no * 4;
        let decide = |yes: usize, no: usize| clear(yes, no).then_some(true).or_else(|| clear(no, yes).then_some(false));
        let name_order = match decide(self.family_first, self.given_first) {
            Some(true) => NameOrder::FamilyFirst,
            Some(false) => NameOrder::GivenFirst,
            None => NameOrder::Mixed,
        };
        Conventions {
            name_order,
            stopped_initials: decide(self.stopped, self.unstopped),
            day_first: decide(self.day_first, self.month_first),
        }
    }
}
