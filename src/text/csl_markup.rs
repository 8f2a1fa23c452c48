//! CSL's HTML-like markup: `<i>`, `<b>`, `<sub>`, `<sup>`, `<sc>`, `<span class="nocase">`.
//!
//! The markup has no escape: a tag that nothing closes, or that CSL does not know, is text. So a few texts have no exact form; whoever
//! writes asks [`push_text`].
//!
//! Read as well, since programs write it: `<em>`, `<strong>`, `<u>`, `<span style="font-variant:small-caps">` and the like, in any case.

use std::borrow::Cow;

use crate::record::{Format, FormatRun, Text, TextBuilder};

/// Reads a text with markup.
pub(crate) fn read(text: &str) -> Text {
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        Text::plain(text)
    } else {
        read_tags(text, |piece| Cow::Borrowed(piece))
    }
}

/// Reads a text with markup and HTML's character references, as RIS files have them: a reference is never part of a tag.
pub(crate) fn read_html(text: &str) -> Text {
    match memchr::memchr2(b'<', b'&', text.as_bytes()) {
        None => Text::plain(text),
        Some(_) => read_tags(text, decode_references),
    }
}

/// `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;`, `&nbsp;`, `&#8211;`, `&#x2013;` as the characters that they name.
pub(crate) fn decode_references(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((c, len)) => {
                out.push(c);
                rest = &rest[len..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that a reference names at the beginning of `text`, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.as_bytes().iter().take(12).position(|&byte| byte == b';')?;
    let name = text.get(1..end)?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let code = name.strip_prefix('#')?;
            let code = match code.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => code.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?
        }
    };
    Some((c, end + 1))
}

/// A tag that was opened, and where.
struct Open {
    format: Option<Format>,
    name: &'static str,
    /// Where the tag begins in what was appended, for the case that nothing closes it.
    at: usize,
    tag: std::ops::Range<usize>,
}

fn read_tags(text: &str, decode: impl for<'p> Fn(&'p str) -> Cow<'p, str>) -> Text {
    let tags = matched_tags(text);
    let mut builder = TextBuilder::default();
    let mut open: Vec<Open> = Vec::new();
    let mut from = 0;
    for tag in tags {
        builder.push_str(&decode(&text[from..tag.range.start]));
        from = tag.range.end;
        match tag.what {
            What::Open(name, format) => {
                open.push(Open { format, name, at: builder.len(), tag: tag.range });
            }
            What::Close(name) => {
                if let Some(at) = open.iter().rposition(|open| open.name == name) {
                    let opened = open.remove(at);
                    debug_assert!(opened.tag.end <= from);
                    if let Some(format) = opened.format {
                        builder.format(opened.at, builder.len(), format);
                    }
                }
            }
        }
    }
    builder.push_str(&decode(&text[from..]));
    builder.finish()
}

struct Tag {
    range: std::ops::Range<usize>,
    what: What,
}

enum What {
    Open(&'static str, Option<Format>),
    Close(&'static str),
}

/// The tags that have a partner, in order.
fn matched_tags(text: &str) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut paired: Vec<bool> = Vec::new();
    // Positions in `tags` of the open ones, by name.
    let mut open: Vec<(&'static str, usize)> = Vec::new();
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let Some((len, what)) = tag(&text[at..]) else { continue };
        let position = tags.len();
        let mut pair = false;
        match what {
            What::Open(name, _) => open.push((name, position)),
            What::Close(name) => {
                // Only a few can be open at once in sense; more is noise, and looking through it must cost nothing.
                let window = open.len().saturating_sub(32);
                if let Some(found) = open[window..].iter().rposition(|(opened, _)| *opened == name) {
                    let (_, opener) = open.remove(window + found);
                    paired[opener] = true;
                    pair = true;
                }
            }
        }
        tags.push(Tag { range: at..at + len, what });
        paired.push(pair);
    }
    let mut paired = paired.into_iter();
    tags.retain(|_| paired.next().unwrap_or_default());
    tags
}

/// The tag that `text` begins with, and its length.
fn tag(text: &str) -> Option<(usize, What)> {
    // No tag that we know is longer.
    let window = &text.as_bytes()[..text.len().min(80)];
    let end = memchr::memchr(b'>', window)?;
    let inner = text.get(1..end)?;
    if let Some(name) = inner.strip_prefix('/') {
        return Some((end + 1, What::Close(known(name.trim())?.0)));
    }
    let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
    let (name, format) = known(name)?;
    let format = match name {
        "span" => Some(span_format(attributes)?),
        _ if !attributes.is_empty() => return None,
        _ => format,
    };
    Some((end + 1, What::Open(name, format)))
}

fn known(name: &str) -> Option<(&'static str, Option<Format>)> {
    const KNOWN: [(&str, Option<Format>); 10] = [
        ("i", Some(Format::Italic)),
        ("em", Some(Format::Italic)),
        ("b", Some(Format::Bold)),
        ("strong", Some(Format::Bold)),
        ("sub", Some(Format::Sub)),
        ("sup", Some(Format::Sup)),
        ("sc", Some(Format::SmallCaps)),
        ("scp", Some(Format::SmallCaps)),
        ("u", Some(Format::Underline)),
        ("span", None),
    ];
    KNOWN.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name))
}

fn span_format(attributes: &str) -> Option<Format> {
    let compact: String = attributes.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let unquoted = compact.replace(['"', '\''], "");
    match unquoted.trim_end_matches(';') {
        "class=nocase" => Some(Format::NoCase),
        "style=font-variant:small-caps" | "class=smallcaps" => Some(Format::SmallCaps),
        "style=font-style:italic" => Some(Format::Italic),
        "style=font-weight:bold" => Some(Format::Bold),
        "style=text-decoration:underline" => Some(Format::Underline),
        "class=math" => Some(Format::Math),
        _ => None,
    }
}

/// Appends `text` with markup to `out`, and says whether [`read`] gives it back exactly.
///
/// CSL has no markup for quotations, underlining and formulas: a quotation gets “ ”, a formula its dollar signs, underlining nothing.
pub(crate) fn push_text(text: &Text, out: &mut String) -> bool {
    if text.is_plain() {
        out.push_str(text.as_str());
        return memchr::memchr(b'<', text.as_str().as_bytes()).is_none() || read(text.as_str()) == *text;
    }
    let start = out.len();
    push_runs(text, out);
    let has_tags = |run: &FormatRun| !matches!(run.format, Format::Quote | Format::Underline | Format::Math);
    // Tags that CSL has, around characters that are none, read back as what they stand for.
    let certain = memchr::memchr(b'<', text.as_str().as_bytes()).is_none();
    text.runs().iter().all(has_tags) && (certain || read(&out[start..]) == *text)
}

/// Appends `text` as [`read_html`] takes it, with its markup or without; what would read as a tag or a reference is escaped.
pub(crate) fn push_html(text: &Text, markup: bool, out: &mut String) {
    match (text.is_plain() || !markup, memchr::memchr2(b'<', b'&', text.as_str().as_bytes())) {
        (true, None) => out.push_str(text.as_str()),
        (true, Some(_)) => push_escaped(text.as_str(), out),
        (false, _) => push_pieces(text, out, push_escaped),
    }
}

/// Appends plain text; `<` that begins a tag and `&` that begins a reference are written as references.
pub(crate) fn push_escaped(text: &str, out: &mut String) {
    let mut from = 0;
    for at in memchr::memchr2_iter(b'<', b'&', text.as_bytes()) {
        let escape = match text.as_bytes()[at] {
            b'<' if tag(&text[at..]).is_some() => "&lt;",
            b'&' if reference(&text[at..]).is_some() => "&amp;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escape);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

fn push_runs(text: &Text, out: &mut String) {
    push_pieces(text, out, |piece, out| out.push_str(piece));
}

fn push_pieces(text: &Text, out: &mut String, push: impl Fn(&str, &mut String)) {
    if text.runs().windows(2).all(|pair| pair[0].end <= pair[1].start) {
        return push_apart(text, out, push);
    }
    let mut open: Vec<Format> = Vec::new();
    for (piece, formats) in text.pieces() {
        let keep = open.iter().zip(&formats).take_while(|(open, format)| open == format).count();
        while open.len() > keep {
            if let Some(format) = open.pop() {
                out.push_str(tags_of(format).1);
            }
        }
        for &format in &formats[keep..] {
            out.push_str(tags_of(format).0);
            open.push(format);
        }
        push(piece, out);
    }
    for format in open.into_iter().rev() {
        out.push_str(tags_of(format).1);
    }
}

/// Parts that do not overlap, as in nearly all texts, need no list of what is open.
fn push_apart(text: &Text, out: &mut String, push: impl Fn(&str, &mut String)) {
    let mut at = 0;
    for run in text.runs() {
        let (open, close) = tags_of(run.format);
        push(&text.as_str()[at..run.start], out);
        out.push_str(open);
        push(&text.as_str()[run.start..run.end], out);
        out.push_str(close);
        at = run.end;
    }
    push(&text.as_str()[at..], out);
}

const fn tags_of(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::NoCase => ("<span class=\"nocase\">", "</span>"),
        Format::Quote => ("\u{201c}", "\u{201d}"),
        Format::Italic => ("<i>", "</i>"),
        Format::Bold => ("<b>", "</b>"),
        Format::SmallCaps => ("<span style=\"font-variant:small-caps;\">", "</span>"),
        Format::Sub => ("<sub>", "</sub>"),
        Format::Sup => ("<sup>", "</sup>"),
        Format::Underline => ("", ""),
        Format::Math => ("$", "$"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(source: &str, plain: &str, runs: &[(usize, usize, Format)]) {
        let text = read(source);
        assert_eq!(text.as_str(), plain);
        let found: Vec<_> = text.runs().iter().map(|run| (run.start, run.end, run.format)).collect();
        assert_eq!(found, runs);
    }

    #[test]
    fn tags_become_formats() {
        check("The <i>Iliad</i>", "The Iliad", &[(4, 9, Format::Italic)]);
        check("H<sub>2</sub>O", "H2O", &[(1, 2, Format::Sub)]);
        check("<span class=\"nocase\">DNA</span> x", "DNA x", &[(0, 3, Format::NoCase)]);
        check("<span style=\"font-variant: small-caps;\">Ab</span>", "Ab", &[(0, 2, Format::SmallCaps)]);
        check("<EM>a</EM>", "a", &[(0, 1, Format::Italic)]);
    }

    #[test]
    fn tags_without_partner_are_text() {
        check("a < b and <i> c", "a < b and <i> c", &[]);
        check("p </i> q", "p </i> q", &[]);
        check("x <foo>y</foo>", "x <foo>y</foo>", &[]);
    }

    #[test]
    fn what_is_written_reads_back() {
        let text = Text::build(|b| {
            b.with(Format::Italic, |b| {
                b.push_str("x");
                b.with(Format::Sub, |b| b.push_str("2"));
            });
            b.push_str(" and ");
            b.with(Format::NoCase, |b| b.push_str("DNA"));
        });
        let mut out = String::new();
        assert!(push_text(&text, &mut out));
        assert_eq!(out, "<i>x<sub>2</sub></i> and <span class=\"nocase\">DNA</span>");
    }

    proptest! {
        #[test]
        fn what_is_certain_is_so(text in "[a-c ]{1,12}", runs in vec((0_usize..12, 0_usize..12, 0..Format::ALL.len()), 0..5)) {
            let text = Text::build(|b| {
                b.push_str(&text);
                for &(start, end, format) in &runs {
                    let (start, end) = (start.min(text.len()), end.min(text.len()));
                    b.format(start.min(end), end.max(start), Format::ALL[format]);
                }
            });
            let mut out = String::new();
            let exact = push_text(&text, &mut out);
            prop_assert_eq!(exact, read(&out) == text);
        }
    }

    #[test]
    fn references_are_characters_and_never_tags() {
        let text = read_html("A &amp; B &lt;i&gt;c&lt;/i&gt; &#8211; &#x2013; &foo; <i>d</i>");
        assert_eq!(text.as_str(), "A & B <i>c</i> – – &foo; d");
        assert_eq!(text.runs().len(), 1);
        for plain in ["R&D", "a &amp; b", "<i>x</i>", "a < b", "&lt;", "&amp;lt;"] {
            let mut out = String::new();
            push_html(&Text::plain(plain), true, &mut out);
            assert_eq!(read_html(&out), Text::plain(plain), "{out}");
        }
    }

    #[test]
    fn what_has_no_markup_is_said() {
        let mut out = String::new();
        assert!(!push_text(&Text::build(|b| b.with(Format::Math, |b| b.push_str("x^2"))), &mut out));
        assert_eq!(out, "$x^2$");
        assert!(!push_text(&Text::plain("<i>literal</i>"), &mut String::new()));
        assert!(push_text(&Text::plain("a < b"), &mut String::new()));
    }
}
