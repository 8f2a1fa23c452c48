//! Weights of features as bytes: the table that labelling spends its time in.
//!
//! Every feature of every token looks at one row, and the rows that a text touches are all over the table; so a look costs what it
//! costs to fetch a cache line, and the layout is made for that. A row is half a line: which features of the row were trained, where
//! the weights of its rare labels are, and the weights of its [`FREQUENT`] frequent labels. Few rows have weights for rare labels;
//! those are kept apart.

use super::decode::{LABELS, LANES, Row};
use super::features::{Feature, MAX_FEATURES};

/// How many labels have their weights in the row itself.
const FREQUENT: usize = WIDTH - HEAD;

/// Bytes of a row.
const WIDTH: usize = 32;

/// Bytes in front of the weights.
const HEAD: usize = 4;

/// Lanes for the other labels.
const RARE: usize = 24;

/// Weights of all labels for the features of one row.
pub(super) type Dense = [i8; LANES];

/// A table of rows.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    rows: Vec<Line>,
    /// Weights of the rare labels; the first is empty.
    rare: Vec<[i8; RARE]>,
    scale: f32,
}

/// A row, at an address where it is in one cache line. A weight is stored 128 too high: unsigned bytes are widened faster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(32))]
struct Line([u8; WIDTH]);

const BIAS: u8 = 128;

/// The first bytes of a row: in the lower 14 bits, the classes of features that were trained; above, the place of the rare labels.
#[derive(Debug, Clone, Copy)]
struct Head(u32);

impl Head {
    #[inline]
    fn of(row: &Line) -> Self {
        let [first, second, third, fourth, ..] = row.0;
        Self(u32::from_le_bytes([first, second, third, fourth]))
    }

    const fn classes(self) -> u16 {
        (self.0 & ((1 << Feature::CLASSES) - 1)) as u16
    }

    #[inline]
    const fn has(self, feature: Feature) -> bool {
        self.0 >> feature.class() & 1 != 0
    }

    #[inline]
    const fn place(self) -> usize {
        (self.0 >> Feature::CLASSES) as usize
    }
}

impl Weights {
    /// A table of `rows`, each with the classes of features that it is for.
    pub(super) fn new(scale: f32, rows: impl ExactSizeIterator<Item = (u16, Dense)>) -> Self {
        let mut table = Self { rows: Vec::with_capacity(rows.len()), rare: vec![[0; RARE]], scale };
        rows.for_each(|(classes, row)| table.push(classes, &row));
        table
    }

    fn push(&mut self, classes: u16, dense: &Dense) {
        let mut place = 0;
        let mut rare = [0; RARE];
        rare[..LANES - FREQUENT].copy_from_slice(&dense[FREQUENT..]);
        if rare != [0; RARE] && self.rare.len() < 1 << (32 - Feature::CLASSES) {
            place = self.rare.len() as u32;
            self.rare.push(rare);
        }
        let head = u32::from(classes) | (place << Feature::CLASSES);
        let mut row = [0; WIDTH];
        row[..HEAD].copy_from_slice(&head.to_le_bytes());
        row[HEAD..].iter_mut().zip(dense).for_each(|(slot, weight)| *slot = (*weight as u8).wrapping_add(BIAS));
        self.rows.push(Line(row));
    }

    fn dense(&self, row: &Line) -> Dense {
        let mut dense = [0; LANES];
        dense.iter_mut().zip(&row.0[HEAD..]).for_each(|(weight, byte)| *weight = byte.wrapping_sub(BIAS) as i8);
        if let Some(rare) = self.rare.get(Head::of(row).place()) {
            dense[FREQUENT..].copy_from_slice(&rare[..LANES - FREQUENT]);
        }
        dense
    }

    /// Adds the weights of a token's features to its scores.
    #[inline]
    pub(super) fn add(&self, features: &[Feature], scores: &mut Row) {
        // Two loops, since each row is waited for: this way the waits overlap.
        let mut found = [0_u32; MAX_FEATURES];
        let mut count = 0;
        for &feature in features {
            let has = self.rows.get(feature.row()).is_some_and(|row| Head::of(row).has(feature));
            if let Some(next) = found.get_mut(count) {
                *next = feature.row() as u32;
                count += usize::from(has);
            }
        }
        let mut sums = [0_u16; WIDTH];
        let mut rare_sums = [0_i16; RARE];
        for &row in &found[..count] {
            let Some(row) = self.rows.get(row as usize) else { continue };
            // The head is added up, too, in lanes that nobody reads: that is cheaper than to leave it out.
            for (sum, weight) in sums.iter_mut().zip(&row.0) {
                *sum = sum.wrapping_add(u16::from(*weight));
            }
            // Where a row has none, the empty one: to ask first would cost more, since nobody can guess the answer.
            if let Some(rare) = self.rare.get(Head::of(row).place()) {
                for (sum, weight) in rare_sums.iter_mut().zip(rare) {
                    *sum = sum.wrapping_add(i16::from(*weight));
                }
            }
        }
        let (frequent, rare) = scores.split_at_mut(FREQUENT);
        let bias = f32::from(BIAS) * count as f32;
        frequent.iter_mut().zip(&sums[HEAD..]).for_each(|(score, sum)| *score += (f32::from(*sum) - bias) * self.scale);
        rare.iter_mut().zip(&rare_sums).for_each(|(score, sum)| *score += f32::from(*sum) * self.scale);
    }

    /// Appends the table to a file.
    ///
    /// ```text
    /// scale f32 | rows: u16, the classes of features that were trained, as bits; if there are any: a byte, which groups of eight
    /// labels have weights; for each such group a byte, which labels; for each such label a byte, the weight
    /// ```
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.scale.to_le_bytes());
        for row in &self.rows {
            let classes = Head::of(row).classes();
            bytes.extend(classes.to_le_bytes());
            if classes != 0 {
                write_row(&self.dense(row), bytes);
            }
        }
    }

    /// Reads what [`Weights::write`] wrote.
    pub(super) fn read(cursor: &mut Cursor<'_>, rows: usize) -> Result<Self, &'static str> {
        let mut table = Self::new(cursor.score()?, std::iter::empty());
        table.rows.reserve(rows);
        for _ in 0..rows {
            let classes = cursor.number()?;
            if classes >= 1 << Feature::CLASSES {
                return Err("a row has too many classes");
            }
            let row = if classes == 0 { [0; LANES] } else { read_row(cursor)? };
            table.push(classes, &row);
        }
        Ok(table)
    }
}

/// Bytes that a row of these weights takes in a file.
#[cfg(feature = "train")]
pub(super) fn row_size(row: &[i8]) -> usize {
    let group = |group: &[i8]| match group.iter().filter(|weight| **weight != 0).count() {
        0 => 0,
        count => 1 + count,
    };
    3 + row.chunks(8).map(group).sum::<usize>()
}

fn write_row(row: &Dense, bytes: &mut Vec<u8>) {
    let groups = row.chunks_exact(8).enumerate().filter(|(_, group)| group.iter().any(|weight| *weight != 0));
    bytes.push(groups.clone().map(|(number, _)| 1 << number).sum());
    for (_, group) in groups {
        let present = group.iter().enumerate().filter(|(_, weight)| **weight != 0);
        bytes.push(present.clone().map(|(number, _)| 1 << number).sum());
        bytes.extend(present.map(|(_, weight)| *weight as u8));
    }
}

fn read_row(cursor: &mut Cursor<'_>) -> Result<Dense, &'static str> {
    let groups = cursor.byte()?;
    if groups >= 1 << (LANES / 8) {
        return Err("a row has too many labels");
    }
    let mut row = [0; LANES];
    for (number, group) in row.as_chunks_mut::<8>().0.iter_mut().enumerate() {
        if groups & 1 << number != 0 {
            let mut present = cursor.byte()?;
            for byte in cursor.take(present.count_ones() as usize)? {
                group[present.trailing_zeros() as usize % 8] = *byte as i8;
                present &= present - 1;
            }
        }
    }
    if row[LABELS..].iter().any(|weight| *weight != 0) {
        return Err("a row has too many labels");
    }
    Ok(row)
}

/// Takes from the front of a file, and says why it cannot.
pub(super) struct Cursor<'a>(pub(super) &'a [u8]);

impl<'a> Cursor<'a> {
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], &'static str> {
        let (head, tail) = self.0.split_at_checked(count).ok_or("it ends early")?;
        self.0 = tail;
        Ok(head)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], &'static str> {
        let (head, tail) = self.0.split_first_chunk().ok_or("it ends early")?;
        self.0 = tail;
        Ok(*head)
    }

    fn byte(&mut self) -> Result<u8, &'static str> {
        Ok(self.array::<1>()?[0])
    }

    pub(super) fn number(&mut self) -> Result<u16, &'static str> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    pub(super) fn score(&mut self) -> Result<f32, &'static str> {
        let score = f32::from_le_bytes(self.array()?);
        if score.is_finite() { Ok(score) } else { Err("a weight is no number") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: usize = 4;

    fn feature(row: u32, class: u32) -> Feature {
        // The lower 14 bits say the class, in equal parts.
        Feature(row << 14 | (class << 14).div_ceil(Feature::CLASSES))
    }

    fn table() -> Weights {
        let mut dense = [0; LANES];
        dense[1] = 100;
        dense[44] = -3;
        let mut ones = [1; LANES];
        ones[LABELS..].fill(0);
        Weights::new(0.01, [(0, [0; LANES]), (0b101, dense), (1, ones), (0, [0; LANES])].into_iter())
    }

    #[track_caller]
    fn check(features: &[Feature], label: usize, expected: f32) {
        let mut scores = [0.5; LANES];
        table().add(features, &mut scores);
        assert!((scores[label] - expected).abs() < 1e-6, "{}", scores[label]);
    }

    #[test]
    fn weights_of_frequent_and_rare_labels_are_added() {
        check(&[feature(1, 0), feature(1, 2)], 1, 2.5);
        check(&[feature(1, 0), feature(2, 0)], 44, 0.48);
    }

    #[test]
    fn features_that_were_not_trained_add_nothing() {
        check(&[feature(1, 1), feature(1, 13), feature(0, 0)], 1, 0.5);
    }

    #[test]
    fn a_table_comes_back_as_it_was() {
        let mut bytes = Vec::new();
        table().write(&mut bytes);
        let copy = Weights::read(&mut Cursor(&bytes), ROWS).unwrap();
        assert_eq!((copy.rows, copy.rare), (table().rows, table().rare));
    }
}
