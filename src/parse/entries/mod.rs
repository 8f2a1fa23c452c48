//! The reference list → its entries.

use crate::span::Span;
use crate::text::Mark;

/// One reference as printed: what the labeller reads.
///
/// White space is folded to single blanks, markup is removed (it is in `marks`), the label in front ("[12]") is taken off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Entry {
    /// The reference as printed.
    pub text: String,
    /// The marks on it, in bytes of `text`, sorted by start.
    pub marks: Vec<Mark>,
    /// Whether the source could have marked it: "not italic" is evidence only then. False for plain text.
    pub marks_known: bool,
    /// The bytes of the source document that it came from.
    pub place: Span,
    /// The label in front, without brackets and stop: "12" of "[12]", "Kop93" of "[Kop93]".
    pub label: Option<String>,
}

impl Entry {
    /// An entry that is all there is: white space folded, no marks, no label.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        let folded: Vec<&str> = text.split_whitespace().collect();
        Self { text: folded.join(" "), place: Span::new(0, text.len()), ..Self::default() }
    }
}
