//! A labelled reference that rules can change: spans in bytes, in order, never overlapping.

use std::ops::Range;

use regex_lite::Regex;
use serde_json::{Value, json};

/// A part of the text with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub start: usize,
    pub end: usize,
    pub label: String,
}

/// A reference and its parts.
#[derive(Clone, Debug)]
pub struct Reference {
    pub text: String,
    pub parts: Vec<Part>,
}

impl Reference {
    /// From an object of the training data, whose offsets are code points. None where a span is outside its text.
    pub fn from_json(object: &Value) -> Option<Self> {
        let text = object.get("text")?.as_str()?.to_owned();
        let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        offsets.push(text.len());
        let mut parts = Vec::new();
        for span in object.get("spans")?.as_array()? {
            let at = |index: usize| offsets.get(usize::try_from(span.get(index)?.as_u64()?).ok()?).copied();
            parts.push(Part { start: at(0)?, end: at(1)?, label: span.get(2)?.as_str()?.to_owned() });
        }
        parts.sort_by_key(|part| part.start);
        Some(Self { text, parts })
    }

    /// The parts as the training data has them.
    pub fn spans(&self) -> Value {
        let points = |at: usize| self.text[..at].chars().count();
        self.parts.iter().map(|part| json!([points(part.start), points(part.end), part.label])).collect()
    }

    pub fn has(&self, label: &str) -> bool {
        self.parts.iter().any(|part| part.label == label)
    }

    /// The label of a part, "" outside the parts.
    pub fn label(&self, index: usize) -> &str {
        self.parts.get(index).map_or("", |part| &part.label)
    }

    /// The indexes of the parts with one of the labels.
    pub fn labelled(&self, labels: &[&str]) -> Vec<usize> {
        (0..self.parts.len()).filter(|&index| labels.contains(&self.label(index))).collect()
    }

    pub fn words(&self, index: usize) -> &str {
        &self.text[self.parts[index].start..self.parts[index].end]
    }

    /// The unlabelled text between a part and the one in front of it.
    pub fn gap_before(&self, index: usize) -> &str {
        let from = if index == 0 { 0 } else { self.parts[index - 1].end };
        &self.text[from..self.parts[index].start]
    }

    /// The unlabelled text between a part and the next one.
    pub fn gap_behind(&self, index: usize) -> &str {
        let to = self.parts.get(index + 1).map_or(self.text.len(), |next| next.start);
        &self.text[self.parts[index].end..to]
    }

    /// The whole text behind a part.
    pub fn rest(&self, index: usize) -> &str {
        &self.text[self.parts[index].end..]
    }

    pub fn relabel(&mut self, index: usize, label: &str) {
        label.clone_into(&mut self.parts[index].label);
    }

    /// Adds a part; what it covers goes.
    pub fn put(&mut self, start: usize, end: usize, label: &str) {
        self.parts.retain(|part| part.end <= start || part.start >= end);
        let at = self.parts.partition_point(|part| part.start < start);
        self.parts.insert(at, Part { start, end, label: label.to_owned() });
    }

    /// Puts the groups of a pattern, labelled in their order, where a part was whose words it describes.
    pub fn cut(&mut self, index: usize, pattern: &Regex, labels: &[&str]) -> bool {
        let Some(found) = pattern.captures(self.words(index)) else { return false };
        let groups: Vec<Range<usize>> =
            (1..=labels.len()).filter_map(|group| Some(found.get(group)?.range())).collect();
        let start = self.parts.remove(index).start;
        for (group, label) in groups.into_iter().zip(labels) {
            self.put(start + group.start, start + group.end, label);
        }
        true
    }

    /// Moves the end of a part; what it then covers goes.
    pub fn extend(&mut self, index: usize, bytes: usize) {
        let Part { start, end, label } = self.parts[index].clone();
        self.put(start, end + bytes, &label);
    }
}
