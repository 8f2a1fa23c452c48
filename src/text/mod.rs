//! Below everything: text with marks, and what turns bytes and TeX into it.

pub(crate) mod csl_markup;
pub(crate) mod date_text;
mod decode;
pub(crate) mod json;
mod marked;
pub mod tex;

pub use decode::{Binary, Decoded, decode, decode_line};
pub use marked::{Mark, MarkKind, MarkSet, Marked};
