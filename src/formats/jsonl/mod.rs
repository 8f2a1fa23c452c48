//! JSON Lines: our own form, one object a line.
//!
//! Entry points: [`write_parsed`] for references that came out of free text, [`read`] and [`mod@write`] for plain records.
//!
//! ```json
//! {"source": "Eliot, G. (1871). Middlemarch.",
//!  "record": {"id": "eliot1871", "type": "book", "title": "Middlemarch"},
//!  "fields": [{"variable": "title", "start": 18, "end": 29, "text": "Middlemarch", "confidence": 0.97}],
//!  "confidence": 0.9, "language": "en", "diagnostics": []}
//! ```
//!
//! (on one line). `record` is a CSL-JSON item as [`csl_json`](super::csl_json) writes it, `custom` included, so that a record comes back
//! whole. `source` is the reference as printed, markup removed; `start` and `end` count its Unicode code points, from 0, the end
//! exclusive. `language` is there when it was guessed. A conversion writes `record` alone.
//!
//! The reader takes such objects and bare CSL-JSON items, a line each; a line that is no JSON costs itself. What stands beside `record`
//! says how the record was found, and is not read.

use std::io::{self, BufRead};

use super::csl_json::read::{Context, item, parse};
use super::csl_json::write::{self, Layout};
use super::{Capability, Format, Frame, Steps, WriteOptions};
use crate::diagnostic::{Diagnostic, Sink};
use crate::record::{Kind, Loss, Parsed, Record, Variable};
use crate::text::json::push_string;

/// JSON Lines.
pub static FORMAT: Format = Format {
    name: "jsonl",
    aliases: &["ndjson", "json-lines"],
    extensions: &["jsonl", "ndjson"],
    media_type: "application/x-ndjson",
    about: "JSON Lines: a record and where its values stood, one object a line",
    sniff,
    reader: || Box::new(Stream::default()),
    write: write_line,
    frame: Frame { begin: "", between: "\n", end: "\n", empty: "" },
    holds,
};

/// Reads the record of every line of `bytes`.
///
/// ```
/// let (records, diagnostics) = reflist::formats::jsonl::read(b"{\"record\":{\"id\":\"a\",\"type\":\"book\"}}\n{\"id\":\"b\"}\n");
/// assert_eq!((records[0].key.as_str(), records[1].key.as_str()), ("a", "b"));
/// assert!(diagnostics.is_empty());
/// ```
#[must_use]
pub fn read(bytes: &[u8]) -> (Vec<Record>, Vec<Diagnostic>) {
    super::read_all(&FORMAT, bytes)
}

/// Writes `records`, one a line. Nothing is ever lost.
#[must_use]
pub fn write(records: &[Record], options: &WriteOptions) -> (String, Vec<Loss>) {
    super::write_all(&FORMAT, records, options)
}

/// Appends one line for a reference that came out of free text, without a line end.
///
/// ```
/// use reflist::{Field, Kind, Parsed, Record, Variable};
/// let mut parsed = Parsed::default();
/// parsed.source = "Déjà vu".into();
/// parsed.record = Record::new("a", Kind::Book);
/// parsed.record.set(Variable::Title, "vu");
/// parsed.fields = vec![Field::new(Variable::Title, (7..9).into(), 0.5)];
/// let mut out = String::new();
/// reflist::formats::jsonl::write_parsed(&parsed, &mut out);
/// assert!(out.contains(r#"{"variable":"title","start":5,"end":7,"text":"vu","confidence":0.5}"#));
/// ```
pub fn write_parsed(parsed: &Parsed, out: &mut String) {
    out.push_str("{\"source\":");
    push_string(out, &parsed.source);
    out.push_str(",\"record\":");
    write::item(&parsed.record, Layout::LINE, &WriteOptions::default(), out, &mut crate::diagnostic::Ignore);
    push_fields(parsed, out);
    out.push_str(",\"confidence\":");
    push_probability(parsed.confidence, out);
    if let Some(language) = parsed.language {
        out.push_str(",\"language\":");
        push_string(out, language);
    }
    out.push_str(",\"diagnostics\":[");
    for (at, diagnostic) in parsed.diagnostics.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_diagnostic(diagnostic, out);
    }
    out.push_str("]}");
}

fn push_fields(parsed: &Parsed, out: &mut String) {
    out.push_str(",\"fields\":[");
    let mut places = CodePoints::new(&parsed.source);
    for (at, field) in parsed.fields.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str("{\"variable\":");
        push_string(out, field.variable.as_str());
        let (start, end) = (places.at(field.span.start), places.at(field.span.end));
        out.push_str(&format!(",\"start\":{start},\"end\":{end},\"text\":"));
        push_string(out, parsed.source.get(field.span.range()).unwrap_or_default());
        out.push_str(",\"confidence\":");
        push_probability(field.confidence, out);
        out.push('}');
    }
    out.push(']');
}

/// Counts code points; places that come in order cost one pass over the text.
struct CodePoints<'t> {
    text: &'t str,
    byte: usize,
    count: usize,
}

impl<'t> CodePoints<'t> {
    const fn new(text: &'t str) -> Self {
        Self { text, byte: 0, count: 0 }
    }

    fn at(&mut self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        let between = &self.text.as_bytes()[self.byte..byte];
        self.count += between.iter().filter(|&byte| byte & 0xC0 != 0x80).count();
        self.byte = byte;
        self.count
    }
}

/// Four digits behind the point say all that a probability can.
fn push_probability(probability: f32, out: &mut String) {
    // By whole numbers: a tenth of the time that the general way of printing takes, twenty times a reference.
    let parts = if probability.is_nan() { 0 } else { (f64::from(probability.clamp(0.0, 1.0)) * 1e4).round() as u32 };
    if parts % 10_000 == 0 {
        out.push(if parts == 0 { '0' } else { '1' });
        return;
    }
    let mut digits = [b'0'; 4];
    let mut rest = parts;
    for digit in digits.iter_mut().rev() {
        *digit += (rest % 10) as u8;
        rest /= 10;
    }
    let kept = digits.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
    out.push_str("0.");
    out.extend(digits[..kept].iter().map(|digit| char::from(*digit)));
}

fn push_diagnostic(diagnostic: &Diagnostic, out: &mut String) {
    out.push_str("{\"level\":");
    push_string(out, diagnostic.level.as_str());
    out.push_str(",\"code\":");
    push_string(out, diagnostic.code);
    out.push_str(",\"message\":");
    push_string(out, &diagnostic.message);
    if let Some(help) = &diagnostic.help {
        out.push_str(",\"help\":");
        push_string(out, help);
    }
    if let Some(place) = diagnostic.place {
        out.push_str(&format!(",\"line\":{},\"column\":{}", place.line, place.column));
    }
    out.push('}');
}

/// The native form is for no target, and loses nothing.
fn write_line(record: &Record, _: &WriteOptions, out: &mut String, _: &mut dyn Sink<Loss>) {
    out.push_str("{\"record\":");
    write::item(record, Layout::LINE, &WriteOptions::default(), out, &mut crate::diagnostic::Ignore);
    out.push('}');
}

/// A file that is read line by line.
#[derive(Default)]
struct Stream {
    /// How many lines were read, and how many bytes.
    line: usize,
    offset: usize,
    bytes: Vec<u8>,
}

impl Steps for Stream {
    fn step(
        &mut self,
        input: &mut dyn BufRead,
        records: &mut dyn Sink<Record>,
        diagnostics: &mut dyn Sink,
    ) -> io::Result<bool> {
        self.bytes.clear();
        let len = input.read_until(b'\n', &mut self.bytes)?;
        self.line += 1;
        let text = String::from_utf8_lossy(self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes));
        if !text.trim().is_empty() {
            read_line(Context::new(self.line, self.offset, text.trim_end()), records, diagnostics);
        }
        self.offset += len;
        Ok(len > 0)
    }
}

fn read_line(context: Context<'_>, records: &mut dyn Sink<Record>, diagnostics: &mut dyn Sink) {
    let node = parse(context, diagnostics);
    let record = node.get("record").filter(|record| record.as_object().is_some()).unwrap_or(&node);
    if record.as_object().is_none() {
        let help = "each line is an object: {\"record\": …} or a CSL-JSON item";
        let place = context.place(&node);
        diagnostics
            .report(Diagnostic::error("jsonl::no-object", "the line is no JSON object").with_help(help).at(place));
    }
    records.report(item(record, context, diagnostics));
}

/// The first line is an object by itself, and has a record or is followed by another object.
fn sniff(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let object = |line: &str| line.starts_with('{') && line.ends_with('}');
    match (lines.next(), lines.next()) {
        (Some(first), _) if first.starts_with("{\"record\"") || first.starts_with("{\"source\"") => true,
        (Some(first), Some(second)) => object(first) && object(second),
        _ => false,
    }
}

const fn holds(_: Kind, _: Variable) -> Capability {
    Capability::Wholly
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_line_costs_itself() {
        let (records, diagnostics) = read(b"{\"id\":\"a\"}\nnonsense\n\n{\"id\":\"b\",}\n");
        let keys: Vec<&str> = records.iter().map(|record| record.key.as_str()).collect();
        assert_eq!(keys, ["a", "", "b"]);
        assert_eq!(records[1].extra[0].raw, "nonsense");
        let told: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "2:1: error[csl-json::syntax]: no JSON: a word",
                "2:1: error[jsonl::no-object]: the line is no JSON object"
            ]
        );
    }

    #[test]
    fn probabilities_are_short() {
        for (probability, printed) in
            [(0.5, "0.5"), (1.0, "1"), (0.0, "0"), (0.123_456, "0.1235"), (f32::NAN, "0"), (2.0, "1")]
        {
            let mut out = String::new();
            push_probability(probability, &mut out);
            assert_eq!(out, printed);
        }
    }
}
