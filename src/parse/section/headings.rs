//! The words that stand over a reference list, and those that stand over what follows it, by language.
//!
//! A heading is compared after numbering ("7.", "VII", "8 References"), case, accents' case, and closing punctuation are off. The
//! words were written down by hand; a language that is missing costs little, because the list is found by its looks too.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::shape::{label, start};

/// What a heading announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeadingKind {
    /// A reference list.
    References,
    /// What stands behind a reference list: an appendix, biographies, tables, an index.
    Back,
}

/// Headings of reference lists, lower case.
#[rustfmt::skip]
const REFERENCES: &[&str] = &[
    // English
    "references", "reference", "reference list", "list of references", "references cited", "cited references", "references and notes",
    "notes and references", "references and further reading", "bibliography", "select bibliography", "selected bibliography",
    "general bibliography", "annotated bibliography", "bibliographical references", "bibliographic references", "bibliographies",
    "works cited", "work cited", "works consulted", "literature", "literature cited", "cited literature", "literature references",
    "sources", "sources cited", "source list", "primary sources", "secondary sources", "primary literature", "secondary literature",
    "further reading", "suggested reading", "suggested readings", "recommended reading", "additional reading", "reading list",
    "citations", "cited works", "list of works cited", "publications cited", "endnotes", "literature review references",
    "supplementary references", "additional references", "online references", "web references", "references:", "legislation", "case law",
    // German
    "literatur", "literaturverzeichnis", "literaturliste", "literaturangaben", "literaturnachweis", "literaturnachweise",
    "literaturhinweise", "quellen", "quellenverzeichnis", "quellenangaben", "quellen- und literaturverzeichnis",
    "quellen und literatur", "literatur und quellen", "literatur- und quellenverzeichnis", "bibliographie", "bibliografie",
    "zitierte literatur", "verwendete literatur", "weiterführende literatur", "referenzen", "schrifttum", "schriftenverzeichnis",
    "primärliteratur", "sekundärliteratur", "internetquellen", "ausgewählte literatur", "benutzte literatur", "nachweise",
    // French
    "références", "references bibliographiques", "références bibliographiques", "bibliographie sommaire", "bibliographie sélective",
    "liste des références", "références citées", "ouvrages cités", "travaux cités", "sources et bibliographie", "littérature",
    "littérature citée", "bibliographie générale", "orientation bibliographique", "sitographie", "webographie",
    // Spanish, Catalan, Galician, Basque
    "referencias", "referencias bibliográficas", "bibliografía", "bibliografia", "bibliografía citada", "obras citadas", "fuentes",
    "fuentes consultadas", "literatura citada", "trabajos citados", "lista de referencias", "referències",
    "referències bibliogràfiques", "obres citades", "referencias bibliograficas", "bibliografia citada", "erreferentziak", "bibliografía y fuentes", "erreferentzia bibliografikoak",
    // Portuguese
    "referências", "referências bibliográficas", "referencias bibliográficas", "obras consultadas", "bibliografia consultada", "fontes",
    // Italian, Romanian
    "riferimenti", "riferimenti bibliografici", "opere citate", "bibliografia essenziale", "fonti", "riferimenti e note", "letteratura",
    "referințe", "referințe bibliografice", "bibliografie selectivă", "lucrări citate", "surse",
    // Dutch, Afrikaans
    "referenties", "literatuur", "literatuurlijst", "bronnen", "bronnenlijst", "geraadpleegde literatuur", "literatuuropgave",
    "verwysings", "bronnelys", "verwysingslys", "bibliografieë",
    // Danish, Norwegian, Swedish, Icelandic, Faroese
    "referencer", "litteratur", "litteraturliste", "kilder", "kildeliste", "referanser", "referanseliste", "kildehenvisninger",
    "litteraturhenvisninger", "referenser", "källor", "källförteckning", "litteraturförteckning", "käll- och litteraturförteckning",
    "referenslista", "heimildir", "heimildaskrá", "ritaskrá", "tilvísanir", "keldur",
    // Finnish, Estonian, Hungarian
    "lähteet", "lähdeluettelo", "viitteet", "kirjallisuus", "kirjallisuusluettelo", "kirjallisuutta", "kirjandus", "viited",
    "kasutatud kirjandus", "allikad", "viidatud kirjandus", "irodalom", "irodalomjegyzék", "felhasznált irodalom", "hivatkozások",
    "források", "bibliográfia", "szakirodalom", "hivatkozott irodalom", "idézett irodalom",
    // Polish, Czech, Slovak, Slovene, Croatian, Bosnian, Serbian (Latin)
    "literatura", "bibliografia załącznikowa", "piśmiennictwo", "źródła", "wykaz literatury", "spis literatury", "przypisy",
    "odkazy", "použitá literatura", "seznam literatury", "zdroje", "seznam použité literatury", "reference a zdroje", "prameny a literatura",
    "zoznam literatúry", "zoznam použitej literatúry", "literatúra", "použitá literatúra", "bibliografické odkazy",
    "viri", "viri in literatura", "literatura in viri", "seznam virov", "popis literature", "izvori", "izvori i literatura", "reference", "citirana literatura", "korištena literatura",
    // Lithuanian, Latvian
    "literatūra", "literatūros sąrašas", "šaltiniai", "nuorodos", "izmantotā literatūra", "atsauces", "literatūras saraksts", "avoti", "bibliogrāfija", "bibliografija",
    // Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian
    "литература", "список литературы", "список использованной литературы", "библиография", "библиографический список", "источники",
    "ссылки", "источники и литература", "список источников", "список использованных источников", "использованная литература",
    "список литературы и источников", "примечания", "література", "список літератури", "список використаних джерел", "джерела", "бібліографія", "посилання",
    "літаратура", "спіс літаратуры", "крыніцы", "използвана литература", "цитирана литература", "библиографија", "литература и извори", "референце", "извори", "користена литература", "референци",
    // Greek
    "βιβλιογραφία", "αναφορές", "βιβλιογραφικές αναφορές", "παραπομπές", "πηγές", "ξενόγλωσση βιβλιογραφία", "ελληνόγλωσση βιβλιογραφία",
    // Turkish, Azerbaijani, Kazakh, Uzbek
    "kaynakça", "kaynaklar", "kaynak", "referanslar", "bibliyografya", "yararlanılan kaynaklar", "ədəbiyyat", "istinadlar", "ədəbiyyat siyahısı", "әдебиеттер", "пайдаланылған әдебиеттер", "adabiyotlar", "foydalanilgan adabiyotlar",
    // Albanian, Maltese, Irish, Welsh
    "referencat", "bibliografia e përdorur", "burimet", "referenzi", "bibljografija", "tagairtí", "leabharliosta", "cyfeiriadau", "llyfryddiaeth",
    // Hebrew, Arabic, Persian, Urdu
    "ביבליוגרפיה", "מקורות", "רשימת מקורות", "הפניות", "רשימה ביבליוגרפית", "المراجع", "المصادر", "المصادر والمراجع", "قائمة المراجع", "مراجع", "منابع", "منابع و مآخذ", "فهرست منابع", "کتاب‌شناسی", "مآخذ", "حوالہ جات", "کتابیات", "حوالے",
    // Hindi, Marathi, Nepali, Bengali, Tamil, Telugu
    "संदर्भ", "सन्दर्भ", "संदर्भ सूची", "सन्दर्भ ग्रन्थ सूची", "ग्रंथसूची", "तथ्यसूत्र", "তথ্যসূত্র", "গ্রন্থপঞ্জি", "மேற்கோள்கள்", "மேற்கோள்", "సూచనలు", "మూలాలు",
    // Chinese, Japanese, Korean
    "参考文献", "參考文獻", "引用文献", "引用文獻", "参考资料", "參考資料", "参考书目", "參考書目", "文献", "引用・参考文献", "主要参考文献", "参照文献", "참고문헌", "참고 문헌", "인용문헌", "참고자료", "각주",
    // Vietnamese, Indonesian and Malay, Filipino, Thai
    "tài liệu tham khảo", "danh mục tài liệu tham khảo", "nguồn tham khảo", "daftar pustaka", "daftar rujukan", "referensi", "rujukan", "senarai rujukan", "bibliografi", "kepustakaan", "mga sanggunian", "sanggunian", "เอกสารอ้างอิง", "บรรณานุกรม", "อ้างอิง",
    // Swahili, Esperanto, Latin, Armenian, Georgian
    "marejeo", "marejeleo", "referencoj", "bibliografio", "fontes citati", "գրականություն", "հղումներ", "ლიტერატურა", "გამოყენებული ლიტერატურა", "ბიბლიოგრაფია",
];

/// Beginnings of headings that end a reference list, lower case.
#[rustfmt::skip]
const BACK: &[&str] = &[
    // English
    "appendix", "appendices", "annex", "annexes", "about the author", "about the authors", "author biograph", "biograph",
    "biographical note", "notes on contributor", "contributor", "author contribution", "authors' contribution", "acknowledg",
    "author information", "author affiliation", "author note", "authors' note", "index", "subject index", "author index", "glossary", "list of figures", "list of tables", "figure legends",
    "figure captions", "figures", "tables", "table of contents", "supplementary material", "supplementary information", "supplemental", "supporting information", "additional information",
    "correspondence", "address for correspondence", "conflict of interest", "conflicts of interest", "competing interest", "declaration", "data availability", "funding",
    "publisher's note", "received", "how to cite", "cite this article", "copyright", "ethics", "abbreviations", "questionnaire", "curriculum vitae", "vita", "colophon",
    // German
    "anhang", "anhänge", "anlage", "anlagen", "danksagung", "zu den autoren", "zur autorin", "zum autor", "zu den autorinnen", "autorenangaben", "angaben zu den autor", "über den autor", "über die autor", "autoreninformation",
    "autorinnen und autoren", "abbildungsverzeichnis", "tabellenverzeichnis", "register", "sachregister", "personenregister", "glossar", "abkürzungsverzeichnis", "abkürzungen", "kontakt", "anschrift", "lebenslauf", "impressum", "eidesstattliche",
    // French, Spanish, Catalan, Portuguese, Italian, Romanian
    "annexe", "remerciements", "à propos de l'auteur", "notice biographique", "table des matières", "liste des figures", "table des illustrations", "auteur", "résumé",
    "anexo", "apéndice", "agradecimientos", "sobre el autor", "sobre los autores", "sobre la autora", "índice", "agraïments", "annexos", "apêndice", "agradecimentos", "sobre o autor", "sobre os autores", "sobre a autora", "anexos", "lista de figuras", "lista de tabelas",
    "appendice", "ringraziamenti", "allegat", "sull'autore", "note biografiche", "indice", "anexă", "anexe", "mulțumiri",
    // Dutch, Danish, Norwegian, Swedish, Finnish, Estonian, Hungarian
    "bijlage", "dankwoord", "over de auteur", "bilag", "om forfatter", "tak", "vedlegg", "takk", "bilaga", "bilagor", "tack", "om författar", "liite", "liitteet", "kiitokset", "lisa", "lisad", "tänu", "melléklet", "függelék", "köszönetnyilvánítás", "a szerző",
    // Polish, Czech, Slovak, Slovene, Croatian, Lithuanian, Latvian
    "załącznik", "aneks", "podziękowan", "o autor", "nota o autor", "příloh", "přílohy", "poděkování", "prílohy", "poďakovanie", "priloga", "priloge", "zahvala", "prilog", "dodatak", "priedas", "priedai", "padėka", "pielikum", "pateicīb",
    // Russian, Ukrainian, Bulgarian, Greek, Turkish
    "приложени", "благодарност", "об автор", "сведения об автор", "информация об автор", "додат", "подяк", "про автор", "відомості про автор", "за автора", "приложение", "παράρτημα", "ευχαριστίες", "ek ", "ekler", "ek:", "teşekkür", "yazar hakkında", "özgeçmiş",
    // Chinese, Japanese, Korean, Vietnamese, Indonesian, Arabic, Persian, Hebrew
    "附录", "附錄", "致谢", "致謝", "作者简介", "作者簡介", "付録", "謝辞", "著者紹介", "索引", "부록", "감사의 글", "저자 소개", "phụ lục", "lời cảm ơn", "lampiran", "ucapan terima kasih", "penghargaan", "ملحق", "الملاحق", "شكر", "پیوست", "سپاسگزاری", "נספח", "תודות",
];

/// What the line `text` announces if it stands as a heading; `None` for any other text.
///
/// ```
/// use reflist::parse::section::{HeadingKind, heading_kind};
/// assert_eq!(heading_kind("7. References:"), Some(HeadingKind::References));
/// assert_eq!(heading_kind("LITERATURVERZEICHNIS"), Some(HeadingKind::References));
/// assert_eq!(heading_kind("Список литературы"), Some(HeadingKind::References));
/// assert_eq!(heading_kind("Appendix A: Interviews"), Some(HeadingKind::Back));
/// assert_eq!(heading_kind("The literature on cities"), None);
/// ```
#[must_use]
pub fn heading_kind(text: &str) -> Option<HeadingKind> {
    // The longest heading that is asked for is far shorter.
    if text.len() > 160 || is_sentence(text) {
        return None;
    }
    let bare = bare(text);
    if bare.is_empty() {
        return None;
    }
    if is_references(&bare) {
        return Some(HeadingKind::References);
    }
    // What ends a list is a heading only while it is short: "Index of …, 1998" may begin a reference.
    let short = bare.split_whitespace().count() <= 8 && !has_long_number(&bare);
    let words = bare.chars().next().and_then(|first| TABLES.back.get(&first));
    (short && words.is_some_and(|words| words.iter().any(|word| starts_as_word(&bare, word))))
        .then_some(HeadingKind::Back)
}

/// What stands behind a heading that is glued to the first reference of its list: "References A. Stolcke. 2002.".
pub(crate) fn behind_heading(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once(char::is_whitespace).filter(|(first, _)| first.len() < 40)?;
    let rest = rest.trim_start();
    let begins = start(label(rest).1).is_author();
    (begins && heading_kind(first) == Some(HeadingKind::References)).then_some(rest)
}

/// Whether a line has more words than any heading, its numbers included, and nothing that a heading could end before.
fn is_sentence(text: &str) -> bool {
    const MOST: usize = 12;
    let blanks = memchr::memchr_iter(b' ', text.as_bytes()).count();
    // "R E F E R E N C E S" has words enough, and blanks.
    blanks >= MOST && text.len() > blanks * 3 && !text.contains([':', '/', '(', '–', '—', '|'])
}

/// The words, ready to be looked up.
struct Tables {
    references: FxHashSet<&'static str>,
    /// The same without blanks, the short ones left out.
    spaced: FxHashSet<String>,
    back: FxHashMap<char, Vec<&'static str>>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut back: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
    for word in BACK {
        if let Some(first) = word.chars().next() {
            back.entry(first).or_default().push(word);
        }
    }
    let spaced = REFERENCES.iter().map(|word| word.replace(' ', "")).filter(|word| word.len() >= 8).collect();
    Tables { references: REFERENCES.iter().copied().collect(), spaced, back }
});

/// Three digits in a row: a year or a page, not "Appendix 2".
fn has_long_number(text: &str) -> bool {
    text.as_bytes().windows(3).any(|three| three.iter().all(u8::is_ascii_digit))
}

fn is_references(bare: &str) -> bool {
    let is_word = |text: &str| TABLES.references.contains(text);
    if is_word(bare) {
        return true;
    }
    // Letters set apart ("R E F E R E N C E S"), or small capitals that came apart ("R EFERENCES", "Liter Atur Ver Zeichnis").
    if bare.contains(' ') && TABLES.spaced.contains(&bare.replace(' ', "")) {
        return true;
    }
    // "References (chapter 3)", "Literatur zu Kapitel 2", "Bibliography / Bibliographie", "References to Part One".
    if let Some((before, after)) = bare.split_once([':', '/', '(', '–', '—', '|'])
        && (is_word(before.trim()) && after.split_whitespace().count() <= 5)
    {
        return true;
    }
    [
        "references for ",
        "references to ",
        "references in ",
        "bibliography of ",
        "bibliography for ",
        "literatur zu ",
        "further reading on ",
        "references chapter ",
    ]
    .iter()
    .any(|lead| bare.starts_with(lead) && bare.split_whitespace().count() <= 6)
}

/// Whether `text` begins with `word` and the word ends there or goes on in letters that inflect it.
fn starts_as_word(text: &str, word: &str) -> bool {
    let Some(rest) = text.strip_prefix(word) else { return false };
    // Stems ("biograph", "acknowledg", "příloh") are written without their endings; whole words are not followed by letters.
    rest.chars().take_while(|c| c.is_alphabetic()).count() <= if word.chars().count() >= 6 { 9 } else { 1 }
}

/// Lower case, without numbering in front and punctuation at the ends.
fn bare(text: &str) -> String {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && !is_mark_of_script(c));
    let rest = strip_number(text);
    let mut out = String::with_capacity(rest.len());
    for c in rest.chars().flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    // Turkish capital İ lower-cases to i and a combining dot.
    if out.contains('\u{307}') { out.replace('\u{307}', "") } else { out }
}

/// Vowel signs at the end of words of Indic scripts and Thai are no punctuation.
fn is_mark_of_script(c: char) -> bool {
    ('\u{900}'..='\u{E7F}').contains(&c)
}

/// Takes "7", "7.", "7.2", "VII.", "A." off the front when words follow.
fn strip_number(text: &str) -> &str {
    let Some((first, rest)) = text.split_once(char::is_whitespace) else {
        return text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '、').trim_start();
    };
    let core = first.trim_end_matches(['.', ')', ':']);
    let digits = !core.is_empty() && core.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let roman =
        !core.is_empty() && core.len() <= 5 && core.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'));
    let letter = first.len() == 2 && first.ends_with('.') && core.bytes().all(|byte| byte.is_ascii_uppercase());
    let chapter = matches!(core.to_ascii_lowercase().as_str(), "chapter" | "section" | "kapitel")
        && rest.starts_with(|c: char| c.is_ascii_digit());
    if chapter {
        return strip_number(rest.trim_start());
    }
    if digits || roman || letter { rest.trim_start_matches(|c: char| !c.is_alphanumeric()) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, kind: Option<HeadingKind>) {
        assert_eq!(heading_kind(text), kind, "{text}");
    }

    #[test]
    fn numbering_case_and_punctuation_do_not_matter() {
        for text in [
            "References",
            "REFERENCES:",
            "8 References",
            "8. References",
            "VII. REFERENCES",
            "**References**",
            "R E F E R E N C E S",
            "R EFERENCES",
            "5. Liter Atur Ver Zeichnis",
        ] {
            check(text, Some(HeadingKind::References));
        }
    }

    #[test]
    fn a_name_behind_the_word_is_part_of_the_heading() {
        check("References (Chapter 3)", Some(HeadingKind::References));
        check("Bibliography / Bibliographie", Some(HeadingKind::References));
    }

    #[test]
    fn other_scripts_are_compared_as_they_are() {
        for text in
            ["参考文献", "참고문헌", "Βιβλιογραφία", "KAYNAKÇA", "संदर्भ", "المراجع", "СПИСОК ЛИТЕРАТУРЫ", "บรรณานุกรม"]
        {
            check(text, Some(HeadingKind::References));
        }
    }

    #[test]
    fn what_follows_a_list_is_known_by_its_first_word() {
        for text in ["Appendix", "APPENDIX B", "Acknowledgements", "Anhang 1", "About the authors", "Приложение"]
        {
            check(text, Some(HeadingKind::Back));
        }
    }

    #[test]
    fn a_heading_may_be_glued_to_the_first_reference() {
        assert_eq!(behind_heading("References A. Stolcke. 2002. Towns."), Some("A. Stolcke. 2002. Towns."));
        assert_eq!(behind_heading("References to these works are given in the text."), None);
        assert_eq!(behind_heading("Baker, C. (2021). Towns."), None);
    }

    #[test]
    fn a_sentence_is_no_heading() {
        check("References to these works are given in the text.", None);
        check("Literature is scarce", None);
    }
}
