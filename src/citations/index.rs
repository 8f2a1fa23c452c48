//! The entries of a list, found by the name that a citation prints.

use rustc_hash::FxHashMap;

use super::Reference;
use super::fold::{fold, fold_name, fold_written_out};
use crate::record::{Date, Name, Names, Record, Variable};

/// How many words of a title or of a body's name serve as its name.
const TITLE_WORDS: usize = 12;

/// The entries of one list, each by every name that may stand for its first author.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) entries: Vec<Entry>,
    by_first: FxHashMap<String, Vec<(u32, KeyKind)>>,
    by_any: FxHashMap<String, ()>,
    by_label: FxHashMap<String, Vec<u32>>,
    /// The first works of entries, by their number.
    by_number: FxHashMap<u32, Vec<u32>>,
    /// Further works of the entry whose first work this is, where there are any: "[3] a) …; b) …".
    further: FxHashMap<u32, u32>,
    by_key: FxHashMap<String, u32>,
    by_doi: FxHashMap<String, Vec<u32>>,
    by_title: FxHashMap<String, Vec<u32>>,
    /// Abbreviations that the text introduces: a folded form that no entry has to the printed form that one has.
    aliases: FxHashMap<String, String>,
    /// The greatest number of the list, printed or counted.
    pub(super) last_number: u32,
    /// Whether the numbers stand in the list, or are mere positions.
    pub(super) numbers_printed: bool,
}

/// What kind of name a key of the index is; a lower one is better evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KeyKind {
    /// The family name, with or without its particle, or a body's whole name.
    Name,
    /// A part of a double name, or a body's initials.
    Part,
    /// The work's title, for a work without author.
    Title,
    /// Read off the entry's text, where the record has no name.
    Raw,
}

/// What citations are held against.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) names: Vec<EntryName>,
    pub(super) et_al: bool,
    pub(super) years: Vec<i32>,
    /// Years that are printed besides, as of a translation: "1981 (trad. cast. Barcelona, 1982)".
    pub(super) other_years: Vec<i32>,
    pub(super) letter: Option<char>,
    /// "in press", "n.d." and the like, folded.
    pub(super) dated_by_word: Option<String>,
    /// The words of the title, folded.
    pub(super) title: Vec<String>,
}

/// A name of an entry with every form that may be cited.
#[derive(Debug, Default)]
pub(super) struct EntryName {
    pub(super) keys: Vec<(String, KeyKind)>,
    /// The first letter of the given name, folded.
    pub(super) initial: Option<char>,
}

impl Index {
    pub(super) fn new(references: &[Reference<'_>]) -> Self {
        let mut index = Self::default();
        for (at, reference) in references.iter().enumerate() {
            let entry = Entry::new(reference);
            index.add_names(at, &entry, reference);
            index.entries.push(entry);
            if let Some(doi) = reference.record.doi() {
                index.by_doi.entry(doi.as_str().to_lowercase()).or_default().push(at as u32);
            }
            if let Some(title) = reference.record.title() {
                index.by_title.entry(fold(title.joined().as_str())).or_default().push(at as u32);
            }
            if !reference.record.key.is_empty() {
                index.by_key.entry(reference.record.key.to_string()).or_insert(at as u32);
            }
        }
        index.number(references);
        index.letter_by_order();
        index
    }

    /// Entries whose first author may be called `name` (folded), each with the best kind of its match.
    pub(super) fn by_name(&self, name: &str) -> &[(u32, KeyKind)] {
        self.by_first.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether any author of any entry may be called `name` (folded).
    pub(super) fn knows(&self, name: &str) -> bool {
        !self.by_name(name).is_empty() || self.by_any.contains_key(name)
    }

    pub(super) fn by_label(&self, label: &str) -> &[u32] {
        self.by_label.get(label).map_or(&[], Vec::as_slice)
    }

    pub(super) fn by_number(&self, number: u32) -> &[u32] {
        self.by_number.get(&number).map_or(&[], Vec::as_slice)
    }

    /// How many works stand under a number of the list.
    pub(super) fn works(&self, number: u32) -> usize {
        match self.by_number(number) {
            [first] => 1 + self.further.get(first).map_or(0, |&further| further as usize),
            _ => 1,
        }
    }

    pub(super) fn by_doi(&self, doi: &str) -> &[u32] {
        let doi = doi.trim_start_matches("https://doi.org/").trim_start_matches("http://dx.doi.org/");
        self.by_doi.get(&doi.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    pub(super) fn by_title(&self, title: &str) -> &[u32] {
        self.by_title.get(&fold(title)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn by_key(&self, key: &str) -> Option<u32> {
        self.by_key.get(key).copied()
    }

    /// Whether entries carry labels that are no numbers ("Kop93").
    pub(super) fn has_labels(&self) -> bool {
        !self.by_label.is_empty()
    }

    /// Learns that the text calls `long` by `short`.
    pub(super) fn add_alias(&mut self, short: &str, long: &str) {
        let known = |name: &str| self.by_first.contains_key(&fold_name(name));
        match (known(short), known(long)) {
            (false, true) => self.aliases.insert(fold_name(short), long.to_owned()),
            (true, false) => self.aliases.insert(fold_name(long), short.to_owned()),
            _ => None,
        };
    }

    /// What the text also calls `name`: the form that an entry has.
    pub(super) fn other_form(&self, name: &str) -> Option<&str> {
        self.aliases.get(&fold_name(name)).map(String::as_str)
    }

    /// The citation keys of the records.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, usize)> {
        self.by_key.iter().map(|(key, &at)| (key.as_str(), at as usize))
    }

    /// Every key that stands for a first author, for a search of near spellings.
    pub(super) fn first_names(&self) -> impl Iterator<Item = (&str, &[(u32, KeyKind)])> {
        self.by_first.iter().map(|(name, entries)| (name.as_str(), entries.as_slice()))
    }

    fn add_names(&mut self, at: usize, entry: &Entry, reference: &Reference<'_>) {
        for (key, kind) in entry.names.first().map(|name| name.keys.as_slice()).unwrap_or_default() {
            self.add_first(key.clone(), at, *kind);
        }
        for (key, _) in entry.names.iter().skip(1).flat_map(|name| &name.keys) {
            self.by_any.entry(key.clone()).or_default();
        }
        let has_name = !entry.names.is_empty();
        if !has_name {
            for key in title_keys(&entry.title) {
                self.add_first(key, at, KeyKind::Title);
            }
        }
        for key in raw_keys(reference.printed) {
            self.add_first(key, at, if has_name { KeyKind::Raw } else { KeyKind::Part });
        }
    }

    fn add_first(&mut self, key: String, at: usize, kind: KeyKind) {
        if key.is_empty() {
            return;
        }
        let entries = self.by_first.entry(key).or_default();
        if entries.last().is_none_or(|&(last, _)| last as usize != at) {
            entries.push((at as u32, kind));
        }
    }

    /// Numbers as the list prints them, else by position.
    fn number(&mut self, references: &[Reference<'_>]) {
        let printed = references.iter().filter(|reference| reference.printed_number().is_some()).count();
        self.numbers_printed = printed * 2 > references.len();
        let mut before = None;
        for (at, reference) in references.iter().enumerate() {
            let number = if self.numbers_printed { reference.printed_number() } else { u32::try_from(at + 1).ok() };
            if let Some(number) = number {
                let firsts = self.by_number.entry(number).or_default();
                match firsts.last() {
                    Some(&first) if before == Some(number) => *self.further.entry(first).or_default() += 1,
                    _ => firsts.push(at as u32),
                }
                self.last_number = self.last_number.max(number);
            } else if let Some(label) = reference.label.filter(|label| !label.is_empty()) {
                self.by_label.entry(label.to_owned()).or_default().push(at as u32);
            }
            before = number;
            if (!self.numbers_printed || number.is_some())
                && let Some(label) = reference.label.filter(|label| label.contains(char::is_alphabetic))
            {
                self.by_label.entry(label.to_owned()).or_default().push(at as u32);
            }
        }
    }

    /// Gives letters to entries of the same names and year, in the order of the list, where the list prints none: a text may cite
    /// "2020a" of a list whose letters were lost.
    fn letter_by_order(&mut self) {
        let mut groups: FxHashMap<(Vec<String>, i32), Vec<usize>> = FxHashMap::default();
        for (at, entry) in self.entries.iter().enumerate() {
            if let (Some(&year), false) = (entry.years.first(), entry.names.is_empty()) {
                let names =
                    entry.names.iter().filter_map(|name| name.keys.first()).map(|(key, _)| key.clone()).collect();
                groups.entry((names, year)).or_default().push(at);
            }
        }
        for group in groups.into_values().filter(|group| group.len() > 1) {
            if group.iter().any(|&at| self.entries[at].letter.is_some()) {
                continue;
            }
            for (letter, at) in ('a'..='z').zip(group) {
                self.entries[at].letter = Some(letter);
            }
        }
    }
}

impl Entry {
    fn new(reference: &Reference<'_>) -> Self {
        let record = reference.record;
        let mut entry = Self { title: title_words(record), ..Self::default() };
        if let Some(names) = responsible(record) {
            entry.names = names.list.iter().map(EntryName::new).filter(|name| !name.keys.is_empty()).collect();
            entry.et_al = names.et_al;
        } else if let Some(publisher) = record.publisher().and_then(<[_]>::first) {
            // "Ministry of Health, 2020": a report whose author is its publisher.
            entry.names = vec![EntryName::literal(publisher.as_str(), KeyKind::Part)];
        }
        entry.read_dates(record, reference.printed);
        entry
    }

    fn read_dates(&mut self, record: &Record, printed: &str) {
        for date in [record.issued(), record.original_date()].into_iter().flatten() {
            match date {
                Date::Literal(word) => {
                    let years = years_in(word);
                    if years.is_empty() {
                        self.dated_by_word = Some(fold(word));
                    }
                    self.years.extend(years);
                }
                Date::Interval(start, end) => {
                    self.years.extend(bound_year(start));
                    self.years.extend(bound_year(end));
                }
                date => self.years.extend(date.year()),
            }
        }
        let letter = record.get(Variable::YearSuffix).map(|value| value.to_plain());
        self.letter = letter.and_then(|letter| letter.chars().find(char::is_ascii_lowercase));
        if self.years.is_empty() && self.dated_by_word.is_none() {
            self.years = years_in(printed);
        }
        self.other_years = other_years(record, printed);
        if self.letter.is_none() {
            self.letter = self.years.first().and_then(|&year| letter_behind(printed, year));
        }
    }
}

impl EntryName {
    fn new(name: &Name) -> Self {
        let Name::Person(person) = name else {
            let Name::Literal(literal) = name else { return Self::default() };
            return Self::literal(literal, KeyKind::Name);
        };
        let mut made = Self { initial: fold(&person.given).chars().next(), ..Self::default() };
        let family = if person.family.is_empty() { &person.given } else { &person.family };
        made.add(family, KeyKind::Name);
        for particle in [&person.non_dropping_particle, &person.dropping_particle] {
            if !particle.is_empty() {
                made.add(&format!("{particle} {family}"), KeyKind::Name);
            }
        }
        let parts: Vec<&str> = family.split([' ', '-', '\u{2010}']).filter(|part| !part.is_empty()).collect();
        if let [first, .., last] = parts.as_slice() {
            made.add(last, KeyKind::Part);
            made.add(first, KeyKind::Part);
        }
        if family.chars().any(|c| !c.is_ascii() && c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()) {
            // East Asian names are cited whole: 王明.
            made.add(&format!("{}{}", family, person.given), KeyKind::Name);
        }
        made
    }

    fn literal(name: &str, kind: KeyKind) -> Self {
        let mut made = Self::default();
        made.add(name, kind);
        if let Some((family, given)) = name.split_once(',') {
            // A person whose name was not divided.
            made.initial = fold(given).chars().next();
            made.add(family, KeyKind::Part);
        }
        if let Some((long, short)) = name.split_once(['(', '[']) {
            made.add(long, kind);
            made.add(short.trim_end_matches([')', ']']), kind);
        }
        let initials: String = name
            .split(|c: char| !c.is_alphanumeric() && c != '\u{2019}')
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .take(12)
            .collect();
        let letters: Vec<char> = initials.chars().collect();
        if letters.len() >= 2 {
            made.add(&initials, KeyKind::Part);
        }
        // "Inep" for "Instituto Nacional de Estudos e Pesquisas Educacionais Anísio Teixeira".
        for length in 3..letters.len().min(8) {
            made.add(&letters[..length].iter().collect::<String>(), KeyKind::Part);
        }
        made
    }

    fn add(&mut self, name: &str, kind: KeyKind) {
        for key in [Some(fold_name(name)), fold_written_out(name)].into_iter().flatten() {
            if !key.is_empty() && !self.keys.iter().any(|(known, _)| *known == key) {
                self.keys.push((key, kind));
            }
        }
    }

    /// How well the folded `name` stands for this one.
    pub(super) fn matches(&self, name: &str) -> Option<KeyKind> {
        self.keys.iter().find(|(key, _)| key == name).map(|&(_, kind)| kind)
    }
}

/// The names under which a work is cited: its authors, else whoever answers for it.
fn responsible(record: &Record) -> Option<&Names> {
    let roles = [
        record.author(),
        record.editor(),
        record.compiler(),
        record.director(),
        record.composer(),
        record.container_author(),
        record.translator(),
        record.editorial_director(),
        record.chair(),
        record.host(),
    ];
    roles.into_iter().flatten().find(|names| !names.list.is_empty())
}

fn title_words(record: &Record) -> Vec<String> {
    let title = record.title().map(|title| title.joined().as_str().to_owned()).unwrap_or_default();
    let words = title.split(|c: char| c.is_whitespace() || matches!(c, ':' | '/' | '\u{2013}' | '\u{2014}'));
    words.map(fold).filter(|word| !word.is_empty()).take(TITLE_WORDS * 2).collect()
}

/// The first words of a title: two or more of them may stand for a work without author.
fn title_keys(words: &[String]) -> Vec<String> {
    let mut keys = Vec::new();
    let mut key = String::new();
    for word in words.iter().take(TITLE_WORDS) {
        key.push_str(word);
        keys.push(key.clone());
    }
    keys
}

/// Names read off a printed entry, label removed, whatever the parser made of it: what stands in front of the first comma, bracket or
/// figure; the same up to the first stop; a family name in front of initials; abbreviations in capitals.
fn raw_keys(printed: &str) -> Vec<String> {
    let text = printed.trim_start_matches(|c: char| !c.is_alphabetic());
    let end = text.find(|c: char| matches!(c, ',' | '(' | '[' | ';' | ':') || c.is_ascii_digit()).unwrap_or(text.len());
    let head = text[..end].trim();
    let mut keys = Vec::new();
    let mut add = |key: String| {
        if key.chars().count() > 1 && key.len() < 100 && !keys.contains(&key) {
            keys.push(key);
        }
    };
    add(fold_name(head));
    add(fold_name(head.split(". ").next().unwrap_or(head)));
    let words: Vec<&str> = head.split_whitespace().collect();
    if let [family @ .., initials] = words.as_slice()
        && initials.chars().count() <= 3
        && (1..=3).contains(&family.len())
    {
        add(fold_name(&family.join(" ")));
    }
    let opening: String = text.chars().take(200).collect();
    for word in opening.split(|c: char| !c.is_alphanumeric()) {
        if word.len() >= 3 && word.chars().all(|c| c.is_ascii_uppercase()) {
            add(fold(word));
        }
    }
    keys
}

/// Page ranges of plain figures, abbreviated ends written out: "112–8" is 112 to 118. Empty where the pages say nothing of a locator.
pub(super) fn page_ranges(record: &Record) -> Vec<(u32, u32)> {
    use crate::record::PageEnd;
    let Some(pages) = record.page().filter(|pages| !pages.article_number) else { return Vec::new() };
    let mut ranges = Vec::new();
    for range in &pages.ranges {
        let Ok(first) = range.first.parse::<u32>() else { return Vec::new() };
        let last = match &range.end {
            PageEnd::Last(last) => match whole_page(&range.first, last) {
                Some(last) => last,
                None => return Vec::new(),
            },
            PageEnd::Single => first,
            // Nobody knows how far they go.
            _ => return Vec::new(),
        };
        ranges.push((first.min(last), last.max(first)));
    }
    // A single number may be an article number.
    if ranges.len() == 1 && ranges[0].0 == ranges[0].1 { Vec::new() } else { ranges }
}

/// The page that an abbreviated end means: "8" behind "112" is 118.
pub(super) fn whole_page(first: &str, last: &str) -> Option<u32> {
    if !last.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if last.len() < first.len() && first.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("{}{last}", &first[..first.len() - last.len()]).parse().ok();
    }
    last.parse().ok()
}

/// Years of the printed entry that no field but a date can have put there.
fn other_years(record: &Record, printed: &str) -> Vec<i32> {
    let mut years = years_in(printed);
    if years.len() < 2 {
        return Vec::new();
    }
    for (variable, value) in record.fields() {
        if !matches!(variable, Variable::Issued | Variable::OriginalDate | Variable::Note) {
            let elsewhere = years_in(&value.to_plain());
            years.retain(|year| !elsewhere.contains(year));
        }
    }
    years
}

fn bound_year(bound: &crate::record::Bound) -> Option<i32> {
    match bound {
        crate::record::Bound::Point(point) => Some(point.year),
        _ => None,
    }
}

/// Numbers of four digits from 1000 to 2199 that stand alone.
pub(super) fn years_in(text: &str) -> Vec<i32> {
    let mut years = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let glued = at > 0 && matches!(bytes[at - 1], b'.' | b'/' | b'a'..=b'z' | b'A'..=b'Z');
        if run == 4 && matches!(bytes[at], b'1' | b'2') && !glued {
            years.extend(text[at..at + 4].parse::<i32>().ok().filter(|year| (1000..2200).contains(year)));
        }
        at += run.max(1);
    }
    years
}

/// The letter glued to `year` in a printed entry: "2020a".
fn letter_behind(printed: &str, year: i32) -> Option<char> {
    let digits = year.to_string();
    printed.match_indices(&digits).find_map(|(at, _)| {
        let mut behind = printed[at + digits.len()..].chars();
        let letter = behind.next().filter(char::is_ascii_lowercase)?;
        (!behind.next().is_some_and(char::is_alphanumeric)).then_some(letter)
    })
}
