//! A progress bar on a terminal, after one second.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Counts what is done; shows nothing in the first second, nothing when quiet, nothing where standard error is no terminal.
pub(super) struct Progress {
    unit: &'static str,
    started: Instant,
    done: u64,
    total: Option<u64>,
    enabled: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    pub(super) fn new(unit: &'static str, total: Option<u64>, quiet: bool) -> Self {
        let enabled = !quiet && std::io::stderr().is_terminal();
        Self { unit, started: Instant::now(), done: 0, total, enabled, bar: None }
    }

    pub(super) fn advance(&mut self, by: u64) {
        self.done += by;
        if !self.enabled {
            return;
        }
        if self.bar.is_none() && self.started.elapsed() > Duration::from_secs(1) {
            self.bar = Some(self.bar());
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        }
    }

    fn bar(&self) -> ProgressBar {
        let template = match self.total {
            Some(_) => format!("{{wide_bar}} {{pos}}/{{len}} {} {{eta}}", self.unit),
            None => format!("{{spinner}} {{pos}} {} {{per_sec}}", self.unit),
        };
        let bar = self.total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        // The template is ours; were it wrong, the default style would do.
        bar.with_style(ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar()))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
