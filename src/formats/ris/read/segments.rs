//! Reading on several cores: a text is cut behind lines `ER`, where nothing is begun, and the pieces are read all at once.

use rayon::prelude::*;

use super::{Line, Reader};
use crate::diagnostic::Diagnostic;
use crate::record::Record;

/// How long a piece is at least.
const PIECE: usize = 1 << 16;

/// How many pieces can be read at once.
pub(super) fn workers() -> usize {
    rayon::current_num_threads()
}

/// Reads whole lines, as [`Reader::lines`] does.
pub(super) fn read(reader: &mut Reader<'_>, text: &str, end: u8) {
    if workers() > 1 && text.len() > 2 * PIECE && reader.is_between() {
        return read_pieces(reader, text, end);
    }
    reader.lines(text, end);
}

/// What came of a piece that was read by itself.
struct Read {
    records: Vec<Record>,
    diagnostics: Vec<Diagnostic>,
    /// The last line, if nothing is left over that what follows, or what went before, has to do with.
    last: Option<Line>,
}

fn read_pieces(reader: &mut Reader<'_>, text: &str, end: u8) {
    let mut line = reader.state.line;
    let pieces: Vec<(Line, &str)> = pieces(text, end)
        .map(|piece| {
            let before = line;
            line.number += memchr::memchr_iter(end, piece.as_bytes()).count();
            line.offset += line.len;
            line.len = piece.len();
            (before, piece)
        })
        .collect();
    // Nothing to divide: no other core is woken.
    if pieces.len() < 2 {
        return reader.lines(text, end);
    }
    let read: Vec<Read> = pieces.par_iter().map(|&(line, piece)| read_piece(line, piece, end)).collect();
    for (Read { records, diagnostics, last }, (_, piece)) in read.into_iter().zip(&pieces) {
        match last {
            Some(last) if reader.is_between() => {
                records.into_iter().for_each(|record| reader.records.report(record));
                diagnostics.into_iter().for_each(|diagnostic| reader.diagnostics.report(diagnostic));
                reader.state.line = last;
            }
            _ => reader.lines(piece, end),
        }
    }
}

fn read_piece(line: Line, piece: &str, end: u8) -> Read {
    let (mut records, mut diagnostics) = (Vec::new(), Vec::new());
    let mut reader = Reader::new(&mut records, &mut diagnostics);
    reader.state.line = line;
    reader.lines(piece, end);
    let last = (reader.is_between() && reader.state.orphans == 0).then_some(reader.state.line);
    Read { records, diagnostics, last }
}

/// Cuts a text behind lines that begin with `ER  -`.
fn pieces(text: &str, end: u8) -> impl Iterator<Item = &str> {
    let finder = memchr::memmem::Finder::new(if end == b'\r' { "\rER  -" } else { "\nER  -" }).into_owned();
    let mut rest = text;
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let cut = bytes.get(PIECE..).and_then(|behind| {
            let mark = PIECE + finder.find(behind)? + 1;
            Some(mark + memchr::memchr(end, &bytes[mark..])? + 1)
        });
        let (piece, behind) = rest.split_at(cut.unwrap_or(rest.len()));
        rest = behind;
        (!piece.is_empty()).then_some(piece)
    })
}
