//! `reflist eval`: labelled references against what the parser makes of them.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{Eval, Global};
use super::report::Report;
use super::{Outcome, input_failed, print, train};
use crate::formats::csl_json;
use crate::parse::entries::Entry;
use crate::parse::evaluate::csl::{self, CslScore, Fault};
use crate::parse::evaluate::spans::SpanScore;
use crate::parse::label::train::{Example, TrainOptions, read_json_lines, read_xml};
use crate::parse::label::{self, Label, Model};
use crate::parse::{Parsed, Parser, tokens};
use crate::span::Span;

pub(super) fn run(args: &Eval, global: &Global, report: &Report) -> Outcome {
    let Some(model) = model(args, global, report) else { return Outcome::Done };
    let mut out = String::new();
    let mut figures = Vec::new();
    for path in &args.gold {
        let name = path.display().to_string();
        let set = match GoldSet::read(path) {
            Ok(set) => set,
            Err(message) => {
                report.failure(
                    &name,
                    "eval::gold",
                    message,
                    Some("see CONTRIBUTING on the form of labelled references"),
                );
                continue;
            }
        };
        let measured = Measured::of(&set, &Parser::new(&model), &model, args.lists);
        let other = match &args.against {
            Some(other) => match against(other, &set) {
                Ok(score) => Some(score),
                Err(error) => {
                    input_failed(report, &other.display().to_string(), &error);
                    continue;
                }
            },
            None => None,
        };
        figures.push(measured.as_json(&name, other.as_ref()));
        measured.print(&name, other.as_ref(), args, &set, &mut out);
    }
    if args.json {
        out = format!("{}\n", Value::Array(figures));
    }
    print(report, out.as_bytes())
}

/// The model of `--model`, or one trained without the sources of `--leave-out`.
fn model(args: &Eval, global: &Global, report: &Report) -> Option<Cow<'static, Model>> {
    if args.train.is_empty() {
        return super::model::load(&args.model, report);
    }
    let examples = train::read_examples(&args.train, report)?;
    let mut options = TrainOptions::default();
    options.exclude.clone_from(&args.leave_out);
    Some(Cow::Owned(train::with_progress(&examples, &options, global)))
}

/// Labelled references, as examples and as the raw objects that the measure of records reads.
struct GoldSet {
    examples: Vec<Example>,
    raw: Vec<Value>,
}

impl GoldSet {
    fn read(path: &Path) -> Result<Self, String> {
        let bytes = train::unpacked(path).map_err(|error| format!("cannot be read: {}", super::describe(&error)))?;
        if path.extension().is_some_and(|extension| extension == "xml") {
            let examples = read_xml(bytes.as_slice()).map_err(|error| error.to_string())?;
            let raw = examples.iter().map(as_raw).collect();
            return Ok(Self { examples, raw });
        }
        let examples = read_json_lines(bytes.as_slice()).map_err(|error| error.to_string())?;
        let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
        let raw = lines.map(|line| serde_json::from_slice(line).unwrap_or(Value::Null)).collect();
        Ok(Self { examples, raw })
    }
}

/// A labelled reference in the form of our JSON Lines: offsets in code points.
fn as_raw(example: &Example) -> Value {
    let text = &example.entry.text;
    let points = |at: usize| text[..at].chars().count();
    let spans: Vec<Value> = example
        .spans
        .iter()
        .map(|(span, label)| json!([points(span.start), points(span.end), label.as_str()]))
        .collect();
    json!({ "text": text, "spans": spans })
}

/// The scores of one set.
struct Measured {
    records: CslScore,
    spans: SpanScore,
    items: Vec<Value>,
    /// By reference: its confidence, and whether it is wholly right.
    sure: Vec<(f32, bool)>,
}

impl Measured {
    fn of(set: &GoldSet, parser: &Parser<'_>, model: &Model, lists: bool) -> Self {
        let parsed = parse_all(&set.examples, parser, lists);
        let items: Vec<Value> = parsed.iter().map(as_csl).collect();
        let records = csl::score(&set.raw, &items, &[]);
        let mut sure: Vec<(f32, bool)> = parsed.iter().map(|parsed| (parsed.confidence, true)).collect();
        for (at, _) in &records.faults {
            sure[*at].1 = false;
        }
        let mut spans = SpanScore::default();
        for example in &set.examples {
            spans.add(&example.entry.text, &example.spans, &labelled(model, &example.entry));
        }
        Self { records, spans, items, sure }
    }

    fn print(&self, name: &str, other: Option<&CslScore>, args: &Eval, set: &GoldSet, out: &mut String) {
        let _ = writeln!(out, "{name}: {} references", self.records.references);
        let _ = writeln!(
            out,
            "{:<18}{:>6}{:>7}{:>7}{:>11}{:>8}{:>8}{}",
            "field",
            "gold",
            "found",
            "right",
            "precision",
            "recall",
            "F1",
            header(other)
        );
        for (field, score) in &self.records.fields {
            let other = other.map(|other| {
                let score = other.fields.iter().find(|(name, _)| name == field).map(|(_, score)| score.f1());
                format!("{:>12.3}", score.unwrap_or_default())
            });
            let _ = writeln!(
                out,
                "{field:<18}{:>6}{:>7}{:>7}{:>11.3}{:>8.3}{:>8.3}{}",
                score.gold,
                score.predicted,
                score.right,
                score.precision(),
                score.recall(),
                score.f1(),
                other.unwrap_or_default()
            );
        }
        let _ = writeln!(out, "{}", summary("ours", &self.records));
        if let Some(other) = other {
            let _ = writeln!(out, "{}", summary("other", other));
        }
        let total = self.spans.total();
        let _ = writeln!(out, "spans: F1 {:.1}, whole {:.1}\n", 100.0 * total.f1(), 100.0 * self.spans.whole());
        if args.reliability {
            self.print_reliability(out);
        }
        self.print_errors(args.errors, set, out);
    }

    /// Ten bins of confidence with the share of references that are right, and what a review of the least sure would catch.
    fn print_reliability(&self, out: &mut String) {
        out.push_str("confidence   references  mean   right\n");
        for bin in 0..10_u8 {
            let low = f32::from(bin) / 10.0;
            let high = if bin == 9 { f32::INFINITY } else { low + 0.1 };
            let inside: Vec<&(f32, bool)> = self.sure.iter().filter(|(sure, _)| (low..high).contains(sure)).collect();
            if inside.is_empty() {
                continue;
            }
            let count = inside.len();
            let mean = inside.iter().map(|(sure, _)| f64::from(*sure)).sum::<f64>() / count as f64;
            let right = inside.iter().filter(|(_, right)| *right).count() as f64 / count as f64;
            let _ = writeln!(out, "{low:.1} to {:.1}   {count:>10}  {mean:.3}  {right:.3}", low + 0.1);
        }
        for share in [10, 20] {
            let _ =
                writeln!(out, "the least sure {share} % hold {:.1} % of the wrong ones", 100.0 * self.caught(share));
        }
        out.push('\n');
    }

    /// The share of wrong references among the least sure `percent` of all.
    fn caught(&self, percent: usize) -> f64 {
        let mut sure = self.sure.clone();
        sure.sort_by(|a, b| a.0.total_cmp(&b.0));
        let wrong = |part: &[(f32, bool)]| part.iter().filter(|(_, right)| !right).count();
        wrong(&sure[..sure.len() * percent / 100]) as f64 / wrong(&sure).max(1) as f64
    }

    fn print_errors(&self, most: usize, set: &GoldSet, out: &mut String) {
        for (at, faults) in self.records.faults.iter().take(most) {
            let example = &set.examples[*at];
            let _ = writeln!(out, "{}", example.entry.text);
            for (field, fault) in faults {
                let gold: Vec<&str> = example
                    .spans
                    .iter()
                    .filter(|(_, label)| label.as_str() == *field)
                    .map(|(span, _)| &example.entry.text[span.range()])
                    .collect();
                let fault = match fault {
                    Fault::Wrong => "wrong",
                    Fault::Missing => "missing",
                    Fault::Extra => "extra",
                };
                let _ = writeln!(out, "  {field} {fault}: gold {gold:?}, ours {}", self.items[*at][*field]);
            }
        }
    }

    fn as_json(&self, name: &str, other: Option<&CslScore>) -> Value {
        let total = self.spans.total();
        let mut figures = json!({
            "file": name,
            "records": score_json(&self.records),
            "spans": { "f1": total.f1(), "whole": self.spans.whole() },
            "caught10": self.caught(10),
            "caught20": self.caught(20),
        });
        if let Some(other) = other {
            figures["against"] = score_json(other);
        }
        figures
    }
}

fn header(other: Option<&CslScore>) -> &'static str {
    if other.is_some() { "    other F1" } else { "" }
}

fn summary(who: &str, score: &CslScore) -> String {
    format!(
        "{who}: wholly right {:.3}, micro F1 {:.3}, macro F1 {:.3}",
        score.exact as f64 / score.references.max(1) as f64,
        score.micro().f1(),
        score.macro_f1()
    )
}

fn score_json(score: &CslScore) -> Value {
    let fields: serde_json::Map<String, Value> = score
        .fields
        .iter()
        .map(|(name, field)| {
            (
                (*name).to_owned(),
                json!({ "gold": field.gold, "found": field.predicted, "right": field.right, "f1": field.f1() }),
            )
        })
        .collect();
    json!({
        "references": score.references,
        "exact": score.exact as f64 / score.references.max(1) as f64,
        "microF1": score.micro().f1(),
        "macroF1": score.macro_f1(),
        "fields": fields,
    })
}

/// Each reference by itself, or each run of neighbours of one group as one list.
fn parse_all(examples: &[Example], parser: &Parser<'_>, lists: bool) -> Vec<Parsed> {
    let same_list = |a: &Example, b: &Example| lists && a.source == b.source && a.group == b.group;
    examples
        .chunk_by(same_list)
        .flat_map(|list| {
            let entries: Vec<Entry> = list.iter().map(|example| example.entry.clone()).collect();
            parser.parse_list(&entries)
        })
        .collect()
}

fn labelled(model: &Model, entry: &Entry) -> Vec<(Span, Label)> {
    let (mut scratch, mut segments) = (label::Scratch::default(), Vec::new());
    label::segments(model, entry, &tokens::tokenize(entry), &mut scratch, &mut segments);
    segments.iter().map(|segment| (segment.span, segment.label)).collect()
}

fn as_csl(parsed: &Parsed) -> Value {
    let (text, _) = csl_json::write(std::slice::from_ref(&parsed.record), &crate::formats::WriteOptions::default());
    let items: Value = serde_json::from_str(&text).unwrap_or_default();
    items.get(0).cloned().unwrap_or_default()
}

/// The score of a second system's items for the same references.
fn against(path: &Path, set: &GoldSet) -> std::io::Result<CslScore> {
    let bytes = std::fs::read(path)?;
    let items: Vec<Value> = match serde_json::from_slice::<Value>(&bytes) {
        Ok(Value::Array(items)) => items,
        _ => bytes
            .split(|&byte| byte == b'\n')
            .filter(|line| !line.trim_ascii().is_empty())
            .map(|line| serde_json::from_slice(line).unwrap_or(Value::Null))
            .collect(),
    };
    Ok(csl::score(&set.raw, &items, &[]))
}
