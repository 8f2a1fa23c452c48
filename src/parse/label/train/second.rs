//! Trains the second pass.
//!
//! What it learns from has to look like what it will meet: drafts of references that the first pass was not trained on, in lists of
//! any length. So the data is cut into parts by list, and each part is drafted by a first pass that was trained on the others; and in
//! each round, the lists are cut anew into stretches of random length, one in four a single reference.

use std::collections::BTreeMap;

use super::random::Random;
use super::trainer::Trainer;
use super::{Prepared, Report, TrainOptions, train_first};
use crate::parse::label::Label;
use crate::parse::label::calibration::Calibration;
use crate::parse::label::decode::{LANES, Lattice, Row, runs};
use crate::parse::label::draft::{Draft, ROWS};
use crate::parse::label::features::Features;
use crate::parse::label::model::{Confidence, Model, Pass};
use crate::parse::label::segments::{Scratch, draft};
use crate::parse::label::style::Style;

/// Longest list that is shown.
const LONGEST: f32 = 100.0;

/// A reference with its draft.
struct Drafted<'a> {
    /// Without scores; those are in `scores`, since there are millions.
    draft: Draft,
    /// Scores times [`STEPS`].
    scores: Vec<[i16; LANES]>,
    gold: &'a [u8],
    weight: f32,
    is_synthetic: bool,
}

const STEPS: f32 = 256.0;

/// Trains the second pass on what a first pass makes of references that it has not seen, and fits the confidence of both.
pub(super) fn train(
    prepared: &[Prepared],
    options: &TrainOptions,
    max_bytes: usize,
    random: &mut Random,
    report: &mut Report<'_>,
) -> (Pass, Confidence) {
    let mut lists: BTreeMap<&str, Vec<&Prepared>> = BTreeMap::new();
    for prepared in prepared {
        lists.entry(&prepared.list).or_default().push(prepared);
    }
    let mut lists: Vec<Vec<&Prepared>> = lists.into_values().collect();
    lists.iter_mut().for_each(|list| list.sort_by_key(|prepared| prepared.place));
    random.shuffle(&mut lists);
    let parts = options.parts.max(2);
    let drafting = TrainOptions { passes: options.passes.div_ceil(2), ..options.clone() };
    let models: Vec<Model> = (0..parts)
        .map(|part| {
            let others = lists.iter().enumerate().filter(|(at, _)| at % parts != part);
            let others: Vec<&Prepared> = others.flat_map(|(_, list)| list).copied().collect();
            report.stage += 1;
            let first = train_first(&others, &drafting, usize::MAX, random, report);
            Model::from_parts("part", first, None, Confidence::default())
        })
        .collect();
    let mut scratch = Scratch::default();
    let drafted: Vec<Vec<Drafted<'_>>> = lists
        .iter()
        .zip(models.iter().cycle())
        .map(|(list, model)| {
            list.iter().map(|prepared| drafted(prepared, model, options, &mut scratch, random)).collect()
        })
        .collect();
    report.stage += 1;
    let second = train_on(&drafted, options, max_bytes, random, report);
    let confidence = confidence(&drafted, &second, random);
    (second, confidence)
}

fn drafted<'a>(
    prepared: &'a Prepared,
    model: &Model,
    options: &TrainOptions,
    scratch: &mut Scratch,
    random: &mut Random,
) -> Drafted<'a> {
    let (entry, tokens, gold) = prepared.variant(options, random);
    let mut draft = draft(model, &entry, &tokens, scratch);
    let pack = |score: &f32| (score * STEPS).round() as i16;
    let scores = draft.emissions.iter().map(|row| std::array::from_fn(|label| pack(&row[label]))).collect();
    draft.emissions = Vec::new();
    Drafted { draft, scores, gold, weight: prepared.weight, is_synthetic: prepared.is_synthetic }
}

fn train_on(
    lists: &[Vec<Drafted<'_>>],
    options: &TrainOptions,
    max_bytes: usize,
    random: &mut Random,
    report: &mut Report<'_>,
) -> Pass {
    let mut trainer = Trainer::new(ROWS, options);
    let total = lists.iter().map(Vec::len).sum();
    for pass in 1..=options.second_passes {
        let mut stretches = cut(lists, random);
        random.shuffle(&mut stretches);
        let (mut done, mut sum) = (0, 0.0);
        for stretch in stretches {
            let mut style = Style::of(stretch.iter().map(|drafted| &drafted.draft));
            for drafted in stretch {
                sum += show(drafted, &mut style, &mut trainer, random);
                done += 1;
                report.tell(pass, options.second_passes, done, total, sum);
            }
        }
        if 2 * pass > options.second_passes {
            trainer.remember();
        }
    }
    trainer.finish(max_bytes)
}

/// Cuts lists into stretches of 1 to 100, short ones as often as long ones.
fn cut<'a, 'b>(lists: &'a [Vec<Drafted<'b>>], random: &mut Random) -> Vec<&'a [Drafted<'b>]> {
    let mut stretches = Vec::new();
    for list in lists {
        let mut rest = list.as_slice();
        while !rest.is_empty() {
            let share = random.below(1 << 20) as f32 / (1 << 20) as f32;
            let len = if random.below(4) == 0 { 1 } else { LONGEST.powf(share) as usize };
            let (stretch, tail) = rest.split_at(len.clamp(1, rest.len()));
            stretches.push(stretch);
            rest = tail;
        }
    }
    stretches
}

impl Drafted<'_> {
    /// Puts the scores of token `at` into a row of a lattice.
    fn unpack(&self, at: usize, row: &mut Row) {
        row.iter_mut().zip(&self.scores[at]).for_each(|(slot, score)| *slot = f32::from(*score) / STEPS);
    }

    /// Whether the main fields of this path are those of the gold.
    fn is_right(&self, path: &[u8]) -> bool {
        let main = |label: u8| Label::ALL.get(usize::from(label)).filter(|label| Label::MAIN.contains(label));
        self.gold.iter().zip(path).all(|(gold, found)| gold == found || main(*gold).is_none() && main(*found).is_none())
    }

    /// Whether the gold has a run of exactly these tokens.
    fn has_run(&self, label: u8, first: usize, last: usize) -> bool {
        let outside = |at: Option<&u8>| at != Some(&label);
        self.gold[first..=last].iter().all(|gold| *gold == label)
            && outside(first.checked_sub(1).and_then(|at| self.gold.get(at)))
            && outside(self.gold.get(last + 1))
    }
}

/// Fits the confidence to what both passes make of real references.
fn confidence(lists: &[Vec<Drafted<'_>>], second: &Pass, random: &mut Random) -> Confidence {
    let (mut fields, mut references) = (Vec::new(), Vec::new());
    let (mut lattice, mut features) = (Lattice::default(), Features::new());
    for stretch in cut(lists, random) {
        let mut style = Style::of(stretch.iter().map(|drafted| &drafted.draft));
        for drafted in stretch.iter().filter(|drafted| !drafted.is_synthetic) {
            style.take_out(&drafted.draft);
            lattice.reset(drafted.scores.len());
            for (at, row) in lattice.emissions.iter_mut().enumerate() {
                drafted.unpack(at, row);
                drafted.draft.features(at, Some(&style), &mut features);
                second.add(features.as_slice(), row);
            }
            style.put_back(&drafted.draft);
            lattice.solve(&second.transitions);
            let mut least = 1.0_f32;
            runs(&lattice, &second.transitions, |label, first, last, probability| {
                least = least.min(probability);
                fields.push((probability, drafted.has_run(label as u8, first, last)));
            });
            references.push((least, drafted.is_right(&lattice.path)));
        }
    }
    let field = Calibration::fit(fields);
    references.iter_mut().for_each(|(least, _)| *least = field.of(*least));
    Confidence { reference: Calibration::fit(references), field }
}

fn show(drafted: &Drafted<'_>, style: &mut Style, trainer: &mut Trainer, random: &mut Random) -> f64 {
    style.take_out(&drafted.draft);
    let mut features = Features::new();
    trainer.start(drafted.gold.len());
    for at in 0..drafted.scores.len() {
        drafted.unpack(at, &mut trainer.lattice.emissions[at]);
        drafted.draft.features(at, Some(style), &mut features);
        trainer.add(at, features.as_slice(), random);
    }
    style.put_back(&drafted.draft);
    trainer.learn(drafted.gold, drafted.weight)
}
