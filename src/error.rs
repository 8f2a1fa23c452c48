//! What stops us: the few conditions under which a call of the library returns `Err`.

use thiserror::Error;

/// An error of the library. Bad input is never one of these: it gives [`crate::Diagnostic`]s.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A model file is damaged, of another version, or made for other features than the code computes.
    #[error("the model cannot be used: {reason}")]
    Model {
        /// What does not fit.
        reason: String,
    },
    /// Training data that is not in the expected form.
    #[error("line {line} of the training data: {reason}")]
    TrainingData {
        /// Line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// An output could not be written.
    #[error("cannot write the output")]
    Write(#[from] std::io::Error),
}
