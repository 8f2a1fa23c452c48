//! Fields that BibLaTeX's data model does not allow in an entry type, carried in `userf`: `publisher={ACM}, issn={0004-5411}`.
//!
//! The form is that of LaTeX's keys and values, which BibLaTeX uses for options and for names. `userf` may stand in every entry, and
//! no standard style prints it.

/// The field that carries them.
pub(crate) const FIELD: &str = "userf";

/// Writes fields as one value.
pub(crate) fn write<'f>(fields: impl Iterator<Item = (&'f str, &'f str)>) -> String {
    let mut out = String::new();
    for (name, value) in fields {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(name);
        out.push_str("={");
        out.push_str(value);
        out.push('}');
    }
    out
}

/// The fields in a value; none if it is anything else.
pub(crate) fn read(value: &str) -> Option<Vec<(&str, &str)>> {
    let mut fields = Vec::new();
    let mut rest = value.trim();
    while !rest.is_empty() {
        let (name, behind) = rest.split_once('=')?;
        let inner = behind.strip_prefix('{')?;
        let end = closing(inner)?;
        if name.is_empty() || name.bytes().any(|byte| byte.is_ascii_whitespace() || matches!(byte, b'{' | b'}' | b','))
        {
            return None;
        }
        // As around the value of a field, blanks at the ends are nothing.
        fields.push((name, inner[..end].trim_ascii()));
        rest = inner[end + 1..].trim_start();
        match rest.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None if rest.is_empty() => {}
            None => return None,
        }
    }
    (!fields.is_empty()).then_some(fields)
}

/// Where the brace stands that closes the group whose inside `text` begins with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| match byte {
        b'{' => {
            depth += 1;
            false
        }
        b'}' if depth == 0 => true,
        b'}' => {
            depth -= 1;
            false
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked_and_nothing_else() {
        let fields = [("publisher", "A {B}, C"), ("issn", "0004-5411")];
        let value = write(fields.iter().copied());
        assert_eq!(read(&value), Some(fields.to_vec()));
        assert_eq!(read("publisher={ A\n}"), Some(vec![("publisher", "A")]));
        for other in ["some words", "a=b", "a={b} c", "={b}", "a={b", ""] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
