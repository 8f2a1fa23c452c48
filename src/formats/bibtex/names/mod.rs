//! Names as BibTeX and BibLaTeX write them: "von Last, Jr, First and {World Bank} and others".
//!
//! The rule is BibTeX's own (Oren Patashnik, "Designing BibTeX Styles", section 4): without a comma "First von Last", with one
//! "von Last, First", with two "von Last, Jr, First"; words that begin with a lower-case letter are the von part; braces make one
//! unit. A particle at the end of the given names ("Goethe, Johann Wolfgang von") is one that does not stay with the family name.

use crate::record::{EcoString, Name, Names, Person};
use crate::text::tex::{self, Encode};

mod plain;

/// Reads a list of names; `left_out` is told of the parts of extended names that no name of a record has.
pub(crate) fn read(tex: &str, left_out: &mut dyn FnMut(&str)) -> Names {
    plain::read(tex).unwrap_or_else(|| read_tex(tex, left_out))
}

fn read_tex(tex: &str, left_out: &mut dyn FnMut(&str)) -> Names {
    let mut list = Vec::new();
    let mut others = false;
    let parts = split_words(tex, "and");
    let last = parts.len().saturating_sub(1);
    for (at, part) in parts.iter().enumerate() {
        // "others" is a name anywhere but at the end.
        if at == last && (part.eq_ignore_ascii_case("others") || is_et_al(part)) {
            others = true;
        } else {
            list.push(read_name(part, left_out));
        }
    }
    let names = Names::new(list);
    if others { names.and_others() } else { names }
}

/// "et al." where BibTeX wants "others", in braces or not.
fn is_et_al(tex: &str) -> bool {
    // Most lists end with a name.
    let other = tex.as_bytes().first().is_none_or(|byte| byte.is_ascii_alphanumeric() && !b"eE".contains(byte));
    !other
        && tex.len() <= 16
        && ["et al.", "et al", "et. al."].iter().any(|words| tex::decode_plain(tex).eq_ignore_ascii_case(words))
}

/// The parts of `tex` between the words `word` that stand outside of braces, in any case; trimmed, empty ones left out.
pub(crate) fn split_words<'t>(tex: &'t str, word: &str) -> Vec<&'t str> {
    let bytes = tex.as_bytes();
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            byte if depth == 0 && byte.is_ascii_whitespace() => {
                let end = at + 1 + word.len();
                let found = bytes.get(at + 1..end).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()));
                if found && bytes.get(end).is_none_or(u8::is_ascii_whitespace) {
                    parts.push(&tex[start..at]);
                    start = end;
                    // The blank behind the word may stand before the next one.
                    at = end;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(&tex[start..]);
    parts.iter_mut().for_each(|part| *part = part.trim());
    if let Some(first) = parts.first_mut()
        && first.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
        && first[word.len()..].starts_with(|c: char| c.is_ascii_whitespace())
    {
        *first = first[word.len()..].trim_start();
    }
    parts.retain(|part| !part.is_empty() && !part.eq_ignore_ascii_case(word));
    parts
}

fn read_name(tex: &str, left_out: &mut dyn FnMut(&str)) -> Name {
    plain::read_name(tex).unwrap_or_else(|| read_tex_name(tex, left_out))
}

fn read_tex_name(tex: &str, left_out: &mut dyn FnMut(&str)) -> Name {
    let name = if tex::is_group(tex) { tex::strip_group(tex) } else { tex };
    // `{\'E}` is a letter, `{World Bank}` a body.
    if name.len() < tex.len() && (!name.starts_with('\\') || name.contains(char::is_whitespace)) {
        let mut inner = name;
        while tex::is_group(inner) {
            inner = tex::strip_group(inner);
        }
        return Name::literal(&tex::decode_plain(inner));
    }
    if let Some(person) = extended(tex, left_out) {
        return Name::from_person(person);
    }
    let parts = split_commas(tex);
    match parts.as_slice() {
        [] => Name::literal(""),
        [only] => Name::from_person(first_von_last(only)),
        [last, first] => Name::from_person(with_first(von_last(last), first)),
        [last, suffix, first @ ..] => {
            let first = first.join(", ");
            let mut person = with_first(von_last(last), &first);
            person.suffix = part(suffix);
            Name::from_person(person)
        }
    }
}

/// "Ludwig van Beethoven".
fn first_von_last(tex: &str) -> Person {
    let words = words(tex);
    let Some((last, before)) = words.split_last() else { return Person::default() };
    let Some(von) = before.iter().position(|word| is_lower_tex(word)) else {
        return Person { given: join_parts(before), family: part(last), ..Person::default() };
    };
    let low = before.iter().rposition(|word| is_lower_tex(word)).unwrap_or(von);
    Person {
        given: join_parts(&words[..von]),
        non_dropping_particle: join_parts(&words[von..=low]),
        family: join_parts(&words[low + 1..]),
        ..Person::default()
    }
}

/// "van Beethoven" in front of a comma.
fn von_last(tex: &str) -> Person {
    let words = words(tex);
    let before = &words[..words.len().saturating_sub(1)];
    let family = before.iter().rposition(|word| is_lower_tex(word)).map_or(0, |low| low + 1);
    Person {
        non_dropping_particle: join_parts(&words[..family]),
        family: join_parts(&words[family..]),
        ..Person::default()
    }
}

/// Given names, and the particle that stands behind them.
fn with_first(mut person: Person, tex: &str) -> Person {
    let words = words(tex);
    let is_particle = |word: &&str| is_lower_tex(word) && !word.contains('.');
    let low = words.iter().skip(1).rev().take_while(|word| is_particle(word)).count();
    let given = words.len() - low;
    person.given = join_parts(&words[..given]);
    person.dropping_particle = join_parts(&words[given..]);
    person
}

/// The words of `tex`, divided by blanks and ties outside of braces.
fn words(tex: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, byte) in tex.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'~' if depth == 0 && !tex[..at].ends_with('\\') => {
                words.push(&tex[start..at]);
                start = at + 1;
            }
            byte if depth == 0 && byte.is_ascii_whitespace() && !is_open_accent(&tex[start..at]) => {
                words.push(&tex[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    words.push(&tex[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a word ends with a command that puts a mark on the letter behind the blank: `\v S`.
fn is_open_accent(word: &str) -> bool {
    let Some(at) = word.rfind('\\') else { return false };
    let name = &word[at + 1..];
    name.len() == 1 && "uvHtcdbkr".contains(name)
}

/// The parts between the commas outside of braces, trimmed.
fn split_commas(tex: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, byte) in tex.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                parts.push(tex[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(tex[start..].trim());
    parts
}

/// Options of one name, and of a list of names in front of the first ("useprefix=false and …").
const OPTIONS: [&str; 7] = [
    "useprefix",
    "uniquename",
    "uniquelist",
    "nametemplates",
    "sortingnamekeytemplatename",
    "uniquenametemplatename",
    "labelalphanametemplatename",
];

/// `family=…, given=…, prefix=…, suffix=…`: BibLaTeX's extended format, in which each part has a key. Initials (`given-i`), the `id`,
/// and options are told and left out; of options alone there is no name.
fn extended(tex: &str, left_out: &mut dyn FnMut(&str)) -> Option<Person> {
    if !tex.contains('=') {
        return None;
    }
    let fields: Vec<(&str, &str)> = split_commas(tex).into_iter().map(key_value).collect::<Option<_>>()?;
    let is_one_of = |key: &str, known: &[&str]| known.iter().any(|known| key.eq_ignore_ascii_case(known));
    let is_name = fields.iter().any(|(key, _)| is_one_of(key, &["family", "given", "prefix", "suffix"]));
    if !is_name && !fields.iter().all(|(key, _)| is_one_of(key, &OPTIONS)) {
        return None;
    }
    let mut person = Person::default();
    let mut prefix = EcoString::new();
    let mut stays = true;
    for (key, value) in fields {
        match key.to_ascii_lowercase().as_str() {
            "family" => person.family = part(value),
            "given" => person.given = part(value),
            "prefix" => prefix = part(value),
            "suffix" => person.suffix = part(value),
            "useprefix" if is_name => stays = value != "false",
            _ => left_out(&format!("{key}={value}")),
        }
    }
    if stays {
        person.non_dropping_particle = prefix;
    } else {
        person.dropping_particle = prefix;
    }
    Some(person)
}

/// The key of letters and hyphens in front of the equals sign, and the value behind it without its quotation marks.
fn key_value(field: &str) -> Option<(&str, &str)> {
    let (key, value) = field.split_once('=')?;
    let (key, value) = (key.trim(), value.trim());
    let is_word = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    let value = value.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(value);
    is_word.then_some((key, value))
}

/// A part of a name as characters; braces around all of it only keep it together.
fn part(tex: &str) -> EcoString {
    tex::decode_plain(tex::strip_group(tex)).into()
}

fn join_parts(words: &[&str]) -> EcoString {
    match words {
        [] => EcoString::new(),
        [word] => part(word),
        words => tex::decode_plain(&words.join(" ")).into(),
    }
}

/// Whether BibTeX takes a word for a part of the particle: its first letter outside of braces, or of an accent, is a small one.
fn is_lower_tex(word: &str) -> bool {
    if !word.contains(['{', '\\']) {
        return is_lower(word);
    }
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        match c {
            '{' if rest[1..].starts_with('\\') => return is_lower(&tex::decode_plain(rest)),
            '\\' => return is_lower(&tex::decode_plain(rest)),
            '{' => {
                let mut depth = 0_usize;
                let end = rest.bytes().position(|byte| {
                    match byte {
                        b'{' => depth += 1,
                        b'}' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    depth == 0
                });
                rest = end.map_or("", |end| &rest[end + 1..]);
            }
            c if c.is_alphabetic() => return c.is_lowercase(),
            c => rest = &rest[c.len_utf8()..],
        }
    }
    false
}

/// How names are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) encode: Encode,
    /// Whether "and others" may end the list.
    pub(crate) others: bool,
    /// Whether BibLaTeX's extended format may say what BibTeX's cannot.
    pub(crate) extended: bool,
}

/// Writes a list of names.
pub(crate) fn write(names: &Names, style: Style) -> String {
    let mut parts: Vec<String> = names.list.iter().map(|name| write_name(name, style)).collect();
    if names.et_al && style.others {
        parts.push("others".to_owned());
    }
    parts.join(" and ")
}

fn write_name(name: &Name, style: Style) -> String {
    match name {
        Name::Literal(name) => format!("{{{}}}", tex::encode_plain(name, style.encode)),
        Name::Person(person) => {
            let tex = write_person(person, style.encode);
            if is_ordinary(person) || !style.extended {
                return tex;
            }
            let back = read_name(&tex, &mut |_| {});
            let same =
                back.as_person().is_some_and(|back| Person { orcid: person.orcid.clone(), ..back.clone() } == *person);
            if same { tex } else { write_extended(person, style.encode) }
        }
    }
}

/// A family name that is one word, and given names of capitals: what every reader takes apart as it was meant.
fn is_ordinary(person: &Person) -> bool {
    let capital = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase()) && word.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c))
    };
    let particles =
        person.dropping_particle.is_empty() && person.non_dropping_particle.is_empty() && person.suffix.is_empty();
    particles && capital(&person.family) && !person.given.is_empty() && person.given.split(' ').all(capital)
}

/// `family={…}, given={…}`.
fn write_extended(person: &Person, encode: Encode) -> String {
    let dropping = person.non_dropping_particle.is_empty();
    let prefix = if dropping { &person.dropping_particle } else { &person.non_dropping_particle };
    let mut parts = Vec::new();
    for (key, value) in
        [("family", &person.family), ("given", &person.given), ("prefix", prefix), ("suffix", &person.suffix)]
    {
        if !value.is_empty() {
            parts.push(format!("{key}={{{}}}", tex::encode_plain(value, encode)));
        }
    }
    if dropping && !prefix.is_empty() {
        parts.push("useprefix=false".to_owned());
    }
    parts.join(", ")
}

/// "von Last, Jr, First".
fn write_person(person: &Person, options: Encode) -> String {
    let part = |text: &str| tex::encode_plain(text, options);
    let family = family(person, options);
    let last = join(&part(&person.non_dropping_particle), &family);
    let given = given(&person.given, options);
    let dropping = part(&person.dropping_particle);
    // A particle stands behind a given name, if only behind an empty one.
    let first =
        if given.is_empty() && !dropping.is_empty() { format!("{{}} {dropping}") } else { join(&given, &dropping) };
    if !person.suffix.is_empty() {
        let suffix = unit_if(needs_unit(&person.suffix), part(&person.suffix));
        return format!("{last}, {suffix}, {first}").trim_end().to_owned();
    }
    if first.is_empty() {
        // Two words without a comma would be read as given and family name, and one group as a body.
        let words = last.split_whitespace().count();
        return if words == 1 && !tex::is_group(&last) { last } else { format!("{last},") };
    }
    format!("{last}, {first}")
}

/// The family name; in braces where its words would be taken for a particle, or for two names.
fn family(person: &Person, options: Encode) -> String {
    let words: Vec<&str> = person.family.split(' ').collect();
    let particles = words.len() > 1 && words[..words.len() - 1].iter().any(|word| is_lower(word));
    unit_if(particles || needs_unit(&person.family), tex::encode_plain(&person.family, options))
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
    match word.as_bytes().first() {
        Some(b'A'..=b'Z') => false,
        Some(b'a'..=b'z') => true,
        _ => word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(name: &Name) -> String {
        match name {
            Name::Literal(name) => format!("[{name}]"),
            Name::Person(person) => {
                let parts = [
                    ("f", &person.family),
                    ("g", &person.given),
                    ("nd", &person.non_dropping_particle),
                    ("d", &person.dropping_particle),
                    ("s", &person.suffix),
                ];
                let shown: Vec<String> = parts
                    .iter()
                    .filter(|(_, value)| !value.is_empty())
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect();
                shown.join(" ")
            }
        }
    }

    #[track_caller]
    fn check(tex: &str, expected: &[&str]) {
        let names = read(tex, &mut |_| {});
        let mut shown: Vec<String> = names.list.iter().map(show).collect();
        if names.et_al {
            shown.push("et al.".to_owned());
        }
        assert_eq!(shown, expected, "{tex}");
        for ascii in [false, true] {
            let encode = Encode { ascii, ..Encode::default() };
            let written = write(&names, Style { encode, others: true, extended: true });
            assert_eq!(read(&written, &mut |_| {}), names, "written as {written}");
        }
    }

    #[test]
    fn the_three_forms_of_bibtex() {
        check("Ludwig van Beethoven", &["f=Beethoven g=Ludwig nd=van"]);
        check("van Beethoven, Ludwig", &["f=Beethoven g=Ludwig nd=van"]);
        check(
            "de la Vall{\\'e}e Poussin, Jr., Charles Louis Xavier Joseph",
            &["f=Vallée Poussin g=Charles Louis Xavier Joseph nd=de la s=Jr."],
        );
        check("Aristotle", &["f=Aristotle"]);
        check("Donald E. Knuth and Leslie~Lamport", &["f=Knuth g=Donald E.", "f=Lamport g=Leslie"]);
        check("bell hooks and hooks, bell", &["f=hooks nd=bell", "f=hooks g=bell"]);
    }

    #[test]
    fn bodies_stand_in_braces_and_others_is_a_flag() {
        check(
            "{Barnes and Noble, Inc.} and {{World Bank}} and others",
            &["[Barnes and Noble, Inc.]", "[World Bank]", "et al."],
        );
        check("others", &["et al."]);
        check("AND Smith, J. AND  and Doe, K.", &["f=Smith g=J.", "f=Doe g=K."]);
    }

    #[test]
    fn braces_make_one_unit() {
        check("{Ortega y Gasset}, Jos{\\'e}", &["f=Ortega y Gasset g=José"]);
        check("Ortega {y} Gasset, José", &["f=Ortega y Gasset g=José"]);
        check("{\\'E}lie Cartan", &["f=Cartan g=Élie"]);
        check("{\\'E}", &["f=É"]);
    }

    #[test]
    fn a_particle_behind_the_given_names_may_be_dropped() {
        check("Goethe, Johann Wolfgang von", &["f=Goethe g=Johann Wolfgang d=von"]);
        check("Silva, J. C. da", &["f=Silva g=J. C. d=da"]);
    }

    #[test]
    fn the_extended_format() {
        check(
            "family=Goethe, given={Johann Wolfgang}, prefix=von, useprefix=false",
            &["f=Goethe g=Johann Wolfgang d=von"],
        );
        check("given=Prince and family={Le Clézio}, given=J. M. G.", &["g=Prince", "f=Le Clézio g=J. M. G."]);
        check("given=Jean, prefix=De, family=Vries, suffix=III", &["f=Vries g=Jean nd=De s=III"]);
        check("a=b, c=d", &["f=a=b g=c=d"]);
    }

    #[test]
    fn options_of_one_name_are_no_parts_of_it() {
        check("family=Doe, given=Jane, uniquename=false and Roe, R.", &["f=Doe g=Jane", "f=Roe g=R."]);
        let mut left_out = Vec::new();
        read("family=Doe, given=Jane, given-i={J}, nametemplates=x", &mut |option| left_out.push(option.to_owned()));
        assert_eq!(left_out, ["given-i={J}", "nametemplates=x"]);
        check("useprefix=false and Alan von Animal", &["f=Animal g=Alan nd=von"]);
    }

    #[test]
    fn what_needs_braces_gets_them() {
        let odd = Names::new(vec![
            Name::person("Smith, Jones", "A and B"),
            Name::person("de Souza", "ana maria"),
            Name::person("Müller", "").with_suffix("Jr."),
            Name::person("van der Berg", ""),
            Name::literal("a and b"),
        ]);
        let written = write(&odd, Style { encode: Encode::default(), others: true, extended: true });
        assert_eq!(read(&written, &mut |_| {}), odd, "{written}");
    }

    #[test]
    fn accents_that_want_a_blank_do_not_divide_a_word() {
        check("\\v Sebek, Jan", &["f=Šebek g=Jan"]);
    }
}
