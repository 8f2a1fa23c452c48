//! Formulas that are so simple that they are characters: `$\alpha$`, `$_2$`, `$^{\mathrm{th}}$`.

use super::commands;

/// What a simple formula says.
pub(crate) enum Simple<'m> {
    /// One character.
    Char(char),
    /// An index below.
    Sub(&'m str),
    /// An index above.
    Sup(&'m str),
}

/// The formula as characters, if it is simple.
pub(crate) fn simple(math: &str) -> Option<Simple<'_>> {
    let math = math.trim();
    match math.as_bytes().first()? {
        b'\\' => symbol(math).map(Simple::Char),
        b'_' => index(&math[1..]).map(Simple::Sub),
        b'^' if matches!(&math[1..], "\\circ" | "{\\circ}") => Some(Simple::Char('°')),
        b'^' => index(&math[1..]).map(Simple::Sup),
        b'<' if math.len() == 1 => Some(Simple::Char('<')),
        b'>' if math.len() == 1 => Some(Simple::Char('>')),
        _ => None,
    }
}

/// The character of a formula that is one command.
fn symbol(math: &str) -> Option<char> {
    let name = math.strip_prefix('\\')?;
    name.bytes().all(|byte| byte.is_ascii_alphabetic()).then(|| commands::character(name)).flatten()
}

/// The characters of an index: letters, digits, signs, in braces, perhaps in `\mathrm` or the like.
fn index(math: &str) -> Option<&str> {
    let braced = math.strip_prefix('{').and_then(|inner| inner.strip_suffix('}'));
    let Some(inner) = braced else {
        let mut chars = math.chars();
        return chars.next().filter(|&c| is_plain(c) && chars.next().is_none()).map(|_| math);
    };
    let upright = ["\\mathrm{", "\\textrm{", "\\text{", "\\rm ", "\\mathit{", "\\mathsf{"];
    let inner = upright
        .iter()
        .find_map(|start| {
            let rest = inner.strip_prefix(start)?;
            if start.ends_with('{') { rest.strip_suffix('}') } else { Some(rest) }
        })
        .unwrap_or(inner);
    (!inner.trim().is_empty() && inner.chars().all(is_plain)).then_some(inner)
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '+' | ',' | '.' | '/' | '*' | '(' | ')')
}

/// Where the formula ends whose inside `body` begins with: at the `fence` that is neither escaped nor in braces.
pub(crate) fn closing(body: &str, fence: &str) -> Option<usize> {
    let bytes = body.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' if depth == 0 => return None,
            b'}' => depth -= 1,
            b'$' if depth == 0 && bytes[at..].starts_with(fence.as_bytes()) => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// What a formula is put between, so that it is read back as it is.
///
/// A formula that would be read as characters goes between `\(` and `\)`, one that holds dollars or `\)` into `\ensuremath`.
pub(crate) fn fences(math: &str, simple_commands: bool) -> (&'static str, &'static str) {
    let closes = !math.starts_with('$') && closing(&format!("{math}$"), "$") == Some(math.len());
    let open = math.ends_with('\\');
    match (simple_commands, closes) {
        (true, _) => ("$", "$"),
        (false, true) if simple(math).is_none() => ("$", "$"),
        // A blank keeps a backslash at the end from joining the fence.
        (false, _) if !math.contains("\\)") && open => ("\\(", " \\)"),
        (false, _) if !math.contains("\\)") => ("\\(", "\\)"),
        _ if open => ("\\ensuremath{", " }"),
        _ => ("\\ensuremath{", "}"),
    }
}
