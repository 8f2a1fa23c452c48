//! One entry as a record.

use std::borrow::Cow;

use super::diagnose::{Finding, Found};
use super::entry_types::{self, FORMAT_NAME, Signs, Subtype};
use super::macros::{Macros, Purse};
use super::mapping::{EDITOR_SLOTS, EDITOR_TYPES, STATUS_KEYS, TYPE_KEYS};
use super::packed;
use super::read::lower;
use super::rules::{self, NameId, NameSet, Rule, Rules};
use super::syntax::Syntax;
use super::values::{date_text, edition, identifiers, is_recased, pages_text, split_bodies, split_list};
use super::{dates, files, names};
use crate::record::{
    Date, Identifier, Kind, Name, Names, NativeKind, Number, Pages, Record, Scheme, Text, Title, Value, ValueType,
    Variable,
};
use crate::text::tex;

/// A record that still has to inherit, and what decides on its kind then.
#[derive(Clone)]
pub(crate) struct Unfinished<'s> {
    pub(crate) record: Record,
    pub(crate) entry_type: Cow<'s, str>,
    subtype: Option<Subtype>,
}

impl Unfinished<'_> {
    /// The record with its kind.
    pub(crate) fn finish(self) -> Record {
        let Self { mut record, entry_type, subtype, .. } = self;
        let implied = entry_types::kind_of(&entry_type, Signs::of(&record));
        record.kind = match subtype {
            Some(Subtype::Kind(kind) | Subtype::Native(_, kind)) => kind,
            None => implied,
        };
        if !entry_types::is_chosen(&entry_type, &record) {
            record.native = Some(NativeKind { format: FORMAT_NAME.into(), name: entry_type.into() });
        }
        record
    }
}

/// What is collected of an entry's fields; kept from entry to entry, so that its lists need no new memory.
#[derive(Default)]
pub(crate) struct Buffers<'s> {
    /// Subtitles and additions, which wait for their titles.
    parts: Vec<(Variable, Part, Text)>,
    /// The names of the fields so far that hold a place: those that have a rule, and all others.
    seen: NameSet,
    unknown: Vec<Cow<'s, str>>,
    weak: Vec<Waiting<'s>>,
    /// `author+an:orcid`, by the annotated field.
    orcids: Vec<(usize, String, String)>,
    extra: Vec<(usize, Cow<'s, str>, Cow<'s, str>)>,
    /// What is odd about the fields.
    findings: Vec<Finding<'s>>,
}

/// Where entries are read from.
#[derive(Clone, Copy)]
pub(crate) struct Source<'s> {
    pub(crate) text: &'s str,
    pub(crate) syntax: &'s Syntax,
    pub(crate) macros: &'s Macros,
}

/// Reads the entry at the block `at`, and what is odd about its fields. A function of the source alone, but for what macros may still
/// make.
pub(crate) fn read<'s>(
    source: Source<'s>,
    at: usize,
    buffers: &mut Buffers<'s>,
    purse: &mut Purse,
    findings: &mut Vec<Finding<'s>>,
) -> Unfinished<'s> {
    let text = source.text;
    let (name, key) = source.syntax.blocks.get(at).map_or(("", ""), |block| (block.name.of(text), block.key.of(text)));
    let fields = source.syntax.fields(at);
    let entry_type = lower(name);
    let names = fields.iter().map(|field| field.name().of(text));
    let mut entry = Entry::new(&entry_type, key, names, buffers);
    for (field_at, field) in fields.iter().enumerate() {
        let name = FieldName::of(field.name().of(text));
        let raw = source.macros.value(text, field, purse, &mut |odd| {
            entry.buffers.findings.push(Finding { field: field_at, what: Found::Odd(odd) });
        });
        if entry.field(field_at, name, raw) == Outcome::Twice {
            entry.find(Found::SecondField);
        }
    }
    let finished = entry.finish();
    if !buffers.findings.is_empty() {
        // Some fields wait until all others are read.
        buffers.findings.sort_by_key(|finding| finding.field);
        findings.append(&mut buffers.findings);
    }
    unfinished(finished, entry_type)
}

/// The record of an entry whose fields are at hand, by names in small letters.
#[cfg(feature = "biblatex")]
pub(crate) fn read_fields(entry_type: &str, key: &str, fields: Vec<(String, String)>) -> Record {
    let mut buffers = Buffers::default();
    let mut entry = Entry::new(entry_type, key, fields.iter().map(|(name, _)| name.as_str()), &mut buffers);
    for (at, (name, raw)) in fields.iter().enumerate() {
        let _ = entry.field(at, FieldName::of(name), Cow::Borrowed(raw));
    }
    unfinished(entry.finish(), Cow::Borrowed(entry_type)).finish()
}

/// What is inherited goes by the type that is meant.
fn unfinished<'s>((record, subtype): (Record, Option<Subtype>), entry_type: Cow<'s, str>) -> Unfinished<'s> {
    let entry_type = match subtype {
        Some(Subtype::Native(name, _)) => Cow::Borrowed(name),
        _ => entry_type,
    };
    Unfinished { record, entry_type, subtype }
}

/// The name of a field in small letters, and its place among those that have a rule.
struct FieldName<'s> {
    id: Option<NameId>,
    text: Cow<'s, str>,
}

impl<'s> FieldName<'s> {
    fn of(name: &'s str) -> Self {
        match rules::identify(name) {
            Some((id, name)) => Self { id: Some(id), text: Cow::Borrowed(name) },
            None => Self { id: None, text: lower(name) },
        }
    }
}

/// A part of a title that has a field of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Sub,
    Addition,
}

/// What became of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It has its place.
    Kept,
    /// The entry had a field of this name.
    Twice,
}

/// A field whose value waits until all others are read.
struct Waiting<'s> {
    at: usize,
    name: Cow<'s, str>,
    variable: Variable,
    raw: Cow<'s, str>,
}

struct Entry<'s, 'e> {
    entry_type: &'e str,
    rules: &'static Rules,
    /// Whether "and" divides publishers and places, as in BibLaTeX.
    has_lists: bool,
    record: Record,
    /// What the editors' fields hold, with their positions.
    editors: [Option<(usize, Cow<'s, str>)>; 4],
    editor_types: [Option<(usize, Cow<'s, str>)>; 4],
    /// What became of the editors.
    roles: [Option<Variable>; 4],
    date: Option<Cow<'s, str>>,
    /// The literal that BibLaTeX's date cannot be.
    issued: Option<String>,
    /// `year`, `month`, `day`, with their positions.
    legacy: [Option<(usize, Cow<'s, str>)>; 3],
    subtype: Option<Subtype>,
    /// The position of the field that is being read.
    at: usize,
    buffers: &'e mut Buffers<'s>,
}

impl<'s, 'e> Entry<'s, 'e> {
    fn new<'n>(
        entry_type: &'e str,
        key: &str,
        names: impl ExactSizeIterator<Item = &'n str>,
        buffers: &'e mut Buffers<'s>,
    ) -> Self {
        Self {
            entry_type,
            rules: Rules::of(entry_type),
            record: Record::with_capacity(key, Kind::Document, names.len()),
            has_lists: entry_types::is_biblatex(entry_type, names),
            editors: [const { None }; 4],
            editor_types: [const { None }; 4],
            roles: [None; 4],
            date: None,
            issued: None,
            legacy: Default::default(),
            subtype: None,
            at: 0,
            buffers,
        }
    }

    /// Keeps in mind what is odd about the field that is being read.
    fn find(&mut self, what: Found<'s>) {
        self.buffers.findings.push(Finding { field: self.at, what });
    }

    fn field(&mut self, at: usize, name: FieldName<'s>, raw: Cow<'s, str>) -> Outcome {
        self.at = at;
        let FieldName { id, text: name } = name;
        let Some(id) = id else { return self.unknown(at, name, raw) };
        if !self.buffers.seen.insert(id) {
            self.keep(at, name, raw);
            return Outcome::Twice;
        }
        if let Some(found) = self.rules.get(id) {
            self.ruled(at, &name, raw, found.rule, found.strong);
        }
        Outcome::Kept
    }

    /// A field whose name has no rule.
    fn unknown(&mut self, at: usize, name: Cow<'s, str>, raw: Cow<'s, str>) -> Outcome {
        if self.buffers.unknown.contains(&name) {
            self.keep(at, name, raw);
            return Outcome::Twice;
        }
        match name.strip_suffix("+an:orcid") {
            Some(field) => self.buffers.orcids.push((at, field.to_owned(), raw.into_owned())),
            None => self.keep(at, name.clone(), raw),
        }
        self.buffers.unknown.push(name);
        Outcome::Kept
    }

    /// Keeps a field that no variable holds.
    fn keep(&mut self, at: usize, name: Cow<'s, str>, raw: Cow<'s, str>) {
        self.buffers.extra.push((at, name, raw));
    }

    #[allow(clippy::ptr_arg, reason = "a borrowed name is kept without a copy")]
    fn ruled(&mut self, at: usize, name: &Cow<'s, str>, raw: Cow<'s, str>, rule: Rule, strong: bool) {
        match rule {
            Rule::Variable(variable) if !strong || self.record.has(variable) => {
                self.buffers.weak.push(Waiting { at, name: name.clone(), variable, raw });
            }
            Rule::Variable(variable) => self.variable(name, variable, &raw),
            Rule::Sub(variable) => {
                let text = self.text(name, &raw);
                self.buffers.parts.push((variable, Part::Sub, text));
            }
            Rule::Addition(variable) => {
                let text = self.text(name, &raw);
                self.buffers.parts.push((variable, Part::Addition, text));
            }
            Rule::Editor(slot) => self.editors[usize::from(slot)] = Some((at, raw)),
            Rule::EditorType(slot) => self.editor_types[usize::from(slot)] = Some((at, raw)),
            Rule::Date => self.date = Some(raw),
            Rule::Year => self.legacy[0] = Some((at, raw)),
            Rule::Month => self.legacy[1] = Some((at, raw)),
            Rule::Day => self.legacy[2] = Some((at, raw)),
            Rule::Issued => self.issued = Some(tex::decode_plain(&raw)),
            Rule::Subtype => match entry_types::subtype(&raw) {
                Some(subtype) => self.subtype = Some(subtype),
                None => self.keep(at, name.clone(), raw),
            },
            Rule::Packed => match packed::read(&raw) {
                Some(fields) => {
                    for (name, raw) in fields {
                        let FieldName { id, text } = FieldName::of(name);
                        let name = FieldName { id, text: Cow::Owned(text.into_owned()) };
                        let _ = self.field(at, name, Cow::Owned(raw.to_owned()));
                    }
                }
                None => self.keep(at, name.clone(), raw),
            },
            Rule::Eid if self.record.has(Variable::Page) => self.keep(at, name.clone(), raw),
            Rule::Eid => self.record.set(Variable::Page, Pages::article(&tex::decode_plain(&raw))),
            Rule::More(variable) => {
                let mut list = match self.record.remove(variable) {
                    Some(Value::Identifiers(list)) => list,
                    _ => Vec::new(),
                };
                list.extend(identifiers(variable, &raw));
                self.record.set(variable, list);
            }
        }
    }

    fn variable(&mut self, name: &str, variable: Variable, raw: &str) {
        match variable {
            Variable::Status => {
                let words = STATUS_KEYS.iter().find(|(key, _)| *key == raw).map(|(_, words)| Text::plain(words));
                let text = words.unwrap_or_else(|| self.text(name, raw));
                self.record.set(variable, text);
            }
            Variable::Genre => self.genre(raw),
            Variable::Edition => self.record.set(variable, edition(raw)),
            Variable::Organizer if name == "organization" => {
                let bodies = split_bodies(raw, self.has_lists).into_iter();
                let list = bodies.map(|body| Name::literal(&tex::decode_plain(tex::strip_group(body)))).collect();
                self.record.set(variable, Names::new(list));
            }
            Variable::EprintType => {
                let text = self.text(name, raw);
                let arxiv = text.as_str().eq_ignore_ascii_case("arxiv");
                self.record.set(variable, if arxiv { Text::plain("arxiv") } else { text });
            }
            Variable::Crossref | Variable::Xref => self.record.set(variable, Text::plain(raw)),
            // A page range beside an article number: the range is the pages, whichever comes first.
            Variable::Page => self.record.set(variable, Pages::parse(&pages_text(raw))),
            Variable::Attachments => self.record.set(variable, files::read(raw)),
            _ => {
                let value = self.value(name, variable, raw);
                self.record.put(variable, value);
            }
        }
    }

    fn value(&mut self, name: &str, variable: Variable, raw: &str) -> Value {
        match variable.value_type() {
            ValueType::Names => self.names(raw).into(),
            ValueType::Texts => self.texts(variable, raw).into(),
            ValueType::Date => dates::read(&date_text(raw)).into(),
            ValueType::Number => Number::from(&*tex::decode_str(tex::strip_group(raw))).into(),
            ValueType::Identifier => {
                Identifier::new(variable.scheme(), &tex::decode_verbatim(tex::strip_group(raw))).into()
            }
            ValueType::Identifiers => identifiers(variable, raw).into(),
            ValueType::Title => Title::new(self.text(name, raw)).into(),
            _ => self.text(name, raw).into(),
        }
    }

    /// The text of a field. Around a value whose capitals no style changes, one pair of braces says nothing.
    fn text(&mut self, name: &str, raw: &str) -> Text {
        let raw = if is_recased(name) { raw } else { tex::strip_group(raw) };
        let (field, findings) = (self.at, &mut self.buffers.findings);
        tex::decode_with(raw, &mut |command| {
            findings.push(Finding { field, what: Found::UnknownCommand(command.to_owned()) });
        })
    }

    fn names(&mut self, raw: &str) -> Names {
        let (field, findings) = (self.at, &mut self.buffers.findings);
        names::read(raw, &mut |option| {
            findings.push(Finding { field, what: Found::NameOption(option.to_owned()) });
        })
    }

    fn texts(&mut self, variable: Variable, raw: &str) -> Vec<Text> {
        let parts = match variable {
            Variable::Related | Variable::EntrySet | Variable::Aliases | Variable::Xdata => {
                return raw.split(',').map(Text::plain).filter(|text| !text.is_empty()).collect();
            }
            Variable::Keyword | Variable::Categories => split_list(raw),
            Variable::Language | Variable::OriginalLanguage => names::split_words(raw, "and"),
            _ => split_bodies(raw, self.has_lists),
        };
        parts.into_iter().map(|part| tex::decode(tex::strip_group(part))).filter(|text| !text.is_empty()).collect()
    }

    /// The type of the work. BibTeX's entry types imply one; what the writer puts to say that there is none is not one.
    fn genre(&mut self, raw: &str) {
        let bland = match self.entry_type {
            "phdthesis" | "mastersthesis" => "Thesis",
            "techreport" => "Report",
            _ => "",
        };
        if raw == bland {
            return;
        }
        let words = TYPE_KEYS.iter().find(|(key, _)| *key == raw).map(|(_, words)| Text::plain(words));
        let text = words.unwrap_or_else(|| self.text("type", raw));
        self.record.set(Variable::Genre, text);
    }

    fn finish(mut self) -> (Record, Option<Subtype>) {
        self.roles();
        self.set_titles();
        let mut weak = std::mem::take(&mut self.buffers.weak);
        for waiting in weak.drain(..) {
            self.at = waiting.at;
            // Titles were set above, so that a weaker name does not replace a part of one.
            if waiting.variable == Variable::PublisherPlace && self.two_places(&waiting) {
                continue;
            }
            if self.record.has(waiting.variable) {
                self.keep(waiting.at, waiting.name, waiting.raw);
            } else {
                self.variable(&waiting.name, waiting.variable, &waiting.raw);
                self.set_titles();
            }
        }
        self.buffers.weak = weak;
        self.issued();
        self.eprint();
        let implied = match self.entry_type {
            "phdthesis" => "PhD thesis",
            "mastersthesis" => "Master's thesis",
            "techreport" => "Technical report",
            _ => "",
        };
        if !implied.is_empty() && !self.buffers.seen.has("type") {
            self.record.set(Variable::Genre, implied);
        }
        self.annotate();
        self.buffers.extra.sort_by_key(|(at, _, _)| *at);
        for (_, name, raw) in self.buffers.extra.drain(..) {
            self.record.add_extra(FORMAT_NAME, &name, &raw);
        }
        self.buffers.seen = NameSet::default();
        self.buffers.unknown.clear();
        (self.record, self.subtype)
    }

    fn set_titles(&mut self) {
        for (variable, part, text) in self.buffers.parts.drain(..) {
            let mut title = match self.record.remove(variable) {
                Some(Value::Title(title)) => title,
                _ => Title::default(),
            };
            let text = Some(text).filter(|text| !text.is_empty());
            match part {
                Part::Sub => title.sub = text,
                Part::Addition => title.addition = text,
            }
            self.record.set(variable, title);
        }
    }

    /// Where a conference has an `address` and a `location`, the one is the publisher's and the other the event's.
    fn two_places(&mut self, second: &Waiting<'_>) -> bool {
        let conference = matches!(self.entry_type, "inproceedings" | "conference" | "proceedings" | "mvproceedings");
        let both = ["address", "location"].iter().all(|name| self.buffers.seen.has(name));
        if !conference || !both || self.record.has(Variable::EventPlace) {
            return false;
        }
        let Some(first) = self.record.remove(Variable::PublisherPlace) else { return false };
        let second_place = Value::from(self.texts(Variable::PublisherPlace, &second.raw));
        let (address, location) = if second.name == "address" { (second_place, first) } else { (first, second_place) };
        self.record.set(Variable::PublisherPlace, address);
        let event = match location {
            Value::Texts(texts) => texts.into_iter().reduce(|all, text| all.join(", ", &text)).unwrap_or_default(),
            other => Text::plain(&other.to_plain()),
        };
        self.record.set(Variable::EventPlace, event);
        true
    }

    /// The editors by their types.
    fn roles(&mut self) {
        for (slot, (name, type_name)) in EDITOR_SLOTS.into_iter().enumerate() {
            let raw = self.editors[slot].take();
            let role = self.editor_types[slot].take();
            let word = role.as_ref().map(|(_, word)| &**word);
            let variable = match word {
                None | Some("editor") => Some(Variable::Editor),
                Some(word) => EDITOR_TYPES.iter().find(|(_, known)| *known == word).map(|(variable, _)| *variable),
            };
            let Some((name_at, raw)) = raw else {
                if let Some((at, word)) = role {
                    self.keep(at, type_name.into(), word);
                }
                continue;
            };
            self.at = name_at;
            match variable.filter(|&variable| !self.record.has(variable)) {
                Some(variable) => {
                    let names = self.names(&raw);
                    self.record.set(variable, names);
                    self.roles[slot] = Some(variable);
                }
                // An unknown role, or a second list of one: the names stay what the field says, editors.
                None if !self.record.has(Variable::Editor) => {
                    let names = self.names(&raw);
                    self.record.set(Variable::Editor, names);
                    self.roles[slot] = Some(Variable::Editor);
                    if let Some((at, word)) = role {
                        self.keep(at, type_name.into(), word);
                    }
                }
                None => {
                    self.keep(name_at, name.into(), raw);
                    if let Some((at, word)) = role {
                        self.keep(at, type_name.into(), word);
                    }
                }
            }
        }
    }

    /// The date of publication: `date` before `year` and `month`, which then say the same or are kept apart.
    fn issued(&mut self) {
        let [year, month, day] = [0, 1, 2].map(|part| match &self.legacy[part] {
            Some((_, raw)) => tex::decode_str(raw),
            None => Cow::Borrowed(""),
        });
        let legacy = dates::from_legacy(&year, &month, &day);
        let date = self.date.take().map(|raw| dates::read(&date_text(&raw))).filter(|date| !date.is_empty());
        if let Some(literal) = self.issued.take() {
            // "in press" stands as a state of publication where the date cannot be it.
            if self.record.status().is_some_and(|status| status.as_str() == literal) {
                self.record.remove(Variable::Status);
            }
            self.record.set(Variable::Issued, Date::literal(&literal));
        }
        let mut left = [false, legacy.month_left, legacy.day_left];
        match (date, legacy.date) {
            (Some(date), _) => {
                left = dates::told_apart(&date, &year, &month, &day);
                if let Some(suffix) = legacy.suffix.filter(|_| !left[0]) {
                    match self.record.has(Variable::YearSuffix) {
                        true => left[0] = true,
                        false => self.record.set(Variable::YearSuffix, &*suffix),
                    }
                }
                self.record.set(Variable::Issued, date);
            }
            (None, Some(date)) if !self.record.has(Variable::Issued) => {
                self.record.set(Variable::Issued, date);
                if let Some(suffix) = legacy.suffix.filter(|_| !self.record.has(Variable::YearSuffix)) {
                    self.record.set(Variable::YearSuffix, &*suffix);
                }
            }
            (None, Some(_)) => left = [true; 3],
            (None, None) => {}
        }
        for (part, name) in ["year", "month", "day"].into_iter().enumerate() {
            if let Some((at, raw)) = self.legacy[part].take().filter(|_| left[part]) {
                self.keep(at, name.into(), raw);
            }
        }
    }

    /// Numbers in archives that have a variable of their own, and arXiv's in their bare form.
    fn eprint(&mut self) {
        let Some(archive) = self.record.eprint_type().map(|archive| archive.as_str().to_ascii_lowercase()) else {
            return;
        };
        let Some(id) = self.record.eprint().cloned() else { return };
        let (variable, scheme) = match archive.as_str() {
            "pubmed" => (Variable::Pmid, Scheme::Pmid),
            "pmc" => (Variable::Pmcid, Scheme::Pmcid),
            "arxiv" => {
                let bare = Identifier::new(Scheme::Arxiv, id.printed());
                self.record.set(Variable::Eprint, Identifier::new(Scheme::Eprint, bare.as_str()));
                return;
            }
            _ => return,
        };
        if !self.record.has(variable) {
            self.record.remove(Variable::Eprint);
            self.record.remove(Variable::EprintType);
            self.record.set(variable, Identifier::new(scheme, id.as_str()));
        }
    }

    /// ORCIDs to the names that they belong to.
    fn annotate(&mut self) {
        for (at, field, raw) in std::mem::take(&mut self.buffers.orcids) {
            let found = self.annotated(&field);
            let names = found.and_then(|variable| match self.record.get(variable) {
                Some(Value::Names(names)) => Some((variable, names.clone())),
                _ => None,
            });
            let done = names.and_then(|(variable, mut names)| {
                for part in split_list(&raw) {
                    let (number, value) = part.split_once('=')?;
                    let at = number.trim().parse::<usize>().ok()?.checked_sub(1)?;
                    let orcid = Identifier::new(Scheme::Orcid, value.trim().trim_matches('"'));
                    match names.list.get_mut(at) {
                        Some(Name::Person(person)) => person.orcid = orcid.as_str().into(),
                        _ => return None,
                    }
                }
                Some((variable, names))
            });
            match done {
                Some((variable, names)) => self.record.set(variable, names),
                None => self.keep(at, format!("{field}+an:orcid").into(), raw.into()),
            }
        }
    }

    /// The variable that the names of a field went to.
    fn annotated(&self, field: &str) -> Option<Variable> {
        let (id, _) = rules::identify(field)?;
        match self.rules.get(id)?.rule {
            Rule::Variable(variable) => Some(variable),
            Rule::Editor(slot) => self.roles[usize::from(slot)],
            _ => None,
        }
    }
}
