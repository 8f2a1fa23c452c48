//! Words of names: particles, suffixes, conjunctions, "et al.", roles, and the words that tell a body from a person.
//!
//! Every list is in lower case, sorted by bytes, parted by blanks; see [`WordList`].

use unicode_normalization::UnicodeNormalization;

use super::super::words::{StemList, WordList};

/// In front of a family name: Romance, Dutch, German, Scandinavian, Arabic, Hebrew, Celtic.
static PARTICLES: WordList = WordList::new(
    "\
'n 's 't abu af al ap auf av bar ben bin bint d' da dal dall' dalla dalle das de de' degli dei del dela dell' della \
delle dello dem den der des de’ di do dos du d’ e el het i ibn im l' la las le les lo los l’ op ould st. t' te ten ter \
und v. v.d v.d. van vande vanden vander vom von von.d y zu zum zur ’s ’t ",
);
/// Behind a name, without the stop; degrees count only behind a comma.
static SUFFIXES: WordList = WordList::new(
    "\
2nd 3rd 4th esq ii iii iv jnr jr junr snr sr ",
);
/// Degrees and orders.
static DEGREES: WordList = WordList::new(
    "\
bsc dds dphil dvm facs mba md mph msc ofm op osb phd rn sj ",
);
/// "And" in a list of names; single letters are asked for apart.
static CONJUNCTIONS: WordList = WordList::new(
    "\
& + agus and dan en et eta ir ja kaj och og oraz sowie u. un und ve və with és şi și και и и/или й та і と 与 及 和 與 과 및 \
와 ＆ ",
);
/// Said of people, without the stop: editors and the like.
static ROLES: WordList = WordList::new(
    "\
bearb begr comp compilador compiladores compiler compilers comps coord coordinador coordinadores coordonné coords cur \
curatore curatori dir dirs ed edd edi edit edited editor editores editors editör editörler eds herausgeber \
herausgegeben hg hgg hrg hrsg hrsgg org organizador organizadora organizadores orgs red redaktion redaktor redaktør \
szerk toim tr trad traducteur traductor tradutor trans transl translated translator translators ur éd éditeur éditeurs \
éds üb übers übersetzer перев ред сост трад ヌ 主编 編 編著 编 编著 著 訳 译 ",
);
/// Words that lead a role in front of the names ("edited by", "hrsg. von", "sous la direction de").
static ROLE_STARTS: WordList = WordList::new(
    "\
a af and av by compiled coordinado cura de di direction dirigido dirigé dirigée durch ed ed. editada editado edited \
eds et herausgegeben hg hrsg la onder organizado par pod por redactie redaksi sous trans translated und v von y под \
редакцией ",
);
/// A name that begins so is a body's or a periodical's ("Die Bundesregierung", "El País").
static ARTICLES: WordList = WordList::new(
    "\
as das der die el het il l' la las le les los l’ o os the ",
);
/// Small words that stand inside the names of bodies and never in a person's.
static FUNCTION_WORDS: WordList = WordList::new(
    "\
against an and are at au aux die dla et for from för für im. in is och of on para per pour sobre sur the til till to \
ve voor w with within without z über для и на по при імені ",
);
/// Whole words that name bodies.
static BODY_WORDS: WordList = WordList::new(
    "\
academia agencia agency american amt asamblea asn banco bank banks banque board boards botanic british bureau büro \
canadian center centers centre centres centro centrum cia club coalition cohort collab collaborators comisión comité \
commission consensus corp corps council cour court dept división econ economics eg fao federal fondo fonds forum fund \
fundación fundação gardens genomics global gmbh group groupe groups grupo gruppo health hospital inc industries \
industry investigators investments joint junta kammer klub league legambiente liga limited llc ltd media ministry \
mission museo museum musée nacional national nationale nationaler nato network oecd office oficina organ panel partei \
partido party patrimoine press project protocol province rat region región republic república research royal réseau \
school schools section senado senat senate service services society software srl staat staatliche stadt study survey \
systems task team teams trial trialists trust unesco unicef union unit unite united university verband verein verlag \
werk working workshop world ",
);
/// Beginnings of longer words that name bodies.
static BODY_STEMS: StemList = StemList::new(
    "\
academ académ accadem administra agency agência allianc arbeitsgem arbeitsgr arbeitskr archiv arquivo assembl associ \
ausschuss bakanlığ bibliot bundes centers centre collabor commiss committ communau communiti community conferenc \
congreso congress conselho consort corpora council câmara departa departm deutsche diagnostic dirección direction \
director encuest environmental european europäi fakult federa forschung founda fundaci gesells gouvern govern \
gründerinnen hochschul hospital household imprimerie initiativ inspect institu intergovern internat investm komission \
kommissi konferen laborat landes minister ministr ministèr ministér museum nationa naturschutz netzwerk observator \
organi parlam parliam prefeit presidênc programm publicat publish redakti regierung registr sachverst secretar \
servicegesell sociedad societ sociét sozial statisti stiftung tribunal umwelt univers vereini verwaltung wirtschaft \
wissenschaft yliopist zentral zentrum üniversit академ ассоциац государ институт комитет корпорац министер националь \
общест организац правител президент российск универ управлен федерал федерац центр ",
);
/// Particles that some names print with a capital.
static CAPITAL_PARTICLES: WordList = WordList::new(
    "\
al bin da dal de del della den der di do dos du el la le los mac san st. ter van vander von ",
);
/// Frequent first family names of Spain and Latin America that do not end in -ez.
static IBERIAN_FAMILIES: WordList = WordList::new(
    "\
aguilar aguirre alonso arias blanco bravo cabrera calvo campos cano carmona carrasco castillo castro cortés crespo \
cruz delgado duran durán escobar espinosa figueroa flores fuentes gallardo gallego garcia garcía garrido gil guerrero \
gutierrez herrera hidalgo iglesias jimenez lorenzo lozano marin martin martinez marín mejía mendoza molina montero \
mora morales moreno moya muñoz méndez navarro nieto núñez ortega ortiz palacios parra pascual pastor peña prieto \
quintana ramos rey reyes rivas rivera robles roca rojas romero román rosales rubio ruiz salas salazar salinas santana \
santiago santos serrano silva soler soto torres trujillo valdés valencia vargas vega velasco vicente vidal villanueva ",
);
/// Words at the end of a piece that do not make it a body of its own: "Health and Human Services".
static MODEST_WORDS: WordList = WordList::new(
    "\
affairs agencies development growers health industry planning prevention programmes programs projects research science \
sciences security service services statistics studies systems technology welfare ",
);
/// Frequent family names of China, Korea and Vietnam in Latin script, without tones.
static SINO_FAMILIES: WordList = WordList::new(
    "\
bae bao bui cai cao chan chang chao chen cheng chiang chin chiu cho choi chou chow chu chung cui dai dang deng ding \
dinh dong du duan fan fang feng fu fung gao ge geng gu guo han hao hong hou hsiao hsieh hsu huang huynh hwang jeon \
jeong ji jia jiang jin jung kang kao kim ko koh kong ku kuo kwak kwok kwon lai lam lau le lee lei leung li liang liao \
lim lin ling liu lo lu luo lv ma mai mao meng mo ngo nguyen ni oh ouyang pan pang park pei peng pham phan qi qian qiao \
qin qiu qu ren ruan seo shao shen sheng shi shih shin sim so song su sun tan tang tao teng tian tran trinh tsai tseng \
tu vo vu wan wang wei wen wong wu xia xiang xiao xie xin xing xiong xu xue yan yang yao ye yeh yeo yi yim yin yoo yoon \
you yu yuan yun zeng zhan zhang zhao zheng zhong zhou zhu zhuang zou ",
);
/// Words that begin the name of a part of a body.
static DIVISIONS: WordList = WordList::new(
    "\
abteilung bureau center centre comissão committee congresso conselho council câmara departamento department dept \
dirección directorate division fachbereich faculty institut institute instituto laboratory ministerio ministerium \
ministry ministère ministério office prefeitura presidência referat school secretaria secretariat section sektion \
senado subcommittee unit working ",
);

/// Whether a lower-case word, its stop kept, can be a particle.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.has(word)
}

/// A word that begins the name of a part of a body: "Department", "Abteilung".
pub(super) fn is_division(word: &str) -> bool {
    DIVISIONS.has(word.trim_end_matches('.'))
}

/// A word that names a body only together with others: "Services", "Research".
pub(super) fn is_modest(word: &str) -> bool {
    MODEST_WORDS.has(word)
}

/// A frequent family name of China, Korea or Vietnam; the marks of tones count for nothing.
pub(super) fn is_sino_family(word: &str) -> bool {
    if word.is_ascii() {
        return SINO_FAMILIES.has(word);
    }
    let bare: String = word.nfd().filter(char::is_ascii_alphabetic).collect();
    word.chars().count() <= 6 && bare.chars().count() == word.chars().count() && SINO_FAMILIES.has(&bare)
}

/// A particle that may have a capital, in lower case.
pub(super) fn is_capital_particle(word: &str) -> bool {
    CAPITAL_PARTICLES.has(word)
}

/// A family name that a second one usually follows.
pub(super) fn is_iberian_family(word: &str) -> bool {
    (word.len() > 4 && (word.ends_with("ez") || word.ends_with("éz"))) || IBERIAN_FAMILIES.has(word)
}

/// "Jr.", "III", "3rd": what follows a name.
pub(super) fn is_suffix(word: &str) -> bool {
    SUFFIXES.has(word.trim_end_matches('.'))
}

/// "PhD", "M.D.": a degree, which only a comma tells from initials.
pub(super) fn is_degree(word: &str) -> bool {
    let compact: String = word.chars().filter(|&c| c != '.' && c != ' ').collect();
    DEGREES.has(&compact)
}

/// "and" in any language, in lower case.
pub(super) fn is_conjunction(word: &str) -> bool {
    CONJUNCTIONS.has(word)
}

/// "y", "e", "i", "a": "and" or a part of a family name.
pub(super) fn is_letter_conjunction(word: &str) -> bool {
    matches!(word, "y" | "e" | "i" | "a")
}

/// "Hrsg.", "eds": a role behind a name.
pub(super) fn is_role(word: &str) -> bool {
    ROLES.has(word.trim_end_matches('.'))
}

/// A word of a role in front of names.
pub(super) fn leads_role(word: &str) -> bool {
    ROLE_STARTS.has(word.trim_end_matches('.'))
}

/// An article that begins a body's name when it has a capital.
pub(super) fn is_article(word: &str) -> bool {
    ARTICLES.has(word)
}

/// A small word that stands only in the names of bodies.
pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.has(word)
}

/// A word that names a body: "University", "Ministerium", "Комитет".
pub(super) fn names_body(word: &str) -> bool {
    BODY_WORDS.has(word.trim_end_matches('.')) || (BODY_STEMS.begins(word) && !NOT_BODIES.has(word))
}

/// Family names that begin like the words of bodies.
static NOT_BODIES: WordList = WordList::new(
    "\
archivolti assemblyman associates-x congresson deutschendorf deutschman directo directorson ministero museumsen \
nationson publisherson sociétal sozialski universal ",
);

#[cfg(test)]
mod tests {
    use super::super::super::words::{assert_sorted, assert_stems};
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [
            &PARTICLES,
            &SUFFIXES,
            &DEGREES,
            &CONJUNCTIONS,
            &ROLES,
            &ROLE_STARTS,
            &ARTICLES,
            &FUNCTION_WORDS,
            &BODY_WORDS,
            &NOT_BODIES,
            &MODEST_WORDS,
            &CAPITAL_PARTICLES,
            &SINO_FAMILIES,
            &DIVISIONS,
            &IBERIAN_FAMILIES,
            &super::super::given::GIVEN,
        ] {
            assert_sorted(list);
        }
        assert_stems(&BODY_STEMS);
    }
}
