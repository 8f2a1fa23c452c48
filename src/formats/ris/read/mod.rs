//! Reads RIS.
//!
//! A file is a list of tagged lines, `TY  - JOUR`; `TY` opens a record and `ER` closes it. This module finds lines, joins continued
//! values, and hands each value to the record's [`Builder`]. Only the record at hand is in memory.

use std::borrow::Cow;
use std::io::{self, BufRead, Read as _};

use encoding_rs::Encoding;

use super::builder::Builder;
use super::lines::tagged;
use super::mapping::Tag;
use crate::diagnostic::{Diagnostic, Ignore, Place, Sink};
use crate::formats::Steps;
use crate::record::Record;
use crate::span::Span;
use crate::text::decode;

#[cfg(feature = "parallel")]
mod segments;

/// Without the feature `parallel`, all is one piece.
#[cfg(not(feature = "parallel"))]
mod segments {
    pub(super) const fn workers() -> usize {
        1
    }

    pub(super) fn read(reader: &mut super::Reader<'_>, text: &str, end: u8) {
        reader.lines(text, end);
    }
}

/// How much is read at a time: by one core what stays in its cache, by several what keeps each of them busy.
const CHUNK: usize = 1 << 17;
const CHUNK_OF_EACH: usize = 1 << 18;

/// How much of the text behind a line is looked at to tell its encoding.
const SAMPLE: usize = 1 << 16;

/// A file that is read chunk by chunk.
#[derive(Default)]
pub(super) struct Stream {
    state: State,
    legacy: Legacy,
    /// What ends a line; known once the input was looked at.
    end: Option<u8>,
    /// The line whose end was not yet read.
    bytes: Vec<u8>,
}

impl Steps for Stream {
    fn step(
        &mut self,
        input: &mut dyn BufRead,
        records: &mut dyn Sink<Record>,
        diagnostics: &mut dyn Sink,
    ) -> io::Result<bool> {
        let before = self.bytes.len();
        let chunk = match segments::workers() {
            1 => CHUNK,
            workers => CHUNK_OF_EACH * workers,
        };
        let is_end = (&mut *input).take(chunk as u64).read_to_end(&mut self.bytes)? == 0;
        let end = match self.end {
            Some(end) => end,
            None if is_wide(&self.bytes) => {
                input.read_to_end(&mut self.bytes)?;
                let decoded = decode(&self.bytes);
                decoded.diagnostics.iter().for_each(|diagnostic| diagnostics.report(diagnostic.clone()));
                read_text(&decoded.text, records, diagnostics);
                return Ok(false);
            }
            None => *self.end.insert(line_end(&self.bytes)),
        };
        let lines = match memchr::memrchr(end, &self.bytes[before..]) {
            _ if is_end => self.bytes.len(),
            Some(at) => before + at + 1,
            None => 0,
        };
        let mut reader = Reader { records, diagnostics, state: std::mem::take(&mut self.state) };
        reader.chunk(&self.bytes[..lines], end, &mut self.legacy);
        self.bytes.drain(..lines);
        if is_end {
            reader.finish();
        } else {
            self.state = reader.state;
        }
        Ok(!is_end)
    }
}

/// Reads the records of a text.
fn read_text(text: &str, records: &mut dyn Sink<Record>, diagnostics: &mut dyn Sink) {
    let mut reader = Reader::new(records, diagnostics);
    reader.lines(text, line_end(text.as_bytes()));
    reader.finish();
}

/// Reads one record, for the writer, which asks what will come back.
pub(super) fn read_one(text: &str) -> Option<Record> {
    let mut records: Vec<Record> = Vec::new();
    read_text(text, &mut records, &mut Ignore);
    records.into_iter().next()
}

/// A line without the characters that end it; by bytes, since every line comes here.
fn without_line_end(text: &str) -> &str {
    let mut end = text.len();
    while end > 0 && matches!(text.as_bytes()[end - 1], b'\n' | b'\r') {
        end -= 1;
    }
    &text[..end]
}

/// UTF-16 and UTF-32: a byte-order mark, or NULs, which no other text has.
fn is_wide(head: &[u8]) -> bool {
    head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") || head[..head.len().min(64)].contains(&0)
}

/// Line feeds, unless there are only carriage returns.
fn line_end(head: &[u8]) -> u8 {
    let old = memchr::memchr(b'\n', head).is_none() && memchr::memchr(b'\r', head).is_some();
    if old { b'\r' } else { b'\n' }
}

/// What is known of the encoding of a file that is not UTF-8 throughout.
#[derive(Default)]
struct Legacy {
    /// Whether a line had other characters than ASCII, and was UTF-8: then foreign bytes are the exception.
    seen_utf8: bool,
    encoding: Option<&'static Encoding>,
}

impl Legacy {
    /// Decodes a line that is not UTF-8. The encoding is guessed once, from the line and what is buffered behind it.
    fn decode<'b>(&mut self, line: &'b [u8], behind: &[u8], place: Place, diagnostics: &mut dyn Sink) -> Cow<'b, str> {
        if self.seen_utf8 {
            let decoded = decode(line);
            decoded.diagnostics.into_iter().for_each(|diagnostic| diagnostics.report(diagnostic.at(place)));
            return Cow::Owned(decoded.text.into_owned());
        }
        let encoding = match self.encoding {
            Some(encoding) => encoding,
            None => {
                let mut sample = line.to_vec();
                sample.extend_from_slice(behind);
                let guessed = decode(&sample);
                guessed.diagnostics.into_iter().for_each(|diagnostic| diagnostics.report(diagnostic.at(place)));
                let named = Encoding::for_label(guessed.encoding.as_bytes());
                *self
                    .encoding
                    .insert(named.filter(|&named| named != encoding_rs::UTF_8).unwrap_or(encoding_rs::WINDOWS_1252))
            }
        };
        encoding.decode_without_bom_handling(line).0
    }
}

/// Lines in no record are told one by one up to this many, and then counted.
const ORPHANS_TOLD: usize = 20;

struct Reader<'s> {
    records: &'s mut dyn Sink<Record>,
    diagnostics: &'s mut dyn Sink,
    state: State,
}

/// What was read so far of the record at hand.
#[derive(Default)]
struct State {
    builder: Builder,
    /// The last tagged line, which the next may continue.
    tag: Option<Tag>,
    value: String,
    /// Where the last tagged line stood, and where the present one does.
    tag_line: Line,
    line: Line,
    orphans: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Line {
    number: usize,
    offset: usize,
    len: usize,
}

impl<'s> Reader<'s> {
    fn new(records: &'s mut dyn Sink<Record>, diagnostics: &'s mut dyn Sink) -> Self {
        Self { records, diagnostics, state: State::default() }
    }

    /// The place of the present line, from a column counted from 0.
    fn place(&self, column: usize) -> Place {
        place(self.state.line, column)
    }

    /// Takes lines that are whole. Whether they are UTF-8 is told of all at once.
    fn chunk(&mut self, bytes: &[u8], end: u8, legacy: &mut Legacy) {
        if let Ok(text) = std::str::from_utf8(bytes) {
            legacy.seen_utf8 |= !text.is_ascii();
            return segments::read(self, text, end);
        }
        let mut from = 0;
        while from < bytes.len() {
            let len = memchr::memchr(end, &bytes[from..]).map_or(bytes.len() - from, |at| at + 1);
            let (line, behind) = bytes[from..].split_at(len);
            from += len;
            match std::str::from_utf8(line) {
                Ok(text) => {
                    legacy.seen_utf8 |= !text.is_ascii();
                    self.physical_line(text, len, true);
                }
                Err(_) => {
                    let sample = &behind[..behind.len().min(SAMPLE)];
                    let text = legacy.decode(line, sample, self.place(0), self.diagnostics);
                    self.physical_line(&text, len, true);
                }
            }
        }
    }

    fn lines(&mut self, text: &str, end: u8) {
        // Where there is no carriage return at all, no line is looked through for one.
        let returns = memchr::memchr(b'\r', text.as_bytes()).is_some();
        let mut from = 0;
        for at in memchr::memchr_iter(end, text.as_bytes()) {
            self.physical_line(&text[from..=at], at + 1 - from, returns);
            from = at + 1;
        }
        if from < text.len() {
            self.physical_line(&text[from..], text.len() - from, returns);
        }
    }

    /// Whether no record and no value is begun.
    #[cfg(feature = "parallel")]
    fn is_between(&self) -> bool {
        self.state.tag.is_none() && !self.state.builder.is_open()
    }

    /// Takes a line, of `len` bytes of the source; `returns` unless it is known to have no carriage return.
    fn physical_line(&mut self, text: &str, len: usize, returns: bool) {
        self.state.line =
            Line { number: self.state.line.number + 1, offset: self.state.line.offset + self.state.line.len, len };
        let text = if self.state.line.number == 1 { text.trim_start_matches('\u{feff}') } else { text };
        let text = without_line_end(text);
        if returns && memchr::memchr(b'\r', text.as_bytes()).is_some() {
            text.split('\r').for_each(|text| self.line(text));
        } else {
            self.line(text);
        }
    }

    fn line(&mut self, text: &str) {
        let Some((tag, value)) = tagged(text) else { return self.untagged(text) };
        self.flush();
        match &tag {
            b"TY" => {
                if self.state.builder.is_open() {
                    self.missing_end();
                }
                self.state.builder.open(value, &mut At { place: place(self.state.line, 6), sink: self.diagnostics });
            }
            b"ER" => self.close(),
            _ => {
                if !self.state.builder.is_open() {
                    let help = "the record is read as TY  - GEN";
                    let diagnostic = Diagnostic::warning("ris::missing-type", "a record that does not begin with TY");
                    self.diagnostics.report(diagnostic.with_help(help).at(self.place(0)));
                    self.state.builder.open_without_type();
                }
                self.state.tag = Some(tag);
                self.state.value.push_str(value);
                self.state.tag_line = self.state.line;
            }
        }
    }

    /// A line that continues the value before, or stands in no record.
    fn untagged(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if self.state.tag.is_some() {
            // Kept as a line: keywords have one each. Texts fold it to a blank.
            if !self.state.value.is_empty() {
                self.state.value.push('\n');
            }
            self.state.value.push_str(text);
            return;
        }
        self.state.orphans += 1;
        if self.state.orphans <= ORPHANS_TOLD {
            let mut words: String = text.chars().take(60).collect();
            if words.len() < text.len() {
                words.push('…');
            }
            let diagnostic = Diagnostic::warning("ris::orphan-line", format!("a line in no record: {words}"));
            self.diagnostics
                .report(diagnostic.with_help("passed over; a line begins with a tag, TI  - …").at(self.place(0)));
        }
    }

    fn flush(&mut self) {
        if let Some(tag) = self.state.tag.take() {
            self.state.builder.take(
                tag,
                &self.state.value,
                &mut At { place: place(self.state.tag_line, 6), sink: self.diagnostics },
            );
            self.state.value.clear();
        }
    }

    fn close(&mut self) {
        self.flush();
        if self.state.builder.is_open() {
            self.records
                .report(self.state.builder.close(&mut At { place: place(self.state.line, 0), sink: self.diagnostics }));
        }
    }

    fn missing_end(&mut self) {
        let diagnostic = Diagnostic::warning("ris::missing-er", "a record without ER");
        let help = "it ends here; write ER  - at the end of each record";
        self.diagnostics.report(diagnostic.with_help(help).at(self.place(0)));
        self.close();
    }

    fn finish(mut self) {
        self.flush();
        if self.state.builder.is_open() {
            self.missing_end();
        }
        if self.state.orphans > ORPHANS_TOLD {
            let more = self.state.orphans - ORPHANS_TOLD;
            self.diagnostics.report(Diagnostic::warning("ris::orphan-line", format!("{more} more lines in no record")));
        }
    }
}

fn place(line: Line, column: usize) -> Place {
    let column = column.min(line.len);
    Place { line: line.number, column: column + 1, span: Span::new(line.offset + column, line.offset + line.len) }
}

/// Where a value stands, and where what is said of it goes.
pub(super) struct At<'s> {
    place: Place,
    sink: &'s mut dyn Sink,
}

impl At<'_> {
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.report(diagnostic.at(self.place));
    }
}
