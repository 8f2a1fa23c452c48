//! Names of people and organisations.

use std::borrow::Cow;
use std::fmt;

use ecow::EcoString;
use unicode_normalization::UnicodeNormalization;

use super::text::{is_blank, is_nfc};

/// A person or an organisation.
///
/// The parts are those of CSL; an empty string means that the part is absent. Every part is NFC with folded blanks.
///
/// ```
/// use reflist::Name;
/// let name = Name::person("Beethoven", "Ludwig").with_non_dropping_particle("van");
/// assert_eq!(name.to_string(), "Ludwig van Beethoven");
/// assert_eq!(Name::literal("World Bank").to_string(), "World Bank");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Name {
    /// A person.
    Person(Person),
    /// An organisation, or a name that cannot be divided.
    Literal(EcoString),
}

/// The parts of a person's name; an empty string means absent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Person {
    /// Family name, without particles: "Beethoven".
    pub family: EcoString,
    /// Given names or initials as printed: "Ludwig", "C. P.".
    pub given: EcoString,
    /// A particle that is left out when the family name stands alone: "von" of "Johann Wolfgang von Goethe".
    pub dropping_particle: EcoString,
    /// A particle that stays with the family name: "van" of "Vincent van Gogh".
    pub non_dropping_particle: EcoString,
    /// "Jr.", "III".
    pub suffix: EcoString,
    /// ORCID, bare: `0000-0002-1825-0097`.
    pub orcid: EcoString,
}

impl Name {
    /// A person of family and given name.
    #[must_use]
    pub fn person(family: &str, given: &str) -> Self {
        Self::Person(Person { family: clean(family), given: clean(given), ..Person::default() })
    }

    /// An organisation, or a name that cannot be divided.
    #[must_use]
    pub fn literal(name: &str) -> Self {
        Self::Literal(clean(name))
    }

    /// A person with all parts; a name whose only part is the family name stays a person.
    #[must_use]
    pub fn from_person(person: Person) -> Self {
        let Person { family, given, dropping_particle, non_dropping_particle, suffix, orcid } = person;
        Self::Person(Person {
            family: clean_owned(family),
            given: clean_owned(given),
            dropping_particle: clean_owned(dropping_particle),
            non_dropping_particle: clean_owned(non_dropping_particle),
            suffix: clean_owned(suffix),
            orcid: clean_owned(orcid),
        })
    }

    /// A person whose parts are canonical.
    pub(crate) fn canonical(person: Person) -> Self {
        let name = Self::Person(person);
        debug_assert!(name.as_person().is_none_or(|person| Self::from_person(person.clone()) == name));
        name
    }

    /// With a particle that stays with the family name; an organisation stays as it is.
    #[must_use]
    pub fn with_non_dropping_particle(mut self, particle: &str) -> Self {
        if let Self::Person(person) = &mut self {
            person.non_dropping_particle = clean(particle);
        }
        self
    }

    /// With a suffix such as "Jr."; an organisation stays as it is.
    #[must_use]
    pub fn with_suffix(mut self, suffix: &str) -> Self {
        if let Self::Person(person) = &mut self {
            person.suffix = clean(suffix);
        }
        self
    }

    /// The parts, if it is a person.
    #[must_use]
    pub fn as_person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Literal(_) => None,
        }
    }

    /// The family name with the particle that stays with it, or the organisation's name: what a citation prints.
    ///
    /// ```
    /// # use reflist::Name;
    /// assert_eq!(Name::person("Gogh", "Vincent").with_non_dropping_particle("van").family_with_particle(), "van Gogh");
    /// ```
    #[must_use]
    pub fn family_with_particle(&self) -> String {
        match self {
            Self::Person(person) if person.non_dropping_particle.is_empty() => person.family.to_string(),
            Self::Person(person) => format!("{} {}", person.non_dropping_particle, person.family),
            Self::Literal(name) => name.to_string(),
        }
    }

    /// Whether no part has a character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Person(person) => {
                person.family.is_empty()
                    && person.given.is_empty()
                    && person.dropping_particle.is_empty()
                    && person.non_dropping_particle.is_empty()
                    && person.suffix.is_empty()
            }
            Self::Literal(name) => name.is_empty(),
        }
    }
}

impl fmt::Display for Name {
    /// In the order of speech: given, particles, family, suffix.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(name) => f.write_str(name),
            Self::Person(person) => {
                let parts = [
                    &person.given,
                    &person.dropping_particle,
                    &person.non_dropping_particle,
                    &person.family,
                    &person.suffix,
                ];
                let mut first = true;
                for part in parts.into_iter().filter(|part| !part.is_empty()) {
                    if !first {
                        f.write_str(" ")?;
                    }
                    f.write_str(part)?;
                    first = false;
                }
                Ok(())
            }
        }
    }
}

/// A list of names, in order. "et al." is a flag of the list, never a name.
///
/// ```
/// use reflist::{Name, Names};
/// let names = Names::new(vec![Name::person("Knuth", "Donald E.")]).and_others();
/// assert!(names.et_al && names.list.len() == 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Names {
    /// The names that are printed.
    pub list: Vec<Name>,
    /// Whether others are said to follow ("et al.", "and others").
    pub et_al: bool,
}

impl Names {
    /// A complete list; empty names are left out.
    #[must_use]
    pub fn new(mut list: Vec<Name>) -> Self {
        list.retain(|name| !name.is_empty());
        Self { list, et_al: false }
    }

    /// The same list, with others said to follow.
    #[must_use]
    pub fn and_others(mut self) -> Self {
        self.et_al = true;
        self
    }

    /// Whether there is neither a name nor a mark of others.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && !self.et_al
    }
}

/// NFC, blanks and controls folded, trimmed.
fn clean(part: &str) -> EcoString {
    if is_clean(part) { part.into() } else { fold(part) }
}

fn clean_owned(part: EcoString) -> EcoString {
    if is_clean(&part) { part } else { fold(&part) }
}

fn fold(part: &str) -> EcoString {
    let folded: Cow<'_, str> = if is_nfc(part) { Cow::Borrowed(part) } else { Cow::Owned(part.nfc().collect()) };
    let mut out = EcoString::with_capacity(folded.len());
    for word in folded.split(is_blank).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether cleaning would change nothing, for ASCII: no controls, single blanks, none at the ends.
fn is_clean(part: &str) -> bool {
    let mut before = b' ';
    for byte in part.bytes() {
        if !(b' '..=b'~').contains(&byte) || (byte == b' ' && before == b' ') {
            return false;
        }
        before = byte;
    }
    before != b' ' || part.is_empty()
}
