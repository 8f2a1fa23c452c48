//! Lists of names without TeX: the same rules over slices of the source, without decoding.
//!
//! Names are the most of what a bibliography holds, and nearly all of them are plain. What is not read here ([`read`] gives `None`) is
//! read by [`super::read_tex`], with the same result where both can read.

use super::{is_et_al, is_lower, read_tex_name};
use crate::record::scan::Scan;
use crate::record::{EcoString, Name, Names, Person, is_folded};

/// Reads a list that holds nothing but characters, blanks and commas.
pub(super) fn read(tex: &str) -> Option<Names> {
    let single_blanks = blanks(tex)?;
    // Few names have less than a dozen letters, so that the list needs not grow.
    let mut names = Names { list: Vec::with_capacity(1 + tex.len() / 12), et_al: false };
    let mut parts = Parts { rest: Some(tex) };
    let mut next = parts.next();
    while let Some(part) = next {
        next = parts.next();
        // "others" is a name anywhere but at the end.
        if next.is_none() && (part.eq_ignore_ascii_case("others") || is_et_al(part)) {
            names.et_al = true;
            break;
        }
        let name = read_one(part, single_blanks);
        if !name.is_empty() {
            names.list.push(name);
        }
    }
    Some(names)
}

/// Reads one name that holds nothing but characters, blanks and commas.
pub(super) fn read_name(tex: &str) -> Option<Name> {
    blanks(tex).map(|single_blanks| read_one(trim(tex), single_blanks))
}

/// Whether all blanks are single ones; none if there is more than characters, blanks and commas.
fn blanks(tex: &str) -> Option<bool> {
    let scan = Scan::of(tex);
    let plain = scan.is_plain_tex() && !scan.has_equals() && (scan.is_ascii_text() || is_folded(tex));
    plain.then(|| scan.may_be_canonical())
}

/// What stands between the words "and", in any case; trimmed, empty ones left out.
struct Parts<'t> {
    /// What was not looked at; begins with "and" at the beginning of the list, else behind one.
    rest: Option<&'t str>,
}

impl<'t> Iterator for Parts<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        while let Some(rest) = self.rest {
            let bytes = rest.as_bytes();
            let and =
                bytes.iter().enumerate().position(|(at, byte)| byte.is_ascii_whitespace() && is_and(&bytes[at + 1..]));
            self.rest = and.map(|at| &rest[at + 4..]);
            let part = trim(&rest[..and.unwrap_or(rest.len())]);
            let part = if is_and(part.as_bytes()) { trim(&part[3..]) } else { part };
            if !part.is_empty() {
                return Some(part);
            }
        }
        None
    }
}

/// Whether `text` begins with the word "and".
fn is_and(text: &[u8]) -> bool {
    matches!(text, [b'a' | b'A', b'n' | b'N', b'd' | b'D'])
        || matches!(text, [b'a' | b'A', b'n' | b'N', b'd' | b'D', behind, ..] if behind.is_ascii_whitespace())
}

/// Blanks are ASCII here, and there are few.
fn trim(text: &str) -> &str {
    text.trim_ascii()
}

fn read_one(part: &str, single_blanks: bool) -> Name {
    let own = |text: &str| match single_blanks {
        true => EcoString::from(text),
        false => text.split_ascii_whitespace().collect::<Vec<_>>().join(" ").into(),
    };
    let mut person = Person::default();
    let comma = part.bytes().position(|byte| byte == b',');
    match comma.map(|at| (&part[..at], &part[at + 1..])) {
        None => {
            let (given, particle, family) = first_von_last(part);
            person.given = own(given);
            person.non_dropping_particle = own(particle);
            person.family = own(family);
        }
        Some((_, first)) if first.bytes().any(|byte| byte == b',') => return read_tex_name(part, &mut |_| {}),
        Some((last, first)) => {
            let (particle, family) = von_last(trim(last));
            let (given, dropping) = with_first(trim(first));
            person.family = own(family);
            person.given = own(given);
            person.non_dropping_particle = own(particle);
            person.dropping_particle = own(dropping);
        }
    }
    Name::canonical(person)
}

/// What stands before the last word, and the last word.
fn split_last(text: &str) -> (&str, &str) {
    match text.bytes().rposition(|byte| byte.is_ascii_whitespace()) {
        Some(at) => (text[..at].trim_ascii_end(), &text[at + 1..]),
        None => ("", text),
    }
}

/// Given names, particle and family name of "Ludwig van Beethoven".
fn first_von_last(text: &str) -> (&str, &str, &str) {
    let (before, _) = split_last(text);
    // Where the first word of a small letter begins, if there is one before the last word.
    let mut von = None;
    let mut at = 0;
    for word in before.split(|c: char| c.is_ascii_whitespace()) {
        if is_lower(word) {
            von = Some(at);
            break;
        }
        at += word.len() + 1;
    }
    match von {
        None => (before, "", text[before.len()..].trim_ascii_start()),
        Some(von) => {
            let (particle, family) = von_last(&text[von..]);
            (text[..von].trim_ascii_end(), particle, family)
        }
    }
}

/// Particle and family name of "van Beethoven".
fn von_last(text: &str) -> (&str, &str) {
    let (mut before, _) = split_last(text);
    while !before.is_empty() {
        let (rest, word) = split_last(before);
        if is_lower(word) {
            return (before, text[before.len()..].trim_ascii_start());
        }
        before = rest;
    }
    ("", text)
}

/// Given names, and the particle that stands behind them.
fn with_first(text: &str) -> (&str, &str) {
    let mut given = text;
    loop {
        let (before, word) = split_last(given);
        if before.is_empty() || !is_lower(word) || word.bytes().any(|byte| byte == b'.') {
            return (given, text[given.len()..].trim_ascii_start());
        }
        given = before;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{read_tex, read_tex_name, split_words};

    proptest! {
        #[test]
        fn plain_lists_read_as_all_others_do(tex in "(and|And|others|et al\\.?|von|de|da|Jr\\.|d'|A\\.|Knuth|Élie|[ \\n,.-]| and |, ){0,14}") {
            if let Some(names) = super::read(tex.trim_ascii()) {
                prop_assert_eq!(names, read_tex(tex.trim_ascii(), &mut |_| {}));
            }
            for part in split_words(&tex, "and") {
                if let Some(name) = super::read_name(part) {
                    prop_assert_eq!(name, read_tex_name(part, &mut |_| {}));
                }
            }
        }
    }

    #[test]
    fn what_has_tex_in_it_is_not_plain() {
        for tex in ["{A}", "A~B", "A\\'e", "family=A", "A--B", "A\u{a0}B", "e\u{301}"] {
            assert!(super::read(tex).is_none(), "{tex}");
        }
    }
}
