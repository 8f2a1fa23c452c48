//! Which split of a list is the best.

use super::strategies::{ALL, Starts, Strategy};
use crate::document::Document;
use crate::parse::section::ListLine;

/// The split that the evidence of all lines together likes best.
pub(super) fn choose(document: &Document, lines: &[ListLine]) -> Starts {
    best(document, lines).map(|(_, starts)| starts).unwrap_or_default()
}

/// The best strategy and its split.
pub(super) fn best(document: &Document, lines: &[ListLine]) -> Option<(&'static Strategy, Starts)> {
    let mut best: Option<(f32, &Strategy, Starts)> = None;
    for strategy in ALL {
        let Some(starts) = (strategy.propose)(document, lines) else { continue };
        let score = score(lines, &starts, strategy.bonus);
        if best.as_ref().is_none_or(|(top, ..)| score > *top) {
            best = Some((score, strategy, starts));
        }
    }
    best.map(|(_, strategy, starts)| (strategy, starts))
}

/// How well a split fits: the likelihood of each line's being a start or not, and the strategy's bonus for each entry.
///
/// A single line can speak against a split with a limited voice only, however sure the model is of it: an odd reference does not
/// overturn the manner of a list.
fn score(lines: &[ListLine], starts: &[bool], bonus: f32) -> f32 {
    lines
        .iter()
        .zip(starts)
        .map(|(line, &start)| {
            let share = if start { line.starts } else { 1.0 - line.starts };
            share.clamp(0.03, 0.97).ln() + if start { bonus } else { 0.0 }
        })
        .sum()
}
