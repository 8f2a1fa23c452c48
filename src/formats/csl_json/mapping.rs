//! Which member of a CSL-JSON item holds which variable.
//!
//! CSL's names are the variables' own, but for the few below. What stands in no row is a variable that CSL has no name for; it goes to
//! `custom` under the variable's name.

use crate::record::{Kind, Variable};

/// Members whose name is not the variable's: the name as it is written, the variable.
pub(super) const RENAMED: &[(&str, Variable)] = &[
    ("part", Variable::PartNumber),
    ("printing", Variable::PrintingNumber),
    ("supplement", Variable::SupplementNumber),
];

/// Members that are read beside the written ones: old names, and those of programs.
const ALSO_READ: &[(&str, Variable)] = &[
    ("event", Variable::EventTitle),
    ("journalAbbreviation", Variable::ContainerTitleShort),
    ("shortTitle", Variable::TitleShort),
    // Crossref and DataCite answer with these when asked for CSL-JSON.
    ("short-container-title", Variable::ContainerTitleShort),
    ("subject", Variable::Keyword),
    // The schema before 1.0.2.
    ("authority-place", Variable::Jurisdiction),
    // CSL names that JSON writers spell with the other dash.
    ("archive-location", Variable::ArchiveLocation),
    ("archive-collection", Variable::ArchiveCollection),
    ("doi", Variable::Doi),
    ("url", Variable::Url),
    ("isbn", Variable::Isbn),
    ("issn", Variable::Issn),
    ("pmid", Variable::Pmid),
    ("pmcid", Variable::Pmcid),
];

/// The variable that a member of an item holds.
pub(super) fn variable(member: &str) -> Option<Variable> {
    if let Ok(variable) = member.parse() {
        return Some(variable);
    }
    RENAMED.iter().chain(ALSO_READ).find(|(name, _)| *name == member).map(|(_, variable)| *variable)
}

/// The member that `variable` is written to; none where CSL has none.
pub(super) fn member(variable: Variable) -> Option<&'static str> {
    if let Some((name, _)) = RENAMED.iter().find(|(_, renamed)| *renamed == variable) {
        return Some(name);
    }
    (!is_beyond_csl(variable)).then(|| variable.as_str())
}

/// The variables that CSL has no member for.
const fn is_beyond_csl(variable: Variable) -> bool {
    use Variable as V;
    matches!(
        variable,
        V::Annotator
            | V::Commentator
            | V::Introduction
            | V::Foreword
            | V::Afterword
            | V::Founder
            | V::Continuator
            | V::Redactor
            | V::Reviser
            | V::Collaborator
            | V::Holder
            | V::ShortAuthor
            | V::ShortEditor
            | V::MainTitle
            | V::IssueTitle
            | V::ReprintTitle
            | V::CollectionTitleShort
            | V::EprintType
            | V::EprintClass
            | V::HowPublished
            | V::Addendum
            | V::NameAddition
            | V::Shorthand
            | V::ShorthandIntro
            | V::Pagination
            | V::BookPagination
            | V::Isan
            | V::Ismn
            | V::Isrn
            | V::Iswc
            | V::AuthorAddress
            | V::LanguageId
            | V::Crossref
            | V::Xref
            | V::RelatedType
            | V::RelatedString
            | V::OriginalLanguage
            | V::Related
            | V::EntrySet
            | V::Aliases
            | V::Xdata
            | V::Eprint
            | V::Attachments
    )
}

/// The kind of a type's name in Crossref's and DataCite's answers, which are CSL-JSON but for this.
pub(super) fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "journal-article" => Kind::ArticleJournal,
        "posted-content" => Kind::Article,
        "book-chapter" | "book-part" | "book-section" | "book-track" => Kind::Chapter,
        "monograph" | "edited-book" | "reference-book" | "book-set" | "book-series" | "proceedings" => Kind::Book,
        "proceedings-article" => Kind::PaperConference,
        "dissertation" => Kind::Thesis,
        "reference-entry" => Kind::Entry,
        "report-component" | "report-series" => Kind::Report,
        "journal" | "journal-issue" | "journal-volume" => Kind::Periodical,
        "peer-review" => Kind::Review,
        "data-set" | "database" => Kind::Dataset,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_leads_back_to_its_variable() {
        for &v in Variable::ALL {
            if let Some(name) = member(v) {
                assert_eq!(variable(name), Some(v), "{name}");
            }
        }
    }

    #[test]
    fn rows_are_needed() {
        for (name, v) in RENAMED.iter().chain(ALSO_READ) {
            assert_ne!(*name, v.as_str());
        }
    }
}
