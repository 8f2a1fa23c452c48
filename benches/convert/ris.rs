//! RIS and CSL-JSON, from text to records to text.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use reflist::formats::{Format, WriteOptions, csl_json, read_all, ris, write_all};
use reflist::{Ignore, Record, Sink};

/// Real RIS of databases and reference managers, repeated up to 50 MB.
pub static LARGE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let shared = std::env::var("REFLIST_SHARED").map(|path| PathBuf::from(path).join("data/bibliographies"));
    let root = shared.unwrap_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/ris"));
    let mut once = Vec::new();
    collect(&root, &mut once);
    assert!(!once.is_empty(), "no .ris file below {}", root.display());
    once.repeat(50_000_000 / once.len() + 1)
});

static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| read_all(&ris::FORMAT, &LARGE).0);

static LARGE_CSL: LazyLock<String> =
    LazyLock::new(|| write_all(&csl_json::FORMAT, &RECORDS, &WriteOptions::default()).0);

fn collect(folder: &Path, bytes: &mut Vec<u8>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, bytes);
        } else if path.extension().is_some_and(|extension| extension == "ris") {
            let text = std::fs::read(&path).unwrap();
            if std::str::from_utf8(&text).is_ok() {
                bytes.extend(text);
                bytes.extend(b"\n");
            }
        }
    }
}

/// Takes each record as it comes and writes it, so that one is in memory at a time.
struct Through<'o> {
    format: &'o Format,
    out: &'o mut String,
    written: usize,
}

impl Sink<Record> for Through<'_> {
    fn report(&mut self, record: Record) {
        (self.format.write)(&record, &WriteOptions::default(), self.out, &mut Ignore);
        self.written += self.out.len();
        self.out.clear();
    }
}

fn convert(from: &Format, to: &Format, mut bytes: &[u8]) -> usize {
    let mut out = String::new();
    let mut through = Through { format: to, out: &mut out, written: 0 };
    from.read(&mut bytes, &mut through, &mut Ignore).unwrap();
    through.written
}

#[divan::bench(name = "ris/read")]
fn read_ris(bencher: Bencher) {
    bencher.counter(BytesCount::new(LARGE.len())).bench(|| read_all(&ris::FORMAT, black_box(&LARGE)).0.len());
}

#[divan::bench(name = "ris/to-csl-json")]
fn ris_to_csl(bencher: Bencher) {
    bencher.counter(BytesCount::new(LARGE.len())).bench(|| convert(&ris::FORMAT, &csl_json::FORMAT, black_box(&LARGE)));
}

#[divan::bench(name = "ris/write")]
fn write_ris(bencher: Bencher) {
    bencher
        .counter(BytesCount::new(LARGE.len()))
        .bench(|| write_all(&ris::FORMAT, black_box(&RECORDS), &WriteOptions::default()).0.len());
}

#[divan::bench(name = "csl-json/read")]
fn read_csl(bencher: Bencher) {
    bencher
        .counter(BytesCount::new(LARGE_CSL.len()))
        .bench(|| read_all(&csl_json::FORMAT, black_box(LARGE_CSL.as_bytes())).0.len());
}

#[divan::bench(name = "csl-json/write")]
fn write_csl(bencher: Bencher) {
    bencher
        .counter(BytesCount::new(LARGE_CSL.len()))
        .bench(|| write_all(&csl_json::FORMAT, black_box(&RECORDS), &WriteOptions::default()).0.len());
}
