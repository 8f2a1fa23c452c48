//! What Zotero makes of a RIS record.

use reflist::{ValueType, Variable, Variable as V};

use crate::items::Item;

pub fn import_ris(text: &str) -> Item {
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
