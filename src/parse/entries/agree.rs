//! Entries of one list begin alike: what the certain beginnings of a list share tells of the uncertain ones.
//!
//! The finder's model knows how references begin anywhere. "Regional Forum of Towns (RFT), 2009, Report" could be the middle of one, but
//! not in a list of which every other entry begins "Baker C., 2012, Rivers", no other line does, and every other begins behind a line
//! that ends with a stop and had room for another word. So the lines whose beginnings are certain are counted by how the year stands
//! in them, how the line before ends, and whether it had room, and the uncertain ones are weighed by that.

use crate::document::{Document, DocumentKind};
use crate::parse::section::{self, ListLine};

/// Lines at least this sure to begin an entry, or not to, are counted; the others are weighed.
const SURE: f32 = 0.9;

/// So many sure beginnings say something of the others.
const ENOUGH: usize = 6;

/// How much a count is worth beside the model, which has seen such things, too.
const WEIGHT: f32 = 0.6;

/// The most that one kind of evidence says, as a logarithm of odds.
const LOUDEST: f32 = 3.5;

/// The lines of a list with what each says of the others taken into account.
pub(super) fn agree(document: &Document, lines: &[ListLine]) -> Vec<ListLine> {
    let mut out = lines.to_vec();
    // Where the source tells blocks apart, lines are not wrapped.
    if document.kind() != DocumentKind::Plain {
        return out;
    }
    let sure = |line: &ListLine| line.starts >= SURE && line.best;
    let never = |line: &ListLine| line.starts <= 1.0 - SURE && !line.best;
    let begins: Vec<usize> = (0..lines.len()).filter(|&at| sure(&lines[at])).collect();
    let goes_on: Vec<usize> = (1..lines.len()).filter(|&at| never(&lines[at])).collect();
    if begins.len() < ENOUGH || goes_on.len() < ENOUGH {
        return out;
    }
    let looks = looks(document, lines);
    // Lines that break where a printer had room (one part of a reference a line) break anywhere.
    let loose = goes_on.iter().filter(|&&at| looks[at][ROOM] < FILLED).count();
    if loose * 20 > goes_on.len() {
        return out;
    }
    for kind in 0..KINDS {
        let mut counts = [[1.0f32; CLASSES]; 2];
        for (which, places) in [&begins, &goes_on].into_iter().enumerate() {
            for &at in places {
                counts[which][looks[at][kind]] += 1.0;
            }
        }
        let totals = counts.map(|counts| counts.iter().sum::<f32>());
        for (at, line) in out.iter_mut().enumerate().skip(1) {
            if sure(&lines[at]) || never(&lines[at]) {
                continue;
            }
            let class = looks[at][kind];
            let said = (counts[0][class] / totals[0]).ln() - (counts[1][class] / totals[1]).ln();
            let odds = (line.starts.clamp(1e-4, 1.0 - 1e-4) / (1.0 - line.starts.clamp(1e-4, 1.0 - 1e-4))).ln()
                + WEIGHT * said.clamp(-LOUDEST, LOUDEST);
            line.starts = 1.0 / (1.0 + (-odds).exp());
        }
    }
    for (line, before) in out.iter_mut().zip(lines).skip(1) {
        if !sure(before) && !never(before) {
            line.best = line.starts > 0.5;
        }
    }
    out
}

/// How many kinds of evidence are counted: the year, the end of the line before, its room.
const KINDS: usize = 3;

/// The kind that tells the room, and its first class of lines that are filled.
const ROOM: usize = 2;
const FILLED: usize = 2;

/// How many classes the kinds have at most.
const CLASSES: usize = 8;

/// The classes of each line.
fn looks(document: &Document, lines: &[ListLine]) -> Vec<[usize; KINDS]> {
    let widths: Vec<usize> = lines
        .iter()
        .map(|line| line.line.text(document).chars().take(400).count() + line.line.indent as usize)
        .collect();
    let mut sorted = widths.clone();
    sorted.sort_unstable();
    // Lines that `pdftotext` joined over a hyphen are wider than any that was printed.
    let full = sorted.get(sorted.len() * 7 / 10).copied().unwrap_or(0).max(1);
    let one = |at: usize| {
        let text = line_start(document, &lines[at]);
        let Some(before) = at.checked_sub(1) else { return [year(text), 0, 0] };
        let word = text.split_whitespace().next().unwrap_or_default().chars().count();
        let room = match (widths[before] + 1 + word) * 100 / full {
            0..70 => 0,
            70..85 => 1,
            85..95 => 2,
            95..105 => 3,
            _ => 4,
        };
        [year(text), lines[before].evidence.end_class(), room]
    };
    (0..lines.len()).map(one).collect()
}

fn line_start<'a>(document: &'a Document, line: &ListLine) -> &'a str {
    /// Names that are longer hardly begin a reference.
    const LONGEST: usize = 140;
    section::prefix(line.line.text(document), LONGEST)
}

/// How the first year stands in a line: by the marks before and behind it, or nowhere.
fn year(text: &str) -> usize {
    let Some((at, word)) = text.split_whitespace().find_map(|word| {
        let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
        let core =
            digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20") || digits.starts_with("18"));
        core.then(|| (word.as_ptr() as usize - text.as_ptr() as usize, word))
    }) else {
        return 0;
    };
    let before = text[..at].trim_end();
    let opened = word.starts_with(['(', '[']);
    let closed = word.trim_end_matches(['.', ',', ':', ';']).ends_with([')', ']']);
    match (opened && closed, before.chars().next_back(), word.chars().next_back()) {
        (_, None, _) => 1,
        (true, _, Some('.' | ',' | ':' | ';')) => 2,
        (true, ..) => 3,
        (false, Some(','), Some(',' | '.' | ':')) => 4,
        (false, Some('.'), Some(',' | '.' | ':')) => 5,
        (false, _, Some(',' | '.' | ':')) => 6,
        _ => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of which line `at` is as likely to begin an entry as `starts`: whether it does when the others are asked.
    fn begins(at: usize, starts: f32) -> bool {
        let person = |n: usize| {
            format!(
                "Baker {}., 20{n:02}, ‘Towns of the north and the roads that lead from one of them to the next of them’,\nJournal of Towns {n}(2), 98–107, Oxford University Press, and in a shorter form in Papers on Roads,\nPlon, Paris.\n",
                char::from(b'A' + u8::try_from(n).unwrap_or(0))
            )
        };
        let people: String = (0..12).map(person).collect();
        let text = format!(
            "{people}Forum of Towns (FT), 2009, Report on towns in 2009, Forum, Harrow.\nLane P., 2010, Rivers, Plon, Paris.\n"
        );
        let document = Document::from_plain(text.as_bytes());
        let mut lines = section::whole(&document).map(|list| list.lines).unwrap_or_default();
        (lines[at].starts, lines[at].best) = (starts, starts > 0.5);
        agree(&document, &lines)[at].best
    }

    #[test]
    fn an_uncertain_line_begins_what_the_certain_ones_begin() {
        // "Forum of Towns (FT), 2009": the year stands where it does in all others, and the line before had room.
        assert!(begins(36, 0.2));
        // "Journal of Towns 3(2)": nothing else begins behind a full line that ends with a comma, and without a year.
        assert!(!begins(10, 0.8));
        // What is certain stays.
        assert!(begins(10, 0.99) && !begins(36, 0.01));
    }
}
