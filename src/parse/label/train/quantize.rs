//! Weights as bytes.

use crate::parse::label::decode::{LABELS, LANES, Row};
use crate::parse::label::model::Model;

/// Share of the weights, by size, that may be larger than a byte holds and are cut.
const CUT: f64 = 1e-5;

/// A model of these weights whose file has at most `max_bytes`.
pub(super) fn quantize(name: &str, rows: &[Row], table: Vec<Row>, max_bytes: usize) -> Model {
    let mut sizes: Vec<f32> =
        rows.iter().flat_map(|row| &row[..LABELS]).map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    let top = ((sizes.len() as f64 * CUT) as usize).min(sizes.len().saturating_sub(1));
    let largest = if sizes.is_empty() { 1.0 } else { *sizes.select_nth_unstable_by(top, |a, b| b.total_cmp(a)).1 };
    let scale = largest / 127.0;
    let bytes: Vec<[i8; LANES]> = rows.iter().map(|row| row.map(|weight| (weight / scale).round() as i8)).collect();
    let fixed = 64 + name.len() + 4 * LABELS * (LABELS + 2);
    let mut floor = 1;
    while floor < 127 && fixed + file_size(&bytes, floor) > max_bytes {
        floor += 1;
    }
    let mut index = vec![0; rows.len()];
    let mut kept = vec![[0; LANES]];
    for (slot, row) in index.iter_mut().zip(&bytes) {
        let row = row.map(|weight| if weight.unsigned_abs() < floor { 0 } else { weight });
        if row.iter().any(|weight| *weight != 0) {
            *slot = kept.len() as u32;
            kept.push(row);
        }
    }
    Model::from_parts(name, scale, table, index, kept)
}

/// Bytes that the rows take where weights below `floor` are dropped.
fn file_size(rows: &[[i8; LANES]], floor: u8) -> usize {
    let group = |group: &[i8]| match group.iter().filter(|weight| weight.unsigned_abs() >= floor).count() {
        0 => 0,
        count => 1 + count,
    };
    rows.iter().map(|row| 1 + row.chunks_exact(8).map(group).sum::<usize>()).sum()
}
