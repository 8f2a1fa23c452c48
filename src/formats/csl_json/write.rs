//! Writes CSL-JSON.
//!
//! Nothing is ever lost: what a member cannot hold exactly stands a second time in `custom`, as [`super::native`] prints it; the
//! module's header shows the layout. Only [`Target::Zotero`] bends values, since Zotero's importer reads no `custom`.
//!
//! Numbers are always strings ("12", as Zotero and CrossRef write them): a volume "S3" and a volume "3" are of one type then.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::native::{self, push_name};
use super::{dates, eprint, mapping, note, zotero};
use crate::diagnostic::Sink;
use crate::formats::{Target, WriteOptions};
use crate::record::{Identifier, Loss, Names, PageEnd, Pages, Record, Scheme, Text, Title, Value, Variable};
use crate::text::csl_markup;
use crate::text::json::{is_compact, push_string};

/// How an item is laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    open: &'static str,
    between: &'static str,
    colon: &'static str,
    close: &'static str,
    /// What stands before the value of each variable that has a member, all in one.
    members: &'static LazyLock<Members>,
}

type Members = Vec<Option<String>>;

static PRETTY_MEMBERS: LazyLock<Members> = LazyLock::new(|| members(Layout::PRETTY));
static LINE_MEMBERS: LazyLock<Members> = LazyLock::new(|| members(Layout::LINE));

fn members(layout: Layout) -> Members {
    let before = |name| format!("{}\"{name}\"{}", layout.between, layout.colon);
    Variable::ALL.iter().map(|&variable| mapping::member(variable).map(before)).collect()
}

impl Layout {
    /// One member a line, for people.
    pub(super) const PRETTY: Self =
        Self { open: "  {\n    ", between: ",\n    ", colon: ": ", close: "\n  }", members: &PRETTY_MEMBERS };
    /// All on one line, for JSON Lines.
    pub(crate) const LINE: Self = Self { open: "{", between: ",", colon: ":", close: "}", members: &LINE_MEMBERS };
}

/// Appends one item.
pub(crate) fn item(
    record: &Record,
    layout: Layout,
    options: &WriteOptions,
    out: &mut String,
    losses: &mut dyn Sink<Loss>,
) {
    let record = match options.target {
        Target::Zotero => Cow::Owned(zotero::bend(record, losses)),
        Target::Standard => Cow::Borrowed(record),
    };
    let mut item = Item { out, layout, custom: Custom::default() };
    item.out.push_str(layout.open);
    item.raw_name("id");
    push_string(item.out, &record.key);
    item.name("type");
    push_string(item.out, record.kind.as_str());
    item.fields(&record, options.target);
    item.custom(&record);
    item.out.push_str(layout.close);
}

struct Item<'o> {
    out: &'o mut String,
    layout: Layout,
    custom: Custom,
}

/// The members of `custom`, as they come up.
#[derive(Default)]
struct Custom {
    members: String,
    et_al: Vec<Variable>,
}

impl Custom {
    fn name(&mut self, name: &str) -> &mut String {
        match self.members.is_empty() {
            // Few are longer, so that the string needs not grow.
            true => self.members.reserve(256),
            false => self.members.push(','),
        }
        push_string(&mut self.members, name);
        self.members.push(':');
        &mut self.members
    }
}

impl Item<'_> {
    fn name(&mut self, name: &str) {
        self.out.push_str(self.layout.between);
        self.raw_name(name);
    }

    fn raw_name(&mut self, name: &str) {
        self.out.push('"');
        self.out.push_str(name);
        self.out.push('"');
        self.out.push_str(self.layout.colon);
    }

    fn fields(&mut self, record: &Record, target: Target) {
        let ambiguous = eprint::looks_like_one(record);
        for (variable, value) in record.fields() {
            if matches!(value, Value::Names(names) if names.et_al) {
                self.custom.et_al.push(variable);
            }
            let Some(Some(before)) = self.layout.members.get(variable as usize) else {
                native::push(value, self.custom.name(variable.as_str()));
                continue;
            };
            self.out.push_str(before);
            let exact = match (variable, value) {
                (Variable::Note, Value::Text(text)) => {
                    let exact = note::push(record, text, target, self.out);
                    exact && !note::would_split(text)
                }
                _ => push_value(variable, value, self.out),
            };
            if !exact || ambiguous == Some(variable) {
                native::push(value, self.custom.name(variable.as_str()));
            }
        }
        self.eprint(record);
        if target == Target::Zotero && !record.has(Variable::Note) && note::has_lines(record) {
            self.name("note");
            note::push(record, &Text::default(), target, self.out);
        }
    }

    /// What stands in for the e-print number, where its place is free.
    fn eprint(&mut self, record: &Record) {
        match eprint::stand_in(record) {
            Some(eprint::StandIn::Number(number)) if !record.has(Variable::Number) => {
                self.name("number");
                push_string(self.out, &number);
            }
            Some(eprint::StandIn::Archive(archive, location))
                if !record.has(Variable::Archive) && !record.has(Variable::ArchiveLocation) =>
            {
                self.name("archive");
                push_string(self.out, &archive);
                self.name("archive_location");
                push_string(self.out, &location);
            }
            _ => {}
        }
    }

    fn custom(&mut self, record: &Record) {
        if !self.custom.et_al.is_empty() {
            let variables = std::mem::take(&mut self.custom.et_al);
            let out = self.custom.name(native::ET_AL);
            push_list(out, &variables, |out, variable| push_string(out, variable.as_str()));
        }
        if let Some(kind) = &record.native {
            let out = self.custom.name(native::NATIVE_KIND);
            out.push_str("{\"format\":");
            push_string(out, &kind.format);
            out.push_str(",\"name\":");
            push_string(out, &kind.name);
            out.push('}');
        }
        self.extra(record);
        if !self.custom.members.is_empty() {
            self.name("custom");
            self.out.push('{');
            self.out.push_str(&self.custom.members);
            self.out.push('}');
        }
    }

    /// Members of other programs stand in `custom` under their own name; from the first that cannot, the rest is a list.
    fn extra(&mut self, record: &Record) {
        let own = record.extra.iter().take_while(|extra| {
            extra.format == super::FORMAT.name
                && extra.ordinal == 0
                && !extra.name.is_empty()
                && !native::is_reserved(&extra.name)
                && is_compact(&extra.raw)
                && !native::is_void(&extra.raw)
        });
        let count = own.count();
        for extra in &record.extra[..count] {
            self.custom.name(&extra.name).push_str(&extra.raw);
        }
        if count < record.extra.len() {
            let out = self.custom.name(native::EXTRA);
            push_list(out, &record.extra[count..], |out, extra| {
                out.push_str("{\"format\":");
                push_string(out, &extra.format);
                out.push_str(",\"name\":");
                push_string(out, &extra.name);
                out.push_str(",\"raw\":");
                push_string(out, &extra.raw);
                if extra.ordinal > 0 {
                    out.push_str(",\"ordinal\":");
                    out.push_str(&extra.ordinal.to_string());
                }
                out.push('}');
            });
        }
    }
}

/// Appends the value as CSL has it, and says whether the reader gives it back exactly.
fn push_value(variable: Variable, value: &Value, out: &mut String) -> bool {
    match value {
        Value::Names(names) => push_names(names, out),
        Value::Title(title) => push_title(title, out),
        Value::Text(text) => push_text(text, out),
        Value::Texts(texts) if variable == Variable::Categories => {
            push_list(out, texts, |out, text| {
                push_text(text, out);
            });
            texts.iter().all(|text| csl_markup::push_text(text, &mut String::new()))
        }
        Value::Texts(texts) => push_joined(variable, texts, out),
        Value::Date(date) => dates::write(date, out),
        Value::Number(number) => {
            push_string(out, number.as_str());
            true
        }
        Value::Pages(pages) => push_pages(pages, out),
        Value::Identifier(identifier) => {
            push_string(out, identifier.as_str());
            true
        }
        Value::Identifiers(identifiers) => push_identifiers(variable.scheme(), identifiers, out),
        // Not among CSL's variables.
        Value::Attachments(_) => {
            out.push_str("\"\"");
            false
        }
    }
}

fn push_names(names: &Names, out: &mut String) -> bool {
    push_list(out, &names.list, |out, name| push_name(name, false, out));
    names.list.iter().all(|name| name.as_person().is_none_or(|person| person.orcid.is_empty()))
}

fn push_title(title: &Title, out: &mut String) -> bool {
    match (&title.sub, &title.addition) {
        (None, None) => push_text(&title.main, out),
        (_, Some(addition)) if title.main.is_empty() && title.sub.is_none() => {
            push_text(addition, out);
            false
        }
        _ => {
            push_text(&title.joined(), out);
            false
        }
    }
}

fn push_text(text: &Text, out: &mut String) -> bool {
    if text.is_plain() && memchr::memchr(b'<', text.as_str().as_bytes()).is_none() {
        push_string(out, text.as_str());
        return true;
    }
    let mut markup = String::with_capacity(text.as_str().len() + 40 * text.runs().len());
    let exact = csl_markup::push_text(text, &mut markup);
    push_string(out, &markup);
    exact
}

/// CSL has one string where we have a list: keywords are joined by commas, all others by semicolons.
fn push_joined(variable: Variable, texts: &[Text], out: &mut String) -> bool {
    let keywords = variable == Variable::Keyword;
    if let [text] = texts
        && !keywords
    {
        return push_text(text, out);
    }
    let mut joined = String::new();
    let mut exact = texts.len() == 1;
    for text in texts {
        if !joined.is_empty() {
            joined.push_str(if keywords { ", " } else { "; " });
        }
        exact &= csl_markup::push_text(text, &mut joined);
    }
    push_string(out, &joined);
    if keywords && texts.iter().all(|text| text.is_plain() && !text.as_str().contains([',', ';', '<'])) {
        return true;
    }
    if keywords { native::keywords(&joined) == texts } else { exact }
}

fn push_pages(pages: &Pages, out: &mut String) -> bool {
    if let Some((first, last)) = simple(pages) {
        out.push('"');
        out.push_str(first);
        if let Some(last) = last {
            out.push('-');
            out.push_str(last);
        }
        out.push('"');
        return true;
    }
    let printed = pages.print("-");
    push_string(out, &printed);
    Pages::parse(&printed) == *pages
}

/// The ends of the one range of pages that are digits, which need no second look.
fn simple(pages: &Pages) -> Option<(&str, Option<&str>)> {
    let digits = |page: &str| !page.is_empty() && page.bytes().all(|byte| byte.is_ascii_digit());
    let [range] = pages.ranges.as_slice() else { return None };
    let last = match &range.end {
        PageEnd::Single => None,
        PageEnd::Last(last) => Some(last.as_str()),
        _ => return None,
    };
    let is_simple = !pages.article_number && digits(&range.first) && last.is_none_or(digits);
    is_simple.then_some((&*range.first, last))
}

fn push_identifiers(scheme: Scheme, identifiers: &[Identifier], out: &mut String) -> bool {
    let mut joined = String::new();
    for identifier in identifiers {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(with_hyphens(identifier));
    }
    push_string(out, &joined);
    // Valid ones have no blanks, and together are no valid one.
    identifiers.iter().all(Identifier::is_valid) || native::identifiers(scheme, &joined) == identifiers
}

/// The printed form of an ISBN, if it has nothing but its hyphens more than the bare form.
fn with_hyphens(identifier: &Identifier) -> &str {
    let printed = identifier.printed();
    let hyphens = printed.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'X'));
    if hyphens { printed } else { identifier.as_str() }
}

/// Appends a JSON array.
pub(super) fn push_list<T>(out: &mut String, items: &[T], mut push: impl FnMut(&mut String, &T)) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push(out, item);
    }
    out.push(']');
}
