//! Error Names: your own, and the catalogue of those that Step Functions and its service integrations report.
//!
//! The names of an SDK integration (`arn:aws:states:::aws-sdk:…`) follow a rule: the service's prefix, a dot, the exception, which
//! always ends with `Exception`. [`ErrorName::new`] takes them: `ErrorName::new("DynamoDb.ConditionalCheckFailedException")`.
//!
//! ```
//! use stepwright::error::{Handling, States, catalogue};
//!
//! let runtime = catalogue().find(|facts| facts.name == States::RUNTIME).expect("it is in the catalogue");
//! assert_eq!(runtime.handling, Handling::Nobody);
//! ```

mod catalogue;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::catalogue::{
    Connection, DynamoDb, Ecs, ErrorFacts, EventBridge, Handling, Http, Lambda, S3, Sns, Sqs, States,
    StepFunctions, catalogue,
};
use crate::Data;

/// An Error Name: what a Retrier or a Catcher matches, case-sensitive.
///
/// Names of one's own are declared with [`errors!`](crate::errors); those that Step Functions and the services define are
/// constants: of [`States`] and [`Lambda`], and the others in [`error`](crate::error).
///
/// Spec: "Error representation".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorName(&'static str);

impl ErrorName {
    /// An error that a task of yours reports.
    ///
    /// # Panics
    ///
    /// If the name is empty or starts with `States.`, which the specification reserves, and is not followed by
    /// `Http.StatusCode.`; for a `const`, that is a compile error.
    #[must_use]
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        assert!(!name.is_empty(), "an Error Name must not be empty");
        assert!(
            !starts_with(name, b"States.") || starts_with(name, b"States.Http.StatusCode."),
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

const fn starts_with(name: &str, prefix: &[u8]) -> bool {
    let name = name.as_bytes();
    let mut i = 0;
    while i < prefix.len() {
        if i >= name.len() || name[i] != prefix[i] {
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
