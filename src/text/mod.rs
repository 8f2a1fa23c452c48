//! Below everything: text with marks, and what turns bytes and TeX into it.

pub(crate) mod csl_markup;
pub(crate) mod date_text;
mod decode;
pub(crate) mod json;
mod marked;
pub mod tex;

pub use decode::{Binary, Decoded, decode, decode_declared, decode_line};
pub use marked::{Mark, MarkKind, MarkSet, Marked};

/// At most `limit` bytes from the start of `text`, cut at a character.
#[must_use]
pub fn head(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
