//! Finds the citations that a reference manager left as fields in a word-processor file.
//!
//! Zotero and Mendeley store what a citation cites as CSL-JSON, and the text that it prints; the text tells the place.

use serde_json::Value;

use super::locator::{Locator, LocatorKind};
use super::{Citation, Form, Item, Style, Year};
use crate::document::{Document, PayloadKind};
use crate::span::Span;

/// Finds the fields, in the order of the document.
pub(super) fn find(document: &Document) -> Vec<Citation> {
    let mut found = Vec::new();
    let mut from = 0;
    for payload in document.payloads() {
        if !matches!(payload.kind, PayloadKind::Zotero | PayloadKind::Mendeley) {
            continue;
        }
        let Ok(field) = serde_json::from_str::<Value>(&payload.data) else { continue };
        let printed = [&field["properties"]["plainCitation"], &field["mendeley"]["plainTextFormattedCitation"]];
        let printed = printed.into_iter().find_map(Value::as_str).unwrap_or_default().trim();
        let at = document.text()[from..].find(printed).map_or(from, |at| from + at);
        let span = Span::new(at, if document.text()[at..].starts_with(printed) { at + printed.len() } else { at });
        from = span.end;
        let items: Vec<Item> =
            field["citationItems"].as_array().into_iter().flatten().map(|item| read_item(item, span)).collect();
        if !items.is_empty() {
            found.push(Citation {
                style: Style::Field,
                form: Form::Parenthetical,
                span,
                place: Span::default(),
                items,
            });
        }
    }
    found
}

fn read_item(item: &Value, span: Span) -> Item {
    let data = &item["itemData"];
    let text = |value: &Value| value.as_str().unwrap_or_default().trim().to_owned();
    let name =
        |name: &Value| ["family", "literal", "given"].iter().find_map(|part| name[*part].as_str().map(str::to_owned));
    let names = ["author", "editor"].iter().find_map(|role| data[*role].as_array());
    let year = &data["issued"]["date-parts"][0][0];
    let year = year
        .as_i64()
        .or_else(|| year.as_str().and_then(|year| year.parse().ok()))
        .and_then(|year| i32::try_from(year).ok());
    let locator = match &item["locator"] {
        Value::String(value) if !value.is_empty() => Some(value.clone()),
        Value::Number(value) => Some(value.to_string()),
        _ => None,
    };
    Item {
        span,
        prefix: text(&item["prefix"]),
        suffix: text(&item["suffix"]),
        names: names.into_iter().flatten().filter_map(name).collect(),
        year: year.map(|year| Year { number: Some(year), other: None, letter: None, printed: year.to_string() }),
        key: data["DOI"].as_str().map(str::to_owned),
        title: data["title"].as_str().map(str::to_owned),
        locator: locator.map(|value| Locator { kind: kind(item["label"].as_str().unwrap_or("page")), value, span }),
        ..Item::default()
    }
}

/// The kind of CSL's name.
fn kind(label: &str) -> LocatorKind {
    LocatorKind::ALL.iter().copied().find(|kind| kind.as_str() == label).unwrap_or(LocatorKind::Page)
}
