//! The words that decide: what joins names, what stands in front of them, what is no name.

/// Words that join the last name to those before it.
pub(super) fn is_conjunction(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "und"
            | "et"
            | "e"
            | "y"
            | "i"
            | "og"
            | "och"
            | "en"
            | "ja"
            | "a"
            | "u"
            | "és"
            | "ve"
            | "dan"
            | "и"
            | "та"
            | "і"
            | "και"
    )
}

/// Particles of family names, in lower case.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "van"
            | "von"
            | "vom"
            | "zu"
            | "zum"
            | "zur"
            | "der"
            | "den"
            | "ter"
            | "ten"
            | "te"
            | "de"
            | "del"
            | "della"
            | "delle"
            | "degli"
            | "dei"
            | "di"
            | "da"
            | "das"
            | "do"
            | "dos"
            | "du"
            | "des"
            | "la"
            | "le"
            | "lo"
            | "los"
            | "las"
            | "al"
            | "el"
            | "bin"
            | "ibn"
            | "ben"
            | "af"
            | "av"
            | "dal"
            | "dalla"
            | "d"
            | "l"
            | "st"
            | "’t"
            | "'t"
            | "y"
            | "e"
    )
}

/// Small words inside the name of a body: "Ministry *of* Health".
pub(super) fn is_connective(word: &str) -> bool {
    is_particle(word)
        || matches!(
            word,
            "of" | "for" | "the" | "in" | "on" | "to" | "at" | "und" | "für" | "and" | "et" | "pour" | "para" | "à"
        )
}

/// Capitalised words that begin a sentence or announce a citation, and are no names.
pub(super) fn is_no_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    is_month(&lower) || NO_NAMES.binary_search(&lower.as_str()).is_ok()
}

/// Names of months and their abbreviations without stop, in lower case.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.binary_search(&word).is_ok()
}

/// Words with which a group that is no citation begins or goes on: "Fig.", "Act", "Version".
pub(super) fn is_thing(word: &str) -> bool {
    THINGS.binary_search(&word.to_lowercase().as_str()).is_ok()
}

const MONTHS: &[&str] = &[
    "abril",
    "agosto",
    "août",
    "apr",
    "april",
    "aprile",
    "aug",
    "august",
    "augustus",
    "avril",
    "czerwca",
    "dec",
    "december",
    "decembre",
    "dez",
    "dezember",
    "dezembro",
    "dicembre",
    "diciembre",
    "décembre",
    "enero",
    "feb",
    "febbraio",
    "febr",
    "febrero",
    "februar",
    "februari",
    "february",
    "fevereiro",
    "février",
    "gennaio",
    "giugno",
    "jan",
    "janeiro",
    "januar",
    "januari",
    "january",
    "janvier",
    "juillet",
    "juin",
    "jul",
    "julho",
    "juli",
    "julio",
    "july",
    "jun",
    "june",
    "junho",
    "juni",
    "junio",
    "luglio",
    "maart",
    "maggio",
    "mai",
    "maio",
    "mar",
    "march",
    "mars",
    "mart",
    "marzo",
    "março",
    "may",
    "mayo",
    "mei",
    "märz",
    "nov",
    "november",
    "novembre",
    "novembro",
    "noviembre",
    "oct",
    "october",
    "octobre",
    "octubre",
    "okt",
    "oktober",
    "ottobre",
    "out",
    "outubro",
    "sep",
    "sept",
    "september",
    "septembre",
    "septiembre",
    "set",
    "setembro",
    "settembre",
];

const NO_NAMES: &[&str] = &[
    "according",
    "adapted",
    "additionally",
    "after",
    "afterwards",
    "again",
    "ainsi",
    "all",
    "also",
    "although",
    "among",
    "an",
    "and",
    "another",
    "apart",
    "apesar",
    "as",
    "assim",
    "at",
    "auch",
    "because",
    "before",
    "bei",
    "besides",
    "both",
    "but",
    "by",
    "cf",
    "classical",
    "compare",
    "comparing",
    "concerning",
    "consistent",
    "contrary",
    "conversely",
    "dans",
    "data",
    "despite",
    "die",
    "dieser",
    "diz",
    "due",
    "durante",
    "during",
    "each",
    "earlier",
    "early",
    "eg",
    "either",
    "em",
    "en",
    "equation",
    "especially",
    "esta",
    "este",
    "even",
    "every",
    "example",
    "finally",
    "first",
    "following",
    "for",
    "from",
    "further",
    "furthermore",
    "given",
    "hence",
    "here",
    "his",
    "how",
    "however",
    "ibid",
    "if",
    "in",
    "indeed",
    "initially",
    "inspired",
    "instead",
    "it",
    "its",
    "la",
    "later",
    "le",
    "less",
    "like",
    "likewise",
    "many",
    "meanwhile",
    "more",
    "moreover",
    "most",
    "na",
    "nach",
    "nas",
    "neither",
    "nevertheless",
    "next",
    "no",
    "nonetheless",
    "nor",
    "not",
    "notably",
    "now",
    "of",
    "on",
    "once",
    "one",
    "only",
    "or",
    "original",
    "other",
    "others",
    "our",
    "para",
    "per",
    "perhaps",
    "por",
    "previously",
    "prior",
    "recent",
    "recently",
    "regarding",
    "review",
    "reviewed",
    "second",
    "see",
    "segundo",
    "selon",
    "siehe",
    "similar",
    "similarly",
    "since",
    "so",
    "some",
    "source",
    "specifically",
    "still",
    "studies",
    "study",
    "subsequent",
    "subsequently",
    "such",
    "than",
    "that",
    "the",
    "their",
    "then",
    "there",
    "thereafter",
    "these",
    "they",
    "third",
    "this",
    "those",
    "though",
    "three",
    "through",
    "thus",
    "to",
    "today",
    "together",
    "traditionally",
    "two",
    "u.s",
    "ultimately",
    "under",
    "unlike",
    "until",
    "updated",
    "upon",
    "using",
    "vgl",
    "via",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "whereas",
    "whether",
    "which",
    "while",
    "whilst",
    "who",
    "why",
    "with",
    "within",
    "without",
    "work",
    "works",
    "yet",
];

const THINGS: &[&str] = &[
    "act",
    "amendment",
    "anexo",
    "appendix",
    "article",
    "box",
    "chapter",
    "decree",
    "directive",
    "edition",
    "eq",
    "equation",
    "fig",
    "figs",
    "figura",
    "figure",
    "figures",
    "law",
    "lei",
    "no",
    "protocol",
    "recital",
    "regulation",
    "release",
    "rule",
    "section",
    "supplement",
    "tab",
    "tabela",
    "table",
    "tables",
    "version",
    "vol",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        for table in [MONTHS, NO_NAMES, THINGS] {
            let wrong = table.windows(2).find(|pair| pair[0] >= pair[1]);
            assert!(wrong.is_none(), "{wrong:?}");
        }
    }
}
