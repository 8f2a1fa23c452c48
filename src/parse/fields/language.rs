//! The language of a reference, guessed from its titles.
//!
//! Function words decide among languages of Latin script, letters among those of Cyrillic, the script itself elsewhere. A title without
//! function words ("Middlemarch") has no language that we could know, and gets none.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::words::words;

/// Function words of a language, in lower case. A word of several languages counts for each, by less.
const FUNCTION_WORDS: &[(&str, &str)] = &[
    (
        "en",
        "among an analysis and are as at between by during effects for from how in is its new of on study that the their to towards under using what who why with",
    ),
    (
        "de",
        "als auf aus bei beim das dem den der des die durch ein eine einem einen einer eines für gegen im ist mit nach nicht oder seit sich und unter vom von wie wird zum zur zwischen über",
    ),
    (
        "fr",
        "au aux avec cette chez dans des du en entre est et la le les leur leurs par pour que qui sans ses sous sur un une vers à",
    ),
    ("es", "al como con del desde el en entre hacia la las lo los más para por qué según sobre su sus un una y"),
    ("pt", "ao com como da das do dos e em entre na nas no nos não os para pela pelo por seus sobre suas são um uma à"),
    (
        "it",
        "alla alle come con da dal degli dei del della delle dello di e fra gli il lo nel nella nelle per sul sulla tra un una",
    ),
    ("nl", "aan als bij de deze door een en het met naar niet om op over tot tussen uit van voor wordt zijn"),
    ("sv", "att av den det en ett från för hos i inte med mellan och om på som till ur vid är"),
    ("da", "af at blandt den det en er et for fra hos i ikke med mellem og om på som til ved"),
    ("no", "av blant den det en er et for fra hos i ikke med mellom og om på som til ved å"),
    ("fi", "ei että ja joka kuin on sekä suomen tai välillä"),
    ("pl", "czy dla do i jako jest między na nad nie o od oraz po pod przez przy się w z ze"),
    ("cs", "a do jako jeho k mezi na nebo není o od po pro při se v ve z za ze"),
    ("hu", "a az egy hogy között magyar mint nem szerint vagy és"),
    ("tr", "arasında bir bu da de göre ile için olan olarak ve üzerine"),
    ("ro", "al ale cu din este la o pe pentru prin sau un în între și"),
    ("id", "antara dalam dan dari dengan di oleh pada sebagai terhadap untuk yang"),
    ("ca", "als amb com del dels el els en entre i la les per sobre un una"),
];

/// Bytes of the longest function word.
const LONGEST: usize = 9;

/// Letters that one Latin-script language has and its neighbours have not.
const LETTERS: &[(&str, &str)] = &[
    ("de", "ß"),
    ("es", "ñ¿¡"),
    ("pt", "ãõ"),
    ("fr", "œêèû"),
    ("pl", "łąęśżźń"),
    ("cs", "řěů"),
    ("hu", "őű"),
    ("tr", "ğışİ"),
    ("ro", "țșă"),
    ("sv", "äå"),
    ("da", "æø"),
    ("no", "æøå"),
    ("fi", "äö"),
];

/// The ISO 639-1 code of the language of `titles`, or none where it is not clear.
pub(super) fn guess<'t>(titles: impl Iterator<Item = &'t str> + Clone) -> Option<&'static str> {
    // What is written in ASCII is in Latin script.
    let plain = titles.clone().all(str::is_ascii);
    (!plain).then(|| by_script(titles.clone())).flatten().or_else(|| by_words(titles))
}

/// The language of a script that serves one, and Cyrillic's by letters.
fn by_script<'t>(titles: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    let (mut letters, mut cyrillic, mut han, mut kana, mut hangul) = (0, 0, 0, 0, 0);
    let (mut greek, mut hebrew, mut arabic, mut thai, mut ukrainian, mut bulgarian, mut persian) =
        (0, 0, 0, 0, 0, 0, 0);
    for c in titles.flat_map(str::chars).filter(|c| c.is_alphabetic()) {
        letters += 1;
        match c {
            '\u{400}'..='\u{52f}' => {
                cyrillic += 1;
                ukrainian += i32::from("іїєґІЇЄҐ".contains(c)) - i32::from("ыэёЫЭЁ".contains(c));
                bulgarian += i32::from("ъЪщЩ".contains(c)) - 4 * i32::from("ыэёЫЭЁ".contains(c));
            }
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => han += 1,
            '\u{3040}'..='\u{30ff}' => kana += 1,
            '\u{ac00}'..='\u{d7af}' => hangul += 1,
            '\u{370}'..='\u{3ff}' => greek += 1,
            '\u{590}'..='\u{5ff}' => hebrew += 1,
            '\u{600}'..='\u{6ff}' => {
                arabic += 1;
                persian += i32::from("پچژگکی".contains(c));
            }
            '\u{e00}'..='\u{e7f}' => thai += 1,
            _ => {}
        }
    }
    let most = |count: i32| letters > 0 && count * 2 > letters;
    Some(match () {
        () if most(cyrillic) && ukrainian > 0 => "uk",
        () if most(cyrillic) && bulgarian * 25 > cyrillic && cyrillic > 20 => "bg",
        () if most(cyrillic) => "ru",
        () if most(han + kana) && kana > 0 => "ja",
        () if most(han) => "zh",
        () if most(hangul) => "ko",
        () if most(greek) => "el",
        () if most(hebrew) => "he",
        () if most(arabic) && persian * 8 > arabic => "fa",
        () if most(arabic) => "ar",
        () if most(thai) => "th",
        () => return None,
    })
}

/// Each function word with the languages that have it, as bits in the order of [`FUNCTION_WORDS`].
static LANGUAGES_OF: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut languages: FxHashMap<&'static str, u32> = FxHashMap::default();
    for (at, (_, words)) in FUNCTION_WORDS.iter().enumerate() {
        for word in words.split_whitespace() {
            *languages.entry(word).or_default() |= 1 << at;
        }
    }
    languages
});

/// The language with the most function words, unless the second is near.
fn by_words<'t>(titles: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    let mut scores = [0_u32; FUNCTION_WORDS.len()];
    for title in titles {
        for word in words(title).filter(|word| word.len() <= LONGEST) {
            let known = if word.chars().any(char::is_uppercase) {
                LANGUAGES_OF.get(word.to_lowercase().as_str())
            } else {
                LANGUAGES_OF.get(word)
            };
            let Some(&known) = known else { continue };
            let share = 12 / known.count_ones().min(12);
            let mut languages = known;
            while languages != 0 {
                scores[languages.trailing_zeros() as usize] += share;
                languages &= languages - 1;
            }
        }
        if title.is_ascii() {
            continue;
        }
        for (language, letters) in LETTERS {
            let found = title.chars().filter(|&c| !c.is_ascii() && letters.contains(c)).count().min(3) as u32;
            let at = FUNCTION_WORDS.iter().position(|(name, _)| name == language);
            scores[at.unwrap_or(0)] += found * 3;
        }
    }
    let best = (0..scores.len()).max_by_key(|&at| (scores[at], usize::MAX - at))?;
    let second = (0..scores.len()).filter(|&at| at != best).map(|at| scores[at]).max().unwrap_or(0);
    (scores[best] >= 8 && scores[best] >= second + second / 4 + 2).then_some(FUNCTION_WORDS[best].0)
}

#[cfg(test)]
mod tests {
    use super::super::words::assert_in_order;
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: Option<&str>) {
        assert_eq!(guess(std::iter::once(title)), expected, "{title}");
    }

    #[test]
    fn lists_are_sorted() {
        for (_, words) in FUNCTION_WORDS {
            assert_in_order(words);
        }
        let words = FUNCTION_WORDS.iter().flat_map(|(_, words)| words.split_whitespace());
        assert_eq!(words.map(str::len).max(), Some(LONGEST));
    }

    #[test]
    fn function_words_tell() {
        check("The structure of scientific revolutions", Some("en"));
        check("Die Suburbanisierung und ihre sozialen Folgen", Some("de"));
        check("La transhumance dans les Alpes du Sud", Some("fr"));
        check("Los efectos de la crisis sobre el empleo", Some("es"));
        check("A educação dos jovens no Brasil e em Portugal", Some("pt"));
        check("Il ruolo della famiglia nella società", Some("it"));
    }

    #[test]
    fn scripts_tell() {
        check("Электронные ресурсы и общество", Some("ru"));
        check("Економіка і суспільство", Some("uk"));
        check("中国的历史", Some("zh"));
        check("日本の歴史", Some("ja"));
    }

    #[test]
    fn a_title_without_function_words_has_no_language() {
        check("Middlemarch", None);
        check("", None);
    }
}
