//! Reading on several cores: a text is cut behind lines `ER`, where nothing is begun, and the pieces are read all at once.

use std::cell::RefCell;
use std::collections::VecDeque;

use memchr::memmem;
use rayon::prelude::*;

use super::{Line, Reader};
use crate::formats::{Event, Queue};

/// How long a piece is at least.
const PIECE: usize = 1 << 16;

/// How many pieces can be read at once.
pub(super) fn workers() -> usize {
    rayon::current_num_threads()
}

/// Reads whole lines, as [`Reader::lines`] does. What ends a record that was begun before, and what begins one that does not end here,
/// is read by itself.
pub(super) fn read(reader: &mut Reader<'_>, text: &str, end: u8) {
    if workers() < 2 {
        return reader.lines(text, end);
    }
    let mark = if end == b'\r' { "\rER  -" } else { "\nER  -" };
    let first = memmem::find(text.as_bytes(), mark.as_bytes());
    let start = if reader.is_between() { 0 } else { first.map_or(text.len(), |at| next_line(text, at + 1, end)) };
    let last = memmem::rfind(text.as_bytes(), mark.as_bytes());
    let stop = last.map_or(start, |at| next_line(text, at + 1, end)).max(start);
    reader.lines(&text[..start], end);
    let body = &text[start..stop];
    if body.len() > 2 * PIECE && reader.is_between() {
        read_pieces(reader, body, end, &memmem::Finder::new(mark));
    } else {
        reader.lines(body, end);
    }
    reader.lines(&text[stop..], end);
}

/// Behind the end of the line at `at`.
fn next_line(text: &str, at: usize, end: u8) -> usize {
    memchr::memchr(end, &text.as_bytes()[at..]).map_or(text.len(), |len| at + len + 1)
}

/// What came of a piece that was read by itself.
struct Read {
    events: VecDeque<Event>,
    /// The last line, if nothing is left over that what follows, or what went before, has to do with.
    last: Option<Line>,
}

fn read_pieces(reader: &mut Reader<'_>, text: &str, end: u8, mark: &memmem::Finder<'_>) {
    let mut line = reader.state.line;
    let pieces: Vec<(Line, &str)> = pieces(text, end, mark)
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
    for (Read { events, last }, (_, piece)) in read.into_iter().zip(&pieces) {
        match last {
            Some(last) if reader.is_between() => {
                for event in events {
                    match event {
                        Event::Record(record) => reader.records.report(*record),
                        Event::Diagnostic(diagnostic) => reader.diagnostics.report(*diagnostic),
                    }
                }
                reader.state.line = last;
            }
            _ => reader.lines(piece, end),
        }
    }
}

fn read_piece(line: Line, piece: &str, end: u8) -> Read {
    let events = RefCell::default();
    let (mut records, mut diagnostics) = (Queue(&events), Queue(&events));
    let mut reader = Reader::new(&mut records, &mut diagnostics);
    reader.state.line = line;
    reader.lines(piece, end);
    let last = (reader.is_between() && reader.state.orphans == 0).then_some(reader.state.line);
    Read { events: events.into_inner(), last }
}

/// Cuts a text behind lines that begin with `ER  -`.
fn pieces<'t>(text: &'t str, end: u8, mark: &memmem::Finder<'_>) -> impl Iterator<Item = &'t str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let found = rest.as_bytes().get(PIECE..).and_then(|behind| mark.find(behind));
        let cut = found.map_or(rest.len(), |at| next_line(rest, PIECE + at + 1, end));
        let (piece, behind) = rest.split_at(cut);
        rest = behind;
        (!piece.is_empty()).then_some(piece)
    })
}
