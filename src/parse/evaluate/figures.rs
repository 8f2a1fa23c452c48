//! Numbers, pages, editions and identifiers as they are compared.

use unicode_normalization::UnicodeNormalization;

use super::text::{base, fold_case, is_letter, is_word, words};

/// Words in front of a number that are no part of it.
const NUMBER_WORDS: &[&str] = &[
    "volume", "vol", "vols", "bd", "band", "jg", "jahrg", "tome", "tom", "t", "v", "no", "nr", "num", "number",
    "numero", "número", "núm", "issue", "iss", "heft", "h", "n", "№", "nº", "n°", "vyp", "вып", "т", "том", "art",
    "article", "paper", "report", "rep", "tr", "series", "ser", "part", "pt", "supp", "suppl", "#",
];

fn strip(text: &str, edge: &str) -> String {
    text.trim_matches(|c| edge.contains(c)).to_owned()
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn blank_out(text: &str, marks: &str) -> String {
    text.chars().map(|c| if marks.contains(c) { ' ' } else { c }).collect()
}

/// Takes one word of [`NUMBER_WORDS`] off the front.
fn strip_number_word(text: &str) -> &str {
    for word in NUMBER_WORDS {
        if let Some(rest) = text.strip_prefix(word)
            && (rest.is_empty()
                || rest.starts_with(|c: char| c.is_whitespace() || ".:#".contains(c) || c.is_ascii_digit()))
        {
            return rest.trim_start_matches(|c: char| c.is_whitespace() || ".:#°º".contains(c));
        }
    }
    text
}

/// A volume, an issue, a number.
pub(super) fn figure_key(text: &str) -> String {
    let mut text = strip(&blank_out(&base(text), "[]()\"“”„,;"), " .:");
    for _ in 0..3 {
        let rest = strip(strip_number_word(&text), " .:");
        if !rest.is_empty() {
            text = rest;
        }
    }
    let text = strip(&without_blanks(&text).replace('/', "-"), ".-");
    text.split('-').map(roman).collect::<Vec<_>>().join("-")
}

/// A Roman numeral as figures; anything else as it is.
fn roman(text: &str) -> String {
    let value = |c: char| match c {
        'i' => 1,
        'v' => 5,
        'x' => 10,
        'l' => 50,
        'c' => 100,
        'd' => 500,
        _ => 1000,
    };
    if text.is_empty() || !is_roman(text) {
        return text.to_owned();
    }
    let values: Vec<i32> = text.chars().map(value).collect();
    let total: i32 = values
        .iter()
        .enumerate()
        .map(|(at, own)| if values.get(at + 1).is_some_and(|next| next > own) { -own } else { *own })
        .sum();
    total.to_string()
}

fn is_roman(text: &str) -> bool {
    let mut rest = text;
    let run = |rest: &mut &str, letter: char| {
        let len = rest.chars().take_while(|c| *c == letter).count().min(4);
        *rest = &rest[len..];
    };
    run(&mut rest, 'm');
    for (nine, four, five, one) in [("cm", "cd", 'd', 'c'), ("xc", "xl", 'l', 'x'), ("ix", "iv", 'v', 'i')] {
        if let Some(tail) = rest.strip_prefix(nine).or_else(|| rest.strip_prefix(four)) {
            rest = tail;
        } else {
            rest = rest.strip_prefix(five).unwrap_or(rest);
            run(&mut rest, one);
        }
    }
    rest.is_empty()
}

/// An edition: its number, or what is left without the words for "edition".
pub(super) fn edition_key(text: &str) -> String {
    const WORDS: &[&str] = &[
        "ed", "edn", "edition", "éd", "édition", "edición", "auflage", "aufl", "the", "edizione", "edição", "изд",
        "wyd", "uitgave", "druk", "opl",
    ];
    const ORDINALS: [&[&str]; 10] = [
        &["first", "erste", "premiere", "primera", "prima"],
        &["second", "zweite", "deuxieme", "segunda", "seconda"],
        &["third", "dritte", "troisieme", "tercera", "terza"],
        &["fourth", "vierte", "quatrieme", "cuarta", "quarta"],
        &["fifth", "funfte", "cinquieme", "quinta"],
        &["sixth", "sechste", "sexta"],
        &["seventh", "siebte"],
        &["eighth", "achte"],
        &["ninth", "neunte"],
        &["tenth", "zehnte"],
    ];
    let folded = base(text);
    if let Some(start) = folded.find(|c: char| c.is_ascii_digit()) {
        let len = folded[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(folded.len() - start);
        return folded[start..start + len].to_owned();
    }
    let words: Vec<String> = words(&folded).into_iter().filter(|word| !WORDS.contains(&word.as_str())).collect();
    for word in &words {
        let plain: String = word.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
        if let Some(at) = ORDINALS.iter().position(|names| names.contains(&plain.as_str())) {
            return (at + 1).to_string();
        }
    }
    words.concat()
}

/// Pages: each range in full, parted by commas.
pub(super) fn page_key(text: &str) -> String {
    let folded = base(text);
    let folded = strip_page_words(&strip_following(&folded));
    let folded = blank_out(&folded, "[]():\"");
    let ranges = split_ranges(&folded);
    ranges.iter().map(|range| page_range(range)).filter(|range| !range.is_empty()).collect::<Vec<_>>().join(", ")
}

/// "67 ff." → "67 "; only where a number stands in front.
fn strip_following(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let word = |at: Option<&char>| at.is_some_and(|c| is_word(*c));
    // Length of "f" or "ff" at a place, if a word ends behind it.
    let following = |at: usize| match (chars.get(at), chars.get(at + 1)) {
        (Some('f'), Some('f')) if !word(chars.get(at + 2)) => Some(2),
        (Some('f'), next) if !word(next) => Some(1),
        _ => None,
    };
    let announced = (0..chars.len()).any(|at| {
        let behind = (at + 1..chars.len()).find(|at| !chars[*at].is_whitespace());
        chars[at].is_ascii_digit() && behind.is_some_and(|at| following(at).is_some())
    });
    if !announced {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let starts = at == 0 || !is_word(chars[at - 1]);
        match following(at).filter(|_| starts) {
            Some(len) => at += len + usize::from(chars.get(at + len) == Some(&'.')),
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

/// Takes out the words for "pages".
fn strip_page_words(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let starts = at == 0 || !is_letter(chars[at - 1]);
        match if starts { page_word(&chars[at..]) } else { None } {
            Some(len) => {
                let found: String = chars[at..at + len].iter().collect();
                // A lone "s" glued to a number is a page of a supplement.
                if found.trim_matches([' ', '.']) == "s" && !found.ends_with(['.', ' ']) {
                    out.push_str(&found);
                }
                at += len;
            }
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

/// Characters of a word for "pages" with what follows it, at the start of `chars`.
fn page_word(chars: &[char]) -> Option<usize> {
    const WORDS: &[&str] = &[
        "pages", "page", "pp", "p", "pags", "pag", "págs", "pág", "ss", "s", "стр", "с", "str", "seiten", "seite",
        "blz", "sid",
    ];
    let at = |place: usize| chars.get(place).copied().unwrap_or('\0');
    let starts = |place: usize, word: &str| word.chars().enumerate().all(|(offset, c)| at(place + offset) == c);
    let spaces = |place: usize| chars.get(place..).unwrap_or_default().iter().take_while(|c| c.is_whitespace()).count();
    let tail = |place: usize| match at(place) {
        '.' => Some(place + 1 + spaces(place + 1)),
        c if c.is_whitespace() => Some(place + spaces(place)),
        c if c.is_ascii_digit() => Some(place),
        _ => None,
    };
    // A number behind the word is needed to make an empty tail count, so that a match is never empty.
    for word in WORDS {
        if starts(0, word)
            && let Some(end) = tail(word.chars().count())
        {
            return Some(end);
        }
    }
    if !starts(0, "art") {
        return None;
    }
    for long in [starts(3, "icle"), false] {
        let head = if long { 7 } else { 3 };
        for dot in [at(head) == '.', false] {
            let head = head + usize::from(dot);
            for blanks in (0..=spaces(head)).rev() {
                let head = head + blanks;
                for word in ["no", "id", ""] {
                    if starts(head, word)
                        && let Some(end) = tail(head + word.len())
                    {
                        return Some(end);
                    }
                }
            }
        }
    }
    None
}

/// Cuts at commas, semicolons, "and" and "+".
fn split_ranges(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut parts = vec![String::new()];
    let mut at = 0;
    while at < chars.len() {
        let and = chars[at..].starts_with(&['a', 'n', 'd'])
            && (at == 0 || !is_word(chars[at - 1]))
            && !chars.get(at + 3).is_some_and(|c| is_word(*c));
        if and {
            parts.push(String::new());
            at += 3;
            continue;
        }
        if matches!(chars[at], ',' | ';' | '+') {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(chars[at]);
        }
        at += 1;
    }
    parts
}

fn page_range(text: &str) -> String {
    let mut joined = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if c != '-' || !joined.ends_with('-') {
            joined.push(c);
        }
    }
    let joined = strip(&joined, ".-");
    let range = match full_range(&joined) {
        Some(range) => range,
        None => joined.split('-').map(lone_page).collect::<Vec<_>>().join("-"),
    };
    match range.split_once('-') {
        Some((first, last)) if first == last => first.to_owned(),
        _ => range,
    }
}

fn lone_page(text: &str) -> String {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) { without_zeros(text) } else { roman(text) }
}

fn without_zeros(digits: &str) -> String {
    let kept = digits.trim_start_matches('0');
    if kept.is_empty() { "0".to_owned() } else { kept.to_owned() }
}

/// "s112-8" → "s112-s118"; nothing for what is no range of two numbers.
fn full_range(text: &str) -> Option<String> {
    let (first, last) = text.split_once('-')?;
    let (prefix, from, suffix) = page_parts(first)?;
    let (second_prefix, to, second_suffix) = page_parts(last)?;
    let to = if to.len() < from.len() { format!("{}{to}", &from[..from.len() - to.len()]) } else { to.to_owned() };
    let second_prefix = if second_prefix.is_empty() { prefix } else { second_prefix };
    Some(format!("{prefix}{}{suffix}-{second_prefix}{}{second_suffix}", without_zeros(from), without_zeros(&to)))
}

/// Letters, digits, letters.
fn page_parts(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let len = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - start);
    let (prefix, suffix) = (&text[..start], &text[start + len..]);
    (prefix.chars().all(is_letter) && suffix.chars().all(is_letter)).then_some((
        prefix,
        &text[start..start + len],
        suffix,
    ))
}

fn squeezed(text: &str) -> String {
    fold_case(&without_blanks(&text.nfkc().collect::<String>()))
}

/// The DOI in a text.
pub(super) fn doi_of(text: &str) -> Option<String> {
    let text = squeezed(text).replace("%2f", "/");
    let (start, _) = text.match_indices("10.").find(|(at, _)| {
        let tail = &text[at + 3..];
        let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
        (4..=9).contains(&digits) && tail.as_bytes().get(digits) == Some(&b'/') && tail.len() > digits + 1
    })?;
    Some(text[start..].trim_end_matches(|c: char| c.is_whitespace() || ".,;>])}".contains(c)).to_owned())
}

/// A URL without scheme, "www." and what may be left off at its end.
pub(super) fn url_key(text: &str) -> String {
    let text = strip(&squeezed(text), "<>()[].,;\"");
    let mut rest = text.as_str();
    if let Some(tail) = rest.strip_prefix("url") {
        rest = tail.strip_prefix(':').unwrap_or(tail);
    }
    if let Some(tail) = rest.strip_prefix("https:").or_else(|| rest.strip_prefix("http:")) {
        rest = tail.trim_start_matches('/');
    }
    if let Some(tail) = rest.strip_prefix("www") {
        let tail = tail.strip_prefix(|c: char| c.is_ascii_digit()).unwrap_or(tail);
        rest = tail.strip_prefix('.').unwrap_or(rest);
    }
    rest.trim_end_matches(['/', '.', ',', ';', '#']).to_owned()
}

/// Whether a URL is a DOI's link.
pub(super) fn is_doi_url(text: &str) -> bool {
    fold_case(&without_blanks(text)).contains("doi.org/10.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_without_their_words() {
        assert_eq!(figure_key("Vol. XII"), "12");
        assert_eq!(figure_key("no. 3/4"), "3-4");
        assert_eq!(figure_key("(S12)"), "s12");
        assert_eq!(edition_key("Second edition"), "2");
        assert_eq!(edition_key("3., überarb. Aufl."), "3");
    }

    #[test]
    fn page_ranges_are_completed() {
        assert_eq!(page_key("pp. 112–8"), "112-118");
        assert_eq!(page_key("S12-9"), "s12-s19");
        assert_eq!(page_key("S. 67 ff."), "67");
        assert_eq!(page_key("21, 25 and 30-30"), "21, 25, 30");
        assert_eq!(page_key("Art. no. 045"), "45");
        assert_eq!(page_key("xii–xv"), "12-15");
    }

    #[test]
    fn identifiers_are_stripped() {
        assert_eq!(doi_of("https://doi.org/10.1000/ABC.").as_deref(), Some("10.1000/abc"));
        assert_eq!(url_key("http://www.A.org/b/"), "a.org/b");
        assert!(is_doi_url("http://dx.doi.org/10.1/x"));
    }
}
