//! Tasks that start an execution of another machine, where that machine is linked to the simulated one.
//!
//! Such an execution runs in the same simulation: on the same clock, with the same stand-ins, with a history of its own.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::data::text;
use crate::error::Error;
use crate::fault::Fault;
use crate::history::{EventKind, History, Payload, Problem, TaskKind, Text};
use crate::interpreter::arena::Id;
use crate::interpreter::frame::{FrameId, Phase};
use crate::interpreter::run::{Nested, Run};
use crate::interpreter::{Alarm, Ended, Interpreter, Start, Step};
use crate::program::ScopeId;
use crate::settings::{Identity, Type};
use crate::simulation::{NestedExecution, Status};
use crate::state::integration::{Integration, Pattern};
use crate::tasks::{Outcome, Reply, TaskId};
use crate::timestamp;

/// Executions of linked machines that may run at the same time, before it is taken for a machine that starts itself without end.
const MAX_RUNNING: usize = 10_000;

/// The executions of linked machines.
#[derive(Debug, Default)]
pub(crate) struct NestedExecutions {
    /// Those that have ended, in that order.
    pub(crate) ended: Vec<NestedExecution>,
    /// The ARNs of all: a name cannot be used again.
    arns: BTreeSet<String>,
    running: usize,
}

/// How a task is told of the execution it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Report {
    /// Only that it has started: `startExecution`.
    Started,
    /// How it ended, with input and output as text: `.sync`.
    Text,
    /// How it ended, with input and output as JSON: `.sync:2`.
    Json,
    /// How it ended, which is no failure of the task: `startSyncExecution`.
    Answer,
}

impl Report {
    /// What a task wants to know, if it is one that starts an execution. A task that waits for a token is told by whoever has
    /// the token.
    pub(crate) fn of(integration: &Integration) -> Option<Self> {
        let TaskKind::Service { resource_type, resource } = &integration.kind else { return None };
        match (&**resource_type, &**resource, integration.pattern) {
            ("states" | "aws-sdk:sfn", "startExecution", _) => Some(Self::Started),
            ("states", "startExecution.sync", Pattern::Sync) => Some(Self::Text),
            ("states", "startExecution.sync:2", Pattern::Sync) => Some(Self::Json),
            ("aws-sdk:sfn", "startSyncExecution", _) => Some(Self::Answer),
            _ => None,
        }
    }
}

impl Interpreter<'_, '_> {
    /// Starts an execution of a linked machine, where a task asks for one: what the task gets, and the execution it waits for.
    pub(crate) fn start_nested(
        &mut self,
        integration: &Integration,
        parameters: &Value,
        task: TaskId,
    ) -> Option<(Reply, Option<Id<Run>>)> {
        let report = Report::of(integration)?;
        let arn = parameters.get("StateMachineArn")?.as_str()?;
        let linked = self.program.linked(arn)?;
        let (scope, timeout) = (linked.scope, linked.timeout);
        let refused = |error: &str, cause: String| {
            Some((Reply::failure(format!("StepFunctions.{error}Exception"), cause).before_submission(), None))
        };
        let input = match parameters.get("Input") {
            Some(Value::String(text)) => match serde_json::from_str(text) {
                Ok(input) => input,
                Err(error) => {
                    return refused(
                        "InvalidExecutionInput",
                        format!("Invalid State Machine Execution Input: '{error}'"),
                    );
                }
            },
            Some(input) => input.clone(),
            None => Value::Object(Map::new()),
        };
        let identity = self.nested_identity(arn, parameters.get("Name").and_then(Value::as_str));
        let execution_arn = identity.execution_arn.clone();
        if !self.nested.arns.insert(execution_arn.clone()) {
            return refused("ExecutionAlreadyExists", format!("Execution Already Exists: '{execution_arn}'"));
        }
        self.nested.running += 1;
        if self.nested.running > MAX_RUNNING {
            self.stopped =
                Some(Error::endless(format!("has {MAX_RUNNING} executions of linked machines running")));
        }
        let waiter = (report != Report::Started).then_some(task);
        let execution_type = if report == Report::Answer { Type::Express } else { Type::Standard };
        let limit = execution_type.max_duration();
        let duration = timeout.map_or(limit, |seconds| Duration::from_secs(seconds).min(limit));
        let nested = Nested { waiter, report, identity, input: Arc::new(input) };
        let run = self.spawn_nested(nested, scope, execution_type, duration);
        let started = json!({ "ExecutionArn": execution_arn, "StartDate": self.timestamp() });
        Some(match report {
            Report::Started => (Reply::success(started), None),
            Report::Text | Report::Json | Report::Answer => (Reply::open().submitted(started), Some(run)),
        })
    }

    fn spawn_nested(
        &mut self,
        nested: Nested,
        scope: ScopeId,
        execution_type: Type,
        duration: Duration,
    ) -> Id<Run> {
        let now = self.clock.now();
        let (input, identity) = (Arc::clone(&nested.input), &nested.identity);
        let names = (identity.execution_arn.as_str(), identity.execution_name.as_str());
        let mut run = Run::new(&self.settings, execution_type, &input, names, now);
        run.set_machine(&identity.state_machine_arn, &identity.state_machine_name);
        if self.settings.keeps_history {
            run = run.keeping_events();
        }
        run.deadline = now.saturating_add(duration);
        let role_arn = Text::from(self.settings.identity.role_arn.as_str());
        run.record(now, 0, EventKind::ExecutionStarted { input: Arc::clone(&input), role_arn });
        run.nested = Some(Box::new(nested));
        let run = self.runs.insert(run);
        self.clock.schedule(duration, Alarm::Expiry(run));
        let variables = Arc::default();
        self.spawn(Start { seat: None, run, scope, input, variables, item: None, previous: 0 });
        run
    }

    /// What the service would call an execution; `arn` is that of its machine, or the placeholder for it.
    fn nested_identity(&self, arn: &str, name: Option<&str>) -> Identity {
        let main = &self.settings.identity;
        let name = name.map_or_else(|| self.random.uuid(), str::to_owned);
        let machine = arn.rsplit(':').next().unwrap_or(arn).trim_matches(|c| "${}".contains(c)).to_owned();
        let execution_arn = match arn.split_once(":stateMachine:") {
            Some((before, machine)) => format!("{before}:execution:{machine}:{name}"),
            None => format!(
                "arn:{}:states:{}:{}:execution:{machine}:{name}",
                main.arn_part(1),
                main.arn_part(3),
                main.arn_part(4)
            ),
        };
        Identity {
            state_machine_arn: arn.to_owned(),
            state_machine_name: machine,
            execution_arn,
            execution_name: name,
            role_arn: main.role_arn.clone(),
        }
    }

    /// Takes in that an execution of a linked machine has ended; `Some`: the task that waits for it goes on like that.
    pub(crate) fn nested_ended(
        &mut self,
        id: Id<Run>,
        ended: Ended,
    ) -> Option<(FrameId, Result<Step, Fault>)> {
        let mut run = self.runs.remove(id)?;
        let nested = run.nested.take()?;
        let now = self.clock.now();
        let (status, outcome) = match ended.outcome {
            Ok(output) => {
                run.close(now, ended.last, EventKind::ExecutionSucceeded(Arc::clone(&output)));
                (Status::Succeeded, Ok(output))
            }
            Err(fault) if run.has_expired => {
                run.close(now, ended.last, EventKind::ExecutionTimedOut(Problem::default()));
                (Status::TimedOut, Err(fault.problem()))
            }
            Err(fault) => {
                run.close(now, ended.last, EventKind::ExecutionFailed(fault.problem()));
                (Status::Failed, Err(fault.problem()))
            }
        };
        let description = self.describe_nested(&run, &nested, status, &outcome);
        let (waiter, report) = (nested.waiter, nested.report);
        self.note_nested(*nested, status, outcome, run.history);
        let (frame, attempt) = self.take_open(waiter?)?;
        let outcome = match (status, report) {
            (Status::Succeeded, _) | (_, Report::Answer) => Outcome::Success(description),
            _ => Outcome::Failure {
                error: Some("States.TaskFailed".to_owned()),
                cause: Some(text::json(&description)),
            },
        };
        // What it waited for is over: there is nothing left to stop.
        let mut attempt = attempt;
        attempt.nested = None;
        let step = self.conclude_open(frame, attempt, outcome);
        Some((frame, step))
    }

    /// Ends an execution of a linked machine that nobody waits for any more; what it was doing is left to the caller to end.
    #[must_use]
    pub(crate) fn stop_nested(&mut self, id: Id<Run>) -> Option<Phase> {
        let mut run = self.runs.remove(id)?;
        let nested = run.nested.take()?;
        let root = run.root.and_then(|root| self.frames.remove(root));
        let before = root.as_ref().map_or(0, |root| root.before);
        run.close(self.clock.now(), before, EventKind::ExecutionAborted(Problem::default()));
        self.note_nested(*nested, Status::Aborted, Err(Problem::default()), run.history);
        root.map(|root| root.phase)
    }

    fn note_nested(
        &mut self,
        nested: Nested,
        status: Status,
        outcome: Result<Payload, Problem>,
        history: History,
    ) {
        self.nested.running -= 1;
        let (output, problem) = match outcome {
            Ok(output) => (Some(Arc::unwrap_or_clone(output)), Problem::default()),
            Err(problem) => (None, problem),
        };
        self.nested.ended.push(NestedExecution {
            state_machine: nested.identity.state_machine_arn,
            name: nested.identity.execution_name,
            input: Arc::unwrap_or_clone(nested.input),
            status,
            output,
            error: problem.error.as_deref().map(str::to_owned),
            cause: problem.cause.as_deref().map(str::to_owned),
            history,
        });
    }

    /// The execution as `DescribeExecution` shows it, in the spelling of task results.
    fn describe_nested(
        &self,
        run: &Run,
        nested: &Nested,
        status: Status,
        outcome: &Result<Payload, Problem>,
    ) -> Value {
        let payload = |value: &Payload| match nested.report {
            Report::Json => (**value).clone(),
            Report::Started | Report::Text | Report::Answer => Value::String(text::json(value)),
        };
        let mut members = Map::new();
        let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
        if let Err(problem) = outcome {
            for (name, text) in [("Cause", &problem.cause), ("Error", &problem.error)] {
                if let Some(text) = text {
                    put(name, (**text).into());
                }
            }
        }
        put("ExecutionArn", nested.identity.execution_arn.as_str().into());
        put("Input", payload(&nested.input));
        put("InputDetails", json!({ "Included": true }));
        put("Name", nested.identity.execution_name.as_str().into());
        if let Ok(output) = outcome {
            put("Output", payload(output));
            put("OutputDetails", json!({ "Included": true }));
            if nested.report != Report::Answer {
                put("RedriveCount", 0.into());
                put("RedriveStatus", "NOT_REDRIVABLE".into());
                put("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven".into());
            }
        }
        put("StartDate", run.context()["Execution"]["StartTime"].clone());
        put("StateMachineArn", nested.identity.state_machine_arn.as_str().into());
        put("Status", status.as_str().into());
        put("StopDate", self.timestamp());
        Value::Object(members)
    }

    /// The present moment.
    fn timestamp(&self) -> Value {
        timestamp::format(timestamp::after(self.settings.started, self.clock.now())).into()
    }
}
