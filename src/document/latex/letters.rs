//! Letters: the encoding that a source declares, those under accents, and those of labels.

/// The encoding that `inputenc` is given, by the web's name.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(20_000)];
    let at = memchr::memmem::find(head, b"{inputenc}")?;
    let option = &head[head[..at].iter().rposition(|&byte| byte == b'[')?..at];
    [
        (&b"latin1"[..], "latin1"),
        (b"latin9", "iso-8859-15"),
        (b"latin2", "iso-8859-2"),
        (b"ansinew", "windows-1252"),
        (b"cp1252", "windows-1252"),
        (b"cp1250", "windows-1250"),
        (b"cp1251", "windows-1251"),
        (b"koi8-r", "koi8-r"),
        (b"applemac", "macintosh"),
    ]
    .into_iter()
    .find(|(name, _)| memchr::memmem::find(option, name).is_some())
    .map(|(_, label)| label)
}

/// The letter under an accent: "e", "\i", "ı".
pub(super) fn base_letter(text: &str) -> Option<char> {
    match text {
        "\\i" => Some('i'),
        "\\j" => Some('j'),
        _ => {
            let mut chars = text.chars();
            let c = chars.next().filter(|c| c.is_alphabetic())?;
            chars.next().is_none().then_some(c)
        }
    }
}

/// The label of a `\bibitem`: natbib's "{Baker et~al.(2020)Baker, Clark}" is "Baker et al.(2020)".
pub(super) fn label_text(raw: &str) -> String {
    let text: String = raw.replace('~', " ").chars().filter(|c| !matches!(c, '{' | '}' | '\\')).collect();
    let short = match text.find(')') {
        Some(close) if text[..close].contains('(') => &text[..=close],
        _ => &text,
    };
    short.split_whitespace().collect::<Vec<_>>().join(" ")
}
