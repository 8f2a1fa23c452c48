//! The stretches between strong marks, and the brackets and quotes that a token is in.

use super::attributes::{Attributes, is_capital, is_number, is_word, shape};
use super::lexicon::class;

const ROUND: u8 = 1;
const SQUARE: u8 = 2;
const QUOTED: u8 = 4;
/// Behind a closed quote.
const AFTER_QUOTE: u8 = 8;

/// Longest stretch in brackets or quotes: beyond it, the closing mark is taken for lost.
const MAX_INSIDE: usize = 60;

/// In which brackets and quotes each token stands; the marks themselves count as inside.
pub(super) fn states(tokens: &[Attributes], states: &mut Vec<u8>) {
    states.clear();
    let (mut state, mut opened) = (0_u8, 0);
    for (at, token) in tokens.iter().enumerate() {
        if at - opened > MAX_INSIDE {
            state &= AFTER_QUOTE;
        }
        let before = state;
        match token.shape {
            shape::OPEN => state |= ROUND,
            shape::CLOSE => state &= !ROUND,
            shape::SQUARE_OPEN => state |= SQUARE,
            shape::SQUARE_CLOSE => state &= !SQUARE,
            shape::QUOTE_OPEN => state |= QUOTED,
            shape::QUOTE_CLOSE => state = state & !QUOTED | AFTER_QUOTE,
            shape::QUOTE => state = if state & QUOTED == 0 { state | QUOTED } else { state & !QUOTED | AFTER_QUOTE },
            _ => {}
        }
        if state & !before != 0 {
            opened = at;
        }
        states.push(before | state);
    }
}

/// A stretch without a strong mark in it; the mark behind it belongs to it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Chunk {
    start: u32,
    words: u16,
    capitals: u16,
    first: u64,
    end: u8,
    state: u8,
    has: u8,
}

const HAS_INITIAL: u8 = 1;
const HAS_YEAR: u8 = 2;
const HAS_NUMBER: u8 = 4;
const HAS_ROLE: u8 = 8;
const HAS_NAME: u8 = 16;
const HAS_LOWER: u8 = 32;

/// The part of [`Chunk::code`] that leaves out which word comes first.
pub(super) const FORM: u64 = 0x3f_ffff;

impl Chunk {
    /// The chunk in one number: length, capitals, what is in it, the mark at its end, and what its first word announces.
    pub(super) fn code(&self) -> u64 {
        let length = match self.words {
            words @ 0..=3 => words,
            4..=5 => 4,
            6..=8 => 5,
            9..=14 => 6,
            _ => 7,
        };
        let capitals = match (self.capitals, self.words) {
            (0, _) => 0,
            (capitals, words) if capitals == words => 3,
            (capitals, words) if 2 * capitals > words => 2,
            _ => 1,
        };
        let first = (self.first & class::WRITTEN).trailing_zeros() as u64;
        first << 22
            | u64::from(self.state & 7) << 19
            | u64::from(length) << 16
            | capitals << 14
            | u64::from(self.has) << 8
            | u64::from(self.end)
    }

    /// Whether token `at` is the first, the second, or a later one of the chunk.
    pub(super) fn place(&self, at: usize) -> u64 {
        (at as u64).saturating_sub(u64::from(self.start)).min(3)
    }
}

/// Cuts the tokens into chunks.
pub(super) fn chunks(tokens: &[Attributes], states: &[u8], chunk_of: &mut Vec<u16>, chunks: &mut Vec<Chunk>) {
    chunk_of.clear();
    chunks.clear();
    let mut chunk = Chunk::default();
    for (at, token) in tokens.iter().enumerate() {
        chunk_of.push(chunks.len().min(usize::from(u16::MAX)) as u16);
        add(&mut chunk, token, states[at]);
        if ends(tokens, at) || at + 1 == tokens.len() {
            chunk.end = token.shape;
            chunks.push(chunk);
            chunk = Chunk { start: at as u32 + 1, ..Chunk::default() };
        }
    }
}

fn add(chunk: &mut Chunk, token: &Attributes, state: u8) {
    if is_word(token.shape) {
        if chunk.words == 0 {
            chunk.first = token.classes;
            chunk.state = state;
        }
        chunk.words = chunk.words.saturating_add(1);
        chunk.capitals = chunk.capitals.saturating_add(u16::from(is_capital(token.shape)));
    }
    chunk.has |= match token.shape {
        shape::UPPER => HAS_INITIAL,
        shape::YEAR => HAS_YEAR,
        shape::LOWERS => HAS_LOWER,
        shape if is_number(shape) => HAS_NUMBER,
        _ => 0,
    };
    if token.classes & (class::EDITOR | class::TRANSLATOR) != 0 && token.shape != shape::LOWER {
        chunk.has |= HAS_ROLE;
    }
    if token.classes & class::NAMES != 0 && is_capital(token.shape) {
        chunk.has |= HAS_NAME;
    }
}

/// Whether the token is a strong mark. A stop is none behind an initial, or where the next word goes on in small letters.
fn ends(tokens: &[Attributes], at: usize) -> bool {
    match tokens[at].shape {
        shape::COMMA
        | shape::SEMICOLON
        | shape::COLON
        | shape::OPEN
        | shape::CLOSE
        | shape::SQUARE_OPEN
        | shape::SQUARE_CLOSE => true,
        shape::QUOTE | shape::QUOTE_OPEN | shape::QUOTE_CLOSE | shape::QUESTION | shape::EXCLAMATION | shape::WIDE => {
            true
        }
        shape::URL | shape::DOI | shape::DOI_LINK | shape::BAR => true,
        shape::DASH => tokens.get(at + 1).is_some_and(|next| next.layout & super::attributes::SPACE != 0),
        shape::STOP => {
            let previous = at.checked_sub(1).map_or(shape::EDGE, |at| tokens[at].shape);
            let next = tokens.get(at + 1).map_or(shape::EDGE, |next| next.shape);
            previous != shape::UPPER && !matches!(next, shape::LOWERS_SHORT | shape::LOWERS | shape::STOP)
        }
        _ => false,
    }
}
