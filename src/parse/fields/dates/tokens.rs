//! The text of a date → numbers, months and marks.

use super::super::words::{is_cjk, is_dash};
use super::months;

/// One token of a date. Words that mean nothing here ("de", "г.", "published") are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// "2004", "5"; `letter` is the "a" of "2004a".
    Number {
        value: u32,
        digits: u8,
        letter: Option<char>,
    },
    /// 1 to 12, or a season 21 to 24.
    Month(u8),
    /// A roman month between marks: "15.X.2017".
    Roman(u8),
    Dash,
    Slash,
    Stop,
    Comma,
    Open,
    Close,
    Equals,
    Question,
    /// "c.", "ca.", "um".
    Circa,
    /// "orig.", "first published".
    Original,
}

/// Cuts the text of a date.
pub(super) fn scan(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '0'..='9' => number(rest, &mut tokens),
            c if c.is_alphabetic() => word(rest, &mut tokens),
            c => {
                tokens.extend(mark(c));
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    tokens
}

fn mark(c: char) -> Option<Token> {
    Some(match c {
        c if is_dash(c) => Token::Dash,
        '/' => Token::Slash,
        '.' => Token::Stop,
        ',' | ';' | ':' => Token::Comma,
        '(' | '[' => Token::Open,
        ')' | ']' => Token::Close,
        '=' => Token::Equals,
        '?' => Token::Question,
        _ => return None,
    })
}

/// A run of digits and what is glued to it: the letter of a year, the ending of an ordinal, the counter of an East Asian date.
fn number(text: &str, tokens: &mut Vec<Token>) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let value: u32 = text[..digits].parse().unwrap_or(0);
    let mut length = digits;
    let behind = &text[digits..];
    let glued: String = behind.chars().take_while(|c| c.is_alphabetic()).take(4).flat_map(char::to_lowercase).collect();
    let bare = behind.trim_start();
    let mut letter = None;
    match bare.chars().next() {
        // "2014年2月25日", "2017년 1월 4일": the counter says what the number is.
        Some(counter @ ('月' | '월')) if (1..=12).contains(&value) => {
            tokens.push(Token::Month(value as u8));
            return text.len() - bare.len() + counter.len_utf8();
        }
        Some(counter @ ('年' | '년' | '日' | '일' | '号')) => {
            length = text.len() - bare.len() + counter.len_utf8()
        }
        _ if glued.chars().count() == 1 && digits == 4 && !glued.starts_with(is_cjk) => {
            letter = glued.chars().next().filter(char::is_ascii_lowercase);
            length += glued.len();
        }
        _ if digits <= 2
            && matches!(
                glued.as_str(),
                "st" | "nd" | "rd" | "th" | "er" | "re" | "de" | "º" | "ª" | "е" | "го" | "o"
            ) =>
        {
            length += glued.len();
        }
        // "2004 a", "2004-a".
        _ if digits == 4 && is_lone_letter(behind) => {
            letter = behind[1..].chars().next();
            length += 2;
        }
        _ => {}
    }
    // A counter says that the number in front of it is a day: only a token can, so days keep their number.
    tokens.push(Token::Number { value, digits: digits.min(9) as u8, letter });
    length
}

/// " a" or "-a" and then no letter.
fn is_lone_letter(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(chars.next(), Some(' ' | '-'))
        && matches!(chars.next(), Some('a'..='z'))
        && chars.next().is_none_or(|c| matches!(c, ')' | ']' | ',' | ';'))
}

fn word(text: &str, tokens: &mut Vec<Token>) -> usize {
    let length: usize = text.chars().take_while(|&c| c.is_alphabetic() || is_mark(c)).map(char::len_utf8).sum();
    let printed = &text[..length];
    let lower = printed.to_lowercase();
    let stopped = text[length..].starts_with('.');
    let token = if matches!(tokens.last(), Some(Token::Stop | Token::Dash | Token::Slash)) && roman(printed).is_some() {
        roman(printed).map(Token::Roman)
    } else {
        match lower.as_str() {
            "c" | "ca" | "circa" | "cca" | "around" | "vers" | "um" | "ok" | "около" => Some(Token::Circa),
            "orig" | "original" | "originally" | "zuerst" | "erstmals" | "first" => Some(Token::Original),
            // "sep" and "mar" are months in any language; "de" and "of" are none.
            _ => months::number(&lower).map(Token::Month),
        }
    };
    tokens.extend(token);
    let drop_stop = stopped && matches!(token, Some(Token::Month(_) | Token::Circa));
    length + usize::from(drop_stop)
}

/// Marks that combine with the letter before them.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{e31}'..='\u{e4e}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

/// I to XII.
fn roman(text: &str) -> Option<u8> {
    const NUMERALS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    NUMERALS.iter().position(|&numeral| numeral == text).map(|at| at as u8 + 1)
}
