//! Any bytes read as CSL-JSON and as JSON Lines; what was read comes back whole from both.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reflist::formats::{WriteOptions, csl_json, jsonl};

fuzz_target!(|bytes: &[u8]| {
    let _ = jsonl::read(bytes);
    let (records, _) = csl_json::read(bytes);
    let (text, losses) = csl_json::write(&records, &WriteOptions::default());
    assert!(losses.is_empty());
    let (back, diagnostics) = csl_json::read(text.as_bytes());
    assert!(diagnostics.is_empty(), "{diagnostics:?}\n{text}");
    assert_eq!(back, records, "{text}");
    let (lines, _) = jsonl::write(&records, &WriteOptions::default());
    assert_eq!(jsonl::read(lines.as_bytes()).0, records, "{lines}");
});
