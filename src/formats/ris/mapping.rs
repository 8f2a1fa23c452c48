//! What each tag means, by type of reference: read and written from one table, so that they cannot drift apart.
//!
//! RIS has no specification that its programs follow; the rows say what EndNote, Zotero and Mendeley agree on, and where they differ,
//! what Zotero and EndNote read. A tag means different things in different types (`T2` is the journal of an article, the series of a
//! book), so a row names the [`Shape`]s that it is for. In one shape, the first row of a tag says what it means; the first row of a
//! variable says where it is written.

use crate::record::{Kind, Variable};

/// A tag, two bytes.
pub(super) type Tag = [u8; 2];

/// The types of reference that share the meaning of their tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Journal,
    News,
    Book,
    /// Its `AU` are editors.
    EditedBook,
    Chapter,
    Entry,
    Conference,
    Thesis,
    Report,
    Patent,
    Case,
    Statute,
    Bill,
    Film,
    Sound,
    Software,
    Data,
    Web,
    Map,
    Manuscript,
    Letter,
    Art,
    Generic,
}

impl Shape {
    const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// Types whose `SP` is the count of pages.
    pub(super) const fn counts_pages(self) -> bool {
        matches!(self, Self::Book | Self::EditedBook | Self::Thesis | Self::Manuscript)
    }

    /// Tags that Zotero drops in this shape, or takes for something else; a line reaches the field. `M3` it takes for a DOI but in a
    /// few types.
    pub(super) fn is_lost_on_zotero(self, tag: Tag, name: &str) -> bool {
        match &tag {
            b"T2" => matches!(self, Self::Manuscript | Self::Thesis),
            b"T3" => !matches!(self, Self::Journal | Self::Conference | Self::Chapter | Self::Entry | Self::Bill),
            b"M1" => !matches!(self, Self::Book | Self::EditedBook | Self::Bill | Self::Statute),
            b"M3" => {
                let in_shape = matches!(
                    self,
                    Self::Thesis | Self::Report | Self::Manuscript | Self::Map | Self::Web | Self::Letter | Self::Art
                );
                !in_shape || name == "BLOG"
            }
            _ => false,
        }
    }
}

/// A type of reference: its name, the kind of work, the meaning of its tags.
pub(super) struct Type {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) shape: Shape,
}

const fn ty(name: &'static str, kind: Kind, shape: Shape) -> Type {
    Type { name, kind, shape }
}

/// The first row of a kind is the type that it is written as; its other rows are kept as native kinds.
pub(super) const TYPES: &[Type] = &[
    ty("JOUR", Kind::ArticleJournal, Shape::Journal),
    ty("BOOK", Kind::Book, Shape::Book),
    ty("CHAP", Kind::Chapter, Shape::Chapter),
    ty("CONF", Kind::PaperConference, Shape::Conference),
    ty("THES", Kind::Thesis, Shape::Thesis),
    ty("RPRT", Kind::Report, Shape::Report),
    ty("ELEC", Kind::Webpage, Shape::Web),
    ty("GEN", Kind::Document, Shape::Generic),
    ty("MGZN", Kind::ArticleMagazine, Shape::News),
    ty("NEWS", Kind::ArticleNewspaper, Shape::News),
    ty("JFULL", Kind::Periodical, Shape::Journal),
    ty("EDBOOK", Kind::Book, Shape::EditedBook),
    ty("CLSWK", Kind::Classic, Shape::Book),
    ty("ENCYC", Kind::EntryEncyclopedia, Shape::Entry),
    ty("DICT", Kind::EntryDictionary, Shape::Entry),
    ty("STAND", Kind::Standard, Shape::Report),
    ty("PAT", Kind::Patent, Shape::Patent),
    ty("CASE", Kind::LegalCase, Shape::Case),
    ty("STAT", Kind::Legislation, Shape::Statute),
    ty("LEGAL", Kind::Regulation, Shape::Statute),
    ty("BILL", Kind::Bill, Shape::Bill),
    ty("HEAR", Kind::Hearing, Shape::Bill),
    ty("DATA", Kind::Dataset, Shape::Data),
    ty("COMP", Kind::Software, Shape::Software),
    ty("MAP", Kind::Map, Shape::Map),
    ty("MPCT", Kind::MotionPicture, Shape::Film),
    ty("SOUND", Kind::Song, Shape::Sound),
    ty("MUSIC", Kind::MusicalScore, Shape::Sound),
    ty("ART", Kind::Graphic, Shape::Art),
    ty("FIGURE", Kind::Figure, Shape::Art),
    ty("SLIDE", Kind::Speech, Shape::Web),
    ty("BLOG", Kind::PostWeblog, Shape::Web),
    ty("PCOMM", Kind::PersonalCommunication, Shape::Letter),
    ty("MANSCPT", Kind::Manuscript, Shape::Manuscript),
    ty("PAMP", Kind::Pamphlet, Shape::Generic),
    ty("EJOUR", Kind::ArticleJournal, Shape::Journal),
    ty("ABST", Kind::ArticleJournal, Shape::Journal),
    ty("INPR", Kind::ArticleJournal, Shape::Journal),
    ty("EBOOK", Kind::Book, Shape::Book),
    ty("SER", Kind::Book, Shape::Book),
    ty("CTLG", Kind::Book, Shape::Book),
    ty("ANCIENT", Kind::Classic, Shape::Book),
    ty("ECHAP", Kind::Chapter, Shape::Chapter),
    ty("CPAPER", Kind::PaperConference, Shape::Conference),
    ty("DISS", Kind::Thesis, Shape::Thesis),
    ty("GOVDOC", Kind::Report, Shape::Report),
    ty("UNBILL", Kind::Bill, Shape::Bill),
    ty("DBASE", Kind::Dataset, Shape::Data),
    ty("AGGR", Kind::Dataset, Shape::Data),
    ty("ADVS", Kind::MotionPicture, Shape::Film),
    ty("VIDEO", Kind::MotionPicture, Shape::Film),
    ty("MULTI", Kind::MotionPicture, Shape::Film),
    ty("CHART", Kind::Figure, Shape::Art),
    ty("EQUA", Kind::Figure, Shape::Art),
    ty("WEB", Kind::Webpage, Shape::Web),
    ty("ICOMM", Kind::PersonalCommunication, Shape::Letter),
    ty("INTV", Kind::Interview, Shape::Letter),
    ty("UNPD", Kind::Manuscript, Shape::Manuscript),
    ty("GRNT", Kind::Document, Shape::Generic),
];

/// Kinds without a type of their own: the nearest that EndNote knows. A line `M2  - type: …` says the kind.
const NEAREST: &[(Kind, &str)] = &[
    (Kind::Article, "UNPD"),
    (Kind::Broadcast, "VIDEO"),
    (Kind::Collection, "GEN"),
    (Kind::Entry, "ENCYC"),
    (Kind::Event, "GEN"),
    (Kind::Interview, "PCOMM"),
    (Kind::Performance, "GEN"),
    (Kind::Post, "BLOG"),
    (Kind::Review, "JOUR"),
    (Kind::ReviewBook, "JOUR"),
    (Kind::Treaty, "STAT"),
];

/// The type of this name.
pub(super) fn type_named(name: &str) -> Option<&'static Type> {
    TYPES.iter().find(|ty| ty.name == name)
}

/// The type that a kind is written as.
pub(super) fn type_of(kind: Kind) -> &'static Type {
    let name = NEAREST.iter().find(|(near, _)| *near == kind).map(|(_, name)| *name);
    TYPES.iter().find(|ty| name.map_or(ty.kind == kind, |name| ty.name == name)).unwrap_or(&GENERIC)
}

/// What a type is read as that nobody knows.
pub(super) static GENERIC: Type = ty("GEN", Kind::Document, Shape::Generic);

/// What a tag holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// A variable, by its own type.
    Field(Variable),
    /// A variable, if another tag has not given it; never written.
    Also(Variable),
    /// `TY`, `ER`.
    Type,
    End,
    /// The record's key.
    Key,
    /// First page or all pages, last page.
    StartPage,
    EndPage,
    /// Date (`DA`, `Y1`), and year (`PY`): together they are [`Variable::Issued`].
    Date,
    Year,
    /// ISSN, ISBN or a number, by shape and content.
    Serial,
    /// In proceedings: `T2`, and `C3`, `CY` and `C1`; see [`Slot::ProceedingsTitle`].
    Conference,
    /// With `C3`, `T2` is the conference; without, the proceedings.
    ProceedingsTitle,
    /// With `C1`, `CY` is the conference's place; without, the publisher's.
    ConferencePlace,
    ProceedingsPlace,
    /// The journal's name, in full or abbreviated: it stands in where the full name is missing.
    JournalAbbreviation,
    /// A translated title: the title's addition.
    TranslatedTitle,
    /// The type of work; in a journal's article perhaps a DOI.
    Genre,
    /// An article number.
    ArticleNumber,
    /// A file of this media type.
    File(&'static str),
    /// `Name: value`, or anything.
    Misc,
}

/// One row of the table.
pub(super) struct Row {
    pub(super) tag: Tag,
    pub(super) slot: Slot,
    shapes: u32,
}

const ALL: u32 = u32::MAX;

const fn row(tag: &Tag, slot: Slot, shapes: u32) -> Row {
    Row { tag: *tag, slot, shapes }
}

/// The union of shapes.
macro_rules! of {
    ($($shape:ident)|+) => { 0 $(| Shape::$shape.bit())+ };
}

use Slot::{Also, Field};
use Variable as V;

/// In the order of writing.
pub(super) const ROWS: &[Row] = &[
    row(b"TY", Slot::Type, ALL),
    row(b"ID", Slot::Key, ALL),
    row(b"AU", Field(V::Editor), of!(EditedBook)),
    row(b"AU", Field(V::Director), of!(Film)),
    row(b"AU", Field(V::Author), ALL),
    row(b"A1", Also(V::Editor), of!(EditedBook)),
    row(b"A1", Also(V::Director), of!(Film)),
    row(b"A1", Also(V::Author), ALL),
    row(b"A2", Field(V::CollectionEditor), of!(Book | EditedBook | Report)),
    row(b"A2", Field(V::Recipient), of!(Letter)),
    row(b"A2", Field(V::Performer), of!(Sound)),
    row(b"A2", Field(V::ContainerTitle), of!(Case)),
    row(b"A2", Field(V::Authority), of!(Patent)),
    row(b"A2", Field(V::Contributor), of!(Bill)),
    row(b"A2", Also(V::Contributor), of!(Film)),
    row(b"A2", Field(V::Editor), of!(Journal | News | Chapter | Entry | Conference)),
    row(b"A2", Also(V::Editor), ALL),
    row(b"A3", Also(V::Editor), of!(Book)),
    row(b"A3", Field(V::CollectionEditor), of!(Chapter | Conference | Entry | Map | Journal)),
    row(b"A3", Field(V::Producer), of!(Film)),
    row(b"A3", Field(V::Contributor), of!(Thesis)),
    row(b"A4", Field(V::Contributor), of!(Conference | Data | Case)),
    // EndNote has A2 for it, Zotero A4.
    row(b"A4", Field(V::Contributor), of!(Film)),
    row(b"A4", Field(V::Translator), ALL),
    row(b"ED", Field(V::Editor), ALL),
    row(b"C1", Field(V::Performer), of!(Film)),
    row(b"C2", Field(V::ContainerAuthor), of!(Chapter)),
    row(b"TI", Field(V::Title), ALL),
    row(b"T1", Also(V::Title), ALL),
    row(b"CT", Also(V::Title), ALL),
    row(b"BT", Also(V::Title), of!(Book | EditedBook | Manuscript)),
    row(b"BT", Also(V::ContainerTitle), ALL),
    row(b"TT", Slot::TranslatedTitle, ALL),
    row(b"ST", Field(V::TitleShort), ALL),
    row(b"T2", Slot::Conference, of!(Conference)),
    row(b"T2", Field(V::CollectionTitle), of!(Book | EditedBook | Report | Map | Software | Thesis | Manuscript)),
    row(b"T2", Also(V::ContainerTitle), of!(Case)),
    row(b"T2", Field(V::ContainerTitle), ALL),
    row(b"C3", Slot::ProceedingsTitle, of!(Conference)),
    row(b"T3", Also(V::CollectionTitle), of!(Book | EditedBook | Report | Map | Software | Thesis | Manuscript)),
    row(b"T3", Field(V::Authority), of!(Bill)),
    row(b"T3", Field(V::CollectionTitle), ALL),
    row(b"JF", Also(V::ContainerTitle), ALL),
    row(b"J2", Field(V::ContainerTitleShort), ALL),
    row(b"J1", Also(V::ContainerTitleShort), ALL),
    row(b"JA", Slot::JournalAbbreviation, ALL),
    row(b"JO", Slot::JournalAbbreviation, ALL),
    row(b"PY", Slot::Year, ALL),
    row(b"DA", Slot::Date, ALL),
    row(b"Y1", Slot::Date, ALL),
    row(b"Y2", Field(V::Accessed), ALL),
    row(b"VL", Field(V::Volume), ALL),
    row(b"IS", Also(V::NumberOfVolumes), of!(Chapter)),
    row(b"IS", Also(V::Number), of!(Report)),
    row(b"IS", Field(V::Issue), ALL),
    row(b"CP", Also(V::Issue), of!(Journal | News)),
    row(b"M1", Field(V::CollectionNumber), of!(Book | EditedBook)),
    row(b"M1", Also(V::Issue), of!(Journal)),
    row(b"M1", Field(V::Number), of!(Bill | Statute | Thesis | Conference | Map | Data | Software)),
    row(b"SV", Field(V::CollectionNumber), of!(Chapter | Conference | Entry)),
    row(b"SV", Also(V::CollectionNumber), ALL),
    row(b"NV", Field(V::NumberOfVolumes), ALL),
    row(b"ET", Field(V::Version), of!(Software | Data)),
    row(b"ET", Field(V::Edition), ALL),
    row(b"SE", Field(V::ChapterNumber), of!(Chapter)),
    row(b"SE", Field(V::Section), ALL),
    row(b"SP", Slot::StartPage, ALL),
    row(b"EP", Slot::EndPage, ALL),
    row(b"C7", Slot::ArticleNumber, of!(Journal)),
    row(b"PB", Field(V::Authority), of!(Case)),
    row(b"PB", Field(V::Holder), of!(Patent)),
    row(b"PB", Field(V::Publisher), ALL),
    row(b"CY", Slot::ConferencePlace, of!(Conference)),
    row(b"CY", Field(V::PublisherPlace), ALL),
    row(b"C1", Slot::ProceedingsPlace, of!(Conference)),
    row(b"PP", Also(V::PublisherPlace), ALL),
    row(b"SN", Slot::Serial, ALL),
    row(b"DO", Field(V::Doi), ALL),
    row(b"DI", Also(V::Doi), ALL),
    row(b"UR", Field(V::Url), ALL),
    row(b"LK", Also(V::Url), ALL),
    row(b"M3", Slot::Genre, ALL),
    row(b"LA", Field(V::Language), ALL),
    row(b"KW", Field(V::Keyword), ALL),
    row(b"AB", Field(V::Abstract), ALL),
    row(b"N2", Also(V::Abstract), ALL),
    row(b"N1", Field(V::Note), ALL),
    row(b"RN", Also(V::Note), ALL),
    row(b"AN", Field(V::ArchiveLocation), ALL),
    row(b"AV", Also(V::ArchiveLocation), ALL),
    row(b"DB", Field(V::Archive), ALL),
    row(b"DP", Field(V::Source), ALL),
    row(b"CN", Field(V::CallNumber), ALL),
    row(b"LB", Field(V::CitationLabel), ALL),
    row(b"AD", Field(V::AuthorAddress), ALL),
    row(b"L1", Slot::File("application/pdf"), ALL),
    row(b"L2", Slot::File(""), ALL),
    row(b"L4", Slot::File("image"), ALL),
    row(b"M2", Slot::Misc, ALL),
    row(b"ER", Slot::End, ALL),
];

/// Where the rows of each tag are: an index into `BY_TAG`, from the tag's two characters.
static FIRST: [u8; 36 * 36] = first();
/// The rows' positions, sorted by tag, in the order of the table within a tag.
static BY_TAG: [u8; ROWS.len()] = by_tag();

const fn code(tag: Tag) -> Option<usize> {
    let (first, second) = match (digit(tag[0]), digit(tag[1])) {
        (Some(first), Some(second)) => (first, second),
        _ => return None,
    };
    Some(first * 36 + second)
}

const fn digit(byte: u8) -> Option<usize> {
    match byte {
        b'A'..=b'Z' => Some((byte - b'A') as usize),
        b'0'..=b'9' => Some((byte - b'0') as usize + 26),
        _ => None,
    }
}

/// An insertion sort, which keeps the order of the table within a tag.
const fn by_tag() -> [u8; ROWS.len()] {
    let mut out = [0; ROWS.len()];
    let mut count = 0;
    while count < ROWS.len() {
        let mut at = count;
        while at > 0 && code_of_row(out[at - 1]) > code_of_row(count as u8) {
            out[at] = out[at - 1];
            at -= 1;
        }
        out[at] = count as u8;
        count += 1;
    }
    out
}

const fn code_of_row(row: u8) -> usize {
    match code(ROWS[row as usize].tag) {
        Some(code) => code,
        None => 36 * 36,
    }
}

const fn first() -> [u8; 36 * 36] {
    let order = by_tag();
    let mut out = [u8::MAX; 36 * 36];
    let mut at = order.len();
    while at > 0 {
        at -= 1;
        if let Some(code) = code(ROWS[order[at] as usize].tag) {
            out[code] = at as u8;
        }
    }
    out
}

/// Tags that programs write and no variable holds; they are kept without a word.
const KEPT: &[&[u8; 2]] = &[
    b"A5", b"A6", b"C1", b"C2", b"C3", b"C4", b"C5", b"C6", b"C7", b"C8", b"CA", b"FD", b"L3", b"OP", b"RD", b"RI",
    b"RP", b"TA", b"U1", b"U2", b"U3", b"U4", b"U5", b"VO", b"WP", b"WT", b"WV", b"YR", b"ID", b"DS", b"SR", b"SL",
    b"CR", b"EM",
];

/// Whether programs are known to write this tag.
pub(super) fn is_known(tag: Tag) -> bool {
    code(tag).is_some_and(|code| FIRST[code] != u8::MAX) || KEPT.contains(&&tag)
}

/// What `tag` holds in a reference of this shape; none if nobody knows the tag.
pub(super) fn slot(tag: Tag, shape: Shape) -> Option<Slot> {
    let at = FIRST[code(tag)?] as usize;
    BY_TAG
        .get(at..)?
        .iter()
        .map(|&row| &ROWS[row as usize])
        .take_while(|row| row.tag == tag)
        .find(|row| row.shapes & shape.bit() != 0)
        .map(|row| row.slot)
}

/// The tag that `variable` is written to in a reference of this shape, and the row's position in the order of writing. Only plain fields;
/// what several tags make up has its own rules in the writer.
pub(super) fn tag_of(variable: Variable, shape: Shape) -> Option<(usize, Tag)> {
    ROWS.iter()
        .enumerate()
        .find(|(_, row)| {
            row.slot == Field(variable)
                && row.shapes & shape.bit() != 0
                // A row further up may have taken the tag for something else in this shape.
                && slot(row.tag, shape) == Some(row.slot)
        })
        .map(|(at, row)| (at, row.tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_means_what_its_shape_says() {
        assert_eq!(slot(*b"T2", Shape::Journal), Some(Field(V::ContainerTitle)));
        assert_eq!(slot(*b"T2", Shape::Book), Some(Field(V::CollectionTitle)));
        assert_eq!(slot(*b"AU", Shape::EditedBook), Some(Field(V::Editor)));
        assert_eq!(slot(*b"ZZ", Shape::Book), None);
        assert_eq!(slot(*b"a1", Shape::Book), None);
    }

    #[test]
    fn every_row_can_be_reached_and_every_kind_has_a_type() {
        for row in ROWS {
            let reached = (0..23).any(|shape| {
                TYPES.iter().any(|ty| ty.shape as u32 == shape && slot(row.tag, ty.shape) == Some(row.slot))
            });
            assert!(reached, "{:?} {:?}", String::from_utf8_lossy(&row.tag), row.slot);
        }
        for &kind in Kind::ALL {
            let ty = type_of(kind);
            assert!(ty.kind == kind || NEAREST.iter().any(|(near, _)| *near == kind), "{kind}");
        }
    }

    #[test]
    fn editors_go_where_both_programs_look() {
        assert_eq!(tag_of(V::Editor, Shape::Chapter).unwrap().1, *b"A2");
        assert_eq!(tag_of(V::Editor, Shape::Book).unwrap().1, *b"ED");
        assert_eq!(tag_of(V::Editor, Shape::EditedBook).unwrap().1, *b"AU");
    }
}
