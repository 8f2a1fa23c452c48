//! Makes labelled references of the kinds and languages that collected data are short of: national styles from GB/T 7714 to GOST,
//! law, patents, standards, data, software, archives.
//!
//! cargo run --release --example synthetic_references -- --metadata FOLDER --count 30000 -o synthetic-world.jsonl.gz
//! cargo run --release --example synthetic_references -- --written testdata/references/world -o world.jsonl
//!
//! The first command draws templates from `languages/`, fills them with real metadata (CSL-JSON records in `FOLDER`) and the words of
//! the language, and damages some as life does. `group` is the template, so that one can be left out. Same seed, data and templates,
//! same output. The second puts references that were written by hand in the same notation into the same format; those are for
//! measuring only.

mod grammar;
mod labelled;
mod languages;
mod metadata;
mod noise;
mod numbers;
mod pattern;
mod random;
#[cfg(test)]
mod tests;
mod written;

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use grammar::Grammar;
use metadata::Metadata;
use random::Random;

const USAGE: &str = "usage: synthetic_references --metadata FOLDER [--reporters FILE.tsv] [--count N] [--seed N] \
                     [--weight W] [--without TEMPLATE]… -o OUT.jsonl[.gz]\n       synthetic_references --written FOLDER -o OUT.jsonl[.gz]";

struct Options {
    metadata: Option<PathBuf>,
    reporters: Option<PathBuf>,
    written: Option<PathBuf>,
    count: usize,
    seed: u64,
    /// How much a reference counts in training, beside what all synthetic ones count.
    weight: f64,
    without: Vec<String>,
    output: PathBuf,
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options {
        metadata: None,
        reporters: None,
        written: None,
        count: 30_000,
        seed: 1,
        weight: 1.0,
        without: Vec::new(),
        output: PathBuf::new(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        match argument.as_str() {
            "--metadata" => options.metadata = Some(value.into()),
            "--reporters" => options.reporters = Some(value.into()),
            "--written" => options.written = Some(value.into()),
            "--count" => options.count = value.parse()?,
            "--seed" => options.seed = value.parse()?,
            "--weight" => options.weight = value.parse()?,
            "--without" => options.without.push(value),
            "-o" => options.output = value.into(),
            _ => return Err(USAGE.into()),
        }
    }
    if options.output.as_os_str().is_empty() { Err(USAGE.into()) } else { Ok(options) }
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let lines = match &options.written {
        Some(folder) => written::read(folder)?,
        None => generate(&options)?,
    };
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    write(&options.output, text.as_bytes())?;
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if path.extension().is_none_or(|extension| extension != "gz") {
        return std::fs::write(path, bytes);
    }
    let mut writer = GzEncoder::new(File::create(path)?, Compression::best());
    writer.write_all(bytes)?;
    writer.finish()?.flush()
}

/// As many different references as were asked for.
fn generate(options: &Options) -> Result<Vec<Value>, Box<dyn Error>> {
    let grammar = Grammar::parse(languages::FILES)?;
    if let Some(unknown) = options.without.iter().find(|name| !grammar.template_names().contains(*name)) {
        return Err(format!("no template {unknown}").into());
    }
    let mut metadata = match &options.metadata {
        Some(folder) => Metadata::read(folder)?,
        None => Metadata::default(),
    };
    if let Some(file) = &options.reporters {
        metadata.read_reporters(file)?;
    }
    let mut random = Random::new(options.seed);
    let (mut lines, mut seen) = (Vec::with_capacity(options.count), BTreeSet::new());
    // Word lists are finite: a language that has no more to say is given up after that many repetitions in all.
    let mut patience = 20 * options.count;
    while lines.len() < options.count && patience > 0 {
        patience -= 1;
        let Some(line) = reference(&grammar, &metadata, options, &mut random)? else { continue };
        if seen.insert(line["text"].as_str().unwrap_or_default().to_owned()) {
            lines.push(line);
        }
    }
    for (number, line) in lines.iter_mut().enumerate() {
        line["id"] = json!(format!("synthetic-world-{:06}", number + 1));
    }
    Ok(lines)
}

/// One reference; none where its template is left out or has nothing to be filled with.
fn reference(
    grammar: &Grammar,
    metadata: &Metadata,
    options: &Options,
    random: &mut Random,
) -> Result<Option<Value>, String> {
    let languages: Vec<_> = grammar.languages.iter().filter(|(_, language)| !language.templates.is_empty()).collect();
    let weights: Vec<f64> = languages.iter().map(|(_, language)| language.weight).collect();
    let (file, language) = languages[random.weighted(&weights)];
    let weights: Vec<f64> = language.templates.iter().map(|template| template.weight).collect();
    let template = &language.templates[random.weighted(&weights)];
    let group = format!("{file}-{}", template.name);
    if options.without.contains(&group) {
        return Ok(None);
    }
    let Some(mut labelled) = grammar.expand(language, template, metadata, random) else { return Ok(None) };
    noise::apply(&mut labelled, random);
    labelled.check().map_err(|reason| format!("{group}: {reason}"))?;
    let (text, spans) = labelled.to_json();
    Ok(Some(json!({
        "id": "", "source": "synthetic-world", "group": group, "lang": language.name, "type": template.kind,
        "weight": options.weight, "text": text, "spans": spans,
    })))
}
