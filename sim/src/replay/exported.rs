//! A history that was exported from the service: the answer of `GetExecutionHistory`.

use std::fmt;

use serde_json::Value;
use stepwright_codegen::asl::{Scope, State, StateMachine};

use crate::replay::way::{Way, details, millis};
use crate::simulation::Status;

/// A history as `aws stepfunctions get-execution-history` writes it.
///
/// [`replay_history`](super::replay_history) runs its execution again, on the same definition or on a changed one.
#[derive(Debug, Clone)]
pub struct ExportedHistory {
    /// The input of the execution.
    pub input: Value,
    /// How it ended; `None` if it was still running, or if the end is missing.
    pub status: Option<Status>,
    /// What is to be known about the export: that its end is missing, for one.
    pub notes: Vec<String>,
    /// When it started: milliseconds since 1970.
    pub(super) started: Option<i64>,
    pub(super) role_arn: Option<String>,
    /// The ARN of the version that was run, where it was one.
    pub(super) version_arn: Option<String>,
    pub(super) way: Way,
}

/// A text that is no history, or one that cannot be replayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusableHistory {
    problem: String,
    help: &'static str,
}

impl UnusableHistory {
    fn new(problem: impl Into<String>, help: &'static str) -> Self {
        Self { problem: problem.into(), help }
    }

    /// What to do about it.
    pub fn help(&self) -> &str {
        self.help
    }
}

impl fmt::Display for UnusableHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl std::error::Error for UnusableHistory {}

const EXPORT: &str =
    "export it with `aws stepfunctions get-execution-history --execution-arn ARN --output json`";
const WITH_DATA: &str = "export it again with `--include-execution-data`";

impl ExportedHistory {
    /// Reads an export: an object with `events`, or the list of events alone, in either order.
    ///
    /// # Errors
    ///
    /// The text is no JSON, or no history; its start or its payloads are missing.
    pub fn read(text: &str) -> Result<Self, UnusableHistory> {
        let file: Value = serde_json::from_str(text)
            .map_err(|error| UnusableHistory::new(format!("it is no JSON: {error}"), EXPORT))?;
        let mut events = events(&file)?;
        let mut notes = Vec::new();
        if let Some(index) = events.iter().position(|event| event["type"] == "ExecutionRedriven") {
            events.truncate(index);
            notes.push("the execution was redriven; what came after that is left out".to_owned());
        }
        let first = events
            .first()
            .filter(|event| event["type"] == "ExecutionStarted")
            .ok_or_else(|| UnusableHistory::new("its first event, `ExecutionStarted`, is missing", EXPORT))?;
        let text = |name: &str| details(first).get(name).and_then(Value::as_str);
        let input = text("input").ok_or_else(|| UnusableHistory::new("it has no payloads", WITH_DATA))?;
        let input = serde_json::from_str(input).map_err(|error| {
            UnusableHistory::new(format!("the input in event 1 is no JSON: {error}"), EXPORT)
        })?;
        let (role_arn, version_arn) = (text("roleArn"), text("stateMachineVersionArn"));
        let way = Way::read(&events);
        let has_more = ["nextToken", "NextToken"].iter().any(|name| file.get(name).is_some());
        match &way.end {
            None if has_more => {
                notes.push("the export is one page of several; its end is missing".to_owned());
            }
            None => notes.push("the execution was still running when it was exported".to_owned()),
            Some(end) if end.kind == "Aborted" => {
                notes.push("the execution was aborted; it is compared as far as it got".to_owned());
            }
            Some(_) => {}
        }
        if millis(first).is_none() {
            notes.push("the events have no timestamps, so tasks take no time".to_owned());
        }
        Ok(Self {
            input,
            status: way.end.as_ref().and_then(|end| status(&end.kind)),
            notes,
            started: millis(first),
            role_arn: role_arn.map(str::to_owned),
            version_arn: version_arn.map(str::to_owned),
            way,
        })
    }

    /// Whether any of the states that were entered is in the machine; where none is, the history is that of another one.
    pub fn is_of(&self, machine: &StateMachine) -> bool {
        let names = self.way.names();
        let mut scopes: Vec<Scope<'_>> = vec![machine.scope()];
        while let Some(scope) = scopes.pop() {
            if names.iter().any(|name| scope.states.contains_key(*name)) {
                return true;
            }
            scopes.extend(scope.states.values().flat_map(State::scopes));
        }
        names.is_empty()
    }

    /// The names of the states that were entered, each once.
    pub fn states(&self) -> Vec<&str> {
        self.way.names()
    }
}

/// The events, sorted by id and whole.
fn events(file: &Value) -> Result<Vec<Value>, UnusableHistory> {
    let list = match file {
        Value::Array(events) => Some(events),
        file => file.get("events").and_then(Value::as_array),
    };
    let list = list.ok_or_else(|| UnusableHistory::new("it has no `events`", EXPORT))?;
    if list.is_empty() {
        return Err(UnusableHistory::new("its list of events is empty", EXPORT));
    }
    let mut events = list.clone();
    for event in &events {
        let Some(id) = event.get("id").and_then(Value::as_u64) else {
            return Err(UnusableHistory::new("one of its events has no `id`", EXPORT));
        };
        if event.get("type").and_then(Value::as_str).is_none() {
            return Err(UnusableHistory::new(format!("its event {id} has no `type`"), EXPORT));
        }
        let is_cut = |details: &Value| details.get("truncated") == Some(&Value::Bool(true));
        if details(event).values().any(is_cut) {
            return Err(UnusableHistory::new(
                format!("the payload of its event {id} is truncated"),
                WITH_DATA,
            ));
        }
    }
    events.sort_by_key(|event| event["id"].as_u64());
    // Pages that were put together may overlap.
    events.dedup_by_key(|event| event["id"].as_u64());
    match (1..).zip(&events).find(|(id, event)| event["id"].as_u64() != Some(*id)) {
        Some((1, _)) | None => Ok(events),
        Some((id, _)) => Err(UnusableHistory::new(format!("its event {id} is missing"), EXPORT)),
    }
}

fn status(kind: &str) -> Option<Status> {
    match kind {
        "Succeeded" => Some(Status::Succeeded),
        "Failed" => Some(Status::Failed),
        "TimedOut" => Some(Status::TimedOut),
        "Aborted" => Some(Status::Aborted),
        _ => None,
    }
}
