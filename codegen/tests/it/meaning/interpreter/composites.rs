//! Branches and iterations.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright::plan::{Parallel, Scope};

use super::expressions::certain;
use super::{Course, Document, Fault, Interpreted, Interpreter, Running, SERVICE_TEXT, Thread, Undecided};

/// A branch or iteration that has come to its end.
pub(super) struct Ended {
    pub(super) running: Running,
    pub(super) result: Result<Option<Value>, Fault>,
}

impl Interpreter<'_> {
    pub(super) fn parallel(
        &mut self,
        running: &mut Running,
        parallel: &Parallel,
    ) -> Interpreted<Result<Value, Fault>> {
        // Without an input of its own, a branch has no name for what it is given.
        let mut outer = running.clone();
        let input = match &parallel.input {
            Some(input) => certain(running, input)?,
            None => Value::Null,
        };
        if parallel.input.is_some() {
            outer.document = Document::given(self.plan, &input);
        }
        let mut ended = Vec::new();
        for branch in &parallel.branches {
            ended.push(self.child(&outer, branch, None, input.clone(), running.now)?);
        }
        gather(running, ended)
    }

    pub(super) fn child(
        &mut self,
        outer: &Running,
        scope: &Scope,
        index: Option<usize>,
        input: Value,
        start: Duration,
    ) -> Interpreted<Ended> {
        let iteration = outer.thread.iteration.iter().copied().chain(index).collect();
        let thread = Thread { scope: scope.id, iteration };
        let mut running = Running { thread, now: start, course: Course::default(), ..outer.clone() };
        let result = self.scope(&mut running, scope, input)?;
        Ok(Ended { running, result })
    }
}

/// The list of the values of those that did not fail, when all have come to their end.
pub(super) fn succeed(outer: &mut Running, ended: Vec<Ended>) -> Value {
    outer.now = ended.iter().map(|child| child.running.now).max().unwrap_or(outer.now).max(outer.now);
    let mut values = Vec::new();
    for Ended { running, result } in ended {
        outer.course.append(running.course);
        // A branch without a value gives something, but nothing that a workflow may read.
        values.extend(result.ok().map(|value| value.unwrap_or(json!(SERVICE_TEXT))));
    }
    Value::Array(values)
}

/// What branches or iterations come to together: the list of their values, or the error of the first that failed.
pub(super) fn gather(outer: &mut Running, ended: Vec<Ended>) -> Interpreted<Result<Value, Fault>> {
    let failed = |child: &&Ended| child.result.is_err();
    let Some(first) = ended.iter().filter(failed).map(|child| child.running.now).min() else {
        return Ok(Ok(succeed(outer, ended)));
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
