//! Which entry an item means.
//!
//! Entries are looked up by the folded name of their first author; each gets a score for its names (first author, number of authors,
//! the others, "et al."), and those of the right year compete. The best alone is linked; equals are ambiguous; where none has the
//! year, the near ones are named: the same author in another year, a misspelt name in the same year.

use super::fold::{distance, fold, fold_name};
use super::index::{Entry, EntryName, Index, KeyKind};
use super::{Citation, Item, Reference, Style, Year, whole_items};

/// The least score of names that makes an entry a candidate.
const LEAST_NAMES: f32 = 0.4;
/// Scores nearer than this are equal.
const SAME: f32 = 0.04;
/// The most near entries that are named.
const MOST_NEAR: usize = 3;
/// Names longer than this are not compared letter by letter.
const MOST_LETTERS: usize = 40;

/// What an item means.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Verdict {
    /// One entry.
    Linked {
        /// Index into the references.
        reference: usize,
        /// How well it fits, 0 to 1.
        score: f32,
    },
    /// Several entries fit equally well.
    Ambiguous(Vec<usize>),
    /// No entry fits.
    Missing(Vec<Near>),
}

impl Verdict {
    /// The entry, if there is exactly one.
    #[must_use]
    pub const fn reference(&self) -> Option<usize> {
        match self {
            Self::Linked { reference, .. } => Some(*reference),
            _ => None,
        }
    }
}

/// An entry that nearly fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Near {
    /// Index into the references.
    pub reference: usize,
    /// What differs.
    pub differs: Difference,
}

/// What keeps a near entry from fitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Difference {
    /// The letter behind the year.
    Letter,
    /// The spelling of a name.
    Name,
    /// The year.
    Year,
    /// The other authors.
    Coauthors,
}

impl Difference {
    /// The name in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Name => "name",
            Self::Year => "year",
            Self::Coauthors => "coauthors",
        }
    }
}

/// What the citations of a document mean, and which entries none of them means.
///
/// The vectors run parallel to the citations and their items.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Links {
    /// A verdict for each item of each citation.
    pub verdicts: Vec<Vec<Verdict>>,
    /// Entries that no item means, alone or among others; indexes into the references.
    pub uncited: Vec<usize>,
}

/// Links each item of `citations` to `references`.
///
/// # Example
///
/// ```
/// use reflist::citations::{Reference, Verdict, find, link};
/// use reflist::document::Document;
/// use reflist::{Kind, Name, Names, Record, Variable};
/// let mut record = Record::new("liu2022", Kind::Book);
/// record.set(Variable::Author, Names::new(vec![Name::person("Liu", "W.")]));
/// record.set(Variable::Issued, "2022");
/// let references = [Reference::new(&record)];
/// let document = Document::from_plain(b"So it is (Liu, 2020, p. 72).");
/// let links = link(&find(&document, &references, &[]), &references);
/// let Verdict::Missing(near) = &links.verdicts[0][0] else { panic!("no entry of 2020") };
/// assert_eq!(near[0].reference, 0);
/// assert_eq!(links.uncited, [0]);
/// ```
#[must_use]
pub fn link(citations: &[Citation], references: &[Reference<'_>]) -> Links {
    let index = Index::new(references);
    let mut linker = Linker { index: &index, notes: Vec::new() };
    let verdicts: Vec<Vec<Verdict>> = citations.iter().map(|citation| linker.citation(citation)).collect();
    let mut cited = vec![false; references.len()];
    for verdict in verdicts.iter().flatten() {
        match verdict {
            Verdict::Linked { reference, .. } => cited[*reference] = true,
            Verdict::Ambiguous(all) => all.iter().for_each(|&at| cited[at] = true),
            Verdict::Missing(_) => {}
        }
    }
    let uncited = (0..references.len()).filter(|&at| !cited[at]).collect();
    Links { verdicts, uncited }
}

struct Linker<'i> {
    index: &'i Index,
    /// The entries linked so far, for "ibid." and "op. cit.".
    notes: Vec<usize>,
}

impl Linker<'_> {
    fn citation(&mut self, citation: &Citation) -> Vec<Verdict> {
        whole_items(citation)
            .map(|(item, named)| {
                let verdict = match citation.style {
                    Style::Note => self.note(item),
                    Style::Field => self.field(item),
                    style => self.item(style, item, named),
                };
                self.notes.extend(verdict.reference());
                verdict
            })
            .collect()
    }

    fn item(&self, style: Style, item: &Item, named: &Item) -> Verdict {
        match style {
            Style::Number | Style::Superscript => {
                let firsts = self.index.by_number(item.number.unwrap_or_default());
                of_equals(firsts.iter().map(|&at| at as usize + item.work).collect())
            }
            Style::Label => {
                let label = item.key.as_deref().unwrap_or_default();
                of_equals(self.index.by_label(label).iter().map(|&at| at as usize).collect())
            }
            Style::LatexKey | Style::PandocKey | Style::TypstKey => {
                let key = item.key.as_deref().unwrap_or_default();
                match self.index.by_key(key) {
                    Some(at) => Verdict::Linked { reference: at as usize, score: 1.0 },
                    None => Verdict::Missing(self.near_keys(key)),
                }
            }
            _ => {
                let names: Vec<&str> = named.names.iter().map(String::as_str).collect();
                Cited::new(&names, named.other_form.as_deref(), named.et_al, item.year.as_ref()).verdict(self.index)
            }
        }
    }

    /// A short form: the work before for "ibid.", the author's last for "op. cit.", else the author's work of that title.
    fn note(&self, item: &Item) -> Verdict {
        let title = item.title.as_deref().unwrap_or_default();
        let linked = |at: Option<usize>| match at {
            Some(reference) => Verdict::Linked { reference, score: 0.9 },
            None => Verdict::Missing(Vec::new()),
        };
        let Some(name) = item.names.first().map(|name| fold_name(name)) else {
            return linked(self.notes.last().copied());
        };
        let entries: Vec<usize> = self.index.by_name(&name).iter().map(|&(at, _)| at as usize).collect();
        if title == "op. cit." {
            let before = self.notes.iter().rev().copied().find(|at| entries.contains(at));
            return before.map_or_else(|| of_equals(entries), |at| linked(Some(at)));
        }
        let words: Vec<String> = title.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect();
        let has_title = |at: &usize| self.index.entries[*at].title.windows(words.len()).any(|run| run == words);
        of_equals(entries.into_iter().filter(has_title).collect())
    }

    /// A reference manager's field: by DOI, by title, else by names and year.
    fn field(&self, item: &Item) -> Verdict {
        let by_doi = item.key.as_deref().map(|doi| self.index.by_doi(doi)).unwrap_or_default();
        let by_title = || item.title.as_deref().map(|title| self.index.by_title(title)).unwrap_or_default();
        let found = if by_doi.is_empty() { by_title() } else { by_doi };
        if !found.is_empty() {
            return of_equals(found.iter().map(|&at| at as usize).collect());
        }
        // All names are known here, however many the text prints.
        let first: Vec<&str> = item.names.iter().take(1).map(String::as_str).collect();
        Cited::new(&first, None, item.names.len() > 1, item.year.as_ref()).verdict(self.index)
    }

    fn near_keys(&self, key: &str) -> Vec<Near> {
        let folded = fold(key);
        let mut near: Vec<(usize, usize)> =
            self.index.keys().filter_map(|(known, at)| Some((distance(&folded, &fold(known), 2)?, at))).collect();
        near.sort_unstable();
        near.into_iter().take(MOST_NEAR).map(|(_, reference)| Near { reference, differs: Difference::Name }).collect()
    }
}

fn of_equals(all: Vec<usize>) -> Verdict {
    match all.as_slice() {
        [] => Verdict::Missing(Vec::new()),
        [reference] => Verdict::Linked { reference: *reference, score: 1.0 },
        _ => Verdict::Ambiguous(all),
    }
}

/// Names and a year, ready to be held against entries.
pub(super) struct Cited<'c> {
    names: Vec<CitedName>,
    /// All names as one, for bodies with "and" in their names; folded.
    whole: String,
    other_form: Option<String>,
    et_al: bool,
    year: Option<&'c Year>,
}

/// A cited name: every ending of its words, folded, longest first. "Lev Manovich" gives "levmanovich" and "manovich".
struct CitedName {
    endings: Vec<String>,
    initial: Option<char>,
}

/// An entry whose names fit.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    entry: usize,
    names: f32,
    year: YearFit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum YearFit {
    Same,
    OtherLetter,
    /// The entry prints the year, but not as its own: a translation's, a reprint's.
    Printed,
    Other(u32),
    Unknown,
}

/// How good the evidence is that names and year are a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Evidence {
    /// No entry has this name.
    None,
    /// An entry's first author has the name, in another year.
    Name,
    /// An entry fits in names and year.
    Entry,
}

impl CitedName {
    fn new(name: &str) -> Self {
        let words: Vec<&str> = name.split_whitespace().take(16).collect();
        let endings = (0..words.len())
            .map(|from| fold_name(&words[from..].join(" ")))
            .filter(|ending| !ending.is_empty())
            .collect();
        let initial = words
            .first()
            .filter(|first| words.len() > 1 && first.ends_with('.'))
            .and_then(|first| fold(first).chars().next());
        Self { endings, initial }
    }

    /// How well the name fits `entry`'s: 1 for the same, less for a part of it or a near spelling.
    fn fits(&self, entry: &EntryName) -> f32 {
        let direct = self.endings.iter().filter_map(|ending| entry.matches(ending)).min().map(kind_score);
        direct.unwrap_or_else(|| {
            let near = self.endings.last().is_some_and(|last| {
                entry.keys.first().is_some_and(|(key, _)| is_near_spelling(last, key))
                    || self
                        .endings
                        .first()
                        .is_some_and(|first| entry.keys.iter().any(|(key, _)| is_near_spelling(first, key)))
            });
            if near { 0.7 } else { 0.0 }
        })
    }
}

fn kind_score(kind: KeyKind) -> f32 {
    match kind {
        KeyKind::Name => 1.0,
        KeyKind::Part => 0.9,
        KeyKind::Title => 0.85,
        KeyKind::Raw => 0.8,
    }
}

impl<'c> Cited<'c> {
    /// With the names as printed, another form of them, and whether others are said to follow.
    pub(super) fn new(names: &[&str], other_form: Option<&str>, et_al: bool, year: Option<&'c Year>) -> Self {
        let whole = if names.len() > 1 { fold_name(&names.join(" ")) } else { String::new() };
        Self {
            names: names.iter().map(|name| CitedName::new(name)).collect(),
            whole,
            other_form: other_form.map(fold_name),
            et_al,
            year,
        }
    }

    /// How good the evidence of `index` is that this is a citation.
    pub(super) fn evidence(&self, index: &Index) -> Evidence {
        let candidates = self.candidates(index);
        if candidates.iter().any(|candidate| matches!(candidate.year, YearFit::Same | YearFit::OtherLetter)) {
            Evidence::Entry
        } else if candidates.iter().any(|candidate| candidate.names >= 0.5) {
            Evidence::Name
        } else {
            Evidence::None
        }
    }

    pub(super) fn verdict(&self, index: &Index) -> Verdict {
        let candidates = self.candidates(index);
        let same: Vec<Candidate> = candidates.iter().filter(|found| found.year == YearFit::Same).copied().collect();
        if let Some(best) = best(&same) {
            let equals: Vec<usize> =
                same.iter().filter(|found| found.names > best - SAME).map(|found| found.entry).collect();
            return match equals.as_slice() {
                [reference] => Verdict::Linked { reference: *reference, score: best },
                _ => Verdict::Ambiguous(equals),
            };
        }
        // The only entry of names and year, whose letter the text has or lacks, is meant all the same.
        let lettered: Vec<Candidate> =
            candidates.iter().filter(|found| found.year == YearFit::OtherLetter).copied().collect();
        if let Some(best) = best(&lettered) {
            let equals: Vec<usize> =
                lettered.iter().filter(|found| found.names > best - SAME).map(|found| found.entry).collect();
            return match equals.as_slice() {
                [reference] if !self.has_letter() => Verdict::Linked { reference: *reference, score: best * 0.9 },
                _ if !self.has_letter() => Verdict::Ambiguous(equals),
                _ => Verdict::Missing(near_of(equals, Difference::Letter)),
            };
        }
        let printed: Vec<Candidate> =
            candidates.iter().filter(|found| found.year == YearFit::Printed && found.names >= 0.7).copied().collect();
        if let [found] = printed.as_slice() {
            return Verdict::Linked { reference: found.entry, score: found.names * 0.8 };
        }
        Verdict::Missing(self.near(index, &candidates))
    }

    fn has_letter(&self) -> bool {
        self.year.is_some_and(|year| year.letter.is_some())
    }

    /// Entries whose names fit well enough, each once.
    fn candidates(&self, index: &Index) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        let Some(first) = self.names.first() else { return found };
        for name in self.other_form.iter().chain(Some(&self.whole).filter(|whole| !whole.is_empty())) {
            for &(at, kind) in index.by_name(name) {
                if found.iter().all(|other| other.entry != at as usize) {
                    found.push(self.candidate(index, at as usize, kind_score(kind)));
                }
            }
        }
        for ending in &first.endings {
            let entries = index.by_name(ending);
            for &(at, kind) in entries {
                let at = at as usize;
                if found.iter().all(|other| other.entry != at) {
                    let names = kind_score(kind) * self.rest_fits(&index.entries[at]);
                    found.push(self.candidate(index, at, names));
                }
            }
            // The longest ending that any entry has decides: "Vieira da Silva" is no "Silva" where both are in the list.
            if entries.iter().any(|(_, kind)| *kind == KeyKind::Name) {
                break;
            }
        }
        found.retain(|candidate| candidate.names >= LEAST_NAMES);
        found
    }

    fn candidate(&self, index: &Index, entry: usize, names: f32) -> Candidate {
        Candidate { entry, names, year: self.year_fit(&index.entries[entry]) }
    }

    /// How well number and spelling of the names behind the first fit, and the initials of the first: a factor.
    fn rest_fits(&self, entry: &Entry) -> f32 {
        let (cited, known) = (self.names.len(), entry.names.len());
        let mut fit = match (self.et_al, cited.cmp(&known)) {
            _ if known == 0 => 0.95,
            (true, _) if entry.et_al || cited < known => 1.0,
            (true, _) => 0.7,
            (false, std::cmp::Ordering::Equal) if !entry.et_al => 1.0,
            (false, std::cmp::Ordering::Equal) => 0.9,
            (false, std::cmp::Ordering::Less) if cited == 1 => 0.75,
            (false, std::cmp::Ordering::Less) => 0.8,
            (false, std::cmp::Ordering::Greater) => 0.6,
        };
        if self.et_al && cited == 1 && known == 2 {
            fit *= 0.9;
        }
        for (name, known) in self.names.iter().zip(&entry.names).skip(1) {
            fit *= match name.fits(known) {
                // Two names in the wrong order, or one left out: any other of the entry's will do, less well.
                0.0 if entry.names.iter().any(|other| name.fits(other) >= 0.9) => 0.8,
                0.0 => 0.4,
                fits => fits.max(0.8),
            };
        }
        if let (Some(cited), Some(known)) = (self.names[0].initial, entry.names.first().and_then(|name| name.initial)) {
            fit *= if cited == known { 1.0 } else { 0.6 };
        }
        fit
    }

    fn year_fit(&self, entry: &Entry) -> YearFit {
        let Some(year) = self.year else { return YearFit::Unknown };
        let Some(number) = year.number else {
            let word = fold(&year.printed);
            let same = match &entry.dated_by_word {
                Some(known) => *known == word || (is_undated(known) == is_undated(&word)),
                None => entry.years.is_empty(),
            };
            return if same { YearFit::Same } else { YearFit::Other(0) };
        };
        if entry.years.contains(&number) || year.other.is_some_and(|other| entry.years.contains(&other)) {
            return match (year.letter, entry.letter) {
                (None, None) => YearFit::Same,
                (Some(cited), Some(known)) if cited == known => YearFit::Same,
                // The list has one such entry without letter.
                (Some('a'), None) => YearFit::Same,
                _ => YearFit::OtherLetter,
            };
        }
        if entry.other_years.contains(&number) {
            return YearFit::Printed;
        }
        let apart = entry.years.iter().map(|known| known.abs_diff(number)).min();
        YearFit::Other(apart.unwrap_or(u32::MAX))
    }

    /// The entries that come near: the same author in another year, the nearest first; else a misspelt author in the same year.
    fn near(&self, index: &Index, candidates: &[Candidate]) -> Vec<Near> {
        let mut by_year: Vec<(bool, u32, usize)> = candidates
            .iter()
            .map(|found| {
                let apart = if let YearFit::Other(apart) = found.year { apart } else { u32::MAX };
                (found.names < 0.7, apart, found.entry)
            })
            .collect();
        by_year.sort_unstable();
        let mut near: Vec<Near> =
            by_year.into_iter().map(|(_, _, reference)| Near { reference, differs: Difference::Year }).collect();
        near.extend(self.same_year_other_coauthors(index));
        if near.is_empty() {
            near = self.misspelt(index);
        }
        near.truncate(MOST_NEAR);
        near
    }

    /// Entries of the first author and the year whose other authors do not fit.
    fn same_year_other_coauthors(&self, index: &Index) -> Vec<Near> {
        let Some(first) = self.names.first() else { return Vec::new() };
        let entries = first.endings.iter().flat_map(|ending| index.by_name(ending));
        let same = entries.filter(|(at, _)| {
            let entry = &index.entries[*at as usize];
            self.year_fit(entry) == YearFit::Same && self.rest_fits(entry) < LEAST_NAMES
        });
        near_of(same.map(|&(at, _)| at as usize).collect(), Difference::Coauthors)
    }

    /// Entries of the same year whose first author differs by a letter or two.
    fn misspelt(&self, index: &Index) -> Vec<Near> {
        let Some(first) = self.names.first() else { return Vec::new() };
        let spellings: Vec<&String> = first.endings.first().into_iter().chain(first.endings.last()).collect();
        let mut near: Vec<(usize, usize)> = Vec::new();
        for (key, entries) in index.first_names() {
            if !spellings.iter().any(|spelling| is_near_spelling(spelling, key)) {
                continue;
            }
            for &(at, _) in entries.iter().filter(|(_, kind)| *kind != KeyKind::Title) {
                let at = at as usize;
                let same = matches!(self.year_fit(&index.entries[at]), YearFit::Same | YearFit::OtherLetter);
                if same && !near.iter().any(|&(_, known)| known == at) {
                    near.push((at, at));
                }
            }
        }
        near.sort_unstable();
        near_of(near.into_iter().map(|(_, at)| at).collect(), Difference::Name)
    }
}

fn near_of(entries: Vec<usize>, differs: Difference) -> Vec<Near> {
    entries.into_iter().map(|reference| Near { reference, differs }).collect()
}

fn best(candidates: &[Candidate]) -> Option<f32> {
    candidates.iter().map(|found| found.names).max_by(f32::total_cmp)
}

/// Whether two folded names differ by a slip: one letter in short names, two in long ones.
fn is_near_spelling(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() < right.len() { (left.len(), right.len()) } else { (right.len(), left.len()) };
    if short < 4 || long > MOST_LETTERS {
        return false;
    }
    distance(left, right, if short < 8 { 1 } else { 2 }).is_some()
}

fn is_undated(folded: &str) -> bool {
    matches!(folded, "nd" | "oj" | "sd" | "sf" | "undated")
}
