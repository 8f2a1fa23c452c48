//! Names made comparable: case, diacritics, particles, hyphens and blanks aside.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::words::is_conjunction;

/// The letters and digits of `text`, in lower case and without diacritics: "O’Brien-Näf" gives "obriennaf".
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// The folded form of a name of several words, without "and" and the article in front: so that "Department of Health & Safety" is the
/// same name whichever way its parts are joined.
pub(super) fn fold_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut words = name.split_whitespace().peekable();
    if words.peek().is_some_and(|word| word.eq_ignore_ascii_case("the")) {
        words.next();
    }
    for word in words {
        if !is_conjunction(word) {
            fold_into(word, &mut out);
        }
    }
    out
}

/// Adds the folded form of `text` to `out`.
pub(super) fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    for c in text.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            'ё' => out.push('е'),
            c if c.is_alphanumeric() && !is_combining_mark(c) => out.push(c),
            _ => {}
        }
    }
}

/// The folded form with German and Scandinavian umlauts written out, where that differs: "Müller" also gives "mueller".
pub(super) fn fold_written_out(text: &str) -> Option<String> {
    let changes = |c: char| matches!(c, 'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü' | 'å' | 'Å' | 'ø' | 'Ø');
    let composed: String = text.nfc().collect();
    if !composed.contains(changes) {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 2);
    for c in composed.chars() {
        match c {
            'ä' | 'Ä' => out.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'Ø' => out.push_str("oe"),
            'ü' | 'Ü' => out.push_str("ue"),
            'å' | 'Å' => out.push_str("aa"),
            c => out.push(c),
        }
    }
    Some(fold(&out))
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour to make `left` of `right`; `None` when that
/// is more than `most`.
///
/// Costs the product of the lengths; both are cut to a name's length by the caller.
pub(super) fn distance(left: &str, right: &str, most: usize) -> Option<usize> {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    let width = right.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut above: Vec<usize> = (0..width).collect();
    let mut row = vec![0; width];
    for (i, &a) in left.iter().enumerate() {
        row[0] = i + 1;
        for (j, &b) in right.iter().enumerate() {
            let mut least = (above[j] + usize::from(a != b)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a == right[j - 1] && left[i - 1] == b {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    Some(above[width - 1]).filter(|&distance| distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_variants_fold_together() {
        assert_eq!(fold("O\u{2019}Brien-Näf"), "obriennaf");
        assert_eq!(fold("Øster Łukasz Weiß"), "osterlukaszweiss");
        assert_eq!(fold_written_out("Müller").as_deref(), Some("mueller"));
        assert_eq!(fold_written_out("Miller"), None);
        assert_eq!(fold("王明"), "王明");
    }

    #[test]
    fn a_slip_of_the_pen_is_one_step() {
        assert_eq!(distance("smith", "smiht", 2), Some(1));
        assert_eq!(distance("smith", "smyth", 2), Some(1));
        assert_eq!(distance("smith", "smithson", 2), None);
        assert_eq!(distance("", "ab", 2), Some(2));
    }
}
