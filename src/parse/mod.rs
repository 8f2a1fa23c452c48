//! From a document to the references in it.

pub mod entries;
pub mod label;
pub mod section;
pub mod tokens;
