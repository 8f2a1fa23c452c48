//! What happens to references on their way: hasty typing, conversion from PDF, scans.
//!
//! Spans move with their characters. Labels in front ("[12]") come here too, since they are the list's and not the template's.

use crate::labelled::{Glyph, Labelled};
use crate::random::Random;

/// A kind of noise: its name, the share of references that it falls on, and what it does.
type Noise = (&'static str, f64, fn(&mut Labelled, &mut Random));

/// Every kind, in the order in which it is applied.
pub const TABLE: &[Noise] = &[
    ("final stop", 0.10, final_stop),
    ("plain dashes", 0.10, plain_dashes),
    ("plain quotes", 0.12, plain_quotes),
    ("blank lost", 0.06, blank_lost),
    ("blank too many", 0.04, blank_too_many),
    ("blanks around punctuation", 0.02, spaced_punctuation),
    ("punctuation lost", 0.05, punctuation_lost),
    ("comma for stop", 0.03, comma_for_stop),
    ("hyphen of a broken line", 0.04, hyphenated),
    ("letter misread", 0.03, misread),
    ("capitals", 0.02, capitals),
    ("label in front", 0.22, label_in_front),
    ("links behind", 0.02, links_behind),
];

/// Applies every kind of noise as often as the table says.
pub fn apply(labelled: &mut Labelled, random: &mut Random) {
    for (_, share, noise) in TABLE {
        if random.chance(*share) {
            noise(labelled, random);
        }
    }
    labelled.fold_blanks();
}

/// Identifiers are not touched: a damaged address is another one.
fn is_verbatim(labelled: &Labelled, at: usize) -> bool {
    matches!(labelled.label(labelled.glyphs[at].span), Some("URL" | "DOI" | "ISBN" | "ISSN" | "arxiv" | "number"))
}

/// A place whose character and neighbours satisfy `wanted`.
fn place(labelled: &Labelled, random: &mut Random, wanted: impl Fn(&Labelled, usize) -> bool) -> Option<usize> {
    let places: Vec<usize> =
        (0..labelled.glyphs.len()).filter(|&at| !is_verbatim(labelled, at) && wanted(labelled, at)).collect();
    (!places.is_empty()).then(|| *random.pick(&places))
}

fn is_mark(glyph: Glyph) -> bool {
    glyph.span == 0 && ".,;:".contains(glyph.c)
}

fn final_stop(labelled: &mut Labelled, _: &mut Random) {
    match labelled.glyphs.last() {
        Some(last) if last.c == '.' && last.span == 0 => {
            labelled.glyphs.pop();
        }
        Some(last) if last.c.is_alphanumeric() => labelled.push(".", 0),
        _ => {}
    }
}

fn plain_dashes(labelled: &mut Labelled, _: &mut Random) {
    labelled.glyphs.iter_mut().filter(|glyph| "–—−".contains(glyph.c)).for_each(|glyph| glyph.c = '-');
}

fn plain_quotes(labelled: &mut Labelled, _: &mut Random) {
    for glyph in &mut labelled.glyphs {
        glyph.c = match glyph.c {
            '“' | '”' | '„' | '«' | '»' => '"',
            '‘' | '’' | '‚' => '\'',
            other => other,
        };
    }
    labelled.fold_blanks();
}

fn blank_lost(labelled: &mut Labelled, random: &mut Random) {
    let glued =
        |labelled: &Labelled, at: usize| at > 0 && labelled.glyphs[at].c == ' ' && is_mark(labelled.glyphs[at - 1]);
    if let Some(at) = place(labelled, random, glued) {
        labelled.glyphs.remove(at);
    }
}

fn blank_too_many(labelled: &mut Labelled, random: &mut Random) {
    if let Some(at) = place(labelled, random, |labelled, at| is_mark(labelled.glyphs[at])) {
        labelled.glyphs.insert(at, Glyph { c: ' ', span: 0 });
    }
}

fn spaced_punctuation(labelled: &mut Labelled, _: &mut Random) {
    let glyphs = std::mem::take(&mut labelled.glyphs);
    for glyph in glyphs {
        if is_mark(glyph) {
            labelled.push(" ", 0);
        }
        labelled.glyphs.push(glyph);
    }
}

fn punctuation_lost(labelled: &mut Labelled, random: &mut Random) {
    let lone = |labelled: &Labelled, at: usize| {
        is_mark(labelled.glyphs[at]) && labelled.glyphs.get(at + 1).is_some_and(|next| next.c == ' ')
    };
    if let Some(at) = place(labelled, random, lone) {
        labelled.glyphs.remove(at);
    }
}

fn comma_for_stop(labelled: &mut Labelled, random: &mut Random) {
    let between = |labelled: &Labelled, at: usize| is_mark(labelled.glyphs[at]) && labelled.glyphs[at].c == '.';
    if let Some(at) = place(labelled, random, between) {
        labelled.glyphs[at].c = ',';
    }
}

/// "administra- tion", as a broken line reads when it is joined.
fn hyphenated(labelled: &mut Labelled, random: &mut Random) {
    const LEAST: usize = 3;
    let inside = |labelled: &Labelled, at: usize| {
        at >= LEAST
            && at + LEAST < labelled.glyphs.len()
            && labelled.glyphs[at - LEAST..at + LEAST]
                .iter()
                .all(|glyph| glyph.c.is_lowercase() && glyph.span == labelled.glyphs[at].span && glyph.span != 0)
    };
    if let Some(at) = place(labelled, random, inside) {
        let span = labelled.glyphs[at].span;
        let tail = labelled.glyphs.split_off(at);
        labelled.push("- ", span);
        labelled.glyphs.extend(tail);
    }
}

/// What a scan confuses.
fn misread(labelled: &mut Labelled, random: &mut Random) {
    const PAIRS: &[(char, char)] = &[
        ('l', '1'),
        ('0', 'O'),
        ('1', 'l'),
        ('c', 'e'),
        ('e', 'c'),
        ('h', 'b'),
        ('а', 'a'),
        ('о', 'o'),
        ('с', 'c'),
        ('з', '3'),
        ('5', 'S'),
    ];
    let pairs = *random.pick(PAIRS);
    if let Some(at) = place(labelled, random, |labelled, at| labelled.glyphs[at].c == pairs.0) {
        labelled.glyphs[at].c = pairs.1;
    }
}

/// A title or a run of names in capitals.
fn capitals(labelled: &mut Labelled, random: &mut Random) {
    let wanted = *random.pick(&["title", "author"]);
    let spans: Vec<usize> = labelled.glyphs.iter().map(|glyph| glyph.span).collect();
    if let Some(&span) = spans.iter().find(|&&span| labelled.label(span) == Some(wanted)) {
        let glyphs = std::mem::take(&mut labelled.glyphs);
        for glyph in glyphs {
            let printed = if glyph.span == span { glyph.c.to_uppercase().to_string() } else { glyph.c.to_string() };
            labelled.push(&printed, glyph.span);
        }
    }
}

fn label_in_front(labelled: &mut Labelled, random: &mut Random) {
    if labelled.runs().iter().any(|(_, _, label)| *label == "citation-label") {
        return;
    }
    let (front, behind) = *random.pick(&[
        ("[", "] "),
        ("[", "] "),
        ("", ". "),
        ("", ". "),
        ("(", ") "),
        ("", ") "),
        ("[", "]"),
        ("", " "),
    ]);
    let tail = std::mem::take(&mut labelled.glyphs);
    let number = random.between(1, 140).to_string();
    labelled.push(front, 0);
    let span = labelled.open("citation-label");
    labelled.push(&number, span);
    labelled.push(behind, 0);
    labelled.glyphs.extend(tail);
}

fn links_behind(labelled: &mut Labelled, random: &mut Random) {
    for words in random.pick(&[&["Google Scholar"][..], &["CrossRef", "Google Scholar"], &["PubMed"]]).iter() {
        labelled.push(" [", 0);
        let span = labelled.open("other");
        labelled.push(words, span);
        labelled.push("]", 0);
    }
}
