//! What a field fails with.

use std::fmt;

/// An error of the running execution: an Error Name with its cause. Data, not a mistake in the use of this crate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The Error Name.
    pub error: String,
    /// The cause, without the sentence about the state and its event that the service puts in front.
    pub cause: String,
    /// The field, as a path from its state (`Output/result`, `Items[2]`), where the service reports one: `JSONata`.
    pub location: Option<String>,
}

impl Failure {
    /// `States.Runtime`: nothing retries or catches it.
    pub const RUNTIME: &'static str = "States.Runtime";
    /// `States.IntrinsicFailure`: an intrinsic function got arguments it cannot work with.
    pub const INTRINSIC: &'static str = "States.IntrinsicFailure";
    /// `States.ResultPathMatchFailure`: a `ResultPath` does not fit the input.
    pub const RESULT_PATH: &'static str = "States.ResultPathMatchFailure";
    /// `States.QueryEvaluationError`: a `JSONata` expression failed.
    pub const QUERY_EVALUATION: &'static str = "States.QueryEvaluationError";

    /// A failure without location.
    pub fn new(error: impl Into<String>, cause: impl Into<String>) -> Self {
        Self { error: error.into(), cause: cause.into(), location: None }
    }

    /// `States.Runtime` with that cause.
    pub fn runtime(cause: impl Into<String>) -> Self {
        Self::new(Self::RUNTIME, cause)
    }

    /// `States.QueryEvaluationError` of that field.
    pub fn query(cause: impl Into<String>, location: impl Into<String>) -> Self {
        Self { location: Some(location.into()), ..Self::new(Self::QUERY_EVALUATION, cause) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error, self.cause)
    }
}
