//! Weights as bytes.

use crate::parse::label::decode::{LABELS, LANES, Row};
use crate::parse::label::weights::{Weights, row_size};

/// Share of the weights, by size, that may be larger than a byte holds and are cut.
const CUT: f64 = 1e-5;

/// A table of these weights that takes at most `max_bytes` in a file.
pub(super) fn quantize(rows: &[Row], classes: &[u16], max_bytes: usize) -> Weights {
    let mut sizes: Vec<f32> =
        rows.iter().flat_map(|row| &row[..LABELS]).map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    let top = ((sizes.len() as f64 * CUT) as usize).min(sizes.len().saturating_sub(1));
    let largest = if sizes.is_empty() { 1.0 } else { *sizes.select_nth_unstable_by(top, |a, b| b.total_cmp(a)).1 };
    let scale = largest / 127.0;
    let bytes: Vec<[i8; LANES]> = rows.iter().map(|row| row.map(|weight| (weight / scale).round() as i8)).collect();
    let mut floor = 1;
    while floor < 127 && bytes.iter().map(|row| row_size(&above(row, floor))).sum::<usize>() > max_bytes {
        floor += 1;
    }
    Weights::new(scale, bytes.iter().zip(classes).map(|(row, &classes)| (classes, above(row, floor))))
}

/// The weights of at least a size.
fn above(row: &[i8; LANES], floor: u8) -> [i8; LANES] {
    row.map(|weight| if weight.unsigned_abs() < floor { 0 } else { weight })
}
