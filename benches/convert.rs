//! Speed of the converters, beside the crates that do the same: `cargo bench --bench convert`.
//!
//! Names are `format/what`. The inputs are real files: what lies below the folder that `REFLIST_SHARED` names
//! (`data/bibliographies`), repeated up to 50 MB; without it, the fixtures of this repository. `REFLIST_BENCH_INPUTS=FOLDER` writes them
//! to `FOLDER/big.bib` and `FOLDER/big.ris` in place of measuring, for `benches/conversions.sh` and `benches/peers.sh`.

#[path = "convert/bibtex.rs"]
mod bibtex;
#[path = "convert/ris.rs"]
mod ris;

fn main() {
    match std::env::var_os("REFLIST_BENCH_INPUTS").map(std::path::PathBuf::from) {
        Some(folder) => {
            std::fs::write(folder.join("big.bib"), &*bibtex::LARGE).unwrap();
            std::fs::write(folder.join("big.ris"), &*ris::LARGE).unwrap();
        }
        None => divan::main(),
    }
}
