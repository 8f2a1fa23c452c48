//! Reads the reference list of a Markdown article and prints it as BibLaTeX, and on standard error what was odd or lost.
//!
//! cargo run --example article_to_bib -- testdata/documents/article.md

use reflist::{Document, Record, formats::WriteOptions, key::KeyMaker};

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "testdata/documents/article.md".to_owned());
    let list = reflist::parse_document(&Document::from_markdown(&std::fs::read(path)?));
    let mut keys = KeyMaker::default();
    let mut records: Vec<Record> = list.entries.into_iter().map(|parsed| parsed.record).collect();
    for record in &mut records {
        record.key = keys.make(record);
    }
    let (bibliography, losses) = reflist::biblatex::write(&records, &WriteOptions::default());
    print!("{bibliography}");
    for diagnostic in &list.diagnostics {
        eprintln!("{diagnostic}");
    }
    eprintln!("{} references, {} losses", records.len(), losses.len());
    Ok(())
}
