//! Which words of a title need braces, so that a style that recases titles leaves their capitals alone.
//!
//! BibTeX's styles set a title in small letters but for its first letter and that behind a colon. A capital behind the first letter
//! of a word ("DNA", "McCarthy") is always meant. A capital at the beginning of a word is meant where the title is not set in title
//! case: where some word that title case would capitalise has none ("Military competition in the Sino-Russian partnership").
//!
//! The reader asks the same, so that braces around such words say nothing to it, and a record is the same whether they were there.

use std::ops::Range;

use super::commands;

/// Words that title case leaves small.
const SMALL: &[&str] = &[
    "a",
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "among",
    "an",
    "and",
    "around",
    "as",
    "at",
    "be",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "between",
    "beyond",
    "but",
    "by",
    "down",
    "during",
    "et",
    "except",
    "for",
    "from",
    "how",
    "if",
    "in",
    "inside",
    "into",
    "is",
    "it",
    "its",
    "like",
    "near",
    "nor",
    "not",
    "of",
    "off",
    "on",
    "onto",
    "or",
    "out",
    "outside",
    "over",
    "past",
    "per",
    "since",
    "so",
    "than",
    "that",
    "the",
    "their",
    "through",
    "throughout",
    "till",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "up",
    "upon",
    "versus",
    "via",
    "vs",
    "when",
    "with",
    "within",
    "without",
    "yet",
    "de",
    "la",
    "van",
    "von",
    "der",
    "en",
    "y",
    "e",
    "i",
    "s",
    "t",
    "d",
    "l",
    "al",
];

/// A word, and whether it begins the title or stands behind a colon.
struct Word<'t> {
    text: &'t str,
    start: usize,
    first: bool,
    /// Whether a hyphen or an apostrophe joins it to the word before.
    joined: bool,
}

/// The stretches of a title whose capitals are meant, in order; neighbouring words are one stretch.
pub(crate) fn ranges(title: &str) -> Vec<Range<usize>> {
    if !title.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        return Vec::new();
    }
    let words = words(title);
    let sentence_case = words.iter().any(|word| {
        let small = word.text.chars().all(|c| !c.is_uppercase()) && word.text.starts_with(char::is_lowercase);
        small && !word.joined && !SMALL.contains(&word.text) && word.text.chars().count() > 1
    });
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for word in &words {
        let first_capital = word.text.starts_with(char::is_uppercase);
        let meant = has_inner_capital(word.text) || (sentence_case && first_capital && !word.first);
        let end = word.start + word.text.len();
        let joins = ranges.last().is_some_and(|last| {
            let between = &title[last.end..word.start];
            matches!(between, " " | "-" | "‐" | "–" | "'" | "’")
        });
        // What has no case may stand inside a stretch, "COVID-19", but not begin one.
        let neutral = !word.text.chars().any(|c| c.is_lowercase() || c.is_uppercase());
        match ranges.last_mut() {
            Some(last) if joins && (meant || (neutral && word.joined)) => last.end = end,
            // "Russia's", "Marxism-inspired": the end of a word goes with its beginning.
            Some(last) if joins && word.joined && title[last.end..word.start] != *"-" => last.end = end,
            _ if meant => ranges.push(word.start..end),
            _ => {}
        }
    }
    ranges
}

/// Whether the stretches cover every word of a part of the title that has case.
pub(crate) fn covers(ranges: &[Range<usize>], title: &str, part: Range<usize>) -> bool {
    words(&title[part.clone()]).iter().all(|word| {
        let (start, end) = (part.start + word.start, part.start + word.start + word.text.len());
        let cased = word.text.chars().any(|c| c.is_lowercase() || c.is_uppercase());
        !cased || ranges.iter().any(|range| range.start <= start && end <= range.end)
    })
}

fn words(title: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut at = 0;
    let mut behind = 0;
    while let Some(found) = title[at..].find(is_word) {
        let start = at + found;
        let len = title[start..].find(|c| !is_word(c)).unwrap_or(title.len() - start);
        let between = &title[behind..start];
        words.push(Word {
            text: &title[start..start + len],
            start,
            first: words.is_empty() || between.trim_end_matches(['“', '‘', '"', '\'', '(', '[', '«']).ends_with(": "),
            joined: !words.is_empty() && matches!(between, "-" | "‐" | "'" | "’"),
        });
        at = start + len;
        behind = at;
    }
    words
}

/// Letters, digits, and the marks on them.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || commands::is_mark(c)
}

/// "DNA", "McCarthy", "iPhone": a capital that is not the first letter.
fn has_inner_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: &[&str]) {
        let found: Vec<&str> = ranges(title).into_iter().map(|range| &title[range]).collect();
        assert_eq!(found, expected, "{title}");
    }

    #[test]
    fn capitals_inside_a_word_are_always_meant() {
        check("The Structure of DNA and RNA: A Review by McCarthy", &["DNA", "RNA", "McCarthy"]);
        check("COVID-19 in iPhones", &["COVID-19", "iPhones"]);
    }

    #[test]
    fn in_sentence_case_a_capital_is_a_name() {
        check("Military competition in the Sino-Russian partnership", &["Sino-Russian"]);
        check(
            "China's Belt and Road in Central Asia: Friend or foe to Russia?",
            &["Belt", "Road", "Central Asia", "Russia"],
        );
        check(
            "Multilateralism and the nexus: The Shanghai Cooperation Organization",
            &["Shanghai Cooperation Organization"],
        );
        check("China and Russia’s military collaboration: Challenges", &["Russia’s"]);
        check("Histoire de la langue française. Une étude", &["Une"]);
    }

    #[test]
    fn in_title_case_a_capital_says_nothing() {
        check("The Role of China in World Politics", &[]);
        check("Middlemarch", &[]);
        check("war and peace", &[]);
    }

    #[test]
    fn a_part_is_covered_or_not() {
        let title = "The rise of Marx and DNA";
        let ranges = ranges(title);
        assert!(covers(&ranges, title, 12..16) && covers(&ranges, title, 21..24) && !covers(&ranges, title, 12..24));
    }
}
