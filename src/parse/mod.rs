//! From a document to the references in it.

pub mod entries;
#[cfg(feature = "train")]
pub mod evaluate;
pub mod fields;
pub mod label;
pub mod section;
pub mod tokens;
