//! Finds URLs and bare DOIs, which are one token each.
//!
//! A URL starts with its scheme or with "www."; a DOI with "10.", four to nine digits and a slash. Both end at a blank, less the
//! punctuation that belongs to the sentence: closing stops, commas, quotes, and brackets that were not opened inside. What makes it
//! hard is what print does to them:
//!
//! - Old DOIs hold brackets and `<;>`: `10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O`.
//! - Line breaks leave blanks: `10.1016/ j.cell.2001`, `10. 1016/j.cell`, `10.1007/s11214-017- 0345-x`, `https://www.who.int/ a_b`. A
//!   blank is taken in only where what stands in front cannot be an end and what comes behind cannot be a word.
//! - Link texts stick to them: `10.1000/182[PubMed]`.

/// Longest URL or DOI: what is longer is cut there, so that a broken text costs no more than this a token.
const MAX_LEN: usize = 2048;

/// Most blanks taken into one identifier: print breaks a long URL over three lines at most.
const MAX_BLANKS: usize = 2;

/// Looks for identifiers in one text.
pub(super) struct Scanner<'a> {
    text: &'a str,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// Bytes of the URL that starts at `at`.
    pub(super) fn url(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let prefix = url_prefix(rest.as_bytes())?;
        if self.text[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
            return None;
        }
        let body = rest.get(prefix..)?;
        if !body.starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        if let Some(start) = doi_in_link(rest) {
            // The host tells that the path is a DOI, and a DOI knows better where it ends.
            if let Some(len) = doi_len(&rest[start..]) {
                return Some(start + len);
            }
        }
        Some(extent(rest, prefix, is_url_end, url_goes_on))
    }

    /// Bytes of the bare DOI that starts at `at`.
    pub(super) fn doi(&mut self, at: usize) -> Option<usize> {
        let before = self.text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_digit() || c == '.') {
            return None;
        }
        doi_len(&self.text[at..])
    }
}

/// Whether a URL or DOI token holds a DOI.
pub(crate) fn has_doi(token: &str) -> bool {
    doi_in_link(token).is_some() || token.starts_with("10.")
}

/// Bytes of the scheme, or of "www.", in any case.
fn url_prefix(text: &[u8]) -> Option<usize> {
    // Cheap way out for nearly every token: only these letters start a URL.
    if !matches!(text.first()?, b'h' | b'H' | b'f' | b'F' | b'w' | b'W' | b'd' | b'D') {
        return None;
    }
    let prefixes: [&[u8]; 6] = [b"https://", b"http://", b"ftp://", b"www.", b"doi.org/", b"dx.doi.org/"];
    for prefix in prefixes {
        if text.len() > prefix.len() && text[..prefix.len()].eq_ignore_ascii_case(prefix) {
            // "http://" may be followed by a blank or "www."; the scheme alone decides.
            return Some(if prefix.starts_with(b"d") { 0 } else { prefix.len() });
        }
    }
    None
}

/// Where in a link of doi.org the DOI starts.
fn doi_in_link(text: &str) -> Option<usize> {
    let mut end = text.len().min(64);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let at = text[..end].find("doi.org/")? + "doi.org/".len();
    text[at..].starts_with("10.").then_some(at)
}

/// Bytes of the DOI at the start of `text`.
fn doi_len(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if !bytes.starts_with(b"10.") {
        return None;
    }
    let mut at = 3;
    if bytes.get(at) == Some(&b' ') {
        at += 1; // "10. 1016/j.cell": the slash further on makes it certain.
    }
    let registrant = at;
    while bytes.get(at).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.') {
        at += 1;
    }
    if !(4..=14).contains(&(at - registrant)) || bytes.get(at) != Some(&b'/') {
        return None;
    }
    at += 1;
    if bytes.get(at) == Some(&b' ') {
        at += 1; // "10.1016/ j.cell": nothing ends in a slash.
    }
    if !text[at..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '[' | '<' | '_')) {
        return None;
    }
    let len = extent(text, at, is_doi_end, doi_goes_on);
    (len > at).then_some(len)
}

/// Whether a character can stand in no DOI.
fn is_doi_end(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '«' | '»' | '„' | '{' | '}' | '|' | '\\') || is_cjk_punctuation(c)
}

/// Whether a character can stand in no URL.
fn is_url_end(c: char) -> bool {
    matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '„' | '‹' | '›') || is_cjk_punctuation(c)
}

fn is_cjk_punctuation(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '，' | '；' | '（' | '）')
}

/// Whether a DOI goes on behind the blank between `head` and `tail`.
fn doi_goes_on(head: &str, tail: &str) -> bool {
    let word = &tail[..tail.find(char::is_whitespace).unwrap_or(tail.len())];
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let Some(suffix) = head.split_once('/').map(|(_, suffix)| suffix) else { return false };
    match head.as_bytes().last() {
        // "…/s11214-017- 0345-x"; a dash in front of a word ("10.1000/182- Smith") ends it.
        Some(b'-' | b'_' | b'/') => {
            digits > 0
                && word.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_./();:<>".contains(byte))
        }
        // "10.1111/j. 1467-8624.2004"; "10.1000/182. 12 pages" has had its digits already.
        Some(b'.') => digits >= 4 && !suffix.bytes().any(|byte| byte.is_ascii_digit()) && suffix.len() <= 12,
        _ => false,
    }
}

/// Whether a URL goes on behind the blank between `head` and `tail`.
fn url_goes_on(head: &str, tail: &str) -> bool {
    let word = &tail[..tail.find(char::is_whitespace).unwrap_or(tail.len())];
    let inner = word.trim_end_matches(['.', ',', ';', ')', ']', '>']);
    if !inner.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let marks = inner.bytes().filter(|byte| b"/_=?&%#~".contains(byte)).count();
    let dots = inner.contains('.') || inner.contains('-');
    match head.as_bytes().last() {
        Some(b'=' | b'?' | b'&' | b'%' | b'_' | b'#') => true,
        Some(b'/' | b'-') => {
            marks > 0 || dots && inner.bytes().any(|byte| byte.is_ascii_lowercase()) && !inner.contains("..")
        }
        Some(b'.') => marks > 0 && !inner.contains("://"),
        _ => false,
    }
}

/// Where the identifier at the start of `text` ends, having `known` bytes already.
fn extent(text: &str, known: usize, is_end: fn(char) -> bool, goes_on: fn(&str, &str) -> bool) -> usize {
    let mut end = known;
    let mut blanks = 0;
    for (at, c) in text[known..].char_indices() {
        let at = known + at;
        if c.is_whitespace() {
            if blanks == MAX_BLANKS || at > MAX_LEN || !goes_on(&text[..at], &text[at + c.len_utf8()..]) {
                break;
            }
            blanks += 1;
            continue;
        }
        if is_end(c) || at > MAX_LEN {
            break;
        }
        end = at + c.len_utf8();
    }
    trim_sentence(text, known, end)
}

/// Takes off what belongs to the sentence: stops, quotes, brackets not opened inside, a link text in brackets.
fn trim_sentence(text: &str, known: usize, mut end: usize) -> usize {
    while let Some(last) = text[known..end].chars().next_back() {
        let inside = &text[known..end];
        let cut = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '‘' | '*' | '…' => last.len_utf8(),
            ')' => unbalanced(inside, '(', ')'),
            ']' => unbalanced(inside, '[', ']').max(link_text(inside)),
            '>' => unbalanced(inside, '<', '>'),
            '(' | '[' | '<' | '}' => 1,
            _ => 0,
        };
        if cut == 0 {
            break;
        }
        end -= cut;
    }
    end
}

/// 1 where `text` closes more brackets than it opens.
fn unbalanced(text: &str, open: char, close: char) -> usize {
    usize::from(text.matches(close).count() > text.matches(open).count())
}

/// Bytes of a "[PubMed]" at the end.
fn link_text(text: &str) -> usize {
    let Some(open) = text.rfind('[') else { return 0 };
    let inner = &text[open + 1..text.len() - 1];
    if inner.is_empty() || !inner.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return 0;
    }
    text.len() - open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_doi(text: &str, expected: &str) {
        assert_eq!(&text[..doi_len(text).unwrap_or(0)], expected);
    }

    #[track_caller]
    fn check_url(text: &str, expected: &str) {
        assert_eq!(&text[..Scanner::new(text).url(0).unwrap_or(0)], expected);
    }

    #[test]
    fn a_doi_ends_before_the_sentence_does() {
        check_doi("10.1000/182.", "10.1000/182");
        check_doi("10.1000/182), p. 3", "10.1000/182");
        check_doi("10.1000/182>; 4", "10.1000/182");
        check_doi("10.1000/182[PubMed]", "10.1000/182");
        check_doi("10.1000/182”.", "10.1000/182");
    }

    #[test]
    fn a_doi_holds_brackets_and_angles() {
        let sici = "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O";
        check_doi(&format!("{sici}. Accessed"), sici);
        check_doi("10.1016/0022-2836(81)90087-5.", "10.1016/0022-2836(81)90087-5");
        check_doi("10.1890/0012-9658(2006)87[2565:TOT]2.0.CO;2", "10.1890/0012-9658(2006)87[2565:TOT]2.0.CO;2");
    }

    #[test]
    fn a_doi_broken_by_a_blank_is_whole() {
        check_doi("10.1016/ j.cell.2001.01.001.", "10.1016/ j.cell.2001.01.001");
        check_doi("10. 1016/j.cell.2001", "10. 1016/j.cell.2001");
        check_doi("10.1007/s11214-017- 0345-x.", "10.1007/s11214-017- 0345-x");
        check_doi("10.1111/j. 1467-8624.2004.00694.x", "10.1111/j. 1467-8624.2004.00694.x");
        check_doi("10.1000/182. 12 pages", "10.1000/182");
        check_doi("10.1000/abc- Smith 2001", "10.1000/abc-");
    }

    #[test]
    fn a_number_is_no_doi() {
        check_doi("10.5 percent/year", "");
        check_doi("10.12/34", "");
    }

    #[test]
    fn a_url_ends_before_the_sentence_does() {
        check_url("https://www.who.int/a_b/. Accessed", "https://www.who.int/a_b/");
        check_url("http://a.org/b>.", "http://a.org/b");
        check_url("http://a.org/b_(c))", "http://a.org/b_(c)");
        check_url("www.a.org, 2004", "www.a.org");
        check_url("https://doi.org/10.1000/182.", "https://doi.org/10.1000/182");
        check_url("doi.org/10.1000/182;", "doi.org/10.1000/182");
    }

    #[test]
    fn a_url_broken_by_a_blank_is_whole() {
        check_url("http://a.org/b_ c.html (2004)", "http://a.org/b_ c.html");
        check_url("http://a.org/ b_c/d.html.", "http://a.org/ b_c/d.html");
        check_url("http://a.org/ Accessed 2004", "http://a.org/");
        check_url("http://a.org/b. Accessed 2004", "http://a.org/b");
    }

    #[test]
    fn words_that_start_like_a_url_are_words() {
        check_url("http", "");
        check_url("www", "");
        check_url("dx", "");
    }
}
