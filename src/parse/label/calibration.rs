//! From a probability of the model to the share of answers that are right at it.
//!
//! A chain of labels is too sure of itself on text of a kind that it has not seen, and its probabilities are of runs of tokens. The
//! table says, for what the model gives 0.9, how often it was right on references that were kept from it in training; between its
//! points it is a straight line. It never turns the order of two answers round.

use super::weights::Cursor;

/// A rising line through points, both coordinates from 0 to 1.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Calibration {
    /// What the model says, and what is to be made of it.
    points: Vec<(f32, f32)>,
}

impl Calibration {
    /// What to make of the model's `probability`; the same number where nothing is known.
    pub(super) fn of(&self, probability: f32) -> f32 {
        let at = self.points.partition_point(|(said, _)| *said < probability);
        let before = at.checked_sub(1).and_then(|at| self.points.get(at));
        match (before, self.points.get(at)) {
            (None, None) => probability,
            (None, Some((_, right))) | (Some((_, right)), None) => *right,
            (Some((low, below)), Some((high, above))) => {
                below + (above - below) * (probability - low) / (high - low).max(f32::MIN_POSITIVE)
            }
        }
    }

    /// The line that fits answers of known truth best without ever falling, through the means of bins of equal size.
    #[cfg(feature = "train")]
    pub(super) fn fit(mut answers: Vec<(f32, bool)>) -> Self {
        const BINS: usize = 40;
        answers.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut points: Vec<(f64, f64, usize)> = Vec::with_capacity(BINS);
        for bin in answers.chunks(answers.len().div_ceil(BINS).max(1)) {
            let share = 1.0 / bin.len() as f64;
            let said = bin.iter().map(|(said, _)| f64::from(*said)).sum::<f64>() * share;
            let right = bin.iter().filter(|(_, right)| *right).count() as f64 * share;
            points.push((said, right, bin.len()));
            // Two points that fall are one between them.
            while let [.., before, last] = points.as_mut_slice()
                && (before.1 >= last.1 || before.0 >= last.0)
            {
                let (size, other) = (before.2 as f64, last.2 as f64);
                let mean = |a: f64, b: f64| (a * size + b * other) / (size + other);
                *before = (mean(before.0, last.0), mean(before.1, last.1), before.2 + last.2);
                points.pop();
            }
        }
        Self { points: points.into_iter().map(|(said, right, _)| (said as f32, right as f32)).collect() }
    }

    /// `count u16 | count × (f32, f32)`
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend((self.points.len() as u16).to_le_bytes());
        for (said, right) in &self.points {
            bytes.extend(said.to_le_bytes());
            bytes.extend(right.to_le_bytes());
        }
    }

    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, &'static str> {
        let mut points = Vec::new();
        for _ in 0..cursor.number()? {
            points.push((cursor.score()?, cursor.score()?));
        }
        let unit = 0.0..=1.0;
        let fits = points.iter().all(|(said, right)| unit.contains(said) && unit.contains(right));
        let rises = points.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1);
        if fits && rises { Ok(Self { points }) } else { Err("its table of confidence does not rise") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_points_it_is_a_straight_line_and_beyond_them_flat() {
        let line = Calibration { points: vec![(0.2, 0.1), (0.6, 0.5)] };
        assert!((line.of(0.4) - 0.3).abs() < 1e-6);
        assert_eq!((line.of(0.0), line.of(1.0)), (0.1, 0.5));
        assert_eq!(Calibration::default().of(0.7), 0.7);
    }

    #[cfg(feature = "train")]
    #[test]
    fn the_fitted_line_gives_the_share_of_right_answers_and_never_falls() {
        // Said 0.9, right in seven of ten; said 0.3, right in one of ten; said 0.35, in none.
        let answers = (0..1000).flat_map(|n| [(0.9, n % 10 < 7), (0.3, n % 10 == 0), (0.35, false)]).collect();
        let line = Calibration::fit(answers);
        assert!((line.of(0.9) - 0.7).abs() < 0.05, "{line:?}");
        assert!(line.of(0.3) <= line.of(0.35) && line.of(0.35) < 0.11, "{line:?}");
    }

    #[test]
    fn a_table_comes_back_as_it_was_and_a_falling_one_is_refused() {
        let line = Calibration { points: vec![(0.2, 0.1), (0.6, 0.5)] };
        let mut bytes = Vec::new();
        line.write(&mut bytes);
        assert_eq!(Calibration::read(&mut Cursor(&bytes)), Ok(line));
        let mut falling = Vec::new();
        Calibration { points: vec![(0.2, 0.7), (0.6, 0.5)] }.write(&mut falling);
        assert!(Calibration::read(&mut Cursor(&falling)).is_err());
    }
}
