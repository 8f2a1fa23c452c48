//! `-f lines`: each line is exactly one entry, a pure function of itself.

use super::Entry;
use crate::parse::section;
use crate::span::Span;

/// The entry of one line. A label in front ("\[12\]", "12.") is taken off; an empty line gives an empty entry.
///
/// ```
/// use reflist::parse::entries;
/// let entry = entries::from_line("[3] Baker, C. (2021).  Towns.\r\n");
/// assert_eq!((entry.text.as_str(), entry.label.as_deref()), ("Baker, C. (2021). Towns.", Some("3")));
/// ```
#[must_use]
pub fn from_line(line: &str) -> Entry {
    let trimmed = line.trim();
    let (label, rest) = section::label(trimmed);
    // A number without stop or bracket may be the first word of a title ("1984", "12 Angry Men").
    let certain = label.start.is_some_and(|start| !matches!(start, section::Start::BareNumber)) && !rest.is_empty();
    let rest = if certain { rest } else { trimmed };
    let mut entry = Entry::plain(rest);
    let start = line.len() - line.trim_start().len() + (trimmed.len() - rest.len());
    entry.place = Span::new(start, start + rest.len());
    if certain && !label.text.is_empty() {
        entry.label = Some(label.text.to_owned());
    }
    entry
}

/// The entries of a text in which each line is one, in order, with places in the text. Holds one line at a time; for a reader that
/// streams, call [`from_line`] on each line.
///
/// ```
/// use reflist::parse::entries;
/// let entries: Vec<_> = entries::from_lines("A\n\nB").collect();
/// assert_eq!(entries.len(), 3);
/// assert_eq!(entries[2].place, reflist::Span::new(3, 4));
/// ```
pub fn from_lines(text: &str) -> impl Iterator<Item = Entry> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let mut entry = from_line(line);
        entry.place = Span::new(entry.place.start + at, entry.place.end + at);
        at += line.len();
        entry
    })
}
