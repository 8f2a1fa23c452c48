//! What Zotero makes of a BibTeX or BibLaTeX entry.

use reflist::{Variable, Variable as V};

use crate::items::Item;

/// One field a line, as our writers lay it out.
pub fn import_bib(text: &str) -> Item {
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
