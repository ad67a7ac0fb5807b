//! What a simulation is told beside the machine and its input.

use std::time::Duration;

use crate::history::Text;
use crate::limits;
use crate::s3::Objects;

/// Whether an execution is a Standard or an Express one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Type {
    /// Up to a year, with a history of at most 25,000 events.
    #[default]
    Standard,
    /// Up to five minutes, with no limit of events.
    Express,
}

/// The names and ARNs that the Context Object shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// `StateMachine.Id`.
    pub state_machine_arn: String,
    /// `StateMachine.Name`.
    pub state_machine_name: String,
    /// `Execution.Id`.
    pub execution_arn: String,
    /// `Execution.Name`.
    pub execution_name: String,
    /// `Execution.RoleArn`; where it is empty, `null`.
    pub role_arn: String,
}

impl Default for Identity {
    fn default() -> Self {
        Self {
            state_machine_arn: "arn:aws:states:us-east-1:123456789012:stateMachine:simulated".to_owned(),
            state_machine_name: "simulated".to_owned(),
            execution_arn: "arn:aws:states:us-east-1:123456789012:execution:simulated:run".to_owned(),
            execution_name: "run".to_owned(),
            role_arn: "arn:aws:iam::123456789012:role/simulated".to_owned(),
        }
    }
}

impl Identity {
    /// A part of the execution's ARN: partition, service, region, account.
    pub(crate) fn arn_part(&self, index: usize) -> &str {
        self.execution_arn.split(':').nth(index).unwrap_or_default()
    }

    /// The region.
    pub(crate) fn region(&self) -> Text {
        Text::from(self.arn_part(3))
    }
}

/// Everything a simulation is told beside the machine and its input.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) execution_type: Type,
    pub(crate) identity: Identity,
    /// When the execution starts: milliseconds since 1970.
    pub(crate) started: i64,
    pub(crate) seed: u64,
    pub(crate) keeps_history: bool,
    pub(crate) stop: Option<Stop>,
    pub(crate) objects: Objects,
}

/// `StopExecution`, called from outside.
#[derive(Debug, Clone)]
pub(crate) struct Stop {
    pub(crate) after: Duration,
    pub(crate) error: Option<Text>,
    pub(crate) cause: Option<Text>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            execution_type: Type::Standard,
            identity: Identity::default(),
            started: 1_735_689_600_000, // 2025-01-01T00:00:00Z
            seed: 0,
            keeps_history: true,
            stop: None,
            objects: Objects::default(),
        }
    }
}

impl Type {
    pub(crate) fn max_events(self) -> Option<u64> {
        match self {
            Self::Standard => Some(limits::MAX_EVENTS),
            Self::Express => None,
        }
    }

    pub(crate) fn max_duration(self) -> Duration {
        match self {
            Self::Standard => limits::STANDARD_DURATION,
            Self::Express => limits::EXPRESS_DURATION,
        }
    }
}
