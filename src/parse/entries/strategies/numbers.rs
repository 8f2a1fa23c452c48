//! Numbers in front: "[12]", "12.", "(12)", or the numbers of an ordered list.
//!
//! The numbers must count up. They may skip a few (a page lost) and may begin again at 1 (the next chapter); a "1998." at the start of
//! a wrapped line does not count up with its neighbours and so is no number of the list.

use super::Starts;
use crate::document::Document;
use crate::parse::section::{ListLine, Start};

pub(super) fn propose(_: &Document, lines: &[ListLine]) -> Option<Starts> {
    [Start::BracketNumber, Start::DotNumber, Start::BareNumber]
        .into_iter()
        .filter_map(|manner| chain(lines, manner))
        .max_by_key(|starts| starts.iter().filter(|&&start| start).count())
}

/// The longest climb of numbers written in one manner.
fn chain(lines: &[ListLine], manner: Start) -> Option<Starts> {
    let candidates: Vec<(usize, u32)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.evidence.start == manner)
        .filter_map(|(at, line)| line.evidence.number.map(|number| (at, number)))
        .collect();
    let mut starts = vec![false; lines.len()];
    let mut last: Option<u32> = None;
    let mut count = 0;
    for (index, &(at, number)) in candidates.iter().enumerate() {
        let follows = |wanted: u32| candidates[index + 1..].iter().take(4).any(|&(_, next)| next == wanted);
        let accepted = match last {
            // The first number: small, or confirmed by the one after it.
            None => number <= 1 || follows(number.saturating_add(1)),
            Some(last) if number == last.saturating_add(1) => true,
            // Skips are believed when the numbers then go on, and none nearer would do.
            Some(last) if number > last && number - last <= 5 => {
                !follows(last + 1) && (follows(number + 1) || index + 1 == candidates.len())
            }
            Some(_) => number == 1 && follows(2),
        };
        if accepted {
            starts[at] = true;
            last = Some(number);
            count += 1;
        }
    }
    (count >= 2).then(|| with_first(lines, starts))
}

/// What stands before the first number is an entry of its own (its number was lost).
fn with_first(lines: &[ListLine], mut starts: Starts) -> Starts {
    if let Some(first) = starts.first_mut() {
        *first = true;
    }
    debug_assert_eq!(lines.len(), starts.len());
    starts
}
