//! Kinds of works, and what is no part of the reference.

use crate::reference::Reference;
use crate::{Rule, regex};

pub const RULES: &[Rule] = &[
    ("genre under another label", genre_elsewhere),
    ("genre in front of the publisher", genre_before_publisher),
    ("talk as container", talk_as_container),
    ("number of a report as issue", report_number),
    ("links as publisher or note", links),
];

/// "PhD thesis", "Mimeo", "arXiv e-prints" as title, container, publisher, place or note.
fn genre_elsewhere(reference: &mut Reference) {
    if reference.has("genre") {
        return;
    }
    let genre = regex!(concat!(
        r"(?i)^(?:ar ?xiv ?(?:e ?-? ?prints?|pre ?prints?)|preprint|mimeo(?:graph(?:ed)?)?\.?|(?:unv\. )?ms\.?|press release|",
        r"(?:unpublished )?(?:manuscript|paper|lecture notes)|unveröffentlichtes manuskript|poster(?: presentation)?|",
        r"(?:un)?(?:published )?(?:ph ?\. ?d ?\.? ?|d\.?phil\.? |phd |doctoral |doctor['’]s |master['’]?s? |m\.?sc\.? )?",
        r"(?:thesis|dissertation)|",
        r"working paper|thesis of phd)\.?$"
    ));
    for index in reference.labelled(&["title", "container-title", "publisher", "publisher-place", "note"]) {
        let words = reference.words(index);
        let only_paper = words.eq_ignore_ascii_case("paper") || words.eq_ignore_ascii_case("poster");
        if genre.is_match(words) && !only_paper {
            reference.relabel(index, "genre");
            // "Mimeo: College of Silt": the other half was labelled by its place only.
            let next = index + 1;
            let school = regex!(r"(?i)\b(?:universi\w+|school|college|institut\w*)\b");
            if reference.label(next) == "publisher-place"
                && !reference.has("publisher")
                && school.is_match(reference.words(next))
            {
                reference.relabel(next, "publisher");
            }
            return;
        }
    }
}

/// "PhD thesis, Silt College" as publisher.
fn genre_before_publisher(reference: &mut Reference) {
    let pattern = regex!(concat!(
        r"^((?i:(?:unpublished )?(?:ph\.? ?d\.?|doctoral|master['’]?s?|m\.?sc\.?)? ?",
        r"(?:thesis|dissertation|diss\.)|mimeo)), (.+)$"
    ));
    for index in reference.labelled(&["publisher"]) {
        if reference.cut(index, pattern, &["genre", "publisher"]) {
            return;
        }
    }
}

/// "Paper presented at the Annual Meeting": a genre and an event.
fn talk_as_container(reference: &mut Reference) {
    if reference.has("genre") || reference.has("event") {
        return;
    }
    let pattern = regex!(concat!(
        r"^((?:Unpublished )?(?:[Pp]aper|[Pp]oster|[Tt]alk)) (?:[Pp]resented|given) ",
        r"(?:at|to)(?: [Tt]he)? (.{8,})$"
    ));
    for index in reference.labelled(&["container-title", "title", "note"]) {
        let series = reference.words(index).contains("Paper Series");
        if !series && reference.cut(index, pattern, &["genre", "event"]) {
            return;
        }
    }
}

/// "Silt Paper No. 8": behind a genre the number is the report's.
fn report_number(reference: &mut Reference) {
    for index in reference.labelled(&["genre"]) {
        let announced = regex!(r"^,? ?(?:[Nn]o|[Nn]r)\.? ?$").is_match(reference.gap_behind(index));
        if reference.label(index + 1) == "issue" && announced {
            reference.relabel(index + 1, "number");
        }
    }
}

/// "[PubMed]", "CrossRef, Medline": links of the page that a reference was taken from.
fn links(reference: &mut Reference) {
    for index in reference.labelled(&["publisher", "publisher-place", "note"]) {
        let words = reference.words(index);
        if regex!(r"^(?:(?:CrossRef|Medline|PubMed|Google Scholar|Scopus|doi)(?:[, ;|]+|$))+$").is_match(words) {
            reference.relabel(index, "other");
        }
    }
}
