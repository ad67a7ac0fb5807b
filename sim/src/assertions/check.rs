//! What the assertions have in common.

use serde::Serialize;
use serde_json::Value;

use crate::assertions::difference::Differences;
use crate::assertions::failure::Failure;
use crate::assertions::were;
use crate::simulation::{Execution, Status};
use crate::timeline::cut;

/// How many characters of an output or a cause stand in a sentence.
const MAX_CHARS: usize = 100;

impl Execution {
    #[track_caller]
    pub(super) fn assert_status(&self, status: Status) -> &Self {
        let to = match status {
            Status::Succeeded => "succeed",
            Status::Failed => "fail",
            Status::TimedOut => "time out",
            Status::Aborted => "be aborted",
        };
        self.check(self.status == status, || self.unexpected(&format!("the execution to {to}")))
    }

    /// Ends the test where there is no history to look at.
    #[track_caller]
    pub(super) fn assert_history(&self) {
        self.check(!self.history.events.is_empty(), || {
            self.failure(
                "this assertion needs the history, which was not kept: leave `without_history()` out",
            )
        });
    }

    #[track_caller]
    pub(super) fn check<'e>(&'e self, holds: bool, failure: impl FnOnce() -> Failure<'e>) -> &'e Self {
        if !holds {
            failure().raise();
        }
        self
    }

    /// Compares the data of a state at each visit.
    #[track_caller]
    pub(super) fn check_data<'v>(
        &self,
        what: &str,
        state: &str,
        found: impl Iterator<Item = &'v Value>,
        expected: impl IntoIterator<Item = impl Serialize>,
    ) -> &Self {
        self.check_values(what, &format!("the {what} of `{state}`"), found, expected, |failure| {
            failure.near(state, self.visited()).data_of(state)
        })
    }

    /// Compares lists of values; `what` is a word for them and `whole` says whose they are.
    #[track_caller]
    pub(super) fn check_values<'e, 'v>(
        &'e self,
        what: &str,
        whole: &str,
        found: impl Iterator<Item = &'v Value>,
        expected: impl IntoIterator<Item = impl Serialize>,
        tell: impl FnOnce(Failure<'e>) -> Failure<'e>,
    ) -> &'e Self {
        self.assert_history();
        let found: Vec<_> = found.cloned().collect();
        let expected: Vec<_> = expected.into_iter().map(|value| to_json(&value)).collect();
        let (counted, wanted) = (found.len(), expected.len());
        let differences = Differences::between(what, &expected.into(), &found.into());
        self.check(differences.is_empty(), || {
            let counts = if counted == wanted {
                String::new()
            } else {
                format!(": expected {wanted}, but there {}", were(counted))
            };
            let sentence = format!("{whole} are not the expected ones{counts}");
            tell(self.failure(sentence).differences(&differences))
        })
    }

    pub(super) fn failure(&self, sentence: impl Into<String>) -> Failure<'_> {
        Failure::new(self, sentence)
    }

    /// Another end than the expected one.
    pub(super) fn unexpected(&self, expected: &str) -> Failure<'_> {
        self.failure(format!("expected {expected}, but it {}", self.ending()))
    }

    /// "failed with `Declined` (no money)".
    fn ending(&self) -> String {
        let cause = self.cause.as_deref().filter(|cause| !cause.is_empty());
        let cause = cause.map(|cause| format!(" ({})", cut(cause, MAX_CHARS))).unwrap_or_default();
        let error = self.error.as_ref().map(|error| format!(" with `{error}`")).unwrap_or_default();
        match (self.status, &self.output) {
            (Status::Succeeded, Some(output)) => {
                format!("succeeded with {}", cut(&output.to_string(), MAX_CHARS))
            }
            (Status::Succeeded, None) => "succeeded".to_owned(),
            (Status::Failed, _) => format!("failed{error}{cause}"),
            (Status::TimedOut, _) => format!("timed out{error}{cause}"),
            (Status::Aborted, _) => format!("was aborted{error}{cause}"),
        }
    }
}

#[track_caller]
pub(super) fn to_json(expected: &impl Serialize) -> Value {
    match serde_json::to_value(expected) {
        Ok(value) => value,
        Err(error) => panic!("the expected value cannot be written as JSON: {error}"),
    }
}
