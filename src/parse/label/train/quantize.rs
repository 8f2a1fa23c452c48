//! Weights as bytes.

use crate::parse::label::decode::{LABELS, LANES, Row};
use crate::parse::label::model::{HEATS, Model, Slot};

/// Share of the weights, by size, that may be larger than a byte holds and are cut.
const CUT: f64 = 1e-5;

/// A model of these weights whose file has at most `max_bytes`.
pub(super) fn quantize(
    name: &str,
    rows: &[Row],
    classes: &[u16],
    uses: &[u32],
    table: Vec<Row>,
    max_bytes: usize,
) -> Model {
    let mut sizes: Vec<f32> =
        rows.iter().flat_map(|row| &row[..LABELS]).map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    let top = ((sizes.len() as f64 * CUT) as usize).min(sizes.len().saturating_sub(1));
    let largest = if sizes.is_empty() { 1.0 } else { *sizes.select_nth_unstable_by(top, |a, b| b.total_cmp(a)).1 };
    let scale = largest / 127.0;
    let bytes: Vec<[i8; LANES]> = rows.iter().map(|row| row.map(|weight| (weight / scale).round() as i8)).collect();
    let fixed = 64 + name.len() + 4 * LABELS * (LABELS + 2) + 2 * rows.len();
    let mut floor = 1;
    while floor < 127 && fixed + file_size(&bytes, floor) > max_bytes {
        floor += 1;
    }
    let mut index = vec![Slot::default(); rows.len()];
    let mut kept = vec![[0; LANES]];
    let mut heats = [1; HEATS];
    let heat_of = heats_of(uses);
    for (heat, end) in heats.iter_mut().enumerate() {
        for (at, row) in bytes.iter().enumerate().filter(|(at, _)| usize::from(heat_of[*at]) == heat) {
            let row = row.map(|weight| if weight.unsigned_abs() < floor { 0 } else { weight });
            let empty = row.iter().all(|weight| *weight == 0);
            index[at] = Slot::new(classes[at], if empty { 0 } else { kept.len() });
            if !empty {
                kept.push(row);
            }
        }
        *end = kept.len();
    }
    Model::from_parts(name, scale, table, index, kept, heats)
}

/// The heat of each row: which share of all uses goes to rows used as much or more.
fn heats_of(uses: &[u32]) -> Vec<u8> {
    const SIZES: [usize; HEATS - 1] = [4_000, 20_000, 80_000];
    let mut order: Vec<usize> = (0..uses.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(uses[*at]));
    let mut heats = vec![0; uses.len()];
    for (rank, at) in order.into_iter().enumerate() {
        heats[at] = SIZES.partition_point(|size| *size <= rank) as u8;
    }
    heats
}

/// Bytes that the rows take where weights below `floor` are dropped.
fn file_size(rows: &[[i8; LANES]], floor: u8) -> usize {
    let group = |group: &[i8]| match group.iter().filter(|weight| weight.unsigned_abs() >= floor).count() {
        0 => 0,
        count => 1 + count,
    };
    rows.iter().map(|row| 1 + row.chunks_exact(8).map(group).sum::<usize>()).sum()
}
