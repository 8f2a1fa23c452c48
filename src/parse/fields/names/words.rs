//! Words of names: particles, suffixes, conjunctions, "et al.", roles, and the words that tell a body from a person.
//!
//! Every list is in lower case, sorted by bytes, parted by blanks; see [`listed`].

use super::super::words::{begins_with_stem, listed};

/// In front of a family name: Romance, Dutch, German, Scandinavian, Arabic, Hebrew, Celtic.
const PARTICLES: &str = "\
'n 's 't abu af al ap auf av bar ben bin bint d' da dal dall' dalla dalle das de de' degli dei del dela dell' della \
delle dello dem den der des de’ di do dos du d’ e el het i ibn im l' la las le les lo los l’ op ould st. t' te ten ter \
und v. v.d v.d. van vande vanden vander vom von von.d y zu zum zur ’s ’t ";
/// Behind a name, without the stop; degrees count only behind a comma.
const SUFFIXES: &str = "\
2nd 3rd 4th esq fils ii iii iv jnr jr jun junr père sen snr sr ";
/// Degrees and orders.
const DEGREES: &str = "\
bsc dds dphil dvm facs mba md mph msc ofm op osb phd rn sj ";
/// "And" in a list of names; single letters are asked for apart.
const CONJUNCTIONS: &str = "\
& + agus and dan en et eta ir ja kaj och og oraz sowie u. un und ve və with és şi și και и и/или й та і と 与 及 和 與 및 ＆ ";
/// Said of people, without the stop: editors and the like.
const ROLES: &str = "\
bearb begr comp compilador compiladores compiler compilers comps coord coordinador coordinadores coordonné coords cur \
curatore curatori dir dirs ed edd edi edit edited editor editores editors editör editörler eds herausgeber \
herausgegeben hg hgg hrg hrsg hrsgg org organizador organizadora organizadores orgs red redaktion redaktor redaktør \
szerk toim tr trad traducteur traductor tradutor trans transl translated translator translators ur éd éditeur éditeurs \
éds üb übers übersetzer перев ред сост трад ヌ 主编 編 編著 编 编著 著 訳 译 ";
/// Words that lead a role in front of the names ("edited by", "hrsg. von", "sous la direction de").
const ROLE_STARTS: &str = "\
a af and av by compiled coordinado cura de di direction dirigido dirigé dirigée durch ed ed. editada editado edited \
eds et herausgegeben hg hrsg la onder organizado par pod por redactie redaksi sous trans translated und v von y под \
редакцией ";
/// A name that begins so is a body's or a periodical's ("Die Bundesregierung", "El País").
const ARTICLES: &str = "\
as das de der die el het il l' la las le les lo los l’ o os the ";
/// Small words that stand inside the names of bodies and never in a person's.
const FUNCTION_WORDS: &str = "\
against an and are at au aux die dla et for from för für im. in is och of on para per pour sobre sur the til till to \
ve voor w with within without z über для и на по при імені ";
/// Beginnings of the words that name bodies.
const BODY_STEMS: &str = "\
academ académ accademi administra agen agência akadem allianc amnesty amt anstalt arbeitsgemein arbeitsgrupp \
arbeitskreis archiv asamblea asocia assembl assoc ausschuss author autorité ayuntamiento bakanlığ bank banque bibliote \
biblioth bundes bureau büro canadian cancer cent cia club coalici coalition colectivo collabor collectiv college \
collège collègue comisi comissão comité commission committee communaut community compan confedera conferenc confédéra \
congreso congress conseil consejo consel consorci consort consult coopera corp council cour câmara depart deutsche \
dirección direction directorat division działalno département ec-funded empresa enterpris environmental equipo \
european europäi evropsk fachhoch fakult federa fond forschung forum foundation fraktion fund fédéra gesellschaft gmbh \
gouvern govern group grupo gruppo health hochschule hospit hôpital imprimerie inc industr iniciativ initiative \
inspection instit instytut intergovern internat invest inštitut junta kammer klub kolleg komisj komission komitee \
kommission konferen konsort konzern korea-based kurum laborat landes league library liga limited llc ltd ländern \
medien minist mission movimiento museo museum musée nacional narodow nation naturschutz network netzwerk northern \
observato office oficina ogranic ordem organi parlament parliament partei parti państw polic polizei press programm \
projec projek provinc public publish rat realacad red regierung region registry republic repúbl research royal réseau \
sachverständigen school schule secretar sekretariat senado senat servic sociedad society società société sozial spolek \
staat stadt stat stiftung studenten studiengruppe survey svet syndicat széchenyi task team tribunal trust társaság \
umwelt unesco unicef union unite univer urząd verband verein verlag verwaltung werk wirtschaft working world yliopisto \
zentral zentrum ústav üniversite академ ассоциац банк государ институт комит корпорац министер музей национ общест \
организац правител президент российск совет союз универ управлен федерал федерац фонд центр ";
/// Particles that some names print with a capital.
const CAPITAL_PARTICLES: &str = "\
al bin da dal de del della den der di do dos du el la le los mac san st. ter van vander von ";
/// Frequent first family names of Spain and Latin America that do not end in -ez.
const IBERIAN_FAMILIES: &str = "\
aguilar aguirre alonso arias blanco bravo cabrera calvo campos cano carmona carrasco castillo castro cortés crespo \
cruz delgado duran durán escobar espinosa figueroa flores fuentes gallardo gallego garcia garcía garrido gil guerrero \
gutierrez herrera hidalgo iglesias jimenez lorenzo lozano marin martin martinez marín mejía mendoza molina montero \
mora morales moreno moya muñoz méndez navarro nieto núñez ortega ortiz palacios parra pascual pastor peña prieto \
quintana ramos rey reyes rivas rivera robles roca rojas romero román rosales rubio ruiz salas salazar salinas santana \
santiago santos serrano silva soler soto torres trujillo valdés valencia vargas vega velasco vicente vidal villanueva ";
/// Words that begin the name of a part of a body.
const DIVISIONS: &str = "\
abteilung bureau center centre committee council departamento department dept dirección directorate division \
fachbereich faculty institut institute instituto laboratory ministerio ministerium ministry ministère office referat \
school secretariat section sektion subcommittee unit working ";

/// Whether a lower-case word, its stop kept, can be a particle.
pub(super) fn is_particle(word: &str) -> bool {
    listed(PARTICLES, word)
}

/// A word that begins the name of a part of a body: "Department", "Abteilung".
pub(super) fn is_division(word: &str) -> bool {
    listed(DIVISIONS, word.trim_end_matches('.'))
}

/// A particle that may have a capital, in lower case.
pub(super) fn is_capital_particle(word: &str) -> bool {
    listed(CAPITAL_PARTICLES, word)
}

/// A family name that a second one usually follows.
pub(super) fn is_iberian_family(word: &str) -> bool {
    (word.len() > 4 && (word.ends_with("ez") || word.ends_with("éz"))) || listed(IBERIAN_FAMILIES, word)
}

/// "Jr.", "III", "3rd": what follows a name.
pub(super) fn is_suffix(word: &str) -> bool {
    listed(SUFFIXES, word.trim_end_matches('.'))
}

/// "PhD", "M.D.": a degree, which only a comma tells from initials.
pub(super) fn is_degree(word: &str) -> bool {
    let compact: String = word.chars().filter(|&c| c != '.' && c != ' ').collect();
    listed(DEGREES, &compact)
}

/// "and" in any language, in lower case.
pub(super) fn is_conjunction(word: &str) -> bool {
    listed(CONJUNCTIONS, word)
}

/// "y", "e", "i", "a": "and" or a part of a family name.
pub(super) fn is_letter_conjunction(word: &str) -> bool {
    matches!(word, "y" | "e" | "i" | "a" | "u" | "o")
}

/// "Hrsg.", "eds": a role behind a name.
pub(super) fn is_role(word: &str) -> bool {
    listed(ROLES, word.trim_end_matches('.'))
}

/// A word of a role in front of names.
pub(super) fn leads_role(word: &str) -> bool {
    listed(ROLE_STARTS, word.trim_end_matches('.'))
}

/// An article that begins a body's name when it has a capital.
pub(super) fn is_article(word: &str) -> bool {
    listed(ARTICLES, word)
}

/// A small word that stands only in the names of bodies.
pub(super) fn is_function_word(word: &str) -> bool {
    listed(FUNCTION_WORDS, word)
}

/// A word that names a body: "University", "Ministerium", "Комитет".
pub(super) fn names_body(word: &str) -> bool {
    word.len() > 2 && begins_with_stem(BODY_STEMS, word) && !listed(NOT_BODIES, word)
}

/// Family names that begin like the words of bodies.
const NOT_BODIES: &str = "\
academia agenor agent amthor amtmann assocs banker bankes banko bankole banks bankston bureaux cancel cancela \
cancelliere centeno centers centner centola club clubb clubbe companys conferencia consultant cooper cooperider \
cooperman coopersmith cooperstock corpas corpus court courteau courtenay courtney courtois courtright courts \
courtwright federle fonda fondevila fondén fonseca forumsen fundingsland fundora grouper healthcote healthy heathcote \
inca incalza incardona incecik incer incera incropera incze industrie internicola investigador kammerer kolleger \
laborator leaguer libran ligand ministro missiaen museveni nationals nationson officer orderson organista partin \
parting policarpo policastro presser pressley pressman presson projecto provincial provinciale publicover ratan \
ratcliffe rateau rath rathbone rather rathgeber rathje ratner ratti rattray ratz ratzinger redding reddy rede redfield \
redgrave reding redlich redman redmond regionald regis researcher roy royalty schulen schulenburg schuler schulern \
schules schulman schulmeister schulte schulten schultheiss schultz schultze schulz schulze schulzke senator senatore \
servis staats stadler stadtler stata stateman staten statham stationery statius statler staton statti stewart teams \
trustman trustram unionn universal werker werkman worldman worley ";

#[cfg(test)]
mod tests {
    use super::super::super::words::assert_sorted;
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [
            PARTICLES,
            SUFFIXES,
            DEGREES,
            CONJUNCTIONS,
            ROLES,
            ROLE_STARTS,
            ARTICLES,
            FUNCTION_WORDS,
            BODY_STEMS,
            NOT_BODIES,
            CAPITAL_PARTICLES,
            DIVISIONS,
            IBERIAN_FAMILIES,
            super::super::given::GIVEN,
        ] {
            assert_sorted(list);
        }
    }
}
