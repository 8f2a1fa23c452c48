//! The model: weights of the features, and of neighbouring labels.
//!
//! # The file
//!
//! ```text
//! "reflistM" | format u16 | features u16 | labels u16 | name length u16, name | scale f32
//! transitions: (labels + 2) × labels × f32: from each label, from the start, to the end
//! index: 2^18 times: u16, the classes of features that were trained, as 14 bits, and in the upper two the row's heat
//! rows: for each heat, for each row of that heat with any class:
//!       a byte, which groups of eight labels have weights; for each such group a byte, which labels; for each such label a byte,
//!       the weight
//! checksum u64 of all before
//! ```
//!
//! All numbers are little-endian. A weight is a signed byte times `scale`. Features that are rare in the training data
//! are not trained, and most of them are told by their class; they cost no look at the weights, which is where the time goes. What is
//! loaded holds the rows that are not empty, padded to [`LANES`].

use std::sync::OnceLock;

use super::decode::{LABELS, LANES, Row, Transitions};
use super::features::{self, Feature, MAX_FEATURES};
use crate::Error;

const MAGIC: &[u8; 8] = b"reflistM";
const FORMAT: u16 = 1;

/// Where the weights of a row are, and for which features of the row they are meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Slot(u32);

impl Slot {
    const PLACE_BITS: u32 = 32 - Feature::CLASSES;

    pub(crate) const fn new(classes: u16, place: usize) -> Self {
        Self((classes as u32) << Self::PLACE_BITS | place as u32)
    }

    const fn classes(self) -> u16 {
        (self.0 >> Self::PLACE_BITS) as u16
    }

    const fn place(self) -> usize {
        (self.0 & ((1 << Self::PLACE_BITS) - 1)) as usize
    }

    #[inline]
    const fn has(self, feature: Feature) -> bool {
        self.0 >> (Self::PLACE_BITS + feature.class()) & 1 != 0
    }
}

/// A trained model.
///
/// ```
/// use reflist::parse::label::Model;
/// let model = Model::embedded();
/// let copy = Model::load(&model.to_bytes())?;
/// assert_eq!(copy.version(), model.version());
/// # Ok::<(), reflist::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Model {
    name: String,
    checksum: u64,
    scale: f32,
    /// The transitions as they are in the file.
    table: Vec<Row>,
    pub(crate) transitions: Transitions,
    /// For each row the classes of features that were trained, and the row's place in `weights`.
    index: Vec<Slot>,
    /// The rows that are not empty, the most used ones first: they share cache lines and pages.
    weights: Vec<[i8; LANES]>,
    /// Where in `weights` the rows of each heat end, hottest first.
    heats: [usize; HEATS],
}

/// How many steps of use are told apart.
pub(crate) const HEATS: usize = 4;

impl Model {
    /// The model that is compiled in. It is unpacked at the first call, which takes some milliseconds.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Self::load(include_bytes!("model.bin")).unwrap_or_else(|_| Self::empty()))
    }

    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] where the file is damaged, or made for another version of the features or labels.
    pub fn load(bytes: &[u8]) -> Result<Self, Error> {
        read(bytes).map_err(|reason| Error::Model { reason: reason.to_owned() })
    }

    /// The model as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for number in [FORMAT, features::VERSION, LABELS as u16, self.name.len() as u16] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(self.name.as_bytes());
        bytes.extend(self.scale.to_le_bytes());
        bytes.extend(self.table.iter().flat_map(|row| &row[..LABELS]).flat_map(|score| score.to_le_bytes()));
        for slot in &self.index {
            let heat =
                if slot.place() == 0 { HEATS - 1 } else { self.heats.partition_point(|end| *end <= slot.place()) };
            bytes.extend((slot.classes() | (heat as u16) << Feature::CLASSES).to_le_bytes());
        }
        let mut next = 1;
        for (heat, &end) in self.heats.iter().enumerate() {
            for slot in self.index.iter().filter(|slot| slot.classes() != 0) {
                if slot.place() == next && next < end {
                    write_row(&self.weights[next], &mut bytes);
                    next += 1;
                } else if slot.place() == 0 && heat == HEATS - 1 {
                    write_row(&self.weights[0], &mut bytes);
                }
            }
        }
        bytes.extend(checksum(&bytes).to_le_bytes());
        bytes
    }

    /// Which model this is: the features' version, the name that was given in training, and the checksum.
    #[must_use]
    pub fn version(&self) -> String {
        format!("{}.{}-{:08x}", features::VERSION, self.name, self.checksum >> 32)
    }

    /// A model that knows nothing: every token is a separator.
    fn empty() -> Self {
        Self::from_parts(
            "none",
            1.0,
            vec![[0.0; LANES]; LABELS + 2],
            vec![Slot::default(); features::ROWS],
            vec![[0; LANES]],
            [1; HEATS],
        )
    }

    /// A model of quantised weights. Within a heat, rows have to be in the order of `index`.
    pub(crate) fn from_parts(
        name: &str,
        scale: f32,
        table: Vec<Row>,
        index: Vec<Slot>,
        weights: Vec<[i8; LANES]>,
        heats: [usize; HEATS],
    ) -> Self {
        let transitions = Transitions::new(&table);
        let mut model = Self { name: name.to_owned(), checksum: 0, scale, table, transitions, index, weights, heats };
        let bytes = model.to_bytes();
        model.checksum = checksum(&bytes[..bytes.len() - 8]);
        model
    }

    /// Adds up the weights of a token's features.
    #[inline]
    pub(crate) fn emission(&self, features: &[Feature]) -> Row {
        // Two loops, since each waits for memory: this way the waits overlap.
        let mut places = [0_u32; MAX_FEATURES];
        let mut count = 0;
        for &feature in features {
            let slot = self.index.get(feature.row()).copied().unwrap_or_default();
            if let Some(next) = places.get_mut(count) {
                *next = slot.place() as u32;
                count += usize::from(slot.has(feature));
            }
        }
        let mut sums = [0_i16; LANES];
        for &place in &places[..count] {
            if let Some(weights) = self.weights.get(place as usize) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += i16::from(*weight);
                }
            }
        }
        let mut scores = [0.0; LANES];
        scores.iter_mut().zip(&sums).for_each(|(score, sum)| *score = f32::from(*sum) * self.scale);
        scores
    }
}

fn write_row(row: &[i8; LANES], bytes: &mut Vec<u8>) {
    let groups = row.chunks_exact(8).enumerate().filter(|(_, group)| group.iter().any(|weight| *weight != 0));
    bytes.push(groups.clone().map(|(number, _)| 1 << number).sum());
    for (_, group) in groups {
        let present = group.iter().enumerate().filter(|(_, weight)| **weight != 0);
        bytes.push(present.clone().map(|(number, _)| 1 << number).sum());
        bytes.extend(present.map(|(_, weight)| *weight as u8));
    }
}

/// Takes from the front of the file, and says why it cannot.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], &'static str> {
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

    fn number(&mut self) -> Result<u16, &'static str> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    fn score(&mut self) -> Result<f32, &'static str> {
        let score = f32::from_le_bytes(self.array()?);
        if score.is_finite() { Ok(score) } else { Err("a weight is no number") }
    }
}

fn read(bytes: &[u8]) -> Result<Model, &'static str> {
    let (body, sum) = bytes.split_last_chunk().ok_or("it is too short")?;
    let mut cursor = Cursor(body);
    if cursor.take(MAGIC.len())? != MAGIC {
        return Err("it is not a model file");
    }
    if cursor.number()? != FORMAT {
        return Err("it is of another version of the format");
    }
    if cursor.number()? != features::VERSION {
        return Err("it was trained for other features; train it again");
    }
    if usize::from(cursor.number()?) != LABELS {
        return Err("it was trained for other labels; train it again");
    }
    let found = checksum(body);
    if found != u64::from_le_bytes(*sum) {
        return Err("it is damaged: the checksum does not fit");
    }
    let length = usize::from(cursor.number()?);
    let name = std::str::from_utf8(cursor.take(length)?).map_err(|_| "its name is not UTF-8")?.to_owned();
    let scale = cursor.score()?;
    let mut table = vec![[0.0; LANES]; LABELS + 2];
    for slot in table.iter_mut().flat_map(|row| &mut row[..LABELS]) {
        *slot = cursor.score()?;
    }
    let (index, weights, heats) = read_rows(&mut cursor)?;
    if !cursor.0.is_empty() {
        return Err("there is more in it than a model");
    }
    let transitions = Transitions::new(&table);
    Ok(Model { name, checksum: found, scale, table, transitions, index, weights, heats })
}

/// The index, the weights, and where each heat ends in them.
type Rows = (Vec<Slot>, Vec<[i8; LANES]>, [usize; HEATS]);

fn read_rows(cursor: &mut Cursor<'_>) -> Result<Rows, &'static str> {
    let words = cursor.take(2 * features::ROWS)?;
    let words = || words.chunks_exact(2).map(|word| u16::from_le_bytes([word[0], word[1]]));
    let mut index = vec![Slot::default(); features::ROWS];
    let mut weights = vec![[0_i8; LANES]];
    weights.reserve(features::ROWS);
    let mut heats = [1; HEATS];
    for (heat, end) in heats.iter_mut().enumerate() {
        for (slot, word) in index.iter_mut().zip(words()) {
            let classes = word & ((1 << Feature::CLASSES) - 1);
            if classes == 0 || usize::from(word >> Feature::CLASSES) != heat {
                continue;
            }
            let row = read_row(cursor)?;
            // A row may be all zeros: then its features are known to tell nothing.
            let empty = row == [0; LANES];
            *slot = Slot::new(classes, if empty { 0 } else { weights.len() });
            if !empty {
                weights.push(row);
            }
        }
        *end = weights.len();
    }
    Ok((index, weights, heats))
}

fn read_row(cursor: &mut Cursor<'_>) -> Result<[i8; LANES], &'static str> {
    let groups = cursor.byte()?;
    if groups >= 1 << (LANES / 8) {
        return Err("a row has too many labels");
    }
    let mut row = [0_i8; LANES];
    for (number, group) in row.chunks_exact_mut(8).enumerate() {
        if groups & 1 << number != 0 {
            let present = cursor.byte()?;
            for (number, weight) in group.iter_mut().enumerate() {
                if present & 1 << number != 0 {
                    *weight = cursor.byte()? as i8;
                }
            }
        }
    }
    Ok(row)
}

/// FNV over words of eight bytes: finds damage, not malice.
fn checksum(bytes: &[u8]) -> u64 {
    let step = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        hash = word.first_chunk().map_or(hash, |word| step(hash, u64::from_le_bytes(*word)));
    }
    words.remainder().iter().fold(hash, |hash, byte| step(hash, u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEN: Feature = Feature(7 << 14);
    const UNSEEN: Feature = Feature(7 << 14 | 0x3fff);
    const OTHER_ROW: Feature = Feature(9 << 14);

    fn small() -> Model {
        let mut index = vec![Slot::default(); features::ROWS];
        index[7] = Slot::new(1, 1);
        let mut row = [0_i8; LANES];
        row[1] = 100;
        row[44] = -3;
        let mut table = vec![[0.0; LANES]; LABELS + 2];
        table[3][4] = -1.5;
        Model::from_parts("test", 0.01, table, index, vec![[0; LANES], row], [1, 1, 2, 2])
    }

    #[track_caller]
    fn check_error(bytes: &[u8], expected: &str) {
        let error = Model::load(bytes).expect_err("the file is bad").to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn a_model_comes_back_as_it_was() {
        let model = small();
        let copy = Model::load(&model.to_bytes()).unwrap();
        assert_eq!(copy.version(), model.version());
        assert_eq!(copy.emission(&[SEEN, SEEN, OTHER_ROW]), model.emission(&[SEEN, SEEN, OTHER_ROW]));
        assert_eq!(copy.emission(&[SEEN, UNSEEN])[1], 1.0);
        assert_eq!(copy.table, model.table);
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let bytes = small().to_bytes();
        check_error(b"", "too short");
        check_error(&bytes[..bytes.len() / 2], "checksum");
        let mut flipped = bytes.clone();
        flipped[5000] ^= 1;
        check_error(&flipped, "checksum");
        check_error(b"something else entirely", "not a model");
    }

    #[test]
    fn other_features_are_refused() {
        let mut bytes = small().to_bytes();
        bytes[10] ^= 0x40;
        check_error(&bytes, "other features");
    }
}
