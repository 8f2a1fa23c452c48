//! Word lists and small tests on words that every field parser needs.

/// The greatest entry of `list` that is not behind `word`. A list is one string of words in lower case, sorted by bytes and parted by
/// single blanks, so that tables of thousands of words cost no pointers and stay readable.
fn floor<'list>(list: &'list str, word: &str) -> Option<&'list str> {
    let mut rest = list.trim_matches(' ');
    let mut best = None;
    while !rest.is_empty() {
        let (before, behind) = rest.as_bytes().split_at(rest.len() / 2);
        let start = memchr::memrchr(b' ', before).map_or(0, |at| at + 1);
        let end = memchr::memchr(b' ', behind).map_or(rest.len(), |at| before.len() + at);
        let entry = &rest[start..end];
        if entry <= word {
            best = Some(entry);
            rest = rest.get(end + 1..).unwrap_or_default();
        } else {
            rest = &rest[..start.saturating_sub(1)];
        }
    }
    best
}

/// Whether `word`, in lower case, is in `list`.
pub(super) fn listed(list: &str, word: &str) -> bool {
    floor(list, word) == Some(word)
}

/// Whether an entry of `stems` begins `word`. No stem may begin another, so that the floor is the only candidate.
pub(super) fn begins_with_stem(stems: &str, word: &str) -> bool {
    floor(stems, word).is_some_and(|stem| word.starts_with(stem))
}

/// Chinese, Japanese or Korean: scripts that write names without a blank and in the order family, given.
pub(super) const fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{2fa1f}')
}

/// Every dash and hyphen that print uses, the tilde of East Asian ranges included.
pub(super) const fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{ad}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{301c}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
                | '\u{ff5e}'
                | '~'
    )
}

/// Marks of quotation, opening and closing alike.
pub(super) const fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\u{ab}' | '\u{bb}' | '\u{2018}'..='\u{201f}' | '\u{2039}' | '\u{203a}' | '\u{300c}'..='\u{300f}' | '\u{ff02}'
    )
}

#[cfg(test)]
#[track_caller]
pub(super) fn assert_sorted(list: &str) {
    let words: Vec<&str> = list.split_ascii_whitespace().collect();
    for pair in words.windows(2) {
        assert!(pair[0] < pair[1], "{:?} must stand before {:?}", pair[1], pair[0]);
    }
    assert!(!list.contains("  "), "single blanks");
    for word in words {
        assert!(listed(list, word), "{word} is found");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_wherever_they_stand() {
        assert_sorted("a");
        assert_sorted("a bb c dddd e");
        assert_sorted(" a bb c dddd e ");
        for absent in ["", "aa", "b", "d", "ddddd", "f", " "] {
            assert!(!listed("a bb c dddd e", absent), "{absent:?}");
            assert!(!listed(" a bb c dddd e ", absent), "{absent:?}");
        }
        assert!(!listed("", "a"));
    }
}
