//! Publishers, places, and journals taken for them.

use crate::reference::Reference;
use crate::{Rule, regex};

pub const RULES: &[Rule] = &[
    ("country of the journal as place", country_of_journal),
    ("edition in the publisher", edition_in_publisher),
    ("state in the publisher", state_in_publisher),
    ("place in the publisher", place_in_publisher),
    ("publisher and place exchanged", exchanged),
    ("publisher as place", publisher_as_place),
    ("publisher as container", publisher_as_container),
    ("journal as publisher", journal_as_publisher),
];

/// "Proc Natl Acad Sci USA": the country is part of the name.
fn country_of_journal(reference: &mut Reference) {
    for index in reference.labelled(&["container-title"]) {
        let academy =
            regex!(r"(?i)proc\w*\.? ?nat\w*\.? ?acad\w*\.? ?(?:of )?sci\w*\.?$").is_match(reference.words(index));
        let country = regex!(r"^\.?,? ?U\.? ?S\.? ?A\b\.?").find(reference.rest(index));
        let place = matches!(reference.label(index + 1), "event-place" | "publisher-place");
        if let Some(country) = country.filter(|_| academy && place) {
            let bytes = country.as_str().trim_end_matches('.').len();
            reference.extend(index, bytes);
        }
    }
}

/// "4th ed. Oslo: Silt House" as publisher.
fn edition_in_publisher(reference: &mut Reference) {
    for index in reference.labelled(&["publisher"]) {
        if reference.cut(index, regex!(r"^(\d+(?:st|nd|rd|th)) ed\. (.+)$"), &["edition", "publisher"]) {
            return;
        }
    }
}

/// "Boca Raton, FL: Silt House" cut at the comma.
fn state_in_publisher(reference: &mut Reference) {
    for index in reference.labelled(&["publisher"]) {
        let place = index.wrapping_sub(1);
        let comma = reference.label(place) == "publisher-place" && reference.gap_before(index) == ", ";
        let state = regex!(r"^(?:[A-Z]{2}|UK|USA|England|Germany|France|The Netherlands|Netherlands|Switzerland): ");
        if let Some(bytes) = state.find(reference.words(index)).filter(|_| comma).map(|found| found.end()) {
            let start = reference.parts[index].start;
            reference.parts[place].end = start + bytes - 2;
            reference.parts[index].start = start + bytes;
        }
    }
}

/// "Oslo: Silt House" as publisher, and no place.
fn place_in_publisher(reference: &mut Reference) {
    if reference.has("publisher-place") {
        return;
    }
    let pattern = regex!(concat!(
        r"^([A-Z][^\s:,.()]+(?:[ -](?:and|am|de|of|upon)?[ -]?[A-Z][^\s:,.()]+){0,3}",
        r"(?:, (?:[A-Z]{2}|D\.?C\.?|UK|USA))?): ?([A-Z][^:]+)$"
    ));
    let company = regex!(
        r"(?i)^[^:]*\b(?:publish\w*|press|verlag|books|company|springer|editions?|report|prepared|series|university|routledge|note)\b[^:]*:"
    );
    for index in reference.labelled(&["publisher"]) {
        let state = reference.words(index).find(':').is_some_and(|colon| colon <= 2);
        if !state
            && !company.is_match(reference.words(index))
            && reference.cut(index, pattern, &["publisher-place", "publisher"])
        {
            return;
        }
    }
}

/// A name that is a publisher's wherever it stands.
fn is_publisher(name: &str) -> bool {
    regex!(concat!(
        r"^(?:Springer(?:-Verlag| Verlag)?|Elsevier(?:[- ]Masson)?|Wiley(?:-Blackwell)?|[A-Z][^,:]* (?:Press|Publishers?|Publishing)|",
        r"(?:[A-Z][\w-]+ ){1,4}University|University of (?:[A-Z][\w-]+ ?){1,3}|Universi(?:té|dad|dade) [^,:]+)$"
    ))
    .is_match(name)
}

/// "Springer: Heidelberg" with the labels of "Heidelberg: Springer".
fn exchanged(reference: &mut Reference) {
    for index in reference.labelled(&["publisher-place"]) {
        let next = index + 1;
        let colon = reference.gap_behind(index) == ": ";
        if colon
            && reference.label(next) == "publisher"
            && is_publisher(reference.words(index))
            && !is_publisher(reference.words(next))
        {
            reference.relabel(index, "publisher");
            reference.relabel(next, "publisher-place");
        }
    }
}

/// "PhD thesis, University of Silt" with the university as place.
fn publisher_as_place(reference: &mut Reference) {
    if reference.has("publisher") {
        return;
    }
    for index in reference.labelled(&["publisher-place"]) {
        if is_publisher(reference.words(index)) {
            return reference.relabel(index, "publisher");
        }
    }
}

/// ". Stockholm: The Council" with the council as container.
fn publisher_as_container(reference: &mut Reference) {
    if reference.has("publisher") {
        return;
    }
    for index in reference.labelled(&["container-title"]) {
        let behind_place =
            index > 0 && reference.label(index - 1) == "publisher-place" && reference.gap_before(index) == ": ";
        let journal = regex!(r"(?i)journal|zeitschrift|shinbun|neu denken").is_match(reference.words(index));
        if behind_place && !journal && !regex!(r"(?i)in: ?$|, $").is_match(reference.gap_before(index - 1)) {
            return reference.relabel(index, "publisher");
        }
    }
}

/// "Silt Care, 36 (2013), pp. 5-9" with the journal as publisher, or as place.
fn journal_as_publisher(reference: &mut Reference) {
    if reference.has("container-title") || reference.has("collection-title") || !reference.has("page") {
        return;
    }
    for index in reference.labelled(&["publisher", "publisher-place"]) {
        let imprint = if reference.label(index) == "publisher" { "publisher-place" } else { "publisher" };
        let adjacent = regex!(r"^,? (?:vol\. |Vol\. |v\. )?$").is_match(reference.gap_behind(index));
        let number = reference.label(index + 1) == "volume"
            && regex!(r"^(?:\d{1,4}|[IVXL]+)$").is_match(reference.words(index + 1));
        let goes_on = index + 1 < reference.parts.len()
            && regex!(r"^[\s,:;.(]*(?:\d|pp?\.|S\.|no\b|Nr)").is_match(reference.rest(index + 1));
        if adjacent && number && goes_on && !reference.has(imprint) && !reference.has("number-of-pages") {
            return reference.relabel(index, "container-title");
        }
    }
}
