//! Reads LaTeX: articles with a `thebibliography` or a list of their own, and the `.bbl` files of BibTeX.
//!
//! This is a reader of text, not TeX: it knows the commands that articles and bibliography styles use for characters, formats, links
//! and structure, drops the few that hide their arguments, and lets every other command go while its arguments stay as text. Macros
//! are not expanded. Line breaks of the source mean nothing; blank lines, `\item`, `\bibitem`, `\section` make blocks.
//!
//! Footnotes follow the body. A `.bbl` of biblatex is data, not text; [`super::bbl`] reads it.
//!
//! # Places
//!
//! Each piece of text knows its bytes in the source; a character made of a command ("\'e") has the command's.

mod ahead;
mod article_commands;
mod letters;
mod registers;

use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

use super::build::Builder;
use super::{BlockKind, Document, DocumentKind};
use crate::span::Span;
use crate::text::tex::commands;
use crate::text::{MarkKind, decode_declared};
use ahead::{Braces, Next};
use article_commands::{HIDDEN, heading_level, marked, switch};
use letters::{base_letter, declared_encoding, label_text};

pub(super) fn read(bytes: &[u8]) -> Document {
    let decoded = decode_declared(bytes, declared_encoding(bytes));
    let source = decoded.text.into_owned();
    if let Some(document) = super::bbl::read(&source) {
        return document;
    }
    let start = memchr::memmem::find(source.as_bytes(), b"\\begin{document}").map_or(0, |at| at + 16);
    let end =
        memchr::memmem::find(source.as_bytes(), b"\\end{document}").filter(|&end| end > start).unwrap_or(source.len());
    let mut reader = Reader::new(&source);
    reader.out.diagnostics = decoded.diagnostics;
    reader.run(Span::new(start, end));
    let mut done = 0;
    // Notes inside notes are appended while this goes on.
    while let Some(note) = reader.notes.get(done).copied() {
        done += 1;
        reader.note(done, note);
    }
    reader.out.end();
    let out = reader.out;
    out.finish(DocumentKind::Latex, Some(source))
}

/// What happens when a group ends.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Frame {
    Plain,
    /// A mark ends.
    Mark(MarkKind),
    /// A heading ends.
    Heading,
    /// A closing quotation mark is due.
    Quote,
}

/// An environment that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Environment {
    Bibliography { first: usize, list: u32 },
    List { list: u32, next: Option<u64> },
    Table,
    Other,
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    end: usize,
    out: Builder,
    frames: Vec<(Frame, usize)>,
    /// Marks opened by switches (`\it`) in the groups that are open; a frame remembers how many there were.
    switches: Vec<MarkKind>,
    /// What the next group is.
    next: Option<Frame>,
    environments: Vec<Environment>,
    lists: u32,
    notes: Vec<Span>,
    math: bool,
    verbatim: bool,
    braces: Option<Braces>,
    next_item: Next,
    next_end: Next,
    /// Ends of environments that do not stand anywhere further on.
    endless: FxHashSet<String>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            at: 0,
            end: source.len(),
            out: Builder::new(source.len()),
            frames: Vec::new(),
            switches: Vec::new(),
            next: None,
            environments: Vec::new(),
            lists: 0,
            notes: Vec::new(),
            math: false,
            verbatim: false,
            braces: None,
            next_item: Next::new(ahead::bibitem),
            next_end: Next::new(ahead::end_of_bibliography),
            endless: FxHashSet::default(),
        }
    }

    /// Reads a footnote into a block of its own.
    fn note(&mut self, number: usize, span: Span) {
        self.frames.clear();
        self.endless.clear();
        self.out.begin(BlockKind::Footnote);
        self.out.label(&number.to_string());
        self.run(span);
        self.out.end();
    }

    fn run(&mut self, span: Span) {
        self.at = span.start;
        self.end = span.end;
        while self.at < self.end {
            let rest = &self.source[self.at..self.end];
            let plain = rest
                .bytes()
                .position(|byte| {
                    matches!(
                        byte,
                        b'\\'
                            | b'{'
                            | b'}'
                            | b'%'
                            | b'$'
                            | b'~'
                            | b'-'
                            | b'`'
                            | b'\''
                            | b'&'
                            | b'\n'
                            | b'\r'
                            | b'^'
                            | b'_'
                    )
                })
                .unwrap_or(rest.len());
            if plain > 0 {
                self.text(&rest[..plain], plain);
                continue;
            }
            self.special(rest);
        }
        while !self.frames.is_empty() {
            self.close_group();
        }
        self.math = false;
    }

    /// Appends text for the next `length` bytes of the source and goes past them.
    fn text(&mut self, text: &str, length: usize) {
        let span = Span::new(self.at, self.at + length);
        self.at += length;
        if text.trim().is_empty() && (!self.out.is_open() || self.out.open_text().is_empty()) {
            return;
        }
        self.next = None;
        self.out.push(text, span);
    }

    fn special(&mut self, rest: &'a str) {
        match rest.as_bytes()[0] {
            b'\\' => self.command(rest),
            b'{' => {
                self.at += 1;
                let frame = self.next.take().unwrap_or(Frame::Plain);
                self.frames.push((frame, self.switches.len()));
            }
            b'}' => {
                self.at += 1;
                self.close_group();
            }
            b'%' if !self.verbatim => self.comment(rest),
            b'$' => {
                self.at += if rest.starts_with("$$") { 2 } else { 1 };
                self.math = !self.math;
            }
            b'~' => self.text(" ", 1),
            b'-' if rest.starts_with("---") => self.text("—", 3),
            b'-' if rest.starts_with("--") => self.text("–", 2),
            b'`' if rest.starts_with("``") => self.text("“", 2),
            b'\'' if rest.starts_with("''") => self.text("”", 2),
            b'`' => self.text("‘", 1),
            b'&' if self.environments.last() == Some(&Environment::Table) => self.text("\t", 1),
            b'\n' | b'\r' => self.line_end(rest),
            b'^' | b'_' if self.math => self.index(rest),
            _ => self.text(&rest[..1], 1),
        }
    }

    fn comment(&mut self, rest: &str) {
        let line = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        // The blanks at the start of the next line go with the line's end; a blank line there still counts.
        let after = &rest[line..];
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        self.at += line + blanks;
    }

    /// One line's end is a blank; an empty line ends a paragraph.
    fn line_end(&mut self, rest: &str) {
        let blank = rest.len() - rest.trim_start().len();
        let breaks = memchr::memchr_iter(b'\n', &rest.as_bytes()[..blank]).count();
        if breaks >= 2 || (breaks == 0 && rest[..blank].matches('\r').count() >= 2) {
            self.at += blank;
            self.paragraph_end();
        } else {
            self.text(" ", blank.max(1));
        }
    }

    /// Inside an item of the bibliography an empty line means nothing; elsewhere it ends the block.
    fn paragraph_end(&mut self) {
        if matches!(self.environments.last(), Some(Environment::Bibliography { .. })) {
            if self.out.is_open() {
                self.out.push_unplaced(" ");
            }
        } else {
            self.out.end();
        }
    }

    /// An index or exponent of a formula: the next group or character.
    fn index(&mut self, rest: &'a str) {
        let kind = if rest.starts_with('^') { MarkKind::Sup } else { MarkKind::Sub };
        self.at += 1;
        let Some(c) = rest[1..].chars().next() else { return };
        if c == '{' {
            self.out.open_mark(kind.clone());
            self.at += 1;
            self.frames.push((Frame::Mark(kind), self.switches.len()));
        } else if c.is_alphanumeric() {
            self.out.open_mark(kind.clone());
            self.text(&rest[1..=c.len_utf8()], c.len_utf8());
            self.out.close_mark(|open| *open == kind);
        }
    }

    fn close_group(&mut self) {
        let Some((frame, switches)) = self.frames.pop() else { return };
        while self.switches.len() > switches {
            if let Some(kind) = self.switches.pop() {
                self.out.close_mark(|open| *open == kind);
            }
        }
        match frame {
            Frame::Plain => {}
            Frame::Mark(kind) => self.out.close_mark(|open| *open == kind),
            Frame::Heading => self.out.end(),
            Frame::Quote => self.out.push_unplaced("”"),
        }
    }

    fn command(&mut self, rest: &'a str) {
        let body = &rest[1..];
        let letters = body.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'@').count();
        if letters == 0 {
            return self.symbol(body);
        }
        let name = &body[..letters];
        let starred = body[letters..].starts_with('*');
        let length = 1 + letters + usize::from(starred);
        if let Some(accent) = commands::accent(name)
            && self.accent(rest, length, accent)
        {
            return;
        }
        if let Some(c) = commands::character(name) {
            let after = &rest[length..];
            let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
            let empty = if after[blanks..].starts_with("{}") { blanks + 2 } else { blanks };
            return self.text(c.encode_utf8(&mut [0; 4]), length + empty);
        }
        self.at += length;
        self.skip_blanks();
        self.named(name);
    }

    /// A command of one character that is no letter.
    fn symbol(&mut self, body: &'a str) {
        let Some(c) = body.chars().next() else {
            self.at = self.end;
            return;
        };
        let length = 1 + c.len_utf8();
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => self.text(&body[..1], length),
            ' ' | ',' | ';' | ':' | '\n' | '\t' => self.text(" ", length),
            '\\' => {
                self.at += length;
                self.skip_optional();
                if self.environments.last() == Some(&Environment::Table) {
                    self.out.end();
                    self.out.begin(BlockKind::TableRow);
                } else if self.out.is_open() {
                    self.out.push_unplaced("\n");
                }
            }
            '(' | '[' => {
                self.at += length;
                self.math = true;
            }
            ')' | ']' => {
                self.at += length;
                self.math = false;
            }
            _ => {
                let accent = commands::accent(&body[..c.len_utf8()]);
                let rest = &self.source[self.at..self.end];
                if !accent.is_some_and(|accent| self.accent(rest, length, accent)) {
                    self.at += length;
                }
            }
        }
    }

    /// A letter with an accent: `\'e`, `\'{e}`, `\v{\i}`, `\c c`.
    fn accent(&mut self, rest: &str, length: usize, accent: char) -> bool {
        let after = &rest[length..];
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        let letter = &after[blanks..];
        let (base, used) = if let Some(inner) = letter.strip_prefix('{') {
            let Some(close) = inner.bytes().take(12).position(|byte| byte == b'}') else { return false };
            let Some(base) = base_letter(inner[..close].trim()) else { return false };
            (base, close + 2)
        } else if let Some(name) = letter.strip_prefix('\\') {
            let Some(base) = base_letter(&letter[..1 + name.bytes().take(1).filter(u8::is_ascii_alphabetic).count()])
            else {
                return false;
            };
            (base, 2)
        } else {
            let Some(c) = letter.chars().next().filter(|c| c.is_alphabetic()) else { return false };
            (c, c.len_utf8())
        };
        let composed: String = [base, accent].into_iter().nfc().collect();
        self.text(&composed, length + blanks + used);
        true
    }

    fn skip_blanks(&mut self) {
        let rest = &self.source[self.at..self.end];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let line = rest[blank..].strip_prefix("\r\n").or_else(|| rest[blank..].strip_prefix('\n'));
        // A command swallows the blanks behind it, with one line's end; an empty line still ends the paragraph.
        self.at += match line {
            Some(after) if !after.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) => {
                rest.len() - after.trim_start_matches([' ', '\t']).len()
            }
            _ => blank,
        };
    }

    /// The bytes inside the next group in braces, past which it goes; `None` when no group follows.
    fn argument(&mut self) -> Option<Span> {
        self.skip_blanks();
        self.enclosed(b'{', b'}')
    }

    /// Goes past an optional argument and gives its bytes.
    fn skip_optional(&mut self) -> Option<Span> {
        self.enclosed(b'[', b']')
    }

    fn enclosed(&mut self, open: u8, close: u8) -> Option<Span> {
        /// An optional argument of more bytes is none.
        const LONGEST_OPTION: usize = 4_096;
        let bytes = self.source.as_bytes();
        if self.at >= self.end || bytes[self.at] != open {
            return None;
        }
        let start = self.at + 1;
        if open == b'{' {
            let source = self.source;
            let braces = self.braces.get_or_insert_with(|| Braces::of(source));
            let end = braces.close(self.at).filter(|&end| end < self.end);
            // A brace that is never closed: what follows is text.
            self.at = end.map_or(start, |end| end + 1);
            return end.map(|end| Span::new(start, end));
        }
        let mut depth = 0usize;
        let mut at = start;
        while at < self.end.min(start + LONGEST_OPTION) {
            match bytes[at] {
                b'\\' => at += 1,
                b'{' => depth += 1,
                byte if byte == close && depth == 0 => {
                    self.at = at + 1;
                    return Some(Span::new(start, at));
                }
                b'}' => depth = depth.saturating_sub(1),
                // An optional argument does not reach over an empty line.
                b'\n' if bytes.get(at + 1) == Some(&b'\n') => return None,
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn named(&mut self, name: &str) {
        if let Some(level) = heading_level(name) {
            self.skip_optional();
            self.skip_blanks();
            self.out.begin(BlockKind::Heading(level));
            self.next = Some(Frame::Heading);
            return;
        }
        if let Some(kind) = marked(name) {
            self.out.open_mark_in_block(kind.clone());
            self.next = Some(Frame::Mark(kind));
            self.argument_as_group();
            return;
        }
        if let Some(kind) = switch(name) {
            self.out.open_mark_in_block(kind.clone());
            self.switches.push(kind);
            return;
        }
        match name {
            "begin" => self.begin(),
            "end" => self.finish(),
            "par" => self.paragraph_end(),
            "bibitem" => self.bibitem(),
            "item" => self.item(),
            "newblock" | "quad" | "qquad" | "space" | "enspace" | "thinspace" | "hfill" | "newline" | "linebreak"
            | "addspace" => {
                if self.out.is_open() && !self.out.open_text().ends_with(' ') {
                    self.out.push_unplaced(" ");
                }
            }
            "symbol" | "char" => self.numbered_character(),
            "footnote" | "footnotetext" | "thanks" => self.footnote(),
            "url" | "path" | "nolinkurl" | "doi" => self.link(None),
            "href" => self.href(),
            // REVTeX wraps each part: what it is, then the part; links the same way.
            "bibinfo" | "bibfield" | "Eprint" | "href@noop" | "textcolor" | "hyperlink" | "hyperref"
            | "foreignlanguage" | "selectlanguage" | "translation" => {
                self.skip_optional();
                self.argument();
            }
            "enquote" | "mkbibquote" => {
                self.out.push_unplaced("“");
                self.next = Some(Frame::Quote);
                self.argument_as_group();
            }
            "penalty" => {
                let rest = &self.source[self.at..self.end];
                self.at += rest.len()
                    - rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '@' | '\\')).len();
            }
            "def" | "edef" | "gdef" | "xdef" => {
                let rest = &self.source.as_bytes()[self.at..self.end];
                self.at += memchr::memchr2(b'{', b'\n', rest).unwrap_or(rest.len());
                self.argument();
            }
            "ldots" | "dots" | "textellipsis" => self.out.push_unplaced("…"),
            "textasciitilde" | "sim" => self.out.push_unplaced("~"),
            "textbackslash" => self.out.push_unplaced("\\"),
            "textendash" | "bibrangedash" | "bibrangessep" => self.out.push_unplaced("–"),
            "textemdash" => self.out.push_unplaced("—"),
            "textless" => self.out.push_unplaced("<"),
            "textgreater" => self.out.push_unplaced(">"),
            "LaTeX" | "TeX" | "BibTeX" => self.out.push_unplaced(name),
            _ => match HIDDEN.iter().find(|(hidden, _)| *hidden == name) {
                Some(&(_, count)) => {
                    for _ in 0..count {
                        while self.skip_optional().is_some() {}
                        self.argument();
                    }
                }
                None if !self.math => self.at += registers::assigned(name, &self.source[self.at..self.end]),
                None => {}
            },
        }
    }

    /// `\symbol{233}`, `\char"E9`, `\char233`.
    fn numbered_character(&mut self) {
        let rest = &self.source[self.at..self.end];
        let body = rest.strip_prefix('{').unwrap_or(rest);
        let (digits, radix) = body.strip_prefix('"').map_or((body, 10), |hex| (hex, 16));
        let count = digits.bytes().take(8).take_while(|&byte| char::from(byte).is_digit(radix)).count();
        let c = u32::from_str_radix(&digits[..count], radix).ok().and_then(char::from_u32).filter(|c| !c.is_control());
        let length = rest.len() - digits.len() + count;
        let closed = rest.starts_with('{') && digits[count..].starts_with('}');
        match c {
            Some(c) => self.text(c.encode_utf8(&mut [0; 4]), length + usize::from(closed)),
            None => self.at += length,
        }
    }

    /// Lets a mark reach over one character when no group follows: `\emph a`.
    fn argument_as_group(&mut self) {
        self.skip_blanks();
        if self.source.as_bytes().get(self.at) != Some(&b'{')
            && let Some(frame) = self.next.take()
        {
            self.frames.push((frame, self.switches.len()));
            let rest = &self.source[self.at..self.end];
            if let Some(c) = rest.chars().next().filter(|c| c.is_alphanumeric()) {
                self.text(&rest[..c.len_utf8()], c.len_utf8());
            }
            self.close_group();
        }
    }

    fn begin(&mut self) {
        let Some(span) = self.argument() else { return };
        let name = self.source[span.range()].trim_end_matches('*');
        let environment = match name {
            "thebibliography" => {
                self.out.end();
                self.argument();
                self.skip_to_bibitem();
                self.lists += 1;
                Environment::Bibliography { first: self.out.block_count(), list: self.lists }
            }
            "itemize" | "enumerate" | "description" | "list" | "trivlist" | "hangparas" => {
                self.out.end();
                self.lists += 1;
                Environment::List { list: self.lists, next: (name == "enumerate").then_some(1) }
            }
            "tabular" | "tabularx" | "longtable" | "array" => {
                self.out.end();
                self.skip_optional();
                self.argument();
                self.out.begin(BlockKind::TableRow);
                Environment::Table
            }
            "equation" | "align" | "eqnarray" | "displaymath" | "tikzpicture" | "comment" | "verbatim"
            | "lstlisting" | "gather" | "multline" => {
                let name = name.to_owned();
                return self.skip_environment(&name);
            }
            _ => {
                self.out.end();
                Environment::Other
            }
        };
        self.environments.push(environment);
    }

    /// What a style defines at the start of a bibliography is no text.
    fn skip_to_bibitem(&mut self) {
        let item = self.next_item.from(self.source, self.at).filter(|&item| item < self.end);
        let end = self.next_end.from(self.source, self.at);
        if let Some(item) = item
            && end.is_none_or(|end| end > item)
        {
            self.at = item;
        }
    }

    fn skip_environment(&mut self, name: &str) {
        let end = format!("\\end{{{name}");
        let rest = &self.source[self.at..self.end];
        // Without an end once, without an end for good.
        let found = if self.endless.contains(&end) { None } else { rest.find(&end) };
        match found {
            Some(at) => {
                let after = at + end.len();
                self.at += after + rest[after..].find('}').map_or(0, |close| close + 1);
            }
            None => {
                self.out.end();
                self.endless.insert(end);
            }
        }
    }

    fn finish(&mut self) {
        self.argument();
        self.out.end();
        if let Some(Environment::Bibliography { first, .. }) = self.environments.pop() {
            self.out.declare_list(first, None);
        }
    }

    fn bibitem(&mut self) {
        let label = self.skip_optional();
        let key = self.argument();
        self.skip_blanks();
        let list = match self.environments.last() {
            Some(&Environment::Bibliography { list, .. }) => list,
            // A part of a list that was cut out of its environment.
            _ => 0,
        };
        while !self.frames.is_empty() {
            self.close_group();
        }
        self.out.begin(BlockKind::ListItem);
        self.out.list(list);
        if let Some(label) = label.map(|span| label_text(&self.source[span.range()])) {
            self.out.label(&label);
        }
        if let Some(key) = key {
            self.out.key(self.source[key.range()].trim());
        }
    }

    fn item(&mut self) {
        let label = self.skip_optional();
        let (list, number) = match self
            .environments
            .iter_mut()
            .rev()
            .take(50)
            .find(|environment| matches!(environment, Environment::List { .. }))
        {
            Some(Environment::List { list, next }) => {
                let number = *next;
                *next = next.map(|next| next + 1);
                (*list, number)
            }
            _ => (0, None),
        };
        self.out.begin(BlockKind::ListItem);
        self.out.list(list);
        match (label, number) {
            (Some(label), _) => {
                let label = label_text(&self.source[label.range()]);
                self.out.label(label.trim_matches(['[', ']', '.', '(', ')']));
            }
            (None, Some(number)) => self.out.label(&number.to_string()),
            (None, None) => {}
        }
    }

    fn footnote(&mut self) {
        self.skip_optional();
        let Some(span) = self.argument() else { return };
        self.notes.push(span);
        let number = self.notes.len();
        if self.out.is_open() {
            self.out.open_mark(MarkKind::Sup);
            self.out.push_unplaced(&number.to_string());
            self.out.close_mark(|kind| *kind == MarkKind::Sup);
        }
    }

    /// An address as it stands: nothing in it is a command but an escaped special.
    fn link(&mut self, target: Option<String>) {
        let Some(span) = self.argument() else { return };
        let raw = &self.source[span.range()];
        let address = raw
            .replace("\\_", "_")
            .replace("\\%", "%")
            .replace("\\&", "&")
            .replace("\\#", "#")
            .replace("\\~{}", "~")
            .replace("\\~", "~")
            .replace(['{', '}'], "");
        let kind = MarkKind::Link(target.unwrap_or_else(|| address.clone()));
        self.out.open_mark_in_block(kind.clone());
        self.out.push(&address, span);
        self.out.close_mark(|open| *open == kind);
    }

    fn href(&mut self) {
        self.skip_optional();
        let Some(span) = self.argument() else { return };
        let target = self.source[span.range()].replace("\\_", "_").replace("\\%", "%").replace("\\#", "#");
        let kind = MarkKind::Link(target);
        self.out.open_mark_in_block(kind.clone());
        self.next = Some(Frame::Mark(kind));
        self.argument_as_group();
    }
}
