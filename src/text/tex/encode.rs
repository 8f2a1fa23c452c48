//! Rich text to TeX.

use super::{commands, math};
use crate::record::{Format, Text};

/// How text is written as TeX.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Encode {
    /// Writes commands for all characters beyond ASCII.
    pub ascii: bool,
    /// Protects words with a capital behind their first letter from recasing.
    pub protect_words: bool,
    /// Keeps to the few commands that simple importers know: `\textit`, `$_{2}$`.
    pub simple: bool,
}

/// Writes `text` as LaTeX.
///
/// ```
/// use reflist::{Format, Text, text::tex};
/// let text = Text::build(|b| {
///     b.push_str("DNA & ");
///     b.with(Format::Italic, |b| b.push_str("E. coli"));
/// });
/// let options = { let mut options = tex::Encode::default(); options.protect_words = true; options };
/// assert_eq!(tex::encode(&text, options), r"{DNA} \& \emph{E. coli}");
/// ```
#[must_use]
pub fn encode(text: &Text, options: Encode) -> String {
    let mut writer = Writer { out: String::with_capacity(text.as_str().len() + 8), options, open: Vec::new() };
    if text.is_plain() {
        writer.words(text.as_str(), options.protect_words);
        return writer.out;
    }
    let mut at = 0;
    for (piece, formats) in text.pieces() {
        let math = formats.contains(&Format::Math).then(|| math::fences(piece, options.simple));
        let formats: Vec<Format> = formats.into_iter().filter(|&format| format != Format::Math).collect();
        writer.switch(&formats, text, at);
        at += piece.len();
        match math {
            Some((begin, end)) => {
                writer.out.push_str(begin);
                writer.out.push_str(piece);
                writer.out.push_str(end);
            }
            None => writer.words(piece, options.protect_words && !formats.contains(&Format::NoCase)),
        }
    }
    writer.switch(&[], text, at);
    writer.out
}

/// Writes characters without formats as LaTeX.
///
/// ```
/// use reflist::text::tex;
/// assert_eq!(tex::encode_plain("Barnes & Noble", tex::Encode::default()), r"Barnes \& Noble");
/// ```
#[must_use]
pub fn encode_plain(text: &str, options: Encode) -> String {
    let mut writer = Writer { out: String::with_capacity(text.len() + 8), options, open: Vec::new() };
    writer.words(text, false);
    writer.out
}

/// An open format.
struct Open {
    format: Format,
    close: &'static str,
    /// Where it was opened, in the text and in the output.
    text: usize,
    out: usize,
}

struct Writer {
    out: String,
    options: Encode,
    open: Vec<Open>,
}

impl Writer {
    /// Closes the formats that do not hold from `at` on, and opens those that begin.
    ///
    /// What ends first is innermost, so that nothing is closed before its end but by what begins later and ends later. A quotation
    /// that is open stays so: closed and opened again, it would be two.
    fn switch(&mut self, formats: &[Format], text: &Text, at: usize) {
        let ends_at = |format: Format| {
            let quote = format == Format::Quote && self.open.iter().any(|open| open.format == format);
            let run = text.runs().iter().find(|run| run.format == format && run.start <= at && at < run.end);
            if quote { usize::MAX } else { run.map_or(at, |run| run.end) }
        };
        let mut formats = formats.to_vec();
        formats.sort_by_key(|&format| (usize::MAX - ends_at(format), format));
        let same = self.open.iter().zip(&formats).take_while(|(open, format)| open.format == **format).count();
        while self.open.len() > same {
            self.close(text, at);
        }
        for &format in &formats[same..] {
            let (begin, close) = self.fences(format);
            if begin == "``" && self.out.ends_with(['?', '!', '`']) {
                self.out.push_str("{}");
            }
            self.out.push_str(begin);
            self.open.push(Open { format, close, text: at, out: self.out.len() });
        }
    }

    fn close(&mut self, text: &Text, at: usize) {
        let Some(open) = self.open.pop() else { return };
        match open.format {
            Format::Quote if self.out.ends_with('\'') => self.out.push_str("{}"),
            // Around what is protected by its shape, one pair of braces says nothing; two mean it.
            Format::NoCase if needs_no_protection(&text.as_str()[open.text..at]) => {
                self.out.insert(open.out, '{');
                self.out.push('}');
            }
            // A group that begins with a command is no protection: BibTeX takes it for one accented letter.
            Format::NoCase if self.out[open.out..].starts_with('\\') => self.out.insert_str(open.out, "{}"),
            _ => {}
        }
        self.out.push_str(open.close);
    }

    const fn fences(&self, format: Format) -> (&'static str, &'static str) {
        match (format, self.options.simple) {
            (Format::NoCase, _) => ("{", "}"),
            (Format::Quote, _) => ("``", "''"),
            (Format::Italic, false) => ("\\emph{", "}"),
            (Format::Italic, true) => ("\\textit{", "}"),
            (Format::Bold, _) => ("\\textbf{", "}"),
            (Format::SmallCaps, _) => ("\\textsc{", "}"),
            (Format::Sub, false) => ("\\textsubscript{", "}"),
            (Format::Sub, true) => ("$_{", "}$"),
            (Format::Sup, false) => ("\\textsuperscript{", "}"),
            (Format::Sup, true) => ("$^{", "}$"),
            (Format::Underline, false) => ("\\underline{", "}"),
            // Formulas have fences of their own.
            (Format::Underline, true) | (Format::Math, _) => ("", ""),
        }
    }

    /// Appends characters, with braces around the words that their capitals mark where `protect` is set.
    fn words(&mut self, text: &str, protect: bool) {
        if !protect {
            return self.characters(text);
        }
        let mut rest = text;
        while let Some(start) = rest.find(is_word) {
            self.characters(&rest[..start]);
            rest = &rest[start..];
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            if has_inner_capital(word) {
                self.out.push('{');
                self.characters(word);
                self.out.push('}');
            } else {
                self.characters(word);
            }
            rest = behind;
        }
        self.characters(rest);
    }

    fn characters(&mut self, text: &str) {
        let means_itself =
            |byte: u8| byte.is_ascii() && !matches!(byte, b'#'..=b'\'' | b'-' | b'\\' | b'^'..=b'`' | b'{'..=b'~');
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| !means_itself(byte)) {
            self.out.push_str(&rest[..at]);
            let mut behind = rest[at..].chars();
            behind.next().into_iter().for_each(|c| self.character(c));
            rest = behind.as_str();
        }
        self.out.push_str(rest);
    }

    fn character(&mut self, c: char) {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                self.out.push('\\');
                self.out.push(c);
            }
            '{' if self.options.simple => self.out.push_str("\\{"),
            '}' if self.options.simple => self.out.push_str("\\}"),
            // BibTeX counts \{ as a brace, so one without its partner would break the file.
            '{' => self.out.push_str("{\\textbraceleft}"),
            '}' => self.out.push_str("{\\textbraceright}"),
            '\\' => self.out.push_str("{\\textbackslash}"),
            '~' => self.out.push_str("{\\textasciitilde}"),
            '^' => self.out.push_str("{\\textasciicircum}"),
            // An empty group keeps two of them from becoming a dash, a quotation mark, or an inverted mark.
            '-' | '\'' if self.out.ends_with(c) => {
                self.out.push_str("{}");
                self.out.push(c);
            }
            '`' if self.out.ends_with(['`', '?', '!']) => self.out.push_str("{}`"),
            '\u{2013}' | '\u{2014}' if self.out.ends_with('-') => {
                self.out.push_str("{}");
                self.out.push_str(if c == '\u{2013}' { "--" } else { "---" });
            }
            '\u{2013}' => self.out.push_str("--"),
            '\u{2014}' => self.out.push_str("---"),
            c if c.is_ascii() || !self.options.ascii => self.out.push(c),
            c => commands::push_ascii(&mut self.out, c),
        }
    }
}

/// Letters, digits, and the marks on them.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || commands::is_mark(c)
}

/// "DNA", "McCarthy", "iPhone": a capital that is not the first letter.
fn has_inner_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

/// Whether braces around `text` protect nothing: each word of it has a capital behind its first letter, which every writer braces and
/// no style recases, or has no letters of two cases.
pub(crate) fn needs_no_protection(text: &str) -> bool {
    text.split(|c| !is_word(c))
        .all(|word| has_inner_capital(word) || !word.chars().any(|c| c.is_lowercase() || c.is_uppercase()))
}

/// Whether `tex` is one group from its first to its last character: `{…}`.
pub(crate) fn is_group(tex: &str) -> bool {
    let bytes = tex.as_bytes();
    if bytes.first() != Some(&b'{') || bytes.last() != Some(&b'}') {
        return false;
    }
    let mut depth = 0_usize;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1 == bytes.len();
                }
            }
            _ => {}
        }
    }
    false
}
