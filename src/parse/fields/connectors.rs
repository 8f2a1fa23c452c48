//! Words that only connect the parts of a reference: they announce a value ("vol.", "pp.", "doi:") or join parts ("In", "available
//! from"), so that leaving them out of a record loses nothing. Whatever else stands outside every field is kept as a note.

use super::words::{WordList, words};

/// In lower case, without stops, of every language that the training data show.
static CONNECTORS: WordList = WordList::new(
    "\
2e a abgerufen abruf abrufbar abs accedido acceso access accessed accessible acedido acessado acesso adresse ahead \
also am an and appear art article artn arxiv as at aufgerufen aufl auflage available año b band bandes baskı bası bd \
bde be bei besucht besøkt bind by bände c can cap cap. caps central cf ch chap chapter checked cit citado cited \
citováno coll consulta consultada consultado consultata consultato consulted consulté dalam dans dari date de dem den \
der ders derselbe des diambil dies dieselbe dir disponible disponível doi doi.org dostupné dostęp dostępne download \
downloaded dx e e.g. eadem eb ebd ebda ebenda ed edit edited edition editor editors edn eds electronic electronically \
em en eng epub er erişildi erişim es et ex f fasc ff fol for found from from: full g geprüft geraadpleegd gesichtet h \
haettu hal heft held hentet herunterladen hft hg hier hlm hrsg http https hämtad i ibid ibidem ibíd id idem im in \
insbes internet internetquelle isbn iss issn issue issued içinde j jahrg jahrgang jg k kap kapitel książka l la last \
le les letzter lien link loc luettu läst línea medline modified n na ncbi nd nd. no no. nos nr nro number numer numero \
numéro nº núm número nᵒ o ob oclc od of on online op org orgs original p pag page pages pagg paper part per pg pii pl \
place pmc pmcid pmid pobrano pp presented prieiga print printed pristupljeno pt published pubmed pubmedcentral pág \
página páginas págs q quelle r rd re recuperado red repéré retirado retrieved roč s saatavissa see seite seiten ser \
siehe sq ss st stand sur sv svazek sy t t.ж teil teoksessa text th the tilgjengelig tilgänglig tilgængelig to tom tome \
tomes tomo traduction tradução trans transl translated u udg und unter updated uppl url url: v valide verfügbar \
verified version vgl via viewed visitado visited vol vols volume vom von vyd w web with work wos www y z zitiert zp zu \
zugegriffen zugriff zuletzt zum zur zv ª º à åpnet år årgang ème éd íbid în übers übersetzt č číslo žiūrėta в вып год \
дата изд к кн обращения от под р ред с сс стр т том у در في № ページ 于 入手先 卷 参照 収録 取自 号 在 巻 所収 所收 收入 日期 期 检索 検索日 檢索 版 第 見 \
见 访问 載 载 閲覧 閲覧日 頁 页 검색 권 에서 접근된 접속 제 조회 집 쪽 호 ",
);
/// Labels of links that publishers and databases add behind references.
static LINK_WORDS: WordList = WordList::new(
    "\
abstract ads article cas central chemport cross crossref francis free full google hal inspire isi links mathscinet \
medline ncbi of pdf pmc publisher pubmed ref scholar science sciencedirect scopus search springerlink taylor text view \
web wos zentralblatt ",
);

/// Whether a word, in lower case and without stops, is only a connector.
pub(super) fn connects(word: &str) -> bool {
    CONNECTORS.has(word)
}

/// Whether `text` is only the label of a link: "PubMed", "[Google Scholar]".
pub(super) fn is_link_label(text: &str) -> bool {
    let mut words = words(text).peekable();
    words.peek().is_some() && words.all(|word| LINK_WORDS.has(&word.to_lowercase()) || is_number(word))
}

/// A number behind such a label ("PubMed: 12345") is the database's, not the work's.
fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::words::assert_sorted;
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert_sorted(&CONNECTORS);
        assert_sorted(&LINK_WORDS);
    }

    #[test]
    fn labels_of_links() {
        assert!(is_link_label("[Google Scholar]"));
        assert!(is_link_label("View Article"));
        assert!(!is_link_label("Received 12 May 2019"));
    }
}
