//! The words of a note in front of the work it cites: "Vgl. hierzu", "See also", "Cf.", "Voir".
//!
//! They belong to the sentence of the note, not to the reference. Only words are taken off, from a short list; a first word that could
//! begin a reference stays.

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
];

/// Words that open a note only before another of its words: "So auch", "Ver también", "Por ejemplo".
const WEAK: &[&str] =
    &["so", "por", "ver", "dazu", "hierzu", "ausführlich", "ausführlicher", "grundlegend", "zuletzt", "see", "vide"];

/// The text behind the opening words of a note; the text itself when there are none.
pub(super) fn strip(text: &str) -> &str {
    let (first, rest) = word(text);
    let opener = key(first);
    if !OPENERS.contains(&opener.as_str()) {
        return text;
    }
    // "See, T. J." and "So, A. Y." are names.
    if first.ends_with(',') {
        return text;
    }
    let mut behind = rest;
    let mut followed = false;
    for _ in 0..5 {
        let (next, after) = word(behind);
        let next_key = key(next);
        if !(FOLLOWERS.contains(&next_key.as_str()) || OPENERS.contains(&next_key.as_str())) || after.is_empty() {
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

/// The first word and what follows it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
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
        ] {
            assert_eq!(strip(text), text);
        }
    }
}
