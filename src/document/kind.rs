//! Which kind of document bytes are.

/// The kinds of documents that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DocumentKind {
    /// Markdown.
    Markdown,
    /// Plain text, wrapped or not, such as `pdftotext` writes.
    Plain,
    /// HTML.
    Html,
    /// Word's `.docx`.
    #[cfg(feature = "docx")]
    Docx,
    /// OpenDocument text.
    #[cfg(feature = "docx")]
    Odt,
    /// JATS XML.
    Jats,
    /// LaTeX, and the `.bbl` files of BibTeX and biblatex.
    Latex,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Markdown,
        Self::Plain,
        Self::Html,
        Self::Latex,
        #[cfg(feature = "docx")]
        Self::Docx,
        #[cfg(feature = "docx")]
        Self::Odt,
        Self::Jats,
    ];

    /// The name that `-f` takes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Plain => "text",
            Self::Html => "html",
            Self::Latex => "latex",
            Self::Jats => "jats",
            #[cfg(feature = "docx")]
            Self::Docx => "docx",
            #[cfg(feature = "docx")]
            Self::Odt => "odt",
        }
    }

    /// The kind of a name or alias that `-f` takes.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "markdown" | "md" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            #[cfg(feature = "docx")]
            "docx" => Self::Docx,
            #[cfg(feature = "docx")]
            "odt" => Self::Odt,
            "jats" | "nxml" => Self::Jats,
            "latex" | "tex" | "bbl" => Self::Latex,
            "text" | "txt" | "plain" => Self::Plain,
            _ => return None,
        })
    }

    /// The kind by the file's extension (without the dot, any case), else by content. `None` when the bytes are no document that
    /// can be read: a picture, a PDF, an archive of another kind.
    ///
    /// ```
    /// use reflist::document::DocumentKind;
    /// assert_eq!(DocumentKind::detect(Some("md"), b""), Some(DocumentKind::Markdown));
    /// assert_eq!(DocumentKind::detect(None, b"Baker, C. (2021). Title."), Some(DocumentKind::Plain));
    /// assert_eq!(DocumentKind::detect(Some("pdf"), b"%PDF-1.7"), None);
    /// ```
    #[must_use]
    pub fn detect(extension: Option<&str>, bytes: &[u8]) -> Option<Self> {
        let extension = extension.map(str::to_ascii_lowercase);
        match extension.as_deref() {
            Some("md" | "markdown" | "mkd" | "mdown" | "qmd" | "rmd") => return Some(Self::Markdown),
            Some("tex" | "latex" | "ltx" | "bbl") => return Some(Self::Latex),
            Some("nxml" | "jats") => return Some(Self::Jats),
            Some("html" | "htm" | "xhtml" | "shtml") => return Some(Self::Html),
            _ => {}
        }
        if let Some(binary) = crate::text::Binary::by_magic(bytes) {
            return archive_kind(binary, extension.as_deref(), bytes);
        }
        let text = crate::text::decode(&bytes[..bytes.len().min(1 << 16)]);
        if text.is_binary() {
            return None;
        }
        if ["\\documentclass", "\\begin{document}", "\\begin{thebibliography}", "\\bibitem"]
            .iter()
            .any(|sign| text.text.contains(sign))
        {
            return Some(Self::Latex);
        }
        if looks_like_jats(&text.text) {
            return Some(Self::Jats);
        }
        if looks_like_html(&text.text) {
            return Some(Self::Html);
        }
        Some(if extension.is_none() && looks_like_markdown(&text.text) { Self::Markdown } else { Self::Plain })
    }
}

/// Whether headings with `#`, or emphasis and list items together, say that this is Markdown.
fn looks_like_markdown(text: &str) -> bool {
    let (mut headings, mut items, mut emphasis) = (0usize, 0usize, 0usize);
    for line in text.lines().take(2000) {
        headings += usize::from(line.starts_with('#') && line.trim_start_matches('#').starts_with(' '));
        items += usize::from(line.starts_with("- ") || line.starts_with("* "));
        emphasis += line.match_indices('*').filter(|(at, _)| line[at + 1..].starts_with(char::is_alphanumeric)).count();
    }
    headings >= 1 || (items >= 2 && emphasis >= 2) || emphasis >= 5
}

fn looks_like_html(text: &str) -> bool {
    let head = crate::text::head(text.trim_start(), 400).to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || (head.starts_with("<?xml") && head.contains("<html"))
}

/// Which of the archives that are documents this is, by its extension or the names near its start.
#[cfg(feature = "docx")]
fn archive_kind(binary: crate::text::Binary, extension: Option<&str>, bytes: &[u8]) -> Option<DocumentKind> {
    if binary != crate::text::Binary::Zip {
        return None;
    }
    match extension {
        Some("docx" | "docm" | "dotx") => return Some(DocumentKind::Docx),
        Some("odt" | "ott" | "fodt") => return Some(DocumentKind::Odt),
        _ => {}
    }
    // The names of parts stand unpacked in the archive's directory, at its end.
    let tail = &bytes[bytes.len().saturating_sub(1 << 16)..];
    if memchr::memmem::find(tail, b"word/document.xml").is_some() {
        Some(DocumentKind::Docx)
    } else if memchr::memmem::find(&bytes[..bytes.len().min(200)], b"opendocument.text").is_some() {
        Some(DocumentKind::Odt)
    } else {
        None
    }
}

#[cfg(not(feature = "docx"))]
fn archive_kind(_: crate::text::Binary, _: Option<&str>, _: &[u8]) -> Option<DocumentKind> {
    None
}

fn looks_like_jats(text: &str) -> bool {
    let head = crate::text::head(text, 4000);
    head.trim_start().starts_with('<')
        && (head.contains("<article") || head.contains("<ref-list"))
        && !head.contains("<html")
        && !head.contains("<body class")
}
