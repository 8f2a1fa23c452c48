//! Writes RIS.
//!
//! Values go to the tags of [`super::mapping`]; what RIS has no tag for goes to lines `M2  - name: value`, which Zotero moves into its
//! own fields and other programs keep as they stand. What then is lost is not computed but found: the record is read back, and what
//! differs is tried as a line, or reported.

use super::builder::{Serial, number_of_pubmed, serials};
use super::mapping::{self, ROWS, Shape, Slot, Tag, Type};
use super::{dates, names, read};
use crate::diagnostic::{Level, Sink};
use crate::formats::{Target, WriteOptions, field_lines};
use crate::record::{
    Attachment, Extra, Identifier, Kept, Kind, Loss, Names, PageEnd, Pages, Record, Subject, Text, Title, Value,
    ValueType, Variable,
};
use crate::text::csl_markup::{push_escaped, push_html};

/// Appends one record.
pub(super) fn write(record: &Record, options: &WriteOptions, out: &mut String, losses: &mut dyn Sink<Loss>) {
    let start = out.len();
    let mut plan = Plan::new(record, options);
    plan.print(out);
    let mut back = read::read_one(&out[start..]).unwrap_or_default();
    if back == *record {
        return;
    }
    if plan.improve(&back) {
        out.truncate(start);
        plan.print(out);
        back = read::read_one(&out[start..]).unwrap_or_default();
    }
    // A field whose place or number among its like has changed does not come back as itself.
    if !plan.extra.is_empty() && !plan.extra.iter().copied().eq(&back.extra) {
        plan.extra.clear();
        out.truncate(start);
        plan.print(out);
        back = read::read_one(&out[start..]).unwrap_or_default();
    }
    if losses.wants(Level::Loss) {
        report(record, &back, losses);
    }
}

/// The losses: how what comes back differs from what was to be written.
fn report(record: &Record, back: &Record, losses: &mut dyn Sink<Loss>) {
    let mut lose =
        |subject: Subject, kept: Option<Kept>| losses.report(Loss { record: record.key.clone(), subject, kept });
    if back.key != record.key {
        lose(Subject::Key, Some(Kept::Key(back.key.clone())));
    }
    if back.kind != record.kind {
        lose(Subject::Kind, Some(Kept::Kind(back.kind)));
    }
    if back.native != record.native {
        lose(Subject::NativeKind, back.native.clone().map(Kept::NativeKind));
    }
    for (variable, value) in record.fields() {
        match back.get(variable) {
            Some(kept) if kept == value => {}
            kept => lose(Subject::Variable(variable), kept.cloned().map(Kept::Value)),
        }
    }
    // Values that appear where none was: the author of a film, who becomes its director.
    for (variable, value) in back.fields().filter(|(variable, _)| !record.has(*variable)) {
        lose(Subject::Variable(variable), Some(Kept::Value(value.clone())));
    }
    for extra in record.extra.iter().filter(|extra| !back.extra.contains(extra)) {
        let Extra { format, name, ordinal, .. } = extra.clone();
        lose(Subject::Extra { format, name, ordinal }, None);
    }
}

/// The type that a record is written as where no native kind says otherwise. A book of editors alone is an edited book, which all
/// programs read so.
pub(super) fn type_name(record: &Record) -> &'static str {
    let edited = record.kind == Kind::Book && record.has(Variable::Editor) && !record.has(Variable::Author);
    if edited { "EDBOOK" } else { mapping::type_of(record.kind).name }
}

/// How a record is written.
struct Plan<'r> {
    record: &'r Record,
    zotero: bool,
    type_name: &'r str,
    ty: &'static Type,
    /// Variables whose tag does not hold them, and a line does.
    as_lines: Vec<Variable>,
    /// The fields of other tags that come back.
    extra: Vec<&'r Extra>,
}

impl<'r> Plan<'r> {
    fn new(record: &'r Record, options: &WriteOptions) -> Self {
        let own = super::FORMAT.name;
        let native = record.native.as_ref().filter(|native| native.format == own && is_type(&native.name));
        let type_name = native.map_or_else(|| type_name(record), |native| native.name.as_str());
        let ty = mapping::type_named(type_name).unwrap_or(&mapping::GENERIC);
        let extra = record.extra.iter().filter(|extra| extra.format == own && can_stand(extra)).collect();
        Self { record, zotero: options.target == Target::Zotero, type_name, ty, as_lines: Vec::new(), extra }
    }

    /// Learns from what came back; says whether there is a better way to write.
    fn improve(&mut self, back: &Record) -> bool {
        for (variable, value) in self.record.fields() {
            let lost = back.get(variable) != Some(value);
            let better = || survives_as_line(variable, value) || back.get(variable).is_none();
            if lost && can_be_line(variable) && !self.as_lines.contains(&variable) && better() {
                self.as_lines.push(variable);
            }
        }
        let count = self.extra.len();
        self.extra.retain(|extra| back.extra.contains(extra));
        !self.as_lines.is_empty() || self.extra.len() < count || back.extra.len() > self.extra.len()
    }

    fn shape(&self) -> Shape {
        self.ty.shape
    }

    fn print(&self, out: &mut String) {
        let mut printer = Printer { plan: self, out, done: [false; Variable::ALL.len()] };
        for (at, row) in ROWS.iter().enumerate() {
            printer.row(at, row.tag, row.slot);
        }
    }
}

/// A type's name as a reader takes it.
fn is_type(name: &str) -> bool {
    !name.is_empty() && name.len() <= 16 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Whether a field of RIS can be written as a line: a tag, and a value that is one line.
fn can_stand(extra: &Extra) -> bool {
    let tag = matches!(*extra.name.as_bytes(), [first, second] if first.is_ascii_uppercase()
        && (second.is_ascii_uppercase() || second.is_ascii_digit()));
    tag && !extra.raw.is_empty() && extra.raw.trim() == extra.raw && !extra.raw.contains(char::is_control)
}

/// Values of which a line `name: value` says as much as a tag. Not names and titles: they belong where every program looks.
fn can_be_line(variable: Variable) -> bool {
    use ValueType as T;
    matches!(variable.value_type(), T::Number | T::Pages | T::Date | T::Identifier | T::Identifiers)
}

/// Whether a line gives the value back.
fn survives_as_line(variable: Variable, value: &Value) -> bool {
    match value {
        Value::Date(date) => field_lines::read_date(&date.to_string()) == *date,
        Value::Pages(pages) => Pages::parse(&pages.print("-")) == *pages,
        Value::Identifiers(list) => list.iter().all(|id| Identifier::new(variable.scheme(), id.as_str()) == *id),
        _ => true,
    }
}

struct Printer<'p, 'r, 'o> {
    plan: &'p Plan<'r>,
    out: &'o mut String,
    done: [bool; Variable::ALL.len()],
}

impl<'r> Printer<'_, 'r, '_> {
    /// The value of a variable that still has to be written to a tag.
    fn open(&self, variable: Variable) -> Option<&'r Value> {
        if self.done[variable as usize] || self.plan.as_lines.contains(&variable) {
            return None;
        }
        self.plan.record.get(variable)
    }

    fn finish(&mut self, variable: Variable) {
        self.done[variable as usize] = true;
    }

    fn tag(&mut self, tag: Tag) {
        self.out.push(char::from(tag[0]));
        self.out.push(char::from(tag[1]));
        self.out.push_str("  - ");
    }

    fn end(&mut self) {
        self.out.push_str("\r\n");
    }

    fn line(&mut self, tag: Tag, value: &str) {
        self.tag(tag);
        push_escaped(value, self.out);
        self.end();
    }

    fn row(&mut self, at: usize, tag: Tag, slot: Slot) {
        let shape = self.plan.shape();
        if self.plan.zotero && shape.is_lost_on_zotero(tag, self.plan.type_name) {
            return;
        }
        match slot {
            Slot::Type => {
                self.tag(tag);
                self.out.push_str(self.plan.type_name);
                self.end();
            }
            Slot::Key if !self.plan.record.key.is_empty() => {
                self.tag(tag);
                self.out.push_str(&self.plan.record.key);
                self.end();
            }
            Slot::Field(variable) if mapping::tag_of(variable, shape).is_some_and(|(row, _)| row == at) => {
                self.field(variable, tag);
            }
            Slot::End => {
                self.kind_line();
                self.rest();
                self.out.push_str("ER  - \r\n");
            }
            // What several tags make up is written at the first of them.
            slot if mapping::slot(tag, shape) == Some(slot) => self.special(tag, slot),
            _ => {}
        }
    }

    fn special(&mut self, tag: Tag, slot: Slot) {
        match slot {
            Slot::Conference => self.pair(Variable::EventTitle, Variable::ContainerTitle, *b"T2", *b"C3"),
            Slot::ConferencePlace => self.pair(Variable::EventPlace, Variable::PublisherPlace, *b"CY", *b"C1"),
            Slot::TranslatedTitle => {
                if let Some(addition) = self.plan.record.title().and_then(|title| title.addition.as_ref()) {
                    self.tag(tag);
                    push_html(addition, self.plan.zotero, self.out);
                    self.end();
                }
            }
            Slot::Year => self.issued(),
            Slot::StartPage => self.pages(),
            Slot::Serial => self.serial(tag),
            Slot::Genre => self.field(Variable::Genre, tag),
            Slot::File("application/pdf") => self.attachments(),
            _ => {}
        }
    }

    fn field(&mut self, variable: Variable, tag: Tag) {
        let Some(value) = self.open(variable).or_else(|| self.main_role(variable)) else { return };
        // A place in an archive that looks like PubMed Central's number would be read as one: it gets a line.
        if matches!(value, Value::Text(text) if number_of_pubmed(tag, text.as_str()).is_some()) {
            return;
        }
        self.finish(variable);
        match value {
            Value::Names(names) => self.names(names, tag),
            Value::Title(title) => {
                if !(title.main.is_empty() && title.sub.is_none()) {
                    self.title(title, tag);
                }
            }
            Value::Text(text) => self.text(text, tag),
            Value::Texts(texts) if variable == Variable::Keyword => texts.iter().for_each(|text| self.text(text, tag)),
            Value::Texts(texts) => self.joined(texts, tag),
            Value::Date(date) => {
                let written = dates::write(date, self.plan.zotero);
                if let Some(date) = written.date.or(written.year) {
                    self.line(tag, &date);
                }
            }
            Value::Number(number) => self.line(tag, number.as_str()),
            Value::Identifier(identifier) => self.line(tag, identifier.as_str()),
            // They have rows of their own.
            Value::Pages(_) | Value::Identifiers(_) | Value::Attachments(_) => {}
        }
    }

    /// The author of a film without director: `AU` is where every program looks.
    fn main_role(&mut self, variable: Variable) -> Option<&'r Value> {
        if variable != Variable::Director || self.plan.record.has(variable) {
            return None;
        }
        let author = self.open(Variable::Author)?;
        self.finish(Variable::Author);
        Some(author)
    }

    fn names(&mut self, names: &Names, tag: Tag) {
        for name in &names.list {
            let mut text = String::new();
            names::push(name, &mut text);
            self.line(tag, &text);
        }
    }

    fn title(&mut self, title: &Title, tag: Tag) {
        match title.sub {
            None => self.text(&title.main, tag),
            Some(_) => self.text(&title.joined(), tag),
        }
    }

    fn text(&mut self, text: &Text, tag: Tag) {
        self.tag(tag);
        push_html(text, self.plan.zotero, self.out);
        self.end();
    }

    fn joined(&mut self, texts: &[Text], tag: Tag) {
        self.tag(tag);
        for (at, text) in texts.iter().enumerate() {
            if at > 0 {
                self.out.push_str("; ");
            }
            push_html(text, self.plan.zotero, self.out);
        }
        self.end();
    }

    /// Of a conference and its proceedings: both tags for both; the first for the proceedings alone, but the second for Zotero, which
    /// takes the first for the conference. A conference alone is a line.
    fn pair(&mut self, event: Variable, publication: Variable, first: Tag, second: Tag) {
        let alone = if self.plan.zotero { second } else { first };
        match (self.open(event).is_some(), self.open(publication).is_some()) {
            (true, true) => {
                self.field(event, first);
                self.field(publication, second);
            }
            (false, true) => self.field(publication, alone),
            (_, false) => {}
        }
    }

    fn issued(&mut self) {
        let Some(date) = self.plan.record.issued() else { return };
        let written = dates::write(date, self.plan.zotero);
        let literal = matches!(date, crate::record::Date::Literal(_));
        let in_line = self.plan.as_lines.contains(&Variable::Issued);
        // The year stays where every program looks, also when a line says the date exactly.
        if let Some(year) = written.year.filter(|_| !(in_line && literal)) {
            self.line(*b"PY", &year);
        }
        if let Some(date) = written.date.filter(|_| !in_line) {
            self.line(*b"DA", &date);
        }
        self.done[Variable::Issued as usize] = !in_line;
    }

    fn pages(&mut self) {
        let counts = self.plan.shape().counts_pages();
        if let (Some(Value::Number(number)), true) = (self.open(Variable::NumberOfPages), counts) {
            // A range of pages has the tag where it may have it.
            if self.plan.zotero || !self.plan.record.has(Variable::Page) {
                self.line(*b"SP", number.as_str());
                self.finish(Variable::NumberOfPages);
            }
        }
        let Some(Value::Pages(pages)) = self.open(Variable::Page) else { return };
        let range = match pages.ranges.as_slice() {
            [range] => match &range.end {
                PageEnd::Last(last) => Some((range.first.as_str(), last.as_str())),
                _ => None,
            },
            _ => None,
        };
        // Zotero would take the pages of a book for their count.
        if counts && (self.plan.zotero || range.is_none()) {
            return;
        }
        match range {
            Some((first, last)) => {
                self.line(*b"SP", first);
                self.line(*b"EP", last);
            }
            None if pages.article_number && self.plan.shape() == Shape::Journal && !self.plan.zotero => {
                self.line(*b"C7", &pages.print("-"));
            }
            None => self.line(*b"SP", &pages.print("-")),
        }
        self.finish(Variable::Page);
    }

    /// The number that `SN` is for in this shape, if it reads back as such.
    fn serial(&mut self, tag: Tag) {
        let shape = self.plan.shape();
        let variable = match shape {
            Shape::Report | Shape::Patent => Variable::Number,
            Shape::Journal | Shape::News => Variable::Issn,
            _ => Variable::Isbn,
        };
        let text = match self.open(variable) {
            Some(Value::Number(number)) => number.as_str().to_owned(),
            Some(Value::Identifiers(list)) => list.iter().map(printed).collect::<Vec<_>>().join(" "),
            _ => return,
        };
        let read = serials(shape, &text);
        let same = match self.open(variable) {
            Some(Value::Identifiers(list)) => {
                list.len() == read.len()
                    && list.iter().zip(&read).all(|pair| match pair {
                        (id, Serial::Issn(read) | Serial::Isbn(read)) => id == read,
                        _ => false,
                    })
            }
            _ => matches!(read.as_slice(), [Serial::Number(number)] if number.as_str() == text),
        };
        if same {
            self.line(tag, &text);
            self.finish(variable);
        }
    }

    /// All files, in their order: `L1` for PDF, `L4` for pictures, `L2` for the rest.
    fn attachments(&mut self) {
        let Some(Value::Attachments(files)) = self.open(Variable::Attachments) else { return };
        self.finish(Variable::Attachments);
        for Attachment { path, media_type, .. } in files {
            let tag = match media_type.as_str() {
                "application/pdf" => *b"L1",
                image if image.starts_with("image") => *b"L4",
                _ => *b"L2",
            };
            self.line(tag, path);
        }
    }

    /// `M2  - type: …` where the type of reference does not say the kind, to us or to Zotero.
    fn kind_line(&mut self) {
        let kind = self.plan.record.kind;
        let unclear = self.plan.zotero && matches!(kind, Kind::Document | Kind::Standard);
        if self.plan.ty.kind != kind || unclear {
            self.tag(*b"M2");
            self.out.push_str("type: ");
            self.out.push_str(field_lines::kind_name(kind));
            self.end();
        }
    }

    /// What has no tag, as lines; and the fields of other tags.
    fn rest(&mut self) {
        for (variable, value) in self.plan.record.fields() {
            if self.done[variable as usize] {
                continue;
            }
            match value {
                Value::Names(names) => names.list.iter().for_each(|name| {
                    let mut text = String::new();
                    field_lines::push_name(name, &mut text);
                    self.named(variable, &escaped(&text));
                }),
                Value::Title(title) => self.named_text(variable, &title.joined()),
                Value::Text(text) => self.named_text(variable, text),
                Value::Texts(texts) => texts.iter().for_each(|text| self.named_text(variable, text)),
                Value::Date(date) => self.named(variable, &date.to_string()),
                Value::Number(number) => self.named(variable, &escaped(number.as_str())),
                Value::Pages(pages) => self.named(variable, &escaped(&pages.print("-"))),
                Value::Identifier(identifier) => self.named(variable, &escaped(identifier.as_str())),
                Value::Identifiers(list) => list.iter().for_each(|id| self.named(variable, &escaped(id.as_str()))),
                Value::Attachments(_) => {}
            }
        }
        for extra in &self.plan.extra {
            self.out.push_str(&extra.name);
            self.out.push_str("  - ");
            self.out.push_str(&extra.raw);
            self.end();
        }
    }

    fn named_text(&mut self, variable: Variable, text: &Text) {
        let mut html = String::new();
        push_html(text, self.plan.zotero, &mut html);
        self.named(variable, &html);
    }

    /// Writes a line, if it would be taken for one.
    fn named(&mut self, variable: Variable, value: &str) {
        let start = self.out.len();
        self.tag(*b"M2");
        self.out.push_str(field_lines::name_of(variable));
        self.out.push_str(": ");
        self.out.push_str(value);
        let line = &self.out[start + 6..];
        let taken =
            field_lines::split(line).is_some_and(|(target, _)| target == field_lines::Target::Variable(variable));
        if taken {
            self.end();
        } else {
            self.out.truncate(start);
        }
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(text, &mut out);
    out
}

/// An ISBN with its hyphens, if it was printed with them.
fn printed(identifier: &Identifier) -> &str {
    let printed = identifier.printed();
    let hyphens = printed.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'X'));
    if hyphens { printed } else { identifier.as_str() }
}
