//! The program: the only part of the crate that prints, opens files and reads the environment.
//!
//! [`run`] parses the command line and calls one file per sub-command. Data goes to standard output or `--output`; everything else
//! goes through [`report::Report`], which also decides the exit code.

mod args;
mod cite;
mod cited;
mod convert;
mod eval;
mod explain;
mod find;
mod formats;
mod input;
mod model;
mod output;
mod pdf;
mod picture;
mod pipeline;
mod progress;
mod report;
mod train;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};
use output::Output;
use report::Report;

use crate::diagnostic::Level;

/// How a command ended. The order is that of precedence: wrong use, failed input or output, nothing found, findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done.
    Done,
    /// The command line asks for what does not exist; the message says what would be right.
    WrongUse,
    /// Nothing was found in any input.
    NothingFound,
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let report = Report::new(&cli.global, default_fail_on(&cli.command));
    if let Err(error) = set_jobs(cli.global.jobs) {
        return exit_code(wrong_use(&report, &error), &report);
    }
    let outcome = match &cli.command {
        Command::Convert(args) => convert::run(args, &cli.global, &report),
        Command::Find(args) => find::run(args, &report),
        Command::Cite(args) => cite::run(args, cli.global.diagnostics, &report),
        Command::Explain(args) => explain::run(args, &report),
        Command::Formats(args) => formats::run(args, &report),
        Command::Eval(args) => eval::run(args, &cli.global, &report),
        Command::Train(args) => train::run(args, &cli.global, &report),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "reflist", &mut script);
            print(&report, &script)
        }
        Command::Man => {
            let mut page = Vec::new();
            match clap_mangen::Man::new(Cli::command()).render(&mut page) {
                Ok(()) => print(&report, &page),
                Err(error) => write_failed(&report, &error),
            }
        }
    };
    exit_code(outcome, &report)
}

/// The level that makes a command fail unless `--fail-on` says otherwise: where the report is the output, its findings do.
const fn default_fail_on(command: &Command) -> Option<Level> {
    match command {
        Command::Cite(args) if args.to.is_none() => Some(Level::Warning),
        _ => None,
    }
}

/// The version of the program and of the embedded model.
fn version() -> &'static str {
    static VERSION: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        format!("{} (model {})", env!("CARGO_PKG_VERSION"), crate::parse::label::Model::embedded_version())
    });
    &VERSION
}

/// Sets up the cores to work on; the main thread is one of the workers, which otherwise would wait for them.
fn set_jobs(jobs: Option<usize>) -> Result<(), String> {
    if jobs == Some(0) {
        return Err("--jobs takes a number from 1".to_owned());
    }
    // Rayon takes 0 for as many as there are cores.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).use_current_thread();
    pool.build_global().map_err(|error| error.to_string())
}

fn exit_code(outcome: Outcome, report: &Report) -> ExitCode {
    ExitCode::from(match outcome {
        Outcome::WrongUse => 2,
        _ if report.has_failed() => 3,
        Outcome::NothingFound => 4,
        Outcome::Done if report.reached_fail_on() => 1,
        Outcome::Done => 0,
    })
}

fn wrong_use(report: &Report, message: &str) -> Outcome {
    report.failure("", "cli::usage", message.to_owned(), Some("see `reflist --help`"));
    Outcome::WrongUse
}

/// Prints what a command made.
fn print(report: &Report, bytes: &[u8]) -> Outcome {
    let printed = Output::open(None).and_then(|mut out| {
        out.write_all(bytes)?;
        out.finish()
    });
    match printed {
        Ok(()) => Outcome::Done,
        Err(error) => write_failed(report, &error),
    }
}

/// Reports an output that could not be written.
fn write_failed(report: &Report, error: &std::io::Error) -> Outcome {
    output_failed(report, "<stdout>", error)
}

fn output_failed(report: &Report, name: &str, error: &std::io::Error) -> Outcome {
    let (message, help) = if error.kind() == std::io::ErrorKind::BrokenPipe {
        ("the reader of the output closed it before the end".to_owned(), "the output is cut short")
    } else {
        (format!("cannot be written: {}", describe(error)), "check the folder, its permissions and the space left")
    };
    report.failure(name, "cli::output", message, Some(help));
    Outcome::Done
}

/// Reports an input that could not be read.
fn input_failed(report: &Report, name: &str, error: &std::io::Error) {
    let help = match error.kind() {
        std::io::ErrorKind::NotFound => "check the path",
        std::io::ErrorKind::PermissionDenied => "check its permissions",
        std::io::ErrorKind::IsADirectory => "name the files in it",
        _ => "the other inputs are done",
    };
    report.failure(name, "cli::input", format!("cannot be read: {}", describe(error)), Some(help));
}

/// The system's words in small letters and without its number; our own as they are.
fn describe(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_lowercase(),
        None => text,
    }
}
