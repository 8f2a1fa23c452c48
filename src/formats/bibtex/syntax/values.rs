//! Values: what stands behind the equals sign, up to where it ends or where it must have ended.

use memchr::{memchr, memchr3};

use super::parser::{GiveUp, Parser, is_name};
use super::{Form, OVERRUN, ProblemKind};

impl Parser<'_> {
    /// A value: pieces joined by `#`. Stands behind the last one afterwards.
    pub(super) fn value(&mut self, close: u8) -> Result<Form, GiveUp> {
        let mut form = None;
        loop {
            let piece = match self.peek(self.at) {
                Some(b'{') => self.braced()?,
                Some(b'"') => self.quoted(close)?,
                _ => self.bare(),
            };
            form = Some(if form.is_none() { piece } else { Form::Joined });
            if self.peek(self.at) == Some(b',') {
                return Ok(form.unwrap_or(piece));
            }
            let next = self.skip(self.at);
            if self.peek(next) != Some(b'#') {
                return Ok(form.unwrap_or(piece));
            }
            self.at = self.skip(next + 1);
        }
    }

    /// A number or the name of a macro.
    fn bare(&mut self) -> Form {
        self.at = self.skip_name(self.at);
        Form::Bare
    }

    /// `{…}`, up to the brace that matches.
    fn braced(&mut self) -> Result<Form, GiveUp> {
        if self.careful {
            return self.braced_by_lines();
        }
        // The opening brace is known.
        let mut depth = 0_usize;
        let mut at = self.at + 1;
        // The limit moves when another entry seems to begin inside.
        while let Some(found) = memchr3(b'{', b'}', b'@', self.bytes.get(at..).unwrap_or_default()) {
            at += found + 1;
            match self.all[at - 1] {
                b'{' => depth += 1,
                b'}' if depth == 0 => {
                    self.at = at;
                    return Ok(Form::Delimited);
                }
                b'}' => depth -= 1,
                _ => self.suspect(at - 1),
            }
        }
        Err(GiveUp)
    }

    fn suspect(&mut self, at: usize) {
        if self.suspect.is_none() && self.begins_entry(at) {
            let overrun = OVERRUN.min(self.patience);
            self.patience -= overrun;
            self.suspect = Some(at);
            self.bytes = &self.all[..self.bytes.len().min(at + overrun)];
        }
    }

    /// `{…}` in an entry that does not end: up to the matching brace, a line that begins like a field, or the limit.
    fn braced_by_lines(&mut self) -> Result<Form, GiveUp> {
        let start = self.at;
        let mut depth = 0_usize;
        let mut at = start;
        while let Some(found) = memchr3(b'{', b'}', b'\n', self.bytes.get(at..).unwrap_or_default()) {
            at += found + 1;
            match self.all[at - 1] {
                b'{' => depth += 1,
                b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at = at;
                        return Ok(Form::Delimited);
                    }
                }
                _ => {
                    at = self.skip_blank(at);
                    if self.is_field(at) {
                        return self.cut_value(start, at);
                    }
                }
            }
        }
        self.cut_value(start, self.bytes.len())
    }

    /// Ends an open value before `end`, less the comma that was meant to follow it.
    fn cut_value(&mut self, start: usize, end: usize) -> Result<Form, GiveUp> {
        let text = self.all[start..end].trim_ascii_end();
        let text = text.strip_suffix(b",").unwrap_or(text).trim_ascii_end();
        self.at = start + text.len();
        self.problem(ProblemKind::UnclosedValue, start, start + 1)?;
        Ok(Form::Open)
    }

    /// `"…"`, up to the quotation mark that ends it.
    fn quoted(&mut self, close: u8) -> Result<Form, GiveUp> {
        let start = self.at;
        let mut depth = 0_usize;
        let mut at = start + 1;
        let mut inner = None;
        while let Some(found) = memchr3(b'{', b'}', b'"', self.bytes.get(at..).unwrap_or_default()) {
            if let Some(end) = self.ends_before(at, at + found) {
                return self.cut_value(start, end);
            }
            at += found + 1;
            match self.all[at - 1] {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                _ if self.ends_quoted(at, close) => {
                    self.at = at;
                    if let Some(at) = inner {
                        self.problem(ProblemKind::InnerQuote, at, at + 1)?;
                    }
                    return Ok(Form::Delimited);
                }
                _ => {
                    if let Some(line) = self.field_before(start, at - 1) {
                        return self.cut_value(start, line);
                    }
                    inner = inner.or(Some(at - 1));
                }
            }
        }
        if !self.careful {
            return Err(GiveUp);
        }
        let end = self.ends_before(at, self.bytes.len()).unwrap_or(self.bytes.len());
        self.cut_value(start, end)
    }

    /// The beginning of the line, if it holds nothing but `name =` before the quotation mark at `quote`: then the value that began at
    /// `start` has no end, and the mark begins another.
    fn field_before(&self, start: usize, quote: usize) -> Option<usize> {
        const FAR: usize = 100;
        let before = &self.all[(start + 1).max(quote.saturating_sub(FAR))..quote];
        let line = memchr::memrchr(b'\n', before)? + 1;
        let name = before[line..].trim_ascii().strip_suffix(b"=")?.trim_ascii_end();
        let is_field = !name.is_empty() && name.iter().copied().all(is_name);
        is_field.then(|| quote - before.len() + line)
    }

    /// Looks for what may end an open value between two of its delimiters: another entry, which is kept in mind, or, in a careful
    /// reading, a line that begins like a field, whose place is returned.
    fn ends_before(&mut self, start: usize, end: usize) -> Option<usize> {
        if !self.careful {
            if let Some(found) = memchr(b'@', &self.all[start..end]) {
                self.suspect(start + found);
            }
            return None;
        }
        let mut at = start;
        while let Some(found) = memchr(b'\n', self.all.get(at..end)?) {
            at = self.skip_blank(at + found + 1);
            if self.is_field(at) {
                return Some(at);
            }
        }
        None
    }

    /// Whether what follows a quotation mark shows that it ended the value.
    fn ends_quoted(&self, at: usize, close: u8) -> bool {
        let next = self.skip_blank(at);
        match self.peek(next) {
            None | Some(b',' | b'#' | b'@' | b'%') => true,
            Some(byte) => byte == close || self.is_field(next),
        }
    }
}
