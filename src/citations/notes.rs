//! Finds short forms in footnotes: "Smith, *Title*, 45", "Smith, op. cit., p. 3", "Ibid., 46", "Ebd.".
//!
//! A short form has no year; it is known by a name of the list with words of one of its titles behind it, or by the words that scholars
//! have for "the same". They are looked for in footnotes and endnotes alone: elsewhere a name and a title are a name and a title.

use super::fold::{fold, fold_name};
use super::index::Index;
use super::locator;
use super::names::is_capital;
use super::tokens::{TokenKind, Tokens};
use super::{Citation, Form, Item, Style};
use crate::span::Span;

/// How far behind a name its title may begin, in tokens: "Smith, J. and A. Jones (eds), ‘Title’".
const MOST_BETWEEN: usize = 14;

/// Finds the short forms of one note.
pub(super) fn find(tokens: &Tokens<'_>, index: &Index, out: &mut Vec<Citation>) {
    let mut at = 0;
    while at < tokens.len() {
        let item = same(tokens, at).or_else(|| short(tokens, index, at));
        let Some((mut item, mut end)) = item else {
            at += 1;
            continue;
        };
        if let Some((locator, behind)) = locator::read(tokens, end, tokens.len()) {
            item.locator = Some(locator);
            end = behind;
        }
        let span = tokens.span(at, end);
        item.span = span;
        out.push(Citation { style: Style::Note, form: Form::Bare, span, place: Span::default(), items: vec![item] });
        at = end;
    }
}

/// "Ibid.", "Ebd.": the work of the note before.
fn same(tokens: &Tokens<'_>, at: usize) -> Option<(Item, usize)> {
    let word = tokens.is(at, TokenKind::Word).then(|| tokens.str(at).to_lowercase())?;
    if !matches!(word.as_str(), "ibid" | "ibidem" | "ebd" | "ebenda" | "ibíd") {
        return None;
    }
    let end = at + 1 + usize::from(tokens.is(at + 1, TokenKind::Dot));
    Some((Item { title: Some("ibid.".to_owned()), ..Item::default() }, end))
}

/// A name of the list at `at`, with a title or "op. cit." behind it.
fn short(tokens: &Tokens<'_>, index: &Index, at: usize) -> Option<(Item, usize)> {
    if !tokens.is(at, TokenKind::Word) || !is_capital(tokens.str(at)) {
        return None;
    }
    // The longest name first: "van der Berg", "World Bank".
    let (name_end, entries) = (at + 1..=at + 5).rev().find_map(|end| {
        let words = (at..end).all(|at| tokens.is(at, TokenKind::Word)) && is_capital(tokens.str(end - 1));
        let entries = if words { index.by_name(&fold_name(&tokens.text[tokens.span(at, end).range()])) } else { &[] };
        (!entries.is_empty()).then_some((end, entries))
    })?;
    let name = tokens.text[tokens.span(at, name_end).range()].to_owned();
    let item = |title: String| Item { names: vec![name.clone()], title: Some(title), ..Item::default() };
    let limit = (name_end + MOST_BETWEEN).min(tokens.len());
    for from in name_end..limit {
        if let Some(end) = cited_before(tokens, from) {
            return Some((item("op. cit.".to_owned()), end));
        }
        if matches!(tokens.kind(from), Some(TokenKind::Semicolon | TokenKind::Year)) {
            return None;
        }
        if !tokens.is(from, TokenKind::Word) {
            continue;
        }
        let best = entries
            .iter()
            .map(|&(entry, _)| title_end(tokens, from, &index.entries[entry as usize].title))
            .max()
            .flatten();
        if let Some(end) = best {
            let title = tokens.text[tokens.span(from, end).range()].to_owned();
            let quote = usize::from(tokens.is(end, TokenKind::Quote));
            return Some((item(title), end + quote));
        }
    }
    None
}

/// "op. cit.", "loc. cit.", "a. a. O.": the token behind.
fn cited_before(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let words = |list: &[&str]| {
        let mut next = at;
        for word in list {
            if !tokens.str(next).eq_ignore_ascii_case(word) {
                return None;
            }
            next += 1 + usize::from(tokens.is(next + 1, TokenKind::Dot));
        }
        Some(next)
    };
    words(&["op", "cit"])
        .or_else(|| words(&["loc", "cit"]))
        .or_else(|| words(&["a", "a", "o"]))
        .or_else(|| words(&["art", "cit"]))
}

/// The token behind a run of the title's words that begins at `from`: two telling words of it, or one where the title has no more or the run
/// begins it; articles in front may be left out.
fn title_end(tokens: &Tokens<'_>, from: usize, title: &[String]) -> Option<usize> {
    let first = fold(tokens.str(from));
    let start = title.iter().take(4).position(|word| *word == first)?;
    let mut at = from;
    let mut matched = 0;
    let mut telling = 0;
    for word in &title[start..] {
        while matches!(tokens.kind(at), Some(TokenKind::Colon | TokenKind::Dash | TokenKind::Quote | TokenKind::Comma))
            && matched > 0
        {
            at += 1;
        }
        if fold(tokens.str(at)) != *word {
            break;
        }
        at += 1;
        matched += 1;
        telling += usize::from(word.chars().count() >= 4);
    }
    // Separators read ahead of a word that did not fit.
    while at > from && !tokens.is(at - 1, TokenKind::Word) {
        at -= 1;
    }
    (telling >= 2 || (telling == 1 && (matched == title.len() - start || tokens.str(from).chars().count() >= 6)))
        .then_some(at)
}
