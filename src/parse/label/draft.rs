//! What the first pass makes of an entry, and what the second makes of that.
//!
//! A chain of labels sees its neighbours only. The second pass sees the whole outline that the first one drew: which fields there are
//! and in which order, whether there are two titles or none, where the first pass was in doubt and between what. It adds its own
//! scores to those of the first pass, and finds the best sequence again. What the other entries of the list look like comes in
//! here, too: see [`super::style`].

use super::attributes::{coarse, mix, shape};
use super::decode::{LABELS, Lattice, Row};
use super::features::{Analysis, Features};
use super::{Label, Style};

/// How many rows of weights the second pass has.
pub(super) const ROWS: usize = 1 << ROW_BITS;
const ROW_BITS: u32 = 16;

/// The label of places outside the entry.
const EDGE: u8 = LABELS as u8;

/// An entry after the first pass.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Scores of the labels of each token.
    pub(super) emissions: Vec<Row>,
    pub(super) tokens: Vec<Token>,
    pub(super) runs: Vec<Run>,
    pub(super) marks_known: bool,
}

/// What is known of a token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) label: u8,
    /// The next most probable label.
    runner_up: u8,
    /// How probable the label is: 0 very, 3 not.
    doubt: u8,
    shape: u8,
    /// Italic, bold, small capitals.
    pub(super) marks: u8,
    symbol: u32,
    before: u32,
    after: u32,
    /// The run that it is in, or for a separator the one behind.
    pub(super) run: u16,
    /// Hash of its shape and the marks around it.
    pub(super) context: u32,
}

/// A run of tokens of one label that is no separator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) label: u8,
    first: u32,
    last: u32,
    /// Hash of what stands between the run before and this one.
    pub(super) separator: u32,
    /// How many runs of the label stand before.
    ordinal: u8,
}

impl Draft {
    /// Keeps of a first pass what the second needs.
    pub(super) fn new(lattice: &Lattice, analysis: &Analysis, marks_known: bool) -> Self {
        let mut draft = Self { emissions: lattice.emissions.clone(), marks_known, ..Self::default() };
        draft.outline(&lattice.path, analysis);
        draft.describe(lattice, analysis);
        draft
    }

    /// Finds the runs.
    fn outline(&mut self, path: &[u8], analysis: &Analysis) {
        let separator = Label::Separator as u8;
        let mut between = 0;
        let mut counts = [0_u8; LABELS];
        for (at, &label) in path.iter().enumerate() {
            if label == separator {
                between = mix(between, u64::from(analysis.shape(at))) | 1;
                continue;
            }
            match self.runs.last_mut() {
                Some(run) if run.label == label && run.last as usize + 1 == at => run.last += 1,
                _ => {
                    let ordinal = counts[usize::from(label)];
                    counts[usize::from(label)] = ordinal.saturating_add(1);
                    let (first, last) = (at as u32, at as u32);
                    self.runs.push(Run { label, first, last, separator: (between >> 32) as u32, ordinal });
                }
            }
            between = 0;
        }
    }

    fn describe(&mut self, lattice: &Lattice, analysis: &Analysis) {
        let mut run = 0;
        let (mut last, mut last_but_one) = (shape::EDGE, shape::EDGE);
        for (at, &label) in lattice.path.iter().enumerate() {
            while self.runs.get(run).is_some_and(|run| (run.last as usize) < at) {
                run += 1;
            }
            let (probability, runner_up) = lattice.standing(at, label);
            let doubt = [0.99, 0.9, 0.6].iter().filter(|limit| probability < **limit).count() as u8;
            let own = analysis.shape(at);
            let next = analysis.next_mark(at);
            let context = mix(u64::from(last_but_one) << 16 | u64::from(last) << 8 | u64::from(next), u64::from(own));
            let (before, after) = analysis.flags_around(at);
            self.tokens.push(Token {
                label,
                runner_up,
                doubt,
                shape: own,
                marks: analysis.marks(at),
                symbol: (analysis.symbol(at) >> 32) as u32,
                before,
                after,
                run: run.min(usize::from(u16::MAX)) as u16,
                context: (context >> 32) as u32,
            });
            if (shape::STOP..=shape::OTHER).contains(&own) {
                (last_but_one, last) = (last, own);
            }
        }
    }

    /// The labels of the draft, as bits.
    fn labels_of(runs: &[Run]) -> u64 {
        runs.iter().fold(0, |set, run| set | 1 << run.label)
    }

    fn run_label(&self, at: usize) -> u64 {
        u64::from(self.runs.get(at).map_or(EDGE, |run| run.label))
    }

    /// The features of token `at` for the second pass; `style` is that of the other entries of the list.
    pub(super) fn features(&self, at: usize, style: Option<&Style>, out: &mut Features) {
        out.clear();
        self.neighbour_features(at, out);
        self.run_features(at, out);
        self.outline_features(at, out);
        if let Some(style) = style {
            style.features(self, at, out);
        }
    }

    fn neighbour_features(&self, at: usize, out: &mut Features) {
        let label = |at: usize| u64::from(self.tokens.get(at).map_or(EDGE, |token| token.label));
        let own = self.tokens[at];
        let y = u64::from(own.label);
        let (before, before2) = (label(at.wrapping_sub(1)), label(at.wrapping_sub(2)));
        let (next, next2) = (label(at + 1), label(at + 2));
        let (doubt, runner_up) = (u64::from(own.doubt), u64::from(own.runner_up));
        add(out, 1, y);
        add(out, 2, before << 8 | y);
        add(out, 3, y << 8 | next);
        add(out, 4, (before << 8 | y) << 8 | next);
        add(out, 5, (before2 << 8 | before) << 8 | y);
        add(out, 6, (y << 8 | next) << 8 | next2);
        add(out, 7, (y << 8 | runner_up) << 8 | doubt);
        add(out, 8, y << 8 | doubt);
        add(out, 9, (runner_up << 8 | doubt) << 8 | u64::from(coarse(own.shape)));
        add(out, 10, y << 8 | u64::from(own.shape));
        add(out, 11, mix(u64::from(own.symbol), y));
        add(out, 12, y << 32 | u64::from(own.before & 0xfff));
        add(out, 13, y << 32 | u64::from(own.after & 0xfff));
        let around = |at: usize| self.tokens.get(at).map_or(0, |token| token.doubt);
        let doubts = around(at.wrapping_sub(1)).max(around(at + 1));
        add(out, 14, (y << 8 | doubt) << 8 | u64::from(doubts));
    }

    fn run_features(&self, at: usize, out: &mut Features) {
        let own = self.tokens[at];
        let y = u64::from(own.label);
        let number = usize::from(own.run);
        let behind = if own.label == Label::Separator as u8 { number } else { number + 1 };
        let (previous, previous2) = (self.run_label(number.wrapping_sub(1)), self.run_label(number.wrapping_sub(2)));
        let (next, next2) = (self.run_label(behind), self.run_label(behind + 1));
        let separator = |at: usize| u64::from(self.runs.get(at).map_or(0, |run| run.separator));
        add(out, 20, (previous << 8 | y) << 8 | next);
        add(out, 21, (previous2 << 8 | previous) << 8 | y);
        add(out, 22, (y << 8 | next) << 8 | next2);
        add(out, 23, ((previous2 << 8 | previous) << 8 | y) << 8 | next);
        add(out, 24, mix(separator(number), previous << 8 | y));
        add(out, 25, mix(separator(behind), y << 8 | next));
        add(out, 26, y << 8 | (number as u64).min(12));
        add(out, 27, y << 8 | (self.runs.len() as u64).min(15));
        let Some(run) = self.runs.get(number).filter(|run| run.label == own.label) else { return };
        let length = u64::from((run.last - run.first + 1).ilog2());
        let place = u64::from(at as u32 == run.first) << 1 | u64::from(at as u32 == run.last);
        let count = self.runs.iter().filter(|other| other.label == own.label).count().min(3) as u64;
        add(out, 28, y << 8 | length);
        add(out, 29, (y << 8 | place) << 8 | u64::from(own.doubt));
        add(out, 30, (y << 8 | count) << 8 | u64::from(run.ordinal.min(3)));
    }

    fn outline_features(&self, at: usize, out: &mut Features) {
        let own = self.tokens[at];
        let y = u64::from(own.label);
        let number = usize::from(own.run);
        let behind = if own.label == Label::Separator as u8 { number } else { number + 1 };
        let before = Self::labels_of(&self.runs[..number.min(self.runs.len())]);
        let after = Self::labels_of(self.runs.get(behind..).unwrap_or_default());
        add(out, 40, mix(before & MAIN, y));
        add(out, 41, mix(after & MAIN, y));
        add(out, 42, mix((before | after) & MAIN, y));
        add(out, 43, mix((before | after) & KIND, y << 8 | u64::from(own.runner_up)));
        let twice =
            |label: Label| u64::from(self.runs.iter().filter(|run| run.label == label as u8).count().min(2) as u8);
        let counts = twice(Label::Title) << 4 | twice(Label::ContainerTitle) << 2 | twice(Label::Author);
        add(out, 44, (counts << 16 | ((before | after) & KIND)) << 8 | y);
    }
}

/// The labels that make the outline.
const MAIN: u64 = bit(Label::Author)
    | bit(Label::Editor)
    | bit(Label::Title)
    | bit(Label::ContainerTitle)
    | bit(Label::Issued)
    | bit(Label::Volume)
    | bit(Label::Issue)
    | bit(Label::Page)
    | bit(Label::Publisher)
    | bit(Label::PublisherPlace)
    | bit(Label::CollectionTitle)
    | bit(Label::Genre)
    | bit(Label::Url)
    | bit(Label::Role);

/// Those that tell what kind of thing is cited.
const KIND: u64 =
    bit(Label::Editor) | bit(Label::ContainerTitle) | bit(Label::Volume) | bit(Label::Page) | bit(Label::Publisher);

const fn bit(label: Label) -> u64 {
    1 << label as u64
}

/// Adds a feature of the second pass.
pub(super) fn add(out: &mut Features, template: u64, value: u64) {
    out.add_within(ROW_BITS, template, value);
}
