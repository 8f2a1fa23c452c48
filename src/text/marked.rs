//! Text as a document gives it: characters and the marks on them.

use crate::span::Span;

/// What a mark says of the characters under it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MarkKind {
    /// Italic or emphasised.
    Italic,
    /// Bold or strong.
    Bold,
    /// Small capitals.
    SmallCaps,
    /// Subscript.
    Sub,
    /// Superscript.
    Sup,
    /// Underlined.
    Underline,
    /// A link, with its target.
    Link(String),
}

/// One mark on the bytes `span` of a [`Marked`] text. Marks of one kind do not overlap.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The bytes under the mark.
    pub span: Span,
    /// What the mark says.
    pub kind: MarkKind,
}

/// A text and its marks, sorted by start.
///
/// ```
/// use reflist::text::{Mark, MarkKind, Marked};
/// let marked = Marked { text: "The Iliad".into(), marks: vec![Mark { span: (4..9).into(), kind: MarkKind::Italic }] };
/// assert_eq!(marked.slice(4..9).marks[0].span, (0..5).into());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Marked {
    /// The characters.
    pub text: String,
    /// The marks on them.
    pub marks: Vec<Mark>,
}

impl Marked {
    /// Text without marks.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), marks: Vec::new() }
    }

    /// The bytes `range` with the marks on them, cut at its edges.
    #[must_use]
    pub fn slice(&self, range: std::ops::Range<usize>) -> Self {
        let marks = self
            .marks
            .iter()
            .filter(|mark| mark.span.start < range.end && mark.span.end > range.start)
            .map(|mark| Mark {
                span: Span::new(
                    mark.span.start.max(range.start) - range.start,
                    mark.span.end.min(range.end) - range.start,
                ),
                kind: mark.kind.clone(),
            })
            .collect();
        Self { text: self.text[range].to_owned(), marks }
    }
}

/// The marks that hold at one place, as a set of bits; links have none.
///
/// ```
/// use reflist::text::{MarkKind, MarkSet};
/// let set = MarkSet::default().with(&MarkKind::Italic);
/// assert!(set.has(&MarkKind::Italic) && !set.has(&MarkKind::Bold));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct MarkSet(u8);

impl MarkSet {
    /// The set with `kind` added.
    #[must_use]
    pub const fn with(self, kind: &MarkKind) -> Self {
        Self(self.0 | Self::bit(kind))
    }

    /// Whether `kind` is in the set.
    #[must_use]
    pub const fn has(self, kind: &MarkKind) -> bool {
        self.0 & Self::bit(kind) != 0
    }

    /// Whether no mark holds.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set as bits: italic 1, bold 2, small capitals 4, subscript 8, superscript 16, underlined 32.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    const fn bit(kind: &MarkKind) -> u8 {
        match kind {
            MarkKind::Italic => 1,
            MarkKind::Bold => 2,
            MarkKind::SmallCaps => 4,
            MarkKind::Sub => 8,
            MarkKind::Sup => 16,
            MarkKind::Underline => 32,
            MarkKind::Link(_) => 0,
        }
    }
}
