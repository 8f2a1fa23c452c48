//! From a document to the references in it.

pub mod entries;
pub mod fields;
pub mod label;
pub mod tokens;
