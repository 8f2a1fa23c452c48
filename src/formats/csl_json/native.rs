//! The exact form of every value, for `custom`.
//!
//! | value | JSON |
//! | --- | --- |
//! | names | `[{"family": …, "given": …, "orcid": …}, {"literal": …}]` |
//! | text | a string with CSL's markup, or `{"text": …, "formats": [["math", 4, 9]]}` (code points) where markup does not do |
//! | title | like text, or `{"main": …, "sub": …, "addition": …}` |
//! | list of texts | an array of texts |
//! | date | an EDTF string, or `{"literal": …}` |
//! | number, identifier | a string |
//! | identifiers | an array of strings |
//! | pages | a string, `{"article-number": …}`, or `[{"first": …, "last": …}, {"first": …, "end": "ff."}]` |
//! | attachments | `[{"title": …, "path": …, "media-type": …}]` |

use std::fmt::Write as _;

use super::write::push_list;
use crate::record::{
    Attachment, Date, Format, Identifier, Name, Names, Number, PageEnd, PageRange, Pages, Person, Scheme, Text, Title,
    Value, ValueType, Variable,
};
use crate::text::csl_markup;
use crate::text::json::{Node, push_string};

/// Member of `custom`: the variables whose list of names goes on.
pub(super) const ET_AL: &str = "et-al";
/// Member of `custom`: the source format's own name of the kind.
pub(super) const NATIVE_KIND: &str = "native-kind";
/// Member of `custom`: fields of other formats.
pub(super) const EXTRA: &str = "extra";

/// Whether a member of `custom` is ours.
pub(super) fn is_reserved(name: &str) -> bool {
    matches!(name, ET_AL | NATIVE_KIND | EXTRA) || name.parse::<Variable>().is_ok()
}

/// Whether a member of this value says nothing.
pub(super) fn is_void(raw: &str) -> bool {
    matches!(raw, "null" | "\"\"" | "[]" | "{}")
}

/// Appends the exact form.
pub(super) fn push(value: &Value, out: &mut String) {
    match value {
        Value::Names(names) => push_list(out, &names.list, |out, name| push_name(name, true, out)),
        Value::Title(title) => push_title(title, out),
        Value::Text(text) => push_text(text, out),
        Value::Texts(texts) => push_list(out, texts, |out, text| push_text(text, out)),
        Value::Date(date) => push_date(date, out),
        Value::Number(number) => push_string(out, number.as_str()),
        Value::Pages(pages) => push_pages(pages, out),
        Value::Identifier(identifier) => push_string(out, identifier.as_str()),
        Value::Identifiers(identifiers) => push_list(out, identifiers, |out, id| push_string(out, id.as_str())),
        Value::Attachments(files) => push_list(out, files, |out, file| {
            push_members(out, &[("title", &file.title), ("path", &file.path), ("media-type", &file.media_type)]);
        }),
    }
}

/// Appends an object of the members that are not empty.
fn push_members(out: &mut String, members: &[(&str, &str)]) {
    let mut open = "{\"";
    for (name, value) in members.iter().filter(|(_, value)| !value.is_empty()) {
        out.push_str(open);
        out.push_str(name);
        out.push_str("\":");
        push_string(out, value);
        open = ",\"";
    }
    out.push_str(if open == "{\"" { "{}" } else { "}" });
}

/// The same for the name of a person of nothing but a family and a given name, as most are.
fn push_ordinary(family: &str, given: &str, out: &mut String) {
    out.push_str("{\"family\":");
    push_string(out, family);
    out.push_str(",\"given\":");
    push_string(out, given);
    out.push('}');
}

/// Appends a name object; the ORCID only where it is allowed.
pub(super) fn push_name(name: &Name, with_orcid: bool, out: &mut String) {
    match name {
        Name::Literal(name) => push_members(out, &[("literal", name)]),
        Name::Person(person) if is_ordinary(person) => push_ordinary(&person.family, &person.given, out),
        Name::Person(person) => push_members(
            out,
            &[
                ("family", &person.family),
                ("given", &person.given),
                ("dropping-particle", &person.dropping_particle),
                ("non-dropping-particle", &person.non_dropping_particle),
                ("suffix", &person.suffix),
                ("orcid", if with_orcid { &person.orcid } else { "" }),
            ],
        ),
    }
}

fn is_ordinary(person: &Person) -> bool {
    let Person { family, given, dropping_particle, non_dropping_particle, suffix, orcid } = person;
    let rest = [dropping_particle, non_dropping_particle, suffix, orcid];
    !family.is_empty() && !given.is_empty() && rest.into_iter().all(|part| part.is_empty())
}

fn push_title(title: &Title, out: &mut String) {
    if title.sub.is_none() && title.addition.is_none() {
        return push_text(&title.main, out);
    }
    out.push_str("{\"main\":");
    push_text(&title.main, out);
    for (name, part) in [("sub", &title.sub), ("addition", &title.addition)] {
        if let Some(part) = part {
            out.push_str(",\"");
            out.push_str(name);
            out.push_str("\":");
            push_text(part, out);
        }
    }
    out.push('}');
}

fn push_text(text: &Text, out: &mut String) {
    let mut markup = String::new();
    if csl_markup::push_text(text, &mut markup) {
        return push_string(out, &markup);
    }
    out.push_str("{\"text\":");
    push_string(out, text.as_str());
    out.push_str(",\"formats\":");
    push_list(out, text.runs(), |out, run| {
        let start = text.as_str()[..run.start].chars().count();
        let len = text.as_str()[run.start..run.end].chars().count();
        let _ = write!(out, "[\"{}\",{start},{}]", run.format.as_str(), start + len);
    });
    out.push('}');
}

fn push_date(date: &Date, out: &mut String) {
    match date {
        Date::Literal(text) if Date::parse(text) != *date => push_members(out, &[("literal", text)]),
        date => push_string(out, &date.to_string()),
    }
}

fn push_pages(pages: &Pages, out: &mut String) {
    let printed = pages.print("-");
    if Pages::parse(&printed) == *pages {
        return push_string(out, &printed);
    }
    if pages.article_number && Pages::article(&printed) == *pages {
        return push_members(out, &[("article-number", &printed)]);
    }
    push_list(out, &pages.ranges, |out, range| match &range.end {
        PageEnd::Single => push_members(out, &[("first", &range.first)]),
        PageEnd::Last(last) => push_members(out, &[("first", &range.first), ("last", last)]),
        PageEnd::Following => push_members(out, &[("first", &range.first), ("end", "f.")]),
        PageEnd::FollowingPages => push_members(out, &[("first", &range.first), ("end", "ff.")]),
        PageEnd::Open => push_members(out, &[("first", &range.first), ("end", "open")]),
    });
}

/// Reads the exact form of a value of `variable`.
pub(super) fn read(variable: Variable, node: &Node<'_>) -> Option<Value> {
    Some(match variable.value_type() {
        ValueType::Names => Value::Names(Names::new(node.as_array()?.iter().filter_map(read_name).collect())),
        ValueType::Title => Value::Title(read_title(node)?),
        ValueType::Text => Value::Text(read_text(node)?),
        ValueType::Texts => match node.as_array() {
            Some(texts) => Value::Texts(texts.iter().filter_map(read_text).collect()),
            None => Value::Texts(vec![read_text(node)?]),
        },
        ValueType::Date => Value::Date(match node.get("literal") {
            Some(text) => Date::literal(text.as_str()?),
            None => Date::parse(node.scalar()?),
        }),
        ValueType::Number => Value::Number(Number::from(node.scalar()?)),
        ValueType::Pages => Value::Pages(read_pages(node)?),
        ValueType::Identifier => Value::Identifier(Identifier::new(variable.scheme(), node.scalar()?)),
        ValueType::Identifiers => match node.as_array() {
            Some(list) => {
                let list = list.iter().filter_map(|id| Some(Identifier::new(variable.scheme(), id.scalar()?)));
                Value::Identifiers(list.collect())
            }
            None => Value::Identifiers(identifiers(variable.scheme(), node.scalar()?)),
        },
        ValueType::Attachments => Value::Attachments(node.as_array()?.iter().map(read_attachment).collect()),
    })
}

fn read_name(node: &Node<'_>) -> Option<Name> {
    let part = |name: &str| node.get(name).and_then(Node::scalar).unwrap_or_default().into();
    if let Some(literal) = node.get("literal") {
        return literal.scalar().map(Name::literal);
    }
    node.as_object()?;
    Some(Name::from_person(Person {
        family: part("family"),
        given: part("given"),
        dropping_particle: part("dropping-particle"),
        non_dropping_particle: part("non-dropping-particle"),
        suffix: part("suffix"),
        orcid: part("orcid"),
    }))
}

fn read_title(node: &Node<'_>) -> Option<Title> {
    if node.get("text").is_some() || node.as_object().is_none() {
        return read_text(node).map(Title::new);
    }
    let part = |name: &str| node.get(name).and_then(read_text).unwrap_or_default();
    Some(Title::new(part("main")).with_sub(part("sub")).with_addition(part("addition")))
}

fn read_text(node: &Node<'_>) -> Option<Text> {
    let Some(text) = node.get("text") else { return node.scalar().map(csl_markup::read) };
    let text = text.as_str()?;
    let formats = node.get("formats").and_then(Node::as_array).unwrap_or_default();
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    Some(Text::build(|b| {
        b.push_str(text);
        for run in formats {
            let [format, start, end] = run.as_array().unwrap_or_default() else { continue };
            let format = Format::ALL.into_iter().find(|known| Some(known.as_str()) == format.as_str());
            let place = |node: &Node<'_>| places.get(node.scalar()?.parse::<usize>().ok()?).copied();
            if let (Some(format), Some(start), Some(end)) = (format, place(start), place(end))
                && start < end
            {
                b.format(start, end, format);
            }
        }
    }))
}

fn read_pages(node: &Node<'_>) -> Option<Pages> {
    if let Some(number) = node.get("article-number") {
        return number.scalar().map(Pages::article);
    }
    let Some(ranges) = node.as_array() else { return node.scalar().map(Pages::parse) };
    let range = |node: &Node<'_>| {
        let first = node.get("first")?.scalar()?.into();
        let end = match (node.get("last").and_then(Node::scalar), node.get("end").and_then(Node::scalar)) {
            (Some(last), _) => PageEnd::Last(last.into()),
            (None, Some("f.")) => PageEnd::Following,
            (None, Some("ff.")) => PageEnd::FollowingPages,
            (None, Some("open")) => PageEnd::Open,
            _ => PageEnd::Single,
        };
        Some(PageRange { first, end })
    };
    Some(Pages { ranges: ranges.iter().filter_map(range).collect(), article_number: false })
}

fn read_attachment(node: &Node<'_>) -> Attachment {
    let part = |name: &str| node.get(name).and_then(Node::scalar).unwrap_or_default().to_owned();
    Attachment { title: part("title"), path: part("path"), media_type: part("media-type") }
}

/// Cuts CSL's one string of keywords: at semicolons if there are any, else at commas.
pub(super) fn keywords(text: &str) -> Vec<Text> {
    let divider = if text.contains(';') { ';' } else { ',' };
    let keywords: Vec<Text> = text.split(divider).map(csl_markup::read).filter(|keyword| !keyword.is_empty()).collect();
    // Nothing but dividers is a keyword, odd as it is.
    if keywords.is_empty() { vec![csl_markup::read(text)] } else { keywords }
}

/// Cuts a string of identifiers: at commas and semicolons, and at blanks where each part is one by itself.
pub(super) fn identifiers(scheme: Scheme, text: &str) -> Vec<Identifier> {
    let shaped = |text: &str| {
        let identifier = Identifier::new(scheme, text);
        (identifier.is_valid() || identifier.as_str() != identifier.printed()).then_some(identifier)
    };
    let mut out = Vec::new();
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let whole = Identifier::new(scheme, part);
        let words: Option<Vec<Identifier>> =
            if whole.is_valid() { None } else { part.split_whitespace().map(shaped).collect() };
        match words {
            Some(words) if words.len() > 1 => out.extend(words),
            _ => out.push(whole),
        }
    }
    if out.is_empty() {
        out.push(Identifier::new(scheme, text));
    }
    out
}
