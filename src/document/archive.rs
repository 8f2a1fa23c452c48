//! The parts of a zip archive that a Word or OpenDocument file is.
//!
//! An archive is an attack waiting: a small file may unpack to terabytes. A part is unpacked up to [`LARGEST_PART`] bytes and never
//! beyond, parts that nobody asks for are never unpacked, and names are looked up, never written anywhere.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::diagnostic::Diagnostic;

/// The largest part that is read; the text of the longest books is a tenth of it.
const LARGEST_PART: u64 = 256 << 20;

/// The most files an archive may list.
const MOST_FILES: usize = 65_536;

/// An opened archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Archive<'a> {
    /// Opens an archive; a diagnostic says why it cannot be read.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Box<Diagnostic>> {
        let broken = |reason: String| {
            let diagnostic = Diagnostic::error(
                "document::broken-archive",
                format!("this is not a readable Word or OpenDocument file: {reason}"),
            )
            .with_help("open it in a word processor and save it again");
            Box::new(diagnostic)
        };
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
        if zip.len() > MOST_FILES {
            return Err(broken(format!("it lists {} files", zip.len())));
        }
        Ok(Self { zip })
    }

    /// The text of a part; `Ok(None)` when there is none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Box<Diagnostic>> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let broken = |reason: String| {
            let diagnostic =
                Diagnostic::error("document::broken-archive", format!("the part {name} cannot be read: {reason}"))
                    .with_help("open the file in a word processor and save it again");
            Box::new(diagnostic)
        };
        let file = self.zip.by_index(index).map_err(|error| broken(error.to_string()))?;
        let mut bytes = Vec::new();
        file.take(LARGEST_PART + 1).read_to_end(&mut bytes).map_err(|error| broken(error.to_string()))?;
        if bytes.len() as u64 > LARGEST_PART {
            let sentence = format!("the part {name} unpacks to more than {} MiB", LARGEST_PART >> 20);
            let diagnostic =
                Diagnostic::error("document::too-large", sentence).with_help("save the text as .txt or .md");
            return Err(Box::new(diagnostic));
        }
        Ok(Some(crate::text::decode(&bytes).text.into_owned()))
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.zip.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned))
    }
}
