//! Below everything: text with marks, and what turns bytes and TeX into it.

mod decode;
mod marked;
pub mod tex;

pub use decode::{Binary, Decoded, decode, decode_line};
pub use marked::{Mark, MarkKind, MarkSet, Marked};
