//! The parser as the labeller that finding and splitting may ask.

use super::entries::Entry;
use super::label::Label;
use super::section::{Labeller, Part, Reading};
use super::{Parser, unlabelled};

impl Labeller for Parser<'_> {
    fn read(&self, text: &str) -> Reading {
        let entry = Entry::plain(text);
        if unlabelled(&entry).is_some() {
            return Reading::default();
        }
        let mut scratch = self.scratch();
        self.segment(&entry, &mut scratch);
        Reading::new(scratch.segments.iter().map(|found| (part(found.label), found.span, found.confidence)).collect())
    }
}

const fn part(label: Label) -> Part {
    match label {
        Label::Author => Part::Author,
        Label::Editor | Label::Translator | Label::Director | Label::Recipient => Part::OtherNames,
        Label::Title => Part::Title,
        Label::ContainerTitle | Label::CollectionTitle | Label::Event | Label::Archive => Part::Container,
        Label::Issued | Label::OriginalDate | Label::Status => Part::Date,
        Label::Volume | Label::Issue | Label::CollectionNumber | Label::Number | Label::CallNumber => Part::Number,
        Label::Page => Part::Page,
        Label::Publisher | Label::PublisherPlace | Label::EventPlace => Part::Publisher,
        Label::Doi | Label::Url | Label::Isbn | Label::Issn | Label::Pmid | Label::Pmcid | Label::Arxiv => {
            Part::Identifier
        }
        Label::Note | Label::Other => Part::Note,
        _ => Part::Minor,
    }
}
