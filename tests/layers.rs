//! What must never be there: a stage that imports a later one, a format that imports a stage, a library that prints.
//!
//! Reads the `crate::` paths of every source file and holds them against the allowed pairs. Whoever needs a new pair adds it here,
//! with its reason, or finds that the code belongs elsewhere.

use std::fs;
use std::path::{Path, PathBuf};

/// A layer, and the layers that its non-test code may name; `parse/*` is every layer below `parse`. Every layer may name itself. The
/// longest prefix decides which layer a file belongs to.
const ALLOWED: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("diagnostic", &["span"]),
    ("error", &["diagnostic"]),
    ("record", &["span", "diagnostic"]),
    // TeX is read to and written from the record's rich text.
    ("text", &["span", "diagnostic", "record"]),
    ("document", &["text", "span", "diagnostic"]),
    ("parse/section", &["document", "text", "span", "diagnostic"]),
    ("parse/entries", &["parse/section", "document", "text", "span", "diagnostic"]),
    ("parse/tokens", &["parse/entries", "text", "span"]),
    ("parse/label", &["parse/tokens", "parse/entries", "text", "span", "error"]),
    ("parse/fields", &["parse/label", "parse/entries", "record", "text", "span", "diagnostic"]),
    // Gold against parsed: compares spans with labels, and CSL-JSON values with CSL-JSON values.
    ("parse/evaluate", &["parse/label", "parse/tokens", "parse/entries", "record", "span", "error"]),
    ("parse", &["document", "record", "text", "span", "diagnostic", "error", "parse"]),
    ("citations", &["document", "record", "text", "span", "diagnostic"]),
    // Holds what formats read out of a document against what was parsed from it.
    ("embedded", &["document", "parse", "formats/bibtex", "formats/csl_json", "record", "diagnostic"]),
    ("formats/biblatex", &["formats/bibtex", "formats", "record", "text", "span", "diagnostic"]),
    ("formats/bibtex", &["formats", "record", "text", "span", "diagnostic"]),
    ("formats/csl_json", &["formats", "record", "text", "span", "diagnostic"]),
    // The native form is CSL-JSON with more around it.
    ("formats/jsonl", &["formats/csl_json", "formats", "record", "text", "span", "diagnostic"]),
    ("formats/ris", &["formats", "record", "text", "span", "diagnostic"]),
    (
        "formats",
        &[
            "formats/bibtex",
            "formats/biblatex",
            "formats/csl_json",
            "formats/ris",
            "formats/jsonl",
            "record",
            "text",
            "diagnostic",
        ],
    ),
    (
        "cli",
        &[
            "span",
            "diagnostic",
            "error",
            "record",
            "text",
            "document",
            "parse",
            "parse/*",
            "citations",
            "embedded",
            "formats",
            "formats/*",
        ],
    ),
    ("lib", &["span", "diagnostic", "error", "record", "text", "document", "parse", "citations", "formats"]),
    ("main", &[]),
];

/// What only the program may do.
const IMPURE: &[&str] = &[
    "println!",
    "eprintln!",
    "print!(",
    "std::env",
    "std::fs",
    "File::open",
    "SystemTime",
    "Instant::now",
    "std::process",
];

#[test]
fn no_layer_imports_what_it_must_not() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let layer = layer_of(&path);
        let allowed = allowed(&layer).unwrap_or_else(|| panic!("{path}: no rule for layer {layer}; add it to ALLOWED"));
        for (line, import) in imports(&text) {
            let target = layer_of_import(&import);
            if target != layer && !allowed.iter().any(|rule| covers(rule, &target)) {
                wrong.push(format!("src/{path}:{line}: {layer} must not import {target} (crate::{import})"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn only_the_program_prints_opens_files_and_reads_the_clock() {
    let mut wrong = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| !path.starts_with("cli/") && path != "main.rs") {
        for (number, line) in code_lines(&text) {
            if let Some(what) = IMPURE.iter().find(|what| line.contains(*what)) {
                wrong.push(format!("src/{path}:{number}: {what}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long_to_read() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 800, "src/{path} has {lines} lines; divide it by topic");
    }
}

/// Every source file, with its path below `src`.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.len() > 10, "the sources are found");
    files
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file).unwrap();
            let name = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            (name, text)
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect(&entry, files);
        // Test modules may do what they like.
        } else if entry.extension().is_some_and(|extension| extension == "rs") && !entry.ends_with("tests.rs") {
            files.push(entry);
        }
    }
}

/// The lines of code: neither comments nor the test module at the end of a file.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| (at + 1, line))
}

/// The paths behind `crate::`, groups opened one level: `use crate::{a::B, c}` gives `a::B` and `c`.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in code_lines(text) {
        for part in line.split("crate::").skip(1) {
            match part.strip_prefix('{') {
                Some(group) => {
                    let group = group.split('}').next().unwrap_or_default();
                    found.extend(group.split(',').map(|item| (number, item.trim().to_owned())));
                }
                None => {
                    let path: String =
                        part.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
                    found.push((number, path));
                }
            }
        }
    }
    found.retain(|(_, import)| !import.is_empty());
    found
}

/// The layer of a file: the longest name in ALLOWED that its path begins with.
fn layer_of(path: &str) -> String {
    let module = path.trim_end_matches(".rs").trim_end_matches("/mod");
    longest(module)
}

fn covers(rule: &str, target: &str) -> bool {
    match rule.strip_suffix('*') {
        Some(folder) => target.starts_with(folder),
        None => rule == target,
    }
}

/// The layer of an import: `parse::label::Label` is `parse/label`. What the crate's root re-exports belongs to where it is declared.
fn layer_of_import(import: &str) -> String {
    match import.split("::").next().unwrap_or_default() {
        "Diagnostic" | "Level" | "Place" | "Sink" | "Ignore" => "diagnostic".to_owned(),
        "Span" | "LineIndex" | "line_column" => "span".to_owned(),
        "Error" => "error".to_owned(),
        "Document" => "document".to_owned(),
        item if item.starts_with(char::is_uppercase) => "record".to_owned(),
        _ => longest(&import.replace("::", "/")),
    }
}

fn longest(module: &str) -> String {
    ALLOWED
        .iter()
        .map(|(layer, _)| *layer)
        .filter(|layer| module == *layer || module.starts_with(&format!("{layer}/")))
        .max_by_key(|layer| layer.len())
        .unwrap_or_default()
        .to_owned()
}

fn allowed(layer: &str) -> Option<&'static [&'static str]> {
    ALLOWED.iter().find(|(name, _)| *name == layer).map(|(_, allowed)| *allowed)
}
