//! How good a parser is: gold against what was parsed.
//!
//! Two measures. [`spans`] compares where the fields are in the text, which judges the labeller alone.

pub mod spans;
