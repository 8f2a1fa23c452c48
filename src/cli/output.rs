//! Where results go: standard output, or a file that is written whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// An open output. Nothing of a file is seen under its name before [`Output::finish`].
pub(super) enum Output {
    Stdout(BufWriter<io::StdoutLock<'static>>),
    File {
        path: PathBuf,
        file: BufWriter<NamedTempFile>,
    },
    /// Devices and pipes cannot be replaced, only written to.
    Special(BufWriter<fs::File>),
}

impl Output {
    /// Opens `path`, or standard output for none and for `-`.
    pub(super) fn open(path: Option<&Path>) -> io::Result<Self> {
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
            return Ok(Self::Stdout(BufWriter::with_capacity(1 << 16, io::stdout().lock())));
        };
        // A link keeps pointing where it did: its target is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if fs::metadata(&path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
            return Ok(Self::Special(BufWriter::new(fs::OpenOptions::new().write(true).open(&path)?)));
        }
        if path.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile::Builder::new().prefix(".reflist-").tempfile_in(folder)?;
        Ok(Self::File { path, file: BufWriter::with_capacity(1 << 16, file) })
    }

    /// Flushes, and puts a file in its place.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Stdout(mut out) => out.flush(),
            Self::Special(mut out) => out.flush(),
            Self::File { path, file } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                set_permissions(file.as_file(), &path)?;
                file.persist(path).map(drop).map_err(|error| error.error)
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Special(out) => out.write(bytes),
            Self::File { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Special(out) => out.flush(),
            Self::File { file, .. } => file.flush(),
        }
    }
}

/// The permissions of the file that is replaced, else those that a new file gets (temporary files are for their owner alone).
#[cfg(unix)]
fn set_permissions(file: &fs::File, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_or(0o644, |meta| meta.permissions().mode());
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_permissions(_: &fs::File, _: &Path) -> io::Result<()> {
    Ok(())
}
