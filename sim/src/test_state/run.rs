//! Takes the interpreter through the one state.

use std::sync::Arc;

use serde_json::{Map, Value};
use stepwright_codegen::asl::{StateKind, StateMachine};

use crate::error::Error;
use crate::fault::Fault;
use crate::interpreter::frame::{ChildKind, Children, FrameId, Phase};
use crate::interpreter::inspection::Inspection;
use crate::interpreter::io::ResultFields;
use crate::interpreter::{Interpreter, Step};
use crate::settings::{Identity, Settings, Type};
use crate::tasks::{Call, Reply, Tasks};
use crate::test_state::check::{Mocked, too_many_failures};
use crate::test_state::{InspectionLevel, TestState, TestStateResult, TestStatus};

/// Runs the state that the machine starts with, and no other.
pub(super) fn run(
    request: &TestState,
    machine: &StateMachine,
    mock: Option<&Mocked>,
) -> Result<TestStateResult, Error> {
    let mut answer = Answer(reply(request, mock));
    let settings = settings(request);
    let input = Arc::new(request.input.clone());
    let mut interpreter = Interpreter::new(machine, &[], settings, input, &mut answer)?;
    interpreter.inspection = Some(Box::new(Inspection {
        items: request.configuration.map_item_reader_data.clone(),
        ..Inspection::default()
    }));
    let Some(id) = interpreter.ready.pop_front() else {
        return Err(Error::broken("its top level", "nothing is ready to run"));
    };
    if let Some(context) = &request.context {
        let main = interpreter.main;
        interpreter.runs[main].give_context(context.clone());
    }
    let retriers = interpreter.state(id).retry().len();
    let frame = &mut interpreter.frames[id];
    frame.variables = Arc::new(request.variables.clone());
    frame.retries = vec![request.configuration.retrier_retry_count; retriers];
    let step = interpreter.work(id, mock, request.configuration.map_iteration_failure_count)?;
    let mut result = interpreter.conclude_test(id, step);
    if request.level != InspectionLevel::Info {
        result.inspection_data = Some(inspection_data(request, interpreter.inspection.take()));
    }
    Ok(result)
}

/// The service runs a tested state as an Express execution.
fn settings(request: &TestState) -> Settings {
    let role_arn = if request.has_role { request.identity.role_arn.clone() } else { String::new() };
    let identity = Identity { role_arn, ..request.identity.clone() };
    Settings { execution_type: Type::Express, identity, keeps_history: false, ..Settings::default() }
}

fn inspection_data(request: &TestState, inspection: Option<Box<Inspection>>) -> Map<String, Value> {
    let mut data = Map::new();
    data.insert("input".to_owned(), request.input.clone());
    if !request.variables.is_empty() {
        data.insert("variables".to_owned(), request.variables.clone().into_iter().collect());
    }
    let inspection = inspection.unwrap_or_default();
    data.extend(inspection.data);
    if !inspection.error_details.is_empty() {
        data.insert("errorDetails".to_owned(), Value::Object(inspection.error_details));
    }
    data
}

/// What the task gets: the mock, or the reply of the resource.
fn reply(request: &TestState, mock: Option<&Mocked>) -> Option<Reply> {
    match mock {
        Some(Mocked::Result(result)) => Some(Reply::success(result.clone())),
        Some(Mocked::Failure(fault)) => {
            let text = |text: Option<&str>| text.map(str::to_owned);
            Some(Reply::failure_of(text(fault.error.as_deref()), text(fault.cause.as_deref())))
        }
        None => request.reply.clone(),
    }
}

struct Answer(Option<Reply>);

impl Tasks for Answer {
    fn call(&mut self, _call: &Call<'_>) -> Option<Reply> {
        self.0.clone()
    }

    fn stands_in(&self, _state: &str, _resource: &str) -> bool {
        self.0.is_some()
    }
}

impl Interpreter<'_, '_> {
    /// Does the work of a state; nothing it waits for takes time.
    fn work(
        &mut self,
        id: FrameId,
        mock: Option<&Mocked>,
        failures: usize,
    ) -> Result<Result<Step, Fault>, Error> {
        let mut step = self.attempt(id);
        while let Ok(Step::Suspend) = step {
            if let Some(error) = self.stopped.take() {
                return Err(error);
            }
            step = match std::mem::replace(&mut self.frames[id].phase, Phase::Busy) {
                Phase::Children(children) => {
                    if failures > children.items.len() {
                        return Err(too_many_failures());
                    }
                    self.replace_children(id, children, mock, failures)
                }
                phase => {
                    self.frames[id].phase = phase;
                    self.go_on_after_wait(id)
                }
            };
        }
        Ok(step)
    }

    /// Puts the mock in place of branches or iterations that were to run.
    fn replace_children(
        &mut self,
        id: FrameId,
        children: Box<Children>,
        mock: Option<&Mocked>,
        failures: usize,
    ) -> Result<Step, Fault> {
        let kind = children.kind.clone();
        let total = children.items.len();
        self.discard(*children);
        let result = match mock {
            Some(Mocked::Result(result)) => result.clone(),
            Some(Mocked::Failure(fault)) => return Err(fault.clone()),
            None => Value::Null,
        };
        // Without a threshold, the service lets any number of failures pass here.
        if let ChildKind::Executions(map_run) = &kind
            && map_run.has_threshold()
            && !map_run.tolerates(failures, total)
        {
            return Err(Fault::threshold_exceeded());
        }
        let last = self.frames[id].last;
        match (&self.state(id).kind, result) {
            (StateKind::Parallel(parallel), Value::Array(results)) => {
                self.parallel_done(id, parallel, results, last)
            }
            (StateKind::Map(map), Value::Array(results)) if map.result_writer.is_none() => {
                self.map_done(id, map, &kind, &[], results, last)
            }
            // With a `ResultWriter`, the mock is what that comes to.
            (StateKind::Map(map), result) => {
                let fields =
                    ResultFields { selector: map.result_selector.as_ref(), path: map.result_path.as_ref() };
                Ok(Step::Exit(self.conclude(id, &Arc::new(result), fields)?))
            }
            (_, result) => Ok(Step::Exit(self.conclude(id, &Arc::new(result), ResultFields::default())?)),
        }
    }

    /// Leaves the state, or handles its failure, and says what came of it.
    fn conclude_test(&mut self, id: FrameId, step: Result<Step, Fault>) -> TestStateResult {
        let left = match step {
            Ok(Step::Exit(exit)) => self.leave(id, exit),
            Ok(Step::Suspend) => Ok(None),
            Err(fault) => Err(fault),
        };
        let (ended, fault) = match left {
            Ok(ended) => (ended, None),
            Err(fault) => (self.fail(id, fault.clone()), Some(fault)),
        };
        let mut result = TestStateResult {
            status: TestStatus::Succeeded,
            output: None,
            error: None,
            cause: None,
            next_state: None,
            inspection_data: None,
        };
        let fault = match ended.map(|ended| ended.outcome) {
            Some(Ok(output)) => {
                result.output = Some(Arc::unwrap_or_clone(output));
                fault
            }
            // What a Catcher fails with takes the place of what it caught.
            Some(Err(fault)) => {
                result.status = TestStatus::Failed;
                Some(fault)
            }
            None => {
                let frame = &self.frames[id];
                if matches!(frame.phase, Phase::Backoff) {
                    result.status = TestStatus::Retriable;
                } else {
                    result.output = Some((*frame.input).clone());
                    result.next_state = Some(self.program.state(frame.state).name.as_ref().to_owned());
                    if fault.is_some() {
                        result.status = TestStatus::CaughtError;
                    }
                }
                fault
            }
        };
        if let Some(fault) = fault {
            result.error = fault.error.as_deref().map(str::to_owned);
            result.cause = fault.cause.as_deref().map(str::to_owned);
        }
        result
    }
}
