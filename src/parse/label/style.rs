//! The style of a list: what the other entries make likely for this one.
//!
//! Entries of one list were printed by one rule: what follows the author after ". (" in one follows it in all. The drafts of the
//! first pass are counted over the whole list, and each entry is told what the *others* say about its own case:
//!
//! - which label mostly follows this label and this separator;
//! - which label the second, third, … field mostly has;
//! - which label a token of this shape mostly has between these marks;
//! - which label italic or bold text mostly has in this fifth of an entry;
//! - how many of the others have a title, a container, pages, and so on at all.
//!
//! An entry alone gets no such features, and the model is trained with lists of all lengths, from one on.

use super::Label;
use super::attributes::mix;
use super::decode::LABELS;
use super::draft::{Draft, add};
use super::features::Features;

/// Most labels that are told apart in one case.
const KEPT: usize = 4;

/// What the entries of a list have in common.
#[derive(Debug, Clone, Default)]
pub struct Style {
    cells: Vec<Cell>,
    /// How many entries have each label.
    having: Vec<u32>,
    entries: u32,
}

/// How often which label was met in one case.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    key: u32,
    labels: [u8; KEPT],
    counts: [u32; KEPT],
}

/// The labels whose presence in the others is told.
const SHARES: [Label; 8] = [
    Label::Title,
    Label::ContainerTitle,
    Label::Page,
    Label::Publisher,
    Label::Doi,
    Label::Editor,
    Label::PublisherPlace,
    Label::CitationLabel,
];

impl Style {
    /// The style of the entries with these drafts.
    #[must_use]
    pub fn of<'a>(drafts: impl IntoIterator<Item = &'a Draft, IntoIter: Clone>) -> Self {
        let drafts = drafts.into_iter();
        let cases: usize = drafts.clone().map(|draft| 2 * draft.tokens.len() + 2 * draft.runs.len()).sum();
        let size = (2 * cases.clamp(16, 1 << 15)).next_power_of_two();
        let mut style = Self { cells: vec![Cell::default(); size], having: vec![0; LABELS], entries: 0 };
        drafts.for_each(|draft| style.count(draft, 1));
        style
    }

    /// Takes an entry out, to ask what the others say about it; [`Style::put_back`] undoes it.
    pub(super) fn take_out(&mut self, draft: &Draft) {
        self.count(draft, -1);
    }

    pub(super) fn put_back(&mut self, draft: &Draft) {
        self.count(draft, 1);
    }

    fn count(&mut self, draft: &Draft, by: i32) {
        for at in 0..draft.tokens.len() {
            let label = draft.tokens[at].label;
            self.count_case(context_key(draft, at), label, by);
            if let Some(key) = mark_key(draft, at) {
                self.count_case(key, label, by);
            }
        }
        let mut present = 0_u64;
        for (at, run) in draft.runs.iter().enumerate() {
            self.count_case(separator_key(draft, at), run.label, by);
            self.count_case(ordinal_key(at), run.label, by);
            present |= 1 << run.label;
        }
        for (label, having) in self.having.iter_mut().enumerate().filter(|(label, _)| present >> label & 1 != 0) {
            let _ = label;
            *having = having.saturating_add_signed(by);
        }
        self.entries = self.entries.saturating_add_signed(by);
    }

    /// Where a case is or would be counted; none where the table is full just there.
    fn place(&self, key: u32) -> Option<usize> {
        let mask = self.cells.len() - 1;
        let start = key as usize & mask;
        (0..8).map(|step| (start + step) & mask).find(|at| self.cells[*at].key == key || self.cells[*at].key == 0)
    }

    fn count_case(&mut self, key: u32, label: u8, by: i32) {
        let Some(cell) = self.place(key).map(|at| &mut self.cells[at]) else { return };
        cell.key = key;
        // A slot once taken stays with its label, so that what is taken out can be put back.
        for (slot, count) in cell.labels.iter_mut().zip(&mut cell.counts) {
            if *slot == label + 1 || *slot == 0 {
                *slot = label + 1;
                *count = count.saturating_add_signed(by);
                return;
            }
        }
    }

    /// The label that a case mostly has, with its share in four steps and its count in three.
    fn most(&self, key: u32) -> Option<u64> {
        let cell = &self.cells[self.place(key)?];
        let total: u32 = cell.counts.iter().sum();
        let best = (0..KEPT).rev().max_by_key(|at| cell.counts[*at])?;
        if total == 0 || cell.key != key {
            return None;
        }
        let share = cell.counts[best] as f32 / total as f32;
        let steps = [0.95, 0.8, 0.6].iter().filter(|limit| share < **limit).count() as u64;
        let count = match total {
            1 => 0,
            2..=5 => 1,
            _ => 2,
        };
        Some(u64::from(cell.labels[best]) << 8 | steps << 4 | count)
    }

    /// The features of token `at` of a draft that is not counted in.
    pub(super) fn features(&self, draft: &Draft, at: usize, out: &mut Features) {
        if self.entries == 0 {
            return;
        }
        let own = draft.tokens[at];
        let y = u64::from(own.label);
        let run = usize::from(own.run);
        let cases = [
            Some(context_key(draft, at)),
            mark_key(draft, at),
            (run < draft.runs.len()).then(|| separator_key(draft, run)),
            (run < draft.runs.len()).then(|| ordinal_key(run)),
        ];
        for (number, key) in (0..).zip(cases) {
            if let Some(most) = key.and_then(|key| self.most(key)) {
                add(out, 60 + number, most);
                add(out, 64 + number, most << 8 | y);
            }
        }
        let count = match self.entries {
            0..=2 => 0,
            3..=9 => 1,
            _ => 2_u64,
        };
        let share = |label: Label| {
            let share = self.having[label as usize] as f32 / self.entries as f32;
            [0.05, 0.35, 0.65, 0.95].iter().filter(|limit| share > **limit).count() as u64
        };
        for (number, label) in (0..).zip(SHARES) {
            add(out, 70 + number, (share(label) << 4 | count) << 8 | y);
        }
    }
}

fn key(kind: u64, value: u64) -> u32 {
    ((mix(value, kind) >> 32) as u32).max(1)
}

fn context_key(draft: &Draft, at: usize) -> u32 {
    key(1, u64::from(draft.tokens[at].context))
}

/// Marks tell something only where the source could have had them.
fn mark_key(draft: &Draft, at: usize) -> Option<u32> {
    let fifth = 5 * at / draft.tokens.len().max(1);
    draft.marks_known.then(|| key(2, u64::from(draft.tokens[at].marks) << 8 | fifth as u64))
}

fn separator_key(draft: &Draft, run: usize) -> u32 {
    let previous = run.checked_sub(1).map_or(LABELS as u8, |run| draft.runs[run].label);
    key(3, u64::from(draft.runs[run].separator) << 8 | u64::from(previous))
}

fn ordinal_key(run: usize) -> u32 {
    key(4, run as u64)
}

#[cfg(test)]
mod tests {
    use crate::parse::entries::Entry;
    use crate::parse::label::{Model, Scratch, draft};
    use crate::parse::tokens::tokenize;

    use super::*;

    fn drafts(texts: &[&str]) -> Vec<Draft> {
        let make = |text: &&str| {
            let entry = Entry::plain(text);
            draft(Model::embedded(), &entry, &tokenize(&entry), &mut Scratch::default())
        };
        texts.iter().map(make).collect()
    }

    const LIST: [&str; 3] = [
        "Harlan, T. (2014). Patterns of trade. Regional History, 38(2), 211–240.",
        "Osei, K. (2009). Rivers and roads. Journal of Geography, 12(1), 4–19.",
        "Novak, P. (1999). The old bridge. Regional History, 23(4), 87–99.",
    ];

    #[test]
    fn the_others_tell_what_follows() {
        let drafts = drafts(&LIST);
        let mut style = Style::of(&drafts);
        style.take_out(&drafts[0]);
        let second = style.most(ordinal_key(1)).expect("the others have a second field");
        assert_eq!(second, u64::from(Label::Issued as u8 + 1) << 8 | 1);
    }

    #[test]
    fn an_entry_alone_has_no_style() {
        let drafts = drafts(&LIST[..1]);
        let mut style = Style::of(&drafts);
        style.take_out(&drafts[0]);
        assert_eq!(style.most(ordinal_key(0)), None);
        style.put_back(&drafts[0]);
        assert!(style.most(ordinal_key(0)).is_some());
    }
}
