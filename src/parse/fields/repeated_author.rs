//! Names and works that a list does not print again: "———. 2019.", "Ders.", "Ibid.", "op. cit."
//!
//! Style manuals print a dash for the authors of the entry before (Chicago 14.67), German and Italian lists a pronoun ("Ders.",
//! "Dies.", "Idem"), notes "ibid." for the work before and "op. cit." for one that was cited further up. Which entry is meant is known
//! only when the whole list is parsed, so this runs last, in the list's order, and a chain of dashes passes the names on. The span of
//! the names taken over is what is printed for them.

use crate::diagnostic::Diagnostic;
use crate::record::{Field, Names, Parsed, Text, Variable};
use crate::span::Span;

use super::words::is_dash;

/// What stands in the place of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Repetition {
    /// A dash or a pronoun: the names of the entry before. Holds how many names, if several dashes count them.
    Names(Option<usize>),
    /// "Ibid.": the work before.
    Work,
    /// "op. cit.": the work of the same author further up.
    Earlier,
}

/// Gives entries that print a dash, a pronoun or "ibid." in the place of names the names, or the work, that they point to.
///
/// `list` is one list in its order. What points nowhere stays as it is, with a diagnostic `fields::nothing-before`.
///
/// ```
/// use reflist::Span;
/// use reflist::parse::entries::Entry;
/// use reflist::parse::fields::{Conventions, parse, resolve_repeated};
/// use reflist::parse::label::{Label, Segment};
/// let first = Entry::plain("Eliot, George. 1871. Middlemarch.");
/// let second = Entry::plain("———. 1876. Daniel Deronda.");
/// let segment = |label, start, end| Segment::new(label, Span::new(start, end), 1.0);
/// let mut list = [
///     parse(&first, &[segment(Label::Author, 0, 13)], &Conventions::default()),
///     parse(&second, &[segment(Label::Issued, 11, 15)], &Conventions::default()),
/// ];
/// resolve_repeated(&mut list);
/// assert_eq!(list[1].record.author(), list[0].record.author());
/// ```
pub fn resolve_repeated(list: &mut [Parsed]) {
    for at in 0..list.len() {
        let (before, rest) = list.split_at_mut(at);
        let Some(parsed) = rest.first_mut() else { return };
        let Some((repetition, span)) = find(parsed) else { continue };
        let done = match repetition {
            Repetition::Names(count) => before.last().is_some_and(|last| take_names(parsed, last, count, span)),
            Repetition::Work => before.last().is_some_and(|last| take_work(parsed, last, span)),
            Repetition::Earlier => {
                let earlier = before
                    .iter()
                    .rev()
                    .find(|earlier| same_author(earlier, parsed) && earlier.record.title().is_some());
                earlier.is_some_and(|earlier| take_work(parsed, earlier, span))
            }
        };
        if !done {
            let printed = parsed.source[span.range()].to_owned();
            parsed.diagnostics.push(
                Diagnostic::warning("fields::nothing-before", format!("{printed:?} points to no entry before it"))
                    .with_help("print the names, or put the entry behind the one that it points to"),
            );
        }
    }
}

/// The repetition that an entry prints, and where.
fn find(parsed: &Parsed) -> Option<(Repetition, Span)> {
    let source = parsed.source.as_str();
    let labelled =
        parsed.fields.iter().find(|field| matches!(field.variable, Variable::CitationLabel | Variable::CitationNumber));
    let start = labelled.map_or(0, |field| if field.span.start <= 2 { field.span.end } else { 0 });
    let lead =
        source[start..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ']' | ')' | '.' | '*' | '•'));
    let at = source.len() - lead.len();
    if let Some((length, count)) = dashes(lead) {
        return Some((Repetition::Names(count), Span::new(at, at + length)));
    }
    let word: String =
        lead.chars().take_while(|c| c.is_alphanumeric() || *c == '.').flat_map(char::to_lowercase).collect();
    let span = Span::new(
        at,
        at + lead.chars().take_while(|c| c.is_alphanumeric() || *c == '.').map(char::len_utf8).sum::<usize>(),
    );
    match word.trim_end_matches('.') {
        "ders" | "dies" | "derselbe" | "dieselbe" | "dieselben" | "idem" | "eadem" | "eiusdem" | "tenże" | "taż"
        | "týž" | "táž" => {
            return (!parsed.record.has(Variable::Author)).then_some((Repetition::Names(None), span));
        }
        "id" if lead.starts_with("Id.") => return Some((Repetition::Names(None), span)),
        "ibid" | "ibidem" | "ebd" | "ebenda" | "ebda" | "íbid" | "ibíd" | "ib" | "同上" | "前掲" => {
            return (!parsed.record.has(Variable::Title)).then_some((Repetition::Work, span));
        }
        _ => {}
    }
    if lead.starts_with("Там же") {
        return Some((Repetition::Work, Span::new(at, at + "Там же".len())));
    }
    if lead.starts_with("Он же") || lead.starts_with("Она же") {
        let length = lead.find('е').map_or(0, |end| end + 'е'.len_utf8());
        return Some((Repetition::Names(None), Span::new(at, at + length)));
    }
    let earlier = ["op. cit", "op.cit", "loc. cit", "loc.cit", "a. a. O", "a.a.O", "art. cit", "ob. cit"];
    let found = earlier.iter().find_map(|mark| source.find(mark).map(|at| Span::new(at, at + mark.len())))?;
    (!parsed.record.has(Variable::Title) && parsed.record.has(Variable::Author)).then_some((Repetition::Earlier, found))
}

/// A run of dashes or low lines at the front: "———", "--", "____", "—, —": its length, and how many dashes if they count names.
fn dashes(text: &str) -> Option<(usize, Option<usize>)> {
    let stroke = |c: char| (is_dash(c) && c != '~') || c == '_';
    let run = |text: &str| text.chars().take_while(|&c| stroke(c)).map(char::len_utf8).sum::<usize>();
    let mut length = run(text);
    let first = text.chars().next()?;
    // A single hyphen is a bullet.
    if length == 0 || (length == first.len_utf8() && matches!(first, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}' | '_')) {
        return None;
    }
    let followed = |rest: &str| rest.trim_start().starts_with(['.', ',', ':', '(', '[', ';']) || rest.starts_with(' ');
    if !followed(&text[length..]) {
        return None;
    }
    // One en dash and a capital is a bullet, too.
    if length == first.len_utf8() && first == '\u{2013}' && text[length..].trim_start().starts_with(char::is_alphabetic)
    {
        return None;
    }
    let mut count = 1;
    loop {
        let rest = &text[length..];
        let between: usize = rest.chars().take_while(|&c| c == ',' || c == ' ' || c == ';').map(char::len_utf8).sum();
        let more = run(&rest[between..]);
        if more == 0 || between == 0 {
            return Some((length, (count > 1).then_some(count)));
        }
        length += between + more;
        count += 1;
    }
}

/// Gives `parsed` the names of the entry before it; names that it prints behind the dash follow them.
fn take_names(parsed: &mut Parsed, last: &Parsed, count: Option<usize>, span: Span) -> bool {
    let Some(names) = last.record.author().or_else(|| last.record.editor()).or_else(|| last.record.translator()) else {
        return false;
    };
    let variable = role_behind(&parsed.source, span);
    let own = parsed
        .fields
        .iter()
        .find(|field| field.variable == variable && follows(&parsed.source, span, field.span))
        .copied();
    let confidence = last.confidence;
    let taken = match (count, own) {
        (Some(count), _) => &names.list[..count.min(names.list.len())],
        // "———, and Jane Smith": one dash, one name.
        (None, Some(_)) => &names.list[..names.list.len().min(1)],
        (None, None) => &names.list[..],
    };
    let mut all = Names::new(taken.to_vec());
    all.et_al = own.is_none() && count.is_none() && names.et_al;
    if own.is_some() {
        if let Some(crate::record::Value::Names(printed)) = parsed.record.get(variable) {
            all.list.extend(printed.list.iter().cloned());
            all.et_al |= printed.et_al;
        }
    } else if parsed.record.has(variable) {
        // Editors of the book that a chapter of the same author stands in.
        return false;
    }
    parsed.record.set(variable, all);
    add_field(parsed, Field::new(variable, span, confidence));
    true
}

/// Whether names stand right behind the dash, parted by "and" or a comma.
fn follows(source: &str, dash: Span, names: Span) -> bool {
    names.start >= dash.end && {
        let between = source[dash.end..names.start].trim_matches([',', ' ', '.', ';']);
        matches!(between, "" | "and" | "&" | "und" | "et" | "y" | "e" | "with") && names.start - dash.end <= 8
    }
}

/// The role that is printed behind the dash: "———, ed. 2019."
fn role_behind(source: &str, dash: Span) -> Variable {
    let behind = source[dash.end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let word: String = behind.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    match word.as_str() {
        "ed" | "eds" | "hg" | "hgg" | "hrsg" | "dir" | "org" | "orgs" | "éd" | "éds" | "coord" | "red" | "comp" => {
            Variable::Editor
        }
        "trans" | "übers" | "trad" => Variable::Translator,
        _ => Variable::Author,
    }
}

/// Fills `parsed` with what it lacks of `earlier`; pages are its own.
fn take_work(parsed: &mut Parsed, earlier: &Parsed, span: Span) -> bool {
    let mut taken = Vec::new();
    for (variable, value) in earlier.record.fields() {
        let own =
            matches!(variable, Variable::Page | Variable::Note | Variable::CitationNumber | Variable::CitationLabel);
        if !own && !parsed.record.has(variable) {
            parsed.record.set(variable, value.clone());
            taken.push(variable);
        }
    }
    parsed.record.kind = earlier.record.kind;
    let confidence = earlier.confidence;
    for variable in taken {
        add_field(parsed, Field::new(variable, span, confidence));
    }
    // "Ibid." itself was kept as a note for want of a better place.
    if parsed.record.note().is_some_and(|note| *note == Text::plain(&parsed.source[span.range()])) {
        parsed.record.remove(Variable::Note);
        parsed.fields.retain(|field| field.variable != Variable::Note);
    }
    true
}

fn same_author(earlier: &Parsed, parsed: &Parsed) -> bool {
    let family = |parsed: &Parsed| {
        parsed
            .record
            .author()
            .and_then(|names| names.list.first())
            .map(|name| name.family_with_particle().to_lowercase())
    };
    family(earlier).is_some_and(|name| Some(name) == family(parsed))
}

/// Keeps the fields in the order of the text.
fn add_field(parsed: &mut Parsed, field: Field) {
    let at = parsed.fields.partition_point(|other| (other.span, other.variable) <= (field.span, field.variable));
    parsed.fields.insert(at, field);
}
