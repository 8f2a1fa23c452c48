//! Records against gold: what a user gets.
//!
//! Each field is compared by its key: names by families in order, dates by year, month and day, numbers without the words in front,
//! pages with ranges completed, texts by their words. `right` counts equal keys, `alike` those that are four fifths the same. What
//! sources differ in by convention counts neither way: a lone number behind a journal as volume or issue, a section's letter with the
//! journal or with the volume, an event's place as the publisher's, a series' number under another name, an arXiv number (CSL has no
//! variable for it, and a preprint's goes into `number`), names printed as a dash.
//!
//! Fields that no reference of the gold has are not annotated there, and are left out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::dates::{self, Ymd};
use super::figures::{doi_of, edition_key, figure_key, is_doi_url, page_key, url_key};
use super::names::{self, Family};
use super::text::{ALIKE, likeness, text_key, words};

/// The fields that decide whether a reference is right.
pub const CORE: [&str; 16] = [
    "author",
    "editor",
    "title",
    "container-title",
    "collection-title",
    "issued",
    "volume",
    "issue",
    "page",
    "publisher",
    "publisher-place",
    "DOI",
    "URL",
    "edition",
    "number",
    "genre",
];

/// Fields that are counted beside.
pub const EXTRA: [&str; 9] = ["translator", "ISBN", "ISSN", "PMID", "PMCID", "accessed", "event", "year", "type"];

const NAMES: [&str; 3] = ["author", "editor", "translator"];

/// One field's value as it is compared.
#[derive(Debug, Clone)]
enum Item {
    /// Several only in the gold: any will do.
    Texts(Vec<String>),
    Date(Ymd),
    Families(Vec<Family>),
    NameWords(BTreeSet<String>),
    Csl(Vec<Value>),
}

/// The fields of one reference.
#[derive(Debug, Clone, Default)]
struct Fields {
    items: BTreeMap<&'static str, Item>,
    event_place: Option<String>,
    collection_numbers: Vec<String>,
    arxiv: Vec<String>,
    /// Roles whose names are printed as a dash.
    repeated: BTreeSet<&'static str>,
}

/// Counts of one field over all references.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct FieldScore {
    /// References whose gold has the field.
    pub gold: usize,
    /// References whose prediction has it.
    pub predicted: usize,
    /// Equal.
    pub right: usize,
    /// Four fifths equal.
    pub alike: usize,
}

impl FieldScore {
    /// Share of the predicted that are right.
    #[must_use]
    pub fn precision(self) -> f64 {
        self.right as f64 / self.predicted.max(1) as f64
    }

    /// Share of the gold that was found.
    #[must_use]
    pub fn recall(self) -> f64 {
        self.right as f64 / self.gold.max(1) as f64
    }

    /// Harmonic mean of the two.
    #[must_use]
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.gold + self.predicted).max(1) as f64
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Both have it, and not the same.
    Wrong,
    /// Only the gold has it.
    Missing,
    /// Only the prediction has it.
    Extra,
}

/// The score of a set of references.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CslScore {
    /// How many references.
    pub references: usize,
    /// The fields that the gold has, in the order of [`CORE`] and [`EXTRA`].
    pub fields: Vec<(&'static str, FieldScore)>,
    /// References with every core field right and none too many.
    pub exact: usize,
    /// The same with "alike" for "right".
    pub exact_alike: usize,
    /// References that are exact and of the right type.
    pub exact_with_type: usize,
    /// What is wrong, by reference.
    pub faults: Vec<(usize, Vec<(&'static str, Fault)>)>,
}

impl CslScore {
    /// The counts of all core fields together.
    #[must_use]
    pub fn micro(&self) -> FieldScore {
        let mut sum = FieldScore::default();
        for (_, field) in self.core() {
            sum.gold += field.gold;
            sum.predicted += field.predicted;
            sum.right += field.right;
            sum.alike += field.alike;
        }
        sum
    }

    /// The mean F1 of the core fields.
    #[must_use]
    pub fn macro_f1(&self) -> f64 {
        let scores: Vec<f64> =
            self.core().filter(|(_, field)| field.gold > 0).map(|(_, field)| round(field.f1())).collect();
        scores.iter().sum::<f64>() / scores.len().max(1) as f64
    }

    fn core(&self) -> impl Iterator<Item = &(&'static str, FieldScore)> {
        self.fields.iter().filter(|(name, _)| CORE.contains(name))
    }
}

fn round(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

/// Scores predictions, CSL-JSON items or null, against gold.
///
/// Gold is labelled references (`text`, `spans` in code points, `names`, `type`) or CSL-JSON items. `skip` names fields that are not
/// scored. Where the two are not of one length, the longer is cut.
///
/// ```
/// use reflist::parse::evaluate::csl::score;
/// use serde_json::json;
/// let gold = [json!({"text": "Baker, C. 2021.", "spans": [[0, 9, "author"], [10, 14, "issued"]]})];
/// let predicted = [json!({"author": [{"family": "Baker", "given": "C."}], "issued": {"date-parts": [[2021]]}})];
/// assert_eq!(score(&gold, &predicted, &[]).exact, 1);
/// ```
#[must_use]
pub fn score(gold: &[Value], predicted: &[Value], skip: &[&str]) -> CslScore {
    let gold: Vec<Fields> = gold.iter().map(gold_fields).collect();
    let known: BTreeSet<&str> = gold.iter().flat_map(|fields| fields.items.keys().copied()).collect();
    let off = |name: &str| skip.contains(&name) || !known.contains(name) || name == "year" && skip.contains(&"issued");
    let names: Vec<&'static str> = CORE.into_iter().chain(EXTRA).filter(|name| !off(name)).collect();
    let mut score =
        CslScore { fields: names.iter().map(|name| (*name, FieldScore::default())).collect(), ..CslScore::default() };
    for (at, (gold, predicted)) in gold.into_iter().zip(predicted).enumerate() {
        score.references += 1;
        score.add(at, gold, csl_fields(predicted));
    }
    score
}

impl CslScore {
    fn add(&mut self, at: usize, mut gold: Fields, mut predicted: Fields) {
        reconcile(&mut gold, &mut predicted);
        let mut faults = Vec::new();
        let mut unlike = false;
        for (name, count) in &mut self.fields {
            let core = CORE.contains(name);
            let (own, other) = (gold.items.get(name), predicted.items.get(name));
            count.gold += usize::from(own.is_some());
            count.predicted += usize::from(other.is_some());
            match (own, other) {
                (Some(own), Some(other)) => {
                    let (right, alike) = matches(name, own, other);
                    count.right += usize::from(right);
                    count.alike += usize::from(alike);
                    if core && !right {
                        faults.push((*name, Fault::Wrong));
                    }
                    unlike |= core && !alike;
                }
                (None, None) => {}
                (own, _) if core => {
                    faults.push((*name, if own.is_some() { Fault::Missing } else { Fault::Extra }));
                    unlike = true;
                }
                _ => {}
            }
        }
        let typed = self.fields.iter().any(|(name, _)| *name == "type");
        let same_type = match (gold.items.get("type"), predicted.items.get("type")) {
            (Some(own), Some(other)) if typed => matches("type", own, other).0,
            (Some(_), None) if typed => false,
            _ => true,
        };
        self.exact += usize::from(faults.is_empty());
        self.exact_alike += usize::from(!unlike);
        self.exact_with_type += usize::from(faults.is_empty() && same_type);
        if !faults.is_empty() {
            self.faults.push((at, faults));
        }
    }
}

/// Takes away what sources differ in by convention.
fn reconcile(gold: &mut Fields, predicted: &mut Fields) {
    if !gold.items.contains_key("type") {
        predicted.items.remove("type");
    }
    if let (Some(place), false) = (&gold.event_place, gold.items.contains_key("publisher-place")) {
        let same = first_text(predicted, "publisher-place")
            .is_some_and(|found| texts_match("publisher-place", std::slice::from_ref(place), found).1);
        if same {
            predicted.items.remove("publisher-place");
        }
    }
    for name in ["volume", "issue", "number"] {
        let numbers = &gold.collection_numbers;
        let same =
            first_text(predicted, name).is_some_and(|found| !numbers.is_empty() && texts_match(name, numbers, found).0);
        if same && !gold.items.contains_key(name) {
            predicted.items.remove(name);
        }
    }
    let is_arxiv = |found: &str| gold.arxiv.iter().any(|number| arxiv_key(number) == arxiv_key(found));
    if !gold.items.contains_key("number") && first_text(predicted, "number").is_some_and(is_arxiv) {
        predicted.items.remove("number");
    }
    for role in &gold.repeated {
        predicted.items.remove(role);
    }
    fold_section(gold);
    fold_section(predicted);
    for (own, other) in [("volume", "issue"), ("issue", "volume")] {
        let alone =
            gold.items.contains_key(own) && !gold.items.contains_key(other) && !predicted.items.contains_key(own);
        let (Some(Item::Texts(values)), Some(found)) = (gold.items.get(own), first_text(predicted, other)) else {
            continue;
        };
        if alone
            && texts_match(own, values, found).0
            && let Some(item) = predicted.items.remove(other)
        {
            predicted.items.insert(own, item);
        }
    }
}

fn first_text<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    match fields.items.get(name)? {
        Item::Texts(texts) => texts.first().map(String::as_str),
        _ => None,
    }
}

/// "Phys. Rev." with "D78" and "Phys. Rev. D" with "78" are one reading: the letter goes to the container.
fn fold_section(fields: &mut Fields) {
    let Some(volume) = first_text(fields, "volume") else { return };
    let mut chars = volume.trim().chars();
    let Some(letter) = chars.next().filter(|c| matches!(c, 'A'..='H' | 'J'..='L')) else { return };
    let number = chars.as_str().trim_start().to_owned();
    if !(1..=4).contains(&number.chars().count()) || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    if let Some(Item::Texts(containers)) = fields.items.get_mut("container-title") {
        if let Some(container) = containers.first_mut() {
            *container = format!("{} {letter}", container.trim_end());
        }
        if let Some(Item::Texts(volumes)) = fields.items.get_mut("volume") {
            volumes[0] = number;
        }
    }
}

fn field_name(name: &str) -> Option<&'static str> {
    CORE.iter().chain(&EXTRA).find(|known| **known == name).copied()
}

/// The fields of a labelled reference, or of a CSL-JSON item.
fn gold_fields(record: &Value) -> Fields {
    let Some(text) = record.get("text").and_then(Value::as_str) else { return csl_fields(record) };
    let spans = spans_of(record, text);
    let mut fields = Fields::default();
    for (name, texts) in &spans {
        if let Some(name) = field_name(name) {
            let mut values = vec![texts.join(" ")];
            if texts.len() > 1 && !NAMES.contains(&name) {
                values.extend(longest(texts));
            }
            if name == "DOI" {
                values.clone_from(texts);
            }
            fields.items.insert(name, Item::Texts(values));
        }
    }
    let texts = |name: &str| {
        spans.iter().find(|(other, _)| other == name).map(|(_, texts)| texts.as_slice()).unwrap_or_default()
    };
    if let (Some(Item::Texts(titles)), [_, ..]) = (fields.items.get_mut("title"), texts("title-translation")) {
        titles.push(format!("{} {}", titles[0], texts("title-translation").join(" ")));
    }
    move_doi_url(&mut fields);
    gold_dates(&mut fields, texts("issued"), texts("accessed"));
    gold_names(&mut fields, record);
    fields.items.remove("type");
    if let Some(kind) = record.get("type").and_then(Value::as_str).filter(|kind| !kind.is_empty()) {
        fields.items.insert("type", Item::Texts(vec![kind.to_owned()]));
    }
    drop_empty(&mut fields);
    if texts("author").is_empty() && starts_with_dash(text) {
        fields.repeated.insert("author");
    }
    fields.event_place = texts("event-place").first().map(|_| texts("event-place").join(" "));
    fields.collection_numbers = texts("collection-number").to_vec();
    fields.arxiv = texts("arxiv").to_vec();
    fields
}

/// The first of the longest.
fn longest(texts: &[String]) -> Option<String> {
    let most = texts.iter().map(|text| text.chars().count()).max()?;
    texts.iter().find(|text| text.chars().count() == most).cloned()
}

/// The texts under each label, labels in order of their first span.
fn spans_of(record: &Value, text: &str) -> Vec<(String, Vec<String>)> {
    let chars: Vec<char> = text.chars().collect();
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for span in record["spans"].as_array().into_iter().flatten() {
        let place = |at: usize| span[at].as_u64().map(|at| (at as usize).min(chars.len()));
        let (Some(start), Some(end), Some(label)) = (place(0), place(1), span[2].as_str()) else { continue };
        let slice: String = chars[start.min(end)..end].iter().collect();
        match found.iter_mut().find(|(name, _)| name == label) {
            Some((_, texts)) => texts.push(slice),
            None => found.push((label.to_owned(), vec![slice])),
        }
    }
    found
}

/// Whether the text starts with a dash in a name's place.
fn starts_with_dash(text: &str) -> bool {
    let dash = |c: char| matches!(c, '\u{2010}'..='\u{2015}' | '_' | '-');
    let chars: Vec<char> = text.chars().take(10).collect();
    for (at, pair) in chars.windows(2).enumerate() {
        if at > 8 {
            return false;
        }
        if dash(pair[0]) && dash(pair[1]) {
            return true;
        }
        let c = pair[0];
        if super::text::is_word(c) && super::text::decimal(c).is_none() {
            return false;
        }
    }
    false
}

fn move_doi_url(fields: &mut Fields) {
    if first_text(fields, "URL").is_some_and(is_doi_url)
        && let Some(url) = fields.items.remove("URL")
    {
        fields.items.entry("DOI").or_insert(url);
    }
}

fn gold_dates(fields: &mut Fields, issued: &[String], accessed: &[String]) {
    let mut dates: Vec<Ymd> = issued.iter().filter_map(|text| dates::parse_printed(text)).collect();
    dates.extend(dates::parse_printed(&issued.join(" ")));
    let known = |date: &Ymd| 1 + usize::from(date.1.is_some()) + usize::from(date.2.is_some());
    let most = dates.iter().map(known).max();
    fields.items.remove("issued");
    fields.items.remove("year");
    if let Some(date) = dates.iter().find(|date| Some(known(date)) == most) {
        fields.items.insert("issued", Item::Date(*date));
        fields.items.insert("year", Item::Date((date.0, None, None)));
    }
    fields.items.remove("accessed");
    if let Some(date) = dates::parse_printed(&accessed.join(" ")) {
        fields.items.insert("accessed", Item::Date(date));
    }
}

fn gold_names(fields: &mut Fields, record: &Value) {
    for role in NAMES {
        let Some(run) = first_text(fields, role).map(str::to_owned) else { continue };
        let given = record["names"][role].as_array().map(|names| names::whole(names)).unwrap_or_default();
        let families: Vec<String> = given.iter().map(names::family).collect();
        if !families.is_empty() && families.iter().all(|family| !family.trim().is_empty()) {
            fields.items.insert(role, Item::Families(families.into_iter().map(|family| (family, true)).collect()));
            continue;
        }
        if let Some(families) = names::split(&run) {
            fields.items.insert(role, Item::Families(families));
            continue;
        }
        let words = names::name_words(&run);
        if words.is_empty() {
            fields.items.remove(role);
            fields.repeated.insert(role); // "———": the same as before.
        } else {
            fields.items.insert(role, Item::NameWords(words));
        }
    }
}

/// The fields of a CSL-JSON item.
fn csl_fields(item: &Value) -> Fields {
    let mut fields = Fields::default();
    if !item.is_object() {
        return fields;
    }
    for name in CORE.into_iter().chain(EXTRA) {
        let value = match name {
            "event" => if_any(&item["event-title"]).or_else(|| if_any(&item["event"])),
            name => if_any(&item[name]),
        };
        let Some(value) = value else { continue };
        let item = if NAMES.contains(&name) {
            csl_names(value)
        } else if matches!(name, "issued" | "accessed") {
            dates::parse(value).map(Item::Date)
        } else {
            csl_text(value).map(|text| Item::Texts(vec![text]))
        };
        if let Some(item) = item {
            fields.items.insert(name, item);
        }
    }
    if let Some(Item::Date(date)) = fields.items.get("issued") {
        let year = (date.0, None, None);
        fields.items.insert("year", Item::Date(year));
    }
    move_doi_url(&mut fields);
    drop_empty(&mut fields);
    fields
}

fn if_any(value: &Value) -> Option<&Value> {
    let empty = match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    (!empty).then_some(value)
}

fn csl_names(value: &Value) -> Option<Item> {
    let all = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    let named = |name: &Value| match name {
        Value::String(text) => !text.is_empty(),
        name => ["family", "given", "literal", "name"].iter().any(|part| name.get(*part).and_then(if_any).is_some()),
    };
    let names: Vec<Value> = all.into_iter().filter(named).collect();
    (!names.is_empty()).then_some(Item::Csl(names))
}

fn csl_text(value: &Value) -> Option<String> {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match value {
        Value::Object(_) => None,
        Value::Array(items) => Some(items.iter().map(plain).collect::<Vec<_>>().join(" ")),
        value => Some(plain(value)),
    }
}

fn drop_empty(fields: &mut Fields) {
    fields.items.retain(|name, item| match item {
        Item::Texts(texts) => texts.first().is_some_and(|text| !key(name, text).is_empty()),
        _ => true,
    });
}

/// What is compared of a text.
fn key(name: &str, text: &str) -> String {
    match name {
        "DOI" => doi_of(text).unwrap_or_else(|| url_key(text)),
        "URL" => url_key(text),
        "page" => page_key(text),
        "volume" | "issue" | "number" => figure_key(text),
        "edition" => edition_key(text),
        "ISBN" | "ISSN" | "PMID" | "PMCID" => identifier_key(text),
        "type" => text.to_owned(),
        name => text_key(text, name),
    }
}

/// An arXiv number without what is printed in front of it.
fn arxiv_key(text: &str) -> String {
    let key: String = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    key.strip_prefix("arxiv").map_or(key.clone(), str::to_owned)
}

fn identifier_key(text: &str) -> String {
    let joined = words(text).concat();
    ["isbn", "issn", "pmid", "pmcid", "pmc"].iter().fold(joined, |joined, word| joined.replace(word, ""))
}

/// Whether two values are equal, and whether they are alike.
fn matches(name: &str, gold: &Item, predicted: &Item) -> (bool, bool) {
    match (gold, predicted) {
        (gold, Item::Csl(predicted)) => names_match(gold, predicted),
        (Item::Date(gold), Item::Date(predicted)) => {
            let same = |own: Option<i64>, other: Option<i64>| own.is_none() || own == other;
            let right = gold.0 == predicted.0 && same(gold.1, predicted.1) && same(gold.2, predicted.2);
            (right, gold.0 == predicted.0)
        }
        (Item::Texts(gold), Item::Texts(predicted)) => {
            predicted.first().map_or((false, false), |predicted| texts_match(name, gold, predicted))
        }
        _ => (false, false),
    }
}

fn texts_match(name: &str, gold: &[String], predicted: &str) -> (bool, bool) {
    if name == "type" {
        let right = gold.first().is_some_and(|gold| gold == predicted);
        return (right, right || gold.first().is_some_and(|gold| kind_family(gold) == kind_family(predicted)));
    }
    let found = key(name, predicted);
    let mut alike = false;
    for value in gold {
        let own = key(name, value);
        if own.replace(' ', "") == found.replace(' ', "") {
            return (true, true);
        }
        alike |= match name {
            "volume" | "issue" | "number" | "edition" => false,
            "page" => !own.is_empty() && !found.is_empty() && own.split('-').next() == found.split('-').next(),
            _ => likeness(&own, &found) >= ALIKE,
        };
    }
    (false, alike)
}

/// Kinds that are easily taken for each other.
fn kind_family(kind: &str) -> &str {
    const FAMILIES: [&str; 12] = [
        "article article-journal article-magazine article-newspaper review review-book",
        "book collection classic",
        "chapter entry entry-encyclopedia entry-dictionary",
        "paper-conference speech",
        "thesis",
        "report standard",
        "webpage post post-weblog",
        "patent",
        "software dataset",
        "manuscript personal_communication",
        "legal_case legislation bill regulation treaty hearing",
        "motion_picture broadcast song interview performance graphic map",
    ];
    FAMILIES
        .iter()
        .find(|family| family.split(' ').any(|other| other == kind))
        .and_then(|family| family.split(' ').next())
        .unwrap_or(kind)
}

fn names_match(gold: &Item, predicted: &[Value]) -> (bool, bool) {
    let gold: Vec<Family> = match gold {
        Item::Csl(names) => names.iter().map(|name| (names::family(name), true)).collect(),
        Item::Families(families) => families.clone(),
        Item::NameWords(words) => {
            let found = names::csl_words(predicted);
            let join = |words: &BTreeSet<String>| words.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
            return if found == *words {
                (true, true)
            } else {
                (false, likeness(&join(&found), &join(words)) >= ALIKE)
            };
        }
        _ => return (false, false),
    };
    let raw: Vec<String> = predicted.iter().map(names::family).collect();
    let found: Vec<String> = raw.iter().map(|family| names::family_key(family)).collect();
    let own: Vec<String> = gold.iter().map(|(family, _)| names::family_key(family)).collect();
    let same = |((family, sure), ((own, found), raw)): (&Family, ((&String, &String), &String))| {
        own == found || !sure && words(raw).last().is_some_and(|last| words(family).last() == Some(last))
    };
    if found.len() == own.len() && gold.iter().zip(own.iter().zip(&found).zip(&raw)).all(same) {
        return (true, true);
    }
    (false, likeness(&own.join(" "), &found.join(" ")) >= ALIKE)
}
