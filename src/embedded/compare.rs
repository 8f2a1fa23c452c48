//! The printed list against the embedded records.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::parse::Parsed;
use crate::record::{Record, Value, Variable};

/// A printed entry and an embedded record are the same work when this share of the title's words is shared.
const SAME: f64 = 0.7;

/// Words that stand in more titles than this do not lead from one to another: that keeps the time linear.
const COMMON: usize = 64;

/// Says where the printed list and the records inside the document differ: a warning for each field that both have and that is not the
/// same, and one for each record that the list lacks.
///
/// Dashes, capitals, abbreviated journals and given names, "et al." and missing fields are no differences. Time is linear in the
/// number of titles.
///
/// ```
/// use reflist::{embedded, parse_reference, Record, Kind, Variable};
/// let printed = parse_reference("Osei, K. (2009). Rivers and roads of the coast. Journal of Geography, 12(1), 4–19.");
/// let mut record = Record::new("osei", Kind::ArticleJournal);
/// record.set(Variable::Title, "Rivers and Roads of the Coast");
/// record.set(Variable::Volume, "21");
/// let found = embedded::compare(&[printed], &[record]);
/// assert!(found[0].message.contains("volume"), "{found:?}");
/// ```
#[must_use]
pub fn compare(printed: &[Parsed], embedded: &[Record]) -> Vec<Diagnostic> {
    if printed.is_empty() {
        return Vec::new();
    }
    let index = Index::of(printed);
    let mut diagnostics = Vec::new();
    for record in embedded {
        match index.find(record) {
            Some(at) => diagnostics.extend(differences(&printed[at].record, record)),
            None => {
                let message = format!("the document cites \"{}\", which its list lacks", title_of(record));
                diagnostics.push(
                    Diagnostic::warning("embedded::not-printed", message)
                        .with_help("refresh the list in the word processor, or look for it under another title"),
                );
            }
        }
    }
    diagnostics
}

/// Printed entries by DOI and by the words of their titles.
struct Index {
    by_doi: BTreeMap<String, usize>,
    by_word: BTreeMap<String, Vec<usize>>,
    sizes: Vec<usize>,
}

impl Index {
    fn of(printed: &[Parsed]) -> Self {
        let mut index = Self { by_doi: BTreeMap::new(), by_word: BTreeMap::new(), sizes: Vec::new() };
        for (at, parsed) in printed.iter().enumerate() {
            if let Some(doi) = parsed.record.doi() {
                index.by_doi.entry(doi.as_str().to_lowercase()).or_insert(at);
            }
            let words = word_set(&title_of(&parsed.record));
            index.sizes.push(words.len());
            for word in words {
                index.by_word.entry(word).or_default().push(at);
            }
        }
        index
    }

    /// The entry that is this work.
    fn find(&self, record: &Record) -> Option<usize> {
        if let Some(at) = record.doi().and_then(|doi| self.by_doi.get(&doi.as_str().to_lowercase())) {
            return Some(*at);
        }
        let words = word_set(&title_of(record));
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for entries in words.iter().filter_map(|word| self.by_word.get(word)).filter(|entries| entries.len() <= COMMON)
        {
            for at in entries {
                *shared.entry(*at).or_default() += 1;
            }
        }
        let share = |(at, count): (usize, usize)| 2.0 * count as f64 / (words.len() + self.sizes[at]).max(1) as f64;
        let best = shared.into_iter().max_by(|a, b| share(*a).total_cmp(&share(*b)).then(b.0.cmp(&a.0)))?;
        (share(best) >= SAME).then_some(best.0)
    }
}

/// What both have and say differently.
fn differences(printed: &Record, embedded: &Record) -> Vec<Diagnostic> {
    const COMPARED: [Variable; 9] = [
        Variable::Author,
        Variable::Title,
        Variable::ContainerTitle,
        Variable::Issued,
        Variable::Volume,
        Variable::Issue,
        Variable::Page,
        Variable::Doi,
        Variable::Publisher,
    ];
    let differs = |variable: Variable| {
        let (ours, theirs) = (printed.get(variable)?, embedded.get(variable)?);
        (!agree(ours, theirs)).then(|| {
            let message = format!(
                "\"{}\": the list prints {} \"{}\", the data inside the document say \"{}\"",
                title_of(printed),
                variable.as_str(),
                ours.to_plain(),
                theirs.to_plain()
            );
            Diagnostic::warning("embedded::differs", message).with_help("find out which is right, and mend the other")
        })
    };
    COMPARED.into_iter().filter_map(differs).collect()
}

fn agree(printed: &Value, embedded: &Value) -> bool {
    match (printed, embedded) {
        (Value::Names(ours), Value::Names(theirs)) => {
            let families = |names: &crate::record::Names| -> Vec<Vec<String>> {
                names.list.iter().map(|name| words(&name.family_with_particle())).collect()
            };
            let (ours_list, theirs_list) = (families(ours), families(theirs));
            let shortened = ours.et_al || theirs.et_al;
            ours_list.iter().zip(&theirs_list).all(|(a, b)| a == b)
                && (shortened || ours_list.len() == theirs_list.len())
        }
        (Value::Date(ours), Value::Date(theirs)) => ours.year() == theirs.year(),
        (Value::Pages(ours), Value::Pages(theirs)) => ours.first() == theirs.first(),
        (Value::Identifier(ours), Value::Identifier(theirs)) => ours.as_str().eq_ignore_ascii_case(theirs.as_str()),
        _ => same_words(&words(&printed.to_plain()), &words(&embedded.to_plain())),
    }
}

/// Equal, or one an abbreviation of the other, word by word: "J. Geogr." and "Journal of Geography". Small words may be left out.
fn same_words(ours: &[String], theirs: &[String]) -> bool {
    let (short, long) = if ours.concat().len() <= theirs.concat().len() { (ours, theirs) } else { (theirs, ours) };
    let mut rest = long.iter();
    let in_order = short.iter().all(|word| rest.any(|full| full.starts_with(word.as_str())));
    in_order && short.len() * 2 >= long.len()
}

fn title_of(record: &Record) -> String {
    record.title().map(ToString::to_string).unwrap_or_default()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn word_set(text: &str) -> BTreeSet<String> {
    words(text).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Kind, Name, Names};

    fn record(title: &str, fields: &[(Variable, &str)]) -> Record {
        let mut record = Record::new("x", Kind::ArticleJournal);
        record.set(Variable::Title, title);
        record.set(Variable::Author, Names::new(vec![Name::person("Osei", "Kofi")]));
        fields.iter().for_each(|(variable, value)| record.set(*variable, *value));
        record
    }

    fn printed(title: &str, fields: &[(Variable, &str)]) -> Parsed {
        Parsed { record: record(title, fields), ..Parsed::default() }
    }

    #[track_caller]
    fn check(printed: &[Parsed], embedded: &[Record], expected: &[&str]) {
        let found = compare(printed, embedded);
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.message.contains(expected), "{found:?}");
        }
    }

    #[test]
    fn what_is_the_same_but_for_form_is_no_difference() {
        check(
            &[printed("Rivers and roads", &[(Variable::ContainerTitle, "J. Geogr."), (Variable::Page, "4–19")])],
            &[record(
                "Rivers and Roads",
                &[(Variable::ContainerTitle, "Journal of Geography"), (Variable::Page, "4-19")],
            )],
            &[],
        );
    }

    #[test]
    fn what_differs_is_named_with_both_values() {
        check(
            &[printed("Rivers and roads", &[(Variable::Volume, "12"), (Variable::Issued, "2009")])],
            &[record("Rivers and roads", &[(Variable::Volume, "21"), (Variable::Issued, "2010")])],
            &["issued \"2009\"", "volume \"12\", the data inside the document say \"21\""],
        );
    }

    #[test]
    fn a_record_that_the_list_lacks_is_named() {
        check(
            &[printed("Rivers and roads", &[])],
            &[record("The old bridge at night", &[])],
            &["The old bridge at night"],
        );
        check(&[], &[record("The old bridge at night", &[])], &[]);
    }
}
