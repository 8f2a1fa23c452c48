//! Finds citations by number or label: in brackets, or raised.
//!
//! A number in brackets may be a citation, an equation, an item of an enumeration, an age. A document cites in one way, so all finds of
//! a way are taken or none: that way is taken whose numbers cover the list best. Numbers outside the list are never citations.
//!
//! Raised numbers are known by their marks; in plain text, where the marks are lost ("households2"), by what they are glued to, and by
//! coming in about the order of the list.

use rustc_hash::FxHashSet;

use super::index::Index;
use super::locator::{self, Locator, LocatorKind};
use super::tokens::{Bracket, TokenKind, Tokens};
use super::words::{is_conjunction, is_thing};
use super::{Citation, Form, Item, Style};
use crate::document::Document;
use crate::span::Span;
use crate::text::MarkKind;

/// The least part of the list that a way of citing must cover.
const LEAST_COVERAGE: f32 = 0.3;
/// The same where the list prints no numbers, so that they are mere positions.
const LEAST_COVERAGE_COUNTED: f32 = 0.6;
/// How far a glued number may run ahead of those before it: the text between may lie in a table that is not here.
const MOST_AHEAD: u32 = 6;

/// The ways of citing by number; a document uses one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Square,
    Round,
    Raised,
    Glued,
    /// "ref. 34", whichever way the document has.
    Announced,
}

const WAYS: [Way; 4] = [Way::Square, Way::Round, Way::Raised, Way::Glued];

/// Finds of all blocks.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    list: Vec<(Way, Citation)>,
    labels: Vec<Citation>,
}

impl Drafts {
    /// The finds of the document's way; `author_year` citations were found beside them.
    pub(super) fn accepted(self, index: &Index, author_year: usize) -> Vec<Citation> {
        let mut accepted = self.labels;
        let coverages = WAYS.map(|way| (way, coverage(&self.list, way, index.last_number)));
        let best = coverages.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
        let Some((way, covered)) = best else { return accepted };
        let of_way = self.list.iter().filter(|(other, _)| *other == way).count();
        let least = if index.numbers_printed { LEAST_COVERAGE } else { LEAST_COVERAGE_COUNTED };
        let is_way = covered >= least && (index.numbers_printed || of_way > author_year);
        if !is_way {
            return accepted;
        }
        let (announced, rest): (Vec<_>, Vec<_>) =
            self.list.into_iter().partition(|(other, _)| *other == Way::Announced);
        let of_way = rest.into_iter().filter(|(other, _)| *other == way).map(|(_, citation)| citation);
        let of_way = if way == Way::Glued { in_order(of_way.collect()) } else { of_way.collect() };
        // Both come in the order of the text.
        let mut taken = of_way.iter().map(|citation| citation.span).peekable();
        for (_, citation) in announced {
            while taken.next_if(|span| span.end <= citation.span.start).is_some() {}
            if taken.peek().is_none_or(|span| !span.contains(citation.span)) {
                accepted.push(citation);
            }
        }
        drop(taken);
        accepted.extend(of_way);
        accepted
    }
}

/// The part of the list's numbers that a way of citing names.
fn coverage(list: &[(Way, Citation)], way: Way, last: u32) -> f32 {
    let numbers: FxHashSet<u32> = list
        .iter()
        .filter(|(other, _)| *other == way)
        .flat_map(|(_, citation)| &citation.items)
        .filter_map(|item| item.number)
        .collect();
    numbers.len() as f32 / last.max(1) as f32
}

/// Those of glued numbers that come in about the order of the list: each known already, or little ahead.
fn in_order(citations: Vec<Citation>) -> Vec<Citation> {
    let mut seen = 0;
    let keep = |mut citation: Citation| {
        citation.items.retain(|item| {
            let number = item.number.unwrap_or_default();
            let fits = number <= seen + MOST_AHEAD;
            if fits {
                seen = seen.max(number);
            }
            fits
        });
        (!citation.items.is_empty()).then_some(citation)
    };
    citations.into_iter().filter_map(keep).collect()
}

/// Finds what may cite by number in one block.
pub(super) fn find(tokens: &Tokens<'_>, document: &Document, index: &Index, block: Span, drafts: &mut Drafts) {
    if index.entries.is_empty() {
        return;
    }
    let finder = Finder { tokens, index };
    let raised: Vec<Span> = document
        .marks_on(block)
        .filter(|(_, mark)| mark.kind == MarkKind::Sup)
        .map(|(span, _)| Span::new(span.start + block.start, span.end + block.start))
        .collect();
    let mut next_raised = raised.iter().peekable();
    let mut at = 0;
    while at < tokens.len() {
        let token = tokens.list[at];
        while next_raised.peek().is_some_and(|span| span.end <= token.start) {
            next_raised.next();
        }
        let is_raised = next_raised.peek().is_some_and(|span| span.start <= token.start);
        match token.kind {
            TokenKind::Open(bracket) if token.partner > at => finder.group(at, bracket, is_raised, drafts),
            TokenKind::Number if is_raised => {
                let end = next_raised.peek().map_or(at + 1, |span| finder.behind(at, span.end));
                if let Some(citation) = finder.run(at, end, Style::Superscript) {
                    drafts.list.push((Way::Raised, citation));
                }
                at = end;
                continue;
            }
            TokenKind::Word if is_reference_word(tokens.str(at)) => {
                if let Some((citation, end)) = finder.announced(at) {
                    drafts.list.push((Way::Announced, citation));
                    at = end;
                    continue;
                }
            }
            TokenKind::Number if !document.marks_known() && !token.spaced => {
                if let Some((citation, end)) = finder.glued(at) {
                    drafts.list.push((Way::Glued, citation));
                    at = end;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
}

struct Finder<'f> {
    tokens: &'f Tokens<'f>,
    index: &'f Index,
}

impl Finder<'_> {
    /// The first token that ends behind `end`.
    fn behind(&self, from: usize, end: usize) -> usize {
        (from..self.tokens.len()).find(|&at| self.tokens.list[at].end > end).unwrap_or(self.tokens.len()).max(from + 1)
    }

    /// A pair of brackets.
    fn group(&self, open: usize, bracket: Bracket, is_raised: bool, drafts: &mut Drafts) {
        let close = self.tokens.list[open].partner;
        if bracket == Bracket::Square
            && self.index.has_labels()
            && let Some(citation) = self.labels(open, close)
        {
            drafts.labels.push(citation);
            return;
        }
        // "f(3)", "x[2]", "10(2)": glued to a word or a number, brackets mean something else, unless raised.
        let before = open.checked_sub(1);
        let glued = !self.tokens.list[open].spaced && !is_raised;
        let to_number =
            before.is_some_and(|at| matches!(self.tokens.kind(at), Some(TokenKind::Number | TokenKind::Year)));
        let to_letter =
            before.is_some_and(|at| self.tokens.is(at, TokenKind::Word) && self.tokens.str(at).chars().count() < 2);
        let announced = before.is_some_and(|at| {
            let word = if self.tokens.is(at, TokenKind::Dot) { at.saturating_sub(1) } else { at };
            let word = self.tokens.str(word);
            is_thing(word) && word.starts_with(char::is_uppercase)
                || matches!(word, "eq" | "eqs" | "fig" | "figs" | "no")
        });
        if announced || (glued && (to_number || to_letter)) {
            return;
        }
        let Some(from) = self.first_number(open + 1, close, bracket) else { return };
        let Some(mut citation) = self.run(from, close, Style::Number) else { return };
        if from > open + 1 {
            let prefix = self.tokens.span(open + 1, from);
            self.tokens.text[prefix.range()].clone_into(&mut citation.items[0].prefix);
            citation.items[0].prefix_span = prefix;
        }
        citation.span = self.tokens.span(open, close + 1);
        drafts.list.push((if bracket == Bracket::Square { Way::Square } else { Way::Round }, citation));
    }

    /// The first number in brackets, behind words that announce it: "see", "refs.", "e.g.,"; in round brackets also behind a comma:
    /// "(AMOC, 12, 13)".
    fn first_number(&self, from: usize, to: usize, bracket: Bracket) -> Option<usize> {
        let mut at = from;
        let mut announces = true;
        while at < to {
            match self.tokens.kind(at)? {
                TokenKind::Number => {
                    let behind_comma =
                        at > from && matches!(self.tokens.kind(at - 1), Some(TokenKind::Comma | TokenKind::Semicolon));
                    return (announces || (bracket == Bracket::Round && behind_comma)).then_some(at);
                }
                TokenKind::Word => announces &= is_announcement(self.tokens.str(at)),
                TokenKind::Dot | TokenKind::Comma | TokenKind::Semicolon | TokenKind::Colon => {}
                TokenKind::Dash | TokenKind::Quote | TokenKind::Slash => announces = false,
                _ => return None,
            }
            at += 1;
        }
        None
    }

    /// Numbers from token `from` to `to`, with ranges, and locators behind them; `None` where anything else stands between or a number is not
    /// in the list.
    fn run(&self, from: usize, to: usize, style: Style) -> Option<Citation> {
        let mut items: Vec<Item> = Vec::new();
        let mut at = from;
        while at < to {
            let first = self.number(at)?;
            let mut end = at + 1;
            let mut last = first;
            if self.tokens.is(end, TokenKind::Dash) && end + 1 < to {
                last = self.number(end + 1)?;
                end += 2;
            }
            if last < first || last - first > 200 {
                return None;
            }
            let span = self.tokens.span(at, end);
            let works = (first..=last).flat_map(|number| (0..self.index.works(number)).map(move |work| (number, work)));
            items.extend(works.map(|(number, work)| Item { span, number: Some(number), work, ..Item::default() }));
            at = self.tail(end, to, items.last_mut())?;
        }
        let span = self.tokens.span(from, to);
        (!items.is_empty()).then_some(Citation {
            style,
            form: Form::Parenthetical,
            span,
            place: Span::default(),
            items,
        })
    }

    /// What stands behind a number: a separator, a locator, or words up to the end; the token of the next number.
    fn tail(&self, at: usize, to: usize, item: Option<&mut Item>) -> Option<usize> {
        if at >= to {
            return Some(to);
        }
        let separates = |at: usize| {
            matches!(self.tokens.kind(at), Some(TokenKind::Comma | TokenKind::Semicolon | TokenKind::Ampersand))
                || (self.tokens.is(at, TokenKind::Word) && is_conjunction(self.tokens.str(at)))
        };
        let mut next = at;
        while next < to && separates(next) {
            next += 1;
        }
        if next > at && next < to && self.number(next).is_some() {
            return Some(next);
        }
        if next == to {
            return None;
        }
        let item = item?;
        if let Some((locator, behind)) = located(self.tokens, at, to) {
            item.locator = Some(locator);
            return if behind == to { Some(to) } else { self.tail_of_locator(behind, to) };
        }
        // "[3, Theorem 2]"
        let words =
            next > at && self.tokens.is(next, TokenKind::Word) && self.tokens.str(next).len() > 2 && to - next <= 8;
        if words {
            item.suffix_span = self.tokens.span(next, to);
            self.tokens.text[item.suffix_span.range()].clone_into(&mut item.suffix);
            return Some(to);
        }
        None
    }

    fn tail_of_locator(&self, at: usize, to: usize) -> Option<usize> {
        let separator = matches!(self.tokens.kind(at), Some(TokenKind::Comma | TokenKind::Semicolon));
        (separator && at + 1 < to && self.number(at + 1).is_some()).then_some(at + 1)
    }

    /// The number at a token, if the list has it and no decimal or unit goes on.
    fn number(&self, at: usize) -> Option<u32> {
        if !self.tokens.is(at, TokenKind::Number)
            || self.tokens.str(at).len() > 4
            || self.tokens.str(at).starts_with('0')
        {
            return None;
        }
        let number = self.tokens.str(at).parse().ok()?;
        (!self.index.by_number(number).is_empty()).then_some(number)
    }

    /// "\[Kop93, p. 5; Lam94\]": every part a label of the list.
    fn labels(&self, open: usize, close: usize) -> Option<Citation> {
        let mut items = Vec::new();
        let mut from = open + 1;
        while from < close {
            let to = (from..close)
                .find(|&at| matches!(self.tokens.kind(at), Some(TokenKind::Comma | TokenKind::Semicolon)))
                .unwrap_or(close);
            let span = self.tokens.span(from, to);
            let label = &self.tokens.text[span.range()];
            if !self.index.by_label(label).is_empty() {
                items.push(Item { span, key: Some(label.to_owned()), ..Item::default() });
            } else {
                let (locator, behind) =
                    locator::read(self.tokens, from.checked_sub(1).filter(|_| !items.is_empty())?, close)?;
                items.last_mut()?.locator = Some(locator);
                from = behind + 1;
                continue;
            }
            from = to + 1;
        }
        let span = self.tokens.span(open, close + 1);
        (!items.is_empty()).then_some(Citation {
            style: Style::Label,
            form: Form::Parenthetical,
            span,
            place: Span::default(),
            items,
        })
    }

    /// Numbers glued to a word or to the stop behind it, in plain text: "households2", "longevity.2,3 It".
    fn glued(&self, at: usize) -> Option<(Citation, usize)> {
        if !self.may_carry_mark(at) {
            return None;
        }
        let mut end = at + 1;
        // "growth1,2", and as some print it "growth1 , 2".
        while matches!(self.tokens.kind(end), Some(TokenKind::Comma | TokenKind::Dash))
            && self.tokens.is(end + 1, TokenKind::Number)
            && self.tokens.list[end].spaced == self.tokens.list[end + 1].spaced
        {
            end += 2;
        }
        let ends = self.tokens.list.get(end).is_none_or(|next| {
            next.spaced
                || matches!(
                    next.kind,
                    TokenKind::Comma
                        | TokenKind::Semicolon
                        | TokenKind::Colon
                        | TokenKind::Dot
                        | TokenKind::Close(_)
                        | TokenKind::Quote
                )
        });
        let decimal = self.tokens.is(end, TokenKind::Dot)
            && self.tokens.is(end + 1, TokenKind::Number)
            && !self.tokens.list[end + 1].spaced;
        if !ends || decimal {
            return None;
        }
        let citation = self.run(at, end, Style::Superscript)?;
        Some((citation, end))
    }

    /// "ref. 34", "refs. 3 and 4".
    fn announced(&self, at: usize) -> Option<(Citation, usize)> {
        let from = at + 1 + usize::from(self.tokens.is(at + 1, TokenKind::Dot));
        self.number(from)?;
        let mut end = from + 1;
        while self.number(end + 1).is_some()
            && (matches!(self.tokens.kind(end), Some(TokenKind::Comma | TokenKind::Dash | TokenKind::Ampersand))
                || (self.tokens.is(end, TokenKind::Word) && is_conjunction(self.tokens.str(end))))
        {
            end += 2;
        }
        let mut citation = self.run(from, end, Style::Number)?;
        citation.form = Form::Bare;
        Some((citation, end))
    }

    /// Whether what stands in front of the number at `at` may carry a raised mark: a word of the language, or its stop.
    fn may_carry_mark(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let word_at =
            match self.tokens.kind(before) {
                Some(TokenKind::Word) => before,
                Some(
                    TokenKind::Dot | TokenKind::Comma | TokenKind::Semicolon | TokenKind::Colon | TokenKind::Quote,
                ) if !self.tokens.list[before].spaced && before > 0 => before - 1,
                Some(TokenKind::Close(_)) => return true,
                _ => return false,
            };
        match self.tokens.kind(word_at) {
            Some(TokenKind::Word) => {
                let word = self.tokens.str(word_at);
                let stops = word_at != before;
                // "NbCl5" is a compound, "BTD14" may be anything.
                let ends_low = word.chars().skip(1).all(|c| !c.is_uppercase()) || word.contains(['-', '\u{2010}']);
                let known = locator_word(word) || is_thing(word);
                (word.chars().count() >= 3 || word == "al") && (ends_low || stops) && !known
            }
            Some(TokenKind::Close(_) | TokenKind::Quote) => word_at != before,
            _ => false,
        }
    }
}

/// "p", "vol", "No": their numbers are no marks.
fn locator_word(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "vol"
            | "fig"
            | "figs"
            | "tab"
            | "sec"
            | "chap"
            | "eqs"
            | "nos"
            | "art"
            | "pág"
            | "grade"
            | "type"
            | "phase"
            | "day"
            | "week"
            | "stage"
    )
}

/// "ref", "refs", "references" in front of a number.
fn is_reference_word(word: &str) -> bool {
    matches!(word, "ref" | "refs" | "Ref" | "Refs" | "reference" | "references" | "Reference" | "References")
}

/// Words in brackets in front of numbers that are citations.
fn is_announcement(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "see"
            | "also"
            | "cf"
            | "e"
            | "g"
            | "i"
            | "eg"
            | "ref"
            | "refs"
            | "reference"
            | "references"
            | "reviewed"
            | "in"
            | "by"
            | "for"
            | "example"
            | "review"
            | "reviews"
            | "and"
            | "vgl"
            | "siehe"
            | "voir"
            | "ver"
            | "véase"
            | "from"
            | "citation"
            | "citations"
    )
}

/// A locator behind a number: labelled, or behind a colon.
fn located(tokens: &Tokens<'_>, at: usize, to: usize) -> Option<(Locator, usize)> {
    let (locator, behind) = locator::read(tokens, at, to)?;
    let bare = tokens.text[locator.span.range()].len() == locator.value.len();
    let label_fits =
        !matches!(locator.kind, LocatorKind::Folio | LocatorKind::Line) || locator.span.len() > locator.value.len() + 1;
    // "(1:5,000)" is a dilution; "[12: 45]" and "[12:45]" are pages.
    let ratio =
        tokens.list[at + 1..behind].iter().any(|token| token.kind == TokenKind::Comma) && !tokens.list[at + 1].spaced;
    (label_fits && (!bare || (tokens.is(at, TokenKind::Colon) && !ratio))).then_some((locator, behind))
}

#[cfg(test)]
mod tests {
    use crate::citations::{Reference, Style, find};
    use crate::document::Document;
    use crate::{Kind, Record, Span};

    /// Citations of `text` by a list of `count` numbered entries, as "\[numbers\]" with locators.
    #[track_caller]
    fn check(markdown: &str, count: usize, expected: &str) {
        let records: Vec<Record> = (0..count).map(|_| Record::new("", Kind::Book)).collect();
        let labels: Vec<String> = (1..=count).map(|number| number.to_string()).collect();
        let references: Vec<Reference<'_>> =
            records.iter().zip(&labels).map(|(record, label)| Reference::new(record).with_label(label)).collect();
        let document = Document::from_markdown(markdown.as_bytes());
        let shown: Vec<String> = find(&document, &references, &[] as &[Span])
            .iter()
            .map(|citation| {
                let items: Vec<String> = citation.items.iter().map(ToString::to_string).collect();
                let mark = if citation.style == Style::Superscript { "^" } else { "" };
                format!("{mark}{}", items.join(""))
            })
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn square_brackets_with_ranges_and_locators() {
        check("So [1, p. 5], so [2\u{2013}4, 1], see Eq. (3), and f[2].", 4, "[1], p. 5 [2][3][4][1]");
    }

    #[test]
    fn round_brackets_where_the_document_uses_them() {
        check("So (1, 2), and (see 3). Not (n = 4), not (Table 2), not (5).", 4, "[1][2] [3]");
    }

    #[test]
    fn raised_numbers_are_known_by_their_marks() {
        check("So.^1,2^ And so.^3^ Not m2.", 3, "^[1][2] ^[3]");
    }

    #[test]
    fn a_few_numbers_that_cover_little_are_no_citations() {
        check("Twelve patients (3) came.", 40, "");
    }
}
