//! Below everything: text with marks, and what turns bytes and TeX into it.

mod marked;
pub mod tex;

pub use marked::{Mark, MarkKind, MarkSet, Marked};
