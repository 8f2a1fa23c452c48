//! The notation that languages, templates and hand-written references are written in.
//!
//! | notation | what it prints |
//! | --- | --- |
//! | `{author Moss, A.}` | the words in braces, a span labelled `author` |
//! | `<p.\|pp.\|>` | one of the words between bars; nothing is a choice too |
//! | `@family` | the rule of that name |
//! | `^@family` | the same in capitals |
//! | `#volume` | a number of that kind ([`crate::numbers`]) |
//! | `%title` | a real title of the language ([`crate::metadata`]) |
//! | `\<` | a character that means something else here |
//!
//! A hand-written reference is a pattern without choices, so one reader serves both.

/// A pattern: its parts in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pattern(pub Vec<Part>);

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Text(String),
    Span(String, Pattern),
    Choice(Vec<Pattern>),
    Rule { name: String, capitals: bool },
    Number(String),
    Real(String),
}

impl Pattern {
    /// Reads the notation; an error says what is wrong with it.
    pub fn parse(notation: &str) -> Result<Self, String> {
        let mut reader = Reader { rest: notation };
        let pattern = reader.pattern(0)?;
        match reader.rest.chars().next() {
            None => Ok(pattern),
            Some(c) => Err(format!("{c:?} too many in {notation:?}")),
        }
    }

    /// Reads choices parted by bars outside all brackets.
    pub fn parse_choices(notation: &str) -> Result<Vec<Self>, String> {
        let mut reader = Reader { rest: notation };
        let choices = reader.choices(0)?;
        if reader.rest.is_empty() { Ok(choices) } else { Err(format!("a bracket too many in {notation:?}")) }
    }

    /// All parts, those inside others too.
    pub fn parts(&self) -> Vec<&Part> {
        let mut all = Vec::new();
        for part in &self.0 {
            all.push(part);
            match part {
                Part::Span(_, inner) => all.extend(inner.parts()),
                Part::Choice(choices) => all.extend(choices.iter().flat_map(Self::parts)),
                _ => {}
            }
        }
        all
    }
}

struct Reader<'a> {
    rest: &'a str,
}

/// Deepest nesting of brackets.
const MAX_DEPTH: usize = 20;

impl Reader<'_> {
    fn pattern(&mut self, depth: usize) -> Result<Pattern, String> {
        if depth > MAX_DEPTH {
            return Err("nested too deeply".to_owned());
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut text = String::new();
        while let Some(first) = self.rest.chars().next().filter(|c| !"|>}".contains(*c)) {
            let part = match first {
                '{' => self.span(depth)?,
                '<' => {
                    self.skip('<');
                    let choices = self.choices(depth + 1)?;
                    self.close('>')?;
                    Part::Choice(choices)
                }
                '^' if self.rest.starts_with("^@") => {
                    self.skip('^');
                    self.skip('@');
                    Part::Rule { name: self.name(), capitals: true }
                }
                '@' | '#' | '%' if self.names_something() => {
                    self.skip(first);
                    match first {
                        '@' => Part::Rule { name: self.name(), capitals: false },
                        '#' => Part::Number(self.name()),
                        _ => Part::Real(self.name()),
                    }
                }
                _ => {
                    if first == '\\' {
                        self.skip('\\');
                    }
                    let c = self.rest.chars().next().ok_or("nothing behind a backslash")?;
                    self.skip(c);
                    text.push(c);
                    continue;
                }
            };
            if !text.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut text)));
            }
            parts.push(part);
        }
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Ok(Pattern(parts))
    }

    fn choices(&mut self, depth: usize) -> Result<Vec<Pattern>, String> {
        let mut choices = vec![self.pattern(depth)?];
        while self.rest.starts_with('|') {
            self.skip('|');
            choices.push(self.pattern(depth)?);
        }
        Ok(choices)
    }

    fn span(&mut self, depth: usize) -> Result<Part, String> {
        self.skip('{');
        let end = self.rest.find(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_'));
        let (label, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        let label = label.to_owned();
        self.rest = rest.strip_prefix(' ').ok_or_else(|| format!("no words behind the label {label:?}"))?;
        let inner = self.pattern(depth + 1)?;
        self.close('}')?;
        Ok(Part::Span(label, inner))
    }

    fn names_something(&self) -> bool {
        self.rest.chars().nth(1).is_some_and(|c| c.is_ascii_lowercase())
    }

    /// A name is of small letters, figures and hyphens; a hyphen at its end is text.
    fn name(&mut self) -> String {
        let end = self.rest.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        let name = self.rest[..end.unwrap_or(self.rest.len())].trim_end_matches('-');
        self.rest = &self.rest[name.len()..];
        name.to_owned()
    }

    fn skip(&mut self, c: char) {
        self.rest = self.rest.strip_prefix(c).unwrap_or(self.rest);
    }

    fn close(&mut self, c: char) -> Result<(), String> {
        self.rest = self.rest.strip_prefix(c).ok_or_else(|| format!("no {c:?} in front of {:?}", self.rest))?;
        Ok(())
    }
}
