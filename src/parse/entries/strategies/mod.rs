//! The manners in which lists tell their entries apart; each proposes on which lines entries begin.

mod blanks;
mod each_line;
mod hanging;
mod items;
mod labels;
mod model;
mod numbers;

use crate::document::Document;
use crate::parse::section::ListLine;

/// A proposal for a whole list: for each line, whether an entry begins on it.
pub(super) type Starts = Vec<bool>;

/// One manner.
pub(super) struct Strategy {
    /// Its name, for explanations and tests.
    pub(super) name: &'static str,
    /// What it proposes; `None` when the list shows no sign of this manner.
    pub(super) propose: fn(&Document, &[ListLine]) -> Option<Starts>,
    /// How much each entry speaks for it beyond the evidence of single lines: a sign that a whole list shares is no accident.
    pub(super) bonus: f32,
}

/// All manners, the most explicit first; of equal scores the first wins.
pub(super) const ALL: &[Strategy] = &[
    Strategy { name: "numbers", propose: numbers::propose, bonus: 1.6 },
    Strategy { name: "labels", propose: labels::propose, bonus: 1.6 },
    Strategy { name: "items", propose: items::propose, bonus: 1.4 },
    Strategy { name: "hanging", propose: hanging::propose, bonus: 1.0 },
    Strategy { name: "blanks", propose: blanks::propose, bonus: 0.8 },
    Strategy { name: "each line", propose: each_line::propose, bonus: 0.2 },
    Strategy { name: "model", propose: model::propose, bonus: 0.0 },
];
