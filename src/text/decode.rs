//! Bytes → text: which encoding, and whether it is text at all.
//!
//! Every reader of the crate that takes bytes begins here. A byte-order mark decides; without one, bytes that are UTF-8 are UTF-8
//! (borrowed, not copied), NULs at every other byte are UTF-16, and anything else is guessed by the detector of web browsers, which
//! knows the legacy encodings (Windows-1252, which holds Latin-1, Windows-1251, Shift_JIS, GBK, …).
//!
//! # What is mended
//!
//! A UTF-8 file with a few bytes of another encoding (two exports glued together) stays UTF-8; a foreign byte is read as
//! Windows-1252, half a character becomes U+FFFD, and both leave one warning with the first place and a count.
//!
//! # What is refused
//!
//! Pictures, PDF, archives, old Word files, and whatever has NULs or controls as no text has them: [`Decoded::binary`] says what it
//! is, the text is empty, and the one diagnostic says what to do instead.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::diagnostic::{Diagnostic, Place};
use crate::span::{Span, line_column};

/// How much of a file is looked at to guess: enough for any statistics, little enough to cost nothing.
const SAMPLE: usize = 1 << 16;

/// What bytes turned out to be.
///
/// All spans of diagnostics, entries and records count bytes of `text`, not of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded<'a> {
    /// The text, without byte-order mark; line ends are as they came. Empty when the bytes are no text.
    pub text: Cow<'a, str>,
    /// The encoding's name as the web platform has it: `UTF-8`, `UTF-16LE`, `windows-1252`, …; `binary` for no text.
    pub encoding: &'static str,
    /// How many bytes of a byte-order mark stood in front; with UTF-8, `bom + offset` is the place in the file.
    pub bom: usize,
    /// Why the bytes are refused as text; `None` for text.
    pub binary: Option<Binary>,
    /// `text::binary` (error), `text::encoding-guessed`, `text::invalid-utf8`, `text::control-characters` (warnings).
    pub diagnostics: Vec<Diagnostic>,
}

/// Kinds of bytes that are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Binary {
    /// A PDF file.
    Pdf,
    /// A zip archive: `.docx`, `.odt`, `.xlsx`, `.epub` and the like.
    Zip,
    /// A file of old Office programs (`.doc`, `.xls`).
    OldOffice,
    /// A compressed file (gzip, bzip2, xz, zstd, 7z).
    Compressed,
    /// A picture.
    Image,
    /// Something else with bytes that no text has.
    Other,
}

impl Binary {
    /// What the bytes begin like, by the first bytes that such files must have; `None` for anything else.
    ///
    /// ```
    /// use reflist::text::Binary;
    /// assert_eq!(Binary::by_magic(b"%PDF-1.7 ..."), Some(Binary::Pdf));
    /// assert_eq!(Binary::by_magic(b"@book{a}"), None);
    /// ```
    #[must_use]
    pub fn by_magic(bytes: &[u8]) -> Option<Self> {
        const MAGIC: &[(&[u8], Binary)] = &[
            (b"%PDF-", Binary::Pdf),
            (b"PK\x03\x04", Binary::Zip),
            (b"PK\x05\x06", Binary::Zip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Binary::OldOffice),
            (b"\x1F\x8B", Binary::Compressed),
            (b"BZh", Binary::Compressed),
            (b"\xFD7zXZ\0", Binary::Compressed),
            (b"\x28\xB5\x2F\xFD", Binary::Compressed),
            (b"7z\xBC\xAF\x27\x1C", Binary::Compressed),
            (b"\x89PNG\r\n", Binary::Image),
            (b"\xFF\xD8\xFF", Binary::Image),
            (b"GIF8", Binary::Image),
        ];
        // "BZh" and "GIF8" are letters; the byte behind them settles it.
        MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, kind)| kind).filter(|kind| {
            !(bytes.starts_with(b"BZh") || bytes.starts_with(b"GIF8"))
                || (*kind == Self::Compressed && bytes.get(4..7) == Some(b"1AY"))
                || (*kind == Self::Image && matches!(bytes.get(4..6), Some(b"7a" | b"9a")))
        })
    }

    const fn message(self) -> &'static str {
        match self {
            Self::Pdf => "this is a PDF file, not text",
            Self::Zip => "this is a zip archive, not text",
            Self::OldOffice => "this is a file of an old Office program, not text",
            Self::Compressed => "this file is compressed",
            Self::Image => "this is a picture, not text",
            Self::Other => "this is a binary file, not text",
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::Pdf => {
                "take its text first: pdftotext -layout FILE.pdf - | reflist convert -f text; the program does so by itself where pdftotext (of Poppler) is installed"
            }
            Self::Zip => "a Word or OpenDocument file is read with -f docx or -f odt; unpack any other archive first",
            Self::OldOffice => "save it as .docx",
            Self::Compressed => "unpack it first",
            Self::Image => "recognise its text first",
            Self::Other => "give a text file, a Word or OpenDocument file, or a bibliography",
        }
    }
}

impl Decoded<'_> {
    /// Whether the bytes were refused because they are no text.
    #[must_use]
    pub const fn is_binary(&self) -> bool {
        self.binary.is_some()
    }

    /// The same, owning its text.
    #[must_use]
    pub fn into_owned(self) -> Decoded<'static> {
        Decoded {
            text: Cow::Owned(self.text.into_owned()),
            encoding: self.encoding,
            bom: self.bom,
            binary: self.binary,
            diagnostics: self.diagnostics,
        }
    }
}

/// Decodes `bytes`; never fails. Linear in time; UTF-8 is borrowed, anything else is copied once.
///
/// # Example
///
/// ```
/// use reflist::text::decode;
/// assert_eq!(decode(b"\xEF\xBB\xBFM\xC3\xBCller").text, "Müller");
/// let old = decode(b"Die Hauptst\xE4dte der L\xE4nder, M\xFCnchen 1951");
/// assert_eq!((&*old.text, old.encoding), ("Die Hauptstädte der Länder, München 1951", "windows-1252"));
/// assert!(decode(b"\x89PNG\r\n\x1A\n\0\0\0\r").is_binary());
/// ```
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(kind) = Binary::by_magic(bytes) {
        return refuse(kind);
    }
    if let Some(decoded) = by_bom(bytes) {
        return decoded;
    }
    if memchr::memchr(0, &bytes[..bytes.len().min(SAMPLE)]).is_some()
        && let Some(encoding) = utf16_without_bom(bytes)
    {
        let text = encoding.decode_without_bom_handling(bytes).0;
        return accept(text, encoding.name(), 0, vec![guessed(encoding.name())]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => accept(Cow::Borrowed(text), "UTF-8", 0, Vec::new()),
        Err(_) => not_utf8(bytes, 0),
    }
}

/// The same for a source that names its encoding itself (`<meta charset>`, `<?xml encoding?>`, `inputenc`): `declared` is believed
/// when there is no byte-order mark and the bytes are not UTF-8.
#[must_use]
pub fn decode_declared<'a>(bytes: &'a [u8], declared: Option<&str>) -> Decoded<'a> {
    let encoding = declared.and_then(|name| Encoding::for_label(name.trim().as_bytes()));
    if let Some(encoding) = encoding
        && encoding != UTF_16LE
        && encoding != UTF_16BE
        && Binary::by_magic(bytes).is_none()
        && Encoding::for_bom(bytes).is_none()
        && std::str::from_utf8(bytes).is_err()
        && encoding != encoding_rs::UTF_8
    {
        return accept(encoding.decode_without_bom_handling(bytes).0, encoding.name(), 0, Vec::new());
    }
    decode(bytes)
}

/// Decodes what has a byte-order mark.
fn by_bom(bytes: &[u8]) -> Option<Decoded<'_>> {
    // The mark of UTF-32LE begins like that of UTF-16LE, so it is tried first.
    if bytes.starts_with(b"\xFF\xFE\0\0") && bytes.len().is_multiple_of(4) {
        return Some(utf32(&bytes[4..], u32::from_le_bytes, "UTF-32LE"));
    }
    if bytes.starts_with(b"\0\0\xFE\xFF") {
        return Some(utf32(&bytes[4..], u32::from_be_bytes, "UTF-32BE"));
    }
    let (encoding, bom) = Encoding::for_bom(bytes)?;
    let rest = &bytes[bom..];
    if encoding != UTF_16LE && encoding != UTF_16BE {
        return Some(match std::str::from_utf8(rest) {
            Ok(text) => accept(Cow::Borrowed(text), "UTF-8", bom, Vec::new()),
            Err(_) => mixed(rest, bom),
        });
    }
    let (text, damaged) = encoding.decode_without_bom_handling(rest);
    let diagnostics = if damaged { vec![half_characters(encoding.name())] } else { Vec::new() };
    Some(accept(text, encoding.name(), bom, diagnostics))
}

fn utf32(bytes: &[u8], number: fn([u8; 4]) -> u32, name: &'static str) -> Decoded<'static> {
    let (units, rest) = bytes.as_chunks::<4>();
    let mut text = String::with_capacity(units.len());
    text.extend(units.iter().map(|&unit| char::from_u32(number(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)));
    let damaged = !rest.is_empty() || text.contains(char::REPLACEMENT_CHARACTER);
    accept(Cow::Owned(text), name, 4, if damaged { vec![half_characters(name)] } else { Vec::new() })
}

/// UTF-16 of mostly Latin text has a NUL at every other byte and hardly one at the others.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes[..bytes.len().min(SAMPLE)].as_chunks::<2>();
    let high_first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let low_first = pairs.iter().filter(|pair| pair[1] == 0).count();
    let (many, few) = (high_first.max(low_first), high_first.min(low_first));
    (many * 2 > pairs.len() && few * 50 < pairs.len()).then_some(if high_first > low_first {
        UTF_16BE
    } else {
        UTF_16LE
    })
}

/// UTF-8 with foreign bytes in it, or a legacy encoding.
fn not_utf8(bytes: &[u8], bom: usize) -> Decoded<'_> {
    let (mut whole, mut foreign) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        foreign += usize::from(!chunk.invalid().is_empty());
    }
    // Legacy text hardly ever forms one valid sequence by chance, so a few of them outweigh the foreign bytes. A file that is ASCII
    // but for a character cut off at its end is UTF-8 cut off.
    let cut_off = whole == 0 && foreign == 1 && ends_in_half_a_character(bytes);
    if whole > foreign || cut_off {
        return mixed(bytes, bom);
    }
    if has_binary_controls(bytes) {
        return refuse(Binary::Other);
    }
    let encoding = guess(bytes);
    let text = encoding.decode_without_bom_handling(bytes).0;
    accept(text, encoding.name(), bom, vec![guessed(encoding.name())])
}

fn ends_in_half_a_character(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none() && bytes.len() - error.valid_up_to() > 1)
}

/// The detector's guess from the part of the file around its first non-ASCII bytes.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let sample = &bytes[first.saturating_sub(256)..];
    let sample = &sample[..sample.len().min(SAMPLE * 4)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-8 in which single bytes of Windows-1252 stand.
fn mixed(bytes: &[u8], bom: usize) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut first = None;
    let mut count = 0usize;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let start = text.len();
        match chunk.invalid() {
            [] => continue,
            [byte] => text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0),
            _ => text.push(char::REPLACEMENT_CHARACTER),
        }
        count += 1;
        first.get_or_insert(Span::new(start, text.len()));
    }
    let mut diagnostics = Vec::new();
    if let Some(span) = first {
        let (line, column) = line_column(&text, span.start);
        let sentence = format!("{count} byte sequences are not UTF-8; read as Windows-1252 where that is possible");
        diagnostics.push(
            Diagnostic::warning("text::invalid-utf8", sentence).with_help("save the file as UTF-8").at(Place {
                line,
                column,
                span: Span::new(span.start.saturating_sub(1), span.end),
            }),
        );
    }
    accept(Cow::Owned(text), "UTF-8", bom, diagnostics)
}

/// The end of every way that leads to text: refuses what decoded well and still has NULs and controls as no text has them.
fn accept<'a>(text: Cow<'a, str>, encoding: &'static str, bom: usize, mut diagnostics: Vec<Diagnostic>) -> Decoded<'a> {
    if has_binary_controls(text.as_bytes()) {
        return refuse(Binary::Other);
    }
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let (line, column) = line_column(&text, at);
        let place = Place { line, column, span: Span::new(at, at + 1) };
        diagnostics.push(Diagnostic::warning("text::control-characters", "the text contains NUL characters").at(place));
    }
    Decoded { text, encoding, bom, binary: None, diagnostics }
}

/// Whether more than one byte in 200 of the beginning is a NUL or a control that text does not use.
fn has_binary_controls(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    // Tab, line feed, vertical tab (soft return of word processors), form feed, carriage return, Ctrl-Z, escape (ISO-2022).
    let controls = sample.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, 9..=13 | 0x1A | 0x1B)).count();
    controls * 200 > sample.len()
}

fn refuse(kind: Binary) -> Decoded<'static> {
    let diagnostic = Diagnostic::error("text::binary", kind.message()).with_help(kind.help());
    Decoded { text: Cow::Borrowed(""), encoding: "binary", bom: 0, binary: Some(kind), diagnostics: vec![diagnostic] }
}

fn guessed(name: &str) -> Diagnostic {
    Diagnostic::warning("text::encoding-guessed", format!("not UTF-8; read as {name}"))
        .with_help("save the file as UTF-8 if letters came out wrong")
}

fn half_characters(name: &str) -> Diagnostic {
    Diagnostic::warning("text::half-characters", format!("some bytes are no characters of {name}"))
}

/// One line of a stream, of which nothing else is known: UTF-8 is borrowed, any other bytes are read as Windows-1252 (owned).
///
/// ```
/// use reflist::text::decode_line;
/// assert_eq!(decode_line(b"M\xfcller"), "M\u{fc}ller");
/// ```
#[must_use]
pub fn decode_line(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: &str, codes: &[&str]) {
        let decoded = decode(bytes);
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.encoding, encoding);
        assert_eq!(decoded.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), codes);
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf8_is_borrowed() {
        assert!(matches!(decode("Müller".as_bytes()).text, Cow::Borrowed("Müller")));
        check(b"", "", "UTF-8", &[]);
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_taken_off() {
        check(b"\xEF\xBB\xBFa", "a", "UTF-8", &[]);
        check(&utf16("\u{FEFF}Zürich", u16::to_le_bytes), "Zürich", "UTF-16LE", &[]);
        check(&utf16("\u{FEFF}Zürich", u16::to_be_bytes), "Zürich", "UTF-16BE", &[]);
        check(b"\0\0\xFE\xFF\0\0\0a", "a", "UTF-32BE", &[]);
        check(b"\xFF\xFE\0\0a\0\0\0", "a", "UTF-32LE", &[]);
    }

    #[test]
    fn utf16_without_a_mark_is_known_by_its_nuls() {
        check(&utf16("Baker, C. 2021", u16::to_le_bytes), "Baker, C. 2021", "UTF-16LE", &["text::encoding-guessed"]);
        check(&utf16("Baker, C. 2021", u16::to_be_bytes), "Baker, C. 2021", "UTF-16BE", &["text::encoding-guessed"]);
    }

    #[test]
    fn legacy_encodings_are_guessed() {
        let text = "Kuhn, Hélène: Für eine Geschichte der Städte. München 1951, S. 3–9.";
        let (bytes, ..) = WINDOWS_1252.encode(text);
        check(&bytes, text, "windows-1252", &["text::encoding-guessed"]);
        let text = "Иванов И. И. История городов России. Москва: Наука, 1987. 254 с.";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(text);
        check(&bytes, text, "windows-1251", &["text::encoding-guessed"]);
        let text = "日本の都市の歴史と文化、東京大学出版会";
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(text);
        check(&bytes, text, "Shift_JIS", &["text::encoding-guessed"]);
    }

    #[test]
    fn foreign_bytes_in_utf8_cost_only_themselves() {
        check(b"M\xC3\xBCller, Caf\xC3\xA9\nGl\xFCck", "Müller, Café\nGlück", "UTF-8", &["text::invalid-utf8"]);
        check(b"Caf\xE2\x80", "Caf\u{FFFD}", "UTF-8", &["text::invalid-utf8"]);
        let place = decode(b"\xC3\xBC\xC3\xBC\nGl\xFCck").diagnostics[0].place.map(|place| (place.line, place.column));
        assert_eq!(place, Some((2, 3)));
    }

    #[test]
    fn binary_files_are_refused_by_name() {
        for (bytes, kind) in [
            (&b"%PDF-1.4\n%\xE2\xE3"[..], Binary::Pdf),
            (b"PK\x03\x04\x14\0", Binary::Zip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Binary::OldOffice),
            (b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0", Binary::Other),
            (b"GIF89a\x01\0", Binary::Image),
        ] {
            let decoded = decode(bytes);
            assert_eq!((decoded.binary, decoded.text.len()), (Some(kind), 0));
            assert_eq!(decoded.diagnostics[0].code, "text::binary");
        }
        assert!(!decode(b"BZhang, L. (2020)").is_binary());
    }

    #[test]
    fn one_stray_nul_is_a_warning() {
        let mut bytes = b"Baker, C. (2021). ".repeat(20);
        bytes.push(0);
        assert_eq!(decode(&bytes).diagnostics[0].code, "text::control-characters");
    }
}
