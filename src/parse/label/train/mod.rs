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
//! The second pass learns from what the first makes of references that it was *not* trained on: each part of the data is labelled by
//! a model of the other parts ([`second`]). Else it would learn to trust a first pass that knows all answers. The confidence of
//! fields and references is fitted to the same drafts, for the same reason.
//!
//! Same seed, same data, same order: same model, bit for bit. Nothing here depends on time, threads or the order of a hash map.

mod examples;
mod gold;
mod quantize;
mod random;
mod second;
mod trainer;

use std::borrow::Cow;

use super::decode::LABELS;
use super::features::{Analysis, Features, ROWS};
use super::lexicon::Lexicon;
use super::model::{Confidence, Model, Pass};
use crate::parse::entries::Entry;
use crate::parse::tokens::{Token, tokenize};

pub use examples::{Example, read_json_lines, read_xml};
pub use gold::trim;
use random::Random;
use trainer::Trainer;

/// What is set for a training.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TrainOptions {
    /// Seed of everything random.
    pub seed: u64,
    /// How often each reference is shown; in the training of those who draft for the second pass half as often.
    pub passes: usize,
    /// How often each reference is shown in the training of the second pass; 0 for a model without one.
    pub second_passes: usize,
    /// Into how many parts the data is cut for the training of the second pass: each is drafted by a model of the others. At least 2.
    pub parts: usize,
    /// Learning rate.
    pub rate: f32,
    /// Share of the features that are left out.
    pub dropout: f32,
    /// Share of the references with marks that are shown without.
    pub mark_dropout: f32,
    /// Weight of a reference whose source is "synthetic" or begins with "synthetic-", beside 1 for a real one.
    pub synthetic_weight: f32,
    /// Most synthetic references of one source; which ones is decided by the seed.
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
            passes: 10,
            second_passes: 6,
            parts: 4,
            rate: 0.06,
            dropout: 0.4,
            mark_dropout: 0.5,
            synthetic_weight: 0.15,
            max_synthetic: 40_000,
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
    /// Which of the `stages` runs, from 1: the first pass, and for the second one for each part of the data, and itself.
    pub stage: usize,
    /// Trainings in all.
    pub stages: usize,
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
    let selected = select(examples, options, &mut random);
    let prepared: Vec<Prepared> = selected.into_iter().map(|(at, example)| prepare(at, example, options)).collect();
    let mut report =
        Report { stage: 1, stages: if options.second_passes == 0 { 1 } else { 2 + options.parts.max(2) }, progress };
    let all: Vec<&Prepared> = prepared.iter().collect();
    // The second pass may take a fifth of the file.
    let share = if options.second_passes == 0 { 0 } else { options.max_bytes / 5 };
    let fixed = 64 + options.name.len() + 8 * LABELS * (LABELS + 2);
    let room = options.max_bytes.saturating_sub(share + fixed);
    let first = train_first(&all, options, room, &mut random, &mut report);
    if options.second_passes == 0 {
        return Model::from_parts(&options.name, first, None, Confidence::default());
    }
    let (second, confidence) = second::train(&prepared, options, share, &mut random, &mut report);
    Model::from_parts(&options.name, first, Some(second), confidence)
}

/// Tells how far it is.
struct Report<'a> {
    stage: usize,
    stages: usize,
    progress: &'a mut dyn FnMut(Progress),
}

impl Report<'_> {
    fn tell(&mut self, pass: usize, passes: usize, done: usize, total: usize, sum: f64) {
        if done.is_multiple_of(512) || done == total {
            let log_likelihood = sum / done.max(1) as f64;
            let (stage, stages) = (self.stage, self.stages);
            (self.progress)(Progress { stage, stages, pass, passes, done, total, log_likelihood });
        }
    }
}

/// Trains the first pass.
fn train_first(
    prepared: &[&Prepared],
    options: &TrainOptions,
    max_bytes: usize,
    random: &mut Random,
    report: &mut Report<'_>,
) -> Pass {
    let mut trainer = Trainer::new(ROWS, options);
    let mut analysis = Analysis::default();
    count(prepared, options, &mut analysis, &mut trainer);
    let mut order: Vec<usize> = (0..prepared.len()).collect();
    for pass in 1..=options.passes {
        random.shuffle(&mut order);
        let mut sum = 0.0;
        for (done, &at) in order.iter().enumerate() {
            sum += show(prepared[at], options, &mut analysis, &mut trainer, random);
            report.tell(pass, options.passes, done + 1, order.len(), sum);
        }
        if 2 * pass > options.passes {
            trainer.remember();
        }
    }
    trainer.finish(max_bytes)
}

/// Finds the features that come often enough.
fn count(prepared: &[&Prepared], options: &TrainOptions, analysis: &mut Analysis, trainer: &mut Trainer) {
    let mut counter = trainer::Counter::new(options.min_count, trainer);
    let mut features = Features::new();
    for (entry, tokens, _) in prepared.iter().filter_map(|prepared| prepared.variants.first()) {
        analysis.analyse(entry, tokens, Lexicon::embedded());
        for at in 0..tokens.len() {
            analysis.features(at, &mut features);
            counter.count(features.as_slice(), trainer);
        }
    }
}

/// Shows one reference. Returns the log-likelihood of its labels before.
fn show(
    prepared: &Prepared,
    options: &TrainOptions,
    analysis: &mut Analysis,
    trainer: &mut Trainer,
    random: &mut Random,
) -> f64 {
    let (entry, tokens, gold) = prepared.variant(options, random);
    analysis.analyse(&entry, &tokens, Lexicon::embedded());
    let mut features = Features::new();
    trainer.start(tokens.len());
    for at in 0..tokens.len() {
        analysis.features(at, &mut features);
        trainer.add(at, features.as_slice(), random);
    }
    trainer.learn(gold, prepared.weight)
}

/// The examples that the options leave, with their places.
fn select<'a>(examples: &'a [Example], options: &TrainOptions, random: &mut Random) -> Vec<(usize, &'a Example)> {
    let excluded = |example: &Example| options.exclude.iter().any(|source| example.source.starts_with(source.as_str()));
    let mut kept: Vec<(usize, &Example)> =
        examples.iter().enumerate().filter(|(_, example)| !excluded(example)).collect();
    random.shuffle(&mut kept);
    let mut groups = std::collections::BTreeMap::new();
    kept.retain(|(_, example)| {
        let (group, most) = if example.is_synthetic() {
            ("", options.max_synthetic)
        } else {
            (example.group.as_str(), options.max_per_group)
        };
        let count: &mut usize = groups.entry((example.source.as_str(), group)).or_default();
        *count += 1;
        *count <= most
    });
    kept
}

/// An example as it is shown.
struct Prepared {
    /// As printed, and without the label in front.
    variants: Vec<(Entry, Vec<Token>, Vec<u8>)>,
    weight: f32,
    is_synthetic: bool,
    /// Source and group: the list that it is from.
    list: String,
    /// Its place among all examples.
    place: usize,
}

impl Prepared {
    /// The reference with or without its label, and with or without its marks.
    fn variant(&self, options: &TrainOptions, random: &mut Random) -> (Cow<'_, Entry>, Cow<'_, [Token]>, &[u8]) {
        let (entry, tokens, gold) = &self.variants[random.below(self.variants.len())];
        if entry.marks_known && random.chance(options.mark_dropout) {
            let plain = Entry { marks: Vec::new(), marks_known: false, ..entry.clone() };
            let tokens = tokenize(&plain);
            return (Cow::Owned(plain), Cow::Owned(tokens), gold);
        }
        (Cow::Borrowed(entry), Cow::Borrowed(tokens), gold)
    }
}

fn prepare(place: usize, example: &Example, options: &TrainOptions) -> Prepared {
    let variant = |example: &Example| {
        let tokens = tokenize(&example.entry);
        let labels = gold::labels(example, &tokens);
        (example.entry.clone(), tokens, labels)
    };
    let mut variants = vec![variant(example)];
    variants.extend(example.without_label().as_ref().map(variant));
    let weight = example.weight * if example.is_synthetic() { options.synthetic_weight } else { 1.0 };
    let is_synthetic = example.is_synthetic();
    Prepared { variants, weight, is_synthetic, list: format!("{}/{}", example.source, example.group), place }
}

#[cfg(test)]
mod tests;
