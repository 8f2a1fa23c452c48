//! The record at hand: takes values tag by tag, and settles at its end what several tags say together.

use std::borrow::Cow;

use super::dates;
use super::mapping::{self, GENERIC, Shape, Slot, Tag, Type};
use super::names;
use super::read::At;
use crate::diagnostic::Diagnostic;
use crate::formats::field_lines::{self, Target};
use crate::record::{
    Attachment, EcoString, Extra, Identifier, Kind, Names, NativeKind, Number, PageEnd, Pages, Record, Scheme, Text,
    Title, Value, ValueType, Variable,
};
use crate::text::csl_markup::{decode_references, read_html};

/// What is known of the record so far.
#[derive(Default)]
pub(super) struct Builder {
    open: bool,
    /// The name of a type that nobody knows.
    unknown_type: String,
    ty: Option<&'static Type>,
    /// The kind that a line `type: …` names.
    kind: Option<Kind>,
    key: EcoString,
    /// Whether the key is given; a second is kept apart.
    has_key: bool,
    fields: Vec<(Variable, Value)>,
    extra: Vec<(Tag, String)>,
    /// Values whose meaning other tags decide.
    held: Held,
}

/// Values that wait for the record's end, in the order of the file; one text for all, so that a record costs few allocations.
#[derive(Default)]
struct Held {
    text: String,
    items: Vec<(Slot, Tag, usize, usize)>,
}

impl Held {
    fn push(&mut self, slot: Slot, tag: Tag, value: &str) {
        let start = self.text.len();
        self.text.push_str(value);
        self.items.push((slot, tag, start, self.text.len()));
    }

    fn iter(&self) -> impl Iterator<Item = (Slot, Tag, &str)> {
        self.items.iter().map(|&(slot, tag, start, end)| (slot, tag, &self.text[start..end]))
    }

    fn all(&self, wanted: Slot) -> impl Iterator<Item = (Tag, &str)> {
        let items = self.items.iter().filter(move |(slot, ..)| *slot == wanted);
        items.map(|&(_, tag, start, end)| (tag, &self.text[start..end]))
    }

    /// The first value of a slot, which counts.
    fn first(&self, slot: Slot) -> Option<(Tag, &str)> {
        self.all(slot).next()
    }

    /// The others of a slot that differ from the first.
    fn others(&self, slot: Slot) -> impl Iterator<Item = (Tag, &str)> {
        let mut all = self.all(slot);
        let first = all.next().map(|(_, value)| value);
        all.filter(move |(_, value)| Some(*value) != first)
    }

    fn clear(&mut self) {
        self.text.clear();
        self.items.clear();
    }
}

impl Builder {
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    pub(super) fn open(&mut self, name: &str, at: &mut At<'_>) {
        self.open = true;
        let name = name.trim();
        self.ty = mapping::type_named(name).or_else(|| mapping::type_named(&name.to_ascii_uppercase()));
        if self.ty.is_none() && !name.is_empty() {
            name.clone_into(&mut self.unknown_type);
            let message = format!("{name:?} is no type of reference");
            at.report(Diagnostic::warning("ris::unknown-type", message).with_help("read as GEN; the name is kept"));
        }
    }

    pub(super) fn open_without_type(&mut self) {
        self.open = true;
    }

    fn ty(&self) -> &'static Type {
        self.ty.unwrap_or(&GENERIC)
    }

    /// Takes one value; the lines of a continued value are divided by line feeds.
    pub(super) fn take(&mut self, tag: Tag, value: &str, at: &mut At<'_>) {
        if value.is_empty() {
            return;
        }
        if tag == *b"UR" && memchr::memchr(b'\n', value.as_bytes()).is_some() {
            return addresses(value).iter().for_each(|address| self.take(tag, address, at));
        }
        if let Some((variable, number)) = number_of_pubmed(tag, value) {
            return self.field(variable, tag, number, at);
        }
        let Some(slot) = mapping::slot(tag, self.ty().shape) else {
            if !mapping::is_known(tag) {
                let message = format!("the tag {} is unknown", String::from_utf8_lossy(&tag));
                at.report(Diagnostic::warning("ris::unknown-tag", message).with_help("its value is kept as it stands"));
            }
            return self.keep(tag, value);
        };
        match slot {
            Slot::Type | Slot::End => {}
            Slot::Key if self.has_key => self.keep(tag, value),
            Slot::Key => {
                self.key = one_line(value).into();
                self.has_key = true;
            }
            // EndNote writes the issue here, but only where `IS` does not hold it.
            Slot::Also(Variable::Issue) => self.held.push(slot, tag, value),
            Slot::Field(variable) | Slot::Also(variable) => self.field(variable, tag, value, at),
            Slot::Serial => self.serial(tag, value, at),
            Slot::File(media_type) => {
                let file = Attachment {
                    path: one_line(value).into_owned(),
                    media_type: media_type.to_owned(),
                    ..Attachment::default()
                };
                self.append(Variable::Attachments, Value::Attachments(vec![file]));
            }
            Slot::Misc => self.misc(tag, value, at),
            _ => self.held.push(slot, tag, value),
        }
    }

    fn get(&self, variable: Variable) -> Option<&Value> {
        self.fields.iter().find(|(known, _)| *known == variable).map(|(_, value)| value)
    }

    fn keep(&mut self, tag: Tag, value: &str) {
        self.extra.push((tag, one_line(value).into_owned()));
    }

    /// Gives `variable` a value, or adds to its list.
    fn field(&mut self, variable: Variable, tag: Tag, raw: &str, at: &mut At<'_>) {
        match variable.value_type() {
            ValueType::Names => {
                let mut list = Vec::with_capacity(4);
                let et_al = names::read(raw, &mut list);
                let names = Names::new(list);
                self.append(variable, Value::Names(if et_al { names.and_others() } else { names }));
            }
            ValueType::Texts => self.append(variable, Value::Texts(texts(variable, raw))),
            _ => self.single(variable, read_value(variable, raw), tag, raw, at),
        }
    }

    /// Gives `variable` its one value. The first wins; another is kept as it stands.
    fn single(&mut self, variable: Variable, value: Value, tag: Tag, raw: &str, at: &mut At<'_>) {
        if value.is_empty() {
            return;
        }
        match self.get(variable) {
            None => self.fields.push((variable, value)),
            Some(known) if *known == value => {}
            Some(_) => {
                // Programs repeat these by habit.
                let usual = matches!(&tag, b"N1" | b"N2" | b"RN" | b"UR" | b"AD" | b"PY" | b"AN" | b"DO" | b"M2");
                if !usual {
                    let message = format!("a second {} for {variable}", String::from_utf8_lossy(&tag));
                    let help = "the first is taken; the second is kept as it stands";
                    at.report(Diagnostic::warning("ris::second-value", message).with_help(help));
                }
                self.keep(tag, raw);
            }
        }
    }

    /// Adds to a list.
    fn append(&mut self, variable: Variable, value: Value) {
        if value.is_empty() {
            return;
        }
        // The list that grows is nearly always the last field.
        let known = self.fields.iter_mut().rev().find(|(known, _)| *known == variable);
        match (known, value) {
            (Some((_, Value::Names(list))), Value::Names(more)) => {
                list.list.extend(more.list);
                list.et_al |= more.et_al;
            }
            (Some((_, Value::Texts(list))), Value::Texts(more)) => list.extend(more),
            (Some((_, Value::Identifiers(list))), Value::Identifiers(more)) => list.extend(more),
            (Some((_, Value::Attachments(list))), Value::Attachments(more)) => list.extend(more),
            (Some(_), _) => {}
            (None, value) => self.fields.push((variable, value)),
        }
    }

    fn serial(&mut self, tag: Tag, raw: &str, at: &mut At<'_>) {
        for part in serials(self.ty().shape, raw) {
            match part {
                Serial::Issn(id) => self.append(Variable::Issn, Value::Identifiers(vec![id])),
                Serial::Isbn(id) => self.append(Variable::Isbn, Value::Identifiers(vec![id])),
                Serial::Number(number) => self.single(Variable::Number, Value::Number(number), tag, raw, at),
            }
        }
    }

    /// `M2  - name: value`.
    fn misc(&mut self, tag: Tag, raw: &str, at: &mut At<'_>) {
        match field_lines::split(raw) {
            Some((Target::Kind, name)) if self.kind.is_none() => match field_lines::kind(name) {
                Some(kind) => self.kind = Some(kind),
                None => self.keep(tag, raw),
            },
            Some((Target::Variable(Variable::Issued), value)) => {
                self.held.push(Slot::Misc, tag, value);
            }
            Some((Target::Variable(variable), value)) => match variable.value_type() {
                ValueType::Names => {
                    let name = field_lines::read_name(&decode_references(value));
                    self.append(variable, Value::Names(Names::new(vec![name])));
                }
                ValueType::Texts => self.append(variable, Value::Texts(vec![read_html(value)])),
                ValueType::Identifiers => {
                    let id = Identifier::new(variable.scheme(), &decode_references(value));
                    self.append(variable, Value::Identifiers(vec![id]));
                }
                ValueType::Attachments => self.keep(tag, raw),
                ValueType::Date => self.single(variable, Value::Date(field_lines::read_date(value)), tag, raw, at),
                _ => self.single(variable, read_value(variable, value), tag, raw, at),
            },
            _ => self.keep(tag, raw),
        }
    }

    /// The record; the builder is ready for the next.
    pub(super) fn close(&mut self, at: &mut At<'_>) -> Record {
        let mut held = std::mem::take(&mut self.held);
        if !held.items.is_empty() {
            self.settle_dates(&held, at);
            self.settle_pages(&held, at);
            self.settle_conference(&held, at);
            self.settle_journal(&held, at);
            self.settle_rest(&held, at);
        }
        held.clear();
        self.held = held;
        self.finish()
    }

    fn keep_others(&mut self, held: &Held, slot: Slot) {
        held.others(slot).for_each(|(tag, raw)| self.keep(tag, raw));
    }

    /// `DA` and `PY` together, or what a line says exactly.
    fn settle_dates(&mut self, held: &Held, at: &mut At<'_>) {
        self.keep_others(held, Slot::Misc);
        let (date, year) = (held.first(Slot::Date), held.first(Slot::Year));
        let combined = match (date, year) {
            (Some((_, date)), Some((_, year))) => dates::combine(date, year),
            (Some((_, only)), None) | (None, Some((_, only))) => dates::Combined::of(dates::read(only)),
            (None, None) => dates::Combined::of(dates::read("")),
        };
        if combined.bad {
            let help = "kept as it stands; write PY  - 2021/05// if May is meant";
            at.report(
                Diagnostic::warning("ris::bad-date", "a date whose month or day is out of range").with_help(help),
            );
        }
        // What is not in the date comes back in the order in which it would be written.
        for (slot, first, left) in [(Slot::Date, date, combined.date_left), (Slot::Year, year, combined.year_left)] {
            if let Some((tag, raw)) = first.filter(|_| left) {
                self.keep(tag, raw);
            }
            // A second date that says the same says nothing.
            let same = |raw: &str| {
                let read = dates::read(raw);
                !read.rest && read.date == combined.date
            };
            held.others(slot).filter(|(_, raw)| !same(raw)).for_each(|(tag, raw)| self.keep(tag, raw));
        }
        let exact = held.first(Slot::Misc).map(|(_, exact)| field_lines::read_date(exact));
        let issued = exact.unwrap_or(combined.date);
        if !issued.is_empty() {
            self.fields.push((Variable::Issued, Value::Date(issued)));
        }
    }

    fn settle_pages(&mut self, held: &Held, at: &mut At<'_>) {
        for slot in [Slot::StartPage, Slot::EndPage, Slot::ArticleNumber] {
            self.keep_others(held, slot);
        }
        let (start, end) = (held.first(Slot::StartPage), held.first(Slot::EndPage));
        let mut pages = None;
        match (start, end) {
            (Some((tag, start)), None) => {
                let decoded = decode_references(start);
                let range = Pages::parse(&decoded);
                if self.ty().shape.counts_pages() && !is_range(&range) {
                    self.single(Variable::NumberOfPages, Value::Number(Number::from(&*decoded)), tag, start, at);
                } else {
                    pages = Some(range);
                }
            }
            (Some((_, start)), Some((_, end))) => {
                pages = Some(page_range(&decode_references(start), &decode_references(end)));
            }
            (None, Some((_, end))) => pages = Some(Pages::parse(&decode_references(end))),
            (None, None) => {}
        }
        match (held.first(Slot::ArticleNumber), &pages) {
            (Some((_, number)), None) => pages = Some(Pages::article(&decode_references(number))),
            (Some((tag, number)), Some(_)) => self.keep(tag, number),
            (None, _) => {}
        }
        if let Some(pages) = pages {
            let (tag, raw) = start.or(end).unwrap_or((*b"C7", ""));
            self.single(Variable::Page, Value::Pages(pages), tag, raw, at);
        }
    }

    /// `T2` and `C3`, `CY` and `C1` of a paper in proceedings.
    fn settle_conference(&mut self, held: &Held, at: &mut At<'_>) {
        if self.ty().shape != Shape::Conference {
            return;
        }
        for slot in [Slot::Conference, Slot::ProceedingsTitle, Slot::ConferencePlace, Slot::ProceedingsPlace] {
            self.keep_others(held, slot);
        }
        match (held.first(Slot::Conference), held.first(Slot::ProceedingsTitle)) {
            (Some(conference), Some(proceedings)) => {
                self.settled(Variable::EventTitle, conference, at);
                self.settled(Variable::ContainerTitle, proceedings, at);
            }
            (Some(title), None) | (None, Some(title)) => self.settled(Variable::ContainerTitle, title, at),
            (None, None) => {}
        }
        let place = match (held.first(Slot::ConferencePlace), held.first(Slot::ProceedingsPlace)) {
            (Some(event), Some(place)) => {
                self.settled(Variable::EventPlace, event, at);
                Some(place)
            }
            (place, None) | (None, place) => place,
        };
        if let Some((_, place)) = place {
            self.append(Variable::PublisherPlace, Value::Texts(texts(Variable::PublisherPlace, place)));
        }
    }

    fn settled(&mut self, variable: Variable, (tag, raw): (Tag, &str), at: &mut At<'_>) {
        self.single(variable, read_value(variable, raw), tag, raw, at);
    }

    /// `JO` and `JA` are abbreviations, or the name where it is missing; `JO` may be the name in full, `JA` hardly.
    fn settle_journal(&mut self, held: &Held, at: &mut At<'_>) {
        let names = || held.all(Slot::JournalAbbreviation);
        for (tag, raw) in names().filter(|(tag, _)| tag == b"JO").chain(names().filter(|(tag, _)| tag != b"JO")) {
            match self.get(Variable::ContainerTitle) {
                None => self.settled(Variable::ContainerTitle, (tag, raw), at),
                Some(title) if *title == read_value(Variable::ContainerTitle, raw) => {}
                Some(_) => self.settled(Variable::ContainerTitleShort, (tag, raw), at),
            }
        }
    }

    fn settle_rest(&mut self, held: &Held, at: &mut At<'_>) {
        for (slot, tag, raw) in held.iter() {
            match slot {
                // Text in `M1` is no issue; and no word is due where `IS` has one.
                Slot::Also(variable)
                    if (raw.len() > 12 || self.get(variable).is_some())
                        && self.get(variable) != Some(&read_value(variable, raw)) =>
                {
                    self.keep(tag, raw);
                }
                Slot::Also(variable) => self.settled(variable, (tag, raw), at),
                Slot::TranslatedTitle => self.translated_title(tag, raw),
                Slot::Genre => self.genre(tag, raw, at),
                _ => {}
            }
        }
    }

    /// The type of work; in articles some programs write the DOI here.
    fn genre(&mut self, tag: Tag, raw: &str, at: &mut At<'_>) {
        let doi = Identifier::new(Scheme::Doi, &decode_references(raw));
        let article = matches!(self.ty().shape, Shape::Journal | Shape::News | Shape::Conference);
        let doi = Value::Identifier(doi).fit(Variable::Doi);
        let is_doi = matches!(&doi, Value::Identifier(doi) if doi.is_valid());
        if article && is_doi && self.get(Variable::Doi).is_none_or(|known| *known == doi) {
            self.single(Variable::Doi, doi, tag, raw, at);
        } else {
            self.settled(Variable::Genre, (tag, raw), at);
        }
    }

    fn translated_title(&mut self, tag: Tag, raw: &str) {
        let addition = read_html(raw);
        match self.fields.iter_mut().find(|(variable, _)| *variable == Variable::Title) {
            Some((_, Value::Title(title))) if title.addition.is_none() => {
                *title = std::mem::take(title).with_addition(addition);
            }
            Some(_) => self.keep(tag, raw),
            None => {
                let title = Title::default().with_addition(addition);
                self.fields.push((Variable::Title, Value::Title(title)));
            }
        }
    }

    fn finish(&mut self) -> Record {
        let ty = self.ty();
        let kind = self.kind.take().unwrap_or(ty.kind);
        // Into a vector of the right size, so that ours keeps its room for the next record.
        let mut fields = Vec::with_capacity(self.fields.len());
        fields.append(&mut self.fields);
        let mut record = Record::from_fields(std::mem::take(&mut self.key), kind, fields);
        let name = if self.unknown_type.is_empty() { ty.name } else { &self.unknown_type };
        if name != super::write::type_name(&record) {
            record.native = Some(NativeKind { format: super::FORMAT.name.into(), name: name.into() });
        }
        if !self.extra.is_empty() {
            record.extra = numbered(std::mem::take(&mut self.extra));
        }
        self.open = false;
        self.has_key = false;
        self.unknown_type.clear();
        self.ty = None;
        record
    }
}

/// PubMed's numbers where PubMed Central puts them: `U1  - 23690738[pmid]`, `AN  - PMC3654245`.
pub(super) fn number_of_pubmed(tag: Tag, value: &str) -> Option<(Variable, &str)> {
    let digits = |text: &str| !text.is_empty() && text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    match &tag {
        b"U1" => value.strip_suffix("[pmid]").filter(|number| digits(number)).map(|number| (Variable::Pmid, number)),
        b"AN" => value.strip_prefix("PMC").filter(|number| digits(number)).map(|_| (Variable::Pmcid, value)),
        _ => None,
    }
}

/// The addresses of a continued value: one a line, unless a line goes on in the next.
fn addresses(value: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in value.split('\n') {
        match out.last_mut() {
            Some(before) if !line.contains("://") && !line.starts_with("www.") => before.push_str(line),
            _ => out.push(line.to_owned()),
        }
    }
    out
}

/// Numbers the fields of one tag.
fn numbered(extra: Vec<(Tag, String)>) -> Vec<Extra> {
    let mut counts: Vec<(Tag, usize)> = Vec::new();
    extra
        .into_iter()
        .map(|(tag, raw)| {
            // Few tags, each perhaps often: the list of tags is short.
            let ordinal = match counts.iter_mut().find(|(known, _)| *known == tag) {
                Some((_, count)) => {
                    *count += 1;
                    *count
                }
                None => {
                    counts.push((tag, 0));
                    0
                }
            };
            let name = String::from_utf8_lossy(&tag).into();
            Extra { format: super::FORMAT.name.into(), name, raw, ordinal }
        })
        .collect()
}

/// The lines of a value as one; the controls of a broken file are left out, since what has them is no text to who reads it again.
fn one_line(value: &str) -> Cow<'_, str> {
    let is_control = |c: char| c.is_ascii_control() && c != '\t';
    if !value.bytes().fold(false, |found, byte| found | (byte.is_ascii_control() && byte != b'\t')) {
        return Cow::Borrowed(value);
    }
    Cow::Owned(value.replace('\n', " ").replace(is_control, ""))
}

/// A list's texts in one tag: keywords have a line each, or semicolons between them.
fn texts(variable: Variable, raw: &str) -> Vec<Text> {
    if variable != Variable::Keyword {
        return vec![read_html(raw)];
    }
    match memchr::memchr2(b';', b'\n', raw.as_bytes()) {
        None => vec![read_html(raw)],
        Some(_) => raw.split('\n').flat_map(divided).map(read_html).collect(),
    }
}

/// The parts between semicolons that end no character reference.
fn divided(raw: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in memchr::memchr_iter(b';', raw.as_bytes()) {
        let reference = raw[from..at]
            .rfind('&')
            .is_some_and(|and| decode_references(&raw[from + and..=at]).len() < at + 1 - from - and);
        if !reference {
            parts.push(raw[from..at].trim());
            from = at + 1;
        }
    }
    parts.push(raw[from..].trim());
    parts.retain(|part| !part.is_empty());
    // Nothing but semicolons is a keyword, odd as it is.
    if parts.is_empty() { vec![raw] } else { parts }
}

/// Reads the one value of a variable.
fn read_value(variable: Variable, raw: &str) -> Value {
    match variable.value_type() {
        ValueType::Title => Value::Title(Title::new(read_html(raw))),
        ValueType::Text => Value::Text(read_html(raw)),
        ValueType::Date => Value::Date(dates::read(raw).date),
        ValueType::Number => Value::Number(Number::from(&*decode_references(raw))),
        ValueType::Pages => Value::Pages(Pages::parse(&decode_references(raw))),
        ValueType::Identifier => {
            Value::Identifier(Identifier::new(variable.scheme(), &decode_references(&one_line(raw))))
        }
        _ => Value::from(raw).fit(variable),
    }
}

/// Whether pages are more than one page.
fn is_range(pages: &Pages) -> bool {
    pages.ranges.len() > 1 || pages.ranges.iter().any(|range| range.end != PageEnd::Single)
}

/// `SP` and `EP`. Programs that write the whole range in `SP` often repeat its end in `EP`.
fn page_range(start: &str, end: &str) -> Pages {
    let whole = Pages::parse(start);
    let last = whole.ranges.last().and_then(|range| match &range.end {
        PageEnd::Last(last) => Some(last.as_str()),
        _ => None,
    });
    if last == Some(end.trim()) || start.trim() == end.trim() && !is_range(&whole) {
        return whole;
    }
    Pages::range(start, end)
}

/// What `SN` may be.
pub(super) enum Serial {
    Issn(Identifier),
    Isbn(Identifier),
    Number(Number),
}

/// The serial numbers of one `SN`: eight digits are an ISSN, ten or thirteen an ISBN; what is neither is what the shape has.
pub(super) fn serials(shape: Shape, raw: &str) -> Vec<Serial> {
    let raw = decode_references(raw);
    let raw = raw.trim();
    if let Some(serial) = shaped(raw) {
        return vec![serial];
    }
    // "0028-0836 (Print) 1476-4687 (Electronic)", "9783161484100 3161484100".
    let words = || raw.split([' ', ',', ';', '\n', '/']).filter(|word| !word.is_empty());
    let noise = |word: &str| {
        let bare = word.trim_matches(['(', ')', '[', ']', ':', '.']).to_ascii_lowercase();
        matches!(
            &*bare,
            "print"
                | "electronic"
                | "online"
                | "linking"
                | "issn"
                | "isbn"
                | "e-issn"
                | "eissn"
                | "and"
                | "pbk"
                | "hbk"
                | ""
        )
    };
    let numbers: Vec<Option<Serial>> = words().filter(|word| !noise(word)).map(shaped).collect();
    if !numbers.is_empty() && numbers.iter().all(Option::is_some) {
        return numbers.into_iter().flatten().collect();
    }
    vec![match shape {
        Shape::Report | Shape::Patent => Serial::Number(Number::from(raw)),
        Shape::Journal | Shape::News => Serial::Issn(Identifier::new(Scheme::Issn, raw)),
        _ => Serial::Isbn(Identifier::new(Scheme::Isbn, raw)),
    }]
}

fn shaped(word: &str) -> Option<Serial> {
    let digits = word.bytes().filter(|byte| byte.is_ascii_digit() || matches!(byte, b'X' | b'x')).count();
    match digits {
        8 => Some(Identifier::new(Scheme::Issn, word)).filter(is_shaped).map(Serial::Issn),
        10 | 13 => Some(Identifier::new(Scheme::Isbn, word)).filter(is_shaped).map(Serial::Isbn),
        _ => None,
    }
}

/// Whether the scheme took it for its own: the bare form has no characters of another kind.
fn is_shaped(identifier: &Identifier) -> bool {
    let value = identifier.as_str();
    identifier.is_valid()
        || match identifier.scheme() {
            Scheme::Issn => {
                value.len() == 9 && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'X'))
            }
            _ => matches!(value.len(), 10 | 13) && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'X'),
        }
}
