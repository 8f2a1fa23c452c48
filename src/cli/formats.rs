//! `reflist formats`: the table of formats.

use std::fmt::Write;

use super::args::Formats;
use super::report::Report;
use super::{Outcome, print, wrong_use};
use crate::document::DocumentKind;
use crate::formats::{Capability, FORMATS};
use crate::record::{Kind, Variable};

pub(super) fn run(args: &Formats, report: &Report) -> Outcome {
    let text = match &args.variables {
        None => overview(),
        Some(kind) => match kind.parse() {
            Ok(kind) => variables(kind),
            Err(_) => return wrong_use(report, &format!("unknown kind of work `{kind}`; CSL's item types are known")),
        },
    };
    print(report, text.as_bytes())
}

fn overview() -> String {
    let mut out = String::from("Bibliographies, read and written:\n");
    for format in FORMATS {
        let names = std::iter::once(&format.name).chain(format.aliases).copied().collect::<Vec<_>>().join(", ");
        let extensions =
            format.extensions.iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "  {names:<24} {extensions:<16} {:<38} {}", format.media_type, format.about);
    }
    out.push_str("\nDocuments, read:\n");
    for kind in DocumentKind::ALL {
        let _ = writeln!(out, "  {}", kind.as_str());
    }
    out.push_str(
        "\nBare references, read:\n  list   the whole input is one list\n  lines  each line is exactly one reference\n",
    );
    out
}

/// One line a variable: what each format holds of it.
fn variables(kind: Kind) -> String {
    let mut out = format!("{kind}: ● wholly  ◐ in a poorer form  · not at all\n{:<28}", "");
    for format in FORMATS {
        let _ = write!(out, " {:<9}", format.name);
    }
    out.push('\n');
    for &variable in Variable::ALL {
        let _ = write!(out, "{:<28}", variable.as_str());
        for format in FORMATS {
            let mark = match (format.holds)(kind, variable) {
                Capability::Wholly => '●',
                Capability::Partly => '◐',
                Capability::Not => '·',
            };
            let _ = write!(out, " {mark:<9}");
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}
