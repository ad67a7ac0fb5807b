//! Compares a history with a recorded one.

use serde_json::{Map, Value};

use crate::replay::unify::Unifier;
use crate::replay::{Difference, Recording, events};
use crate::simulation::Execution;

/// All differences, in the order of the recording.
pub(crate) fn compare(recording: &Recording, execution: &Execution) -> Vec<Difference> {
    let simulated = events(&execution.history);
    let mut comparison = Comparison {
        recording,
        simulated,
        unifier: Unifier::new(&recording.opaque),
        differences: Vec::new(),
    };
    if recording.is_unordered {
        comparison.unordered();
    } else if !recording.history.is_empty() {
        comparison.in_order();
    }
    comparison.outcome(execution);
    comparison.differences
}

struct Comparison<'r> {
    recording: &'r Recording,
    simulated: Vec<Value>,
    unifier: Unifier,
    differences: Vec<Difference>,
}

/// Events that were left out where the order was lost; only the gaps in the ids show them.
const LEFT_OUT: &[&str] = &["ParallelStateSucceeded", "ParallelStateFailed", "ParallelStateExited"];

/// Until then, a Distributed Map was left in succession to the success of its run, and since then to its start.
const EXIT_FOLLOWS_START_SINCE: &str = "2024-11-01";

impl Comparison<'_> {
    fn in_order(&mut self) {
        let count = self.recording.history.len().max(self.simulated.len());
        for index in 0..count {
            let (recorded, simulated) =
                (self.recording.history.get(index), self.simulated.get(index).cloned());
            match (recorded, simulated) {
                (Some(recorded), Some(simulated)) => {
                    if !self.event(recorded, &simulated) {
                        return;
                    }
                }
                (recorded, simulated) => {
                    let show =
                        |event: Option<&Value>| event.map_or_else(|| "no event".to_owned(), Value::to_string);
                    return self.differ(
                        format!("event {}", index + 1),
                        show(recorded),
                        show(simulated.as_ref()),
                    );
                }
            }
        }
    }

    /// Events with an id are compared as such, the others with whatever fits and is left.
    fn unordered(&mut self) {
        let mut left: Vec<Value> = self.simulated.clone();
        let mut lost = Vec::new();
        for recorded in &self.recording.history {
            let Some(id) = recorded["id"].as_u64() else {
                lost.push(recorded);
                continue;
            };
            let Some(position) = left.iter().position(|event| event["id"] == id) else {
                return self.differ(format!("event {id}"), recorded.to_string(), "no event".to_owned());
            };
            let simulated = left.remove(position);
            if !self.event(recorded, &simulated) {
                return;
            }
        }
        for recorded in lost {
            let fits = |unifier: &mut Unifier, event: &Value| {
                event["type"] == recorded["type"]
                    && differing(unifier, recorded, event, &["id", "previousEventId"]).is_none()
            };
            match (0..left.len()).find(|&index| fits(&mut self.unifier, &left[index])) {
                Some(index) => drop(left.remove(index)),
                None => {
                    return self.differ(
                        "a branch".to_owned(),
                        recorded.to_string(),
                        "no such event".to_owned(),
                    );
                }
            }
        }
        left.retain(|event| !LEFT_OUT.iter().any(|&name| event["type"] == name));
        if let Some(event) = left.first() {
            let event = event.to_string();
            self.differ("a branch".to_owned(), "no such event".to_owned(), event);
        }
    }

    /// Whether two events agree.
    fn event(&mut self, recorded: &Value, simulated: &Value) -> bool {
        let ignored: &[&str] =
            if self.follows_as_before(recorded, simulated) { &["previousEventId"] } else { &[] };
        let Some((field, recorded_field, simulated_field)) =
            differing(&mut self.unifier, recorded, simulated, ignored)
        else {
            return true;
        };
        let at =
            format!("event {} {}, {field}", recorded["id"], recorded["type"].as_str().unwrap_or_default());
        self.differ(at, recorded_field, simulated_field);
        false
    }

    fn follows_as_before(&self, recorded: &Value, simulated: &Value) -> bool {
        let run_succeeded = |id: &Value| {
            let event = self.simulated.iter().find(|event| event["id"] == *id);
            event.filter(|event| event["type"] == "MapRunSucceeded")
        };
        self.recording.recorded.as_str() < EXIT_FOLLOWS_START_SINCE
            && recorded["type"] == "MapStateExited"
            && run_succeeded(&recorded["previousEventId"])
                .is_some_and(|event| event["previousEventId"] == simulated["previousEventId"])
    }

    fn outcome(&mut self, execution: &Execution) {
        let outcome = &self.recording.outcome;
        if outcome.status.is_some_and(|status| status != execution.status) {
            let recorded = outcome.status.map_or("", |status| status.as_str()).to_owned();
            return self.differ("outcome, status".to_owned(), recorded, execution.status.as_str().to_owned());
        }
        let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::String);
        let fields = [
            (
                "output",
                outcome.output.clone().unwrap_or_default(),
                execution.output.clone().unwrap_or_default(),
            ),
            ("error", text(&outcome.error), text(&execution.error)),
            ("cause", text(&outcome.cause), text(&execution.cause)),
        ];
        for (name, recorded, simulated) in fields {
            let is_json_text = name == "cause";
            if !is_same(&mut self.unifier, &recorded, &simulated, is_json_text) {
                self.differ(format!("outcome, {name}"), recorded.to_string(), simulated.to_string());
            }
        }
    }

    fn differ(&mut self, at: String, recorded: String, simulated: String) {
        self.differences.push(Difference { at, recorded, simulated });
    }
}

/// The first field in which two events differ, with what each says.
fn differing(
    unifier: &mut Unifier,
    recorded: &Value,
    simulated: &Value,
    ignored: &[&str],
) -> Option<(String, String, String)> {
    let (recorded, simulated) = (flat(recorded), flat(simulated));
    let names = recorded.keys().chain(simulated.keys().filter(|name| !recorded.contains_key(*name)));
    for name in names {
        if ignored.contains(&name.as_str()) || name == "timestamp" {
            continue;
        }
        let (recorded, simulated) = (recorded.get(name), simulated.get(name));
        let is_same = match (recorded, simulated) {
            (Some(Value::Object(recorded)), Some(Value::Object(simulated)))
                if name == "assignedVariables" =>
            {
                recorded.len() == simulated.len()
                    && recorded.iter().all(|(name, recorded)| {
                        simulated
                            .get(name)
                            .is_some_and(|simulated| is_same_json(unifier, recorded, simulated))
                    })
            }
            (Some(recorded), Some(simulated))
                if ["input", "output", "parameters"].contains(&name.as_str()) =>
            {
                is_same_json(unifier, recorded, simulated)
            }
            (Some(recorded), Some(simulated)) => is_same(unifier, recorded, simulated, name == "cause"),
            (recorded, simulated) => recorded == simulated,
        };
        if !is_same {
            let show = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), Value::to_string);
            return Some((name.clone(), show(recorded), show(simulated)));
        }
    }
    None
}

/// The members of an event and of its details, side by side.
fn flat(event: &Value) -> Map<String, Value> {
    let members = event.as_object().into_iter().flatten();
    members
        .flat_map(|(name, value)| match value {
            Value::Object(details) if name.ends_with("EventDetails") => details.clone(),
            value => Map::from_iter([(name.clone(), value.clone())]),
        })
        .collect()
}

/// Compares a field of JSON text. Recordings hold the value itself, or the text where it is no object.
pub(super) fn is_same_json(unifier: &mut Unifier, recorded: &Value, simulated: &Value) -> bool {
    let recorded = match recorded {
        Value::String(text) => parsed(text).unwrap_or_else(|| recorded.clone()),
        recorded => recorded.clone(),
    };
    simulated.as_str().and_then(parsed).is_some_and(|simulated| unifier.matches(&recorded, &simulated))
        || unifier.matches(&recorded, simulated)
}

/// Compares values; a `cause` may have been parsed in the recording.
pub(super) fn is_same(
    unifier: &mut Unifier,
    recorded: &Value,
    simulated: &Value,
    is_json_text: bool,
) -> bool {
    if unifier.matches(recorded, simulated) {
        return true;
    }
    let (recorded, simulated) = match (recorded, simulated) {
        (Value::String(recorded), Value::String(simulated)) if is_json_text => {
            (parsed(recorded), parsed(simulated))
        }
        (recorded, Value::String(simulated)) if is_json_text => (Some(recorded.clone()), parsed(simulated)),
        _ => return false,
    };
    matches!((recorded, simulated), (Some(recorded), Some(simulated)) if unifier.matches(&recorded, &simulated))
}

fn parsed(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}
