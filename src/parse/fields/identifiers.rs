//! Identifiers as print damages them → the form that [`Identifier`] reads.

use crate::record::{Identifier, Scheme};

use super::words::is_dash;

/// A DOI: blanks and soft hyphens of a line break out, dashes back to hyphens, separators behind it off. The printed form is kept.
pub(super) fn doi(printed: &str) -> Identifier {
    let mut text: String = printed.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).map(hyphen).collect();
    let start = text.find("10.").filter(|&at| text[..at].bytes().all(|byte| byte.is_ascii_graphic())).unwrap_or(0);
    text.truncate(text.trim_end_matches(['.', ',', ';', ':']).len());
    for (open, close) in [('(', ')'), ('[', ']'), ('<', '>')] {
        if text.ends_with(close) && text.matches(open).count() < text.matches(close).count() {
            text.pop();
        }
    }
    if let Some(at) = text[start..].find("%2F").or_else(|| text[start..].find("%2f")) {
        text.replace_range(start + at..start + at + 3, "/");
    }
    Identifier::new(Scheme::Doi, &text)
}

/// A URL: blanks of a line break out, and what separates it from the rest of the reference.
pub(super) fn url(printed: &str) -> Identifier {
    let text: String = printed.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
    let mut text = text.trim_matches(['<', '>', '"', '\u{201c}', '\u{201d}', ',', ';', '[', ']', '{', '}']);
    text = text.trim_end_matches(['.', ',', ';', ':']);
    if text.ends_with(')') && text.matches('(').count() < text.matches(')').count() {
        text = &text[..text.len() - 1];
    }
    for prefix in ["URL:", "url:", "Url:"] {
        text = text.strip_prefix(prefix).unwrap_or(text);
    }
    Identifier::new(Scheme::Url, text)
}

/// An arXiv number and the section behind it: "1703.00914 [hep-ph]", "hep -ph/0201195".
pub(super) fn arxiv(printed: &str) -> (Identifier, Option<String>) {
    let text: String = printed.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).map(hyphen).collect();
    let (number, class) = match text.split_once('[') {
        Some((number, class)) => (number, Some(class.trim_end_matches(']').to_owned())),
        None => (text.as_str(), None),
    };
    let number = number.trim_matches(['(', ')', ',', ';', '.', ':']);
    let number = number.strip_prefix("org:").unwrap_or(number);
    (Identifier::new(Scheme::Arxiv, number), class.filter(|class| !class.is_empty()))
}

/// ISBN, ISSN, PMID, PMCID: every blank and every dash that is no hyphen is damage.
pub(super) fn number(scheme: Scheme, printed: &str) -> Identifier {
    let text: String = printed.chars().map(hyphen).collect();
    let text =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '(' | ')' | '[' | ']'));
    Identifier::new(scheme, text)
}

fn hyphen(c: char) -> char {
    if is_dash(c) && c != '~' { '-' } else { c }
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_dois() {
        for (printed, bare) in [
            ("10.1000/182.", "10.1000/182"),
            ("https://doi.org/10.1000/ 182", "10.1000/182"),
            ("10.1016/S0140\u{2010}6736(05)66545-8", "10.1016/S0140-6736(05)66545-8"),
            ("10.1002/(SICI)1<1::AID>3.0.CO;2-A", "10.1002/(SICI)1<1::AID>3.0.CO;2-A"),
            ("10.1000/182)", "10.1000/182"),
        ] {
            assert_eq!(doi(printed).as_str(), bare, "{printed}");
        }
    }

    #[test]
    fn arxiv_numbers_and_their_sections() {
        let (number, class) = arxiv("1703.00914 [hep-ph]");
        assert_eq!((number.as_str(), class.as_deref()), ("1703.00914", Some("hep-ph")));
        assert_eq!(arxiv("hep -ph/0201195").0.as_str(), "hep-ph/0201195");
    }
}
