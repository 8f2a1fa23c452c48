//! What is told of a file: each finding with its place, its entry's key, and what to do.

use super::macros::Odd;
use super::read::lower;
use super::syntax::{Field, ProblemKind, Range, Syntax};
use crate::diagnostic::{Diagnostic, Level, Place, Sink};
use crate::span::Span;

/// What was found in a field. Entries are read ahead, on several cores; it is told when the entry's turn has come.
#[derive(Debug)]
pub(crate) struct Finding<'s> {
    /// The field's position in its block.
    pub(crate) field: usize,
    pub(crate) what: Found<'s>,
}

/// What can be found in a field.
#[derive(Debug)]
pub(crate) enum Found<'s> {
    Odd(Odd<'s>),
    /// A command of TeX that is not known.
    UnknownCommand(String),
    /// A part of a name in the extended format that no name of a record has.
    NameOption(String),
    /// The entry had a field of this name.
    SecondField,
}

/// Makes diagnostics out of findings.
pub(crate) struct Reporter<'s, 'd> {
    source: &'s str,
    syntax: &'s Syntax,
    sink: &'d mut dyn Sink,
    /// The last place that was told.
    cursor: Cursor,
    /// Index of the next problem of the syntax.
    next: usize,
}

impl<'s, 'd> Reporter<'s, 'd> {
    pub(crate) fn new(source: &'s str, syntax: &'s Syntax, sink: &'d mut dyn Sink) -> Self {
        Self { source, syntax, sink, cursor: Cursor { offset: 0, line: 1, column: 1 }, next: 0 }
    }

    /// Tells the problems of the block at this index.
    pub(crate) fn problems(&mut self, block: usize) {
        while let Some(problem) = self.syntax.problems.get(self.next).filter(|problem| problem.block as usize <= block)
        {
            self.next += 1;
            let text = excerpt(problem.range.of(self.source));
            let (code, message, help): (_, String, &'static str) = match problem.kind {
                ProblemKind::MissingComma => {
                    ("bibtex::missing-comma", "expected a comma between two fields".into(), "put a comma here")
                }
                ProblemKind::MissingKey => (
                    "bibtex::missing-key",
                    "the entry has no key".into(),
                    "write a key and a comma behind the opening brace",
                ),
                ProblemKind::MissingValue => (
                    "bibtex::missing-value",
                    format!("the field {text} has no value"),
                    "give it a value, or take it away",
                ),
                ProblemKind::Junk => (
                    "bibtex::junk",
                    format!("expected a field, found \"{text}\""),
                    "passed over; write name = {value} with a comma between fields",
                ),
                ProblemKind::UnclosedEntry => (
                    "bibtex::unclosed-entry",
                    "the entry has no closing brace".into(),
                    "read up to here; put a closing brace at its end",
                ),
                ProblemKind::UnclosedValue => (
                    "bibtex::unclosed-value",
                    "the value that begins here does not end".into(),
                    "read up to the next field; put in the brace or quotation mark that is missing",
                ),
                ProblemKind::StrayBrace => {
                    ("bibtex::stray-brace", "a closing brace too many".into(), "passed over; take it away")
                }
                ProblemKind::InnerQuote => (
                    "bibtex::inner-quote",
                    "a quotation mark inside a value between quotation marks".into(),
                    "kept as a character; write the value in braces, or the mark as {\"}",
                ),
            };
            let level = match problem.kind {
                ProblemKind::MissingComma
                | ProblemKind::MissingKey
                | ProblemKind::MissingValue
                | ProblemKind::StrayBrace
                | ProblemKind::InnerQuote => Level::Warning,
                _ => Level::Error,
            };
            self.tell(level, problem.range, problem.block as usize, || {
                Diagnostic::new(level, code, message).with_help(help)
            });
        }
    }

    /// Tells what was found in the fields of a block.
    pub(crate) fn findings(&mut self, block: usize, findings: &[Finding<'_>]) {
        for finding in findings {
            let Some(field) = self.syntax.fields(block).get(finding.field) else { continue };
            match &finding.what {
                Found::Odd(odd) => self.odd(*odd, block, field),
                Found::UnknownCommand(name) => self.unknown_command(name, block, field),
                Found::NameOption(option) => self.name_option(option, block, field),
                Found::SecondField => self.second_field(block, field),
            }
        }
    }

    /// Tells what is odd about a value.
    fn odd(&mut self, odd: Odd<'_>, block: usize, field: &Field) {
        let diagnostic = match odd {
            Odd::Undefined("") => return,
            Odd::Undefined(name) => {
                Diagnostic::warning("bibtex::undefined-macro", format!("the macro {name} is not defined")).with_help(
                    "its name stands as text; define it with @string before it is used, or put the value in braces",
                )
            }
            Odd::TooLong(name) => {
                Diagnostic::error("bibtex::macro-too-long", format!("the macro {name} grows too large"))
                    .with_help("its name stands as text; macros that contain each other must not double without end")
            }
        };
        self.tell(diagnostic.level, field.value, block, || diagnostic);
    }

    /// Tells of commands of TeX that are not known.
    fn unknown_command(&mut self, name: &str, block: usize, field: &Field) {
        self.tell(Level::Warning, field.value, block, || {
            Diagnostic::warning("bibtex::unknown-command", format!("the command \\{name} is not known"))
                .with_help("its arguments are kept as text")
        });
    }

    /// Tells what is left out of a name.
    fn name_option(&mut self, option: &str, block: usize, field: &Field) {
        self.tell(Level::Warning, field.value, block, || {
            Diagnostic::warning("bibtex::name-option", format!("\"{option}\" of a name is left out")).with_help(
                "records hold the parts of a name, not its initials and options; these stay in the source only",
            )
        });
    }

    pub(crate) fn duplicate_key(&mut self, block: usize) {
        let Some(entry) = self.syntax.blocks.get(block) else { return };
        let key = entry.key.of(self.source);
        self.tell(Level::Warning, entry.key, block, || {
            Diagnostic::warning("bibtex::duplicate-key", format!("another entry has the key {key} too"))
                .with_help("both are read; give one of them another key")
        });
    }

    fn second_field(&mut self, block: usize, field: &Field) {
        let name = field.name().of(self.source);
        self.tell(Level::Warning, field.name(), block, || {
            let name = lower(name);
            Diagnostic::warning("bibtex::duplicate-field", format!("the entry has a field {name} already"))
                .with_help("the first holds, as in BibTeX; this one is kept apart")
        });
    }

    pub(crate) fn missing_parent(&mut self, parent: &str, block: usize) {
        self.warn_of_entry(block, || {
            Diagnostic::warning("bibtex::missing-parent", format!("there is no entry {parent} to inherit from"))
                .with_help("add the entry, or take the reference away")
        });
    }

    pub(crate) fn circle(&mut self, parent: &str, block: usize) {
        self.warn_of_entry(block, || {
            let message = format!("the entry inherits from itself by way of {parent}");
            Diagnostic::warning("bibtex::circular-inheritance", message)
                .with_help("nothing is inherited along the circle; take one of the references away")
        });
    }

    /// Tells that a block has no place in a record.
    pub(crate) fn not_a_record(&mut self, block: usize) {
        let Some(found) = self.syntax.blocks.get(block) else { return };
        let text = found.range.of(self.source);
        self.tell(Level::Loss, found.range, block, || {
            let message = format!("\"{}\" belongs to no entry", excerpt(text));
            Diagnostic::new(Level::Loss, "bibtex::not-an-entry", message)
                .with_help("records do not hold it; it stays in the file that it stands in")
        });
    }

    /// Warns of an entry as a whole.
    fn warn_of_entry(&mut self, block: usize, finding: impl FnOnce() -> Diagnostic) {
        let range = self.syntax.blocks.get(block).map(|entry| entry.key).unwrap_or_default();
        self.tell(Level::Warning, range, block, finding);
    }

    /// Tells what `finding` makes, if anyone wants to know it.
    fn tell(&mut self, level: Level, range: Range, block: usize, finding: impl FnOnce() -> Diagnostic) {
        if !self.sink.wants(level) {
            return;
        }
        self.cursor.move_to(self.source, range.start as usize);
        let Cursor { line, column, .. } = self.cursor;
        let place = Place { line, column, span: Span::new(range.start as usize, range.end as usize) };
        let key = self.syntax.blocks.get(block).map(|entry| entry.key.of(self.source)).unwrap_or_default();
        let diagnostic = finding().at(place);
        self.sink.report(if key.is_empty() { diagnostic } else { diagnostic.in_record(key) });
    }
}

/// A place that moves through the source, so that a finding costs the distance from the one before, however long the lines are.
struct Cursor {
    offset: usize,
    line: usize,
    /// In characters, from 1.
    column: usize,
}

impl Cursor {
    fn move_to(&mut self, source: &str, offset: usize) {
        let mut offset = offset.min(source.len());
        while !source.is_char_boundary(offset) {
            offset -= 1;
        }
        let (start, end) = (offset.min(self.offset), offset.max(self.offset));
        let between = &source[start..end];
        let lines = memchr::memchr_iter(b'\n', between.as_bytes()).count();
        match (offset >= self.offset, lines) {
            (true, 0) => self.column += between.chars().count(),
            (false, 0) => self.column -= between.chars().count(),
            (forward, _) => {
                let before = if forward { between } else { &source[..offset] };
                let line_start = before.rfind('\n').map_or(0, |at| at + 1);
                self.column = before[line_start..].chars().count() + 1;
                self.line = if forward { self.line + lines } else { self.line - lines };
            }
        }
        self.offset = offset;
    }
}

/// The beginning of a text, on one line.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut out: String = text.chars().take(LONGEST).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}
