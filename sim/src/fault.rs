//! A failure on its way through the machine.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::data::Failure;
use crate::history::{EventId, Problem, Text};
use crate::limits;

/// A task or execution took too long.
pub(crate) const TIMEOUT: &str = "States.Timeout";
/// A payload is too large.
pub(crate) const DATA_LIMIT_EXCEEDED: &str = "States.DataLimitExceeded";

/// An error that a state raised: an Error Name, a cause, and what the history makes of it.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The Error Name.
    pub(crate) error: Option<Text>,
    /// A text for people.
    pub(crate) cause: Option<Text>,
    kind: FaultKind,
}

/// An evaluation that failed and is to be logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Evaluation {
    /// The field it was in, where there is a single one.
    pub(crate) location: Option<Text>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum FaultKind {
    /// Nothing special.
    Plain,
    /// Found by the data layer in a field; its cause does not yet say in which state.
    Found(Option<Text>),
    /// A task that took too long.
    Timeout,
    /// A task that missed a heartbeat.
    Heartbeat,
}

impl Fault {
    /// An error with a name and a cause.
    pub(crate) fn new(error: &str, cause: impl AsRef<str>) -> Self {
        Self::of(Some(Arc::from(error)), Some(Arc::from(cause.as_ref())))
    }

    /// An error of which either part may be absent.
    pub(crate) fn of(error: Option<Text>, cause: Option<Text>) -> Self {
        Self { error, cause, kind: FaultKind::Plain }
    }

    /// A task took too long, or missed a heartbeat.
    pub(crate) fn timeout(is_heartbeat: bool) -> Self {
        let kind = if is_heartbeat { FaultKind::Heartbeat } else { FaultKind::Timeout };
        Self { error: Some(Arc::from(TIMEOUT)), cause: None, kind }
    }

    /// A payload is too large to come out of a state or task.
    pub(crate) fn too_large(what: &str) -> Self {
        let cause = format!(
            "The state/task '{what}' returned a result with a size exceeding the maximum number of bytes service limit."
        );
        Self::new(DATA_LIMIT_EXCEEDED, cause)
    }

    /// An HTTP Task got no answer within a minute.
    pub(crate) fn http_socket() -> Self {
        let seconds = limits::HTTP_DURATION.as_secs();
        Self::new("States.Http.Socket", format!("The HTTP call took longer than {seconds} seconds."))
    }

    /// The results of a Map Run cannot be written.
    pub(crate) fn result_writer(cause: impl AsRef<str>) -> Self {
        Self::new("States.ResultWriterFailed", cause)
    }

    /// More child executions of a Map failed than it tolerates.
    pub(crate) fn threshold_exceeded() -> Self {
        Self::new(
            "States.ExceedToleratedFailureThreshold",
            "The specified tolerated failure threshold was exceeded",
        )
    }

    /// Completes what the data layer found, as the service tells it: with the state and its Entered event. Says whether it
    /// was an evaluation, which is to be logged.
    pub(crate) fn tell(&mut self, state: &str, entered: EventId) -> Option<Evaluation> {
        let FaultKind::Found(location) = &mut self.kind else { return None };
        let location = location.take();
        self.kind = FaultKind::Plain;
        let cause = self.cause.as_deref().unwrap_or_default();
        self.cause = Some(Arc::from(format!(
            "An error occurred while executing the state '{state}' (entered at the event id #{entered}). {cause}"
        )));
        (self.error.as_deref() == Some(Failure::QUERY_EVALUATION)).then_some(Evaluation { location })
    }

    /// Whether no state can handle it: the execution fails.
    pub(crate) fn is_fatal(&self) -> bool {
        self.error.as_deref() == Some(Failure::RUNTIME)
    }

    /// Whether a heartbeat was missed.
    pub(crate) fn is_missed_heartbeat(&self) -> bool {
        self.kind == FaultKind::Heartbeat
    }

    /// As events report it.
    pub(crate) fn problem(&self) -> Problem {
        Problem { error: self.error.clone(), cause: self.cause.clone() }
    }

    /// The Error Output that a Catcher works with. A timeout has no cause in events, but an empty one here.
    pub(crate) fn error_output(&self) -> Value {
        let cause = match self.kind {
            FaultKind::Timeout | FaultKind::Heartbeat => Some(""),
            FaultKind::Plain | FaultKind::Found(_) => self.cause.as_deref(),
        };
        json!({ "Error": self.error.as_deref(), "Cause": cause })
    }
}

/// An item makes a larger input than an iteration or child execution can have.
pub(crate) fn item_too_large(index: usize) -> Failure {
    let cause = format!(
        "The input made of the item with index {index} has a size exceeding the maximum number of bytes service limit ({}).",
        limits::MAX_PAYLOAD_BYTES,
    );
    Failure::new(DATA_LIMIT_EXCEEDED, cause)
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self {
            error: Some(Arc::from(failure.error)),
            cause: Some(Arc::from(failure.cause)),
            kind: FaultKind::Found(failure.location.map(Arc::from)),
        }
    }
}
