//! The command line, declared once: help, man page and completions come from here.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::Level;

/// Turns reference lists into bibliographic records, and converts bibliographies.
#[derive(Debug, Parser)]
#[command(name = "reflist", version = super::version(), about, long_about = None, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 done; 1 a finding reached --fail-on; 2 wrong use; 3 an input or output failed; 4 no reference found."
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) global: Global,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub(super) struct Global {
    /// How diagnostics are printed on standard error
    #[arg(long, global = true, value_enum, default_value_t = Style::Human, value_name = "STYLE")]
    pub(super) diagnostics: Style,
    /// Exit with 1 when something of this level or above was reported
    #[arg(long, global = true, value_enum, value_name = "LEVEL")]
    pub(super) fail_on: Option<FailOn>,
    /// The same as --fail-on loss
    #[arg(long, global = true)]
    pub(super) strict: bool,
    /// Print errors only, and no progress bar
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// How many cores to use; all of them unless given
    #[arg(short, long, global = true, value_name = "N")]
    pub(super) jobs: Option<usize>,
}

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Style {
    /// For people
    Human,
    /// One JSON object a line
    Json,
    /// As annotations of GitHub Actions
    Github,
}

/// The level from which findings make the program fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Errors only
    Error,
    /// Warnings and errors
    Warning,
    /// Losses, warnings and errors
    Loss,
}

impl From<FailOn> for Level {
    fn from(level: FailOn) -> Self {
        match level {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Loss => Self::Loss,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Anything to anything: an article, a list or a bibliography in, a bibliography out
    #[command(visible_alias = "parse")]
    Convert(Convert),
    /// Print the entries of the reference list, one a line
    Find(Find),
    /// Link in-text citations to the entries: report what is wrong, or rewrite them with keys
    Cite(Cite),
    /// Show how one reference is read, token by token
    Explain(Explain),
    /// List the formats and what each can hold
    Formats(Formats),
    /// Measure the labeller on labelled references
    Eval(Eval),
    /// Train a labelling model from labelled references
    Train(Train),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// Where the input comes from.
#[derive(Debug, Clone, Args)]
pub(super) struct Input {
    /// Files to read; standard input if none is given or for `-`
    #[arg(value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// Format of the input: auto, a document (markdown, text, html, docx, odt, latex, bbl, jats), a bare list (list, lines), or
    /// a bibliography (see `reflist formats`)
    #[arg(short, long, default_value = "auto", value_name = "FORMAT")]
    pub(super) from: String,
}

/// Which model labels the references.
#[derive(Debug, Clone, Args)]
pub(super) struct ModelOption {
    /// A model made by `reflist train`; the embedded one unless given
    #[arg(long, value_name = "FILE")]
    pub(super) model: Option<PathBuf>,
    /// Label by the first pass of the model alone: faster, and a few references in a hundred less right
    #[arg(long)]
    pub(super) single_pass: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Convert {
    #[command(flatten)]
    pub(super) input: Input,
    /// Format of the output (see `reflist formats`); by the extension of --output, else BibLaTeX
    #[arg(short, long, value_name = "FORMAT")]
    pub(super) to: Option<String>,
    /// File to write, whole or not at all; standard output unless given
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// The program that the output is made for
    #[arg(long = "for", value_enum, value_name = "PROGRAM")]
    pub(super) target: Option<TargetProgram>,
    /// Make citation keys by this pattern: {auth} {Auth} {year} {title} {n} and text
    #[arg(long, value_name = "PATTERN", conflicts_with = "keep_keys")]
    pub(super) keys: Option<String>,
    /// Keep the keys of a bibliography even where two are equal
    #[arg(long)]
    pub(super) keep_keys: bool,
    /// Write ASCII only, with TeX commands for all other characters (BibTeX, BibLaTeX)
    #[arg(long)]
    pub(super) ascii: bool,
    /// What is protected from recasing in titles (BibTeX, BibLaTeX)
    #[arg(long, value_enum, default_value_t = ProtectOption::Words, value_name = "WHAT")]
    pub(super) protect: ProtectOption,
    /// Keep only what this file cites: .aux, .bcf, or a manuscript in LaTeX, Markdown or Typst
    #[arg(long, value_name = "FILE")]
    pub(super) cited: Option<PathBuf>,
    /// Sort the records by a variable, or by key
    #[arg(long, value_name = "VARIABLE")]
    pub(super) sort: Option<String>,
    /// Keep only records that have VARIABLE, or whose VARIABLE contains TEXT (`kind` and `key` work too); may be given several times
    #[arg(long, value_name = "VARIABLE[=TEXT]")]
    pub(super) select: Vec<String>,
    /// Keep only these variables
    #[arg(long, value_name = "VARIABLES", value_delimiter = ',')]
    pub(super) keep_fields: Vec<String>,
    /// Leave these variables out
    #[arg(long, value_name = "VARIABLES", value_delimiter = ',')]
    pub(super) drop_fields: Vec<String>,
    /// Leave out records that are equal to an earlier one but for the key
    #[arg(long)]
    pub(super) dedupe: bool,
    #[command(flatten)]
    pub(super) model: ModelOption,
}

/// A program whose importer the output is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TargetProgram {
    /// Zotero's importers
    Zotero,
}

/// What is protected from recasing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ProtectOption {
    /// Words with a capital inside ("DNA", "McCarthy")
    Words,
    /// The whole title
    Title,
    /// Nothing
    None,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Find {
    #[command(flatten)]
    pub(super) input: Input,
    /// Print lists and entries with their places and why they were found, as JSON
    #[arg(long, conflicts_with = "html")]
    pub(super) json: bool,
    /// Print an HTML picture of the document with lists and entries marked
    #[arg(long)]
    pub(super) html: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Cite {
    /// The article; standard input for `-`
    pub(super) article: PathBuf,
    /// Format of the article
    #[arg(short, long, default_value = "auto", value_name = "FORMAT")]
    pub(super) from: String,
    /// Report citations without entry, with several, or with a page outside the entry, and entries that nothing cites (as --diagnostics
    /// says); exit with 1 if there is one. This is what happens without --to
    #[arg(long, conflicts_with = "to")]
    pub(super) check: bool,
    /// With the report as a page that shows the text with its citations coloured
    #[arg(long, conflicts_with = "to")]
    pub(super) html: bool,
    /// Print the article with its citations in this syntax; those without an entry stay as they are
    #[arg(short, long, value_enum, value_name = "SYNTAX")]
    pub(super) to: Option<CiteTarget>,
    /// Where to write; standard output unless given
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Take the entries from a bibliography, not from the article; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) bib: Vec<PathBuf>,
    /// Write the entries with the keys that the citations have, in the format of the extension
    #[arg(long, value_name = "FILE")]
    pub(super) bib_out: Option<PathBuf>,
    /// Replace the article's list by the command that prints a bibliography
    #[arg(long, requires = "to")]
    pub(super) replace_list: bool,
    #[command(flatten)]
    pub(super) model: ModelOption,
}

/// What citations are rewritten as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CiteTarget {
    /// `[@key, p. 45]`
    Pandoc,
    /// `\parencite[45]{key}`
    Biblatex,
    /// `\citep[p.~45]{key}`
    Natbib,
    /// `#cite(<key>, supplement: [p. 45])`
    Typst,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Explain {
    /// The reference; standard input if it is `-`
    pub(super) text: String,
    #[command(flatten)]
    pub(super) model: ModelOption,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Formats {
    /// Also print what each format holds of each variable, for a kind of work
    #[arg(long, value_name = "KIND", num_args = 0..=1, default_missing_value = "article-journal")]
    pub(super) variables: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Eval {
    /// Labelled references: JSON Lines (also .gz) or AnyStyle's tagged XML
    #[arg(required = true, value_name = "GOLD")]
    pub(super) gold: Vec<PathBuf>,
    /// A second system's CSL-JSON for the same references, item for item, scored beside ours
    #[arg(long, value_name = "FILE")]
    pub(super) against: Option<PathBuf>,
    /// Train on these files without the sources named by --leave-out, and measure that model
    #[arg(long, value_name = "FILE", requires = "leave_out")]
    pub(super) train: Vec<PathBuf>,
    /// Sources to leave out of --train; a name also covers those that begin with it and a hyphen
    #[arg(long, value_name = "SOURCE", requires = "train")]
    pub(super) leave_out: Vec<String>,
    /// Label the references of one group as one list
    #[arg(long)]
    pub(super) lists: bool,
    /// References whose gold is wrong, an id a line: measure also without them
    #[arg(long, value_name = "FILE")]
    pub(super) gold_errors: Option<PathBuf>,
    /// Also print how far the confidence of references can be trusted
    #[arg(long)]
    pub(super) reliability: bool,
    /// Print the figures as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Print this many wrong references with what was expected
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) errors: usize,
    #[command(flatten)]
    pub(super) model: ModelOption,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Train {
    /// Labelled references: JSON Lines (also .gz) or AnyStyle's tagged XML
    #[arg(required = true, value_name = "FILE")]
    pub(super) data: Vec<PathBuf>,
    /// The model to write
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: PathBuf,
    /// Seed of the order of references and of dropout
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    /// Passes over the data
    #[arg(long)]
    pub(super) passes: Option<usize>,
    /// Weight of the references whose source is `synthetic` or begins with `synthetic-`
    #[arg(long, value_name = "WEIGHT")]
    pub(super) synthetic_weight: Option<f32>,
    /// Sources to leave out; a name also covers those that begin with it and a hyphen
    #[arg(long, value_name = "SOURCE")]
    pub(super) leave_out: Vec<String>,
}
