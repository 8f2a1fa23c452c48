//! The run of names in front of a year, read backwards.
//!
//! In brackets the run ends where the bracket opens; in prose it ends at the first word that cannot belong to a name. Whether the
//! first words of the run are names or only begin the sentence ("Yet Marx (1867)") the list decides, where it can.

use super::index::Index;
use super::tokens::{TokenKind, Tokens};
use super::words::{is_conjunction, is_connective, is_no_name, is_particle};
use crate::span::Span;

/// The most names of one run, and the most tokens of one name. They bound the way back from each year.
const MOST_NAMES: usize = 12;
const MOST_TOKENS: usize = 24;

/// Where a run of names stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// Within the brackets that hold the year too.
    Bracket,
    /// In the sentence.
    Prose,
}

/// Names in front of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameRun {
    /// The names in order, each by its tokens.
    pub(super) units: Vec<(usize, usize)>,
    /// What stands behind each name but the last.
    pub(super) joints: Vec<Joint>,
    pub(super) et_al: bool,
    /// Whether a comma stands between names and year.
    pub(super) comma: bool,
    /// Whether "and" or its like joins names.
    pub(super) joined: bool,
    pub(super) possessive: bool,
    /// The abbreviation in brackets behind the name: "\[NIOSH\]".
    pub(super) abbreviation: Option<(usize, usize)>,
    /// The token behind the run.
    pub(super) end: usize,
}

impl NameRun {
    /// Without its first name, unless that is joined to the next: "In Germany, Smith and Jones" may go on as "Smith and Jones", but
    /// "Yao and Chen" never as "Chen".
    pub(super) fn without_first(&self, setting: Setting) -> Option<Self> {
        let (first, rest) = self.joints.split_first()?;
        let listed = setting == Setting::Bracket && *first == Joint::Comma && rest.contains(&Joint::And);
        if *first == Joint::And || listed {
            return None;
        }
        let mut shorter = self.clone();
        shorter.units.remove(0);
        shorter.joints.remove(0);
        shorter.joined = rest.contains(&Joint::And);
        Some(shorter)
    }

    fn remove_first(&mut self) {
        self.units.remove(0);
        if !self.joints.is_empty() {
            self.joints.remove(0);
        }
    }

    /// The first token.
    pub(super) fn start(&self) -> usize {
        self.units.first().map_or(self.end, |unit| unit.0)
    }

    /// The names as printed.
    pub(super) fn printed(&self, tokens: &Tokens<'_>) -> Vec<String> {
        self.units.iter().map(|&(from, to)| name_text(tokens, from, to).to_owned()).collect()
    }

    /// The bytes from the first name to the last, "et al." aside.
    pub(super) fn span(&self, tokens: &Tokens<'_>) -> Span {
        tokens.span(self.start(), self.units.last().map_or(self.end, |unit| unit.1))
    }
}

/// The text of a name, without "’s".
fn name_text<'t>(tokens: &Tokens<'t>, from: usize, to: usize) -> &'t str {
    let text = &tokens.text[tokens.span(from, to).range()];
    without_possessive(text).unwrap_or(text)
}

fn without_possessive(word: &str) -> Option<&str> {
    ["'s", "\u{2019}s", "\u{2019}S"].iter().find_map(|end| word.strip_suffix(end)).filter(|rest| !rest.is_empty())
}

/// Reads the names that end in front of token `end`, not before token `limit`.
pub(super) fn before(tokens: &Tokens<'_>, limit: usize, end: usize, setting: Setting) -> Option<NameRun> {
    let mut at = end;
    let mut run = NameRun {
        units: Vec::new(),
        joints: Vec::new(),
        et_al: false,
        comma: false,
        joined: false,
        possessive: false,
        abbreviation: None,
        end,
    };
    if at > limit && tokens.is(at - 1, TokenKind::Comma) {
        run.comma = true;
        at -= 1;
    }
    at = abbreviation(tokens, limit, at, &mut run);
    if let Some(start) = et_al(tokens, limit, at) {
        run.et_al = true;
        run.possessive = without_possessive(tokens.str(at - 1)).is_some();
        at = start;
    } else if setting == Setting::Bracket {
        // "SLOTERDIJK. 2003", "Relatório..., 1812"
        while at > limit && matches!(tokens.str(at - 1), "." | "…") && !is_abbreviated(tokens, limit, at - 1) {
            at -= 1;
        }
    }
    if at > limit && without_possessive(tokens.str(at - 1)).is_some() {
        run.possessive = true;
    } else if at > limit + 1
        && tokens.is(at - 1, TokenKind::Quote)
        && !tokens.list[at - 1].spaced
        && tokens.str(at - 2).ends_with('s')
    {
        run.possessive = true; // "Jones’ (2020)"
        at -= 1;
    }
    run.end = at.max(limit);
    if let Some(title) = quoted(tokens, limit, at) {
        run.units.push(title);
        return Some(run);
    }
    read_units(tokens, limit, at, setting, &mut run);
    trim(tokens, &mut run);
    (!run.units.is_empty()).then_some(run)
}

/// Takes "\[NIOSH\]" or "(WHO)" in front of token `at` off; returns the token before which the name ends.
fn abbreviation(tokens: &Tokens<'_>, limit: usize, at: usize, run: &mut NameRun) -> usize {
    let Some(TokenKind::Close(_)) = at.checked_sub(1).and_then(|last| tokens.kind(last)) else { return at };
    let open = tokens.list[at - 1].partner;
    let inside = (open + 1, at - 1);
    let is_short = open > limit
        && open + 1 < at
        && inside.1 - inside.0 <= 5
        && (inside.0..inside.1).all(|inner| !matches!(tokens.kind(inner), Some(TokenKind::Year | TokenKind::Number)))
        && tokens.str(inside.0).starts_with(char::is_uppercase);
    if !is_short {
        return at;
    }
    run.abbreviation = Some(inside);
    open
}

/// "et al.", "and others", "u. a.": the token with which it begins, if it ends in front of `at`.
fn et_al(tokens: &Tokens<'_>, limit: usize, at: usize) -> Option<usize> {
    let mut end = at;
    if end > limit && tokens.is(end - 1, TokenKind::Dot) {
        end -= 1;
    }
    if end < limit + 1 {
        return None;
    }
    let last = tokens.str(end - 1);
    let last = without_possessive(last).unwrap_or(last);
    let mut start = match last.to_ascii_lowercase().as_str() {
        "al" | "alii" | "alia" | "coll" | "col" | "cols" | "colaboradores" | "alli" | "ali" => {
            let joint = end.checked_sub(2).filter(|&joint| joint >= limit)?;
            let word = tokens.str(joint).to_ascii_lowercase();
            // "et. al."
            let dotted = word == "." && joint > limit && tokens.is_word(joint - 1, "et");
            match word.as_str() {
                "et" | "e" | "y" | "and" | "&" => joint,
                _ if dotted => joint - 1,
                _ => return None,
            }
        }
        "others" | "colleagues" | "coworkers" | "co-workers" | "collaborators" | "associates" | "outros" | "otros"
        | "altri" | "mitarbeiter" | "andere" | "anderen" | "др" => {
            let joint = end.checked_sub(2).filter(|&joint| joint >= limit)?;
            let joins = is_conjunction(tokens.str(joint)) || tokens.is(joint, TokenKind::Ampersand);
            if joins { joint } else { return None }
        }
        // "u. a.", "u.a."
        "a" if end >= limit + 3 && tokens.is(end - 2, TokenKind::Dot) && tokens.is_word(end - 3, "u") => end - 3,
        "ua" => end - 1,
        "等" => end - 1,
        _ => return None,
    };
    if start > limit && tokens.is(start - 1, TokenKind::Comma) {
        start -= 1;
    }
    Some(start)
}

/// A title in quotation marks as name: ("Title of a page", 2020).
fn quoted(tokens: &Tokens<'_>, limit: usize, at: usize) -> Option<(usize, usize)> {
    let last = at.checked_sub(1).filter(|&last| last > limit && tokens.is(last, TokenKind::Quote))?;
    if !matches!(tokens.str(last), "\"" | "\u{201d}" | "\u{201c}" | "»" | "«") {
        return None;
    }
    let from =
        (limit.max(last.saturating_sub(MOST_TOKENS * 2))..last).rev().find(|&at| tokens.is(at, TokenKind::Quote))?;
    // Without its comma inside: “Title,”
    let to = if tokens.is(last - 1, TokenKind::Comma) { last - 1 } else { last };
    (from + 1 < to).then_some((from + 1, to))
}

/// Reads names backwards from token `at`, with what stands between them.
fn read_units(tokens: &Tokens<'_>, limit: usize, at: usize, setting: Setting, run: &mut NameRun) {
    let mut at = at;
    // Whether a mere comma may stand between the next name and those already read.
    let mut lists = setting == Setting::Bracket || run.et_al;
    while run.units.len() < MOST_NAMES {
        let Some(from) = unit(tokens, limit, at) else { break };
        if is_initials(tokens, from, at) && !run.units.is_empty() || is_initials(tokens, from, at) && lists {
            // "Smith, J.": the initials belong to the name before them.
            let Some(family) = family_of_initials(tokens, limit, from) else { break };
            run.units.insert(0, (family, from - 1));
            at = family;
        } else {
            run.units.insert(0, (from, at));
            at = from;
        }
        let Some((before, joint)) = separator(tokens, limit, at) else { break };
        match joint {
            Joint::And => {
                run.joined = true;
                lists = true;
            }
            Joint::Comma if !lists => break,
            Joint::Semicolon if setting == Setting::Prose => break,
            Joint::Comma | Joint::Semicolon => {}
        }
        if unit(tokens, limit, before).is_none() {
            break;
        }
        run.joints.insert(0, joint);
        at = before;
    }
    // The last joint read may have no name in front of it.
    while run.joints.len() >= run.units.len().max(1) {
        run.joints.remove(0);
    }
}

/// What separates two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// "and", "&", and a comma with either.
    And,
    Comma,
    Semicolon,
}

/// What separates the name that begins at `at` from the one before: ", and", "&", ",", ";"; and the token before which that ends.
fn separator(tokens: &Tokens<'_>, limit: usize, at: usize) -> Option<(usize, Joint)> {
    let last = at.checked_sub(1).filter(|&last| last > limit || (last == limit && last > 0))?;
    if last < limit {
        return None;
    }
    let comma = |at: usize| at > limit && matches!(tokens.kind(at - 1), Some(TokenKind::Comma | TokenKind::Semicolon));
    match tokens.kind(last)? {
        TokenKind::Ampersand => Some((if comma(last) { last - 1 } else { last }, Joint::And)),
        TokenKind::Word if is_conjunction(tokens.str(last)) => {
            Some((if comma(last) { last - 1 } else { last }, Joint::And))
        }
        TokenKind::Sign if tokens.str(last) == "\\" => None,
        TokenKind::Comma => Some((last, Joint::Comma)),
        TokenKind::Slash => Some((last, Joint::And)),
        TokenKind::Semicolon => Some((last, Joint::Semicolon)),
        _ => None,
    }
}

/// The first token of the name that ends in front of token `at`.
fn unit(tokens: &Tokens<'_>, limit: usize, at: usize) -> Option<usize> {
    let mut start = None;
    let mut next = at;
    while next > limit && at - next < MOST_TOKENS {
        let here = next - 1;
        match tokens.kind(here)? {
            TokenKind::Word => {
                let word = tokens.str(here);
                if is_capital(word) {
                    start = Some(here);
                } else if start.is_none() || !is_connective(word) || is_joint(tokens, limit, here) {
                    break;
                }
            }
            TokenKind::Dot if is_abbreviated(tokens, limit, here) => {
                start = Some(here - 1);
                next -= 1;
            }
            TokenKind::Dash
                if start.is_some()
                    && !tokens.list[here].spaced
                    && here > limit
                    && tokens.is(here - 1, TokenKind::Dot) => {}
            TokenKind::Quote
                if start.is_some()
                    && !tokens.list[next].spaced
                    && matches!(tokens.str(here), "'" | "\u{2019}" | "`") => {}
            TokenKind::Sign if tokens.str(here) == "." => {}
            _ => break,
        }
        next -= 1;
    }
    let start = start?;
    Some(with_particles(tokens, limit, start))
}

/// Whether the word at `here` joins two persons rather than the words of a body's name: "Smith and Jones", "Foucault e Deleuze".
fn is_joint(tokens: &Tokens<'_>, limit: usize, here: usize) -> bool {
    let word = tokens.str(here);
    // "y" and "e" are particles of double names too, but joints far more often.
    is_conjunction(word) && here > limit
}

/// The particles in front of a name belong to it: "van der Berg".
fn with_particles(tokens: &Tokens<'_>, limit: usize, start: usize) -> usize {
    let mut start = start;
    while start > limit
        && tokens.is(start - 1, TokenKind::Word)
        && is_particle(tokens.str(start - 1))
        && !is_conjunction(tokens.str(start - 1))
    {
        start -= 1;
    }
    start
}

/// Whether the stop at `at` ends an abbreviation within a name: "J.", "St.", "Jr.", "U.S.".
fn is_abbreviated(tokens: &Tokens<'_>, limit: usize, at: usize) -> bool {
    if at <= limit || tokens.list[at].spaced || !tokens.is(at - 1, TokenKind::Word) {
        return false;
    }
    let word = tokens.str(at - 1);
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    capital
        && (letters.next().is_none()
            || matches!(word, "St" | "Jr" | "Sr" | "Ch" | "Th" | "Ph" | "Yu" | "Dr")
            || is_hyphenated_initials(word))
}

/// "J-P" of "J-P. Smith".
fn is_hyphenated_initials(word: &str) -> bool {
    word.split(['-', '\u{2010}']).all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
}

/// Whether the tokens are nothing but initials: "J.", "C. G.", "JK".
fn is_initials(tokens: &Tokens<'_>, from: usize, to: usize) -> bool {
    (from..to).all(|at| match tokens.kind(at) {
        Some(TokenKind::Dot | TokenKind::Dash) => true,
        Some(TokenKind::Word) => tokens.str(at).chars().count() == 1 || is_hyphenated_initials(tokens.str(at)),
        _ => false,
    })
}

/// The first token of the family name in front of ", J." whose initials begin at `initials`.
fn family_of_initials(tokens: &Tokens<'_>, limit: usize, initials: usize) -> Option<usize> {
    let comma = initials.checked_sub(1).filter(|&comma| comma > limit && tokens.is(comma, TokenKind::Comma))?;
    unit(tokens, limit, comma)
}

/// Whether a word may be (part of) a name: a capital in front, or a script without capitals.
pub(super) fn is_capital(word: &str) -> bool {
    let mut chars = word.chars();
    match chars.next() {
        Some(c) if c.is_uppercase() => true,
        // "d'Alembert", "al-Rashid", "eBird"
        Some(c) if c.is_lowercase() => {
            let mut parts = word.splitn(2, ['\'', '\u{2019}', '-', '\u{2010}']);
            let particle =
                parts.next().is_some_and(|part| matches!(part, "d" | "l" | "al" | "el" | "de" | "ad" | "ud" | "van"));
            particle && parts.next().is_some_and(|rest| rest.starts_with(char::is_uppercase))
        }
        Some(c) => c.is_alphabetic(),
        None => false,
    }
}

/// Takes words off the front that are no names: "See Smith", "However, Smith".
fn trim(tokens: &Tokens<'_>, run: &mut NameRun) {
    while let Some(&(from, to)) = run.units.first() {
        let alone = to - from == 1;
        let word = tokens.str(from);
        // "An et al.", "WHO": what is followed by others, or stands in capitals, is a name all the same.
        let sure =
            alone && run.units.len() == 1 && (run.et_al || (word.chars().all(char::is_uppercase) && word.len() > 1));
        if is_no_name(word) && !sure {
            if alone {
                run.remove_first();
            } else {
                run.units[0].0 = from + 1;
            }
        } else if is_connective(word) && !is_capital(word) && (alone || !is_particle(word)) {
            run.units[0].0 = from + 1;
            if alone {
                run.remove_first();
            }
        } else if !tokens.is(from, TokenKind::Word) {
            // What is left of an abbreviation.
            run.units[0].0 = from + 1;
            if alone {
                run.remove_first();
            }
        } else {
            break;
        }
    }
}

/// Learns the abbreviations that a block introduces: "World Health Organization (WHO)", "Centre for Genetic Resources \[CGN\]".
pub(super) fn learn_abbreviations(tokens: &Tokens<'_>, index: &mut Index) {
    for at in 1..tokens.len() {
        let TokenKind::Open(_) = tokens.list[at].kind else { continue };
        let short = tokens.str(at + 1);
        let closes = matches!(tokens.kind(at + 2), Some(TokenKind::Close(_) | TokenKind::Comma | TokenKind::Semicolon));
        let capitals = short.chars().filter(|c| c.is_uppercase()).count();
        if !closes || !tokens.is(at + 1, TokenKind::Word) || capitals < 2 || short.len() > 12 {
            continue;
        }
        if let Some(from) = spelt_out(tokens, at, short) {
            index.add_alias(short, &tokens.text[tokens.span(from, at).range()]);
        }
    }
}

/// The token from which the words in front of `at` spell `short`: their first letters are its capitals, in order.
fn spelt_out(tokens: &Tokens<'_>, at: usize, short: &str) -> Option<usize> {
    let mut letters: Vec<char> = short.chars().filter(|c| c.is_uppercase()).collect();
    let mut here = at;
    let mut steps = 0;
    while let Some(&wanted) = letters.last() {
        here = here.checked_sub(1)?;
        steps += 1;
        if steps > MOST_TOKENS {
            return None;
        }
        let word = tokens.str(here);
        match tokens.kind(here)? {
            TokenKind::Word => {
                let first = word.chars().next().and_then(|c| c.to_uppercase().next());
                let capitals: Vec<char> = word.chars().collect();
                if capitals.len() > 1 && letters.ends_with(&capitals) {
                    letters.truncate(letters.len() - capitals.len()); // "UK Department of Health [UKDH]"
                } else if first == Some(wanted) {
                    letters.pop();
                } else if !is_connective(word) {
                    return None;
                }
            }
            TokenKind::Ampersand | TokenKind::Comma | TokenKind::Dash => {}
            _ => return None,
        }
    }
    Some(here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, setting: Setting, expected: &str) {
        let tokens = Tokens::new(text, Span::new(0, text.len()));
        let shown = match before(&tokens, 0, tokens.len(), setting) {
            Some(run) => {
                let mut shown = run.printed(&tokens).join(" | ");
                if run.et_al {
                    shown.push_str(" +");
                }
                if let Some((from, to)) = run.abbreviation {
                    shown.push_str(&format!(" = {}", &text[tokens.span(from, to).range()]));
                }
                shown
            }
            None => "none".to_owned(),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn names_in_brackets() {
        check("see Miller & Wang,", Setting::Bracket, "Miller | Wang");
        check("McGregor, Senjem, & Mazze,", Setting::Bracket, "McGregor | Senjem | Mazze");
        check("ALMEIDA; PERUCCHI; FREIRE,", Setting::Bracket, "ALMEIDA | PERUCCHI | FREIRE");
        check("e.g. Lu et al.", Setting::Bracket, "Lu +");
        check("Van Treuren et al.,", Setting::Bracket, "Van Treuren +");
        check("Smith, J., & Jones, K.,", Setting::Bracket, "Smith | Jones");
        check("Müller u. a.", Setting::Bracket, "Müller +");
        check("van der Berg", Setting::Bracket, "van der Berg");
        check("Ministério da Educação,", Setting::Bracket, "Ministério da Educação");
        check("in May", Setting::Bracket, "none");
        check("in", Setting::Bracket, "none");
    }

    #[test]
    fn names_in_prose() {
        check("However, Smith and Jones", Setting::Prose, "Smith | Jones");
        check("In contrast, Smith", Setting::Prose, "Smith");
        check("according to O\u{2019}Brien\u{2019}s", Setting::Prose, "O\u{2019}Brien");
        check("As Chaves, Silva e Souza", Setting::Prose, "Chaves | Silva | Souza");
        check("by Smith and colleagues", Setting::Prose, "Smith +");
        check(
            "National Institute for Occupational Safety [NIOSH]",
            Setting::Prose,
            "National Institute for Occupational Safety = NIOSH",
        );
        check("the war", Setting::Prose, "none");
    }
}
