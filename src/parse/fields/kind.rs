//! What kind of work a reference describes: documented rules over the fields that were found and the words in them.
//!
//! The first rule that holds decides:
//!
//! 1. a word of genre or medium ("PhD thesis", "[Data set]", "博士论文", the codes of GB/T 7714: "[J]", "[EB/OL]");
//! 2. a number's shape (patents, standards); a court, a case's name ("A v. B"), a law's title or gazette (`law.rs`);
//! 3. an e-print number without a journal, or an e-print server as the journal: a preprint;
//! 4. what the container is: encyclopedia, proceedings, newspaper, magazine, web site;
//! 5. beside a container: a volume or an issue makes it a journal; an editor, "In" or a publisher makes it a book;
//! 6. without a container: event, series of reports, address without publisher, publisher or place.

use crate::record::{Kind, Record, Variable};

use super::law;
use super::words::{StemList, WordList, words};

/// What the rules look at beside the record: where words stood.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    /// "In" or its like stands in front of the container's title.
    pub(super) inside: bool,
    /// The date has a day or a month.
    pub(super) month: bool,
}

/// The kind of `record`.
pub(super) fn guess(record: &Record, context: Context) -> Kind {
    let facts = Facts::of(record, context);
    facts
        .by_genre()
        .or_else(|| facts.by_number())
        .or_else(|| facts.by_law())
        .or_else(|| facts.by_eprint())
        .unwrap_or_else(|| if facts.container.is_empty() { facts.alone() } else { facts.contained() })
}

/// The fields in lower case, and which are there.
struct Facts<'r> {
    record: &'r Record,
    context: Context,
    genre: String,
    title: String,
    container: String,
    publisher: String,
    number: String,
}

impl<'r> Facts<'r> {
    fn of(record: &'r Record, context: Context) -> Self {
        let plain = |variable| record.get(variable).map(|value| value.to_plain().to_lowercase()).unwrap_or_default();
        let mut genre = plain(Variable::Genre);
        for more in [Variable::Medium, Variable::Status] {
            if record.has(more) {
                genre.push(' ');
                genre.push_str(&plain(more));
            }
        }
        Self {
            record,
            context,
            genre,
            title: plain(Variable::Title),
            container: plain(Variable::ContainerTitle),
            publisher: plain(Variable::Publisher),
            number: plain(Variable::Number),
        }
    }

    fn has(&self, variable: Variable) -> bool {
        self.record.has(variable)
    }

    fn any(&self, variables: &[Variable]) -> bool {
        variables.iter().any(|&variable| self.has(variable))
    }

    fn by_genre(&self) -> Option<Kind> {
        if self.genre.is_empty() {
            return None;
        }
        let code = self.genre.trim().split('/').next().unwrap_or_default();
        let kind = match code {
            "j" => Kind::ArticleJournal,
            "m" => {
                if self.container.is_empty() {
                    Kind::Book
                } else {
                    Kind::Chapter
                }
            }
            "g" => Kind::Book,
            "d" => Kind::Thesis,
            "c" => Kind::PaperConference,
            "n" => Kind::ArticleNewspaper,
            "r" => Kind::Report,
            "s" => Kind::Standard,
            "p" => Kind::Patent,
            "eb" => Kind::Webpage,
            "cp" => Kind::Software,
            "db" | "ds" => Kind::Dataset,
            _ => {
                return genre_kind(
                    &self.genre,
                    !self.container.is_empty() && self.any(&[Variable::Volume, Variable::Page]),
                );
            }
        };
        Some(kind)
    }

    fn by_number(&self) -> Option<Kind> {
        if self.container.is_empty() {
            if is_patent(&self.number) {
                return Some(Kind::Patent);
            }
            let coded =
                STANDARD_CODES.has(first_word(&self.number)) && self.number.contains(|c: char| c.is_ascii_digit());
            if coded || is_standard(&self.number) || is_standard(&self.title) || has_word(&self.number, "rfc") {
                return Some(Kind::Standard);
            }
        }
        None
    }

    fn by_law(&self) -> Option<Kind> {
        let placed = !self.container.is_empty();
        if !self.has(Variable::Author) {
            // A book about a case has a publisher, and stands in nothing.
            let report = placed || !self.has(Variable::Publisher) || self.has(Variable::Number);
            if law::is_case(&self.title) && report {
                return Some(Kind::LegalCase);
            }
            if placed && law::is_treaty(&self.title) && law::is_treaty_series(&self.container) {
                return Some(Kind::Treaty);
            }
            if law::is_bill(&self.number) && !placed {
                return Some(Kind::Bill);
            }
            if law::is_act(&self.title) && !self.any(&[Variable::Publisher, Variable::Isbn, Variable::NumberOfPages]) {
                return Some(Kind::Legislation);
            }
        } else if self.is_body()
            && law::is_court(&self.author(), self.title.is_empty())
            && !self.has(Variable::Publisher)
            && (placed || self.has(Variable::Number))
        {
            return Some(Kind::LegalCase);
        }
        (placed && law::is_gazette(&self.container)).then_some(Kind::Legislation)
    }

    fn by_eprint(&self) -> Option<Kind> {
        let server = words(&self.container).next().is_some_and(|word| EPRINT_SERVERS.has(word));
        let published = self.any(&[Variable::Volume, Variable::Page]) && !server;
        let address = self.container.is_empty()
            && (self.url().contains("arxiv.org/abs/")
                || self.url().contains("arxiv.org/pdf/")
                || self.has_doi(&["10.48550/"]));
        if address {
            return Some(Kind::Article);
        }
        let numbered = self.has(Variable::Eprint)
            && (self.container.is_empty() || !published && words(&self.container).count() < 2);
        (numbered || (server && !self.has(Variable::Issue))).then_some(Kind::Article)
    }

    /// The work is part of something.
    fn contained(&self) -> Kind {
        let periodical = self.any(&[Variable::Volume, Variable::Issue]);
        let book = self.any(&[Variable::Editor, Variable::Publisher, Variable::PublisherPlace, Variable::Isbn]);
        let stem = |stems: &StemList| words(&self.container).any(|word| stems.begins(word));
        if stem(&REFERENCE_STEMS) && !self.has(Variable::Issue) && !stem(&JOURNAL_STEMS) {
            // A dictionary of people or music is an encyclopedia; one of a language is not.
            let dictionary = stem(&DICTIONARY_STEMS) && stem(&LANGUAGE_STEMS);
            return if dictionary { Kind::EntryDictionary } else { Kind::EntryEncyclopedia };
        }
        let meeting = words(&self.container).any(|word| MEETINGS.has(word))
            && !self.has(Variable::Issue)
            && !stem(&JOURNAL_STEMS);
        if (meeting || stem(&PROCEEDINGS_STEMS) || self.container.contains("会议") || self.container.contains("学会"))
            && !self.is_academy_journal()
        {
            return Kind::PaperConference;
        }
        if self.has(Variable::EventTitle) || PROCEEDINGS_SERIES.iter().any(|name| self.series().starts_with(name)) {
            return Kind::PaperConference;
        }
        if self.is_newspaper() && !self.any(&[Variable::Editor, Variable::Publisher, Variable::Isbn]) {
            return Kind::ArticleNewspaper;
        }
        if words(&self.container).count() <= 3 && words(&self.container).any(|word| REPOSITORIES.has(word)) {
            return self.deposit();
        }
        if MAGAZINES.has(&self.container.replace(' ', "_")) {
            return Kind::ArticleMagazine;
        }
        let online = self.has(Variable::Url) && !periodical && !self.has(Variable::Page);
        let site = is_site(&self.container);
        if (site || online && self.has(Variable::Accessed)) && !book && !periodical {
            return if self.is_blog() { Kind::PostWeblog } else { Kind::Webpage };
        }
        match (periodical, book) {
            (true, false) => Kind::ArticleJournal,
            (false, true) => Kind::Chapter,
            (true, true) => {
                let journal = self.has(Variable::Issue) || stem(&JOURNAL_STEMS);
                if self.has(Variable::Editor) || (self.context.inside && !journal) {
                    Kind::Chapter
                } else {
                    Kind::ArticleJournal
                }
            }
            (false, false) if self.context.inside && !stem(&JOURNAL_STEMS) => Kind::Chapter,
            (false, false) if online && self.is_blog() => Kind::PostWeblog,
            (false, false) if online => Kind::Webpage,
            (false, false) => Kind::ArticleJournal,
        }
    }

    /// "Proceedings of the National Academy of Sciences" is a journal: a volume and no publisher, editor or "In".
    fn is_academy_journal(&self) -> bool {
        let journal = words(&self.container)
            .any(|word| ACADEMY_STEMS.begins(word) || matches!(word, "ieee" | "vldb" | "acm" | "soc"));
        // "Journal of Physics: Conference Series".
        if self.has(Variable::Volume) && first_word(&self.container) == "journal" {
            return true;
        }
        let dated = self.container.contains(|c: char| c.is_ascii_digit());
        let book = self.any(&[Variable::Editor, Variable::Publisher, Variable::PublisherPlace]) || self.context.inside;
        self.has(Variable::Volume) && !dated && !book && (journal || self.has(Variable::Issue))
    }

    fn is_newspaper(&self) -> bool {
        let named = NEWSPAPERS.has(&self.container.replace(' ', "_").replace('.', ""));
        let worded = (words(&self.container).any(|word| NEWSPAPER_WORDS.has(word))
            || ["日报", "日報", "晚报", "晚報", "新聞", "신문", "일보"]
                .iter()
                .any(|word| self.container.ends_with(word)))
            && self.context.month;
        // "A12": a page of a newspaper's section.
        let page = self.record.page().and_then(|pages| pages.first()).unwrap_or_default().as_bytes();
        let sectioned = matches!(page, [b'A'..=b'F', b'0'..=b'9'] | [b'A'..=b'F', b'0'..=b'9', b'0'..=b'9']);
        let numbered = self.has(Variable::Volume) || self.has(Variable::Issue);
        (named || worded || (sectioned && self.context.month && !numbered))
            && !(self.has(Variable::Volume) && self.has(Variable::Page))
    }

    fn url(&self) -> &str {
        self.record.url().map_or("", |url| url.as_str())
    }

    fn has_doi(&self, prefixes: &[&str]) -> bool {
        self.record.doi().is_some_and(|doi| prefixes.iter().any(|prefix| doi.as_str().starts_with(prefix)))
    }

    fn author(&self) -> String {
        self.record
            .author()
            .and_then(|names| names.list.first())
            .map(|name| name.to_string().to_lowercase())
            .unwrap_or_default()
    }

    /// Whether the first author may be a body: nobody's given name is known ("Walton RG" is no court of the German Reich).
    fn is_body(&self) -> bool {
        let first = self.record.author().and_then(|names| names.list.first());
        first.is_some_and(|name| name.as_person().is_none_or(|person| person.given.is_empty()))
    }

    fn series(&self) -> String {
        self.record.get(Variable::CollectionTitle).map(|value| value.to_plain().to_lowercase()).unwrap_or_default()
    }

    /// A body that publishes its own work, under its name or its initials.
    fn publishes_itself(&self) -> bool {
        let author = self.author();
        let small =
            |word: &str| matches!(word, "and" | "for" | "of" | "the" | "en" | "de" | "des" | "für" | "und" | "et");
        let is_initials = |all: bool| {
            let chosen = words(&author).filter(|word| all || !small(word));
            chosen.filter_map(|word| word.chars().next()).eq(self.publisher.chars())
        };
        self.publisher.chars().nth(1).is_some()
            && words(&author).nth(1).is_some()
            && (self.publisher == author || is_initials(true) || is_initials(false))
    }

    fn is_blog(&self) -> bool {
        let url = self.url();
        has_stem(&self.container, "blog")
            || ["blog.", "/blog", "blogspot", "wordpress.com", "medium.com/", "substack.com", "tumblr.com"]
                .iter()
                .any(|mark| url.contains(mark))
    }

    /// What a repository keeps: a program where a version or the title says so, else data.
    fn deposit(&self) -> Kind {
        let program = self.has(Variable::Version)
            || words(&self.title).any(|word| matches!(word, "software" | "package" | "toolbox" | "code" | "library"));
        if program { Kind::Software } else { Kind::Dataset }
    }

    /// The work stands alone.
    fn alone(&self) -> Kind {
        let published = self.any(&[
            Variable::Publisher,
            Variable::PublisherPlace,
            Variable::Isbn,
            Variable::Edition,
            Variable::NumberOfPages,
        ]);
        let repository = words(&self.publisher).any(|word| REPOSITORIES.has(word));
        if self.has(Variable::Recipient) {
            return Kind::PersonalCommunication;
        }
        if self.any(&[Variable::Archive, Variable::ArchiveLocation]) && !self.has(Variable::Publisher) {
            return Kind::Manuscript;
        }
        // French editors are "dir.", too: what has a place or a size is a book.
        let size = self.any(&[Variable::PublisherPlace, Variable::NumberOfPages, Variable::Page, Variable::Isbn]);
        if self.has(Variable::Director) && !size {
            return Kind::MotionPicture;
        }
        if repository || self.has_doi(&["10.1594/", "10.5061/", "10.5281/", "10.6084/", "10.7910/"]) {
            return self.deposit();
        }
        let made = |text: &str| words(text).any(|word| STANDARD_MAKERS.begins(word));
        let ieee = has_word(&self.publisher, "ieee") && has_stem(&self.title, "standard");
        if made(&self.publisher) || ieee || made(&self.author()) {
            return Kind::Standard;
        }
        if words(&self.publisher).any(|word| EPRINT_SERVERS.has(word)) {
            return Kind::Article;
        }
        if self.has(Variable::EventTitle) {
            return Kind::PaperConference;
        }
        if self.has(Variable::Version) && !self.has(Variable::Editor) {
            return Kind::Software;
        }
        if words(&self.series()).any(|word| REPORT_SERIES_STEMS.begins(word))
            || (self.has(Variable::Number) && !self.has(Variable::Isbn))
        {
            return Kind::Report;
        }
        if words(&self.publisher).any(|word| EPRINT_SERVERS.has(word)) {
            return Kind::Article;
        }
        let online = self.has(Variable::Url);
        let bookish = self.any(&[
            Variable::PublisherPlace,
            Variable::Isbn,
            Variable::Edition,
            Variable::NumberOfPages,
            Variable::Editor,
        ]);
        if online
            && !bookish
            && ["github.com/", "pypi.org/", "cran.r-project.org/", "gitlab.com/"]
                .iter()
                .any(|host| self.url().contains(host))
        {
            return Kind::Software;
        }
        if online && self.is_blog() && !published {
            return Kind::PostWeblog;
        }
        if online && (self.has(Variable::Accessed) || !published) && !bookish {
            return if self.has(Variable::Publisher) && !self.has(Variable::Accessed) {
                Kind::Report
            } else {
                Kind::Webpage
            };
        }
        if self.any(&[Variable::Volume, Variable::Page]) && !published && !self.has(Variable::Editor) {
            return if self.has(Variable::Volume) { Kind::ArticleJournal } else { Kind::Document };
        }
        if self.publishes_itself() && !self.any(&[Variable::Edition, Variable::Isbn]) {
            return Kind::Report;
        }
        if published || self.has(Variable::Editor) {
            return Kind::Book;
        }
        if self.has(Variable::Accessed) {
            return Kind::Webpage;
        }
        Kind::Document
    }
}

/// The kind that words of genre name. `placed` says that the work stands in a container with volume or pages.
fn genre_kind(genre: &str, placed: bool) -> Option<Kind> {
    if genre.contains("data set") || genre.trim() == "data" {
        return Some(Kind::Dataset);
    }
    GENRES.iter().find(|(stems, _)| words(genre).any(|word| stems.begins(word)) || stems.inside(genre)).and_then(
        |(_, kind)| match *kind {
            // "abstract", "review" and "letter" of a journal stay articles.
            Kind::Manuscript | Kind::PersonalCommunication | Kind::Review if placed => None,
            kind => Some(kind),
        },
    )
}

fn first_word(text: &str) -> &str {
    words(text).next().unwrap_or_default()
}

fn has_word(text: &str, wanted: &str) -> bool {
    words(text).any(|word| word == wanted)
}

fn has_stem(text: &str, stem: &str) -> bool {
    words(text).any(|word| word.starts_with(stem))
}

/// "US 6,549,717 B2", "EP1234567A1", "WO 2006/6238": the code of an office and at least five figures.
fn is_patent(number: &str) -> bool {
    let office: String = number
        .chars()
        .take_while(|c| c.is_alphabetic() || matches!(c, ' ' | '.'))
        .filter(|c| c.is_alphabetic())
        .collect();
    let figures = number.bytes().filter(u8::is_ascii_digit).count();
    let known = matches!(
        office.as_str(),
        "us" | "ep"
            | "wo"
            | "de"
            | "gb"
            | "jp"
            | "fr"
            | "cn"
            | "zl"
            | "kr"
            | "ru"
            | "ca"
            | "au"
            | "uspatentno"
            | "patentno"
    );
    let published = ["特開", "特願", "特許", "特公", "실용", "专利"].iter().any(|word| number.contains(word));
    (known && figures >= 5) || number.contains("patent") || published
}

/// "ISO 9001:2015", "IEEE Std 802.11", "DIN EN 1045".
fn is_standard(text: &str) -> bool {
    let mut all = words(text);
    let body = all.next().is_some_and(|word| STANDARD_BODIES.has(word));
    body && all.take(4).any(|word| word.starts_with(|c: char| c.is_ascii_digit()) || word == "std")
}

/// A site's address or name: "example.org", "Wikipedia".
fn is_site(container: &str) -> bool {
    !container.contains(' ')
        && container.rsplit_once('.').is_some_and(|(host, top)| {
            host.len() > 2
                && matches!(top, "com" | "org" | "net" | "de" | "edu" | "gov" | "io" | "fr" | "uk" | "eu" | "info")
        })
}

/// Servers of e-prints.
static EPRINT_SERVERS: WordList = WordList::new(
    "\
arxiv biorxiv chemrxiv corr engrxiv medrxiv osf preprint preprints psyarxiv socarxiv ssrn techrxiv vixra ",
);

/// Beginnings of the words for encyclopedias and dictionaries.
static REFERENCE_STEMS: StemList = StemList::new(
    "\
ansiklop britannica diccionar dictionary dictionnair dizionar enciclop encyclop encyklop enzyklop handwörterb lexikon \
słownik wikipedi wörterb словар энциклоп ",
);

/// Beginnings of the words for proceedings and meetings.
static PROCEEDINGS_STEMS: StemList = StemList::new(
    "\
abstracts actas actes akten atti colloq conf congr kolloqu konferen kongre meeting proc summit symp tagung workshop \
конф съезд ",
);

/// Beginnings of the words for series of reports.
static REPORT_SERIES_STEMS: StemList = StemList::new(
    "\
arbeitspapier bericht discussion diskussionspapier informe memorand policy rapport report technical working ",
);

/// Short names of conferences whose papers are cited by that name alone.
static MEETINGS: WordList = WordList::new(
    "\
aaai aamas acl aips aistats aosd asplos ccs chi cikm coling colt conll cscw cvpr dac date digra eacl eccv ecdl ecml \
ecoop emnlp eumas eurocrypt focs hpca icann icaps icassp iccv icdm iclr icml icra icse icwsm ijcai ijcnlp infocom \
interspeech ipdps iros isca iswc iva jcdl kdd lics lpnmr lrec miccai micro mobicom naacl neurips nips nsdi oopsla osdi \
pkdd pldi pods popl ranlp recital rtss sdm semeval siggraph sigir sigmod soda sosp splash stoc taln uai uist usenix \
wsdm www ",
);

/// Beginnings of the names of bodies that publish standards and little else.
static STANDARD_MAKERS: StemList = StemList::new(
    "\
astm ecma normalisation normalización normung standardi ",
);

/// Beginnings of the words for periodicals.
static JOURNAL_STEMS: StemList = StemList::new(
    "\
acta ann arch bull dergi j lett magazin quarterly rev rivista tidskrift tidsskrift trans z časopis вестник журнал \
известия ",
);

/// Newspapers, blanks as low lines.
static NEWSPAPERS: WordList = WordList::new(
    "\
abc aftenposten algemeen_dagblad berlingske boston_globe chicago_tribune clarín corriere_della_sera dagens_nyheter \
daily_mail daily_telegraph de_morgen de_standaard de_volkskrant der_standard der_tagesspiegel die_presse \
die_tageszeitung die_welt die_zeit el_mercurio el_mundo el_pais el_país el_tiempo el_universal evening_standard \
expresso faz financial_times folha_de_s_paulo folha_de_são_paulo frankfurter_allgemeine_zeitung frankfurter_rundschau \
gazeta_wyborcza guardian haaretz handelsblatt helsingin_sanomat il_sole_24_ore jornal_do_brasil jyllands-posten \
la_croix la_jornada la_nación la_presse la_repubblica la_stampa la_vanguardia le_devoir le_figaro le_monde le_soir \
les_echos lianhe_zaobao libération lidové_noviny los_angeles_times mladá_fronta_dnes neue_zürcher_zeitung \
new_york_times nrc_handelsblad nzz o_estado_de_s_paulo o_globo politico politiken página_12 público rzeczpospolita \
san_francisco_chronicle south_china_morning_post sueddeutsche_zeitung svenska_dagbladet süddeutsche_zeitung \
tagesspiegel tageszeitung taz the_age the_australian the_baltimore_sun the_boston_globe the_daily_telegraph \
the_financial_times the_globe_and_mail the_guardian the_hindu the_independent the_irish_times the_jerusalem_post \
the_new_york_times the_observer the_philadelphia_inquirer the_scotsman the_straits_times the_sun \
the_sydney_morning_herald the_telegraph the_times the_times_of_india the_wall_street_journal the_washington_post \
toronto_star trouw usa_today wall_street_journal washington_post welt_am_sonntag zeit известия коммерсантъ правда \
الأهرام 人民日报 朝日新聞 読売新聞 ",
);

/// Words of newspapers' names; with a month in the date they decide.
static NEWSPAPER_WORDS: WordList = WordList::new(
    "\
anzeiger chronicle courier daily diario dispatch gazeta gazette giornale globe guardian herald inquirer jornal \
journal-constitution nachrichten news post rundschau tageblatt telegraph times tribune zeitung газета 新聞 日报 晚报 ",
);

/// Magazines, blanks as low lines.
static MAGAZINES: WordList = WordList::new(
    "\
bloomberg_businessweek business_week businessweek cicero der_spiegel discover economist focus forbes \
foreign_policy_magazine fortune harper's_magazine harvard_magazine l'espresso l'express l'obs le_point \
mit_technology_review national_geographic new_scientist new_yorker newsweek panorama profil rolling_stone \
scientific_american slate spiegel stern technology_review the_atlantic the_atlantic_monthly the_economist the_nation \
the_new_yorker the_verge time vanity_fair wired ",
);

/// Beginnings of the words for dictionaries.
static DICTIONARY_STEMS: StemList = StemList::new("diccionar dictionar dictionnair dizionar słownik wörterb словар");

/// Beginnings of the words that tell a dictionary of a language.
static LANGUAGE_STEMS: StemList = StemList::new("english etymolog language langue lengua sprach wörterb");

/// Beginnings of the words for bodies whose proceedings are journals.
static ACADEMY_STEMS: StemList = StemList::new("acad inst natl sociedad society trans");

/// Repositories of data.
static REPOSITORIES: WordList = WordList::new(
    "\
dataverse dryad figshare icpsr mendeley_data openneuro pangaea zenodo ",
);

/// Bodies whose name begins the number of a standard.
static STANDARD_BODIES: WordList = WordList::new(
    "\
3gpp ansi api asme astm bs cen din ecma en etsi gb iec ieee iso itu jis nf nist oasis sae w3c гост ",
);

/// What begins the number of a national standard, but may begin a title, too.
static STANDARD_CODES: WordList = WordList::new(
    "\
aashto abnt aci as ds jgj ks mil nbr nen nmx nom ns ntc nte onorm pn sae sfs sni sp ss stn tcvn tgl ts ul une \
uni vde vdi önorm čsn дсту снип сп стб ",
);

/// Series in which nearly all that has authors of its own is a paper of a meeting.
static PROCEEDINGS_SERIES: [&str; 4] =
    ["lncs", "lnai", "lecture notes in computer science", "lecture notes in artificial intelligence"];

/// Beginnings of the words of genres, the surer first.
static GENRES: [(StemList, Kind); 24] = [
    (
        StemList::new(
            "\
avhandling bachelor bakalář diplomarbeit diplomov disertac disertas disertač diss doctor doktor dphil gradu \
habilitation hovedoppgave kandidat lisensiat lizentiat magistarski magister master mestrado mphil mémoire \
opinnäyte phd proefschrift rozprawa scriptie skripsi speciale staatsexamensarbeit szakdolgozat tese tesi tez \
tezi thes thès väitös zulassungsarbeit értekez διατριβ διπλωματικ автореф дис дисерт диссерт חיבור עבודת \
أطروحة رسالة رساله پایان 修士 博士 学位 硕士 碩士 論文 학위 ",
        ),
        Kind::Thesis,
    ),
    (StemList::new("brevet kokai offenlegungsschrift patent schutzrecht пат патент 专利 特許"), Kind::Patent),
    (StemList::new("arrêt beschl judgment sentenc sentenz stc sts urt urteil vonnis wyrok"), Kind::LegalCase),
    (StemList::new("ordonnance ustaw закон указ"), Kind::Legislation),
    (StemList::new("buchbesprechung buchrezension rezension"), Kind::ReviewBook),
    (
        StemList::new("conference congreso congress konferenzbeitrag poster proceedings tagungsbeitrag 会议"),
        Kind::PaperConference,
    ),
    (StemList::new("conférence keynote lecture presentation presented rede speech talk vortrag"), Kind::Speech),
    (
        StemList::new(
            "abschlussbericht arbeitspapier bericht briefing deliverable discussion diskussionspapier document \
     forschungsbericht gutachten informe memo note occasional paper policy raport rapport relatório \
     relazione report research study survey tech white working wp отчет отчёт 报告",
        ),
        Kind::Report,
    ),
    (StemList::new("dataset datensatz datos données"), Kind::Dataset),
    (StemList::new("blog weblog"), Kind::PostWeblog),
    (StemList::new("broadcast episode fernseh podcast radio rundfunk television tv"), Kind::Broadcast),
    (StemList::new("blu-ray dvd film kinofilm motion movie video"), Kind::MotionPicture),
    (StemList::new("app code computer logiciel mobile package program software"), Kind::Software),
    (StemList::new("eprint preprint prépublication"), Kind::Article),
    (StemList::new("norm standard szabvány"), Kind::Standard),
    (StemList::new("carte karte map mapa"), Kind::Map),
    (StemList::new("entretien entrevista interview intervista"), Kind::Interview),
    (StemList::new("brief letter personal"), Kind::PersonalCommunication),
    (StemList::new("comment facebook instagram post tweet twitter"), Kind::Post),
    (StemList::new("brochure broschüre leaflet pamphlet"), Kind::Pamphlet),
    (StemList::new("album audio cd lp recording song"), Kind::Song),
    (StemList::new("recension review"), Kind::Review),
    (StemList::new("homepage web webseite website"), Kind::Webpage),
    (
        StemList::new("inédit manuscript manuskript mimeo ms submitted typescript unpublished unveröffentlicht"),
        Kind::Manuscript,
    ),
];

#[cfg(test)]
mod tests {
    use super::super::words::{assert_sorted, assert_stems};
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in
            [&EPRINT_SERVERS, &NEWSPAPERS, &NEWSPAPER_WORDS, &MAGAZINES, &REPOSITORIES, &STANDARD_BODIES, &MEETINGS]
        {
            assert_sorted(list);
        }
        for list in [
            &REFERENCE_STEMS,
            &PROCEEDINGS_STEMS,
            &JOURNAL_STEMS,
            &STANDARD_MAKERS,
            &REPORT_SERIES_STEMS,
            &DICTIONARY_STEMS,
            &LANGUAGE_STEMS,
            &ACADEMY_STEMS,
        ] {
            assert_stems(list);
        }
        for (stems, _) in &GENRES {
            assert_stems(stems);
        }
    }
}
