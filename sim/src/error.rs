//! What keeps a simulation from running at all.

use std::fmt;
use std::time::Duration;

use crate::timeline::Span;

/// A simulation that cannot be run: the machine is broken, or a stand-in is missing.
///
/// An execution that fails is no such error: that is an [`Execution`](crate::Execution) with a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Broken { at: String, problem: String },
    MissingStandIns { reached: String, missing: Vec<(String, String)> },
    Endless { did: String },
    Restless { at: Duration },
    Refused { code: &'static str, message: String },
}

impl Error {
    /// The machine does not hold together; `at` names the state or scope.
    pub(crate) fn broken(at: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { kind: Kind::Broken { at: at.into(), problem: problem.into() } }
    }

    /// The same error, in a machine that others name by this ARN.
    pub(crate) fn within(self, arn: &str) -> Self {
        match self.kind {
            Kind::Broken { at, problem } => Self::broken(format!("{at} of `{arn}`"), problem),
            kind => Self { kind },
        }
    }

    /// A task was reached that nothing answers. `missing` has every such Task state with its resource.
    pub(crate) fn missing_stand_ins(reached: &str, missing: Vec<(String, String)>) -> Self {
        Self { kind: Kind::MissingStandIns { reached: reached.to_owned(), missing } }
    }

    /// An execution that has no limit of its own runs in a circle. `did` is what it did so far.
    pub(crate) fn endless(did: impl Into<String>) -> Self {
        Self { kind: Kind::Endless { did: did.into() } }
    }

    /// The stand-ins let no time pass.
    pub(crate) fn restless(at: Duration) -> Self {
        Self { kind: Kind::Restless { at } }
    }

    /// A call that the API turns down.
    pub(crate) fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self { kind: Kind::Refused { code, message: message.into() } }
    }

    /// The code and the message with which the API turns the call down, where it does.
    pub fn refusal(&self) -> Option<(&str, &str)> {
        match &self.kind {
            Kind::Refused { code, message } => Some((code, message)),
            Kind::Broken { .. }
            | Kind::MissingStandIns { .. }
            | Kind::Endless { .. }
            | Kind::Restless { .. } => None,
        }
    }

    /// Whether the machine is broken: a state machine that the service would not have taken.
    pub fn is_broken_machine(&self) -> bool {
        matches!(self.kind, Kind::Broken { .. })
    }

    /// Whether a task was reached for which there is no stand-in.
    pub fn is_missing_stand_in(&self) -> bool {
        matches!(self.kind, Kind::MissingStandIns { .. })
    }

    /// Whether the execution ran in circles until the simulator gave up.
    pub fn is_endless(&self) -> bool {
        matches!(self.kind, Kind::Endless { .. })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Broken { at, problem } => write!(f, "the state machine is broken at {at}: {problem}"),
            Kind::MissingStandIns { reached, missing } => {
                write!(f, "the task `{reached}` was reached, but nothing answers it; missing stand-ins:")?;
                missing.iter().try_for_each(|(state, resource)| write!(f, "\n  `{state}` ({resource})"))
            }
            Kind::Restless { at } => write!(
                f,
                "time stands still after {}: the stand-ins always say that something else happens now (`next_event`)",
                Span(*at)
            ),
            Kind::Refused { code, message } => write!(f, "the call is refused: {code}: {message}"),
            Kind::Endless { did } => write!(f, "the execution runs in a circle: it {did} and is not done"),
        }
    }
}

impl std::error::Error for Error {}
