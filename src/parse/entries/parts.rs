//! Works of an entry under letters, as chemists list them: "1. (a) Smith, …; (b) Jones, …", "[3] For reviews, see: a) …; b) …".
//!
//! The letters must count up from the one at the front. Words that lead to a letter ("for selected examples, see:") belong to neither
//! work. What follows a letter must look like the start of a reference: "the (a) basic and (b) acidic forms" is a title.

use super::inner::{Begins, Cut};
use super::lead;
use crate::parse::section;

/// How far in front of a letter the words that lead to it may begin, in bytes.
const LONGEST_LEAD: usize = 200;

/// Where the works under letters begin. The first cut is the letter at the front, with nothing before it.
pub(super) fn parts(text: &str) -> Vec<Cut> {
    let mut out = Vec::new();
    let start = text.len() - section::label(text).1.len();
    let mut letter = match front(text, start) {
        Some((letter, from)) => {
            out.push(Cut { at: 0, from: behind_lead(text, from), begins: Begins::Part(letter) });
            letter
        }
        // The first work may stand without a letter: "3 A. Smith, …; (b) B. Jones, …".
        None => 'a',
    };
    let mut from = out.first().map_or(start, |cut| cut.from);
    while let Some(next) = char::from_u32(u32::from(letter) + 1).filter(char::is_ascii_lowercase)
        && let Some((at, end)) = find(text, from, next)
    {
        let unlettered = out.is_empty();
        if unlettered && !(text[..at].trim_end().ends_with([';', '.']) && names(&text[end..])) {
            return out;
        }
        let before = text[..with_lead(text, from, at)].trim_end();
        let at = before.strip_suffix(';').map_or(before.len(), str::len);
        out.push(Cut { at: at.max(from), from: behind_lead(text, end), begins: Begins::Part(next) });
        (letter, from) = (next, end);
    }
    out
}

/// The letter at the front of an entry, behind words that lead to it, and where its reference begins.
fn front(text: &str, start: usize) -> Option<(char, usize)> {
    let behind = lead::strip(&text[start..]);
    let at = text.len() - behind.trim_start().len();
    let (letter, end) = marker(text, at)?;
    // Behind a lead, or alone, a letter other than "a" is the next one of an entry that was cut before it.
    begins(&text[end..]).then_some((letter, end))
}

/// "(a)", "a)", "( a )": the letter at `at`, and where what follows begins.
fn marker(text: &str, at: usize) -> Option<(char, usize)> {
    let inner = text[at..].strip_prefix('(').unwrap_or(&text[at..]).trim_start();
    let mut chars = inner.chars();
    let letter = chars.next().filter(char::is_ascii_lowercase)?;
    let rest = chars.as_str().trim_start().strip_prefix(')')?;
    Some((letter, text.len() - rest.trim_start().len()))
}

/// The next place from `from` where `letter` marks a part, and where what follows begins.
fn find(text: &str, from: usize, letter: char) -> Option<(usize, usize)> {
    memchr::memchr_iter(b')', &text.as_bytes()[from..]).find_map(|close| {
        let inner = text[..from + close].trim_end().strip_suffix(letter)?;
        let at = inner.trim_end().strip_suffix('(').map_or(inner.len(), str::len);
        let before = text[from.min(at)..at].trim_end();
        let apart = before.len() < at - from.min(at) || before.ends_with([';', '.', ',']);
        let ended = before.ends_with([';', '.', ',', ')', ']', ':', '>'])
            || before.ends_with(|c: char| c.is_ascii_digit())
            || at > with_lead(text, from, at);
        let (_, end) = marker(text, at)?;
        (at > from && apart && ended && begins(&text[end..])).then_some((at, end))
    })
}

/// Where the words that lead to the letter at `at` begin; `at` if there are none.
fn with_lead(text: &str, from: usize, at: usize) -> usize {
    let window = section::suffix(&text[from..at], LONGEST_LEAD);
    let Some(mark) = window.rfind([';', '.']).filter(|&mark| mark + 1 < window.len()) else { return at };
    let begin = at - window.len() + mark + 1;
    let behind = lead::strip(text[begin..].trim_start());
    if text.len() - behind.len() == at { begin } else { at }
}

/// Where the reference begins behind words that lead to it: "b) see also: A. Smith".
fn behind_lead(text: &str, at: usize) -> usize {
    text.len() - lead::strip(&text[at..]).len()
}

/// Whether a reference may begin so: a capital, a quotation, words that lead to one, the particle of a name.
fn begins(text: &str) -> bool {
    let behind = lead::strip(text);
    let first = behind.chars().next();
    behind.len() < text.len()
        || first.is_some_and(|c| {
            c.is_uppercase() || matches!(c, '"' | '“' | '„' | '«' | '‘') || !c.is_ascii() && !c.is_lowercase()
        })
        || names(behind)
        || super::back::opens(behind)
}

fn names(text: &str) -> bool {
    section::start(section::prefix(text, 120)).is_author()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of the parts with their letters, what leads to a letter left out.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let cuts = parts(text);
        let ends = cuts.iter().skip(1).map(|cut| cut.at).chain([text.len()]);
        let found: Vec<String> = cuts
            .iter()
            .zip(ends)
            .map(|(cut, end)| {
                let letter = if let Begins::Part(letter) = cut.begins { letter } else { '-' };
                format!("{letter} {}", text[cut.from..end].trim())
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn letters_in_brackets_or_before_one_count_up() {
        check(
            "1. (a) Smith, J. Org. Lett. 2010, 12, 33. (b) Jones, K. Synlett 2011, 4; (c) Weber, T. J. Org. Chem. 2012, 7, 1.",
            &[
                "a Smith, J. Org. Lett. 2010, 12, 33.",
                "b Jones, K. Synlett 2011, 4",
                "c Weber, T. J. Org. Chem. 2012, 7, 1.",
            ],
        );
        check(
            "[3] a) A. Smith, Angew. Chem. 2010, 122, 33;b)M. Jones, Synlett 2011, 4.",
            &["a A. Smith, Angew. Chem. 2010, 122, 33", "b M. Jones, Synlett 2011, 4."],
        );
    }

    #[test]
    fn words_that_lead_to_a_letter_belong_to_no_work() {
        check(
            "[1] For reviews, see: a) A. Smith, Synlett 2010, 3; for selected examples, see: b) B. Jones, Synlett 2011, 4; see also: c) C. Weber, Synlett 2012, 5.",
            &["a A. Smith, Synlett 2010, 3", "b B. Jones, Synlett 2011, 4", "c C. Weber, Synlett 2012, 5."],
        );
    }

    #[test]
    fn an_entry_that_begins_with_a_later_letter_goes_on_from_it() {
        check(
            "b) A. Smith, Synlett 2010, 3; c) B. Jones, Synlett 2011, 4.",
            &["b A. Smith, Synlett 2010, 3", "c B. Jones, Synlett 2011, 4."],
        );
    }

    #[test]
    fn letters_in_a_title_are_no_parts() {
        check("Smith, J. The (a) basic and (b) acidic forms. Synlett 2010, 3.", &[]);
        check("Smith, J. Salts in solution: (b) Potassium. Synlett 2010, 3.", &[]);
        check("12. Smith, J. Poly(b) Alloys. Synlett 2010, 3.", &[]);
    }

    #[test]
    fn the_first_work_may_have_no_letter() {
        let text = "3 A. Smith, Synlett 2010, 3; (b) B. Jones, Synlett 2011, 4.";
        assert_eq!(parts(text), [Cut { at: 27, from: 33, begins: Begins::Part('b') }]);
    }
}
