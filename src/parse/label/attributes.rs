//! What one token is, apart from where it stands: the alphabet that the features are written in.

use super::lexicon::{Lexicon, class, word_hash};
use crate::parse::tokens::{Token, TokenKind, has_doi};

/// Shapes of tokens, as small numbers.
pub(super) mod shape {
    macro_rules! shapes {
        ($($name:ident = $value:literal;)*) => { $(pub(in super::super) const $name: u8 = $value;)* };
    }
    shapes! {
        EDGE = 0;
        UPPER = 1; LOWER = 2; UPPERS_SHORT = 3; UPPERS = 4; CAPITAL_SHORT = 5; CAPITAL = 6; LOWERS_SHORT = 7; LOWERS = 8;
        MIXED = 9; UNCASED = 10; HAN = 11; KANA = 12;
        DIGIT = 13; DIGITS2 = 14; DIGITS3 = 15; YEAR = 16; DIGITS4 = 17; DIGITS5 = 18; DIGITS = 19; NUMERAL = 20;
        URL = 21; DOI_LINK = 22; DOI = 23;
        STOP = 24; COMMA = 25; COLON = 26; SEMICOLON = 27; OPEN = 28; CLOSE = 29; SQUARE_OPEN = 30; SQUARE_CLOSE = 31;
        HYPHEN = 32; DASH = 33; SLASH = 34; QUOTE_OPEN = 35; QUOTE_CLOSE = 36; QUOTE = 37; APOSTROPHE = 38; AMPERSAND = 39;
        QUESTION = 40; EXCLAMATION = 41; ELLIPSIS = 42; UNDERSCORE = 43; ANGLE = 44; STAR = 45; NUMBER_SIGN = 46; OPERATOR = 47;
        BAR = 48; WIDE = 49; OTHER = 50;
    }
}

/// Coarse kinds of tokens: eight, so that they can be crossed with anything.
pub(super) const fn coarse(shape: u8) -> u8 {
    match shape {
        shape::UPPER => 0,
        shape::UPPERS_SHORT..=shape::CAPITAL | shape::MIXED..=shape::KANA => 1,
        shape::LOWER | shape::LOWERS_SHORT | shape::LOWERS => 2,
        shape::YEAR => 3,
        shape::DIGIT..=shape::NUMERAL => 4,
        shape::STOP => 5,
        shape::COMMA..=shape::SEMICOLON => 6,
        _ => 7,
    }
}

/// What is known of one token by itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Attributes {
    /// Hash of the word without case; of a number, its length only.
    pub(super) word: u64,
    /// Classes of the lexicon.
    pub(super) classes: u64,
    /// Hash of the shape and, where the word announces something, what.
    pub(super) symbol: u64,
    /// Hashes of the first two and three, and the last two and three characters.
    pub(super) affixes: [u32; 4],
    /// One of [`shape`].
    pub(super) shape: u8,
    /// Bits: blank in front, italic, bold, small capitals.
    pub(super) layout: u8,
}

pub(super) const SPACE: u8 = 1;

/// The attributes of all tokens; `words` and `classes` are buffers.
pub(super) fn attributes(
    text: &str,
    tokens: &[Token],
    lexicon: Lexicon<'_>,
    buffers: (&mut Vec<u64>, &mut Vec<u64>),
    out: &mut Vec<Attributes>,
) {
    let (words, classes) = buffers;
    words.clear();
    words.extend(tokens.iter().map(|token| word_hash(&text[token.span.range()])));
    lexicon.classes(text, tokens, words, classes);
    for ((token, &word), &classes) in tokens.iter().zip(words.iter()).zip(classes.iter()) {
        let slice = &text[token.span.range()];
        let shape = shape_of(slice, token.kind);
        let written = classes & class::WRITTEN;
        out.push(Attributes {
            word: if is_number(shape) { u64::from(shape) } else { word },
            classes,
            symbol: mix(u64::from(shape) + 1, written),
            affixes: if token.kind == TokenKind::Word { affixes(slice) } else { [u32::from(shape); 4] },
            shape,
            layout: u8::from(token.space_before) | (token.marks.bits() & 7) << 1,
        });
    }
}

/// Hashes two numbers to one.
pub(super) const fn mix(first: u64, second: u64) -> u64 {
    (first.rotate_left(27) ^ second).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

pub(super) const fn is_number(shape: u8) -> bool {
    matches!(shape, shape::DIGIT..=shape::NUMERAL)
}

/// Whether a token of this shape is made of letters.
pub(super) const fn is_word(shape: u8) -> bool {
    matches!(shape, shape::UPPER..=shape::KANA)
}

/// Whether a token of this shape starts with a capital.
pub(super) const fn is_capital(shape: u8) -> bool {
    matches!(shape, shape::UPPER | shape::UPPERS_SHORT..=shape::CAPITAL | shape::MIXED)
}

fn shape_of(slice: &str, kind: TokenKind) -> u8 {
    match kind {
        TokenKind::Word => word_shape(slice),
        TokenKind::Number => number_shape(slice),
        TokenKind::Ideograph => match slice.chars().next() {
            Some('\u{3040}'..='\u{30ff}') => shape::KANA,
            _ => shape::HAN,
        },
        TokenKind::Url if has_doi(slice) => shape::DOI_LINK,
        TokenKind::Url => shape::URL,
        TokenKind::Doi => shape::DOI,
        TokenKind::Punctuation => slice.chars().next().map_or(shape::OTHER, punctuation_shape),
    }
}

fn word_shape(slice: &str) -> u8 {
    let (mut upper, mut lower, mut count, mut first_upper) = (0, 0, 0, false);
    for c in slice.chars() {
        if c.is_ascii_uppercase() || !c.is_ascii() && c.is_uppercase() {
            upper += 1;
            first_upper |= count == 0;
        } else if c.is_ascii_lowercase() || !c.is_ascii() && c.is_lowercase() {
            lower += 1;
        }
        count += 1;
    }
    match (upper, lower, count) {
        (0, 0, _) => shape::UNCASED,
        (1, 0, 1) => shape::UPPER,
        (0, 1, 1) => shape::LOWER,
        (_, 0, 2..=3) => shape::UPPERS_SHORT,
        (_, 0, _) => shape::UPPERS,
        (1, _, 2..=3) if first_upper => shape::CAPITAL_SHORT,
        (1, _, _) if first_upper => shape::CAPITAL,
        (0, _, 2..=3) => shape::LOWERS_SHORT,
        (0, _, _) => shape::LOWERS,
        _ => shape::MIXED,
    }
}

fn number_shape(slice: &str) -> u8 {
    let bytes = slice.as_bytes();
    if !slice.is_ascii() {
        return shape::NUMERAL;
    }
    match bytes.len() {
        1 => shape::DIGIT,
        2 => shape::DIGITS2,
        3 => shape::DIGITS3,
        4 if matches!(bytes, [b'1', b'4'..=b'9', ..] | [b'2', b'0', b'0'..=b'3', _]) => shape::YEAR,
        4 => shape::DIGITS4,
        5 => shape::DIGITS5,
        _ => shape::DIGITS,
    }
}

const fn punctuation_shape(c: char) -> u8 {
    match c {
        '.' => shape::STOP,
        ',' => shape::COMMA,
        ':' => shape::COLON,
        ';' => shape::SEMICOLON,
        '(' => shape::OPEN,
        ')' => shape::CLOSE,
        '[' => shape::SQUARE_OPEN,
        ']' => shape::SQUARE_CLOSE,
        '-' | '\u{2010}' | '\u{2011}' => shape::HYPHEN,
        '\u{2012}'..='\u{2015}' | '\u{2212}' | '~' => shape::DASH,
        '/' | '\\' => shape::SLASH,
        '“' | '„' | '«' | '‹' | '‘' | '‚' | '「' | '『' => shape::QUOTE_OPEN,
        '”' | '»' | '›' | '」' | '』' => shape::QUOTE_CLOSE,
        '"' | '\u{2033}' => shape::QUOTE,
        '\'' | '’' | '`' | '´' => shape::APOSTROPHE,
        '&' => shape::AMPERSAND,
        '?' => shape::QUESTION,
        '!' => shape::EXCLAMATION,
        '…' => shape::ELLIPSIS,
        '_' => shape::UNDERSCORE,
        '<' | '>' => shape::ANGLE,
        '*' | '†' | '‡' => shape::STAR,
        '#' | '°' | 'º' | '№' | '§' => shape::NUMBER_SIGN,
        '+' | '=' | '×' => shape::OPERATOR,
        '|' => shape::BAR,
        '，' | '。' | '：' | '；' | '（' | '）' | '、' | '．' | '《' | '》' | '〈' | '〉' | '【' | '】' => {
            shape::WIDE
        }
        _ => shape::OTHER,
    }
}

/// Hashes of the first two and three, and the last two and three characters, without case.
fn affixes(word: &str) -> [u32; 4] {
    if word.is_ascii() {
        let bytes = word.as_bytes();
        let len = bytes.len();
        let hash =
            |slice: &[u8]| slice.iter().fold(7_u32, |hash, byte| hash * 31 + u32::from(byte.to_ascii_lowercase()));
        return [
            hash(&bytes[..len.min(2)]),
            hash(&bytes[..len.min(3)]),
            hash(&bytes[len.saturating_sub(2)..]),
            hash(&bytes[len.saturating_sub(3)..]),
        ];
    }
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c) as u32;
    let step = |hash: u32, c: char| hash.wrapping_mul(31).wrapping_add(lower(c));
    let head = |count| word.chars().take(count).fold(7, step);
    let mut last = ['\0'; 3];
    let mut count = 0;
    for (slot, c) in last.iter_mut().rev().zip(word.chars().rev()) {
        *slot = c;
        count += 1;
    }
    let tail = |wanted: usize| last[3 - count.min(wanted)..].iter().copied().fold(7, step);
    [head(2), head(3), tail(2), tail(3)]
}
