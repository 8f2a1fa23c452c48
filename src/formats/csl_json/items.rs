//! Cuts a stream of JSON into items, in memory for one item at a time.
//!
//! An item is an object that stands in no other: in an array, in JSON Lines, by itself, or in the array `items` (or `references`) of an
//! object around all. Only strings and brackets are looked at here; an item's text is parsed by whoever takes it.
//!
//! # When an item has no end
//!
//! A missing bracket or quotation mark would let an item swallow all that follow. So
//!
//! - an object where a member's name should stand in the item begins the next item: the brace of this one is missing;
//! - a string that spans lines, and behind whose end no comma, colon or bracket follows, ended with its first line;
//! - what then still has no end is cut, and so is all behind it, where `},{` is followed by a member that only items have.

use std::io::{self, BufRead};

/// The text of one item, or of what stands between items, and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk<'b> {
    /// The bytes, from `{` to `}` of an item.
    pub(super) bytes: &'b [u8],
    /// Where it begins.
    pub(super) start: Start,
    /// Whether it is an item; else words that are none.
    pub(super) is_item: bool,
}

/// A place in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    /// Byte offset.
    pub(super) offset: usize,
    /// Line, from 1.
    pub(super) line: usize,
    /// Column, from 1, in characters.
    pub(super) column: usize,
}

/// An item longer than this is taken to have no end.
const MAX_ITEM: usize = 16 << 20;

/// Reads items one by one.
#[derive(Default)]
pub(super) struct Items {
    buffer: Vec<u8>,
    /// What of the buffer is not yet given out.
    at: usize,
    /// The place of `at`.
    place: Start,
    at_end: bool,
    around: Around,
    /// Set once an item had no end: from then on items are cut at their seams.
    cut_at_seams: bool,
}

/// Where we are in an object around the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Around {
    #[default]
    Nothing,
    Array,
    Tail,
}

impl Items {
    /// The next item, or the next words between items.
    pub(super) fn next(&mut self, input: &mut dyn BufRead) -> io::Result<Option<Chunk<'_>>> {
        self.forget();
        if self.place.offset == 0 {
            self.skip_mark(input)?;
        }
        while let Some(byte) = self.peek(input, self.at)? {
            let end = match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b',' => None,
                b'[' if self.around != Around::Tail => None,
                b']' if self.around == Around::Array => {
                    self.around = Around::Tail;
                    None
                }
                b']' if self.around == Around::Nothing => None,
                b'}' if self.around == Around::Tail => {
                    self.around = Around::Nothing;
                    None
                }
                b'{' if self.around != Around::Tail => match self.item_end(input)? {
                    End::Item(end) => return Ok(Some(self.give(end, true))),
                    // The members in front of the array, if there are any, are told.
                    End::Around(end) => {
                        self.around = Around::Array;
                        let words = self.buffer[self.at + 1..end - 1].iter().filter(|byte| **byte == b'"').count();
                        if words > 2 {
                            return Ok(Some(self.give(end, false)));
                        }
                        Some(end)
                    }
                },
                _ => {
                    let end = self.words_end(input)?;
                    return Ok(Some(self.give(end, false)));
                }
            };
            self.pass(end.unwrap_or(self.at + 1));
            self.forget();
        }
        Ok(None)
    }

    /// Drops what was given out, once that is as much as what is left, so that each byte moves once at most.
    fn forget(&mut self) {
        if self.at * 2 >= self.buffer.len() {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
    }

    /// A byte-order mark in front.
    fn skip_mark(&mut self, input: &mut dyn BufRead) -> io::Result<()> {
        let _ = self.peek(input, 2)?;
        if self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.at = 3;
            self.place.offset = 3;
        }
        Ok(())
    }

    /// The end of words that are no item: the line's end, or the next object, or in the tail of an object around the items its end.
    fn words_end(&mut self, input: &mut dyn BufRead) -> io::Result<usize> {
        let mut scan = Scan::default();
        let mut at = self.at;
        while let Some(byte) = self.peek(input, at)? {
            let tail = self.around == Around::Tail;
            if !tail && at > self.at && matches!(byte, b'{' | b'\n') || at - self.at > MAX_ITEM {
                break;
            }
            if tail && scan.stack.is_empty() && !scan.in_string && byte == b'}' {
                break;
            }
            scan.step(byte, at);
            at += 1;
        }
        Ok(at)
    }

    /// The end of the item that begins here.
    fn item_end(&mut self, input: &mut dyn BufRead) -> io::Result<End> {
        let mut scan = Scan::default();
        let start = self.at;
        let mut at = start;
        while at - start < MAX_ITEM {
            let Some(byte) = self.peek(input, at)? else { break };
            if byte == b'{' && at > start {
                let next_item = scan.stack.len() == 1 && scan.at_name && !scan.in_string;
                if next_item || self.cut_at_seams && self.is_seam(input, start, at)? {
                    return Ok(End::Item(self.before_comma(start, at)));
                }
            }
            match scan.step(byte, at) {
                Step::On => at += 1,
                Step::Back(to) => at = to,
                Step::End => return Ok(End::Item(at + 1)),
            }
            if byte == b'[' && scan.stack.len() == 2 && scan.opens_items(&self.buffer) {
                return Ok(End::Around(at));
            }
        }
        self.cut_at_seams = true;
        for seam in start + 1..at {
            if self.buffer[seam] == b'{' && self.is_seam(input, start, seam)? {
                return Ok(End::Item(self.before_comma(start, seam)));
            }
        }
        Ok(End::Item(at))
    }

    /// Whether the brace at `at` begins an item: behind `},` and in front of a member that only items have.
    fn is_seam(&mut self, input: &mut dyn BufRead, start: usize, at: usize) -> io::Result<bool> {
        let behind = self.buffer[start..at].iter().rev().filter(|byte| !byte.is_ascii_whitespace()).take(2);
        if !behind.eq(b",}") {
            return Ok(false);
        }
        let _ = self.peek(input, at + 64)?;
        let rest = &self.buffer[at + 1..self.buffer.len().min(at + 64)];
        let rest = rest.trim_ascii_start();
        let name = rest.strip_prefix(b"\"").and_then(|rest| rest.split(|&byte| byte == b'"').next());
        let members: [&[u8]; 8] =
            [b"id", b"type", b"title", b"DOI", b"URL", b"author", b"citation-key", b"container-title"];
        Ok(name.is_some_and(|name| members.contains(&name)))
    }

    /// An item's end in front of the next one: without the comma between them.
    fn before_comma(&self, start: usize, next: usize) -> usize {
        let text = self.buffer[start..next].trim_ascii_end();
        start + text.strip_suffix(b",").unwrap_or(text).trim_ascii_end().len()
    }

    /// The byte at `at` of the buffer, which is filled as far; none at the input's end.
    fn peek(&mut self, input: &mut dyn BufRead, at: usize) -> io::Result<Option<u8>> {
        while at >= self.buffer.len() && !self.at_end {
            match input.fill_buf() {
                Ok([]) => self.at_end = true,
                Ok(bytes) => {
                    // A slice gives itself whole; it is not to be copied whole.
                    let len = bytes.len().min(1 << 16);
                    self.buffer.extend_from_slice(&bytes[..len]);
                    input.consume(len);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.buffer.get(at).copied())
    }

    fn give(&mut self, end: usize, is_item: bool) -> Chunk<'_> {
        let (from, start) = (self.at, self.place);
        self.pass(end);
        Chunk { bytes: &self.buffer[from..end], start, is_item }
    }

    fn pass(&mut self, end: usize) {
        self.place = self.place.behind(&self.buffer[self.at..end]);
        self.at = end;
    }
}

enum End {
    Item(usize),
    /// Behind the bracket of the array in an object around the items.
    Around(usize),
}

impl Default for Start {
    /// The beginning of the input.
    fn default() -> Self {
        Self { offset: 0, line: 1, column: 1 }
    }
}

impl Start {
    /// The place behind `bytes`.
    pub(super) fn behind(self, bytes: &[u8]) -> Self {
        let lines = memchr::memchr_iter(b'\n', bytes).count();
        let last = memchr::memrchr(b'\n', bytes).map_or(bytes, |at| &bytes[at + 1..]);
        let characters = last.iter().filter(|&byte| byte & 0xC0 != 0x80).count();
        Self {
            offset: self.offset + bytes.len(),
            line: self.line + lines,
            column: if lines > 0 { 1 + characters } else { self.column + characters },
        }
    }
}

/// What the scan of one item knows.
#[derive(Default)]
struct Scan {
    /// The brackets that are open.
    stack: Vec<u8>,
    in_string: bool,
    escaped: bool,
    string_start: usize,
    /// The first line end in the present string.
    line_end: Option<usize>,
    /// The same, of the string that just ended.
    doubt: Option<usize>,
    /// Whether a member's name is due.
    at_name: bool,
    /// The last string at a member's name in the outer object.
    name: (usize, usize),
}

enum Step {
    On,
    Back(usize),
    End,
}

impl Scan {
    /// Takes the byte at `at`.
    fn step(&mut self, byte: u8, at: usize) -> Step {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => {
                    self.in_string = false;
                    self.doubt = self.line_end;
                    if self.at_name && self.stack.len() == 1 {
                        self.name = (self.string_start, at);
                    }
                }
                b'\n' => self.line_end = self.line_end.or(Some(at)),
                _ => {}
            }
            return Step::On;
        }
        if byte.is_ascii_whitespace() {
            return Step::On;
        }
        if let Some(line_end) = self.doubt.take()
            && !matches!(byte, b',' | b':' | b'}' | b']')
        {
            // The string had ended with its line; a comma in front of that end divides members.
            self.at_name = self.stack.last() == Some(&b'{');
            return Step::Back(line_end);
        }
        match byte {
            b'"' => (self.in_string, self.string_start, self.line_end) = (true, at + 1, None),
            b'{' | b'[' => {
                self.stack.push(byte);
                self.at_name = byte == b'{';
            }
            b'}' => {
                // An array that an object's end closes lacks its bracket.
                while self.stack.pop().is_some_and(|open| open == b'[') {}
                self.at_name = false;
                if self.stack.is_empty() {
                    return Step::End;
                }
            }
            b']' => {
                if self.stack.contains(&b'[') {
                    while self.stack.pop().is_some_and(|open| open == b'{') {}
                }
                self.at_name = false;
            }
            b':' => self.at_name = false,
            b',' => self.at_name = self.stack.last() == Some(&b'{'),
            _ => {}
        }
        Step::On
    }

    /// Whether the array that just opened is the one of an object around items.
    fn opens_items(&self, buffer: &[u8]) -> bool {
        matches!(&buffer[self.name.0..self.name.1], b"items" | b"references")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        let mut input = text.as_bytes();
        let mut items = Items::default();
        let mut out = Vec::new();
        while let Some(chunk) = items.next(&mut input).unwrap() {
            let sign = if chunk.is_item { "" } else { "?" };
            let Start { line, column, .. } = chunk.start;
            out.push(format!("{line}:{column}{sign} {}", String::from_utf8_lossy(chunk.bytes)));
        }
        out
    }

    #[test]
    fn arrays_objects_and_lines() {
        assert_eq!(show("[{\"a\":1},\n {\"b\":[{}]}]"), ["1:2 {\"a\":1}", "2:2 {\"b\":[{}]}"]);
        assert_eq!(show("{\"a\":\"}\"}"), ["1:1 {\"a\":\"}\"}"]);
        assert_eq!(show("\u{feff}{\"a\":1}\n{\"b\":2}\n"), ["1:1 {\"a\":1}", "2:1 {\"b\":2}"]);
        assert_eq!(show(" \n[]\n"), Vec::<String>::new());
    }

    #[test]
    fn an_object_around_the_items() {
        assert_eq!(show("{\"items\": [{\"a\":1},{\"b\":2}]}"), ["1:12 {\"a\":1}", "1:20 {\"b\":2}"]);
        assert_eq!(
            show("{\"v\":{\"x\":[]}, \"items\": [{\"a\":1}], \"w\": {\"y\": 2}}"),
            ["1:1? {\"v\":{\"x\":[]}, \"items\": [", "1:26 {\"a\":1}", "1:36? \"w\": {\"y\": 2}"]
        );
    }

    #[test]
    fn a_missing_brace_costs_one_item() {
        assert_eq!(show("[{\"a\":1,\n{\"b\":2},{\"c\":3}]"), ["1:2 {\"a\":1", "2:1 {\"b\":2}", "2:9 {\"c\":3}"]);
        assert_eq!(
            show("[{\"a\":[{\"x\":1},\"t\":1},{\"b\":2}]"),
            ["1:2 {\"a\":[{\"x\":1},\"t\":1}", "1:23 {\"b\":2}"]
        );
    }

    #[test]
    fn a_missing_quotation_mark_costs_one_item() {
        assert_eq!(
            show("[{\"a\":\"x,\n\"b\":2},\n{\"id\":\"3\"}]"),
            ["1:2 {\"a\":\"x,\n\"b\":2}", "3:1 {\"id\":\"3\"}"]
        );
        assert_eq!(
            show("[{\"a\":\"x,\"b\":2},{\"id\":\"3\"},{\"id\":\"4\"}]"),
            ["1:2 {\"a\":\"x,\"b\":2}", "1:17 {\"id\":\"3\"}", "1:28 {\"id\":\"4\"}"]
        );
    }

    #[test]
    fn words_between_items_are_told() {
        assert_eq!(show("foo {\"a\":1} bar\n{\"b\":2}"), ["1:1? foo ", "1:5 {\"a\":1}", "1:13? bar", "2:1 {\"b\":2}"]);
    }
}
