//! Error Names, and the Error Output that a Catcher hands on.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Data;

/// An Error Name: what a Retrier or a Catcher matches, case-sensitive.
///
/// Names of one's own are declared with [`errors!`](crate::errors); those that Step Functions defines are the constants of
/// [`States`] and [`Lambda`].
///
/// Spec: "Error representation".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorName(&'static str);

impl ErrorName {
    /// An error that a task of yours reports.
    ///
    /// # Panics
    ///
    /// If the name is empty or starts with `States.`, which the specification reserves; for a `const`, that is
    /// a compile error.
    #[must_use]
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        assert!(!name.is_empty(), "an Error Name must not be empty");
        assert!(
            !is_reserved(name),
            "Error Names that start with `States.` are reserved: use the constants of `States`"
        );
        Self(name)
    }

    const fn predefined(name: &'static str) -> Self {
        Self(name)
    }

    /// The name as text.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether this is the wildcard `States.ALL`.
    pub(crate) const fn is_all(self) -> bool {
        matches!(self.0.as_bytes(), b"States.ALL")
    }
}

const fn is_reserved(name: &str) -> bool {
    let (name, reserved) = (name.as_bytes(), b"States.");
    let mut i = 0;
    while i < reserved.len() {
        if i >= name.len() || name[i] != reserved[i] {
            return false;
        }
        i += 1;
    }
    true
}

impl fmt::Display for ErrorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Declares Error Names of one's own as constants that are named like the error.
///
/// ```
/// stepwright::errors! {
///     /// The bank said no.
///     pub CardDeclined;
///     /// A name that is no Rust identifier is spelt out.
///     pub OutOfStock = "com.example.OutOfStock";
/// }
/// assert_eq!(CardDeclined.as_str(), "CardDeclined");
/// assert_eq!(OutOfStock.as_str(), "com.example.OutOfStock");
/// ```
#[macro_export]
macro_rules! errors {
    ($($(#[$meta:meta])* $vis:vis $name:ident $(= $text:literal)?;)+) => {$(
        $(#[$meta])*
        #[allow(non_upper_case_globals, reason = "an error is named as it is reported")]
        $vis const $name: $crate::ErrorName = $crate::ErrorName::new($crate::__error_text!($name $($text)?));
    )+};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __error_text {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident $text:literal) => {
        $text
    };
}

/// The Error Names that the States Language defines.
///
/// Spec: "Appendix A: Predefined Error Codes".
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct States;

impl States {
    /// Any error but `States.Runtime`. Stands alone, in the last Retrier or Catcher.
    pub const ALL: ErrorName = ErrorName::predefined("States.ALL");
    /// Any error but `States.Timeout`; also what a failed `.sync` job reports.
    pub const TASK_FAILED: ErrorName = ErrorName::predefined("States.TaskFailed");
    /// A task ran longer than its timeout, or missed a heartbeat.
    pub const TIMEOUT: ErrorName = ErrorName::predefined("States.Timeout");
    /// A task missed a heartbeat. The service reports [`States::TIMEOUT`] as well: matching both is safe.
    pub const HEARTBEAT_TIMEOUT: ErrorName = ErrorName::predefined("States.HeartbeatTimeout");
    /// The task may not run its code.
    pub const PERMISSIONS: ErrorName = ErrorName::predefined("States.Permissions");
    /// An output of more than 256 KiB.
    pub const DATA_LIMIT_EXCEEDED: ErrorName = ErrorName::predefined("States.DataLimitExceeded");
    /// A JSONata expression failed.
    pub const QUERY_EVALUATION_ERROR: ErrorName = ErrorName::predefined("States.QueryEvaluationError");
    /// A Choice inside a Parallel or Map matched no rule and has no default.
    pub const NO_CHOICE_MATCHED: ErrorName = ErrorName::predefined("States.NoChoiceMatched");
    /// More items of a Map failed than it tolerates.
    pub const EXCEED_TOLERATED_FAILURE_THRESHOLD: ErrorName =
        ErrorName::predefined("States.ExceedToleratedFailureThreshold");
    /// A Map could not read its items.
    pub const ITEM_READER_FAILED: ErrorName = ErrorName::predefined("States.ItemReaderFailed");
    /// A Map could not write its results.
    pub const RESULT_WRITER_FAILED: ErrorName = ErrorName::predefined("States.ResultWriterFailed");
}

/// The errors of the Lambda service itself; a function's own errors have the name of its exception class.
///
/// Source: Step Functions Developer Guide, "Handling errors".
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Lambda;

impl Lambda {
    /// A transient fault of the service.
    pub const SERVICE_EXCEPTION: ErrorName = ErrorName::predefined("Lambda.ServiceException");
    /// A transient fault of the service, as older clients name it.
    pub const AWS_LAMBDA_EXCEPTION: ErrorName = ErrorName::predefined("Lambda.AWSLambdaException");
    /// The request did not reach the service.
    pub const SDK_CLIENT_EXCEPTION: ErrorName = ErrorName::predefined("Lambda.SdkClientException");
    /// The function is throttled.
    pub const TOO_MANY_REQUESTS_EXCEPTION: ErrorName =
        ErrorName::predefined("Lambda.TooManyRequestsException");
    /// An unhandled failure of the runtime: out of memory, exit.
    pub const UNKNOWN: ErrorName = ErrorName::predefined("Lambda.Unknown");
}

/// What a Catcher hands to its handler: `{"Error": …, "Cause": …}`.
///
/// Spec: "Error output".
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ErrorOutput {
    /// The Error Name.
    pub error: String,
    /// A text, often JSON, that says more. A timeout has none.
    pub cause: Option<String>,
}

/// One Error Name or several: what `.catch(…)` takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an Error Name",
    label = "expected an `ErrorName` or an array of them",
    note = "declare errors of your own with `errors! {{ pub CardDeclined; }}`; `States::ALL` is any error"
)]
pub trait IntoErrors {
    /// The names, in the order given.
    fn into_errors(self) -> Vec<ErrorName>;
}

#[diagnostic::do_not_recommend]
impl IntoErrors for ErrorName {
    fn into_errors(self) -> Vec<ErrorName> {
        vec![self]
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> IntoErrors for [ErrorName; N] {
    fn into_errors(self) -> Vec<ErrorName> {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl IntoErrors for &[ErrorName] {
    fn into_errors(self) -> Vec<ErrorName> {
        self.to_vec()
    }
}
