//! The texts of fields as values: pages, editions, lists, identifiers.

use std::borrow::Cow;

use super::names;
use crate::record::{Identifier, Number, Variable};
use crate::text::tex;

/// The characters of a page range, whose double hyphens mean what dashes do.
pub(super) fn pages_text(raw: &str) -> Cow<'_, str> {
    if raw.contains(['\\', '{', '$', '~']) {
        Cow::Owned(tex::decode_plain(tex::strip_group(raw)))
    } else {
        Cow::Borrowed(raw)
    }
}

/// The characters of a date, where a tilde is EDTF's and not TeX's.
pub(super) fn date_text(raw: &str) -> Cow<'_, str> {
    if raw.contains(['\\', '{']) { Cow::Owned(tex::decode_plain(raw)) } else { Cow::Borrowed(raw) }
}

/// "2" for "2nd" and "Second"; braces keep the words.
pub(super) fn edition(raw: &str) -> Number {
    const ORDINALS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let plain = tex::decode_plain(tex::strip_group(raw));
    if tex::is_group(raw) {
        return Number::from(&*plain);
    }
    let lower = plain.to_ascii_lowercase();
    let lower = lower.strip_suffix(" edition").or_else(|| lower.strip_suffix(" ed.")).unwrap_or(&lower);
    if let Some(at) = ORDINALS.iter().position(|word| *word == lower) {
        return Number::from(&*(at + 1).to_string());
    }
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ordinal = ["st", "nd", "rd", "th"].contains(&&lower[digits.len()..]);
    if ordinal && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Number::from(digits);
    }
    Number::from(&*plain)
}

/// Whether styles recase the value of a field, so that braces in it protect.
pub(super) fn is_recased(field: &str) -> bool {
    matches!(
        field,
        "title"
            | "subtitle"
            | "titleaddon"
            | "shorttitle"
            | "booktitle"
            | "booksubtitle"
            | "booktitleaddon"
            | "maintitle"
            | "mainsubtitle"
            | "maintitleaddon"
            | "issuetitle"
            | "issuesubtitle"
            | "issuetitleaddon"
            | "origtitle"
            | "reprinttitle"
    )
}

/// The items of a list that commas divide, or semicolons where there are more of them.
pub(super) fn split_list(raw: &str) -> Vec<&str> {
    let [commas, semicolons] = [b',', b';'].map(|divider| split_at(raw, divider));
    let mut parts = if semicolons.len() > commas.len() { semicolons } else { commas };
    parts.retain(|part| !part.is_empty());
    parts
}

/// The parts between the dividers outside of braces, trimmed.
fn split_at(raw: &str, divider: u8) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            byte if byte == divider && depth == 0 => {
                parts.push(raw[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(raw[start..].trim());
    parts
}

/// Publishers or places. BibTeX has one of them, BibLaTeX a list. In an entry that may be either, "and" divides only between braces
/// (`{A} and {B}`).
pub(super) fn split_bodies(raw: &str, has_lists: bool) -> Vec<&str> {
    if !has_lists && memchr::memchr(b'{', raw.as_bytes()).is_none() {
        return vec![raw];
    }
    let parts = names::split_words(raw, "and");
    let braced = parts.len() > 1 && parts.iter().all(|part| tex::is_group(part));
    if has_lists || braced { parts } else { vec![raw] }
}

/// ISBNs or ISSNs: one, or several between commas, semicolons or blanks.
pub(super) fn identifiers(variable: Variable, raw: &str) -> Vec<Identifier> {
    let plain = tex::decode_str(tex::strip_group(raw));
    let scheme = variable.scheme();
    let one = Identifier::new(scheme, &plain);
    if one.is_valid() {
        return vec![one];
    }
    let words: Vec<Identifier> = plain.split_whitespace().map(|word| Identifier::new(scheme, word)).collect();
    if words.iter().all(Identifier::is_valid) {
        return words;
    }
    let parts = plain.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| Identifier::new(scheme, part)).collect()
}
