//! Works that notes cite again in short: "Ibid., 46", "Smith, op. cit., p. 45", "Smith (n 3) 12", "Smith, Short title, 45".
//!
//! Such an entry is the work that it points to, with the place that it cites as `locator`: its record is that work's, whole, since what
//! is printed again is never more than a part of it. Which work is meant is known only when the list is read:
//!
//! - "Ibid." is the work of the entry before, "op. cit." the named author's that was cited last, "(n 3)" the one of note 3, by that author
//!   where the note has several.
//! - A name and a part of a title (or the year) that an earlier entry has in full, and nothing else but a place, are that entry again.
//! - "ibid. 75, 910 (1995)" is another article in the journal before, and no repetition.
//!
//! The span of what is taken over is that of the words that point to it.

use rustc_hash::FxHashMap;

use super::words::words;
use crate::parse::entries::Entry;
use crate::parse::entries::back::{self, Pointer, Target};
use crate::record::{Field, Parsed, Text, Title, Value, Variable};
use crate::span::Span;

/// How many works of one author are looked at for a short title, the last ones first.
const MOST_WORKS: usize = 60;

/// The longest short form, in bytes.
const LONGEST: usize = 200;

/// An entry that cites the work of an earlier one again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repeat {
    /// The position of the entry that first cites the work.
    pub of: usize,
    /// The words of the entry that point to it: "ibid.", "(n 3)", a short title.
    pub words: Span,
}

/// What was cited so far, in the order of the list.
#[derive(Debug, Default)]
pub(super) struct Cited {
    /// By every word of its first author's family name: the positions of works.
    by_name: FxHashMap<String, Vec<usize>>,
    /// By number of note.
    by_note: FxHashMap<u32, Vec<usize>>,
    /// For each entry the one that first cites its work.
    firsts: Vec<usize>,
}

/// What came of looking an entry up.
pub(super) enum Found {
    /// It points nowhere back.
    Nothing,
    /// It is the work of an earlier entry.
    Again(Repeat),
    /// It is in the journal of the entry before.
    Journal(Pointer),
    /// Its words point to no entry.
    Lost(Span),
}

impl Cited {
    /// Remembers the entry at the end of `before`, which cites the work of `first`.
    pub(super) fn add(&mut self, parsed: &Parsed, entry: Option<&Entry>, first: Option<usize>) {
        let at = self.firsts.len();
        self.firsts.push(first.unwrap_or(at));
        let number = entry.and_then(|entry| entry.label.as_deref()).and_then(number);
        if let Some(number) = number {
            self.by_note.entry(number).or_default().push(first.unwrap_or(at));
        }
        if first.is_none() {
            for word in names(parsed) {
                self.by_name.entry(word).or_default().push(at);
            }
        }
    }

    /// The work that `parsed` cites again.
    pub(super) fn find(&self, parsed: &Parsed, before: &[Parsed]) -> Found {
        let Some(pointer) = back::pointer(&parsed.source) else {
            return self.short(parsed, before).map_or(Found::Nothing, Found::Again);
        };
        let front = &parsed.source[pointer.front.range()];
        let of = match pointer.target {
            Target::Names => return Found::Nothing,
            Target::Journal => return Found::Journal(pointer),
            Target::Before => self.firsts.last().copied(),
            Target::Author => self.of_author(front, before),
            Target::Note(number) => self.of_note(number, front, before),
        };
        match of {
            Some(of) => Found::Again(Repeat { of, words: pointer.words }),
            None => Found::Lost(pointer.words),
        }
    }

    /// The work that the author named in `front` was cited with last; the one of that title if there is a title, too.
    fn of_author(&self, front: &str, before: &[Parsed]) -> Option<usize> {
        let printed: Vec<String> = words(front).map(str::to_lowercase).collect();
        let works =
            printed.iter().take(8).filter_map(|word| self.by_name.get(word)).max_by_key(|works| works.last())?;
        let candidates = || works.iter().rev().take(MOST_WORKS).copied();
        let titled = candidates().find(|&at| {
            let title = title(&before[at]);
            printed.iter().filter(|word| word.chars().count() >= 4).any(|word| title.contains(word))
        });
        titled.or_else(|| {
            // The last one cited, whether in full or again.
            let last = self.firsts.iter().rev().take(1000).find(|first| works.binary_search(first).is_ok());
            last.copied().or_else(|| candidates().next())
        })
    }

    /// The work of a note: by the author or title in `front`, or the only one.
    fn of_note(&self, number: u32, front: &str, before: &[Parsed]) -> Option<usize> {
        let works = self.by_note.get(&number)?;
        let printed: Vec<String> = words(front).map(str::to_lowercase).collect();
        let named = |&&at: &&usize| {
            let own = names(&before[at]);
            let title = title(&before[at]);
            let in_title = |word: &&String| word.chars().count() >= 4 && title.contains(word);
            printed.iter().any(|word| own.contains(word))
                || own.is_empty() && printed.iter().any(|word| in_title(&word))
        };
        let mut fitting = works.iter().take(MOST_WORKS).filter(named);
        fitting.next().or(if let [only] = works.as_slice() { Some(only) } else { None }).copied()
    }

    /// "Albers, Das Land, S. 77.": a name, a part of an earlier title or its year, a place, and nothing else.
    fn short(&self, parsed: &Parsed, before: &[Parsed]) -> Option<Repeat> {
        let text = parsed.source.as_str();
        if text.len() > LONGEST || parsed.record.has(Variable::Doi) || parsed.record.has(Variable::Url) {
            return None;
        }
        let printed: Vec<(Span, String)> = words(text)
            .map(|word| {
                let start = word.as_ptr() as usize - text.as_ptr() as usize;
                (Span::new(start, start + word.len()), word.to_lowercase())
            })
            .collect();
        let works = printed.iter().take(5).find_map(|(_, word)| self.by_name.get(word))?;
        // A year with more than a place behind it is part of the title that is cited, or the entry is none of these. Whole references
        // are told from short ones by that, without a look at each work of the author.
        let year = printed.iter().find(|(_, word)| back::has_year(word));
        let part_of_title = year.is_some_and(|(span, _)| !is_place(&text[span.end..]));
        let titled = |at: usize| !part_of_title || before[at].record.title().is_some_and(has_figures);
        works.iter().rev().take(MOST_WORKS).find_map(|&at| {
            let words = titled(at).then(|| short_of(text, &printed, &before[at])).flatten()?;
            Some(Repeat { of: at, words })
        })
    }
}

/// Where the part of a title, or the year, stands by which `text` cites `work` in short.
fn short_of(text: &str, printed: &[(Span, String)], work: &Parsed) -> Option<Span> {
    let title = title(work);
    let own = all_names(work);
    let named = printed.iter().take_while(|(_, word)| is_of_names(word, &own)).count();
    let year = work.record.issued().and_then(crate::record::Date::year).map(|year| year.to_string());
    if named == 0 || title.is_empty() {
        return None;
    }
    let rest = &printed[named..];
    let run = (0..title.len())
        .map(|from| rest.iter().zip(&title[from..]).take_while(|((_, word), of)| word == *of).count())
        .max()
        .unwrap_or(0);
    let telling = rest[..run].iter().any(|(_, word)| word.chars().count() >= 4);
    let by_title = telling && !(run == 1 && rest[0].1.chars().count() < 5);
    let by_year = rest
        .first()
        .is_some_and(|(_, word)| year.as_deref() == Some(word.trim_end_matches(|c: char| c.is_alphabetic())));
    let (first, last) = match (by_title, by_year) {
        (true, _) => (rest.first()?.0, rest[run - 1].0),
        (false, true) => (rest.first()?.0, rest.first()?.0),
        _ => return None,
    };
    let behind = &text[last.end..];
    // A date behind the title may be another edition's.
    if by_title && back::has_year(behind) {
        return None;
    }
    let place = back::locator(behind);
    let nothing_else = is_place(behind);
    // A whole title again, and no place, is another entry of the list; a year and a place alone may be one that lacks its title.
    let shorter = place.is_some() || run < title.len();
    (nothing_else && shorter).then(|| Span::new(first.start, last.end))
}

fn has_figures(title: &Title) -> bool {
    let parts = [Some(&title.main), title.sub.as_ref(), title.addition.as_ref()];
    parts.into_iter().flatten().any(|part| part.as_str().bytes().any(|byte| byte.is_ascii_digit()))
}

/// Whether a text is nothing but a place that is cited, or empty.
fn is_place(text: &str) -> bool {
    let left = back::locator(text).map_or(text, |(_, end)| &text[end..]);
    left.chars().all(|c| !c.is_alphanumeric())
}

/// Whether a word belongs to the run of names in front: a name of the authors, an initial of theirs, "and".
fn is_of_names(word: &str, own: &[String]) -> bool {
    const BETWEEN: &[&str] = &["and", "und", "et", "y", "e", "en", "och", "og", "al", "eds", "ed", "hg", "hrsg", "dir"];
    let initial = word.chars().count() == 1 && own.iter().any(|name| name.starts_with(word));
    initial || own.iter().any(|name| name == word) || BETWEEN.contains(&word)
}

/// The number of a note: "3" of "3", "3a".
fn number(label: &str) -> Option<u32> {
    label.trim_end_matches(|c: char| c.is_ascii_lowercase()).parse().ok()
}

/// The words of the title, in lower case.
fn title(parsed: &Parsed) -> Vec<String> {
    let title = parsed.record.title().map(ToString::to_string).unwrap_or_default();
    words(&title).map(str::to_lowercase).collect()
}

/// The words of the first author's family name, in lower case; the editor's where there is no author.
fn names(parsed: &Parsed) -> Vec<String> {
    let record = &parsed.record;
    let names = record.author().or_else(|| record.editor());
    let family = names.and_then(|names| names.list.first()).map(|name| match name.as_person() {
        Some(person) => person.family.to_string(),
        None => name.to_string(),
    });
    words(&family.unwrap_or_default()).map(str::to_lowercase).filter(|word| word.chars().count() > 1).collect()
}

/// The words of all names, in lower case.
fn all_names(parsed: &Parsed) -> Vec<String> {
    let record = &parsed.record;
    let names = record.author().or_else(|| record.editor());
    let all = names.map(|names| names.list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    words(&all.unwrap_or_default()).map(str::to_lowercase).collect()
}

/// Makes `parsed` the work of `earlier`, cited again by `words`: what stands in front of them names it, what stands behind is the place
/// cited, and what follows is a note.
pub(super) fn take_work(parsed: &mut Parsed, earlier: &Parsed, cited: Span) {
    let own = [Variable::Note, Variable::CitationNumber, Variable::CitationLabel, Variable::Locator];
    let mut record = crate::record::Record::new(parsed.record.key.clone(), earlier.record.kind);
    record.native.clone_from(&earlier.record.native);
    let confidence = earlier.confidence.min(parsed.confidence);
    let front = Span::new(0, parsed.source[..cited.start].trim_end_matches([' ', ',', ';', ':', '(']).len());
    parsed.fields.clear();
    for (variable, value) in earlier.record.fields().filter(|(variable, _)| !own.contains(variable)) {
        record.set(variable, value.clone());
        let names = matches!(variable, Variable::Author | Variable::Editor);
        let span = if names && !front.is_empty() { front } else { cited };
        parsed.fields.push(Field::new(variable, span, confidence));
    }
    let mut end = cited.end;
    if let Some((place, behind)) = back::locator(&parsed.source[cited.end..]) {
        let span = Span::new(cited.end + place.start, cited.end + place.end);
        record.set(Variable::Locator, &parsed.source[span.range()]);
        parsed.fields.push(Field::new(Variable::Locator, span, confidence));
        end += behind;
    }
    let rest = parsed.source[end..].trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':'));
    if rest.chars().any(char::is_alphanumeric) {
        let start = rest.as_ptr() as usize - parsed.source.as_ptr() as usize;
        let span = Span::new(start, start + rest.len());
        record.set(Variable::Note, Value::Text(Text::plain(rest)));
        parsed.fields.push(Field::new(Variable::Note, span, confidence));
    }
    parsed.fields.sort_by_key(|field| (field.span, field.variable));
    parsed.record = record;
    parsed.confidence = confidence;
}

/// Gives `parsed` the journal of `last`, and its authors where none are printed.
pub(super) fn take_journal(parsed: &mut Parsed, last: &Parsed, pointer: Pointer) -> bool {
    let journal = [Variable::ContainerTitle, Variable::ContainerTitleShort, Variable::Issn];
    if !last.record.has(Variable::ContainerTitle) {
        return false;
    }
    forget(parsed, pointer.words);
    let named = pointer.front.is_empty() && !parsed.record.has(Variable::Author);
    for variable in journal.into_iter().chain(named.then_some(Variable::Author)) {
        if let Some(value) = last.record.get(variable) {
            parsed.record.set(variable, value.clone());
            parsed.fields.retain(|field| field.variable != variable);
            super::repeated_author::add_field(parsed, Field::new(variable, pointer.words, last.confidence));
        }
    }
    parsed.record.kind = last.record.kind;
    true
}

/// Takes away what the labeller made of the words that point, as if they were a name or a title.
pub(super) fn forget(parsed: &mut Parsed, words: Span) {
    let misread: Vec<Variable> =
        parsed.fields.iter().filter(|field| words.contains(field.span)).map(|field| field.variable).collect();
    for variable in misread {
        let elsewhere = parsed.fields.iter().any(|field| field.variable == variable && !words.contains(field.span));
        if !elsewhere {
            parsed.record.remove(variable);
            parsed.fields.retain(|field| field.variable != variable);
        }
    }
}
