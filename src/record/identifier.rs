//! Identifiers: DOI, ISBN, ISSN, PMID, PMCID, arXiv, ORCID, Handle, URL.
//!
//! Each is brought to its bare, canonical form; syntax and check digits are verified, and the printed form is kept where it
//! differs. Two identifiers are equal when scheme and bare form are.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::scan::trim;

/// What kind of identifier it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// Digital Object Identifier (ISO 26324).
    Doi,
    /// International Standard Book Number, 10 or 13 digits (ISO 2108).
    Isbn,
    /// International Standard Serial Number (ISO 3297).
    Issn,
    /// PubMed's number.
    Pmid,
    /// PubMed Central's number, with "PMC".
    Pmcid,
    /// arXiv's number, new ("1501.00001v2") or old ("hep-ph/0211007").
    Arxiv,
    /// A person's ORCID.
    Orcid,
    /// Handle System.
    Handle,
    /// An address.
    Url,
    /// Any other e-print number.
    Eprint,
}

/// An identifier.
///
/// ```
/// use reflist::{Identifier, Scheme};
/// let doi = Identifier::new(Scheme::Doi, "https://doi.org/10.1000/182");
/// assert_eq!(doi.as_str(), "10.1000/182");
/// assert_eq!(doi.printed(), "https://doi.org/10.1000/182");
/// assert!(doi.is_valid());
/// assert!(!Identifier::new(Scheme::Isbn, "978-3-16-148410-1").is_valid());
/// ```
#[derive(Debug, Clone)]
pub struct Identifier {
    scheme: Scheme,
    value: String,
    printed: Option<Box<str>>,
    valid: bool,
}

/// No identifier has controls; the bytes of a broken file may.
fn without_controls(printed: &str) -> Cow<'_, str> {
    match printed.bytes().fold(false, |found, byte| found | byte.is_ascii_control()) {
        true => Cow::Owned(printed.split(|c: char| c.is_ascii_control()).collect()),
        false => Cow::Borrowed(printed),
    }
}

impl Identifier {
    /// Brings `printed` to its bare form and checks it. Text that is no such identifier is kept as it is, and is not valid.
    #[must_use]
    pub fn new(scheme: Scheme, printed: &str) -> Self {
        // Behind the last control there may be a blank.
        let printed = without_controls(printed);
        let printed = trim(&printed);
        let (value, valid) = canonical(scheme, printed);
        let printed = (value != printed).then(|| printed.into());
        Self { scheme, value, printed, valid }
    }

    /// What kind it is.
    #[must_use]
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The bare form: no resolver, no "doi:", no hyphens in an ISBN, the hyphen in an ISSN.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// The form as it was printed.
    #[must_use]
    pub fn printed(&self) -> &str {
        self.printed.as_deref().unwrap_or(&self.value)
    }

    /// Whether syntax and check digit are right.
    #[must_use]
    pub const fn is_valid(&self) -> bool {
        self.valid
    }

    /// Whether it has no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value.is_empty()
    }
}

impl PartialEq for Identifier {
    fn eq(&self, other: &Self) -> bool {
        self.scheme == other.scheme && self.value == other.value
    }
}

impl Eq for Identifier {}

impl Hash for Identifier {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.scheme.hash(state);
        self.value.hash(state);
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}

fn canonical(scheme: Scheme, printed: &str) -> (String, bool) {
    match scheme {
        Scheme::Doi => doi(printed),
        Scheme::Isbn => isbn(printed),
        Scheme::Issn => issn(printed),
        Scheme::Pmid => digits_behind(printed, &["pmid:", "pmid"]),
        Scheme::Pmcid => pmcid(printed),
        Scheme::Arxiv => arxiv(printed),
        Scheme::Orcid => orcid(printed),
        Scheme::Handle => bare(strip_any(printed, &["https://hdl.handle.net/", "http://hdl.handle.net/", "hdl:"])),
        Scheme::Url => (printed.to_owned(), printed.contains(':') || printed.contains('.')),
        Scheme::Eprint => bare(printed),
    }
}

fn bare(text: &str) -> (String, bool) {
    (text.to_owned(), !text.is_empty())
}

/// `text` behind the first of `prefixes` that it begins with, in any case; else all of it.
fn strip_any<'t>(text: &'t str, prefixes: &[&str]) -> &'t str {
    prefixes
        .iter()
        .find_map(|prefix| {
            let head = text.as_bytes().get(..prefix.len())?;
            head.eq_ignore_ascii_case(prefix.as_bytes()).then(|| text[prefix.len()..].trim_start())
        })
        .unwrap_or(text)
}

const DOI_PREFIXES: [&str; 10] = [
    "https://doi.org/",
    "http://doi.org/",
    "https://dx.doi.org/",
    "http://dx.doi.org/",
    "https://www.doi.org/",
    "doi.org/",
    "dx.doi.org/",
    "info:doi/",
    "doi:",
    "doi ",
];

/// A DOI is "10.", a registrant of at least four digits with optional sub-divisions, a slash, and a suffix (DOI Handbook, 2.2). It is
/// compared without regard to case, but kept as written: publishers print their own capitals.
fn doi(printed: &str) -> (String, bool) {
    let mut value = printed;
    if !value.starts_with("10.") {
        value = strip_any(value, &DOI_PREFIXES);
        // "doi:https://doi.org/10.…" is common enough.
        value = strip_any(value, &DOI_PREFIXES);
    }
    let valid = value.strip_prefix("10.").and_then(|rest| rest.split_once('/')).is_some_and(|(registrant, suffix)| {
        registrant.len() >= 4
            && registrant.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && !suffix.is_empty()
            && !suffix.contains(char::is_whitespace)
    });
    if valid { (value.to_owned(), true) } else { (printed.to_owned(), false) }
}

fn isbn(printed: &str) -> (String, bool) {
    let value = strip_any(printed, &["isbn-13:", "isbn-10:", "isbn-13", "isbn-10", "isbn:", "isbn"]);
    let compact: String = value
        .chars()
        .filter(|c| !c.is_whitespace() && !super::number::is_dash(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let shaped = matches!(compact.len(), 10 | 13)
        && compact
            .bytes()
            .enumerate()
            .all(|(at, byte)| byte.is_ascii_digit() || (byte == b'X' && at == 9 && compact.len() == 10));
    if !shaped {
        return (printed.to_owned(), false);
    }
    let digit = |byte: u8| if byte == b'X' { 10 } else { u32::from(byte - b'0') };
    let valid = if compact.len() == 10 {
        compact.bytes().zip((1..=10).rev()).map(|(byte, weight)| digit(byte) * weight).sum::<u32>() % 11 == 0
    } else {
        compact.bytes().enumerate().map(|(at, byte)| digit(byte) * if at % 2 == 0 { 1 } else { 3 }).sum::<u32>() % 10
            == 0
    };
    (compact, valid)
}

fn issn(printed: &str) -> (String, bool) {
    if let [a, b, c, d, b'-', e, f, g, check] = *printed.as_bytes() {
        // As nearly all are written: nothing to be taken off, nothing to be put in.
        let digits = [a, b, c, d, e, f, g];
        if digits.iter().all(u8::is_ascii_digit) && (check.is_ascii_digit() || check == b'X') {
            let sum: u32 =
                digits.iter().zip((2..=8).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
            let check = if check == b'X' { 10 } else { u32::from(check - b'0') };
            return (printed.to_owned(), (sum + check).is_multiple_of(11));
        }
    }
    let value = strip_any(printed, &["issn:", "issn", "e-issn:", "eissn:"]);
    let compact: String = value
        .chars()
        .filter(|c| !c.is_whitespace() && !super::number::is_dash(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let shaped = compact.len() == 8
        && compact.bytes().enumerate().all(|(at, byte)| byte.is_ascii_digit() || (byte == b'X' && at == 7));
    if !shaped {
        return (printed.to_owned(), false);
    }
    let digit = |byte: u8| if byte == b'X' { 10 } else { u32::from(byte - b'0') };
    let valid = compact.bytes().zip((1..=8).rev()).map(|(byte, weight)| digit(byte) * weight).sum::<u32>() % 11 == 0;
    (format!("{}-{}", &compact[..4], &compact[4..]), valid)
}

fn digits_behind(printed: &str, prefixes: &[&str]) -> (String, bool) {
    let value = strip_any(printed, prefixes).trim();
    let valid = !value.is_empty() && value.len() <= 9 && value.bytes().all(|byte| byte.is_ascii_digit());
    if valid { (value.to_owned(), true) } else { (printed.to_owned(), false) }
}

fn pmcid(printed: &str) -> (String, bool) {
    let value = strip_any(printed, &["pmcid:", "pmcid"]);
    let (digits, valid) = digits_behind(value, &["pmc:", "pmc"]);
    if valid { (format!("PMC{digits}"), true) } else { (printed.to_owned(), false) }
}

/// New numbers are `YYMM.NNNN` or `YYMM.NNNNN`, old ones `archive[.CL]/YYMMNNN`; both may end with a version.
fn arxiv(printed: &str) -> (String, bool) {
    let prefixes = [
        "https://arxiv.org/abs/",
        "http://arxiv.org/abs/",
        "https://arxiv.org/pdf/",
        "arxiv.org/abs/",
        "arxiv:",
        "arxiv ",
        "abs/",
    ];
    let value = strip_any(strip_any(printed, &prefixes), &prefixes);
    let value = value.strip_suffix(".pdf").unwrap_or(value);
    if is_arxiv(value) { (value.to_owned(), true) } else { (printed.to_owned(), false) }
}

fn is_arxiv(value: &str) -> bool {
    let number = value.rsplit_once('v').filter(|(_, version)| all_digits(version)).map_or(value, |(number, _)| number);
    if let Some((archive, number)) = number.split_once('/') {
        let archive_like = archive.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'.'));
        return !archive.is_empty() && archive_like && number.len() == 7 && all_digits(number);
    }
    number.split_once('.').is_some_and(|(month, serial)| {
        month.len() == 4 && all_digits(month) && matches!(serial.len(), 4 | 5) && all_digits(serial)
    })
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Sixteen characters in groups of four; the last is a check character by ISO 7064, MOD 11-2.
fn orcid(printed: &str) -> (String, bool) {
    let value = strip_any(printed, &["https://orcid.org/", "http://orcid.org/", "orcid.org/", "orcid:"]);
    let compact: Vec<u8> = value.bytes().filter(|&byte| byte != b'-').collect();
    if compact.len() != 16 || !compact[..15].iter().all(u8::is_ascii_digit) {
        return (printed.to_owned(), false);
    }
    let total = compact[..15].iter().fold(0_u32, |total, byte| (total + u32::from(byte - b'0')) * 2);
    let check = (12 - total % 11) % 11;
    let expected = if check == 10 { b'X' } else { b'0' + check as u8 };
    (value.to_owned(), compact[15] == expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(scheme: Scheme, printed: &str, value: &str, valid: bool) {
        let identifier = Identifier::new(scheme, printed);
        assert_eq!((identifier.as_str(), identifier.is_valid()), (value, valid));
        assert_eq!(Identifier::new(scheme, value), identifier, "the bare form is stable");
    }

    #[test]
    fn dois_lose_their_resolver() {
        check(Scheme::Doi, "doi: 10.1016/S0140-6736(05)66545-8", "10.1016/S0140-6736(05)66545-8", true);
        check(
            Scheme::Doi,
            "http://dx.doi.org/10.1002/(SICI)1<1::AID>3.0.CO;2-A",
            "10.1002/(SICI)1<1::AID>3.0.CO;2-A",
            true,
        );
        check(Scheme::Doi, "11.1/x", "11.1/x", false);
    }

    #[test]
    fn controls_and_the_blanks_beside_them_go() {
        check(Scheme::Issn, " : \u{7}\u{7}", ":", false);
        check(Scheme::Url, "\u{7f}\u{b} http://a.b \n", "http://a.b", true);
    }

    #[test]
    fn check_digits_are_verified() {
        check(Scheme::Isbn, "978-3-16-148410-0", "9783161484100", true);
        check(Scheme::Isbn, "ISBN 0-8044-2957-X", "080442957X", true);
        check(Scheme::Isbn, "0-8044-2957-1", "0804429571", false);
        check(Scheme::Issn, "2434561x", "2434-561X", true);
        check(Scheme::Issn, "1234-5678", "1234-5678", false);
        check(Scheme::Orcid, "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097", true);
    }

    #[test]
    fn both_forms_of_arxiv_numbers() {
        check(Scheme::Arxiv, "arXiv:1501.00001v2", "1501.00001v2", true);
        check(Scheme::Arxiv, "https://arxiv.org/abs/hep-ph/0211007", "hep-ph/0211007", true);
        check(Scheme::Arxiv, "hep-ph", "hep-ph", false);
    }

    #[test]
    fn pubmed_numbers() {
        check(Scheme::Pmid, "PMID: 31411786", "31411786", true);
        check(Scheme::Pmcid, "PMCID: PMC1234567", "PMC1234567", true);
        check(Scheme::Pmcid, "1234567", "PMC1234567", true);
    }
}
