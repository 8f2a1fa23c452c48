//! Turns the reference list of an article into typed bibliographic records, and converts records among formats.

pub mod citations;
mod diagnostic;
pub mod document;
mod error;
pub mod formats;
pub mod parse;
mod record;
mod span;
pub mod text;

pub use diagnostic::{Diagnostic, Ignore, Level, Place, Sink};
pub use error::Error;
pub use record::*;
pub use span::{LineIndex, Span, line_column};
