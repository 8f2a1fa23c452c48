//! One entry a line.

use super::Starts;
use crate::document::Document;
use crate::parse::section::ListLine;

pub(super) fn propose(_: &Document, lines: &[ListLine]) -> Option<Starts> {
    (lines.len() >= 2).then(|| vec![true; lines.len()])
}
