//! Volume, issue, edition and other numbers, and the words around them.

use super::words::{WordList, is_dash};

/// Words that announce a number, without the stop.
static ANNOUNCERS: WordList = WordList::new(
    "\
a an anno année auflage band bd bde bind br broj chap chapter cilt ed edition fasc fascicule godina h haft \
heft iss issue jahrg jahrgang jg kapitel kn n no nos nr nro nrs num number numero nummer numéro n° nº núm número p \
part ps pt rocz roč ročník sv svazek t teil th tom tome tomo v vol vols volume volumen vyp výp zesz zeszyt č čís \
číslo вып выпуск кн книга номер т том ч № 제 ",
);

/// A number without what announces it and without marks at its edges: "Vol. 12," is "12".
pub(super) fn clean(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let before = rest.len();
        rest =
            rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '"' | '.' | '\u{b0}' | '#'));
        rest = without_brackets(rest);
        rest = without_announcer(rest);
        if rest.len() == before {
            return rest;
        }
    }
}

fn without_brackets(text: &str) -> &str {
    let pair = match text.chars().next() {
        Some('(') => ('(', ')'),
        Some('[') => ('[', ']'),
        _ => ('(', ')'),
    };
    let (opens, closes) = (text.starts_with(pair.0), text.ends_with(pair.1));
    let (opened, closed) = (text.matches(pair.0).count(), text.matches(pair.1).count());
    if opens && closes && opened == 1 {
        &text[1..text.len() - 1]
    } else if opens && closed < opened {
        &text[1..]
    } else if closes && opened < closed {
        &text[..text.len() - 1]
    } else {
        text
    }
}

/// "Vol. 12" → "12", "n°203" → "203"; "S3" and "Suppl. 2" stay.
fn without_announcer(text: &str) -> &str {
    let letters: usize =
        text.chars().take_while(|c| c.is_alphabetic() || *c == '№' || *c == 'º').map(char::len_utf8).sum();
    let word = text[..letters].to_lowercase();
    let rest = &text[letters..];
    let bare = rest.trim_start_matches(['.', ' ', ':', '\u{a0}', '\u{b0}', '\u{ba}', '#']);
    let parted = bare.len() < rest.len() || matches!(word.as_str(), "vol" | "no" | "nr" | "nº" | "№" | "bd" | "heft");
    let one = bare.chars().next();
    let goes_on = one.is_some_and(|c| c.is_ascii_digit() || (c.is_uppercase() && bare.len() < 8) || c == '(');
    if letters > 0 && parted && goes_on && ANNOUNCERS.has(&word) { bare } else { text }
}

/// A volume and the issue that is printed with it, both bare: "39.1", "26,3", "61: 4", "95, (2)", "Jg. 4, Heft 3", "12(3)".
///
/// Asked only where no other span is the issue. A run of volumes ("9–10") is one volume.
pub(super) fn split_volume(text: &str) -> (&str, Option<&str>) {
    let text = clean(text);
    let head: usize = text.chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let rest = &text[head..];
    let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '.' | ';'));
    let issue = clean(trimmed);
    let figure = |text: &str| {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        (1..=3).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || is_dash(c) || c == '/')
    };
    let parted = rest.starts_with(['(', ',', ':', '.', ';'])
        || rest.trim_start().starts_with('(')
        || trimmed.len() > issue.len();
    let head_text = &text[..head];
    let digits = head_text.bytes().any(|byte| byte.is_ascii_digit());
    let volume = digits || (head_text.len() > 1 && head_text.bytes().all(|byte| b"IVXLC".contains(&byte)));
    // "12, 13" and "5; 7" are two volumes.
    let next =
        head_text.parse::<u32>().ok().zip(issue.parse::<u32>().ok()).is_some_and(|(first, second)| second == first + 1);
    let list = rest.starts_with(';') || (rest.starts_with(',') && next);
    if volume && parted && !list && figure(issue) { (head_text, Some(issue)) } else { (text, None) }
}

#[cfg(test)]
mod tests {
    use super::super::words::assert_sorted;
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert_sorted(&ANNOUNCERS);
    }

    #[test]
    fn announcing_words_go() {
        for (printed, value) in [
            ("Vol. 12,", "12"),
            ("n°203", "203"),
            ("(4)", "4"),
            ("(4", "4"),
            ("Bd. IV", "IV"),
            ("D85", "D85"),
            ("Suppl. 2", "Suppl. 2"),
            ("1\u{2013}2", "1\u{2013}2"),
            ("№ 4", "4"),
        ] {
            assert_eq!(clean(printed), value, "{printed}");
        }
    }

    #[test]
    fn volume_and_issue_in_one_span() {
        for (printed, expected) in [
            ("39.1", ("39", Some("1"))),
            ("26,3", ("26", Some("3"))),
            ("61: 4", ("61", Some("4"))),
            ("95, (2)", ("95", Some("2"))),
            ("Jg. 4, Heft 3", ("4", Some("3"))),
            ("12(3\u{2013}4)", ("12", Some("3\u{2013}4"))),
            ("9\u{2013}10", ("9\u{2013}10", None)),
            ("12, 13", ("12, 13", None)),
            ("C.49", ("C.49", None)),
            ("D85", ("D85", None)),
            ("37 Suppl 1", ("37 Suppl 1", None)),
        ] {
            assert_eq!(split_volume(printed), expected, "{printed}");
        }
    }
}
