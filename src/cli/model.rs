//! The model that labels: the embedded one, or one from a file.

use std::ops::Deref;

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

/// A model at hand; the embedded one is unpacked when it is first asked for, since most conversions need none.
pub(super) struct Loaded(Option<Model>);

impl Deref for Loaded {
    type Target = Model;

    fn deref(&self) -> &Model {
        self.0.as_ref().unwrap_or_else(|| Model::embedded())
    }
}

impl From<Model> for Loaded {
    fn from(model: Model) -> Self {
        Self(Some(model))
    }
}

/// Loads the model that was asked for; a failure is reported.
pub(super) fn load(option: &ModelOption, report: &Report) -> Option<Loaded> {
    let Some(path) = &option.model else {
        return Some(Loaded(None));
    };
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| super::input_failed(report, &name, &error)).ok()?;
    match Model::load(&bytes) {
        Ok(model) => Some(model.into()),
        Err(error) => {
            report.failure(&name, "cli::model", error.to_string(), Some("train it anew with `reflist train`"));
            None
        }
    }
}
