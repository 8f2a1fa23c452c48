//! Names and the words for their roles.

use crate::reference::Reference;
use crate::{Rule, regex};

pub const RULES: &[Rule] = &[
    ("punctuation around names", punctuation_around_names),
    ("year in the names", year_in_names),
    ("author with an editor's role", author_with_role),
    ("role unlabelled", role_unlabelled),
    ("author as editor", author_as_editor),
    ("institution as editor", institution_as_editor),
];

/// Bullets of a list, a bracket that belongs to "(ed.)", and an opening bracket of the year.
fn punctuation_around_names(reference: &mut Reference) {
    for index in reference.labelled(&["author", "editor", "translator"]) {
        let words = reference.words(index);
        let front =
            words.trim_start_matches(['•', '·', '*', ')', ']', '.', ',', ';', '–', '—', ' ', '\u{a0}', '\u{ad}']);
        let whole = front.trim_end_matches([' ', '(']);
        if !whole.is_empty() && whole.len() < words.len() {
            let start = reference.parts[index].start + words.len() - front.len();
            let end = start + whole.len();
            (reference.parts[index].start, reference.parts[index].end) = (start, end);
        }
    }
}

/// "Moss, A., & Reed, B. 2017" and no date.
fn year_in_names(reference: &mut Reference) {
    if reference.has("issued") {
        return;
    }
    for index in reference.labelled(&["author"]) {
        if reference.cut(index, regex!(r"^(.*?[a-z.])\.? ?\(?((?:19|20)\d\d[a-z]?)$"), &["author", "issued"]) {
            return;
        }
    }
}

/// "Moss, A. (ed.)" in front: who has the role of an editor is one.
fn author_with_role(reference: &mut Reference) {
    for index in reference.labelled(&["role"]) {
        let names = index.wrapping_sub(1);
        let bracket = regex!(r"^,? ?[(\[]$").is_match(reference.gap_before(index));
        if reference.label(names) == "author"
            && bracket
            && regex!(r"(?i)^(?:eds?|hrsg|hgg?|éds?|editors?|dir|coord|orgs?)\.?$").is_match(reference.words(index))
        {
            reference.relabel(names, "editor");
        }
    }
}

/// "Moss, A. (1999) (Hg.)": a role that stands behind the date.
fn role_unlabelled(reference: &mut Reference) {
    for index in reference.labelled(&["issued"]) {
        if index == 0 || reference.label(index - 1) != "editor" {
            continue;
        }
        let pattern = regex!(r"^\)?,? ?\(?(Hg\.|Hrsg\.|Hrsg|[Ee]ds?\.|[Ee]ds?)\)");
        if let Some(role) = pattern.captures(reference.gap_behind(index)).and_then(|found| found.get(1)) {
            let end = reference.parts[index].end;
            reference.put(end + role.start(), end + role.end(), "role");
        }
    }
}

/// Persons in front without a word of their role: tags that took "ED" for one, or that cut a run of names.
fn author_as_editor(reference: &mut Reference) {
    if reference.label(0) != "editor" || reference.has("role") {
        return;
    }
    let role = regex!(r"(?:\b[Ee]ds?\b\.?|Hrsg|Hg|\bedt\b|[Éé]dit|[Ee]ditors?\b|Herausg|herausg)");
    let persons = regex!(r", |\b[A-Z]\.|&| [A-Z]{1,3}(?:,|$)");
    if role.is_match(&reference.text) || !persons.is_match(reference.words(0)) {
        return;
    }
    if reference.label(1) == "author" {
        if reference.gap_behind(0).trim() == "," {
            let (start, end) = (reference.parts[0].start, reference.parts[1].end);
            reference.put(start, end, "author");
        }
    } else if !reference.has("author") {
        reference.relabel(0, "author");
    }
}

/// EXCITE's annotators have one label for editors and for who issues a paper.
fn institution_as_editor(reference: &mut Reference) {
    if reference.has("role") || reference.has("publisher") || !reference.has("author") {
        return;
    }
    for index in reference.labelled(&["editor"]) {
        let institution = regex!(concat!(
            r"\b(?i:univers\w+|institut\w*|centre|center|department|commission|organi[sz]ation|corporation|forschungs\w+|",
            r"presses|school)\b|wirtschaftsinstitut|universität"
        ));
        let told = regex!(r"(?i)\b(?:in|by|vom|von|durch|des|der)\b[ :]*$").is_match(reference.gap_before(index));
        let book = regex!(r"^(?:[:(]|\)| \(|\. [A-Z][a-z]+ )").is_match(reference.gap_behind(index));
        if index > 1 && institution.is_match(reference.words(index)) && !told && !book {
            return reference.relabel(index, "publisher");
        }
    }
}
