//! Trains and measures the finder of reference lists on the labelled documents under `REFLIST_SHARED`.
//!
//! ```text
//! cargo run --release --example finder -- train src/parse/section/finder.bin
//! cargo run --release --example finder -- measure            # the table
//! cargo run --release --example finder -- wrong grobid 5     # what is wrong in five documents of the tuning part
//! ```

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::cast_precision_loss, missing_docs, unreachable_pub)]

#[path = "../../tests/support/corpus.rs"]
mod corpus;
mod layouts;

use reflist::document::Document;
use reflist::parse::section::{Sample, TrainOptions, train};

const SETS: [&str; 4] = ["grobid", "jats", "anystyle", "excite"];

fn main() {
    let folder = corpus::folder().expect("REFLIST_SHARED names the shared folder");
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("train") => {
            let samples: Vec<Sample> = SETS
                .into_iter()
                .flat_map(|set| corpus::load(&folder, set).into_iter().map(move |case| (set, case)))
                .filter(|(_, case)| !case.held_back && Document::from_plain(case.text.as_bytes()).text() == case.text)
                .map(|(_, case)| Sample {
                    document: Document::from_plain(case.text.as_bytes()),
                    references: case.references,
                    weight: 1.0,
                })
                .collect();
            let samples = with_layouts(samples, &folder);
            std::fs::write(&args[1], train(&samples, TrainOptions::default())).unwrap();
        }
        Some("each") => each(&folder, &args[1]),
        Some("wrong") => {
            let mut left: usize = args[2].parse().unwrap();
            for case in corpus::load(&folder, &args[1]).into_iter().filter(|case| !case.held_back) {
                let (score, _, [extra, missing]) = corpus::score(&case);
                if score.perfect == 1 || left == 0 {
                    continue;
                }
                left -= 1;
                println!("=== {} right {} found {} gold {}", case.id, score.right, score.found, score.gold);
                for (sign, list) in [('+', &extra), ('-', &missing)] {
                    for text in list.iter().take(6) {
                        let cut = text.char_indices().nth(150).map_or(text.len(), |(at, _)| at);
                        println!("{sign} {} [{}]", &text[..cut], text.len());
                    }
                }
            }
        }
        _ => {
            println!("F1 by the gold as it is, and of all that is held back by the mended one");
            println!(
                "{:10} {:>8} {:>8} {:>8} {:>8}   {:>8} {:>8}",
                "set", "tuned", "held", "all", "mended", "P all", "R all"
            );
            for set in SETS {
                let (mut tuned, mut held, mut mended) =
                    (corpus::Score::default(), corpus::Score::default(), corpus::Score::default());
                for case in corpus::load(&folder, set) {
                    let (score, by_mended, _) = corpus::score(&case);
                    if case.held_back {
                        held.add(score);
                        mended.add(by_mended);
                    } else {
                        tuned.add(score);
                    }
                }
                let mut all = tuned;
                all.add(held);
                println!(
                    "{set:10} {:8.3} {:8.3} {:8.3} {:8.3}   {:8.3} {:8.3}  perfect {}/{}",
                    tuned.f1(),
                    held.f1(),
                    all.f1(),
                    mended.f1(),
                    all.right as f64 / all.found as f64,
                    all.right as f64 / all.gold as f64,
                    all.perfect,
                    all.documents
                );
            }
        }
    }
}

/// The samples and as many made up around references of the training sets.
fn with_layouts(mut samples: Vec<Sample>, folder: &std::path::Path) -> Vec<Sample> {
    let bodies: Vec<Vec<String>> = corpus::load(folder, "jats")
        .into_iter()
        .filter(|case| !case.held_back)
        .map(|case| {
            let body = &case.text[..case.references.first().map_or(case.text.len(), |first| first.start)];
            body.split("\n\n").filter(|paragraph| paragraph.len() > 20).map(str::to_owned).collect()
        })
        .collect();
    let data = folder.parent().unwrap();
    let mut random = layouts::Random(0x51ED_2701);
    for file in
        ["synthetic/train-01", "synthetic/train-02", "train/jats", "train/grobid", "train/excite", "train/anystyle"]
    {
        let text = corpus::unpack(&data.join(format!("{file}.jsonl.gz")));
        let groups = layouts::groups(&text);
        let step = (groups.len() / 150).max(1);
        for list in groups.iter().step_by(step) {
            samples.push(layouts::sample(list, &bodies, &mut random));
        }
    }
    samples
}

/// One line a document.
fn each(folder: &std::path::Path, set: &str) {
    for case in corpus::load(folder, set) {
        let (score, ..) = corpus::score(&case);
        println!(
            "{:.3} {} {} {} {} {}",
            score.f1(),
            case.id,
            score.right,
            score.found,
            score.gold,
            if case.held_back { "held" } else { "" }
        );
    }
}
