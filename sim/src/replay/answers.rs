//! The recorded answers of tasks.

use serde_json::Value;

use crate::history::TaskKind;
use crate::replay::Recording;
use crate::state::integration::Integration;
use crate::tasks::{Call, IterationOf, Outcome, Reply, Tasks};

/// Answers each task as it was answered when the execution was recorded.
pub(crate) struct Answers<'r> {
    recording: &'r Recording,
    /// Which attempts have been used, by state.
    used: Vec<Vec<bool>>,
}

impl<'r> Answers<'r> {
    /// The answers of a recording, none of which has been used.
    pub(crate) fn new(recording: &'r Recording) -> Self {
        let used = recording.tasks.values().map(|attempts| vec![false; attempts.len()]).collect();
        Self { recording, used }
    }

    /// What tasks failed with where only the outcome was recorded, and that is an Error Output which was caught.
    fn error_output(&self) -> Option<Reply> {
        let outcome = self.recording.outcome.output.as_ref()?.as_object()?;
        let text = |name: &str| outcome.get(name).and_then(Value::as_str).map(str::to_owned);
        let is_error_output =
            outcome.len() == 2 && outcome.contains_key("Error") && outcome.contains_key("Cause");
        (self.recording.history.is_empty() && is_error_output)
            .then(|| Reply::failure_of(text("Error"), text("Cause")))
    }

    /// The next attempt of a state, in the same iteration where the recording tells them apart.
    fn next(&mut self, call: &Call<'_>) -> Option<&'r Value> {
        let (state, _, attempts) = self.recording.tasks.get_full(call.state)?;
        let used = &mut self.used[state];
        let fits = |attempt: &Value| match attempt.get("iteration") {
            Some(iteration) => is_in(iteration, call.iteration),
            None => true,
        };
        let index = (0..attempts.len()).find(|&index| !used[index] && fits(&attempts[index]))?;
        used[index] = true;
        Some(&attempts[index])
    }
}

impl Tasks for Answers<'_> {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        if self.recording.unrecorded_tasks.iter().any(|state| state == call.state) {
            // Nothing is known of these; the plainest function there is gives back what it got.
            return Some(Reply::success(call.input.clone()));
        }
        if let Some(attempt) = self.next(call) {
            return Some(reply(attempt, &self.recording.history));
        }
        if let Some(error_output) = self.error_output() {
            return Some(error_output);
        }
        // An activity that was reached but never scheduled did not exist.
        (Integration::of(call.resource).kind == TaskKind::Activity).then(Reply::no_such_activity)
    }

    fn stands_in(&self, state: &str, _resource: &str) -> bool {
        self.recording.tasks.contains_key(state)
    }
}

fn is_in(recorded: &Value, iteration: &[IterationOf]) -> bool {
    let recorded = recorded.as_array().into_iter().flatten();
    let recorded = recorded.map(|item| (item["map"].as_str().unwrap_or_default(), item["index"].as_u64()));
    recorded.eq(iteration.iter().map(|item| (item.map.as_str(), Some(item.index as u64))))
}

fn reply(attempt: &Value, history: &[Value]) -> Reply {
    let text = |name: &str| attempt[name].as_str().map(str::to_owned);
    let mut reply = if let Some(result) = attempt.get("ok") {
        Reply::success(result.clone())
    } else if attempt["timeout"] == true {
        Reply::silence()
    } else {
        Reply::failure_of(text("error"), text("cause"))
    };
    let Some(scheduled) = attempt["event_id"].as_u64() else { return reply };
    let Some(started) = follower(history, scheduled, &["TaskStarted", "ActivityStarted"]) else {
        return reply;
    };
    if let Some(worker) = started["activityStartedEventDetails"]["workerName"].as_str() {
        reply = reply.by(worker);
    }
    let submitted = started["id"].as_u64().and_then(|id| follower(history, id, &["TaskSubmitted"]));
    match submitted {
        Some(submitted) => {
            let answer = &submitted["taskSubmittedEventDetails"]["output"];
            let parsed = answer.as_str().and_then(|text| serde_json::from_str(text).ok());
            reply.submitted(parsed.unwrap_or_else(|| answer.clone()))
        }
        None if matches!(reply.outcome, Outcome::Failure { .. }) => reply.before_submission(),
        None => reply,
    }
}

/// The event of one of these types that follows from another one.
fn follower<'h>(history: &'h [Value], previous: u64, types: &[&str]) -> Option<&'h Value> {
    let is_it = |event: &&Value| {
        event["previousEventId"] == previous && types.iter().any(|&wanted| event["type"] == wanted)
    };
    history.iter().find(is_it)
}
