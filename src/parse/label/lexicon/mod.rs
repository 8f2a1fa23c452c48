//! What is known of words before any training: who they name, what they announce.
//!
//! One table, compiled into the crate, says of a word or of a run of up to [`MAX_WORDS`] words to which classes it belongs: words
//! written by us in some forty languages ([`words`]: "vol.", "Hrsg.", "дис."), and gazetteers (journals and their abbreviations,
//! publishers, places, series, proceedings, organisations, family and given names, title words with their standard abbreviations).
//! The labeller learns what to make of them; nothing here decides.
//!
//! # The table
//!
//! Keys are hashes, never text: the table answers "is this run in a list", with one wrong yes in some 20,000 questions, and cannot be
//! read back. Every start of a run is in it too, marked [`class::PREFIX`], so that a search stops at the first word that leads nowhere.
//!
//! ```text
//! magic | number of class sets u16 | sets u64… | buckets 2^16 + 1 × u32 (first entry of each) | entries: fingerprint u16, set u16
//! ```
//!
//! # Where it comes from
//!
//! `build` (feature `train`, and tests) makes it from sources whose licences allow it; NOTICE names them.

#[cfg(any(test, feature = "train"))]
pub mod build;
#[cfg(any(test, feature = "train"))]
mod words;

use crate::parse::tokens::{Token, TokenKind};

/// Classes of words, as bits of a set.
#[cfg_attr(not(any(test, feature = "train")), allow(dead_code, reason = "some are told apart only by the model"))]
pub(crate) mod class {
    macro_rules! classes {
        ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
            $($(#[$doc])* pub(crate) const $name: u64 = 1 << $bit;)*
        };
    }
    classes! {
        IN = 0; EDITOR = 1; TRANSLATOR = 2; DIRECTOR = 3; PAGE = 4; VOLUME = 5; ISSUE = 6; SUPPLEMENT = 7; EDITION = 8;
        MONTH = 9; SEASON = 10; WEEKDAY = 11; NODATE = 12; STATUS = 13; ORIGINAL = 14;
        ETAL = 15; AND = 16; SUFFIX = 17; PARTICLE = 18; SAMEAUTHOR = 19;
        THESIS = 20; UNIVERSITY = 21; INSTITUTION = 22; PUBLISHER = 23; PROCEEDINGS = 24; JOURNAL = 25; SERIES = 26; REPORT = 27;
        GENRE = 28; LAW = 29; ACCESS = 30; IDENTIFIER = 31; ARXIV = 32; NUMBEROF = 33; ORDINAL = 34; PLACEWORD = 35; PLACE = 36;
        /// A journal's full name.
        JOURNAL_NAME = 40;
        /// A journal's abbreviated name.
        JOURNAL_ABBREVIATION = 41;
        PUBLISHER_NAME = 42; PLACE_NAME = 43; PROCEEDINGS_NAME = 44; SERIES_NAME = 45; ORGANISATION = 46; REPORTER = 47;
        /// A word of journal titles, and a standard abbreviation of one.
        TITLE_WORD = 48;
        TITLE_ABBREVIATION = 49;
        FAMILY = 50; FAMILY_RARE = 51; GIVEN = 52; GIVEN_RARE = 53;
        /// The token is in a match of three words or more.
        LONG = 61;
        /// A longer run of the table starts like this one.
        PREFIX = 62;
    }
    /// The classes that words of ours announce.
    pub(crate) const WRITTEN: u64 = (1 << 37) - 1;
    /// The classes of gazetteers of names of things.
    pub(crate) const NAMES: u64 = ((1 << 48) - 1) & !((1 << 40) - 1);
}

/// Most words of a run in the table.
pub(crate) const MAX_WORDS: usize = 9;

const MAGIC: &[u8; 8] = b"rflLEX01";
const BUCKETS: usize = 1 << 16;
const ENTRY: usize = 4;

/// The table, read in place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lexicon<'a> {
    sets: &'a [u8],
    buckets: &'a [u8],
    entries: &'a [u8],
}

impl Lexicon<'static> {
    /// The table that is compiled in.
    pub(crate) fn embedded() -> Self {
        const EMPTY: Lexicon<'static> = Lexicon { sets: &[], buckets: &[], entries: &[] };
        Lexicon::read(include_bytes!("lexicon.bin")).unwrap_or(EMPTY)
    }
}

impl<'a> Lexicon<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_at_checked(2)?;
        let (sets, rest) = rest.split_at_checked(8 * usize::from(u16::from_le_bytes([count[0], count[1]])))?;
        let (buckets, entries) = rest.split_at_checked(4 * (BUCKETS + 1))?;
        Some(Self { sets, buckets, entries })
    }

    /// The classes of the run with this key; nothing for what is not in the table.
    fn get(self, key: u64) -> u64 {
        let bucket = (key >> 48) as usize;
        let fingerprint = ((key >> 32) as u16).to_le_bytes();
        let Some(bounds) = self.buckets.get(4 * bucket..4 * bucket + 8) else { return 0 };
        let first = u32::from_le_bytes([bounds[0], bounds[1], bounds[2], bounds[3]]) as usize;
        let last = u32::from_le_bytes([bounds[4], bounds[5], bounds[6], bounds[7]]) as usize;
        let Some(entries) = self.entries.get(ENTRY * first..ENTRY * last) else { return 0 };
        let Some(entry) = entries.chunks_exact(ENTRY).find(|entry| entry[..2] == fingerprint) else { return 0 };
        let set = 8 * usize::from(u16::from_le_bytes([entry[2], entry[3]]));
        let Some(set) = self.sets.get(set..set + 8) else { return 0 };
        u64::from_le_bytes([set[0], set[1], set[2], set[3], set[4], set[5], set[6], set[7]])
    }

    /// For each token, the classes of all runs that it is in.
    ///
    /// `words` holds the tokens' [`word_hash`]es. Costs at most [`MAX_WORDS`] look-ups a token, and for most one or two.
    pub(crate) fn classes(self, text: &str, tokens: &[Token], words: &[u64], classes: &mut Vec<u64>) {
        classes.clear();
        classes.resize(tokens.len(), 0);
        for start in 0..tokens.len() {
            if unit(text, &tokens[start], words[start]) != Unit::Word(words[start]) {
                continue;
            }
            self.matches_from(text, tokens, words, start, classes);
        }
    }

    fn matches_from(self, text: &str, tokens: &[Token], words: &[u64], start: usize, classes: &mut [u64]) {
        let mut key = SEED;
        let mut count = 0;
        for (at, token) in tokens.iter().enumerate().skip(start).take(2 * MAX_WORDS) {
            match unit(text, token, words[at]) {
                Unit::Skip => continue,
                Unit::Break => break,
                Unit::Word(word) => key = extend(key, word),
            }
            count += 1;
            let found = self.get(key);
            let mut set = found & !class::PREFIX;
            if set != 0 {
                if count > 2 && set & class::NAMES != 0 {
                    set |= class::LONG;
                }
                for class in &mut classes[start..=at] {
                    *class |= set;
                }
            }
            if found & class::PREFIX == 0 || count == MAX_WORDS {
                break;
            }
        }
    }
}

/// What a token is to a run of words.
#[derive(PartialEq)]
enum Unit {
    /// Part of the run.
    Word(u64),
    /// Written or left out as one likes: stops, hyphens, apostrophes.
    Skip,
    /// No run goes over it.
    Break,
}

fn unit(text: &str, token: &Token, word: u64) -> Unit {
    match token.kind {
        TokenKind::Url | TokenKind::Doi => Unit::Break,
        TokenKind::Word | TokenKind::Number | TokenKind::Ideograph => Unit::Word(word),
        TokenKind::Punctuation => match text[token.span.range()].as_bytes() {
            b"." | b"-" | b"'" | b"`" | [0xe2, 0x80, 0x90 | 0x91 | 0x93 | 0x98 | 0x99] => Unit::Skip,
            b"&" => Unit::Word(AMPERSAND),
            b"," | b":" | b"+" | b"/" | [0xc2, 0xb0] => Unit::Word(word),
            _ => Unit::Break,
        },
    }
}

const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
const AMPERSAND: u64 = 0x26;

/// The key of a run, one word longer.
const fn extend(key: u64, word: u64) -> u64 {
    let mixed = (key.rotate_left(23) ^ word).wrapping_mul(MULTIPLIER);
    mixed ^ (mixed >> 29)
}

/// A hash of a word that does not tell capitals from small letters.
pub(crate) fn word_hash(word: &str) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for &byte in word.as_bytes() {
        if !byte.is_ascii() {
            return folded_hash(word);
        }
        hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

fn folded_hash(word: &str) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut buffer = [0; 4];
    for c in word.chars().flat_map(char::to_lowercase).filter(|c| *c != '\u{ad}') {
        for byte in c.encode_utf8(&mut buffer).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::entries::Entry;
    use crate::parse::tokens::tokenize;

    #[track_caller]
    fn check(text: &str, word: &str, expected: u64) {
        let entry = Entry::plain(text);
        let tokens = tokenize(&entry);
        let words: Vec<u64> = tokens.iter().map(|token| word_hash(&text[token.span.range()])).collect();
        let mut classes = Vec::new();
        Lexicon::embedded().classes(text, &tokens, &words, &mut classes);
        let at = tokens.iter().position(|token| &text[token.span.range()] == word).expect("the word is a token");
        assert_eq!(classes[at] & expected, expected, "{word} in {text}");
    }

    #[test]
    fn words_tell_what_they_announce() {
        check("Bd. 4", "Bd", class::VOLUME);
        check("(Hrsg.)", "Hrsg", class::EDITOR);
        check("Дис. канд. наук", "Дис", class::THESIS);
    }

    #[test]
    fn runs_match_over_stops_and_hyphens() {
        check("o.J.", "J", class::NODATE);
        check("Ph.D. thesis", "D", class::THESIS);
        check("Clermont-Ferrand", "Ferrand", class::PLACE);
    }

    #[test]
    fn longer_runs_are_marked() {
        check("Journal of the American Chemical Society, 3", "Chemical", class::JOURNAL_NAME | class::LONG);
    }
}
