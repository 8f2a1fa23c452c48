//! What Zotero gets from a file made for it: every field that Zotero has for an item's type, in every kind.
//!
//! Zotero itself does not run here. [`import_ris`] and [`import_bib`] do what its importers do as far as it was measured (a tag's
//! meaning by type, what is dropped, what moves out of "Extra"), and nothing that was not: where the measurement is silent, a field
//! counts as lost. A cell is a kind and a variable for which Zotero's item type has a field of its own.

use std::collections::BTreeMap;

use reflist::formats::{Format, Target, WriteOptions, biblatex, bibtex, ris, write_all};
use reflist::*;

use Kind as K;
use Variable as V;

/// Zotero's item types, the kind of work that each is for, and the variables that it has fields for beside [`EVERYWHERE`].
const TYPES: &[(&str, Kind, &[Variable])] = &[
    (
        "journalArticle",
        K::ArticleJournal,
        &[
            V::Author,
            V::Editor,
            V::Translator,
            V::Contributor,
            V::ContainerTitle,
            V::ContainerTitleShort,
            V::CollectionTitle,
            V::Volume,
            V::Issue,
            V::Page,
            V::Doi,
            V::Issn,
        ],
    ),
    (
        "magazineArticle",
        K::ArticleMagazine,
        &[V::Author, V::Translator, V::Contributor, V::ContainerTitle, V::Volume, V::Issue, V::Page, V::Issn],
    ),
    (
        "newspaperArticle",
        K::ArticleNewspaper,
        &[
            V::Author,
            V::Translator,
            V::Contributor,
            V::ContainerTitle,
            V::PublisherPlace,
            V::Edition,
            V::Section,
            V::Page,
            V::Issn,
        ],
    ),
    (
        "book",
        K::Book,
        &[
            V::Author,
            V::Editor,
            V::Translator,
            V::Contributor,
            V::CollectionEditor,
            V::CollectionTitle,
            V::CollectionNumber,
            V::Volume,
            V::NumberOfVolumes,
            V::Edition,
            V::PublisherPlace,
            V::Publisher,
            V::NumberOfPages,
            V::Isbn,
        ],
    ),
    (
        "bookSection",
        K::Chapter,
        &[
            V::Author,
            V::Editor,
            V::Translator,
            V::Contributor,
            V::ContainerAuthor,
            V::CollectionEditor,
            V::ContainerTitle,
            V::CollectionTitle,
            V::CollectionNumber,
            V::Volume,
            V::NumberOfVolumes,
            V::Edition,
            V::PublisherPlace,
            V::Publisher,
            V::Page,
            V::Isbn,
        ],
    ),
    (
        "encyclopediaArticle",
        K::EntryEncyclopedia,
        &[
            V::Author,
            V::Editor,
            V::Translator,
            V::Contributor,
            V::CollectionEditor,
            V::ContainerTitle,
            V::CollectionTitle,
            V::CollectionNumber,
            V::Volume,
            V::NumberOfVolumes,
            V::Edition,
            V::PublisherPlace,
            V::Publisher,
            V::Page,
            V::Isbn,
        ],
    ),
    (
        "dictionaryEntry",
        K::EntryDictionary,
        &[
            V::Author,
            V::Editor,
            V::Translator,
            V::Contributor,
            V::CollectionEditor,
            V::ContainerTitle,
            V::CollectionTitle,
            V::CollectionNumber,
            V::Volume,
            V::NumberOfVolumes,
            V::Edition,
            V::PublisherPlace,
            V::Publisher,
            V::Page,
            V::Isbn,
        ],
    ),
    (
        "conferencePaper",
        K::PaperConference,
        &[
            V::Author,
            V::Editor,
            V::Translator,
            V::Contributor,
            V::CollectionEditor,
            V::ContainerTitle,
            V::EventTitle,
            V::CollectionTitle,
            V::PublisherPlace,
            V::Publisher,
            V::Volume,
            V::Page,
            V::Doi,
            V::Isbn,
        ],
    ),
    ("thesis", K::Thesis, &[V::Author, V::Contributor, V::Genre, V::PublisherPlace, V::Publisher, V::NumberOfPages]),
    (
        "report",
        K::Report,
        &[
            V::Author,
            V::Translator,
            V::Contributor,
            V::CollectionEditor,
            V::Number,
            V::Genre,
            V::CollectionTitle,
            V::PublisherPlace,
            V::Publisher,
            V::Page,
        ],
    ),
    (
        "standard",
        K::Standard,
        &[
            V::Author,
            V::Contributor,
            V::Number,
            V::Genre,
            V::Version,
            V::Status,
            V::PublisherPlace,
            V::Publisher,
            V::NumberOfPages,
            V::Doi,
        ],
    ),
    (
        "preprint",
        K::Article,
        &[
            V::Author,
            V::Editor,
            V::Translator,
            V::Contributor,
            V::Number,
            V::Genre,
            V::Publisher,
            V::CollectionTitle,
            V::Doi,
        ],
    ),
    (
        "manuscript",
        K::Manuscript,
        &[V::Author, V::Translator, V::Contributor, V::Genre, V::PublisherPlace, V::NumberOfPages],
    ),
    ("webpage", K::Webpage, &[V::Author, V::Translator, V::Contributor, V::ContainerTitle, V::Genre]),
    ("blogPost", K::PostWeblog, &[V::Author, V::Contributor, V::ContainerTitle, V::Genre]),
    ("forumPost", K::Post, &[V::Author, V::Contributor, V::ContainerTitle, V::Genre]),
    (
        "dataset",
        K::Dataset,
        &[V::Author, V::Contributor, V::Number, V::Genre, V::Version, V::Publisher, V::PublisherPlace, V::Doi],
    ),
    (
        "computerProgram",
        K::Software,
        &[V::Author, V::Contributor, V::CollectionTitle, V::Version, V::PublisherPlace, V::Publisher, V::Isbn],
    ),
    (
        "patent",
        K::Patent,
        &[V::Author, V::Contributor, V::Holder, V::Authority, V::Number, V::Page, V::References, V::Status],
    ),
    (
        "case",
        K::LegalCase,
        &[V::Author, V::Contributor, V::Authority, V::Number, V::ContainerTitle, V::Volume, V::Page],
    ),
    ("statute", K::Legislation, &[V::Author, V::Contributor, V::ContainerTitle, V::Number, V::Page, V::Section]),
    (
        "bill",
        K::Bill,
        &[V::Author, V::Contributor, V::Number, V::ContainerTitle, V::Volume, V::Section, V::Page, V::Authority],
    ),
    (
        "hearing",
        K::Hearing,
        &[V::Contributor, V::PublisherPlace, V::Publisher, V::NumberOfVolumes, V::Number, V::Page, V::Authority],
    ),
    (
        "film",
        K::MotionPicture,
        &[V::Director, V::Producer, V::ScriptWriter, V::Contributor, V::Publisher, V::Genre, V::Dimensions, V::Medium],
    ),
    (
        "tvBroadcast",
        K::Broadcast,
        &[
            V::Director,
            V::Producer,
            V::ScriptWriter,
            V::Guest,
            V::ContainerTitle,
            V::Number,
            V::PublisherPlace,
            V::Publisher,
            V::Dimensions,
        ],
    ),
    (
        "audioRecording",
        K::Song,
        &[
            V::Performer,
            V::Composer,
            V::Contributor,
            V::CollectionTitle,
            V::Volume,
            V::NumberOfVolumes,
            V::PublisherPlace,
            V::Publisher,
            V::Dimensions,
            V::Medium,
            V::Isbn,
        ],
    ),
    (
        "map",
        K::Map,
        &[
            V::Author,
            V::Contributor,
            V::CollectionEditor,
            V::Genre,
            V::Scale,
            V::CollectionTitle,
            V::Edition,
            V::PublisherPlace,
            V::Publisher,
            V::Isbn,
        ],
    ),
    ("artwork", K::Graphic, &[V::Author, V::Contributor, V::Medium, V::Dimensions]),
    ("presentation", K::Speech, &[V::Author, V::Contributor, V::Genre, V::EventTitle, V::EventPlace]),
    ("letter", K::PersonalCommunication, &[V::Author, V::Contributor, V::Recipient, V::Genre]),
    ("interview", K::Interview, &[V::Author, V::Contributor, V::Interviewer, V::Translator, V::Medium]),
    ("document", K::Document, &[V::Author, V::Editor, V::Translator, V::Contributor, V::Publisher]),
];

/// The fields of every item type.
const EVERYWHERE: &[Variable] = &[
    V::Title,
    V::Abstract,
    V::Issued,
    V::TitleShort,
    V::Language,
    V::Url,
    V::Accessed,
    V::Archive,
    V::ArchiveLocation,
    V::Source,
    V::CallNumber,
    V::Keyword,
];

/// The variables of an item type.
fn fields_of(item_type: &str) -> impl Iterator<Item = Variable> {
    let own = TYPES.iter().find(|(name, ..)| *name == item_type).map_or(&[][..], |(_, _, own)| own);
    EVERYWHERE.iter().chain(own).copied()
}

/// A record of a kind with all variables that Zotero can hold for it, each with a value of its own.
fn full(kind: Kind, item_type: &str) -> Record {
    let mut record = Record::new(item_type, kind);
    for variable in fields_of(item_type) {
        record.set(variable, value(variable));
    }
    record
}

/// As it should arrive: the value that [`arrived`] finds.
fn expected(variable: Variable) -> String {
    match variable.value_type() {
        ValueType::Names => format!("{variable}-family, Given"),
        ValueType::Date => "2021-04-30".to_owned(),
        ValueType::Number => "12".to_owned() + &(variable as usize).to_string(),
        ValueType::Pages => "98-114".to_owned(),
        _ => match variable {
            V::Doi => "10.1000/182".to_owned(),
            V::Url => "https://example.org/a".to_owned(),
            V::Isbn => "978-3-16-148410-0".to_owned(),
            V::Issn => "0378-5955".to_owned(),
            variable => format!("the {variable}"),
        },
    }
}

fn value(variable: Variable) -> Value {
    match variable.value_type() {
        ValueType::Names => Names::new(vec![Name::person(&format!("{variable}-family"), "Given")]).into(),
        _ => expected(variable).as_str().into(),
    }
}

/// An item as Zotero would show it.
#[derive(Default)]
struct Item {
    item_type: String,
    fields: BTreeMap<Variable, String>,
    extra: Vec<String>,
}

impl Item {
    fn set(&mut self, variable: Variable, value: &str) {
        self.fields.entry(variable).or_insert_with(|| value.to_owned());
    }

    /// Lines of "Extra" move into the fields that the type has; a colon in the value spoils that, and so do people: it is not known.
    fn move_extra(&mut self) {
        for line in std::mem::take(&mut self.extra) {
            let Some((name, value)) = line.split_once(": ") else { continue };
            if name == "type" {
                self.item_type = type_named(value).to_owned();
            }
        }
    }

    fn finish(mut self, lines: &[String]) -> Self {
        self.extra = lines.to_vec();
        self.move_extra();
        for line in lines {
            let Some((name, value)) = line.split_once(": ") else { continue };
            let Ok(variable) = name.parse::<Variable>() else { continue };
            let has_field = fields_of(&self.item_type).any(|field| field == variable);
            if has_field && !value.contains(": ") && variable.value_type() != ValueType::Names {
                self.set(variable, value);
            }
        }
        // A field that the type lacks is no field.
        let item_type = self.item_type.clone();
        self.fields.retain(|variable, _| fields_of(&item_type).any(|field| field == *variable));
        self
    }
}

/// The item type that `type: X` names, by Zotero's own name or CSL's.
fn type_named(name: &str) -> &'static str {
    let by_kind = |kind: Kind| TYPES.iter().find(|(_, own, _)| *own == kind).map_or("document", |(own, ..)| *own);
    TYPES
        .iter()
        .find(|(own, ..)| *own == name)
        .map(|(own, ..)| *own)
        .or_else(|| name.parse::<Kind>().ok().map(by_kind))
        .unwrap_or("document")
}

fn import_ris(text: &str) -> Item {
    let mut item = Item::default();
    let mut lines = Vec::new();
    let mut ty = "";
    let (mut start, mut end, mut year, mut date) = (None, None, None, None);
    for line in text.split("\r\n").filter(|line| line.len() >= 6) {
        let (tag, value) = (&line[..2], &line[6..]);
        match tag {
            "TY" => {
                ty = value;
                item.item_type = ris_type(value).to_owned();
            }
            "M2" => lines.push(value.to_owned()),
            "SP" => start = Some(value),
            "EP" => end = Some(value),
            "PY" => year = Some(value),
            "DA" | "Y1" => date = Some(value),
            _ => {
                if let Some(variable) = ris_variable(tag, ty, &item.item_type) {
                    item.set(variable, &from_ris(variable, value));
                }
            }
        }
    }
    if let Some(date) = date.or(year) {
        item.set(V::Issued, &from_ris(V::Issued, date));
    }
    let counts = matches!(item.item_type.as_str(), "book" | "thesis" | "manuscript");
    match (start, end) {
        (Some(start), _) if counts => item.set(V::NumberOfPages, start),
        (Some(start), _) if item.item_type == "film" => item.set(V::Dimensions, start),
        (Some(start), Some(end)) => item.set(V::Page, &format!("{start}-{end}")),
        (Some(start), None) => item.set(V::Page, start),
        _ => {}
    }
    item.finish(&lines)
}

fn from_ris(variable: Variable, value: &str) -> String {
    match variable.value_type() {
        ValueType::Date => value.trim_end_matches('/').replace('/', "-"),
        _ => value.to_owned(),
    }
}

/// What Zotero makes of a type.
fn ris_type(ty: &str) -> &'static str {
    match ty {
        "BOOK" | "EBOOK" | "EDBOOK" | "CLSWK" | "SER" => "book",
        "CHAP" | "ECHAP" => "bookSection",
        "CONF" | "CPAPER" => "conferencePaper",
        "THES" => "thesis",
        "RPRT" | "GOVDOC" | "STAND" => "report",
        "MGZN" | "CTLG" => "magazineArticle",
        "NEWS" => "newspaperArticle",
        "ELEC" | "WEB" => "webpage",
        "BLOG" => "blogPost",
        "PAT" => "patent",
        "CASE" | "LEGAL" => "case",
        "STAT" => "statute",
        "BILL" => "bill",
        "HEAR" => "hearing",
        "DATA" | "DBASE" => "dataset",
        "COMP" => "computerProgram",
        "MAP" => "map",
        "MPCT" | "ADVS" => "film",
        "VIDEO" | "MULTI" => "videoRecording",
        "SOUND" | "MUSIC" => "audioRecording",
        "ART" | "CHART" | "FIGURE" => "artwork",
        "SLIDE" => "presentation",
        "PCOMM" => "letter",
        "ICOMM" => "email",
        "MANSCPT" | "INPR" | "PAMP" | "UNPD" | "UNBILL" => "manuscript",
        "ENCYC" => "encyclopediaArticle",
        "DICT" => "dictionaryEntry",
        "AGGR" | "ANCIENT" | "EQUA" | "GRNT" => "document",
        _ => "journalArticle",
    }
}

/// What Zotero makes of a tag in a type.
fn ris_variable(tag: &str, ty: &str, item: &str) -> Option<Variable> {
    let article = matches!(item, "journalArticle" | "magazineArticle" | "newspaperArticle");
    let part = matches!(item, "bookSection" | "encyclopediaArticle" | "dictionaryEntry");
    let film = matches!(item, "film" | "videoRecording");
    Some(match tag {
        "AU" | "A1" if ty == "EDBOOK" => V::Editor,
        "AU" | "A1" if film => V::Director,
        "AU" | "A1" if item == "audioRecording" => V::Composer,
        "AU" | "A1" => V::Author,
        "ED" => V::Editor,
        "A2" => match item {
            "book" | "report" => V::CollectionEditor,
            "letter" | "email" => V::Recipient,
            "audioRecording" => V::Performer,
            "case" => V::ContainerTitle,
            "patent" => V::Authority,
            _ if article || part || item == "conferencePaper" => V::Editor,
            _ => return None,
        },
        "A3" => match item {
            "book" => V::Editor,
            "map" | "conferencePaper" => V::CollectionEditor,
            "thesis" => V::Contributor,
            _ if part => V::CollectionEditor,
            _ if film => V::Producer,
            _ => return None,
        },
        "A4" => match item {
            "conferencePaper" | "dataset" => V::Contributor,
            "case" => return None,
            _ if film => V::Contributor,
            _ => V::Translator,
        },
        "C2" if item == "bookSection" => V::ContainerAuthor,
        "C3" if item == "conferencePaper" => V::ContainerTitle,
        "C1" if item == "conferencePaper" => V::PublisherPlace,
        "TI" | "T1" => V::Title,
        "T2" => match item {
            "book" | "report" | "map" | "computerProgram" => V::CollectionTitle,
            "conferencePaper" => V::EventTitle,
            "webpage" | "blogPost" | "statute" | "bill" | "videoRecording" => V::ContainerTitle,
            _ if article || part => V::ContainerTitle,
            _ => return None,
        },
        "T3" => match item {
            "journalArticle" | "conferencePaper" => V::CollectionTitle,
            "hearing" | "bill" => V::Authority,
            _ if part => V::CollectionTitle,
            _ => return None,
        },
        "J2" => V::ContainerTitleShort,
        "ST" => V::TitleShort,
        "VL" if item != "webpage" => V::Volume,
        "IS" if item == "bookSection" => V::NumberOfVolumes,
        "IS" => V::Issue,
        "M1" => match item {
            "book" => V::CollectionNumber,
            "bill" | "hearing" | "statute" => V::Number,
            _ => return None,
        },
        "SV" if part => V::CollectionNumber,
        "NV" if item == "dataset" => V::Number,
        "NV" => V::NumberOfVolumes,
        "ET" => match item {
            "computerProgram" | "dataset" => V::Version,
            "bill" | "hearing" => return None,
            _ => V::Edition,
        },
        "SN" => match item {
            "report" | "patent" => V::Number,
            _ if article => V::Issn,
            _ => V::Isbn,
        },
        "SE" => V::Section,
        "M3" => match item {
            "thesis" | "report" | "manuscript" | "map" | "webpage" | "presentation" | "artwork" | "letter" => V::Genre,
            _ => V::Doi,
        },
        "DO" => V::Doi,
        "UR" => V::Url,
        "AN" => V::ArchiveLocation,
        "DB" => V::Archive,
        "CN" => V::CallNumber,
        "DP" => V::Source,
        "LA" => V::Language,
        "Y2" => V::Accessed,
        "KW" => V::Keyword,
        "AB" | "N2" => V::Abstract,
        // The publisher by each type's own name: court, assignee, label, studio, university.
        "PB" if item == "case" => V::Authority,
        "PB" if item == "patent" => V::Holder,
        "PB" => V::Publisher,
        "CY" if item == "presentation" => V::EventPlace,
        "CY" if item != "conferencePaper" => V::PublisherPlace,
        _ => return None,
    })
}

/// One field a line, as our writers lay it out.
fn import_bib(text: &str) -> Item {
    let mut item = Item::default();
    let mut lines = text.lines();
    let head = lines.next().unwrap_or_default();
    let entry = head.trim_start_matches('@').split('{').next().unwrap_or_default().to_ascii_lowercase();
    let Some(item_type) = bib_type(&entry) else { return item };
    item.item_type = item_type.to_owned();
    let mut year = None;
    let mut month = None;
    let mut day = None;
    for line in lines {
        let Some((name, value)) = line.trim().trim_end_matches(',').split_once(" = ") else { continue };
        let value = value.replace(['{', '}'], "").replace("--", "-").replace("\\_", "_");
        match name {
            "year" => year = Some(value),
            "month" => month = Some(value),
            "day" => day = Some(value),
            "date" => item.set(V::Issued, &value),
            name => {
                if let Some(variable) = bib_variable(name, item_type) {
                    item.set(variable, &value);
                }
            }
        }
    }
    if let Some(year) = year {
        let month = month.map(|month| if month == "apr" { "-04".to_owned() } else { format!("-{month:0>2}") });
        let day = day.map(|day| format!("-{day:0>2}"));
        item.set(V::Issued, &format!("{year}{}{}", month.unwrap_or_default(), day.unwrap_or_default()));
    }
    item.finish(&[])
}

/// What Zotero makes of an entry type; the others are dropped without a word.
fn bib_type(entry: &str) -> Option<&'static str> {
    Some(match entry {
        "article" => "journalArticle",
        "book" | "collection" | "mvbook" | "proceedings" | "booklet" | "manual" => "book",
        "inbook" | "incollection" => "bookSection",
        "inproceedings" | "conference" => "conferencePaper",
        "phdthesis" | "mastersthesis" | "thesis" => "thesis",
        "techreport" | "report" => "report",
        "unpublished" => "manuscript",
        "misc" => "document",
        "online" | "electronic" => "webpage",
        "patent" => "patent",
        "software" => "computerProgram",
        "letter" => "letter",
        "movie" => "film",
        "artwork" => "artwork",
        "audio" => "audioRecording",
        "video" => "videoRecording",
        "legislation" => "bill",
        "jurisdiction" => "case",
        "inreference" => "encyclopediaArticle",
        _ => return None,
    })
}

/// What Zotero makes of a field in an item.
fn bib_variable(name: &str, item: &str) -> Option<Variable> {
    let counts = matches!(item, "book" | "thesis" | "manuscript");
    Some(match name {
        "author" if matches!(item, "film" | "videoRecording") => V::Director,
        "author" if item == "audioRecording" => V::Composer,
        "author" => V::Author,
        "editor" => V::Editor,
        "translator" => V::Translator,
        "title" => V::Title,
        "shorttitle" => V::TitleShort,
        "journal" | "journaltitle" | "fjournal" | "booktitle" => V::ContainerTitle,
        "shortjournal" => V::ContainerTitleShort,
        "eventtitle" => V::EventTitle,
        "series" => V::CollectionTitle,
        "number" => match item {
            "report" | "patent" => V::Number,
            "book" | "bookSection" => V::CollectionNumber,
            _ => V::Issue,
        },
        "volume" => V::Volume,
        "issue" => V::Issue,
        "edition" => V::Edition,
        "pages" if counts => V::NumberOfPages,
        "pages" => V::Page,
        "pagetotal" => V::NumberOfPages,
        "location" if item == "conferencePaper" => V::EventPlace,
        "address" | "location" => V::PublisherPlace,
        "publisher" | "institution" | "school" | "organization" => V::Publisher,
        "urldate" => V::Accessed,
        "url" => V::Url,
        "doi" => V::Doi,
        "isbn" => V::Isbn,
        "issn" => V::Issn,
        "lccn" => V::CallNumber,
        "language" => V::Language,
        "abstract" => V::Abstract,
        "keywords" => V::Keyword,
        "type" => V::Genre,
        "version" => V::Version,
        "assignee" => V::Holder,
        _ => return None,
    })
}

/// Cells that arrive, cells in all, and what is missing of each item type.
fn measure(format: &Format, import: fn(&str) -> Item) -> (usize, usize, String) {
    let mut options = WriteOptions::default();
    options.target = Target::Zotero;
    let (mut kept, mut all, mut missing) = (0, 0, String::new());
    for &(item_type, kind, _) in TYPES {
        let (text, _) = write_all(format, &[full(kind, item_type)], &options);
        let item = import(&text);
        let lost: Vec<&str> = fields_of(item_type)
            .filter(|variable| {
                all += 1;
                let here = item.fields.get(variable).is_some_and(|value| *value == expected(*variable));
                kept += usize::from(here);
                !here
            })
            .map(Variable::as_str)
            .collect();
        let as_type = if item.item_type == item_type { String::new() } else { format!(" as {}", item.item_type) };
        if !lost.is_empty() || !as_type.is_empty() {
            missing.push_str(&format!("  {item_type}{as_type}: {}\n", lost.join(", ")));
        }
    }
    (kept, all, missing)
}

#[test]
fn what_arrives_in_zotero_is_as_reviewed() {
    let mut report = String::new();
    for (format, import) in
        [(&ris::FORMAT, import_ris as fn(&str) -> Item), (&biblatex::FORMAT, import_bib), (&bibtex::FORMAT, import_bib)]
    {
        let (kept, all, missing) = measure(format, import);
        report.push_str(&format!("{}: {kept} of {all}\n{missing}", format.name));
    }
    insta::assert_snapshot!(report);
}
