//! What a state does that can fail: its tasks, retries and handlers.

use serde_json::Value;
use stepwright::plan::{self, Expression, Handler, Seconds, State, StateKind, TaskInput};
use stepwright::{QueryLanguage, States};

use super::expressions::{evaluate, select};
use super::fault::{Fault, delay};
use super::{Flow, Interpreted, Interpreter, Missing, Running, Undecided};
use crate::meaning::world::Answer;

impl Interpreter<'_> {
    /// A state that can be retried, and whose errors can be caught.
    pub(super) fn work(&mut self, running: &mut Running, state: &State) -> Interpreted<Flow> {
        let mut retries = vec![0; state.retry.len()];
        let fault = loop {
            let fault = match self.attempt(running, state)? {
                Ok(result) => {
                    let kept = match &state.selector {
                        Some(selector) => select(running, selector, result)?,
                        None => result,
                    };
                    running.keep(self.plan, state, &kept);
                    running.values.extend(state.result.map(|id| (id, kept)));
                    return Ok(Flow::On);
                }
                Err(fault) => fault,
            };
            let matching = state.retry.iter().position(|retrier| fault.is_among(retrier.error_equals));
            let Some(index) = matching else { break fault };
            let Some(delay) = delay(&state.retry[index], retries[index]) else { break fault };
            if state.retry[index].full_jitter {
                return Err(Undecided::Foreign("a retry with jitter"));
            }
            retries[index] += 1;
            running.at_work.iter_mut().for_each(|state| state.retries += 1);
            running.now += delay;
        };
        let Some(catcher) = state.catch.iter().find(|catcher| fault.is_among(&catcher.errors)) else {
            return Ok(Flow::Fail(fault));
        };
        running.keep_value(self.plan, catcher.error, fault.output());
        running.values.insert(catcher.error, fault.output());
        let flow = match &catcher.handler {
            Handler::Body(body) => self.joined(running, body, state.result)?,
            Handler::ScopeEnd => Flow::ToEnd,
        };
        running.recovered = true;
        Ok(flow)
    }

    fn attempt(&mut self, running: &mut Running, state: &State) -> Interpreted<Result<Value, Fault>> {
        match &state.kind {
            StateKind::Task(task) => self.task(running, state, task),
            StateKind::Parallel(parallel) => self.parallel(running, parallel),
            StateKind::Map(map) => self.map(running, map),
            _ => Err(Undecided::Foreign("a state that does no work")),
        }
    }

    fn task(
        &mut self,
        running: &mut Running,
        state: &State,
        task: &plan::Task,
    ) -> Interpreted<Result<Value, Fault>> {
        if [&task.timeout, &task.heartbeat].iter().any(|limit| matches!(limit, Some(Seconds::Data(_)))) {
            return Err(Undecided::Foreign("a timeout from the data"));
        }
        let given = match &task.input {
            TaskInput::Nothing => None,
            TaskInput::Whole(value) => Some(evaluate(running, value)?),
            TaskInput::Arguments(arguments) => Some(arguments_of(running, arguments)?),
        };
        let given = match given.transpose() {
            Ok(given) => given,
            Err(Missing) => return Ok(Err(self.missing(state))),
        };
        let name = state.name.as_str();
        running.course.call(&running.thread, running.now, name, given);
        let answer = self.world.answer(name, &running.thread.iteration, running.now);
        let (answer, takes) = answer.ok_or(Undecided::Foreign("a task without answers"))?;
        running.now += takes;
        Ok(match answer {
            Answer::Result(result) => Ok(result),
            Answer::Failure { error, cause } => Err(Fault { error, cause: Some(cause) }),
            Answer::Silence => Err(Fault { error: States::TIMEOUT.as_str().to_owned(), cause: None }),
        })
    }

    /// The one thing that the languages define differently. Source: `Ref::assume_some`.
    fn missing(&self, state: &State) -> Fault {
        Fault::of_service(match self.plan.query_language {
            QueryLanguage::JsonPath if !state.in_jsonata => "States.Runtime",
            QueryLanguage::Jsonata | QueryLanguage::JsonPath => "States.QueryEvaluationError",
        })
    }
}

/// What a task is given, by the names of its arguments.
fn arguments_of(
    running: &Running,
    arguments: &[(&'static str, Expression)],
) -> Interpreted<Result<Value, Missing>> {
    let mut object = serde_json::Map::new();
    for (name, argument) in arguments {
        match evaluate(running, argument)? {
            Ok(value) => drop(object.insert((*name).to_owned(), value)),
            Err(Missing) => return Ok(Err(Missing)),
        }
    }
    Ok(Ok(Value::Object(object)))
}
