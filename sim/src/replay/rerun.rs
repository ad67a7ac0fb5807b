//! Runs an exported history again, and tells what became of it.

use std::fmt;

use stepwright_codegen::asl::StateMachine;

use crate::error::Error;
use crate::replay::recall::Recall;
use crate::replay::route::Route;
use crate::replay::way::Way;
use crate::replay::{ExportedHistory, events};
use crate::settings::Identity;
use crate::simulation::{Execution, Simulation, Status};

/// What came of an exported history that was run again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rerun {
    /// Where it takes another way, the first place first; empty if it is the same way.
    ///
    /// One difference leads to others. Of the values, only the first one that differs is told, and of the states that
    /// are entered only the first that is another one.
    pub deviations: Vec<Deviation>,
    /// How many states were the same: those that come before the first deviation, or all of them.
    pub same: usize,
    /// States that were visited, and are not any more.
    pub gone: Vec<String>,
    /// States that were not visited, and are now.
    pub new: Vec<String>,
    /// Whether the replay got to the end of the history. It does not where nothing was recorded that says how to go on.
    pub is_complete: bool,
    /// How the execution ended; `None` if it had not ended yet.
    pub status: Option<Status>,
    /// What is to be known about the comparison: what could not be compared, for one.
    pub notes: Vec<String>,
}

impl Rerun {
    /// Whether it takes the same way, as far as the replay got.
    pub fn is_same(&self) -> bool {
        self.deviations.is_empty()
    }
}

/// A place where the execution takes another way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// What is different, as a sentence: ``after `Charge` the execution went to `Ship`, now it goes to `Review` ``.
    pub what: String,
    /// Where values differ, what the history has.
    pub recorded: Option<String>,
    /// Where values differ, what the simulation came to.
    pub simulated: Option<String>,
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match (&self.recorded, &self.simulated) {
            (Some(recorded), Some(simulated)) => write!(f, ": recorded {recorded}, now {simulated}"),
            _ => Ok(()),
        }
    }
}

/// Runs the execution of a history again on a definition, its own or a changed one, and compares the ways.
///
/// Tasks answer as they did: by the name of the state, those with the same input first, then in order. They take as long
/// as they took. The replay ends at a task that nothing was recorded for. In which order concurrent branches log their
/// events does not matter, nor do values that are never the same: names of the execution, times, random numbers. `${Name}`
/// in the definition stands for whatever was put in there when it was deployed.
///
/// ```
/// use stepwright_codegen::asl;
/// use stepwright_sim::replay::{ExportedHistory, replay_history};
///
/// let history = ExportedHistory::read(r#"{ "events": [
///     { "id": 1, "previousEventId": 0, "type": "ExecutionStarted", "timestamp": "2026-01-05T09:00:00Z",
///       "executionStartedEventDetails": { "input": "{\"total\": 900}" } },
///     { "id": 2, "previousEventId": 0, "type": "ChoiceStateEntered", "timestamp": "2026-01-05T09:00:00Z",
///       "stateEnteredEventDetails": { "name": "IsLarge", "input": "{\"total\": 900}" } },
///     { "id": 3, "previousEventId": 2, "type": "ChoiceStateExited", "timestamp": "2026-01-05T09:00:00Z",
///       "stateExitedEventDetails": { "name": "IsLarge", "output": "{\"total\": 900}" } },
///     { "id": 4, "previousEventId": 3, "type": "SucceedStateEntered", "timestamp": "2026-01-05T09:00:00Z",
///       "stateEnteredEventDetails": { "name": "Ship", "input": "{\"total\": 900}" } },
///     { "id": 5, "previousEventId": 4, "type": "SucceedStateExited", "timestamp": "2026-01-05T09:00:00Z",
///       "stateExitedEventDetails": { "name": "Ship", "output": "{\"total\": 900}" } },
///     { "id": 6, "previousEventId": 5, "type": "ExecutionSucceeded", "timestamp": "2026-01-05T09:00:00Z",
///       "executionSucceededEventDetails": { "output": "{\"total\": 900}" } }
/// ] }"#).expect("the history is complete");
/// let changed = asl::read(r#"{ "StartAt": "IsLarge", "States": {
///     "IsLarge": { "Type": "Choice", "Default": "Ship",
///         "Choices": [{ "Variable": "$.total", "NumericGreaterThan": 500, "Next": "Review" }] },
///     "Review": { "Type": "Succeed" },
///     "Ship": { "Type": "Succeed" }
/// } }"#).expect("the definition is well-formed").into_machine();
///
/// let rerun = replay_history(&history, &changed)?;
/// assert_eq!(
///     rerun.deviations[0].to_string(),
///     "after `IsLarge` the execution went to `Ship`, now it goes to `Review`",
/// );
/// # Ok::<(), stepwright_sim::Error>(())
/// ```
///
/// # Errors
///
/// The machine cannot be run.
pub fn replay_history(history: &ExportedHistory, machine: &StateMachine) -> Result<Rerun, Error> {
    let mut recall = Recall::new(&history.way, machine);
    let execution = simulation(history, machine, identity(history)).run_with(&mut recall)?;
    let mut way = way(&execution);
    way.mark(&recall.answered);
    let other = other_way(history, machine);
    let mut rerun = Route::compare(&history.way, &way, other.as_ref());
    rerun.status = history.status;
    rerun.notes.splice(0..0, history.notes.iter().cloned());
    if !recall.guessed.is_empty() || history.way.visits().any(|visit| visit.has_children) {
        let note = "the child executions of Distributed Maps have histories of their own; what they come to is left out";
        rerun.notes.push(note.to_owned());
    }
    Ok(rerun)
}

fn simulation<'m>(
    history: &ExportedHistory,
    machine: &'m StateMachine,
    identity: Identity,
) -> Simulation<'m> {
    let simulation = Simulation::new(machine).input(history.input.clone()).identity(identity);
    match history.started {
        Some(started) => simulation.started(started),
        None => simulation,
    }
}

fn way(execution: &Execution) -> Way {
    Way::read(&events(&execution.history))
}

/// The way of a second simulation, in which everything is different that can be different without a reason.
fn other_way(history: &ExportedHistory, machine: &StateMachine) -> Option<Way> {
    /// So that times differ, but rarely what depends on them.
    const LATER_MILLIS: i64 = 1_234;
    let identity = Identity {
        state_machine_arn: "arn:aws:states:eu-north-1:210987654321:stateMachine:other".to_owned(),
        state_machine_name: "other".to_owned(),
        execution_arn: "arn:aws:states:eu-north-1:210987654321:execution:other:again".to_owned(),
        execution_name: "again".to_owned(),
        role_arn: "arn:aws:iam::210987654321:role/other".to_owned(),
    };
    let mut simulation = simulation(history, machine, identity).seed(1);
    if let Some(started) = history.started {
        simulation = simulation.started(started.saturating_add(LATER_MILLIS));
    }
    let mut recall = Recall::new(&history.way, machine).with_other_children();
    simulation.run_with(&mut recall).ok().map(|execution| way(&execution))
}

/// What the history tells of the names of its execution.
fn identity(history: &ExportedHistory) -> Identity {
    let mut identity = Identity::default();
    if let Some(role_arn) = &history.role_arn {
        identity.role_arn.clone_from(role_arn);
    }
    // arn:aws:states:REGION:ACCOUNT:stateMachine:NAME:VERSION
    let version = history.version_arn.as_deref().and_then(|arn| arn.rsplit_once(':'));
    if let Some((machine_arn, _)) = version
        && let Some((_, name)) = machine_arn.rsplit_once(':')
    {
        machine_arn.clone_into(&mut identity.state_machine_arn);
        name.clone_into(&mut identity.state_machine_name);
        identity.execution_arn = format!("{}:run", machine_arn.replace(":stateMachine:", ":execution:"));
    }
    identity
}
