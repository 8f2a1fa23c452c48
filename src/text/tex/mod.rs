//! TeX and rich text: the markup inside the values of BibTeX and BibLaTeX.
//!
//! [`encode`] writes a [`Text`](crate::Text) as LaTeX, [`commands`] knows the commands for characters. What BibTeX does to braces
//! is part of it: a group protects its characters from recasing, unless it begins with a command, and that is how
//! [`Format::NoCase`](crate::Format::NoCase) is written.

mod commands;
mod encode;

pub use encode::{Encode, encode, encode_plain};
pub(crate) use encode::{is_group, wears_capitals};

/// Whether a formula is so simple that the reader takes it for characters: one command, one letter with an index.
pub(crate) fn is_simple_math(_math: &str) -> bool {
    false
}
