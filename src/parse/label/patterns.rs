//! Patterns of numbers that tell by themselves what a number is.

use super::attributes::{Attributes, is_number, is_word, shape};
use super::lexicon::class;

macro_rules! patterns {
    ($($(#[$doc:meta])* $name:ident = $value:literal;)*) => { $($(#[$doc])* pub(super) const $name: u8 = $value;)* };
}
patterns! {
    NONE = 0;
    /// The first number of "21–32", and what follows it.
    RANGE = 1;
    RANGE_MARK = 2;
    RANGE_END = 3;
    /// "12" of "12(3)", and what follows it.
    BRACKETED = 4;
    BRACKETED_NUMBER = 5;
    /// "12" and "3" of "12:3".
    COLON = 6;
    COLON_END = 7;
    /// Parts of a date: a month with numbers around it.
    DATE_MONTH = 8;
    DATE_DAY = 9;
    DATE_YEAR = 10;
    /// Parts of "12.03.2004", "2004-03-12", "3/12/2004".
    NUMERIC_DATE = 11;
    /// "(2004)" and "(2004a)".
    YEAR_IN_BRACKETS = 12;
    YEAR_LETTER = 13;
    /// Parts of "hep-th/9901001" and "0801.1234".
    ARXIV = 14;
    /// "2" of "2nd".
    ORDINAL = 15;
    ORDINAL_END = 16;
    /// "e" of "e1004", "S" of "S12".
    PREFIX = 17;
    PREFIXED = 18;
    /// "J" of "J. R. Smith".
    INITIAL = 19;
    INITIAL_STOP = 20;
    /// "1.2": a decimal, a version, a volume with its issue.
    DECIMAL = 21;
    DECIMAL_END = 22;
    /// "4/2005".
    SLASHED = 23;
    SLASHED_END = 24;
    /// A number in front of "pages", "S.", "vols.".
    COUNTED = 25;
    /// A number behind a word that announces numbers.
    ANNOUNCED = 26;
    /// A number between commas or the like.
    LISTED = 27;
    /// "ISBN 3-16-148410-0".
    ISBN = 28;
}

/// The pattern that each token is part of; the first that fits wins.
pub(super) fn patterns(tokens: &[Attributes], out: &mut Vec<u8>) {
    out.clear();
    out.resize(tokens.len(), NONE);
    let shape = |at: usize| tokens.get(at).map_or(shape::EDGE, |token| token.shape);
    let glued = |at: usize| tokens.get(at).is_some_and(|token| token.layout & super::attributes::SPACE == 0);
    let mut at = 0;
    while at < tokens.len() {
        let found: &[u8] = if is_number(shape(at)) {
            number_pattern(tokens, at, &shape, &glued)
        } else if tokens[at].classes & class::MONTH != 0 && is_word(shape(at)) {
            month(tokens, at, out);
            &[]
        } else {
            word_pattern(tokens, at, &shape, &glued)
        };
        for (slot, pattern) in out[at..].iter_mut().zip(found) {
            if *slot == NONE {
                *slot = *pattern;
            }
        }
        at += found.len().max(1);
    }
}

fn number_pattern(
    tokens: &[Attributes],
    at: usize,
    shape: &impl Fn(usize) -> u8,
    glued: &impl Fn(usize) -> bool,
) -> &'static [u8] {
    let (next, second, third, fourth) = (shape(at + 1), shape(at + 2), shape(at + 3), shape(at + 4));
    let separator = matches!(next, shape::STOP | shape::HYPHEN | shape::SLASH | shape::DASH);
    if separator && is_number(second) && next == third && is_number(fourth) && glued(at + 2) {
        // Three numbers with the same mark between them: a date if one end is a year, else an ISBN or the like.
        let year =
            shape(at) == shape::YEAR || fourth == shape::YEAR || fourth == shape::DIGITS2 && next != shape::HYPHEN;
        return if year { &[NUMERIC_DATE; 5] } else { &[ISBN; 5] };
    }
    if matches!(next, shape::HYPHEN | shape::DASH) && is_number(second) {
        return &[RANGE, RANGE_MARK, RANGE_END];
    }
    if next == shape::OPEN
        && (is_number(second) || is_word(second))
        && (third == shape::CLOSE || is_number(fourth))
        && second != shape::YEAR
    {
        return &[BRACKETED, NONE, BRACKETED_NUMBER];
    }
    if next == shape::COLON && is_number(second) {
        return &[COLON, NONE, COLON_END];
    }
    if next == shape::SLASH && is_number(second) {
        return &[SLASHED, NONE, SLASHED_END];
    }
    if next == shape::STOP && is_number(second) && glued(at + 2) {
        let arxiv = matches!(shape(at), shape::DIGITS4 | shape::YEAR)
            && matches!(second, shape::DIGITS4 | shape::DIGITS5 | shape::YEAR);
        return if arxiv { &[ARXIV; 3] } else { &[DECIMAL, NONE, DECIMAL_END] };
    }
    if matches!(next, shape::LOWER | shape::LOWERS_SHORT | shape::UPPER | shape::UPPERS_SHORT) && glued(at + 1) {
        return match shape(at) {
            shape::YEAR => &[YEAR_LETTER, YEAR_LETTER],
            _ if tokens[at + 1].classes & class::ORDINAL != 0 => &[ORDINAL, ORDINAL_END],
            _ => &[NONE],
        };
    }
    lone_number(tokens, at, shape)
}

fn lone_number(tokens: &[Attributes], at: usize, shape: &impl Fn(usize) -> u8) -> &'static [u8] {
    let classes = |at: usize| tokens.get(at).map_or(0, |token| token.classes);
    let previous = shape(at.wrapping_sub(1));
    if shape(at) == shape::YEAR && matches!(previous, shape::OPEN | shape::SQUARE_OPEN) {
        return &[YEAR_IN_BRACKETS];
    }
    let announcing = class::PAGE | class::VOLUME | class::ISSUE | class::SUPPLEMENT;
    let before = if previous == shape::STOP { at.wrapping_sub(2) } else { at.wrapping_sub(1) };
    if classes(before) & announcing != 0 && is_word(shape(before)) {
        return &[ANNOUNCED];
    }
    if classes(at + 1) & (class::NUMBEROF | class::PAGE) != 0 {
        return &[COUNTED];
    }
    if matches!(previous, shape::COMMA | shape::COLON | shape::SEMICOLON)
        && matches!(shape(at + 1), shape::COMMA | shape::STOP | shape::SEMICOLON | shape::EDGE)
    {
        return &[LISTED];
    }
    &[]
}

fn word_pattern(
    tokens: &[Attributes],
    at: usize,
    shape: &impl Fn(usize) -> u8,
    glued: &impl Fn(usize) -> bool,
) -> &'static [u8] {
    let next = shape(at + 1);
    if tokens[at].classes & class::ARXIV != 0 && (next == shape::SLASH || shape(at + 3) == shape::SLASH) {
        return if next == shape::SLASH { &[ARXIV; 3] } else { &[ARXIV; 5] };
    }
    match shape(at) {
        shape::UPPER if next == shape::STOP => &[INITIAL, INITIAL_STOP],
        shape::UPPER | shape::LOWER if is_number(next) && glued(at + 1) => &[PREFIX, PREFIXED],
        _ => &[],
    }
}

/// Marks a month and the numbers around it that make a date with it.
fn month(tokens: &[Attributes], at: usize, out: &mut [u8]) {
    let mut found = false;
    let mut set = |place: usize, out: &mut [u8]| {
        let Some(token) = tokens.get(place) else { return false };
        let pattern = match token.shape {
            shape::DIGIT | shape::DIGITS2 => DATE_DAY,
            shape::YEAR => DATE_YEAR,
            shape::STOP | shape::COMMA | shape::HYPHEN | shape::DASH => return true,
            _ if token.classes & (class::ORDINAL | class::PARTICLE) != 0 => return true,
            _ => return false,
        };
        out[place] = pattern;
        found = true;
        true
    };
    for place in at + 1..at + 6 {
        if !set(place, out) {
            break;
        }
    }
    for place in (at.saturating_sub(3)..at).rev() {
        if !set(place, out) {
            break;
        }
    }
    if found {
        out[at] = DATE_MONTH;
    }
}
