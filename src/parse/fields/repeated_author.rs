//! Names that a list does not print again: "———. 2019.", "Ders.", "Idem".
//!
//! Style manuals print a dash for the authors of the entry before (Chicago 14.67), German and Italian lists a pronoun ("Ders.",
//! "Dies.", "Idem"). Notes also cite works again; those are in [`super::cited_again`]. Which entry is meant is known only when the whole
//! list is parsed, so this runs last, in the list's order, and a chain of dashes passes the names on. The span of the names taken over is
//! what is printed for them.

use super::cited_again::{self, Cited, Found, Repeat};
use super::words::is_dash;
use crate::diagnostic::Diagnostic;
use crate::parse::entries::Entry;
use crate::parse::entries::back::{self, Target};
use crate::record::{Field, Names, Parsed, Variable};
use crate::span::Span;

/// Gives entries that print a dash, a pronoun, "ibid." or a short form the names, or the work, that they point to.
///
/// `list` is one list in its order; `entries` are what it was parsed from, for their labels (an empty slice if there are none). What
/// points nowhere stays as it is, with a diagnostic `fields::nothing-before`. For each entry comes back whether it cites the work of an
/// earlier one again: such an entry's record is that work's, with the place cited as `locator`.
///
/// ```
/// use reflist::Span;
/// use reflist::parse::entries::Entry;
/// use reflist::parse::fields::{Conventions, parse, resolve_repeated};
/// use reflist::parse::label::{Label, Segment};
/// let entries = ["Eliot, George. 1871. Middlemarch.", "———. 1876. Daniel Deronda.", "Ibid., 12."].map(Entry::plain);
/// let segment = |label, start, end| Segment::new(label, Span::new(start, end), 1.0);
/// let mut list = [
///     parse(&entries[0], &[segment(Label::Author, 0, 13), segment(Label::Title, 21, 32)], &Conventions::default()),
///     parse(&entries[1], &[segment(Label::Issued, 11, 15), segment(Label::Title, 17, 31)], &Conventions::default()),
///     parse(&entries[2], &[], &Conventions::default()),
/// ];
/// let repeats = resolve_repeated(&mut list, &entries);
/// assert_eq!(list[1].record.author(), list[0].record.author());
/// assert_eq!(list[2].record.title().unwrap().to_string(), "Daniel Deronda");
/// assert_eq!(list[2].record.locator().unwrap().as_str(), "12");
/// assert_eq!(repeats[2].unwrap().of, 1);
/// ```
pub fn resolve_repeated(list: &mut [Parsed], entries: &[Entry]) -> Vec<Option<Repeat>> {
    let mut cited = Cited::default();
    let mut repeats = Vec::with_capacity(list.len());
    for at in 0..list.len() {
        let (before, rest) = list.split_at_mut(at);
        let Some(parsed) = rest.first_mut() else { break };
        let entry = entries.get(at);
        let (repeat, lost) = resolve(parsed, before, entry, &cited);
        if let Some(span) = lost {
            let printed = parsed.source[span.range()].to_owned();
            parsed.diagnostics.push(
                Diagnostic::warning("fields::nothing-before", format!("{printed:?} points to no entry before it"))
                    .with_help("print the names, or put the entry behind the one that it points to"),
            );
        }
        cited.add(parsed, entry, repeat.map(|repeat| repeat.of));
        repeats.push(repeat);
    }
    repeats
}

/// Resolves one entry: whether it repeats a work, and the words that point nowhere.
fn resolve(
    parsed: &mut Parsed,
    before: &[Parsed],
    entry: Option<&Entry>,
    cited: &Cited,
) -> (Option<Repeat>, Option<Span>) {
    let last = before.last();
    if let Some((count, span)) = stands_for_names(parsed) {
        cited_again::forget(parsed, span);
        let done = last.is_some_and(|last| take_names(parsed, last, count, span));
        return (None, (!done).then_some(span));
    }
    match cited.find(parsed, before) {
        Found::Again(repeat) => {
            if let Some(earlier) = before.get(repeat.of) {
                cited_again::take_work(parsed, earlier, repeat.words);
            }
            (Some(repeat), None)
        }
        Found::Journal(pointer) => {
            let done = last.is_some_and(|last| cited_again::take_journal(parsed, last, pointer));
            (None, (!done).then_some(pointer.words))
        }
        Found::Lost(span) => (None, Some(span)),
        Found::Nothing => {
            if entry.is_some_and(|entry| entry.further)
                && let Some(last) = last
            {
                take_unprinted_names(parsed, last);
            }
            (None, None)
        }
    }
}

/// "A. Brandt, Phys. Rev. 1, 2 (1990); Phys. Lett. 3, 4 (1991)": the second work has the names of the first, and nothing is printed for
/// them; so no field says where they stand.
fn take_unprinted_names(parsed: &mut Parsed, last: &Parsed) {
    let nameless = ![Variable::Author, Variable::Editor, Variable::Title].iter().any(|&names| parsed.record.has(names));
    if let Some(names) = last.record.author().filter(|_| nameless && parsed.record.has(Variable::ContainerTitle)) {
        parsed.record.set(Variable::Author, names.clone());
    }
}

/// What stands in the place of names at the front, and how many names if several dashes count them.
fn stands_for_names(parsed: &Parsed) -> Option<(Option<usize>, Span)> {
    let source = parsed.source.as_str();
    let labelled =
        parsed.fields.iter().find(|field| matches!(field.variable, Variable::CitationLabel | Variable::CitationNumber));
    let start = labelled.map_or(0, |field| if field.span.start <= 2 { field.span.end } else { 0 });
    let lead =
        source[start..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ']' | ')' | '.' | '*' | '•'));
    let at = source.len() - lead.len();
    if let Some((length, count)) = dashes(lead) {
        return Some((count, Span::new(at, at + length)));
    }
    let pointer = back::pointer(lead).filter(|pointer| pointer.target == Target::Names)?;
    Some((None, Span::new(at + pointer.words.start, at + pointer.words.end)))
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

/// Keeps the fields in the order of the text.
pub(super) fn add_field(parsed: &mut Parsed, field: Field) {
    let at = parsed.fields.partition_point(|other| (other.span, other.variable) <= (field.span, field.variable));
    parsed.fields.insert(at, field);
}
