//! Numbers that need not be numbers: "S3", "12–14", "IV".

use std::fmt;

use ecow::EcoString;
use unicode_normalization::UnicodeNormalization;

use super::scan::Scan;
use super::text::is_blank;

/// A volume, an issue, an edition and the like, as printed. Canonical: NFC, blanks folded, every dash a hyphen.
///
/// ```
/// use reflist::Number;
/// assert_eq!(Number::from("12\u{2013}14").as_str(), "12-14");
/// assert_eq!(Number::from("29").as_u32(), Some(29));
/// assert_eq!(Number::from("S3").as_u32(), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Number(EcoString);

impl Number {
    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value, if it consists of ASCII digits and fits.
    #[must_use]
    pub fn as_u32(&self) -> Option<u32> {
        self.0.bytes().all(|byte| byte.is_ascii_digit()).then(|| self.0.parse().ok()).flatten()
    }

    /// Whether it has no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Number {
    fn from(text: &str) -> Self {
        let scan = Scan::of(text);
        if scan.is_canonical() && !scan.has_blank() && !scan.has_double_hyphen() {
            return Self(text.into());
        }
        let mut out = EcoString::with_capacity(text.len());
        let composed = text.nfc().collect::<String>();
        for word in composed.split(is_blank).filter(|word| !word.is_empty()) {
            if !out.is_empty() {
                out.push(' ');
            }
            let mut dashes = 0;
            for c in word.chars() {
                let dash = is_dash(c);
                dashes = if dash { dashes + 1 } else { 0 };
                match (dash, dashes) {
                    (false, _) => out.push(c),
                    (true, 1) => out.push('-'),
                    (true, _) => {}
                }
            }
        }
        Self(out)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Hyphens and dashes of every width, and the minus sign.
pub(crate) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}
