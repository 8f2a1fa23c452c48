//! Any bytes read as BibTeX: the file is written back byte for byte, and what was read comes back from both dialects but for the
//! losses that were reported.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reflist::formats::{Target, WriteOptions, biblatex, bibtex, read_all, write_all};
use reflist::{Record, apply};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = std::str::from_utf8(bytes) {
        assert_eq!(bibtex::Document::parse(source).to_string(), source);
    }
    let (records, _) = bibtex::read(bytes);
    for format in [&bibtex::FORMAT, &biblatex::FORMAT] {
        for target in [Target::Standard, Target::Zotero] {
            let mut options = WriteOptions::default();
            options.target = target;
            for record in &records {
                let (text, losses) = write_all(format, std::slice::from_ref(record), &options);
                let (back, _) = read_all(format, text.as_bytes());
                assert_eq!(back.len(), 1, "{text}");
                assert_eq!(sorted(back[0].clone()), sorted(apply(&losses, record)), "{text}\n{losses:?}");
            }
        }
    }
});

/// The record with its extra fields by name: among those of different names no order is promised.
fn sorted(mut record: Record) -> Record {
    record.extra.sort_by(|one, other| (&one.name, one.ordinal).cmp(&(&other.name, other.ordinal)));
    record
}
