//! References that were written by hand, in the notation of the templates: `testdata/references/world/*.txt`.
//!
//! A line "= pl book" says the language and the CSL type of the references that follow, one a line.

use std::error::Error;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::grammar::plain;
use crate::pattern::Pattern;

/// All files of a folder as labelled references.
pub fn read(folder: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let mut lines = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        file(&name, &std::fs::read_to_string(&path)?, &mut lines).map_err(|reason| format!("{name}: {reason}"))?;
    }
    Ok(lines)
}

fn file(name: &str, source: &str, lines: &mut Vec<Value>) -> Result<(), String> {
    let (mut language, mut kind, mut count) = ("", "", 0);
    for line in source.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(head) = line.strip_prefix("= ") {
            (language, kind) = head.split_once(' ').ok_or_else(|| format!("language and type: {line}"))?;
            continue;
        }
        count += 1;
        let labelled = plain(&Pattern::parse(line)?).ok_or_else(|| format!("choices in {line}"))?;
        labelled.check()?;
        let (text, spans) = labelled.to_json();
        lines.push(json!({
            "id": format!("{name}-{count:02}"), "source": name, "group": format!("{name}-{language}"), "lang": language, "type": kind,
            "text": text, "spans": spans,
        }));
    }
    Ok(())
}
