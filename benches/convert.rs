//! Speed of the converters, beside the crates that do the same: `cargo bench --bench convert`.
//!
//! Names are `format/what`. The inputs are real files: what lies below the folder that `REFLIST_SHARED` names
//! (`data/bibliographies`), repeated up to 50 MB; without it, the fixtures of this repository.

#[path = "convert/bibtex.rs"]
mod bibtex;
#[path = "convert/ris.rs"]
mod ris;

fn main() {
    divan::main();
}
