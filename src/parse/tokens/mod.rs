//! An entry → its tokens.
//!
//! Tokens follow the script, not the blanks: a run of letters, a run of digits, one character of punctuation, one ideograph. So a
//! field that is glued to its neighbour ("D47", "2004a", "12(3)", "2001;68:409") can be cut at every place where one may end. Two
//! things are certain enough to be one token each, because everything inside belongs together: a URL and a bare DOI.
//!
//! Nothing is lost and nothing changed: the tokens and the blanks between them are the entry's text.

mod identifiers;
mod tokenize;

use crate::span::Span;
use crate::text::MarkSet;

pub(crate) use identifiers::has_doi;
pub use tokenize::{tokenize, tokenize_into};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// A run of letters.
    Word,
    /// A run of digits.
    Number,
    /// One character that is neither.
    Punctuation,
    /// One ideograph, syllable or the like of a script without spaces.
    Ideograph,
    /// A URL, whole.
    Url,
    /// A bare DOI, whole.
    Doi,
}

/// One token of an entry's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Token {
    /// The bytes of the entry's text.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether a blank stands in front of it.
    pub space_before: bool,
    /// The marks on its first character.
    pub marks: MarkSet,
}
