//! No sign at all but the way references begin: what the finder's model thinks of each line.

use super::Starts;
use crate::document::Document;
use crate::parse::section::ListLine;

pub(super) fn propose(_: &Document, lines: &[ListLine]) -> Option<Starts> {
    Some(lines.iter().enumerate().map(|(at, line)| at == 0 || line.best).collect())
}
