//! Whether a text without a telling name is BibTeX.

use super::syntax::{self, Block, BlockKind, Syntax};

/// How much of a text is looked at.
const WINDOW: usize = 1 << 14;

/// Whether a text begins with blocks of BibTeX.
///
/// The first entry or macro begins its line, and has a key and a field. Comments before it (lines with `%`, `@comment`) may be as long
/// as they like; of other text there must be less than of blocks, so that a page that shows how it wants to be cited is none.
pub(crate) fn sniff(text: &str) -> bool {
    let mut end = text.len().min(WINDOW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let window = text[..end].trim_start_matches('\u{feff}').trim_ascii_start();
    if window.starts_with(['<', '[', '{', '#']) {
        return false;
    }
    let syntax = syntax::parse(window);
    let Some((at, first)) = syntax.blocks.iter().enumerate().find(|(_, block)| is_content(block)) else { return false };
    let line = window[..first.range.start as usize].rsplit('\n').next().unwrap_or_default();
    let len = |block: &Block| (block.range.end - block.range.start) as usize;
    let (text, blocks) = syntax.blocks.iter().fold((0, 0), |(text, blocks), block| match block.kind {
        BlockKind::Text if is_comment(block.range.of(window)) => (text, blocks),
        BlockKind::Text => (text + len(block), blocks),
        _ => (text, blocks + len(block)),
    });
    line.trim_ascii().is_empty() && is_telling(window, &syntax, at, first) && text <= blocks
}

const fn is_content(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Entry | BlockKind::String)
}

/// Whether every line is a comment.
fn is_comment(text: &str) -> bool {
    text.lines().map(str::trim_ascii_start).all(|line| line.is_empty() || line.starts_with('%'))
}

/// Whether a block can hardly be anything else: an entry of letters with a key of one word, or a macro; with a field.
fn is_telling(source: &str, syntax: &Syntax, at: usize, block: &Block) -> bool {
    let field = syntax.fields(at).first().is_some_and(|field| {
        let name = field.name().of(source);
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && !field.value.of(source).is_empty()
    });
    let key = block.key.of(source);
    let keyed = !key.is_empty() && !key.contains(|c: char| c.is_whitespace() || "\"'();<>".contains(c));
    let named = block.name.of(source).bytes().all(|byte| byte.is_ascii_alphabetic());
    field && named && (keyed || block.kind == BlockKind::String)
}

#[cfg(test)]
mod tests {
    use super::sniff;

    #[test]
    fn bibliographies_are_known_by_their_first_block() {
        for text in [
            "@article{a, title = {T}}",
            "\u{feff}\n  @Book(a,\n  year = 1999)",
            "@STRING{acm = \"ACM\"}\n",
            "% Encoding: UTF-8\n%% @old{x}\n\n@misc{a,\n title = {T},\n}",
            "@comment{jabref-meta: x}\n@article{doe:2000, title = {T}}",
            "@preamble{\"\\newcommand{\\x}{}\"}\n@article{a+b/c, author = \"Doe\"}",
            "This file was made with JabRef.\n\n@article{a,\n  author = {Doe, Jane},\n  title = {Something long}\n}",
        ] {
            assert!(sniff(text), "{text}");
        }
    }

    #[test]
    fn an_entry_that_the_window_cuts_counts() {
        assert!(sniff(&format!("@article{{a,\n  title = {{T}},\n  abstract = {{{}}}\n}}", "word ".repeat(10_000))));
    }

    #[test]
    fn texts_with_a_sign_in_them_are_none() {
        for text in [
            "",
            "Write to me@example.org{now}, or to @jane.\n",
            "@jane{smile} how are you?",
            "@media print { a { color: red } }",
            "@page {\n  margin: 1cm;\n}\n@font-face{font-family: x; src: y}",
            "@Override\npublic void a() {}\n@Test(timeout = 5)\nvoid b() {}",
            "# Citing\n\n@article{a, title = {T}}",
            "<p>@article{a, title = {T}}</p>",
            "If you use this program in your work, please be so kind as to cite what we wrote about it, as follows.\n\n\
             @article{a, title = {T}}\n\nThank you.",
            "See @article{a, title = {T}} and so on.",
        ] {
            assert!(!sniff(text), "{text}");
        }
    }
}
