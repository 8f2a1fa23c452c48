//! A run of names → people and bodies.
//!
//! What labellers and peers get wrong most often is not where the names stand but where one ends and the next begins: a comma is both
//! the separator of names and the separator inside a name. So the run is cut into pieces ([`run`]), every way to make names of the
//! pieces is priced, and the cheapest is taken ([`arrange`]): inverted names ("Gaddy, C. G."), names in the order of speech ("C. G.
//! Gaddy"), family first without a comma ("Gaddy CG", "KUHLMANN Martin"), and bodies whose names hold commas and "and". A change of
//! manner within a run costs, so that the clear names decide the doubtful ones. At last each name is divided ([`person`]).
//!
//! # What is kept as printed
//!
//! Capitals ("KUHLMANN"), initials with or without stops, particles ("van der"). Nothing is recased: whether "MCDONALD" is "McDonald" is
//! not printed. A name in East Asian script without a blank is kept whole, since its division is not printed either; styles print it
//! right. A particle in front of the family name is CSL's non-dropping one, behind the given name ("Sá, Alvino de") the dropping one.
//! A capital particle is part of the family name ("De Angelis"). "Filho", "Neto", "Júnior" stay in the family name, as Portuguese
//! libraries have it; "Jr.", "III" and degrees behind a comma are suffixes.
//!
//! # Stops
//!
//! Labels end in front of a final stop. It is put back where it belongs to the name: behind an initial (unless the run prints its
//! initials without stops) and behind "Jr".

mod arrange;
mod given;
mod person;
mod run;
#[cfg(test)]
mod tests;
mod words;

use crate::record::{Name, Names};
use crate::span::Span;

use super::conventions::{Conventions, Tally};
use run::Look;

/// The names of a run, and the bytes that they take with the final stop that belongs to them.
///
/// `span` is where the run stands in `source`; what follows it decides about the stop.
pub(super) fn parse(source: &str, span: Span, conventions: &Conventions) -> (Names, Span) {
    let run = run::cut(source, span.start, span.end);
    let mut taken = span;
    let last = run.words.last();
    let stop_follows = source[span.end..].starts_with('.') && !source[span.start..span.end].ends_with('.');
    if is_various(&source[span.range()]) || is_small(&source[span.range()]) {
        taken.end += usize::from(stop_follows);
        return (Names::new(vec![Name::literal(&source[taken.range()])]), taken);
    }
    let ends_abbreviated =
        last.is_some_and(|word| word.end == span.end && matches!(word.look, Look::Initials | Look::Suffix));
    if stop_follows && (ends_abbreviated || run.et_al) {
        taken.end += 1;
    }
    let stopped = taken.end > span.end && ends_abbreviated && keeps_stop(source, &run, conventions);
    let plan = arrange::arrange(source, &run, conventions);
    let list = plan.into_iter().map(|part| person::build(source, &run, &part, stopped)).collect();
    let mut names = Names::new(list);
    names.et_al = run.et_al;
    (names, taken)
}

/// Adds what a run shows of the list's habits.
pub(super) fn observe(source: &str, span: Span, tally: &mut Tally) {
    let run = run::cut(source, span.start, span.end);
    arrange::observe(source, &run, tally);
    // The last word's stop may be the reference's.
    let words = run.words.len().saturating_sub(1);
    for word in run.words[..words].iter().filter(|word| matches!(word.look, Look::Initials | Look::Capitals)) {
        if word.stopped { tally.stopped += 1 } else { tally.unstopped += 1 }
    }
}

/// Whether a stop behind the last initial is the initial's own: yes, unless the run or the list prints initials without stops.
fn keeps_stop(source: &str, run: &run::Run, conventions: &Conventions) -> bool {
    let (mut with, mut without) = (0, 0);
    let Some((last, others)) = run.words.split_last() else { return false };
    for word in others.iter().filter(|word| matches!(word.look, Look::Initials | Look::Capitals)) {
        if word.stopped { with += 1 } else { without += 1 }
    }
    if last.look == Look::Suffix {
        return source[last.start..last.end].chars().any(char::is_lowercase);
    }
    match (with, without) {
        (0, 0) => conventions.stopped_initials.unwrap_or(true),
        (with, without) => with >= without,
    }
}

/// Words in lower case only: "fly51fly", "s.n." is a name that is not divided.
fn is_small(run: &str) -> bool {
    !run.contains([',', ';', '&', '/'])
        && run.chars().any(char::is_lowercase)
        && run.chars().all(|c| !c.is_alphabetic() || c.is_lowercase())
}

/// "AA.VV.": various authors, in Italian.
fn is_various(run: &str) -> bool {
    let mut letters = run.chars().filter(|c| !matches!(c, '.' | ' '));
    run.len() <= 8 && letters.by_ref().take(4).eq("AAVV".chars()) && letters.next().is_none()
}
