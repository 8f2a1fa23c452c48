//! The record at hand: takes values tag by tag, and settles at its end what several tags say together.

use std::borrow::Cow;

use super::dates;
use super::mapping::{self, GENERIC, Shape, Slot, Tag, Type};
use super::names;
use super::read::At;
use crate::diagnostic::Diagnostic;
use crate::formats::field_lines::{self, Target};
use crate::record::{
    Attachment, Extra, Identifier, Kind, Names, NativeKind, Number, PageEnd, Pages, Record, Scheme, Text, Title, Value,
    ValueType, Variable,
};
use crate::text::csl_markup::{decode_references, read_html};

/// A line that waits for others of its record: its tag and its value.
type Pending = (Tag, String);

/// What is known of the record so far.
#[derive(Default)]
pub(super) struct Builder {
    open: bool,
    /// The name of a type that nobody knows.
    unknown_type: String,
    ty: Option<&'static Type>,
    /// The kind that a line `type: …` names.
    kind: Option<Kind>,
    key: String,
    /// Whether the key is given; a second is kept apart.
    has_key: bool,
    fields: Vec<(Variable, Value)>,
    extra: Vec<(Tag, String)>,
    /// Values whose meaning other tags decide.
    pending: Vec<(Slot, Tag, String)>,
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
                self.key = one_line(value).into_owned();
                self.has_key = true;
            }
            // EndNote writes the issue here, but only where `IS` does not hold it.
            Slot::Also(Variable::Issue) => self.pending.push((slot, tag, value.to_owned())),
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
            _ => self.pending.push((slot, tag, value.to_owned())),
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
                self.pending.push((Slot::Misc, tag, value.to_owned()));
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

    /// The record.
    pub(super) fn close(&mut self, at: &mut At<'_>) -> Record {
        let mut builder = std::mem::take(self);
        builder.settle_dates(at);
        builder.settle_pages(at);
        builder.settle_conference(at);
        builder.settle_journal(at);
        builder.settle_rest(at);
        builder.finish()
    }

    /// Takes the pending values of a slot.
    fn pending(&mut self, slot: Slot) -> Vec<(Tag, String)> {
        let mut found = Vec::new();
        self.pending.retain_mut(|(pending, tag, value)| {
            let take = *pending == slot;
            if take {
                found.push((*tag, std::mem::take(value)));
            }
            !take
        });
        found
    }

    /// The first pending value of a slot; others that differ from it are kept as they stand.
    fn first_pending(&mut self, slot: Slot) -> Option<Pending> {
        let (first, others) = self.divided_pending(slot)?;
        others.into_iter().for_each(|(tag, raw)| self.keep(tag, &raw));
        Some(first)
    }

    /// The first pending value of a slot, and the others that differ from it.
    fn divided_pending(&mut self, slot: Slot) -> Option<(Pending, Vec<Pending>)> {
        if self.pending.is_empty() {
            return None;
        }
        let mut found = self.pending(slot).into_iter();
        let first = found.next()?;
        let others = found.filter(|(_, raw)| *raw != first.1).collect();
        Some((first, others))
    }

    /// `DA` and `PY` together, or what a line says exactly.
    fn settle_dates(&mut self, at: &mut At<'_>) {
        let exact = self.first_pending(Slot::Misc);
        let (date, mut left) = self.divided_pending(Slot::Date).unzip();
        let (year, mut years_left) = self.divided_pending(Slot::Year).unzip();
        let combined = match (&date, &year) {
            (Some((_, date)), Some((_, year))) => dates::combine(date, year),
            (Some((_, date)), None) => dates::Combined::of(dates::read(date)),
            (None, Some((_, year))) => dates::Combined::of(dates::read(year)),
            (None, None) => dates::Combined::of(dates::read("")),
        };
        if combined.bad {
            let help = "kept as it stands; write PY  - 2021/05// if May is meant";
            at.report(
                Diagnostic::warning("ris::bad-date", "a date whose month or day is out of range").with_help(help),
            );
        }
        // A second date that says the same says nothing.
        let same = |raw: &str| {
            let read = dates::read(raw);
            !read.rest && read.date == combined.date
        };
        for others in [&mut left, &mut years_left].into_iter().flatten() {
            others.retain(|(_, raw)| !same(raw));
        }
        // What is not in the date comes back in the order in which it would be written.
        let first_left = [(date, combined.date_left, &mut left), (year, combined.year_left, &mut years_left)];
        for (first, is_left, others) in first_left {
            if let Some(first) = first.filter(|_| is_left) {
                others.get_or_insert_with(Vec::new).insert(0, first);
            }
        }
        left.into_iter().chain(years_left).flatten().for_each(|(tag, raw)| self.keep(tag, &raw));
        let issued = exact.map_or(combined.date, |(_, exact)| field_lines::read_date(&exact));
        if !issued.is_empty() {
            self.fields.push((Variable::Issued, Value::Date(issued)));
        }
    }

    fn settle_pages(&mut self, at: &mut At<'_>) {
        let start = self.first_pending(Slot::StartPage);
        let end = self.first_pending(Slot::EndPage);
        let article = self.first_pending(Slot::ArticleNumber);
        let mut pages = None;
        match (&start, &end) {
            (Some((tag, start)), None) => {
                let range = Pages::parse(&decode_references(start));
                if self.ty().shape.counts_pages() && !is_range(&range) {
                    let number = Number::from(&*decode_references(start));
                    self.single(Variable::NumberOfPages, Value::Number(number), *tag, start, at);
                } else {
                    pages = Some(range);
                }
            }
            (Some((_, start)), Some((_, end))) => {
                pages = Some(page_range(&decode_references(start), &decode_references(end)))
            }
            (None, Some((_, end))) => pages = Some(Pages::parse(&decode_references(end))),
            (None, None) => {}
        }
        match (article, &pages) {
            (Some((_, number)), None) => pages = Some(Pages::article(&decode_references(&number))),
            (Some((tag, number)), Some(_)) => self.keep(tag, &number),
            (None, _) => {}
        }
        if let Some(pages) = pages {
            let (tag, raw) = start.or(end).unwrap_or((*b"C7", String::new()));
            self.single(Variable::Page, Value::Pages(pages), tag, &raw, at);
        }
    }

    /// `T2` and `C3`, `CY` and `C1` of a paper in proceedings.
    fn settle_conference(&mut self, at: &mut At<'_>) {
        if self.ty().shape != Shape::Conference {
            return;
        }
        let (conference, proceedings) =
            (self.first_pending(Slot::Conference), self.first_pending(Slot::ProceedingsTitle));
        match (conference, proceedings) {
            (Some(conference), Some(proceedings)) => {
                self.settled(Variable::EventTitle, conference, at);
                self.settled(Variable::ContainerTitle, proceedings, at);
            }
            (Some(title), None) | (None, Some(title)) => self.settled(Variable::ContainerTitle, title, at),
            (None, None) => {}
        }
        let (event, place) = (self.first_pending(Slot::ConferencePlace), self.first_pending(Slot::ProceedingsPlace));
        match (event, place) {
            (Some(event), Some(place)) => {
                self.settled(Variable::EventPlace, event, at);
                self.append(Variable::PublisherPlace, Value::Texts(texts(Variable::PublisherPlace, &place.1)));
            }
            (Some(place), None) | (None, Some(place)) => {
                self.append(Variable::PublisherPlace, Value::Texts(texts(Variable::PublisherPlace, &place.1)));
            }
            (None, None) => {}
        }
    }

    fn settled(&mut self, variable: Variable, (tag, raw): (Tag, String), at: &mut At<'_>) {
        self.single(variable, read_value(variable, &raw), tag, &raw, at);
    }

    /// `JO` and `JA` are abbreviations, or the name where it is missing.
    fn settle_journal(&mut self, at: &mut At<'_>) {
        if self.pending.is_empty() {
            return;
        }
        let mut names = self.pending(Slot::JournalAbbreviation);
        // `JO` may be the name in full, `JA` hardly.
        names.sort_by_key(|(tag, _)| *tag != *b"JO");
        for (tag, raw) in names {
            match self.get(Variable::ContainerTitle) {
                None => self.settled(Variable::ContainerTitle, (tag, raw), at),
                Some(title) if *title == read_value(Variable::ContainerTitle, &raw) => {}
                Some(_) => self.settled(Variable::ContainerTitleShort, (tag, raw), at),
            }
        }
    }

    fn settle_rest(&mut self, at: &mut At<'_>) {
        for (slot, tag, raw) in std::mem::take(&mut self.pending) {
            match slot {
                // Text in `M1` is no issue; and no word is due where `IS` has one.
                Slot::Also(variable) if raw.len() > 12 || self.get(variable).is_some() => {
                    if self.get(variable) != Some(&read_value(variable, &raw)) {
                        self.keep(tag, &raw);
                    }
                }
                Slot::Also(variable) => self.settled(variable, (tag, raw), at),
                Slot::TranslatedTitle => self.translated_title(tag, &raw),
                Slot::Genre => {
                    let doi = Identifier::new(Scheme::Doi, &decode_references(&raw));
                    let article = matches!(self.ty().shape, Shape::Journal | Shape::News | Shape::Conference);
                    if article
                        && doi.is_valid()
                        && self.get(Variable::Doi).is_none_or(|known| *known == Value::Identifier(doi.clone()))
                    {
                        self.single(Variable::Doi, Value::Identifier(doi), tag, &raw, at);
                    } else {
                        self.settled(Variable::Genre, (tag, raw), at);
                    }
                }
                _ => self.keep(tag, &raw),
            }
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

    fn finish(self) -> Record {
        let ty = self.ty();
        let kind = self.kind.unwrap_or(ty.kind);
        let mut record = Record::from_fields(self.key, kind, self.fields);
        let name = if self.unknown_type.is_empty() { ty.name } else { &self.unknown_type };
        if name != super::write::type_name(&record) {
            record.native = Some(NativeKind { format: super::FORMAT.name.to_owned(), name: name.to_owned() });
        }
        record.extra = numbered(self.extra);
        record
    }
}

/// PubMed's numbers where PubMed Central puts them: `U1  - 23690738[pmid]`, `AN  - PMC3654245`.
fn number_of_pubmed(tag: Tag, value: &str) -> Option<(Variable, &str)> {
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
            let name = String::from_utf8_lossy(&tag).into_owned();
            Extra { format: super::FORMAT.name.to_owned(), name, raw, ordinal }
        })
        .collect()
}

/// The lines of a value as one.
fn one_line(value: &str) -> Cow<'_, str> {
    match memchr::memchr(b'\n', value.as_bytes()) {
        None => Cow::Borrowed(value),
        Some(_) => Cow::Owned(value.replace('\n', " ")),
    }
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
