//! From documents to the references in them.

#![allow(missing_docs, unreachable_pub)]

#[path = "support/corpus.rs"]
mod corpus;

use reflist::document::Document;
use reflist::parse::entries::{self, Entry};
use reflist::parse::section;
use reflist::text::MarkKind;

/// The entries of all lists of a document.
fn entries_of(document: &Document) -> Vec<Entry> {
    let (lists, _) = section::find(document);
    lists.iter().flat_map(|list| entries::split(document, list)).collect()
}

fn italics(entry: &Entry) -> Vec<&str> {
    entry.marks.iter().filter(|mark| mark.kind == MarkKind::Italic).map(|mark| &entry.text[mark.span.range()]).collect()
}

#[test]
fn the_sample_article_has_32_references_and_nothing_else() {
    check_article(include_bytes!("../testdata/documents/article.md"));
}

#[test]
fn the_seed_article_has_32_references_and_nothing_else() {
    let Some(shared) = std::env::var_os("REFLIST_SHARED") else { return };
    check_article(&std::fs::read(std::path::Path::new(&shared).join("seed/article.md")).expect("the seed is there"));
}

#[track_caller]
fn check_article(bytes: &[u8]) {
    let document = Document::from_markdown(bytes);
    let (lists, _) = section::find(&document);
    assert_eq!(lists.len(), 1);
    assert_eq!(lists[0].title.as_deref(), Some("References:"));
    let entries = entries_of(&document);
    assert_eq!(entries.len(), 32);
    assert_eq!(
        entries[0].text,
        "Allison, R. (2018). Russia, the West, and military intervention. Oxford University Press, pp. 21–32."
    );
    assert_eq!(italics(&entries[0]), ["Russia, the West, and military intervention"]);
    assert!(italics(&entries[6]).is_empty());
    assert_eq!(italics(&entries[31]), ["Central Asian Studies"]);
    for entry in &entries {
        assert!(entry.marks_known);
        let source = &document.source()[entry.place.range()];
        assert_eq!(source.replace('*', ""), entry.text);
    }
}
