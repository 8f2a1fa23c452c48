//! Lines of RIS: a tag, blanks, a hyphen, a value; or the continuation of the value before.

use super::mapping::{self, Tag};

/// Divides a line into tag and value; none for a line that begins with no tag.
///
/// Two blanks belong between tag and hyphen. One, or a tab, is accepted where the tag is a known one and a blank follows the hyphen or
/// the line ends, since prose seldom has that; small letters and blanks in front only where the rest is exact.
pub(super) fn tagged(line: &str) -> Option<(Tag, &str)> {
    let bytes = line.as_bytes();
    match *bytes {
        // As nearly all lines are.
        [first, second, b' ', b' ', b'-', b' ', begin, .., end]
            if is_tag(first, second) && begin.is_ascii_graphic() && end.is_ascii_graphic() =>
        {
            Some(([first, second], &line[6..]))
        }
        [first, second, b' ', b' ', b'-', ..] if is_tag(first, second) => Some(([first, second], trimmed(&line[5..]))),
        [first, second, b' ', b' ', b'-', b' ', ..]
            if is_tag(first.to_ascii_uppercase(), second.to_ascii_uppercase()) =>
        {
            Some(([first.to_ascii_uppercase(), second.to_ascii_uppercase()], line[6..].trim()))
        }
        [b'E', b'R'] => Some((*b"ER", "")),
        [first, second, b' ' | b'\t', ..] if mapping::is_known([first, second]) => {
            loose(line).map(|value| ([first, second], value))
        }
        [b' ' | b'\t', ..] => exact_behind_blanks(line),
        _ => None,
    }
}

/// The line's rest without blanks around it. Texts fold other white space by themselves.
fn trimmed(value: &str) -> &str {
    let bytes = value.as_bytes();
    let (mut start, mut end) = (0, bytes.len());
    while start < end && matches!(bytes[start], b' ' | b'\t') {
        start += 1;
    }
    while start < end && matches!(bytes[end - 1], b' ' | b'\t') {
        end -= 1;
    }
    // What is left may begin or end with a blank of another kind.
    let odd = |byte: Option<&u8>| byte.is_some_and(|byte| !byte.is_ascii_graphic());
    let value = &value[start..end];
    if odd(bytes.get(start)) || end > start && odd(bytes.get(end - 1)) { value.trim() } else { value }
}

fn is_tag(first: u8, second: u8) -> bool {
    first.is_ascii_uppercase() && (second.is_ascii_uppercase() || second.is_ascii_digit())
}

/// The value behind blanks of any kind and number, a hyphen, and a blank or the line's end.
fn loose(line: &str) -> Option<&str> {
    let rest = &line[2..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let value = rest[blanks..].strip_prefix('-').filter(|_| blanks <= 4)?;
    (value.is_empty() || value.starts_with([' ', '\t'])).then(|| value.trim())
}

fn exact_behind_blanks(line: &str) -> Option<(Tag, &str)> {
    let line = line.trim_start();
    match *line.as_bytes() {
        [first, second, b' ', b' ', b'-', b' ', ..] if is_tag(first, second) => {
            Some(([first, second], line[6..].trim()))
        }
        [b'E', b'R', b' ', b' ', b'-'] => Some((*b"ER", "")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_in_the_spellings_of_the_wild() {
        for line in ["TI  - A", "TI - A", "TI\t- A", "TI \t- A", "ti  - A", "  TI  - A", "TI  -A"] {
            assert_eq!(tagged(line), Some((*b"TI", "A")), "{line}");
        }
        for line in ["ER  - ", "ER  -", "ER -", "ER", "  ER  -"] {
            assert_eq!(tagged(line), Some((*b"ER", "")), "{line}");
        }
    }

    #[test]
    fn prose_is_no_tag() {
        for line in ["IN-vitro", "in - situ", "A - B", "A1-B2", "TI", "é  - x", "AB -cd", "IN - vitro", "", "     -"] {
            assert_eq!(tagged(line), None, "{line}");
        }
    }
}
