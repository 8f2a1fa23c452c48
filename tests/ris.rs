//! RIS, from outside: files after every vendor's habits, and what must never happen.

mod common;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use reflist::formats::{self, Target, WriteOptions, ris};
use reflist::*;

/// Reads `source` and compares what is in the records, and what was said, with `expected`.
#[track_caller]
fn check(source: &str, expected: &Expect) {
    let (records, diagnostics) = ris::read(source.as_bytes());
    expected.assert_eq(&common::show(&records, &diagnostics));
}

/// Writes `record` and compares text and losses.
#[track_caller]
fn check_written(record: &Record, target: Target, expected: &Expect) {
    let mut options = WriteOptions::default();
    options.target = target;
    let (text, losses) = ris::write(std::slice::from_ref(record), &options);
    expected.assert_eq(&format!("{}{}", text.replace("\r\n", "\n"), common::show_losses(&losses)));
}

#[test]
fn files_of_every_vendor_read_as_they_should() {
    for path in common::testdata("ris") {
        let bytes = std::fs::read(&path).unwrap();
        let (records, diagnostics) = ris::read(&bytes);
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        insta::assert_snapshot!(format!("ris-{name}"), common::show(&records, &diagnostics));
    }
}

#[test]
fn a_record_without_er_ends_at_the_next_type() {
    check(
        "TY  - BOOK\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \n",
        &expect![[r#"
        book 
          title: A
        article-journal 
          title: B
        3:1: warning[ris::missing-er]: a record without ER
    "#]],
    );
}

#[test]
fn values_go_on_without_a_tag() {
    check(
        "TY  - JOUR\nTI  - A long\n  title\nAB  - in - situ\nIN - vitro\nER  - \n",
        &expect![[r#"
        article-journal 
          title: A long title
          abstract: in - situ IN - vitro
    "#]],
    );
}

#[test]
fn the_second_of_two_values_is_kept_as_it_stands() {
    check(
        "TY  - JOUR\nTI  - A\nTI  - B\nUR  - http://a.org\nUR  - http://b.org\nER  - \n",
        &expect![[r#"
        article-journal 
          title: A
          URL: http://a.org
          + ris TI: B
          + ris UR: http://b.org
        3:7: warning[ris::second-value]: a second TI for title
    "#]],
    );
}

#[test]
fn nothing_and_noise_are_no_records() {
    check("", &expect![[r#""#]]);
    check("\n\n", &expect![[r#""#]]);
    check(
        "just\nwords\n",
        &expect![[r#"
        1:1: warning[ris::orphan-line]: a line in no record: just
        2:1: warning[ris::orphan-line]: a line in no record: words
    "#]],
    );
}

fn a_book_with_pages() -> Record {
    let mut record = Record::new("baker2019", Kind::Book);
    record.set(Variable::Author, Names::new(vec![Name::person("Baker", "C."), Name::literal("World Bank")]));
    record.set(Variable::Title, Title::from("Axis of convenience").with_sub(Text::plain("A study")));
    record.set(Variable::Issued, "2019-03-04");
    record.set(Variable::OriginalDate, "1905");
    record.set(Variable::Page, "21-32");
    record.set(Variable::Publisher, "Press");
    record.set(Variable::Isbn, "978-3-16-148410-0");
    record
}

#[test]
fn a_book_is_written_for_every_program() {
    check_written(
        &a_book_with_pages(),
        Target::Standard,
        &expect![[r#"
        TY  - BOOK
        ID  - baker2019
        AU  - Baker, C.
        AU  - World Bank
        TI  - Axis of convenience: A study
        PY  - 2019
        DA  - 2019/03/04/
        SP  - 21
        EP  - 32
        PB  - Press
        SN  - 978-3-16-148410-0
        M2  - original-date: 1905
        ER  - 
        loss Variable(Title), kept Axis of convenience: A study
    "#]],
    );
}

/// One byte at a time, so that every value is cut everywhere.
struct Drops<'b>(&'b [u8]);

impl std::io::Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let len = buffer.len().min(1);
        std::io::Read::read(&mut self.0, &mut buffer[..len])
    }
}

#[test]
fn records_one_by_one_are_those_of_the_whole_file() {
    for format in formats::FORMATS {
        let folder = if format.name == "biblatex" { "bibtex" } else { format.name };
        for path in common::testdata(folder) {
            let bytes = std::fs::read(&path).unwrap();
            let (records, diagnostics) = formats::read_all(format, &bytes);
            let mut one_by_one = format.records(std::io::BufReader::with_capacity(7, Drops(&bytes)));
            let read: Vec<Record> = one_by_one.by_ref().map(Result::unwrap).collect();
            assert_eq!((read, one_by_one.take_diagnostics()), (records.clone(), diagnostics), "{}", path.display());
            let mut out = Vec::new();
            let again = records.iter().cloned().map(Ok);
            formats::write_to(format, again, &WriteOptions::default(), &mut out, &mut Ignore).unwrap();
            assert_eq!(
                String::from_utf8(out).unwrap(),
                formats::write_all(format, &records, &WriteOptions::default()).0
            );
        }
    }
}

#[test]
fn an_input_that_fails_is_the_last_item() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("unplugged"))
        }
    }
    for format in formats::FORMATS {
        let mut records = format.records(std::io::BufReader::new(Broken));
        assert!(records.next().unwrap().is_err() && records.next().is_none());
    }
}

#[test]
fn a_place_in_an_archive_is_not_taken_for_a_number_of_pubmed_central() {
    let mut record = Record::new("a", Kind::ArticleJournal);
    record.set(Variable::Archive, "PMC");
    record.set(Variable::ArchiveLocation, "PMC3654245");
    record.set(Variable::Pmcid, "PMC3654246");
    check_written(
        &record,
        Target::Zotero,
        &expect![[r#"
        TY  - JOUR
        ID  - a
        DB  - PMC
        M2  - archive_location: PMC3654245
        M2  - PMCID: PMC3654246
        ER  - 
    "#]],
    );
}

#[test]
fn the_pages_of_a_book_are_no_count_in_zotero() {
    check_written(
        &a_book_with_pages(),
        Target::Zotero,
        &expect![[r#"
        TY  - BOOK
        ID  - baker2019
        AU  - Baker, C.
        AU  - World Bank
        TI  - Axis of convenience: A study
        PY  - 2019
        DA  - 2019/03/04/
        PB  - Press
        SN  - 978-3-16-148410-0
        M2  - original-date: 1905
        M2  - page: 21-32
        ER  - 
        loss Variable(Title), kept Axis of convenience: A study
    "#]],
    );
}

#[test]
fn a_date_that_is_none_stays_out_of_the_year_for_zotero() {
    let mut record = Record::new("a", Kind::ArticleJournal);
    record.set(Variable::Issued, "in press");
    check_written(
        &record,
        Target::Standard,
        &expect![[r#"
        TY  - JOUR
        ID  - a
        PY  - in press
        ER  - 
    "#]],
    );
    check_written(
        &record,
        Target::Zotero,
        &expect![[r#"
        TY  - JOUR
        ID  - a
        M2  - issued: in press
        ER  - 
    "#]],
    );
}

#[test]
fn a_preprint_says_its_kind() {
    let mut record = Record::new("a", Kind::Article);
    record.set(Variable::Eprint, "1501.00001");
    record.set(Variable::EprintType, "arxiv");
    check_written(
        &record,
        Target::Standard,
        &expect![[r#"
        TY  - UNPD
        ID  - a
        M2  - type: preprint
        M2  - eprint-type: arxiv
        M2  - eprint: 1501.00001
        ER  - 
    "#]],
    );
}

#[test]
fn formats_are_markup_for_zotero_and_a_loss_elsewhere() {
    let mut record = Record::new("a", Kind::ArticleJournal);
    let title = Text::build(|b| {
        b.push_str("On ");
        b.with(Format::Italic, |b| b.push_str("Homo"));
        b.push_str(" & <i>tags</i>");
    });
    record.set(Variable::Title, title);
    check_written(
        &record,
        Target::Standard,
        &expect![[r#"
        TY  - JOUR
        ID  - a
        TI  - On Homo & &lt;i>tags&lt;/i>
        ER  - 
        loss Variable(Title), kept On Homo & <i>tags</i>
    "#]],
    );
    check_written(
        &record,
        Target::Zotero,
        &expect![[r#"
        TY  - JOUR
        ID  - a
        TI  - On <i>Homo</i> & &lt;i>tags&lt;/i>
        ER  - 
    "#]],
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the bytes are, every reader comes to its end, and what it read is stable after one turn.
    #[test]
    fn any_lines_read_and_come_back(lines in common::lines(&["TY  - JOUR", "TY  - BOOK", "TY  - CONF", "ER  - ", "AU  - Doe, Jane", "AU  - et al.",
        "TI  - A <i>b</i>", "T2  - C", "JO  - D", "JA  - E", "PY  - 2020", "PY  - in press", "DA  - 2020/05//", "DA  - AUG", "SP  - 1-3", "EP  - 3",
        "SN  - 1234-5678", "SN  - 978-3-16-148410-0, x", "M1  - 3", "IS  - 4", "M2  - page: 3", "M2  - type: map", "M2  - x", "C7  - e1", "KW  - a; b",
        "N1  - n", "N1  - m", "M3  - doi:10.1000/1", "L1  - f.pdf", "ZZ  - z", "TT  - t", "C1  - c", "C3  - d", "CY  - e", "words", "\u{feff}", "", "  ", "A\rB"])) {
        let (records, _) = ris::read(lines.as_bytes());
        let (text, losses) = ris::write(&records, &WriteOptions::default());
        let (back, _) = ris::read(text.as_bytes());
        prop_assert_eq!(back.len(), records.len());
        for (read, record) in back.iter().zip(&records) {
            let lost: Vec<Loss> = ris::write(std::slice::from_ref(record), &WriteOptions::default()).1;
            let differences = common::differences(read, &apply(&lost, record));
            prop_assert!(differences.is_empty(), "{}\n{}", differences, losses.len());
        }
    }

    #[test]
    fn any_bytes_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = ris::read(&bytes);
    }
}

#[test]
fn time_grows_with_the_input_and_no_faster() {
    for unit in [
        "AU  - Doe, Jane\n",
        "ZZ  - z\n",
        "words\n",
        "KW  - a;b\n",
        "TY  - JOUR\n",
        "JO  - j\n",
        "DA  - 1\n",
        "M2  - x\n",
        "M2  - editor: a\n",
        "N1  - <i>",
        "AB  - &amp;&",
        "SN  - 1234-5678 ",
        "L1  - x\n",
        "M1  - 3\n",
        "ER  - \n",
    ] {
        common::check_growth(unit, |text| {
            let _ = ris::read(format!("TY  - JOUR\n{text}").as_bytes());
        });
    }
}
