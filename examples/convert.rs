//! Converts a CSL-JSON file to BibTeX and says what BibTeX cannot hold.
//!
//! cargo run --example convert -- library.json

use reflist::formats::WriteOptions;

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "testdata/csl-json/sample.json".to_owned());
    let (records, diagnostics) = reflist::csl_json::read(&std::fs::read(path)?);
    for diagnostic in &diagnostics {
        eprintln!("{diagnostic}");
    }
    let (bibliography, losses) = reflist::bibtex::write(&records, &WriteOptions::default());
    for loss in &losses {
        eprintln!("{}: {:?} is lost", loss.record, loss.subject);
    }
    print!("{bibliography}");
    Ok(())
}
