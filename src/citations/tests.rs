//! Tests of finding, linking, reporting and rewriting, over one small list.

use expect_test::{Expect, expect};

use super::*;
use crate::{Kind, Name, Names, Variable};

/// The list that all tests cite: authors (";" between, "{}" around a body), year with letter, title, pages.
const LIST: &[(&str, &str, &str, &str)] = &[
    ("Smith", "2018", "Towns and roads", "1–60"),
    ("Smith", "2020", "Villages", ""),
    ("Jones;Lee", "2020", "Rivers of the north", "112–8"),
    ("Lo;Wu;Ma", "2019a", "Lakes", ""),
    ("Lo;Wu;Ma", "2019b", "Ponds", ""),
    ("{World Health Organization}", "2021", "Report on water", ""),
    ("Brown", "2021", "Hills", ""),
    ("Brown", "2021", "Mountains", ""),
    ("García Márquez", "1967", "Cien años de soledad", ""),
    ("Gogh|van", "1888", "Letters", ""),
    ("{Occupational Safety and Health Administration}", "2000", "Rules", ""),
    ("Freud", "1953", "Dreams", ""),
];

fn records() -> Vec<Record> {
    LIST.iter()
        .map(|(authors, year, title, pages)| {
            let (digits, letter) = year.split_at(4);
            let mut record = Record::new(format!("{}{year}", fold::fold(&authors[..4])), Kind::Book);
            if record.key == "brow2021" {
                record.key = format!("brow2021{}", &title[..1]).into();
            }
            let name = |author: &str| match (author.strip_prefix('{'), author.split_once('|')) {
                (Some(body), _) => Name::literal(body.trim_end_matches('}')),
                (_, Some((family, particle))) => Name::person(family, "V.").with_non_dropping_particle(particle),
                _ => Name::person(author, "J."),
            };
            record.set(Variable::Author, Names::new(authors.split(';').map(name).collect()));
            record.set(Variable::Issued, digits);
            record.set(Variable::YearSuffix, letter);
            record.set(Variable::Title, *title);
            record.set(Variable::Page, *pages);
            record
        })
        .collect()
}

fn with<T>(source: &str, then: impl FnOnce(&Document, &[Reference<'_>], &[Citation], &Links) -> T) -> T {
    let records = records();
    let references: Vec<Reference<'_>> = records.iter().map(Reference::new).collect();
    let document = Document::from_markdown(source.as_bytes());
    let citations = find(&document, &references, &[]);
    let links = link(&citations, &references);
    then(&document, &references, &citations, &links)
}

/// Each citation as printed, its items, and what they mean.
#[track_caller]
fn check(source: &str, expected: Expect) {
    let shown = with(source, |document, references, citations, links| {
        let key = |at: &usize| references[*at].record.key.to_string();
        let mut shown = String::new();
        for (citation, verdicts) in citations.iter().zip(&links.verdicts) {
            let items: Vec<String> = citation
                .items
                .iter()
                .zip(verdicts)
                .map(|(item, verdict)| {
                    let meant = match verdict {
                        Verdict::Linked { reference, .. } => key(reference),
                        Verdict::Ambiguous(all) => all.iter().map(key).collect::<Vec<_>>().join("/"),
                        Verdict::Missing(near) => {
                            let near: Vec<String> = near.iter().map(|near| key(&near.reference)).collect();
                            format!("?{}", near.join("?"))
                        }
                    };
                    let around = |text: &str| if text.is_empty() { String::new() } else { format!("<{text}>") };
                    format!("{}{item}{} = {meant}", around(&item.prefix), around(&item.suffix))
                })
                .collect();
            shown.push_str(&format!("{}: {}\n", document.slice(citation.span), items.join("; ")));
        }
        shown
    });
    expected.assert_eq(&shown);
}

/// The source in the four syntaxes, and the codes of what was reported.
#[track_caller]
fn check_rewrite(source: &str, expected: Expect) {
    let shown = with(source, |document, references, citations, links| {
        let mut shown = String::new();
        for target in [Target::Pandoc, Target::Biblatex, Target::Natbib, Target::Typst] {
            let (text, diagnostics) = rewrite(document, references, citations, links, &Rewrite::to(target));
            shown.push_str(text.trim_end());
            shown.push_str(&diagnostics.iter().map(|diagnostic| format!(" !{}", diagnostic.code)).collect::<String>());
            shown.push('\n');
        }
        shown
    });
    expected.assert_eq(&shown);
}

#[test]
fn several_in_one_pair_of_brackets() {
    check(
        "So (see Smith, 2018, p. 45; cf. Jones & Lee, 2020, pp. 112–4, my translation).",
        expect![[r#"
            (see Smith, 2018, p. 45; cf. Jones & Lee, 2020, pp. 112–4, my translation): <see>Smith, 2018, p. 45 = smit2018; <cf.>Jones & Lee, 2020, pp. 112–4<my translation> = jone2020
        "#]],
    );
}

#[test]
fn names_in_the_sentence() {
    check(
        "Yet Smith (2020) and Jones and Lee (2020, p. 113) object. However, Smith’s (2018) view holds. Lo et al. (2019a) too.",
        expect![[r#"
            Smith (2020): Smith, 2020 = smit2020
            Jones and Lee (2020, p. 113): Jones & Lee, 2020, p. 113 = jone2020
            Smith’s (2018): Smith, 2018 = smit2018
            Lo et al. (2019a): Lo et al., 2019a = low2019a
        "#]],
    );
}

#[test]
fn years_and_letters_share_names() {
    check(
        "So (Smith, 2018, 2020) and (Lo et al., 2019a, b; Lo, Wu, & Ma, 2019a).",
        expect![[r#"
            (Smith, 2018, 2020): Smith, 2018 = smit2018; Smith, 2020 = smit2020
            (Lo et al., 2019a, b; Lo, Wu, & Ma, 2019a): Lo et al., 2019a = low2019a; Lo et al., 2019b = low2019b; Lo, Wu & Ma, 2019a = low2019a
        "#]],
    );
}

#[test]
fn bodies_and_their_abbreviations() {
    check(
        "The World Health Organization (WHO) says so (WHO, 2021). The Occupational Safety and Health Administration [OSHA] (2000) did, and OSHA (2000) does.",
        expect![[r#"
            (WHO, 2021): WHO, 2021 = wor2021
            Occupational Safety and Health Administration [OSHA] (2000): Occupational Safety & Health Administration, 2000 = occ2000
            OSHA (2000): OSHA, 2000 = occ2000
        "#]],
    );
}

#[test]
fn particles_double_names_and_reprints() {
    check(
        "So (van Gogh, 1888), (Gogh, 1888), (García Márquez, 1967), (García, 1967), (Freud, 1900/1953).",
        expect![[r#"
            (van Gogh, 1888): van Gogh, 1888 = gogh1888
            (Gogh, 1888): Gogh, 1888 = gogh1888
            (García Márquez, 1967): García Márquez, 1967 = garc1967
            (García, 1967): García, 1967 = garc1967
            (Freud, 1900/1953): Freud, 1900/1953 = freu1953
        "#]],
    );
}

#[test]
fn other_languages_join_names_and_count_pages_in_their_way() {
    check(
        "So (vgl. Jones und Lee 2020, S. 113), (Jones y Lee, 2020), (JONES; LEE, 2020, p.113), (Lo u. a. 2019a).",
        expect![[r#"
            (vgl. Jones und Lee 2020, S. 113): <vgl.>Jones & Lee, 2020, p. 113 = jone2020
            (Jones y Lee, 2020): Jones & Lee, 2020 = jone2020
            (JONES; LEE, 2020, p.113): JONES & LEE, 2020, p. 113 = jone2020
            (Lo u. a. 2019a): Lo et al., 2019a = low2019a
        "#]],
    );
}

#[test]
fn what_has_no_entry_names_what_is_near() {
    check(
        "So (Smith, 2019, p. 3), (Smyth, 2020), (Nobody, 2020, p. 1), (Brown, 2021), (Lo et al., 2019c), (Yao & Lee, 2020).",
        expect![[r#"
            (Smith, 2019, p. 3): Smith, 2019, p. 3 = ?smit2018?smit2020
            (Smyth, 2020): Smyth, 2020 = ?smit2020
            (Nobody, 2020, p. 1): Nobody, 2020, p. 1 = ?
            (Brown, 2021): Brown, 2021 = brow2021H/brow2021M
            (Lo et al., 2019c): Lo et al., 2019c = ?low2019a?low2019b
            (Yao & Lee, 2020): Yao & Lee, 2020 = ?
        "#]],
    );
}

#[test]
fn dates_laws_figures_and_measures_are_no_citations() {
    check(
        "In May 2018 (see Figure 2, 2018), the war (1914–1918), the Act (Clean Air Act 1990), by post (12 May 2020), it fell (from 2018 to 2020), \
         (n = 2018), 95% CI (2000, 2100), (Table 3, 2020), an award (2023-ZJ-902).",
        expect![""],
    );
}

#[test]
fn short_forms_are_read_in_footnotes() {
    check(
        "A.[^1]\n\n[^1]: See Smith, *Towns and roads*, 45. Ibid., 46; Jones and Lee, \"Rivers of the north\", p. 113. Smith, op. cit., p. 3.\n",
        expect![[r#"
            Smith, Towns and roads, 45: Smith, Towns and roads, p. 45 = smit2018
            Ibid., 46: ibid., p. 46 = smit2018
            Jones and Lee, "Rivers of the north", p. 113: Jones, Rivers of the north, p. 113 = jone2020
            Smith, op. cit., p. 3: Smith, op. cit., p. 3 = smit2018
        "#]],
    );
}

#[test]
fn brackets_become_brackets_and_sentences_sentences() {
    check_rewrite(
        "Smith (2018, p. 45) *says* (see Jones & Lee, 2020, pp. 112–4; Lo et al., 2019a).",
        expect![[r#"
            @smit2018 [p. 45] *says* [see @jone2020, pp. 112–4; @low2019a].
            \textcite[45]{smit2018} *says* \parencites[see][112--4]{jone2020}{low2019a}.
            \citet[p.~45]{smit2018} *says* (\citealp[see][pp.~112--4]{jone2020}; \citealp{low2019a}).
            #cite(<smit2018>, form: "prose", supplement: [p. 45]) *says* (see #cite(<jone2020>, form: "author"), #cite(<jone2020>, form: "year"), pp. 112–4; #cite(<low2019a>, form: "author"), #cite(<low2019a>, form: "year")).
        "#]],
    );
}

#[test]
fn names_that_a_style_would_not_print_stay() {
    check_rewrite(
        "Smith’s (2018) and WHO (2021).",
        expect![[r#"
            Smith’s [-@smit2018] and WHO [-@wor2021].
            Smith’s \parencite*{smit2018} and WHO \parencite*{wor2021}.
            Smith’s \citeyearpar{smit2018} and WHO \citeyearpar{wor2021}.
            Smith’s (#cite(<smit2018>, form: "year")) and WHO (#cite(<wor2021>, form: "year")).
        "#]],
    );
}

#[test]
fn what_is_not_linked_stays_to_the_byte() {
    check_rewrite(
        "A (Brown, 2021)\tand  (Nobody, 2020, p. 1) — *b* (Smith, 2018).",
        expect![[r#"
            A (Brown, 2021)	and  (Nobody, 2020, p. 1) — *b* [@smit2018]. !citations::unlinked !citations::unlinked
            A (Brown, 2021)	and  (Nobody, 2020, p. 1) — *b* \parencite{smit2018}. !citations::unlinked !citations::unlinked
            A (Brown, 2021)	and  (Nobody, 2020, p. 1) — *b* \citep{smit2018}. !citations::unlinked !citations::unlinked
            A (Brown, 2021)	and  (Nobody, 2020, p. 1) — *b* #cite(<smit2018>). !citations::unlinked !citations::unlinked
        "#]],
    );
}

#[test]
fn the_list_gives_way_to_a_command() {
    let source =
        "So (Smith, 2018).\n\n# References\n\n- Smith, J. (2018). Towns and roads.\n- Brown, J. (2021). Hills.\n";
    let shown = with(source, |document, references, citations, links| {
        let start = source.find("Smith, J.").unwrap();
        let how = Rewrite::to(Target::Pandoc).with_list(Span::new(start, source.len()), "refs.bib");
        rewrite(document, references, citations, links, &how).0
    });
    assert_eq!(shown, "So [@smit2018].\n\n# References\n\n::: {#refs}\n:::\n");
}

#[test]
fn a_report_tells_both_ways() {
    let shown =
        with("So (Smith, 2018, p. 99), (Smith, 2020), (Liu, 2020).", |document, references, citations, links| {
            let report = Report::new(document, &references[..2], citations, &link(citations, &references[..2]));
            assert!(report.to_html("a <b>.md", document, citations, links).contains("<mark class=\"missing\""));
            assert!(
                report.to_github("a.md").starts_with("::warning file=a.md,line=1,col=5,title=citations%3A%3Alocator::")
            );
            assert_eq!(report.to_json("a.md").lines().count(), report.findings.len());
            report.to_text("a.md")
        });
    expect![[r#"
        a.md:1:5: warning[citations::locator]: "Smith, 2018, p. 99" points outside Smith 2018 (smit2018), pp. 1–60
          help: correct the page, or the pages of the entry
        a.md:1:42: warning[citations::missing]: no entry for "Liu, 2020"
          help: add the entry, or correct the citation
        3 citations: 2 linked, 1 missing, 0 ambiguous; 1 locators outside their entry; 2 entries, 0 uncited
    "#]]
    .assert_eq(&shown);
}

/// Steps grow with the text: twice the text, about twice the work. Time is not measured but what would take it: finds and their sizes.
#[test]
fn hostile_texts_end() {
    for unit in [
        "(",
        "[",
        "(2020",
        "Smith, ",
        "Smith and ",
        "et al. ",
        "(Smith, 2020; ",
        "2020, ",
        "@",
        "\\cite{",
        "A. ",
        "van ",
        "(1)",
        "[^1]",
        "«",
    ] {
        let text = unit.repeat(20_000);
        with(&text, |_, _, citations, links| assert_eq!(citations.len(), links.verdicts.len()));
    }
}

#[test]
fn a_number_cites_every_work_under_it() {
    let records: Vec<Record> = ["a", "b", "c", "d"].map(|key| Record::new(key, Kind::Book)).to_vec();
    let labels = ["1", "2a", "2b", "3"];
    let references: Vec<Reference<'_>> =
        records.iter().zip(labels).map(|(record, label)| Reference::new(record).with_label(label)).collect();
    let document = Document::from_markdown(b"So it is [2]. And so [1-3]; this one [2b].");
    let citations = find(&document, &references, &[]);
    let links = link(&citations, &references);
    let (text, _) = rewrite(&document, &references, &citations, &links, &Rewrite::to(Target::Pandoc));
    assert_eq!(text, "So it is [@b; @c]. And so [@a; @b; @c; @d]; this one [@c].");
}
