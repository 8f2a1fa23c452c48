//! Finds citations by number: in brackets, or raised.
use super::Citation;
use super::index::Index;
use super::tokens::Tokens;
use crate::document::Document;
#[derive(Debug, Default)]
pub(super) struct Drafts;
impl Drafts {
    pub(super) fn accepted(self, _index: &Index, _author_year: usize) -> Vec<Citation> {
        Vec::new()
    }
}
pub(super) fn find(_tokens: &Tokens<'_>, _document: &Document, _index: &Index, _drafts: &mut Drafts) {}
