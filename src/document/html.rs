//! Reads HTML: web pages, and what word processors and pandoc save as such.
//!
//! Blocks follow the elements that browsers set as blocks; `<br>` is a line break inside one. Navigation, scripts, styles and hidden
//! parts are left out. A list that says what it is (`role="doc-bibliography"`, an `<ol class="references">`, pandoc's `#refs`) is
//! declared.
//!
//! # Links
//!
//! Publishers put links behind each reference: "Google Scholar", "View Article", "PubMed". Such words are no part of the reference and
//! are left out; where the link leads to a DOI, the DOI's link stands in their place, because the page does give it.

use std::borrow::Cow;

use super::build::Builder;
use super::markup::{self, Tag, Token, Tokens};
use super::{BlockKind, Document, DocumentKind};
use crate::span::Span;
use crate::text::{MarkKind, decode_declared};

pub(super) fn read(bytes: &[u8]) -> Document {
    let decoded = decode_declared(bytes, declared_encoding(bytes).as_deref());
    let source = decoded.text.into_owned();
    let mut reader = Reader::new(&source);
    reader.out.diagnostics = decoded.diagnostics;
    for token in Tokens::html(&source) {
        reader.token(token);
    }
    reader.close_to(0);
    let out = reader.out;
    out.finish(DocumentKind::Html, Some(source))
}

/// The encoding that `<meta charset>` or an XML declaration names near the start.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(2048).map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    let at = head.find("charset=").map(|at| at + 8).or_else(|| head.find("encoding=").map(|at| at + 9))?;
    let value = head[at..].trim_start_matches(['"', '\'', ' ']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_owned())
}

/// What ends with an element.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Effect {
    None,
    Block,
    Skip,
    Mark(MarkKind),
    /// A list, with its number, the number of its next item, and the first block if it is declared.
    List {
        next: Option<u64>,
        declared: Option<usize>,
    },
    Item,
    Footnotes,
    Preformatted,
    /// A link: where its text began, and its target.
    Link {
        text: usize,
        target: String,
    },
    Term,
}

struct Element<'a> {
    name: &'a str,
    effect: Effect,
}

struct Reader<'a> {
    source: &'a str,
    out: Builder,
    open: Vec<Element<'a>>,
    skipping: usize,
    footnotes: usize,
    preformatted: usize,
    lists: u32,
    /// Open lists by their number.
    list_numbers: Vec<u32>,
    /// The label that the next block of a list gets.
    item: Option<(u32, String, String)>,
    /// Whether the item's first block was begun.
    in_item: usize,
}

/// How deep an end tag looks for its start tag; real pages are shallower.
const DEPTH: usize = 200;

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            out: Builder::new(source.len() / 2),
            open: Vec::new(),
            skipping: 0,
            footnotes: 0,
            preformatted: 0,
            lists: 0,
            list_numbers: Vec::new(),
            item: None,
            in_item: 0,
        }
    }

    fn token(&mut self, token: Token<'a>) {
        match token {
            Token::Open(tag) => self.start(tag),
            Token::Close(name) => self.end(name),
            Token::Text(_) | Token::Verbatim(_) if self.skipping > 0 => {}
            Token::Text(span) => self.text(span),
            // The content of scripts and titles; CDATA does not exist in HTML.
            Token::Verbatim(_) => {}
        }
    }

    fn text(&mut self, span: Span) {
        let blank = self.source[span.range()].trim().is_empty();
        if blank && (!self.out.is_open() || self.out.open_text().is_empty()) {
            return;
        }
        if !self.out.is_open() {
            self.begin(BlockKind::Paragraph);
        }
        markup::push_text(&mut self.out, self.source, span, self.preformatted > 0);
    }

    /// Begins a block, as the item or footnote that it is in.
    fn begin(&mut self, kind: BlockKind) {
        let kind = if self.preformatted > 0 { BlockKind::Preformatted } else { kind };
        match self.item.take() {
            Some((list, label, key)) => {
                self.out.begin(if self.footnotes > 0 { BlockKind::Footnote } else { BlockKind::ListItem });
                self.out.list(list);
                self.out.label(&label);
                self.out.key(&key);
            }
            None => {
                self.out.begin(kind);
                if self.in_item > 0 && kind == BlockKind::Paragraph {
                    self.out.list(self.list_numbers.last().copied().unwrap_or(0));
                    self.out.continues();
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        let name = tag.name;
        let is = |wanted: &[&str]| wanted.iter().any(|one| name.eq_ignore_ascii_case(one));
        if is(&["br"]) {
            if self.skipping == 0 && self.out.is_open() {
                self.out.push_unplaced("\n");
            }
            return;
        }
        if is(&[
            "img", "hr", "meta", "link", "input", "wbr", "col", "source", "area", "base", "embed", "param", "track",
        ]) {
            return;
        }
        let effect = self.effect(tag);
        match &effect {
            Effect::Skip => self.skipping += 1,
            _ if self.skipping > 0 => {}
            Effect::Mark(kind) => self.out.open_mark(kind.clone()),
            Effect::Footnotes => {
                self.out.end();
                self.footnotes += 1;
            }
            Effect::Preformatted => {
                self.out.end();
                self.preformatted += 1;
            }
            Effect::List { .. } => {
                self.out.end();
                self.lists += 1;
                self.list_numbers.push(self.lists);
            }
            Effect::Item => self.start_item(tag),
            Effect::Block | Effect::Term => self.start_block(name),
            Effect::Link { target, .. } => self.out.open_mark(MarkKind::Link(target.clone())),
            Effect::None => {}
        }
        if tag.empty && effect != Effect::Skip {
            // "<p/>" is "<p>" in HTML, but programs that write XML mean an empty element.
            self.open.push(Element { name, effect });
            self.close_to(self.open.len() - 1);
            return;
        }
        self.open.push(Element { name, effect });
    }

    fn effect(&mut self, tag: Tag<'a>) -> Effect {
        let name = tag.name.to_ascii_lowercase();
        if is_hidden(tag, &name) {
            return Effect::Skip;
        }
        match name.as_str() {
            "i" | "em" | "cite" | "var" | "dfn" => Effect::Mark(MarkKind::Italic),
            "b" | "strong" => Effect::Mark(MarkKind::Bold),
            "sup" => Effect::Mark(MarkKind::Sup),
            "sub" => Effect::Mark(MarkKind::Sub),
            "u" | "ins" => Effect::Mark(MarkKind::Underline),
            "span" | "font" => style_mark(tag).map_or(Effect::None, Effect::Mark),
            "a" => match tag.get("href") {
                Some(href) => Effect::Link { text: self.out.text().len(), target: href.into_owned() },
                None => Effect::None,
            },
            "ol" | "ul" | "dl" | "menu" => {
                let next =
                    (name == "ol").then(|| tag.get("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1));
                let declared = declares_list(tag).then(|| self.blocks_after_end());
                Effect::List { next, declared }
            }
            "li" | "dd" => Effect::Item,
            "dt" => Effect::Term,
            "pre" => Effect::Preformatted,
            "section" | "div" | "aside"
                if tag.has_any("role", &["doc-endnotes", "doc-footnote"])
                    || tag.has_any("class", &["footnotes", "endnotes"]) =>
            {
                Effect::Footnotes
            }
            "div" if tag.has_any("class", &["csl-left-margin", "csl-right-inline"]) => Effect::None,
            "div" | "section" | "nav"
                if tag.has_any("role", &["doc-bibliography"])
                    || tag.has_any("id", &["refs"])
                    || tag.has_any("class", &["csl-bib-body"]) =>
            {
                self.out.end();
                Effect::List { next: None, declared: Some(self.blocks_after_end()) }
            }
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "blockquote" | "table"
            | "thead" | "tbody" | "tr" | "td" | "th" | "caption" | "figure" | "figcaption" | "address" | "h1"
            | "h2" | "h3" | "h4" | "h5" | "h6" | "body" | "html" | "center" | "details" | "summary" => Effect::Block,
            _ => Effect::None,
        }
    }

    fn blocks_after_end(&mut self) -> usize {
        self.out.end();
        self.out.block_count()
    }

    fn start_block(&mut self, name: &str) {
        let heading = name.strip_prefix(['h', 'H']).and_then(|level| level.parse::<u8>().ok());
        match (name.to_ascii_lowercase().as_str(), heading) {
            (_, Some(level)) => self.begin(BlockKind::Heading(level)),
            ("tr", _) => self.begin(BlockKind::TableRow),
            ("td" | "th", _) => {
                if self.out.is_open() && !self.out.open_text().is_empty() {
                    self.out.push_unplaced("\t");
                }
            }
            // A paragraph inside a cell or a fresh item begins no block of its own.
            ("p" | "div", _) if self.out.is_open() && self.out.open_text().trim().is_empty() => {}
            _ => self.out.end(),
        }
    }

    fn start_item(&mut self, tag: Tag<'a>) {
        // An item ends the one before it, whether that was closed or not.
        let from = self.open.len().saturating_sub(DEPTH);
        if let Some(at) =
            self.open[from..].iter().rposition(|element| matches!(element.effect, Effect::Item | Effect::List { .. }))
            && self.open[from + at].effect == Effect::Item
        {
            self.close_to(from + at);
        }
        self.out.end();
        let mut label = String::new();
        if let Some(Element { effect: Effect::List { next: Some(next), .. }, .. }) =
            self.open.iter_mut().rev().take(DEPTH).find(|element| matches!(element.effect, Effect::List { .. }))
        {
            let number = tag.get("value").and_then(|value| value.trim().parse().ok()).unwrap_or(*next);
            *next = number.saturating_add(1);
            label = number.to_string();
        }
        if let Some((_, term, _)) = self.item.take() {
            label = term;
        }
        let key = tag.get("id").unwrap_or_default().into_owned();
        self.item = Some((self.list_numbers.last().copied().unwrap_or(0), label, key));
        self.in_item += 1;
    }

    fn end(&mut self, name: &str) {
        let from = self.open.len().saturating_sub(DEPTH);
        if let Some(at) = self.open[from..].iter().rposition(|element| element.name.eq_ignore_ascii_case(name)) {
            self.close_to(from + at);
        } else if name.eq_ignore_ascii_case("p") && self.skipping == 0 {
            self.out.end();
        }
    }

    /// Ends all open elements from number `at` on.
    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(element) = self.open.pop() else { return };
            match element.effect {
                Effect::Skip => self.skipping -= 1,
                _ if self.skipping > 0 => {}
                effect => self.close(effect, element.name),
            }
        }
    }

    fn close(&mut self, effect: Effect, name: &str) {
        match effect {
            Effect::Mark(kind) => self.out.close_mark(|open| *open == kind),
            Effect::Link { text, target } => self.close_link(text, &target),
            Effect::Footnotes => {
                self.out.end();
                self.footnotes -= 1;
            }
            Effect::Preformatted => {
                self.out.end();
                self.preformatted -= 1;
            }
            Effect::List { declared, .. } => {
                self.out.end();
                self.list_numbers.pop();
                self.item = None;
                if let Some(first) = declared {
                    self.out.declare_list(first, None);
                }
            }
            Effect::Item => {
                self.out.end();
                self.item = None;
                self.in_item = self.in_item.saturating_sub(1);
            }
            Effect::Term => {
                let term = self.out.take_open();
                let list = self.list_numbers.last().copied().unwrap_or(0);
                self.item = Some((list, term.trim().trim_matches(['[', ']', '.', ':']).to_owned(), String::new()));
            }
            // A cell's end is no block's end; the row goes on.
            Effect::Block if name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th") => {}
            Effect::Block if self.in_row() => self.out.push_unplaced(" "),
            Effect::Block => self.out.end(),
            Effect::Skip | Effect::None => {}
        }
    }

    /// Whether a cell is open.
    fn in_row(&self) -> bool {
        let from = self.open.len().saturating_sub(DEPTH);
        self.open[from..]
            .iter()
            .rev()
            .take_while(|element| !element.name.eq_ignore_ascii_case("table"))
            .any(|element| element.name.eq_ignore_ascii_case("td") || element.name.eq_ignore_ascii_case("th"))
    }

    /// Ends a link. The words of a publisher's button go; a DOI behind them stays.
    fn close_link(&mut self, text: usize, target: &str) {
        let words = self
            .out
            .text()
            .get(text..)
            .unwrap_or_default()
            .trim()
            .trim_matches(['[', ']', '(', ')', '|'])
            .trim()
            .to_lowercase();
        let button = is_button(&words);
        if !button {
            self.out.close_mark(|kind| matches!(kind, MarkKind::Link(_)));
            return;
        }
        self.out.truncate(text);
        self.out.drop_mark(|kind| matches!(kind, MarkKind::Link(_)));
        if let Some(doi) = doi_link(target)
            && self.out.is_open()
            && !contains_ignoring_case(self.out.open_text(), doi.trim_start_matches("https://doi.org/"))
        {
            self.out.open_mark(MarkKind::Link(doi.to_string()));
            self.out.push_unplaced(&doi);
            self.out.close_mark(|kind| matches!(kind, MarkKind::Link(_)));
            self.out.push_unplaced(" ");
        }
    }
}

fn contains_ignoring_case(text: &str, part: &str) -> bool {
    text.len() < 20_000 && text.to_ascii_lowercase().contains(&part.to_ascii_lowercase())
}

/// The link of a DOI in a target: "https://doi.org/10.…", also behind a redirect's "?doi=" or percent-encoded.
fn doi_link(target: &str) -> Option<Cow<'_, str>> {
    let lower = target.to_ascii_lowercase();
    let is_doi = lower.contains("doi.org/10.") || lower.contains("doi.org/10%2e") || lower.contains("doi.org%2f10.");
    if !is_doi {
        return None;
    }
    let at = lower.find("10.")?;
    let doi = target[at..].split(['?', '#', '&', ' ', '"']).next()?;
    Some(Cow::Owned(format!("https://doi.org/{}", doi.replace("%2F", "/").replace("%2f", "/"))))
}

/// Whether a link's text is one of the buttons that publishers set behind references.
fn is_button(words: &str) -> bool {
    const BUTTONS: &[&str] = &[
        "google scholar",
        "crossref",
        "cross ref",
        "pubmed",
        "pubmed central",
        "pubmed abstract",
        "pubmed full text",
        "pmc",
        "medline",
        "web of science",
        "web of science ®",
        "isi",
        "scopus",
        "view article",
        "view in article",
        "view record in scopus",
        "view pdf",
        "download pdf",
        "article",
        "full text",
        "full text pdf",
        "abstract",
        "free full text",
        "pmc free article",
        "publisher full text",
        "cas",
        "ads",
        "adsads",
        "nasa ads",
        "mathscinet",
        "zbmath",
        "math",
        "math review",
        "open url",
        "openurl",
        "sfx",
        "find it",
        "search",
        "search ads",
        "inspire",
        "pdf",
        "link",
        "external link",
        "green version",
        "mendeley",
        "download references",
        "semantic scholar",
        "jstor",
        "wiley online library",
        "download citation",
        "citations",
        "worldcat",
        "return to ref",
        "jump up",
        "jump back",
        "back to text",
        "↩",
        "↩︎",
        "^",
        "↑",
        "⏎",
        "a",
        "b",
        "c",
    ];
    BUTTONS.contains(&words) || words.starts_with("return to ref") || words.starts_with("view in scopus")
}

/// Whether an element's content is not shown, or shown around the text: navigation, forms.
fn is_hidden(tag: Tag<'_>, name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "head"
            | "noscript"
            | "template"
            | "svg"
            | "math-annotation"
            | "button"
            | "select"
            | "iframe"
            | "object"
            | "form"
            | "audio"
            | "video"
            | "title"
    ) || (name == "nav" && !tag.has_any("role", &["doc-bibliography"]))
        || tag.get("hidden").is_some()
        || tag.get("aria-hidden").is_some_and(|value| value == "true")
        || tag.get("style").is_some_and(|style| style.replace(' ', "").contains("display:none"))
        || tag.has_any(
            "class",
            &["mw-editsection", "mw-cite-backlink", "footnote-back", "noprint", "sr-only", "visually-hidden", "navbox"],
        )
}

/// Whether a list says that it is a reference list.
fn declares_list(tag: Tag<'_>) -> bool {
    const NAMES: &[&str] = &[
        "references",
        "reference-list",
        "ref-list",
        "bibliography",
        "citation-list",
        "doc-bibliography",
        "literature",
        "reflist",
    ];
    tag.has_any("class", NAMES) || tag.has_any("id", NAMES) || tag.has_any("role", &["doc-bibliography"])
}

/// The mark that a style asks for.
fn style_mark(tag: Tag<'_>) -> Option<MarkKind> {
    let style = tag.get("style").map(|style| style.replace(' ', "").to_ascii_lowercase()).unwrap_or_default();
    if style.contains("font-style:italic") || tag.has_any("class", &["italic", "em", "emph", "html-italic"]) {
        Some(MarkKind::Italic)
    } else if style.contains("small-caps") || tag.has_any("class", &["smallcaps", "small-caps", "sc"]) {
        Some(MarkKind::SmallCaps)
    } else if style.contains("font-weight:bold")
        || style.contains("font-weight:700")
        || tag.has_any("class", &["bold", "html-bold"])
    {
        Some(MarkKind::Bold)
    } else if style.contains("vertical-align:super") {
        Some(MarkKind::Sup)
    } else if style.contains("text-decoration:underline") || tag.has_any("class", &["underline"]) {
        Some(MarkKind::Underline)
    } else {
        None
    }
}
