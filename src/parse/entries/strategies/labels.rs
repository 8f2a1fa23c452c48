//! Labels of letters in front: "[Kop93]", "[Bar-Yam 2003]", or the labels that the source gives its blocks.

use super::Starts;
use crate::document::Document;
use crate::parse::section::{ListLine, Start};

pub(super) fn propose(_: &Document, lines: &[ListLine]) -> Option<Starts> {
    let mut starts: Starts = lines.iter().map(|line| line.evidence.start == Start::BracketLabel).collect();
    let count = starts.iter().filter(|&&start| start).count();
    if count < 2 {
        return None;
    }
    if let Some(first) = starts.first_mut() {
        *first = true;
    }
    Some(starts)
}
