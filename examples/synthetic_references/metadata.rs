//! Real titles, journals, people, publishers and places by language, drawn for `%title` and the like.
//!
//! They are read from a folder of CSL-JSON records (`*.jsonl.gz`) and, for law reports, from a tab-separated list beside it. Which
//! record a value was in is forgotten: a reference is recombined of many.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde_json::Value;

use crate::random::Random;

/// What a value is called in the notation, and the CSL variable that it is read from.
const FIELDS: &[(&str, &str)] =
    &[("title", "title"), ("container", "container-title"), ("publisher", "publisher"), ("place", "publisher-place")];

/// Values by "language field".
#[derive(Debug, Default)]
pub struct Metadata {
    values: BTreeMap<String, Vec<String>>,
}

impl Metadata {
    /// Reads all records of a folder, its files in the order of their names.
    pub fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let mut metadata = Self::default();
        for path in files(folder, ".jsonl.gz")? {
            for line in BufReader::new(MultiGzDecoder::new(File::open(path)?)).lines() {
                metadata.add(&serde_json::from_str(&line?)?);
            }
        }
        Ok(metadata)
    }

    /// Reads a list of law reports: the first column is the abbreviation.
    pub fn read_reporters(&mut self, file: &Path) -> Result<(), Box<dyn Error>> {
        for line in BufReader::new(File::open(file)?).lines().skip(1) {
            let line = line?;
            let name = line.split('\t').next().unwrap_or_default();
            if (2..=20).contains(&name.len()) {
                self.put("en", "reporter", name);
            }
        }
        Ok(())
    }

    /// A value of the language; `None` where there are too few to draw from.
    pub fn draw(&self, language: &str, field: &str, random: &mut Random) -> Option<&str> {
        const FEW: usize = 25;
        let values = self.values.get(&format!("{language} {field}")).filter(|values| values.len() >= FEW)?;
        Some(values[random.below(values.len())].as_str())
    }

    fn add(&mut self, record: &Value) {
        let text = |name: &str| record.get(name).and_then(Value::as_str);
        let language = text("language").unwrap_or_default();
        let kind = text("type").unwrap_or_default();
        for (field, variable) in FIELDS {
            let Some(value) = text(variable).and_then(clean) else { continue };
            match (*field, kind) {
                ("container", "article-journal") => self.put(language, "journal", &value),
                ("container", "paper-conference") => self.put(language, "proceedings", &value),
                ("container", "chapter") => self.put(language, "book", &value),
                ("container", _) => {}
                ("publisher", "thesis") => self.put(language, "school", &value),
                ("title", "standard") => self.put(language, "standard", &value),
                ("title", "article-journal" | "paper-conference" | "chapter" | "report") => {
                    self.put(language, "title", &value);
                }
                ("title", "book" | "thesis") => {
                    self.put(language, "title", &value);
                    self.put(language, "book", &value);
                }
                ("title", _) => {}
                _ => self.put(language, field, &value),
            }
        }
        for person in record.get("author").and_then(Value::as_array).into_iter().flatten() {
            for part in ["family", "given"] {
                let name = person.get(part).and_then(Value::as_str).unwrap_or_default();
                let whole = name.chars().count() > 2 && name.chars().all(|c| c.is_alphabetic() || c == '-' || c == '’');
                if whole && name.starts_with(char::is_uppercase) && !name.ends_with('-') {
                    self.put(language, part, name);
                }
            }
        }
    }

    fn put(&mut self, language: &str, field: &str, value: &str) {
        self.values.entry(format!("{language} {field}")).or_default().push(value.to_owned());
    }
}

/// A value that can stand in a span: no markup, no brackets, no stop at its end, of a likely length.
fn clean(value: &str) -> Option<String> {
    let plain = value.replace("<i>", "").replace("</i>", "");
    let plain = plain.trim().trim_end_matches(['.', ',', ';', ':']).trim();
    let long = plain.chars().count();
    let odd = plain
        .contains(['<', '>', '{', '}', '\\', '[', ']', '(', ')', '|', '@', '"', '“', '”', '«', '»', '_', '\u{a0}'])
        || plain.contains("  ")
        || plain.contains(char::is_control)
        || !plain.starts_with(char::is_alphanumeric);
    (!odd && (2..=180).contains(&long)).then(|| plain.to_owned())
}

fn files(folder: &Path, ending: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.to_string_lossy().ends_with(ending));
    files.sort();
    Ok(files)
}
