//! The finder's model: a linear chain over the lines of a document.
//!
//! Each line is body, the start of a reference, its continuation, or furniture inside a list (a page number, a running head). The
//! weights are data (`finder.bin`, made by [`super::train`]); this module only turns evidence into features and finds the best
//! sequence and the probability that a reference begins on a line.
//!
//! The weights are sums over classes of typography, see [`super::features`]; no word of any reference is in them.

use super::features::{Evidence, Seen, Start};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum State {
    Body,
    Start,
    Inside,
    Furniture,
}

pub(crate) const STATES: usize = 4;
pub(crate) const ALL: [State; STATES] = [State::Body, State::Start, State::Inside, State::Furniture];

/// Which states a line may be in; what the document's structure settles is not left to the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowed(pub(crate) [bool; STATES]);

/// Scores as far below any sum of weights as needed, without infinities.
const NEVER: f32 = -1.0e6;

const PAIRS: &[(usize, usize)] = &[
    (Start::COUNT, 6), // inner start, end of the line before
    (Start::COUNT, 4), // inner start, length of the line before
    (Start::COUNT, 4), // start, manner of the list
    (6, 4),            // margin and author start, manner
    (Start::COUNT, 4), // inner start, place of the year
    (3, 3),            // margin, margin before
    (6, 4),            // end and length of the line before
    (Start::COUNT, 6), // start of the next line, end of this
];

const SINGLES: &[usize] = &[Start::COUNT, Start::COUNT, Start::COUNT, Start::COUNT];

/// How many features there are: three sets of observations (line before, this, next), single classes, pairs of classes, one bias.
pub(crate) const FEATURES: usize = {
    let mut sum = 3 * Seen::COUNT + 1;
    let mut index = 0;
    while index < SINGLES.len() {
        sum += SINGLES[index];
        index += 1;
    }
    index = 0;
    while index < PAIRS.len() {
        sum += PAIRS[index].0 * PAIRS[index].1;
        index += 1;
    }
    sum
};

/// Emission weights by feature, transition weights from state to state, and weights of the first line's state.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    pub(crate) emit: Vec<[f32; STATES]>,
    pub(crate) step: [[f32; STATES]; STATES],
}

/// The version of the feature set: a model made for other features is not used.
const MAGIC: &[u8; 8] = b"reflf\x00\x00\x01";

impl Weights {
    pub(crate) fn zero() -> Self {
        Self { emit: vec![[0.0; STATES]; FEATURES], step: [[0.0; STATES]; STATES] }
    }

    /// The weights that the crate carries.
    pub(crate) fn embedded() -> Self {
        Self::from_bytes(include_bytes!("finder.bin")).unwrap_or_else(Self::zero)
    }

    /// Reads what [`Weights::to_bytes`] writes; `None` when it was made for other features.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (values, tail) = rest.as_chunks::<2>();
        if !tail.is_empty() || values.len() != (FEATURES + STATES) * STATES {
            return None;
        }
        let mut values = values.iter().map(|&pair| f32::from(i16::from_le_bytes(pair)) / SCALE);
        let mut out = Self::zero();
        for value in out.emit.iter_mut().flatten().chain(out.step.iter_mut().flatten()) {
            *value = values.next()?;
        }
        Some(out)
    }

    /// The weights in 16 bits each.
    #[cfg(feature = "train")]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for value in self.emit.iter().flatten().chain(self.step.iter().flatten()) {
            #[expect(clippy::cast_possible_truncation, reason = "clamped to the range of i16")]
            let number = (value * SCALE).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16;
            out.extend_from_slice(&number.to_le_bytes());
        }
        out
    }
}

const SCALE: f32 = 512.0;

/// Calls `feature` with the number of each feature of line `at`.
pub(crate) fn features(evidence: &[Evidence], at: usize, feature: &mut impl FnMut(usize)) {
    let none = Evidence::default();
    let this = &evidence[at];
    let before = at.checked_sub(1).map_or(&none, |before| &evidence[before]);
    let next = evidence.get(at + 1).unwrap_or(&none);
    let mut offset = 0;
    for line in [before, this, next] {
        let mut bits = line.bits();
        while bits != 0 {
            feature(offset + bits.trailing_zeros() as usize);
            bits &= bits - 1;
        }
        offset += Seen::COUNT;
    }
    for (value, size) in [this.start, this.inner, before.inner, next.inner].into_iter().zip(SINGLES) {
        feature(offset + value as usize);
        offset += size;
    }
    let author = usize::from(this.inner.is_author());
    let pairs = [
        (this.inner as usize, before.end_class()),
        (this.inner as usize, before.length_class()),
        (this.start as usize, this.manner_class()),
        (this.margin_class() * 2 + author, this.manner_class()),
        (this.inner as usize, this.year_class()),
        (this.margin_class(), before.margin_class()),
        (before.end_class(), before.length_class()),
        (next.start as usize, this.end_class()),
    ];
    for ((first, second), (rows, columns)) in pairs.into_iter().zip(PAIRS) {
        feature(offset + first * columns + second);
        offset += rows * columns;
    }
    feature(offset);
}

/// Whether one state may follow another: what is inside a list follows a start.
const fn may_follow(from: State, to: State) -> bool {
    !matches!((from, to), (State::Body, State::Inside | State::Furniture))
}

/// The scores of every line in every state.
pub(crate) fn emissions(weights: &Weights, evidence: &[Evidence], allowed: &[Allowed]) -> Vec<[f32; STATES]> {
    (0..evidence.len())
        .map(|at| {
            let mut sum = [0.0f32; STATES];
            features(evidence, at, &mut |feature| {
                for (sum, weight) in sum.iter_mut().zip(&weights.emit[feature]) {
                    *sum += weight;
                }
            });
            for (sum, allowed) in sum.iter_mut().zip(allowed[at].0) {
                if !allowed {
                    *sum = NEVER;
                }
            }
            sum
        })
        .collect()
}

fn step(weights: &Weights, from: usize, to: usize) -> f32 {
    if may_follow(ALL[from], ALL[to]) { weights.step[from][to] } else { NEVER }
}

fn first(state: usize) -> f32 {
    if may_follow(State::Body, ALL[state]) { 0.0 } else { NEVER }
}

/// The best sequence of states.
pub(crate) fn best(weights: &Weights, emissions: &[[f32; STATES]]) -> Vec<State> {
    let mut back: Vec<[u8; STATES]> = Vec::with_capacity(emissions.len());
    let mut scores = [0.0f32; STATES];
    for (at, emission) in emissions.iter().enumerate() {
        let mut next = [NEVER; STATES];
        let mut from = [0u8; STATES];
        for to in 0..STATES {
            if at == 0 {
                next[to] = first(to) + emission[to];
                continue;
            }
            let mut best = f32::NEG_INFINITY;
            for (state, score) in scores.iter().enumerate() {
                let score = score + step(weights, state, to);
                if score > best {
                    best = score;
                    from[to] = u8::try_from(state).unwrap_or(0);
                }
            }
            next[to] = best + emission[to];
        }
        // Only differences matter; without this the sums of a long document lose their small digits.
        let top = next.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        scores = next.map(|score| score - top);
        back.push(from);
    }
    let mut state = (0..STATES).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
    let mut out = vec![State::Body; emissions.len()];
    for at in (0..emissions.len()).rev() {
        out[at] = ALL[state];
        state = usize::from(back[at][state]);
    }
    out
}

/// The probability of each state at each line, and with `pairs` what training needs of neighbouring lines.
pub(crate) fn marginals(
    weights: &Weights,
    emissions: &[[f32; STATES]],
    mut pairs: impl FnMut(usize, usize, f32),
) -> Vec<[f32; STATES]> {
    let count = emissions.len();
    let mut forward: Vec<[f32; STATES]> = Vec::with_capacity(count);
    for (at, emission) in emissions.iter().enumerate() {
        let mut row = [0.0f32; STATES];
        for to in 0..STATES {
            row[to] = if at == 0 {
                first(to)
            } else {
                log_sum(std::array::from_fn(|from| forward[at - 1][from] + step(weights, from, to)))
            } + emission[to];
        }
        let norm = log_sum(row);
        forward.push(row.map(|value| value - norm));
    }
    let mut backward = [0.0f32; STATES];
    let mut out = vec![[0.0f32; STATES]; count];
    for at in (0..count).rev() {
        let row: [f32; STATES] = std::array::from_fn(|state| forward[at][state] + backward[state]);
        let norm = log_sum(row);
        out[at] = row.map(|value| (value - norm).exp());
        if at == 0 {
            break;
        }
        let ahead: [f32; STATES] = std::array::from_fn(|to| emissions[at][to] + backward[to]);
        let table: [[f32; STATES]; STATES] =
            std::array::from_fn(|from| std::array::from_fn(|to| step(weights, from, to) + ahead[to]));
        let joint = log_sum(std::array::from_fn(|from| forward[at - 1][from] + log_sum(table[from])));
        for (from, row) in table.iter().enumerate() {
            for (to, value) in row.iter().enumerate() {
                pairs(from, to, (forward[at - 1][from] + value - joint).exp());
            }
        }
        backward = table.map(log_sum);
        let top = backward.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        backward = backward.map(|value| value - top);
    }
    out
}

fn log_sum(values: [f32; STATES]) -> f32 {
    let top = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    top + values.iter().map(|value| (value - top).exp()).sum::<f32>().ln()
}
