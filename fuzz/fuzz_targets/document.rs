//! Any bytes read as a document of any kind: lists and entries are found in it, and their places are in the source.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reflist::document::DocumentKind;
use reflist::parse::{entries, section};
use reflist::{Document, embedded};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let kind = DocumentKind::ALL[usize::from(*first) % DocumentKind::ALL.len()];
    let document = Document::read(kind, bytes);
    for block in document.blocks() {
        let _ = document.slice(block.span);
    }
    let (lists, _) = section::find(&document);
    for list in &lists {
        for entry in entries::split(&document, list) {
            assert!(!entry.text.trim().is_empty());
            assert!(document.source().get(entry.place.range()).is_some(), "{:?}", entry.place);
        }
    }
    let _ = embedded::records(&document);
});
