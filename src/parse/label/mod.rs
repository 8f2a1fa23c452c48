//! Tokens → labels.
//!
//! A linear-chain conditional random field says of each token what it belongs to: [`features`] turns a token and its surroundings
//! into rows of weights, [`Model`] holds the weights, [`decode`] finds the best sequence of labels and how sure it is. What is
//! known of words beforehand is in [`lexicon`]. Training (feature `train`) is in `train`.
//!
//! A second, smaller pass sees what the first one made of the whole entry ([`Draft`]) and of the other entries of its list
//! ([`Style`]).
//!
//! Labels have no "begin" and "inside": between two fields of one kind stands always something that belongs to neither.

mod attributes;
mod calibration;
mod chunks;
mod decode;
mod draft;
mod features;
pub mod lexicon;
mod model;
mod patterns;
mod segments;
mod style;
#[cfg(feature = "train")]
pub mod train;
mod weights;

use crate::span::Span;

pub use draft::Draft;
pub use features::VERSION as FEATURES_VERSION;
pub use model::Model;
pub use segments::{Scratch, draft, first_segments, label, list_segments, segments};
pub use style::Style;

macro_rules! labels {
    ($($variant:ident $name:literal,)*) => {
        /// What a token belongs to. The names are those of the training data: CSL variables, and a few for what CSL has none for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Label {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl Label {
            /// Every label; the position is the number in the model.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in training data.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The label of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

// Frequent labels come first: the model keeps their weights together.
labels! {
    Separator "-",
    Author "author",
    Editor "editor",
    Title "title",
    ContainerTitle "container-title",
    Issued "issued",
    Volume "volume",
    Issue "issue",
    Page "page",
    Publisher "publisher",
    PublisherPlace "publisher-place",
    Doi "DOI",
    Url "URL",
    Role "role",
    CitationLabel "citation-label",
    Genre "genre",
    Accessed "accessed",
    Note "note",
    CollectionTitle "collection-title",
    CollectionNumber "collection-number",
    Edition "edition",
    Number "number",
    NumberOfPages "number-of-pages",
    Other "other",
    Pmid "PMID",
    Isbn "ISBN",
    Translator "translator",
    Medium "medium",
    Director "director",
    Recipient "recipient",
    TitleTranslation "title-translation",
    Event "event",
    OriginalDate "original-date",
    NumberOfVolumes "number-of-volumes",
    Version "version",
    ChapterNumber "chapter-number",
    PartNumber "part-number",
    EventPlace "event-place",
    Archive "archive",
    ArchiveLocation "archive_location",
    CallNumber "call-number",
    Issn "ISSN",
    Pmcid "PMCID",
    Arxiv "arxiv",
    Status "status",
}

impl Label {
    /// The fields that decide whether a reference is right; in the others, sources differ too much.
    pub const MAIN: &'static [Self] = &[
        Self::Author,
        Self::Editor,
        Self::Title,
        Self::ContainerTitle,
        Self::CollectionTitle,
        Self::Issued,
        Self::Volume,
        Self::Issue,
        Self::Page,
        Self::Publisher,
        Self::PublisherPlace,
        Self::Doi,
        Self::Url,
        Self::Edition,
        Self::Number,
        Self::Genre,
        Self::Arxiv,
    ];
}

/// A run of tokens of one label (never [`Label::Separator`]): what the field parsers read.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Segment {
    /// What it is.
    pub label: Label,
    /// The bytes of the entry's text, separators at the edges left off.
    pub span: Span,
    /// Probability that the whole run is right, 0 to 1.
    pub confidence: f32,
}

impl Segment {
    /// A segment; for tests and for those who label by other means.
    #[must_use]
    pub const fn new(label: Label, span: Span, confidence: f32) -> Self {
        Self { label, span, confidence }
    }
}
