//! Word lists and small tests on words that every field parser needs.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

/// The words of a text: its runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Words in lower case, sorted by bytes and parted by single blanks, so that a table of thousands of words is readable text. Looking up
/// hashes; the set is made at the first look-up and never changes.
pub(super) struct WordList {
    text: &'static str,
    words: OnceLock<FxHashSet<&'static str>>,
}

impl WordList {
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, words: OnceLock::new() }
    }

    #[cfg(test)]
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.text.split_ascii_whitespace()
    }

    /// Whether `word`, in lower case, is one of the words.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.get_or_init(|| self.text.split_ascii_whitespace().collect()).contains(word)
    }
}

/// Beginnings of words, in the same form. An entry of up to three letters is a whole word, and no longer entry begins another, so that
/// one search decides.
pub(super) struct StemList {
    text: &'static str,
    stems: OnceLock<Vec<&'static str>>,
}

impl StemList {
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, stems: OnceLock::new() }
    }

    fn stems(&self) -> &[&'static str] {
        self.stems.get_or_init(|| self.text.split_ascii_whitespace().collect())
    }

    /// Whether an entry begins `word`, which is in lower case.
    pub(super) fn begins(&self, word: &str) -> bool {
        let stems = self.stems();
        let behind = stems.partition_point(|stem| *stem <= word);
        // "tez" and "tezi" are neighbours, since the short one is a whole word.
        stems[..behind].iter().rev().take(2).any(|stem| *stem == word || (!is_short(stem) && word.starts_with(stem)))
    }

    /// Whether an entry in a script without blanks stands anywhere in `text`.
    pub(super) fn inside(&self, text: &str) -> bool {
        !text.is_ascii() && self.stems().iter().any(|stem| stem.starts_with(is_cjk) && text.contains(stem))
    }
}

fn is_short(stem: &str) -> bool {
    stem.chars().nth(3).is_none()
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
pub(super) fn assert_sorted(list: &WordList) {
    assert_in_order(list.text);
    assert!(list.text.split_ascii_whitespace().all(|word| list.has(word)));
}

#[cfg(test)]
#[track_caller]
pub(super) fn assert_stems(list: &StemList) {
    assert_in_order(list.text);
    for stem in list.stems() {
        let long = list.stems().iter().filter(|other| !is_short(other) && stem.starts_with(**other)).count();
        assert!(long <= 1, "another stem begins {stem:?}");
        assert!(list.begins(stem), "{stem}");
    }
}

#[cfg(test)]
#[track_caller]
pub(super) fn assert_in_order(text: &str) {
    assert!(!text.contains("  "), "single blanks");
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    for pair in words.windows(2) {
        assert!(pair[0] < pair[1], "{:?} must stand before {:?}", pair[1], pair[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_and_stems_begin_words() {
        static WORDS: WordList = WordList::new("a bb ccc ");
        assert!(WORDS.has("bb") && !WORDS.has("b") && !WORDS.has("bbb") && !WORDS.has(""));
        static STEMS: StemList = StemList::new("book tez tezi 论文");
        assert!(STEMS.begins("books") && STEMS.begins("tez") && STEMS.begins("tezisi"));
        assert!(!STEMS.begins("teza") && !STEMS.begins("boo") && !STEMS.begins(""));
        assert!(STEMS.inside("博士论文") && !STEMS.inside("books"));
    }
}
