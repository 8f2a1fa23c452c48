//! `reflist eval`: labelled references against what the parser makes of them.

mod gold;

use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{Eval, Global};
use super::model::Loaded;
use super::report::Report;
use super::{Outcome, input_failed, print, train};
use crate::formats::csl_json;
use crate::parse::entries::Entry;
use crate::parse::evaluate::csl::{self, CslScore, Fault};
use crate::parse::evaluate::spans::SpanScore;
use crate::parse::fields::resolve_repeated;
use crate::parse::label::train::{Example, TrainOptions};
use crate::parse::label::{Label, Segment};
use crate::parse::{Parsed, Parser};
use crate::span::Span;
use gold::GoldSet;

pub(super) fn run(args: &Eval, global: &Global, report: &Report) -> Outcome {
    let Some(model) = model(args, global, report) else { return Outcome::Done };
    let parser = args.model.parser(&model);
    let Ok(wrong) = read(args.gold_errors.as_deref(), report, gold::ids) else { return Outcome::Done };
    let Ok(other) = read(args.against.as_deref(), report, gold::items) else { return Outcome::Done };
    let mut out = String::new();
    let mut figures = Vec::new();
    for path in &args.gold {
        let name = path.display().to_string();
        let whole = match GoldSet::read(path) {
            Ok(set) => set,
            Err(message) => {
                let help = "see CONTRIBUTING on the form of labelled references";
                report.failure(&name, "eval::gold", message, Some(help));
                continue;
            }
        };
        let cleaned = wrong.as_ref().map(|ids| whole.without(ids));
        for set in std::iter::once(whole).chain(cleaned) {
            let measured = Measured::of(&set, &parser, args.lists);
            let other = other.as_ref().map(|items| csl::score(&set.raw, &set.choose(items), &[]));
            let name = if set.left_out == 0 {
                name.clone()
            } else {
                format!("{name} without {} of doubtful gold", set.left_out)
            };
            figures.push(measured.as_json(&name, other.as_ref()));
            measured.print(&name, other.as_ref(), args, &set, &mut out);
        }
    }
    if args.json {
        out = format!("{}\n", Value::Array(figures));
    }
    print(report, out.as_bytes())
}

/// What a file of an option holds; nothing without the option. A failure is reported.
fn read<T>(path: Option<&Path>, report: &Report, parse: impl Fn(&[u8]) -> T) -> Result<Option<T>, ()> {
    let Some(path) = path else { return Ok(None) };
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(parse(&bytes))),
        Err(error) => {
            input_failed(report, &path.display().to_string(), &error);
            Err(())
        }
    }
}

/// The model of `--model`, or one trained without the sources of `--leave-out`.
fn model(args: &Eval, global: &Global, report: &Report) -> Option<Loaded> {
    if args.train.is_empty() {
        return super::model::load(&args.model, report);
    }
    let examples = train::read_examples(&args.train, report)?;
    let mut options = TrainOptions::default();
    options.exclude.clone_from(&args.leave_out);
    Some(train::with_progress(&examples, &options, global).into())
}

/// The scores of one set.
struct Measured {
    records: CslScore,
    spans: SpanScore,
    items: Vec<Value>,
    /// By reference: its confidence, and whether it is wholly right.
    sure: Vec<(f32, bool)>,
    /// The same by field, of those that the gold has.
    sure_fields: Vec<(f32, bool)>,
    /// References whose fields are found where the gold has them, and whose record is wrong nonetheless.
    spoilt: usize,
}

impl Measured {
    fn of(set: &GoldSet, parser: &Parser<'_>, lists: bool) -> Self {
        let parsed = parse_all(&set.examples, parser, lists);
        let items: Vec<Value> = parsed.iter().map(|(parsed, _)| as_csl(parsed)).collect();
        let records = csl::score(&set.raw, &items, &[]);
        let mut faults = vec![[].as_slice(); parsed.len()];
        for (at, found) in &records.faults {
            faults[*at] = found.as_slice();
        }
        let mut spans = SpanScore::default();
        let (mut sure, mut sure_fields, mut spoilt) = (Vec::new(), Vec::new(), 0);
        for ((example, (parsed, segments)), faults) in set.examples.iter().zip(&parsed).zip(faults) {
            let labels: Vec<(Span, Label)> = segments.iter().map(|segment| (segment.span, segment.label)).collect();
            let whole = spans.add(&example.entry.text, &example.spans, &labels);
            spoilt += usize::from(whole && !faults.is_empty());
            sure.push((parsed.confidence, faults.is_empty()));
            for field in &parsed.fields {
                let name = field.variable.as_str();
                if records.fields.iter().any(|(known, score)| *known == name && score.gold > 0)
                    && csl::CORE.contains(&name)
                {
                    sure_fields.push((field.confidence, !faults.iter().any(|(wrong, _)| *wrong == name)));
                }
            }
        }
        Self { records, spans, items, sure, sure_fields, spoilt }
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
        let _ = writeln!(out, "spans: F1 {:.1}, whole {:.1}", 100.0 * total.f1(), 100.0 * self.spans.whole());
        let _ = writeln!(out, "right spans and a wrong record: {}\n", self.spoilt);
        if args.reliability {
            self.print_reliability(out);
        }
        self.print_errors(args.errors, set, out);
    }

    /// Ten bins of confidence with the share that is right, of fields and of references, and what a review of the least sure would
    /// catch.
    fn print_reliability(&self, out: &mut String) {
        for (what, answers) in [("fields", &self.sure_fields), ("references", &self.sure)] {
            let _ = writeln!(out, "confidence {what:>12}  mean   right");
            for bin in 0..10_u8 {
                let (low, high) = (f32::from(bin) / 10.0, f32::from(bin + 1) / 10.0);
                let last = bin == 9;
                let inside: Vec<&(f32, bool)> =
                    answers.iter().filter(|(sure, _)| *sure >= low && (*sure < high || last)).collect();
                if inside.is_empty() {
                    continue;
                }
                let count = inside.len();
                let mean = inside.iter().map(|(sure, _)| f64::from(*sure)).sum::<f64>() / count as f64;
                let right = inside.iter().filter(|(_, right)| *right).count() as f64 / count as f64;
                let _ = writeln!(out, "{low:.1} to {high:.1} {count:>12}  {mean:.3}  {right:.3}");
            }
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
            "spoilt": self.spoilt,
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

/// Each reference by itself, or each run of neighbours of one group as one list; with the segments that the record is made of.
fn parse_all(examples: &[Example], parser: &Parser<'_>, lists: bool) -> Vec<(Parsed, Vec<Segment>)> {
    let same_list = |a: &Example, b: &Example| lists && a.source == b.source && a.group == b.group;
    examples
        .chunk_by(same_list)
        .flat_map(|list| {
            let entries: Vec<Entry> = list.iter().map(|example| example.entry.clone()).collect();
            let segments = parser.segments(&entries);
            let mut parsed = Vec::new();
            parser.assemble_into(&mut parsed, &entries, segments.clone());
            resolve_repeated(&mut parsed, &entries);
            parsed.into_iter().zip(segments).collect::<Vec<_>>()
        })
        .collect()
}

fn as_csl(parsed: &Parsed) -> Value {
    let (text, _) = csl_json::write(std::slice::from_ref(&parsed.record), &crate::formats::WriteOptions::default());
    let items: Value = serde_json::from_str(&text).unwrap_or_default();
    items.get(0).cloned().unwrap_or_default()
}
