//! Finds citations by author and year.
//!
//! Every year of a block is looked at once: in brackets, behind the names in front of it or with those of the year before it; as the
//! first thing in brackets, with the names in front of the bracket; bare, only where an entry has these names and this year.
//!
//! Whether a find is a citation is decided in the end, when the document's habits are known: what the list confirms is one; what only
//! looks like one is kept if its form is strong ("et al.", two names, a locator) or the document's own.

use super::fold::fold_name;
use super::index::Index;
use super::link::{Cited, Evidence};
use super::locator;
use super::names::{self, NameRun, Setting};
use super::tokens::{TokenKind, Tokens};
use super::words::{is_conjunction, is_month, is_particle, is_thing};
use super::{Citation, Form, Item, Style, Year};
use crate::span::Span;

/// Finds of all blocks, and the habits that they show.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    list: Vec<Draft>,
    /// Items that an entry confirms: with a comma in front of the year, and without.
    with_comma: usize,
    without_comma: usize,
    narrative: usize,
}

#[derive(Debug)]
struct Draft {
    citation: Citation,
    /// What speaks for each item.
    signs: Vec<Signs>,
}

/// What speaks for an item.
#[derive(Debug, Clone, Copy)]
struct Signs {
    evidence: Evidence,
    /// "et al.", two names or a locator.
    strong: bool,
    comma: bool,
    /// Nothing but the names and known words stands in front of the year in its part of the brackets.
    clean: bool,
    /// A word goes on right behind the year.
    goes_on: bool,
    unpublished: bool,
}

impl Drafts {
    /// The finds that are citations, each with the items that are.
    ///
    /// `numbered` citations by number were found beside them: a document that cites by number must show an entry.
    pub(super) fn accepted(self, numbered: usize) -> Vec<Citation> {
        let confirmed = self.with_comma + self.without_comma;
        let by_number = numbered > self.confirmed();
        let comma = self.with_comma >= self.without_comma;
        let narrative = self.narrative;
        let accept = |draft: Draft| {
            let Draft { mut citation, signs } = draft;
            let form = citation.form;
            let holds = |sign: &Signs| match (sign.evidence, form) {
                (Evidence::Entry, _) => true,
                (_, Form::Bare) => false,
                (Evidence::Name, _) => !sign.goes_on && !sign.unpublished && (!by_number || sign.strong),
                (Evidence::None, _) if by_number => false,
                (Evidence::None, Form::Parenthetical) => {
                    sign.strong || (sign.clean && (confirmed == 0 || sign.comma == comma))
                }
                (Evidence::None, _) => sign.strong || (sign.clean && narrative >= 2),
            };
            let mut keep = signs.iter().map(holds);
            citation.items.retain(|_| keep.next().unwrap_or(false));
            // An item may stand on the names of one that was not kept; then neither is a citation.
            let orphan = citation.items.first().is_some_and(|item| item.names_before);
            (!citation.items.is_empty() && !orphan).then_some(citation)
        };
        self.list.into_iter().filter_map(accept).collect()
    }

    /// How many items an entry confirms.
    pub(super) fn confirmed(&self) -> usize {
        self.with_comma + self.without_comma + self.narrative
    }

    fn push(&mut self, citation: Citation, signs: Vec<Signs>) {
        for sign in signs.iter().filter(|sign| sign.evidence == Evidence::Entry) {
            match citation.form {
                Form::Parenthetical if sign.comma => self.with_comma += 1,
                Form::Parenthetical => self.without_comma += 1,
                Form::Narrative => self.narrative += 1,
                Form::Bare => {}
            }
        }
        self.list.push(Draft { citation, signs });
    }
}

/// Finds the citations of one block.
pub(super) fn find(tokens: &Tokens<'_>, index: &Index, drafts: &mut Drafts) {
    let mut finder = Finder { tokens, index, drafts };
    finder.block();
}

struct Finder<'f> {
    tokens: &'f Tokens<'f>,
    index: &'f Index,
    drafts: &'f mut Drafts,
}

/// Where the names of an item stand.
#[derive(Debug, Clone, Copy)]
struct Ownership {
    /// With it, not with an item before it.
    owns: bool,
    /// In the sentence, not in the brackets.
    prose: bool,
}

/// A year, or a word in its place, at some token.
struct Dated {
    year: Year,
    /// The token behind.
    end: usize,
}

impl Finder<'_> {
    fn block(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        // Groups are looked at when their first year is met; bare years must lie behind what was found.
        let mut done = vec![false; self.tokens.len()];
        let mut behind = 0;
        let mut at = 0;
        while at < self.tokens.len() {
            match self.tokens.list[at].kind {
                TokenKind::Open(_) if self.tokens.list[at].partner > at => open.push(at),
                TokenKind::Close(_) if self.tokens.list[at].partner < at => {
                    open.pop();
                }
                TokenKind::Year | TokenKind::Word => {
                    let limit = open.last().map_or(0, |&open| open + 1);
                    if self.tokens.is(at, TokenKind::Year)
                        || (self.may_be_date_word(at) && self.dated(at, self.tokens.len()).is_some())
                    {
                        match open.last().copied() {
                            Some(group) if !done[group] => {
                                done[group] = true;
                                let outer = open.len().checked_sub(2).map_or(0, |outer| open[outer] + 1);
                                self.group(group, outer.max(behind.min(group)));
                            }
                            Some(_) => {}
                            None => {
                                if let Some(end) = self.bare(at, limit.max(behind)) {
                                    behind = end;
                                    at = end;
                                    continue;
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// A pair of brackets with a year right inside.
    fn group(&mut self, open: usize, outer: usize) {
        let close = self.tokens.list[open].partner;
        let mut first = open + 1;
        while matches!(self.tokens.str(first), "c" | "ca" | "." | "circa" | "orig") {
            first += 1;
        }
        let begins_with_year = self.dated(first, close).is_some();
        if !begins_with_year {
            return self.parenthetical(open, close);
        }
        let Some(run) = names::before(self.tokens, outer, open, Setting::Prose) else { return };
        let run = self.trimmed(run, first, close);
        let start = run.start();
        let (items, signs) = self.items(first, close, Some(run));
        if items.is_empty() {
            return;
        }
        let span = self.tokens.span(start, close + 1);
        self.drafts.push(
            Citation { style: Style::AuthorYear, form: Form::Narrative, span, place: Span::default(), items },
            signs,
        );
    }

    fn parenthetical(&mut self, open: usize, close: usize) {
        let (items, signs) = self.items(open + 1, close, None);
        if items.is_empty() {
            return;
        }
        let span = self.tokens.span(open, close + 1);
        self.drafts.push(
            Citation { style: Style::AuthorYear, form: Form::Parenthetical, span, place: Span::default(), items },
            signs,
        );
    }

    /// A year outside brackets: a citation only if an entry has its names and year.
    fn bare(&mut self, at: usize, limit: usize) -> Option<usize> {
        let run = names::before(self.tokens, limit, at, Setting::Prose)?;
        let dated = self.dated(at, self.tokens.len())?;
        let run = self.best_start(run, &dated.year, Setting::Prose);
        let evidence = self.evidence(&run, &dated.year);
        if evidence != Evidence::Entry || self.is_range(at) {
            return None;
        }
        let mut items = Vec::new();
        let mut signs = Vec::new();
        let start = run.start();
        let end = self.push_items(
            &run,
            Ownership { owns: true, prose: true },
            dated,
            self.tokens.len(),
            &mut items,
            &mut signs,
        );
        let span = self.tokens.span(start, end);
        self.drafts
            .push(Citation { style: Style::AuthorYear, form: Form::Bare, span, place: Span::default(), items }, signs);
        Some(end)
    }

    /// The items between two tokens; `names` stand in front of the bracket.
    fn items(&self, from: usize, to: usize, names: Option<NameRun>) -> (Vec<Item>, Vec<Signs>) {
        let (mut items, mut signs) = (Vec::new(), Vec::new());
        let mut behind = from;
        let mut narrative = names.is_some();
        let mut run = names;
        let mut at = from;
        while at < to {
            if matches!(self.tokens.kind(at), Some(TokenKind::Open(_))) && self.tokens.list[at].partner > at {
                at = self.tokens.list[at].partner + 1;
                continue;
            }
            let Some(dated) = self.dated(at, to).filter(|_| !self.is_range(at)) else {
                at += 1;
                continue;
            };
            let own = if narrative { None } else { names::before(self.tokens, behind, at, Setting::Bracket) };
            let follows = narrative || self.only_separators(behind, at);
            let prefix_end = match own {
                Some(found) => Some(run.insert(self.best_start(found, &dated.year, Setting::Bracket)).start()),
                None if follows && run.is_some() => None,
                None => {
                    at += 1;
                    continue;
                }
            };
            let Some(names) = &run else { break };
            let first = items.len();
            let owns = prefix_end.is_some() || narrative;
            at = self.push_items(names, Ownership { owns, prose: narrative }, dated, to, &mut items, &mut signs);
            if let Some(end) = prefix_end {
                divide(self.tokens.text, self.gap(behind, end), first, &mut items);
                signs[first].clean &= is_clean(&items[first].prefix);
            }
            narrative = false;
            behind = at;
        }
        if let Some(last) = items.last_mut() {
            let rest = trimmed_span(self.tokens.text, self.gap(behind, to));
            self.tokens.text[rest.range()].clone_into(&mut last.suffix);
            last.suffix_span = rest;
        }
        (items, signs)
    }

    /// Adds an item for the year `dated` and one for each letter behind it; returns the token behind the locator.
    fn push_items(
        &self,
        run: &NameRun,
        Ownership { owns, prose }: Ownership,
        dated: Dated,
        to: usize,
        items: &mut Vec<Item>,
        signs: &mut Vec<Signs>,
    ) -> usize {
        let evidence = self.evidence(run, &dated.year);
        let start = if owns { run.start() } else { dated.end - 1 };
        let (letters, mut end) = self.letters(&dated, to);
        let located = locator::read(self.tokens, end, to);
        if let Some((_, behind)) = &located {
            end = *behind;
        }
        let strong = run.et_al || (run.joined && run.units.len() > 1) || located.is_some();
        // "the census (2000 estimated populations)"; work that is not out yet is not in a list either.
        let goes_on = end < to && self.tokens.is(end, TokenKind::Word) && !is_conjunction(self.tokens.str(end));
        let unpublished = is_unpublished(&dated.year);
        let plausible = self.plausible(run, &dated.year, prose) && !goes_on && !unpublished;
        let sign =
            Signs { evidence, strong: strong && plausible, comma: run.comma, clean: plausible, goes_on, unpublished };
        let item = Item {
            span: self.tokens.span(start.min(end - 1), end),
            names: run.printed(self.tokens),
            other_form: self.other_form(run).map(str::to_owned),
            et_al: run.et_al,
            possessive: run.possessive,
            year: Some(dated.year.clone()),
            names_before: !owns,
            ..Item::default()
        };
        items.push(item);
        signs.push(sign);
        for (letter, token) in letters {
            let number = dated.year.number.map(|number| number.to_string()).unwrap_or_default();
            let year = Year { letter: Some(letter), printed: format!("{number}{letter}"), ..dated.year.clone() };
            let sign = Signs { evidence: self.evidence(run, &year).max(evidence), ..sign };
            items.push(Item {
                span: self.tokens.span(token, token + 1),
                names: run.printed(self.tokens),
                other_form: self.other_form(run).map(str::to_owned),
                et_al: run.et_al,
                names_before: true,
                year: Some(year),
                ..Item::default()
            });
            signs.push(sign);
        }
        if let (Some((locator, _)), Some(last)) = (located, items.last_mut()) {
            last.locator = Some(locator);
        }
        end
    }

    /// The letters behind a year that has one: "2020a, b", "2020a–c"; each with its token, and the token behind.
    fn letters(&self, dated: &Dated, to: usize) -> (Vec<(char, usize)>, usize) {
        let mut found = Vec::new();
        let mut at = dated.end;
        let Some(mut last) = dated.year.letter else { return (found, at) };
        while at + 1 < to {
            let joins = matches!(
                self.tokens.kind(at),
                Some(TokenKind::Comma | TokenKind::Dash | TokenKind::Ampersand | TokenKind::Slash)
            ) || (self.tokens.is(at, TokenKind::Word) && is_conjunction(self.tokens.str(at)));
            let mut letters = self.tokens.str(at + 1).chars();
            let (Some(letter), None) = (letters.next(), letters.next()) else { break };
            let fits = joins && letter.is_ascii_lowercase() && letter > last && letter as u32 - (last as u32) < 8;
            if !fits || self.tokens.is(at + 2, TokenKind::Dot) && self.tokens.is(at + 3, TokenKind::Number) {
                break;
            }
            if self.tokens.is(at, TokenKind::Dash) {
                found.extend(((last as u8 + 1)..letter as u8).map(|between| (char::from(between), at + 1)));
            }
            found.push((letter, at + 1));
            last = letter;
            at += 2;
        }
        (found, at)
    }

    /// The year at token `at`: figures, "1900/1953", "n.d.", "in press".
    fn dated(&self, at: usize, to: usize) -> Option<Dated> {
        if at >= to {
            return None;
        }
        let printed = self.tokens.str(at);
        if self.tokens.is(at, TokenKind::Year) {
            let number: i32 = printed[..4].parse().ok().filter(|year| (1000..=2100).contains(year))?;
            let letter = printed[4..].chars().next();
            let mut year = Year { number: Some(number), other: None, letter, printed: printed.to_owned() };
            let mut end = at + 1;
            if self.tokens.is(end, TokenKind::Slash) && self.tokens.is(end + 1, TokenKind::Year) && end + 1 < to {
                let second = self.tokens.str(end + 1);
                year.other = year.number;
                year.number = second[..4].parse().ok();
                year.letter = second[4..].chars().next();
                end += 2;
                self.tokens.text[self.tokens.span(at, end).range()].clone_into(&mut year.printed);
            }
            return Some(Dated { year, end });
        }
        if !self.may_be_date_word(at) {
            return None;
        }
        let end = self.date_word(at)?;
        let printed = self.tokens.text[self.tokens.span(at, end).range()].to_owned();
        Some(Dated { year: Year { number: None, other: None, letter: None, printed }, end })
    }

    /// Whether a word in a year's place may begin at `at`; cheap, for every word is asked.
    fn may_be_date_word(&self, at: usize) -> bool {
        let word = self.tokens.str(at);
        matches!(
            word,
            "n" | "o"
                | "s"
                | "S"
                | "in"
                | "im"
                | "no"
                | "en"
                | "à"
                | "forthcoming"
                | "Forthcoming"
                | "nd"
                | "submitted"
                | "undated"
        )
    }

    /// The token behind "n.d.", "in press", "im Druck".
    fn date_word(&self, at: usize) -> Option<usize> {
        let next = self.tokens.str(at + 1);
        match self.tokens.str(at) {
            "forthcoming" | "Forthcoming" | "submitted" | "undated" | "nd" => Some(at + 1),
            "n" | "o" | "s" | "S" if next == "." => {
                let second = self.tokens.str(at + 2);
                let pair =
                    matches!((self.tokens.str(at), second), ("n", "d") | ("o", "J") | ("s" | "S", "d" | "f" | "a"));
                let stop = usize::from(self.tokens.is(at + 3, TokenKind::Dot));
                (pair && stop == 1).then_some(at + 3 + stop)
            }
            "in" | "In" if matches!(next, "press" | "preparation" | "review" | "prep") => Some(at + 2),
            "im" if matches!(next, "Druck" | "Erscheinen") => Some(at + 2),
            "no" if next == "prelo" => Some(at + 2),
            "en" if next == "prensa" => Some(at + 2),
            "à" if next == "paraître" => Some(at + 2),
            _ => None,
        }
    }

    /// Whether the year at `at` is an end of a span of years: "1990–2007".
    fn is_range(&self, at: usize) -> bool {
        let figures = |at: usize| matches!(self.tokens.kind(at), Some(TokenKind::Year | TokenKind::Number));
        let dash = |at: usize| self.tokens.is(at, TokenKind::Dash);
        let glued = dash(at + 1) && (figures(at + 2) || !self.tokens.list[at + 1].spaced);
        glued || (at >= 2 && dash(at - 1) && figures(at - 2))
    }

    fn only_separators(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| match self.tokens.kind(at) {
            Some(TokenKind::Comma | TokenKind::Semicolon | TokenKind::Ampersand) => true,
            Some(TokenKind::Word) => is_conjunction(self.tokens.str(at)),
            _ => false,
        }) && from < to
    }

    fn evidence(&self, run: &NameRun, year: &Year) -> Evidence {
        let printed = run.printed(self.tokens);
        let names: Vec<&str> = printed.iter().map(String::as_str).collect();
        Cited::new(&names, self.other_form(run), run.et_al, Some(year)).evidence(self.index)
    }

    /// Another form of the name: the abbreviation in brackets behind it, or what the text elsewhere says it stands for.
    fn other_form(&self, run: &NameRun) -> Option<&str> {
        if let Some((from, to)) = run.abbreviation {
            return Some(&self.tokens.text[self.tokens.span(from, to).range()]);
        }
        self.index.other_form(&self.tokens.text[run.span(self.tokens).range()])
    }

    /// The run from the first name at which an entry confirms it; the whole run where none does.
    fn best_start(&self, run: NameRun, year: &Year, setting: Setting) -> NameRun {
        let mut best = (self.evidence(&run, year), run.clone());
        let mut shorter = run.without_first(setting);
        while let Some(run) = shorter.filter(|_| best.0 < Evidence::Entry) {
            shorter = run.without_first(setting);
            let evidence = self.evidence(&run, year);
            if evidence > best.0 {
                best = (evidence, run);
            }
        }
        best.1
    }

    /// The names in front of a bracket, without words that only begin the sentence or tell the given name.
    fn trimmed(&self, run: NameRun, first: usize, close: usize) -> NameRun {
        let Some(dated) = self.dated(first, close) else { return run };
        let mut run = self.best_start(run, &dated.year, Setting::Prose);
        let printed = run.printed(self.tokens);
        let is_body = run.abbreviation.is_some() || self.index.knows(&fold_name(&printed.join(" ")));
        if let (Some((from, to)), false) = (run.units.first_mut(), is_body) {
            // The longest ending that the list knows is the name.
            let end = self.tokens.list[*to - 1].end
                - (self.tokens.list[*to - 1].end - self.tokens.list[*from].start - printed[0].len());
            let known = (*from..*to).find(|&start| {
                let start = self.tokens.list[start].start;
                start < end && self.index.knows(&fold_name(&self.tokens.text[start..end]))
            });
            *from = known.unwrap_or(*from);
        }
        run
    }

    /// Whether the names may be names, though no entry has them: short, no month, no law, no figure; in prose, where the title of a book
    /// may stand in front of its year, persons only.
    fn plausible(&self, run: &NameRun, year: &Year, prose: bool) -> bool {
        let year_may_be = year.number.is_none_or(|number| (1500..=2100).contains(&number));
        let mut words = run.units.iter().flat_map(|&(from, to)| from..to).map(|at| self.tokens.str(at));
        let person = |&(from, to): &(usize, usize)| {
            let words = (from..to).map(|at| self.tokens.str(at));
            let capitals = words.clone().filter(|word| names::is_capital(word)).count();
            let first = words.clone().position(names::is_capital).unwrap_or_default();
            let inner = |word: &str| {
                matches!(word, "de" | "da" | "di" | "du" | "del" | "la" | "van" | "von" | "dos" | "." | "-")
            };
            capitals <= if run.joined { 2 } else { 3 }
                && words.enumerate().all(|(at, word)| {
                    names::is_capital(word)
                        || if at < first { is_particle(word) } else { !run.joined && inner(word) || word == "." }
                })
        };
        year_may_be
            && run.units.len() <= 8
            && run.units.iter().all(|&(from, to)| to - from <= 12)
            && words.all(|word| !is_thing(word) && !is_month(&word.to_lowercase()))
            && (!prose || run.units.iter().all(person))
    }

    /// The bytes from behind the token before `from` to the token `to`.
    fn gap(&self, from: usize, to: usize) -> Span {
        let start = from.checked_sub(1).map_or(0, |last| self.tokens.list[last].end);
        let end = self.tokens.list.get(to).map_or(start, |token| token.start);
        Span::new(start, end.max(start))
    }
}

/// Whether a word in a year's place says that the work is not out.
fn is_unpublished(year: &Year) -> bool {
    year.number.is_none() && ["in prep", "in rev", "submitted"].iter().any(|word| year.printed.starts_with(word))
}

/// Whether what stands in front of the names in their part of the brackets only announces them.
fn is_clean(prefix: &str) -> bool {
    let letters = prefix.chars().filter(|c| c.is_alphanumeric()).count();
    let words = |word: &str| !word.contains(|c: char| c.is_ascii_digit()) && !word.starts_with(char::is_uppercase);
    letters <= 8 || (letters <= 24 && prefix.split_whitespace().all(words))
}

/// Gives the text between two items to the first as suffix, up to the semicolon, and to the second as prefix.
fn divide(text: &str, between: Span, at: usize, items: &mut [Item]) {
    let cut = match text[between.range()].find(';') {
        Some(semicolon) if at > 0 => between.start + semicolon,
        _ => between.start,
    };
    if at > 0 {
        let suffix = trimmed_span(text, Span::new(between.start, cut));
        text[suffix.range()].clone_into(&mut items[at - 1].suffix);
        items[at - 1].suffix_span = suffix;
    }
    let mut prefix = trimmed_span(text, Span::new(cut, between.end));
    let words = &text[prefix.range()];
    if is_conjunction(words) || words == "&" {
        prefix.end = prefix.start;
    }
    text[prefix.range()].clone_into(&mut items[at].prefix);
    items[at].prefix_span = prefix;
}

/// Without separators and blanks in front, and blanks behind.
fn trimmed_span(text: &str, span: Span) -> Span {
    let part = text[span.range()].trim_start_matches(|c: char| matches!(c, ',' | ';') || c.is_whitespace());
    let start = span.end - part.len();
    Span::new(start, start + part.trim_end().len())
}
