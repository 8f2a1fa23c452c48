//! From scores to labels: the linear chain.
//!
//! Each token has a score a label (its "emission", the sum of its features' weights), and each pair of neighbouring labels has one.
//! The best sequence is found by Viterbi's algorithm; how sure it is, by the forward-backward algorithm, which sums over all
//! sequences. Both leave out labels that have no chance at a token, which changes nothing that can be seen and makes the
//! cost a token a few dozen vector operations instead of 45 × 45.
//!
//! All arithmetic is plain multiplication and addition of `f32` in a fixed order, the exponential included, so that every machine
//! gives the same answer.

use std::ops::Range;

use super::Label;

/// Labels, padded so that a row of scores fills whole vector registers.
pub(crate) const LANES: usize = 48;

/// Number of labels.
pub(crate) const LABELS: usize = Label::ALL.len();

/// A score for each label.
pub(crate) type Row = [f32; LANES];

/// Probabilities below this are taken for nothing when the sums are made.
const NEGLIGIBLE: f32 = 1e-5;

/// Labels less probable than this are not tried in the search for the best sequence.
const UNLIKELY: f32 = 3e-4;

/// The score that padding has.
const IMPOSSIBLE: f32 = -1e4;

/// Scores of neighbouring labels, of a first and of a last label.
#[derive(Debug, Clone)]
pub(crate) struct Transitions {
    /// `[from][to]`.
    scores: Vec<Row>,
    start: Row,
    end: Row,
    /// The same, exponentiated; `reverse` is `[to][from]`.
    forward: Vec<Row>,
    reverse: Vec<Row>,
    start_exp: Row,
    end_exp: Row,
}

impl Transitions {
    /// From `[from][to]` with the start and the end as two more rows.
    pub(crate) fn new(table: &[Row]) -> Self {
        let mut scores = vec![[IMPOSSIBLE; LANES]; LANES];
        let mut edges = [[IMPOSSIBLE; LANES]; 2];
        for (slot, row) in scores.iter_mut().zip(&table[..LABELS]) {
            slot[..LABELS].copy_from_slice(&row[..LABELS]);
        }
        for (slot, row) in edges.iter_mut().zip(&table[LABELS..]) {
            slot[..LABELS].copy_from_slice(&row[..LABELS]);
        }
        let forward: Vec<Row> = scores.iter().map(|row| row.map(exp)).collect();
        let mut reverse = vec![[0.0; LANES]; LANES];
        for (from, row) in forward.iter().enumerate() {
            for (to, value) in row.iter().enumerate() {
                reverse[to][from] = *value;
            }
        }
        Self {
            scores,
            start: edges[0],
            end: edges[1],
            forward,
            reverse,
            start_exp: edges[0].map(exp),
            end_exp: edges[1].map(exp),
        }
    }
}

/// The tokens of one entry with their scores, and what is computed from them. Reused from entry to entry.
#[derive(Debug, Default)]
pub(crate) struct Lattice {
    pub(crate) emissions: Vec<Row>,
    /// Exponentials of the emissions, less the greatest.
    weights: Vec<Row>,
    /// Probability of each label given the tokens up to here.
    alpha: Vec<Row>,
    /// What the tokens behind here make of each label, so that `alpha · beta` is the label's probability.
    beta: Vec<Row>,
    /// What `alpha` was divided by.
    norms: Vec<f32>,
    candidates: Vec<Candidate>,
    pub(crate) path: Vec<u8>,
}

/// A label that a token may have, the score of the best sequence up to it, and the candidate that it comes from.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    label: u8,
    score: f32,
    from: u32,
}

impl Lattice {
    /// Makes room for the emissions of `len` tokens.
    pub(crate) fn reset(&mut self, len: usize) {
        self.emissions.clear();
        self.emissions.resize(len, [0.0; LANES]);
    }

    /// Computes all probabilities and the best sequence from the emissions.
    pub(crate) fn solve(&mut self, transitions: &Transitions) {
        self.forward_backward(transitions);
        self.best_path(transitions);
    }

    /// Finds the best sequence of labels, and leaves it in `path`; needs [`Lattice::forward_backward`].
    ///
    /// Only labels of some probability are tried: a label of the best sequence is at least as probable as the sequence.
    pub(crate) fn best_path(&mut self, transitions: &Transitions) {
        self.candidates.clear();
        let mut previous = 0..0;
        for at in 0..self.emissions.len() {
            let first = self.candidates.len();
            let probabilities = times(&self.alpha[at], &self.beta[at]);
            for (label, &probability) in probabilities[..LABELS].iter().enumerate() {
                if probability > UNLIKELY {
                    let candidate = self.candidate(at, label, previous.clone(), transitions);
                    self.candidates.push(candidate);
                }
            }
            if self.candidates.len() == first {
                // Probabilities add up to one, so this is reached only where scores are beyond all measure.
                let candidate = self.candidate(at, 0, previous.clone(), transitions);
                self.candidates.push(candidate);
            }
            previous = first..self.candidates.len();
        }
        self.trace_back(previous, transitions);
    }

    /// The probability of a label of token `at`, and the most probable of the others.
    pub(crate) fn standing(&self, at: usize, label: u8) -> (f32, u8) {
        let mut probabilities = times(&self.alpha[at], &self.beta[at]);
        let own = std::mem::take(&mut probabilities[usize::from(label)]);
        let best = (0..LABELS).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b])).unwrap_or(0);
        (own, best as u8)
    }

    /// The label with the best way to it.
    fn candidate(&self, at: usize, label: usize, previous: Range<usize>, transitions: &Transitions) -> Candidate {
        let own = self.emissions[at][label];
        let mut best = Candidate { label: label as u8, score: f32::MIN, from: 0 };
        if at == 0 {
            best.score = own + transitions.start[label];
            return best;
        }
        for (place, before) in previous.clone().zip(&self.candidates[previous]) {
            let score = before.score + transitions.scores[usize::from(before.label)][label] + own;
            if score > best.score {
                best.score = score;
                best.from = place as u32;
            }
        }
        best
    }

    fn trace_back(&mut self, last: Range<usize>, transitions: &Transitions) {
        self.path.clear();
        self.path.resize(self.emissions.len(), 0);
        let total = |place: usize| {
            let candidate = &self.candidates[place];
            candidate.score + transitions.end[usize::from(candidate.label)]
        };
        let mut best = last.start;
        for place in last {
            if total(place) > total(best) {
                best = place;
            }
        }
        for slot in self.path.iter_mut().rev() {
            let Some(candidate) = self.candidates.get(best) else { return };
            *slot = candidate.label;
            best = candidate.from as usize;
        }
    }

    /// Computes the probabilities of all labels at all tokens.
    pub(crate) fn forward_backward(&mut self, transitions: &Transitions) {
        let len = self.emissions.len();
        self.weights.clear();
        self.alpha.clear();
        self.norms.clear();
        for (at, emission) in self.emissions.iter().enumerate() {
            let greatest = greatest(emission);
            let mut weight = *emission;
            weight.iter_mut().for_each(|score| *score = exp(*score - greatest));
            let mut alpha = match at {
                0 => transitions.start_exp,
                _ => product(&self.alpha[at - 1], &self.alpha[at - 1], &transitions.forward),
            };
            alpha.iter_mut().zip(&weight).for_each(|(alpha, weight)| *alpha *= weight);
            let norm = sum(&alpha).max(f32::MIN_POSITIVE);
            let share = 1.0 / norm;
            alpha.iter_mut().for_each(|alpha| *alpha *= share);
            self.weights.push(weight);
            self.alpha.push(alpha);
            self.norms.push(norm);
        }
        let Some(last) = self.alpha.last() else { return };
        let end = dot(last, &transitions.end_exp).max(f32::MIN_POSITIVE);
        self.norms.push(end);
        self.beta.clear();
        self.beta.resize(len, [0.0; LANES]);
        self.beta[len - 1] = transitions.end_exp.map(|score| score / end);
        for at in (0..len - 1).rev() {
            let marginals = times(&self.alpha[at + 1], &self.beta[at + 1]);
            self.beta[at] = product(&self.incoming(at + 1), &marginals, &transitions.reverse);
        }
    }

    /// The logarithm of the sum over all sequences; needs [`Lattice::forward_backward`].
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn log_sum(&self) -> f64 {
        let norms: f64 = self.norms.iter().map(|norm| f64::from(*norm).ln()).sum();
        norms + self.emissions.iter().map(|emission| f64::from(greatest(emission))).sum::<f64>()
    }

    /// For each label of token `at`: what it and all behind it contribute, ready to be multiplied with what stands before it.
    fn incoming(&self, at: usize) -> Row {
        let mut row = self.beta[at];
        let share = 1.0 / self.norms[at];
        row.iter_mut().zip(&self.weights[at]).for_each(|(beta, weight)| *beta *= weight * share);
        row
    }

    /// Probabilities of the labels of token `at`; needs [`Lattice::forward_backward`].
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn marginals(&self, at: usize) -> Row {
        times(&self.alpha[at], &self.beta[at])
    }

    /// Adds the expected number of each pair of labels at tokens `at` and `at + 1`, times `rate`.
    #[cfg(feature = "train")]
    pub(crate) fn add_pairs(&self, at: usize, transitions: &Transitions, rate: f32, table: &mut [Row]) {
        let behind = self.incoming(at + 1);
        for ((table, before), pairs) in table.iter_mut().zip(&self.alpha[at][..LABELS]).zip(&transitions.forward) {
            let before = before * rate;
            if before.abs() < NEGLIGIBLE {
                continue;
            }
            for ((slot, pair), behind) in table.iter_mut().zip(pairs).zip(&behind) {
                *slot += before * pair * behind;
            }
        }
    }

    /// Probability that exactly the tokens `first..=last` have the label, and the tokens around them another.
    pub(crate) fn run_probability(&self, transitions: &Transitions, label: usize, first: usize, last: usize) -> f32 {
        let stay = transitions.forward[label][label];
        let mut probability = match first {
            0 => self.alpha[0][label],
            _ => {
                let others =
                    dot(&self.alpha[first - 1], &transitions.reverse[label]) - self.alpha[first - 1][label] * stay;
                others.max(0.0) * self.weights[first][label] / self.norms[first]
            }
        };
        for at in first + 1..=last {
            probability *= stay * self.weights[at][label] / self.norms[at];
        }
        let behind = if last + 1 < self.alpha.len() {
            self.beta[last][label] - stay * self.incoming(last + 1)[label]
        } else {
            self.beta[last][label]
        };
        (probability * behind.max(0.0)).clamp(0.0, 1.0)
    }
}

/// `row · matrix`, leaving out what is of next to no `importance`.
fn product(row: &Row, importance: &Row, matrix: &[Row]) -> Row {
    let mut out = [0.0; LANES];
    for ((&value, &importance), line) in row.iter().zip(importance).zip(matrix) {
        if importance > NEGLIGIBLE {
            out.iter_mut().zip(line).for_each(|(out, line)| *out += value * line);
        }
    }
    out
}

fn greatest(row: &Row) -> f32 {
    let mut lanes = [f32::MIN; 8];
    for part in row.chunks_exact(8) {
        lanes.iter_mut().zip(part).for_each(|(lane, value)| *lane = if *value > *lane { *value } else { *lane });
    }
    lanes.into_iter().fold(f32::MIN, f32::max)
}

fn times(left: &Row, right: &Row) -> Row {
    let mut products = *left;
    products.iter_mut().zip(right).for_each(|(left, right)| *left *= right);
    products
}

fn dot(left: &Row, right: &Row) -> f32 {
    sum(&times(left, right))
}

fn sum(row: &Row) -> f32 {
    let mut lanes = [0.0; 8];
    for part in row.chunks_exact(8) {
        lanes.iter_mut().zip(part).for_each(|(lane, value)| *lane += value);
    }
    lanes.iter().sum()
}

/// The exponential, to seven digits; nothing below -40, lest products become too small to be computed fast. Same bits on every machine.
#[inline]
pub(crate) fn exp(x: f32) -> f32 {
    const ROUNDER: f32 = 12_582_912.0; // 1.5 · 2^23: adding it leaves the nearest whole number in the low bits.
    let own = x;
    let x = x.clamp(-40.0, 80.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUNDER;
    let whole = shifted - ROUNDER;
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let mut series = 1.0 / 5040.0;
    for coefficient in [1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        series = series * rest + coefficient;
    }
    let result = series * f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3f80_0000));
    if own < -40.0 { 0.0 } else { result }
}

/// The runs of equal labels, each with its probability; needs [`Lattice::best_path`].
pub(crate) fn runs(lattice: &Lattice, transitions: &Transitions, mut found: impl FnMut(Label, usize, usize, f32)) {
    let path = &lattice.path;
    let mut first = 0;
    while first < path.len() {
        let label = path[first];
        let last = first + path[first..].iter().take_while(|other| **other == label).count() - 1;
        if let Some(&name) = Label::ALL.get(usize::from(label)).filter(|name| **name != Label::Separator) {
            found(name, first, last, lattice.run_probability(transitions, usize::from(label), first, last));
        }
        first = last + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three labels of the first three numbers; all others are out of the question.
    fn small() -> (Lattice, Transitions) {
        let mut table = vec![[-30.0; LANES]; LABELS + 2];
        let pairs = [[0.5, -0.3, 0.1], [0.2, 0.9, -1.0], [-0.4, 0.3, 0.6], [0.3, 0.1, -0.2], [0.0, 0.4, -0.1]];
        for (from, row) in [0, 1, 2, LABELS, LABELS + 1].into_iter().zip(pairs) {
            table[from][..3].copy_from_slice(&row);
        }
        let mut lattice = Lattice::default();
        lattice.reset(4);
        let scores = [[0.3, 1.0, 0.2], [1.5, 0.2, 0.1], [0.4, 0.5, 1.1], [0.0, 0.7, 0.3]];
        for (row, scores) in lattice.emissions.iter_mut().zip(scores) {
            *row = [-30.0; LANES];
            row[..3].copy_from_slice(&scores);
        }
        (lattice, Transitions::new(&table))
    }

    /// Every sequence of three labels over four tokens with its score.
    fn all(lattice: &Lattice, transitions: &Transitions) -> Vec<([usize; 4], f64)> {
        let score = |path: [usize; 4]| {
            let mut score = transitions.start[path[0]] + transitions.end[path[3]];
            for at in 0..4 {
                score += lattice.emissions[at][path[at]];
                if at > 0 {
                    score += transitions.scores[path[at - 1]][path[at]];
                }
            }
            f64::from(score)
        };
        (0..81).map(|code| [code % 3, code / 3 % 3, code / 9 % 3, code / 27]).map(|path| (path, score(path))).collect()
    }

    #[test]
    fn the_best_path_is_the_best_of_all_sequences() {
        let (mut lattice, transitions) = small();
        lattice.forward_backward(&transitions);
        lattice.best_path(&transitions);
        let all = all(&lattice, &transitions);
        let best =
            all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(path, _)| path.map(|label| label as u8)).unwrap();
        assert_eq!(lattice.path, best);
    }

    #[test]
    fn marginals_and_runs_are_sums_over_all_sequences() {
        let (mut lattice, transitions) = small();
        lattice.forward_backward(&transitions);
        let log_sum = lattice.log_sum();
        let all = all(&lattice, &transitions);
        let total: f64 = all.iter().map(|(_, score)| score.exp()).sum();
        assert!((log_sum - total.ln()).abs() < 1e-4);
        for label in 0..3 {
            let exact: f64 = all.iter().filter(|(path, _)| path[2] == label).map(|(_, score)| score.exp()).sum();
            assert!((f64::from(lattice.marginals(2)[label]) - exact / total).abs() < 1e-4);
            let run: f64 = all
                .iter()
                .filter(|(path, _)| path[0] != label && path[1] == label && path[2] == label && path[3] != label)
                .map(|(_, score)| score.exp())
                .sum();
            assert!((f64::from(lattice.run_probability(&transitions, label, 1, 2)) - run / total).abs() < 1e-4);
        }
    }

    #[test]
    fn the_exponential_is_good_to_six_digits() {
        for step in -400..700 {
            let x = step as f32 / 10.0;
            assert!((f64::from(exp(x)) / f64::from(x).exp() - 1.0).abs() < 3e-6, "{x}");
        }
        assert_eq!(exp(-1e4), 0.0);
    }
}
