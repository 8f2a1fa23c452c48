//! The law of losses, for every format of the table: what a reader gets back is the record less what the writer reported.

mod common;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use reflist::formats::{Capability, FORMATS, Format, Target, WriteOptions, read_all, write_all};
use reflist::*;

/// Records of each kind that every format is tried with, and every pair of formats.
const CASES: u32 = 64;
const CASES_OF_A_PAIR: u32 = 16;

fn targets() -> [WriteOptions; 2] {
    let standard = WriteOptions::default();
    let mut zotero = WriteOptions::default();
    zotero.target = Target::Zotero;
    [standard, zotero]
}

/// `read(write(r)) == apply(losses, r)`.
#[track_caller]
fn check_law(format: &Format, options: &WriteOptions, record: &Record) -> Result<(), TestCaseError> {
    let (text, losses) = write_all(format, std::slice::from_ref(record), options);
    let (read, diagnostics) = read_all(format, text.as_bytes());
    let expected = apply(&losses, record);
    prop_assert_eq!(read.len(), 1, "{} reads one record of\n{}\n{:?}", format.name, text, diagnostics);
    let differences = common::differences(&read[0], &expected);
    prop_assert!(differences.is_empty(), "{differences}in\n{text}\n{} losses: {losses:?}", losses.len());
    Ok(())
}

/// Runs `law` on so many records of every kind; a failure tells the smallest record's differences.
#[track_caller]
fn for_records_of_every_kind(format: &Format, cases: u32, law: impl Fn(Kind, Record) -> Result<(), TestCaseError>) {
    for &kind in Kind::ALL {
        let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
        match runner.run(&common::record_of(kind), |record| law(kind, record)) {
            Ok(()) => {}
            Err(TestError::Fail(reason, _)) => panic!("{} {kind}: {reason}", format.name),
            Err(error) => panic!("{} {kind}: {error}", format.name),
        }
    }
}

#[test]
fn what_comes_back_is_the_record_less_its_losses() {
    for format in FORMATS {
        for_records_of_every_kind(format, CASES, |_, record| {
            targets().iter().try_for_each(|options| check_law(format, options, &record))
        });
    }
}

/// What one format made of a record, with the fields that it keeps apart, is a record to every other.
#[test]
fn what_one_format_gives_back_the_next_one_loses_nothing_of_in_silence() {
    for first in FORMATS {
        for second in FORMATS {
            for_records_of_every_kind(second, CASES_OF_A_PAIR, |_, record| {
                targets().iter().try_for_each(|options| {
                    let (text, _) = write_all(first, std::slice::from_ref(&record), options);
                    let (read, _) = read_all(first, text.as_bytes());
                    read.iter().try_for_each(|record| check_law(second, options, record))
                })
            });
        }
    }
}

#[test]
fn no_loss_is_reported_of_what_a_format_holds_wholly() {
    for format in FORMATS {
        for_records_of_every_kind(format, CASES, |kind, record| {
            let (_, losses) = write_all(format, std::slice::from_ref(&record), &WriteOptions::default());
            for loss in losses {
                if let Subject::Variable(variable) = loss.subject {
                    let held = (format.holds)(kind, variable);
                    prop_assert!(
                        held != Capability::Wholly,
                        "{variable} is held wholly, yet {loss:?} of {:?}",
                        record.get(variable)
                    );
                    let kept = loss.kept.is_some();
                    prop_assert!(kept || held == Capability::Not, "{variable} is held partly, yet dropped");
                }
            }
            Ok(())
        });
    }
}

/// What is read, written and read again is what was read, but for the losses that were reported.
#[test]
fn real_files_come_back() {
    let mut files = 0;
    for path in common::bibliographies() {
        let Some(format) = path.extension().and_then(|extension| formats::by_extension(extension.to_str()?)) else {
            continue;
        };
        let bytes = std::fs::read(&path).unwrap();
        let (records, _) = read_all(format, &bytes);
        files += 1;
        for target in FORMATS {
            for options in targets() {
                let (text, losses) = write_all(target, &records, &options);
                let (back, diagnostics) = read_all(target, text.as_bytes());
                assert_eq!(back.len(), records.len(), "{} through {}: {diagnostics:?}", path.display(), target.name);
                for (read, record) in back.iter().zip(&records) {
                    // Keys may stand twice in a file; a loss of one is then no loss of the other.
                    let own: Vec<Loss> = if records.iter().filter(|other| other.key == record.key).count() == 1 {
                        losses.iter().filter(|loss| loss.record == record.key).cloned().collect()
                    } else {
                        write_all(target, std::slice::from_ref(record), &options).1
                    };
                    let differences = common::differences(read, &apply(&own, record));
                    assert!(differences.is_empty(), "{} through {}: {differences}", path.display(), target.name);
                }
            }
        }
    }
    println!("{files} files");
}

/// What each format holds, as reviewed: a writer cannot buy the law by reporting everything.
#[test]
fn what_formats_hold_is_as_reviewed() {
    let mut table = String::new();
    for format in FORMATS {
        table.push_str(&format!("{}\n", format.name));
        for &variable in Variable::ALL {
            let of = |kind: Kind| match (format.holds)(kind, variable) {
                Capability::Wholly => "wholly",
                Capability::Partly => "partly",
                _ => "not",
            };
            let usual = ["wholly", "partly", "not"]
                .into_iter()
                .max_by_key(|held| Kind::ALL.iter().filter(|kind| of(**kind) == *held).count())
                .unwrap();
            let odd: Vec<String> = Kind::ALL
                .iter()
                .filter(|kind| of(**kind) != usual)
                .map(|kind| format!("{kind} {}", of(*kind)))
                .collect();
            let odd = if odd.is_empty() { String::new() } else { format!(" ({})", odd.join(", ")) };
            table.push_str(&format!("  {variable}: {usual}{odd}\n"));
        }
    }
    insta::assert_snapshot!(table);
}
