//! Bullets, and the items of a list as the source has them.

use super::Starts;
use crate::document::{BlockKind, Document};
use crate::parse::section::{ListLine, Seen, Start};

pub(super) fn propose(document: &Document, lines: &[ListLine]) -> Option<Starts> {
    let item = |line: &ListLine| {
        let kind = document.blocks()[line.line.block as usize].kind;
        let block = line.line.first_in_block && !matches!(kind, BlockKind::Paragraph | BlockKind::Preformatted);
        block || line.evidence.start == Start::Bullet
    };
    let count = lines.iter().filter(|line| item(line)).count();
    // A dash at the start of a few wrapped lines is punctuation: bullets begin the list and most of its entries.
    let likely = lines.iter().filter(|line| line.best).count();
    if !lines.first().is_some_and(item) && count * 2 < likely {
        return None;
    }
    // Paragraphs between items stand for themselves: half a list was typed without its bullets.
    let starts: Starts = lines
        .iter()
        .enumerate()
        .map(|(at, line)| at == 0 || item(line) || (line.line.first_in_block && !line.evidence.has(Seen::ListItem)))
        .collect();
    (count >= 2).then_some(starts)
}
