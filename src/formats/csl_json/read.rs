//! Reads CSL-JSON.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, BufRead};

use rustc_hash::FxBuildHasher;

use super::items::{Chunk, Items, Start};
use super::{dates, eprint, mapping, native, note};
use crate::diagnostic::{Diagnostic, Place, Sink};
use crate::formats::{Steps, field_lines};
use crate::record::{EcoString, Extra, Kind, Name, Names, NativeKind, Person, Record, Value, ValueType, Variable};
use crate::span::Span;
use crate::text::csl_markup;
use crate::text::json::{self, Member, Node, compact};

/// A file that is read item by item.
#[derive(Default)]
pub(super) struct Stream(Items);

impl Steps for Stream {
    fn step(
        &mut self,
        input: &mut dyn BufRead,
        records: &mut dyn Sink<Record>,
        diagnostics: &mut dyn Sink,
    ) -> io::Result<bool> {
        match self.0.next(input)? {
            Some(chunk) if chunk.is_item => read_chunk(&chunk, records, diagnostics),
            Some(chunk) => diagnostics.report(stray(&chunk)),
            None => return Ok(false),
        }
        Ok(true)
    }
}

fn read_chunk(chunk: &Chunk<'_>, records: &mut dyn Sink<Record>, diagnostics: &mut dyn Sink) {
    let text = decoded(chunk, diagnostics);
    let context = Context { start: chunk.start, text: &text };
    let node = parse(context, diagnostics);
    if let Some(members) = node.as_object().filter(|members| is_dictionary(members)) {
        for member in members {
            let mut record = item(&member.node, context, diagnostics);
            if record.key.is_empty() {
                record.key = (*member.name).into();
            }
            records.report(record);
        }
        return;
    }
    records.report(item(&node, context, diagnostics));
}

/// Parses the text of an item; a few faults are told one by one, more are one diagnostic.
pub(crate) fn parse<'t>(context: Context<'t>, diagnostics: &mut dyn Sink) -> Node<'t> {
    const TOLD: usize = 8;
    let mut faults = Vec::new();
    let node = json::parse(context.text, &mut faults);
    for (at, fault) in faults.iter().enumerate().take(TOLD + 1) {
        let message = match at {
            TOLD => format!("{} more faults in this item", faults.len() - TOLD),
            _ => format!("no JSON: {}", fault.what),
        };
        let help = "the item is kept with what could be read; what could not is in its custom fields";
        let place = place(context.start, context.text, fault.at, fault.at + 1);
        diagnostics.report(Diagnostic::error("csl-json::syntax", message).with_help(help).at(place));
    }
    node
}

/// JSON is UTF-8; what is not is read as the encoding that it looks like.
fn decoded<'b>(chunk: &Chunk<'b>, diagnostics: &mut dyn Sink) -> Cow<'b, str> {
    match std::str::from_utf8(chunk.bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) => {
            let place = Place {
                line: chunk.start.line,
                column: chunk.start.column,
                span: Span::new(chunk.start.offset, chunk.start.offset + error.valid_up_to()),
            };
            let message = "the item is not UTF-8, which JSON must be";
            let help = "read as Windows-1252; save the file as UTF-8";
            diagnostics.report(Diagnostic::warning("csl-json::encoding", message).with_help(help).at(place));
            Cow::Owned(encoding_rs::WINDOWS_1252.decode_without_bom_handling(chunk.bytes).0.into_owned())
        }
    }
}

/// `{"key": {…item…}, …}`: items by their key, as citation processors hold them.
fn is_dictionary(members: &[Member<'_>]) -> bool {
    let an_item = |node: &Node<'_>| node.get("type").is_some() || node.get("title").is_some();
    !members.is_empty()
        && members
            .iter()
            .all(|member| mapping::variable(&member.name).is_none() && member.name != "custom" && an_item(&member.node))
}

fn stray(chunk: &Chunk<'_>) -> Diagnostic {
    let text = String::from_utf8_lossy(chunk.bytes);
    let text = text.trim();
    let mut words: String = text.chars().take(60).collect();
    if words.len() < text.len() {
        words.push('…');
    }
    let end = chunk.start.offset + chunk.bytes.len();
    let place = Place { line: chunk.start.line, column: chunk.start.column, span: Span::new(chunk.start.offset, end) };
    Diagnostic::warning("csl-json::stray-text", format!("between items stands what is none: {words}"))
        .with_help("an item is an object in braces; all else is passed over")
        .at(place)
}

/// Where an item stands, for diagnostics.
#[derive(Clone, Copy)]
pub(crate) struct Context<'t> {
    start: Start,
    text: &'t str,
}

impl<'t> Context<'t> {
    /// The item stands in `text`, which begins a line at this number and byte offset of the input.
    pub(crate) const fn new(line: usize, offset: usize, text: &'t str) -> Self {
        Self { start: Start { offset, line, column: 1 }, text }
    }

    /// The place of a value.
    pub(crate) fn place(&self, node: &Node<'_>) -> Place {
        place(self.start, self.text, node.start, node.end)
    }
}

fn place(item: Start, text: &str, from: usize, to: usize) -> Place {
    let from = from.min(text.len());
    let start = item.behind(&text.as_bytes()[..from]);
    Place { line: start.line, column: start.column, span: Span::new(start.offset, item.offset + to) }
}

/// The record of one item.
pub(crate) fn item(node: &Node<'_>, context: Context<'_>, diagnostics: &mut dyn Sink) -> Record {
    let mut item = Item {
        record: Record::default(),
        notes: None,
        custom: Vec::new(),
        counts: HashMap::default(),
        seconds: 0,
        context,
        diagnostics,
    };
    match node.as_object() {
        Some(members) => item.members(members),
        None => item.extra("", node),
    }
    item.finish()
}

/// Members that stand twice are told one by one up to this many: each place costs a look through the item.
const SECONDS_TOLD: usize = 8;

struct Item<'n, 't, 'd> {
    record: Record,
    /// The member `note`, until it is known which of its lines are fields.
    notes: Option<&'n Node<'t>>,
    custom: Vec<&'n Member<'t>>,
    /// How many unknown members of a name there were.
    counts: HashMap<String, usize, FxBuildHasher>,
    /// How many members stood a second time.
    seconds: usize,
    context: Context<'n>,
    diagnostics: &'d mut dyn Sink,
}

impl<'n, 't> Item<'n, 't, '_> {
    fn members(&mut self, members: &'n [Member<'t>]) {
        let (mut id, mut key, mut kind) = (None, None, None);
        for member in members {
            let node = &member.node;
            let slot = match &*member.name {
                "id" => &mut id,
                "citation-key" | "citekey" => &mut key,
                "type" => &mut kind,
                "note" => &mut self.notes,
                "custom" if node.as_object().is_some() => {
                    self.custom.extend(node.as_object().unwrap_or_default());
                    continue;
                }
                _ => {
                    self.member(member);
                    continue;
                }
            };
            if slot.is_none() {
                *slot = Some(node);
            } else {
                self.second(member);
            }
        }
        self.keys(id, key);
        self.kind(kind);
    }

    /// The citation key is the key; an `id` beside it that differs is the number of some database.
    fn keys(&mut self, id: Option<&'n Node<'t>>, key: Option<&'n Node<'t>>) {
        let chosen = key.filter(|key| key.scalar().is_some_and(|key| !key.is_empty())).or(id);
        if let Some(text) = chosen.and_then(Node::scalar) {
            self.record.key = text.into();
        }
        for (name, node) in [("id", id), ("citation-key", key)] {
            if let Some(node) = node
                && node.scalar().is_none_or(|text| text != self.record.key)
            {
                self.extra(name, node);
            }
        }
    }

    fn kind(&mut self, node: Option<&'n Node<'t>>) {
        let Some(node) = node else { return };
        let Some(name) = node.scalar() else { return self.extra("type", node) };
        if let Some(kind) =
            name.parse::<Kind>().ok().or_else(|| field_lines::kind(name)).or_else(|| mapping::kind(name))
        {
            self.record.kind = kind;
            return;
        }
        if name.is_empty() {
            return;
        }
        self.record.native = Some(NativeKind { format: super::FORMAT.name.into(), name: name.into() });
        let message = format!("{name:?} is no CSL type");
        let help = "read as \"document\"; the name is kept";
        let place = self.context.place(node);
        self.diagnostics.report(Diagnostic::warning("csl-json::unknown-type", message).with_help(help).at(place));
    }

    fn member(&mut self, member: &'n Member<'t>) {
        let Some(variable) = mapping::variable(&member.name) else { return self.extra(&member.name, &member.node) };
        if self.record.has(variable) {
            return self.second(member);
        }
        let mut rest = Vec::new();
        match read_value(variable, &member.node, &mut rest) {
            Some(value) => self.record.set(variable, value),
            None if rest.is_empty() => self.extra(&member.name, &member.node),
            None => {}
        }
        for (name, node) in rest {
            self.extra(&format!("{}.{name}", member.name), node);
        }
    }

    /// A member whose variable has a value already: the first wins. Where both say the same, there is nothing to tell.
    fn second(&mut self, member: &'n Member<'t>) {
        if let Some(variable) = mapping::variable(&member.name) {
            let value = read_value(variable, &member.node, &mut Vec::new());
            if value.map(|value| value.fit(variable)).as_ref() == self.record.get(variable) {
                return;
            }
        }
        self.seconds += 1;
        if self.seconds > SECONDS_TOLD {
            return self.extra(&member.name, &member.node);
        }
        let message = format!("a second \"{}\" in one item", member.name);
        let help = "the first is taken; the second is kept in the item's custom fields";
        let place = self.context.place(&member.node);
        self.diagnostics.report(Diagnostic::warning("csl-json::second-member", message).with_help(help).at(place));
        self.extra(&member.name, &member.node);
    }

    fn extra(&mut self, name: &str, node: &Node<'_>) {
        let raw = compact(self.context.text.get(node.start..node.end).unwrap_or_default());
        if !raw.is_empty() && !native::is_void(&raw) {
            // Not the record's own numbering, which counts what is there: an item may have a hundred thousand of them.
            let count = self.counts.entry(name.to_owned()).or_insert(0);
            let ordinal = *count;
            *count += 1;
            self.record.extra.push(Extra { format: super::FORMAT.name.into(), name: name.into(), raw, ordinal });
        }
    }

    /// What needs all members: lines in the note, `custom`, what stands in for an e-print number.
    fn finish(mut self) -> Record {
        let custom = std::mem::take(&mut self.custom);
        let explicit = |variable: Variable| custom.iter().any(|member| member.name == variable.as_str());
        if let Some(node) = self.notes.take() {
            match node.scalar() {
                Some(text) if explicit(Variable::Note) => {
                    self.record.set(Variable::Note, Value::Text(csl_markup::read(text)))
                }
                Some(text) => {
                    let rest = note::split(text, &mut self.record);
                    self.record.set(Variable::Note, Value::Text(csl_markup::read(&rest)));
                }
                None => self.extra("note", node),
            }
        }
        for member in &custom {
            self.custom_member(member);
        }
        if explicit(Variable::Eprint) {
            eprint::take_back(&mut self.record, explicit);
        } else {
            eprint::move_in(&mut self.record, explicit);
        }
        self.record
    }

    fn custom_member(&mut self, member: &Member<'_>) {
        let node = &member.node;
        let understood = match &*member.name {
            native::ET_AL => self.et_al(node),
            native::NATIVE_KIND => self.native_kind(node),
            native::EXTRA => self.extras(node),
            name => match name.parse::<Variable>() {
                Ok(variable) => self.exact(variable, node),
                Err(_) => false,
            },
        };
        if !understood {
            self.extra(&member.name, node);
        }
    }

    fn exact(&mut self, variable: Variable, node: &Node<'_>) -> bool {
        let Some(mut value) = native::read(variable, node) else { return false };
        if let (Value::Names(new), Some(Value::Names(old))) = (&mut value, self.record.get(variable)) {
            new.et_al = old.et_al;
        }
        let empty = value.is_empty();
        if !empty {
            self.record.set(variable, value);
        }
        !empty
    }

    fn et_al(&mut self, node: &Node<'_>) -> bool {
        let Some(variables) = node.as_array() else { return false };
        for variable in variables.iter().filter_map(|name| name.as_str()?.parse::<Variable>().ok()) {
            if variable.value_type() == ValueType::Names {
                let names = match self.record.remove(variable) {
                    Some(Value::Names(names)) => names,
                    _ => Names::default(),
                };
                self.record.set(variable, names.and_others());
            }
        }
        true
    }

    fn native_kind(&mut self, node: &Node<'_>) -> bool {
        let part = |name: &str| node.get(name).and_then(Node::as_str).map(EcoString::from);
        let (Some(format), Some(name)) = (part("format"), part("name")) else { return false };
        self.record.native = Some(NativeKind { format, name });
        true
    }

    fn extras(&mut self, node: &Node<'_>) -> bool {
        let Some(list) = node.as_array() else { return false };
        let one = |node: &Node<'_>| {
            let part = |name: &str| node.get(name).and_then(Node::as_str);
            let ordinal = node.get("ordinal").and_then(|ordinal| ordinal.scalar()?.parse().ok()).unwrap_or(0);
            Some(Extra {
                format: part("format")?.into(),
                name: part("name")?.into(),
                raw: part("raw")?.into(),
                ordinal,
            })
        };
        let Some(extras) = list.iter().map(one).collect::<Option<Vec<Extra>>>() else { return false };
        self.record.extra.extend(extras);
        true
    }
}

/// Parts of a value that its type does not hold, by name.
type Rest<'n, 't> = Vec<(String, &'n Node<'t>)>;

/// Reads a member in every dialect. None when the value is of no use.
fn read_value<'n, 't>(variable: Variable, node: &'n Node<'t>, rest: &mut Rest<'n, 't>) -> Option<Value> {
    let value = match variable.value_type() {
        ValueType::Names => Value::Names(read_names(node, rest)),
        ValueType::Date => {
            let mut members = Vec::new();
            let date = dates::read(node, &mut members);
            rest.extend(members.into_iter().map(|(name, node)| (name.to_owned(), node)));
            Value::Date(date?)
        }
        ValueType::Texts if variable == Variable::Keyword && node.as_array().is_none() => {
            Value::Texts(native::keywords(node.scalar()?))
        }
        ValueType::Texts => {
            let list = node.as_array().unwrap_or(std::slice::from_ref(node));
            Value::Texts(list.iter().map(|text| text.scalar().map(csl_markup::read)).collect::<Option<_>>()?)
        }
        ValueType::Title | ValueType::Text => Value::Text(csl_markup::read(first(node, rest)?.scalar()?)),
        ValueType::Identifiers | ValueType::Attachments => native::read(variable, node)?,
        _ => native::read(variable, first(node, rest)?)?,
    };
    Some(value).filter(|value| !value.is_empty())
}

/// The first element of an array, as Crossref writes titles; the others are rest.
fn first<'n, 't>(node: &'n Node<'t>, rest: &mut Rest<'n, 't>) -> Option<&'n Node<'t>> {
    let Some(elements) = node.as_array() else { return Some(node) };
    let (first, others) = elements.split_first()?;
    rest.extend(others.iter().enumerate().map(|(at, other)| ((at + 1).to_string(), other)));
    Some(first)
}

fn read_names<'n, 't>(node: &'n Node<'t>, rest: &mut Rest<'n, 't>) -> Names {
    let list = node.as_array().unwrap_or(std::slice::from_ref(node));
    let mut names = Vec::with_capacity(list.len());
    let mut et_al = false;
    for (at, node) in list.iter().enumerate() {
        let mut members = Vec::new();
        let name = read_name(node, &mut members);
        rest.extend(members.into_iter().map(|(name, node)| (format!("{at}.{name}"), node)));
        match name {
            Some(name) if is_et_al(&name) && at + 1 == list.len() => et_al = true,
            Some(name) => names.push(name),
            None => {}
        }
    }
    let names = Names::new(names);
    if et_al { names.and_others() } else { names }
}

/// Programs without a flag write "et al." as the last name.
fn is_et_al(name: &Name) -> bool {
    let text = match name {
        Name::Literal(text) => text.as_str(),
        Name::Person(person) if person.given.is_empty() => &person.family,
        Name::Person(_) => return false,
    };
    matches!(text, "et al." | "et al" | "others" | "and others")
}

fn read_name<'n, 't>(node: &'n Node<'t>, rest: &mut Vec<(String, &'n Node<'t>)>) -> Option<Name> {
    let Some(members) = node.as_object() else { return node.scalar().map(Name::literal) };
    let mut person = Person::default();
    let mut literal = None;
    let (mut parse, mut institution) = (false, false);
    for member in members {
        let Some(text) = member.node.scalar() else {
            rest.push((member.name.clone().into_owned(), &member.node));
            continue;
        };
        let slot = match &*member.name {
            "family" => &mut person.family,
            "given" => &mut person.given,
            "dropping-particle" => &mut person.dropping_particle,
            "non-dropping-particle" => &mut person.non_dropping_particle,
            "suffix" => &mut person.suffix,
            "orcid" | "ORCID" => &mut person.orcid,
            "literal" | "name" => literal.get_or_insert_with(EcoString::new),
            "parse-names" => {
                parse = !matches!(text, "false" | "0" | "");
                continue;
            }
            "isInstitution" => {
                institution = !matches!(text, "false" | "0" | "");
                continue;
            }
            name => {
                rest.push((name.to_owned(), &member.node));
                continue;
            }
        };
        if slot.is_empty() {
            *slot = text.into();
        } else {
            rest.push((member.name.clone().into_owned(), &member.node));
        }
    }
    if !person.orcid.is_empty() {
        person.orcid = crate::record::Identifier::new(crate::record::Scheme::Orcid, &person.orcid).as_str().into();
    }
    let is_person = !(person.family.is_empty() && person.given.is_empty());
    match literal.filter(|literal| !literal.trim().is_empty()) {
        Some(literal) if !is_person => return Some(Name::literal(&literal)),
        Some(_) => {
            let node = members.iter().find(|member| matches!(&*member.name, "literal" | "name"));
            rest.extend(node.map(|member| ("literal".to_owned(), &member.node)));
        }
        None => {}
    }
    if institution && person.given.is_empty() {
        return Some(Name::literal(&person.family));
    }
    if parse {
        divide(&mut person);
    }
    Some(Name::from_person(person))
}

/// `parse-names`: small words in front of the family name and behind the given name are particles, a comma in the given name divides
/// the suffix.
fn divide(person: &mut Person) {
    let small = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
    if let (Some((given, suffix)), true) = (person.given.split_once(','), person.suffix.is_empty()) {
        (person.suffix, person.given) = (suffix.trim().into(), given.trim().into());
    }
    let words: Vec<&str> = person.family.split(' ').collect();
    let particles = words.iter().take_while(|word| small(word)).count();
    if particles > 0 && particles < words.len() && person.non_dropping_particle.is_empty() {
        let (particle, family) = (words[..particles].join(" "), words[particles..].join(" "));
        (person.non_dropping_particle, person.family) = (particle.into(), family.into());
    }
    let words: Vec<&str> = person.given.split(' ').collect();
    let particles = words.iter().rev().take_while(|word| small(word)).count();
    if particles > 0 && particles < words.len() && person.dropping_particle.is_empty() {
        let cut = words.len() - particles;
        let (given, particle) = (words[..cut].join(" "), words[cut..].join(" "));
        (person.given, person.dropping_particle) = (given.into(), particle.into());
    }
}
