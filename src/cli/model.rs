//! The model that labels: the embedded one, or one from a file.

use std::borrow::Cow;

use super::args::ModelOption;
use super::report::Report;
use crate::parse::Parser;
use crate::parse::label::Model;

impl ModelOption {
    /// A parser that labels as was asked for.
    pub(super) const fn parser<'m>(&self, model: &'m Model) -> Parser<'m> {
        Parser::new(model).single_pass(self.single_pass)
    }
}

/// Loads the model that was asked for; a failure is reported.
pub(super) fn load(option: &ModelOption, report: &Report) -> Option<Cow<'static, Model>> {
    let Some(path) = &option.model else {
        return Some(Cow::Borrowed(Model::embedded()));
    };
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| super::input_failed(report, &name, &error)).ok()?;
    match Model::load(&bytes) {
        Ok(model) => Some(Cow::Owned(model)),
        Err(error) => {
            report.failure(&name, "cli::model", error.to_string(), Some("train it anew with `reflist train`"));
            None
        }
    }
}
