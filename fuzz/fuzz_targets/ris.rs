//! Any bytes read as RIS; what was read comes back but for the losses that were reported.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reflist::apply;
use reflist::formats::{Target, WriteOptions, ris};

fuzz_target!(|bytes: &[u8]| {
    let (records, _) = ris::read(bytes);
    for target in [Target::Standard, Target::Zotero] {
        let mut options = WriteOptions::default();
        options.target = target;
        for record in &records {
            let (text, losses) = ris::write(std::slice::from_ref(record), &options);
            let (back, _) = ris::read(text.as_bytes());
            assert_eq!(back.len(), 1, "{text}");
            assert_eq!(back[0], apply(&losses, record), "{text}\n{losses:?}");
        }
    }
});
