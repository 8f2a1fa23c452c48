//! Lines that were stretched to the margin and that `pdftotext` then took to pieces.
//!
//! Where a long link or name leaves nothing to break, justification stretches the line above it until the gaps between its words are as
//! wide as those between columns. `pdftotext` without `-layout` takes them for that: the line keeps its first words, and the others
//! come as blocks of one line below the paragraph.
//!
//! ```text
//! • Spring, J. (2006): Roads.
//! Journal-of-Towns-and-Rivers, Zürich.
//!
//! How the towns of the north are reached
//! ```
//!
//! A piece is put back only where all of this holds: the next word would have had room on the line that it is put behind; with the piece
//! the line is no wider than the lines around, and with the next word it is full; and that line belongs to what the block ends with,
//! because a label stands in front of that or the block begins with it.

use super::Line;

/// How many lines above the last of a block the line may stand.
const REACH: usize = 8;

/// How many lines without a label the block may have behind it.
const TAIL: usize = 3;

/// How many pieces a line may have lost.
const PIECES: usize = 6;

/// The lines in reading order, or `None` when there is nothing to put back.
pub(super) fn in_reading_order(text: &str, lines: &[Line]) -> Option<Vec<Line>> {
    let blocks = blocks(lines);
    let widths: Vec<usize> = lines.iter().map(|line| width(text, line)).collect();
    let mut moved: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    let mut number = 0;
    while let Some(block) = blocks.get(number) {
        number += 1;
        if block.len() < 2 {
            continue;
        }
        let full = usual(lines, &widths, block.end);
        let is_piece = |piece: &&std::ops::Range<usize>| {
            let at = piece.start;
            piece.len() == 1 && !lines[at].page && !is_labelled(content(text, &lines[at])) && widths[at] * 10 < full * 9
        };
        let count = blocks[number..].iter().take(PIECES).take_while(is_piece).count();
        let home = (1..=count).rev().find_map(|count| {
            let pieces = number..number + count;
            let added: usize = blocks[pieces.clone()].iter().map(|piece| widths[piece.start] + 1).sum();
            home(text, lines, &widths, block.clone(), full, added).map(|home| (home, pieces))
        });
        if let Some((home, pieces)) = home {
            number = pieces.end;
            moved.push((home, pieces));
        }
    }
    if moved.is_empty() {
        return None;
    }
    let mut out = Vec::with_capacity(lines.len());
    let mut moved = moved.into_iter().peekable();
    let mut gone = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if gone.first() == Some(&at) {
            gone.remove(0);
            continue;
        }
        out.push(*line);
        if let Some((_, pieces)) = moved.next_if(|(home, _)| *home == at) {
            gone.extend(blocks[pieces].iter().map(|piece| piece.start));
            out.extend(gone.iter().map(|&piece| lines[piece]));
        }
    }
    Some(out)
}

/// The runs of lines with nothing between them.
fn blocks(lines: &[Line]) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.blank || line.furniture {
            continue;
        }
        match out.last_mut().filter(|block| block.end == at && !line.page) {
            Some(block) => block.end = at + 1,
            None => out.push(at..at + 1),
        }
    }
    out
}

/// The line of a block that pieces of so many columns are missing from.
fn home(
    text: &str,
    lines: &[Line],
    widths: &[usize],
    block: std::ops::Range<usize>,
    full: usize,
    added: usize,
) -> Option<usize> {
    let labelled = |at: usize| is_labelled(content(text, &lines[at]));
    let next_word = |at: usize| {
        let first = content(text, &lines[at + 1]).split_whitespace().next().unwrap_or_default();
        first.chars().count() + 1
    };
    let has_room = |at: usize| (widths[at] + next_word(at)) * 100 <= full * 95;
    let last = block.end - 1;
    let lowest = block.start.max(last.saturating_sub(REACH));
    let home = (lowest..last).rev().take_while(|&at| !labelled(at + 1)).find(|&at| has_room(at))?;
    // The pieces that stayed in place are lines of their own, too.
    let mut first = home;
    while first > lowest && !labelled(first) && has_room(first - 1) {
        first -= 1;
    }
    let own: usize = (first..=home).map(|at| widths[at] + 1).sum();
    let whole = own + added - 1;
    let under_label = (lowest..=home).any(labelled);
    let begins = first == block.start && last - home <= TAIL;
    ((under_label || begins) && whole * 100 <= full * 108 && (whole + next_word(home)) * 10 >= full * 8).then_some(home)
}

/// The width that lines around reach.
fn usual(lines: &[Line], widths: &[usize], at: usize) -> usize {
    const AROUND: usize = 30;
    let from = at.saturating_sub(AROUND);
    let to = (at + AROUND).min(lines.len());
    let mut around: Vec<usize> = widths[from..to].iter().copied().filter(|&width| width > 0).collect();
    around.sort_unstable();
    // A line that `pdftotext` joined with the next, because a hyphen stood at its end, is wider than any that was printed.
    around.get(around.len() * 7 / 10).copied().unwrap_or(0)
}

fn content<'a>(text: &'a str, line: &Line) -> &'a str {
    text[line.span.range()].trim()
}

/// The columns of a line; those of one that is no printed line do not matter.
fn width(text: &str, line: &Line) -> usize {
    if line.blank || line.furniture { 0 } else { content(text, line).chars().take(1_000).count() }
}

/// Whether a bullet, "[12]" or "12." stands in front.
fn is_labelled(line: &str) -> bool {
    let inner = line.trim_start_matches(['[', '(']);
    let behind = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = inner.len() - behind.len();
    line.starts_with(['•', '‣', '◦', '▪', '■', '●', '\u{f0b7}'])
        || (1..=4).contains(&digits) && behind.starts_with([']', ')', '.'])
}

#[cfg(test)]
mod tests {
    use crate::document::Document;

    /// The lines of a document, page by page, around lines of the usual width.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let usual = "Towns grow where roads meet, and roads go where towns were, so that each has made the other.\n";
        let source = format!("{}\n\u{c}{text}\n\u{c}{}", usual.repeat(12), usual.repeat(12));
        let document = Document::from_plain(source.as_bytes());
        let lines: Vec<&str> = document
            .blocks()
            .iter()
            .flat_map(|block| document.slice(block.span).lines())
            .filter(|line| !usual.starts_with(line.trim_end()))
            .collect();
        assert_eq!(lines, expected);
        for (block, line) in document.blocks().iter().zip(&lines) {
            assert!(block.span.len() >= line.len().min(1));
        }
    }

    #[test]
    fn the_pieces_of_a_stretched_line_come_back() {
        check(
            "• Baker, C. (2001): Rivers. Oxford: Clarendon Press.\n• Spring, J. (2006): Roads.\nInternational-Journal-of-Towns, Zürich.\n\nHow the towns of the north are reached\n\n• Stone, B. (1998): Trade.\n",
            &[
                "• Baker, C. (2001): Rivers. Oxford: Clarendon Press.",
                "• Spring, J. (2006): Roads.",
                "How the towns of the north are reached",
                "International-Journal-of-Towns, Zürich.",
                "• Stone, B. (1998): Trade.",
            ],
        );
        check(
            "[7] Northern Roads Ltd (2009):\nReport of 2009, online at:\nnorthern-roads.example/investors/reports, 27.05.2011.\n\nhttp://www.\n\n[8] Baker, C. (2001): Rivers.\n",
            &[
                "[7] Northern Roads Ltd (2009):",
                "Report of 2009, online at:",
                "http://www.",
                "northern-roads.example/investors/reports, 27.05.2011.",
                "[8] Baker, C. (2001): Rivers.",
            ],
        );
        check(
            "Winter, P. (1995): Owners and power in networks of towns and of rivers.\nJ./Gerson, S. (Hg.): Networks. Berlin: 67-91.\n\nIn: Fisher,\n",
            &[
                "Winter, P. (1995): Owners and power in networks of towns and of rivers.",
                "In: Fisher,",
                "J./Gerson, S. (Hg.): Networks. Berlin: 67-91.",
            ],
        );
    }

    #[test]
    fn what_is_no_piece_stays() {
        // Too short to fill the line, and behind a line that is full as it is.
        for text in [
            "• Spring, J. (2006): Roads.\nJournal of Towns, Zürich.\n\nAppendix\n",
            "• Spring, J. (2006): Roads of the north and the towns that they lead to, as they were in 2005.\nTowns 3.\n\nHow the towns of the north are reached\n",
        ] {
            let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
            check(text, &lines);
        }
    }
}
