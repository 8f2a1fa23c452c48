//! Values that articles give to TeX's registers: they set type and are no text.

/// Registers of TeX that articles set: what stands behind one is its value, no text.
const REGISTERS: &[&str] = &[
    "hangindent",
    "hangafter",
    "parindent",
    "parskip",
    "leftskip",
    "rightskip",
    "baselineskip",
    "itemsep",
    "itemindent",
    "parsep",
    "leftmargin",
    "tolerance",
    "emergencystretch",
    "hbadness",
    "vbadness",
    "hskip",
    "vskip",
    "kern",
    "hsize",
    "textwidth",
    "interlinepenalty",
    "clubpenalty",
    "widowpenalty",
];

const UNITS: &[&str] = &["em", "ex", "pt", "cm", "mm", "in", "pc", "sp", "bp", "dd", "cc", "fil", "fill", "filll"];

/// The bytes behind a command that are the value it is given: "=1.5em" of `\hangindent=1.5em`, "0pt plus 1pt" of `\parskip0pt plus 1pt`.
/// Without `=` only a known register is given anything.
pub(super) fn assigned(name: &str, rest: &str) -> usize {
    let value = match rest.trim_start_matches(' ').strip_prefix('=') {
        Some(value) => value,
        None if REGISTERS.contains(&name) => rest,
        None => return 0,
    };
    let mut at = rest.len() - value.trim_start_matches(' ').len();
    let mut end = 0;
    while let Some(length) = dimension(&rest[at..]) {
        end = at + length;
        let behind = rest[end..].trim_start_matches(' ');
        let Some(stretch) = ["plus", "minus"].iter().find_map(|word| behind.strip_prefix(word)) else { break };
        at = rest.len() - stretch.trim_start_matches(' ').len();
    }
    end
}

/// The bytes of a number with its unit: "-1.5em", "1", "0pt".
fn dimension(text: &str) -> Option<usize> {
    let sign = text.len() - text.trim_start_matches(['-', '+']).len();
    let digits = text[sign..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    if digits == 0 {
        return None;
    }
    let behind = &text[sign + digits..];
    let letters = behind.bytes().take_while(u8::is_ascii_alphabetic).count();
    let unit = if UNITS.contains(&&behind[..letters]) { letters } else { 0 };
    Some(sign + digits + unit)
}

#[cfg(test)]
mod tests {
    use super::assigned;

    #[test]
    fn values_go_and_text_stays() {
        for (name, rest, used) in [
            ("hangindent", "=1.5em\\hangafter=1", "=1.5em"),
            ("hangafter", "1 Baker", "1"),
            ("parskip", " 0pt plus 1pt minus 2pt Baker", "0pt plus 1pt minus 2pt"),
            ("mine", "= -3pt", "= -3pt"),
            ("mine", " 1999", ""),
            ("mine", "= Baker", ""),
            ("parskip", " plus", ""),
        ] {
            assert_eq!(rest[..assigned(name, rest)].trim(), used, "\\{name}{rest}");
        }
    }
}
