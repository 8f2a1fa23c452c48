//! Converts a BibTeX or BibLaTeX file to RIS and says what RIS cannot hold.
//!
//! cargo run --example convert -- library.bib

use reflist::formats::WriteOptions;

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "testdata/biblatex/sample.bib".to_owned());
    let (records, diagnostics) = reflist::biblatex::read(&std::fs::read(path)?);
    for diagnostic in &diagnostics {
        eprintln!("{diagnostic}");
    }
    let (ris, losses) = reflist::ris::write(&records, &WriteOptions::default());
    for loss in &losses {
        eprintln!("{}: {:?} is lost", loss.record, loss.subject);
    }
    print!("{ris}");
    Ok(())
}
