//! Tags and text of HTML and XML, with their places.
//!
//! One tokenizer serves web pages, JATS, Word and OpenDocument: it never fails, copies nothing, and goes over its input once. There is
//! no tree, so depth costs nothing; no entity is ever expanded but the named characters and numbers, so there is nothing to expand
//! without end. Comments, declarations and processing instructions are skipped.

use std::borrow::Cow;

use super::build::Builder;
use crate::span::Span;

/// A quoted value longer than this is taken for a quote that was never closed: it must not swallow the rest of a page.
const LONGEST_VALUE: usize = 1 << 16;

/// A part of a marked-up source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Characters, entities still in them.
    Text(Span),
    /// Characters of a CDATA section, in which nothing is an entity.
    Verbatim(Span),
    /// A start tag, or an empty-element tag.
    Open(Tag<'a>),
    /// An end tag's name.
    Close(&'a str),
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The name as written.
    pub(super) name: &'a str,
    /// Whether it ends itself: `<br/>`.
    pub(super) empty: bool,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, by its name or the name without prefix, in any case.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/'))?;
            let (key, after) = rest.split_at(end);
            let after_blank = after.trim_start();
            let (value, next) = match after_blank.strip_prefix('=') {
                Some(value) => value_of(value.trim_start()),
                None => ("", after),
            };
            if key.eq_ignore_ascii_case(name) || local(key).eq_ignore_ascii_case(name) {
                return Some(unescape(value));
            }
            if next.len() >= rest.len() {
                return None;
            }
            rest = next;
        }
    }

    /// Whether an attribute's blank-separated values contain one of `wanted`.
    pub(super) fn has_any(&self, attribute: &str, wanted: &[&str]) -> bool {
        self.get(attribute).is_some_and(|value| {
            value.split_ascii_whitespace().any(|one| wanted.iter().any(|word| one.eq_ignore_ascii_case(word)))
        })
    }
}

/// An attribute's value and what follows it.
fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            let end = rest.find(quote).unwrap_or(rest.len());
            return (&rest[..end], rest.get(end + 1..).unwrap_or_default());
        }
    }
    text.split_at(text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len()))
}

/// The name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The tokens of a source, in order.
pub(super) struct Tokens<'a> {
    source: &'a str,
    at: usize,
    html: bool,
    /// An HTML element whose content is not markup: `script`, `style`, `title`.
    raw: Option<&'a str>,
}

impl<'a> Tokens<'a> {
    pub(super) const fn html(source: &'a str) -> Self {
        Self { source, at: 0, html: true, raw: None }
    }

    pub(super) const fn xml(source: &'a str) -> Self {
        Self { source, at: 0, html: false, raw: None }
    }

    /// The text of a raw element up to its end tag.
    fn raw_text(&mut self, name: &str) -> Option<Token<'a>> {
        let from = self.at;
        let rest = &self.source.as_bytes()[from..];
        let end = memchr::memmem::find_iter(rest, b"</")
            .find(|&at| {
                rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            })
            .map_or(self.source.len(), |at| from + at);
        self.at = end;
        (from < end).then(|| Token::Verbatim(Span::new(from, end)))
    }

    /// What begins with `<` at the current place; `None` when it is skipped.
    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = &self.source[self.at..];
        let skip = |from: usize, end: &[u8]| {
            let found = memchr::memmem::find(&self.source.as_bytes()[from..], end);
            found.map_or(self.source.len(), |at| from + at + end.len())
        };
        if rest.starts_with("<!--") {
            self.at = skip(self.at + 4, b"-->");
            return None;
        }
        if rest.starts_with("<![CDATA[") {
            let from = self.at + 9;
            self.at = skip(from, b"]]>");
            let end = if self.source[from..self.at].ends_with("]]>") { self.at - 3 } else { self.at };
            return Some(Token::Verbatim(Span::new(from, end)));
        }
        if rest.starts_with("<!") {
            self.at = self.declaration_end();
            return None;
        }
        if rest.starts_with("<?") {
            self.at = skip(self.at + 2, if self.html { b">" } else { b"?>" });
            return None;
        }
        let end = self.tag_end();
        let inner = self.source[self.at + 1..end].trim_end_matches('>');
        self.at = end;
        if let Some(name) = inner.strip_prefix('/') {
            return Some(Token::Close(name_of(name)));
        }
        let name = name_of(inner);
        let attributes = &inner[name.len()..];
        let tag = Tag { name, empty: inner.ends_with('/'), attributes };
        let is_raw = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed"]
            .iter()
            .any(|raw| name.eq_ignore_ascii_case(raw));
        if self.html && is_raw && !tag.empty {
            self.raw = Some(name);
        }
        Some(Token::Open(tag))
    }

    /// Behind a declaration, with the subset in brackets that a DOCTYPE may have.
    fn declaration_end(&self) -> usize {
        let bytes = self.source.as_bytes();
        let mut depth = 0usize;
        for at in memchr::memchr3_iter(b'[', b']', b'>', &bytes[self.at..]).map(|at| at + self.at) {
            match bytes[at] {
                b'[' => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                _ if depth == 0 => return at + 1,
                _ => {}
            }
        }
        self.source.len()
    }

    /// Behind the `>` of a tag, quotes respected. A quote that is never closed counts as a character.
    fn tag_end(&self) -> usize {
        let bytes = self.source.as_bytes();
        let mut at = self.at + 1;
        while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at..]) {
            at += found;
            if bytes[at] == b'>' {
                return at + 1;
            }
            // Only a quote behind "=" opens a value.
            let opens = bytes[..at].iter().rev().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'=');
            let window = &bytes[at + 1..bytes.len().min(at + LONGEST_VALUE)];
            let close = opens.then(|| memchr::memchr(bytes[at], window)).flatten();
            at += close.map_or(1, |length| length + 2);
        }
        self.source.len()
    }
}

fn name_of(text: &str) -> &str {
    &text[..text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(text.len())]
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take()
            && let Some(token) = self.raw_text(name)
        {
            return Some(token);
        }
        let bytes = self.source.as_bytes();
        while self.at < bytes.len() {
            let from = self.at;
            let mut search = from;
            // A "<" before anything but a name, "/", "!" or "?" is a character.
            let open = loop {
                match memchr::memchr(b'<', &bytes[search..]).map(|at| at + search) {
                    Some(at)
                        if bytes.get(at + 1).is_some_and(|&next| {
                            next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?' | b'_')
                        }) =>
                    {
                        break at;
                    }
                    Some(at) => search = at + 1,
                    None => break bytes.len(),
                }
            };
            if open > from {
                self.at = open;
                return Some(Token::Text(Span::new(from, open)));
            }
            if let Some(token) = self.markup() {
                return Some(token);
            }
        }
        None
    }
}

/// A character reference at the start of `text` ("&amp;", "&#x2013;"): its length and what it stands for.
pub(super) fn entity(text: &str) -> Option<(usize, Cow<'static, str>)> {
    let body = text.strip_prefix('&')?;
    let end = body.as_bytes().iter().take(34).position(|&byte| byte == b';')?;
    let name = &body[..end];
    let value = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        Cow::Owned(numbered(code)?.to_string())
    } else {
        Cow::Borrowed(quick_xml::escape::resolve_html5_entity(name)?)
    };
    Some((end + 2, value))
}

/// The character of a number; 128 to 159 mean Windows-1252, as browsers have it.
fn numbered(code: u32) -> Option<char> {
    if let Ok(byte) = u8::try_from(code)
        && (0x80..0xA0).contains(&byte)
    {
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
    }
    char::from_u32(code).filter(|&c| c != '\0')
}

/// A text with its character references undone.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    let Some(mut at) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..at]);
    while at < text.len() {
        let rest = &text[at..];
        match entity(rest) {
            Some((length, value)) => {
                out.push_str(&value);
                at += length;
            }
            None if rest.starts_with('&') => {
                out.push('&');
                at += 1;
            }
            None => {}
        }
        let next = memchr::memchr(b'&', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found);
        out.push_str(&text[at..next]);
        at = next;
    }
    Cow::Owned(out)
}

/// Appends characters of a source to a document: references undone, line breaks as blanks unless `breaks` keeps them.
pub(super) fn push_text(out: &mut Builder, source: &str, span: Span, breaks: bool) {
    let text = &source[span.range()];
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < text.len() {
        let stop = memchr::memchr3(b'&', b'\n', b'\r', &bytes[at..]).map_or(text.len(), |found| at + found);
        if stop > at {
            out.push(&text[at..stop], Span::new(span.start + at, span.start + stop));
        }
        if stop == text.len() {
            return;
        }
        let place = |length: usize| Span::new(span.start + stop, span.start + stop + length);
        at = stop
            + match entity(&text[stop..]) {
                Some((length, value)) => {
                    out.push(&value, place(length));
                    length
                }
                None if bytes[stop] == b'&' => {
                    out.push("&", place(1));
                    1
                }
                None => {
                    out.push(if breaks && bytes[stop] == b'\n' { "\n" } else { " " }, place(1));
                    1
                }
            };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(tokens: Tokens<'_>) -> String {
        let source = tokens.source;
        tokens
            .map(|token| match token {
                Token::Text(span) => format!("[{}]", unescape(&source[span.range()])),
                Token::Verbatim(span) => format!("{{{}}}", &source[span.range()]),
                Token::Open(tag) => format!("<{}{}>", tag.name, if tag.empty { "/" } else { "" }),
                Token::Close(name) => format!("</{name}>"),
            })
            .collect()
    }

    #[test]
    fn tags_text_and_raw_elements_are_told_apart() {
        assert_eq!(
            show(Tokens::html("a<p class=x>b &amp; c</p><!-- d --><script>1 < 2</script>e")),
            "[a]<p>[b & c]</p><script>{1 < 2}</script>[e]"
        );
        assert_eq!(show(Tokens::xml("<?xml?><!DOCTYPE a [<!ENTITY b 'c'>]><a><![CDATA[x<y]]></a>")), "<a>{x<y}</a>");
    }

    #[test]
    fn broken_markup_is_text_or_ends_the_source() {
        assert_eq!(show(Tokens::html("1 < 2 <b")), "[1 < 2 ]<b>");
        assert_eq!(show(Tokens::html("<a href=\"x>y")), "<a>[y]");
        assert_eq!(show(Tokens::html("<a title='<i>x</i>'>y")), "<a>[y]");
    }

    #[test]
    fn attributes_are_found_in_any_form() {
        let Some(Token::Open(tag)) = Tokens::html("<a HREF='x&amp;y' b c=d/>").next() else { panic!() };
        assert_eq!(tag.get("href").as_deref(), Some("x&y"));
        assert_eq!(tag.get("c").as_deref(), Some("d/"));
        assert_eq!(tag.get("q"), None);
    }
}
