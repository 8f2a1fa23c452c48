//! Finds citations that are keys already: LaTeX's `\cite` family, pandoc's `@key`, Typst's `#cite(<key>)` and `@key`.
//!
//! LaTeX is looked at in the source, for commands have no text; pandoc and Typst in the text.

use super::index::Index;
use super::locator::{self, Locator};
use super::tokens::Tokens;
use super::{Citation, Form, Item, Style, text_offset};
use crate::document::{Document, DocumentKind};
use crate::span::Span;

/// Finds the citations by key of a document.
pub(super) fn find(document: &Document, index: &Index, blocks: &[Span]) -> Vec<Citation> {
    match document.kind() {
        DocumentKind::Latex => latex(document),
        DocumentKind::Markdown => {
            blocks.iter().flat_map(|&block| Reader { document, index, style: Style::PandocKey }.block(block)).collect()
        }
        DocumentKind::Plain => {
            blocks.iter().flat_map(|&block| Reader { document, index, style: Style::TypstKey }.block(block)).collect()
        }
        _ => Vec::new(),
    }
}

/// The `\cite` commands of a LaTeX source, comments aside.
fn latex(document: &Document) -> Vec<Citation> {
    let source = document.source();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'\\', b'%', &source.as_bytes()[at..]).map(|next| at + next) {
        if source.as_bytes()[next] == b'%' {
            at = source[next..].find('\n').map_or(source.len(), |end| next + end + 1);
            continue;
        }
        let name = source[next + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        // "\%" is no comment.
        at = next + 1 + name.max(1);
        while !source.is_char_boundary(at) {
            at += 1;
        }
        let command = &source[next + 1..next + 1 + name];
        if !is_cite(command) {
            continue;
        }
        if let Some((items, end)) = arguments(source, next + 1 + name, command.ends_with("cites")) {
            let place = Span::new(next, end);
            let text = in_text(document, next);
            let narrative = matches!(command, "citet" | "textcite" | "textcites" | "Citet" | "Textcite" | "citeauthor");
            let form = if narrative { Form::Narrative } else { Form::Parenthetical };
            let items = items.into_iter().map(|item| Item { span: text, ..item }).collect();
            found.push(Citation { style: Style::LatexKey, form, span: text, place, items });
            at = end;
        }
    }
    found
}

/// Where a place of the source lies in the text; commands have none of their own.
fn in_text(document: &Document, place: usize) -> Span {
    let blocks = document.blocks();
    let at = blocks.partition_point(|block| document.place(block.span).start <= place).saturating_sub(1);
    let at = blocks.get(at).map_or(0, |block| text_offset(document, block.span, place));
    Span::new(at, at)
}

/// `\cite`, `\citep`, `\parencite`, `\Textcite`, `\footcites`, ….
fn is_cite(command: &str) -> bool {
    let lower = command.to_ascii_lowercase();
    let stem = lower.strip_suffix('s').filter(|stem| stem.ends_with("cite")).unwrap_or(&lower);
    let known = [
        "cite",
        "parencite",
        "textcite",
        "autocite",
        "footcite",
        "footcitetext",
        "supercite",
        "smartcite",
        "fullcite",
        "footfullcite",
        "onlinecite",
        "shortcite",
    ];
    known.contains(&stem)
        || matches!(
            stem,
            "citep"
                | "citet"
                | "citealt"
                | "citealp"
                | "citeauthor"
                | "citeyear"
                | "citeyearpar"
                | "citetitle"
                | "nocite"
                | "citenum"
        )
}

/// The notes and keys behind a command, for one citation or for several; and the end.
fn arguments(source: &str, from: usize, several: bool) -> Option<(Vec<Item>, usize)> {
    let mut items: Vec<Item> = Vec::new();
    let mut at = from + usize::from(source[from..].starts_with('*'));
    loop {
        let mut notes: Vec<&str> = Vec::new();
        let mut next = at;
        while let Some((note, end)) = enclosed(source, next, '[', ']').filter(|_| notes.len() < 2) {
            notes.push(note);
            next = end;
        }
        let Some((keys, end)) = enclosed(source, next, '{', '}') else { break };
        let first = items.len();
        let keys = keys.split(',').map(str::trim).filter(|key| !key.is_empty() && *key != "*");
        items.extend(keys.map(|key| Item { key: Some(key.to_owned()), ..Item::default() }));
        if let (Some(prefix), [_, _]) = (items.get_mut(first), notes.as_slice()) {
            notes[0].clone_into(&mut prefix.prefix);
        }
        if let (Some(item), Some(note)) = (items.last_mut(), notes.last()) {
            (item.locator, item.suffix) = read_note(note);
        }
        at = end;
        if !several {
            break;
        }
    }
    (!items.is_empty()).then_some((items, at))
}

/// What stands between two signs at `at` (blanks may be in front), and the end. Braces inside are balanced.
fn enclosed(source: &str, at: usize, open: char, close: char) -> Option<(&str, usize)> {
    let rest = source[at..].trim_start_matches([' ', '\n', '\t']);
    let start = source.len() - rest.len();
    let inner = rest.strip_prefix(open)?;
    let mut depth = 0usize;
    for (offset, c) in inner.char_indices().take(4000) {
        match c {
            c if c == close && depth == 0 => return Some((&inner[..offset], start + 1 + offset + 1)),
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// A note as locator and what is left: "45, my translation", "p.~45".
fn read_note(note: &str) -> (Option<Locator>, String) {
    let note = note.replace('~', " ").replace("--", "\u{2013}").replace("\\S", "§");
    let with_comma = format!(", {}", note.trim());
    let tokens = Tokens::new(&with_comma, Span::new(0, with_comma.len()));
    match locator::read(&tokens, 0, tokens.len()) {
        Some((locator, next)) => {
            let rest = tokens.list.get(next).map_or("", |token| &with_comma[token.start..]);
            (Some(Locator { span: Span::default(), ..locator }), rest.trim_start_matches([',', ' ']).to_owned())
        }
        None => (None, note.trim().to_owned()),
    }
}

/// Reads keys behind `@` in the text.
#[derive(Debug, Clone, Copy)]
struct Reader<'a> {
    document: &'a Document,
    index: &'a Index,
    style: Style,
}

impl Reader<'_> {
    fn block(self, block: Span) -> Vec<Citation> {
        let text = &self.document.text()[..block.end];
        let mut found: Vec<Citation> = Vec::new();
        let mut at = block.start;
        let signs: fn(&[u8]) -> Option<usize> = |bytes| memchr::memchr2(b'@', b'<', bytes);
        while let Some(sign) = signs(&text.as_bytes()[at..]).map(|next| at + next) {
            at = sign + 1;
            if text.as_bytes()[sign] == b'<' {
                found.extend(self.call(text, sign));
                continue;
            }
            let before = text[..sign].chars().next_back().filter(|_| sign > block.start);
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\\' | '@' | '.')) {
                continue; // An address.
            }
            let Some((key, end)) = key(text, sign + 1) else { continue };
            let known = self.index.by_key(key).is_some();
            // The last bracket before it that is still open.
            let open = text[block.start..sign]
                .rfind(['[', ']'])
                .map(|open| open + block.start)
                .filter(|&open| text[open..].starts_with('['));
            let citation = match open.filter(|_| self.style == Style::PandocKey) {
                Some(open) => self.bracket(text, open),
                None if known => Some(self.narrative(text, sign, key, end)),
                None => None,
            };
            if let Some(citation) = citation {
                at = citation.span.end.max(end);
                found.push(citation);
            }
        }
        found
    }

    /// `[see @a, p. 45; -@b]`
    fn bracket(self, text: &str, open: usize) -> Option<Citation> {
        let close = open + text[open..].find(']')?;
        let mut items = Vec::new();
        let mut from = open + 1;
        for part in text[from..close].split(';') {
            if let Some(sign) = part.find('@') {
                let sign = from + sign;
                let (key, end) = key(text, sign + 1)?;
                let prefix = text[from..sign].trim_end_matches('-').trim().to_owned();
                let (locator, suffix) = read_note(text[end..from + part.len()].trim_start_matches([',', ' ']));
                items.push(Item {
                    span: Span::new(sign, from + part.len()),
                    key: Some(key.to_owned()),
                    prefix,
                    locator,
                    suffix,
                    ..Item::default()
                });
            }
            from += part.len() + 1;
        }
        let span = Span::new(open, close + 1);
        (!items.is_empty()).then_some(Citation {
            style: self.style,
            form: Form::Parenthetical,
            span,
            place: Span::default(),
            items,
        })
    }

    /// `@a`, `@a [p. 45]`, `@a[p. 45]`
    fn narrative(self, text: &str, sign: usize, key: &str, end: usize) -> Citation {
        let mut item = Item { key: Some(key.to_owned()), ..Item::default() };
        let mut span = Span::new(sign, end);
        if let Some((note, behind)) = enclosed(text, end, '[', ']').filter(|(note, _)| !note.contains('@')) {
            let (locator, suffix) = read_note(note);
            if locator.is_some() {
                (item.locator, item.suffix) = (locator, suffix);
                span.end = behind;
            }
        }
        item.span = span;
        let form = if self.style == Style::TypstKey { Form::Parenthetical } else { Form::Narrative };
        Citation { style: self.style, form, span, place: Span::default(), items: vec![item] }
    }

    /// `#cite(<key>, supplement: [p. 45])`, of which `sign` is the "<".
    fn call(self, text: &str, sign: usize) -> Option<Citation> {
        let start = text[..sign].strip_suffix("#cite(")?.len();
        let (name, end) = key(text, sign + 1)?;
        let close = end + text[end..].find(')')?;
        let arguments = &text[end..close];
        let note = arguments.find("supplement:").and_then(|at| enclosed(arguments, at + "supplement:".len(), '[', ']'));
        let (locator, suffix) = note.map(|(note, _)| read_note(note)).unwrap_or_default();
        let span = Span::new(start, close + 1);
        let form = if arguments.contains("\"prose\"") { Form::Narrative } else { Form::Parenthetical };
        let item = Item { span, key: Some(name.to_owned()), locator, suffix, ..Item::default() };
        Some(Citation { style: Style::TypstKey, form, span, place: Span::default(), items: vec![item] })
    }
}

/// A key at `at`, in braces or not, and its end. Signs at its end belong to the sentence.
fn key(text: &str, at: usize) -> Option<(&str, usize)> {
    if let Some((key, end)) = text[at..].starts_with('{').then(|| enclosed(text, at, '{', '}')).flatten() {
        return Some((key, end));
    }
    let inner = |c: char| {
        c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '~' | '/')
    };
    let end = text[at..].find(|c: char| !inner(c)).map_or(text.len(), |end| at + end);
    let key = text[at..end].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
    (key.starts_with(|c: char| c.is_alphanumeric() || c == '_')).then_some((key, at + key.len()))
}

#[cfg(test)]
mod tests {
    use crate::citations::{Reference, find, link};
    use crate::document::{Document, DocumentKind};
    use crate::{Kind, Record};

    #[track_caller]
    fn check(kind: DocumentKind, source: &str, expected: &str) {
        let records = [Record::new("lo2019", Kind::Book), Record::new("wu:2020", Kind::Book)];
        let references: Vec<Reference<'_>> = records.iter().map(Reference::new).collect();
        let document = Document::read(kind, source.as_bytes());
        let citations = find(&document, &references, &[]);
        let links = link(&citations, &references);
        let shown: Vec<String> = citations
            .iter()
            .zip(&links.verdicts)
            .map(|(citation, verdicts)| {
                let printed = &document.source()[citation.place.range()];
                let items: Vec<String> = citation
                    .items
                    .iter()
                    .zip(verdicts)
                    .map(|(item, verdict)| {
                        let known = if verdict.reference().is_some() { "" } else { "?" };
                        format!("{known}{} {item}", item.prefix).trim().to_owned()
                    })
                    .collect();
                format!("{printed} = {}", items.join(" | "))
            })
            .collect();
        assert_eq!(shown.join("\n"), expected);
    }

    #[test]
    fn latex_commands_with_notes_and_several_keys() {
        check(
            DocumentKind::Latex,
            "\\begin{document}So \\parencite[see][45]{lo2019} % \\cite{no}\nand \\citep{lo2019, nil}, \\textcites[p.~3]{lo2019}[cf.][5]{wu:2020}.\\end{document}",
            "\\parencite[see][45]{lo2019} = see lo2019, p. 45\n\
             \\citep{lo2019, nil} = lo2019 | ? nil\n\
             \\textcites[p.~3]{lo2019}[cf.][5]{wu:2020} = lo2019, p. 3 | cf. wu:2020, p. 5",
        );
    }

    #[test]
    fn pandoc_keys_in_brackets_and_prose() {
        check(
            DocumentKind::Markdown,
            "So [see @lo2019, p. 45; -@nil]. @wu:2020 [p. 3] too; me@lo2019.org not.\n",
            "[see @lo2019, p. 45; -@nil] = see lo2019, p. 45 | ? nil\n@wu:2020 [p. 3] = wu:2020, p. 3",
        );
    }

    #[test]
    fn typst_calls_and_keys() {
        check(
            DocumentKind::Plain,
            "So #cite(<lo2019>, supplement: [p. 45]) and @wu:2020.",
            "#cite(<lo2019>, supplement: [p. 45]) = lo2019, p. 45\n@wu:2020 = wu:2020",
        );
    }
}
