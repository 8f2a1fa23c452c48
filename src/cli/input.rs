//! What an input is: a document, a bare list, lines, or a bibliography; by `-f`, by extension, by content.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::pdf;
use crate::document::DocumentKind;
use crate::formats::{self, Format};

/// How much of an input is looked at to tell its format.
const HEAD: usize = 1 << 16;

/// What the input is read as.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source {
    /// An article: its lists are found.
    Document(DocumentKind),
    /// The whole input is one list.
    List,
    /// Each line is exactly one reference.
    Lines,
    /// Records.
    Bibliography(&'static Format),
}

/// The names of inputs that are neither documents nor bibliographies.
const BARE: [&str; 2] = ["list", "lines"];

/// Extensions that say too little: the content decides.
const UNTELLING: [&str; 3] = ["txt", "xml", "json"];

/// Checks the value of `-f`; the message of a wrong one names what is near.
pub(super) fn parse_from(name: &str) -> Result<Option<Source>, String> {
    match name {
        "auto" => return Ok(None),
        "list" => return Ok(Some(Source::List)),
        "lines" => return Ok(Some(Source::Lines)),
        _ => {}
    }
    if let Some(kind) = DocumentKind::from_name(name) {
        return Ok(Some(Source::Document(kind)));
    }
    if let Some(format) = formats::by_name(name) {
        return Ok(Some(Source::Bibliography(format)));
    }
    Err(format!(
        "unknown input format `{name}`; documents are {}; bare lists are {}; bibliographies are {}",
        names(DocumentKind::ALL.iter().map(|kind| kind.as_str())),
        names(BARE),
        names(formats::FORMATS.iter().map(|format| format.name)),
    ))
}

/// `a, b, c`.
pub(super) fn names(names: impl IntoIterator<Item = &'static str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// The inputs of the command line; standard input where there is none.
pub(super) fn paths(inputs: &[PathBuf]) -> Vec<PathBuf> {
    if inputs.is_empty() { vec![PathBuf::from("-")] } else { inputs.to_vec() }
}

/// What diagnostics call an input.
pub(super) fn name_of(path: &Path) -> String {
    if path.as_os_str() == "-" { "<stdin>".to_owned() } else { path.display().to_string() }
}

/// Opens `path` (`-` is standard input) and tells what it is.
///
/// `None` for the source means that nothing fits: the content is no text and no known archive. A PDF is its text, where `pdftotext` is
/// installed.
pub(super) fn open(path: &Path, from: Option<Source>) -> io::Result<(Option<Source>, Box<dyn BufRead>)> {
    let raw: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        if path.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
        }
        Box::new(File::open(path)?)
    };
    let mut raw = BufReader::with_capacity(HEAD, raw);
    let mut head = Vec::with_capacity(HEAD);
    (&mut raw).take(HEAD as u64).read_to_end(&mut head)?;
    let is_text = matches!(from, None | Some(Source::Document(DocumentKind::Plain)));
    if is_text && pdf::is_pdf(&head) {
        let mut whole = io::Cursor::new(head).chain(raw);
        return Ok(match pdf::text(&mut whole)? {
            Some(text) => (Some(Source::Document(DocumentKind::Plain)), Box::new(io::Cursor::new(text))),
            None => (from, Box::new(whole)),
        });
    }
    match from {
        Some(Source::Lines) if crate::text::decode(&head).is_binary() => Ok((None, Box::new(io::Cursor::new(head)))),
        // Lines are decoded one by one, which UTF-16 does not allow.
        Some(Source::Lines) if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") => {
            raw.read_to_end(&mut head)?;
            let text = crate::text::decode(&head).text.into_owned();
            Ok((from, Box::new(io::Cursor::new(text.into_bytes()))))
        }
        _ => {
            let source = from.or_else(|| detect(path.extension(), &head));
            Ok((source, Box::new(io::Cursor::new(head).chain(raw))))
        }
    }
}

fn detect(extension: Option<&OsStr>, head: &[u8]) -> Option<Source> {
    let extension = extension.and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    let telling = extension.as_deref().filter(|extension| !UNTELLING.contains(extension));
    if let Some(format) = telling.and_then(formats::by_extension) {
        return Some(Source::Bibliography(format));
    }
    let known_document = telling.and_then(|extension| DocumentKind::detect(Some(extension), &[]));
    if telling.is_none() || known_document.is_none_or(|kind| kind == DocumentKind::Plain) {
        let text = crate::text::decode(head).text;
        if let Some(format) = formats::FORMATS.iter().copied().find(|format| (format.sniff)(&text)) {
            return Some(Source::Bibliography(format));
        }
    }
    DocumentKind::detect(extension.as_deref(), head).map(Source::Document)
}

/// Reads all of it.
pub(super) fn read_all(mut reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    Ok(bytes)
}
