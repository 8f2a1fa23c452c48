//! Blocks and fields: where each begins and ends.

use memchr::{memchr, memchr2};

use super::{Block, BlockKind, Field, OVERRUN, Problem, ProblemKind, Range, Syntax};

/// Finds the blocks of `source`.
pub(super) fn parse(source: &str) -> Syntax {
    let end = source.len().min(u32::MAX as usize - 1);
    let all = &source.as_bytes()[..end];
    let mut parser = Parser {
        all,
        bytes: all,
        at: 0,
        suspect: None,
        careful: false,
        patience: end + OVERRUN,
        out: Syntax {
            blocks: Vec::with_capacity(end / 600),
            fields: Vec::with_capacity(end / 64),
            problems: Vec::new(),
        },
    };
    parser.blocks();
    parser.out.blocks.shrink_to_fit();
    parser.out.fields.shrink_to_fit();
    parser.out
}

/// The fast reading of an entry gives up; the careful one begins.
pub(super) struct GiveUp;

pub(super) struct Parser<'s> {
    /// The source.
    pub(super) all: &'s [u8],
    /// The source up to where the current block ends at the latest.
    pub(super) bytes: &'s [u8],
    pub(super) at: usize,
    /// The first place inside the current entry that looks like the beginning of another.
    pub(super) suspect: Option<usize>,
    /// Whether lines that begin like a field end an open value.
    pub(super) careful: bool,
    /// How many bytes may still be looked at in vain, so that a file of broken blocks is read in linear time.
    pub(super) patience: usize,
    out: Syntax,
}

/// `@name{`: the parts of the beginning of a block.
#[derive(Clone, Copy)]
struct Head {
    at: usize,
    name: Range,
    /// Behind the opening brace or parenthesis.
    body: usize,
    close: u8,
}

impl Parser<'_> {
    fn blocks(&mut self) {
        let mut text = 0;
        while let Some(at) = memchr(b'@', &self.all[self.at..]).map(|found| self.at + found) {
            let Some(head) = self.head(at) else {
                self.at = at + 1;
                continue;
            };
            if let Some(line_end) = self.comment_line(text, at) {
                self.at = line_end;
                continue;
            }
            self.text(text, at);
            self.block(head);
            text = self.at;
        }
        self.text(text, self.all.len());
    }

    fn text(&mut self, start: usize, end: usize) {
        let text = &self.all[start..end];
        if text.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        let blank = text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let range = Range::new(start + blank, start + text.trim_ascii_end().len());
        self.push(BlockKind::Text, range, Range::default());
    }

    fn push(&mut self, kind: BlockKind, range: Range, name: Range) {
        let first_field = self.out.fields.len() as u32;
        self.out.blocks.push(Block { kind, range, name, key: Range::default(), first_field });
    }

    /// The end of the line, if `at` stands in a line whose first character is `%`.
    fn comment_line(&self, text: usize, at: usize) -> Option<usize> {
        if at == 0 || self.all[at - 1] == b'\n' {
            return None;
        }
        let start = memchr::memrchr(b'\n', &self.all[text..at]).map_or(text, |found| text + found + 1);
        let first = self.all[start..at].iter().find(|byte| !byte.is_ascii_whitespace());
        (first == Some(&b'%')).then(|| self.line_end(at))
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        memchr(b'\n', &self.all[at..]).map_or(self.all.len(), |found| at + found)
    }

    /// The beginning of a block at the `@` at `at`.
    fn head(&self, at: usize) -> Option<Head> {
        let start = self.skip_blank(at + 1);
        let mut end = start;
        while self.all.get(end).is_some_and(|&byte| is_name(byte)) {
            end += 1;
        }
        if end == start || !self.all[start].is_ascii_alphabetic() {
            return None;
        }
        let open = self.skip_blank(end);
        let close = match self.all.get(open)? {
            b'{' => b'}',
            b'(' => b')',
            _ => return None,
        };
        Some(Head { at, name: Range::new(start, end), body: open + 1, close })
    }

    /// Whether another block begins at the `@` at `at`: at the beginning of a line, with a key and a comma or a name and `=`.
    pub(super) fn begins_entry(&self, at: usize) -> bool {
        let blanks = self.all[..at].iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).take(64).count();
        if at > blanks && self.all[at - blanks - 1] != b'\n' {
            return false;
        }
        let Some(head) = self.head(at) else { return false };
        let name = &self.all[head.name.start as usize..head.name.end as usize];
        if [&b"comment"[..], b"preamble"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
            return true;
        }
        let key = self.skip_blank(head.body);
        let rest = &self.all[key..self.all.len().min(key + 256)];
        let stop = rest.iter().position(|&byte| matches!(byte, b',' | b'=' | b'{' | b'}' | b'"' | b'\n'));
        // "@misc{key}" is an entry without fields.
        stop.is_some_and(|stop| matches!(rest[stop], b',' | b'=' | b'}') && stop > 0)
    }

    fn block(&mut self, head: Head) {
        let name = &self.all[head.name.start as usize..head.name.end as usize];
        self.bytes = self.all;
        self.at = head.body;
        if name.eq_ignore_ascii_case(b"comment") {
            return self.comment(head);
        }
        let kind = if name.eq_ignore_ascii_case(b"string") {
            BlockKind::String
        } else if name.eq_ignore_ascii_case(b"preamble") {
            BlockKind::Preamble
        } else {
            BlockKind::Entry
        };
        self.push(kind, Range::new(head.at, head.at), head.name);
        let (fields, problems) = (self.out.fields.len(), self.out.problems.len());
        self.suspect = None;
        self.careful = false;
        if self.body(kind, head.close).is_err() {
            self.out.fields.truncate(fields);
            self.out.problems.truncate(problems);
            self.bytes = &self.all[..self.suspect.unwrap_or(self.all.len())];
            self.at = head.body;
            self.careful = true;
            // Never gives up: it has no suspicion, and ends at the limit.
            let _ = self.body(kind, head.close);
        }
        if let Some(block) = self.out.blocks.last_mut() {
            block.range.end = self.at as u32;
        }
    }

    /// `@comment{…}` up to its matching brace; without one, to the end of the line.
    fn comment(&mut self, head: Head) {
        let end = match head.close {
            b'}' => self.matching(head.body),
            _ => memchr(b')', &self.all[head.body..self.line_end(head.body)]).map(|found| head.body + found + 1),
        };
        self.at = end.unwrap_or_else(|| self.line_end(head.at));
        self.push(BlockKind::Comment, Range::new(head.at, self.at), head.name);
    }

    /// Behind the brace that matches the one before `at`.
    fn matching(&mut self, at: usize) -> Option<usize> {
        let mut depth = 1_usize;
        let mut end = at;
        let limit = self.all.len().min(at + self.patience);
        while let Some(found) = memchr2(b'{', b'}', &self.all[end..limit]) {
            end += found + 1;
            depth = if self.all[end - 1] == b'{' { depth + 1 } else { depth - 1 };
            if depth == 0 {
                return Some(end);
            }
        }
        self.patience -= limit - at;
        None
    }

    fn body(&mut self, kind: BlockKind, close: u8) -> Result<(), GiveUp> {
        match kind {
            BlockKind::Entry => self.key(close)?,
            BlockKind::Preamble => return self.preamble(close),
            _ => {}
        }
        self.fields(close)
    }

    fn preamble(&mut self, close: u8) -> Result<(), GiveUp> {
        let start = self.skip(self.at);
        self.at = start;
        let form = self.value(close)?;
        self.out.fields.push(Field { name_start: start as u32, name_len: 0, form, value: self.value_range(start) });
        self.fields(close)
    }

    /// The key, up to its comma.
    fn key(&mut self, close: u8) -> Result<(), GiveUp> {
        let start = self.skip(self.at);
        let rest = self.bytes.get(start..).unwrap_or_default();
        let ends = |byte: u8| KEY_END[usize::from(byte)] || byte == close;
        let at = start + rest.iter().position(|&byte| ends(byte)).unwrap_or(rest.len());
        // A key may end its line without a comma; blanks before the comma are nothing.
        let mut behind = at;
        if self.peek(at) == Some(b'\n') {
            behind = self.skip(at);
        }
        let end = start + self.all[start..at].trim_ascii_end().len();
        match self.peek(behind) {
            Some(b',') => self.at = behind + 1,
            Some(byte) if byte == close || byte == b'}' => self.at = behind,
            Some(b'=') if behind == at => return self.key_without_comma(start, end),
            _ if end == start => {}
            _ => {
                self.problem(ProblemKind::MissingComma, end, end)?;
                self.at = behind;
            }
        }
        if start == end {
            self.problem(ProblemKind::MissingKey, start, end)?;
        }
        self.set_key(start, end);
        Ok(())
    }

    /// What stands before the first `=` without a comma: a field name, perhaps with the key before it.
    fn key_without_comma(&mut self, start: usize, end: usize) -> Result<(), GiveUp> {
        let text = &self.all[start..end];
        let last_blank = text.iter().rposition(u8::is_ascii_whitespace);
        match last_blank {
            Some(blank) => {
                let key_end = start + text[..blank].trim_ascii_end().len();
                self.set_key(start, key_end);
                self.at = start + blank + 1;
                self.problem(ProblemKind::MissingComma, key_end, key_end)
            }
            None => {
                self.at = start;
                self.problem(ProblemKind::MissingKey, start, start)
            }
        }
    }

    fn set_key(&mut self, start: usize, end: usize) {
        if let Some(block) = self.out.blocks.last_mut() {
            block.key = Range::new(start, end);
        }
    }

    /// The fields, up to and over the closing brace.
    fn fields(&mut self, close: u8) -> Result<(), GiveUp> {
        loop {
            self.at = self.skip(self.at);
            let Some(byte) = self.peek(self.at) else {
                return self.unclosed();
            };
            match byte {
                b',' => self.at += 1,
                byte if byte == close => {
                    if self.is_stray() {
                        self.problem(ProblemKind::StrayBrace, self.at, self.at + 1)?;
                        self.at += 1;
                        continue;
                    }
                    self.at += 1;
                    return Ok(());
                }
                b'@' if self.begins_entry(self.at) => return self.unclosed(),
                byte if is_name(byte) => self.field(close)?,
                _ => self.junk(self.at, close)?,
            }
        }
    }

    fn unclosed(&mut self) -> Result<(), GiveUp> {
        // The blanks before the next entry are not the broken one's.
        let at = self.at.min(self.bytes.len());
        let end = self.all[..at].trim_ascii_end().len();
        self.at = end;
        self.problem(ProblemKind::UnclosedEntry, end, end)
    }

    /// Whether more fields follow the closing brace at `at`, so that it closes nothing.
    fn is_stray(&self) -> bool {
        let comma = self.skip_blank(self.at + 1);
        self.peek(comma) == Some(b',') && self.is_field(self.skip_blank(comma + 1))
    }

    /// Whether `name =` stands at `at`.
    pub(super) fn is_field(&self, at: usize) -> bool {
        let mut end = at;
        while end < at + 64 && self.peek(end).is_some_and(is_name) {
            end += 1;
        }
        end > at && self.peek(self.skip_blank(end)) == Some(b'=')
    }

    fn field(&mut self, close: u8) -> Result<(), GiveUp> {
        let start = self.at;
        let at = self.skip_name(start);
        let name_len = (at - start).min(usize::from(u16::MAX)) as u16;
        self.at = self.skip(at);
        if self.peek(self.at) != Some(b'=') {
            return self.junk(start, close);
        }
        self.at = self.skip(self.at + 1);
        let value = self.at;
        let form = self.value(close)?;
        self.out.fields.push(Field { name_start: start as u32, name_len, form, value: self.value_range(value) });
        if self.at == value {
            self.problem(ProblemKind::MissingValue, start, at)?;
        }
        self.behind_value(close)
    }

    fn value_range(&self, start: usize) -> Range {
        Range::new(start, start + self.all[start..self.at.max(start)].trim_ascii_end().len())
    }

    /// The comma behind a value, or what stands in its place.
    fn behind_value(&mut self, close: u8) -> Result<(), GiveUp> {
        let at = self.skip(self.at);
        match self.peek(at) {
            Some(b',') => self.at = at + 1,
            None => self.at = at,
            Some(byte) if byte == close => self.at = at,
            Some(byte) if is_name(byte) => {
                self.problem(ProblemKind::MissingComma, self.at, self.at)?;
                self.at = at;
            }
            Some(_) => self.at = at,
        }
        Ok(())
    }

    /// Passes over characters that belong to nothing, up to the next comma or closing brace outside of braces.
    fn junk(&mut self, start: usize, close: u8) -> Result<(), GiveUp> {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek(self.at) {
            match byte {
                b',' if depth == 0 => break,
                byte if byte == close && depth == 0 => break,
                b'}' if depth == 0 => {
                    self.at += 1;
                    break;
                }
                b'@' if self.begins_entry(self.at) => break,
                b'\n' => {
                    // The blank lines are passed in one step, so that each is looked at once.
                    self.at = self.skip_blank(self.at);
                    if depth == 0 && self.is_field(self.at) {
                        break;
                    }
                    continue;
                }
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
        let end = start + self.all[start..self.at].trim_ascii_end().len();
        self.problem(ProblemKind::Junk, start, end)
    }

    pub(super) fn problem(&mut self, kind: ProblemKind, start: usize, end: usize) -> Result<(), GiveUp> {
        // What went wrong behind a suspicious place went wrong because of it.
        if self.suspect.is_some() && !self.careful {
            return Err(GiveUp);
        }
        let block = self.out.blocks.len().saturating_sub(1) as u32;
        self.out.problems.push(Problem { kind, range: Range::new(start, end), block });
        Ok(())
    }

    pub(super) fn peek(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// Behind the blanks at `at`.
    pub(super) fn skip_blank(&self, at: usize) -> usize {
        const BLANKS: u64 = u64::from_le_bytes([b' '; 8]);
        let mut at = at;
        // Fields are indented and aligned: eight bytes in one step.
        while let Some(eight) = self.bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            let blanks = (u64::from_le_bytes(*eight) ^ BLANKS).trailing_zeros() as usize / 8;
            at += blanks;
            match eight.get(blanks) {
                Some(&byte) if !BLANK[usize::from(byte)] => return at,
                Some(_) => at += 1,
                None => {}
            }
        }
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|&byte| !BLANK[usize::from(byte)]).unwrap_or(rest.len())
    }

    /// Behind the name at `at`.
    pub(super) fn skip_name(&self, at: usize) -> usize {
        let mut at = at;
        // Most names are letters: eight in one step.
        while let Some(eight) = self.bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            let letters = letters(u64::from_le_bytes(*eight));
            at += letters;
            match eight.get(letters) {
                Some(&byte) if !is_name(byte) => return at,
                Some(_) => at += 1,
                None => {}
            }
        }
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|&byte| !is_name(byte)).unwrap_or(rest.len())
    }

    /// Behind the blanks and the comments at `at`.
    #[inline(always)]
    pub(super) fn skip(&self, at: usize) -> usize {
        let is_solid = |byte: u8| byte > b' ' && byte != b'%';
        // Most often there is none, or one.
        match self.bytes.get(at..).unwrap_or_default() {
            [byte, ..] if is_solid(*byte) => at,
            [b' ', byte, ..] if is_solid(*byte) => at + 1,
            _ => self.skip_more(at),
        }
    }

    /// Out of line, so that the usual case stays small.
    #[inline(never)]
    fn skip_more(&self, at: usize) -> usize {
        let mut at = self.skip_blank(at);
        while self.peek(at) == Some(b'%') {
            at = self.skip_blank(self.line_end(at));
        }
        at
    }
}

/// Whether a byte can be part of a name: BibTeX's rule, plus all that is not ASCII.
pub(super) const fn is_name(byte: u8) -> bool {
    NAME[byte as usize]
}

/// How many of the eight bytes are ASCII letters, up to the first that is none.
const fn letters(eight: u64) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let small = (eight | (ONES * 0x20)) & !HIGH;
    // The high bit of each sum tells whether the byte is at least "a", and more than "z".
    let from_a = small + ONES * (0x80 - b'a' as u64);
    let behind_z = small + ONES * (0x7F - b'z' as u64);
    let others = !(from_a & !behind_z & !eight) & HIGH;
    others.trailing_zeros() as usize / 8
}

/// What ends a key, beside a closing parenthesis where one opened the entry.
const KEY_END: [bool; 256] = set([false; 256], b",=}\"\n", true);

const BLANK: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_whitespace();
        byte += 1;
    }
    table
};

const NAME: [bool; 256] = {
    let mut table = [true; 256];
    let mut byte = 0;
    while byte <= b' ' as usize {
        table[byte] = false;
        byte += 1;
    }
    set(table, b"\"#%'(),={}@\x7F", false)
};

/// The table with one value for some bytes.
const fn set(mut table: [bool; 256], bytes: &[u8], value: bool) -> [bool; 256] {
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = value;
        at += 1;
    }
    table
}
