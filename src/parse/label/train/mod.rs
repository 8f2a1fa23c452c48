//! Trains a [`Model`] from labelled references (feature `train`).
//!
//! Plain stochastic gradient ascent on the likelihood of the labels, one reference at a time, with AdaGrad's step sizes. What makes
//! it generalise:
//!
//! - **a low rate**: a high one learns the training set by heart;
//! - **feature dropout**: each feature of each token is left out at random, so that none is relied on alone; the weights are scaled
//!   back at the end;
//! - **mark dropout**: half of the references with italics are shown without, so that one model serves plain text too;
//! - **averaging** the weights after each of the later passes.
//!
//! Same seed, same data, same order: same model, bit for bit. Nothing here depends on time, threads or the order of a hash map.

mod examples;
mod gold;
mod quantize;
mod random;

use super::decode::{LABELS, LANES, Lattice, Row, Transitions};
use super::features::{Analysis, Feature, Features, ROWS};
use super::lexicon::Lexicon;
use super::model::Model;
use crate::parse::entries::Entry;
use crate::parse::tokens::{Token, tokenize};

pub use examples::{Example, read_json_lines, read_xml};
pub use gold::trim;
use random::Random;

/// What is set for a training.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TrainOptions {
    /// Seed of everything random.
    pub seed: u64,
    /// How often each reference is shown.
    pub passes: usize,
    /// Learning rate.
    pub rate: f32,
    /// Share of the features that are left out.
    pub dropout: f32,
    /// Share of the references with marks that are shown without.
    pub mark_dropout: f32,
    /// Weight of a reference of the source "synthetic", beside 1 for a real one.
    pub synthetic_weight: f32,
    /// Most synthetic references; which ones is decided by the seed.
    pub max_synthetic: usize,
    /// Most references of one group (journal, document) of one source.
    pub max_per_group: usize,
    /// Features that come less often than this in the training data are left out.
    pub min_count: u8,
    /// Sources that are left out, with all whose name starts so: "anystyle" leaves out "anystyle-core".
    pub exclude: Vec<String>,
    /// Most bytes of the model's file; the smallest weights are dropped to keep to it.
    pub max_bytes: usize,
    /// Name in the model's version.
    pub name: String,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            seed: 1,
            passes: 8,
            rate: 0.04,
            dropout: 0.4,
            mark_dropout: 0.5,
            synthetic_weight: 0.15,
            max_synthetic: 60_000,
            max_per_group: 150,
            min_count: 10,
            exclude: Vec::new(),
            max_bytes: 5_000_000,
            name: "0".to_owned(),
        }
    }
}

/// How far a training is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// The pass that runs, from 1.
    pub pass: usize,
    /// Passes in all.
    pub passes: usize,
    /// References shown in this pass.
    pub done: usize,
    /// References of a pass.
    pub total: usize,
    /// Mean log-likelihood of a reference in this pass so far, under dropout.
    pub log_likelihood: f64,
}

/// Trains a model.
///
/// `progress` is called every few hundred references and at the end of each pass.
#[must_use]
pub fn train(examples: &[Example], options: &TrainOptions, progress: &mut dyn FnMut(Progress)) -> Model {
    let mut random = Random::new(options.seed);
    let prepared: Vec<Prepared> =
        select(examples, options, &mut random).into_iter().map(|example| prepare(example, options)).collect();
    let mut trainer = Trainer::new(options);
    trainer.count(&prepared);
    let mut order: Vec<usize> = (0..prepared.len()).collect();
    for pass in 1..=options.passes {
        random.shuffle(&mut order);
        let mut log_likelihood = 0.0;
        for (done, &at) in order.iter().enumerate() {
            log_likelihood += trainer.show(&prepared[at], &mut random);
            if done % 512 == 511 || done + 1 == order.len() {
                let done = done + 1;
                let log_likelihood = log_likelihood / done as f64;
                progress(Progress { pass, passes: options.passes, done, total: order.len(), log_likelihood });
            }
        }
        if 2 * pass > options.passes {
            trainer.remember();
        }
    }
    trainer.finish(options)
}

/// The examples that the options leave.
fn select<'a>(examples: &'a [Example], options: &TrainOptions, random: &mut Random) -> Vec<&'a Example> {
    let excluded = |example: &Example| options.exclude.iter().any(|source| example.source.starts_with(source.as_str()));
    let mut kept: Vec<&Example> = examples.iter().filter(|example| !excluded(example)).collect();
    random.shuffle(&mut kept);
    let mut groups = std::collections::BTreeMap::new();
    let mut synthetic = 0;
    kept.retain(|example| {
        if example.is_synthetic() {
            synthetic += 1;
            return synthetic <= options.max_synthetic;
        }
        let count: &mut usize = groups.entry((&example.source, &example.group)).or_default();
        *count += 1;
        *count <= options.max_per_group
    });
    kept
}

/// An example as it is shown.
struct Prepared {
    /// As printed, and without the label in front.
    variants: Vec<(Entry, Vec<Token>, Vec<u8>)>,
    weight: f32,
}

fn prepare(example: &Example, options: &TrainOptions) -> Prepared {
    let variant = |example: &Example| {
        let tokens = tokenize(&example.entry);
        let labels = gold::labels(example, &tokens);
        (example.entry.clone(), tokens, labels)
    };
    let mut variants = vec![variant(example)];
    variants.extend(example.without_label().as_ref().map(variant));
    let weight = example.weight * if example.is_synthetic() { options.synthetic_weight } else { 1.0 };
    Prepared { variants, weight }
}

/// Weights while they are learnt.
struct Weights {
    values: Vec<Row>,
    /// Sums of the squares of all gradients so far.
    squares: Vec<Row>,
}

impl Weights {
    fn new(rows: usize) -> Self {
        Self { values: vec![[0.0; LANES]; rows], squares: vec![[0.0; LANES]; rows] }
    }

    #[inline]
    fn climb(&mut self, row: usize, label: usize, gradient: f32, rate: f32) {
        let square = &mut self.squares[row][label];
        *square += gradient * gradient;
        self.values[row][label] += rate * gradient / (*square + 0.5).sqrt();
    }
}

/// Gradients smaller than this are not worth the time.
const SMALL: f32 = 2e-3;

struct Trainer<'a> {
    options: &'a TrainOptions,
    weights: Weights,
    table: Weights,
    /// Sums over the passes that are averaged.
    sums: Vec<Row>,
    table_sums: Vec<Row>,
    remembered: u16,
    /// For each row the classes of features that come often enough.
    classes: Vec<u16>,
    analysis: Analysis,
    lattice: Lattice,
    rows: Vec<u32>,
    ends: Vec<usize>,
}

/// Bits of a feature by which it is counted.
const COUNTED_BITS: u32 = 26;

impl<'a> Trainer<'a> {
    fn new(options: &'a TrainOptions) -> Self {
        Self {
            options,
            weights: Weights::new(ROWS),
            table: Weights::new(LABELS + 2),
            sums: vec![[0.0; LANES]; ROWS],
            table_sums: vec![[0.0; LANES]; LABELS + 2],
            remembered: 0,
            classes: vec![0; ROWS],
            analysis: Analysis::default(),
            lattice: Lattice::default(),
            rows: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Finds the features that come often enough.
    fn count(&mut self, prepared: &[Prepared]) {
        let mut counts = vec![0_u8; 1 << COUNTED_BITS];
        let mut features = Features::new();
        for (entry, tokens, _) in prepared.iter().filter_map(|prepared| prepared.variants.first()) {
            self.analysis.analyse(entry, tokens, Lexicon::embedded());
            for at in 0..tokens.len() {
                self.analysis.features(at, &mut features);
                for &feature in features.as_slice() {
                    let count = &mut counts[(feature.0 >> (32 - COUNTED_BITS)) as usize];
                    *count = count.saturating_add(1);
                    if *count >= self.options.min_count {
                        self.classes[feature.row()] |= 1 << feature.class();
                    }
                }
            }
        }
    }

    fn is_trained(&self, feature: Feature) -> bool {
        self.classes[feature.row()] >> feature.class() & 1 != 0
    }

    /// Shows one reference and learns from it. Returns the log-likelihood of its labels before.
    fn show(&mut self, prepared: &Prepared, random: &mut Random) -> f64 {
        let (entry, tokens, gold) = &prepared.variants[random.below(prepared.variants.len())];
        if tokens.is_empty() {
            return 0.0;
        }
        if entry.marks_known && random.chance(self.options.mark_dropout) {
            let mut plain = entry.clone();
            plain.marks.clear();
            plain.marks_known = false;
            let tokens = tokenize(&plain);
            self.gather(&plain, &tokens, random);
        } else {
            self.gather(entry, tokens, random);
        }
        let transitions = Transitions::new(&self.table.values);
        self.lattice.forward_backward(&transitions);
        let log_sum = self.lattice.log_sum();
        let score = self.score(gold);
        self.climb_rows(gold, prepared.weight);
        self.climb_table(gold, &transitions, prepared.weight);
        score - log_sum
    }

    /// Finds the rows of all tokens, some left out, and adds up their weights.
    fn gather(&mut self, entry: &Entry, tokens: &[Token], random: &mut Random) {
        self.analysis.analyse(entry, tokens, Lexicon::embedded());
        self.lattice.reset(tokens.len());
        self.rows.clear();
        self.ends.clear();
        let mut features = Features::new();
        let threshold = (self.options.dropout * 256.0) as u8;
        for at in 0..tokens.len() {
            self.analysis.features(at, &mut features);
            let first = self.rows.len();
            for eight in features.as_slice().chunks(8) {
                let dice = random.next().to_le_bytes();
                let kept = eight.iter().zip(dice).filter(|(_, dice)| *dice >= threshold).map(|(feature, _)| *feature);
                for feature in kept {
                    if self.is_trained(feature) {
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
        let rate = self.options.rate;
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
                        self.weights.climb(row as usize, label, slope, rate);
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
                    self.table.climb(row, label, slope * weight, self.options.rate);
                }
            }
        }
    }

    /// Takes the weights as they are into the average.
    fn remember(&mut self) {
        self.remembered += 1;
        for (sums, values) in [(&mut self.sums, &self.weights.values), (&mut self.table_sums, &self.table.values)] {
            for (sum, value) in sums.iter_mut().zip(values) {
                sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += value);
            }
        }
    }

    fn finish(mut self, options: &TrainOptions) -> Model {
        let count = f32::from(self.remembered.max(1));
        // All features are there in use, where in training some were left out.
        let scale = (1.0 - options.dropout) / count;
        self.sums.iter_mut().flatten().for_each(|weight| *weight *= scale);
        self.table_sums.iter_mut().flatten().for_each(|weight| *weight /= count);
        let fixed = 64 + options.name.len() + 4 * LABELS * (LABELS + 2);
        let weights = quantize::quantize(&self.sums, &self.classes, options.max_bytes.saturating_sub(fixed));
        Model::from_parts(&options.name, self.table_sums, weights)
    }
}

#[cfg(test)]
mod tests;
