//! The `file` field, as JabRef and Zotero write it: `title:path:type`, several separated by semicolons.

use crate::record::Attachment;

/// Reads attachments: JabRef's and Zotero's `title:path:type`, Mendeley's `:path:type`, or paths alone.
pub(crate) fn read(value: &str) -> Vec<Attachment> {
    split(value, ';').into_iter().filter(|part| !part.trim().is_empty()).map(read_one).collect()
}

fn read_one(part: &str) -> Attachment {
    let parts = split(part, ':');
    match parts.as_slice() {
        [title, path, media_type] => Attachment {
            title: unescape(title).trim().to_owned(),
            path: unescape(path).trim().to_owned(),
            media_type: unescape(media_type).trim().to_owned(),
        },
        // A drive letter of Windows in the middle: `title:C:/path:type`.
        [title, drive, path, media_type] if is_drive(drive) => Attachment {
            title: unescape(title).trim().to_owned(),
            path: format!("{drive}:{}", unescape(path)),
            media_type: unescape(media_type).trim().to_owned(),
        },
        [_] => Attachment { path: unescape(part.trim()), ..Attachment::default() },
        _ => Attachment { path: part.trim().to_owned(), ..Attachment::default() },
    }
}

fn is_drive(text: &str) -> bool {
    text.len() == 1 && text.as_bytes()[0].is_ascii_alphabetic()
}

/// The parts between the dividers that no backslash escapes.
fn split(value: &str, divider: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, c) in value.char_indices() {
        if c == divider && !escaped {
            parts.push(&value[start..at]);
            start = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&value[start..]);
    parts
}

/// Undoes `\:`, `\;` and `\\`; any other backslash is part of a path.
fn unescape(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let mut chars = part.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(&next @ (':' | ';' | '\\'))) => {
                out.push(next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// Writes attachments. A lone path without title and type stands as it is.
pub(crate) fn write(list: &[Attachment]) -> String {
    let parts: Vec<String> = list
        .iter()
        .map(|file| {
            let bare = file.title.is_empty() && file.media_type.is_empty();
            if bare && !file.path.contains([':', ';', '\\']) && !file.path.is_empty() {
                return file.path.clone();
            }
            [&file.title, &file.path, &file.media_type].map(|part| escape(part)).join(":")
        })
        .collect();
    parts.join(";")
}

fn escape(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for c in part.chars() {
        if matches!(c, ':' | ';' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &[[&str; 3]]) {
        let list = read(value);
        let shown: Vec<[&str; 3]> = list.iter().map(|file| [&*file.title, &*file.path, &*file.media_type]).collect();
        assert_eq!(shown, expected);
        assert_eq!(read(&write(&list)), list, "written as {}", write(&list));
    }

    #[test]
    fn the_forms_of_jabref_mendeley_and_zotero() {
        check("paper.pdf", &[["", "paper.pdf", ""]]);
        check(":home/me/a.pdf:PDF", &[["", "home/me/a.pdf", "PDF"]]);
        check(
            "Full text:files/1/a.pdf:application/pdf;Notes:b\\;c.txt:text/plain",
            &[["Full text", "files/1/a.pdf", "application/pdf"], ["Notes", "b;c.txt", "text/plain"]],
        );
        check(":C\\:\\\\dir\\\\a.pdf:PDF", &[["", "C:\\dir\\a.pdf", "PDF"]]);
        check("C:/dir/a.pdf", &[["", "C:/dir/a.pdf", ""]]);
        check("C:\\dir\\", &[["", "C:\\dir\\", ""]]);
    }
}
