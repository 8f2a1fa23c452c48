//! Citations that point back: "Ibid., 46", "Ders., Titel", "Smith, op. cit., p. 45", "Smith (n 3) 12".
//!
//! They are sentences of a note, in few words of each language, and say which work is meant by its place: the one before, the same
//! author's last, the one of note 3. Here the words are recognised and what stands around them is told apart; which entry is meant is
//! known when the whole list is read.

use crate::parse::section;
use crate::span::Span;

/// How much of an entry is searched for the words, in bytes.
const WINDOW: usize = 200;

/// How near behind the words a date may not stand, in bytes.
const NEAR: usize = 60;

/// What words point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// The work before: "ibid."
    Before,
    /// The names of the work before; the work is another: "Ders., Titel".
    Names,
    /// The journal of the work before, and its names if none stand here; volume, pages and year are printed: "ibid. 75, 910 (1995)".
    Journal,
    /// The work of the named author that was cited last: "Smith, op. cit."
    Author,
    /// The work of a note: "Smith (n 3)". Holds its number.
    Note(u32),
}

/// A citation that points back, in bytes of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pointer {
    pub(crate) target: Target,
    /// What stands in front: names, a short title.
    pub(crate) front: Span,
    /// The words that point.
    pub(crate) words: Span,
}

/// Words for the work before, in lower case, without their final stop. What must have a stop or a comma behind it is too short, or a
/// word of titles, to be believed without.
const BEFORE: &[(&str, bool)] = &[
    ("ibidem", false),
    ("ibid", false),
    ("ibíd", false),
    ("íbidem", false),
    ("íbid", false),
    ("ib", true),
    ("ebenda", false),
    ("ebda", false),
    ("ebd", false),
    ("ivi", true),
    ("tamże", false),
    ("tamtéž", false),
    ("там же", false),
    ("eo loco", false),
    ("同上", false),
];

/// Words for the author before, and, with nothing but a page behind them, for the work before.
const SAME: &[(&str, bool)] = &[("idem", false), ("eadem", false), ("id", true)];

/// Words for the author before.
const NAMES: &[(&str, bool)] = &[
    ("derselbe", false),
    ("dieselben", false),
    ("dieselbe", false),
    ("ders", true),
    ("dies", true),
    ("eiusdem", false),
    ("tenże", false),
    ("taż", false),
    ("týž", false),
    ("táž", false),
    ("он же", false),
    ("она же", false),
];

/// Words for a work cited further up.
const EARLIER: &[&str] = &[
    "op. cit",
    "op.cit",
    "opere citato",
    "loc. cit",
    "loc.cit",
    "art. cit",
    "art.cit",
    "ob. cit",
    "ouvr. cit",
    "a. a. o",
    "a.a.o",
    "aao.",
    "a.w.",
    "a. w.",
    ", cit.",
    "указ. соч",
    "цит. соч",
    "dz. cyt",
    "dz.cyt",
];

/// Words in front of the number of a note.
const NOTE: &[&str] = &[
    "n",
    "nn",
    "note",
    "notes",
    "anm",
    "anmerkung",
    "fn",
    "fußn",
    "fussn",
    "fußnote",
    "nota",
    "nt",
    "noot",
    "not",
    "przyp",
    "pozn",
    "прим",
    "сноска",
    "сноску",
];

/// Words that may stand in the same brackets.
const BESIDE: &[&str] = &[
    "wie", "siehe", "s", "o", "oben", "supra", "above", "voir", "cit", "op", "a", "see", "at", "zit", "in", "см",
    "выше", "sopra", "ci", "dessus", "the",
];

/// The words by which a citation points back, if it does.
///
/// A date in front of the words shows a citation in full, that says where else the work is cited.
pub(crate) fn pointer(text: &str) -> Option<Pointer> {
    first_words(text).or_else(|| {
        let head = section::prefix(text, WINDOW);
        let words = earlier(head);
        let note = note(head);
        let (target, words) = match (words, note) {
            (Some(words), Some((number, note))) if note.start < words.end + 4 || note.start > words.start => {
                (Target::Note(number), Span::new(words.start.min(note.start), words.end.max(note.end)))
            }
            (_, Some((number, note))) => (Target::Note(number), note),
            (Some(words), None) => (Target::Author, words),
            (None, None) => return journal(head),
        };
        let front = Span::new(0, text[..words.start].trim_end_matches([' ', ',', ';', ':', '(']).len());
        let printed = &text[front.range()];
        // A date shows a citation in full; what is said of the work behind its place may hold one.
        if has_year(printed) || has_year(section::prefix(&text[words.end..], NEAR)) {
            return None;
        }
        let target = if target == Target::Author && printed.is_empty() { Target::Before } else { target };
        (target == Target::Before || printed.chars().any(char::is_alphabetic)).then_some(Pointer {
            target,
            front,
            words,
        })
    })
}

/// Whether a text begins with words that point back to the entry before.
pub(super) fn opens(text: &str) -> bool {
    first_words(text).is_some()
}

/// Words at the front: "ibid.", "ders.", "id. at 12".
fn first_words(text: &str) -> Option<Pointer> {
    let found = |table: &[(&str, bool)]| table.iter().find_map(|&(word, marked)| word_at_front(text, word, marked));
    let front = Span::default();
    if let Some(end) = found(BEFORE) {
        let rest = section::prefix(&text[end..], 80);
        let target = if counts(rest) && has_year(rest) { Target::Journal } else { Target::Before };
        return Some(Pointer { target, front, words: Span::new(0, end) });
    }
    if let Some(end) = found(NAMES) {
        let again = earlier(section::prefix(&text[end..], 24)).filter(|words| words.start < 4);
        return Some(match again {
            Some(words) => Pointer { target: Target::Before, front, words: Span::new(0, end + words.end) },
            None => Pointer { target: Target::Names, front, words: Span::new(0, end) },
        });
    }
    let end = found(SAME)?;
    let rest = &text[end..];
    // "Idem, I ponti perduti" has no Roman page.
    let cites = |(place, behind): (Span, usize)| {
        rest[place.range()].contains(|c: char| c.is_ascii_digit()) || behind == rest.len()
    };
    let alone = locator(rest).is_some_and(cites) || rest.chars().all(|c| !c.is_alphanumeric());
    let target = if alone { Target::Before } else { Target::Names };
    Some(Pointer { target, front, words: Span::new(0, end) })
}

/// The end of a word at the front, its full stop included.
fn word_at_front(text: &str, word: &str, marked: bool) -> Option<usize> {
    let mut end = 0;
    let mut wanted = word.chars();
    for c in wanted.by_ref() {
        let printed = text[end..].chars().next()?;
        if !printed.to_lowercase().eq(std::iter::once(c)) {
            return None;
        }
        end += printed.len_utf8();
    }
    let rest = &text[end..];
    let ends =
        rest.is_empty() || rest.starts_with(['.', ',', ';', ':']) || !marked && rest.starts_with([' ', '(', ')']);
    ends.then(|| end + usize::from(rest.starts_with('.')))
}

/// "B. Author, ibid. 5, 6 (1992)": the journal of the work before, behind other names.
fn journal(head: &str) -> Option<Pointer> {
    let at = [" ibid", " Ibid"].iter().find_map(|word| head.find(word))?;
    let end = at + word_at_front(&head[at + 1..], "ibid", false)? + 1;
    let front = Span::new(0, head[..at].trim_end_matches([' ', ',']).len());
    let rest = section::prefix(&head[end..], 80);
    let new = counts(rest) && has_year(rest) && !head[front.range()].contains(|c: char| c.is_ascii_digit());
    new.then_some(Pointer { target: Target::Journal, front, words: Span::new(at + 1, end) })
}

/// Whether a volume stands first: "75, 910", "B 12", "D67".
fn counts(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ',', '.']);
    let figures = rest.trim_start_matches(|c: char| c.is_ascii_uppercase());
    rest.len() - figures.len() <= 1 && figures.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Where words for a work cited further up stand, with their final stop.
fn earlier(head: &str) -> Option<Span> {
    let lower = lowered(head)?;
    EARLIER.iter().find_map(|words| {
        let at = lower.find(words)?;
        let apart = words.starts_with(',') || !lower[..at].ends_with(char::is_alphanumeric);
        let end = at + words.len();
        let ended = !lower[end..].starts_with(char::is_alphanumeric);
        // "A. W." are initials.
        let apart = apart && (!words.starts_with("a.w") && !words.starts_with("a. w") || head[at..].starts_with(words));
        let start = at + words.len() - words.trim_start_matches([',', ' ']).len();
        (apart && ended).then(|| Span::new(start, end + usize::from(lower[end..].starts_with('.'))))
    })
}

/// Where the number of a note stands, with the words and brackets around it: "(n 3)", "supra note 3", "(wie Anm. 4)".
fn note(head: &str) -> Option<(u32, Span)> {
    let lower = lowered(head)?;
    let brackets = memchr::memchr_iter(b'(', lower.as_bytes()).find_map(|open| {
        let close = open + section::prefix(&lower[open..], 48).find(')')?;
        let number = note_number(&lower[open + 1..close])?;
        Some((number, Span::new(open, close + 1)))
    });
    brackets.or_else(|| {
        ["supra", "above", "oben", "sopra", "ci-dessus"].iter().find_map(|word| {
            let at = lower.find(word).filter(|&at| !lower[..at].ends_with(char::is_alphanumeric))?;
            let digits = at + lower[at..].find(|c: char| c.is_ascii_digit())?;
            let end = digits + lower[digits..].bytes().take_while(u8::is_ascii_digit).count();
            let number = note_number(&lower[at..end])?;
            Some((number, Span::new(at, end)))
        })
    })
}

/// The number of "n 3", "wie Anm. 4", "supra note 12": a word for a note, its number, and nothing that is not of the kind.
fn note_number(text: &str) -> Option<u32> {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let last = words.next_back()?;
    let number = (last.len() <= 4).then(|| last.parse().ok()).flatten()?;
    // "(n-1)" is a formula.
    if !text.trim_end().strip_suffix(last)?.ends_with([' ', '.', '\u{a0}']) {
        return None;
    }
    let mut noted = false;
    for word in words {
        let is_note = NOTE.contains(&word);
        noted |= is_note;
        if !is_note && !BESIDE.contains(&word) {
            return None;
        }
    }
    noted.then_some(number)
}

/// In lower case, if that leaves every byte in its place.
fn lowered(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    (lower.len() == text.len()).then_some(lower)
}

/// Units in front of the place that is cited; a page needs none.
const PAGES: &[&str] = &[
    "p", "pp", "s", "ss", "pg", "pag", "pág", "págs", "page", "pages", "seite", "seiten", "с", "стр", "str", "blz",
    "at", "à", "a", "la",
];

/// Other units, that belong to what is cited.
const UNITS: &[&str] = &[
    "col", "cols", "sp", "rn", "rdnr", "rz", "para", "paras", "par", "§", "§§", "¶", "¶¶", "ch", "chap", "kap", "cap",
    "vol", "bd", "art", "n", "anm", "fn", "t",
];

/// Words behind a number: "45 f.", "45 et seq."
const ONWARD: &[&str] = &[
    "f",
    "ff",
    "et",
    "seq",
    "sq",
    "sqq",
    "seqq",
    "suiv",
    "ss",
    "passim",
    "и",
    "далее",
    "n",
    "nota",
    "note",
    "anm",
    "fn",
];

/// The place cited at the start of `text`, and the byte behind it.
pub(crate) fn locator(text: &str) -> Option<(Span, usize)> {
    let mut start = None;
    let mut end = 0;
    let mut figures = false;
    let head = section::prefix(text, 80);
    for (at, word) in pieces(head) {
        let key = word.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | ':' | '(' | ')')).to_lowercase();
        let key = key.as_str();
        if !figures {
            if key.is_empty() || PAGES.contains(&key) {
                continue;
            }
            start.get_or_insert(at);
            if UNITS.contains(&key) {
                continue;
            }
            if !is_figure(key) {
                return None;
            }
            figures = true;
        } else if !(is_figure(key) || [ONWARD, PAGES, UNITS].iter().any(|words| words.contains(&key))) {
            break;
        }
        end = at + word.len();
        // A sentence that ends here; "45 f." is none.
        if word.ends_with(['.', ';', ')']) && is_figure(key) {
            break;
        }
    }
    let start = start.filter(|_| figures)?;
    let span = trimmed(head, Span::new(start, end));
    Some((span, end))
}

/// The words of a text with their places.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// "45", "45-47", "12n", "xiv", "¶12".
fn is_figure(word: &str) -> bool {
    let digits = word.bytes().any(|byte| byte.is_ascii_digit());
    let roman = !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'l' | b'-'));
    (digits && word.chars().filter(|c| c.is_alphabetic()).count() <= 2) || roman
}

/// Less separators at the edges; the stop of "45 f." stays.
fn trimmed(text: &str, span: Span) -> Span {
    let printed = &text[span.range()];
    let start = span.start + printed.len() - printed.trim_start_matches([',', ';', ':', '.', '(', ' ']).len();
    let body = text[start..span.end].trim_end_matches([',', ';', ':', ')', ' ']);
    let stop = body.ends_with('.') && body.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit());
    Span::new(start, start + if stop { body.trim_end_matches('.').len() } else { body.len() })
}

/// Whether four figures stand that are a year.
pub(crate) fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|figures| {
        figures.len() == 4 && matches!(figures.as_bytes()[0], b'1' | b'2') && figures < "2100" && figures > "1400"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, target: Target, front: &str, words: &str, place: &str) {
        let pointer = pointer(text).expect(text);
        let cites = !matches!(target, Target::Names | Target::Journal);
        let cited = locator(&text[pointer.words.end..])
            .filter(|_| cites)
            .map(|(span, _)| &text[pointer.words.end..][span.range()]);
        let found =
            (pointer.target, &text[pointer.front.range()], &text[pointer.words.range()], cited.unwrap_or_default());
        assert_eq!(found, (target, front, words, place));
    }

    #[test]
    fn the_work_before() {
        for (text, words, place) in [
            ("Ibid., 46.", "Ibid.", "46"),
            ("ibid 60–61.", "ibid", "60–61"),
            ("ibid.", "ibid.", ""),
            ("Id. at 80.", "Id.", "80"),
            ("Ebd., S. 14 f.", "Ebd.", "14 f."),
            ("Ebenda, Sp. 3.", "Ebenda", "Sp. 3"),
            ("Там же. С. 20.", "Там же.", "20"),
            ("Ivi, p. 17.", "Ivi", "17"),
            ("Ders., a. a. O., S. 5.", "Ders., a. a. O.", "5"),
            ("Loc. cit.", "Loc. cit.", ""),
        ] {
            check(text, Target::Before, "", words, place);
        }
    }

    #[test]
    fn the_author_before() {
        check("ders., Häfen und Händler, Hamburg 2004.", Target::Names, "", "ders.", "");
        check("Idem, I ponti perduti, Roma 2009.", Target::Names, "", "Idem", "");
        check("Он же. Мосты. М., 1999.", Target::Names, "", "Он же.", "");
    }

    #[test]
    fn the_journal_before() {
        check("ibid. 75, 910 (1995).", Target::Journal, "", "ibid.", "");
        check("B. Author, ibid. B 5, 6 (1992).", Target::Journal, "B. Author", "ibid.", "");
    }

    #[test]
    fn the_authors_work_further_up() {
        check("Smith, op. cit., p. 45.", Target::Author, "Smith", "op. cit.", "45");
        check("Neumann, a. a. O., S. 50 f.", Target::Author, "Neumann", "a. a. O.", "50 f.");
        check("P. Ferri, Le strade romane, cit., p. 101.", Target::Author, "P. Ferri, Le strade romane", "cit.", "101");
        check("Петров А. Н. Указ. соч. С. 33.", Target::Author, "Петров А. Н.", "Указ. соч.", "33");
    }

    #[test]
    fn the_work_of_a_note() {
        check("Smith (n 3) 12.", Target::Note(3), "Smith", "(n 3)", "12");
        check("Smith, supra note 3, at 12.", Target::Note(3), "Smith", "supra note 3", "12");
        check("Voss (wie Anm. 4), S. 110.", Target::Note(4), "Voss", "(wie Anm. 4)", "110");
        check("Smith, op. cit. (note 7), p. 3.", Target::Note(7), "Smith", "op. cit. (note 7)", "3");
        check("Runkel (o.Fn. 12), § 3 Rn. 36.", Target::Note(12), "Runkel", "(o.Fn. 12)", "§ 3 Rn. 36");
    }

    #[test]
    fn full_citations_point_nowhere() {
        for text in [
            "Smith, J. (1990). Towns. Cited in Jones (n 3) 12.",
            "Dies irae. Hymns of the Middle Ages. London 1999.",
            "Idaho Department of Water. Report 3, 1999.",
            "Ivison, D. Postcolonial liberalism. 2002.",
            "Neumann, K. (1987): Die Ordnung (Anm. der Red.).",
            "Smith, J. Supra-molecular chemistry. Nature 3, 4 (1999).",
            "Pacheco, M. A. W. Effects of flooding. J. Ecol. 89.",
            "A. Milekhin, The CP(n-1) model, Phys. Rev. D 86, 105002.",
            "A. Milekhin, The supra note. Nature 3, 4 (1999).",
        ] {
            assert_eq!(pointer(text), None, "{text}");
        }
    }
}
