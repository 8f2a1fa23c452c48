//! The program from outside: exit codes, messages, and that nothing is lost or left half-written.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

const ARTICLE: &str = "testdata/documents/article.md";

/// The program with its arguments divided at blanks, in the repository's folder.
fn reflist(arguments: &str) -> Command {
    let mut command = Command::new(cargo_bin("reflist"));
    command.args(arguments.split_whitespace()).current_dir(env!("CARGO_MANIFEST_DIR")).env("NO_COLOR", "1");
    command
}

fn run(arguments: &str, input: &[u8]) -> Output {
    let mut child =
        reflist(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // The program may refuse its input before all of it is written.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

#[track_caller]
fn check(output: &Output, code: i32, stdout: &str, stderr: &str) {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "exit code; stderr: {err}");
    assert!(out.contains(stdout), "stdout lacks {stdout:?}:\n{}", out.chars().take(2000).collect::<String>());
    assert!(err.contains(stderr), "stderr lacks {stderr:?}:\n{}", err.chars().take(2000).collect::<String>());
    assert!(!err.contains("panicked"), "{err}");
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    (folder, path)
}

#[test]
fn macros_stay_between_bib_files_and_are_written_out_elsewhere() {
    let source = b"@string{jacs = {J. Am. Chem. Soc.}}\n@article{b, title = {B}, journal = jacs}\n@article{a, title = {A}, journal = jacs}\n";
    let kept =
        "@string{jacs = {J. Am. Chem. Soc.}}\n\n@article{a,\n  title = {A},\n  journaltitle = jacs,\n}\n\n@article{b,";
    check(&run("convert -f bibtex -t biblatex --sort key", source), 0, kept, "");
    check(&run("convert -f bibtex -t bibtex --drop-fields container-title", source), 0, "  title = {B},\n}", "");
    check(&run("convert -f bibtex -t csl-json", source), 0, "\"container-title\": \"J. Am. Chem. Soc.\"", "");
    check(&run("convert -f bibtex -t biblatex --for zotero", source), 0, "{J. Am. Chem. Soc.}", "");
}

#[test]
fn the_sample_article_gives_all_its_references_in_every_format() {
    for (format, mark) in
        [("bibtex", "@"), ("biblatex", "@"), ("csl-json", "\"type\""), ("ris", "TY  - "), ("jsonl", "{\"source\"")]
    {
        let output = reflist(&format!("convert {ARTICLE} -t {format}")).output().unwrap();
        check(&output, 0, mark, "");
        let text = String::from_utf8(output.stdout).unwrap();
        let entries = text.lines().filter(|line| line.trim_start().starts_with(mark)).count();
        assert_eq!(entries, 32, "{format}");
    }
}

#[test]
fn parse_is_another_name_of_convert() {
    let output = reflist(&format!("parse {ARTICLE} -t ris")).output().unwrap();
    check(&output, 0, "TY  - BOOK", "");
}

#[test]
fn an_empty_input_is_a_valid_empty_output() {
    check(&run("convert -t csl-json", b""), 4, "[]", "no reference was found");
    check(&run("convert -t ris -f lines", b""), 4, "", "no reference was found");
    check(&run("convert -t bibtex -f list", b" \n\n"), 4, "", "no reference was found");
}

#[test]
fn a_document_without_references_says_so_and_what_to_do() {
    check(&run("convert -f markdown", b"# Notes\n\nNothing is cited here.\n"), 4, "", "-f list");
}

#[test]
fn a_binary_file_is_refused() {
    let bytes: Vec<u8> = (0..4096_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    check(&run("convert", &bytes), 3, "", "binary");
    check(&run("convert -f text", &bytes), 3, "", "binary");
    check(&run("convert", b"%PDF-1.7\n1 0 obj\n"), 3, "", "pdftotext");
}

/// Passes over where `pdftotext` is not installed.
#[test]
fn a_pdf_is_read_through_pdftotext() {
    const PDF: &str = "testdata/documents/page.pdf";
    if std::process::Command::new("pdftotext").arg("-v").output().is_err() {
        println!("pdftotext is not installed: PDF files are not tested");
        check(&reflist(&format!("convert {PDF}")).output().unwrap(), 3, "", "pdftotext -layout");
        return;
    }
    for args in [format!("convert {PDF} -t ris"), format!("convert -f text {PDF} -t ris")] {
        let output = reflist(&args).output().unwrap();
        check(&output, 0, "T2  - Historical Review", "");
        assert_eq!(String::from_utf8(output.stdout).unwrap().matches("TY  - ").count(), 3);
    }
    let bytes = std::fs::read(PDF).unwrap();
    check(&run("find", &bytes), 0, "Stone, B. (2012). Markets of the coast.", "");
    // What is wrong with a page, and be it much, is no reason to give up its text.
    let noisy = String::from_utf8_lossy(&bytes).replacen("BT", &format!("{}BT", "odd ".repeat(2000)), 1);
    check(&run("find", noisy.as_bytes()), 0, "Stone, B. (2012). Markets of the coast.", "");
    // Without the text, the page is as empty as that of a scan.
    let blank = String::from_utf8(bytes).unwrap().replace("Tj", "  ");
    check(&run("convert", blank.as_bytes()), 3, "", "the PDF has no text");
}

#[test]
fn bytes_that_are_not_utf_8_are_decoded_with_a_warning() {
    let output = run("convert -f lines -t csl-json", b"M\xfcller, K. (2001). B\xe4ume im Wald. Berlin: Springer.\n");
    check(&output, 0, "Müller", "1:1: warning[lines::invalid-utf8]");
}

#[test]
fn one_huge_line_is_kept_as_a_note() {
    let mut line = vec![b'x'; 100_000_000];
    line.push(b'\n');
    let output = run("convert -f lines -t jsonl", &line);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.len() > 100_000_000, "nothing is lost");
    assert!(String::from_utf8_lossy(&output.stderr).contains("8000"), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn each_line_gives_one_record_in_order_whatever_the_number_of_cores() {
    let mut lines = String::new();
    for at in 0..3000 {
        lines.push_str(if at % 7 == 0 { "\n" } else { "Smith, J. (2020). A title. Journal, 3(1), 5-9.\n" });
    }
    let one = run("convert -f lines -t jsonl -j 1", lines.as_bytes());
    let two = run("convert -f lines -t jsonl -j 2", lines.as_bytes());
    assert_eq!(one.stdout.split(|&byte| byte == b'\n').count(), 3001);
    assert!(one.stdout == two.stdout, "-j changes nothing");
}

#[test]
fn unreadable_inputs_are_named_and_the_others_done() {
    let output = reflist(&format!("convert no/such/file.md {ARTICLE} -t ris")).output().unwrap();
    check(&output, 3, "TY  - BOOK", "no/such/file.md: error[cli::input]: cannot be read");
    check(&reflist("convert testdata").output().unwrap(), 3, "", "it is a folder");
}

#[test]
fn a_broken_archive_is_named_and_refused() {
    let (_guard, folder) = folder();
    let whole = fs::read("testdata/documents/article.docx").unwrap();
    let cut = folder.join("cut.docx");
    fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    for command in ["find", "convert -t ris", "cite --check"] {
        let output = reflist(&format!("{command} {}", cut.display())).output().unwrap();
        check(&output, 3, "", "cut.docx: error[document::broken-archive]");
    }
    // What Word writes when a document gets a password.
    let locked = folder.join("locked.docx");
    fs::write(&locked, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(100)).unwrap();
    check(&reflist(&format!("find {}", locked.display())).output().unwrap(), 3, "", "locked.docx");
}

#[test]
fn an_output_is_written_whole_or_not_at_all() {
    let (_guard, folder) = folder();
    let output = reflist(&format!("convert {ARTICLE} -o {}/no/such/out.bib", folder.display())).output().unwrap();
    check(&output, 3, "", "cannot be written");
    let target = folder.join("out.ris");
    fs::write(&target, "old").unwrap();
    let output = reflist(&format!("convert {ARTICLE} -o {}", target.display())).output().unwrap();
    check(&output, 0, "", "");
    assert!(fs::read_to_string(&target).unwrap().starts_with("TY  - "), "the format is that of the extension");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no temporary file is left");
    check(&reflist(&format!("convert {ARTICLE} -o {}", folder.display())).output().unwrap(), 3, "", "it is a folder");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_message() {
    let output = reflist(&format!("convert {ARTICLE} -t ris -o /dev/full")).output().unwrap();
    check(&output, 3, "", "cannot be written");
}

#[test]
fn a_closed_pipe_is_a_message_and_no_panic() {
    let lines = "Smith, J. (2020). A title. Journal, 3(1), 5-9.\n".repeat(20_000);
    let mut child = reflist("convert -f lines -t jsonl")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(lines.as_bytes());
    });
    let mut stdout = child.stdout.take().unwrap();
    let mut first = [0; 10];
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    check(&output, 3, "", "closed it before the end");
}

#[test]
fn wrong_use_names_what_is_right() {
    check(&run("convert -f nonsense", b""), 2, "", "unknown input format `nonsense`");
    check(&run("convert -t nonsense", b""), 2, "", "unknown output format `nonsense`; known are bibtex");
    check(&run("convert --no-such-option", b""), 2, "", "--no-such-option");
    check(&run("convert --sort nonsense", b""), 2, "", "unknown variable `nonsense`");
    check(&run("convert -j 0", b""), 2, "", "--jobs");
    check(&run("convert -o x.nonsense", b""), 2, "", "-t");
}

#[test]
fn losses_are_reported_and_decide_the_exit_code_when_asked() {
    // RIS has no italics.
    let map = br#"[{"id": "a", "type": "map", "title": "A map of <i>Utopia</i>"}]"#;
    let with_loss = run("convert -f csl-json -t ris --diagnostics json --strict", map);
    check(&with_loss, 1, "TY  - MAP", "\"level\":\"loss\"");
    check(&run("convert -f csl-json -t ris", map), 0, "TY  - MAP", "loss[formats::loss]: ris holds title");
    let quiet = run("convert -f csl-json -t ris -q", map);
    check(&quiet, 0, "TY  - MAP", "");
    assert!(quiet.stderr.is_empty());
    check(&run("convert -f csl-json -t ris --diagnostics github", map), 0, "TY  - MAP", "::notice ");
}

#[test]
fn records_are_chosen_sorted_and_thinned() {
    let lines = "Zeta, A. (2001). One title. Journal, 3(1), 5-9.\nAlpha, B. (2002). Other title. Journal, 4(1), 5-9.\nAlpha, B. (2002). Other title. Journal, 4(1), 5-9.\n";
    let output = run(
        "convert -f lines -t csl-json --sort author --dedupe --drop-fields page --keys {Auth}:{year}",
        lines.as_bytes(),
    );
    check(&output, 0, "Alpha:2002", "");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.find("Alpha:2002") < text.find("Zeta:2001"), "{text}");
    assert_eq!(text.matches("\"type\"").count(), 2);
    assert!(!text.contains("\"page\""));
    let chosen = run("convert -f lines -t csl-json --select author=zeta --select DOI", lines.as_bytes());
    check(&chosen, 0, "[]", "");
}

#[test]
fn only_what_a_manuscript_cites_goes_on() {
    let (_guard, folder) = folder();
    let library = folder.join("library.json");
    fs::write(&library, r#"[{"id": "a1", "type": "book", "title": "A"}, {"id": "b2", "type": "book", "title": "B"}]"#)
        .unwrap();
    let manuscripts = [
        ("paper.aux", "\\relax\n\\citation{x9,b2}\n"),
        ("paper.bcf", "<bcf:section number=\"0\"><bcf:citekey order=\"1\">b2</bcf:citekey></bcf:section>"),
        (
            "paper.tex",
            "\\documentclass{article}\\begin{document}As \\textcite[5]{b2} says. % \\cite{a1}\n\\end{document}\n",
        ),
        ("paper.md", "As @b2 says [see @x9, p. 5].\n"),
        ("paper.typ", "As @b2 says.\n"),
    ];
    for (name, text) in manuscripts {
        fs::write(folder.join(name), text).unwrap();
        let command = format!("convert {} -t jsonl --cited {}", library.display(), folder.join(name).display());
        let output = reflist(&command).output().unwrap();
        check(&output, 0, "\"b2\"", "");
        assert!(!String::from_utf8_lossy(&output.stdout).contains("\"a1\""), "{name}");
    }
    let missing = reflist(&format!("convert {} -t jsonl --cited no/such.aux", library.display())).output().unwrap();
    check(&missing, 3, "", "no/such.aux");
}

#[test]
fn find_prints_the_entries_one_a_line() {
    let output = reflist(&format!("find {ARTICLE}")).output().unwrap();
    check(&output, 0, "Allison, R. (2018).", "");
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 32);
    let json = reflist(&format!("find {ARTICLE} --json")).output().unwrap();
    check(&json, 0, "\"line\"", "");
    serde_json::from_slice::<serde_json::Value>(&json.stdout).unwrap();
}

#[test]
fn a_work_that_notes_cite_again_is_written_once_and_shown_by_find() {
    let convert = reflist("convert testdata/works/oscola.md -t csl-json").output().unwrap();
    check(&convert, 0, "Promises in Equity", "warning[parse::cited-again]: 6 of 10 entries");
    let records: Vec<serde_json::Value> = serde_json::from_slice(&convert.stdout).unwrap();
    assert_eq!(records.len(), 4);
    let lines = run("convert -f lines -t csl-json", b"Harrow, J. Bargains. Oxford 1999.\nIbid., 46.\n");
    assert_eq!(serde_json::from_slice::<Vec<serde_json::Value>>(&lines.stdout).unwrap().len(), 2);
    let find = reflist("find testdata/works/oscola.md").output().unwrap();
    assert_eq!(String::from_utf8(find.stdout).unwrap().lines().count(), 10);
    let json = reflist("find testdata/works/oscola.md --json").output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let entries = &found["lists"][0]["entries"];
    assert_eq!(entries[4]["citesAgain"], serde_json::json!({ "entry": 1, "words": "ibid" }));
    assert_eq!(entries[0]["citesAgain"], serde_json::Value::Null);
    let page = reflist("find testdata/works/oscola.md --html").output().unwrap();
    check(&page, 0, "data-number=\"5 = 1 (ibid)\"", "");
}

#[test]
fn find_tells_the_marks_of_an_entry_in_code_points() {
    let output = run(
        "find --json -f markdown",
        "# References\n\n- Müller, K. (2018). *Bäume am Fluß*. Bonn: Dümmler.\n".as_bytes(),
    );
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let entry = &json["lists"][0]["entries"][0];
    assert_eq!(entry["marks"], serde_json::json!([{ "kind": "italic", "start": 19, "end": 32 }]), "{entry}");
    let output = run("find --json -f text", b"References\n\nBaker, C. (2021). Towns. Oxford: Clarendon Press.\n");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(json["lists"][0]["entries"][0]["marks"].is_null(), "plain text marks nothing: {json}");
}

#[test]
fn explain_formats_completions_and_man() {
    check(&reflist("explain Smith").output().unwrap(), 0, "Smith", "");
    check(&reflist("formats").output().unwrap(), 0, "csl-json", "");
    check(&reflist("formats --variables book").output().unwrap(), 0, "publisher-place", "");
    check(&reflist("completions bash").output().unwrap(), 0, "_reflist", "");
    check(&reflist("man").output().unwrap(), 0, ".TH reflist", "");
    check(&reflist("--version").output().unwrap(), 0, "model", "");
}

#[test]
fn a_measure_says_how_sure_it_is_and_what_it_is_without_doubtful_gold() {
    let (_keep, folder) = folder();
    let gold = folder.join("gold.jsonl");
    let reference = |id: &str, label: &str| {
        format!(
            "{{\"id\":\"{id}\",\"text\":\"Osei, K. (2009). Rivers and roads. Journal of Geography, 12(1), 4–19.\",\
             \"spans\":[[0,8,\"author\"],[10,14,\"issued\"],[17,33,\"title\"],[35,55,\"container-title\"],[57,59,\"{label}\"],\
             [60,61,\"issue\"],[64,68,\"page\"]]}}\n"
        )
    };
    fs::write(&gold, reference("good", "volume") + &reference("bad", "edition")).unwrap();
    fs::write(folder.join("wrong.tsv"), "# id, fields, why\nbad\tedition\ta journal has no edition\n").unwrap();
    let wrong = folder.join("wrong.tsv");
    let arguments = format!("eval {} --gold-errors {} --reliability", gold.display(), wrong.display());
    let output = reflist(&arguments).output().unwrap();
    check(&output, 0, "ours: wholly right 0.500", "");
    check(&output, 0, "without 1 of doubtful gold: 1 references", "");
    check(&output, 0, "ours: wholly right 1.000", "");
    check(&output, 0, "0.9 to 1.0", "");
}

#[test]
fn one_pass_is_enough_for_who_is_in_a_hurry() {
    let output = reflist(&format!("convert {ARTICLE} -t jsonl --single-pass")).output().unwrap();
    check(&output, 0, "", "");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 32);
}

#[test]
fn a_user_trains_on_a_dozen_references_and_uses_the_model() {
    let (_guard, folder) = folder();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/references/train.jsonl");
    let model = folder.join("model.bin");
    let train = reflist(&format!("train {} -o {} --passes 3", data.display(), model.display())).output().unwrap();
    check(&train, 0, "", "");
    let eval = reflist(&format!("eval {} --model {}", data.display(), model.display())).output().unwrap();
    check(&eval, 0, "title", "");
    let damaged = folder.join("damaged.bin");
    fs::write(&damaged, &fs::read(&model).unwrap()[..100]).unwrap();
    let output = reflist(&format!("convert {ARTICLE} --model {}", damaged.display())).output().unwrap();
    check(&output, 3, "", "the model cannot be used");
}
