//! Citations of whole articles: found, linked, counted against what the publishers linked.
//!
//! The articles are not in the repository. `REFLIST_SHARED` names the folder that holds them; without it these tests do nothing.

#![cfg(feature = "cli")]
// A test prints its table and stops where it stands.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "support/shared.rs"]
mod shared;

use std::collections::BTreeMap;
use std::io::Read;

use expect_test::{expect, expect_file};
use reflist::citations::{Reference, Report, Style, Verdict, find, link};
use reflist::document::Document;
use reflist::key::KeyMaker;
use reflist::parse::{Parser, label::Model};
use reflist::{Record, Span};

/// A whole article with its citations as its publisher linked them.
#[derive(Debug, serde::Deserialize)]
struct Article {
    id: String,
    text: String,
    references: Vec<String>,
    reference_spans: Vec<(usize, usize)>,
    /// Offsets in code points, and indexes into the references.
    citations: Vec<(usize, usize, Vec<usize>)>,
}

fn articles() -> Option<Vec<Article>> {
    let path = shared::shared("citations_of_whole_articles_are_found_and_linked")?.join("data/documents/jats.jsonl.gz");
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// The printed number in front of a reference: "12" of "\[12\] A. Name", "12. Name", "12 Name".
fn label(reference: &str) -> Option<&str> {
    let bare = reference.trim_start_matches(['[', '(']);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let behind = bare[digits..].chars().next()?;
    (digits > 0 && digits < 4 && matches!(behind, '.' | ' ' | ']' | ')')).then(|| &bare[..digits])
}

fn years(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).filter(move |&at| {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let year = matches!(&bytes[at..at + 2], b"19" | b"20" | b"18") && digit(at + 2) && digit(at + 3);
        year && !digit(at + 4) && (at == 0 || !matches!(bytes[at - 1], b'0'..=b'9' | b'.' | b'/' | b'-'))
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    AuthorYear,
    Bracket,
    Glued,
}

/// The class of a citation, by its characters and what stands in front of them.
fn class(text: &str, start: usize, end: usize) -> Class {
    let own = &text[start..end];
    if own.contains(|c: char| c.is_alphabetic()) || own.trim_matches(|c: char| !c.is_alphanumeric()).len() == 4 {
        return Class::AuthorYear;
    }
    if own.starts_with(['[', '(']) {
        return Class::Bracket;
    }
    let before = text[..start].trim_end_matches(|c: char| c.is_ascii_digit() || " ,;–-−—‐‑\u{a0}".contains(c));
    let before = before.trim_end_matches("and").trim_end();
    let opened = before.ends_with(['[', '(']) || before.rfind(['[', '(']) > before.rfind([']', ')']);
    if opened && !text[..start].ends_with(|c: char| c.is_alphabetic()) { Class::Bracket } else { Class::Glued }
}

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    gold: usize,
    found: usize,
    /// Pairs of citation and entry.
    pairs: usize,
    linked: usize,
    /// What we found, and what of it the publisher has.
    ours: usize,
    right: usize,
    our_pairs: usize,
    right_pairs: usize,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.pairs += other.pairs;
        self.linked += other.linked;
        self.ours += other.ours;
        self.right += other.right;
        self.our_pairs += other.our_pairs;
        self.right_pairs += other.right_pairs;
    }
}

fn rate(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Measures one article; shows what differs where asked to.
fn measure(article: &Article, show: bool) -> BTreeMap<Class, Count> {
    let text = &article.text;
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    // The entries are given, one a line: what is measured here is not how a list is found and divided.
    let list = Parser::new(Model::embedded()).parse_list_text(article.references.join("\n").as_bytes());
    let parsed = if list.entries.len() == article.references.len() {
        list.entries
    } else {
        article.references.iter().map(|reference| reflist::parse_reference(reference)).collect()
    };
    let records: Vec<&Record> = parsed.iter().map(|parsed| &parsed.record).collect();
    let spans: Vec<Span> =
        article.reference_spans.iter().map(|&(from, to)| Span::new(bytes[from], bytes[to])).collect();
    let references: Vec<Reference<'_>> = article
        .references
        .iter()
        .zip(&records)
        .zip(&spans)
        .map(|((printed, record), &place)| {
            let reference = Reference::new(record).at(place).with_printed(printed);
            label(printed).map_or(reference, |label| reference.with_label(label))
        })
        .collect();
    let document = Document::from_plain(text.as_bytes());
    assert_eq!(document.text().len(), document.source().len(), "{}: offsets are the source's", article.id);
    let citations = find(&document, &references, &spans);
    let links = link(&citations, &references);
    let gold: Vec<(usize, usize, &[usize])> =
        article.citations.iter().map(|(from, to, all)| (bytes[*from], bytes[*to], all.as_slice())).collect();
    let mut counts: BTreeMap<Class, Count> = BTreeMap::new();
    // Ours in order of the text, with what each means.
    let mut ours: Vec<(Span, Style, Vec<usize>, String, bool)> = Vec::new();
    for (citation, verdicts) in citations.iter().zip(&links.verdicts) {
        for (item, verdict) in citation.items.iter().zip(verdicts) {
            let printed = &text[item.span.range()];
            let number = item.number.map(|number| number.to_string()).unwrap_or_default();
            let inner = item.number.is_some() && !printed.starts_with(&number) && !printed.ends_with(&number);
            let means = verdict.reference().into_iter().collect();
            ours.push((item.span, citation.style, means, format!("{item} {verdict:?}"), inner));
        }
    }
    let overlaps = |span: Span, from: usize, to: usize| span.start < to && from < span.end;
    for &(from, to, all) in &gold {
        let count = counts.entry(class(text, from, to)).or_default();
        count.gold += 1;
        count.pairs += all.len();
        let hits: Vec<_> = ours.iter().filter(|(span, ..)| overlaps(*span, from, to)).collect();
        count.found += usize::from(!hits.is_empty());
        let linked = all.iter().filter(|wanted| hits.iter().any(|(_, _, means, ..)| means.contains(wanted))).count();
        count.linked += linked;
        if show && linked < all.len() {
            let around = &text[floor(text, from.saturating_sub(40))..ceil(text, to + 20)];
            println!(
                "  MISS {:?} {:?}: {:?} ours {:?}",
                class(text, from, to),
                &text[from..to],
                around,
                hits.iter().map(|hit| &hit.3).collect::<Vec<_>>()
            );
            if let Some(&wanted) = all.first() {
                println!("       -> {:.90}", article.references[wanted]);
            }
        }
    }
    for (span, style, means, shown, inner) in &ours {
        let hits: Vec<_> = gold.iter().filter(|(from, to, _)| overlaps(*span, *from, *to)).collect();
        // Some publishers link the ends of "14–17" only.
        if *inner && !hits.iter().any(|(_, _, all)| means.iter().all(|meant| all.contains(meant))) {
            continue;
        }
        let class = match (hits.first(), style) {
            (Some((from, to, _)), _) => class(text, *from, *to),
            (None, Style::Number) => Class::Bracket,
            (None, Style::Superscript) => Class::Glued,
            _ => Class::AuthorYear,
        };
        let count = counts.entry(class).or_default();
        count.ours += 1;
        count.right += usize::from(!hits.is_empty());
        // A find that the publisher did not link at all says nothing of linking.
        if !hits.is_empty() {
            count.our_pairs += means.len();
            let right = means.iter().filter(|meant| hits.iter().any(|(_, _, all)| all.contains(meant))).count();
            count.right_pairs += right;
            if show && right < means.len() {
                println!("  LINK {:?} {shown}", &text[span.range()]);
            }
        } else if show {
            let around = &text[floor(text, span.start.saturating_sub(40))..ceil(text, span.end + 20)];
            println!("  EXTRA {around:?} {shown}");
        }
    }
    counts
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn ceil(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// Whether the publisher's own links go astray: many entries have neither the first name nor the year of the citation linked to them.
fn is_astray(article: &Article) -> bool {
    let chars: Vec<char> = article.text.chars().collect();
    let (mut named, mut wrong) = (0, 0);
    for (from, to, all) in &article.citations {
        let own: String = chars[*from..*to].iter().collect();
        let Some(word) = own.split(|c: char| !c.is_alphabetic()).find(|word| word.chars().count() > 3) else {
            continue;
        };
        let Some(year) = years(&own).next().map(|at| &own[at..at + 4]) else { continue };
        named += 1;
        let word = word.to_lowercase();
        let fits = |at: &usize| {
            article.references[*at].to_lowercase().contains(&word) || article.references[*at].contains(year)
        };
        wrong += usize::from(!all.iter().any(fits));
    }
    named >= 10 && wrong * 4 > named
}

/// The program over a small article: what it prints, and how it exits.
#[test]
fn the_program_checks_and_rewrites() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("article.md");
    let text = "Towns grow (Baker, 2021, p. 12; Lo, 2019).\n\n# References\n\n\
                - Baker, C. (2021). Towns and their rivers. *Town Studies*, 29(3), 52–67.\n- Wu, D. (2018). *Roads of the north*. Hill Press.\n";
    std::fs::write(&article, text).unwrap();
    let reflist = || {
        let mut command = assert_cmd::Command::cargo_bin("reflist").unwrap();
        command.current_dir(folder.path()).arg("cite").arg("article.md");
        command
    };
    let checked = reflist().assert().code(1);
    expect![[r#"
        article.md:1:13: warning[citations::locator]: "Baker, 2021, p. 12" points outside Baker 2021 (baker2021), pp. 52–67
          help: correct the page, or the pages of the entry
        article.md:1:33: warning[citations::missing]: no entry for "Lo, 2019"
          help: add the entry, or correct the citation
        article.md:6:3: warning[citations::uncited]: Wu 2018 (wu2018) is in the list, but nothing cites it
          help: cite it, or take it out of the list
        2 citations: 1 linked, 1 missing, 0 ambiguous; 1 locators outside their entry; 2 entries, 1 uncited
    "#]]
    .assert_eq(&String::from_utf8_lossy(&checked.get_output().stdout));
    std::fs::write(&article, text.replace("; Lo, 2019", "")).unwrap();
    let rewritten = reflist().args(["--to", "pandoc", "--replace-list", "--bib-out", "refs.bib"]).assert().code(0);
    assert_eq!(
        String::from_utf8_lossy(&rewritten.get_output().stdout),
        "Towns grow [@baker2021, p. 12].\n\n# References\n\n::: {#refs}\n:::\n"
    );
    assert!(std::fs::read_to_string(folder.path().join("refs.bib")).unwrap().contains("@article{baker2021,"));
}

/// The article of the first case: its citations with their verdicts, one a line, against a list read by eye.
///
/// The snapshot holds the citations and what they mean, not a sentence of the article.
#[test]
fn every_citation_of_the_first_article_has_the_verdict_that_a_reader_gives() {
    let Some(shared) = shared::shared("every_citation_of_the_first_article_has_its_verdict") else { return };
    let bytes = std::fs::read(shared.join("seed/article.md")).unwrap();
    let document = Document::from_markdown(&bytes);
    let list = reflist::parse_document(&document);
    let mut keys = KeyMaker::default();
    let records: Vec<Record> = list
        .entries
        .iter()
        .map(|parsed| {
            let mut record = parsed.record.clone();
            record.key = keys.make(&record);
            record
        })
        .collect();
    let references: Vec<Reference<'_>> = records
        .iter()
        .zip(&list.places)
        .zip(&list.entries)
        .map(|((record, &place), parsed)| Reference::new(record).at(place).with_printed(&parsed.source))
        .collect();
    let places: Vec<Span> = list.lists.iter().map(|list| list.place).collect();
    let citations = find(&document, &references, &places);
    let links = link(&citations, &references);
    let report = Report::new(&document, &references, &citations, &links);
    let mut shown = format!("{}\n\n", report.summary());
    for (citation, verdicts) in citations.iter().zip(&links.verdicts) {
        let printed = &document.source()[citation.place.range()];
        for (item, verdict) in citation.items.iter().zip(verdicts) {
            let entry = |at: &usize| records[*at].key.to_string();
            let outside = report.findings.iter().any(|finding| {
                finding.code == "citations::locator"
                    && finding.place.is_some_and(|place| citation.place.contains(place.span))
            });
            let meant = match verdict {
                Verdict::Linked { reference, .. } if outside => format!("{}, locator outside", entry(reference)),
                Verdict::Linked { reference, .. } => entry(reference),
                Verdict::Ambiguous(all) => {
                    format!("ambiguous: {}", all.iter().map(entry).collect::<Vec<_>>().join(" "))
                }
                Verdict::Missing(near) => {
                    let near: Vec<String> = near.iter().map(|near| entry(&near.reference)).collect();
                    format!("missing; near: {}", near.join(" ")).trim_end_matches("; near: ").to_owned()
                }
                _ => unreachable!(),
            };
            shown.push_str(&format!("{printed:36} {item:32} {meant}\n"));
        }
    }
    shown.push_str("\nuncited\n");
    for &at in &links.uncited {
        shown.push_str(&format!("{}\n", records[at].key));
    }
    expect_file!["../testdata/citations/first-article.txt"].assert_eq(&shown);
}

/// Prints the table for the half that rules were made on, and for the half that was kept back; the latter is held to its bounds.
///
/// `REFLIST_SHOW=tune` shows every difference in the first half, `REFLIST_SHOW=<id>` those of one of its articles.
#[test]
fn citations_of_whole_articles_are_found_and_linked() {
    let Some(articles) = articles() else { return };
    let show = std::env::var("REFLIST_SHOW").unwrap_or_default();
    let mut halves: [BTreeMap<Class, Count>; 2] = Default::default();
    for (at, article) in articles.iter().enumerate() {
        if is_astray(article) {
            println!("left out, its links go astray: {at} {}", article.id);
            continue;
        }
        let shown = at % 2 == 0 && (show == "tune" || (!show.is_empty() && article.id.contains(&show)));
        if shown {
            println!("{at} {}", article.id);
        }
        for (class, count) in measure(article, shown) {
            if shown {
                println!("  {at} {class:?} {count:?}");
            }
            *halves[at % 2].entry(class).or_default() += count;
        }
    }
    for count in [Class::AuthorYear, Class::Bracket].map(|class| halves[1][&class]) {
        assert!(rate(count.right, count.ours) >= 0.95 && rate(count.found, count.gold) >= 0.92, "finding: {count:?}");
        assert!(
            rate(count.right_pairs, count.our_pairs) >= 0.95 && rate(count.linked, count.pairs) >= 0.92,
            "linking: {count:?}"
        );
    }
    println!("half     class        gold  found(P/R)     linked(P/R)");
    for (name, half) in ["tuning", "held back"].iter().zip(&halves) {
        for (class, count) in half {
            println!(
                "{name:9} {:12} {:5} {:.3} / {:.3}  {:.3} / {:.3}",
                format!("{class:?}"),
                count.gold,
                rate(count.right, count.ours),
                rate(count.found, count.gold),
                rate(count.right_pairs, count.our_pairs),
                rate(count.linked, count.pairs),
            );
        }
    }
}
