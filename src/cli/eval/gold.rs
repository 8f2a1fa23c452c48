//! Labelled references to measure against.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use crate::cli::train;
use crate::parse::label::train::{Example, read_json_lines, read_xml};

/// Labelled references, as examples and as the raw objects that the measure of records reads.
pub(super) struct GoldSet {
    pub(super) examples: Vec<Example>,
    pub(super) raw: Vec<Value>,
    /// The place of each in its file.
    places: Vec<usize>,
    /// How many of the file are not here.
    pub(super) left_out: usize,
}

impl GoldSet {
    /// Reads a file.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let bytes =
            train::unpacked(path).map_err(|error| format!("cannot be read: {}", crate::cli::describe(&error)))?;
        if path.extension().is_some_and(|extension| extension == "xml") {
            let examples = read_xml(bytes.as_slice()).map_err(|error| error.to_string())?;
            let raw = examples.iter().map(as_raw).collect();
            return Ok(Self::of(examples, raw));
        }
        let examples = read_json_lines(bytes.as_slice()).map_err(|error| error.to_string())?;
        Ok(Self::of(examples, json_lines(&bytes)))
    }

    fn of(examples: Vec<Example>, raw: Vec<Value>) -> Self {
        Self { places: (0..examples.len()).collect(), examples, raw, left_out: 0 }
    }

    /// The references whose `id` is not among these.
    pub(super) fn without(&self, ids: &BTreeSet<String>) -> Self {
        let is_kept = |at: &usize| !self.raw[*at]["id"].as_str().is_some_and(|id| ids.contains(id));
        let places: Vec<usize> = (0..self.raw.len()).filter(is_kept).collect();
        Self {
            examples: places.iter().map(|at| self.examples[*at].clone()).collect(),
            raw: places.iter().map(|at| self.raw[*at].clone()).collect(),
            left_out: self.raw.len() - places.len(),
            places,
        }
    }

    /// Of a second system's items for the whole file, those for the references of this set.
    pub(super) fn choose(&self, items: &[Value]) -> Vec<Value> {
        self.places.iter().map(|at| items.get(*at).cloned().unwrap_or_default()).collect()
    }
}

/// A labelled reference in the form of our JSON Lines: offsets in code points.
fn as_raw(example: &Example) -> Value {
    let text = &example.entry.text;
    let points = |at: usize| text[..at].chars().count();
    let spans: Vec<Value> = example
        .spans
        .iter()
        .map(|(span, label)| json!([points(span.start), points(span.end), label.as_str()]))
        .collect();
    json!({ "text": text, "spans": spans })
}

/// The ids in front of the first tab of each line; `#` begins a remark.
pub(super) fn ids(bytes: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split('\t').next()).map(|id| id.trim().to_owned()).collect()
}

/// CSL-JSON items: an array, or one a line; what is none is null.
pub(super) fn items(bytes: &[u8]) -> Vec<Value> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Array(items)) => items,
        _ => json_lines(bytes),
    }
}

/// The value of each line that is not blank; what is none is null.
fn json_lines(bytes: &[u8]) -> Vec<Value> {
    let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    lines.map(|line| serde_json::from_slice(line).unwrap_or(Value::Null)).collect()
}
