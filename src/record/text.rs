//! Rich text: a string and the formats of its parts.

use std::fmt;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::scan::Scan;

/// A format that a part of a [`Text`] can have. CSL's rich text, plus what LaTeX needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Must keep its case in styles that recase titles (CSL `nocase`, BibTeX `{…}`).
    NoCase,
    /// A quotation; the quotation marks are not in the string.
    Quote,
    /// Italic, or emphasised.
    Italic,
    /// Bold.
    Bold,
    /// Small capitals.
    SmallCaps,
    /// Subscript.
    Sub,
    /// Superscript.
    Sup,
    /// Underlined.
    Underline,
    /// A formula; the string holds its TeX source, without the dollar signs.
    Math,
}

impl Format {
    /// Every format, in the order of nesting that writers use.
    pub const ALL: [Self; 9] = [
        Self::NoCase,
        Self::Quote,
        Self::Italic,
        Self::Bold,
        Self::SmallCaps,
        Self::Sub,
        Self::Sup,
        Self::Underline,
        Self::Math,
    ];

    /// A stable lower-case name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoCase => "nocase",
            Self::Quote => "quote",
            Self::Italic => "italic",
            Self::Bold => "bold",
            Self::SmallCaps => "small-caps",
            Self::Sub => "sub",
            Self::Sup => "sup",
            Self::Underline => "underline",
            Self::Math => "math",
        }
    }
}

/// One formatted part: `start..end` in bytes of the string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FormatRun {
    /// First byte.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
    /// The format.
    pub format: Format,
}

/// A string with formats, canonical by construction: NFC, white space folded to single spaces and trimmed, and the parts of one
/// format sorted, not overlapping and not touching. So two texts are equal when they read and look the same.
///
/// ```
/// use reflist::{Format, Text};
/// let text = Text::build(|b| { b.push_str("The "); b.with(Format::Italic, |b| b.push_str("Iliad")); });
/// assert_eq!(text.as_str(), "The Iliad");
/// assert_eq!(text.runs()[0].format, Format::Italic);
/// assert_eq!(Text::plain("  a \n b ").as_str(), "a b");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Text {
    text: String,
    runs: Runs,
}

/// The formatted parts; nothing where there is none, so that a plain text is small. Records are moved often, and most texts are plain.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[allow(clippy::box_collection, reason = "one word instead of three in every text")]
struct Runs(Option<Box<Vec<FormatRun>>>);

impl Runs {
    const NONE: Self = Self(None);

    fn new(runs: Vec<FormatRun>) -> Self {
        Self((!runs.is_empty()).then(|| Box::new(runs)))
    }

    fn as_slice(&self) -> &[FormatRun] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }
}

impl fmt::Debug for Runs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}

impl Text {
    /// Text without formats.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self::scanned(text, Scan::of(text))
    }

    /// The same, for a text that was looked at.
    pub(crate) fn scanned(text: &str, scan: Scan) -> Self {
        debug_assert_eq!(scan, Scan::of(text));
        let text = match (scan.is_canonical(), text.is_ascii()) {
            (true, _) => text.to_owned(),
            (false, true) => fold_ascii(text),
            (false, false) => fold(text, scan),
        };
        Self { text, runs: Runs::NONE }
    }

    /// Builds a text part by part.
    #[must_use]
    pub fn build(parts: impl FnOnce(&mut TextBuilder)) -> Self {
        let mut builder = TextBuilder::default();
        parts(&mut builder);
        builder.finish()
    }

    /// The characters without formats.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The characters without formats, as a string of one's own.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }

    /// The formatted parts, sorted by start, then longest first, then by format.
    #[must_use]
    pub fn runs(&self) -> &[FormatRun] {
        self.runs.as_slice()
    }

    /// Whether it has no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether no part has a format.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.runs.as_slice().is_empty()
    }

    /// The same without the formats for which `keep` is false.
    #[must_use]
    pub fn retain(&self, mut keep: impl FnMut(Format) -> bool) -> Self {
        let runs = self.runs().iter().copied().filter(|run| keep(run.format)).collect();
        Self { text: self.text.clone(), runs: Runs::new(runs) }
    }

    /// Both texts with `between` in the middle.
    #[must_use]
    pub fn join(&self, between: &str, other: &Self) -> Self {
        Self::build(|b| {
            b.push_text(self);
            b.push_str(between);
            b.push_text(other);
        })
    }

    /// Cuts the text into pieces over which the set of formats does not change, in order. Writers walk these.
    ///
    /// Each item is the piece and the formats that hold over it, in the order of [`Format::ALL`].
    pub fn pieces(&self) -> impl Iterator<Item = (&str, Vec<Format>)> {
        let mut cuts: Vec<usize> = self.runs().iter().flat_map(|run| [run.start, run.end]).collect();
        cuts.extend([0, self.text.len()]);
        cuts.sort_unstable();
        cuts.dedup();
        let pairs: Vec<(usize, usize)> = cuts.windows(2).map(|pair| (pair[0], pair[1])).collect();
        pairs.into_iter().map(|(start, end)| {
            let mut formats: Vec<Format> =
                self.runs().iter().filter(|run| run.start <= start && end <= run.end).map(|run| run.format).collect();
            formats.sort_unstable();
            (&self.text[start..end], formats)
        })
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        if is_folded(&text) { Self { text, runs: Runs::NONE } } else { Self::plain(&text) }
    }
}

/// Collects the parts of a [`Text`]; see [`Text::build`].
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: String,
    runs: Vec<FormatRun>,
}

impl TextBuilder {
    /// A builder with room for so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), runs: Vec::new() }
    }

    /// Appends characters.
    pub fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends one character.
    pub fn push(&mut self, c: char) {
        self.text.push(c);
    }

    /// Appends another text with its formats.
    pub fn push_text(&mut self, other: &Text) {
        let offset = self.text.len();
        self.text.push_str(&other.text);
        self.runs.extend(other.runs().iter().map(|run| FormatRun {
            start: run.start + offset,
            end: run.end + offset,
            format: run.format,
        }));
    }

    /// Gives everything that `parts` appends the format.
    pub fn with(&mut self, format: Format, parts: impl FnOnce(&mut Self)) {
        let start = self.text.len();
        parts(self);
        self.format(start, self.text.len(), format);
    }

    /// Gives the bytes `start..end` of what was appended so far the format; for readers that learn of it at the end of a part.
    pub fn format(&mut self, start: usize, end: usize, format: Format) {
        self.runs.push(FormatRun { start, end, format });
    }

    /// What was appended so far.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How many bytes were appended so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was appended so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The canonical text of what was appended.
    #[must_use]
    pub fn finish(self) -> Text {
        if self.runs.is_empty() {
            return Text::from(self.text);
        }
        let (text, runs) =
            if is_folded(&self.text) { (self.text, self.runs) } else { fold_runs(&self.text, self.runs) };
        let runs = canonical_runs(&text, runs);
        Text { text, runs: Runs::new(runs) }
    }
}

/// Whether folding would change nothing.
pub(crate) fn is_folded(text: &str) -> bool {
    is_folded_as_seen(text, Scan::of(text))
}

/// The same, for a text that was looked at.
fn is_folded_as_seen(text: &str, scan: Scan) -> bool {
    scan.is_canonical()
        || (scan.may_be_canonical()
            && (text.chars().all(is_certain) || (is_nfc(text) && !text.chars().any(is_foldable))))
}

/// Whether a character is canonical wherever it stands, without a look at a table. They make up nearly all texts: those below the
/// combining marks, Greek and Cyrillic letters, dashes and quotation marks, arrows and operators, kana and ideographs, Hangul syllables.
const fn is_certain(c: char) -> bool {
    matches!(
        c,
        ' '..='~'
            | '\u{a1}'..='\u{2ff}'
            | '\u{391}'..='\u{3c9}'
            | '\u{400}'..='\u{482}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205e}'
            | '\u{2190}'..='\u{22ff}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{4e00}'..='\u{9fa5}'
            | '\u{ac00}'..='\u{d7a3}'
    )
}

/// Whether the text is NFC.
pub(super) fn is_nfc(text: &str) -> bool {
    text.chars().all(is_certain) || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// White space other than the plain blank, and controls. No-break spaces fold too: they are layout, not text.
fn is_foldable(c: char) -> bool {
    !(' '..='~').contains(&c) && (c.is_whitespace() || c.is_control())
}

/// White space and controls, which no value keeps.
pub(crate) fn is_blank(c: char) -> bool {
    c == ' ' || is_foldable(c)
}

/// NFC, white space and controls folded to single blanks, trimmed.
fn fold(text: &str, scan: Scan) -> String {
    if is_folded_as_seen(text, scan) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    if is_nfc(text) {
        push_folded(text.chars(), &mut out);
    } else {
        push_folded(text.nfc(), &mut out);
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// The same for ASCII, in stretches that are canonical.
fn fold_ascii(text: &str) -> String {
    let is_blank = |byte: u8| byte <= b' ' || byte == 0x7F;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let blank = rest.bytes().position(|byte| !is_blank(byte)).unwrap_or(rest.len());
        rest = &rest[blank..];
        if rest.is_empty() {
            return out;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        // A single blank is as it should be.
        let bytes = rest.as_bytes();
        let breaks = |at: usize| match bytes[at] {
            b' ' => bytes.get(at + 1).is_none_or(|&next| is_blank(next)),
            byte => is_blank(byte),
        };
        let end = (0..bytes.len()).find(|&at| breaks(at)).unwrap_or(bytes.len());
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
}

/// Appends characters, white space and controls folded to single blanks.
fn push_folded(chars: impl Iterator<Item = char>, out: &mut String) {
    for c in chars {
        if is_blank(c) {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
}

/// Folds the text piece by piece, so that the runs' ends move with it.
fn fold_runs(text: &str, runs: Vec<FormatRun>) -> (String, Vec<FormatRun>) {
    let mut cuts: Vec<usize> = runs.iter().flat_map(|run| [run.start, run.end]).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::with_capacity(text.len());
    let mut moved = Vec::with_capacity(cuts.len());
    moved.push(0);
    for pair in cuts.windows(2) {
        let piece = &text[pair[0]..pair[1]];
        if is_nfc(piece) {
            push_folded(piece.chars(), &mut out);
        } else {
            push_folded(piece.nfc(), &mut out);
        }
        moved.push(out.len());
    }
    out.truncate(out.trim_end_matches(' ').len());
    // A combining mark at the start of a piece may compose with the piece before it; give up the formats rather than the order.
    if is_nfc_quick(out.chars()) != IsNormalized::Yes {
        let composed: String = out.nfc().collect();
        if composed != out {
            return (composed, Vec::new());
        }
    }
    let place = |at: usize| moved[cuts.binary_search(&at).unwrap_or(0)].min(out.len());
    let runs = runs
        .into_iter()
        .map(|run| FormatRun { start: place(run.start), end: place(run.end), format: run.format })
        .collect();
    (out, runs)
}

/// Blank edges off, touching parts of one format merged, sorted.
fn canonical_runs(text: &str, runs: Vec<FormatRun>) -> Vec<FormatRun> {
    if are_canonical(text, &runs) {
        return runs;
    }
    let math = runs.iter().any(|run| run.format == Format::Math);
    let runs = merged_runs(text, runs);
    if math { merged_runs(text, whole_formulas(text, runs)) } else { runs }
}

/// Whether parts are canonical as they stand, for those that lie apart, as in nearly all texts.
fn are_canonical(text: &str, runs: &[FormatRun]) -> bool {
    let bytes = text.as_bytes();
    let edges = |run: &FormatRun| {
        run.format != Format::Math
            && run.start < run.end
            && bytes.get(run.start) != Some(&b' ')
            && bytes.get(run.end - 1) != Some(&b' ')
    };
    let apart = |a: &FormatRun, b: &FormatRun| a.end <= b.start && (a.format != b.format || !touches(text, a.end, *b));
    runs.iter().all(edges) && runs.windows(2).all(|pair| apart(&pair[0], &pair[1]))
}

/// A formula is one thing: a part of another format that holds over some of it holds over all. What has a brace without its partner
/// is no TeX, and so no formula.
fn whole_formulas(text: &str, mut runs: Vec<FormatRun>) -> Vec<FormatRun> {
    runs.retain(|run| run.format != Format::Math || is_balanced(&text[run.start..run.end]));
    let formulas: Vec<FormatRun> = runs.iter().copied().filter(|run| run.format == Format::Math).collect();
    for run in runs.iter_mut().filter(|run| run.format != Format::Math) {
        // Formulas do not overlap, so the ends move once each.
        let first = formulas.partition_point(|formula| formula.end <= run.start);
        let last = formulas.partition_point(|formula| formula.start < run.end);
        if first < last {
            run.start = run.start.min(formulas[first].start);
            run.end = run.end.max(formulas[last - 1].end);
        }
    }
    runs
}

fn is_balanced(math: &str) -> bool {
    let depth = math.bytes().try_fold(0_usize, |depth, byte| match byte {
        b'{' => Some(depth + 1),
        b'}' => depth.checked_sub(1),
        _ => Some(depth),
    });
    depth == Some(0)
}

fn merged_runs(text: &str, runs: Vec<FormatRun>) -> Vec<FormatRun> {
    let mut runs: Vec<FormatRun> = runs
        .into_iter()
        .map(|mut run| {
            while run.start < run.end && text.as_bytes()[run.start] == b' ' {
                run.start += 1;
            }
            while run.start < run.end && text.as_bytes()[run.end - 1] == b' ' {
                run.end -= 1;
            }
            run
        })
        .filter(|run| run.start < run.end)
        .collect();
    runs.sort_unstable_by_key(|run| (run.format, run.start, run.end));
    let mut merged: Vec<FormatRun> = Vec::with_capacity(runs.len());
    for run in runs {
        match merged.last_mut() {
            Some(last) if last.format == run.format && touches(text, last.end, run) => last.end = last.end.max(run.end),
            _ => merged.push(run),
        }
    }
    merged.sort_unstable_by_key(|run| (run.start, usize::MAX - run.end, run.format));
    merged
}

/// Whether nothing but a blank lies between two parts: "*a* *b*" looks the same as "*a b*". Two quotations or formulas stay two.
fn touches(text: &str, end: usize, next: FormatRun) -> bool {
    let blank = !matches!(next.format, Format::Quote | Format::Math) && text.get(end..next.start) == Some(" ");
    next.start <= end || blank
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_needs_no_table_is_nfc() {
        for c in ('\0'..='\u{ffff}').filter(|&c| is_certain(c)) {
            assert!(c == ' ' || !is_foldable(c), "{:x} is no white space", c as u32);
            assert!(c.nfc().eq([c]), "{:x} alone", c as u32);
        }
        assert!(!is_nfc("e\u{301}") && !is_nfc("\u{212b}") && !is_nfc("か\u{3099}"));
    }

    #[test]
    fn folds_space_and_composes() {
        assert_eq!(Text::plain("a\u{a0}\n b\u{301} ").as_str(), "a b\u{301}".nfc().collect::<String>());
        assert_eq!(Text::plain("e\u{301}").as_str(), "é");
    }

    proptest! {
        #[test]
        fn what_is_folded_at_once_is_folded_as_all_else(text in "[a-c \\n\\t\u{7f}\u{b}]{0,12}") {
            prop_assert_eq!(fold_ascii(&text), fold(&text, Scan::of(&text)));
        }

        #[test]
        fn parts_that_are_canonical_stay_as_they_are(text in "[a-c ]{1,12}", runs in vec((0_usize..12, 0_usize..12, 0..9_usize), 0..4)) {
            let run = |&(start, end, format): &(usize, usize, usize)| {
                let (start, end) = (start.min(text.len()), end.min(text.len()));
                FormatRun { start: start.min(end), end: start.max(end), format: Format::ALL[format] }
            };
            let runs: Vec<FormatRun> = runs.iter().map(run).collect();
            if are_canonical(&text, &runs) {
                prop_assert_eq!(merged_runs(&text, runs.clone()), runs);
            }
        }
    }

    #[test]
    fn formats_move_with_the_folding() {
        let text = Text::build(|b| {
            b.push_str("  the  ");
            b.with(Format::Italic, |b| b.push_str(" Iliad  of "));
            b.push_str(" Homer ");
        });
        assert_eq!(text.as_str(), "the Iliad of Homer");
        assert_eq!(text.runs(), [FormatRun { start: 4, end: 12, format: Format::Italic }]);
    }

    #[test]
    fn touching_parts_of_one_format_are_one() {
        let text = Text::build(|b| {
            b.with(Format::Bold, |b| b.push_str("a"));
            b.with(Format::Bold, |b| b.push_str("b"));
        });
        assert_eq!(text.runs().len(), 1);
    }

    #[test]
    fn a_formula_is_one_thing() {
        let text = Text::build(|b| {
            b.push_str("a x^{2} b }");
            b.format(2, 7, Format::Math);
            b.format(5, 9, Format::Bold);
            b.format(10, 11, Format::Math);
        });
        let bold = FormatRun { start: 2, end: 9, format: Format::Bold };
        assert_eq!(text.runs(), [bold, FormatRun { start: 2, end: 7, format: Format::Math }]);
    }

    #[test]
    fn pieces_carry_the_formats_that_hold() {
        let text = Text::build(|b| {
            b.with(Format::Italic, |b| {
                b.push_str("x");
                b.with(Format::Sub, |b| b.push_str("2"));
            });
            b.push_str("y");
        });
        let pieces: Vec<_> = text.pieces().collect();
        assert_eq!(pieces, [("x", vec![Format::Italic]), ("2", vec![Format::Italic, Format::Sub]), ("y", vec![])]);
    }
}
