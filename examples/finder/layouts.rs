//! Documents put together from single references: lists in every layout that the labelled documents have too few of.
//!
//! References of one source or style make a list; it is numbered or not, wrapped or not, hangs or does not, stands under a heading or
//! behind none, after body text in the same layout, and sometimes before an appendix. All choices come from a fixed generator.

use std::collections::BTreeMap;
use std::fmt::Write;

use reflist::Span;
use reflist::document::{BlockKind, Document};
use reflist::parse::entries;
use reflist::parse::section::Sample;

/// A small generator of random numbers (xorshift).
pub struct Random(pub u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % limit.max(1)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// Lists of references of one group, without labels.
pub fn groups(text: &str) -> Vec<Vec<String>> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in text.lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        let entry = entries::from_line(value["text"].as_str().unwrap_or_default());
        if entry.text.len() > 25 {
            groups.entry(value["group"].as_str().unwrap_or_default().to_owned()).or_default().push(entry.text);
        }
    }
    groups
        .into_values()
        .flat_map(|list| list.chunks(60).map(<[String]>::to_vec).collect::<Vec<_>>())
        .filter(|list| list.len() >= 5)
        .collect()
}

struct Layout {
    width: Option<usize>,
    /// Blanks in front of all lines of an entry but the first.
    hang: usize,
    /// Blanks in front of the first alone.
    first: usize,
    indent: usize,
    blanks: bool,
    number: usize,
    hyphens: Hyphens,
    /// Whether page numbers and form feeds stand in the text.
    pages: bool,
}

/// What becomes of a word that does not fit on a line.
#[derive(Clone, Copy, PartialEq)]
enum Hyphens {
    /// It stands on the next.
    None,
    /// It is broken.
    Kept,
    /// It was broken and is joined again, with the next line, as `pdftotext` does.
    Joined,
}

/// A document around `references` in a random layout, with body text from `bodies`.
pub fn sample(references: &[String], bodies: &[Vec<String>], random: &mut Random) -> Sample {
    let mut references: Vec<String> = references.to_vec();
    let hang = if random.chance(35) { 2 + random.below(8) } else { 0 };
    let layout = Layout {
        width: random.chance(75).then(|| 36 + random.below(74)),
        hang,
        first: if hang == 0 && random.chance(20) { 2 + random.below(4) } else { 0 },
        indent: if random.chance(25) { random.below(12) } else { 0 },
        blanks: random.chance(30),
        number: random.below(7),
        hyphens: [Hyphens::None, Hyphens::Kept, Hyphens::Joined][random.below(3)],
        pages: random.chance(30),
    };
    if layout.number >= 3 && random.chance(70) {
        references.sort();
    }
    if random.chance(20) {
        return markdown(&references, bodies, random);
    }
    let mut text = String::new();
    let body = &bodies[random.below(bodies.len())];
    let paragraphs = if random.chance(75) { 3 + random.below(14) } else { 0 };
    let from = random.below(body.len().saturating_sub(paragraphs).max(1));
    for paragraph in body.iter().skip(from).take(paragraphs) {
        wrap(&mut text, paragraph, &layout.body(), random);
        text.push_str(if layout.blanks || layout.width.is_none() { "\n\n" } else { "\n" });
    }
    if paragraphs > 0 && random.chance(85) || random.chance(30) {
        let headings = [
            "References",
            "REFERENCES",
            "Literatur",
            "Bibliography",
            "7. References",
            "Références",
            "Список литературы",
            "参考文献",
            "Works Cited",
            "Referencias:",
        ];
        let _ = write!(
            text,
            "{:indent$}{}\n{}",
            "",
            headings[random.below(headings.len())],
            if random.chance(50) { "\n" } else { "" },
            indent = layout.indent
        );
    }
    let mut spans = Vec::new();
    let first = if random.chance(85) { 1 } else { 1 + random.below(50) };
    for (index, reference) in references.iter().enumerate() {
        let label = match layout.number {
            0 => format!("[{}] ", first + index),
            1 => format!("{}. ", first + index),
            2 if random.chance(95) => format!("({}) ", first + index),
            _ => String::new(),
        };
        let start = text.len() + layout.indent + layout.first;
        wrap(&mut text, &format!("{label}{reference}"), &layout, random);
        spans.push(Span::new(start, text.len()));
        text.push_str(if layout.blanks { "\n\n" } else { "\n" });
        if layout.width.is_some() && random.chance(2) {
            let _ = writeln!(text, "{}", 100 + random.below(300));
        }
    }
    if random.chance(35) {
        let _ = write!(
            text,
            "\n{}\n\n",
            ["Appendix", "Appendix A. Questionnaire", "About the authors", "Anhang", "Table 1", "Acknowledgements"]
                [random.below(6)]
        );
        for paragraph in body.iter().take(1 + random.below(5)) {
            wrap(&mut text, paragraph, &layout.body(), random);
            text.push_str("\n\n");
        }
    }
    Sample { document: Document::from_plain(text.as_bytes()), references: spans, weight: 0.35 }
}

/// The same as Markdown: items or paragraphs.
fn markdown(references: &[String], bodies: &[Vec<String>], random: &mut Random) -> Sample {
    let body = &bodies[random.below(bodies.len())];
    let mut text = String::from("# Title\n\n");
    for paragraph in body.iter().take(3 + random.below(10)) {
        let _ = write!(text, "{}\n\n", plain(paragraph));
    }
    let heading = random.below(4);
    text.push_str(["## References\n\n", "References:\n\n", "**Bibliography**\n\n", "## Sources used\n\n"][heading]);
    let bullets = random.chance(60);
    for reference in references {
        let _ = write!(
            text,
            "{}{}\n{}",
            if bullets { "- " } else { "" },
            plain(reference),
            if bullets && random.chance(90) { "" } else { "\n" }
        );
    }
    let document = Document::from_markdown(text.as_bytes());
    let kind = if bullets { BlockKind::ListItem } else { BlockKind::Paragraph };
    let blocks: Vec<Span> =
        document.blocks().iter().filter(|block| block.kind == kind).map(|block| block.span).collect();
    let references = blocks[blocks.len().saturating_sub(references.len())..].to_vec();
    Sample { document, references, weight: 0.35 }
}

fn plain(text: &str) -> String {
    text.replace(['*', '_', '[', ']', '<', '>', '#', '`', '\\', '|', '^', '~'], " ")
}

impl Layout {
    /// The same for running text.
    const fn body(&self) -> Self {
        Self { hang: 0, ..*self }
    }
}

fn wrap(out: &mut String, text: &str, layout: &Layout, random: &mut Random) {
    let (indent, deep) = (layout.indent, layout.indent + layout.hang);
    let mut column = indent + layout.first;
    let _ = write!(out, "{:column$}", "");
    let Some(width) = layout.width else {
        out.push_str(text);
        return;
    };
    let mut fresh = true;
    for word in text.split(' ') {
        let length = word.chars().count();
        if !fresh && column + 1 + length > width {
            let room = width.saturating_sub(column + 2);
            let letters = word.chars().all(char::is_alphabetic);
            if layout.hyphens != Hyphens::None && letters && room >= 3 && length >= room + 3 {
                if layout.hyphens == Hyphens::Joined {
                    let _ = write!(out, " {word}");
                } else {
                    let at = word.char_indices().nth(room).map_or(word.len(), |(at, _)| at);
                    let _ = write!(out, " {}-\n{:deep$}{}", &word[..at], "", &word[at..]);
                }
                column = deep + length - room;
                continue;
            }
            if layout.pages && random.below(50) == 0 {
                let _ = write!(out, "\n\n{:indent$}{}\n\n\u{c}", "", 1 + random.below(400));
            } else {
                out.push('\n');
            }
            let _ = write!(out, "{:deep$}", "");
            column = deep;
            fresh = true;
        }
        if !fresh {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
        fresh = false;
    }
}
