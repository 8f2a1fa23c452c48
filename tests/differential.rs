//! What two other readers of BibTeX make of the files that they accept, against what we make of them: `serde_bibtex` for the syntax
//! (entries, keys, fields, values), the `biblatex` crate for names, dates and inheritance.
//!
//! A difference is a fault of ours unless a rule below says whose it is and why. Rules speak of kinds of values, never of an entry.

mod common;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ::biblatex::{Bibliography, ChunksExt, DateValue, Datetime, Entry, PermissiveType, Person};
use reflist::formats::bibtex::syntax::BlockKind;
use reflist::{Bound, Date, Diagnostic, Month, Name, Names, Point, Record, Value, Variable, bibtex};
use serde::de::{Deserialize, MapAccess, Visitor};
use serde_bibtex::de::Deserializer;
use unicode_normalization::UnicodeNormalization;

/// An entry as `serde_bibtex` has it, fields in order.
#[derive(serde::Deserialize)]
struct PeerEntry {
    entry_type: String,
    entry_key: String,
    fields: Fields,
}

struct Fields(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// The `.bib` files that are UTF-8.
fn sources() -> impl Iterator<Item = (String, String)> {
    common::bibliographies().into_iter().filter_map(|path| {
        let is_bib = path
            .extension()
            .is_some_and(|extension| extension == "bib" || extension == "bibtex" || extension == "biblatex");
        let source = std::fs::read_to_string(&path).ok().filter(|_| is_bib)?;
        Some((path.display().to_string(), source.trim_start_matches('\u{feff}').to_owned()))
    })
}

/// All entries of a source, if the peer has no complaint. Months are macros of the styles, which it does not know by their names.
fn peer_entries(source: &str) -> Option<Vec<PeerEntry>> {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let defined: String = months.iter().map(|month| format!("@string{{{month} = {{{month}}}}}")).collect();
    let text = format!("{defined}\n{source}");
    Deserializer::from_str(&text).into_iter_regular_entry().collect::<Result<_, _>>().ok()
}

/// Entry type, key and fields, a line each, with the values expanded and blanks folded.
fn shown(entry_type: &str, key: &str, fields: impl Iterator<Item = (String, String)>) -> String {
    let mut out = format!("@{} {key}\n", entry_type.to_ascii_lowercase());
    for (name, value) in fields {
        let value: Vec<&str> = value.split_ascii_whitespace().collect();
        out.push_str(&format!("  {} = {}\n", name.to_ascii_lowercase(), value.join(" ")));
    }
    out
}

#[test]
fn the_syntax_is_what_serde_bibtex_reads() {
    let (mut files, mut entries) = (0, 0);
    let mut found = Vec::new();
    for (name, source) in sources() {
        let Some(peers) = peer_entries(&source) else { continue };
        files += 1;
        let document = bibtex::Document::parse(&*source);
        let blocks = document.blocks();
        let own: Vec<String> = (0..blocks.len())
            .filter(|&at| blocks[at].kind == BlockKind::Entry)
            .map(|at| {
                let fields = document.fields(at).iter().map(|field| {
                    let name = field.name().of(&source);
                    (name.to_owned(), document.value(at, name).unwrap_or_default())
                });
                shown(blocks[at].name.of(&source), blocks[at].key.of(&source), fields)
            })
            .collect();
        let peers: Vec<String> = peers
            .into_iter()
            .map(|peer| {
                // Of two fields of one name we ask for the first value, twice.
                let first = |name: &str| {
                    peer.fields
                        .0
                        .iter()
                        .find(|(other, _)| other.eq_ignore_ascii_case(name))
                        .map(|(_, value)| value.clone())
                };
                let fields = peer.fields.0.iter().map(|(name, _)| (name.clone(), first(name).unwrap_or_default()));
                shown(&peer.entry_type, &peer.entry_key, fields)
            })
            .collect();
        entries += peers.len();
        if own != peers {
            let at = own.iter().zip(&peers).position(|(own, peer)| own != peer).unwrap_or(own.len().min(peers.len()));
            found.push(format!(
                "{name}: {} entries, peer {}\nown {:?}\npeer {:?}",
                own.len(),
                peers.len(),
                own.get(at),
                peers.get(at)
            ));
        }
    }
    println!("{files} files, {entries} entries");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What the `biblatex` crate reads of a source, if it reads it. Circles of macros and of parents it follows until the stack ends, and
/// some months make it panic.
fn peer_bibliography(source: &str, diagnostics: &[Diagnostic]) -> Option<Bibliography> {
    let circle =
        |diagnostic: &Diagnostic| matches!(diagnostic.code, "bibtex::circular-inheritance" | "bibtex::undefined-macro");
    if diagnostics.iter().any(circle) {
        return None;
    }
    catch_unwind(|| Bibliography::parse(source)).ok()?.ok()
}

/// A name in the crate's four parts: family, given, prefix, suffix.
fn own_names(names: &Names) -> Vec<[String; 4]> {
    let mut out: Vec<[String; 4]> = names
        .list
        .iter()
        .map(|name| match name {
            // "Goethe, Johann Wolfgang von": to BibTeX and the crate the particle is a given name.
            Name::Person(person) => {
                let given = format!("{} {}", person.given, person.dropping_particle).into();
                [&person.family, &given, &person.non_dropping_particle, &person.suffix].map(folded)
            }
            name => [folded(name.to_string()), String::new(), String::new(), String::new()],
        })
        .collect();
    // The crate takes "and others" for a person.
    out.extend(names.et_al.then(|| ["others".to_owned(), String::new(), String::new(), String::new()]));
    out
}

fn peer_names(persons: &[Person]) -> Vec<[String; 4]> {
    persons
        .iter()
        .map(|person| [&person.name, &person.given_name, &person.prefix, &person.suffix].map(folded))
        .collect()
}

/// Letters and digits alone: accents, dashes and blanks are the business of the TeX decoders.
fn folded(text: impl AsRef<str>) -> String {
    text.as_ref().nfd().filter(|c| c.is_alphanumeric()).collect()
}

/// Why nothing follows from a difference in names.
fn excuse_of_names(raw: &str) -> bool {
    let word = |is: &dyn Fn(&str) -> bool| raw.split([' ', '~']).any(is);
    // Commands and formulas, which the crate keeps or decodes in part.
    raw.contains(['\\', '$'])
        // A word that begins with a bracket or a figure: BibTeX looks for its first letter, the crate takes it for a particle.
        || word(&|word| word.starts_with(|c: char| !c.is_alphabetic() && c != '{'))
        // A word in braces is never a particle to BibTeX; to the crate, which has lost the braces, it may be.
        || word(&|word| word.starts_with('{') && word[1..].starts_with(char::is_lowercase))
        // A particle goes from the first small word to the last; the crate ends it at a capital, and may leave no family name.
        || raw.split(" and ").any(|name| {
            let mut small = name.split([' ', ',']).filter(|word| !word.is_empty()).map(|word| word.starts_with(char::is_lowercase));
            small.clone().next_back() == Some(true)
                || name.split_once(',').is_some_and(|(family, _)| {
                    family.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_lowercase))
                })
                || (small.any(|small| small) && small.any(|small| !small) && small.any(|small| small))
        })
        // Options of biber's for one name (`uniquename=false`), which neither of us reads.
        || raw.contains('=')
        // "and" in capitals divides for BibTeX, not for the crate; nothing between two of them is nobody, to the crate a person.
        || raw.contains(" AND ") || raw.contains("and and") || raw.ends_with(',') || raw.is_empty()
}

/// Year, month and day from 1, 0 where there is none.
type Day = (i32, u8, u8);

fn peer_day(point: &Datetime) -> Option<Day> {
    Some((point.year, point.month.map_or(0, |month| month + 1), point.day.map_or(0, |day| day + 1)))
}

/// The first and the last day of a date, where the crate has one.
fn peer_date(entry: &Entry) -> Option<[Option<Day>; 2]> {
    let date = catch_unwind(AssertUnwindSafe(|| entry.date())).ok()?.ok()?;
    let PermissiveType::Typed(date) = date else { return None };
    Some(match &date.value {
        DateValue::At(point) | DateValue::After(point) => [peer_day(point), None],
        DateValue::Before(point) => [None, peer_day(point)],
        DateValue::Between(start, end) => [peer_day(start), peer_day(end)],
    })
}

fn own_date(date: &Date) -> [Option<Day>; 2] {
    let day = |point: &Point| {
        let month = match point.month {
            Some(Month::Month(month) | Month::Season(month)) => month,
            _ => 0,
        };
        let day = match point.day {
            Some(reflist::Day::Day(day)) => day,
            _ => 0,
        };
        Some((point.year, month, day))
    };
    let bound = |bound: &Bound| match bound {
        Bound::Point(point) => day(point),
        _ => None,
    };
    match date {
        Date::Single(point) => [day(point), None],
        Date::Interval(start, end) => [bound(start), bound(end)],
        _ => [None, None],
    }
}

/// Whether a month is an English name, whole or its first three letters, or a number.
fn is_month(text: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = text.to_ascii_lowercase();
    text.is_empty() || text.parse::<u8>().is_ok() || MONTHS.iter().any(|month| lower == *month || lower == month[..3])
}

/// Why nothing follows from a difference in dates.
fn excuse_of_dates(record: &Record, entry: &Entry) -> bool {
    let text = |field| entry.get(field).map(|chunks| chunks.format_verbatim()).unwrap_or_default();
    let is_number = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    // Of two fields of one name BibTeX takes the first, the crate the last.
    record.extra.iter().any(|extra| ["date", "year", "month", "day"].contains(&extra.name.as_str()))
        // The crate takes the number at the beginning of a year for all of it ("13th Century", "1955-56", "1984 [1898]").
        || (entry.get("date").is_none() && !is_number(text("year").trim()))
        // A year with digits left open is a range to the crate.
        || text("date").to_ascii_uppercase().contains('X')
        // Of a month it takes a name, an abbreviation or a number; seasons, ranges, and what stands beside the name it passes over.
        || (!is_month(&text("month")) && entry.get("date").is_none())
        // A child gets the date of its parent, whatever its own is.
        || entry.get("crossref").is_some()
}

/// What differs between a record and the crate's entry of the same key.
fn differences(record: &Record, entry: &Entry, compared: &mut [usize; 3]) -> Vec<String> {
    let mut found = Vec::new();
    let names =
        [(Variable::Author, "author", entry.author()), (Variable::Translator, "translator", entry.translator())];
    for (variable, field, persons) in names {
        let Ok(persons) = persons else { continue };
        let raw = entry.get(field).map(|chunks| chunks.to_biblatex_string(false)).unwrap_or_default();
        if excuse_of_names(raw.trim_matches(['{', '}'])) {
            continue;
        }
        compared[0] += 1;
        let own = match record.get(variable) {
            Some(Value::Names(names)) => own_names(names),
            _ => Vec::new(),
        };
        let peer = peer_names(&persons);
        if own != peer {
            found.push(format!("{field} = {raw}\n  own  {own:?}\n  peer {peer:?}"));
        }
    }
    if let Some(peer) = peer_date(entry).filter(|_| !excuse_of_dates(record, entry)) {
        compared[1] += 1;
        let own = record.issued().map_or([None, None], own_date);
        if own != peer {
            found.push(format!("date\n  own  {own:?}\n  peer {peer:?} {:?}", record.issued()));
        }
    }
    if entry.get("crossref").is_some() {
        // A school is a publisher here, so that a child that has one needs none.
        let has_school = entry.get("school").is_some() || entry.get("institution").is_some();
        for (field, variable) in INHERITED.into_iter().filter(|(field, _)| *field != "publisher" || !has_school) {
            let Some(chunks) =
                entry.get(field).filter(|chunks| !chunks.to_biblatex_string(false).contains(['\\', '$']))
            else {
                continue;
            };
            compared[2] += 1;
            let own = record.get(variable).map(Value::to_plain).unwrap_or_default();
            let peer = chunks.format_verbatim();
            if !folded(&own).starts_with(&folded(&peer)) {
                found.push(format!("{field}\n  own  {own}\n  peer {peer}"));
            }
        }
    }
    found
}

/// Fields that a child gets from its parent, and how they are called here. Not `maintitle`, for which the crate takes `titleaddon`.
const INHERITED: [(&str, Variable); 4] = [
    ("booktitle", Variable::ContainerTitle),
    ("journaltitle", Variable::ContainerTitle),
    ("publisher", Variable::Publisher),
    ("series", Variable::CollectionTitle),
];

#[test]
fn names_dates_and_inheritance_are_those_of_the_biblatex_crate() {
    let (mut files, mut compared) = (0, [0; 3]);
    let mut found: Vec<String> = Vec::new();
    for (file, source) in sources() {
        let (records, diagnostics) = bibtex::read(source.as_bytes());
        let Some(bibliography) = peer_bibliography(&source, &diagnostics) else { continue };
        files += 1;
        for entry in bibliography.iter() {
            match records.iter().find(|record| record.key == entry.key) {
                Some(record) => found.extend(
                    differences(record, entry, &mut compared)
                        .iter()
                        .map(|what| format!("{file}, {}: {what}", entry.key)),
                ),
                None => found.push(format!("{file}: no entry {}", entry.key)),
            }
        }
    }
    let [names, dates, inherited] = compared;
    println!("{files} files, {names} lists of names, {dates} dates, {inherited} fields of children");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
