//! Rich text to TeX.

use std::ops::Range;

use super::{commands, math, protect};
use crate::record::{Format, Text};

/// How text is written as TeX.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Encode {
    /// Writes commands for all characters beyond ASCII.
    pub ascii: bool,
    /// Protects capitals from recasing that are meant: behind the first letter of a word, and names in a title in sentence case.
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
/// assert_eq!(tex::encode(&text, options), r"{DNA} \& \emph{{E}. coli}");
/// ```
#[must_use]
pub fn encode(text: &Text, options: Encode) -> String {
    let meant = if options.protect_words || has_nocase(text) { protect::ranges(text.as_str()) } else { Vec::new() };
    let mut writer = Writer { out: String::with_capacity(text.as_str().len() + 8), options, open: Vec::new(), meant };
    if text.is_plain() {
        writer.words(text.as_str(), 0, options.protect_words);
        return writer.out;
    }
    let mut at = 0;
    for (piece, formats) in text.pieces() {
        let math = formats.contains(&Format::Math).then(|| math::fences(piece, options.simple));
        let formats: Vec<Format> = formats.into_iter().filter(|&format| format != Format::Math).collect();
        writer.switch(&formats, text, at);
        match math {
            Some((begin, end)) => {
                writer.out.push_str(begin);
                writer.out.push_str(piece);
                writer.out.push_str(end);
            }
            None => writer.words(piece, at, options.protect_words && !formats.contains(&Format::NoCase)),
        }
        at += piece.len();
    }
    writer.switch(&[], text, at);
    writer.out
}

fn has_nocase(text: &Text) -> bool {
    text.runs().iter().any(|run| run.format == Format::NoCase)
}

/// Writes characters without formats as LaTeX.
///
/// ```
/// use reflist::text::tex;
/// assert_eq!(tex::encode_plain("Barnes & Noble", tex::Encode::default()), r"Barnes \& Noble");
/// ```
#[must_use]
pub fn encode_plain(text: &str, options: Encode) -> String {
    let mut writer =
        Writer { out: String::with_capacity(text.len() + 8), options, open: Vec::new(), meant: Vec::new() };
    writer.characters(text);
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
    /// The stretches of the text whose capitals are meant.
    meant: Vec<Range<usize>>,
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
            // Around what every writer would protect, one pair of braces says nothing; two mean it.
            Format::NoCase if protect::covers(&self.meant, text.as_str(), open.text..at) => {
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

    /// Appends a piece that begins at `start`, with braces around the capitals that are meant where `protect` is set.
    fn words(&mut self, piece: &str, start: usize, protect: bool) {
        let end = start + piece.len();
        let mut at = start;
        let count = if protect { self.meant.len() } else { 0 };
        for index in 0..count {
            let (from, to) = (self.meant[index].start.max(start), self.meant[index].end.min(end));
            if from < to {
                self.characters(&piece[at - start..from - start]);
                let brace = self.out.len();
                self.out.push('{');
                self.characters(&piece[from - start..to - start]);
                // A group that begins with a command protects nothing; see `close`.
                if self.out[brace + 1..].starts_with('\\') {
                    self.out.insert_str(brace + 1, "{}");
                }
                self.out.push('}');
                at = to;
            }
        }
        self.characters(&piece[at - start..]);
    }

    fn characters(&mut self, text: &str) {
        if text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b',' | b'.' | b':' | b';' | b'/'))
        {
            self.out.push_str(text);
            return;
        }
        for c in text.chars() {
            self.character(c);
        }
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
