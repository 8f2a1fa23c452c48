//! Pages and counts of pages.

use super::words::WordList;

/// Words that announce pages, without the stop.
static ANNOUNCERS: WordList = WordList::new(
    "\
art article bl blz c e-pub f l p pag page pages pags pg pgs pp pàg pág págs r s seite seiten sid ss str с сс стор стр ",
);

/// Words behind a count of pages, without the stop.
static COUNTERS: WordList = WordList::new(
    "\
bl blz leaves lk p pag page pages pags pgs pp pág páginas págs s sayfa seiten side sider sidor sivua str strana с стор \
стр 頁 页 ",
);

/// The pages as [`Pages::parse`](crate::record::Pages::parse) takes them: announcing words, brackets and stray marks off.
pub(super) fn clean(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let before = rest.len();
        rest = rest
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '[' | ']' | '"'));
        if !(rest.ends_with("f.") || rest.ends_with("ff.")) {
            rest = rest.trim_end_matches('.');
        }
        rest = without_announcer(rest);
        if rest.len() == before {
            return rest;
        }
    }
}

/// "pp. 98" → "98"; "S3" stays, since nothing parts the letter from the figure.
fn without_announcer(text: &str) -> &str {
    let letters: usize = text.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let word = text[..letters].to_lowercase();
    let rest = &text[letters..];
    let parted = rest.starts_with(['.', ' ', ':', '\u{a0}'])
        || (matches!(word.as_str(), "pp" | "стр") && rest.starts_with(|c: char| c.is_ascii_digit()));
    let bare = rest.trim_start_matches(['.', ' ', ':', '\u{a0}']);
    let goes_on = bare.starts_with(|c: char| c.is_ascii_digit())
        || bare.chars().take_while(|c| c.is_alphanumeric()).any(|c| c.is_ascii_digit() || "ivxlcIVXLC".contains(c));
    if letters > 0 && parted && goes_on && ANNOUNCERS.has(&word) { bare } else { text }
}

/// Whether what follows a number says that it counts pages ("454 p.", "350 Seiten").
pub(super) fn counts_pages(value: &str, following: &str) -> bool {
    let plain = value
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'+' | b',' | b'i' | b'v' | b'x' | b'l'));
    let word: String = following
        .trim_start()
        .chars()
        .take_while(|c| c.is_alphabetic())
        .take(10)
        .flat_map(char::to_lowercase)
        .collect();
    plain && value.bytes().any(|byte| byte.is_ascii_digit()) && COUNTERS.has(&word)
}

#[cfg(test)]
mod tests {
    use super::super::words::assert_sorted;
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert_sorted(&ANNOUNCERS);
        assert_sorted(&COUNTERS);
    }

    #[test]
    fn announcing_words_go() {
        assert_eq!(clean("pp. 98\u{2013}114"), "98\u{2013}114");
        assert_eq!(clean("S. 67 ff."), "67 ff.");
        assert_eq!(clean("(e1004)"), "e1004");
        assert_eq!(clean("S3\u{2013}S9."), "S3\u{2013}S9");
        assert_eq!(clean("R285"), "R285");
        assert_eq!(clean("p. xii"), "xii");
    }

    #[test]
    fn counts_are_no_pages() {
        assert!(counts_pages("454", " p."));
        assert!(counts_pages("xii, 350", " Seiten"));
        assert!(!counts_pages("454", ", Paris"));
    }
}
