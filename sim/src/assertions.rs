//! Assertions on an execution, which fail with a sentence and the timeline.

mod check;
mod difference;
mod failure;
mod queries;

use std::fmt::Display;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use crate::assertions::check::to_json;
use crate::assertions::difference::Differences;
use crate::simulation::{Execution, Status};
use crate::timeline::Span;

/// Assertions for tests. Each one gives the execution back, so that they can be chained.
///
/// One that does not hold panics: it says what was expected and what happened, where JSON values differ, and shows the
/// [timeline](Execution::timeline). Where a value is expected, `json!(…)` will do, and so will anything that serde can write;
/// numbers are compared by value, so that 12 is 12.0.
///
/// ```
/// use serde_json::json;
/// use stepwright::DurationExt;
/// use stepwright_codegen::asl;
/// use stepwright_sim::{Reply, Simulation};
///
/// let definition = r#"{
///     "StartAt": "Charge",
///     "States": {
///         "Charge": {
///             "Type": "Task",
///             "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:charge",
///             "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 5 }],
///             "Next": "Paid"
///         },
///         "Paid": { "Type": "Succeed" }
///     }
/// }"#;
/// let machine = asl::read(definition).expect("the definition is well-formed").into_machine();
/// let busy = Reply::failure("Busy", "try later");
/// Simulation::new(&machine)
///     .on("Charge", [busy.clone(), busy, Reply::success(json!({ "id": "c-1" }))])
///     .run()?
///     .assert_succeeded_with(json!({ "id": "c-1" }))
///     .assert_path(["Charge", "Paid"])
///     .assert_retries("Charge", [5.seconds(), 10.seconds()])
///     .assert_elapsed(15.seconds());
/// # Ok::<(), stepwright_sim::Error>(())
/// ```
impl Execution {
    /// It succeeded.
    #[track_caller]
    pub fn assert_succeeded(&self) -> &Self {
        self.assert_status(Status::Succeeded)
    }

    /// It succeeded with this output.
    #[track_caller]
    pub fn assert_succeeded_with(&self, output: impl Serialize) -> &Self {
        self.assert_succeeded();
        let found = self.output.as_ref().unwrap_or(&Value::Null);
        let differences = Differences::between("output", &to_json(&output), found);
        self.check(differences.is_empty(), || {
            self.failure("the execution succeeded, but its output is not the expected one")
                .differences(&differences)
        })
    }

    /// It failed, for whatever reason. To time out or to be aborted is something else.
    #[track_caller]
    pub fn assert_failed(&self) -> &Self {
        self.assert_status(Status::Failed)
    }

    /// It failed with this Error Name: `"Declined"`, or a name that was declared with
    /// [`errors!`](stepwright::errors).
    #[track_caller]
    pub fn assert_failed_with(&self, error: impl Display) -> &Self {
        let error = error.to_string();
        let is_error = self.status == Status::Failed && self.error.as_ref() == Some(&error);
        self.check(is_error, || self.unexpected(&format!("the execution to fail with `{error}`")))
    }

    /// It took longer than it may. A task that times out is no such thing: if nothing handles that, the execution fails with
    /// `States.Timeout`.
    #[track_caller]
    pub fn assert_timed_out(&self) -> &Self {
        self.assert_status(Status::TimedOut)
    }

    /// It was stopped from outside.
    #[track_caller]
    pub fn assert_aborted(&self) -> &Self {
        self.assert_status(Status::Aborted)
    }

    /// The cause why it did not succeed has this text in it.
    #[track_caller]
    pub fn assert_cause_contains(&self, text: &str) -> &Self {
        let is_in = self.cause.as_ref().is_some_and(|cause| cause.contains(text));
        self.check(is_in, || {
            let lines = self.cause.iter().flat_map(|cause| cause.lines());
            self.unexpected(&format!("the execution to end with a cause that contains {text:?}"))
                .details(lines.map(str::to_owned))
        })
    }

    /// The state was entered, at the top level or inside a Parallel or Map.
    #[track_caller]
    pub fn assert_visited(&self, state: &str) -> &Self {
        self.assert_history();
        self.check(self.visits(state) > 0, || {
            self.failure(format!("expected a visit to `{state}`, but there was none"))
                .near(state, self.visited())
        })
    }

    /// The state was entered this many times.
    #[track_caller]
    pub fn assert_visited_times(&self, state: &str, times: usize) -> &Self {
        self.assert_history();
        let visits = self.visits(state);
        self.check(visits == times, || {
            let expected = if times == 1 { "1 visit".to_owned() } else { format!("{times} visits") };
            self.failure(format!("expected {expected} to `{state}`, but there {}", were(visits)))
                .near(state, self.visited())
        })
    }

    /// The state was never entered. A name that no state has passes too.
    #[track_caller]
    pub fn assert_not_visited(&self, state: &str) -> &Self {
        self.assert_history();
        let visits = self.visits(state);
        self.check(visits == 0, || {
            self.failure(format!("expected no visit to `{state}`, but there {}", were(visits)))
        })
    }

    /// These states were entered at the top level, in this order, and no others. What is inside a Parallel or Map does not
    /// count.
    #[track_caller]
    pub fn assert_path(&self, states: impl IntoIterator<Item = impl AsRef<str>>) -> &Self {
        self.assert_history();
        let states: Vec<_> = states.into_iter().collect();
        let expected: Vec<_> = states.iter().map(AsRef::as_ref).collect();
        let found: Vec<_> = self.path().collect();
        self.check(expected == found, || {
            let details = [("expected", &expected), ("found   ", &found)];
            let details = details.map(|(what, states)| format!("{what} {}", arrows(states)));
            let unknown = expected.iter().find(|state| self.visits(state) == 0);
            let failure = self.failure("the execution took another path than expected").details(details);
            unknown.into_iter().fold(failure, |failure, state| failure.near(state, self.visited()))
        })
    }

    /// These states were entered in this order, at any level, with any others between them.
    #[track_caller]
    pub fn assert_visited_in_order(&self, states: impl IntoIterator<Item = impl AsRef<str>>) -> &Self {
        self.assert_history();
        let (mut visited, mut before) = (self.visited(), None);
        for state in states {
            let found = visited.find(|name| *name == state.as_ref());
            self.check(found.is_some(), || {
                let after = before.map(|before| format!(" after `{before}`")).unwrap_or_default();
                let state = state.as_ref();
                self.failure(format!("expected a visit to `{state}`{after}, but there was none"))
                    .near(state, self.visited())
            });
            before = found;
        }
        self
    }

    /// The retries of the state waited this long, one after another; none if there are no delays.
    #[track_caller]
    pub fn assert_retries(&self, state: &str, delays: impl IntoIterator<Item = Duration>) -> &Self {
        let expected: Vec<_> = delays.into_iter().collect();
        let found: Vec<_> = self.delays(state).collect();
        self.check(expected == found, || {
            let expected = match spans(&expected) {
                None => format!("no retries of `{state}`"),
                Some(delays) => format!("retries of `{state}` after {delays}"),
            };
            let found = match spans(&found) {
                None => "there were none".to_owned(),
                Some(delays) => format!("they came after {delays}"),
            };
            self.failure(format!("expected {expected}, but {found}")).near(state, self.visited())
        })
    }

    /// It took this long in virtual time.
    #[track_caller]
    pub fn assert_elapsed(&self, elapsed: Duration) -> &Self {
        self.check(self.elapsed == elapsed, || {
            let (expected, found) = (Span(elapsed), Span(self.elapsed));
            self.failure(format!("expected the execution to take {expected}, but it took {found}"))
        })
    }

    /// The state was entered with these inputs, one after another.
    #[track_caller]
    pub fn assert_inputs_of(&self, state: &str, inputs: impl IntoIterator<Item = impl Serialize>) -> &Self {
        self.check_data("inputs", state, self.inputs_of(state), inputs)
    }

    /// The task of the state was asked for these, one after another, retries included. See
    /// [`arguments_of`](Self::arguments_of).
    #[track_caller]
    pub fn assert_arguments_of(
        &self,
        state: &str,
        arguments: impl IntoIterator<Item = impl Serialize>,
    ) -> &Self {
        self.check_data("arguments", state, self.arguments_of(state), arguments)
    }

    /// The state was left with these outputs, one after another.
    #[track_caller]
    pub fn assert_outputs_of(&self, state: &str, outputs: impl IntoIterator<Item = impl Serialize>) -> &Self {
        self.check_data("outputs", state, self.outputs_of(state), outputs)
    }

    /// These values were assigned to the variable, one after another. Its name is without the `$`.
    #[track_caller]
    pub fn assert_assigned(&self, variable: &str, values: impl IntoIterator<Item = impl Serialize>) -> &Self {
        let whole = format!("the values of the variable `{variable}`");
        self.check_values("values", &whole, self.assigned(variable), values, |failure| {
            failure.variables(variable, self.assignments().map(|(name, _)| name))
        })
    }
}

fn arrows(states: &[&str]) -> String {
    if states.is_empty() { "no state".to_owned() } else { states.join(" → ") }
}

fn were(count: usize) -> String {
    match count {
        0 => "was none".to_owned(),
        1 => "was 1".to_owned(),
        count => format!("were {count}"),
    }
}

fn spans(delays: &[Duration]) -> Option<String> {
    let spans: Vec<_> = delays.iter().map(|delay| Span(*delay).to_string()).collect();
    (!spans.is_empty()).then(|| spans.join(", "))
}
