//! Names: `Family, Given, Suffix`, one person a tag; a name without a comma has one field.
//!
//! RIS has no particles. Small words in front of the family name are one ("van Gogh, Vincent"), and so are the well-known ones behind
//! the given name ("Goethe, Johann Wolfgang von"); where a program glued surname and initials ("Smith JA"), the capitals are initials.

use crate::record::scan::trim;
use crate::record::{Name, Person};
use crate::text::csl_markup::decode_references;

/// Words that stand behind a given name only as a particle.
const BEHIND_GIVEN: [&str; 24] = [
    "af", "av", "d'", "da", "das", "de", "del", "della", "der", "di", "do", "dos", "du", "la", "le", "ten", "ter",
    "van", "vom", "von", "zu", "zum", "zur", "und",
];

/// Adds the names of one tag to `list`; says whether it says that others follow.
pub(super) fn read(raw: &str, list: &mut Vec<Name>) -> bool {
    let raw = decode_references(raw);
    let mut raw = trim(&raw).trim_end_matches(';').trim_end();
    let mut et_al = false;
    let ends = if may_end_in_others(raw) { ["et al.", "et al", "and others"].as_slice() } else { &[] };
    for end in ends {
        let head = raw.len().checked_sub(end.len()).and_then(|at| raw.split_at_checked(at));
        if let Some((head, _)) = head.filter(|(head, tail)| tail.eq_ignore_ascii_case(end) && at_word(head)) {
            raw = head.trim_end_matches([',', ' ', ';']);
            et_al = true;
            break;
        }
    }
    let each_has_comma =
        memchr::memchr(b';', raw.as_bytes()).is_some() && raw.split(';').all(|part| part.contains(','));
    if each_has_comma {
        list.extend(raw.split(';').map(read_one).filter(|name| !name.is_empty()));
    } else {
        list.push(read_one(raw));
        if list.last().is_some_and(Name::is_empty) {
            list.pop();
        }
    }
    et_al
}

/// A quick look at the last letters.
fn may_end_in_others(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    matches!(
        bytes,
        [.., b'a' | b'A', b'l' | b'L'] | [.., b'a' | b'A', b'l' | b'L', b'.'] | [.., b'r' | b'R', b's' | b'S']
    )
}

fn at_word(head: &str) -> bool {
    head.is_empty() || head.ends_with([' ', ','])
}

fn read_one(raw: &str) -> Name {
    let raw = trim(raw);
    let Some(comma) = memchr::memchr(b',', raw.as_bytes()) else { return without_comma(raw) };
    let (family, rest) = (&raw[..comma], &raw[comma + 1..]);
    let family = trim(family);
    let (given, suffix) = match memchr::memchr(b',', rest.as_bytes()) {
        Some(comma) => (trim(&rest[..comma]), trim(&rest[comma + 1..])),
        None => (trim(rest), ""),
    };
    // EndNote's sign for a body is a comma at the end.
    if given.is_empty() && suffix.is_empty() {
        return Name::literal(family);
    }
    person(family, given, suffix)
}

/// "Smith JA", "van der Berg J", "Q. Zhang" and "M. van Imhoff" are people; everything else without a comma is one field.
fn without_comma(raw: &str) -> Name {
    if let Some((given, family)) = initials_in_front(raw) {
        return person(family, given, "");
    }
    let glued = raw.rsplit_once(' ').filter(|(family, given)| {
        let letters = given.trim_end_matches('.');
        let initials =
            matches!(letters.len(), 1..=3) && letters.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.');
        let mut capitals = family.split(' ').filter(|word| word.starts_with(char::is_uppercase));
        let one = capitals.next().is_some_and(|word| word.chars().any(char::is_lowercase)) && capitals.next().is_none();
        let last = family.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase));
        initials && one && last
    });
    match glued {
        Some((family, given)) => person(family, given, ""),
        None => Name::literal(raw),
    }
}

/// Initials with their stops, and behind them one word with a capital, perhaps with particles: "J. Paul Getty Trust" is none.
fn initials_in_front(raw: &str) -> Option<(&str, &str)> {
    let mut cut = 0;
    for word in raw.split_inclusive(' ') {
        let initials = word
            .trim_end()
            .split('-')
            .all(|part| part.len() == 2 && part.ends_with('.') && part.starts_with(|c: char| c.is_ascii_uppercase()));
        if !initials {
            break;
        }
        cut += word.len();
    }
    let (given, family) = (raw[..cut].trim_end(), &raw[cut..]);
    let (_, name) = particle_in_front(family);
    let one =
        name.starts_with(char::is_uppercase) && !name.contains([' ', '.', '(']) && name.chars().any(char::is_lowercase);
    (!given.is_empty() && one).then_some((given, family))
}

fn person(family: &str, given: &str, suffix: &str) -> Name {
    let (particle, family) = particle_in_front(family);
    let (given, dropping) = particle_behind(given);
    if particle.is_empty() && dropping.is_empty() && suffix.is_empty() {
        return Name::person(family, given);
    }
    Name::from_person(Person {
        family: family.into(),
        given: given.into(),
        dropping_particle: dropping.into(),
        non_dropping_particle: particle.into(),
        suffix: suffix.into(),
        ..Person::default()
    })
}

/// "van der Berg" is "van der" and "Berg": small words in front of one that is not small.
fn particle_in_front(family: &str) -> (&str, &str) {
    if !family.starts_with(char::is_lowercase) {
        return ("", family);
    }
    for (at, _) in family.match_indices(' ') {
        let rest = family[at..].trim_start();
        if rest.starts_with(|c: char| !c.is_lowercase()) {
            return (&family[..at], rest);
        }
    }
    ("", family)
}

fn particle_behind(given: &str) -> (&str, &str) {
    let mut cut = given.len();
    if !given.as_bytes().last().is_some_and(|byte| byte.is_ascii_lowercase() || *byte == b'\'') {
        return (given, "");
    }
    while let Some((head, word)) = given[..cut].trim_end().rsplit_once(' ') {
        if !BEHIND_GIVEN.contains(&word) {
            break;
        }
        cut = head.len();
    }
    (&given[..cut], given[cut..].trim_start())
}

/// Appends a name in the form that [`read`] takes.
pub(super) fn push(name: &Name, out: &mut String) {
    match name {
        Name::Literal(name) => out.push_str(name),
        Name::Person(person) => {
            if !person.non_dropping_particle.is_empty() {
                out.push_str(&person.non_dropping_particle);
                out.push(' ');
            }
            out.push_str(&person.family);
            if !person.given.is_empty() || !person.dropping_particle.is_empty() || !person.suffix.is_empty() {
                out.push_str(", ");
                out.push_str(&person.given);
            }
            if !person.dropping_particle.is_empty() {
                out.push(' ');
                out.push_str(&person.dropping_particle);
            }
            if !person.suffix.is_empty() {
                out.push_str(", ");
                out.push_str(&person.suffix);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expected: &[&str], et_al: bool) {
        let mut list = Vec::new();
        assert_eq!(read(raw, &mut list), et_al, "{raw}");
        let parts = |name: &Name| match name {
            Name::Literal(name) => format!("[{name}]"),
            Name::Person(p) => [&p.non_dropping_particle, &p.family, &p.given, &p.dropping_particle, &p.suffix]
                .map(|part| part.as_str())
                .join("|"),
        };
        assert_eq!(list.iter().map(parts).collect::<Vec<_>>(), expected, "{raw}");
    }

    #[test]
    fn people_and_bodies() {
        check("Knuth, Donald E.", &["|Knuth|Donald E.||"], false);
        check("World Bank", &["[World Bank]"], false);
        check("World Bank,", &["[World Bank]"], false);
        check("King, Martin L., Jr.", &["|King|Martin L.||Jr."], false);
        check("Smith JA", &["|Smith|JA||"], false);
        check("NASA HQ", &["[NASA HQ]"], false);
        check("John Smith", &["[John Smith]"], false);
        check("Q. Zhang", &["|Zhang|Q.||"], false);
        check("J.-P. A. van Imhoff", &["van|Imhoff|J.-P. A.||"], false);
        check("J. Paul Getty Trust", &["[J. Paul Getty Trust]"], false);
    }

    #[test]
    fn particles() {
        check("van Gogh, Vincent", &["van|Gogh|Vincent||"], false);
        check("da Silva Dias, João Carlos", &["da|Silva Dias|João Carlos||"], false);
        check("Goethe, Johann Wolfgang von", &["|Goethe|Johann Wolfgang|von|"], false);
        check("hooks, bell", &["|hooks|bell||"], false);
        check("van der Berg JA", &["van der|Berg|JA||"], false);
    }

    #[test]
    fn others_and_several_in_one_tag() {
        check("et al.", &[], true);
        check("Smith, J., et al.", &["|Smith|J.||"], true);
        check("Smith, J.; Doe, K.", &["|Smith|J.||", "|Doe|K.||"], false);
        check("A; B", &["[A; B]"], false);
    }
}
