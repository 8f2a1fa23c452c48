//! What programs make of articles, and what is to be found in it all the same: each case is one habit of LaTeX, pandoc, LibreOffice or
//! pdftotext, as `tests/support/made.py` brought it up.

#![allow(missing_docs)]

use reflist::document::{Document, DocumentKind};
use reflist::parse::entries::{self, Entry};
use reflist::parse::section;
use reflist::text::MarkKind;

/// The entries of all lists of a document.
fn entries_of(document: &Document) -> Vec<Entry> {
    let (lists, _) = section::find(document);
    lists.iter().flat_map(|list| entries::split(document, list)).collect()
}

fn italics(entry: &Entry) -> Vec<&str> {
    entry.marks.iter().filter(|mark| mark.kind == MarkKind::Italic).map(|mark| &entry.text[mark.span.range()]).collect()
}

fn texts_of(kind: DocumentKind, source: &str) -> Vec<String> {
    entries_of(&Document::read(kind, source.as_bytes())).into_iter().map(|entry| entry.text).collect()
}

#[test]
fn blanks_of_a_source_that_lays_nothing_out_divide_no_entry() {
    let bbl = "\\begin{thebibliography}{2}\n\n\\bibitem{a}\nHarvestnet.\n\\newblock Outlook on food and harvests, October 2007 to March 2008.\n\\newblock Harvestnet, Harare, 2007.\n\n\\bibitem{b}\nC.~Baker.\n\\newblock {\\em Towns}.\n\\newblock Clarendon Press, 2001.\n\n\\end{thebibliography}\n";
    assert_eq!(
        texts_of(DocumentKind::Latex, bbl),
        [
            "Harvestnet. Outlook on food and harvests, October 2007 to March 2008. Harvestnet, Harare, 2007.",
            "C. Baker. Towns. Clarendon Press, 2001."
        ]
    );
    let jats = "<article><back><sec><title>References</title><list><list-item><p>Baker, A. R. (1996). Towns and their roads: Issues and evidence of 1990.\n    <italic>Town Development</italic>, 24, 1579–1595.</p></list-item><list-item><p>Clark, S. (2001). Roads. Paris: Plon.</p></list-item></list></sec></back></article>";
    assert_eq!(
        texts_of(DocumentKind::Jats, jats)[0],
        "Baker, A. R. (1996). Towns and their roads: Issues and evidence of 1990. Town Development, 24, 1579–1595."
    );
}

#[test]
fn notes_that_cite_nothing_are_no_references_and_end_no_list() {
    let tex = "\\begin{document}\nTowns grow.\\footnote{Towns of the north grow faster, since their roads are older than those of the south.} Roads, too.\\footnote{In the 16 years since 2008 nothing has changed in how towns are counted, which is a matter of policy.} They meet.\\footnote{See S. Hudson, \\emph{Rivers}, Oxford: Clarendon Press 1998, p. 12.}\n\n\\section*{References}{\\setlength{\\parindent}{0pt}\\everypar{\\hangindent=1.5em\\hangafter=1}\nBaker, C. (2021). Towns. \\emph{Security Studies}, 29(3), 52--67.\n\nClark, S. (2001). Roads. Paris: Plon.\n\nHarlan, T. (2014). Trade. \\emph{Regional History}, 38(2), 211--240.\n\n}\n\\end{document}\n";
    assert_eq!(
        texts_of(DocumentKind::Latex, tex),
        [
            "Baker, C. (2021). Towns. Security Studies, 29(3), 52–67.",
            "Clark, S. (2001). Roads. Paris: Plon.",
            "Harlan, T. (2014). Trade. Regional History, 38(2), 211–240.",
            "S. Hudson, Rivers, Oxford: Clarendon Press 1998, p. 12.",
        ]
    );
}

/// A list over two pages: the first ends with `last`, the second begins with `first`.
fn two_pages(last: &str, first: &str) -> String {
    let entry = |n: usize| {
        format!(
            "{n}. Baker, C. (20{n:02}). Military towns and their roads in the north. Journal of Towns, {n}(3), 45–67.\n"
        )
    };
    let page = |from: usize| (from..from + 6).map(entry).collect::<String>();
    format!("Towns\n\nReferences\n\n{}{last}\n\u{c}{first}\n{}", page(1), page(9))
}

#[test]
fn what_a_wrapped_reference_leaves_at_the_edge_of_a_page_is_no_furniture() {
    let number = two_pages(
        "7. Clark, S. (2010). Rivers and roads. Towns 11(10):784–\n   791.",
        "8.van Huijstee, M. (2007). Dialogue. Towns 27\n   084023",
    );
    let texts = texts_of(DocumentKind::Plain, &number);
    assert_eq!(texts[6], "Clark, S. (2010). Rivers and roads. Towns 11(10):784–791.");
    assert_eq!(texts[7], "van Huijstee, M. (2007). Dialogue. Towns 27 084023");
    let address = two_pages(
        "7. Roads Ltd (2009): Report 2009, online at:\n   http://www.roads.example/reports, accessed 26.05.2011.\n8. Roads Ltd (2008): Report 2008, online at:",
        "   http://www.roads.example/reports, accessed 26.05.2011.",
    );
    let texts = texts_of(DocumentKind::Plain, &address);
    assert_eq!(texts.len(), 14);
    assert_eq!(
        texts[7],
        "Roads Ltd (2008): Report 2008, online at: http://www.roads.example/reports, accessed 26.05.2011."
    );
}

#[test]
fn bullets_that_were_heaped_up_at_the_top_of_a_page_divide_nothing() {
    let entry = |n: usize| {
        format!(
            "Baker C{n}, Clark S. Military towns and their roads in the north of the\ncountry. Journal of Towns 20{n:02};{n}:45–67.\n"
        )
    };
    let first: String = (1..7).map(|n| format!("• {}", entry(n))).collect();
    let second: String = (8..14).map(entry).collect();
    let text = format!(
        "Towns\n\nReferences\n{first}• Hudson D, Rose A. Rivers of the south and those who live beside\n\u{c}•\n\n•\n\n•\n\nthem. Journal of Towns 2007;7:1–9.\n{second}"
    );
    let texts = texts_of(DocumentKind::Plain, &text);
    assert_eq!(texts.len(), 13, "{texts:#?}");
    assert_eq!(
        texts[6],
        "Hudson D, Rose A. Rivers of the south and those who live beside them. Journal of Towns 2007;7:1–9."
    );
}

#[test]
fn the_rest_of_a_link_belongs_to_its_entry() {
    let text = "References\n\nBaker, C. (2021). Towns and the roads between them. Journal of Towns, 34, 207–219. https://doi.\norg/10.1111/j.1574-0864.2006.00119.x\nClark, S. (2011). Roads and the effects of migration on those who build them, from http://towns.example/38528396.\npdf\nHarlan, T. (2017). Trade and towns of the north, viewed 7 January 2017, from http://www.\ntowns.example/2017/01/trade-and-towns/\nHudson, D. (1996). Rivers in the evidence of 1990. Journal of Towns, 24, 1579–1595. https://doi.org/10.\n1016/0305-750X(96)00059-9\nvan Rooij, H. (2010). Valleys. Oxford: Clarendon Press.\n";
    let texts = texts_of(DocumentKind::Plain, text);
    let ends: Vec<&str> = texts.iter().map(|text| text.rsplit(' ').next().unwrap_or_default()).collect();
    assert_eq!(
        ends,
        [
            "https://doi.org/10.1111/j.1574-0864.2006.00119.x",
            "http://towns.example/38528396.pdf",
            "http://www.towns.example/2017/01/trade-and-towns/",
            "https://doi.org/10.1016/0305-750X(96)00059-9",
            "Press.",
        ]
    );
}

#[test]
fn captions_in_a_list_and_dashes_in_front_of_a_place_are_no_entries() {
    let text = two_pages(
        "7. Clark, S. (2010). Rivers. Towns 11(10):784–791.",
        "Figure 3: Rivers and roads of the north, as they were counted in 1998, and those\nof the south beside them.\n\n8. Hudson, D. (2007). Dialogue. Towns 27, 1–9.",
    );
    let texts = texts_of(DocumentKind::Plain, &text);
    assert_eq!(texts.len(), 14);
    assert_eq!(
        texts[6..8],
        ["Clark, S. (2010). Rivers. Towns 11(10):784–791.", "Hudson, D. (2007). Dialogue. Towns 27, 1–9."]
    );
    let text = "Literatur\n\nBaker, C. (2003): Erziehung und ihre Wege in biografischen Reflexionen: Kinder erinnern sich.\n– Weinheim.\nClark, S. (2004): Arbeitshilfe zur Kooperation der Hilfen und der Städte. – Köln.\nHarlan, T. (2002): Supervision als Diskurs. In: Rose, A./Hudson, D. (Hrsg.): Biographie und Beruf.\n– Bad Heilbrunn, S. 135-164.\nHudson, D. (2006): Junge Menschen und ihre Wege in die Stadt. Child and Family Social Work, 11, S. 273-279.\nRose, A. (2008): Disparitäten. – Bern.\n";
    let texts = texts_of(DocumentKind::Plain, text);
    assert_eq!(texts.len(), 5, "{texts:#?}");
    assert!(texts[0].ends_with("– Weinheim.") && texts[2].ends_with("S. 135-164."));
}

#[test]
fn pandoc_s_emphasis_in_front_of_a_figure_is_one() {
    let source = "# References\n\n1.  Baker, C. Towns and roads, *Adv. Town.\n    Studies*26 (2016) 93.\n2.  Clark, S. 2 \\* 3 roads and a \\*star\\*2, *Roads* 3 (2001) 5.\n";
    let entries = entries_of(&Document::from_markdown(source.as_bytes()));
    assert_eq!(entries[0].text, "Baker, C. Towns and roads, Adv. Town. Studies26 (2016) 93.");
    assert_eq!(italics(&entries[0]), ["Adv. Town. Studies"]);
    assert_eq!(entries[1].text, "Clark, S. 2 * 3 roads and a *star*2, Roads 3 (2001) 5.");
    assert_eq!(italics(&entries[1]), ["Roads"]);
}

/// A page of a wrapped list, `entry` lines each ended, with `foot` below it.
fn page_with(list: &str, foot: &str) -> String {
    let body =
        "Towns grow where roads meet, and roads go where towns were, so that each has made the other.\n".repeat(20);
    format!("{body}\n\u{c}References\n{list}\n{foot}\n\u{c}")
}

#[test]
fn notes_at_the_foot_of_a_page_belong_to_no_entry() {
    let first = "[1] Baker, C. (2021). Towns. Security Studies, 29(3), 52–67.\n[2] Clark, S. (2001). Roads.\n    Paris: Plon.\n";
    let second = "[3] Harlan, T. (2014). Trade. Regional History, 38(2), 211–240.\n[4] Hudson, S. (1998). Rivers. Oxford: Clarendon Press.\n";
    let expected = [
        "Baker, C. (2021). Towns. Security Studies, 29(3), 52–67.",
        "Clark, S. (2001). Roads. Paris: Plon.",
        "Harlan, T. (2014). Trade. Regional History, 38(2), 211–240.",
        "Hudson, S. (1998). Rivers. Oxford: Clarendon Press.",
    ];
    for foot in [
        "  3\n    In the towns that were counted (Fig. 4) the roads are older than those of the south, which shows\nthat they grew.\n\n\n                      4\n",
        "3\n\nIn the towns that were counted (Fig. 4) the roads are older than those of the south, which shows\nthat they grew.\n4\nThe others were left out, since nobody knows how old their roads may have been.\n\n5\n",
    ] {
        assert_eq!(texts_of(DocumentKind::Plain, &format!("{}{second}", page_with(first, foot))), expected, "{foot}");
    }
    // A note that cites is a reference of its own, and a number alone may be the label of one.
    let numbered = "1\nBaker, C. (2021). Towns. Security Studies, 29(3), 52–67.\n2\nClark, S. (2001). Roads. Paris: Plon.\n3\nHarlan, T. Trade of the north and of those who went there. In press.\n";
    assert_eq!(texts_of(DocumentKind::Plain, &page_with(numbered, "")).len(), 3);
}

#[test]
fn a_caption_at_the_top_of_a_page_ends_where_the_list_goes_on() {
    let entry = |n: usize| {
        format!(
            "[{n}] C. Baker, Military towns and their roads in the north and in the south. Journal of Towns\n    {n}, 45–67 (2009).\n"
        )
    };
    let list = |from: usize, to: usize| (from..to).map(entry).collect::<String>();
    let caption = "Figure 3: Rivers and roads.\n\nFigure 4: Towns of the north, as they were counted in 1998, and those\nof the south beside them.\n";
    let text = format!("{}{caption}{}", page_with(&list(1, 9), "12"), list(9, 40));
    let texts = texts_of(DocumentKind::Plain, &text);
    assert_eq!(texts.len(), 39, "{texts:#?}");
    assert!(texts[7].ends_with("8, 45–67 (2009)."), "{}", texts[7]);
}

#[test]
fn a_dash_among_bullets_begins_no_entry() {
    let text = "References\n\n• Baker, C. (2003): Towns and their ways.\n• Union of Towns; Office of Roads (2005): Roads of the north 2020\n  – the region of towns and its roads. http://roads.example/2020 (03.02.2009).\n• Clark, S. (2004): Roads. Paris: Plon.\n• Harlan, T. (2014): Trade. Regional History, 38(2), 211–240.\n";
    let texts = texts_of(DocumentKind::Plain, text);
    assert_eq!(texts.len(), 4, "{texts:#?}");
    assert!(texts[1].contains("2020 – the region of towns"));
}

#[test]
fn a_line_that_was_broken_at_every_word_is_part_of_its_list() {
    let entry = |n: usize| {
        format!(
            "• Baker, C{n}. (20{n:02}): Military towns and their roads in the north. Journal of Towns, {n}, 45–67.\n"
        )
    };
    let list: String = (1..9).map(entry).collect();
    let rest: String = (10..14).map(entry).collect();
    let text = format!(
        "Towns\n\nReferences\n{list}• Union\nof\nTowns;\nOffice\nof\nRoads\nand\nRivers\n(2007):\nRegional\nplan\n2007,\nLegend.\nwww.roads.example/media/1169_1386_1.PDF (03.02.2009).\n{rest}"
    );
    let texts = texts_of(DocumentKind::Plain, &text);
    assert_eq!(texts.len(), 13, "{texts:#?}");
    assert_eq!(
        texts[8],
        "Union of Towns; Office of Roads and Rivers (2007): Regional plan 2007, Legend. www.roads.example/media/1169_1386_1.PDF (03.02.2009)."
    );
}

#[test]
fn months_places_and_rests_of_links_begin_no_entry() {
    let text = "References\n\nBaker C., 2014, ‘Towns and the roads between them: The case of the north’, Journal of Towns 19(6), 98–107, viewed 04\nFebruary 2015, from http://towns.example/journals\nClark S., 2004, ‘Roads’, in A. Rose & B. Stone (eds.), Ways and those who build them, as they were seen in their time.\nOpladen, S. 123-142.\nForum of Towns, 2010, Indicators of roads, and how they may be measured by those who build them, available at http:\n//www.towns.example/roads/f&v_intake_measurement.pdf\nForum of Rivers, 2010, Indicators of rivers, available at http://www.rivers.example/assets/pdf/reports/Second_\nExpert_Report.pdf\nHarlan T., 2014, ‘Trade’, Regional History 38(2), 211–240.\n";
    let texts = texts_of(DocumentKind::Plain, text);
    assert_eq!(texts.len(), 5, "{texts:#?}");
    assert!(texts[2].ends_with("http://www.towns.example/roads/f&v_intake_measurement.pdf"), "{}", texts[2]);
    assert!(texts[3].ends_with("/Second_Expert_Report.pdf"), "{}", texts[3]);
}

#[test]
fn the_last_entry_of_a_list_is_whole_and_in_it() {
    let list = "• Baker, Carl(2000): No time! 18 essays on how towns grow. Oxford: Clarendon\n  Press.\n\n• Clark, Sue(1985): Writings. Collected Works IV. Paris: Plon.\n\n• Rose, Ann(1993): Presence. A book on rivers. Berlin: Reimer.\n\n\nAbout the authors\nTowns that grow sustain a scenario that can be called a plight of roads, and the country faces waves of demands for\nthe means to build them. Meanwhile, those who govern have seen to it that they are what they are.\n";
    let texts = texts_of(DocumentKind::Plain, &format!("{}{list}", page_with("", "")));
    assert!(texts.last().is_some_and(|text| text.starts_with("Rose, Ann")), "{texts:#?}");
}

#[test]
fn numbers_that_count_pages_or_end_a_doi_are_no_labels() {
    let text = "Literatur\n\nBaker, C. (2003): Erziehung und ihre Wege in den Städten des Nordens, wie sie waren.\n30 Seiten. 2009. Online verfügbar unter: http://www.towns.example/Materialien/Archiv.aspx\nClark, S. (2004): Arbeitshilfe zur Kooperation der Hilfen und der Städte. Köln: Plon.\nHarlan, T. (2002): Supervision als Diskurs. Städte 12(3), S. 45-67.\n";
    let texts = texts_of(DocumentKind::Plain, text);
    assert_eq!(texts.len(), 3, "{texts:#?}");
    assert!(texts[0].contains("waren. 30 Seiten. 2009."));
    let text = "References\n\n1. Baker CR, Clark AB 2012. Structural organization of the interface of towns. Curr. Town\n   22, 48–56. 10.1016/j.ctb.2011.11.\n   003.\n2. Harlan T, Rose B 2013. Trade on rivers and what it brings to those who live there. Curr. Town\n   23, 8–16. 10.1016/j.ctb.2012.10.004.\n3. Stone A 2014. Valleys. Curr. Town 24, 1–6. 10.1016/j.ctb.2013.01.002.\n";
    let texts = texts_of(DocumentKind::Plain, text);
    assert_eq!(texts.len(), 3, "{texts:#?}");
    assert!(texts[0].ends_with("10.1016/j.ctb.2011.11.003."), "{}", texts[0]);
}
