//! Parallel and Map.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright::plan::{Map, Parallel, Scope};

use super::expressions::certain;
use super::{Fault, Interpreted, Interpreter, Running, Thread, Undecided};

/// How many iterations run at the same time if nothing else is said. Source: Developer Guide, "Inline mode".
const MOST_AT_A_TIME: usize = 40;

/// A branch or iteration that has come to its end.
struct Ended {
    running: Running,
    result: Result<Option<Value>, Fault>,
}

impl Interpreter<'_> {
    pub(super) fn parallel(
        &mut self,
        running: &mut Running,
        parallel: &Parallel,
    ) -> Interpreted<Result<Value, Fault>> {
        // Without an input of its own, a branch has no name for what it is given.
        let input = match &parallel.input {
            Some(input) => certain(running, input)?,
            None => Value::Null,
        };
        let mut ended = Vec::new();
        for branch in &parallel.branches {
            ended.push(self.child(running, branch, None, input.clone(), running.now)?);
        }
        gather(running, ended)
    }

    pub(super) fn map(&mut self, running: &mut Running, map: &Map) -> Interpreted<Result<Value, Fault>> {
        let items = certain(running, &map.items)?;
        let Value::Array(items) = items else {
            return Err(Undecided::Foreign("a Map over something that is no list"));
        };
        let most = match map.max_concurrency {
            None | Some(0) => MOST_AT_A_TIME,
            Some(limit) => usize::try_from(limit).map_or(MOST_AT_A_TIME, |limit| limit.min(MOST_AT_A_TIME)),
        };
        // When each of those that run at the same time is free for the next item.
        let mut free = vec![running.now; most];
        let mut ended = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            let start = free.iter().copied().min().unwrap_or_default();
            let input = match &map.selector {
                Some(selector) => {
                    let mut seen = running.clone();
                    seen.values.insert(map.item, item);
                    certain(&seen, selector)?
                }
                None => item,
            };
            let iteration = self.child(running, &map.processor, Some(index), input, start)?;
            if let Some(slot) = free.iter_mut().find(|slot| **slot == start) {
                *slot = iteration.running.now;
            }
            ended.push(iteration);
        }
        gather(running, ended)
    }

    fn child(
        &mut self,
        outer: &Running,
        scope: &Scope,
        index: Option<usize>,
        input: Value,
        start: Duration,
    ) -> Interpreted<Ended> {
        let iteration = outer.thread.iteration.iter().copied().chain(index).collect();
        let thread = Thread { scope: scope.id, iteration };
        let mut running =
            Running { thread, now: start, values: outer.values.clone(), course: super::Course::default() };
        let result = self.scope(&mut running, scope, input)?;
        Ok(Ended { running, result })
    }
}

/// What branches or iterations come to together: the list of their values, or the error of the first that failed.
fn gather(outer: &mut Running, ended: Vec<Ended>) -> Interpreted<Result<Value, Fault>> {
    let failed = |child: &&Ended| child.result.is_err();
    let Some(first) = ended.iter().filter(failed).map(|child| child.running.now).min() else {
        outer.now = ended.iter().map(|child| child.running.now).max().unwrap_or(outer.now).max(outer.now);
        let mut values = Vec::new();
        for Ended { running, result } in ended {
            outer.course.append(running.course);
            // A branch without a value gives something, but nothing that a workflow may read.
            values.push(result.ok().flatten().unwrap_or(json!(null)));
        }
        return Ok(Ok(Value::Array(values)));
    };
    let faults: Vec<Fault> = (ended.iter())
        .filter(|child| child.running.now == first)
        .filter_map(|child| child.result.clone().err())
        .collect();
    let fault = faults[0].clone();
    if faults.iter().any(|other| *other != fault) {
        return Err(Undecided::Tie);
    }
    for Ended { mut running, result } in ended {
        let is_the_one = faults.len() == 1 && result.is_err() && running.now == first;
        if !is_the_one {
            running.course.stop_at(first);
        }
        outer.course.append(running.course);
    }
    outer.now = first;
    Ok(Err(fault))
}
