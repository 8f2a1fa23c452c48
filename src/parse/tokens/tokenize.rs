//! Cuts an entry's text into tokens.

use super::identifiers;
use super::{Token, TokenKind};
use crate::parse::entries::Entry;
use crate::span::Span;
use crate::text::{Mark, MarkKind, MarkSet};

/// The tokens of an entry, in order; blanks are in none of them.
///
/// Time is linear in the text.
///
/// ```
/// use reflist::parse::entries::Entry;
/// use reflist::parse::tokens::tokenize;
/// let entry = Entry::plain("Phys. Rev. D47, 1993. doi:10.1000/182.");
/// let words: Vec<&str> = tokenize(&entry).iter().map(|token| &entry.text[token.span.range()]).collect();
/// assert_eq!(words, ["Phys", ".", "Rev", ".", "D", "47", ",", "1993", ".", "doi", ":", "10.1000/182", "."]);
/// ```
#[must_use]
pub fn tokenize(entry: &Entry) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize_into(entry, &mut tokens);
    tokens
}

/// The same as [`tokenize`], into a buffer that is emptied first: for those who label many entries.
pub fn tokenize_into(entry: &Entry, tokens: &mut Vec<Token>) {
    tokens.clear();
    let text = entry.text.as_str();
    let mut marks = MarkCursor::new(&entry.marks);
    let mut at = 0;
    let mut space_before = false;
    let mut scanner = identifiers::Scanner::new(text);
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            space_before = true;
            at += first.len_utf8();
            continue;
        }
        let (len, kind) = next_token(text, at, first, &mut scanner);
        tokens.push(Token { span: Span::new(at, at + len), kind, space_before, marks: marks.at(at) });
        at += len;
        space_before = false;
    }
}

/// Length in bytes and kind of the token that starts at `at` with the character `first`.
fn next_token(text: &str, at: usize, first: char, scanner: &mut identifiers::Scanner) -> (usize, TokenKind) {
    if let Some(len) = scanner.url(at) {
        return (len, TokenKind::Url);
    }
    match class(first) {
        TokenKind::Word => (run(&text[at..], TokenKind::Word), TokenKind::Word),
        TokenKind::Number => match scanner.doi(at) {
            Some(len) => (len, TokenKind::Doi),
            None => (run(&text[at..], TokenKind::Number), TokenKind::Number),
        },
        single => (first.len_utf8(), single),
    }
}

/// Bytes of the longest run of `kind` at the start of `text`; combining marks go with the letter that they stand on.
fn run(text: &str, kind: TokenKind) -> usize {
    let bytes = text.as_bytes();
    let mut len = 0;
    while let Some(&byte) = bytes.get(len) {
        if byte.is_ascii() {
            let same = if kind == TokenKind::Word { byte.is_ascii_alphabetic() } else { byte.is_ascii_digit() };
            if !same {
                break;
            }
            len += 1;
            continue;
        }
        let Some(c) = text[len..].chars().next() else { break };
        if class(c) != kind && !(kind == TokenKind::Word && is_combining(c)) {
            break;
        }
        len += c.len_utf8();
    }
    len
}

/// What kind of token a character starts.
fn class(c: char) -> TokenKind {
    if c.is_ascii() {
        return match c {
            'a'..='z' | 'A'..='Z' => TokenKind::Word,
            '0'..='9' => TokenKind::Number,
            _ => TokenKind::Punctuation,
        };
    }
    if is_ideograph(c) {
        TokenKind::Ideograph
    } else if c.is_alphabetic() && !matches!(c, 'ª' | 'º') {
        TokenKind::Word
    } else if c.is_numeric() {
        TokenKind::Number
    } else {
        TokenKind::Punctuation
    }
}

/// Whether `c` is of a script that writes words without blanks: Han, Kana, Bopomofo, Thai, Lao, Khmer, Burmese.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3040}'..='\u{312f}'
        | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}'
        | '\u{0e01}'..='\u{0e3a}' | '\u{0e40}'..='\u{0e4e}' | '\u{0e80}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}')
}

/// Whether `c` stands on the letter in front of it: combining accents, vowel points, and joiners inside a word.
fn is_combining(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{0300}'..='\u{036f}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05bd}' | '\u{05bf}'..='\u{05c7}'
        | '\u{0610}'..='\u{061a}' | '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{06d6}'..='\u{06dc}' | '\u{0900}'..='\u{0903}'
        | '\u{093a}'..='\u{094f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200d}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Tells which marks hold at growing offsets, in time linear in both.
struct MarkCursor<'a> {
    marks: &'a [Mark],
    next: usize,
    /// The kinds that were opened, each with the end of its latest mark.
    open: [(usize, Option<&'a MarkKind>); 6],
}

impl<'a> MarkCursor<'a> {
    fn new(marks: &'a [Mark]) -> Self {
        Self { marks, next: 0, open: [(0, None); 6] }
    }

    fn at(&mut self, offset: usize) -> MarkSet {
        while let Some(mark) = self.marks.get(self.next).filter(|mark| mark.span.start <= offset) {
            self.next += 1;
            let slot = match mark.kind {
                MarkKind::Italic => 0,
                MarkKind::Bold => 1,
                MarkKind::SmallCaps => 2,
                MarkKind::Sub => 3,
                MarkKind::Sup => 4,
                MarkKind::Underline => 5,
                MarkKind::Link(_) => continue,
            };
            if mark.span.end > self.open[slot].0 {
                self.open[slot] = (mark.span.end, Some(&mark.kind));
            }
        }
        let holding = self.open.iter().filter(|(end, _)| *end > offset).filter_map(|(_, kind)| *kind);
        holding.fold(MarkSet::default(), MarkSet::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let entry = Entry::plain(text);
        let words: Vec<&str> = tokenize(&entry).iter().map(|token| &entry.text[token.span.range()]).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn letters_and_digits_part() {
        check("D47 2004a e1004", &["D", "47", "2004", "a", "e", "1004"]);
    }

    #[test]
    fn punctuation_stands_alone() {
        check("12(3)–4;", &["12", "(", "3", ")", "–", "4", ";"]);
        check("n°203 nº 5", &["n", "°", "203", "n", "º", "5"]);
    }

    #[test]
    fn ideographs_stand_alone_and_hangul_makes_words() {
        check("王力. 漢語史", &["王", "力", ".", "漢", "語", "史"]);
        check("홍길동 제12권", &["홍길동", "제", "12", "권"]);
    }

    #[test]
    fn combining_accents_stay_with_their_letter() {
        check("Mu\u{308}ller", &["Mu\u{308}ller"]);
    }

    #[test]
    fn urls_and_dois_are_one_token() {
        check("URL: https://a.org/x_(y)?z=1.", &["URL", ":", "https://a.org/x_(y)?z=1", "."]);
        check("doi:10.1000/182,", &["doi", ":", "10.1000/182", ","]);
    }

    #[test]
    fn the_marks_are_those_of_the_first_character() {
        let mut entry = Entry::plain("The Iliad, ed. 2");
        entry.marks = vec![Mark { span: (4..9).into(), kind: MarkKind::Italic }];
        let italic: Vec<bool> = tokenize(&entry).iter().map(|token| token.marks.has(&MarkKind::Italic)).collect();
        assert_eq!(italic, [false, true, false, false, false, false]);
    }

    #[test]
    fn blanks_are_remembered() {
        let spaces: Vec<bool> = tokenize(&Entry::plain("a ,b c")).iter().map(|token| token.space_before).collect();
        assert_eq!(spaces, [false, true, false, true]);
    }
}
