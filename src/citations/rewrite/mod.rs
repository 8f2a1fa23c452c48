//! The document with its citations in another syntax.
//!
//! Only the bytes of citations change (and of the list, where that is asked for); all else is copied. A citation is rewritten when every
//! item of it is linked to an entry with a key; any other stays as it was, with a diagnostic.
//!
//! Where a target prints names by its style and the text prints others ("Smith’s (2020)", "WHO (2019)" for an entry of the World Health
//! Organization), the names stay as text and only the year is cited.
//!
//! # Word
//!
//! Word and OpenDocument files do not hold their text in one piece ([`Document::source`] is then the text itself) and cannot be changed in
//! place. They come out as Markdown made of the document's blocks and marks: a `.docx` splits its text over runs at every spelling check,
//! so that changing runs alone would have to merge them, and whoever wants keys in the text wants to go on in a text format.

mod latex;
mod markdown;
mod pandoc;
mod typst;

use super::fold::fold_name;
use super::{Citation, Form, Item, Links, Locator, LocatorKind, Reference, Style, Verdict, whole_items};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Document;
use crate::record::{Name, Record};
use crate::span::{LineIndex, Span};

/// The syntax that citations are rewritten in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// `[see @key, p. 45]`, `@key [p. 45]`.
    Pandoc,
    /// `\parencite[see][45]{key}`, `\textcite[45]{key}`.
    Biblatex,
    /// `\citep[see][p.~45]{key}`, `\citet[p.~45]{key}`.
    Natbib,
    /// `#cite(<key>, supplement: [p. 45])`.
    Typst,
}

impl Target {
    /// The name that `--to` takes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pandoc => "pandoc",
            Self::Biblatex => "biblatex",
            Self::Natbib => "natbib",
            Self::Typst => "typst",
        }
    }

    /// What stands in the place of the list. `file` is the bibliography's name.
    fn list(self, file: &str) -> String {
        let stem = file.strip_suffix(".bib").unwrap_or(file);
        match self {
            Self::Pandoc => "::: {#refs}\n:::\n".to_owned(),
            Self::Biblatex => "\\printbibliography[heading=none]\n".to_owned(),
            Self::Natbib => format!("\\bibliography{{{stem}}}\n"),
            Self::Typst => format!("#bibliography(\"{file}\", title: none)\n"),
        }
    }
}

/// How a document is rewritten.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Rewrite<'a> {
    /// The syntax of the citations.
    pub target: Target,
    /// A reference list to be replaced by the target's command, in bytes of the source.
    pub list: Option<Span>,
    /// The name of the bibliography, for commands that name it.
    pub bibliography: &'a str,
}

impl<'a> Rewrite<'a> {
    /// Citations alone, in the syntax of `target`.
    #[must_use]
    pub const fn to(target: Target) -> Self {
        Self { target, list: None, bibliography: "references.bib" }
    }

    /// With the list at `place` replaced by the command that prints `bibliography`.
    #[must_use]
    pub const fn with_list(mut self, place: Span, bibliography: &'a str) -> Self {
        self.list = Some(place);
        self.bibliography = bibliography;
        self
    }
}

/// Rewrites the citations of `document`.
///
/// # Diagnostics
///
/// `citations::unlinked`: a citation stays as it was, for an item has no entry, several, or an entry without key.
/// `citations::kept`: a citation stays as it was, for the target has no such form, or markup begins within it.
///
/// # Example
///
/// ```
/// use reflist::citations::{Reference, Rewrite, Target, find, link, rewrite};
/// use reflist::document::Document;
/// use reflist::{Kind, Name, Names, Record, Variable};
/// let mut record = Record::new("lo2019", Kind::Book);
/// record.set(Variable::Author, Names::new(vec![Name::person("Lo", "B.")]));
/// record.set(Variable::Issued, "2019");
/// let references = [Reference::new(&record)];
/// let document = Document::from_markdown(b"Lo (2019) is *right* (see Lo, 2019, p. 102).\n");
/// let citations = find(&document, &references, &[]);
/// let links = link(&citations, &references);
/// let (text, diagnostics) = rewrite(&document, &references, &citations, &links, &Rewrite::to(Target::Pandoc));
/// assert_eq!(text, "@lo2019 is *right* [see @lo2019, p. 102].\n");
/// assert!(diagnostics.is_empty());
/// ```
#[must_use]
pub fn rewrite(
    document: &Document,
    references: &[Reference<'_>],
    citations: &[Citation],
    links: &Links,
    how: &Rewrite<'_>,
) -> (String, Vec<Diagnostic>) {
    let mut rewriter = Rewriter {
        document,
        references,
        target: how.target,
        lines: LineIndex::new(document.source()),
        edits: Vec::new(),
        diagnostics: Vec::new(),
    };
    for (citation, verdicts) in citations.iter().zip(&links.verdicts) {
        rewriter.citation(citation, verdicts);
    }
    let list = how.list.map(|place| {
        let (place, text) = (whole_list(document.source(), place), how.target.list(how.bibliography));
        Edit { place, text: text.trim_end().to_owned() }
    });
    let Rewriter { mut edits, diagnostics, .. } = rewriter;
    edits.extend(list);
    edits.sort_by_key(|edit| (edit.place.start, edit.place.end));
    let text =
        if holds_its_text(document) { apply(document.source(), &edits) } else { markdown::write(document, &edits) };
    (text, diagnostics)
}

/// Whether the source can be changed in place.
fn holds_its_text(document: &Document) -> bool {
    !matches!(document.kind().as_str(), "docx" | "odt")
}

/// The source with the edits carried out; edits that overlap an earlier one are left out.
fn apply(source: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(source.len() + source.len() / 8);
    let mut at = 0;
    for edit in edits.iter().filter(|edit| edit.place.end <= source.len()) {
        if edit.place.start < at {
            continue;
        }
        out.push_str(&source[at..edit.place.start]);
        out.push_str(&edit.text);
        at = edit.place.end;
    }
    out.push_str(&source[at..]);
    out
}

/// The place of a list with the sign or number in front of its first entry, and with LaTeX's environment around it.
fn whole_list(source: &str, place: Span) -> Span {
    let mut place = Span::new(place.start, source[..place.end].trim_end().len().max(place.start));
    let line = source[..place.start].rfind('\n').map_or(0, |at| at + 1);
    let lead = source[line..place.start].trim();
    let is_sign = matches!(lead, "-" | "*" | "+" | ">")
        || (lead.len() <= 6 && lead.trim_matches(['[', ']', '(', ')', '.']).bytes().all(|byte| byte.is_ascii_digit()));
    if is_sign {
        place.start = line;
    }
    let (begin, end) = ("\\begin{thebibliography}", "\\end{thebibliography}");
    if let Some(close) =
        source[place.end..].trim_start().starts_with(end).then(|| source[place.end..].find(end)).flatten()
    {
        place.end += close + end.len();
        place.start = source[..place.start].rfind(begin).unwrap_or(place.start);
    }
    place
}

/// A replacement of bytes of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    place: Span,
    text: String,
}

/// One item as a target sees it.
#[derive(Debug, Clone, Default)]
struct Cite<'a> {
    key: &'a str,
    /// As the source prints it.
    prefix: &'a str,
    locator: Option<&'a Locator>,
    suffix: &'a str,
}

impl Cite<'_> {
    /// Whether nothing but the key is said.
    const fn is_bare(&self) -> bool {
        self.prefix.is_empty() && self.locator.is_none() && self.suffix.is_empty()
    }
}

/// A citation as a target sees it.
#[derive(Debug)]
struct Cluster<'a> {
    style: Style,
    form: Form,
    /// The names as the source prints them, where they must stay as text: "Smith’s".
    names: Option<&'a str>,
    cites: Vec<Cite<'a>>,
}

struct Rewriter<'a> {
    document: &'a Document,
    references: &'a [Reference<'a>],
    target: Target,
    lines: LineIndex,
    edits: Vec<Edit>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Rewriter<'a> {
    fn citation(&mut self, citation: &'a Citation, verdicts: &[Verdict]) {
        if matches!(citation.style, Style::LatexKey | Style::PandocKey | Style::TypstKey | Style::Field) {
            return; // They are what others become.
        }
        let mut place = self.document.place(citation.span);
        let printed = &self.document.source()[place.range()];
        if !is_balanced(printed) && citation.style == Style::Note {
            place = with_closing(self.document.source(), place);
        }
        let printed = &self.document.source()[place.range()];
        if !same_letters(printed, self.document.slice(citation.span)) {
            let text = self.document.slice(citation.span);
            let message = format!("\"{text}\" stays as it was: its place in the source is not known to the byte");
            return self.keep("citations::kept", message, place);
        }
        if !is_balanced(printed) {
            let message = format!("\"{printed}\" stays as it was: markup begins or ends within it");
            return self.keep("citations::kept", message, place);
        }
        let mut cites = Vec::with_capacity(citation.items.len());
        for (item, verdict) in citation.items.iter().zip(verdicts) {
            match self.cite(item, verdict) {
                Ok(cite) => cites.push(cite),
                Err(why) => {
                    let message = format!("\"{printed}\" stays as it was: {why}");
                    return self.keep("citations::unlinked", message, place);
                }
            }
        }
        let cluster =
            Cluster { style: citation.style, form: citation.form, names: self.names(citation, verdicts), cites };
        let text = match self.target {
            Target::Pandoc => pandoc::print(&cluster),
            Target::Biblatex => Some(latex::biblatex(&cluster, self.escapes())),
            Target::Natbib => Some(latex::natbib(&cluster, self.escapes())),
            Target::Typst => Some(typst::print(&cluster, self.behind(place))),
        };
        let Some(text) = text else {
            let target = self.target.as_str();
            let message = format!("\"{printed}\" stays as it was: {target} has no citation without brackets");
            return self.keep("citations::kept", message, place);
        };
        if citation.style == Style::Superscript {
            place = self.with_raising(place);
        }
        self.edits.push(Edit { place, text });
    }

    fn keep(&mut self, code: &'static str, message: String, place: Span) {
        let (line, column) = self.lines.line_column(self.document.source(), place.start);
        self.diagnostics.push(Diagnostic::warning(code, message).at(Place { line, column, span: place }));
    }

    fn cite(&self, item: &'a Item, verdict: &Verdict) -> Result<Cite<'a>, String> {
        let reference = match verdict {
            Verdict::Linked { reference, .. } => *reference,
            Verdict::Ambiguous(entries) => return Err(format!("{} entries fit", entries.len())),
            Verdict::Missing(_) => return Err("no entry fits".to_owned()),
        };
        let key = self.references[reference].record.key.as_str();
        if key.is_empty() {
            return Err("its entry has no key".to_owned());
        }
        let printed =
            |span: Span| if span.is_empty() { "" } else { &self.document.source()[self.document.place(span).range()] };
        Ok(Cite {
            key,
            prefix: printed(item.prefix_span),
            locator: item.locator.as_ref(),
            suffix: printed(item.suffix_span),
        })
    }

    /// The names in front of the year, where the target would print others.
    fn names(&self, citation: &'a Citation, verdicts: &[Verdict]) -> Option<&'a str> {
        if citation.form != Form::Narrative {
            return None;
        }
        let (first, verdict) = (citation.items.first()?, verdicts.first()?);
        let record = self.references[verdict.reference()?].record;
        let one_author = whole_items(citation).all(|(item, named)| item.names_before || std::ptr::eq(named, first));
        let several = citation.items.len() > 1;
        if !first.possessive && !several && one_author && prints_the_same(first, record) {
            return None;
        }
        // Up to the bracket in front of the year.
        let text = &self.document.text()[citation.span.range()];
        let open = text.rfind(['(', '[', '（']).filter(|_| citation.items.len() == 1).or_else(|| {
            let year = first.year.as_ref()?.printed.as_str();
            text.find(year).and_then(|at| text[..at].rfind(['(', '[', '（']))
        })?;
        let span = Span::new(citation.span.start, citation.span.start + text[..open].trim_end().len());
        Some(&self.document.source()[self.document.place(span).range()])
    }

    /// Whether words from the source must be escaped for LaTeX.
    fn escapes(&self) -> bool {
        !self.document.source().contains("\\begin{document}") && self.document.kind().as_str() != "latex"
    }

    /// What stands right behind a place.
    fn behind(&self, place: Span) -> &'a str {
        &self.document.source()[place.end..]
    }

    /// The place with the markup that raises it: `^1^`, `<sup>1</sup>`, `\textsuperscript{1}`.
    fn with_raising(&self, place: Span) -> Span {
        const RAISING: [(&str, &str); 4] =
            [("^", "^"), ("<sup>", "</sup>"), ("\\textsuperscript{", "}"), ("$^{", "}$")];
        let (before, behind) = (&self.document.source()[..place.start], self.behind(place));
        let raising = RAISING.iter().find(|(open, close)| before.ends_with(open) && behind.starts_with(close));
        raising.map_or(place, |(open, close)| Span::new(place.start - open.len(), place.end + close.len()))
    }
}

/// Whether a style prints the item's names as the text does: family names, two joined, three or more with "et al.".
fn prints_the_same(item: &Item, record: &Record) -> bool {
    let Some(names) = record.author().or_else(|| record.editor()) else { return false };
    let known: Vec<String> = names.list.iter().map(Name::family_with_particle).collect();
    let same = |at: usize| matches!((item.names.get(at), known.get(at)), (Some(cited), Some(known)) if fold_name(cited) == fold_name(known));
    let count =
        if item.et_al { known.len() >= 3 || names.et_al } else { item.names.len() == known.len() && known.len() <= 2 };
    count && (0..item.names.len()).all(same)
}

/// The place with the sign behind it that ends an emphasis begun within: "Smith, *Title*".
fn with_closing(source: &str, place: Span) -> Span {
    let signs = source[place.end..].chars().take_while(|&c| matches!(c, '*' | '_')).count();
    Span::new(place.start, place.end + signs)
}

/// Whether a part of the source says what `text` says: the same letters and digits, tags, entities and commands aside.
fn same_letters(source: &str, text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '<' => rest.find('>').map(|end| end + 1),
            '&' => rest.find(';').filter(|&end| end < 10 && !rest[..end].contains(' ')).map(|end| end + 1),
            '\\' => Some(1 + rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count()),
            _ => None,
        };
        match skipped {
            Some(length) => rest = &rest[length..],
            None => {
                if c.is_alphanumeric() && letters.next() != Some(c) {
                    return false;
                }
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    letters.next().is_none()
}

/// Whether markup that begins in a part of the source also ends there.
fn is_balanced(part: &str) -> bool {
    part.matches('*').count().is_multiple_of(2) && part.matches('{').count() == part.matches('}').count()
}

/// A locator as printed in running text: "p. 45", "pp. 45–50"; `space` stands behind the label.
fn spelt(locator: &Locator, space: &str) -> String {
    let (one, several) = locator.kind.labels();
    format!("{}{space}{}", if locator.is_several() { several } else { one }, locator.value)
}

/// Whether a locator is figures and ranges of pages alone.
fn is_plain_pages(locator: &Locator) -> bool {
    locator.kind == LocatorKind::Page
        && locator.value.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '\u{2010}'..='\u{2015}'))
}
