//! Which values come back from what was written of them, without reading the entry.
//!
//! The writer reads each entry back to find out what it loses. Of most entries that can be told from the values: a title of plain words,
//! a name of a family and a given name, a date of digits. What is told here is held against the reader in every build with assertions,
//! and so by all tests and by fuzzing; what cannot be told is read.

use super::mapping::Dialect;
use super::names;
use super::rules::{self, Rule, Rules};
use super::{entry_types, values, write};
use crate::record::scan::Scan;
use crate::record::{
    Date, Day, Extra, Identifier, Month, Name, Names, Number, Pages, Person, Record, Text, Value, Variable,
};
use crate::text::tex;

/// What was written of an entry besides its fields: its key, its type and what only this format knows come back.
pub(super) fn frame_comes_back(record: &Record, entry_type: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_:./+".contains(&byte);
    let kind = entry_types::kind_of(entry_type, entry_types::Signs::of(record));
    // Types that stand for a genre.
    let tells_genre = matches!(entry_type, "phdthesis" | "mastersthesis" | "techreport");
    !record.key.is_empty()
        && record.key.bytes().all(plain)
        && record.native.is_none()
        && kind == record.kind
        && !tells_genre
        && record.extra.iter().all(extra_comes_back)
}

/// A field whose name has no rule, whose value ends where it should.
fn extra_comes_back(extra: &Extra) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    let value = |byte: u8| byte >= b' ' && byte != 0x7F && byte != b'@';
    extra.format == entry_types::FORMAT_NAME
        && extra.ordinal == 0
        && extra.name.starts_with(|c: char| c.is_ascii_lowercase())
        && extra.name.bytes().all(plain)
        && rules::identify(&extra.name).is_none()
        && extra.raw.trim_ascii().len() == extra.raw.len()
        && extra.raw.bytes().all(value)
        && write::is_balanced(&extra.raw)
}

/// Whether a reader gives the value of the variable back from the fields (name and TeX) that were written of it.
pub(super) fn comes_back<'f>(
    dialect: Dialect,
    entry_type: &str,
    variable: Variable,
    value: &Value,
    mut written: impl Iterator<Item = (&'f str, &'f str)>,
) -> bool {
    if let (Dialect::Bibtex, Variable::Issued, Value::Date(date)) = (dialect, variable, value) {
        return is_plain_date(date) && written.all(|(name, _)| matches!(name, "year" | "month" | "day"));
    }
    let (Some((field, tex)), None) = (written.next(), written.next()) else { return false };
    is_read_as(entry_type, field, variable) && value_comes_back(variable, value, field, tex)
}

/// Whether the field is the one that the variable has in entries of this type.
fn is_read_as(entry_type: &str, field: &str, variable: Variable) -> bool {
    let Some((id, _)) = rules::identify(field) else { return false };
    Rules::of(entry_type).get(id).is_some_and(|found| {
        let rule = match variable {
            Variable::Editor => Rule::Editor(0),
            Variable::Issued => Rule::Date,
            variable => Rule::Variable(variable),
        };
        found.strong && found.rule == rule
    })
}

fn value_comes_back(variable: Variable, value: &Value, field: &str, tex: &str) -> bool {
    use Variable as V;
    match (variable, value) {
        // These are read together with others, or by rules of their own.
        (V::Status | V::Genre | V::EprintType | V::EprintClass | V::Crossref | V::Xref | V::YearSuffix, _) => false,
        (V::Eprint | V::Pmid | V::Pmcid | V::Organizer, _) => false,
        (_, Value::Title(title)) => {
            title.sub.is_none() && title.addition.is_none() && text_comes_back(&title.main, field, tex)
        }
        (_, Value::Text(text)) => text_comes_back(text, field, tex),
        (_, Value::Names(names)) => names_come_back(names, tex),
        (V::Keyword, Value::Texts(texts)) => {
            texts.iter().all(|text| is_same(text.as_str(), text.as_str()) && !text.as_str().contains([',', ';']))
                && texts.iter().all(Text::is_plain)
                && !tex.contains('{')
        }
        (V::Publisher | V::PublisherPlace, Value::Texts(texts)) => match texts.as_slice() {
            [text] => text.is_plain() && is_same(tex, text.as_str()) && !has_word_and(tex),
            _ => false,
        },
        (_, Value::Date(date)) => is_plain_date(date),
        (V::Edition, Value::Number(number)) => is_plain(tex) && values::edition(tex) == *number,
        (_, Value::Number(number)) => is_same(tex, number.as_str()) && Number::from(tex) == *number,
        (_, Value::Pages(pages)) => !pages.article_number && Pages::parse(&values::pages_text(tex)) == *pages,
        (_, Value::Identifier(id)) => tex.bytes().all(is_verbatim) && Identifier::new(id.scheme(), tex) == *id,
        (_, Value::Identifiers(ids)) => match ids.as_slice() {
            [id] => id.is_valid() && is_plain(tex) && Identifier::new(id.scheme(), tex) == *id,
            _ => false,
        },
        _ => false,
    }
}

/// Whether TeX prints the characters as they stand, and the reader has nothing to fold.
fn is_plain(tex: &str) -> bool {
    Scan::of_plain_tex(tex).is_some_and(Scan::is_canonical)
}

fn is_same(tex: &str, text: &str) -> bool {
    tex == text && is_plain(tex)
}

fn text_comes_back(text: &Text, field: &str, tex: &str) -> bool {
    if text.is_plain() && is_same(tex, text.as_str()) {
        return true;
    }
    let inner = tex.trim_ascii();
    let inner = if values::is_recased(field) { inner } else { tex::strip_group(inner) };
    tex::decode(inner) == *text
}

fn names_come_back(names: &Names, tex: &str) -> bool {
    let is_ordinary = |name: &Name| name.as_person().is_some_and(is_ordinary);
    let has_orcid = |name: &Name| name.as_person().is_some_and(|person| !person.orcid.is_empty());
    if names.list.iter().any(has_orcid) {
        return false;
    }
    let plain = !names.list.is_empty() && names.list.iter().all(is_ordinary) && is_plain(tex);
    plain || names::read(tex, &mut |_| {}) == *names
}

/// A family name and given names of letters, each with a capital in front: the reader takes them apart as they were put together.
fn is_ordinary(person: &Person) -> bool {
    let Person { family, given, dropping_particle, non_dropping_particle, suffix, .. } = person;
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.bytes().all(|byte| byte.is_ascii_alphabetic() || b".-'".contains(&byte))
            && !word.eq_ignore_ascii_case("and")
    };
    let rest = [dropping_particle, non_dropping_particle, suffix];
    rest.into_iter().all(|part| part.is_empty()) && word(family) && !given.is_empty() && given.split(' ').all(word)
}

/// Digits and marks of an address that no reader takes for anything else.
fn is_verbatim(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\\{}".contains(&byte)
}

fn has_word_and(text: &str) -> bool {
    text.split(' ').any(|word| word.eq_ignore_ascii_case("and"))
}

/// A year of four digits, with a month and a day perhaps.
pub(super) fn is_plain_date(date: &Date) -> bool {
    matches!(date, Date::Single(point) if (1000..=9999).contains(&point.year)
        && point.unspecified_digits == 0 && !point.uncertain && !point.approximate && point.time.is_none()
        && point.month.is_none_or(|month| matches!(month, Month::Month(_))) && point.day != Some(Day::Unspecified))
}
