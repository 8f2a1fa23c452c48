//! Names as BibTeX and BibLaTeX write them: "von Last, Jr, First and {World Bank} and others".
//!
//! The rule is BibTeX's own (Oren Patashnik, "Designing BibTeX Styles", section 4): without a comma "First von Last", with one
//! "von Last, First", with two "von Last, Jr, First"; words that begin with a lower-case letter are the von part; braces make one
//! unit. A particle at the end of the given names ("Goethe, Johann Wolfgang von") is one that does not stay with the family name.

use crate::record::{Name, Names, Person};
use crate::text::tex::{self, Encode};

/// Writes a list of names. Names without a family name, which the syntax cannot say, are written as if the given name were it.
pub(crate) fn write(names: &Names, options: Encode, others: bool) -> String {
    let mut parts: Vec<String> = names.list.iter().map(|name| write_name(name, options)).collect();
    if names.et_al && others {
        parts.push("others".to_owned());
    }
    parts.join(" and ")
}

fn write_name(name: &Name, options: Encode) -> String {
    let person = match name {
        Name::Person(person) => person,
        Name::Literal(name) => return format!("{{{}}}", tex::encode_plain(name, options)),
    };
    let part = |text: &str| tex::encode_plain(text, options);
    let family = family(person, options);
    let particle = particle(&person.non_dropping_particle, options);
    let last = join(&particle, &family);
    let dropping = dropping(&person.dropping_particle, options);
    let given = given(&person.given, options);
    let first = if dropping.is_empty() { given } else { join(&given, &dropping) };
    if !person.suffix.is_empty() {
        return format!("{last}, {}, {first}", unit_if(needs_unit(&person.suffix), part(&person.suffix)))
            .trim_end()
            .to_owned();
    }
    if first.is_empty() {
        // Two words without a comma would be read as given and family name.
        let lone = last.split_whitespace().count() == 1 || tex::is_group(&last);
        return if lone { last } else { format!("{last},") };
    }
    format!("{last}, {first}")
}

/// The family name; in braces where its words would be taken for a particle, or for two names.
fn family(person: &Person, options: Encode) -> String {
    let words: Vec<&str> = person.family.split(' ').collect();
    let particles = words.len() > 1 && words[..words.len() - 1].iter().any(|word| is_lower(word));
    unit_if(particles || needs_unit(&person.family), tex::encode_plain(&person.family, options))
}

/// A particle that stays with the family name. What does not look like one is put in braces and begins with a lower-case mark.
fn particle(particle: &str, options: Encode) -> String {
    let words: Vec<String> =
        particle.split(' ').filter(|word| !word.is_empty()).map(|word| tex::encode_plain(word, options)).collect();
    words.join(" ")
}

fn dropping(particle: &str, options: Encode) -> String {
    tex::encode_plain(particle, options)
}

/// The given names; in braces where their last words would be taken for a particle.
fn given(given: &str, options: Encode) -> String {
    let ends_low = given.split(' ').skip(1).last().is_some_and(is_lower);
    unit_if(ends_low || needs_unit(given), tex::encode_plain(given, options))
}

/// Whether a part holds what separates names or parts of names.
fn needs_unit(part: &str) -> bool {
    part.contains(',') || part.split(' ').any(|word| word.eq_ignore_ascii_case("and")) || part.contains('=')
}

fn unit_if(unit: bool, tex: String) -> String {
    if unit || tex::is_group(&tex) { format!("{{{tex}}}") } else { tex }
}

fn join(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, _) => second.to_owned(),
        (_, true) => first.to_owned(),
        _ => format!("{first} {second}"),
    }
}

/// Whether BibTeX takes a word for a part of the particle: its first letter is a small one.
pub(crate) fn is_lower(word: &str) -> bool {
    word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
}
