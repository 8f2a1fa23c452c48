//! How cases, statutes and treaties are told from other works: by the court, the names of the parties, the title of the law, and the
//! reports and gazettes that print nothing else.
//!
//! All texts come in lower case.

use super::words::{StemList, WordList, words};

/// A name without stops and blanks: "u.s.c." and "U. S. C." are one.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// "Brown v. Board of Education", "A vs B", "In re Wilson", "R (Smith) v ...".
pub(super) fn is_case(title: &str) -> bool {
    let parted = title.split(' ').skip(1).any(|word| matches!(word, "v." | "v" | "vs." | "vs" | "c."));
    let named = ["in re ", "ex parte ", "in the matter of "].iter().any(|start| title.starts_with(start));
    (parted || named) && title.split(' ').count() < 16
}

/// Whether an author is a court. Some are called as companies and countries are: they count only where the reference has no title.
pub(super) fn is_court(author: &str, untitled: bool) -> bool {
    let first = words(author).next().unwrap_or_default();
    COURTS.has(first) || (untitled && SHORT_COURTS.has(first))
}

/// "Human Rights Act 1998", "Companies (Model Articles) Regulations"; "Loi n° 78-17", "Lei nº 9.394".
pub(super) fn is_act(title: &str) -> bool {
    let last = words(title).filter(|word| !word.starts_with(|c: char| c.is_ascii_digit())).last();
    let named = matches!(last, Some("act" | "regulations" | "ordinance")) && words(title).nth(1).is_some();
    named || words(title).next().is_some_and(|word| LAWS.begins(word)) || title.starts_with("council directive ")
}

/// "H.R. 2854", "S. 1123": a bill of the Congress.
pub(super) fn is_bill(number: &str) -> bool {
    let letters: String = number.chars().take_while(|c| !c.is_ascii_digit()).filter(|c| c.is_alphabetic()).collect();
    matches!(letters.as_str(), "hr" | "hres" | "hjres" | "sres" | "sjres")
        && number.ends_with(|c: char| c.is_ascii_digit())
}

/// "Convention Relating to the Status of Refugees".
pub(super) fn is_treaty(title: &str) -> bool {
    words(title).next().is_some_and(|word| TREATIES.begins(word))
}

/// The series that treaties are printed in.
pub(super) fn is_treaty_series(container: &str) -> bool {
    matches!(letters(container).as_str(), "unts" | "ilm" | "ets" | "cets" | "tias" | "ust" | "lnts" | "cts" | "ukts")
        || container.contains("treaty series")
}

/// Whether a container is a collection of laws or an official gazette.
pub(super) fn is_gazette(container: &str) -> bool {
    GAZETTES.has(&letters(container))
        || [
            "собрание законодательства",
            "відомості верховної ради",
            "diário oficial",
            "boletín oficial",
            "gazzetta ufficiale",
            "journal officiel",
            "official journal of the european",
            "dziennik ustaw",
            "resmî gazete",
            "federal register",
        ]
        .iter()
        .any(|name| container.starts_with(name))
}

/// Courts by their first word.
static COURTS: WordList = WordList::new(
    "\
bag bayoblg bfh bger bgh bpatg bsg bundesgerichtshof bundesverfassungsgericht bverfg bverwg cass egmr eug eugh lag lsg \
ogh olg ovg rg vfgh vgh vwgh ",
);

/// Courts whose letters mean other bodies, too.
static SHORT_COURTS: WordList = WordList::new("ag arbg ca ce cjue fg kg lg sg ta vg ");

/// Beginnings of the words that begin the title of a law.
static LAWS: StemList = StemList::new(
    "\
bundesgesetz decreto directive décret gesetz legge lei ley loi regulation richtlinie règlement ustawa verdrag \
verordnung vyhláška zákon закон ",
);

/// Beginnings of the words that begin the title of a treaty.
static TREATIES: StemList =
    StemList::new("abkommen agreement convention covenant protocol statute traité treaty vertrag übereinkommen");

/// Collections of laws and gazettes, letters and figures of their names alone.
static GAZETTES: WordList = WordList::new(
    "\
abl ableg ableu bgbl bgbli bgblii boe cfr dou dzu fedreg gvbl gvobl jorf oj ojc ojl rgbl stat usc usca uscode \
zbsb зборник сзрф ",
);

#[cfg(test)]
mod tests {
    use super::super::words::{assert_sorted, assert_stems};
    use super::*;

    #[test]
    fn lists_are_sorted() {
        [&COURTS, &SHORT_COURTS, &GAZETTES].into_iter().for_each(assert_sorted);
        [&LAWS, &TREATIES].into_iter().for_each(assert_stems);
    }

    #[test]
    fn courts_that_are_called_as_companies_need_a_reference_without_title() {
        assert!(is_court("bgh", false));
        assert!(is_court("lg köln", true));
        assert!(!is_court("lg electronics", false));
    }

    #[test]
    fn what_begins_or_ends_as_a_law_is_one() {
        for title in ["human rights act 1998", "water industry act", "loi n° 78-17 du 6 janvier 1978"] {
            assert!(is_act(title), "{title}");
        }
        for title in ["act", "the second act of a play", "acts of meaning", "leibniz"] {
            assert!(!is_act(title), "{title}");
        }
    }
}
