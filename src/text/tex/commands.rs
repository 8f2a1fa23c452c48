//! The commands of TeX, used in both directions.
//!
//! The tables were written from the documentation of the packages: LaTeX's kernel and `textcomp`, `amssymb`, `tipa`, `inputenc`'s
//! Cyrillic and Greek. Where two commands stand for one character, the first is the one that is written.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::symbols::{MATH, TEXT};
use crate::record::Format;

/// Commands that put a mark on the letter behind them, with the combining character they stand for.
const ACCENTS: &[(&str, char)] = &[
    ("`", '\u{300}'),
    ("'", '\u{301}'),
    ("^", '\u{302}'),
    ("~", '\u{303}'),
    ("=", '\u{304}'),
    ("u", '\u{306}'),
    (".", '\u{307}'),
    ("\"", '\u{308}'),
    ("h", '\u{309}'),
    ("r", '\u{30A}'),
    ("H", '\u{30B}'),
    ("v", '\u{30C}'),
    ("U", '\u{30D}'),
    ("G", '\u{30F}'),
    ("C", '\u{30F}'),
    ("f", '\u{311}'),
    ("textvbaraccent", '\u{30D}'),
    ("textcommabelow", '\u{326}'),
    ("textdotbelow", '\u{323}'),
    ("d", '\u{323}'),
    ("textringbelow", '\u{325}'),
    ("textsubring", '\u{325}'),
    ("c", '\u{327}'),
    ("k", '\u{328}'),
    ("textogonekcentered", '\u{328}'),
    ("textsubcircum", '\u{32D}'),
    ("textsubbreve", '\u{32E}'),
    ("textsubtilde", '\u{330}'),
    ("b", '\u{331}'),
    ("textsubbar", '\u{331}'),
    ("textsubumlaut", '\u{324}'),
    ("textdoublegrave", '\u{30F}'),
    ("newtie", '\u{361}'),
    ("t", '\u{361}'),
];

/// What a command does that stands for no single character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Its argument has a format.
    Format(Format),
    /// The rest of its group has a format, or none that we keep.
    Declare(Option<Format>),
    /// Its argument is text like all other.
    Plain,
    /// Its argument is an address.
    Verbatim,
    /// It stands for these characters.
    Text(&'static str),
    /// Its argument, between these.
    Around(&'static str, &'static str),
    /// It prints nothing of itself, nor of so many arguments.
    Ignore(u8),
    /// Its argument is a formula.
    Math,
    /// Its argument is the number of a character.
    Number,
}

const MEANINGS: &[(&str, Meaning)] = &[
    ("emph", Meaning::Format(Format::Italic)),
    ("textit", Meaning::Format(Format::Italic)),
    ("textsl", Meaning::Format(Format::Italic)),
    ("mkbibemph", Meaning::Format(Format::Italic)),
    ("mkbibitalic", Meaning::Format(Format::Italic)),
    ("textbf", Meaning::Format(Format::Bold)),
    ("mkbibbold", Meaning::Format(Format::Bold)),
    ("textsc", Meaning::Format(Format::SmallCaps)),
    ("textsubscript", Meaning::Format(Format::Sub)),
    ("mkbibsubscript", Meaning::Format(Format::Sub)),
    ("textsuperscript", Meaning::Format(Format::Sup)),
    ("mkbibsuperscript", Meaning::Format(Format::Sup)),
    ("underline", Meaning::Format(Format::Underline)),
    ("uline", Meaning::Format(Format::Underline)),
    ("ul", Meaning::Format(Format::Underline)),
    ("enquote", Meaning::Format(Format::Quote)),
    ("mkbibquote", Meaning::Format(Format::Quote)),
    ("em", Meaning::Declare(Some(Format::Italic))),
    ("it", Meaning::Declare(Some(Format::Italic))),
    ("itshape", Meaning::Declare(Some(Format::Italic))),
    ("sl", Meaning::Declare(Some(Format::Italic))),
    ("slshape", Meaning::Declare(Some(Format::Italic))),
    ("bf", Meaning::Declare(Some(Format::Bold))),
    ("bfseries", Meaning::Declare(Some(Format::Bold))),
    ("sc", Meaning::Declare(Some(Format::SmallCaps))),
    ("scshape", Meaning::Declare(Some(Format::SmallCaps))),
    ("rm", Meaning::Declare(None)),
    ("rmfamily", Meaning::Declare(None)),
    ("tt", Meaning::Declare(None)),
    ("ttfamily", Meaning::Declare(None)),
    ("sf", Meaning::Declare(None)),
    ("sffamily", Meaning::Declare(None)),
    ("upshape", Meaning::Declare(None)),
    ("mdseries", Meaning::Declare(None)),
    ("normalfont", Meaning::Declare(None)),
    ("tiny", Meaning::Declare(None)),
    ("scriptsize", Meaning::Declare(None)),
    ("footnotesize", Meaning::Declare(None)),
    ("small", Meaning::Declare(None)),
    ("normalsize", Meaning::Declare(None)),
    ("large", Meaning::Declare(None)),
    ("texttt", Meaning::Plain),
    ("textrm", Meaning::Plain),
    ("textsf", Meaning::Plain),
    ("textup", Meaning::Plain),
    ("textmd", Meaning::Plain),
    ("textnormal", Meaning::Plain),
    ("text", Meaning::Plain),
    ("mbox", Meaning::Plain),
    ("hbox", Meaning::Plain),
    ("textcyr", Meaning::Plain),
    ("textgreek", Meaning::Plain),
    ("textlatin", Meaning::Plain),
    ("natexlab", Meaning::Plain),
    ("mkbibacro", Meaning::Plain),
    ("textcase", Meaning::Plain),
    ("NoCaseChange", Meaning::Format(Format::NoCase)),
    ("url", Meaning::Verbatim),
    ("path", Meaning::Verbatim),
    ("nolinkurl", Meaning::Verbatim),
    ("mkbibparens", Meaning::Around("(", ")")),
    ("mkbibbrackets", Meaning::Around("[", "]")),
    ("TeX", Meaning::Text("TeX")),
    ("LaTeX", Meaning::Text("LaTeX")),
    ("LaTeXe", Meaning::Text("LaTeX2e")),
    ("BibTeX", Meaning::Text("BibTeX")),
    ("XeTeX", Meaning::Text("XeTeX")),
    ("ldots", Meaning::Text("…")),
    ("dots", Meaning::Text("…")),
    ("bibrangedash", Meaning::Text("–")),
    ("bibinitperiod", Meaning::Text(".")),
    ("addspace", Meaning::Text(" ")),
    ("adddot", Meaning::Text(".")),
    ("addcolon", Meaning::Text(":")),
    ("addcomma", Meaning::Text(",")),
    ("newblock", Meaning::Text(" ")),
    ("newline", Meaning::Text(" ")),
    ("par", Meaning::Text(" ")),
    ("space", Meaning::Text(" ")),
    ("quad", Meaning::Text(" ")),
    ("qquad", Meaning::Text(" ")),
    ("thinspace", Meaning::Text(" ")),
    ("enspace", Meaning::Text(" ")),
    ("emspace", Meaning::Text(" ")),
    ("nobreakspace", Meaning::Text(" ")),
    ("hskip", Meaning::Text(" ")),
    ("textcompwordmark", Meaning::Text("\u{200c}")),
    ("relax", Meaning::Ignore(0)),
    ("protect", Meaning::Ignore(0)),
    ("nobreak", Meaning::Ignore(0)),
    ("allowbreak", Meaning::Ignore(0)),
    ("slash", Meaning::Text("/")),
    ("bgroup", Meaning::Ignore(0)),
    ("egroup", Meaning::Ignore(0)),
    ("noindent", Meaning::Ignore(0)),
    ("null", Meaning::Ignore(0)),
    ("xspace", Meaning::Ignore(0)),
    ("ignorespaces", Meaning::Ignore(0)),
    ("displaystyle", Meaning::Ignore(0)),
    ("noopsort", Meaning::Ignore(1)),
    ("NOOPSORT", Meaning::Ignore(1)),
    ("SortNoop", Meaning::Ignore(1)),
    ("hspace", Meaning::Ignore(1)),
    ("vspace", Meaning::Ignore(1)),
    ("color", Meaning::Ignore(1)),
    ("textcolor", Meaning::Ignore(1)),
    ("selectlanguage", Meaning::Ignore(1)),
    ("foreignlanguage", Meaning::Ignore(1)),
    ("fontencoding", Meaning::Ignore(1)),
    ("selectfont", Meaning::Ignore(0)),
    ("ensuremath", Meaning::Math),
    ("symbol", Meaning::Number),
    ("char", Meaning::Number),
    ("unichar", Meaning::Number),
];

type Index<K, V> = HashMap<K, V, FxBuildHasher>;

/// The character of each command.
static CHARACTERS: LazyLock<Index<&'static str, char>> = LazyLock::new(|| {
    let mut index = Index::default();
    for (command, c) in pairs(TEXT).chain(pairs(MATH)) {
        index.entry(command).or_insert(c);
    }
    index
});

/// What is written for a character: the command, and whether it needs math mode.
static BY_CHARACTER: LazyLock<Index<char, (&'static str, bool)>> = LazyLock::new(|| {
    let mut index = Index::default();
    for (command, c) in pairs(TEXT) {
        index.entry(c).or_insert((command, false));
    }
    for (command, c) in pairs(MATH) {
        index.entry(c).or_insert((command, true));
    }
    index
});

static BY_NAME: LazyLock<Index<&'static str, Meaning>> = LazyLock::new(|| MEANINGS.iter().copied().collect());

/// The rows of a table of [`super::symbols`].
pub(crate) fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, char)> {
    let mut words = table.split_ascii_whitespace();
    std::iter::from_fn(move || Some((words.next()?, words.next()?.chars().next()?)))
}

/// The combining character of a command that puts a mark on a letter.
pub(crate) fn accent(name: &str) -> Option<char> {
    if name.len() > 1 && !name.starts_with("text") && name != "newtie" {
        return None;
    }
    ACCENTS.iter().find(|(command, _)| *command == name).map(|(_, mark)| *mark)
}

/// The character that a command stands for.
pub(crate) fn character(name: &str) -> Option<char> {
    CHARACTERS.get(name).copied()
}

/// What a command does that stands for no single character.
pub(crate) fn meaning(name: &str) -> Option<Meaning> {
    BY_NAME.get(name).copied()
}

/// Whether a character combines with the one before it.
pub(crate) fn is_mark(c: char) -> bool {
    is_combining_mark(c)
}

/// Whether a mark stands where the dot of i and j would.
pub(crate) const fn is_above(mark: char) -> bool {
    !matches!(mark, '\u{323}'..='\u{331}')
}

/// Hyphens, dashes, quotes, ligatures and signs that print nothing which have no command of their own in TeX: what prints the same.
///
/// Most is LaTeX's own table of Unicode (`utf8enc.dfu`); the number of the character would be none of any of pdfTeX's fonts. But for
/// U+200C all are read back as what they print as, which the writer reports.
const SPELLED: &[(char, &str)] = &[
    ('\u{AD}', "\\-"),
    ('\u{2BB}', "{\\textquoteleft}"),
    ('\u{2BC}', "{\\textquoteright}"),
    ('\u{2BD}', "{\\textquoteleft}"),
    ('\u{200B}', "\\hspace{0pt}"),
    ('\u{200C}', "{\\textcompwordmark}"),
    ('\u{2010}', "-"),
    ('\u{2011}', "\\mbox{-}"),
    ('\u{2012}', "--"),
    ('\u{201B}', "{\\textquoteleft}"),
    ('\u{201F}', "{\\textquotedblleft}"),
    ('\u{2060}', "{\\nobreak}"),
    ('\u{2215}', "/"),
    ('\u{2E3B}', "---{}---{}---"),
    ('\u{FB00}', "ff"),
    ('\u{FB01}', "fi"),
    ('\u{FB02}', "fl"),
    ('\u{FB03}', "ffi"),
    ('\u{FB04}', "ffl"),
    ('\u{FB05}', "st"),
    ('\u{FB06}', "st"),
    ('\u{FE58}', "---"),
    ('\u{FE63}', "-"),
    ('\u{FEFF}', "{\\nobreak}"),
    ('\u{FF0D}', "-"),
];

/// What is written for a character that prints as others do.
pub(crate) fn spelled(c: char) -> Option<&'static str> {
    SPELLED.iter().find(|(other, _)| *other == c).map(|(_, tex)| *tex)
}

/// Appends an ASCII form of `c`: a command, an accented letter, or the number of the character.
pub(crate) fn push_ascii(out: &mut String, c: char) {
    if let Some(tex) = spelled(c) {
        // Another hyphen would make a dash of it.
        if tex.starts_with('-') && out.ends_with('-') {
            out.push_str("{}");
        }
        return out.push_str(tex);
    }
    match BY_CHARACTER.get(&c) {
        Some((command, false)) => return out.push_str(&format!("{{\\{command}}}")),
        Some((command, true)) => return out.push_str(&format!("$\\{command}$")),
        None => {}
    }
    match accented(c) {
        Some(letter) => out.push_str(&format!("{{{letter}}}")),
        None => out.push_str(&format!("\\symbol{{{}}}", u32::from(c))),
    }
}

/// `\'e` for "é", `\'{\^e}` for "ế".
fn accented(c: char) -> Option<String> {
    let mut decomposed = std::iter::once(c).nfd();
    let base = decomposed.next()?;
    let marks: Vec<char> = decomposed.collect();
    if marks.is_empty() {
        return None;
    }
    let dotless = marks.iter().any(|&mark| is_above(mark));
    let mut letter = match base {
        'i' if dotless => "\\i".to_owned(),
        'j' if dotless => "\\j".to_owned(),
        base if base.is_ascii_alphabetic() => base.to_string(),
        base => match BY_CHARACTER.get(&base)? {
            (command, false) => format!("\\{command}"),
            (_, true) => return None,
        },
    };
    for mark in marks {
        let (command, _) = ACCENTS.iter().find(|(_, accent)| *accent == mark)?;
        letter = format!("\\{command}{{{letter}}}");
    }
    Some(letter)
}
