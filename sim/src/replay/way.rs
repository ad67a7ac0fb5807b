//! The way of an execution: which states it went through, told from the events of its history.
//!
//! Concurrent branches log their events in between each other. A [`Way`] follows `previousEventId` instead, so that
//! each branch of a Parallel and each item of a Map is a strand of its own, whenever its events happened to be logged.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::data::time;
use crate::tasks::IterationOf;

mod reader;

/// The strands of an execution; the first one is the execution itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Way {
    pub(super) strands: Vec<Strand>,
    /// How it ended; none while it runs.
    pub(super) end: Option<End>,
}

/// How an execution ended.
#[derive(Debug, Clone)]
pub(super) struct End {
    /// The event without `Execution`: `Succeeded`, `Failed` …
    pub(super) kind: String,
    pub(super) output: Value,
    pub(super) error: Option<String>,
    pub(super) cause: Option<String>,
}

/// States that follow one another.
#[derive(Debug, Clone)]
pub(super) struct Strand {
    parent: Option<usize>,
    pub(super) key: Key,
    /// The items of the Maps around it, outermost first.
    pub(super) iteration: Vec<IterationOf>,
    pub(super) visits: Vec<Visit>,
}

/// What tells a strand from those beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    Execution,
    /// A branch of a Parallel, by the state it starts with.
    Branch(String),
    /// An item of a Map.
    Item(usize),
}

/// A state that was entered.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub(super) name: String,
    /// `Task`, `Map` …
    state_type: String,
    pub(super) input: Value,
    pub(super) attempts: Vec<Attempt>,
    /// The errors of expressions that failed.
    pub(super) failures: Vec<String>,
    /// Each time that a Parallel or an inline Map was run.
    pub(super) rounds: Vec<Round>,
    pub(super) exit: Option<Exit>,
    /// Whether it started a Map Run.
    pub(super) has_children: bool,
    /// Whether that failed.
    pub(super) has_failed_children: bool,
    is_over: bool,
}

/// How a state was left.
#[derive(Debug, Clone)]
pub(super) struct Exit {
    pub(super) output: Value,
    pub(super) assigned: Value,
}

/// The strands of a Parallel or Map that ran at the same time.
#[derive(Debug, Clone)]
pub(super) struct Round {
    pub(super) items: Option<u64>,
    pub(super) strands: Vec<usize>,
    pub(super) end: RoundEnd,
}

/// What became of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RoundEnd {
    Open,
    Succeeded,
    /// This strand failed, and with it the others.
    Failed(usize),
}

/// A call of a task.
#[derive(Debug, Clone)]
pub(super) struct Attempt {
    /// What it was called with.
    pub(super) input: Value,
    /// Which call of its state it is, in the order of scheduling.
    pub(super) ordinal: usize,
    pub(super) scheduled: i64,
    pub(super) started: Option<i64>,
    pub(super) timeout: Option<u64>,
    pub(super) heartbeat: Option<u64>,
    pub(super) worker: Option<String>,
    pub(super) submitted: Option<Value>,
    pub(super) ended: i64,
    pub(super) ending: Option<Ending>,
    /// Whether nothing was known to answer it with.
    pub(super) is_unanswered: bool,
}

/// What became of a call.
#[derive(Debug, Clone)]
pub(super) enum Ending {
    Succeeded(Value),
    Failed { error: Option<String>, cause: Option<String> },
    TimedOut { error: Option<String> },
}

impl Way {
    /// Reads the events of a history, which are sorted by id.
    pub(super) fn read(events: &[Value]) -> Self {
        reader::read(events)
    }

    /// All states that were entered, in no particular order.
    pub(super) fn visits(&self) -> impl Iterator<Item = &Visit> {
        self.strands.iter().flat_map(|strand| &strand.visits)
    }

    /// The names of the states, each once, in the order of the strands.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for visit in self.visits() {
            if !names.contains(&visit.name.as_str()) {
                names.push(&visit.name);
            }
        }
        names
    }

    /// Marks the calls that got no answer: of each state, whether its calls did, in order.
    pub(super) fn mark(&mut self, answered: &BTreeMap<String, Vec<bool>>) {
        for visit in self.strands.iter_mut().flat_map(|strand| &mut strand.visits) {
            let calls = answered.get(&visit.name);
            for attempt in &mut visit.attempts {
                let is_answered = calls.and_then(|calls| calls.get(attempt.ordinal));
                attempt.is_unanswered = is_answered == Some(&false);
            }
        }
    }
}

impl Visit {
    /// The Error Name it failed with, where events say so.
    pub(super) fn error(&self) -> Option<&str> {
        let of_task = self.attempts.last().and_then(|attempt| attempt.ending.as_ref()?.error());
        of_task.or_else(|| self.failures.last().map(String::as_str))
    }
}

impl Ending {
    pub(super) fn error(&self) -> Option<&str> {
        match self {
            Self::Succeeded(_) => None,
            Self::Failed { error, .. } | Self::TimedOut { error } => error.as_deref(),
        }
    }
}

/// What an event has to say, whatever its type calls it.
pub(super) fn details(event: &Value) -> &Map<String, Value> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    let mut members = event.as_object().into_iter().flatten();
    let details = members.find(|(name, _)| name.ends_with("EventDetails"));
    details.and_then(|(_, details)| details.as_object()).unwrap_or(&NONE)
}

/// When an event was logged, in milliseconds since 1970: a text, or a number of seconds.
pub(super) fn millis(event: &Value) -> Option<i64> {
    /// Numbers above are milliseconds; as seconds, this is the year 5138.
    const MOST_SECONDS: f64 = 1e11;
    match event.get("timestamp")? {
        Value::String(text) => time::parse(text).map(time::Timestamp::millis),
        Value::Number(number) => {
            let number = number.as_f64()?;
            let millis = if number > MOST_SECONDS { number } else { number * 1_000.0 };
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a time that far away is as good as the last one"
            )]
            Some(millis.round() as i64)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check_millis(timestamp: &Value, expected: Option<i64>) {
        assert_eq!(millis(&json!({ "timestamp": timestamp })), expected);
    }

    #[test]
    fn times_are_texts_or_numbers() {
        check_millis(&json!("2026-01-05T10:00:00.250000+01:00"), Some(1_767_603_600_250));
        check_millis(&json!("2026-01-05T09:00:00Z"), Some(1_767_603_600_000));
        check_millis(&json!(1_767_603_600.25), Some(1_767_603_600_250));
        check_millis(&json!(1_767_603_600_250_i64), Some(1_767_603_600_250));
        check_millis(&json!("monday"), None);
        check_millis(&json!(null), None);
    }
}
