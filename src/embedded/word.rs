//! Word's own sources (`b:Sources` of Office Open XML, part 1, section 22.6): the elements, and what they are in a record.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use crate::record::{Date, Kind, Name, Names, Record, Variable};

/// The records of a part with sources.
pub(super) fn read(xml: &str) -> Result<Vec<Record>, String> {
    let mut reader = Reader::from_str(xml);
    let mut records = Vec::new();
    let mut source: Option<Source> = None;
    let mut path: Vec<String> = Vec::new();
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                if name == "Source" {
                    source = Some(Source::default());
                } else if let Some(source) = &mut source {
                    source.begin(&name, &path);
                }
                path.push(name);
            }
            Event::Text(text) => {
                if let Some(source) = &mut source {
                    source.text(&path, &text);
                }
            }
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().ok().flatten().map(String::from);
                let text = character.or_else(|| resolve_predefined_entity(&entity).map(str::to_owned));
                if let (Some(source), Some(text)) = (&mut source, text) {
                    source.text(&path, &text);
                }
            }
            Event::End(_) => {
                let ended = path.pop();
                records.extend(source.take_if(|_| ended.as_deref() == Some("Source")).map(Source::finish));
            }
            Event::Eof => return Ok(records),
            _ => {}
        }
    }
}

/// A source that is being read.
#[derive(Default)]
struct Source {
    values: Vec<(String, String)>,
    people: Vec<(Variable, Vec<Person>)>,
}

/// The parts of a name; of a body's, the first holds all.
#[derive(Default)]
struct Person {
    last: String,
    first: String,
    middle: String,
}

/// Roles by the element around the list of names.
const ROLES: [(&str, Variable); 4] = [
    ("Author", Variable::Author),
    ("Editor", Variable::Editor),
    ("Translator", Variable::Translator),
    ("Director", Variable::Director),
];

/// Elements that hold one value.
const VALUES: [(&str, Variable); 14] = [
    ("Title", Variable::Title),
    ("JournalName", Variable::ContainerTitle),
    ("BookTitle", Variable::ContainerTitle),
    ("ConferenceName", Variable::ContainerTitle),
    ("InternetSiteTitle", Variable::ContainerTitle),
    ("Volume", Variable::Volume),
    ("Issue", Variable::Issue),
    ("Pages", Variable::Page),
    ("Edition", Variable::Edition),
    ("Publisher", Variable::Publisher),
    ("City", Variable::PublisherPlace),
    ("URL", Variable::Url),
    ("DOI", Variable::Doi),
    ("Comments", Variable::Note),
];

impl Source {
    fn begin(&mut self, name: &str, path: &[String]) {
        match (name, path.last().map(String::as_str)) {
            ("NameList", Some(role)) | ("Corporate", Some(role)) => {
                if let Some((_, variable)) = ROLES.iter().find(|(known, _)| *known == role) {
                    self.people.push((*variable, Vec::new()));
                }
            }
            ("Person", Some("NameList")) => {
                if let Some((_, names)) = self.people.last_mut() {
                    names.push(Person::default());
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, path: &[String], text: &str) {
        let Some(element) = path.last() else { return };
        let person = self.people.last_mut().map(|(_, names)| names);
        match (element.as_str(), person) {
            ("Last" | "First" | "Middle", Some(names)) => {
                let Some(name) = names.last_mut() else { return };
                match element.as_str() {
                    "Last" => name.last.push_str(text),
                    "First" => name.first.push_str(text),
                    _ => name.middle.push_str(text),
                }
            }
            ("Corporate", Some(names)) => names.push(Person { last: text.to_owned(), ..Person::default() }),
            _ if text.trim().is_empty() => {}
            _ => match self.values.last_mut() {
                Some((known, value)) if known == element => value.push_str(text),
                _ => self.values.push((element.clone(), text.to_owned())),
            },
        }
    }

    fn value(&self, element: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| known == element).map(|(_, value)| value.trim())
    }

    fn finish(self) -> Record {
        let kind = match self.value("SourceType").unwrap_or_default() {
            "Book" => Kind::Book,
            "BookSection" => Kind::Chapter,
            "JournalArticle" => Kind::ArticleJournal,
            "ArticleInAPeriodical" => Kind::ArticleMagazine,
            "ConferenceProceedings" => Kind::PaperConference,
            "Report" => Kind::Report,
            "InternetSite" | "DocumentFromInternetSite" => Kind::Webpage,
            "Patent" => Kind::Patent,
            "Film" => Kind::MotionPicture,
            "Interview" => Kind::Interview,
            _ => Kind::Document,
        };
        let mut record = Record::new(self.value("Tag").unwrap_or_default(), kind);
        for (element, variable) in VALUES {
            if let Some(value) = self.value(element).filter(|_| !record.has(variable)) {
                record.set(variable, value);
            }
        }
        if let Some(year) = self.value("Year") {
            record.set(Variable::Issued, Date::parse(year));
        }
        for (variable, names) in self.people {
            let name = |person: Person| match format!("{} {}", person.first, person.middle).trim() {
                "" => Name::literal(&person.last),
                given => Name::person(&person.last, given),
            };
            record.set(variable, Names::new(names.into_iter().map(name).collect()));
        }
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCES: &str = r#"<b:Sources xmlns:b="x"><b:Source><b:Tag>Ose09</b:Tag><b:SourceType>JournalArticle</b:SourceType>
        <b:Author><b:Author><b:NameList><b:Person><b:Last>Osei</b:Last><b:First>Kofi</b:First></b:Person></b:NameList></b:Author></b:Author>
        <b:Title>Rivers &amp; roads</b:Title><b:Year>2009</b:Year><b:JournalName>Journal of Geography</b:JournalName><b:Volume>12</b:Volume>
        <b:Pages>4-19</b:Pages></b:Source></b:Sources>"#;

    #[test]
    fn a_source_is_a_record() {
        let records = read(SOURCES).unwrap();
        let [record] = records.as_slice() else { panic!("{records:?}") };
        assert_eq!((record.key.as_str(), record.kind), ("Ose09", Kind::ArticleJournal));
        assert_eq!(record.title().unwrap().to_string(), "Rivers & roads");
        assert_eq!(record.issued().unwrap().year(), Some(2009));
        assert_eq!(record.author().unwrap().list[0], Name::person("Osei", "Kofi"));
        assert_eq!(record.page().unwrap().first(), Some("4"));
    }

    #[test]
    fn broken_xml_is_an_error_and_no_panic() {
        assert!(read("<b:Sources><b:Source></b:Wrong>").is_err());
        assert_eq!(read("").unwrap().len(), 0);
    }
}
