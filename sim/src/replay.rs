//! Replays executions that were recorded on the service, and says where the simulation takes another way.
//!
//! A [`Recording`] has a definition, an input, what its tasks answered, and the history that the service wrote. [`replay`]
//! gives the simulator the first three, and compares what comes out event by event: type, links, names, inputs, outputs,
//! assigned variables, errors and causes. Names that were changed in the recording (placeholders) stand for any text, the
//! same one each time. A [`TestRecording`] is a call of `TestState`, which [`replay_test`] makes again.
//!
//! An [`ExportedHistory`] is what `GetExecutionHistory` says of any execution. [`replay_history`] runs it again on a
//! definition that may have changed, and compares the ways that it takes rather than the events.

mod answers;
mod compare;
mod exported;
mod recall;
mod recording;
mod rerun;
mod route;
mod tested;
mod unify;
mod values;
mod way;

use std::fmt;
use std::time::Duration;

pub use exported::{ExportedHistory, UnusableHistory};
pub use recording::{Recording, Unreadable};
pub use rerun::{Deviation, Rerun, replay_history};
pub use tested::{TestRecording, replay_test};

use crate::error::Error;
use crate::history::History;
use crate::replay::answers::Answers;
use crate::simulation::{Execution, Simulation, Status};

/// Something that came out differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where: an event or the outcome, and the field in it.
    pub at: String,
    /// What the recording says.
    pub recorded: String,
    /// What the simulation says.
    pub simulated: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: recorded {}, simulated {}", self.at, self.recorded, self.simulated)
    }
}

/// Runs a recording again. No differences: the simulation took the same way.
///
/// # Errors
///
/// The recorded machine cannot be run.
pub fn replay(recording: &Recording) -> Result<Vec<Difference>, Error> {
    let execution = simulate(recording)?;
    Ok(compare::compare(recording, &execution))
}

/// Runs a recording again and gives what came out.
///
/// # Errors
///
/// As for [`replay`].
pub fn simulate(recording: &Recording) -> Result<Execution, Error> {
    let mut simulation = Simulation::new(&recording.machine)
        .input(recording.input.clone())
        .of_type(recording.execution_type)
        .identity(recording.identity.clone());
    for object in &recording.objects {
        let text = |name: &str| object[name].as_str().unwrap_or_default();
        simulation = simulation.object(text("bucket"), text("key"), text("body"));
    }
    if let Some(started) = recording.started {
        simulation = simulation.started(started);
    }
    if recording.outcome.status == Some(Status::Aborted) {
        // When it was stopped is not recorded; only that something was still going on.
        let (error, cause) = (recording.outcome.error.as_deref(), recording.outcome.cause.as_deref());
        simulation = simulation.stop_after(Duration::from_secs(1), error, cause);
    }
    simulation.run_with(&mut Answers::new(recording))
}

/// The history as JSON, in the shape that recordings have.
pub(crate) fn events(history: &History) -> Vec<serde_json::Value> {
    history.events.iter().map(|event| event.to_json(history.started)).collect()
}
