//! An entry → its tokens.

use crate::span::Span;
use crate::text::MarkSet;

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
