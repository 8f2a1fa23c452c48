//! Makes the table of [`super::Lexicon`] from our words and from lists of names.

use std::collections::BTreeMap;

use super::{BUCKETS, ENTRY, MAGIC, MAX_WORDS, SEED, Unit, class, extend, unit, word_hash, words};
use crate::parse::entries::Entry;
use crate::parse::tokens::tokenize;

/// What a list of names holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum List {
    /// Journals, full names.
    Journals,
    /// Journals, abbreviated names.
    JournalAbbreviations,
    /// Publishers and institutions that publish.
    Publishers,
    /// Places of publication.
    Places,
    /// Proceedings and conferences.
    Proceedings,
    /// Series of books.
    Series,
    /// Bodies that are authors.
    Organisations,
    /// Law reports.
    Reporters,
    /// Words of titles of journals.
    TitleWords,
    /// Their abbreviations.
    TitleAbbreviations,
    /// Family names, with how often.
    Families,
    /// Given names, with how often.
    Givens,
}

impl List {
    const fn class(self, count: u32) -> u64 {
        match self {
            Self::Journals => class::JOURNAL_NAME,
            Self::JournalAbbreviations => class::JOURNAL_ABBREVIATION,
            Self::Publishers => class::PUBLISHER_NAME,
            Self::Places => class::PLACE_NAME,
            Self::Proceedings => class::PROCEEDINGS_NAME,
            Self::Series => class::SERIES_NAME,
            Self::Organisations => class::ORGANISATION,
            Self::Reporters => class::REPORTER,
            Self::TitleWords => class::TITLE_WORD,
            Self::TitleAbbreviations => class::TITLE_ABBREVIATION,
            Self::Families if count >= 4 => class::FAMILY,
            Self::Families => class::FAMILY_RARE,
            Self::Givens if count >= 4 => class::GIVEN,
            Self::Givens => class::GIVEN_RARE,
        }
    }

    /// Longest name of the list that is taken: what is longer than a name usually is, is a title that went astray.
    const fn max_words(self) -> usize {
        match self {
            Self::Families | Self::Givens => 3,
            Self::Places => 4,
            Self::TitleWords | Self::TitleAbbreviations => 1,
            _ => MAX_WORDS,
        }
    }
}

/// Gathers names; [`Builder::to_bytes`] gives the table.
#[derive(Debug, Default)]
pub struct Builder {
    runs: BTreeMap<u64, u64>,
}

impl Builder {
    /// A table of our own words.
    #[must_use]
    pub fn with_words() -> Self {
        let mut builder = Self::default();
        for (class, terms) in words::WORDS {
            for term in terms.split('|') {
                builder.insert(term, *class, MAX_WORDS);
            }
        }
        builder
    }

    /// Adds a name of a list, and the same without accents.
    ///
    /// `count` says how often it was met, for people's names.
    pub fn add(&mut self, list: List, name: &str, count: u32) {
        let class = list.class(count);
        self.insert(name, class, list.max_words());
        if !name.is_ascii() && name.chars().all(|c| c < '\u{370}') {
            self.insert(&deunicode::deunicode(name), class, list.max_words());
        }
    }

    fn insert(&mut self, name: &str, class: u64, max_words: usize) {
        let entry = Entry::plain(name);
        let mut keys = Vec::new();
        let mut key = SEED;
        for token in tokenize(&entry) {
            let word = word_hash(&entry.text[token.span.range()]);
            match unit(&entry.text, &token, word) {
                Unit::Skip => continue,
                Unit::Break => return,
                Unit::Word(word) => key = extend(key, word),
            }
            keys.push(key);
        }
        if keys.is_empty() || keys.len() > max_words {
            return;
        }
        let last = keys.pop().unwrap_or(SEED);
        for prefix in keys {
            *self.runs.entry(prefix).or_default() |= class::PREFIX;
        }
        *self.runs.entry(last).or_default() |= class;
    }

    /// The table.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Keys are sorted by bucket, then fingerprint: those equal in both are one entry.
        let mut merged: BTreeMap<u32, u64> = BTreeMap::new();
        for (key, classes) in &self.runs {
            *merged.entry((key >> 32) as u32).or_default() |= classes;
        }
        let mut sets: Vec<u64> = merged.values().copied().collect();
        sets.sort_unstable();
        sets.dedup();
        sets.truncate(usize::from(u16::MAX));
        let mut bytes = MAGIC.to_vec();
        bytes.extend((sets.len() as u16).to_le_bytes());
        bytes.extend(sets.iter().flat_map(|set| set.to_le_bytes()));
        let mut starts = vec![0_u32; BUCKETS + 1];
        for key in merged.keys() {
            starts[(key >> 16) as usize + 1] += 1;
        }
        for bucket in 0..BUCKETS {
            starts[bucket + 1] += starts[bucket];
        }
        bytes.extend(starts.iter().flat_map(|start| start.to_le_bytes()));
        bytes.reserve(ENTRY * merged.len());
        for (key, classes) in &merged {
            let set = sets.binary_search(classes).unwrap_or(0) as u16;
            bytes.extend((*key as u16).to_le_bytes());
            bytes.extend(set.to_le_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    //! The committed table is what its sources give.
    //!
    //! Runs where `REFLIST_SHARED` names the folder with the sources; with `REFLIST_UPDATE` set it writes the table instead of
    //! comparing. Taken are JabRef's journal lists (CC0), the ISSN centre's title words (MIT), Free Law Project's reporters (BSD),
    //! popular names by country (CC0), and of the bibliographies those under CC BY, CC0 or MIT.

    use std::collections::BTreeMap;
    use std::fs;
    use std::io::Read;
    use std::path::Path;

    use super::{Builder, List};

    const BIBLIOGRAPHIES: &[&str] = &[
        "glottolog/glottolog",
        "ContextLab/CDL-bibliography",
        "cldf-datasets/wals",
        "D-PLACE/dplace-data",
        "grambank/grambank",
        "proofengineering/proofengineering-bib",
        "greenelab/deep-review",
        "greenelab/scihub-manuscript",
        "AlexsLemonade/OpenPBTA-manuscript",
    ];
    const FILES: &[&str] = &[
        "glottolog+glottolog",
        "ContextLab+CDL-bibliography",
        "cldf-datasets+wals",
        "D-PLACE+dplace-data",
        "grambank+grambank",
        "others",
    ];
    const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/parse/label/lexicon/lexicon.bin");

    #[test]
    fn the_table_is_what_its_sources_give() {
        let Ok(shared) = std::env::var("REFLIST_SHARED") else { return };
        let data = Path::new(&shared).join("data");
        let mut builder = Builder::with_words();
        gazetteers(&mut builder, &data.join("gazetteers"));
        bibliographies(&mut builder, &data.join("metadata"));
        let table = builder.to_bytes();
        if std::env::var_os("REFLIST_UPDATE").is_some() {
            fs::write(TABLE, &table).unwrap();
        }
        assert!(fs::read(TABLE).unwrap() == table, "set REFLIST_UPDATE and run again, then train again");
    }

    fn gazetteers(builder: &mut Builder, folder: &Path) {
        each_row(&folder.join("journal-abbreviations.tsv"), |row| {
            builder.add(List::Journals, row[0], 1);
            builder.add(List::JournalAbbreviations, row[1], 1);
        });
        each_row(&folder.join("ltwa.tsv"), |row| {
            let word = row[0].trim_matches('-');
            builder.add(List::TitleWords, word, 1);
            if row[1] != "n.a." {
                builder.add(List::TitleAbbreviations, row[1].trim_matches('-'), 1);
            }
        });
        each_row(&folder.join("law-reporters.tsv"), |row| builder.add(List::Reporters, row[0], 1));
        each_row(&folder.join("people.tsv"), |row| {
            if row[3].contains("popular-names") {
                builder.add(if row[1] == "given" { List::Givens } else { List::Families }, row[0], 100);
            }
        });
    }

    fn each_row(path: &Path, mut row: impl FnMut(&[&str])) {
        for line in fs::read_to_string(path).unwrap().lines().skip(1) {
            row(&line.split('\t').collect::<Vec<_>>());
        }
    }

    /// Names and counts of one list.
    type Counts = BTreeMap<(List, String), u32>;

    fn bibliographies(builder: &mut Builder, folder: &Path) {
        let mut counts = Counts::new();
        for file in FILES {
            let mut text = String::new();
            let packed = fs::File::open(folder.join(format!("{file}.jsonl.gz"))).unwrap();
            flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
            for line in text.lines() {
                let record: serde_json::Value = serde_json::from_str(line).unwrap();
                if BIBLIOGRAPHIES.contains(&record["source"].as_str().unwrap()) {
                    count_record(&record, &mut counts);
                }
            }
        }
        for ((list, name), count) in counts {
            builder.add(list, &name, count);
        }
    }

    fn count_record(record: &serde_json::Value, counts: &mut Counts) {
        let mut count = |list: List, name: &str| *counts.entry((list, name.to_owned())).or_default() += 1;
        let container = match record["type"].as_str() {
            Some("article-journal") => Some(List::Journals),
            Some("paper-conference") => Some(List::Proceedings),
            _ => None,
        };
        let texts = [
            (container, "container-title"),
            (Some(List::Publishers), "publisher"),
            (Some(List::Series), "collection-title"),
        ];
        for (list, variable) in texts {
            if let (Some(list), Some(name)) = (list, record[variable].as_str()) {
                count(
                    if list == List::Journals && name.contains(". ") { List::JournalAbbreviations } else { list },
                    name,
                );
            }
        }
        for place in record["publisher-place"].as_str().unwrap_or_default().split(['/', ';', ',', '&', '-']) {
            if place.trim().chars().count() > 2 {
                count(List::Places, place.trim());
            }
        }
        let people =
            ["author", "editor", "translator"].into_iter().filter_map(|role| record[role].as_array()).flatten();
        for person in people {
            if let Some(name) = person["literal"].as_str() {
                count(List::Organisations, name);
            }
            if let Some(name) = person["family"].as_str() {
                count(List::Families, name);
            }
            for word in
                person["given"].as_str().unwrap_or_default().split([' ', '-']).filter(|word| word.chars().count() > 2)
            {
                if !word.ends_with('.') {
                    count(List::Givens, word);
                }
            }
        }
    }
}
