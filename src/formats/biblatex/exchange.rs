//! Records and the entries of the `biblatex` crate, by way of the fields of one BibLaTeX entry.
//!
//! Neither direction knows a field: the names and values are those that [`super::write`] would write and [`super::read`] read, so that
//! the tables of [`super::bibtex`] hold here as well. What is done here is only to turn TeX into the crate's chunks and back.
//!
//! | TeX | chunk |
//! | --- | --- |
//! | `Marx` | `Normal("Marx")` |
//! | `{DNA}` | `Verbatim("DNA")` |
//! | `$x^2$` | `Math("x^2")` |
//! | `\emph{Iliad}` | `Normal("\emph{Iliad}")`: commands that the crate does not know stay in the text |

use biblatex::{Bibliography, Chunk, Chunks, Entry, EntryType, Pair, RawBibliography, RawChunk, RawEntry, Spanned};

use super::bibtex;
use crate::record::Record;
use crate::text::tex;

/// Fields whose value the crate takes as it stands.
const VERBATIM: &[&str] = &["doi", "eprint", "file", "pdf", "uri", "url", "urlraw", "verba", "verbb", "verbc"];

/// The entry of the `biblatex` crate that says the same.
///
/// An entry of the crate is a map of names to chunks. A record loses on the way there, and nothing else:
///
/// - the second of two fields of one name ([`Record::extra`]), since a map has one;
/// - braces inside of braces and of commands (`{{NASA}}`, the name of a body inside `\textbf{…}`), since chunks do not nest;
/// - the difference between characters and what TeX makes of them where the crate makes none: a tilde and the blank at which no line
///   may break are both `~`, two backquotes and a quotation mark both ` `` `.
///
/// [`losses_between`](crate::losses_between) tells what a given record loses.
///
/// ```
/// use biblatex::{Entry, EntryType};
/// use reflist::{Kind, Record, Variable, losses_between};
/// let mut record = Record::new("eliot1871", Kind::Book);
/// record.set(Variable::Title, "Middlemarch");
/// record.set(Variable::Issued, "1871");
///
/// let entry = Entry::from(&record);
/// assert_eq!(entry.entry_type, EntryType::Book);
/// assert_eq!(entry.title().unwrap()[0].v.get(), "Middlemarch");
/// // What is lost on the way, if anything:
/// assert!(losses_between(&record, &Record::from(&entry)).is_empty());
/// ```
impl From<&Record> for Entry {
    fn from(record: &Record) -> Self {
        let (entry_type, fields) = bibtex::fields(record);
        let mut entry = Self::new(record.key.to_string(), EntryType::new(&entry_type));
        for (name, value) in fields {
            if !entry.fields.contains_key(&*name) {
                let chunks = chunks(&name, &value);
                entry.fields.insert(name.into_owned(), chunks);
            }
        }
        entry
    }
}

/// The record of an entry of the `biblatex` crate. All fields are kept, in [`Record::extra`] where no variable holds them.
///
/// The crate resolves `crossref` and `xdata` when it reads a file; what was inherited is the entry's own here.
///
/// ```
/// use reflist::{Kind, Record};
/// let source = "@inproceedings{k, author = {{CERN}}, title = {On {DNA}}, eventtitle = {RECOMB}, date = {2001-04}}";
/// let bibliography = biblatex::Bibliography::parse(source).unwrap();
/// let record = Record::from(bibliography.get("k").unwrap());
/// assert_eq!(record.kind, Kind::PaperConference);
/// assert_eq!(record.title().unwrap().to_string(), "On DNA");
/// assert_eq!(record.author().unwrap().list[0], reflist::Name::literal("CERN"));
/// ```
impl From<&Entry> for Record {
    fn from(entry: &Entry) -> Self {
        let fields = entry.fields.iter().map(|(name, chunks)| (name.to_ascii_lowercase(), source(name, chunks)));
        let entry_type = match &entry.entry_type {
            EntryType::Unknown(name) => name.to_ascii_lowercase(),
            known => known.to_string(),
        };
        bibtex::record(&entry_type, &entry.key, fields.collect())
    }
}

/// The chunks of a value. What the crate cannot parse, such as a dollar sign alone, is one chunk of its characters.
fn chunks(name: &str, value: &str) -> Chunks {
    if VERBATIM.contains(&name) {
        return vec![Spanned::detached(Chunk::Normal(value.to_owned()))];
    }
    let field = Pair::new(Spanned::zero("value"), Spanned::zero(vec![Spanned::zero(RawChunk::Normal(value))]));
    let entry = RawEntry { key: Spanned::zero("k"), kind: Spanned::zero("misc"), fields: vec![field] };
    let raw =
        RawBibliography { preamble: String::new(), entries: vec![Spanned::zero(entry)], abbreviations: Vec::new() };
    let parsed = Bibliography::from_raw(raw).ok().and_then(|mut parsed| parsed.get_mut("k")?.remove("value"));
    match parsed {
        Some(chunks) => {
            let chunks = chunks.into_iter().map(|chunk| Spanned::detached(chunk.v));
            chunks.filter(|chunk| !matches!(&chunk.v, Chunk::Normal(text) if text.is_empty())).collect()
        }
        None => vec![Spanned::detached(Chunk::Normal(tex::decode_plain(value)))],
    }
}

/// The value that the chunks came from, without its delimiters.
fn source(name: &str, chunks: &[Spanned<Chunk>]) -> String {
    if VERBATIM.contains(&name) || is_date(name) {
        return chunks.iter().map(|chunk| chunk.v.get()).collect();
    }
    let mut out = String::new();
    for chunk in chunks {
        match &chunk.v {
            Chunk::Normal(text) => push_tex(&mut out, text),
            Chunk::Verbatim(text) => {
                let mut inside = String::new();
                push_tex(&mut inside, text);
                // A character alone is written as `{\textbackslash}`, in braces that protect nothing.
                out.push_str(&if tex::is_group(&inside) { inside } else { format!("{{{inside}}}") });
            }
            Chunk::Math(formula) => {
                out.push('$');
                out.push_str(formula);
                out.push('$');
            }
        }
    }
    out
}

/// Whether the value is an EDTF date, whose `~` is not TeX's.
fn is_date(name: &str) -> bool {
    name.ends_with("date")
}

/// Characters of a chunk as TeX. What the crate lets stand is TeX already: commands that it does not know, and the ligatures of
/// quotation marks.
fn push_tex(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '{', '}', '&', '%', '#', '$', '_', '^']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let letters = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        if !rest.starts_with('\\') || letters == 0 {
            out.push_str(&tex::encode_plain(&rest[..1], tex::Encode::default()));
            rest = &rest[1..];
            continue;
        }
        out.push_str(&rest[..=letters]);
        rest = &rest[1 + letters..];
        match argument(rest) {
            Some((inner, behind)) => {
                out.push('{');
                push_tex(out, inner);
                out.push('}');
                rest = behind;
            }
            // A blank behind a command only ends it.
            None => out.push_str("{}"),
        }
    }
    out.push_str(rest);
}

/// The inside of a group at the start of `text`, and what stands behind it.
fn argument(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some((&text[1..at], &text[at + 1..])),
            b'}' => depth -= 1,
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}
