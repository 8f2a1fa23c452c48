//! How good a parser is: gold against what was parsed.
//!
//! Two measures. [`spans`] compares where the fields are in the text, which judges the labeller alone; [`csl`] compares the values
//! of records, whoever made them, as a user of CSL-JSON sees them.

pub mod csl;
mod dates;
mod figures;
mod names;
pub mod spans;
mod text;

#[cfg(test)]
mod tests;
