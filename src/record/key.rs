//! Citation keys: unique, stable, ASCII.

use std::hash::Hasher;

use deunicode::deunicode;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::{EcoString, Name, Record, Variable};

/// Makes citation keys by a pattern, each unique among those made so far, so that records can be streamed.
///
/// A pattern is text with placeholders: `{auth}` family name of the first author (or editor, or the first word of the title),
/// `{Auth}` the same with its capital, `{year}`, `{title}` the first word of the title that is no article, `{n}` the position from 1.
/// A second record of the same key gets `a`, a third `b`; the first keeps the plain key.
///
/// Memory is bounded: behind 131,072 different keys, the position is put behind every key instead ("smith2020-140001").
///
/// ```
/// use reflist::{Kind, Name, Names, Record, Variable, key::KeyMaker};
/// let mut record = Record::new("", Kind::Book);
/// record.set(Variable::Author, Names::new(vec![Name::person("Gössling", "Uwe")]));
/// record.set(Variable::Issued, "2020");
/// let mut keys = KeyMaker::default();
/// assert_eq!(keys.make(&record), "gossling2020");
/// assert_eq!(keys.make(&record), "gossling2020a");
/// ```
#[derive(Debug, Clone)]
pub struct KeyMaker {
    pattern: String,
    position: usize,
    /// Hashes of the keys. Two keys of one hash cost a needless suffix, no more.
    used: FxHashSet<u64>,
    /// By hash of a key that was wanted again: how many suffixes were tried.
    tried: FxHashMap<u64, u32>,
}

/// The pattern of [`KeyMaker::default`].
pub const DEFAULT_PATTERN: &str = "{auth}{year}";

/// How many made keys are remembered.
const LIMIT: usize = 1 << 17;

impl Default for KeyMaker {
    fn default() -> Self {
        Self::new(DEFAULT_PATTERN)
    }
}

impl KeyMaker {
    /// A maker for `pattern`.
    #[must_use]
    pub fn new(pattern: &str) -> Self {
        Self { pattern: pattern.to_owned(), position: 0, used: FxHashSet::default(), tried: FxHashMap::default() }
    }

    /// Marks `key` as used, so that no made key equals it.
    pub fn reserve(&mut self, key: &str) {
        self.used.insert(hash(key));
    }

    /// `key` if no record has it yet, else `key` with the first letters that make it unused.
    pub fn keep(&mut self, key: impl Into<EcoString>) -> EcoString {
        self.unique(key.into())
    }

    /// The key of the next record.
    pub fn make(&mut self, record: &Record) -> EcoString {
        self.position += 1;
        let base = self.fill(record);
        if self.used.len() >= LIMIT {
            return format!("{base}-{}", self.position).into();
        }
        self.unique(base.into())
    }

    /// `base`, or `base` with the first letters that make it unused.
    fn unique(&mut self, base: EcoString) -> EcoString {
        let first = hash(&base);
        let is_again = self.tried.contains_key(&first);
        if !is_again && self.used.insert(first) {
            return base;
        }
        let tried = self.tried.entry(first).or_insert(0);
        let mut key = base;
        let len = key.len();
        loop {
            key.truncate(len);
            push_letters(*tried, &mut key);
            *tried += 1;
            if self.used.insert(hash(&key)) {
                return key;
            }
        }
    }

    fn fill(&self, record: &Record) -> String {
        let mut out = String::new();
        let mut rest = self.pattern.as_str();
        while let Some((text, behind)) = rest.split_once('{') {
            out.push_str(text);
            let Some((name, behind)) = behind.split_once('}') else {
                rest = behind;
                break;
            };
            match name {
                "auth" => out.push_str(&word(&author(record)).to_ascii_lowercase()),
                "Auth" => out.push_str(&word(&author(record))),
                "year" => out.push_str(&year(record)),
                "title" => out.push_str(&word(&title_word(record)).to_ascii_lowercase()),
                "n" => out.push_str(&self.position.to_string()),
                _ => {}
            }
            rest = behind;
        }
        out.push_str(rest);
        // A key that begins with a digit is one that some styles and all of Typst refuse.
        match out.as_bytes().first() {
            Some(first) if !first.is_ascii_digit() => out,
            _ => format!("ref{out}"),
        }
    }
}

fn hash(key: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(key.as_bytes());
    hasher.finish()
}

/// Appends "a" to "z", then "aa", …: bijective base 26.
fn push_letters(count: u32, out: &mut EcoString) {
    let mut letters = [0_u8; 7];
    let mut at = letters.len();
    let mut count = u64::from(count) + 1;
    while count > 0 {
        count -= 1;
        at -= 1;
        letters[at] = b'a' + (count % 26) as u8;
        count /= 26;
    }
    letters[at..].iter().for_each(|&letter| out.push(char::from(letter)));
}

/// The ASCII letters and digits of a word.
fn word(text: &str) -> String {
    deunicode(text).chars().filter(char::is_ascii_alphanumeric).take(40).collect()
}

fn author(record: &Record) -> String {
    let names = [record.author(), record.editor(), record.translator()];
    let first = names.into_iter().flatten().find_map(|names| names.list.first());
    match first {
        Some(Name::Person(person)) if !person.family.is_empty() => person.family.to_string(),
        Some(Name::Person(person)) => person.given.to_string(),
        Some(Name::Literal(name)) => name.split_whitespace().next().unwrap_or_default().to_owned(),
        None => title_word(record),
    }
}

/// Words in front of a title that tell nothing of it.
const ARTICLES: [&str; 24] = [
    "a", "an", "the", "der", "die", "das", "ein", "eine", "le", "la", "les", "l", "un", "une", "el", "los", "las",
    "il", "lo", "gli", "o", "os", "as", "de",
];

/// The first word of the title that is no article.
fn title_word(record: &Record) -> String {
    let title = record.title().map(|title| title.main.as_str()).unwrap_or_default();
    let mut words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let telling = words.clone().find(|word| !ARTICLES.iter().any(|article| word.eq_ignore_ascii_case(article)));
    telling.or_else(|| words.next()).unwrap_or_default().to_owned()
}

fn year(record: &Record) -> String {
    let year = record.issued().and_then(|date| date.year()).map(|year| year.to_string()).unwrap_or_default();
    let suffix = match record.get(Variable::YearSuffix) {
        Some(value) => value.to_plain(),
        None => String::new(),
    };
    format!("{year}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Kind, Names};

    fn record(family: &str, title: &str, year: &str) -> Record {
        let mut record = Record::new("", Kind::Book);
        if !family.is_empty() {
            record.set(Variable::Author, Names::new(vec![Name::person(family, "")]));
        }
        record.set(Variable::Title, title);
        record.set(Variable::Issued, year);
        record
    }

    #[test]
    fn a_record_without_author_takes_its_title() {
        assert_eq!(KeyMaker::default().make(&record("", "The art of war", "1910")), "art1910");
    }

    #[test]
    fn a_reserved_key_is_not_made_again() {
        let mut keys = KeyMaker::default();
        keys.reserve("smith2020a");
        keys.make(&record("Smith", "", "2020"));
        assert_eq!(keys.make(&record("Smith", "", "2020")), "smith2020b");
    }

    #[test]
    fn patterns_and_letters() {
        let mut keys = KeyMaker::new("{Auth}-{title}-{n}");
        assert_eq!(keys.make(&record("Ó Súilleabháin", "A blanket", "2020")), "OSuilleabhain-blanket-1");
        let letters = |count| {
            let mut out = EcoString::new();
            push_letters(count, &mut out);
            out
        };
        assert_eq!([0, 25, 26, 27, u32::MAX].map(letters), ["a", "z", "aa", "ab", "mwlqkwv"]);
    }
}
