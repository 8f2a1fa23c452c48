//! Trains a model on labelled references and shows how it reads one.
//!
//! cargo run --release --example train -- testdata/references/train.jsonl

use reflist::parse::Parser;
use reflist::parse::label::train::{TrainOptions, read_json_lines, train};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "testdata/references/train.jsonl".to_owned());
    let examples = read_json_lines(std::io::BufReader::new(std::fs::File::open(path)?))?;
    let model = train(&examples, &TrainOptions::default(), &mut |_| {});
    let parsed =
        Parser::new(&model).parse_reference("Moss, A. (2016). Stones in water. Journal of Rivers, 4(2), 11–19.");
    println!("{} references → a model of {} bytes", examples.len(), model.to_bytes().len());
    for field in &parsed.fields {
        println!("{:<18} {}", field.variable.as_str(), &parsed.source[field.span.range()]);
    }
    Ok(())
}
