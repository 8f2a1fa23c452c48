//! Institutions that stand where a container would: "Title. *Carnegie Endowment for International Peace*, 110–124."
//!
//! A report or book is often printed with its institution in the place and type of a journal, and the labeller goes by place. What is
//! named like an institution and counts no volumes is the publisher.

use super::words::{StemList, words};
use crate::parse::label::{Label, Segment};

/// Labels that show a journal, a book of chapters or a site, or that there is a publisher already.
const OTHERS: &[Label] = &[
    Label::Volume,
    Label::Issue,
    Label::Editor,
    Label::Event,
    Label::CollectionTitle,
    Label::Publisher,
    Label::Url,
    Label::Doi,
];

/// Labels the lone container of `text` as publisher if it is an institution.
pub(super) fn relabel(text: &str, segments: &mut [Segment]) {
    let has = |label: Label| segments.iter().any(|segment| segment.label == label);
    if !has(Label::Title) || OTHERS.iter().any(|label| has(*label)) {
        return;
    }
    let mut containers = segments.iter_mut().filter(|segment| segment.label == Label::ContainerTitle);
    let (Some(container), None) = (containers.next(), containers.next()) else { return };
    if text.get(container.span.range()).is_some_and(names_institution) {
        container.label = Label::Publisher;
    }
}

/// Whether a word of the name is that of an institution, and none that of a serial.
fn names_institution(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words = words(&lower);
    name.split_whitespace().nth(1).is_some()
        && words.clone().any(|word| INSTITUTIONS.begins(word))
        && !words.clone().any(|word| SERIALS.begins(word))
}

static INSTITUTIONS: StemList = StemList::new(
    "\
egyetem endowment fondation fondazione foundation fundació fundação hochschule institut instytut istituto ministr ministè ministér \
smithsonian stiftung universid universitas universitat universitet university università universität université univerz uniwersytet \
yliopisto üniversitesi институт министерств университет фонд ",
);

static SERIALS: StemList = StemList::new(
    "\
acta annal annual anuari archiv arquivo beiträge berichte bolet bollett bulletin cahier calendar chronicle circular conferenc \
contribution cuaderno executive forum gazette jahrbuch journal law lecture letter magazin memoir mitteilung monograph news notes \
occasional paper proceed program publication quarterl record report review revista revue rivista schriften series skrifter studi symposi \
trabajo transaction trudy uchenye working workshop yearbook zapiski zeitschrift zeszyty вестник записки известия сборник труды ",
);

#[cfg(test)]
mod tests {
    use super::super::words::assert_stems;
    use super::*;
    use crate::span::Span;

    #[test]
    fn lists_are_in_order() {
        assert_stems(&INSTITUTIONS);
        assert_stems(&SERIALS);
    }

    #[test]
    fn institutions_and_serials() {
        for name in ["Carnegie Endowment for International Peace", "Universität Wien", "MIT, Institute for Data"] {
            assert!(names_institution(name), "{name}");
        }
        for name in ["University of Toronto Law Journal", "Foundation", "Annals of the Institute", "World Politics"] {
            assert!(!names_institution(name), "{name}");
        }
    }

    #[test]
    fn a_volume_shows_a_serial() {
        let text = "A title. Institut Pasteur, 12.";
        let title = Segment::new(Label::Title, Span::new(0, 7), 0.9);
        let container = Segment::new(Label::ContainerTitle, Span::new(9, 25), 0.9);
        let volume = Segment::new(Label::Volume, Span::new(27, 29), 0.9);
        let (mut with, mut without) = ([title, container, volume], [title, container]);
        relabel(text, &mut with);
        relabel(text, &mut without);
        assert_eq!((with[1].label, without[1].label), (Label::ContainerTitle, Label::Publisher));
    }
}
