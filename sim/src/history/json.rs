//! Events as the API writes them.

use serde_json::{Map, Value, json};

use crate::data::text;
use crate::history::{Event, EventKind, History, Payload, Problem, Scheduled, TaskKind, Text};
use crate::timestamp;

impl History {
    /// The answer of `GetExecutionHistory`: `{"events": [...]}`.
    pub fn to_json(&self) -> Value {
        json!({ "events": self.events.iter().map(|event| event.to_json(self.started)).collect::<Vec<_>>() })
    }
}

impl Event {
    /// The event as the API writes it; `started` is when the execution began, in milliseconds since 1970.
    pub fn to_json(&self, started: i64) -> Value {
        let type_name = self.kind.type_name();
        let mut event = Map::new();
        let millis = timestamp::after(started, self.at);
        event.insert("timestamp".to_owned(), Value::String(timestamp::format(millis)));
        event.insert("type".to_owned(), Value::String(type_name.clone()));
        event.insert("id".to_owned(), self.id.into());
        event.insert("previousEventId".to_owned(), self.previous.into());
        if let Some(details) = self.kind.details() {
            event.insert(details_key(&self.kind, &type_name), Value::Object(details));
        }
        Value::Object(event)
    }
}

/// The member that holds the details; the state types share two of them.
fn details_key(kind: &EventKind, type_name: &str) -> String {
    match kind {
        EventKind::StateEntered { .. } => "stateEnteredEventDetails".to_owned(),
        EventKind::StateExited { .. } => "stateExitedEventDetails".to_owned(),
        _ => {
            let (first, rest) = type_name.split_at(1);
            format!("{}{rest}EventDetails", first.to_lowercase())
        }
    }
}

impl EventKind {
    fn details(&self) -> Option<Map<String, Value>> {
        let mut details = Details::default();
        match self {
            Self::ExecutionStarted { input, role_arn } => {
                details.payload("input", input).text("roleArn", role_arn);
            }
            Self::ExecutionSucceeded(output) => {
                details.payload("output", output);
            }
            Self::ExecutionFailed(problem)
            | Self::ExecutionTimedOut(problem)
            | Self::ExecutionAborted(problem)
            | Self::MapRunFailed(problem) => {
                details.problem(problem);
            }
            Self::StateEntered { name, input, .. } => {
                details.text("name", name).payload("input", input);
            }
            Self::StateExited { name, output, assigned, .. } => {
                details.text("name", name).payload("output", output);
                if let Some(assigned) = assigned {
                    let texts = assigned.iter().map(|(name, value)| (name.clone(), text::json(value).into()));
                    details.set("assignedVariables", Value::Object(texts.collect()));
                    details.set("assignedVariablesDetails", json!({ "truncated": false }));
                }
            }
            Self::Scheduled(scheduled) => details.scheduled(scheduled),
            Self::Started(kind, worker) => {
                details.task(kind);
                if let Some(worker) = worker {
                    details.text("workerName", worker);
                }
                if details.0.is_empty() && **kind == TaskKind::Lambda {
                    return None;
                }
            }
            Self::Submitted(kind, output) | Self::Succeeded(kind, output) => {
                details.task(kind).payload("output", output);
            }
            Self::Failed(kind, problem) | Self::TimedOut(kind, problem) => {
                details.task(kind).problem(problem);
            }
            Self::EvaluationFailed { problem, location, state } => {
                details.problem(problem);
                if let Some(location) = location {
                    details.text("location", location);
                }
                details.text("state", state);
            }
            Self::MapStarted(length) => {
                details.set("length", (*length).into());
            }
            Self::Iteration { name, index, .. } => {
                details.text("name", name).set("index", (*index).into());
            }
            Self::MapRunStarted(arn) => {
                details.text("mapRunArn", arn);
            }
            Self::StateAborted(_)
            | Self::ParallelStarted
            | Self::ParallelSucceeded
            | Self::ParallelFailed
            | Self::MapSucceeded
            | Self::MapFailed
            | Self::MapRunSucceeded => return None,
        }
        Some(details.0)
    }
}

#[derive(Default)]
struct Details(Map<String, Value>);

impl Details {
    fn set(&mut self, name: &str, value: Value) -> &mut Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    fn text(&mut self, name: &str, text: &Text) -> &mut Self {
        self.set(name, Value::String(text.as_ref().to_owned()))
    }

    /// A payload as JSON text, and that it is all there.
    fn payload(&mut self, name: &str, payload: &Payload) -> &mut Self {
        self.set(name, Value::String(text::json(payload)));
        self.set(&format!("{name}Details"), json!({ "truncated": false }))
    }

    fn problem(&mut self, problem: &Problem) -> &mut Self {
        if let Some(error) = &problem.error {
            self.text("error", error);
        }
        if let Some(cause) = &problem.cause {
            self.text("cause", cause);
        }
        self
    }

    fn task(&mut self, kind: &TaskKind) -> &mut Self {
        if let TaskKind::Service { resource_type, resource } = kind {
            self.text("resourceType", resource_type).text("resource", resource);
        }
        self
    }

    fn scheduled(&mut self, scheduled: &Scheduled) {
        match &*scheduled.task {
            TaskKind::Lambda | TaskKind::Activity => {
                self.text("resource", &scheduled.resource).payload("input", &scheduled.input);
            }
            kind @ TaskKind::Service { .. } => {
                self.task(kind).text("region", &scheduled.region);
                self.set("parameters", Value::String(text::json(&scheduled.input)));
            }
        }
        if let Some(timeout) = scheduled.timeout {
            self.set("timeoutInSeconds", timeout.into());
        }
        if let Some(heartbeat) = scheduled.heartbeat {
            self.set("heartbeatInSeconds", heartbeat.into());
        }
        if let Some(role_arn) = &scheduled.role_arn {
            self.set("taskCredentials", json!({ "roleArn": role_arn.as_ref() }));
        }
    }
}
