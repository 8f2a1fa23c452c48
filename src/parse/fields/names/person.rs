//! The words of one name → its parts.

use std::borrow::Borrow;

use crate::record::{Name, Person};

use super::super::words::is_cjk;
use super::arrange::{Manner, Part};
use super::run::{Look, Run, Word};
use super::{given, words};

/// Builds the name of `part`. `stopped` says that a stop behind the run's last word belongs to it.
pub(super) fn build(source: &str, run: &Run, part: &Part, stopped: bool) -> Name {
    let builder = Builder { source, run, stopped };
    match part.manner {
        Manner::Literal => builder.literal(part),
        Manner::Inverted => builder.inverted(part),
        Manner::Spoken => builder.spoken(part),
        Manner::FamilyFirst => builder.family_first(part),
    }
}

struct Builder<'s> {
    source: &'s str,
    run: &'s Run,
    stopped: bool,
}

impl Builder<'_> {
    fn literal(&self, part: &Part) -> Name {
        Name::literal(&self.text(&self.run.words[part.words.clone()]))
    }

    /// "van Imhoff, Evert", "Sá, Alvino Augusto de", "King, Jr., Martin Luther".
    fn inverted(&self, part: &Part) -> Name {
        let comma = part.comma.unwrap_or(part.words.end);
        let (family, family_suffix) = split_suffix(&self.run.words[part.words.start..comma]);
        let (given, given_suffix) = split_suffix(&self.run.words[comma..part.words.end]);
        let (given, dropping) = split_trailing_particles(given);
        let mut person = self.family(family);
        person.given = self.text(given).into();
        person.dropping_particle = self.text(dropping).into();
        let suffix = if family_suffix.is_empty() { given_suffix } else { family_suffix };
        person.suffix = self.text(suffix).into();
        Name::from_person(person)
    }

    /// "C. G. Gaddy", "Bernhard von Plate", "Antonio Egea de Haro", "Platon".
    fn spoken(&self, part: &Part) -> Name {
        let (all, suffix) = split_suffix(&self.run.words[part.words.clone()]);
        let (all, note) = split_brackets(all);
        let at = match part.joint {
            // "José Ortega y Gasset", "J. Sebastiao e Silva": the family name begins in front of the conjunction.
            Some(joint) => joint.saturating_sub(part.words.start + 1),
            None => family_start(self.source, all),
        };
        let mut person = self.family(&all[at..]);
        person.given = self.text(&all[..at]).into();
        if !note.is_empty() {
            person.given = join(&person.given, &self.text(note)).into();
        }
        person.suffix = self.text(suffix).into();
        Name::from_person(person)
    }

    /// "Gaddy CG", "de Azevedo Silva AM", "KUHLMANN Martin", "Berg J van der".
    fn family_first(&self, part: &Part) -> Name {
        let (all, suffix) = split_suffix(&self.run.words[part.words.clone()]);
        let (all, note) = split_brackets(all);
        let (all, dropping) = split_trailing_particles(all);
        let at = given_start(self.source, all);
        let mut person = self.family(&all[..at]);
        // What stands in brackets or in another script behind the given name stays behind it.
        let behind = if dropping.is_empty() { at..all.len() + note.len() } else { at..all.len() };
        person.given = self.text(&self.run.words[part.words.clone()][behind]).into();
        person.dropping_particle = self.text(dropping).into();
        person.suffix = self.text(suffix).into();
        Name::from_person(person)
    }

    /// Family name and the particles in front of it.
    fn family(&self, words: &[Word]) -> Person {
        let particles = words.iter().take_while(|word| word.look == Look::Particle).count();
        let particles = if particles == words.len() { 0 } else { particles };
        Person {
            non_dropping_particle: self.text(&words[..particles]).into(),
            family: self.text(&words[particles..]).into(),
            ..Person::default()
        }
    }

    /// The words as printed, less stray blanks in front of stops, and with the stop behind the run where it belongs to the last word.
    fn text(&self, words: &[Word]) -> String {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
        let mut text = tidy(&self.source[first.start..last.end]);
        let at_end = self.run.words.last().is_some_and(|end| end.end == last.end);
        if self.stopped && at_end && !text.ends_with('.') {
            text.push('.');
        }
        text
    }
}

/// Where the family name begins in the order of speech.
fn family_start(source: &str, all: &[Word]) -> usize {
    let count = all.len();
    if count < 2 {
        return 0;
    }
    let leading = all
        .iter()
        .take(count - 1)
        .take_while(|word| matches!(word.look, Look::Initials | Look::Bracket) || is_short_capitals(source, word))
        .count();
    // A particle begins the family name; so does a word between the given names and the particle ("Ludwig Mies van der Rohe").
    if let Some(at) = all.iter().take(count - 1).skip(1).position(|word| word.look == Look::Particle).map(|at| at + 1) {
        let known = |word: &Word| {
            word.look == Look::Initials
                || word.look == Look::Capitals
                || is_given(&word.lower)
                || word.lower.ends_with('.')
        };
        // Only of the Romance languages: "Jan Luiten van Zanden" has two given names.
        let romance = matches!(all[at].lower.as_str(), "de" | "da" | "do" | "dos" | "das" | "del" | "di" | "della");
        let first_surname = (1..at).find(|&at| !known(&all[at])).filter(|_| romance).unwrap_or(at);
        return if leading > 0 && leading < at { leading } else { first_surname };
    }
    if leading > 0 && leading < count {
        // "J. M. García Márquez" has two family names, "J. Robert Oppenheimer" one.
        let rest = &all[leading..];
        let given = rest
            .iter()
            .take(rest.len() - 1)
            .take_while(|word| is_given(&word.lower) || word.look == Look::Initials)
            .count();
        let last_initial = rest.iter().rposition(|word| word.look == Look::Initials).map_or(0, |at| at + 1);
        return leading + given.max(if last_initial < rest.len() { last_initial } else { 0 });
    }
    // Capital particles: "Michel De Certeau".
    if count >= 3 && words::is_capital_particle(&all[count - 2].lower) {
        let mut at = count - 2;
        while at > 1 && words::is_capital_particle(&all[at - 1].lower) {
            at -= 1;
        }
        return at;
    }
    if count >= 3 && words::is_iberian_family(&all[count - 2].lower) && !is_given(&all[count - 2].lower) {
        return count - 2;
    }
    count - 1
}

/// Where the given name begins when the family name stands first.
fn given_start(source: &str, all: &[Word]) -> usize {
    let count = all.len();
    if count < 2 {
        return count;
    }
    let trailing = trailing_initials(all);
    if trailing > 0 {
        // "Goldin Paul R.": a known given name in front of the initial.
        let before = &all[..count - trailing];
        let stopped = all[count - 1].stopped && before.len() == 2 && !words::is_iberian_family(&before[0].lower);
        let particle = words::is_capital_particle(&before[0].lower);
        let given = stopped && is_given(&before[1].lower) && !is_given(&before[0].lower) && !particle;
        return count - trailing - usize::from(given);
    }
    // "OLZA ZUBIRI Jesús": the capitals are the family name.
    let capitals = all.iter().take_while(|word| is_capitals(source, word) || word.look == Look::Particle).count();
    if capitals > 0 && capitals < count {
        return capitals;
    }
    let particles = all.iter().take_while(|word| word.look == Look::Particle).count();
    let first_given = (particles + 1..count).find(|&at| is_given(&all[at].lower));
    first_given.unwrap_or((particles + 1).min(count - 1))
}

/// How many initials end a name that begins with the family name. Where all words are in capitals ("DE LUCA L", "LI XN"), single
/// letters are the initials, or else all words but the first.
pub(super) fn trailing_initials<W: Borrow<Word>>(all: &[W]) -> usize {
    let is_initial = |word: &&Word| matches!(word.look, Look::Initials | Look::Capitals);
    let trailing = all.iter().rev().map(W::borrow).take_while(is_initial).count();
    if trailing < all.len() {
        return trailing;
    }
    let single = all.iter().rev().map(W::borrow).take_while(|word| word.look == Look::Initials).count();
    if single > 0 { single.min(all.len() - 1) } else { all.len().saturating_sub(1) }
}

/// A known given name; of a double name ("Jean-Claude") the first half decides.
pub(super) fn is_given(lower: &str) -> bool {
    let first = lower.split(['-', '\u{2010}', '\u{2011}']).next().unwrap_or(lower);
    given::GIVEN.has(first)
}

/// All letters are capitals, and there are at least two.
pub(super) fn is_capitals(source: &str, word: &Word) -> bool {
    let text = &source[word.start..word.end];
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 1
        && letters.all(|c| !c.is_lowercase())
        && !text.ends_with('.')
        && !text.chars().any(is_cjk)
}

fn is_short_capitals(source: &str, word: &Word) -> bool {
    word.look == Look::Capitals && source[word.start..word.end].chars().count() <= 3
}

fn split_suffix(words: &[Word]) -> (&[Word], &[Word]) {
    let suffixes = words.iter().rev().take_while(|word| word.look == Look::Suffix).count();
    if suffixes == words.len() { (words, &[]) } else { words.split_at(words.len() - suffixes) }
}

fn split_brackets(words: &[Word]) -> (&[Word], &[Word]) {
    let brackets = words.iter().rev().take_while(|word| word.look == Look::Bracket).count();
    if brackets == words.len() { (words, &[]) } else { words.split_at(words.len() - brackets) }
}

fn split_trailing_particles(words: &[Word]) -> (&[Word], &[Word]) {
    let particles = words.iter().rev().take_while(|word| word.look == Look::Particle).count();
    if particles == words.len() { (words, &[]) } else { words.split_at(words.len() - particles) }
}

fn join(first: &str, second: &str) -> String {
    if first.is_empty() { second.to_owned() } else { format!("{first} {second}") }
}

/// Blanks in front of stops, commas and hyphens are damage: "R .D." is "R.D.".
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '.' | ',') && out.ends_with(' ') {
            out.pop();
        }
        out.push(c);
    }
    out
}
