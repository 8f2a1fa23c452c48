//! Trains the finder's weights from documents whose references are known.
//!
//! A conditional random field by stochastic gradient with a rate of its own for every weight (`AdaGrad`), a little decay, and dropout
//! of features, without which a few strong observations (a heading, a label) would carry everything and the rest nothing. The order of
//! documents is shuffled by a fixed generator: same in, same out.

use super::crf::{self, STATES, State, Weights};
use super::features::Evidence;
use crate::document::Document;
use crate::span::Span;

/// One document to learn from: where its references stand, in bytes of its text, and how much it counts.
#[derive(Debug)]
pub struct Sample {
    /// The document.
    pub document: Document,
    /// The references, sorted, not overlapping.
    pub references: Vec<Span>,
    /// How much it counts beside the others; 1 is usual.
    pub weight: f32,
}

/// How to train.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct TrainOptions {
    /// How often every document is seen.
    pub passes: usize,
    /// The rate of the steps.
    pub rate: f32,
    /// The share of features left out each time.
    pub dropout: f32,
    /// How fast weights decay towards zero.
    pub decay: f32,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self { passes: 14, rate: 0.08, dropout: 0.25, decay: 2e-5 }
    }
}

/// The weights in the form of `finder.bin`: the mean of several runs, so that a line on the edge does not hang on the order of documents.
#[must_use]
pub fn train(samples: &[Sample], options: TrainOptions) -> Vec<u8> {
    const SEEDS: [u64; 4] =
        [0x9E37_79B9_7F4A_7C15, 0x0123_4567_89AB_CDEF, 0x5DEE_CE66_D1CE_4E5B, 0x2545_F491_4F6C_DD1D];
    let prepared: Vec<Prepared> = samples.iter().map(prepare).collect();
    let mut mean = Weights::zero();
    for seed in SEEDS {
        #[expect(clippy::cast_precision_loss, reason = "a handful of runs")]
        add(&mut mean, &run(&prepared, options, seed), 1.0 / SEEDS.len() as f32);
    }
    mean.to_bytes()
}

/// One run over all documents; the weights are the mean of its second half.
fn run(samples: &[Prepared], options: TrainOptions, seed: u64) -> Weights {
    let mut trainer = Trainer { weights: Weights::zero(), squares: Weights::zero(), options, random: seed };
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut average = Weights::zero();
    let averaged = options.passes.div_ceil(2);
    for pass in 0..options.passes {
        for at in (1..order.len()).rev() {
            let other = trainer.next_random() as usize % (at + 1);
            order.swap(at, other);
        }
        for &index in &order {
            trainer.step(&samples[index]);
        }
        if pass + averaged >= options.passes {
            #[expect(clippy::cast_precision_loss, reason = "a handful of passes")]
            add(&mut average, &trainer.weights, 1.0 / averaged as f32);
        }
    }
    // With dropout, each weight was learnt in the presence of a part of the others.
    for value in average.emit.iter_mut().flatten() {
        *value *= 1.0 - options.dropout;
    }
    average
}

fn add(sum: &mut Weights, other: &Weights, factor: f32) {
    for (sum, value) in sum.emit.iter_mut().flatten().zip(other.emit.iter().flatten()) {
        *sum += value * factor;
    }
    for (sum, value) in sum.step.iter_mut().flatten().zip(other.step.iter().flatten()) {
        *sum += value * factor;
    }
}

struct Prepared {
    evidence: Vec<Evidence>,
    allowed: Vec<crf::Allowed>,
    gold: Vec<State>,
    weight: f32,
}

fn prepare(sample: &Sample) -> Prepared {
    let (lines, evidence) = super::open::without_asides(&sample.document, super::lines::lines(&sample.document));
    let allowed = super::open::allowed(&sample.document, &lines, &evidence);
    let mut gold = vec![State::Body; lines.len()];
    let mut references = sample.references.iter().peekable();
    for (line, gold) in lines.iter().zip(&mut gold) {
        let span = line.span();
        while references.peek().is_some_and(|reference| reference.end <= span.start) {
            references.next();
        }
        let Some(reference) = references.peek() else { break };
        if reference.start < span.end {
            let starts = reference.start >= span.start
                || references.clone().nth(1).is_some_and(|next| next.start < span.end && next.start < span.start + 8);
            *gold = if starts { State::Start } else { State::Inside };
        }
    }
    mark_furniture(&mut gold);
    for (gold, allowed) in gold.iter_mut().zip(&allowed) {
        if !allowed.0[*gold as usize] {
            *gold = crf::ALL.into_iter().find(|&state| allowed.0[state as usize]).unwrap_or(State::Body);
        }
    }
    repair(&mut gold);
    Prepared { evidence, allowed, gold, weight: sample.weight }
}

/// Up to three lines of body between two lines of one list are furniture.
fn mark_furniture(gold: &mut [State]) {
    let mut last = None;
    for at in 0..gold.len() {
        if gold[at] == State::Body {
            continue;
        }
        if let Some(last) = last
            && at - last > 1
            && at - last <= 4
        {
            gold[last + 1..at].fill(State::Furniture);
        }
        last = Some(at);
    }
}

/// No line is inside a list that has not begun.
fn repair(gold: &mut [State]) {
    let mut before = State::Body;
    for state in gold {
        if before == State::Body && matches!(state, State::Inside | State::Furniture) {
            *state = State::Start;
        }
        before = *state;
    }
}

struct Trainer {
    weights: Weights,
    squares: Weights,
    options: TrainOptions,
    random: u64,
}

impl Trainer {
    fn next_random(&mut self) -> u32 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 32) as u32
    }

    /// One step on a document, in pieces: a thesis would else be one huge step.
    fn step(&mut self, sample: &Prepared) {
        const PIECE: usize = 400;
        let mut from = 0;
        while from < sample.gold.len() {
            let mut to = (from + PIECE).min(sample.gold.len());
            // A piece ends where a body line or a start follows.
            while to < sample.gold.len() && matches!(sample.gold[to], State::Inside | State::Furniture) {
                to += 1;
            }
            self.piece(sample, from, to);
            from = to;
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "the random number has 32 bits")]
    fn piece(&mut self, sample: &Prepared, from: usize, to: usize) {
        let dropped = (self.options.dropout * u32::MAX as f32) as u32;
        let mut lists: Vec<Vec<usize>> = Vec::with_capacity(to - from);
        for at in from..to {
            let mut list = Vec::with_capacity(80);
            crf::features(&sample.evidence, at, &mut |feature| list.push(feature));
            list.retain(|_| self.next_random() >= dropped);
            lists.push(list);
        }
        let emissions: Vec<[f32; STATES]> = lists
            .iter()
            .zip(from..to)
            .map(|(list, at)| {
                let mut sum = [0.0; STATES];
                for &feature in list {
                    for (sum, weight) in sum.iter_mut().zip(&self.weights.emit[feature]) {
                        *sum += weight;
                    }
                }
                for (sum, allowed) in sum.iter_mut().zip(sample.allowed[at].0) {
                    if !allowed {
                        *sum = -1.0e6;
                    }
                }
                sum
            })
            .collect();
        let mut expected = [[0.0f32; STATES]; STATES];
        let margins = crf::marginals(&self.weights, &emissions, |from, to, share| expected[from][to] += share);
        for at in from + 1..to {
            expected[sample.gold[at - 1] as usize][sample.gold[at] as usize] -= 1.0;
        }
        for (row, line) in expected.iter().enumerate() {
            for (column, gradient) in line.iter().enumerate() {
                let gradient = gradient * sample.weight;
                update(
                    &mut self.weights.step[row][column],
                    &mut self.squares.step[row][column],
                    gradient,
                    self.options,
                );
            }
        }
        for ((list, margin), &gold) in lists.iter().zip(&margins).zip(&sample.gold[from..to]) {
            for (state, share) in margin.iter().enumerate() {
                let gradient = (share - f32::from(gold as usize == state)) * sample.weight;
                if gradient.abs() < 1e-4 {
                    continue;
                }
                for &feature in list {
                    let weight = &mut self.weights.emit[feature][state];
                    update(weight, &mut self.squares.emit[feature][state], gradient, self.options);
                }
            }
        }
    }
}

fn update(weight: &mut f32, square: &mut f32, gradient: f32, options: TrainOptions) {
    let gradient = gradient + options.decay * *weight;
    *square += gradient * gradient;
    *weight -= options.rate * gradient / (*square + 0.5).sqrt();
}
