//! Child executions as `DescribeExecution` shows them, for the files of results.

use serde_json::{Value, json};

use crate::data::text;
use crate::fault::{Fault, TIMEOUT};
use crate::history::{Payload, Problem};
use crate::interpreter::Interpreter;
use crate::interpreter::run::Run;
use crate::timestamp;

/// A child execution that has ended.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    /// Whether it succeeded.
    pub(crate) is_success: bool,
    /// What `DescribeExecution` says of it.
    pub(crate) description: Value,
}

impl Interpreter<'_, '_> {
    /// Notes how a child execution ended.
    pub(crate) fn describe(&self, run: &Run, outcome: &Result<Payload, Fault>) -> Record {
        match outcome {
            Ok(output) => self.record_of(run, "SUCCEEDED", Some(output), &Problem::default()),
            Err(fault) => {
                let problem = fault.problem();
                // A task that took too long fails its execution; the execution times out by itself.
                let is_late = run.deadline <= self.clock.now() && problem.error.as_deref() == Some(TIMEOUT);
                self.record_of(run, if is_late { "TIMED_OUT" } else { "FAILED" }, None, &problem)
            }
        }
    }

    /// Notes that a child execution is aborted.
    pub(crate) fn aborted(&self, run: &Run) -> Record {
        self.record_of(run, "ABORTED", None, &Problem::default())
    }

    fn record_of(&self, run: &Run, status: &str, output: Option<&Payload>, problem: &Problem) -> Record {
        let execution = &run.context()["Execution"];
        let mut description = json!({});
        if let Some(cause) = &problem.cause {
            description["Cause"] = (**cause).into();
        }
        if let Some(error) = &problem.error {
            description["Error"] = (**error).into();
        }
        description["ExecutionArn"] = execution["Id"].clone();
        description["Input"] = text::json(&execution["Input"]).into();
        description["InputDetails"] = json!({ "Included": true });
        description["Name"] = execution["Name"].clone();
        if let Some(output) = output {
            description["Output"] = text::json(output).into();
            description["OutputDetails"] = json!({ "Included": true });
        }
        description["RedriveCount"] = 0.into();
        if output.is_some() {
            description["RedriveStatus"] = "NOT_REDRIVABLE".into();
            description["RedriveStatusReason"] = "Execution is SUCCEEDED and cannot be redriven".into();
        } else {
            description["RedriveStatus"] = "REDRIVABLE_BY_MAP_RUN".into();
        }
        description["StartDate"] = execution["StartTime"].clone();
        description["StateMachineArn"] = self.child_machine(&execution["Id"]).into();
        description["Status"] = status.into();
        let now = timestamp::after(self.settings.started, self.clock.now());
        description["StopDate"] = timestamp::format(now).into();
        Record { is_success: output.is_some(), description }
    }

    /// The ARN of the machine that a child execution runs: `…:stateMachine:name/label`.
    fn child_machine(&self, execution_arn: &Value) -> String {
        let machine = &self.settings.identity.state_machine_arn;
        let labelled = execution_arn.as_str().and_then(|arn| arn.split(':').nth(6));
        match labelled.and_then(|labelled| labelled.split_once('/')) {
            Some((_, label)) => format!("{machine}/{label}"),
            None => machine.clone(),
        }
    }
}

/// A child execution that has not been started, so that nothing but its item is known.
pub(crate) fn pending(item: &Value) -> Value {
    json!({ "Input": text::json(item), "InputDetails": { "Included": true }, "Status": "PENDING" })
}
