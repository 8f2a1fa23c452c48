//! The blocks of a `.bib` file: one pass over the bytes, nothing decoded, nothing copied.
//!
//! A file is a list of blocks: entries, `@string`, `@preamble`, `@comment`, and the text around them, which BibTeX passes over.
//! [`parse`] finds where each begins and ends, and where the key, the names and the values of an entry stand. All else is done by
//! those who need it, from the source.
//!
//! The grammar is BibTeX's (`bibtex.web`, "Reading the database file(s)"): a value between braces ends at the brace that matches,
//! whatever stands before it (`\}` is a brace); between quotes, braces must match and a quote inside braces does not count;
//! parentheses may enclose an entry; values are joined by `#`. Beyond it, as biber and JabRef have it: `@comment{…}` ends at its
//! matching brace, and a line that begins with `%` is a comment.
//!
//! # Recovery
//!
//! What is wrong becomes a [`Problem`], and the entry is kept with all that could be read of it. When a value does not end, the line
//! that begins the next entry (`@type{key,`) ends the broken one; inside it, a line that begins like a field (`name = `) ends the
//! value. So an entry never costs another one. Every byte is looked at a bounded number of times: a value that has run past the
//! beginning of another entry is given up [`OVERRUN`] bytes later, or at once when too many did so.

mod parser;
mod values;

/// How far a value may run past a line that looks like the beginning of another entry, before the line is taken for that.
const OVERRUN: usize = 4096;

/// A stretch of the source, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
}

impl Range {
    const fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// How many bytes it has.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The stretch of `source`.
    #[must_use]
    pub fn of(self, source: &str) -> &str {
        source.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// `@article{key, …}`
    Entry,
    /// `@string{name = value}`
    String,
    /// `@preamble{value}`
    Preamble,
    /// `@comment{…}`
    Comment,
    /// Text between blocks that is not blank.
    Text,
}

/// One block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// All of it, from `@` to the closing brace.
    pub range: Range,
    /// The word behind the `@`.
    pub name: Range,
    /// The citation key of an entry.
    pub key: Range,
    /// Index of its first field.
    first_field: u32,
}

/// One field: a name and a value with its delimiters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    name_start: u32,
    name_len: u16,
    /// How the value is written.
    pub form: Form,
    /// The value, from its first delimiter to its last.
    pub value: Range,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `{…}` or `"…"`.
    Delimited,
    /// The same, but its end is missing.
    Open,
    /// A number or the name of a macro.
    Bare,
    /// Pieces joined by `#`.
    Joined,
}

impl Field {
    /// The name.
    #[must_use]
    pub const fn name(&self) -> Range {
        Range { start: self.name_start, end: self.name_start + self.name_len as u32 }
    }
}

/// What is wrong at one place of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// Where it is.
    pub range: Range,
    /// Index of the block.
    pub block: u32,
}

/// The ways in which an entry can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// No comma between two fields, or behind the key.
    MissingComma,
    /// No key.
    MissingKey,
    /// A field without a value.
    MissingValue,
    /// A field name without `=`, or characters that belong to nothing.
    Junk,
    /// The entry's closing brace is missing.
    UnclosedEntry,
    /// The closing brace or quote of a value is missing.
    UnclosedValue,
    /// A closing brace too many.
    StrayBrace,
    /// A quotation mark inside a value between quotation marks.
    InnerQuote,
}

/// The blocks of a source, and what is wrong with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Syntax {
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// The fields of all blocks, in order.
    fields: Vec<Field>,
    /// What is wrong, in order.
    pub problems: Vec<Problem>,
}

impl Syntax {
    /// The fields of all blocks, in order.
    pub(crate) fn all_fields(&self) -> &[Field] {
        &self.fields
    }

    /// The fields of the block at this index.
    #[must_use]
    pub fn fields(&self, block: usize) -> &[Field] {
        let start = self.blocks.get(block).map_or(self.fields.len(), |block| block.first_field as usize);
        let end = self.blocks.get(block + 1).map_or(self.fields.len(), |block| block.first_field as usize);
        self.fields.get(start..end).unwrap_or_default()
    }
}

/// Finds the blocks of `source`, of which the first 4 GiB are looked at.
///
/// ```
/// use reflist::formats::bibtex::syntax::{self, BlockKind};
/// let source = "@book{eliot1871, title = {Middlemarch}}";
/// let syntax = syntax::parse(source);
/// assert_eq!(syntax.blocks[0].kind, BlockKind::Entry);
/// assert_eq!(syntax.blocks[0].key.of(source), "eliot1871");
/// assert_eq!(syntax.fields(0)[0].value.of(source), "{Middlemarch}");
/// ```
#[must_use]
pub fn parse(source: &str) -> Syntax {
    parser::parse(source)
}
