//! The text of a PDF, which the program `pdftotext` of Poppler takes out of it, where it is installed.
//!
//! No crate does it as safely: see "PDF" in CONTRIBUTING.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};

use crate::text::Binary;

/// The most text that is taken, in bytes: what a small file can be made to swell to has an end.
const MOST_TEXT: u64 = 1 << 28;

/// How much of what `pdftotext` complains of is kept, in bytes.
const MOST_COMPLAINTS: u64 = 1 << 12;

/// Whether a file that begins so is a PDF.
pub(super) fn is_pdf(head: &[u8]) -> bool {
    Binary::by_magic(head) == Some(Binary::Pdf)
}

/// The text of `pdf` with its layout; none if `pdftotext` is not installed.
pub(super) fn text(mut pdf: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut child = match pdftotext() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        child => child?,
    };
    let text = child.stdout.take().map(|out| thread::spawn(move || beginning(out, MOST_TEXT + 1)));
    // All complaints are taken: a program whose end is closed dies of it.
    let complaints = child.stderr.take().map(|mut out| {
        thread::spawn(move || {
            let first = beginning(&mut out, MOST_COMPLAINTS);
            io::copy(&mut out, &mut io::sink()).and(first)
        })
    });
    let fed = child.stdin.take().map_or(Ok(0), |mut input| io::copy(&mut pdf, &mut input));
    let text = joined(text)?;
    if text.len() as u64 > MOST_TEXT {
        child.kill()?;
        child.wait()?;
        return Err(io::Error::other(format!("the text of the PDF has more than {} MB", MOST_TEXT >> 20)));
    }
    let succeeded = child.wait()?.success();
    let complaints = joined(complaints)?;
    match fed {
        // A program that has seen enough closes its end.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error),
        _ => {}
    }
    if !succeeded {
        let complaint = String::from_utf8_lossy(&complaints);
        return Err(io::Error::other(format!("pdftotext: {}", complaint.lines().last().unwrap_or("it failed"))));
    }
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(io::Error::other("the PDF has no text, as a scan has none before its characters are recognised"));
    }
    Ok(Some(text))
}

/// From standard input to standard output.
fn pdftotext() -> io::Result<Child> {
    let mut command = Command::new("pdftotext");
    command.args(["-layout", "-enc", "UTF-8", "-", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
}

fn beginning(out: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    out.take(most).read_to_end(&mut bytes).map(|_| bytes)
}

fn joined(reading: Option<JoinHandle<io::Result<Vec<u8>>>>) -> io::Result<Vec<u8>> {
    match reading.map(JoinHandle::join) {
        Some(Ok(read)) => read,
        Some(Err(_)) => Err(io::Error::other("the text of pdftotext cannot be read")),
        None => Ok(Vec::new()),
    }
}
