//! JSON as bibliographies have it: read with places and without giving up, written by hand.
//!
//! [`parse`] borrows from the source, knows where each value stands, and goes on behind what it cannot read: a missing comma, a
//! trailing comma, a word that is no literal, a string without its end. Each leaves a [`Fault`]. Members that stand twice are both
//! there. Cost is linear in the text, also for text that is broken everywhere.

use std::borrow::Cow;

/// How deep values may nest; what nests deeper is kept as one raw value.
const MAX_DEPTH: usize = 64;

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node<'t> {
    /// The value.
    pub(crate) value: Json<'t>,
    /// First byte.
    pub(crate) start: usize,
    /// Behind the last byte.
    pub(crate) end: usize,
}

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json<'t> {
    Null,
    Bool(bool),
    /// A number as it stands.
    Number(&'t str),
    String(Cow<'t, str>),
    Array(Vec<Node<'t>>),
    Object(Vec<Member<'t>>),
    /// What nests too deeply, or is no JSON.
    Raw(&'t str),
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member<'t> {
    /// Its name.
    pub(crate) name: Cow<'t, str>,
    /// Where the name stands.
    pub(crate) start: usize,
    /// Its value.
    pub(crate) node: Node<'t>,
}

/// Something that is not JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Byte offset.
    pub(crate) at: usize,
    /// What was found.
    pub(crate) what: &'static str,
}

impl<'t> Node<'t> {
    /// The characters of a string.
    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.value {
            Json::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of an array.
    pub(crate) fn as_array(&self) -> Option<&[Node<'t>]> {
        match &self.value {
            Json::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members of an object.
    pub(crate) fn as_object(&self) -> Option<&[Member<'t>]> {
        match &self.value {
            Json::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The first member of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Node<'t>> {
        self.as_object()?.iter().find(|member| member.name == name).map(|member| &member.node)
    }

    /// The text of a string, or of a number or a truth value as it stands.
    pub(crate) fn scalar(&self) -> Option<&str> {
        match &self.value {
            Json::String(text) => Some(text),
            Json::Number(text) | Json::Raw(text) => Some(text),
            Json::Bool(true) => Some("true"),
            Json::Bool(false) => Some("false"),
            _ => None,
        }
    }
}

/// Parses the value at the beginning of `text`, and reports what is no JSON.
pub(crate) fn parse<'t>(text: &'t str, faults: &mut Vec<Fault>) -> Node<'t> {
    let mut parser = Parser { text, bytes: text.as_bytes(), at: 0, faults, one_line_strings: false };
    let node = parser.value(0);
    parser.blank();
    if parser.at < text.len() {
        parser.fault("text behind the end of the value");
    }
    node
}

struct Parser<'t, 'f> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    faults: &'f mut Vec<Fault>,
    /// Set once a string had no end: from then on a line's end closes a string, so that no text is scanned twice.
    one_line_strings: bool,
}

impl<'t> Parser<'t, '_> {
    fn value(&mut self, depth: usize) -> Node<'t> {
        self.blank();
        let start = self.at;
        let value = match self.bytes.get(self.at) {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => {
                self.fault("values nest too deeply");
                self.skip_nested();
                Json::Raw(&self.text[start..self.at])
            }
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Json::String(self.string()),
            _ => self.literal(),
        };
        Node { value, start, end: self.at }
    }

    fn object(&mut self, depth: usize) -> Json<'t> {
        self.at += 1;
        let mut members = Vec::with_capacity(8);
        loop {
            self.blank();
            match self.bytes.get(self.at) {
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                None => {
                    self.fault("an object without its end");
                    break;
                }
                Some(b'"') => {
                    let start = self.at;
                    let name = self.string();
                    self.blank();
                    if self.bytes.get(self.at) == Some(&b':') {
                        self.at += 1;
                    } else {
                        self.fault("a member's name without a colon");
                    }
                    let node = self.value(depth + 1);
                    members.push(Member { name, start, node });
                    self.comma(b'}');
                }
                Some(_) => {
                    // A member without a name, a stray bracket: keep the words and go on.
                    let start = self.at;
                    self.fault("a member without its name in quotation marks");
                    let node = self.stray(depth);
                    members.push(Member { name: Cow::Borrowed(""), start, node });
                    self.comma(b'}');
                }
            }
        }
        Json::Object(members)
    }

    fn array(&mut self, depth: usize) -> Json<'t> {
        self.at += 1;
        let mut elements = Vec::new();
        loop {
            self.blank();
            match self.bytes.get(self.at) {
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                // An array that an object's end closes: the bracket is missing.
                None | Some(b'}') => {
                    self.fault("an array without its end");
                    break;
                }
                Some(_) => {
                    elements.push(self.value(depth + 1));
                    self.comma(b']');
                }
            }
        }
        Json::Array(elements)
    }

    /// Takes the comma behind an element; `close` may stand there instead.
    fn comma(&mut self, close: u8) {
        self.blank();
        match self.bytes.get(self.at) {
            Some(b',') => self.at += 1,
            Some(byte) if *byte == close => {}
            // The end of the text is reported where the container ends.
            None | Some(b'}') => {}
            Some(b'"' | b'{' | b'[') => self.fault("a missing comma"),
            Some(b']') => {
                self.fault("a bracket that nothing opened");
                self.at += 1;
            }
            Some(_) => self.fault("a missing comma"),
        }
    }

    /// What stands where a member's name should: a value, or one character that begins none.
    fn stray(&mut self, depth: usize) -> Node<'t> {
        let start = self.at;
        match self.bytes.get(self.at) {
            Some(b'{' | b'[') => self.value(depth + 1),
            Some(b',' | b':' | b']') => {
                self.at += 1;
                Node { value: Json::Raw(&self.text[start..self.at]), start, end: self.at }
            }
            _ => {
                let end =
                    memchr::memchr3(b',', b'}', b'\n', &self.bytes[self.at..]).map_or(self.text.len(), |n| start + n);
                self.at = end.max(start + 1);
                Node { value: Json::Raw(self.text[start..end].trim_end()), start, end }
            }
        }
    }

    /// A number, `true`, `false`, `null`, or a word that is none of these.
    fn literal(&mut self) -> Json<'t> {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(|&byte| !matches!(byte, b',' | b'}' | b']' | b'\n' | b'"')) {
            self.at += 1;
        }
        // Only the blanks that JSON knows: of a vertical tab nothing would be left, and it would be met again and again.
        let word = self.text[start..self.at].trim_end_matches([' ', '\t', '\r', '\n']);
        self.at = start + word.len();
        match word {
            "null" => Json::Null,
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            _ if is_number(word) => Json::Number(word),
            _ => {
                self.faults.push(Fault { at: start, what: if word.is_empty() { "a missing value" } else { "a word" } });
                Json::Raw(word)
            }
        }
    }

    fn string(&mut self) -> Cow<'t, str> {
        self.at += 1;
        let start = self.at;
        let mut escaped = false;
        loop {
            let rest = &self.bytes[self.at..];
            let next = if self.one_line_strings {
                memchr::memchr3(b'"', b'\\', b'\n', rest)
            } else {
                memchr::memchr2(b'"', b'\\', rest)
            };
            match next.map(|n| (self.at + n, rest[n])) {
                Some((at, b'\\')) => {
                    escaped = true;
                    // Behind the backslash, at the next character's boundary.
                    self.at =
                        (at + 1 + self.text[at + 1..].chars().next().map_or(0, char::len_utf8)).min(self.text.len());
                }
                Some((at, b'"')) if self.one_line_strings || self.ends_string(start, at) => {
                    self.at = at + 1;
                    return unescaped(&self.text[start..at], escaped);
                }
                Some((_, b'"')) => {
                    self.one_line_strings = true;
                    self.at = start;
                }
                Some((at, _)) => return self.unended(start, at, escaped),
                None if self.one_line_strings => return self.unended(start, self.text.len(), escaped),
                None => {
                    self.one_line_strings = true;
                    self.at = start;
                }
            }
        }
    }

    /// Whether the quotation mark at `at` ends the string. One that spans lines and stands in front of a word opened the next string:
    /// the end of this one is missing.
    fn ends_string(&self, start: usize, at: usize) -> bool {
        let behind = self.bytes[at + 1..].iter().find(|byte| !byte.is_ascii_whitespace());
        matches!(behind, None | Some(b',' | b':' | b'}' | b']'))
            || memchr::memchr(b'\n', &self.bytes[start..at]).is_none()
    }

    /// A string that a line's end closes; a comma at its end is the one that divides members.
    fn unended(&mut self, start: usize, end: usize, escaped: bool) -> Cow<'t, str> {
        self.faults.push(Fault { at: start - 1, what: "a string without its end" });
        let text = self.text[start..end].trim_end();
        let text = text.strip_suffix(',').unwrap_or(text);
        self.at = start + text.len();
        unescaped(text, escaped)
    }

    /// Passes over a value of any depth, without recursion.
    fn skip_nested(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                b'"' => {
                    self.string();
                    continue;
                }
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    fn blank(&mut self) {
        while self.bytes.get(self.at).is_some_and(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn fault(&mut self, what: &'static str) {
        self.faults.push(Fault { at: self.at, what });
    }
}

/// RFC 8259's numbers, and those with a leading zero or plus sign.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+'))
}

fn unescaped(text: &str, escaped: bool) -> Cow<'_, str> {
    if !escaped {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        match c {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'u' => rest = unicode_escape(rest, &mut out),
            // Also what JSON does not know: a lone backslash stood for itself, and the character too.
            '"' | '\\' | '/' => out.push(c),
            c => {
                out.push('\\');
                out.push(c);
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of four hexadecimal digits, or of two such in a surrogate pair; returns what stands behind.
fn unicode_escape<'t>(rest: &'t str, out: &mut String) -> &'t str {
    let unit = |text: &str| text.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(first) = unit(rest) else {
        out.push_str("\\u");
        return rest;
    };
    let behind = &rest[4..];
    if let (0xD800..=0xDBFF, Some(second)) = (first, behind.strip_prefix("\\u").and_then(unit))
        && (0xDC00..=0xDFFF).contains(&second)
    {
        let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        return &behind[6..];
    }
    out.push(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
    behind
}

/// The value `raw` without blanks between its parts, so that it stands on one line and two prints of one value are equal.
pub(crate) fn compact(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut in_string = false;
    let mut escaped = false;
    // Blanks between words that are no JSON stay, one by one.
    let mut blank = false;
    for c in raw.chars() {
        if in_string {
            match c {
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                c => out.push(c),
            }
            in_string = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
        } else if matches!(c, ' ' | '\n' | '\r' | '\t') {
            blank = true;
        } else {
            if blank && c.is_alphanumeric() && out.ends_with(char::is_alphanumeric) {
                out.push(' ');
            }
            blank = false;
            in_string = c == '"';
            out.push(c);
        }
    }
    out
}

/// Whether `raw` is one JSON value in its compact form, so that it can be written as it stands.
pub(crate) fn is_compact(raw: &str) -> bool {
    let mut faults = Vec::new();
    let node = parse(raw, &mut faults);
    faults.is_empty() && node.start == 0 && node.end == raw.len() && strict_numbers(&node) && compact(raw) == raw
}

/// Whether all numbers are such as RFC 8259 allows.
fn strict_numbers(node: &Node<'_>) -> bool {
    match &node.value {
        Json::Number(number) => {
            let digits = number.strip_prefix('-').unwrap_or(number);
            let leading_zero = digits.starts_with('0') && digits[1..].starts_with(|c: char| c.is_ascii_digit());
            let bare_point = digits.ends_with('.') || digits.contains(".e") || digits.contains(".E");
            !leading_zero && !bare_point && !digits.starts_with('+') && number.parse::<f64>().is_ok()
        }
        Json::Array(elements) => elements.iter().all(strict_numbers),
        Json::Object(members) => members.iter().all(|member| strict_numbers(&member.node)),
        Json::Raw(_) => false,
        _ => true,
    }
}

/// Appends `text` as a JSON string with its quotation marks.
pub(crate) fn push_string(out: &mut String, text: &str) {
    out.reserve(text.len() + 2);
    out.push('"');
    if has_escapes(text.as_bytes()) {
        push_escaped(out, text);
    } else {
        out.push_str(text);
    }
    out.push('"');
}

fn push_escaped(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !ESCAPED[usize::from(byte)] {
            continue;
        }
        out.push_str(&text[from..at]);
        from = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            byte => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                out.push_str("\\u00");
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    out.push_str(&text[from..]);
}

/// Whether there is anything to escape; most strings have nothing. Sixteen bytes in one step, as vector instructions take them, or eight.
fn has_escapes(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk() else { return short_has_escapes(bytes) };
    let mut found = [0; 16];
    let (chunks, _) = bytes.as_chunks::<16>();
    // The last step looks at some bytes again.
    for chunk in chunks.iter().chain([last]) {
        for (found, &byte) in found.iter_mut().zip(chunk) {
            *found |= u8::from(byte < 0x20) | u8::from(byte == b'"') | u8::from(byte == b'\\');
        }
    }
    u128::from_ne_bytes(found) != 0
}

/// The same for less than sixteen bytes.
fn short_has_escapes(bytes: &[u8]) -> bool {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let found = |eight: &[u8; 8]| {
        let eight = u64::from_le_bytes(*eight);
        // The highest bit of a byte that is zero, and perhaps of one that follows it, is set.
        let zero = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes;
        let control = eight.wrapping_sub(ONES * 0x20) & !eight;
        control | zero(eight ^ (ONES * 0x22)) | zero(eight ^ (ONES * 0x5C))
    };
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (found(first) | found(last)) & (ONES << 7) != 0,
        _ => bytes.iter().any(|byte| ESCAPED[usize::from(*byte)]),
    }
}

/// The bytes that JSON escapes.
const ESCAPED: [bool; 256] = {
    let mut escaped = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        escaped[byte] = true;
        byte += 1;
    }
    escaped[b'"' as usize] = true;
    escaped[b'\\' as usize] = true;
    escaped
};

#[cfg(test)]
mod tests {
    use super::*;

    /// The value in compact form, and the faults.
    fn show(text: &str) -> String {
        let mut faults = Vec::new();
        let node = parse(text, &mut faults);
        let mut out = String::new();
        print(&node, &mut out);
        for fault in faults {
            out.push_str(&format!(" | {} {}", fault.at, fault.what));
        }
        out
    }

    fn print(node: &Node<'_>, out: &mut String) {
        match &node.value {
            Json::Null => out.push_str("null"),
            Json::Bool(value) => out.push_str(&value.to_string()),
            Json::Number(number) => out.push_str(number),
            Json::Raw(raw) => out.push_str(&format!("<{raw}>")),
            Json::String(text) => push_string(out, text),
            Json::Array(elements) => {
                out.push('[');
                for (at, element) in elements.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    print(element, out);
                }
                out.push(']');
            }
            Json::Object(members) => {
                out.push('{');
                for (at, member) in members.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    push_string(out, &member.name);
                    out.push(':');
                    print(&member.node, out);
                }
                out.push('}');
            }
        }
    }

    #[test]
    fn sound_values_read_and_print() {
        for text in [r#"{"a":[1,-2.5e3,"x\"y\\",null,true],"b":{}}"#, "[]", r#""äß""#, r#"{"a":1,"a":2}"#] {
            assert_eq!(show(text), text);
            assert_eq!(compact(text), text);
            assert!(is_compact(text));
        }
        assert_eq!(show(r#""\u00e4\ud83d\ude00\n""#), "\"ä😀\\n\"");
    }

    #[test]
    fn what_is_broken_costs_little() {
        assert_eq!(show(r#"{"a":1 "b":2}"#), r#"{"a":1,"b":2} | 7 a missing comma"#);
        assert_eq!(show(r#"{"a":1,}"#), r#"{"a":1}"#);
        assert_eq!(show(r#"{"a":12a,"b":2}"#), r#"{"a":<12a>,"b":2} | 5 a word"#);
        assert_eq!(show("{\"a\":\"x,\n\"b\":2}"), r#"{"a":"x","b":2} | 5 a string without its end"#);
        assert_eq!(show(r#"{"a":[1,2}"#), r#"{"a":[1,2]} | 9 an array without its end"#);
        assert_eq!(
            show(r#"{"a":{"b":1"#),
            r#"{"a":{"b":1}} | 11 an object without its end | 11 an object without its end"#
        );
        assert_eq!(show("[1,\u{b}2]"), "[1,<\u{b}2>] | 3 a word");
        assert_eq!(show("[\u{b}]"), "[<\u{b}>] | 1 a word");
        assert_eq!(show("[\u{a0}\n, 2"), "[<\u{a0}>,2] | 1 a word | 7 an array without its end");
        assert_eq!(show("{a: 1}"), r#"{"":<a: 1>} | 1 a member without its name in quotation marks"#);
    }

    #[test]
    fn depth_is_bounded() {
        let text = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
        assert!(show(&text).ends_with("values nest too deeply"));
    }

    #[test]
    fn what_must_be_escaped_is_seen_wherever_it_stands() {
        for len in 0..40 {
            let plain = "~é!#[] ]".repeat(5);
            let plain = &plain.as_bytes()[..len];
            assert!(!has_escapes(plain));
            for at in 0..len {
                for odd in [0, 0x1F, b'"', b'\\', b'\n'] {
                    let mut bytes = plain.to_vec();
                    bytes[at] = odd;
                    assert!(has_escapes(&bytes), "{odd} at {at} of {len}");
                }
            }
        }
    }

    #[test]
    fn compacting_keeps_strings() {
        assert_eq!(compact("{ \"a b\" :\n [ 1 , \"c \\\" d\" ] }"), r#"{"a b":[1,"c \" d"]}"#);
        assert_eq!(compact("not  json"), "not json");
        assert!(!is_compact("01") && !is_compact("{\"a\": 1}") && !is_compact("x"));
    }
}
