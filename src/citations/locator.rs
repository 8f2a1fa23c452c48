//! Locators: "p. 45", "pp. 45–50, 60", "§ 5", ": 45".

use std::fmt;

use super::tokens::{TokenKind, Tokens};
use super::words::is_conjunction;
use crate::span::Span;

/// What a [`Locator`] counts; the names are CSL's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names are CSL's and say all")]
pub enum LocatorKind {
    Appendix,
    Article,
    Book,
    Chapter,
    Column,
    Equation,
    Figure,
    Folio,
    Issue,
    Line,
    Note,
    Page,
    Paragraph,
    Part,
    Rule,
    Section,
    SubVerbo,
    Table,
    Verse,
    Volume,
}

impl LocatorKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Appendix,
        Self::Article,
        Self::Book,
        Self::Chapter,
        Self::Column,
        Self::Equation,
        Self::Figure,
        Self::Folio,
        Self::Issue,
        Self::Line,
        Self::Note,
        Self::Page,
        Self::Paragraph,
        Self::Part,
        Self::Rule,
        Self::Section,
        Self::SubVerbo,
        Self::Table,
        Self::Verse,
        Self::Volume,
    ];

    /// CSL's name: "page", "sub-verbo".
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Appendix => "appendix",
            Self::Article => "article-locator",
            Self::Book => "book",
            Self::Chapter => "chapter",
            Self::Column => "column",
            Self::Equation => "equation",
            Self::Figure => "figure",
            Self::Folio => "folio",
            Self::Issue => "issue",
            Self::Line => "line",
            Self::Note => "note",
            Self::Page => "page",
            Self::Paragraph => "paragraph",
            Self::Part => "part",
            Self::Rule => "rule",
            Self::Section => "section",
            Self::SubVerbo => "sub-verbo",
            Self::Table => "table",
            Self::Verse => "verse",
            Self::Volume => "volume",
        }
    }

    /// The abbreviation for one and for several that English styles print.
    #[must_use]
    pub const fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Appendix => ("app.", "apps."),
            Self::Article => ("art.", "arts."),
            Self::Book => ("bk.", "bks."),
            Self::Chapter => ("chap.", "chaps."),
            Self::Column => ("col.", "cols."),
            Self::Equation => ("eq.", "eqs."),
            Self::Figure => ("fig.", "figs."),
            Self::Folio => ("fol.", "fols."),
            Self::Issue => ("no.", "nos."),
            Self::Line => ("l.", "ll."),
            Self::Note => ("n.", "nn."),
            Self::Page => ("p.", "pp."),
            Self::Paragraph => ("para.", "paras."),
            Self::Part => ("pt.", "pts."),
            Self::Rule => ("r.", "rr."),
            Self::Section => ("sec.", "secs."),
            Self::SubVerbo => ("s.v.", "s.vv."),
            Self::Table => ("tbl.", "tbls."),
            Self::Verse => ("v.", "vv."),
            Self::Volume => ("vol.", "vols."),
        }
    }

    /// The kind that a printed word announces, without its stop.
    fn of(word: &str) -> Option<Self> {
        let lower = word.to_lowercase();
        Some(match lower.as_str() {
            "p" | "pp" | "pg" | "pgs" | "page" | "pages" | "pag" | "pág" | "págs" | "página" | "páginas" | "s"
            | "seite" | "seiten" | "str" | "blz" | "sid" | "стр" | "с" | "side" | "pagina" | "pagine" | "hlm" => {
                Self::Page
            }
            "chap" | "chaps" | "ch" | "chs" | "chapter" | "chapters" | "kap" | "kapitel" | "cap" | "caps"
            | "capítulo" | "capítulos" | "chapitre" | "глава" | "гл" => Self::Chapter,
            "sec" | "secs" | "sect" | "section" | "sections" | "abschn" | "abschnitt" | "seção" | "sección" => {
                Self::Section
            }
            "para" | "paras" | "par" | "paragraph" | "rn" | "rz" | "randnr" | "rdnr" => Self::Paragraph,
            "vol" | "vols" | "volume" | "bd" | "band" | "tome" | "т" => Self::Volume,
            "fig" | "figs" | "figure" | "figures" | "abb" | "abbildung" | "figura" => Self::Figure,
            "table" | "tables" | "tbl" | "tab" | "tabelle" | "tabela" | "tabla" => Self::Table,
            "n" | "nn" | "note" | "notes" | "fn" | "footnote" | "anm" | "fußn" | "nota" => Self::Note,
            "l" | "ll" | "line" | "lines" | "z" | "zeile" => Self::Line,
            "v" | "vv" | "verse" | "verses" => Self::Verse,
            "col" | "cols" | "column" | "columns" | "sp" => Self::Column,
            "fol" | "fols" | "f" | "folio" => Self::Folio,
            "pt" | "pts" | "part" | "parts" | "teil" => Self::Part,
            "eq" | "eqs" | "equation" => Self::Equation,
            "bk" | "bks" | "book" | "books" | "buch" => Self::Book,
            "no" | "nos" | "nr" | "issue" => Self::Issue,
            "app" | "appendix" | "anhang" => Self::Appendix,
            "art" | "arts" | "article" | "artikel" => Self::Article,
            _ => return None,
        })
    }
}

/// A place inside the cited work.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Locator {
    /// What it counts; a bare number counts pages.
    pub kind: LocatorKind,
    /// Its value without label: "45", "45–50, 60".
    pub value: String,
    /// Its bytes in the document's text, with its label.
    pub span: Span,
}

impl Locator {
    /// Whether it names more than one page (or section, …).
    #[must_use]
    pub fn is_several(&self) -> bool {
        self.value.contains(|c: char| matches!(c, ',' | '-' | '&' | '\u{2010}'..='\u{2015}'))
            || self.value.contains("ff")
    }

    /// The pages of a page locator as numbers, from and to; empty where they are no plain numbers.
    pub(super) fn pages(&self) -> Vec<(u32, u32)> {
        if self.kind != LocatorKind::Page {
            return Vec::new();
        }
        let mut pages = Vec::new();
        for part in self
            .value
            .split(|c: char| matches!(c, ',' | '&' | ';') || c.is_whitespace())
            .filter(|part| !part.is_empty())
        {
            let part = part.trim_end_matches(['f', '.']);
            let mut ends =
                part.split(|c: char| c == '-' || matches!(c, '\u{2010}'..='\u{2015}')).filter(|end| !end.is_empty());
            let Some(first) = ends.next() else { continue };
            let Ok(from) = first.parse::<u32>() else { continue };
            let to = ends.next().and_then(|last| super::index::whole_page(first, last)).unwrap_or(from);
            pages.push((from, to.max(from)));
        }
        pages
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, several) = self.kind.labels();
        write!(f, "{} {}", if self.is_several() { several } else { one }, self.value)
    }
}

/// Reads a locator that begins at token `at` (a comma or a colon may stand in front), within `to`; returns it and the token behind.
pub(super) fn read(tokens: &Tokens<'_>, at: usize, to: usize) -> Option<(Locator, usize)> {
    let mut from = at;
    let separator =
        tokens.kind(from).filter(|kind| matches!(kind, TokenKind::Comma | TokenKind::Colon | TokenKind::Dot));
    if separator.is_some() {
        from += 1;
    }
    if from >= to {
        return None;
    }
    let (kind, value_from) = match label(tokens, from, to) {
        Some(found) => found,
        None if separator == Some(TokenKind::Colon)
            || (separator == Some(TokenKind::Comma) && is_bare(tokens, from, to)) =>
        {
            (LocatorKind::Page, from)
        }
        None => return None,
    };
    let labelled = value_from > from;
    let value_to = value(tokens, value_from, to, labelled)?;
    let value = tokens.text[tokens.span(value_from, value_to).range()].trim_end_matches(' ').to_owned();
    Some((Locator { kind, value, span: tokens.span(from, value_to) }, value_to))
}

/// "p.", "pp.", "§", "§§", "chap." at token `at`: what they announce, and the token behind.
fn label(tokens: &Tokens<'_>, at: usize, to: usize) -> Option<(LocatorKind, usize)> {
    let mut next = at + 1;
    let word = tokens.str(at);
    if matches!(word, "§" | "¶") {
        while next < to && tokens.str(next) == word {
            next += 1;
        }
        return Some((if word == "§" { LocatorKind::Section } else { LocatorKind::Paragraph }, next));
    }
    if matches!(word, "s" | "S") && tokens.is(next, TokenKind::Dot) && matches!(tokens.str(next + 1), "v" | "vv") {
        let dot = usize::from(tokens.is(next + 2, TokenKind::Dot));
        return Some((LocatorKind::SubVerbo, next + 2 + dot));
    }
    let kind = tokens.is(at, TokenKind::Word).then(|| LocatorKind::of(word)).flatten()?;
    next += usize::from(tokens.is(next, TokenKind::Dot));
    // A letter or a whole word must be followed by its value; "p" in "p. 5" has its stop or its number.
    (next < to).then_some((kind, next))
}

/// Whether bare figures stand at `at`, up to a separator or the end, and are no year.
fn is_bare(tokens: &Tokens<'_>, at: usize, to: usize) -> bool {
    if !tokens.is(at, TokenKind::Number) || tokens.str(at).len() > 4 {
        return false;
    }
    let mut next = at + 1;
    while tokens.is(next, TokenKind::Dash) && matches!(tokens.kind(next + 1), Some(TokenKind::Number | TokenKind::Year))
    {
        next += 2;
    }
    // A stop that ends the sentence: "Smith, Towns, 45."
    let stops = tokens.is(next, TokenKind::Dot) && tokens.list.get(next + 1).is_none_or(|behind| behind.spaced);
    next >= to
        || stops
        || matches!(tokens.kind(next), Some(TokenKind::Comma | TokenKind::Semicolon | TokenKind::Close(_)))
        || matches!(tokens.str(next), "f" | "ff" | "n")
}

/// The token behind a run of pages: "45", "45–50, 60", "xii", "23n4", "67 ff.", "A12".
fn value(tokens: &Tokens<'_>, from: usize, to: usize, labelled: bool) -> Option<usize> {
    let mut at = page(tokens, from, to, labelled)?;
    loop {
        let separator = match tokens.kind(at) {
            Some(TokenKind::Dash | TokenKind::Slash) => 1,
            Some(TokenKind::Comma | TokenKind::Ampersand) => 1,
            Some(TokenKind::Word) if is_conjunction(tokens.str(at)) => 1,
            _ => return Some(at.min(to)),
        };
        let is_range = tokens.is(at, TokenKind::Dash);
        // Behind a comma a year is a year, even of a run of pages.
        if !is_range && !tokens.is(at + separator, TokenKind::Number) {
            return Some(at);
        }
        match page(tokens, at + separator, to, is_range) {
            Some(next) => at = next,
            None => return Some(at),
        }
    }
}

/// The token behind one page.
fn page(tokens: &Tokens<'_>, at: usize, to: usize, year_may_be_page: bool) -> Option<usize> {
    if at >= to {
        return None;
    }
    let mut next = at + 1;
    match tokens.kind(at)? {
        TokenKind::Number => {}
        TokenKind::Year if year_may_be_page => {}
        TokenKind::Word if is_roman(tokens.str(at)) && year_may_be_page => return Some(next),
        // "S12", "e45", "A3".
        TokenKind::Word
            if tokens.str(at).len() <= 2
                && tokens.is(next, TokenKind::Number)
                && !tokens.list[next].spaced
                && next < to =>
        {
            next += 1;
        }
        _ => return None,
    }
    if next < to && matches!(tokens.str(next), "f" | "ff" | "sq" | "sqq" | "n") {
        let note = tokens.str(next) == "n" && tokens.is(next + 1, TokenKind::Number);
        next += 1 + usize::from(note);
        if next < to && tokens.is(next, TokenKind::Dot) && !note {
            next += 1;
        }
    } else if next < to && tokens.is(next, TokenKind::Word) && !tokens.list[next].spaced && tokens.str(next).len() == 1
    {
        next += 1; // "12a"
    }
    Some(next)
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 8 && word.bytes().all(|byte| b"ivxlcdmIVXLCDM".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let tokens = Tokens::new(text, Span::new(0, text.len()));
        let shown = match read(&tokens, 0, tokens.len()) {
            Some((locator, next)) => {
                format!("{} {}|{}", locator.kind.as_str(), locator.value, tokens.str(next))
            }
            None => "none".to_owned(),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn labels_of_many_languages() {
        check(", p. 45", "page 45|");
        check(" pp. 45\u{2013}50, 60;", "page 45\u{2013}50, 60|;");
        check(", S. 12 ff.", "page 12 ff.|");
        check(", p.23-50", "page 23-50|");
        check(", § 5", "section 5|");
        check(", chap. 3", "chapter 3|");
        check(", p. 1024", "page 1024|");
        check(", p. xii", "page xii|");
    }

    #[test]
    fn bare_figures_are_pages_and_years_are_not() {
        check(": 45", "page 45|");
        check(", 45", "page 45|");
        check(", 45 patients", "none");
        check(", 2018", "none");
        check(", 12, 2018", "page 12|,");
    }

    #[test]
    fn abbreviated_ends_are_written_out_for_the_comparison() {
        let locator = Locator { kind: LocatorKind::Page, value: "112\u{2013}8, 120".into(), span: Span::default() };
        assert_eq!(locator.pages(), [(112, 118), (120, 120)]);
    }
}
