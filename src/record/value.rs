//! The values of variables.

use super::{Attachment, Date, Identifier, Name, Names, Number, Pages, Scheme, Text, Title, Variable};

/// The types that a [`Value`] can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ValueType {
    /// People and organisations.
    Names,
    /// A title with its parts.
    Title,
    /// Rich text.
    Text,
    /// A list of rich texts.
    Texts,
    /// A date.
    Date,
    /// A number as printed.
    Number,
    /// Page ranges.
    Pages,
    /// One identifier.
    Identifier,
    /// Several identifiers of one scheme.
    Identifiers,
    /// Files.
    Attachments,
}

/// The value of a variable.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Value {
    /// People and organisations.
    Names(Names),
    /// A title with its parts.
    Title(Title),
    /// Rich text.
    Text(Text),
    /// A list of rich texts.
    Texts(Vec<Text>),
    /// A date.
    Date(Date),
    /// A number as printed.
    Number(Number),
    /// Page ranges.
    Pages(Pages),
    /// One identifier.
    Identifier(Identifier),
    /// Several identifiers of one scheme.
    Identifiers(Vec<Identifier>),
    /// Files.
    Attachments(Vec<Attachment>),
}

impl Value {
    /// The type.
    #[must_use]
    pub const fn value_type(&self) -> ValueType {
        match self {
            Self::Names(_) => ValueType::Names,
            Self::Title(_) => ValueType::Title,
            Self::Text(_) => ValueType::Text,
            Self::Texts(_) => ValueType::Texts,
            Self::Date(_) => ValueType::Date,
            Self::Number(_) => ValueType::Number,
            Self::Pages(_) => ValueType::Pages,
            Self::Identifier(_) => ValueType::Identifier,
            Self::Identifiers(_) => ValueType::Identifiers,
            Self::Attachments(_) => ValueType::Attachments,
        }
    }

    /// Whether it holds nothing, so that a record does not keep it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Names(names) => names.is_empty(),
            Self::Title(title) => title.is_empty(),
            Self::Text(text) => text.is_empty(),
            Self::Texts(texts) => texts.is_empty(),
            Self::Date(date) => date.is_empty(),
            Self::Number(number) => number.is_empty(),
            Self::Pages(pages) => pages.is_empty(),
            Self::Identifier(identifier) => identifier.is_empty(),
            Self::Identifiers(identifiers) => identifiers.is_empty(),
            Self::Attachments(attachments) => attachments.is_empty(),
        }
    }

    /// The value as one plain string: names in the order of speech, lists joined by "; ", pages with an en dash, dates as EDTF.
    #[must_use]
    pub fn to_plain(&self) -> String {
        let join = |parts: Vec<String>| parts.join("; ");
        match self {
            Self::Names(names) => {
                let mut parts: Vec<String> = names.list.iter().map(Name::to_string).collect();
                if names.et_al {
                    parts.push("et al.".to_owned());
                }
                join(parts)
            }
            Self::Title(title) => title.to_string(),
            Self::Text(text) => text.as_str().to_owned(),
            Self::Texts(texts) => join(texts.iter().map(Text::to_string).collect()),
            Self::Date(date) => date.to_string(),
            Self::Number(number) => number.as_str().to_owned(),
            Self::Pages(pages) => pages.to_string(),
            Self::Identifier(identifier) => identifier.printed().to_owned(),
            Self::Identifiers(identifiers) => join(identifiers.iter().map(|id| id.printed().to_owned()).collect()),
            Self::Attachments(attachments) => join(attachments.iter().map(|file| file.path.clone()).collect()),
        }
    }

    /// The value as `variable` takes it: unchanged where the type fits, else read anew from its plain form. So that a record never
    /// holds a value of a wrong type.
    #[must_use]
    pub(crate) fn fit(self, variable: Variable) -> Self {
        let wanted = variable.value_type();
        if self.value_type() == wanted {
            return match self {
                Self::Names(mut names) => {
                    names.list.retain(|name| !name.is_empty());
                    Self::Names(names)
                }
                Self::Texts(mut texts) => {
                    texts.retain(|text| !text.is_empty());
                    Self::Texts(texts)
                }
                Self::Identifiers(mut identifiers) => {
                    identifiers.retain(|identifier| !identifier.is_empty());
                    Self::Identifiers(identifiers)
                }
                value => value,
            };
        }
        match (self, wanted) {
            (Self::Text(text), ValueType::Title) => Self::Title(Title::new(text)),
            (Self::Text(text), ValueType::Texts) => Self::Texts(vec![text]),
            (Self::Title(title), ValueType::Text) => Self::Text(title.joined()),
            (value, _) => Self::from_plain(variable, &value.to_plain()),
        }
    }

    /// Reads the plain form of a value of `variable`.
    fn from_plain(variable: Variable, plain: &str) -> Self {
        match variable.value_type() {
            ValueType::Names => Self::Names(Names::new(vec![Name::literal(plain)])),
            ValueType::Title => Self::Title(Title::from(plain)),
            ValueType::Text => Self::Text(Text::plain(plain)),
            ValueType::Texts => Self::Texts(vec![Text::plain(plain)]),
            ValueType::Date => Self::Date(Date::parse(plain)),
            ValueType::Number => Self::Number(Number::from(plain)),
            ValueType::Pages => Self::Pages(Pages::parse(plain)),
            ValueType::Identifier => Self::Identifier(Identifier::new(variable.scheme(), plain)),
            ValueType::Identifiers => Self::Identifiers(vec![Identifier::new(variable.scheme(), plain)]),
            ValueType::Attachments => {
                Self::Attachments(vec![Attachment { path: plain.to_owned(), ..Attachment::default() }])
            }
        }
    }
}

impl Variable {
    /// The scheme of an identifier variable; [`Scheme::Eprint`] for all others.
    #[must_use]
    pub const fn scheme(self) -> Scheme {
        match self {
            Self::Doi => Scheme::Doi,
            Self::Url => Scheme::Url,
            Self::Pmid => Scheme::Pmid,
            Self::Pmcid => Scheme::Pmcid,
            Self::Isbn => Scheme::Isbn,
            Self::Issn => Scheme::Issn,
            _ => Scheme::Eprint,
        }
    }
}

macro_rules! into_value {
    ($($type:ty => $variant:ident,)*) => {
        $(impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        })*
    };
}

into_value! {
    Names => Names,
    Title => Title,
    Text => Text,
    Vec<Text> => Texts,
    Date => Date,
    Number => Number,
    Pages => Pages,
    Identifier => Identifier,
    Vec<Identifier> => Identifiers,
    Vec<Attachment> => Attachments,
}

impl From<&str> for Value {
    /// Plain text; a record reads it as its variable's type.
    fn from(text: &str) -> Self {
        Self::Text(Text::plain(text))
    }
}
