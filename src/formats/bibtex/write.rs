//! Writes records as entries.

use std::borrow::Cow;

use super::entry_types::{self, EntryType, FORMAT_NAME};
use super::mapping::{self, Dialect, EDITOR_SLOTS, EDITOR_TYPES, STATUS_KEYS, TITLE_PARTS, TYPE_KEYS};
use super::values::{self, is_recased};
use super::{certain, dates, files, model, names, packed, read, zotero};
use crate::diagnostic::{Level, Sink};
use crate::formats::{Protect, Target, WriteOptions};
use crate::record::{
    Attachment, Date, Extra, Identifier, Loss, Name, Names, Number, Pages, Record, Text, Title, Value, Variable,
    losses_between,
};
use crate::text::tex::{self, Encode};

/// Appends `record` to `out` as one entry, and reports what a reader will not get back.
pub(crate) fn write(
    dialect: Dialect,
    record: &Record,
    options: &WriteOptions,
    out: &mut String,
    losses: &mut dyn Sink<Loss>,
) {
    let bent;
    let (entry, written) = match options.target {
        Target::Standard => (entry_types::entry_type(dialect, record), record),
        Target::Zotero => {
            let name = zotero::entry_type(dialect, record);
            bent = zotero::bend(name, record);
            (EntryType { name: name.into(), subtype: None }, &bent)
        }
    };
    let is_asked = losses.wants(Level::Loss);
    let mut fields = Fields::collect(dialect, written, options, &entry, is_asked);
    fields.finish();
    let start = out.len();
    out.push('@');
    out.push_str(&entry.name);
    out.push('{');
    push_key(out, &record.key, options.ascii);
    out.push_str(",\n");
    for field in &fields.list {
        field.push(out);
    }
    out.push_str("}\n");
    if fields.is_certain && certain::frame_comes_back(record, &entry.name) {
        debug_assert!(read::read_one_entry(&out[start..]).as_ref() == Some(record), "{}", &out[start..]);
    } else if is_asked {
        tell_losses(record, &out[start..], losses);
    }
}

/// The type and the fields of a record in BibLaTeX, each under its own name even where the data model does not allow it.
#[cfg(feature = "biblatex")]
pub(crate) fn fields(record: &Record) -> (String, Vec<(Cow<'static, str>, String)>) {
    let entry = entry_types::entry_type(Dialect::Biblatex, record);
    let mut fields = Fields::collect(Dialect::Biblatex, record, &WriteOptions::default(), &entry, false);
    fields.extra();
    let list = fields.list.into_iter().map(|field| (field.name, field.value)).collect();
    (entry.name.into(), list)
}

/// Reads the entry back and reports what differs, so that the report is what a reader sees, whatever the values were.
fn tell_losses(record: &Record, entry: &str, losses: &mut dyn Sink<Loss>) {
    if let Some(back) = read::read_one_entry(entry) {
        losses_between(record, &back).into_iter().for_each(|loss| losses.report(loss));
    }
}

/// The key without the characters that end it or mean something else in BibTeX, biber or LaTeX.
fn push_key(out: &mut String, key: &str, ascii: bool) {
    let key = if ascii && !key.is_ascii() { Cow::Owned(deunicode::deunicode(key)) } else { Cow::Borrowed(key) };
    out.extend(key.chars().filter(|&c| !c.is_whitespace() && !c.is_control() && !"\"#%(),={}~\\".contains(c)));
}

/// One field of an entry.
struct Field {
    name: Cow<'static, str>,
    /// What stands between the braces; with `bare`, the value with its own delimiters (`jun`, `jun # "--" # aug`).
    value: String,
    bare: bool,
}

impl Field {
    fn push(&self, out: &mut String) {
        out.push_str("  ");
        out.push_str(&self.name);
        out.push_str(" = ");
        if self.bare {
            out.push_str(&self.value);
        } else {
            out.push('{');
            out.push_str(&self.value);
            out.push('}');
        }
        out.push_str(",\n");
    }
}

/// The fields of one entry while they are collected.
struct Fields<'r> {
    dialect: Dialect,
    record: &'r Record,
    entry: &'r EntryType,
    encode: Encode,
    protect: Protect,
    target: Target,
    list: Vec<Field>,
    /// Whether all of them come back for sure, as far as was looked.
    is_certain: bool,
}

impl<'r> Fields<'r> {
    /// The fields of the record's values; with `is_asked`, whether they come back is looked at, too.
    fn collect(
        dialect: Dialect,
        record: &'r Record,
        options: &WriteOptions,
        entry: &'r EntryType,
        is_asked: bool,
    ) -> Self {
        let encode = Encode { ascii: options.ascii, simple: options.target == Target::Zotero, ..Encode::default() };
        let mut fields = Self {
            dialect,
            record,
            entry,
            encode,
            protect: options.protect,
            target: options.target,
            list: Vec::with_capacity(record.fields().len() + 4),
            is_certain: is_asked && options.target == Target::Standard && entry.subtype.is_none(),
        };
        let mut values: Vec<(Variable, &Value)> = record.fields().collect();
        values.sort_by_key(|(variable, _)| mapping::rank(*variable));
        if let Some(subtype) = &entry.subtype {
            fields.push("entrysubtype", subtype.to_string());
        }
        for (variable, value) in values {
            let before = fields.list.len();
            fields.variable(variable, value);
            let written = fields.list[before..].iter().map(|field| (&*field.name, &*field.value));
            fields.is_certain =
                fields.is_certain && certain::comes_back(dialect, &entry.name, variable, value, written);
        }
        fields.untyped();
        fields
    }

    /// BibTeX's styles call an entry of these types a PhD thesis or a technical report unless it says otherwise.
    fn untyped(&mut self) {
        let bland = match self.entry.name.as_str() {
            "phdthesis" | "mastersthesis" => "Thesis",
            "techreport" => "Report",
            _ => return,
        };
        if !self.record.has(Variable::Genre) {
            self.push("type", bland.to_owned());
        }
    }

    /// Packs what the data model does not allow, and adds all else.
    fn finish(&mut self) {
        if self.dialect == Dialect::Biblatex && self.target == Target::Standard && model::has_fields(&self.entry.name) {
            self.pack();
        }
        self.extra();
    }

    /// Adds the fields that only this format knows.
    fn extra(&mut self) {
        let record = self.record;
        for extra in record.extra.iter().filter(|extra| extra.format == FORMAT_NAME) {
            if is_field_name(&extra.name) && !self.usurps(extra) {
                self.push(extra.name.to_string(), extra.raw.clone());
            }
        }
    }

    /// Whether the reader would take an extra field for a part of what stands in others: for a part of the date that stands in `year`,
    /// for the role of the editors, for the people whose role an `editoratype` tells, or for fields that are packed.
    fn usurps(&self, extra: &Extra) -> bool {
        let is_part = matches!(extra.name.as_str(), "date" | "month" | "day");
        let is_role =
            extra.name == "editortype" && self.has("editor") && EDITOR_TYPES.iter().any(|(_, word)| *word == extra.raw);
        let is_told = EDITOR_SLOTS
            .iter()
            .any(|(_, role)| self.list.iter().any(|field| field.name == *role && field.value == extra.name.as_str()));
        let is_packed = extra.name == packed::FIELD && packed::read(&extra.raw).is_some();
        (is_part && self.has("year") && !self.has("date") || is_role || is_told || is_packed) && !self.has(&extra.name)
    }

    /// Moves the fields that the entry type must not have into `userf`, as keys and values.
    fn pack(&mut self) {
        let is_outside = |field: &mut Field| !model::allows(&self.entry.name, annotated(&field.name));
        let outside: Vec<Field> = self.list.extract_if(.., is_outside).collect();
        if !outside.is_empty() {
            self.is_certain = false;
            let packed = packed::write(outside.iter().map(|field| (&*field.name, &*field.value)));
            self.push(packed::FIELD, packed);
        }
    }

    /// Adds a field. A value with a brace that has no partner would break the file, and one with controls that no text has would make
    /// it a binary one, so they are left out, and missed when the entry is read back.
    fn push(&mut self, name: impl Into<Cow<'static, str>>, value: String) {
        // All bytes are looked at, in steps that compile to vector instructions.
        let is_control = |byte: u8| (byte < b' ') & !byte.is_ascii_whitespace() | (byte == 0x7F);
        let has_controls = value.bytes().fold(false, |found, byte| found | is_control(byte));
        if is_balanced(&value) && !has_controls {
            self.list.push(Field { name: name.into(), value, bare: false });
        }
    }

    fn has(&self, name: &str) -> bool {
        self.list.iter().any(|field| field.name == name)
    }

    fn variable(&mut self, variable: Variable, value: &Value) {
        let own = match self.target {
            Target::Standard => None,
            Target::Zotero => zotero::field_of(&self.entry.name, variable),
        };
        let field = own.unwrap_or_else(|| mapping::field_of(self.dialect, &self.entry.name, variable));
        match (variable, value) {
            (Variable::Issued, Value::Date(date)) => self.issued(date),
            (Variable::YearSuffix, _) if self.suffix_in_year() => {}
            (Variable::Status, Value::Text(text)) => {
                let words = self.keyword(text, STATUS_KEYS);
                if !self.has(field) {
                    self.push(field, words);
                }
            }
            (Variable::Genre, Value::Text(text)) => self.genre(field, text),
            (Variable::Edition, Value::Number(number)) => {
                let ordinal = self.dialect == Dialect::Bibtex && self.target == Target::Standard;
                let words = if ordinal {
                    edition(number, self.encode)
                } else {
                    tex::encode_plain(number.as_str(), self.encode)
                };
                // What the reader would take for an ordinal, and is not meant as one, stands in braces.
                let same = values::edition(&words) == *number;
                self.push(field, if same { words } else { format!("{{{words}}}") });
            }
            (Variable::Organizer, Value::Names(names)) if field == "organization" => self.organizer(names),
            (_, Value::Names(names)) => self.names(variable, field, names),
            (_, Value::Title(title)) => self.title(field, title),
            (Variable::Crossref | Variable::Xref, Value::Text(text)) => self.push(field, text.as_str().to_owned()),
            (Variable::EprintType, Value::Text(text)) => self.eprint_type(field, text),
            (_, Value::Text(text)) => {
                let tex = self.text(field, text);
                self.push(field, tex);
            }
            (_, Value::Texts(texts)) => self.texts(variable, field, texts),
            (_, Value::Date(Date::Literal(text))) => self.push(field, tex::encode_plain(text, self.encode)),
            (_, Value::Date(date)) => self.push(field, date.to_string()),
            (_, Value::Number(number)) => self.push(field, tex::encode_plain(number.as_str(), self.encode)),
            (_, Value::Pages(pages)) => self.pages(pages),
            (Variable::Pmid, Value::Identifier(id)) => self.archive_number(field, "pubmed", id),
            (Variable::Pmcid, Value::Identifier(id)) => self.archive_number(field, "pmc", id),
            (_, Value::Identifier(id)) => self.verbatim(variable, field, id.as_str()),
            (_, Value::Identifiers(ids)) => self.identifiers(field, ids),
            (_, Value::Attachments(list)) => self.attachments(field, list),
        }
    }

    fn text(&self, field: &str, text: &Text) -> String {
        let recased = is_recased(field);
        let mut encode = self.encode;
        encode.protect_words = recased && self.protect == Protect::Words;
        let tex = tex::encode(text, encode);
        match (recased, self.protect) {
            (true, Protect::Title) if !tex::is_group(&tex) => format!("{{{tex}}}"),
            (true, _) => tex,
            // The reader takes one pair of braces around such a value for nothing.
            (false, _) if tex::is_group(&tex) => format!("{{{tex}}}"),
            (false, _) => tex,
        }
    }

    fn title(&mut self, field: &'static str, title: &Title) {
        let parts = TITLE_PARTS.iter().find(|(main, _, _)| *main == field);
        let (_, sub, addition) = parts.copied().unwrap_or((field, "", ""));
        // BibTeX's styles print no subtitle, so it joins the title.
        let apart = self.dialect == Dialect::Biblatex && self.target == Target::Standard && !sub.is_empty();
        match (&title.sub, apart) {
            (Some(text), true) => {
                if !title.main.is_empty() {
                    let tex = self.text(field, &title.main);
                    self.push(field, tex);
                }
                let tex = self.text(sub, text);
                self.push(sub, tex);
            }
            _ if title.main.is_empty() && title.sub.is_none() => {}
            _ => {
                let tex = self.text(field, &title.joined());
                self.push(field, tex);
            }
        }
        match &title.addition {
            Some(text) if !addition.is_empty() => {
                let tex = self.text(addition, text);
                self.push(addition, tex);
            }
            _ => {}
        }
    }

    fn names(&mut self, variable: Variable, field: &'static str, names: &Names) {
        let (field, role) = self.slot(variable, field);
        let standard = self.target == Target::Standard;
        let style = names::Style {
            encode: self.encode,
            others: standard,
            extended: standard && self.dialect == Dialect::Biblatex,
        };
        let tex = names::write(names, style);
        self.push(field, tex);
        if let Some((type_field, role)) = role {
            self.push(type_field, role.to_owned());
        }
        let orcids: Vec<String> = names
            .list
            .iter()
            .enumerate()
            .filter_map(|(at, name)| Some((at + 1, name.as_person()?.orcid.as_str())))
            .filter(|(_, orcid)| !orcid.is_empty())
            .map(|(at, orcid)| format!("{at}=\"{orcid}\""))
            .collect();
        if !orcids.is_empty() {
            self.push(format!("{field}+an:orcid"), orcids.join("; "));
        }
    }

    /// Where a role goes that BibLaTeX knows as a type of editor: the first of the editor's fields that is free.
    fn slot(&self, variable: Variable, field: &'static str) -> (&'static str, Option<(&'static str, &'static str)>) {
        let Some((_, role)) = EDITOR_TYPES.iter().find(|(known, _)| *known == variable) else { return (field, None) };
        let slots = match self.dialect {
            Dialect::Biblatex => &EDITOR_SLOTS[..],
            // BibTeX prints `editor` where nobody else is named, whatever the role.
            Dialect::Bibtex if self.record.has(Variable::Author) => &[],
            Dialect::Bibtex => &EDITOR_SLOTS[..1],
        };
        let free = slots.iter().find(|(slot, type_field)| {
            let taken = self.has(slot) || (*slot == "editor" && self.record.has(Variable::Editor));
            let known = self.dialect == Dialect::Bibtex
                || (model::allows(&self.entry.name, slot) && model::allows(&self.entry.name, type_field));
            !taken && known
        });
        free.map_or((field, None), |(slot, type_field)| (slot, Some((type_field, role))))
    }

    /// Whoever held the conference: a list of bodies in `organization`, people under CSL's name.
    fn organizer(&mut self, names: &Names) {
        let bodies: Option<Vec<Text>> = names
            .list
            .iter()
            .map(|name| match name {
                Name::Literal(name) => Some(Text::plain(name)),
                Name::Person(_) => None,
            })
            .collect();
        match bodies {
            Some(bodies) if !names.et_al => self.texts(Variable::Publisher, "organization", &bodies),
            _ => self.names(Variable::Organizer, Variable::Organizer.as_str(), names),
        }
    }

    fn texts(&mut self, variable: Variable, field: &'static str, texts: &[Text]) {
        let value = match variable {
            Variable::Related | Variable::EntrySet | Variable::Aliases | Variable::Xdata => {
                texts.iter().map(Text::as_str).collect::<Vec<_>>().join(",")
            }
            Variable::Keyword | Variable::Categories => {
                self.list_items(texts, |text| text.contains([',', ';'])).join(", ")
            }
            Variable::Language | Variable::OriginalLanguage => self.list_items(texts, has_and).join(" and "),
            _ if self.has_lists() => self.list_items(texts, has_and).join(" and "),
            // Without lists "and" is a word; braces around each tell one.
            _ if texts.len() > 1 => self.list_items(texts, |_| true).join(" and "),
            _ => self.list_items(texts, |text| self.dialect == Dialect::Biblatex && has_and(text)).join(""),
        };
        self.push(field, value);
    }

    /// Whether the reader will see that the entry is BibLaTeX's, where "and" divides publishers.
    fn has_lists(&self) -> bool {
        let dated = self.record.issued().is_some_and(|date| !matches!(date, Date::Literal(_)));
        let fields = [
            ("date", dated),
            ("location", self.record.has(Variable::PublisherPlace) && model::allows(&self.entry.name, "location")),
        ];
        let fields = fields.into_iter().filter(|(_, written)| *written).map(|(name, _)| name);
        self.dialect == Dialect::Biblatex
            && self.target == Target::Standard
            && entry_types::is_biblatex(&self.entry.name, fields)
    }

    /// The items of a list; in braces where they hold what separates them.
    fn list_items(&self, texts: &[Text], separates: impl Fn(&str) -> bool) -> Vec<String> {
        let item = |text: &Text| {
            let tex = tex::encode(text, self.encode);
            if separates(text.as_str()) || tex::is_group(&tex) { format!("{{{tex}}}") } else { tex }
        };
        texts.iter().map(item).collect()
    }

    fn issued(&mut self, date: &Date) {
        match (self.dialect, date) {
            // Zotero takes a `year` for a number and a `date` for any text.
            (Dialect::Bibtex, date) if self.target == Target::Standard || certain::is_plain_date(date) => {
                self.legacy_date(date)
            }
            (Dialect::Biblatex, Date::Literal(text)) if self.target == Target::Standard => {
                // "in press" is no date to BibLaTeX, but a state of publication.
                let state = STATUS_KEYS.iter().find(|(_, words)| words == text);
                if let Some((key, _)) = state.filter(|_| !self.record.has(Variable::Status)) {
                    self.push("pubstate", (*key).to_owned());
                }
                self.push("issued", tex::encode_plain(text, self.encode));
            }
            (_, Date::Literal(text)) => self.push("date", tex::encode_plain(text, self.encode)),
            (_, date) => self.push("date", date.to_string()),
        }
    }

    fn legacy_date(&mut self, date: &Date) {
        let legacy = dates::to_legacy(date);
        let suffix = self.record.year_suffix().filter(|_| self.suffix_in_year()).map_or("", Text::as_str);
        let year = format!("{}{suffix}", tex::encode_plain(&legacy.year, self.encode));
        for (name, value) in [("date", legacy.date), ("year", year), ("day", legacy.day)] {
            if !value.is_empty() {
                self.push(name, value);
            }
        }
        if !legacy.month.is_empty() {
            self.list.push(Field { name: "month".into(), value: legacy.month, bare: true });
        }
    }

    /// Whether the letter behind the year is written there, as BibTeX's styles would have it.
    fn suffix_in_year(&self) -> bool {
        let plain_year = matches!(self.record.issued(), Some(Date::Single(point))
            if point.unspecified_digits == 0 && point.year > 0 && !point.uncertain && !point.approximate && point.time.is_none());
        let letter = self.record.year_suffix().is_some_and(|suffix| {
            suffix.as_str().len() <= 2 && suffix.as_str().bytes().all(|byte| byte.is_ascii_lowercase())
        });
        self.dialect == Dialect::Bibtex && self.target == Target::Standard && plain_year && letter
    }

    /// The type of a thesis or report, in the words that BibTeX's entry types and BibLaTeX's keys imply.
    fn genre(&mut self, field: &'static str, text: &Text) {
        let implied = match self.entry.name.as_str() {
            "phdthesis" => "PhD thesis",
            "mastersthesis" => "Master's thesis",
            "techreport" => "Technical report",
            _ => "",
        };
        if text.is_plain() && text.as_str() == implied {
            return;
        }
        let words = self.keyword(text, TYPE_KEYS);
        // The bland words say that there is no type; braces mean them.
        let bland = !implied.is_empty() && matches!(words.as_str(), "Thesis" | "Report");
        self.push(field, if bland { format!("{{{words}}}") } else { words });
    }

    /// The key for these words if BibLaTeX has one. Words that are spelt as a key are put in braces, which no key has.
    fn keyword(&self, text: &Text, keys: &[(&'static str, &'static str)]) -> String {
        let plain = text.is_plain().then_some(text.as_str());
        if let (Dialect::Biblatex, Some((key, _))) =
            (self.dialect, keys.iter().find(|(_, words)| Some(*words) == plain))
        {
            return (*key).to_owned();
        }
        let tex = self.text("type", text);
        let is_key = keys.iter().any(|(key, words)| Some(*key) == plain && key != words);
        if is_key { format!("{{{tex}}}") } else { tex }
    }

    fn eprint_type(&mut self, field: &'static str, text: &Text) {
        let arxiv = self.dialect == Dialect::Bibtex && text.as_str() == "arxiv";
        let tex = if arxiv { "arXiv".to_owned() } else { self.text("eprinttype", text) };
        self.push(field, tex);
    }

    fn pages(&mut self, pages: &Pages) {
        let field = if pages.article_number { "eid" } else { "pages" };
        self.push(field, tex::encode_plain(&pages.print("--"), self.encode).replace("-{}-", "--"));
    }

    /// The number in PubMed, which BibLaTeX knows as an e-print archive.
    fn archive_number(&mut self, field: &'static str, archive: &str, id: &Identifier) {
        let free = !self.record.has(Variable::Eprint) && !self.record.has(Variable::EprintType) && !self.has("eprint");
        if self.dialect == Dialect::Biblatex && free {
            self.push("eprint", id.as_str().to_owned());
            self.push("eprinttype", archive.to_owned());
        } else {
            self.push(field, id.as_str().to_owned());
        }
    }

    fn verbatim(&mut self, variable: Variable, field: &'static str, value: &str) {
        let brace = variable == Variable::Url && !is_balanced(value);
        self.push(field, if brace { value.replace('{', "%7B").replace('}', "%7D") } else { value.to_owned() });
    }

    fn identifiers(&mut self, field: &'static str, ids: &[Identifier]) {
        let printed = |id: &Identifier| tex::encode_plain(id.printed(), self.encode);
        let Some((first, rest)) = ids.split_first() else { return };
        // BibLaTeX's field holds one; the others are packed with it.
        if self.dialect == Dialect::Biblatex && self.target == Target::Standard {
            let (first, rest) = (printed(first), rest.iter().map(printed).collect::<Vec<_>>().join(", "));
            self.push(field, first);
            if !rest.is_empty() {
                self.push(format!("other-{field}"), rest);
            }
            return;
        }
        let all = ids.iter().map(printed).collect::<Vec<_>>().join(", ");
        self.push(field, all);
    }

    fn attachments(&mut self, field: &'static str, list: &[Attachment]) {
        self.push(field, files::write(list));
    }
}

/// "2nd" for "2", as BibTeX's styles print it in front of "edition".
fn edition(number: &Number, encode: Encode) -> String {
    match number.as_u32() {
        Some(count) if count.to_string() == number.as_str() => {
            let ending = match (count % 10, count % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{count}{ending}")
        }
        _ => tex::encode_plain(number.as_str(), encode),
    }
}

fn has_and(text: &str) -> bool {
    text.split(' ').any(|word| word.eq_ignore_ascii_case("and"))
}

/// The field that an annotation (`author+an`) belongs to.
fn annotated(name: &str) -> &str {
    match memchr::memchr(b'+', name.as_bytes()) {
        Some(plus) if name[plus..].starts_with("+an") => &name[..plus],
        _ => name,
    }
}

fn is_field_name(name: &str) -> bool {
    !name.is_empty()
        && !name.as_bytes()[0].is_ascii_digit()
        && name.bytes().all(|byte| byte > b' ' && byte != 0x7F && !b"\"#%'(),={}".contains(&byte))
}

/// Whether every brace has its partner, so that the value can stand between braces.
pub(super) fn is_balanced(value: &str) -> bool {
    let bytes = value.as_bytes();
    let depth = memchr::memchr2_iter(b'{', b'}', bytes).try_fold(0_usize, |depth, at| match bytes[at] {
        b'{' => Some(depth + 1),
        _ => depth.checked_sub(1),
    });
    depth == Some(0)
}
