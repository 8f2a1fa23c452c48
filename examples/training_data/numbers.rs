//! Numbers: volumes, issues, pages, dates and identifiers.

use crate::reference::Reference;
use crate::{Rule, month, regex};

pub const RULES: &[Rule] = &[
    ("identifier cut before its last figures", identifier_cut),
    ("page cut before its last figures", page_cut),
    ("leading zero outside", leading_zero),
    ("volume and page in one part", volume_and_page),
    ("issue and page in one part", issue_and_page),
    ("issue with the year", issue_with_year),
    ("year as volume", year_as_volume),
    ("page as second volume", page_as_volume),
    ("page as issue", page_as_issue),
    ("page as number of pages", page_as_count),
    ("page with the word", page_with_word),
    ("issue unlabelled", issue_unlabelled),
    ("supplement as note", supplement),
    ("days of a date as page", days_as_page),
    ("month outside the date", month_outside),
    ("access date as issued", access_date),
    ("identifier unlabelled", identifier_unlabelled),
];

const NUMBER_LABELS: &[&str] = &["volume", "issue", "page", "number"];

/// Publishers' tags end a DOI or an ISBN where its last figures look like a page.
fn identifier_cut(reference: &mut Reference) {
    for index in reference.labelled(&["DOI", "ISBN"]).into_iter().rev() {
        if let Some(found) = regex!(r"^-[0-9X]+").find(reference.rest(index)) {
            reference.extend(index, found.end());
        }
    }
}

/// The same for article numbers such as "e00123-16".
fn page_cut(reference: &mut Reference) {
    for index in reference.labelled(&["page"]).into_iter().rev() {
        if let Some(found) = regex!(r"^[-–][0-9]+").find(reference.gap_behind(index)) {
            reference.extend(index, found.end());
        }
    }
}

/// Sources that keep numbers as numbers lose the zero of "9(08)".
fn leading_zero(reference: &mut Reference) {
    for index in reference.labelled(NUMBER_LABELS) {
        let gap = reference.gap_before(index);
        let zeros = gap.len() - gap.trim_end_matches('0').len();
        let bounded = !gap.trim_end_matches('0').ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == ',');
        if zeros > 0 && bounded && zeros < gap.len() && reference.words(index).starts_with(|c: char| c.is_ascii_digit())
        {
            reference.parts[index].start -= zeros;
        }
    }
}

/// "5:e00123-20" as a volume; "50, p. 75-79" as a page.
fn volume_and_page(reference: &mut Reference) {
    let labels = ["volume", "page"];
    if !reference.has("page") {
        for index in reference.labelled(&["volume"]) {
            if reference.cut(index, regex!(r"^(\d+):(e?\d[\w–-]*)$"), &labels) {
                return;
            }
        }
    }
    if !reference.has("volume") {
        for index in reference.labelled(&["page"]) {
            if reference.cut(index, regex!(r"^(\d{1,3}), ?(?:pp?\. ?)?(\d+ ?[-–] ?\d+)$"), &labels) {
                return;
            }
        }
    }
}

/// "(2):147" as a page that begins within the brackets.
fn issue_and_page(reference: &mut Reference) {
    for index in reference.labelled(&["page"]) {
        if reference.cut(index, regex!(r"^(\d+|[Ss]uppl\.?)\): ?(.+)$"), &["issue", "page"]) {
            // "(5 Suppl)": the number in front is the same issue.
            if let Some(number) = regex!(r"\(\d+ $").find(reference.gap_before(index)) {
                reference.parts[index].start -= number.len() - 1;
            }
            return;
        }
    }
}

/// "H. 3/2011": the year is issued, as everywhere else in the data.
fn issue_with_year(reference: &mut Reference) {
    for index in reference.labelled(&["issue"]) {
        if reference.cut(index, regex!(r"^(\d+) ?/ ?((?:19|20)\d\d)$"), &["issue", "issued"]) {
            return;
        }
    }
}

/// "J. Silt 06 (2016) 9" and "2003;24(5)" with the year as volume and the volume as issue.
fn year_as_volume(reference: &mut Reference) {
    if reference.has("issued") {
        return;
    }
    for index in reference.labelled(&["volume"]) {
        let announced = regex!(r"(?i)(?:vol|volume|bd|band|n°)\.? ?$").is_match(reference.gap_before(index));
        if !announced && regex!(r"^(?:1[6-9]|20)\d\d$").is_match(reference.words(index)) {
            reference.relabel(index, "issued");
            let before = index.wrapping_sub(1);
            if reference.label(before) == "issue" && reference.gap_behind(before) == " (" && !reference.has("volume") {
                reference.relabel(before, "volume");
            } else if reference.label(index + 1) == "issue" && reference.gap_behind(index) == ";" {
                reference.relabel(index + 1, "volume");
            }
            return;
        }
    }
}

/// "J. Silt 13, 38 (1958)" with both numbers as volumes, or the second, a bare one like a year, as a date.
fn page_as_volume(reference: &mut Reference) {
    if reference.has("page") {
        return;
    }
    for index in reference.labelled(&["volume"]) {
        let second = matches!(reference.label(index + 1), "volume" | "original-date")
            && reference.words(index + 1).contains(|c: char| c.is_ascii_digit());
        if second && regex!(r"^\s?,\s?$").is_match(reference.gap_behind(index)) {
            return reference.relabel(index + 1, "page");
        }
    }
}

/// The page of "10, 22 (1989)" and of an article "3:10" at the end as an issue.
fn page_as_issue(reference: &mut Reference) {
    if reference.has("page") {
        return;
    }
    for index in reference.labelled(&["volume"]) {
        if reference.label(index + 1) != "issue" || !regex!(r"^\d+$").is_match(reference.words(index + 1)) {
            continue;
        }
        let physics = regex!(r"^\s?,\s?$").is_match(reference.gap_behind(index))
            && regex!(r"^\s?\(\s?(?:19|20)\d\d\s?\)").is_match(reference.rest(index + 1));
        let article = reference.gap_behind(index) == ":" && reference.rest(index + 1).trim_end_matches('.').is_empty();
        if physics || article {
            return reference.relabel(index + 1, "page");
        }
    }
}

/// "2015;4:7." with the page as a count of pages, "3(S2):4S" too.
fn page_as_count(reference: &mut Reference) {
    for index in reference.labelled(&["number-of-pages"]) {
        let behind_volume = index > 0 && matches!(reference.label(index - 1), "volume" | "issue");
        let counted = regex!(r"(?i)^ ?(?:pp?\b|pages|S\.|s\b|с\.)").is_match(reference.rest(index));
        if behind_volume && !counted && regex!(r"^\)?\s?:\s?$").is_match(reference.gap_before(index)) {
            reference.relabel(index, "page");
        }
    }
}

/// "Article 1314": the bare value, as elsewhere.
fn page_with_word(reference: &mut Reference) {
    for index in reference.labelled(&["page"]) {
        let found = regex!(r"^(?:Article|Art\.|pp?\.|pages?)(?: (?:no\.|number|ID))? ?").find(reference.words(index));
        if let Some(found) = found.filter(|found| found.end() < reference.words(index).len()) {
            reference.parts[index].start += found.end();
        }
    }
}

/// "3(1):2-7" with nothing said of the bracket.
fn issue_unlabelled(reference: &mut Reference) {
    if reference.has("issue") {
        return;
    }
    for index in reference.labelled(&["volume"]) {
        let pattern =
            regex!(r"^\s?\(\s?(\d{1,3}|RR-\d+|Pt ?\d+|Suppl\.? ?\d*|Database issue|Web Server issue)\s?\)\s?[:,;]");
        if let Some(found) = pattern.captures(reference.gap_behind(index)).and_then(|found| found.get(1)) {
            let end = reference.parts[index].end;
            let words = found.as_str().trim_end_matches(" issue").len();
            return reference.put(end + found.start(), end + found.start() + words, "issue");
        }
    }
}

/// "4(suppl):A9" and "25(1 Pt 2)": the rest of an issue as a note.
fn supplement(reference: &mut Reference) {
    for index in reference.labelled(&["note"]) {
        if index == 0 || !regex!(r"(?i)^(?:suppl|pt|part)\b\.?[ \w.]{0,6}$").is_match(reference.words(index)) {
            continue;
        }
        let tail = regex!(r"^\.? ?\w{0,4}").find(reference.gap_behind(index)).map_or(0, |found| found.end());
        let closed = reference.gap_behind(index)[tail..].trim_start().starts_with(')');
        let gap = reference.gap_before(index).to_owned();
        match reference.label(index - 1) {
            "issue" if gap == " " && closed => {
                let (start, end) = (reference.parts[index - 1].start, reference.parts[index].end + tail);
                return reference.put(start, end, "issue");
            }
            "volume" if gap.trim() == "(" && closed => {
                reference.relabel(index, "issue");
                return reference.extend(index, tail);
            }
            _ => {}
        }
    }
}

/// "9-11 August 1990" with its days as pages.
fn days_as_page(reference: &mut Reference) {
    for index in reference.labelled(&["page"]) {
        let days = regex!(r"^\d{1,2}(?: ?[-–] ?\d{1,2})?$").is_match(reference.words(index));
        if days && reference.label(index + 1) == "issued" {
            let (start, end) = (reference.parts[index].start, reference.parts[index + 1].end);
            let behind = &reference.text[reference.parts[index].end..end];
            if regex!(concat!("^ ?", month!(), r",? ?\d{4}$")).is_match(behind) {
                return reference.put(start, end, "issued");
            }
        }
    }
}

/// "2016 Jan [cited" and "Spring 2001" with the month unlabelled: sources that have a field for the year alone.
fn month_outside(reference: &mut Reference) {
    for index in reference.labelled(&["issued", "accessed"]) {
        if !regex!(r"^(?:19|20)\d\d$").is_match(reference.words(index)) {
            continue;
        }
        let behind = regex!(concat!("^ (?:", month!(), r"(?: \d{1,2})?)(?:[;:.,\])]|$| \[)"));
        if let Some(found) = behind.find(reference.gap_behind(index)) {
            let words = found.as_str().trim_end_matches(['[', ';', ':', ',', ']', ')', ' ', '.']).len();
            reference.extend(index, words);
            continue;
        }
        let before = regex!(concat!(r"[,.;(] ?(", month!(), ",? )$"));
        let month = before.captures(reference.gap_before(index)).and_then(|found| found.get(1).map(|part| part.len()));
        if let Some(bytes) = month {
            reference.parts[index].start -= bytes;
        }
    }
}

/// A date with its day in brackets behind a link is the day of access, where another date is printed in front.
fn access_date(reference: &mut Reference) {
    for index in reference.labelled(&["issued"]) {
        let behind_link = index > 0 && reference.label(index - 1) == "URL";
        let bracket = regex!(r"^.{0,2} ?[(\[](?:Stand:? )?$").is_match(reference.gap_before(index));
        let day = regex!(r"^(?:\d{1,2}\.? ?[^\d\s]|\d{1,2}\.\d|[A-Z][a-z]+ \d{1,2}, \d{4})");
        if behind_link
            && bracket
            && regex!(r"\d{4}").is_match(reference.words(index))
            && day.is_match(reference.words(index))
        {
            reference.relabel(index, "accessed");
        }
    }
}

/// "PubMed: 1234567" and the second half of "PMCPMC1234567".
fn identifier_unlabelled(reference: &mut Reference) {
    let text = reference.text.clone();
    let patterns = [(regex!(r"PubMed: (\d{6,9})\b"), "PMID"), (regex!(r"PMCID: (?:PMC)?(PMC\d{5,9})\b"), "PMCID")];
    for (pattern, label) in patterns {
        for found in pattern.captures_iter(&text).filter_map(|found| found.get(1)) {
            if !reference.parts.iter().any(|part| part.start < found.end() && found.start() < part.end) {
                reference.put(found.start(), found.end(), label);
            }
        }
    }
}
