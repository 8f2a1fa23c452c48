//! TeX to rich text.

use std::borrow::Cow;

use unicode_normalization::char::compose;

use super::commands::{self, Meaning};
use super::math::{self, Simple};
use crate::record::scan::Scan;
use crate::record::{Format, Text, TextBuilder};

/// How deep groups are followed; those beyond are read as if their braces were not there.
const DEPTH: usize = 64;

/// Reads LaTeX as BibTeX's styles print it.
///
/// Braces that protect from recasing become [`Format::NoCase`], unless they stand around words that their capitals protect anyway
/// (`{DNA}`; `{{DNA}}` insists). Formulas are kept, but for single symbols and indices, which become characters. Of a command that is
/// not known the arguments are kept.
///
/// ```
/// use reflist::{Format, text::tex};
/// let text = tex::decode(r#"The {\"O}sterreich of {Marx}, H$_2$O ``and'' $\sqrt{2}$"#);
/// assert_eq!(text.as_str(), r"The Österreich of Marx, H2O and \sqrt{2}");
/// let formats: Vec<Format> = text.runs().iter().map(|run| run.format).collect();
/// assert_eq!(formats, [Format::NoCase, Format::Sub, Format::Quote, Format::Math]);
/// ```
#[must_use]
pub fn decode(tex: &str) -> Text {
    decode_with(tex, &mut |_| {})
}

/// Like [`decode`]; tells the names of the commands that it does not know.
#[must_use]
pub fn decode_with(tex: &str, unknown: &mut dyn FnMut(&str)) -> Text {
    if let Some(scan) = Scan::of_plain_tex(tex) {
        return Text::scanned(tex, scan);
    }
    let mut decoder = Decoder { tex, at: 0, out: TextBuilder::with_capacity(tex.len()), depth: 0, unknown };
    decoder.rest();
    decoder.out.finish()
}

/// Reads LaTeX without formats.
///
/// ```
/// use reflist::text::tex;
/// assert_eq!(tex::decode_plain(r"Erd{\H o}s, {\'E}lie"), "Erdős, Élie");
/// ```
#[must_use]
pub fn decode_plain(tex: &str) -> String {
    decode(tex).into_string()
}

/// Like [`decode_plain`], without a copy where the characters stand for themselves.
pub(crate) fn decode_str(tex: &str) -> Cow<'_, str> {
    let tex = tex.trim_ascii();
    let scan = Scan::of(tex);
    let same = scan.is_plain_tex() && scan.is_canonical();
    if same { Cow::Borrowed(tex) } else { Cow::Owned(decode_plain(tex)) }
}

/// Bytes that mean something to TeX, or that ligatures begin with.
const fn is_special(byte: u8) -> bool {
    matches!(byte, b'\\' | b'{' | b'}' | b'$' | b'~' | b'-' | b'`' | b'\'' | b'?' | b'!')
}

struct Decoder<'t, 'u> {
    tex: &'t str,
    at: usize,
    out: TextBuilder,
    depth: usize,
    unknown: &'u mut dyn FnMut(&str),
}

/// What a group's declarations (`\em`, `\bf`) apply to: all from here to its end.
type Declared = Vec<(usize, Format)>;

impl<'t> Decoder<'t, '_> {
    /// Everything up to the end; closing braces without an opening one are passed over.
    fn rest(&mut self) {
        loop {
            self.group_body();
            if self.at >= self.tex.len() {
                return;
            }
            self.at += 1;
        }
    }

    /// Up to the closing brace of the group, which is left standing.
    fn group_body(&mut self) {
        let mut declared = Declared::new();
        let mut quote: Option<usize> = None;
        let mut lonely = false;
        while let Some(byte) = self.peek() {
            match byte {
                b'}' => break,
                b'{' => self.group(),
                b'\\' => self.command(&mut declared),
                b'$' => self.dollar(),
                b'~' => self.replace(1, " "),
                b'-' => self.dashes(),
                b'?' if self.rest_is("?`") => self.replace(2, "¿"),
                b'!' if self.rest_is("!`") => self.replace(2, "¡"),
                b'`' if self.rest_is("``") => {
                    // Found out once for the whole group: without a partner it is a character.
                    lonely = lonely || quote.is_some() || !self.closes_quote();
                    self.at += 2;
                    if lonely { self.out.push('\u{201C}') } else { quote = Some(self.out.len()) }
                }
                b'\'' if self.rest_is("''") => {
                    self.at += 2;
                    match quote.take() {
                        Some(start) => self.out.format(start, self.out.len(), Format::Quote),
                        None => self.out.push('\u{201D}'),
                    }
                    lonely = false;
                }
                byte if is_special(byte) => self.literal(1),
                _ => self.run(),
            }
        }
        for (start, format) in declared {
            self.out.format(start, self.out.len(), format);
        }
    }

    /// Characters that mean themselves.
    fn run(&mut self) {
        let rest = &self.tex[self.at..];
        let end = rest.bytes().position(is_special).unwrap_or(rest.len());
        self.literal(end);
    }

    fn literal(&mut self, len: usize) {
        self.out.push_str(&self.tex[self.at..self.at + len]);
        self.at += len;
    }

    fn replace(&mut self, len: usize, with: &str) {
        self.out.push_str(with);
        self.at += len;
    }

    fn dashes(&mut self) {
        match self.tex.as_bytes()[self.at..].iter().take(3).take_while(|&&byte| byte == b'-').count() {
            3 => self.replace(3, "—"),
            2 => self.replace(2, "–"),
            _ => self.literal(1),
        }
    }

    /// Whether `''` follows in this group.
    fn closes_quote(&self) -> bool {
        let mut depth = 0_usize;
        let bytes = self.tex.as_bytes();
        for at in self.at + 2..bytes.len() {
            match bytes[at] {
                b'{' => depth += 1,
                b'}' if depth == 0 => return false,
                b'}' => depth -= 1,
                b'\'' if depth == 0 && bytes.get(at + 1) == Some(&b'\'') => return true,
                _ => {}
            }
        }
        false
    }

    /// `{…}`: protects from recasing, unless it begins with a command.
    fn group(&mut self) {
        let whole = self.group_len();
        if self.depth >= DEPTH || whole == 0 {
            self.at += 1;
            return;
        }
        let inner = &self.tex[self.at + 1..self.at + whole - 1];
        let accent = inner.starts_with('\\');
        let insists = super::is_group(inner);
        let start = self.out.len();
        self.at += if insists { 2 } else { 1 };
        self.depth += 1;
        self.group_body();
        self.depth -= 1;
        self.at += if insists { 2 } else { 1 };
        if insists || (!accent && !super::needs_no_protection(&self.out.as_str()[start..])) {
            self.out.format(start, self.out.len(), Format::NoCase);
        }
    }

    /// The length of the group that begins here, with its braces; 0 if it does not end.
    fn group_len(&self) -> usize {
        let mut depth = 0_usize;
        for (at, byte) in self.tex.as_bytes()[self.at..].iter().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        return at + 1;
                    }
                }
                _ => {}
            }
        }
        0
    }

    /// `$…$` and `$$…$$`.
    fn dollar(&mut self) {
        let fence = if self.rest_is("$$") { "$$" } else { "$" };
        let body = &self.tex[self.at + fence.len()..];
        match math::closing(body, fence) {
            Some(end) => {
                self.at += end + 2 * fence.len();
                self.formula(&body[..end], true);
            }
            None => self.literal(1),
        }
    }

    /// A formula; with `simplify`, one that is but a symbol or an index becomes characters.
    fn formula(&mut self, math: &str, simplify: bool) {
        let start = self.out.len();
        match math::simple(math).filter(|_| simplify) {
            Some(Simple::Char(c)) => self.out.push(c),
            Some(Simple::Sub(text)) => {
                self.out.push_str(text);
                self.out.format(start, self.out.len(), Format::Sub);
            }
            Some(Simple::Sup(text)) => {
                self.out.push_str(text);
                self.out.format(start, self.out.len(), Format::Sup);
            }
            None => {
                self.out.push_str(math.trim());
                self.out.format(start, self.out.len(), Format::Math);
            }
        }
    }

    /// A command and its arguments.
    fn command(&mut self, declared: &mut Declared) {
        let name = self.command_name();
        let Some(first) = name.chars().next() else {
            // A backslash at the very end.
            self.out.push('\\');
            return;
        };
        if let Some(mark) = commands::accent(name) {
            return self.accent(name, mark);
        }
        if !first.is_ascii_alphabetic() {
            return self.symbol(first);
        }
        if let Some(c) = commands::character(name) {
            self.skip_blank();
            return self.out.push(c);
        }
        match commands::meaning(name) {
            Some(Meaning::Format(format)) => self.argument(Some(format)),
            Some(Meaning::Declare(format)) => {
                self.skip_blank();
                declared.extend(format.map(|format| (self.out.len(), format)));
            }
            Some(Meaning::Plain) => self.argument(None),
            Some(Meaning::Verbatim) => self.verbatim_argument(),
            Some(Meaning::Text(text)) => {
                self.skip_blank();
                self.out.push_str(text);
            }
            Some(Meaning::Around(before, after)) => {
                self.out.push_str(before);
                self.argument(None);
                self.out.push_str(after);
            }
            Some(Meaning::Ignore(arguments)) => {
                for _ in 0..arguments {
                    self.skip_argument();
                }
                self.skip_blank();
            }
            Some(Meaning::Math) => {
                let math = self.take_argument();
                self.formula(math, true);
            }
            Some(Meaning::Number) => self.numbered(),
            None => {
                (self.unknown)(name);
                self.skip_blank();
                // Groups right behind it are its arguments, and protect nothing.
                while self.peek() == Some(b'{') && self.depth < DEPTH && self.group_len() > 0 {
                    self.argument(None);
                }
            }
        }
    }

    /// The name behind the backslash: letters, or one other character.
    fn command_name(&mut self) -> &'t str {
        let rest = &self.tex[self.at + 1..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let len = if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
        self.at += 1 + len;
        &rest[..len]
    }

    /// `\&`, `\,`, `\(…\)`: commands of one character that is no letter.
    fn symbol(&mut self, c: char) {
        match c {
            ' ' | ',' | ';' | ':' | '>' | '\n' | '\t' | '\r' => self.out.push(' '),
            '\\' => {
                self.out.push(' ');
                self.skip_blank();
            }
            '-' | '/' | '!' | '@' | '*' | '+' => {}
            '(' | '[' => {
                let body = &self.tex[self.at..];
                let fence = if c == '(' { "\\)" } else { "\\]" };
                match body.find(fence) {
                    Some(end) => {
                        self.at += end + 2;
                        self.formula(&body[..end], false);
                    }
                    None => self.out.push(c),
                }
            }
            ')' | ']' => {}
            c => self.out.push(c),
        }
    }

    /// Puts a mark on the letter that follows: `\'e`, `\'{e}`, `\'{\i}`, `\c c`, `\'\^e`.
    fn accent(&mut self, name: &str, mark: char) {
        if name.as_bytes()[0].is_ascii_alphabetic() || self.peek() == Some(b' ') {
            self.skip_blank();
        }
        if let Some(c) = self.plain_accent(mark) {
            return self.out.push(c);
        }
        let base = self.accented();
        let mut letters = base.chars();
        let Some(first) = letters.next() else {
            // `\~{}` is how an address writes its tilde.
            return self.out.push_str(if name.as_bytes()[0].is_ascii_alphabetic() { "" } else { name });
        };
        self.out.push(match (first, commands::is_above(mark)) {
            ('ı', true) => 'i',
            ('ȷ', true) => 'j',
            _ => first,
        });
        // Marks that are there already stay below the new one.
        let marks = letters.clone().take_while(|&c| commands::is_mark(c)).count();
        for c in letters.by_ref().take(marks) {
            self.out.push(c);
        }
        self.out.push(mark);
        letters.for_each(|c| self.out.push(c));
    }

    /// A mark on one ASCII letter, in braces or not, as most are: the character that both make, which needs no composing afterwards.
    fn plain_accent(&mut self, mark: char) -> Option<char> {
        let (letter, len) = match *self.tex.as_bytes().get(self.at..)? {
            [b'{', letter, b'}', ..] if self.depth < DEPTH => (letter, 3),
            [b'{', b'\\', b'i', b'}', ..] if self.depth < DEPTH && commands::is_above(mark) => (b'i', 4),
            [letter, ..] if self.depth < DEPTH => (letter, 1),
            _ => return None,
        };
        let c = compose(char::from(letter), mark).filter(|_| letter.is_ascii_alphabetic())?;
        self.at += len;
        Some(c)
    }

    /// What an accent stands on: an argument in braces, a command, or a character.
    fn accented(&mut self) -> String {
        let rest = &self.tex[self.at..];
        let len = match rest.bytes().next() {
            None | Some(b'}' | b'$') => return String::new(),
            Some(b'{') => self.group_len(),
            Some(b'\\') => command_len(rest),
            Some(_) => rest.chars().next().map_or(0, char::len_utf8),
        };
        if len == 0 || self.depth >= DEPTH {
            return String::new();
        }
        self.at += len;
        let inner = rest[..len].strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).unwrap_or(&rest[..len]);
        let mut decoder = Decoder {
            tex: inner,
            at: 0,
            out: TextBuilder::default(),
            depth: self.depth + 1,
            unknown: &mut *self.unknown,
        };
        decoder.rest();
        decoder.out.as_str().trim().to_owned()
    }

    /// Reads an argument as text, with a format perhaps.
    fn argument(&mut self, format: Option<Format>) {
        self.skip_blank();
        if self.depth >= DEPTH {
            return;
        }
        let start = self.out.len();
        match self.peek() {
            Some(b'{') if self.group_len() > 0 => {
                self.at += 1;
                self.depth += 1;
                self.group_body();
                self.depth -= 1;
                self.at += 1;
            }
            Some(b'{' | b'}') | None => {}
            Some(b'\\') => {
                self.depth += 1;
                self.command(&mut Declared::new());
                self.depth -= 1;
            }
            Some(_) => self.literal(self.tex[self.at..].chars().next().map_or(0, char::len_utf8)),
        }
        if let Some(format) = format {
            self.out.format(start, self.out.len(), format);
        }
    }

    /// An address: only the escapes of TeX's special characters are undone.
    fn verbatim_argument(&mut self) {
        let argument = self.take_argument();
        self.out.push_str(&super::decode_verbatim(argument));
    }

    /// The source of an argument, without its braces.
    fn take_argument(&mut self) -> &'t str {
        self.skip_blank();
        let rest = &self.tex[self.at..];
        let len = match rest.bytes().next() {
            Some(b'{') => self.group_len(),
            Some(b'}') | None => 0,
            Some(b'\\') => command_len(rest),
            Some(_) => rest.chars().next().map_or(0, char::len_utf8),
        };
        self.at += len;
        let argument = &rest[..len];
        argument.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).unwrap_or(argument)
    }

    /// Passes over an argument in braces or brackets, if there is one.
    fn skip_argument(&mut self) {
        if self.peek() == Some(b'[')
            && let Some(end) = self.tex[self.at..].find(']')
        {
            self.at += end + 1;
        }
        if self.peek() == Some(b'{') {
            self.at += self.group_len().max(1);
        }
    }

    /// `\symbol{233}`, `\char"E9`, `\char233`, `\char'351`.
    fn numbered(&mut self) {
        self.skip_blank();
        let rest = &self.tex[self.at..];
        let braced = rest.starts_with('{');
        let digits = rest.trim_start_matches('{');
        let (radix, digits) = match digits.as_bytes().first() {
            Some(b'"') => (16, &digits[1..]),
            Some(b'\'') => (8, &digits[1..]),
            _ => (10, digits),
        };
        let len = digits.bytes().take_while(|&byte| char::from(byte).is_digit(radix)).count();
        let c = u32::from_str_radix(&digits[..len], radix).ok().and_then(char::from_u32);
        if let Some(c) = c {
            self.at = self.tex.len() - digits.len() + len;
            self.at += usize::from(braced && self.peek() == Some(b'}'));
            self.out.push(c);
        }
    }

    fn peek(&self) -> Option<u8> {
        self.tex.as_bytes().get(self.at).copied()
    }

    fn rest_is(&self, start: &str) -> bool {
        self.tex.as_bytes()[self.at..].starts_with(start.as_bytes())
    }

    /// TeX passes over the blanks behind a command of letters.
    fn skip_blank(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }
}

/// The length of the command that `tex` begins with, and of its argument if it puts a mark on one.
fn command_len(tex: &str) -> usize {
    let rest = &tex[1..];
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let len = 1 + if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
    if commands::accent(&tex[1..len]).is_none() {
        return len;
    }
    let behind = len + tex[len..].bytes().take_while(u8::is_ascii_whitespace).count();
    match tex.as_bytes().get(behind) {
        Some(b'{') => behind + tex[behind..].find('}').map_or(0, |end| end + 1),
        Some(b'\\') => {
            behind
                + 1
                + tex[behind + 1..]
                    .bytes()
                    .take_while(u8::is_ascii_alphabetic)
                    .count()
                    .max(1)
                    .min(tex.len() - behind - 1)
        }
        Some(_) => behind + tex[behind..].chars().next().map_or(0, char::len_utf8),
        None => len,
    }
}
