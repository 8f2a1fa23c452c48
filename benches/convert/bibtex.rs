//! BibTeX and BibLaTeX.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use reflist::formats::bibtex::syntax;
use serde::de::IgnoredAny;

/// All real entries that every reader here takes, each once, and that repeated up to 50 MB.
pub static LARGE: LazyLock<String> = LazyLock::new(|| {
    let shared = std::env::var("REFLIST_SHARED").map(|path| PathBuf::from(path).join("data/bibliographies"));
    let root = shared.unwrap_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/bibtex"));
    let mut files = Vec::new();
    collect(&root, &mut files);
    let mut seen = HashSet::new();
    let once: String = files
        .iter()
        .flat_map(|text| entries(text))
        .filter(|entry| seen.insert(*entry) && is_common_ground(entry))
        .map(|entry| format!("{entry}\n\n"))
        .collect();
    assert!(!once.is_empty(), "no .bib file below {}", root.display());
    once.repeat(50_000_000 / once.len() + 1)
});

/// The entries of a file with which nothing is wrong.
fn entries(text: &str) -> impl Iterator<Item = &str> {
    let syntax = syntax::parse(text);
    let broken: HashSet<usize> = syntax.problems.iter().map(|problem| problem.block as usize).collect();
    let blocks = syntax.blocks.into_iter().enumerate();
    blocks
        .filter(move |(at, block)| block.kind == syntax::BlockKind::Entry && !broken.contains(at))
        .map(|(_, block)| block.range.of(text))
}

fn collect(folder: &Path, files: &mut Vec<String>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "bib")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            files.push(text);
        }
    }
}

/// Entries that all readers take; some crates refuse, for one, macros that nothing defines.
fn is_common_ground(entry: &str) -> bool {
    let twice = format!("{entry}\n{entry}");
    let reads = |read: fn(&str) -> bool| std::panic::catch_unwind(|| read(&twice)).unwrap_or(false);
    reads(|text| bibtex_parser::Library::parse(text).is_ok_and(|library| !library.entries().is_empty()))
        && reads(|text| {
            serde_bibtex::de::Deserializer::from_str(text).into_iter::<IgnoredAny>().all(|entry| entry.is_ok())
        })
        && reads(|text| biblatex::RawBibliography::parse(text).is_ok())
}

fn bytes() -> BytesCount {
    BytesCount::new(LARGE.len())
}

#[divan::bench(name = "bibtex/syntax")]
fn syntax(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| syntax::parse(black_box(&LARGE)));
}

#[divan::bench(name = "bibtex/syntax/bibtex-parser-strict")]
fn bibtex_parser_strict(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| bibtex_parser::Library::parse(black_box(&LARGE)).unwrap());
}

#[divan::bench(name = "bibtex/syntax/serde_bibtex-ignored")]
fn serde_bibtex_ignored(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| {
        let de = serde_bibtex::de::Deserializer::from_str(black_box(&LARGE));
        de.into_iter::<IgnoredAny>().filter(Result::is_ok).count()
    });
}

#[divan::bench(name = "bibtex/records", sample_count = 10)]
fn records(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| reflist::formats::bibtex::read(black_box(LARGE.as_bytes())));
}

#[divan::bench(name = "bibtex/records/biblatex", sample_count = 3)]
fn biblatex_crate(bencher: Bencher) {
    bencher
        .counter(bytes())
        .bench(|| biblatex::RawBibliography::parse(black_box(&LARGE)).map(|found| found.entries.len()));
}

/// What converting is: each record goes from the reader to the writer and is dropped.
fn convert(format: &'static reflist::formats::Format) -> usize {
    struct Out(String, &'static reflist::formats::Format);
    impl reflist::Sink<reflist::Record> for Out {
        fn report(&mut self, record: reflist::Record) {
            (self.1.write)(&record, &Default::default(), &mut self.0, &mut reflist::Ignore);
            if self.0.len() > 1 << 20 {
                black_box(&self.0);
                self.0.clear();
            }
        }
    }
    let mut out = Out(String::new(), format);
    let mut input = LARGE.as_bytes();
    reflist::formats::bibtex::FORMAT.read(&mut input, &mut out, &mut reflist::Ignore).unwrap();
    out.0.len()
}

#[divan::bench(name = "bibtex/to-csl-json", sample_count = 10)]
fn to_csl_json(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| convert(&reflist::formats::csl_json::FORMAT));
}

#[divan::bench(name = "bibtex/to-ris", sample_count = 10)]
fn to_ris(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| convert(&reflist::formats::ris::FORMAT));
}

#[divan::bench(name = "bibtex/to-biblatex", sample_count = 10)]
fn to_biblatex(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| convert(&reflist::formats::biblatex::FORMAT));
}
