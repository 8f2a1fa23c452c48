//! The labelled documents under `REFLIST_SHARED`: reading them, and scoring what is found in them.

use std::path::{Path, PathBuf};
use std::process::Command;

use reflist::Span;
use reflist::document::Document;
use reflist::parse::Parser;
use reflist::parse::label::Model;

/// A labelled document.
pub struct Case {
    /// Its name.
    #[allow(dead_code, reason = "not every test names the document")]
    pub id: String,
    /// Its text.
    pub text: String,
    /// Where its references stand, in bytes of the text.
    pub references: Vec<Span>,
    /// The same, with those whole that the gold cuts into pieces (`testdata/labels/document-gold.tsv`).
    pub mended: Vec<Span>,
    /// Whether it is of the third that nothing is tuned on.
    pub held_back: bool,
}

/// The folder of the labelled documents, if this machine has it.
pub fn folder() -> Option<PathBuf> {
    let folder = Path::new(&std::env::var_os("REFLIST_SHARED")?).join("data/documents");
    folder.is_dir().then_some(folder)
}

/// The documents of one set.
pub fn load(folder: &Path, set: &str) -> Vec<Case> {
    let text = unpack(&folder.join(format!("{set}.jsonl.gz")));
    text.lines().map(|line| case(&serde_json::from_str(line).expect("a line is JSON"))).collect()
}

/// The text of a file packed by gzip.
pub fn unpack(path: &Path) -> String {
    let output = Command::new("gzip").arg("-dc").arg(path).output().expect("gzip runs");
    String::from_utf8(output.stdout).expect("the file is UTF-8")
}

fn case(value: &serde_json::Value) -> Case {
    let text = value["text"].as_str().expect("text").to_owned();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let spans = if value["reference_spans"].is_array() { &value["reference_spans"] } else { &value["references"] };
    let references = spans
        .as_array()
        .expect("references")
        .iter()
        .map(|pair| {
            let at = |index: usize| bytes[usize::try_from(pair[index].as_u64().expect("offset")).expect("small")];
            Span::new(at(0), at(1))
        })
        .collect();
    let references = without_labels(references, &value["labels"], &bytes);
    let id = value["id"].as_str().expect("id").to_owned();
    let mended = mend(&references, &cut_in_pieces(&id, &bytes));
    // FNV-1a of the name: a split that does not change when documents are added.
    let hash =
        id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    Case { held_back: (hash >> 20) % 3 == 0, id, text, references, mended }
}

/// The references without the labels in front, where a set tells them.
fn without_labels(references: Vec<Span>, labels: &serde_json::Value, bytes: &[usize]) -> Vec<Span> {
    let labels: Vec<(usize, usize)> = labels
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|pair| {
            let at = |index: usize| bytes.get(usize::try_from(pair[index].as_u64()?).ok()?).copied();
            Some((at(0)?, at(1)?))
        })
        .collect();
    references
        .into_iter()
        .map(|span| match labels.iter().find(|(start, end)| *start == span.start && *end < span.end) {
            Some((_, end)) => Span::new(*end, span.end),
            None => span,
        })
        .collect()
}

/// The references of a document that its gold cuts into pieces.
fn cut_in_pieces(id: &str, bytes: &[usize]) -> Vec<Span> {
    let span = |line: &str| {
        let mut columns = line.split('\t');
        let mut at = || columns.next()?.parse::<usize>().ok().and_then(|at| bytes.get(at).copied());
        Some(Span::new(at()?, at()?))
    };
    let rows = include_str!("../../testdata/labels/document-gold.tsv").lines();
    rows.filter_map(|row| row.strip_prefix(id)?.strip_prefix('\t'))
        .map(|row| span(row).expect("two places in the text"))
        .collect()
}

/// The whole ones in place of their pieces.
fn mend(references: &[Span], whole: &[Span]) -> Vec<Span> {
    let is_piece = |span: &Span| whole.iter().any(|whole| whole.start <= span.start && span.end <= whole.end);
    let mut mended: Vec<Span> = references.iter().filter(|span| !is_piece(span)).chain(whole).copied().collect();
    mended.sort_by_key(|span| span.start);
    mended
}

/// Letters and digits, lower case: what a reference is compared by.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How many references are right, found, and true.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    pub right: usize,
    pub found: usize,
    pub gold: usize,
    pub documents: usize,
    pub perfect: usize,
}

impl Score {
    pub fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }

    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
        self.documents += other.documents;
        self.perfect += other.perfect;
    }
}

/// The texts of the references that are found in a document, as letters.
pub fn found(document: &Document) -> Vec<String> {
    let parser = Parser::new(Model::embedded());
    let (lists, _) = parser.find(document);
    lists.iter().flat_map(|list| parser.split(document, list)).map(|entry| letters(&entry.text)).collect()
}

/// A reference without a number in front: "12. Kane MT", "[3] Smith", "1 Pons JP".
fn bare(text: &str) -> &str {
    if let Some((label, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']'))
        && label.len() < 40
        && rest.len() > 10
    {
        return rest;
    }
    let inner = text.trim_start_matches(['[', '(', '.', ')', ' ']);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let rest = inner[digits..].trim_start_matches(['.', ')', ']', ':']);
    let number =
        (1..=3).contains(&digits) && rest.len() > 10 && !rest.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    if number { rest } else { text }
}

/// Scores one document by its gold as it is and by the mended one; gives also what the first calls wrong and missing.
pub fn score(case: &Case) -> (Score, Score, [Vec<String>; 2]) {
    let found = found(&Document::from_plain(case.text.as_bytes()));
    let (mended, ..) = score_found(found.clone(), case, &case.mended);
    let (score, wrong, missing) = score_found(found, case, &case.references);
    (score, mended, [wrong, missing])
}

fn score_found(mut found: Vec<String>, case: &Case, gold: &[Span]) -> (Score, Vec<String>, Vec<String>) {
    let mut gold: Vec<String> = gold.iter().map(|span| letters(bare(&case.text[span.range()]))).collect();
    let mut score = Score { found: found.len(), gold: gold.len(), documents: 1, ..Score::default() };
    gold.retain(|text| match found.iter().position(|other| other == text) {
        Some(at) => {
            found.remove(at);
            score.right += 1;
            false
        }
        None => true,
    });
    score.perfect = usize::from(found.is_empty() && gold.is_empty());
    (score, found, gold)
}
