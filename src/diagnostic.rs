//! What is wrong with an input, told without stopping.
//!
//! Broken input is normal input: every stage returns what it could make of it and reports the rest to a [`Sink`].
//! A [`Diagnostic`] has a stable code (`area::what`), a level, a place, a sentence and a help.

use std::borrow::Cow;
use std::fmt;

use crate::span::Span;

/// How grave a [`Diagnostic`] is. Orders from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Level {
    /// An output format cannot hold a value; the record itself is whole.
    Loss,
    /// Something was odd and was read as best we could.
    Warning,
    /// Something could not be understood; its text is kept.
    Error,
}

impl Level {
    /// The lower-case name: `loss`, `warning`, `error`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where a diagnostic points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// The same as byte offsets into the decoded input.
    pub span: Span,
}

/// One finding about an input.
///
/// ```
/// use reflist::{Diagnostic, Level};
/// let finding = Diagnostic::warning("ris::bad-date", "the month in \"2021/15//\" is not 01 to 12")
///     .with_help("write PY  - 2021/05// if May is meant");
/// assert_eq!(finding.level, Level::Warning);
/// assert_eq!(finding.to_string(), "warning[ris::bad-date]: the month in \"2021/15//\" is not 01 to 12");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Stable code, `area::what`.
    pub code: &'static str,
    /// How grave it is.
    pub level: Level,
    /// What was found and what was expected; lower case, no full stop.
    pub message: Cow<'static, str>,
    /// What to do about it.
    pub help: Option<Cow<'static, str>>,
    /// Where it is, when it has a place in the input.
    pub place: Option<Place>,
    /// Citation key of the record concerned.
    pub key: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of the given level without place, help and key.
    #[must_use]
    pub fn new(level: Level, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, level, message: message.into(), help: None, place: None, key: None }
    }

    /// An error: something could not be understood.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Level::Error, code, message)
    }

    /// A warning: something was odd.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Level::Warning, code, message)
    }

    /// Says what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says where.
    #[must_use]
    pub const fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says in which record.
    #[must_use]
    pub fn in_record(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place {
            write!(f, "{}:{}: ", place.line, place.column)?;
        }
        write!(f, "{}[{}]: {}", self.level, self.code, self.message)
    }
}

/// Where readers send diagnostics and writers send losses.
///
/// ```
/// use reflist::{Diagnostic, Sink};
/// let mut found: Vec<Diagnostic> = Vec::new();
/// found.report(Diagnostic::error("test::code", "a sentence"));
/// assert_eq!(found.len(), 1);
/// ```
pub trait Sink<T = Diagnostic> {
    /// Takes one item.
    fn report(&mut self, item: T);

    /// Whether an item of this level would be of use. What nobody wants to know is not looked for.
    fn wants(&self, _: Level) -> bool {
        true
    }
}

impl<T> Sink<T> for Vec<T> {
    fn report(&mut self, item: T) {
        self.push(item);
    }
}

/// A sink that drops everything, for callers who do not care.
///
/// ```
/// use reflist::{Diagnostic, Ignore, Sink};
/// Ignore.report(Diagnostic::error("test::code", "nobody reads this"));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Ignore;

impl<T> Sink<T> for Ignore {
    fn report(&mut self, _: T) {}

    fn wants(&self, _: Level) -> bool {
        false
    }
}
