//! The model: weights of the features, and of neighbouring labels.
//!
//! # The file
//!
//! ```text
//! "reflistM" | format u16 | features u16 | labels u16 | name length u16, name
//! passes u16, 1 or 2; for each pass
//!     transitions: (labels + 2) × labels × f32: from each label, from the start, to the end
//!     weights: see [`super::weights`]; 2^18 rows for the first pass, 2^16 for the second
//! confidence of fields, and of references: see [`super::calibration`]
//! checksum u64 of all before
//! ```
//!
//! All numbers are little-endian. A weight is a signed byte times the table's scale.

use std::sync::OnceLock;

use super::calibration::Calibration;
use super::decode::{LABELS, LANES, Row, Transitions};
use super::draft;
use super::features::{self, Feature};
use super::weights::{Cursor, Weights};
use crate::Error;

const MAGIC: &[u8; 8] = b"reflistM";
const FORMAT: u16 = 4;

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
    pub(super) first: Pass,
    pub(super) second: Option<Pass>,
    pub(super) confidence: Confidence,
}

/// What is to be made of the model's probabilities.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Confidence {
    /// From a run's probability to that of a right field.
    pub(super) field: Calibration,
    /// From the least of a reference's fields to the reference.
    pub(super) reference: Calibration,
}

/// What one pass over an entry needs.
#[derive(Debug, Clone)]
pub(super) struct Pass {
    /// The transitions as they are in the file.
    table: Vec<Row>,
    pub(super) transitions: Transitions,
    weights: Weights,
}

impl Pass {
    pub(super) fn new(table: Vec<Row>, weights: Weights) -> Self {
        Self { transitions: Transitions::new(&table), table, weights }
    }

    /// Adds the weights of a token's features to its scores.
    #[inline]
    pub(super) fn add(&self, features: &[Feature], scores: &mut Row) {
        self.weights.add(features, scores);
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.table.iter().flat_map(|row| &row[..LABELS]).flat_map(|score| score.to_le_bytes()));
        self.weights.write(bytes);
    }

    fn read(cursor: &mut Cursor<'_>, rows: usize) -> Result<Self, &'static str> {
        let mut table = vec![[0.0; LANES]; LABELS + 2];
        for slot in table.iter_mut().flat_map(|row| &mut row[..LABELS]) {
            *slot = cursor.score()?;
        }
        Ok(Self::new(table, Weights::read(cursor, rows)?))
    }
}

impl Model {
    /// The model that is compiled in. It is unpacked at the first call, which takes some milliseconds.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Self::load(include_bytes!("model.bin")).unwrap_or_else(|_| Self::empty()))
    }

    /// The version of the model that is compiled in, without unpacking it.
    #[must_use]
    pub fn embedded_version() -> String {
        let bytes = include_bytes!("model.bin");
        let name = || {
            let (body, sum) = bytes.split_last_chunk()?;
            let mut cursor = Cursor(body.get(MAGIC.len() + 6..)?);
            let length = usize::from(cursor.number().ok()?);
            let name = std::str::from_utf8(cursor.take(length).ok()?).ok()?;
            Some(version(name, u64::from_le_bytes(*sum)))
        };
        name().unwrap_or_default()
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
        bytes.extend(1_u16.saturating_add(u16::from(self.second.is_some())).to_le_bytes());
        self.first.write(&mut bytes);
        if let Some(second) = &self.second {
            second.write(&mut bytes);
        }
        self.confidence.field.write(&mut bytes);
        self.confidence.reference.write(&mut bytes);
        bytes.extend(checksum(&bytes).to_le_bytes());
        bytes
    }

    /// Which model this is: the features' version, the name that was given in training, and the checksum.
    #[must_use]
    pub fn version(&self) -> String {
        version(&self.name, self.checksum)
    }

    /// How probable it is that a reference is wholly right whose least sure field is right with this probability, 0 to 1.
    #[must_use]
    pub(crate) fn reference_confidence(&self, least: f32) -> f32 {
        self.confidence.reference.of(least)
    }

    /// A model that knows nothing: every token is a separator.
    fn empty() -> Self {
        let weights = Weights::new(1.0, std::iter::repeat_n((0, [0; LANES]), features::ROWS));
        let first = Pass::new(vec![[0.0; LANES]; LABELS + 2], weights);
        Self::from_parts("none", first, None, Confidence::default())
    }

    /// A model of its passes.
    pub(super) fn from_parts(name: &str, first: Pass, second: Option<Pass>, confidence: Confidence) -> Self {
        let mut model = Self { name: name.to_owned(), checksum: 0, first, second, confidence };
        let bytes = model.to_bytes();
        model.checksum = checksum(&bytes[..bytes.len() - 8]);
        model
    }
}

fn version(name: &str, checksum: u64) -> String {
    format!("{}.{name}-{:08x}", features::VERSION, checksum >> 32)
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
    let passes = cursor.number()?;
    if !(1..=2).contains(&passes) {
        return Err("it has neither one pass nor two");
    }
    let first = Pass::read(&mut cursor, features::ROWS)?;
    let second = if passes == 2 { Some(Pass::read(&mut cursor, draft::ROWS)?) } else { None };
    let confidence = Confidence { field: Calibration::read(&mut cursor)?, reference: Calibration::read(&mut cursor)? };
    if !cursor.0.is_empty() {
        return Err("there is more in it than a model");
    }
    Ok(Model { name, checksum: found, first, second, confidence })
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

    fn small() -> Model {
        let mut row = [0_i8; LANES];
        row[1] = 100;
        let rows = std::iter::repeat_n((0, [0; LANES]), features::ROWS - 1).collect::<Vec<_>>();
        let weights = Weights::new(0.01, [(1, row)].into_iter().chain(rows).collect::<Vec<_>>().into_iter());
        let mut table = vec![[0.0; LANES]; LABELS + 2];
        table[3][4] = -1.5;
        let rows = std::iter::repeat_n((1, row), draft::ROWS).collect::<Vec<_>>();
        let second = Pass::new(table.clone(), Weights::new(0.5, rows.into_iter()));
        Model::from_parts("test", Pass::new(table, weights), Some(second), Confidence::default())
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
        let score = |pass: &Pass| {
            let mut scores = [0.0; LANES];
            pass.add(&[Feature(0)], &mut scores);
            scores[1]
        };
        assert_eq!((score(&copy.first), copy.second.as_ref().map(score)), (1.0, Some(50.0)));
        assert_eq!(copy.first.table, model.first.table);
    }

    #[test]
    fn the_version_is_known_before_the_model_is_unpacked() {
        assert_eq!(Model::embedded_version(), Model::embedded().version());
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
