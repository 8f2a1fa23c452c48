//! `reflist train`: labelled references in, a model out.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use super::args::{Global, Train};
use super::output::Output;
use super::progress::Progress;
use super::report::Report;
use super::{Outcome, input_failed, output_failed};
use crate::error::Error;
use crate::parse::label::Model;
use crate::parse::label::train::{Example, TrainOptions, read_json_lines, read_xml, train};

pub(super) fn run(args: &Train, global: &Global, report: &Report) -> Outcome {
    let Some(examples) = read_examples(&args.data, report) else { return Outcome::Done };
    let mut options = TrainOptions { seed: args.seed, exclude: args.leave_out.clone(), ..TrainOptions::default() };
    if let Some(passes) = args.passes {
        options.passes = passes.max(1);
    }
    if let Some(weight) = args.synthetic_weight {
        options.synthetic_weight = weight;
    }
    let model = with_progress(&examples, &options, global);
    let name = args.output.display().to_string();
    let written = Output::open(Some(&args.output)).and_then(|mut output| {
        output.write_all(&model.to_bytes())?;
        output.finish()
    });
    match written {
        Ok(()) => Outcome::Done,
        Err(error) => output_failed(report, &name, &error),
    }
}

/// Trains with a progress bar.
pub(super) fn with_progress(examples: &[Example], options: &TrainOptions, global: &Global) -> Model {
    let mut bar: Option<Progress> = None;
    let (mut all, mut shown) = (None, 0);
    train(examples, options, &mut |progress| {
        let total = (progress.stages * progress.passes * progress.total) as u64;
        let total = *all.get_or_insert(total);
        let done = (progress.share() * total as f64) as u64;
        let bar = bar.get_or_insert_with(|| Progress::new("references", Some(total), global.quiet));
        bar.advance(done.saturating_sub(shown));
        shown = done;
    })
}

/// The labelled references of all files; `None` if one cannot be read, which is reported.
pub(super) fn read_examples(paths: &[PathBuf], report: &Report) -> Option<Vec<Example>> {
    let mut examples = Vec::new();
    for path in paths {
        match read_file(path) {
            Ok(more) => examples.extend(more),
            Err(Error::Write(error)) => {
                input_failed(report, &path.display().to_string(), &error);
                return None;
            }
            Err(error) => {
                let help = "the form is that of the README's section on training";
                report.failure(&path.display().to_string(), "train::data", error.to_string(), Some(help));
                return None;
            }
        }
    }
    Some(examples)
}

fn read_file(path: &Path) -> Result<Vec<Example>, Error> {
    let bytes = unpacked(path)?;
    if path.extension().is_some_and(|extension| extension == "xml") {
        read_xml(bytes.as_slice())
    } else {
        read_json_lines(bytes.as_slice())
    }
}

/// All bytes of a file, unpacked if its name ends with `.gz`.
pub(super) fn unpacked(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut file = BufReader::new(File::open(path)?);
    if path.extension().is_some_and(|extension| extension == "gz") {
        return super::input::read_all(flate2::bufread::MultiGzDecoder::new(file));
    }
    super::input::read_all(&mut file)
}
