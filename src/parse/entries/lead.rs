//! The words of a note in front of the work it cites: "Vgl. hierzu", "See also", "Cf.", "Voir".
//!
//! They belong to the sentence of the note, not to the reference. Only words are taken off, from a short list; a first word that could
//! begin a reference stays. Chemists announce what they list: "For selected examples, see:", "Reviews:".

use crate::parse::section;

/// Words that open a note and by themselves prove it.
const OPENERS: &[&str] = &[
    "vgl",
    "siehe",
    "see",
    "cf",
    "voir",
    "véase",
    "véanse",
    "vid",
    "vide",
    "zie",
    "cfr",
    "s.a",
    "vergleiche",
    "confer",
    "см",
    "por",
    "ver",
    "hierzu",
    "dazu",
    "ausführlich",
    "ausführlicher",
    "grundlegend",
    "zuletzt",
    "jfr",
    "jf",
    "srov",
    "zob",
    "vrt",
    "vö",
    "bkz",
    "e.g",
    "z.b",
    "so",
    "vedi",
    "voyez",
    "voy",
    "compare",
    "vergelijk",
    "ср",
    "but",
];

/// Words that may follow an opener.
const FOLLOWERS: &[&str] = &[
    "also",
    "auch",
    "hierzu",
    "dazu",
    "etwa",
    "beispielsweise",
    "z.b",
    "bspw",
    "u.a",
    "insbesondere",
    "insb",
    "bes",
    "besonders",
    "ferner",
    "aussi",
    "notamment",
    "par",
    "exemple",
    "también",
    "anche",
    "ook",
    "e.g",
    "i.a",
    "inter",
    "alia",
    "for",
    "example",
    "instance",
    "esp",
    "especially",
    "too",
    "und",
    "zum",
    "zur",
    "folgenden",
    "diskussion",
    "einführend",
    "allgemein",
    "ausführlich",
    "z",
    "b",
    "u",
    "a",
    "further",
    "generally",
    "например",
    "также",
    "jedoch",
    "aber",
    "nur",
    "only",
    "exemplarisch",
    "grundlegend",
    "zusammenfassend",
    "kritisch",
    "überblick",
    "den",
    "die",
    "der",
    "ancora",
    "igualmente",
    "egalement",
    "également",
    "ejemplo",
    "recently",
    "recent",
    "work",
    "reviews",
    "review",
    "references",
    "refs",
    "ref",
    "therein",
];

/// Words that open a note only before another of its words: "So auch", "Ver también", "Por ejemplo".
const WEAK: &[&str] = &[
    "so",
    "por",
    "ver",
    "dazu",
    "hierzu",
    "ausführlich",
    "ausführlicher",
    "grundlegend",
    "zuletzt",
    "see",
    "vide",
    "but",
    "compare",
];

/// Words that begin an announcement: "For a review, see: …", "Für Übersichten siehe …".
const ANNOUNCERS: &[&str] = &[
    "for",
    "für",
    "zu",
    "zur",
    "zum",
    "über",
    "on",
    "pour",
    "sur",
    "per",
    "para",
    "sobre",
    "over",
    "voor",
    "review",
    "reviews",
    "recent",
    "selected",
    "some",
    "examples",
    "example",
    "übersichten",
    "übersicht",
    "übersichtsartikel",
    "beispiele",
];

/// Words that end one.
const POINTERS: &[&str] = &["see", "siehe", "vgl", "cf", "voir", "véase", "vedi", "zie", "cfr", "ver", "consult"];

/// How far an announcement may go, in bytes.
const LONGEST: usize = 160;

/// The text behind the opening words of a note; the text itself when there are none.
pub(super) fn strip(text: &str) -> &str {
    let (first, rest) = word(text);
    let opener = key(first);
    if !OPENERS.contains(&opener.as_str()) {
        return announced(text).unwrap_or(text);
    }
    // "See, T. J." and "So, A. Y." are names; "See, e.g.," and "See, for example," are not; "CF Green" and "C.F. Green" begin with initials.
    let letters = || first.chars().filter(|c| c.is_alphabetic());
    let named = first.ends_with(',') && !FOLLOWERS.contains(&key(word(rest).0).as_str());
    if named || (letters().count() > 1 && letters().all(char::is_uppercase)) {
        return text;
    }
    let mut behind = rest;
    let mut followed = false;
    for _ in 0..5 {
        let (next, after) = word(behind);
        let next_key = key(next);
        // "a)" is the letter of a part.
        let known = FOLLOWERS.contains(&next_key.as_str()) || OPENERS.contains(&next_key.as_str());
        if !known || after.is_empty() || next.ends_with(')') {
            break;
        }
        // "Von der Heide": articles count only in lower case and before another lower-case word or a name.
        if next.starts_with(char::is_uppercase)
            && !OPENERS.contains(&next_key.as_str())
            && !next_key.starts_with("disk")
            && next_key != "folgenden"
            && next_key != "überblick"
        {
            break;
        }
        behind = after;
        followed = true;
    }
    let weak = WEAK.contains(&opener.as_str());
    let name_follows = behind
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '„' | '«' | '('));
    let lower_particle = behind.starts_with("van ") || behind.starts_with("von ") || behind.starts_with("de ");
    if (weak && !followed && !first.ends_with(':') && opener != "see")
        || behind.is_empty()
        || !(name_follows || lower_particle || followed)
    {
        return text;
    }
    behind
}

/// The text behind an announcement at its start.
fn announced(text: &str) -> Option<&str> {
    let (first, rest) = word(text);
    if !ANNOUNCERS.contains(&key(first).as_str()) {
        return None;
    }
    let mut behind = if first.ends_with(':') { Some(rest) } else { None };
    let mut at = rest;
    while behind.is_none() {
        let (next, after) = word(at);
        let read = text.len() - after.len();
        if next.is_empty() || read > LONGEST || next.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if POINTERS.contains(&key(next).as_str()) || next.ends_with(':') {
            behind = Some(after);
        }
        at = after;
    }
    let mut behind = behind?;
    while let (next, after) = word(behind)
        && !after.is_empty()
        && FOLLOWERS.contains(&key(next).as_str())
        && !next.starts_with(char::is_uppercase)
        && !next.ends_with(')')
    {
        behind = after;
    }
    let begins = section::start(section::prefix(behind, LONGEST)).is_author()
        || behind.starts_with('(')
        || behind.get(1..2) == Some(")") && behind.starts_with(|c: char| c.is_ascii_lowercase());
    begins.then_some(behind)
}

/// The first word and what follows it. A word that is longer than any of ours is not looked at to its end.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let head = section::prefix(text, 60);
    match head.find(char::is_whitespace) {
        Some(end) => (&text[..end], text[end..].trim_start()),
        None if head.len() == text.len() => (text, ""),
        None => ("", text),
    }
}

fn key(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn the_words_of_a_note_go() {
        for (text, rest) in [
            ("Vgl. Ernest Gellner, Nationalismus", "Ernest Gellner, Nationalismus"),
            ("Vgl.: Herbert, Ulrich (2003)", "Herbert, Ulrich (2003)"),
            ("See also Smith 1998", "Smith 1998"),
            ("Siehe hierzu auch Kuhn, Towns", "Kuhn, Towns"),
            ("Cf. van Imhoff, E.", "van Imhoff, E."),
            ("See, e.g., Smith 1998", "Smith 1998"),
            ("but see A. Smith, Roads", "A. Smith, Roads"),
            ("Cfr. anche Rossi, M., Strade", "Rossi, M., Strade"),
            ("Véase también García, J.", "García, J."),
            ("Zie ook Jansen, P.", "Jansen, P."),
            ("См. также Иванов И.", "Иванов И."),
        ] {
            assert_eq!(strip(text), rest);
        }
    }

    #[test]
    fn what_announces_a_list_of_works_goes() {
        for (text, rest) in [
            ("For a review, see: A. Smith, Synlett", "A. Smith, Synlett"),
            ("for selected examples of cross-couplings, see: a) A. Smith", "a) A. Smith"),
            ("Für Übersichten siehe auch: a) A. Smith", "a) A. Smith"),
            ("Reviews: (a) Smith, J.", "(a) Smith, J."),
        ] {
            assert_eq!(strip(text), rest);
        }
    }

    #[test]
    fn names_and_titles_stay() {
        for text in [
            "See, T. J. (1910). Stars",
            "So, A. Y. (1990)",
            "Ver Eecke, W.",
            "Porter, M.",
            "Seeing like a state",
            "Zuletzt gelacht",
            "For whom the bell tolls. New York: Scribner",
            "Review: the state of the art. Nature 3",
            "But not for me. Nature 3",
            "CF Green and SG Gibbs. Towns",
            "C.F. Green. Towns",
        ] {
            assert_eq!(strip(text), text);
        }
    }
}
