//! What a language's file says, and references made of it.
//!
//! ```text
//! language pl 3            the language, and how often it is drawn
//! use words                more rules: those of another file
//! family: Nowak | Maj      a rule: choices, parted by bars; goes on in lines that begin with a blank
//! = book notes 2           a template: CSL type, name, how often; patterns follow, one a line
//! {author @family}, {title @title}, {publisher-place @place} {issued #year}.
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::labelled::Labelled;
use crate::metadata::Metadata;
use crate::numbers;
use crate::pattern::{Part, Pattern};
use crate::random::Random;

/// A file of rules and templates.
#[derive(Debug, Default)]
pub struct Language {
    pub name: String,
    pub weight: f64,
    uses: Vec<String>,
    rules: BTreeMap<String, Vec<Pattern>>,
    pub templates: Vec<Template>,
}

/// Ways to print one kind of work in one tradition.
#[derive(Debug)]
pub struct Template {
    pub kind: String,
    pub name: String,
    pub weight: f64,
    patterns: Vec<Pattern>,
}

/// All languages, by the names of their files.
#[derive(Debug)]
pub struct Grammar {
    pub languages: BTreeMap<String, Language>,
}

impl Language {
    /// Reads a file; an error says in which line.
    pub fn parse(source: &str) -> Result<Self, String> {
        let mut language = Self::default();
        let mut logical: Vec<(usize, String)> = Vec::new();
        for (at, line) in source.lines().enumerate() {
            match logical.last_mut() {
                Some((_, last)) if line.starts_with(' ') => last.push_str(&format!(" {}", line.trim())),
                _ if line.starts_with('#') && !line.starts_with("#n") || line.trim().is_empty() => {}
                _ => logical.push((at + 1, line.to_owned())),
            }
        }
        for (number, line) in logical {
            language.line(&line).map_err(|reason| format!("line {number}: {reason}"))?;
        }
        Ok(language)
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number =
            |at: usize| words.get(at).map_or(Ok(1.0), |word| word.parse().map_err(|_| format!("no number: {word}")));
        match words.as_slice() {
            ["language", name, ..] => (self.name, self.weight) = ((*name).to_owned(), number(2)?),
            ["use", names @ ..] => self.uses.extend(names.iter().map(|&name| name.to_owned())),
            ["=", kind, name, ..] => self.templates.push(Template {
                kind: (*kind).to_owned(),
                name: (*name).to_owned(),
                weight: number(3)?,
                patterns: Vec::new(),
            }),
            _ => match (rule_name(line), self.templates.last_mut()) {
                (Some((name, body)), None) => {
                    let choices = Pattern::parse_choices(body)?;
                    let choices = choices.into_iter().map(trimmed).collect();
                    if self.rules.insert(name.to_owned(), choices).is_some() {
                        return Err(format!("the rule {name} stands twice"));
                    }
                }
                (_, Some(template)) => template.patterns.push(Pattern::parse(line)?),
                (None, None) => return Err(format!("neither rule nor template: {line}")),
            },
        }
        Ok(())
    }
}

/// "family: Nowak | Maj" → the name and the choices.
fn rule_name(line: &str) -> Option<(&str, &str)> {
    let (name, body) = line.split_once(':')?;
    let named = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    named.then_some((name, body))
}

/// Without the blanks around the bars of a rule; a rule that is to end in a blank ends in "<>".
fn trimmed(mut pattern: Pattern) -> Pattern {
    if let Some(Part::Text(text)) = pattern.0.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Part::Text(text)) = pattern.0.last_mut() {
        *text = text.trim_end().to_owned();
    }
    pattern
}

/// Deepest nesting of rules.
const MAX_DEPTH: usize = 30;

impl Grammar {
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut languages = BTreeMap::new();
        for (name, source) in files {
            let language = Language::parse(source).map_err(|reason| format!("{name}: {reason}"))?;
            languages.insert((*name).to_owned(), language);
        }
        let grammar = Self { languages };
        grammar.check()?;
        Ok(grammar)
    }

    /// Every rule that is asked for is there, every number too.
    fn check(&self) -> Result<(), String> {
        let mut random = Random::new(0);
        for (file, language) in &self.languages {
            let templates = language.templates.iter().flat_map(|template| &template.patterns);
            for part in language.rules.values().flatten().chain(templates).flat_map(Pattern::parts) {
                match part {
                    Part::Rule { name, .. } if self.rule(language, name).is_none() && !language.name.is_empty() => {
                        return Err(format!("{file}: no rule {name}"));
                    }
                    Part::Number(kind) if numbers::number(kind, &mut random).is_none() => {
                        return Err(format!("{file}: no number {kind}"));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// The rule of that name: the language's own, or one of a file that it uses.
    fn rule<'a>(&'a self, language: &'a Language, name: &str) -> Option<&'a Vec<Pattern>> {
        let used = |file: &String| self.languages.get(file).and_then(|used| used.rules.get(name));
        language.rules.get(name).or_else(|| language.uses.iter().find_map(used))
    }

    /// Names of all templates, "pl-notes".
    pub fn template_names(&self) -> BTreeSet<String> {
        let names = |(file, language): (&String, &Language)| {
            language.templates.iter().map(|template| format!("{file}-{}", template.name)).collect::<Vec<_>>()
        };
        self.languages.iter().flat_map(names).collect()
    }

    /// A reference of the template; `None` where a pattern asks for real metadata and there is none.
    pub fn expand(
        &self,
        language: &Language,
        template: &Template,
        metadata: &Metadata,
        random: &mut Random,
    ) -> Option<Labelled> {
        let mut labelled = Labelled::default();
        let pattern = random.pick(&template.patterns).clone();
        let mut expansion = Expansion { grammar: self, language, metadata, random };
        expansion.pattern(&pattern, 0, 0, &mut labelled)?;
        labelled.fold_blanks();
        Some(labelled)
    }
}

struct Expansion<'a> {
    grammar: &'a Grammar,
    language: &'a Language,
    metadata: &'a Metadata,
    random: &'a mut Random,
}

impl Expansion<'_> {
    fn pattern(&mut self, pattern: &Pattern, span: usize, depth: usize, out: &mut Labelled) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        for part in &pattern.0 {
            match part {
                Part::Text(text) => out.push(text, span),
                Part::Span(label, inner) => {
                    let inside = out.open(label);
                    self.pattern(inner, inside, depth + 1, out)?;
                }
                Part::Choice(choices) => {
                    let choice = self.random.below(choices.len());
                    self.pattern(&choices[choice], span, depth + 1, out)?;
                }
                Part::Rule { name, capitals } => {
                    let choices = self.grammar.rule(self.language, name)?;
                    let choice = self.random.below(choices.len());
                    let start = out.glyphs.len();
                    self.pattern(&choices[choice], span, depth + 1, out)?;
                    if *capitals {
                        raise(out, start);
                    }
                }
                Part::Number(kind) => out.push(&numbers::number(kind, self.random)?, span),
                Part::Real(field) => out.push(self.metadata.draw(&self.language.name, field, self.random)?, span),
            }
        }
        Some(())
    }
}

/// Capitals from `start` on.
fn raise(out: &mut Labelled, start: usize) {
    let tail = out.glyphs.split_off(start);
    for glyph in tail {
        out.push(&glyph.c.to_uppercase().to_string(), glyph.span);
    }
}

/// A pattern without choices, rules and numbers as a reference; `None` where it has some.
pub fn plain(pattern: &Pattern) -> Option<Labelled> {
    let mut labelled = Labelled::default();
    for part in &pattern.0 {
        match part {
            Part::Text(text) => labelled.push(text, 0),
            Part::Span(label, Pattern(inner)) => match inner.as_slice() {
                [Part::Text(text)] => {
                    let span = labelled.open(label);
                    labelled.push(text, span);
                }
                _ => return None,
            },
            _ => return None,
        }
    }
    labelled.fold_blanks();
    Some(labelled)
}
