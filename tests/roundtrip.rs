//! The law of losses, for every format of the table: what a reader gets back is the record less what the writer reported.

mod common;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use reflist::formats::{Capability, FORMATS, Format, Target, WriteOptions, read_all, write_all};
use reflist::*;

/// Records of each kind that every format is tried with.
const CASES: u32 = 64;

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

/// Runs `law` on records of every kind; a failure tells the smallest record's differences.
#[track_caller]
fn for_records_of_every_kind(format: &Format, law: impl Fn(Kind, Record) -> Result<(), TestCaseError>) {
    for &kind in Kind::ALL {
        let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
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
        for_records_of_every_kind(format, |_, record| {
            targets().iter().try_for_each(|options| check_law(format, options, &record))
        });
    }
}

#[test]
fn no_loss_is_reported_of_what_a_format_holds_wholly() {
    for format in FORMATS {
        for_records_of_every_kind(format, |kind, record| {
            let (_, losses) = write_all(format, std::slice::from_ref(&record), &WriteOptions::default());
            for loss in losses {
                if let Subject::Variable(variable) = loss.subject {
                    let held = (format.holds)(kind, variable);
                    prop_assert!(held != Capability::Wholly, "{variable} is held wholly, yet {loss:?}");
                    let kept = loss.kept.is_some();
                    prop_assert!(kept || held == Capability::Not, "{variable} is held partly, yet dropped");
                }
            }
            Ok(())
        });
    }
}
