//! Titles: words that follow them, and what they swallowed.

use crate::reference::Reference;
use crate::{Rule, regex};

pub const RULES: &[Rule] = &[
    ("title with the book behind \"in\"", title_with_book),
    ("title with the word \"in\"", title_with_in),
    ("series in the title", series_in_title),
    ("word cut before its last letter", word_cut),
    ("bracket closed outside", bracket_outside),
    ("edition in the title", edition_in_title),
    ("issue in the container", issue_in_container),
    ("container as title", container_as_title),
    ("container unlabelled", container_unlabelled),
    ("note on an archive as container", archive_as_container),
];

/// “Upon Water,” in Rivers of the World: one title where there are two.
fn title_with_book(reference: &mut Reference) {
    if reference.has("container-title") {
        return;
    }
    let pattern = regex!(r#"^[“"«‘]?\s?([^“"«]+?)\s?[,.]?[”"»]\s?,? (?:in|dans) ?:? ([“«A-Z][^”"»]*)$"#);
    for index in reference.labelled(&["title"]) {
        // The names of the book's editors, or the numbers of a journal, would go along.
        let more = regex!(r"\(dir|, \d|in [A-ZÄÖÜ]{4,}").is_match(reference.words(index));
        if !more && reference.cut(index, pattern, &["title", "container-title"]) {
            return;
        }
    }
}

/// “Upon Water,” in: the word, and the marks around what is then the whole title.
fn title_with_in(reference: &mut Reference) {
    for index in reference.labelled(&["title"]) {
        if let Some(found) = regex!(r#"[.,]?\s?[”"»’]\s?,? (?:in|In|dans) ?:?$"#).find(reference.words(index)) {
            let words = reference.words(index)[..found.start()].to_owned();
            let marks = words.len() - words.trim_start_matches(['“', '"', '«', '‘', ' ']).len();
            // A mark within keeps its partner: 'A “B” of C' is no quoted title.
            let plain = !words[marks..].contains(['“', '”', '"', '«', '»']);
            let start = reference.parts[index].start;
            reference.parts[index].end = start + words.len();
            reference.parts[index].start = start + if plain { marks } else { 0 };
        }
    }
}

/// "Tides (RivSup 14; Oslo: Silt, 1993)": the series that biblical studies put in the imprint's bracket.
fn series_in_title(reference: &mut Reference) {
    let pattern = regex!(r"^(.+?)[,.]? \(([A-Z][^();]*?),? (\d+|[IVX]+)$");
    for index in reference.labelled(&["title", "container-title"]) {
        let label = reference.label(index).to_owned();
        let labels = [&label, "collection-title", "collection-number"];
        if reference.gap_behind(index).starts_with("; ") && reference.cut(index, pattern, &labels) {
            return;
        }
    }
}

/// "The River Quarterl" + "y": a part that lost the last letter of its last word.
fn word_cut(reference: &mut Reference) {
    for index in reference.labelled(&["title", "container-title", "publisher", "author", "editor"]) {
        let mut behind = reference.gap_behind(index).chars();
        let (first, second) = (behind.next(), behind.next());
        let cut = first.is_some_and(char::is_lowercase) && !second.is_some_and(char::is_alphanumeric);
        if cut && reference.words(index).ends_with(char::is_lowercase) {
            reference.extend(index, first.map_or(0, char::len_utf8));
        }
    }
}

/// "rice (Oryza sativa L" + ".)": a bracket opened in a title is closed in it.
fn bracket_outside(reference: &mut Reference) {
    for index in reference.labelled(&["title", "container-title", "publisher-place", "editor"]) {
        let words = reference.words(index);
        let open = words.matches('(').count() == words.matches(')').count() + 1;
        let inner = words.rfind('(').map_or("", |at| &words[at + 1..]);
        let close = regex!(r"^\.?\)").find(reference.gap_behind(index)).map_or(0, |found| found.end());
        if open && close > 0 && !inner.is_empty() {
            reference.extend(index, close);
        }
    }
}

/// "Silt and Sand, 5th Edn": journals whose tags know no edition.
fn edition_in_title(reference: &mut Reference) {
    let pattern = regex!(concat!(
        r"^(.+?)[,.]? \(?((?i:\d+(?:st|nd|rd|th)|second|third|revised|rev\.|[4-9]\. ?)) ",
        r"(?i:edn|edition|ed|aufl|auflage)\.?\)?$"
    ));
    for index in reference.labelled(&["title", "container-title"]) {
        let label = reference.label(index).to_owned();
        if reference.cut(index, pattern, &[&label, "edition"]) {
            return;
        }
    }
}

/// "Bulletin of Silt n°18".
fn issue_in_container(reference: &mut Reference) {
    if reference.has("issue") || reference.has("number") {
        return;
    }
    let pattern = regex!(r"^([^(]+?),? (?:[Nn]o\.? ?|[Nn]r\.? ?|Heft |n° ?)(\d+)$");
    for index in reference.labelled(&["container-title"]) {
        if reference.cut(index, pattern, &["container-title", "issue"]) {
            return;
        }
    }
}

/// "Moss, A., in Silt and Sand, Vol. 5": a book that has no title in front of it is still what is behind "in".
fn container_as_title(reference: &mut Reference) {
    if reference.has("container-title") || !reference.has("author") {
        return;
    }
    for index in reference.labelled(&["title"]) {
        let latin = regex!(r"^(?:[Ss]itu|[Vv]itro|[Vv]ivo|[Ss]ilico)\b").is_match(reference.words(index));
        if index > 0 && !latin && regex!(r"(?:^|[\s,.])[Ii]n:? ?$").is_match(reference.gap_before(index)) {
            return reference.relabel(index, "container-title");
        }
    }
}

/// A short journal's name between a title and its volume that nobody labelled.
fn container_unlabelled(reference: &mut Reference) {
    if reference.has("container-title") || !reference.has("page") || !reference.has("volume") {
        return;
    }
    for index in reference.labelled(&["title"]) {
        if !matches!(reference.label(index + 1), "volume" | "issued") {
            continue;
        }
        let pattern = regex!(r"^\. ([A-Z][A-Za-z&. ]{2,40}?)[.,]? \(?$");
        let name = pattern.captures(reference.gap_behind(index)).and_then(|found| found.get(1));
        let announces = regex!(r"(?i)\b(?:vol|volume|band|bd|heft|ausgabe|tome|chapters?|no|number|in)\b");
        if let Some(name) = name.filter(|name| !announces.is_match(name.as_str())) {
            let end = reference.parts[index].end;
            return reference.put(end + name.start(), end + name.end(), "container-title");
        }
    }
}

/// "[accessed 3 May 2012] (Archived by" and a service between two links.
fn archive_as_container(reference: &mut Reference) {
    for index in reference.labelled(&["container-title"]) {
        reference.cut(index, regex!(r"^\[accessed (\d[^\]]*)\] \(Archived by"), &["accessed"]);
    }
}
