//! Names of months and seasons.
//!
//! Full and abbreviated, nominative and genitive, of some sixty languages; from the locale terms of the Citation Style Language and by
//! hand. Where two languages use one word for two months ("listopad"), the more printed one has it.

use super::super::words::WordList;

/// The month (1 to 12) or season (21 to 24) that a lower-case word without a stop names.
pub(super) fn number(word: &str) -> Option<u8> {
    let at = NAMES.iter().position(|names| names.has(word))? as u8;
    Some(if at < 12 { at + 1 } else { at + 9 })
}

/// One list a month, then one a season, as EDTF numbers them.
static NAMES: [WordList; 16] = [
    WordList::new(
        "ene enero gen gener gennaio ian ianuar ianuarie ianuarius ion ionawr jaan jaanuar jaen jan janeiro januar \
     januara januari januarie januarii january január janv janvier janvāris janúar jenner jän jänner jānuāris led \
     leden ledna oca ocak saus sausio sausis sij siječanj sty styczeń stycznia tammi tammikuu tammikuuta urt \
     urtarrila xan xaneiro zen zenâ ιανουάριος ιανουαρίου січ січень січня янв январь января яну януари јан јануар \
     հնվ հունվար ינואר جنو جنوری يناير ژانویه जन जनवरी ม.ค มกราคม ",
    ), // January
    WordList::new(
        "chwe chwefror feb febbraio feber febr febreiro febrer febrero februar februari februarie februarius february \
     február februára februāris febrúar fev fevereiro fevr fevrier fre frevâ fév févr février helmi helmikuu \
     helmikuuta hornung lut lutego luty ots otsaila vas vasario vasaris veebr veebruar velj veljača úno únor února \
     şub şubat φεβρουάριος φεβρουαρίου лют лютий лютого феб фебруар фев февр февраль февраля февруари փետրվար փտր \
     פברואר فبراير فرو فروری فوریه پرو پروری फ़र फ़रवरी ก.พ กุมภาพันธ์ ",
    ), // February
    WordList::new(
        "bře březen března kovas kovo maalis maaliskuu maaliskuuta maart mac maerz mai̇ mar marca march marco marec \
     maret mars marso mart martie martius marts martxoa marzec marzo març março maw mawrth mrt mrz márc március mär \
     märts märz ožu ožujak μάρτιος μαρτίου берез березень березня мар март марта մարտ մրտ מרץ مار مارس مارچ मार्च \
     มี.ค มีนาคม ",
    ), // March
    WordList::new(
        "abr abril apirila apr april aprile aprilie aprilis aprill apríl aprīlis avr avril avrî bal balandžio dub duben \
     dubna ebr ebrill huhti huhtikuu huhtikuuta kwi kwiecień kwietnia nis nisan tra travanj ápr április απρίλιος \
     απριλίου апр апрель апреля април квіт квітень квітня ապր ապրիլ אפריל آوریل أبريل اپر اپریل अप्रैल เม.ย เมษายน ",
    ), // April
    WordList::new(
        "geg gegužės kvě květen května mag maggio mai maiatza maig maijs maio maios maius maj maja may mayo mayıs maz \
     mazzo maí mei máj május svi svibanj touko toukokuu toukokuuta μάιος μαΐου май мая мај трав травень травня \
     մայիս մյս מאי مئی مايو می میی मई พ.ค พฤษภาคม ",
    ), // May
    WordList::new(
        "birž birželio cze czerwca czerwiec eka ekaina giu giugno haz haziran iun iunie iunius jn juin jun june junho \
     juni junie junij junio juny juuni jún június júní jūn jūnijs kesä kesäkuu kesäkuuta lipanj meh mehefin xuñ \
     xuño zug zugno čer červen června ιουνίου ιούνιος июн июнь июня чер червень червня юни јуни հնս հունիս יוני جون \
     يونيو ژوئن जून มิ.ย มิถุนายน ",
    ), // June
    WordList::new(
        "gorff gorffennaf heinä heinäkuu heinäkuuta iul iulie iulius jl juil juill juillet jul julai julho juli julie \
     julij julio juliol july juuli júl július júlí jūl jūlijs liep liepos lip lipca lipiec lug luggio luglio srpanj \
     tem temmuz uzt uztaila xul xullo července červenec čvc ιουλίου ιούλιος июл июль июля лип липень липня юли јули \
     հլս հուլիս יולי جلا جلائی جلاییی جولئی جولای جول‍ يوليو जुलाई ก.ค กรกฎาคม ",
    ), // July
    WordList::new(
        "abuztua abz ago agost agosto agst agu agustus aout août aug august augusti augusts augustus augusztus avg \
     avgust aws awst ağu ağustos elo elokuu elokuuta kol kolovoz ogo ogoss rugpj rugpjūčio sie sierpień sierpnia \
     srp srpen srpna ágú ágúst αυγούστου αύγουστος авг август августа серп серпень серпня օգոստոս օգս אוגוסט آگوست \
     أغسطس اگست اگس‍ अग अगस्त ส.ค สิงหาคม ",
    ), // August
    WordList::new(
        "eyl eylül ira iraila med medi rugs rugsėjo ruj rujan sep sept septembar september septembre septembrie \
     septembris septiembre set setembre setembro setiembre settembre syys syyskuu syyskuuta szept szeptember wrz \
     wrzesień września zář září σεπτέμβριος σεπτεμβρίου верес вересень вересня сен сентябрь сентября сеп септембар \
     септември սեպտեմբեր սպտ ספטמבר سبتمبر ستمبر ستم‍ سپتامبر सित सितम्बर ก.ย กันยายน ",
    ), // September
    WordList::new(
        "eki ekim hyd hydref loka lokakuu lokakuuta oct october octobre octombrie octubre okt oktobar oktober oktobris \
     oktoober október ott ottobre out outubro paź październik października spal spalio urr urria říj říjen října \
     οκτωβρίου οκτώβριος жовт жовтень жовтня окт октобар октомври октябрь октября հկտ հոկտեմբեր אוקטובר أكتوبر \
     اکتبر اکتوبر اکت‌ اکت‍ अक्ट अक्टूबर ต.ค ตุลาคม ",
    ), // October
    WordList::new(
        "aza azaroa kas kasım lapkr lapkričio listopad listopada listopadu marras marraskuu marraskuuta noiembrie nou \
     nouember nov novembar november novembre novembris novembro noviembre nóv nóvember stu studeni tach tachwedd \
     νοέμβριος νοεμβρίου листоп листопад листопада нов новембар ное ноември ноя ноябрь ноября նյմ նոյեմբեր נובמבר \
     نوامبر نوفمبر نومبر نوم‍ नव नवम्बर พ.ย พฤศจิกายน ",
    ), // November
    WordList::new(
        "abe abendua ara aralık dec decembar december decembre decembrie decembris decembro des desember desembre dets \
     detsember dex dexembre dez dezember dezembro dic dicembre diciembre dis disember déc décembre grud grudnia \
     grudzień gruodž gruodžio joulu joulukuu joulukuuta pro pros prosinac prosince prosinec rhag rhagfyr δεκέμβριος \
     δεκεμβρίου груд грудень грудня дек декабрь декабря декември дец децембар դեկտեմբեր դկտ דצמבר دسامبر دسمبر دسم‌ \
     دسم‍ ديسمبر दिस दिसम्बर ธ.ค ธันวาคม ",
    ), // December
    WordList::new(
        "bahar forår frühjahr frühling ilkbahar jar jaro kevät lente pomlad primavera primăvara printemps proleće \
     proljeće spring tavasz voorjaar vår wiosna άνοιξη весна пролет ",
    ), // Spring
    WordList::new(
        "estate estiu lato leto ljeto léto nyár poletje sommar sommer summer vara verano verán verão yaz zomer été \
     καλοκαίρι лето лято літо ",
    ), // Summer
    WordList::new(
        "automne autumn autunno efterår fall güz herbst herfst höst høst jesen jeseň jesień najaar otoño outono podzim \
     sonbahar syksy tardor toamna ősz φθινόπωρο есен осень осінь ",
    ), // Autumn
    WordList::new("hiver hivern iarna inverno invierno kış talvi tél vinter winter zima χειμώνας зима "), // Winter
];

#[cfg(test)]
mod tests {
    use super::super::super::words::assert_sorted;
    use super::*;

    #[test]
    fn lists_are_sorted_and_apart() {
        for (at, names) in NAMES.iter().enumerate() {
            assert_sorted(names);
            for name in names.words() {
                let expected = if at < 12 { at + 1 } else { at + 9 };
                assert_eq!(number(name), Some(expected as u8), "{name}");
            }
        }
    }

    #[test]
    fn months_in_the_genitive() {
        assert_eq!(number("января"), Some(1));
        assert_eq!(number("lapkričio"), Some(11));
        assert_eq!(number("czerwca"), Some(6));
        assert_eq!(number("page"), None);
    }
}
