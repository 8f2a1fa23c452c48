//! Text as it is compared: without case, accents of spelling, punctuation.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters and digits as one thing, without the marks that some scripts count among the letters.
pub(super) fn is_alphanumeric(c: char) -> bool {
    c.is_alphanumeric() && !is_combining_mark(c)
}

/// A letter or the like: what is alphanumeric and no decimal digit.
pub(super) fn is_letter(c: char) -> bool {
    is_alphanumeric(c) && decimal(c).is_none()
}

/// What a word of a text may hold, in the sense of regular expressions.
pub(super) fn is_word(c: char) -> bool {
    is_alphanumeric(c) || c == '_'
}

/// The value of a decimal digit of any script.
pub(super) fn decimal(c: char) -> Option<u32> {
    const ZEROS: [u32; 24] = [
        0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
        0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1b50,
    ];
    let code = c as u32;
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| code - zero)
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{2043}' | '~' | '\u{301c}'
    )
}

/// Lower case for comparison: "Straße" and "STRASSE" are one.
pub(super) fn fold_case(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'ς' => folded.push('σ'),
            c => folded.push(c),
        }
    }
    folded
}

/// One spelling of what looks alike: compatibility forms, dashes, digits, case, "&"; markup and invisible characters away.
pub(super) fn base(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfkc() {
        if is_dash(c) {
            plain.push('-');
        } else if matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') {
            continue;
        } else if let Some(digit) = decimal(c).and_then(|digit| char::from_digit(digit, 10)) {
            plain.push(digit);
        } else {
            plain.push(c);
        }
    }
    fold_case(&strip_tags(&plain).replace("&amp;", "&").replace('&', " and "))
}

/// Takes `<i>`, `</sup>` and their like out.
fn strip_tags(text: &str) -> String {
    const TAGS: [&str; 8] = ["i", "b", "em", "strong", "sup", "sub", "span", "sc"];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        let name = tail[1..].strip_prefix('/').unwrap_or(&tail[1..]);
        let len = name.find(|c: char| !is_word(c)).unwrap_or(name.len());
        match tail.find('>').filter(|_| TAGS.contains(&&name[..len])) {
            Some(end) => rest = &tail[end + 1..],
            None => {
                out.push('<');
                rest = &tail[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The words of a text, folded.
pub(super) fn words(text: &str) -> Vec<String> {
    let base = base(text);
    let kept: String = base
        .chars()
        .filter(|c| !matches!(c, '\'' | '’'))
        .map(|c| if is_alphanumeric(c) || is_combining_mark(c) { c } else { ' ' })
        .collect();
    kept.split_whitespace().map(str::to_owned).collect()
}

/// Words that may be at the edge of a field or not, by field: in front, behind.
fn edge_words(field: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match field {
        "container-title" => (
            &["in", "dans", "en", "inside", "w", "v", "в", "available", "at", "proc", "of", "the"],
            &["in", "vol", "volume", "pp", "no", "p"],
        ),
        "title" => (&["the", "a", "an"], &["in", "online", "pdf"]),
        "publisher" => (&["published", "by", "publisher", "the"], &[]),
        "collection-title" => (&["in", "series", "the", "ser"], &["series", "ser", "no", "vol", "volume"]),
        "genre" => (&["a", "unpublished"], &[]),
        _ => (&[], &[]),
    }
}

/// The words of a field without those at its edges that do not matter there.
pub(super) fn text_key(text: &str, field: &str) -> String {
    let all = words(text);
    let mut kept = all.as_slice();
    let (front, behind) = edge_words(field);
    while kept.len() > 1 && front.contains(&kept[0].as_str()) {
        kept = &kept[1..];
    }
    while kept.len() > 1 && behind.contains(&kept[kept.len() - 1].as_str()) {
        kept = &kept[..kept.len() - 1];
    }
    kept.join(" ")
}

/// From this likeness on, two values are alike.
pub(super) const ALIKE: f64 = 0.8;

/// How alike two texts are, 0 to 1: one less the share of characters to be changed.
pub(super) fn likeness(left: &str, right: &str) -> f64 {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let longer = left.len().max(right.len());
    if longer == 0 {
        return 1.0;
    }
    if left.len().abs_diff(right.len()) as f64 > longer as f64 * (1.0 - ALIKE) + 1.0 {
        return 0.0;
    }
    1.0 - distance(&left, &right) as f64 / longer as f64
}

/// Levenshtein's distance.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, a) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (other, b) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[other + 1];
            row[other + 1] = replaced.min(diagonal + 1).min(row[other] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_alike() {
        assert_eq!(base("Straße <i>A</i>&amp;B 3–4 ٣"), "strasse a and b 3-4 3");
        assert_eq!(words("O’Brien’s “Café”"), ["obriens", "café"]);
        assert_eq!(text_key("In: The Journal of X, vol.", "container-title"), "journal of x");
    }

    #[test]
    fn likeness_is_one_less_the_share_of_changes() {
        assert_eq!(likeness("abcde", "abcdf"), 0.8);
        assert_eq!(likeness("abc", "a"), 0.0);
        assert_eq!(likeness("", ""), 1.0);
    }
}
