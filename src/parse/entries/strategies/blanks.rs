//! Blank lines between entries, or a paragraph for each.

use super::Starts;
use crate::document::Document;
use crate::parse::section::ListLine;

pub(super) fn propose(_: &Document, lines: &[ListLine]) -> Option<Starts> {
    let starts: Starts = lines
        .iter()
        .enumerate()
        .map(|(at, line)| at == 0 || line.line.first_in_block || (line.line.first_on_page && line.best))
        .collect();
    let count = starts.iter().filter(|&&start| start).count();
    (count >= 2).then_some(starts)
}
