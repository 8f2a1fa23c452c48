//! What Zotero gets from a file made for it: every field that Zotero has for an item's type, in every kind.
//!
//! Zotero itself does not run here. [`mod@import_ris`] and [`mod@import_bib`] do what its importers do as far as it was measured (a
//! tag's meaning by type, what is dropped, what moves out of "Extra"), and nothing that was not: where the measurement is silent, a
//! field counts as lost. A cell is a kind and a variable for which Zotero's item type has a field of its own.

mod import_bib;
mod import_ris;
mod items;
mod types;

use import_bib::import_bib;
use import_ris::import_ris;
use items::{Item, expected, full};
use reflist::Variable;
use reflist::formats::{Format, Target, WriteOptions, biblatex, bibtex, ris, write_all};
use types::{TYPES, fields_of};

/// Cells that arrive, cells in all, and what is missing of each item type.
fn measure(format: &Format, import: fn(&str) -> Item) -> (usize, usize, String) {
    let mut options = WriteOptions::default();
    options.target = Target::Zotero;
    let (mut kept, mut all, mut missing) = (0, 0, String::new());
    for &(item_type, kind, _) in TYPES {
        let (text, _) = write_all(format, &[full(kind, item_type)], &options);
        let item = import(&text);
        let lost: Vec<&str> = fields_of(item_type)
            .filter(|variable| {
                all += 1;
                let here = item.fields.get(variable).is_some_and(|value| *value == expected(*variable));
                kept += usize::from(here);
                !here
            })
            .map(Variable::as_str)
            .collect();
        let as_type = if item.item_type == item_type { String::new() } else { format!(" as {}", item.item_type) };
        if !lost.is_empty() || !as_type.is_empty() {
            missing.push_str(&format!("  {item_type}{as_type}: {}\n", lost.join(", ")));
        }
    }
    (kept, all, missing)
}

#[test]
fn what_arrives_in_zotero_is_as_reviewed() {
    let mut report = String::new();
    for (format, import) in
        [(&ris::FORMAT, import_ris as fn(&str) -> Item), (&biblatex::FORMAT, import_bib), (&bibtex::FORMAT, import_bib)]
    {
        let (kept, all, missing) = measure(format, import);
        report.push_str(&format!("{}: {kept} of {all}\n{missing}", format.name));
    }
    insta::assert_snapshot!(report);
}
