//! What kind of work a record describes.

use std::fmt;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident $name:literal,)*) => {
        /// The item types of CSL 1.0.2, the widest list in use. What a format has beyond them keeps its name in
        /// [`Record::native`](crate::Record::native).
        ///
        /// ```
        /// use reflist::Kind;
        /// assert_eq!(Kind::ArticleJournal.as_str(), "article-journal");
        /// assert_eq!("thesis".parse(), Ok(Kind::Thesis));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[$doc])* $variant,)*
        }

        impl Kind {
            /// Every kind, in CSL's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// CSL's name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }

        impl std::str::FromStr for Kind {
            type Err = UnknownKind;

            fn from_str(name: &str) -> Result<Self, UnknownKind> {
                match name { $($name => Ok(Self::$variant),)* _ => Err(UnknownKind) }
            }
        }
    };
}

/// A name that is no CSL item type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a CSL item type")]
pub struct UnknownKind;

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

kinds! {
    /// A preprint, or an article that appeared in no journal.
    Article "article",
    /// An article of a scholarly journal.
    ArticleJournal "article-journal",
    /// An article of a magazine.
    ArticleMagazine "article-magazine",
    /// An article of a newspaper.
    ArticleNewspaper "article-newspaper",
    /// A proposed law.
    Bill "bill",
    /// A book cited whole.
    Book "book",
    /// A radio or television programme.
    Broadcast "broadcast",
    /// A part of a book.
    Chapter "chapter",
    /// A classical or ancient work cited by its own divisions.
    Classic "classic",
    /// An archival collection.
    Collection "collection",
    /// A data set.
    Dataset "dataset",
    /// Anything of no known kind.
    #[default]
    Document "document",
    /// An entry of a database or reference work.
    Entry "entry",
    /// An entry of a dictionary.
    EntryDictionary "entry-dictionary",
    /// An entry of an encyclopedia.
    EntryEncyclopedia "entry-encyclopedia",
    /// A conference or an exhibition itself.
    Event "event",
    /// An illustration.
    Figure "figure",
    /// A work of art, a photograph.
    Graphic "graphic",
    /// A hearing of a legislature.
    Hearing "hearing",
    /// An interview.
    Interview "interview",
    /// A decision of a court.
    LegalCase "legal_case",
    /// A law.
    Legislation "legislation",
    /// An unpublished manuscript.
    Manuscript "manuscript",
    /// A map.
    Map "map",
    /// A film or video.
    MotionPicture "motion_picture",
    /// Printed music.
    MusicalScore "musical_score",
    /// A brochure, a leaflet.
    Pamphlet "pamphlet",
    /// A paper in the proceedings of a conference.
    PaperConference "paper-conference",
    /// A patent.
    Patent "patent",
    /// A live performance.
    Performance "performance",
    /// A whole issue or run of a periodical.
    Periodical "periodical",
    /// A letter, an e-mail.
    PersonalCommunication "personal_communication",
    /// A post on a forum or on social media.
    Post "post",
    /// A post of a blog.
    PostWeblog "post-weblog",
    /// An administrative order.
    Regulation "regulation",
    /// A report, a working paper.
    Report "report",
    /// A review.
    Review "review",
    /// A review of a book.
    ReviewBook "review-book",
    /// A program.
    Software "software",
    /// A recording of sound.
    Song "song",
    /// A talk, a presentation without proceedings.
    Speech "speech",
    /// A technical standard.
    Standard "standard",
    /// A thesis, a dissertation.
    Thesis "thesis",
    /// A treaty between states.
    Treaty "treaty",
    /// A page of a web site.
    Webpage "webpage",
}
