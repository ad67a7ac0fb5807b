//! Sorts the events of a history into strands.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Attempt, End, Ending, Exit, Key, Round, RoundEnd, Strand, Visit, Way, details, millis};
use crate::tasks::IterationOf;

pub(super) fn read(events: &[Value]) -> Way {
    let execution = Strand { parent: None, key: Key::Execution, iteration: Vec::new(), visits: Vec::new() };
    let mut reader = Reader {
        way: Way { strands: vec![execution], end: None },
        strand_of: BTreeMap::new(),
        forks: Vec::new(),
        calls: BTreeMap::new(),
    };
    for event in events {
        reader.event(event);
    }
    reader.way
}

struct Reader {
    way: Way,
    /// The strand of each event.
    strand_of: BTreeMap<u64, usize>,
    /// The `ParallelStateStarted` events.
    forks: Vec<u64>,
    /// How often each state's task was called.
    calls: BTreeMap<String, usize>,
}

/// The states that an event was logged for, and what it says.
struct Event<'e> {
    /// The strand that it follows from.
    strand: usize,
    details: &'e Map<String, Value>,
    at: i64,
}

impl Event<'_> {
    fn text(&self, name: &str) -> Option<String> {
        self.details.get(name).and_then(Value::as_str).map(str::to_owned)
    }

    /// A member of JSON text.
    fn json(&self, name: &str) -> Value {
        match self.details.get(name) {
            Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into()),
            Some(value) => value.clone(),
            None => Value::Null,
        }
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.details.get(name).and_then(Value::as_u64)
    }
}

impl Reader {
    fn event(&mut self, event: &Value) {
        let number = |name: &str| event.get(name).and_then(Value::as_u64).unwrap_or_default();
        let (id, previous) = (number("id"), number("previousEventId"));
        let name = event.get("type").and_then(Value::as_str).unwrap_or_default();
        let strand = self.strand_of.get(&previous).copied().unwrap_or_default();
        let event = Event { strand, details: details(event), at: millis(event).unwrap_or_default() };
        let strand = if let Some(state_type) = name.strip_suffix("StateEntered") {
            self.enter(&event, state_type, self.forks.contains(&previous))
        } else if name.ends_with("StateExited") {
            self.exit(&event)
        } else if let Some(kind) = name.strip_prefix("Execution") {
            self.end(&event, kind);
            0
        } else if name.starts_with("MapIteration") {
            if name == "MapIterationStarted" { self.iterate(&event) } else { strand }
        } else if let Some(what) =
            name.strip_prefix("MapState").or_else(|| name.strip_prefix("ParallelState"))
        {
            if name == "ParallelStateStarted" {
                self.forks.push(id);
            }
            self.round(&event, if name.starts_with('M') { "Map" } else { "Parallel" }, what)
        } else {
            self.within(&event, name);
            strand
        };
        self.strand_of.insert(id, strand);
    }

    fn enter(&mut self, event: &Event<'_>, state_type: &str, begins_branch: bool) -> usize {
        let name = event.text("name").unwrap_or_default();
        let strand = if begins_branch {
            self.begin(event.strand, Key::Branch(name.clone()), None)
        } else {
            event.strand
        };
        self.way.strands[strand].visits.push(Visit {
            name,
            state_type: state_type.to_owned(),
            input: event.json("input"),
            attempts: Vec::new(),
            failures: Vec::new(),
            rounds: Vec::new(),
            exit: None,
            has_children: false,
            has_failed_children: false,
            is_over: false,
        });
        strand
    }

    /// Begins a strand in the last round of the state that another strand is in.
    fn begin(&mut self, parent: usize, key: Key, item: Option<IterationOf>) -> usize {
        let mut iteration = self.way.strands[parent].iteration.clone();
        iteration.extend(item);
        self.way.strands.push(Strand { parent: Some(parent), key, iteration, visits: Vec::new() });
        let strand = self.way.strands.len() - 1;
        if let Some(round) =
            self.way.strands[parent].visits.last_mut().and_then(|visit| visit.rounds.last_mut())
        {
            round.strands.push(strand);
        }
        strand
    }

    fn iterate(&mut self, event: &Event<'_>) -> usize {
        let map = event.text("name").unwrap_or_default();
        let index = event.number("index").and_then(|index| usize::try_from(index).ok()).unwrap_or_default();
        let (owner, _) = self.owner(event.strand, |visit| visit.name == map);
        self.begin(owner, Key::Item(index), Some(IterationOf { map, index }))
    }

    fn exit(&mut self, event: &Event<'_>) -> usize {
        let name = event.text("name").unwrap_or_default();
        let (owner, by) = self.owner(event.strand, |visit| visit.name == name);
        if let Some(visit) = self.visit(owner) {
            close(visit, RoundEnd::Failed(by));
            visit.exit = Some(Exit { output: event.json("output"), assigned: assigned(event) });
            visit.is_over = true;
        }
        owner
    }

    /// An event of a Parallel or Map.
    fn round(&mut self, event: &Event<'_>, state_type: &str, what: &str) -> usize {
        let (owner, by) = self.owner(event.strand, |visit| visit.state_type == state_type && !visit.is_over);
        let Some(visit) = self.visit(owner) else { return owner };
        match what {
            "Started" => {
                close(visit, RoundEnd::Failed(by));
                let items = event.number("length");
                visit.rounds.push(Round { items, strands: Vec::new(), end: RoundEnd::Open });
            }
            "Succeeded" => close(visit, RoundEnd::Succeeded),
            "Failed" => {
                close(visit, RoundEnd::Failed(by));
                visit.is_over = true;
            }
            // It was aborted, which the round around it tells.
            _ => {}
        }
        owner
    }

    /// An event of a task, or of the state that the strand is in.
    fn within(&mut self, event: &Event<'_>, name: &str) {
        let prefix =
            ["Task", "LambdaFunction", "Activity"].into_iter().find(|prefix| name.starts_with(prefix));
        let what = prefix.map_or("", |prefix| &name[prefix.len()..]);
        if name == "EvaluationFailed" {
            let error = event.text("error").unwrap_or_default();
            self.visit(event.strand).into_iter().for_each(|visit| visit.failures.push(error.clone()));
        } else if name == "MapRunStarted" {
            self.visit(event.strand).into_iter().for_each(|visit| visit.has_children = true);
        } else if name == "MapRunFailed" {
            self.visit(event.strand).into_iter().for_each(|visit| visit.has_failed_children = true);
        } else if what == "Scheduled" {
            self.schedule(event);
        } else if what != "StateAborted" {
            self.go_on(event, what);
        }
    }

    fn schedule(&mut self, event: &Event<'_>) {
        let Some(visit) = self.way.strands[event.strand].visits.last_mut() else { return };
        let calls = self.calls.entry(visit.name.clone()).or_default();
        let input = if event.details.contains_key("parameters") { "parameters" } else { "input" };
        visit.attempts.push(Attempt {
            input: event.json(input),
            ordinal: *calls,
            scheduled: event.at,
            started: None,
            timeout: event.number("timeoutInSeconds"),
            heartbeat: event.number("heartbeatInSeconds"),
            worker: None,
            submitted: None,
            ended: event.at,
            ending: None,
            is_unanswered: false,
        });
        *calls += 1;
    }

    fn go_on(&mut self, event: &Event<'_>, what: &str) {
        let Some(attempt) = self.visit(event.strand).and_then(|visit| visit.attempts.last_mut()) else {
            return;
        };
        let error = event.text("error");
        attempt.ended = event.at;
        match what {
            "Started" => {
                attempt.started = Some(event.at);
                attempt.worker = event.text("workerName");
            }
            "Submitted" => attempt.submitted = Some(event.json("output")),
            "Succeeded" => attempt.ending = Some(Ending::Succeeded(event.json("output"))),
            "TimedOut" => attempt.ending = Some(Ending::TimedOut { error }),
            // `StartFailed`, `SubmitFailed` and `ScheduleFailed` are failures too.
            _ if what.ends_with("Failed") => {
                attempt.ending = Some(Ending::Failed { error, cause: event.text("cause") });
            }
            _ => {}
        }
    }

    fn end(&mut self, event: &Event<'_>, kind: &str) {
        if kind != "Started" {
            self.way.end = Some(End {
                kind: kind.to_owned(),
                output: event.json("output"),
                error: event.text("error"),
                cause: event.text("cause"),
            });
        }
    }

    /// The state that a strand is in.
    fn visit(&mut self, strand: usize) -> Option<&mut Visit> {
        self.way.strands[strand].visits.last_mut()
    }

    /// The nearest strand, from this one outwards, that is in such a state, and the strand below through which it was found.
    fn owner(&self, strand: usize, is_it: impl Fn(&Visit) -> bool) -> (usize, usize) {
        let (mut owner, mut below) = (strand, strand);
        loop {
            let visit = self.way.strands[owner].visits.last();
            if visit.is_some_and(|visit| visit.exit.is_none() && is_it(visit)) {
                return (owner, below);
            }
            let Some(parent) = self.way.strands[owner].parent else { return (strand, strand) };
            (owner, below) = (parent, owner);
        }
    }
}

/// Ends the last round, if that has not happened yet.
fn close(visit: &mut Visit, end: RoundEnd) {
    if let Some(round) = visit.rounds.last_mut()
        && round.end == RoundEnd::Open
    {
        round.end = end;
    }
}

/// `assignedVariables`, each of which is JSON text.
fn assigned(event: &Event<'_>) -> Value {
    let variables = event.details.get("assignedVariables").and_then(Value::as_object);
    let parsed = |value: &Value| match value {
        Value::String(text) => serde_json::from_str(text).unwrap_or_else(|_| value.clone()),
        value => value.clone(),
    };
    Value::Object(
        variables.into_iter().flatten().map(|(name, value)| (name.clone(), parsed(value))).collect(),
    )
}
