//! The variables of a record, each declared once: name, type of value, meaning.

use std::fmt;

use super::value::{Value, ValueType};
use super::{Attachment, Date, Identifier, Names, Number, Pages, Record, Text, Title};

macro_rules! variables {
    ($($(#[$doc:meta])* $variant:ident $accessor:ident $name:literal $value:ident,)*) => {
        /// The variables of CSL 1.0.2, and those that BibLaTeX and RIS hold beyond them. Their order is the order of fields in outputs
        /// that have none of their own.
        ///
        /// ```
        /// use reflist::Variable;
        /// assert_eq!(Variable::ContainerTitle.as_str(), "container-title");
        /// assert_eq!("DOI".parse(), Ok(Variable::Doi));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Variable {
            $($(#[$doc])* $variant,)*
        }

        impl Variable {
            /// Every variable, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// CSL's name, or one in CSL's manner where CSL has none.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The type of its values.
            #[must_use]
            pub const fn value_type(self) -> ValueType {
                match self { $(Self::$variant => ValueType::$value),* }
            }
        }

        impl std::str::FromStr for Variable {
            type Err = UnknownVariable;

            fn from_str(name: &str) -> Result<Self, UnknownVariable> {
                match name { $($name => Ok(Self::$variant),)* _ => Err(UnknownVariable) }
            }
        }

        /// Typed access, one method a variable.
        impl Record {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $accessor(&self) -> Option<&variables!(@type $value)> {
                    match self.get(Variable::$variant) {
                        Some(Value::$value(value)) => Some(value),
                        _ => None,
                    }
                }
            )*
        }
    };
    (@type Names) => { Names };
    (@type Title) => { Title };
    (@type Text) => { Text };
    (@type Texts) => { [Text] };
    (@type Date) => { Date };
    (@type Number) => { Number };
    (@type Pages) => { Pages };
    (@type Identifier) => { Identifier };
    (@type Identifiers) => { [Identifier] };
    (@type Attachments) => { [Attachment] };
}

/// A name that is no variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a variable")]
pub struct UnknownVariable;

impl fmt::Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

variables! {
    /// Who wrote or made the work.
    Author author "author" Names,
    /// Who chaired the session.
    Chair chair "chair" Names,
    /// Editors of the series.
    CollectionEditor collection_editor "collection-editor" Names,
    /// Who compiled it.
    Compiler compiler "compiler" Names,
    /// Who composed the music.
    Composer composer "composer" Names,
    /// Authors of the book of a chapter (BibLaTeX `bookauthor`).
    ContainerAuthor container_author "container-author" Names,
    /// Others who took part.
    Contributor contributor "contributor" Names,
    /// Who curated the exhibition.
    Curator curator "curator" Names,
    /// Who directed the film.
    Director director "director" Names,
    /// Editors of the work or of its container.
    Editor editor "editor" Names,
    /// Managing editor (directeur de la publication).
    EditorialDirector editorial_director "editorial-director" Names,
    /// Executive producers.
    ExecutiveProducer executive_producer "executive-producer" Names,
    /// Guests of a programme.
    Guest guest "guest" Names,
    /// Hosts of a programme.
    Host host "host" Names,
    /// Who illustrated it.
    Illustrator illustrator "illustrator" Names,
    /// Who interviewed.
    Interviewer interviewer "interviewer" Names,
    /// Who narrates.
    Narrator narrator "narrator" Names,
    /// Who organised the event.
    Organizer organizer "organizer" Names,
    /// Author of the original work.
    OriginalAuthor original_author "original-author" Names,
    /// Who performs.
    Performer performer "performer" Names,
    /// Producers.
    Producer producer "producer" Names,
    /// To whom a letter went.
    Recipient recipient "recipient" Names,
    /// Author of the work reviewed.
    ReviewedAuthor reviewed_author "reviewed-author" Names,
    /// Who wrote the script.
    ScriptWriter script_writer "script-writer" Names,
    /// Who created the series.
    SeriesCreator series_creator "series-creator" Names,
    /// Who translated it.
    Translator translator "translator" Names,
    /// Who annotated it (BibLaTeX).
    Annotator annotator "annotator" Names,
    /// Who wrote the commentary (BibLaTeX).
    Commentator commentator "commentator" Names,
    /// Who wrote the introduction (BibLaTeX).
    Introduction introduction "introduction" Names,
    /// Who wrote the foreword (BibLaTeX).
    Foreword foreword "foreword" Names,
    /// Who wrote the afterword (BibLaTeX).
    Afterword afterword "afterword" Names,
    /// Who founded a periodical or series (BibLaTeX editor type).
    Founder founder "founder" Names,
    /// Who continued it (BibLaTeX editor type).
    Continuator continuator "continuator" Names,
    /// Who redacted it (BibLaTeX editor type).
    Redactor redactor "redactor" Names,
    /// Who revised it (BibLaTeX editor type).
    Reviser reviser "reviser" Names,
    /// Who collaborated (BibLaTeX editor type).
    Collaborator collaborator "collaborator" Names,
    /// Who holds the patent (BibLaTeX).
    Holder holder "holder" Names,
    /// Abbreviated author, for citations (BibLaTeX `shortauthor`).
    ShortAuthor short_author "short-author" Names,
    /// Abbreviated editor, for citations (BibLaTeX `shorteditor`).
    ShortEditor short_editor "short-editor" Names,
    /// The work's title.
    Title title "title" Title,
    /// Title of the journal, the book, the proceedings, the site.
    ContainerTitle container_title "container-title" Title,
    /// Title of the series.
    CollectionTitle collection_title "collection-title" Title,
    /// Name of the conference or other event.
    EventTitle event_title "event-title" Title,
    /// Title of a multi-volume work as a whole (BibLaTeX `maintitle`).
    MainTitle main_title "main-title" Title,
    /// Title of the volume.
    VolumeTitle volume_title "volume-title" Title,
    /// Title of the part.
    PartTitle part_title "part-title" Title,
    /// Title of a special issue (BibLaTeX `issuetitle`).
    IssueTitle issue_title "issue-title" Title,
    /// Title of the original work.
    OriginalTitle original_title "original-title" Title,
    /// Title of the work reviewed.
    ReviewedTitle reviewed_title "reviewed-title" Title,
    /// Title of the reprint (BibLaTeX `reprinttitle`).
    ReprintTitle reprint_title "reprint-title" Title,
    /// The title, shortened for citations.
    TitleShort title_short "title-short" Text,
    /// Abbreviated container title.
    ContainerTitleShort container_title_short "container-title-short" Text,
    /// Abbreviated series title (BibLaTeX `shortseries`).
    CollectionTitleShort collection_title_short "collection-title-short" Text,
    /// Abbreviated title of the volume.
    VolumeTitleShort volume_title_short "volume-title-short" Text,
    /// Abstract.
    Abstract abstract_text "abstract" Text,
    /// A reader's notes.
    Annote annote "annote" Text,
    /// Anything else that is printed.
    Note note "note" Text,
    /// Archive that holds the item.
    Archive archive "archive" Text,
    /// Collection within the archive.
    ArchiveCollection archive_collection "archive_collection" Text,
    /// Place within the archive: box, folder.
    ArchiveLocation archive_location "archive_location" Text,
    /// City of the archive.
    ArchivePlace archive_place "archive-place" Text,
    /// Court, body that issued a law or a patent.
    Authority authority "authority" Text,
    /// Shelf mark.
    CallNumber call_number "call-number" Text,
    /// Label printed in front: "Kop93".
    CitationLabel citation_label "citation-label" Text,
    /// Size, running time.
    Dimensions dimensions "dimensions" Text,
    /// Division of a court or body.
    Division division "division" Text,
    /// Where the event took place.
    EventPlace event_place "event-place" Text,
    /// Type of thesis, report, film: "PhD thesis", "Preprint".
    Genre genre "genre" Text,
    /// Country or state of a law or patent.
    Jurisdiction jurisdiction "jurisdiction" Text,
    /// Carrier: "Internet", "CD".
    Medium medium "medium" Text,
    /// Where the original was published.
    OriginalPublisherPlace original_publisher_place "original-publisher-place" Text,
    /// Related references of a law.
    References references "references" Text,
    /// Genre of the work reviewed.
    ReviewedGenre reviewed_genre "reviewed-genre" Text,
    /// Scale of a map.
    Scale scale "scale" Text,
    /// Section of a newspaper or law.
    Section section "section" Text,
    /// Database or catalogue that the data come from.
    Source source "source" Text,
    /// State of publication: "in press", "submitted" (BibLaTeX `pubstate`).
    Status status "status" Text,
    /// The letter behind the year: "a" of "2020a".
    YearSuffix year_suffix "year-suffix" Text,
    /// Kind of archive of the e-print: "arxiv" (BibLaTeX `eprinttype`).
    EprintType eprint_type "eprint-type" Text,
    /// Section of that archive: "hep-th" (BibLaTeX `eprintclass`).
    EprintClass eprint_class "eprint-class" Text,
    /// How an odd work was published (BibTeX `howpublished`).
    HowPublished how_published "how-published" Text,
    /// What is printed at the end of the entry (BibLaTeX).
    Addendum addendum "addendum" Text,
    /// An addition to the author's name (BibLaTeX `nameaddon`).
    NameAddition name_addition "name-addition" Text,
    /// A shorthand for citations (BibLaTeX).
    Shorthand shorthand "shorthand" Text,
    /// How the shorthand is introduced (BibLaTeX).
    ShorthandIntro shorthand_intro "shorthand-intro" Text,
    /// Unit of the locator: "page", "column" (BibLaTeX).
    Pagination pagination "pagination" Text,
    /// Unit of the pages (BibLaTeX).
    BookPagination book_pagination "book-pagination" Text,
    /// International Standard Audiovisual Number.
    Isan isan "isan" Text,
    /// International Standard Music Number.
    Ismn ismn "ismn" Text,
    /// International Standard Technical Report Number.
    Isrn isrn "isrn" Text,
    /// International Standard Work Code.
    Iswc iswc "iswc" Text,
    /// Address of the author (RIS `AD`).
    AuthorAddress author_address "author-address" Text,
    /// Language identifier for hyphenation (BibLaTeX `langid`).
    LanguageId language_id "language-id" Text,
    /// Key of the parent entry that fields are inherited from (BibTeX).
    Crossref crossref "crossref" Text,
    /// Key of the parent entry, without inheritance (BibLaTeX).
    Xref xref "xref" Text,
    /// How the related entries are related (BibLaTeX).
    RelatedType related_type "related-type" Text,
    /// What is printed in front of the related entries (BibLaTeX).
    RelatedString related_string "related-string" Text,
    /// Publishers, institution of a report, university of a thesis.
    Publisher publisher "publisher" Texts,
    /// Where it was published.
    PublisherPlace publisher_place "publisher-place" Texts,
    /// Publishers of the original.
    OriginalPublisher original_publisher "original-publisher" Texts,
    /// Keywords.
    Keyword keyword "keyword" Texts,
    /// Categories (CSL-JSON).
    Categories categories "categories" Texts,
    /// Languages of the work, as given.
    Language language "language" Texts,
    /// Languages of the original (BibLaTeX `origlanguage`).
    OriginalLanguage original_language "original-language" Texts,
    /// Keys of related entries (BibLaTeX).
    Related related "related" Texts,
    /// Keys of the members of an entry set (BibLaTeX).
    EntrySet entry_set "entry-set" Texts,
    /// Other keys of this entry (BibLaTeX `ids`).
    Aliases aliases "aliases" Texts,
    /// Keys of data containers (BibLaTeX `xdata`).
    Xdata xdata "xdata" Texts,
    /// Date of publication.
    Issued issued "issued" Date,
    /// Date of the original.
    OriginalDate original_date "original-date" Date,
    /// Date of access.
    Accessed accessed "accessed" Date,
    /// Date of availability before issue.
    AvailableDate available_date "available-date" Date,
    /// Date of the event.
    EventDate event_date "event-date" Date,
    /// Date of submission.
    Submitted submitted "submitted" Date,
    /// Volume.
    Volume volume "volume" Number,
    /// Issue of a periodical.
    Issue issue "issue" Number,
    /// Number of a report, patent, standard, paper.
    Number number "number" Number,
    /// Number within the series.
    CollectionNumber collection_number "collection-number" Number,
    /// Edition: "2", "rev.".
    Edition edition "edition" Number,
    /// Chapter.
    ChapterNumber chapter_number "chapter-number" Number,
    /// Part.
    PartNumber part_number "part-number" Number,
    /// Printing.
    PrintingNumber printing_number "printing-number" Number,
    /// Supplement.
    SupplementNumber supplement_number "supplement-number" Number,
    /// Version of a program or a document.
    Version version "version" Number,
    /// Count of pages.
    NumberOfPages number_of_pages "number-of-pages" Number,
    /// Count of volumes.
    NumberOfVolumes number_of_volumes "number-of-volumes" Number,
    /// Number in the printed list.
    CitationNumber citation_number "citation-number" Number,
    /// Number of the first note that cites it (CSL processors).
    FirstReferenceNoteNumber first_reference_note_number "first-reference-note-number" Number,
    /// Place cited (CSL processors).
    Locator locator "locator" Number,
    /// Pages or article number.
    Page page "page" Pages,
    /// First page (CSL processors).
    PageFirst page_first "page-first" Text,
    /// Digital Object Identifier.
    Doi doi "DOI" Identifier,
    /// Address.
    Url url "URL" Identifier,
    /// PubMed's number.
    Pmid pmid "PMID" Identifier,
    /// PubMed Central's number.
    Pmcid pmcid "PMCID" Identifier,
    /// Number in an e-print archive (BibLaTeX `eprint`).
    Eprint eprint "eprint" Identifier,
    /// ISBNs.
    Isbn isbn "ISBN" Identifiers,
    /// ISSNs.
    Issn issn "ISSN" Identifiers,
    /// Files (BibLaTeX `file`, RIS `L1`–`L4`).
    Attachments attachments "attachments" Attachments,
}
