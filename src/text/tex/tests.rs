use super::commands::pairs;
use super::symbols::{MATH, TEXT};
use super::*;
use crate::record::Text;

/// Shows a text with its formats as `<name>…</name>`.
fn show(text: &Text) -> String {
    let mut out = String::new();
    for (piece, formats) in text.pieces() {
        let names: Vec<&str> = formats.iter().map(|format| format.as_str()).collect();
        match names.is_empty() {
            true => out.push_str(piece),
            false => out.push_str(&format!("<{}:{piece}>", names.join("+"))),
        }
    }
    out
}

#[track_caller]
fn check(tex: &str, expected: &str) {
    let text = decode(tex);
    assert_eq!(show(&text), expected, "{tex}");
    for ascii in [false, true] {
        let options = Encode { ascii, protect_words: true, simple: false };
        let written = encode(&text, options);
        assert_eq!(decode(&written), text, "{tex} is written as {written}");
        assert!(!ascii || written.is_ascii(), "{written}");
    }
}

#[test]
fn accents_in_every_spelling() {
    for tex in [r#"\"o"#, r#"{\"o}"#, r#"\"{o}"#, r#"{\"{o}}"#, r#"\" o"#] {
        check(tex, "ö");
    }
    for tex in [r"\'\i", r"\'{\i}", r"{\'\i}", r"\'i", r"\'{i}", r"{\'{\i}}", r"\'{\i }"] {
        check(tex, "í");
    }
    check(r"\c c\c{c}{\c c}", "ççç");
    check(r"\v{s}\v s\H{o}\k a\r{a}\d{a}\b{b}\u{g}\.z\=a", "šsőąåạḇğżā".replacen('s', "š", 1).as_str());
    check(r"Nguy\~{\^e}n, Nguy{\~{\^{e}}}n", "Nguyễn, Nguyễn");
    check(r"\~{}\^{}", "~^");
    check(r"\t{oo}", "o͡o");
    check(r#"{\aa}ngstr{\"o}m \ae\ \ss{} \L\'od\'z {\O}"#, "ångström æ ß Łódź Ø");
}

#[test]
fn braces_protect_unless_they_begin_with_a_command() {
    check("{Marx} and {B}ayes", "<nocase:Marx> and <nocase:B>ayes");
    check(r#"{\"O}zg{\"u}r"#, "Özgür");
    check(r#"{{\"O}zg{\"u}r}"#, "<nocase:Özgür>");
    check(r"{\emph{Homo} sapiens}", "<italic:Homo> sapiens");
}

#[test]
fn braces_around_what_its_shape_protects_say_nothing_and_doubled_braces_insist() {
    check("{DNA}", "DNA");
    check("{COVID-19} and {iPhone}", "COVID-19 and iPhone");
    check("{``}{中文} {1999}", "“中文 1999");
    check("{{DNA}}", "<nocase:DNA>");
    check("the {DNA of Marx}", "the <nocase:DNA of Marx>");
}

#[test]
fn formats_and_declarations() {
    check(
        r"The \emph{Iliad} and {\it Odyssey} of \textsc{Homer}",
        "The <italic:Iliad> and <italic:Odyssey> of <small-caps:Homer>",
    );
    check(r"\textbf{a \emph{b} c}", "<bold:a ><italic+bold:b><bold: c>");
    check(r"H\textsubscript{2}O$^{th}$ $_{\mathrm{x}}$", "H<sub:2>O<sup:th> <sub:x>");
    check(r"\enquote{so} ``it'' is", "<quote:so> <quote:it> is");
    check(r"``open", "\u{201C}open");
}

#[test]
fn formulas_are_kept_and_symbols_are_characters() {
    check(r"$L^2(\mathbb{R})$ spaces", r"<math:L^2(\mathbb{R})> spaces");
    check(r"$\alpha$-decay at 5$^\circ$C", "α-decay at 5°C");
    check(r"\(\alpha\)", r"<math:\alpha>");
    check(r"costs $5", "costs $5");
    check(r"$a\$b$", r"<math:a\$b>");
}

#[test]
fn ligatures_and_what_keeps_them_apart() {
    check("1--2 --- 3", "1–2 — 3");
    check("a-{}-b", "a--b");
    check("?`que? !`no!", "¿que? ¡no!");
    check("it's '{}' so", "it's '' so");
}

#[test]
fn characters_that_mean_something_to_tex() {
    check(r"\& \% \$ \# \_ \{ \} a~b a\,b", "& % $ # _ { } a b a b");
    check(r"{\textbackslash}{\textasciitilde}{\textasciicircum}", r"\~^");
    check("100% & more_or #less", "100% & more_or #less");
    check(r"a\-b\/c\\d", "abc d");
}

#[test]
fn unknown_commands_are_told_and_their_arguments_kept() {
    let mut unknown = Vec::new();
    let text = decode_with(r"\foo{bar} \baz qux", &mut |name| unknown.push(name.to_owned()));
    assert_eq!(show(&text), "bar qux");
    assert_eq!(unknown, ["foo", "baz"]);
}

#[test]
fn numbered_characters() {
    check(r#"\symbol{233}\char"E9\char233{}"#, "ééé");
}

#[test]
fn nothing_makes_it_fail() {
    let deep = "{".repeat(5000) + &"}".repeat(5000);
    for tex in [
        "\\",
        "{",
        "}",
        "}{",
        "\\'",
        "\\'{",
        "$",
        "$$",
        "``",
        "''",
        "\\emph",
        "\\emph{",
        "\\symbol{",
        "\\symbol{999999999}",
        "\\\\",
        "\\(",
        "\\c",
        &deep,
    ] {
        let _ = decode(tex);
    }
}

#[test]
fn every_command_of_the_tables_is_read_and_every_character_of_them_is_written_and_read_back() {
    let options = Encode { ascii: true, protect_words: false, simple: false };
    let mut count = 0;
    for (command, c) in pairs(TEXT).chain(pairs(MATH)) {
        let expected = Text::plain(&c.to_string());
        assert_eq!(decode(&format!("{{\\{command}}}")), expected, "{command}");
        let written = encode(&expected, options);
        assert_eq!(decode(&written), expected, "{c} is written as {written}");
        count += 1;
    }
    assert!(count > 900, "{count}");
}

#[test]
fn every_letter_with_marks_is_written_in_ascii_and_read_back() {
    let options = Encode { ascii: true, protect_words: false, simple: false };
    let mut named = 0;
    for c in ('\u{A1}'..='\u{24F}')
        .chain('\u{370}'..='\u{4FF}')
        .chain('\u{1E00}'..='\u{1FFF}')
        .chain('\u{2010}'..='\u{22FF}')
    {
        let text = Text::plain(&c.to_string());
        let written = encode(&text, options);
        assert!(written.is_ascii());
        assert!(commands::spelled(c).is_some() || decode(&written) == text, "{c} is written as {written}");
        named += usize::from(!written.contains("symbol"));
    }
    assert!(named > 1000, "{named}");
}

#[test]
fn hyphens_quotes_and_ligatures_without_a_command_are_written_as_what_prints_the_same() {
    let options = Encode { ascii: true, protect_words: false, simple: false };
    for (text, tex, read) in [
        ("Frankfurt\u{2010}Main", "Frankfurt-Main", "Frankfurt-Main"),
        ("-\u{2010}\u{2010}-", "-{}-{}-{}-", "----"),
        ("a\u{2012}b\u{2013}c-\u{2012}", "a--b--c-{}--", "a–b–c-–"),
        ("non\u{2011}stop", "non\\mbox{-}stop", "non-stop"),
        ("e\u{FB03}cient \u{FB01}sh", "efficient fish", "efficient fish"),
        ("Hawai\u{2BB}i", "Hawai{\\textquoteleft}i", "Hawai‘i"),
        ("\u{2E3B}", "---{}---{}---", "———"),
        ("Auf\u{200C}lage", "Auf{\\textcompwordmark}lage", "Auf\u{200C}lage"),
        ("ab\u{200B}c\u{AD}d", "ab\\hspace{0pt}c\\-d", "abcd"),
    ] {
        let written = encode(&Text::plain(text), options);
        assert_eq!(written, tex);
        assert_eq!(decode(&written), Text::plain(read), "{tex}");
        // Only those who ask for ASCII get it.
        assert_eq!(decode(&encode(&Text::plain(text), Encode::default())), Text::plain(text));
    }
}
