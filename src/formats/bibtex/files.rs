//! The `file` field, as JabRef and Zotero write it: `title:path:type`, several separated by semicolons.

use crate::record::Attachment;

/// Writes attachments. A lone path without title and type stands as it is.
pub(crate) fn write(list: &[Attachment]) -> String {
    let parts: Vec<String> = list
        .iter()
        .map(|file| {
            let bare = file.title.is_empty() && file.media_type.is_empty();
            if bare && !file.path.contains([':', ';', '\\']) {
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
