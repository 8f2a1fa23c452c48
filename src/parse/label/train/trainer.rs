//! Learns the weights of one pass.

use super::TrainOptions;
use super::quantize::quantize;
use super::random::Random;
use crate::parse::label::decode::{LABELS, LANES, Lattice, Row, Transitions};
use crate::parse::label::features::Feature;
use crate::parse::label::model::Pass;

/// Gradients smaller than this are not worth the time.
const SMALL: f32 = 2e-3;

/// Weights while they are learnt.
struct Weights {
    values: Vec<Row>,
    /// Sums of the squares of all gradients so far.
    squares: Vec<Row>,
    /// Sums of the values after the passes that are averaged.
    sums: Vec<Row>,
}

impl Weights {
    fn new(rows: usize) -> Self {
        let empty = || vec![[0.0; LANES]; rows];
        Self { values: empty(), squares: empty(), sums: empty() }
    }

    #[inline]
    fn climb(&mut self, row: usize, label: usize, gradient: f32, rate: f32) {
        let square = &mut self.squares[row][label];
        *square += gradient * gradient;
        self.values[row][label] += rate * gradient / (*square + 0.5).sqrt();
    }

    fn remember(&mut self) {
        for (sum, value) in self.sums.iter_mut().zip(&self.values) {
            sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += value);
        }
    }
}

/// A pass that is being trained.
pub(super) struct Trainer {
    rate: f32,
    dropout: f32,
    weights: Weights,
    table: Weights,
    remembered: u16,
    /// For each row the classes of features that are trained.
    classes: Vec<u16>,
    pub(super) lattice: Lattice,
    rows: Vec<u32>,
    ends: Vec<usize>,
}

impl Trainer {
    /// A pass whose weights are all zero. Every feature is trained unless a [`Counter`] says which.
    pub(super) fn new(rows: usize, options: &TrainOptions) -> Self {
        Self {
            rate: options.rate,
            dropout: options.dropout,
            weights: Weights::new(rows),
            table: Weights::new(LABELS + 2),
            remembered: 0,
            classes: vec![(1 << Feature::CLASSES) - 1; rows],
            lattice: Lattice::default(),
            rows: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Starts a reference of `len` tokens.
    pub(super) fn start(&mut self, len: usize) {
        self.lattice.reset(len);
        self.rows.clear();
        self.ends.clear();
    }

    /// Adds the features of the next token, some left out.
    pub(super) fn add(&mut self, at: usize, features: &[Feature], random: &mut Random) {
        let threshold = (self.dropout * 256.0) as u8;
        let first = self.rows.len();
        for eight in features.chunks(8) {
            let dice = random.next().to_le_bytes();
            for (feature, _) in eight.iter().zip(dice).filter(|(_, dice)| *dice >= threshold) {
                if self.classes[feature.row()] >> feature.class() & 1 != 0 {
                    self.rows.push(feature.row() as u32);
                }
            }
        }
        let emission = &mut self.lattice.emissions[at];
        for &row in &self.rows[first..] {
            emission.iter_mut().zip(&self.weights.values[row as usize]).for_each(|(sum, weight)| *sum += weight);
        }
        self.ends.push(self.rows.len());
    }

    /// Learns from the reference. Returns the log-likelihood of its labels before.
    pub(super) fn learn(&mut self, gold: &[u8], weight: f32) -> f64 {
        if gold.is_empty() {
            return 0.0;
        }
        let transitions = Transitions::new(&self.table.values);
        self.lattice.forward_backward(&transitions);
        let log_likelihood = self.score(gold) - self.lattice.log_sum();
        self.climb_rows(gold, weight);
        self.climb_table(gold, &transitions, weight);
        log_likelihood
    }

    /// The score of the right labels.
    fn score(&self, gold: &[u8]) -> f64 {
        let emissions: f32 =
            gold.iter().zip(&self.lattice.emissions).map(|(label, row)| row[usize::from(*label)]).sum();
        let table = &self.table.values;
        let pairs: f32 = gold.windows(2).map(|pair| table[usize::from(pair[0])][usize::from(pair[1])]).sum();
        let start = gold.first().map_or(0.0, |label| table[LABELS][usize::from(*label)]);
        let end = gold.last().map_or(0.0, |label| table[LABELS + 1][usize::from(*label)]);
        f64::from(emissions) + f64::from(pairs + start + end)
    }

    fn climb_rows(&mut self, gold: &[u8], weight: f32) {
        let mut first = 0;
        for (at, (&label, &end)) in gold.iter().zip(&self.ends).enumerate() {
            let mut gradient = self.lattice.marginals(at).map(|probability| -probability);
            gradient[usize::from(label)] += 1.0;
            let mut large = [(0, 0.0); LABELS];
            let mut count = 0;
            for (label, &slope) in gradient[..LABELS].iter().enumerate() {
                if slope.abs() > SMALL {
                    large[count] = (label, slope * weight);
                    count += 1;
                }
            }
            if count > 0 {
                for &row in &self.rows[first..end] {
                    for &(label, slope) in &large[..count] {
                        self.weights.climb(row as usize, label, slope, self.rate);
                    }
                }
            }
            first = end;
        }
    }

    fn climb_table(&mut self, gold: &[u8], transitions: &Transitions, weight: f32) {
        let mut gradient = vec![[0.0; LANES]; LABELS + 2];
        for at in 0..gold.len() - 1 {
            self.lattice.add_pairs(at, transitions, -1.0, &mut gradient);
            gradient[usize::from(gold[at])][usize::from(gold[at + 1])] += 1.0;
        }
        for (row, at) in [(LABELS, 0), (LABELS + 1, gold.len() - 1)] {
            let marginals = self.lattice.marginals(at);
            gradient[row].iter_mut().zip(&marginals).for_each(|(slope, probability)| *slope -= probability);
            gradient[row][usize::from(gold[at])] += 1.0;
        }
        for (row, slopes) in gradient.iter().enumerate() {
            for (label, &slope) in slopes[..LABELS].iter().enumerate() {
                if slope.abs() > 1e-5 {
                    self.table.climb(row, label, slope * weight, self.rate);
                }
            }
        }
    }

    /// Takes the weights as they are into the average.
    pub(super) fn remember(&mut self) {
        self.remembered += 1;
        self.weights.remember();
        self.table.remember();
    }

    /// The averaged weights, as bytes.
    pub(super) fn finish(self, max_bytes: usize) -> Pass {
        let share = 1.0 / f32::from(self.remembered.max(1));
        let (mut rows, mut table) = (self.weights.sums, self.table.sums);
        // All features are there in use, where in training some were left out.
        let scale = (1.0 - self.dropout) * share;
        rows.iter_mut().flatten().for_each(|weight| *weight *= scale);
        table.iter_mut().flatten().for_each(|weight| *weight *= share);
        Pass::new(table, quantize(&rows, &self.classes, max_bytes))
    }
}

/// Counts features, to train only those that come often enough.
pub(super) struct Counter {
    counts: Vec<u8>,
    least: u8,
}

/// Bits of a feature by which it is counted.
const COUNTED_BITS: u32 = 26;

impl Counter {
    /// From here on, `trainer` trains only what the counter finds.
    pub(super) fn new(least: u8, trainer: &mut Trainer) -> Self {
        trainer.classes.fill(0);
        Self { counts: vec![0; 1 << COUNTED_BITS], least }
    }

    pub(super) fn count(&mut self, features: &[Feature], trainer: &mut Trainer) {
        for &feature in features {
            let count = &mut self.counts[(feature.0 >> (32 - COUNTED_BITS)) as usize];
            *count = count.saturating_add(1);
            if *count >= self.least {
                trainer.classes[feature.row()] |= 1 << feature.class();
            }
        }
    }
}
