//! Words, years, numbers and signs of one block, for the finders.
//!
//! A citation is a matter of few kinds of tokens in a row. One pass over a block makes them; every finder then walks over the same
//! list, so that the text itself is read once.

use crate::span::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters, with apostrophes and hyphens between letters.
    Word,
    /// Four digits that may be a year, with the letters glued to them: "2020", "2020a".
    Year,
    /// Other digits.
    Number,
    Open(Bracket),
    Close(Bracket),
    Comma,
    Semicolon,
    Colon,
    Dot,
    /// `&`
    Ampersand,
    Dash,
    Slash,
    /// A quotation mark of any kind.
    Quote,
    /// Any other sign.
    Sign,
}

/// Round and square brackets; a bracket closes only its own kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    Round,
    Square,
}

/// One token; offsets count bytes of the document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: TokenKind,
    /// Whether a blank stands in front of it.
    pub(super) spaced: bool,
    /// The position of the bracket that opens or closes this one; its own position where there is none.
    pub(super) partner: usize,
}

/// The tokens of a block, and the text that they count in.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    pub(super) text: &'t str,
    pub(super) list: Vec<Token>,
}

impl<'t> Tokens<'t> {
    /// Reads the tokens of `span`.
    pub(super) fn new(text: &'t str, span: Span) -> Self {
        let mut tokens = Self { text, list: Vec::with_capacity(span.len() / 5) };
        tokens.fill(span);
        tokens
    }

    /// Reads the tokens of another block into the same buffer.
    pub(super) fn fill(&mut self, span: Span) {
        self.list.clear();
        let mut at = span.start;
        let mut spaced = true;
        while let Some(c) = self.text[at..span.end].chars().next() {
            if c.is_whitespace() {
                at += c.len_utf8();
                spaced = true;
                continue;
            }
            let (kind, length) = self.read(at, span.end, c);
            let partner = self.list.len();
            self.list.push(Token { start: at, end: at + length, kind, spaced, partner });
            at += length;
            spaced = false;
        }
        self.match_brackets();
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.list.get(at).map(|token| token.kind)
    }

    pub(super) fn is(&self, at: usize, kind: TokenKind) -> bool {
        self.kind(at) == Some(kind)
    }

    /// The characters of the token at `at`; empty behind the last.
    pub(super) fn str(&self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    /// Whether the token at `at` is the word `word`, in any case of its ASCII letters.
    pub(super) fn is_word(&self, at: usize, word: &str) -> bool {
        self.is(at, TokenKind::Word) && self.str(at).eq_ignore_ascii_case(word)
    }

    /// The bytes from the token `from` to the token before `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        match (self.list.get(from), to.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) if from < to => Span::new(first.start, last.end),
            (Some(first), _) => Span::new(first.start, first.start),
            _ => Span::default(),
        }
    }

    fn read(&self, at: usize, end: usize, c: char) -> (TokenKind, usize) {
        let rest = &self.text[at..end];
        if c.is_ascii_digit() {
            return number(rest);
        }
        if c.is_alphanumeric() {
            return (TokenKind::Word, word_length(rest));
        }
        let kind = match c {
            '(' | '（' => TokenKind::Open(Bracket::Round),
            ')' | '）' => TokenKind::Close(Bracket::Round),
            '[' | '［' | '【' => TokenKind::Open(Bracket::Square),
            ']' | '］' | '】' => TokenKind::Close(Bracket::Square),
            ',' | '，' | '、' => TokenKind::Comma,
            ';' | '；' => TokenKind::Semicolon,
            ':' | '：' => TokenKind::Colon,
            '.' | '。' => TokenKind::Dot,
            '&' => TokenKind::Ampersand,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => TokenKind::Dash,
            '/' => TokenKind::Slash,
            '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '«' | '»' | '‹' | '›' | '「' | '」' => {
                TokenKind::Quote
            }
            _ => TokenKind::Sign,
        };
        (kind, c.len_utf8())
    }

    fn match_brackets(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        for at in 0..self.list.len() {
            match self.list[at].kind {
                TokenKind::Open(_) => open.push(at),
                TokenKind::Close(bracket) => {
                    // A lone closing bracket, as of "a)", closes nothing.
                    if open.last().is_some_and(|&last| self.list[last].kind == TokenKind::Open(bracket))
                        && let Some(last) = open.pop()
                    {
                        self.list[last].partner = at;
                        self.list[at].partner = last;
                    }
                }
                _ => {}
            }
        }
    }
}

/// A run of digits: a year where four of them begin with 1 or 2 and no digit or decimal goes on.
fn number(rest: &str) -> (TokenKind, usize) {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 4 || !matches!(rest.as_bytes()[0], b'1' | b'2') {
        return (TokenKind::Number, digits);
    }
    let letters = rest[digits..].bytes().take_while(u8::is_ascii_lowercase).count();
    let behind = rest[digits + letters..].chars().next();
    let letter_ends = !behind.is_some_and(char::is_alphanumeric);
    match letters {
        0 => (TokenKind::Year, digits),
        1 | 2 if letter_ends && !rest[digits..].starts_with('s') => (TokenKind::Year, digits + letters),
        // "1980s" is no year, "2000m" neither; "2000bis" is a year and a word.
        _ => (TokenKind::Number, digits),
    }
}

/// Letters, marks and digits of other scripts; apostrophes and hyphens where a letter follows.
fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '\'' | '\u{2019}' | '-' | '\u{2010}' | '\u{2011}' | '\u{ad}')
            && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        let goes_on = (c.is_alphanumeric() && !c.is_ascii_digit()) || is_combining(c) || joins;
        if !goes_on {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let tokens = Tokens::new(text, Span::new(0, text.len()));
        let shown: Vec<String> = (0..tokens.len())
            .map(|at| match tokens.list[at].kind {
                TokenKind::Word => tokens.str(at).to_owned(),
                TokenKind::Year => format!("Y{}", tokens.str(at)),
                TokenKind::Number => format!("N{}", tokens.str(at)),
                _ => tokens.str(at).to_owned(),
            })
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn names_keep_their_apostrophes_and_hyphens() {
        check("O\u{2019}Brien, Sousa-Baena's", "O\u{2019}Brien , Sousa-Baena's");
    }

    #[test]
    fn years_keep_their_letters_and_decades_are_none() {
        check("2020a, 1980s; 12 households2 20201", "Y2020a , N1980 s ; N12 households N2 N20201");
    }

    #[test]
    fn a_bracket_closes_its_own_kind() {
        let text = "a) (b [c] d)";
        let tokens = Tokens::new(text, Span::new(0, text.len()));
        assert_eq!(tokens.list[2].partner, 8);
        assert_eq!(tokens.list[4].partner, 6);
        assert_eq!(tokens.list[1].partner, 1);
    }
}
