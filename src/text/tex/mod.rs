//! TeX and rich text: the markup inside the values of BibTeX and BibLaTeX.
//!
//! [`decode`] reads LaTeX as a [`Text`](crate::Text), [`encode`] writes it. What BibTeX does to braces is part of it: a group protects
//! its characters from recasing, unless it begins with a command, and that is how [`Format::NoCase`](crate::Format::NoCase) is written.
//! Characters have their commands in one table for both directions.

pub(crate) mod commands;
mod decode;
mod encode;
mod math;
mod symbols;

pub(crate) use decode::decode_str;
pub use decode::{decode, decode_plain, decode_with};
pub use encode::{Encode, encode, encode_plain};
pub(crate) use encode::{is_group, needs_no_protection};

use crate::record::scan::trim;

/// The value inside one pair of braces that encloses all of it, else the value.
pub(crate) fn strip_group(tex: &str) -> &str {
    let tex = trim(tex);
    if is_group(tex) { &tex[1..tex.len() - 1] } else { tex }
}

/// Undoes the escapes that do not belong into an address: `\_`, `\%`, `\&`, `\#`, `\$`, `\~{}`, `{\_}`, `\url{…}`.
///
/// ```
/// assert_eq!(reflist::text::tex::decode_verbatim(r"\url{http://a.b/\~{}c\_d?e=1\&f}"), "http://a.b/~c_d?e=1&f");
/// ```
#[must_use]
pub fn decode_verbatim(tex: &str) -> String {
    let tex = trim(tex);
    if !tex.contains(['\\', '{']) {
        return tex.to_owned();
    }
    let tex = ["\\url", "\\path", "\\nolinkurl"]
        .iter()
        .find_map(|command| tex.strip_prefix(command).map(str::trim_start).filter(|rest| is_group(rest)))
        .map_or(tex, strip_group);
    let mut out = String::with_capacity(tex.len());
    let mut rest = tex;
    while let Some(at) = rest.find(['\\', '{']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (text, len) = unescape(rest);
        out.push_str(text);
        rest = &rest[len..];
    }
    out.push_str(rest);
    out
}

/// The character that an escape at the start of `tex` stands for, and the escape's length.
fn unescape(tex: &str) -> (&str, usize) {
    const ESCAPES: [(&str, &str); 14] = [
        ("{\\textasciitilde}", "~"),
        ("\\textasciitilde{}", "~"),
        ("\\textasciitilde ", "~"),
        ("{\\_}", "_"),
        ("{\\%}", "%"),
        ("{\\&}", "&"),
        ("{\\#}", "#"),
        ("{\\textunderscore}", "_"),
        ("\\textunderscore{}", "_"),
        ("\\~{}", "~"),
        ("\\~{ }", "~"),
        ("{\\~{}}", "~"),
        ("\\^{}", "^"),
        ("{_}", "_"),
    ];
    if let Some((escape, text)) = ESCAPES.iter().find(|(escape, _)| tex.starts_with(escape)) {
        return (text, escape.len());
    }
    match tex.as_bytes().get(1) {
        Some(b'_' | b'%' | b'&' | b'#' | b'$' | b'~' | b'{' | b'}') if tex.starts_with('\\') => (&tex[1..2], 2),
        _ => (&tex[..1], 1),
    }
}

#[cfg(test)]
mod tests;
