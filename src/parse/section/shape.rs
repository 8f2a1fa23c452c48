//! The shapes that [`super::features`] asks for: labels, names at the start, cues inside, the end of a line.

use super::features::{Seen, Start};
use crate::text::date_text;

/// At most `limit` bytes from the start, cut at a character.
pub(crate) fn prefix(text: &str, limit: usize) -> &str {
    crate::text::head(text, limit)
}

/// At most `limit` bytes from the end, cut at a character.
pub(crate) fn suffix(text: &str, limit: usize) -> &str {
    let mut start = text.len().saturating_sub(limit);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Whether a line begins as captions do: "Figure 3:", "Tab. 2.", "Abbildung 1:".
pub(super) fn is_caption(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "Figure",
        "FIGURE",
        "Fig.",
        "FIG.",
        "Table",
        "TABLE",
        "Tab.",
        "Abbildung",
        "Abb.",
        "Tabelle",
        "Tableau",
        "Figura",
        "Tabla",
        "Tabela",
        "Tabella",
        "Рис.",
        "Таблица",
    ];
    let Some(rest) = WORDS.iter().find_map(|word| line.strip_prefix(word)) else { return false };
    let number = rest.trim_start();
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    rest.len() > number.len() && (1..=3).contains(&digits) && number[digits..].starts_with([':', '.', ' '])
}

/// What stands in front of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Label<'a> {
    /// How it is written; `None` when there is none.
    pub(crate) start: Option<Start>,
    /// The number, if it is one.
    pub(crate) number: Option<u32>,
    /// The label without brackets and stop.
    pub(crate) text: &'a str,
}

/// Takes the label off the front of a line: "[12]", "12.", "12)", "(12)", "[Kop93]", "•", "–" before a blank. Returns it and the rest.
pub(crate) fn label(text: &str) -> (Label<'_>, &str) {
    let none = (Label::default(), text);
    let Some(first) = text.chars().next() else { return none };
    match first {
        '[' | '［' | '【' | '〔' | '(' | '（' | '{' => bracketed(text, first).unwrap_or(none),
        '0'..='9' => numbered(text).unwrap_or(none),
        '•' | '‣' | '◦' | '▪' | '■' | '●' | '○' | '·' | '∙' | '□' | '➢' | '►' | '\u{f0b7}' | '\u{f0a7}' | '*' | '✓' => {
            bullet(text, first)
        }
        '-' | '–' | '—' | '+' => {
            // A dash in an author's place is followed by a stop, a comma or another dash; a bullet by a blank.
            let rest = &text[first.len_utf8()..];
            let blank = rest.starts_with([' ', '\t', '\u{a0}']);
            let word = rest
                .trim_start()
                .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | '(' | '"' | '“' | '„' | '«'));
            if blank && word && first != '—' { bullet(text, first) } else { none }
        }
        _ => none,
    }
}

fn bullet(text: &str, first: char) -> (Label<'_>, &str) {
    let rest = text[first.len_utf8()..].trim_start();
    (Label { start: Some(Start::Bullet), number: None, text: "" }, rest)
}

fn bracketed(text: &str, open: char) -> Option<(Label<'_>, &str)> {
    let close = match open {
        '[' => ']',
        '［' => '］',
        '【' => '】',
        '〔' => '〕',
        '(' => ')',
        '（' => '）',
        _ => '}',
    };
    let body = &text[open.len_utf8()..];
    let inner_end = prefix(body, 48).find(close)?;
    let inner = body[..inner_end].trim();
    let rest = &body[inner_end + close.len_utf8()..];
    let rest = rest.strip_prefix(['.', ':']).unwrap_or(rest);
    let digits = !inner.is_empty() && inner.len() <= 5 && inner.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        // "(1998) Title" in front is a year; no list of round brackets goes that far.
        let number: u32 = inner.parse().ok()?;
        if open == '(' && number > 999 {
            return None;
        }
        let label = Label { start: Some(Start::BracketNumber), number: Some(number), text: inner };
        return Some((label, rest.trim_start()));
    }
    if open == '(' || open == '（' || open == '{' {
        return None;
    }
    let is_key = !inner.is_empty()
        && inner.chars().count() <= 40
        && inner.chars().all(|c| c.is_alphanumeric() || "+-–_:.,&’'* /".contains(c))
        && inner.contains(|c: char| c.is_alphabetic())
        && (inner.contains(|c: char| c.is_ascii_digit()) || inner.chars().next().is_some_and(char::is_uppercase))
        && inner.split_whitespace().count() <= 4
        && rest.chars().next().is_none_or(|c| c.is_whitespace() || c.is_uppercase());
    // "[Online]", "[in Russian]" stand inside references.
    let word = inner.to_lowercase();
    let aside = ["online", "internet", "in ", "accessed", "available", "pdf", "cited", "s.l.", "n.d.", "o.j."]
        .iter()
        .any(|aside| word.starts_with(aside));
    let label = Label { start: Some(Start::BracketLabel), number: None, text: inner };
    (is_key && !aside && (!rest.trim().is_empty() || inner.split_whitespace().count() == 1))
        .then(|| (label, rest.trim_start()))
}

fn numbered(text: &str) -> Option<(Label<'_>, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 4 {
        return None;
    }
    let rest = &text[digits..];
    let number: u32 = text[..digits].parse().ok()?;
    let mut chars = rest.chars();
    let start = match chars.next() {
        Some('.' | ')' | '．' | '、' | ']' | ':') => {
            let after = chars.as_str();
            let after_char = after.chars().next();
            // "12.5", "12.Smith" (a lost blank); "10.1016/…" is a DOI.
            if after_char.is_some_and(|c| c.is_ascii_digit() || c == '/') {
                return None;
            }
            let glued = after_char.is_some_and(|c| !c.is_whitespace());
            let cased = |c: char| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase();
            // "51.van Huijstee".
            let particle = || {
                let (first, name) = after.split_once(' ').unwrap_or_default();
                PARTICLES.contains(&first) && name.starts_with(char::is_uppercase)
            };
            if glued && !after_char.is_some_and(cased) && !particle() {
                return None;
            }
            Start::DotNumber
        }
        // A line that holds nothing but the number: the entry is below it.
        None => {
            return Some((Label { start: Some(Start::BareNumber), number: Some(number), text: &text[..digits] }, ""));
        }
        Some(c) if c.is_whitespace() && digits <= 3 => {
            let after = chars.as_str().trim_start();
            // "9 de Miranda, A. S."
            let word = if after.starts_with(char::is_lowercase) { skip_particles(prefix(after, 60)).0 } else { after };
            word.chars().next().filter(|&c| c.is_uppercase() || matches!(c, '“' | '"' | '„' | '«'))?;
            // "30 Seiten." counts pages.
            if word.starts_with("Seiten") || word.starts_with("Pages") {
                return None;
            }
            let label = Label { start: Some(Start::BareNumber), number: Some(number), text: &text[..digits] };
            return Some((label, after));
        }
        Some(_) => return None,
    };
    let after = chars.as_str().trim_start();
    Some((Label { start: Some(start), number: Some(number), text: &text[..digits] }, after))
}

/// How a text without label begins.
pub(crate) fn start(text: &str) -> Start {
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else { return Start::Other };
    let Some(initial) = first.chars().next() else { return Start::Other };
    if is_dash_author(text) {
        return Start::Dash;
    }
    if initial.is_ascii_digit() {
        return Start::Digit;
    }
    if !initial.is_alphabetic() {
        return Start::Mark;
    }
    if is_continuation(first) || words.next().is_some_and(|second| is_date(first, second)) {
        return Start::Continuation;
    }
    // Names with particles ("van Imhoff, E.") and lower-case prefixes ("d'Alembert", "O'Neill", "al-Azm").
    let (first, rest) = skip_particles(text);
    let Some(initial) = first.chars().next() else { return Start::Lower };
    let capital_inside = first.contains(['\'', '’', '-']) && first.chars().skip(1).any(char::is_uppercase);
    if !initial.is_uppercase() && !capital_inside {
        return if initial.is_lowercase() { Start::Lower } else { Start::Uncased };
    }
    name(first, rest)
}

/// "———.", "—,", "--- (1998)", "_____", "Ders.", "Dies.": the author of the entry before.
fn is_dash_author(text: &str) -> bool {
    let run = text.chars().take_while(|&c| matches!(c, '—' | '–' | '-' | '_' | '―' | '⸺' | '⸻' | '−' | '¯')).count();
    let long = text.starts_with(['—', '―', '⸺', '⸻']) && run >= 1 || run >= 2;
    let rest = text.trim_start_matches(['—', '–', '-', '_', '―', '⸺', '⸻', '−', '¯']);
    long && (rest.starts_with(['.', ',', ':', ';', ' ', '(', '/', '\u{a0}']))
}

/// Words with which a line goes on, not an entry begins.
fn is_continuation(first: &str) -> bool {
    let bare = first.trim_end_matches(['.', ',', ':', ';']);
    matches!(
        bare,
        "In" | "in"
            | "and"
            | "und"
            | "et"
            | "y"
            | "e"
            | "of"
            | "the"
            | "for"
            | "on"
            | "pp"
            | "p"
            | "S"
            | "vol"
            | "Vol"
            | "no"
            | "No"
            | "Nr"
            | "Bd"
            | "Heft"
            | "Jg"
            | "Available"
            | "Retrieved"
            | "Accessed"
            | "Verfügbar"
            | "doi"
            | "DOI"
            | "Eds"
            | "Hrsg"
            | "eds"
            | "pages"
            | "Pages"
            | "edited"
            | "Art"
            | "Seiten"
            | "Zugriff"
            | "Abgerufen"
    ) || first.starts_with("http")
        || first.starts_with("www.")
        || first.starts_with("doi:")
}

/// "February 2015", "mars 1998": the rest of a date whose day stands at the end of the line above.
fn is_date(month: &str, year: &str) -> bool {
    self::year(year) && date_text::month(month).is_some()
}

const PARTICLES: &[&str] = &[
    "van", "von", "de", "di", "da", "del", "della", "der", "den", "dem", "des", "du", "la", "le", "dos", "das", "do",
    "zu", "zur", "ter", "ten", "el", "al", "af", "av", "vom", "st.", "bin", "ben", "ibn", "abu", "e", "y", "'t", "dal",
    "lo",
];

/// The first word that is no particle, and what follows it.
fn skip_particles(text: &str) -> (&str, &str) {
    let mut rest = text;
    for _ in 0..3 {
        let (word, after) = split_word(rest);
        if after.is_empty() || !PARTICLES.contains(&word) {
            break;
        }
        rest = after;
    }
    split_word(rest)
}

fn split_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
}

/// Which kind of name begins with the capitalised word `first`.
fn name(first: &str, rest: &str) -> Start {
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let upper = first.chars().filter(|c| c.is_uppercase()).count();
    let (second, third) = (split_word(rest).0, split_word(split_word(rest).1).0);
    if is_initials(first) && letters <= 3 {
        // "A. K. Rose": initials, perhaps more of them, then a capital.
        let family = if is_initials(second) { third } else { second };
        return if starts_upper(family) || starts_particle(family) { Start::InitialsFamily } else { Start::Capital };
    }
    if first.ends_with(',') {
        // "Opladen, S. 123-142": a place and a page. "Khan, S. 2012" is a name and a year.
        if matches!(second, "S." | "P." | "С.") && third.starts_with(|c: char| c.is_ascii_digit()) && !year(third) {
            return Start::Capital;
        }
        let initials = is_initials(second) || is_initials(second.trim_end_matches([',', ';', ':', '&', '/']));
        let given = starts_upper(second) && second.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        return if initials || given { Start::FamilyComma } else { Start::Capital };
    }
    if letters >= 2 && is_bare_initials(second) {
        return Start::FamilyInitials;
    }
    // Double family names: "García Márquez, G.", "Le Roy Ladurie, E.".
    if starts_upper(second) && second.ends_with(',') && (is_initials(third) || starts_upper(third)) {
        return Start::FamilyComma;
    }
    if starts_upper(second) && letters >= 2 && ends_name(second, third) {
        return Start::GivenFamily;
    }
    if is_initials(second) && starts_upper(third) {
        return Start::GivenFamily;
    }
    if letters >= 3 && upper == letters { Start::Capitals } else { Start::Capital }
}

fn starts_upper(word: &str) -> bool {
    word.chars().find(|c| !matches!(c, '\'' | '’' | '(' | '"' | '“')).is_some_and(char::is_uppercase)
}

fn starts_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// "A.", "A.K.", "J.-P.", "A", "Ch.".
fn is_initials(word: &str) -> bool {
    let core = word.trim_end_matches([',', ';', ':', ')']);
    let mut letters = 0;
    let mut upper = 0;
    for c in core.chars() {
        match c {
            '.' | '-' | '‐' | '–' | '’' | '\'' => {}
            c if c.is_alphabetic() => {
                letters += 1;
                upper += usize::from(c.is_uppercase());
            }
            _ => return false,
        }
    }
    let dotted = core.contains('.');
    (letters == 1 && upper == 1)
        || (dotted && upper >= 1 && letters <= 5 && upper * 2 >= letters && core.ends_with('.'))
}

/// "AK", "A", "AK,", "AK." as in "Rose AK, Glick R.".
fn is_bare_initials(word: &str) -> bool {
    let core = word.trim_end_matches([',', ';', '.', ':']);
    let count = core.chars().filter(|c| *c != '-').count();
    (1..=4).contains(&count)
        && core.chars().all(|c| c.is_uppercase() || c == '-')
        && (count <= 3 || word.ends_with([',', '.']))
        || is_initials(word)
}

/// Whether what follows "Given Family" ends a name: a comma, a colon, a bracket, "and", a stop.
fn ends_name(family: &str, next: &str) -> bool {
    family.ends_with([',', ':', ';', '.', '/'])
        || next.starts_with('(')
        || matches!(next, "and" | "und" | "et" | "y" | "&" | "e" | "i" | "och" | "og" | "en" | "ja" | "и" | "/")
}

/// Looks at the words of a line and reports what it sees.
pub(crate) fn words(text: &str, see: &mut dyn FnMut(Seen)) {
    let mut count = 0usize;
    let (mut initials, mut capitals, mut function, mut years, mut marks) = (0usize, 0usize, 0usize, 0usize, 0usize);
    let mut depth = 0i32;
    let mut letters = false;
    for word in text.split_whitespace().take(80) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        count += 1;
        // Most words of prose: too long for any that is asked for, and nothing but small letters.
        if word.len() > LONGEST_SMALL_WORD
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && !word.starts_with("http")
        {
            letters = true;
            continue;
        }
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        marks +=
            word.chars().filter(|c| c.is_ascii_punctuation() || matches!(c, '–' | '“' | '”' | '„' | '«' | '»')).count();
        letters |= word.contains(|c: char| c.is_alphabetic());
        capitals += usize::from(bare.starts_with(char::is_uppercase));
        function += usize::from(is_function_word(bare));
        if is_initials(word.trim_start_matches(['(', '['])) && word.len() > 1 {
            initials += 1;
        }
        if year(word) {
            years += 1;
            if word.starts_with(['(', '[', '（']) || word.contains("(1") || word.contains("(2") {
                see(Seen::YearInBrackets);
            }
            if at < 70 {
                see(Seen::YearEarly);
            }
        }
        depth += i32::try_from(word.matches(['(', '[']).count()).unwrap_or(0)
            - i32::try_from(word.matches([')', ']']).count()).unwrap_or(0);
        cue(word, bare, see);
    }
    if count == 0 {
        return;
    }
    for (holds, seen) in [
        (years >= 1, Seen::YearAnywhere),
        (years >= 2, Seen::SeveralYears),
        (initials >= 1, Seen::Initial),
        (initials >= 2, Seen::SeveralInitials),
        (marks * 10 >= count * 7, Seen::ManyMarks),
        (capitals * 2 >= count, Seen::ManyCapitals),
        (function * 4 >= count, Seen::FunctionWords),
        (depth > 0, Seen::UnclosedBracket),
        (!letters, Seen::NoLetters),
    ] {
        if holds {
            see(seen);
        }
    }
}

/// The longest words in small letters that [`cue`] and [`is_function_word`] know have so many.
const LONGEST_SMALL_WORD: usize = 6;

/// What single words announce.
fn cue(word: &str, bare: &str, see: &mut dyn FnMut(Seen)) {
    match bare {
        "pp" | "p" | "S" | "Pp" | "pages" | "Seiten" | "стр" | "С" | "с" | "págs" | "pág"
            if word.ends_with('.') || bare.len() > 2 =>
        {
            see(Seen::PageCue);
        }
        "Vol" | "vol" | "No" | "no" | "Nr" | "Bd" | "Jg" | "Heft" | "issue" | "Т" | "№" | "núm" | "n" => {
            see(Seen::VolumeIssue)
        }
        "In" | "in" if word.ends_with(':') || bare == "In" => see(Seen::InWord),
        "Eds" | "eds" | "Ed" | "ed" | "Hrsg" | "Hg" | "edited" | "Editors" | "Editor" | "dir" | "org" | "orgs"
        | "coord" | "red" | "Ред" | "hrsg" | "Hgg" => {
            see(Seen::EditorWord);
        }
        "al" => see(Seen::EtAl),
        "Press"
        | "Verlag"
        | "Publishers"
        | "Publishing"
        | "Publications"
        | "Springer"
        | "Elsevier"
        | "Wiley"
        | "Routledge"
        | "Éditions"
        | "Editorial"
        | "Editora"
        | "Univ"
        | "Sage"
        | "Academic"
        | "Suhrkamp"
        | "Издательство"
        | "Наука"
        | "Books" => see(Seen::PublisherWord),
        "Journal" | "Review" | "Zeitschrift" | "Revista" | "Revue" | "Proceedings" | "Proc" | "Rev" | "Phys"
        | "Lett" | "Quarterly" | "Annals" | "Archiv" | "Trans" | "Conference" | "Nature" | "Science" | "Bulletin"
        | "Rivista" | "Вестник" | "Журнал" | "J" => see(Seen::JournalWord),
        "is" | "are" | "was" | "were" | "we" | "We" | "has" | "have" | "which" | "ist" | "sind" | "wird" | "werden"
        | "wurde" | "hat" | "nicht" | "dass" | "est" | "sont" | "que" | "está" | "foi" | "been" | "these" | "this"
        | "This" | "can" | "be" => see(Seen::Verb),
        "See" | "see" | "Vgl" | "vgl" | "cf" | "Cf" | "Siehe" | "siehe" | "Voir" | "voir" | "Ibid" | "ibid" | "Ebd"
        | "ebd" => see(Seen::SeeWord),
        _ => {}
    }
    let bytes = word.as_bytes();
    if word == "&" {
        see(Seen::Ampersand);
    }
    let dotted = bytes.contains(&b'.');
    let address = || word.contains("www.") || word.contains("doi.org") || word.contains("10.1") && word.contains('/');
    if word.starts_with("http") || dotted && address() {
        see(Seen::Url);
    }
    if dotted && word.contains("....") || !word.is_ascii() && word.contains("……") {
        see(Seen::DotLeaders);
    }
    if word.starts_with(['“', '"', '„', '«', '‘', '‚', '”']) {
        see(Seen::Quote);
    }
    if word.ends_with(':') && bare.chars().next().is_some_and(char::is_alphabetic) {
        see(Seen::TitleColon);
    }
    if bytes.iter().any(u8::is_ascii_digit) {
        see(Seen::Digits);
        if is_page_range(word) {
            see(Seen::PageRange);
        }
        if is_volume_issue(word) {
            see(Seen::VolumeIssue);
        }
        // "(Baker" … "2021)" in prose: a year that closes a bracket which it did not open.
        if year(word) && word.contains(')') && !word.contains('(') {
            see(Seen::CitationInProse);
        }
    }
}

/// A year from 1500 to 2099 with nothing but punctuation and a letter around it.
fn year(word: &str) -> bool {
    let bytes = word.as_bytes();
    let Some(first) = bytes.iter().position(u8::is_ascii_digit) else { return false };
    let digits = bytes[first..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits != 4 {
        return false;
    }
    let century = &bytes[first..first + 2];
    let plausible = matches!(century, b"15" | b"16" | b"17" | b"18" | b"19" | b"20");
    let before = bytes[..first].iter().all(|byte| !byte.is_ascii_alphanumeric());
    let after = bytes.get(first + 4).is_none_or(|byte| {
        !byte.is_ascii_alphabetic() || bytes.get(first + 5).is_none_or(|next| !next.is_ascii_alphanumeric())
    });
    plausible && before && after
}

/// "98–114", "98-114.", "112-8".
fn is_page_range(word: &str) -> bool {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    let Some((from, to)) = core.split_once(['-', '–', '—', '‐', '−', '‑']) else { return false };
    let to = to.trim_start_matches(['-', '–', '—', '‐']);
    let digits = |text: &str| text.bytes().rev().take_while(u8::is_ascii_digit).count() >= 1 && text.len() <= 7;
    digits(from) && digits(to)
}

/// "29(3)", "29(3),", "2001;68:409", "12:3".
fn is_volume_issue(word: &str) -> bool {
    let bytes = word.as_bytes();
    (1..bytes.len().saturating_sub(1)).any(|at| {
        matches!(bytes[at], b'(' | b':' | b';') && bytes[at - 1].is_ascii_digit() && bytes[at + 1].is_ascii_digit()
    })
}

/// Short words that prose has and references have less of. Typography does most; these are the commonest of the large languages.
fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "of"
            | "and"
            | "to"
            | "in"
            | "a"
            | "that"
            | "is"
            | "for"
            | "with"
            | "as"
            | "by"
            | "on"
            | "are"
            | "from"
            | "at"
            | "an"
            | "or"
            | "it"
            | "be"
            | "this"
            | "not"
            | "der"
            | "die"
            | "das"
            | "und"
            | "den"
            | "des"
            | "dem"
            | "ein"
            | "eine"
            | "zu"
            | "mit"
            | "von"
            | "auf"
            | "für"
            | "im"
            | "sich"
            | "als"
            | "nicht"
            | "auch"
            | "werden"
            | "es"
            | "le"
            | "la"
            | "les"
            | "et"
            | "du"
            | "un"
            | "une"
            | "que"
            | "en"
            | "dans"
            | "pour"
            | "el"
            | "los"
            | "las"
            | "y"
            | "por"
            | "con"
            | "o"
            | "os"
            | "e"
            | "da"
            | "do"
            | "di"
            | "il"
            | "che"
            | "и"
            | "в"
            | "на"
            | "с"
            | "не"
            | "что"
            | "по"
            | "к"
            | "из"
            | "для"
    )
}

/// Looks at the end of a line.
pub(crate) fn tail(text: &str, see: &mut dyn FnMut(Seen)) {
    let core = text.trim_end_matches(['”', '"', '’', '\'', '»', '“']);
    let Some(last) = core.chars().next_back() else { return };
    let word = core.rsplit(char::is_whitespace).next().unwrap_or_default();
    match last {
        '.' | '。' | '．' | '!' | '?' => see(Seen::EndsStop),
        '-' | '‐' | '\u{ad}' | '–' | '/' => see(Seen::EndsHyphen),
        ',' | ';' | ':' | '&' | '(' => see(Seen::EndsComma),
        ')' | ']' | '>' => see(Seen::EndsBracket),
        c if c.is_ascii_digit() => see(Seen::EndsNumber),
        c if c.is_lowercase() => see(Seen::EndsLower),
        _ => {}
    }
    if word.contains("://")
        || word.starts_with("//www.")
        || word.starts_with("www.")
        || word.starts_with("10.") && word.contains('/')
    {
        see(Seen::EndsUrl);
    }
    if word.bytes().any(|byte| byte.is_ascii_digit()) && year(word) {
        see(Seen::YearAtEnd);
    }
}
