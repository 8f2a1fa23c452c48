//! Words with which a citation points back: "ibid.", "ders.", "op. cit.".

use crate::parse::section;

/// Words for the work, or the authors, of the entry before; in lower case, without their final stop.
const BEFORE: &[&str] = &[
    "ibid",
    "ibidem",
    "ibíd",
    "íbid",
    "ib",
    "id",
    "idem",
    "eadem",
    "ebd",
    "ebda",
    "ebenda",
    "ivi",
    "ders",
    "dies",
    "derselbe",
    "dieselbe",
    "dieselben",
    "tamże",
    "tenże",
    "taż",
    "tamtéž",
    "týž",
    "táž",
    "там же",
    "он же",
    "она же",
];

/// Words for a work that was cited further up.
const EARLIER: &[&str] = &[
    "op. cit",
    "op.cit",
    "loc. cit",
    "loc.cit",
    "art. cit",
    "ob. cit",
    "a. a. o",
    "a.a.o",
    "a. w.",
    "указ. соч",
    "dz. cyt",
    "supra note",
    "supra n",
];

/// Whether a text begins with words that point back to the entry before.
pub(super) fn opens(text: &str) -> bool {
    let head = section::prefix(text, 24).to_lowercase();
    BEFORE.iter().any(|word| {
        // "Dies irae" and "Id" are more than abbreviations.
        let blank = word.chars().count() > 4 || matches!(*word, "ibid" | "idem" | "ebda");
        head.strip_prefix(word)
            .is_some_and(|rest| rest.starts_with(['.', ',', ';', ':']) || blank && rest.starts_with(' '))
    })
}

/// Whether a text points back at all.
pub(super) fn points(text: &str) -> bool {
    let tail = section::suffix(text, 160).to_lowercase();
    opens(text) || EARLIER.iter().any(|words| tail.contains(words)) || tail.contains("(n ")
}
