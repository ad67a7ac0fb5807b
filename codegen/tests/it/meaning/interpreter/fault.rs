//! Errors, and who is for them.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright::{ErrorName, Retrier, States};

use super::SERVICE_TEXT;

/// An error on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::meaning) struct Fault {
    pub(super) error: String,
    pub(super) cause: Option<String>,
}

/// How long a Retrier waits after it has made so many retries; `None` if it makes no more.
pub(super) fn delay(retrier: &Retrier, made: usize) -> Option<Duration> {
    retrier.schedule().nth(made)
}

impl Fault {
    pub(super) fn of_service(error: &str) -> Self {
        Self { error: error.to_owned(), cause: Some(SERVICE_TEXT.to_owned()) }
    }

    /// Whether a list of Error Names covers it. Spec: "Predefined Error Codes".
    pub(super) fn is_among(&self, names: &[ErrorName]) -> bool {
        self.error != "States.Runtime"
            && names.iter().any(|name| match *name {
                States::ALL => true,
                States::TASK_FAILED => self.error != States::TIMEOUT.as_str(),
                name => self.error == name.as_str(),
            })
    }

    /// What a handler reads; a timeout has an empty cause there (what the service gives).
    pub(super) fn output(&self) -> Value {
        json!({ "Error": self.error, "Cause": self.cause.as_deref().unwrap_or_default() })
    }
}
