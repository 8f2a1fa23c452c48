//! Titles.

use std::fmt;

use super::text::Text;

/// A title with its parts. From free text `main` holds all that is printed: a title is never split at a colon.
///
/// ```
/// use reflist::Title;
/// let title = Title::from("Axis of convenience: Moscow, Beijing, and the new geopolitics");
/// assert!(title.sub.is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Title {
    /// The title.
    pub main: Text,
    /// The subtitle, where a format gave it apart (BibLaTeX `subtitle`).
    pub sub: Option<Text>,
    /// An addition printed behind it: a bracketed translation, BibLaTeX `titleaddon`.
    pub addition: Option<Text>,
}

impl Title {
    /// A title of one part.
    #[must_use]
    pub fn new(main: Text) -> Self {
        Self { main, sub: None, addition: None }
    }

    /// With a subtitle, unless it is empty.
    #[must_use]
    pub fn with_sub(mut self, sub: Text) -> Self {
        self.sub = Some(sub).filter(|sub| !sub.is_empty());
        self
    }

    /// With an addition, unless it is empty.
    #[must_use]
    pub fn with_addition(mut self, addition: Text) -> Self {
        self.addition = Some(addition).filter(|addition| !addition.is_empty());
        self
    }

    /// Whether no part has a character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.main.is_empty() && self.sub.is_none() && self.addition.is_none()
    }

    /// Title and subtitle in one, as formats with one field print it: joined by ": ", or by a blank where the title ends with a
    /// mark of its own ("?", "!", ":"). The addition is left out.
    ///
    /// ```
    /// # use reflist::{Text, Title};
    /// let title = Title::from("Friend or foe?").with_sub(Text::plain("A history"));
    /// assert_eq!(title.joined().as_str(), "Friend or foe? A history");
    /// ```
    #[must_use]
    pub fn joined(&self) -> Text {
        match &self.sub {
            None => self.main.clone(),
            Some(sub) if self.main.is_empty() => sub.clone(),
            Some(sub) => {
                let ends = self.main.as_str().ends_with(['?', '!', ':', '.', '…']);
                self.main.join(if ends { " " } else { ": " }, sub)
            }
        }
    }
}

impl From<&str> for Title {
    fn from(main: &str) -> Self {
        Self::new(Text::plain(main))
    }
}

impl From<Text> for Title {
    fn from(main: Text) -> Self {
        Self::new(main)
    }
}

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.joined().as_str())
    }
}
