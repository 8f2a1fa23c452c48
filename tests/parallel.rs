//! The number of threads changes no byte of what a conversion writes or tells.

#![cfg(feature = "cli")]

use std::fmt::Write as _;
use std::process::Command;

/// Entries of every kind of trouble: macros, parents behind and before their children, circles, commands that nobody knows, second
/// fields and keys, and broken entries.
fn bibliography(entries: usize) -> String {
    let mut out = String::from("@string{acm = {ACM Press}}\n@string{acm = acm # { Inc}, bad = nothing}\n");
    for at in 0..entries {
        let _ = match at % 9 {
            0 => {
                writeln!(out, "@inproceedings{{p{at}, crossref = {{c{}}}, title = {{On {{\\'E}}t\\'e {at}}}}}", at + 4)
            }
            1 => writeln!(
                out,
                "@article{{a{at}, author = {{Doe, Jane and van der Berg, P. and others}}, journal = acm}}"
            ),
            2 => writeln!(
                out,
                "@book{{b{at}, title = {{T {at}}}, year = 19{:02}, publisher = acm # undefined}}",
                at % 100
            ),
            3 => writeln!(out, "@misc{{m, title = {{\\unknown{{x}}}}, title = {{Second}}, month = feb # \"~3\"}}"),
            4 => writeln!(out, "@proceedings{{c{at}, title = {{Proceedings {at}}}, year = 2001}}"),
            5 => writeln!(out, "@article{{x{at}, title = {{never closed,\n  year = 1999,"),
            6 => {
                writeln!(out, "@book{{o{at}, crossref = {{o{}}}, title = {{Round}}}}", if at % 2 == 0 { at } else { 6 })
            }
            7 => writeln!(out, "free text {at}\n@string{{s{at} = acm}}"),
            _ => writeln!(out, "@book{{l{at}, note = s{} # s{}, title = {{Late}}}}", at - 1, at + 8),
        };
    }
    out
}

/// Records with and without `ER`, lines in none, and second values.
fn ris(records: usize) -> String {
    let mut out = String::from("\u{feff}a line before all\n");
    for at in 0..records {
        let end = match at % 50 {
            7 => "",
            8 => "ER  - \nlost words\n",
            9 => "ER - \r\n",
            _ => "ER  - \n\n",
        };
        let _ = write!(
            out,
            "TY  - JOUR\nAU  - Doe, Jané {at}\nTI  - A title &amp; <i>more</i>\nTI  - Another\nAB  - {}\nPY  - 2001/{}//\nXX  - ?\n{end}",
            "many words ".repeat(20),
            at % 14,
        );
    }
    out
}

fn convert(from: &str, to: &str, jobs: &str, path: &std::path::Path) -> (Vec<u8>, String) {
    let arguments = ["convert", "--diagnostics", "json", "-f", from, "-t", to, "-j", jobs];
    let output = Command::new(env!("CARGO_BIN_EXE_reflist")).args(arguments).arg(path).output().unwrap();
    (output.stdout, String::from_utf8(output.stderr).unwrap())
}

#[track_caller]
fn check(from: &str, text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("input");
    std::fs::write(&path, text).unwrap();
    for to in ["csl-json", "biblatex", "ris"] {
        let (out, told) = convert(from, to, "1", &path);
        assert!(out.len() > 10_000 && told.lines().count() > 100, "{from} to {to}: there is something to compare");
        for jobs in ["2", "5"] {
            let (other, other_told) = convert(from, to, jobs, &path);
            assert!(out == other, "{from} to {to} with -j {jobs}: another output");
            assert!(told == other_told, "{from} to {to} with -j {jobs}: other diagnostics");
        }
    }
}

#[test]
fn bibtex_is_read_alike_on_all_cores() {
    check("bibtex", &bibliography(4000));
}

#[test]
fn ris_is_read_alike_on_all_cores() {
    check("ris", &ris(4000));
}

#[test]
fn macros_run_out_at_the_same_place_on_all_cores() {
    // Each entry makes a hundredth of what the source may make.
    let long = "word ".repeat(4000);
    let mut text = format!("@string{{long = {{{long}}}}}\n");
    for at in 0..3000 {
        let _ = writeln!(text, "@book{{k{at}, title = {{T}}, note = long}}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("input");
    std::fs::write(&path, text).unwrap();
    let one = convert("bibtex", "csl-json", "1", &path);
    assert!(one.1.contains("bibtex::macro-too-long"));
    assert!(one == convert("bibtex", "csl-json", "3", &path));
}
