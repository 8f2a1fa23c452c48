//! A record that came out of free text, with where each value stood and how sure we are.

use super::{Record, Variable};
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// A record and its source. What is guessed (the language, the confidences) is here, so that the record holds only what is printed.
///
/// Every character of `source` that is neither blank nor a separator lies under the span of a field.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Parsed {
    /// The record.
    pub record: Record,
    /// The reference as printed, markup removed and blanks folded.
    pub source: String,
    /// Where each value stood, by start.
    pub fields: Vec<Field>,
    /// Probability that the whole record is right, 0 to 1.
    pub confidence: f32,
    /// The language of the reference, guessed: an ISO 639-1 code.
    pub language: Option<&'static str>,
    /// What is odd about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where a value stood in the source.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Field {
    /// The variable that the value went to.
    pub variable: Variable,
    /// The bytes of the source, as printed.
    pub span: Span,
    /// Probability that the value is right, 0 to 1.
    pub confidence: f32,
}

impl Field {
    /// A field at `span`.
    #[must_use]
    pub const fn new(variable: Variable, span: Span, confidence: f32) -> Self {
        Self { variable, span, confidence }
    }
}
