//! Reads the `.bbl` files of biblatex: data that look like LaTeX.
//!
//! Each `\entry{key}{type}{…}` holds names, lists and fields as biber wrote them. [`crate::embedded::bibliography`] makes records of
//! them. They are printed here as plain references, one an item, with the key as the item's identifier, for those that ask for text. The
//! order is author, year, title, container, numbers, publisher: the order in which labelling makes the fewest mistakes.

use std::fmt::Write;

use super::build::Builder;
use super::{BlockKind, Document, DocumentKind};
use crate::span::Span;
use crate::text::MarkKind;

/// The document of a biblatex `.bbl`; `None` for any other LaTeX.
pub(super) fn read(source: &str) -> Option<Document> {
    if !is_biblatex(source) {
        return None;
    }
    let mut out = Builder::new(source.len());
    for span in entries(source) {
        entry(&source[span.range()], span.start, &mut out);
    }
    out.end();
    let count = out.block_count();
    out.declare_list(0, None);
    (count > 0).then(|| out.finish(DocumentKind::Latex, Some(source.to_owned())))
}

/// Whether a LaTeX source is such a file.
pub(crate) fn is_biblatex(source: &str) -> bool {
    source.contains("\\entry{") && (source.contains("\\endentry") || source.contains("\\field{"))
}

/// The bytes of its entries.
pub(crate) fn entries(source: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = memchr::memmem::find(&source.as_bytes()[at..], b"\\entry{").map(|found| found + at)?;
        let end =
            memchr::memmem::find(&source.as_bytes()[start..], b"\\endentry").map_or(source.len(), |end| start + end);
        at = end.max(start + 7);
        Some(Span::new(start, end))
    })
}

/// A command of an entry with its arguments.
pub(crate) struct Command<'a> {
    pub(crate) name: &'a str,
    pub(crate) arguments: Vec<&'a str>,
}

/// A command's arguments in braces, and how many bytes they take.
pub(crate) fn arguments(text: &str, count: usize) -> Option<(Vec<&str>, usize)> {
    let mut out = Vec::with_capacity(count);
    let mut at = 0;
    for _ in 0..count {
        at += text[at..].len() - text[at..].trim_start().len();
        let body = text[at..].strip_prefix('{')?;
        let length = balanced(body)?;
        out.push(&body[..length]);
        at += length + 2;
    }
    Some((out, at))
}

/// The bytes before the brace that closes a group already opened.
pub(crate) fn balanced(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The commands of one entry with their arguments.
pub(crate) fn commands(text: &str) -> Vec<Command<'_>> {
    /// So many arguments without an end, and the rest of the entry is given up: each costs a look at all of it.
    const MOST_BROKEN: usize = 16;
    let mut out = Vec::new();
    let mut at = 0;
    let mut broken = 0;
    while let Some(found) = memchr::memchr(b'\\', &text.as_bytes()[at..]).map(|found| found + at) {
        let rest = &text[found + 1..];
        let name = &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()];
        let count = match name {
            "name" => 4,
            "list" => 3,
            "field" | "strng" => 2,
            "entry" => 3,
            "true" | "keyw" => 1,
            _ => 0,
        };
        at = found + 1 + name.len();
        if count > 0 {
            match arguments(&text[at..], count) {
                Some((arguments, used)) => {
                    out.push(Command { name, arguments });
                    at += used;
                }
                None if broken == MOST_BROKEN => break,
                None => broken += usize::from(text[at..].trim_start().starts_with('{')),
            }
        } else if name == "verb" {
            // \verb{doi} \verb 10.1000/182 \endverb
            if let Some((arguments, used)) = arguments(&text[at..], 1) {
                at += used;
                let rest = text[at..].trim_start();
                if let Some(value) = rest.strip_prefix("\\verb ") {
                    let end = value.find("\\endverb").unwrap_or(value.len());
                    out.push(Command { name: "verb", arguments: vec![arguments[0], value[..end].trim()] });
                }
            }
        }
    }
    out
}

fn entry(text: &str, offset: usize, out: &mut Builder) {
    let commands = commands(text);
    let Some(head) = commands.first().filter(|command| command.name == "entry") else { return };
    let field = |wanted: &str| {
        commands
            .iter()
            .find(|command| matches!(command.name, "field" | "verb") && command.arguments[0] == wanted)
            .map(|command| clean(command.arguments[1]))
            .filter(|value| !value.is_empty())
    };
    let people = |wanted: &str| {
        commands
            .iter()
            .find(|command| command.name == "name" && command.arguments[0] == wanted)
            .map(|command| names(command.arguments[3]))
    };
    let list = |wanted: &str| {
        let found = commands.iter().find(|command| command.name == "list" && command.arguments[0] == wanted);
        found.map(|command| clean(&command.arguments[2].replace("}%", "}").split("}{").collect::<Vec<_>>().join("; ")))
    };
    out.begin(BlockKind::ListItem);
    out.list(1);
    out.key(head.arguments[0]);
    let place = Span::new(offset, offset + text.len());
    let mut print = |value: &str, italic: bool| {
        if italic {
            out.open_mark(MarkKind::Italic);
        }
        out.push(value, place);
        if italic {
            out.close_mark(|kind| *kind == MarkKind::Italic);
        }
    };
    let container = ["journaltitle", "booktitle", "maintitle"].into_iter().find_map(&field);
    let mut author =
        people("author").or_else(|| people("editor").map(|editors| format!("{editors} (Eds.)"))).unwrap_or_default();
    if let Some(date) = date(&field) {
        let _ = write!(author, " ({date})");
    }
    print(author.trim(), false);
    if let Some(title) = field("title") {
        let title = field("subtitle").map_or_else(|| title.clone(), |subtitle| format!("{title}: {subtitle}"));
        print(". ", false);
        print(&title, container.is_none());
    }
    if let Some(container) = container {
        let book = field("journaltitle").is_none();
        print(if book { ". In " } else { ". " }, false);
        if book && let Some(editors) = people("editor").filter(|_| people("author").is_some()) {
            print(&format!("{editors} (Eds.), "), false);
        }
        print(&container, true);
    }
    let mut rest = String::new();
    if let Some(volume) = field("volume") {
        let _ = write!(rest, ", {volume}");
        if let Some(number) = field("number") {
            let _ = write!(rest, "({number})");
        }
    }
    if let Some(pages) = field("pages") {
        let _ = write!(rest, ", {}{pages}", if field("journaltitle").is_some() { "" } else { "pp. " });
    }
    let publisher = ["publisher", "institution", "organization"].into_iter().find_map(&list);
    match (list("location"), publisher) {
        (Some(place), Some(publisher)) => drop(write!(rest, ". {place}: {publisher}")),
        (Some(one), None) | (None, Some(one)) => drop(write!(rest, ". {one}")),
        (None, None) => {}
    }
    rest.push('.');
    if let Some(doi) = field("doi") {
        let _ = write!(rest, " https://doi.org/{doi}");
    } else if let Some(url) = field("url") {
        let _ = write!(rest, " {url}");
    }
    print(&rest, false);
    out.end();
}

/// "2019", "2019-03-02" of the parts that biber writes.
fn date(field: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let year = field("year")?;
    Some(match (field("month"), field("day")) {
        (Some(month), Some(day)) => format!("{year}-{month:0>2}-{day:0>2}"),
        (Some(month), None) => format!("{year}-{month:0>2}"),
        _ => year,
    })
}

/// "Baker, C., & Clark, S." of biber's name blocks.
fn names(block: &str) -> String {
    let part = |person: &str, wanted: &str| {
        let at = person.find(wanted)? + wanted.len();
        let end = balanced(&person[at..])?;
        Some(clean(&person[at..at + end])).filter(|value| !value.is_empty())
    };
    let people: Vec<String> = block
        .split("hash=")
        .skip(1)
        .filter_map(|person| {
            let family = part(person, "family={")?;
            let prefix = part(person, "prefix={").map(|prefix| format!("{prefix} ")).unwrap_or_default();
            let given = part(person, "given={").map(|given| format!(", {given}")).unwrap_or_default();
            Some(format!("{prefix}{family}{given}"))
        })
        .collect();
    match people.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{}, & {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// A value without the markup that biber leaves in it.
fn clean(value: &str) -> String {
    let value = value
        .replace("\\bibrangedash", "–")
        .replace("\\bibnamedelima", " ")
        .replace("\\bibnamedelimb", " ")
        .replace("\\bibnamedelimi", " ")
        .replace("\\bibinitperiod", ".")
        .replace("\\bibinitdelim", " ")
        .replace("\\&", "&")
        .replace("\\%", "%")
        .replace("\\_", "_")
        .replace('~', " ");
    let value: String = value.chars().filter(|c| !matches!(c, '{' | '}')).collect();
    value.split_whitespace().collect::<Vec<_>>().join(" ").replace("– ", "–")
}
