//! The commands for characters, used in both directions.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;
use unicode_normalization::UnicodeNormalization;

/// Commands that put a mark on the letter behind them, with the combining character they stand for.
pub(crate) const ACCENTS: &[(&str, char)] = &[
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
    ("G", '\u{30F}'),
    ("f", '\u{311}'),
    ("d", '\u{323}'),
    ("c", '\u{327}'),
    ("k", '\u{328}'),
    ("b", '\u{331}'),
];

/// Commands of text mode that stand for a character. The first of two for one character is the one that is written.
pub(crate) const TEXT: &[(&str, char)] = &[
    ("ss", 'ß'),
    ("ae", 'æ'),
    ("AE", 'Æ'),
    ("oe", 'œ'),
    ("OE", 'Œ'),
    ("aa", 'å'),
    ("AA", 'Å'),
    ("o", 'ø'),
    ("O", 'Ø'),
    ("l", 'ł'),
    ("L", 'Ł'),
    ("i", 'ı'),
    ("j", 'ȷ'),
    ("dh", 'ð'),
    ("DH", 'Ð'),
    ("dj", 'đ'),
    ("DJ", 'Đ'),
    ("th", 'þ'),
    ("TH", 'Þ'),
    ("ng", 'ŋ'),
    ("NG", 'Ŋ'),
    ("textquoteleft", '\u{2018}'),
    ("textquoteright", '\u{2019}'),
    ("textquotedblleft", '\u{201C}'),
    ("textquotedblright", '\u{201D}'),
    ("quotesinglbase", '\u{201A}'),
    ("quotedblbase", '\u{201E}'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("guilsinglleft", '‹'),
    ("guilsinglright", '›'),
    ("textexclamdown", '¡'),
    ("textquestiondown", '¿'),
    ("textellipsis", '…'),
    ("textbullet", '•'),
    ("S", '§'),
    ("P", '¶'),
    ("copyright", '©'),
    ("textregistered", '®'),
    ("texttrademark", '™'),
    ("textdegree", '°'),
    ("pounds", '£'),
    ("texteuro", '€'),
    ("textyen", '¥'),
    ("textcent", '¢'),
    ("textordfeminine", 'ª'),
    ("textordmasculine", 'º'),
    ("dag", '†'),
    ("ddag", '‡'),
    ("textperiodcentered", '·'),
    ("textnumero", '№'),
];

/// Commands of math mode that stand for a character.
pub(crate) const MATH: &[(&str, char)] = &[("alpha", 'α'), ("beta", 'β'), ("gamma", 'γ'), ("times", '×'), ("pm", '±')];

/// What is written for a character: the command, and whether it needs math mode.
static BY_CHARACTER: LazyLock<HashMap<char, (&'static str, bool), FxBuildHasher>> = LazyLock::new(|| {
    let mut map = HashMap::default();
    for (commands, math) in [(TEXT, false), (MATH, true)] {
        for &(command, c) in commands {
            map.entry(c).or_insert((command, math));
        }
    }
    map
});

/// Appends an ASCII form of `c`: a command, an accented letter, or the number of the character.
pub(crate) fn push_ascii(out: &mut String, c: char) {
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
    let mut letter = match base {
        // The dot of i and j makes way for a mark above.
        'i' if marks.iter().all(|&mark| is_above(mark)) => "\\i".to_owned(),
        'j' if marks.iter().all(|&mark| is_above(mark)) => "\\j".to_owned(),
        base if base.is_ascii_alphabetic() => base.to_string(),
        base => {
            let (command, math) = BY_CHARACTER.get(&base)?;
            if *math {
                return None;
            }
            format!("\\{command}")
        }
    };
    for mark in marks {
        let (command, _) = ACCENTS.iter().find(|(_, accent)| *accent == mark)?;
        letter = format!("\\{command}{{{letter}}}");
    }
    Some(letter)
}

const fn is_above(mark: char) -> bool {
    !matches!(mark, '\u{323}' | '\u{327}' | '\u{328}' | '\u{331}')
}
