//! Names as they are compared: by family names, in order.
//!
//! Gold often has a printed run of names and no more. [`split`] takes the family names out of it where that is certain, and says
//! of each whether it is sure; a run that it is not sure of is compared as a set of words.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::text::{decimal, fold_case, is_letter, is_word, words};

const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "las", "los", "el",
    "al", "bin", "ibn", "ten", "ter", "te", "zu", "zum", "zur", "af", "av", "y", "e", "do", "des", "vom", "’t", "t",
    "d", "l", "o", "san", "st", "saint",
];

/// A family name, and whether it is surely the whole of it.
pub(super) type Family = (String, bool);

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

fn is_suffix(word: &str) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word).to_lowercase();
    matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "2nd" | "3rd" | "phd" | "md")
}

fn is_upper(c: char) -> bool {
    c.is_uppercase()
}

/// Whether there is a cased character and none is small.
fn all_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

fn is_initials(part: &str) -> bool {
    let part = part.trim();
    let letters: Vec<char> = part.chars().filter(|c| is_letter(*c) && c.is_alphabetic()).collect();
    if letters.is_empty() || letters.len() > 8 {
        return false;
    }
    if part.contains('.') {
        return part.split_whitespace().all(|word| {
            let first = word.strip_prefix('-').unwrap_or(word).chars().next();
            is_stopped_initial(word) && first.is_some_and(is_upper)
        });
    }
    let short = part.split_whitespace().all(|word| word.chars().filter(|c| *c != '-').count() <= 4);
    letters.len() <= 4 && letters.iter().all(|c| is_upper(*c)) && short && !is_suffix(part)
}

/// "J.", "J.-P.", "Yu.", "-P", "J.R": what a word of initials with stops looks like.
fn is_stopped_initial(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    // One letter, with a hyphen in front and a stop behind at will.
    let bare = chars.strip_prefix(&['-']).unwrap_or(&chars);
    if matches!(bare, [c] if is_letter(*c)) || matches!(bare, [c, '.'] if is_letter(*c)) {
        return true;
    }
    if matches!(chars.as_slice(), [a, '.', b] | [a, '.', b, '.'] if is_letter(*a) && is_letter(*b)) {
        return true;
    }
    let Some(stopped) = word.strip_suffix('.') else { return false };
    stopped.split('.').all(|part| {
        let part = part.strip_prefix('-').unwrap_or(part);
        (1..=3).contains(&part.chars().count()) && part.chars().all(is_letter)
    })
}

/// The family name of a name in reading order.
fn reading_order(part: &str) -> Option<Family> {
    let mut words: Vec<&str> = part.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|word| is_suffix(word)) {
        words.pop();
    }
    let count = words.len();
    let capitals = |word: &str| word.chars().count() > 2 && all_upper(word) && !word.contains('.');
    let (first, rest) = words.split_first()?;
    if rest.is_empty() {
        return Some(((*first).to_owned(), true));
    }
    if capitals(first) && !rest.iter().any(|word| capitals(word)) && !is_initials(first) {
        return Some(((*first).to_owned(), true)); // "KUHLMANN Martin"
    }
    for at in 1..count - 1 {
        let word = words[at];
        if is_particle(fold_case(word).trim_matches(['\'', '’'])) && word.chars().next().is_some_and(char::is_lowercase)
        {
            return Some((words[at..].join(" "), true));
        }
    }
    let given = words[..count - 1].iter().take_while(|word| is_initials(word)).count();
    if given > 0 {
        return Some((words[given..].join(" "), count - given == 1));
    }
    Some((words[count - 1].to_owned(), count == 2))
}

/// The family name of "Smith JA".
fn initials_behind(part: &str) -> Option<String> {
    let mut words: Vec<&str> = part.split_whitespace().collect();
    while words.len() > 2 && words.last().is_some_and(|word| is_suffix(word)) {
        words.pop();
    }
    let mut family = words.len();
    while family > 1 && is_initials(words[family - 1]) {
        family -= 1;
    }
    if family == words.len() || family == 0 || is_initials(words[0]) && words[0].contains('.') {
        return None;
    }
    Some(words[..family].join(" "))
}

/// What parts two names, once the run is prepared.
const AND: char = '\u{1}';

/// The family names of a printed run of names; nothing where they are not certain.
pub(super) fn split(run: &str) -> Option<Vec<Family>> {
    let folded: String = run.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let text = strip_brackets(&folded);
    let text = strip_et_al(&format!("{text} "));
    let text = text.trim_matches([' ', ',', ';', ':']);
    let text = strip_role(text);
    let text = text.trim_matches([' ', ',', ';', ':']);
    if text.is_empty() || is_hopeless(text) {
        return None;
    }
    let text = replace_and(text);
    let text = replace_romance_and(&text);
    let text = replace_slashes(&text);
    let text = replace_dashes(&text);
    split_prepared(&text)
}

fn split_prepared(text: &str) -> Option<Vec<Family>> {
    let semicolons = text.contains(';');
    let mut names = Vec::new();
    for part in text.split(|c| c == AND || semicolons && c == ';') {
        let part = part.trim_matches([' ', ',', ';', ':']);
        if part.is_empty() {
            continue;
        }
        let pieces: Vec<&str> =
            part.split(',').map(str::trim).filter(|piece| !piece.is_empty() && !is_suffix(piece)).collect();
        if pieces.is_empty() {
            continue;
        }
        if semicolons
            && pieces.len() == 2
            && !(pieces[1].contains(' ') && !is_initials(pieces[1]) && pieces[0].contains(' '))
        {
            names.push((pieces[0].to_owned(), true));
            continue;
        }
        if semicolons && pieces.len() > 1 {
            return None;
        }
        if let [piece] = pieces[..] {
            names.push(initials_behind(piece).map_or_else(|| reading_order(piece), |name| Some((name, true)))?);
            continue;
        }
        split_pieces(&pieces, text.contains(AND) && names.is_empty(), &mut names)?;
    }
    (!names.is_empty()).then_some(names)
}

/// Names parted by commas, which may part family and given names too.
fn split_pieces(pieces: &[&str], first_of_several: bool, names: &mut Vec<Family>) -> Option<()> {
    let initials: Vec<bool> = pieces.iter().map(|piece| is_initials(piece)).collect();
    if initials.contains(&true) {
        return split_with_initials(pieces, &initials, names);
    }
    let behind: Vec<Option<String>> = pieces.iter().map(|piece| initials_behind(piece)).collect();
    if behind.iter().all(Option::is_some) {
        names.extend(behind.into_iter().flatten().map(|name| (name, true)));
        return Some(());
    }
    let single = |piece: &&str| piece.split_whitespace().filter(|word| !is_particle(&fold_case(word))).count() == 1;
    let singles: Vec<bool> = pieces.iter().map(single).collect();
    if pieces.len() == 2 && singles[0] {
        names.push((pieces[0].to_owned(), true));
        return Some(());
    }
    if !singles.contains(&true) {
        if pieces.len() == 2 && first_of_several {
            return None; // "García Márquez, Gabriel José and …", or two names in reading order.
        }
        for piece in pieces {
            names.push(reading_order(piece)?);
        }
        return Some(());
    }
    if singles[0] && pieces.len() > 2 && !singles[2..].contains(&true) {
        names.push((pieces[0].to_owned(), true));
        for piece in &pieces[2..] {
            names.push(reading_order(piece)?);
        }
        return Some(());
    }
    if !singles.contains(&false) && pieces.len().is_multiple_of(2) {
        names.extend(pieces.iter().step_by(2).map(|piece| ((*piece).to_owned(), true)));
        return Some(());
    }
    None
}

/// "Family, I., Family, I.", with "I. Family" and "Family I" in between.
fn split_with_initials(pieces: &[&str], initials: &[bool], names: &mut Vec<Family>) -> Option<()> {
    let mut at = 0;
    while at < pieces.len() {
        if initials[at] {
            return None;
        }
        if initials.get(at + 1) == Some(&true) {
            names.push((pieces[at].to_owned(), true));
            at += 2;
        } else if let Some(name) = initials_behind(pieces[at]) {
            names.push((name, true));
            at += 1;
        } else if pieces[at].contains(' ') {
            names.push(reading_order(pieces[at])?);
            at += 1;
        } else if pieces.get(at + 1).is_some_and(|piece| is_given(piece)) {
            names.push((pieces[at].to_owned(), true));
            at += 2;
        } else {
            return None;
        }
    }
    Some(())
}

/// "Gabriel", "Gabriel J.", "Gabriel J".
fn is_given(piece: &str) -> bool {
    let mut words = piece.split(' ');
    let first = words.next().unwrap_or_default();
    !first.is_empty()
        && first.chars().all(is_letter)
        && words.all(|word| {
            let letter = word.strip_suffix('.').unwrap_or(word);
            letter.chars().count() == 1 && letter.chars().all(is_letter)
        })
}

/// Whether a run is of bodies, has numbers, dashes for names, or is of a script whose names this does not know.
fn is_hopeless(text: &str) -> bool {
    let script = |c: char| {
        matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
            | '\u{600}'..='\u{6ff}' | '\u{590}'..='\u{5ff}' | '\u{e00}'..='\u{e7f}')
    };
    let mut dashes = false;
    let mut last = ' ';
    for c in text.chars() {
        dashes |= matches!(c, '_' | '\u{2014}') && matches!(last, '_' | '\u{2014}');
        last = c;
    }
    text.chars().any(|c| script(c) || decimal(c).is_some()) || dashes || text.contains("---") || names_body(text)
}

/// Whether a word tells that the run names a body.
fn names_body(text: &str) -> bool {
    const BODIES: &[&str] = &[
        "ministry",
        "organisation",
        "organization",
        "committee",
        "department",
        "association",
        "council",
        "group",
        "agency",
        "office",
        "bureau",
        "company",
        "inc",
        "ltd",
        "corporation",
        "commission",
        "society",
        "foundation",
        "center",
        "centre",
        "consortium",
        "team",
        "collaboration",
        "network",
        "service",
        "press",
        "board",
        "programme",
        "program",
        "project",
        "federation",
        "union",
        "nation",
        "nations",
        "bank",
        "government",
        "parliament",
        "library",
        "museum",
        "academy",
        "school",
        "college",
        "hospital",
        "ministerio",
        "instituto",
        "universidad",
        "asociación",
        "asociacion",
        "gesellschaft",
        "verband",
        "amt",
        "министерство",
        "институт",
        "университет",
        "федерации",
        "комитет",
    ];
    text.split(|c| !is_word(c)).any(|word| {
        let word = word.to_lowercase();
        BODIES.contains(&word.as_str())
            || ["universi", "instit", "laborator"].iter().any(|stem| word.len() > stem.len() && word.starts_with(stem))
    })
}

fn strip_brackets(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find(['(', '[']) {
        out.push_str(&rest[..open]);
        match rest[open + 1..].find([')', ']']) {
            Some(close) => {
                out.push(' ');
                rest = &rest[open + 1 + close + 1..];
            }
            None => {
                out.push_str(&rest[open..=open]);
                rest = &rest[open + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Replaces "et al." and its likes by a blank, with the comma and the blanks around it.
fn strip_et_al(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        match et_al(&chars, at) {
            Some(end) => {
                out.push(' ');
                at = end;
            }
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

/// Where the "et al." that starts at `at`, with what stands around it, ends.
fn et_al(chars: &[char], at: usize) -> Option<usize> {
    let comma = usize::from(matches!(chars[at], ',' | ';'));
    for start in [at + comma, at] {
        let word = skip_blanks(chars, start);
        if let Some(end) = et_al_word(chars, word) {
            return Some(skip_blanks(chars, end));
        }
    }
    None
}

fn skip_blanks(chars: &[char], mut at: usize) -> usize {
    while chars.get(at).is_some_and(|c| c.is_whitespace()) {
        at += 1;
    }
    at
}

/// A pattern of words: `_` is blanks that must be there, `~` blanks that may be, `.` a stop, `?` a stop that may be, `|` a word's end.
fn et_al_word(chars: &[char], at: usize) -> Option<usize> {
    const PATTERNS: &[&str] = &[
        "and_others|",
        "и_др?",
        "i_in.",
        "e_outros|",
        "a_kol|?",
        "y_cols|?",
        "y_col|?",
        "ve_ark|?",
        "dkk|?",
        "y_otros|",
        "mfl.",
        "vd.",
    ];
    let get = |at: usize| chars.get(at).copied().unwrap_or('\0');
    let bracket = usize::from(get(at) == '(');
    let starts_word = |at: usize| at == 0 || !is_word(chars[at - 1]);
    for start in [at + bracket, at] {
        if starts_word(start) {
            for pattern in ["et?~al|?", "et?~coll|?"] {
                if let Some(end) = matches_pattern(chars, start, pattern) {
                    return Some(end + usize::from(get(end) == ')'));
                }
            }
        }
    }
    if starts_word(at) {
        for pattern in PATTERNS {
            if let Some(end) = matches_pattern(chars, at, pattern) {
                return Some(end);
            }
        }
        // "u. a.", "m. fl.": at most one blank inside.
        for (first, second, stop) in [('u', "a", true), ('m', "fl", true)] {
            if get(at).to_lowercase().eq(std::iter::once(first)) && get(at + 1) == '.' {
                let second_at = at + 2 + usize::from(get(at + 2).is_whitespace());
                let end = second_at + second.len();
                let same = second
                    .chars()
                    .enumerate()
                    .all(|(offset, c)| get(second_at + offset).to_lowercase().eq(std::iter::once(c)));
                if same && get(end) == '.' && stop {
                    return Some(end + 1);
                }
            }
        }
    }
    if get(at) == '…' {
        return Some(at + 1);
    }
    (get(at) == '.' && get(at + 1) == '.' && get(at + 2) == '.').then_some(at + 3)
}

fn matches_pattern(chars: &[char], start: usize, pattern: &str) -> Option<usize> {
    let mut at = start;
    for symbol in pattern.chars() {
        let c = chars.get(at).copied();
        match symbol {
            '_' | '~' => {
                let behind = skip_blanks(chars, at);
                if symbol == '_' && behind == at {
                    return None;
                }
                at = behind;
            }
            '?' => at += usize::from(c == Some('.')),
            '|' => {
                if c.is_some_and(is_word) {
                    return None;
                }
            }
            letter => {
                if !c.is_some_and(|c| c.to_lowercase().eq(std::iter::once(letter))) {
                    return None;
                }
                at += 1;
            }
        }
    }
    Some(at)
}

/// Takes one word for "editors" off the end.
fn strip_role(text: &str) -> &str {
    const ROLES: &[&str] =
        &["ed", "eds", "hrsg", "hg", "editor", "editors", "red", "dir", "coord", "coords", "éd", "éds"];
    let head = text.strip_suffix('.').unwrap_or(text);
    let start = head.char_indices().rev().take_while(|(_, c)| is_word(*c)).last().map_or(head.len(), |(at, _)| at);
    let word = head[start..].to_lowercase();
    if ROLES.contains(&word.as_str()) || word.starts_with("editor") { &text[..start] } else { text }
}

/// Where the words or marks for "and" stand between two names.
fn replace_and(text: &str) -> String {
    const WORDS: &[&str] = &["and", "und", "et", "och", "og", "ja", "и", "та", "en", "ve", "AND", "UND", "with"];
    let chars: Vec<char> = text.chars().collect();
    let get = |at: usize| chars.get(at).copied().unwrap_or('\0');
    let blank = |at: usize| get(at).is_whitespace();
    let conjunction = |at: usize| {
        if matches!(get(at), '&' | '＆') {
            return Some(at + 1).filter(|end| blank(*end));
        }
        if at == 0 || !(blank(at - 1) || chars[at - 1] == ',') {
            return None;
        }
        let fits = |word: &&&str| {
            word.chars().enumerate().all(|(offset, c)| get(at + offset) == c) && blank(at + word.chars().count())
        };
        WORDS.iter().find(fits).map(|word| at + word.chars().count())
    };
    replace(&chars, AND, |at| {
        let first = skip_blanks(&chars, at);
        let comma = first + usize::from(get(first) == ',');
        let second = skip_blanks(&chars, comma);
        // What is optional in front is taken as far as it goes, then less and less.
        (at..=second)
            .rev()
            .filter(|start| *start == second || *start <= first || *start >= comma)
            .find_map(conjunction)
            .map(|end| skip_blanks(&chars, end))
    })
}

/// "y", "e", "i" between two names.
fn replace_romance_and(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let get = |at: usize| chars.get(at).copied().unwrap_or('\0');
    let letters = |mut at: usize| {
        while is_letter(get(at)) {
            at += 1;
        }
        at
    };
    let name_follows = |at: usize| {
        let end = letters(at);
        let after = skip_blanks(&chars, end);
        is_word(get(at)) && get(at + 1) == '.' || end > at && (get(end) == ',' || after > end && is_letter(get(after)))
    };
    replace(&chars, AND, |at| {
        let start = at + usize::from(get(at) == ',');
        let word = skip_blanks(&chars, start);
        let end = skip_blanks(&chars, word + 1);
        let fits = word > start && matches!(get(word), 'y' | 'e' | 'i') && end > word + 1 && name_follows(end);
        fits.then_some(end)
    })
}

/// "Basch, L./Blanc, C.", "Heinz/Dressel".
fn replace_slashes(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    replace(&chars, ';', |at| {
        let before = at.checked_sub(1).map_or('\0', |at| chars[at]);
        let slash = skip_blanks(&chars, at);
        if chars.get(slash) != Some(&'/') {
            return None;
        }
        let end = skip_blanks(&chars, slash + 1);
        let fits = is_letter(before) && chars.get(end).is_some_and(|c| is_letter(*c)) || before == '.';
        fits.then_some(end)
    })
}

/// "Stolz – R. S. Shannon".
fn replace_dashes(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    replace(&chars, ';', |at| {
        let dash = skip_blanks(&chars, at);
        if dash == at || !matches!(chars.get(dash), Some('-' | '\u{2013}' | '\u{2014}')) {
            return None;
        }
        let end = skip_blanks(&chars, dash + 1);
        (end > dash + 1 && chars.get(end).is_some_and(|c| is_letter(*c))).then_some(end)
    })
}

/// Replaces by `with` every stretch that `find` finds the end of, from the left.
fn replace(chars: &[char], with: char, find: impl Fn(usize) -> Option<usize>) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        match find(at).filter(|end| *end > at) {
            Some(end) => {
                out.push(with);
                at = end;
            }
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

/// Joins the halves of a name that a source has cut in two.
pub(super) fn whole(names: &[Value]) -> Vec<Value> {
    let mut joined: Vec<Value> = Vec::new();
    let has = |name: &Value, part: &str| name.get(part).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    for name in names {
        let orphan = name.is_object() && has(name, "given") && !has(name, "family") && !has(name, "literal");
        match joined.last_mut() {
            Some(last) if orphan && last.is_object() && has(last, "family") && !has(last, "given") => {
                last["given"] = name["given"].clone()
            }
            _ => joined.push(name.clone()),
        }
    }
    joined
}

/// The family name of a CSL name, with its particles.
pub(super) fn family(name: &Value) -> String {
    let Some(parts) = name.as_object() else {
        return name.as_str().map_or_else(|| name.to_string(), str::to_owned);
    };
    let text = |part: &str| parts.get(part).and_then(Value::as_str).filter(|text| !text.is_empty());
    if text("family").is_some() {
        let parts = ["dropping-particle", "non-dropping-particle", "particle", "family"];
        return parts.into_iter().filter_map(text).collect::<Vec<_>>().join(" ");
    }
    ["literal", "given", "name"].into_iter().find_map(text).unwrap_or_default().to_owned()
}

/// A family name without its particles and suffixes.
pub(super) fn family_key(family: &str) -> String {
    let all = words(family);
    let mut kept = all.as_slice();
    while kept.len() > 1 && is_particle(&kept[0]) {
        kept = &kept[1..];
    }
    loop {
        let cut = match kept {
            [_, .., last] if matches!(last.as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "others") => 1,
            [.., et, al] if et == "et" && al == "al" => 1,
            _ => break,
        };
        kept = &kept[..kept.len() - cut];
    }
    kept.concat()
}

/// The words of a run of names that are not connecting words.
pub(super) fn name_words(text: &str) -> BTreeSet<String> {
    const CONNECTING: &[&str] =
        &["and", "et", "al", "und", "y", "e", "i", "и", "og", "och", "en", "de", "la", "ed", "eds"];
    words(text)
        .into_iter()
        .filter(|word| !CONNECTING.contains(&word.as_str()) && !word.chars().all(char::is_numeric))
        .collect()
}

/// The same of CSL names.
pub(super) fn csl_words(names: &[Value]) -> BTreeSet<String> {
    let mut text = String::new();
    for name in names {
        let parts: Vec<&Value> = name.as_object().map_or_else(|| vec![name], |parts| parts.values().collect());
        for part in parts.into_iter().filter_map(Value::as_str) {
            text.push_str(part);
            text.push(' ');
        }
    }
    name_words(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(run: &str, expected: &[&str]) {
        let found = split(run).map(|names| names.into_iter().map(|(family, _)| family).collect::<Vec<_>>());
        assert_eq!(found.unwrap_or_default(), expected, "{run}");
    }

    #[test]
    fn runs_of_names_are_split_where_that_is_certain() {
        check("Gaddy, C. G., & Ickes, B. W.", &["Gaddy", "Ickes"]);
        check("Gaddy CG, Ickes BW", &["Gaddy", "Ickes"]);
        check("C. G. Gaddy and B. W. Ickes", &["Gaddy", "Ickes"]);
        check("KUHLMANN Martin", &["KUHLMANN"]);
        check("van Imhoff, Evert; Keilman, Nico", &["van Imhoff", "Keilman"]);
        check("Basch, L./Blanc, C.", &["Basch", "Blanc"]);
        check("Rosen, E.D., et al.", &["Rosen"]);
        check("Müller, Hans und Meier, Karl (Hrsg.)", &["Müller", "Meier"]);
        check("García, J. y Pérez, M.", &["García", "Pérez"]);
    }

    #[test]
    fn bodies_and_doubtful_runs_are_left_whole() {
        check("World Health Organization", &[]);
        check("———", &[]);
        check("张三", &[]);
    }

    #[test]
    fn family_names_are_compared_without_particles() {
        assert_eq!(family_key("van der Berg Jr."), "berg");
        assert_eq!(family(&serde_json::json!({"family": "Berg", "non-dropping-particle": "van"})), "van Berg");
    }
}
