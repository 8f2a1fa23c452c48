//! Trains the second pass.
//!
//! What it learns from has to look like what it will meet: drafts of references that the first pass was not trained on, in lists of
//! any length. So the data is cut into two halves by list, a first pass is trained on each, and drafts the other; and in each
//! round, the lists are cut anew into stretches of random length, one in four a single reference.

use std::collections::BTreeMap;

use super::random::Random;
use super::trainer::Trainer;
use super::{Prepared, Report, TrainOptions, train_first};
use crate::parse::label::decode::LANES;
use crate::parse::label::draft::{Draft, ROWS};
use crate::parse::label::features::Features;
use crate::parse::label::model::{Model, Pass};
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
}

const STEPS: f32 = 256.0;

/// Trains the second pass on what a first pass makes of references that it has not seen.
pub(super) fn train(
    prepared: &[Prepared],
    options: &TrainOptions,
    max_bytes: usize,
    random: &mut Random,
    report: &mut Report<'_>,
) -> Pass {
    let mut lists: BTreeMap<&str, Vec<&Prepared>> = BTreeMap::new();
    for prepared in prepared {
        lists.entry(&prepared.list).or_default().push(prepared);
    }
    let mut lists: Vec<Vec<&Prepared>> = lists.into_values().collect();
    lists.iter_mut().for_each(|list| list.sort_by_key(|prepared| prepared.place));
    random.shuffle(&mut lists);
    let halves: [Vec<&Prepared>; 2] =
        [0, 1].map(|half| lists.iter().skip(half).step_by(2).flatten().copied().collect());
    let models = halves.each_ref().map(|half| {
        report.stage += 1;
        Model::from_parts("half", train_first(half, options, usize::MAX, random, report), None)
    });
    let mut scratch = Scratch::default();
    let drafted: Vec<Vec<Drafted<'_>>> = lists
        .iter()
        .zip([1, 0].into_iter().cycle())
        .map(|(list, other)| {
            list.iter().map(|prepared| drafted(prepared, &models[other], options, &mut scratch, random)).collect()
        })
        .collect();
    report.stage += 1;
    train_on(&drafted, options, max_bytes, random, report)
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
    Drafted { draft, scores, gold, weight: prepared.weight }
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

fn show(drafted: &Drafted<'_>, style: &mut Style, trainer: &mut Trainer, random: &mut Random) -> f64 {
    style.take_out(&drafted.draft);
    let mut features = Features::new();
    trainer.start(drafted.gold.len());
    for (at, scores) in drafted.scores.iter().enumerate() {
        let row = &mut trainer.lattice.emissions[at];
        row.iter_mut().zip(scores).for_each(|(slot, score)| *slot = f32::from(*score) / STEPS);
        drafted.draft.features(at, Some(style), &mut features);
        trainer.add(at, features.as_slice(), random);
    }
    style.put_back(&drafted.draft);
    trainer.learn(drafted.gold, drafted.weight)
}
