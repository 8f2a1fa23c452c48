//! Every rule on a reference of our own, written with its labels: "{author:Moss, A.} {issued:2016}".

use serde_json::json;

use crate::reference::{Part, Reference};
use crate::{Counts, mended, rules};

/// Rule, reference before, reference after.
const CASES: &[(&str, &str, &str)] = &[
    (
        "title with the book behind \"in\"",
        "{author:Moss, A.}, {title:“On silt,” in The Book of Rivers}, 2016.",
        "{author:Moss, A.}, “{title:On silt},” in {container-title:The Book of Rivers}, 2016.",
    ),
    (
        "title with the word \"in\"",
        "{title:“On silt,” in} {container-title:Rivers}",
        "“{title:On silt},” in {container-title:Rivers}",
    ),
    (
        "title with the word \"in\"",
        "{title:On “silt,” in} {container-title:Rivers}",
        "{title:On “silt},” in {container-title:Rivers}",
    ),
    (
        "series in the title",
        "{title:Tides (RivSup 14}; {publisher-place:Sheffield}: X, 1993)",
        "{title:Tides} ({collection-title:RivSup} {collection-number:14}; {publisher-place:Sheffield}: X, 1993)",
    ),
    ("word cut before its last letter", "{container-title:River Quarterl}y 3", "{container-title:River Quarterly} 3"),
    ("bracket closed outside", "{title:Reeds of rice (Oryza L}.). X", "{title:Reeds of rice (Oryza L.)}. X"),
    ("edition in the title", "{title:Silt, 2nd Edn}. Oslo", "{title:Silt}, {edition:2nd} Edn. Oslo"),
    (
        "issue in the container",
        "{container-title:Bulletin of Silt, n°19}, 2004",
        "{container-title:Bulletin of Silt}, n°{issue:19}, 2004",
    ),
    (
        "container as title",
        "{author:Moss, A.} 2016, in {title:Silt days}",
        "{author:Moss, A.} 2016, in {container-title:Silt days}",
    ),
    (
        "container unlabelled",
        "{title:On silt}. Silt Res. {volume:4}, {page:1–9}",
        "{title:On silt}. {container-title:Silt Res}. {volume:4}, {page:1–9}",
    ),
    (
        "note on an archive as container",
        "{URL:a.b} {container-title:[accessed 3 May 2012] (Archived by WebCite® at} {URL:c.d}",
        "{URL:a.b} [accessed {accessed:3 May 2012}] (Archived by WebCite® at {URL:c.d}",
    ),
    ("identifier cut before its last figures", "{DOI:10.1000/18-5}-{page:6}.", "{DOI:10.1000/18-5-6}."),
    (
        "page cut before its last figures",
        "{volume:3}:{page:e00123}-16. {DOI:10.1/x}",
        "{volume:3}:{page:e00123-16}. {DOI:10.1/x}",
    ),
    ("leading zero outside", "{volume:9}(0{issue:8})", "{volume:9}({issue:08})"),
    ("volume and page in one part", "2020;{volume:5:e00123-20}.", "2020;{volume:5}:{page:e00123-20}."),
    ("volume and page in one part", "Silt, {page:50, p. 75-79}.", "Silt, {volume:50}, p. {page:75-79}."),
    ("issue and page in one part", "64(4 {page:Suppl):S2-9}", "64({issue:4 Suppl}):{page:S2-9}"),
    ("issue with the year", "Heft {issue:3/2011}", "Heft {issue:3}/{issued:2011}"),
    ("year as volume", "J. Silt {issue:06} ({volume:2016}) {page:9}", "J. Silt {volume:06} ({issued:2016}) {page:9}"),
    ("year as volume", "J. Silt {volume:2003};{issue:24}(5", "J. Silt {issued:2003};{volume:24}(5"),
    (
        "page as second volume",
        "J. Silt {volume:13}, {volume:38} ({issued:1958})",
        "J. Silt {volume:13}, {page:38} ({issued:1958})",
    ),
    ("page as issue", "Silt Lett. {volume:10}, {issue:22} (1989)", "Silt Lett. {volume:10}, {page:22} (1989)"),
    ("page as number of pages", "2015;{volume:49}:{number-of-pages:74}.", "2015;{volume:49}:{page:74}."),
    ("page with the word", "{volume:4}: {page:Article 1314}", "{volume:4}: Article {page:1314}"),
    ("issue unlabelled", "{volume:31}(1):{page:22-27}", "{volume:31}({issue:1}):{page:22-27}"),
    ("supplement as note", "{volume:25}({issue:1} {note:Pt 2}):{page:15}", "{volume:25}({issue:1 Pt 2}):{page:15}"),
    ("supplement as note", "{volume:24} ({note:suppl} 7): {page:3-60}", "{volume:24} ({issue:suppl 7}): {page:3-60}"),
    ("days of a date as page", "Silt Days, {page:9-11} {issued:August 1982}", "Silt Days, {issued:9-11 August 1982}"),
    ("month outside the date", "Silt. {issued:2016} Jan [cited", "Silt. {issued:2016 Jan} [cited"),
    (
        "access date as issued",
        "{issued:2014} {URL:www.silt.org} ({issued:3. Mai 2015})",
        "{issued:2014} {URL:www.silt.org} ({accessed:3. Mai 2015})",
    ),
    ("identifier unlabelled", "{page:1-9}. PubMed: 1234567.", "{page:1-9}. PubMed: {PMID:1234567}."),
    ("punctuation around names", "{author:• Moss, Ada (}2016)", "• {author:Moss, Ada} (2016)"),
    ("year in the names", "{author:Moss, A. 2016}, Silt", "{author:Moss, A.} {issued:2016}, Silt"),
    ("author with an editor's role", "{author:Moss, A.} ({role:ed.}) 2016", "{editor:Moss, A.} ({role:ed.}) 2016"),
    (
        "role unlabelled",
        "{editor:Moss, A.} ({issued:1999}) (Hg.): Schlick",
        "{editor:Moss, A.} ({issued:1999}) ({role:Hg.}): Schlick",
    ),
    ("author as editor", "{editor:Moss A, Reed ED}. Silt", "{author:Moss A, Reed ED}. Silt"),
    ("author as editor", "{editor:Moss A}, {author:Reed ED}. Silt", "{author:Moss A, Reed ED}. Silt"),
    (
        "institution as editor",
        "{author:Moss, A.}: {title:Silt}, {editor:Institute of Silt}, Bonn.",
        "{author:Moss, A.}: {title:Silt}, {publisher:Institute of Silt}, Bonn.",
    ),
    ("genre under another label", "{title:Silt}. {publisher-place:Mimeo}: Oslo", "{title:Silt}. {genre:Mimeo}: Oslo"),
    (
        "genre under another label",
        "{author:Moss, A.} 2017, {title:arXiv e-prints}",
        "{author:Moss, A.} 2017, {genre:arXiv e-prints}",
    ),
    (
        "genre in front of the publisher",
        "{publisher:PhD thesis, Silt College}",
        "{genre:PhD thesis}, {publisher:Silt College}",
    ),
    (
        "talk as container",
        "{container-title:Paper presented at the Silt Days of Oslo}",
        "{genre:Paper} presented at the {event:Silt Days of Oslo}",
    ),
    ("number of a report as issue", "{genre:Silt Paper} No. {issue:8}", "{genre:Silt Paper} No. {number:8}"),
    ("links as publisher or note", "{page:1–9}. [{note:PubMed}]", "{page:1–9}. [{other:PubMed}]"),
    (
        "country of the journal as place",
        "{container-title:Proc Natl Acad Sci} {event-place:USA} 1999",
        "{container-title:Proc Natl Acad Sci USA} 1999",
    ),
    ("edition in the publisher", "{publisher:4th ed. Oslo: Silt}", "{edition:4th} ed. {publisher:Oslo: Silt}"),
    (
        "state in the publisher",
        "{publisher-place:Derby}, {publisher:CT: Silt House}",
        "{publisher-place:Derby, CT}: {publisher:Silt House}",
    ),
    (
        "place in the publisher",
        "{publisher:Boca Raton, FL: Silt House}",
        "{publisher-place:Boca Raton, FL}: {publisher:Silt House}",
    ),
    (
        "publisher and place exchanged",
        "{publisher-place:Springer}: {publisher:Berlin}",
        "{publisher:Springer}: {publisher-place:Berlin}",
    ),
    (
        "publisher as place",
        "{genre:thesis}, {publisher-place:University of Silt}",
        "{genre:thesis}, {publisher:University of Silt}",
    ),
    (
        "publisher as container",
        "{title:Silt}. {publisher-place:Oslo}: {container-title:The Silt Council}.",
        "{title:Silt}. {publisher-place:Oslo}: {publisher:The Silt Council}.",
    ),
    (
        "journal as publisher",
        "{publisher:Silt Care}, {volume:36} (2013), {page:5}",
        "{container-title:Silt Care}, {volume:36} (2013), {page:5}",
    ),
];

/// What looks like it and is right.
const RIGHT: &[&str] = &[
    "{title:Life in} {container-title:Rivers}",
    "{container-title:Angew. Chem., Int. Ed.} {issued:2016}, {volume:55}, {page:8254}",
    "{author:Moss, A.} ({issued:1993}). In {title:Situ Bioremediation}. {publisher:Silt Press}",
    "{container-title:Silt}, {volume:15}, {issue:1}.",
    "{volume:8}:{number-of-pages:40} pp.",
    "{editor:Moss, A.} and others, eds. {title:Silt}",
    "{title:Silt} {publisher-place:Oslo}: {publisher:Silt Press}, {issued:2016}. {number-of-pages:40} p.",
    "{publisher:Moss and Company: Reed House}",
    "{volume:46}({issue:2}), {page:10}-{page:12}",
    "{container-title:Silt} {volume:2011}, {issued:2011}, {page:4}",
];

fn reference(labelled: &str) -> Reference {
    let (mut text, mut parts) = (String::new(), Vec::new());
    for piece in labelled.split('{') {
        let (part, rest) = piece.split_once('}').unwrap_or(("", piece));
        if let Some((label, words)) = part.split_once(':') {
            let start = text.len();
            text.push_str(words);
            parts.push(Part { start, end: text.len(), label: label.to_owned() });
        }
        text.push_str(rest);
    }
    Reference { text, parts }
}

fn labelled(reference: &Reference) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for Part { start, end, label } in &reference.parts {
        out += &format!("{}{{{label}:{}}}", &reference.text[at..*start], &reference.text[*start..*end]);
        at = *end;
    }
    out + &reference.text[at..]
}

#[test]
fn each_rule_mends_its_reference_and_leaves_the_mended_one() {
    for (name, before, after) in CASES {
        let (_, rule) = rules().find(|(rule, _)| rule == name).unwrap_or_else(|| panic!("no rule {name}"));
        let mut changed = reference(before);
        rule(&mut changed);
        assert_eq!(labelled(&changed), *after, "{name}");
        rule(&mut changed);
        assert_eq!(labelled(&changed), *after, "{name} a second time");
    }
}

#[test]
fn each_rule_has_a_reference() {
    for (name, _) in rules() {
        assert!(CASES.iter().any(|(case, ..)| *case == name), "{name}");
    }
}

#[test]
fn what_is_right_stays() {
    for right in RIGHT {
        let mut same = reference(right);
        rules().for_each(|(_, rule)| rule(&mut same));
        assert_eq!(labelled(&same), *right);
    }
}

#[test]
fn other_fields_and_offsets_in_code_points_survive() {
    let line = r#"{"id":"a","text":"Öst, Å. 2016, 5:e00123-20","spans":[[0,7,"author"],[14,25,"volume"]],"source":"x","lang":null}"#;
    let rules: Vec<_> = rules().collect();
    let mut counts = Counts::default();
    let mended: serde_json::Value =
        serde_json::from_str(&mended(line.to_owned(), &rules, &mut counts).unwrap()).unwrap();
    assert_eq!(mended["spans"], json!([[0, 7, "author"], [14, 15, "volume"], [16, 25, "page"]]));
    assert_eq!((&mended["id"], &mended["lang"]), (&json!("a"), &json!(null)));
    assert!(counts.table().contains("| volume and page in one part | 1 | 1 |"), "{}", counts.table());
}

#[test]
fn an_untouched_line_is_written_byte_for_byte() {
    let line = r#"{"text": "Moss",  "spans": [[0, 4, "author"]]}"#;
    let rules: Vec<_> = rules().collect();
    assert_eq!(mended(line.to_owned(), &rules, &mut Counts::default()).unwrap(), line);
}
