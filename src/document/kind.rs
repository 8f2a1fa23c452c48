//! Which kind of document bytes are.

/// The kinds of documents that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DocumentKind {
    /// Markdown.
    Markdown,
    /// Plain text, wrapped or not, such as `pdftotext` writes.
    Plain,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Markdown, Self::Plain];

    /// The name that `-f` takes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Plain => "text",
        }
    }

    /// The kind of a name or alias that `-f` takes.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "markdown" | "md" => Self::Markdown,
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
            _ => {}
        }
        if crate::text::Binary::by_magic(bytes).is_some() {
            return None;
        }
        let text = crate::text::decode(&bytes[..bytes.len().min(1 << 16)]);
        if text.is_binary() {
            return None;
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
