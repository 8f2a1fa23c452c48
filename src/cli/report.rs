//! Diagnostics on standard error, counted for the exit code.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Mutex;

use serde_json::json;

use super::args::{Global, Style};
use crate::diagnostic::{Diagnostic, Level};
use crate::record::{Kept, Loss, Subject};

/// Prints what is reported and remembers the gravest level.
///
/// Losses are many and alike: for people they are counted by variable and printed once, at the end.
pub(super) struct Report {
    style: Style,
    quiet: bool,
    fail_on: Option<Level>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    gravest: Option<Level>,
    failed_io: bool,
    losses: BTreeMap<(String, &'static str), (usize, String)>,
}

impl Report {
    pub(super) fn new(global: &Global, default_fail_on: Option<Level>) -> Self {
        let asked = if global.strict { Some(Level::Loss) } else { global.fail_on.map(Level::from) };
        Self {
            style: global.diagnostics,
            quiet: global.quiet,
            fail_on: asked.or(default_fail_on),
            state: Mutex::default(),
        }
    }

    /// Remembers that something of this level was found, which the command prints itself.
    pub(super) fn note(&self, level: Level) {
        self.with_state(|state| state.gravest = state.gravest.max(Some(level)));
    }

    /// One finding about the input called `file`.
    pub(super) fn diagnostic(&self, file: &str, diagnostic: &Diagnostic) {
        self.with_state(|state| {
            state.gravest = state.gravest.max(Some(diagnostic.level));
            // No reader can do anything with it.
            state.failed_io |= diagnostic.code == "text::binary";
        });
        if !self.is_silent(diagnostic.level) {
            self.print(file, diagnostic);
        }
    }

    /// What was wrong with a document as a whole; an error means that it could not be read.
    pub(super) fn document(&self, file: &str, diagnostics: &[Diagnostic]) {
        if diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
            self.with_state(|state| state.failed_io = true);
        }
        self.diagnostics(file, diagnostics);
    }

    pub(super) fn diagnostics<'d>(&self, file: &str, diagnostics: impl IntoIterator<Item = &'d Diagnostic>) {
        for diagnostic in diagnostics {
            self.diagnostic(file, diagnostic);
        }
    }

    /// What the output format called `format` could not hold.
    pub(super) fn loss(&self, format: &str, loss: &Loss) {
        let what = subject(&loss.subject);
        let how = if loss.kept.is_some() { "in a poorer form" } else { "not at all" };
        self.with_state(|state| {
            state.gravest = state.gravest.max(Some(Level::Loss));
            let entry = state.losses.entry((what.clone(), how)).or_insert_with(|| (0, loss.record.to_string()));
            entry.0 += 1;
        });
        if self.style != Style::Human && !self.is_silent(Level::Loss) {
            let kept = match &loss.kept {
                Some(Kept::Value(value)) => format!("; kept as \"{}\"", value.to_plain()),
                Some(_) => "; kept in another form".to_owned(),
                None => String::new(),
            };
            let diagnostic =
                Diagnostic::new(Level::Loss, "formats::loss", format!("{format} holds {what} {how}{kept}"))
                    .in_record(loss.record.clone());
            self.print("", &diagnostic);
        }
    }

    /// An input that could not be read, or an output that could not be written.
    pub(super) fn failure(&self, file: &str, code: &'static str, message: String, help: Option<&'static str>) {
        let mut diagnostic = Diagnostic::error(code, message);
        if let Some(help) = help {
            diagnostic = diagnostic.with_help(help);
        }
        self.with_state(|state| state.failed_io = true);
        self.print(file, &diagnostic);
    }

    /// Prints the summary of losses to `format`.
    pub(super) fn finish_losses(&self, format: &str) {
        let losses = self.with_state(|state| std::mem::take(&mut state.losses));
        if self.style != Style::Human || self.is_silent(Level::Loss) {
            return;
        }
        for ((what, how), (count, first)) in losses {
            let records = if count == 1 { "1 record".to_owned() } else { format!("{count} records") };
            let first = if first.is_empty() { String::new() } else { format!(", first in {first}") };
            let message = format!("{format} holds {what} {how} ({records}{first})");
            self.print("", &Diagnostic::new(Level::Loss, "formats::loss", message));
        }
    }

    /// Whether an input or output failed.
    pub(super) fn has_failed(&self) -> bool {
        self.with_state(|state| state.failed_io)
    }

    /// Whether a finding reached the level of `--fail-on`.
    pub(super) fn reached_fail_on(&self) -> bool {
        let gravest = self.with_state(|state| state.gravest);
        matches!((gravest, self.fail_on), (Some(gravest), Some(limit)) if gravest >= limit)
    }

    /// Whether a finding of this level would be printed, or would change the exit code.
    pub(super) fn wants(&self, level: Level) -> bool {
        !self.is_silent(level) || self.with_state(|state| state.gravest < Some(level))
    }

    fn is_silent(&self, level: Level) -> bool {
        self.quiet && level < Level::Error
    }

    fn with_state<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn print(&self, file: &str, diagnostic: &Diagnostic) {
        let text = match self.style {
            Style::Human => human(file, diagnostic),
            Style::Json => json_line(file, diagnostic),
            Style::Github => github(file, diagnostic),
        };
        // A closed standard error must not stop the conversion.
        let _ = anstream::stderr().write_all(text.as_bytes());
    }
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Key => "the citation key".to_owned(),
        Subject::Kind => "the kind of work".to_owned(),
        Subject::NativeKind => "the source format's name of the kind".to_owned(),
        Subject::Variable(variable) => variable.as_str().to_owned(),
        Subject::Extra { format, name, .. } => format!("{name} of {format}"),
    }
}

/// `refs.ris:14:7: warning[ris::bad-date]: …`, then the help.
fn human(file: &str, diagnostic: &Diagnostic) -> String {
    let color = match diagnostic.level {
        Level::Error => "\x1b[1;31m",
        Level::Warning => "\x1b[1;33m",
        Level::Loss => "\x1b[1;36m",
    };
    let place = match (file, diagnostic.place) {
        ("", _) => String::new(),
        (file, Some(place)) => format!("{file}:{}:{}: ", place.line, place.column),
        (file, None) => format!("{file}: "),
    };
    let key = diagnostic.key.as_ref().map(|key| format!(" (in {key})")).unwrap_or_default();
    let mut text =
        format!("{place}{color}{}[{}]\x1b[0m: {}{key}\n", diagnostic.level, diagnostic.code, diagnostic.message);
    if let Some(help) = &diagnostic.help {
        text.push_str(&format!("  \x1b[1mhelp\x1b[0m: {help}\n"));
    }
    text
}

fn json_line(file: &str, diagnostic: &Diagnostic) -> String {
    let mut object = json!({
        "level": diagnostic.level.as_str(),
        "code": diagnostic.code,
        "message": diagnostic.message,
    });
    let mut add = |name: &str, value: serde_json::Value| object[name] = value;
    if !file.is_empty() {
        add("file", file.into());
    }
    if let Some(place) = diagnostic.place {
        add("line", place.line.into());
        add("column", place.column.into());
        add("start", place.span.start.into());
        add("end", place.span.end.into());
    }
    if let Some(key) = &diagnostic.key {
        add("key", key.as_str().into());
    }
    if let Some(help) = &diagnostic.help {
        add("help", help.as_ref().into());
    }
    format!("{object}\n")
}

/// A workflow command; GitHub has no level for losses, so they are notices.
fn github(file: &str, diagnostic: &Diagnostic) -> String {
    let command = match diagnostic.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Loss => "notice",
    };
    let mut properties = Vec::new();
    if !file.is_empty() {
        properties.push(format!("file={}", github_escape(file, true)));
    }
    if let Some(place) = diagnostic.place {
        properties.push(format!("line={},col={}", place.line, place.column));
    }
    properties.push(format!("title={}", diagnostic.code.replace(':', "%3A")));
    let help = diagnostic.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!(
        "::{command} {}::{}\n",
        properties.join(","),
        github_escape(&format!("{}{help}", diagnostic.message), false)
    )
}

fn github_escape(text: &str, property: bool) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    if property { text.replace(':', "%3A").replace(',', "%2C") } else { text }
}
