//! Below everything: text with marks, and what turns bytes and TeX into it.

mod decode;
mod marked;

pub use decode::{Binary, Decoded, decode, decode_declared};
pub use marked::{Mark, MarkKind, MarkSet, Marked};
