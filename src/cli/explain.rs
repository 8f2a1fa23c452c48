//! `reflist explain`: one reference, token by token.

use std::fmt::Write;

use super::args::Explain;
use super::report::Report;
use super::{Outcome, input_failed, print};
use crate::parse::entries::Entry;
use crate::parse::label::{self, Label};
use crate::parse::tokens;
use crate::record::Value;

pub(super) fn run(args: &Explain, report: &Report) -> Outcome {
    let Some(model) = super::model::load(&args.model, report) else { return Outcome::Done };
    let text = if args.text == "-" {
        match super::input::read_all(std::io::stdin().lock()) {
            Ok(bytes) => crate::text::decode(&bytes).text.into_owned(),
            Err(error) => {
                input_failed(report, "<stdin>", &error);
                return Outcome::Done;
            }
        }
    } else {
        args.text.clone()
    };
    let entry = Entry::plain(&text);
    let tokens = tokens::tokenize(&entry);
    let labels = label::label(&model, &entry, &tokens);
    let mut out = String::new();
    for (token, label) in tokens.iter().zip(labels) {
        let name = if label == Label::Separator { "" } else { label.as_str() };
        let _ = writeln!(out, "{:<32} {name}", &entry.text[token.span.range()]);
    }
    let parsed = args.model.parser(&model).parse_reference(&text);
    let _ = writeln!(out, "\nkind: {}  confidence: {:.2}", parsed.record.kind, parsed.confidence);
    for field in &parsed.fields {
        let value = parsed.record.get(field.variable).map(Value::to_plain).unwrap_or_default();
        let printed = &parsed.source[field.span.range()];
        let variable = field.variable.as_str();
        let _ = writeln!(out, "{variable:<20} {:.2}  {printed:?} → {value}", field.confidence);
    }
    print(report, out.as_bytes())
}
