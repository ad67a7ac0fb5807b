//! What becomes of a failure: it is logged, retried, caught, or passed outwards.

use std::sync::Arc;

use stepwright_codegen::asl::{QueryLanguage, StateKind, StateType, TransitionField};

use crate::data::Failure;
use crate::error::Error;
use crate::fault::Fault;
use crate::history::{EventId, EventKind, IterationPhase};
use crate::interpreter::frame::{ChildKind, Children, FrameId, Phase};
use crate::interpreter::io::Outcome;
use crate::interpreter::{Ended, Exit, Interpreter};
use crate::retry;
use crate::simulation::Retry;

/// Retries of a state by one Retrier. One that fails before anything is logged is not bounded by the length of the history.
const MAX_RETRIES: u32 = 50_000;

impl Interpreter<'_, '_> {
    /// Handles a failure of the current state. `Some`: the scope ends with it.
    pub(crate) fn fail(&mut self, id: FrameId, mut fault: Fault) -> Option<Ended> {
        let mut is_handled = false;
        loop {
            self.log_evaluation(id, &mut fault);
            if fault.is_fatal() {
                return Some(self.fail_execution(id, fault));
            }
            if is_handled {
                break;
            }
            // A failure inside a Catcher, or in what a Catcher puts out, is not handled by the state again.
            is_handled = true;
            if self.retry(id, &fault) {
                return None;
            }
            self.log_container_failure(id);
            match self.catch(id, &fault).map_err(Fault::from) {
                Ok(None) => break,
                Ok(Some(exit)) => match self.leave(id, exit) {
                    Ok(ended) => return ended,
                    Err(failed) => fault = failed,
                },
                Err(failed) => fault = failed,
            }
        }
        Some(Ended { frame: id, outcome: Err(fault), last: self.frames[id].last })
    }

    /// Logs a failed evaluation. It follows from the event before the state was entered, unless the state did something
    /// since; a Wait state counts as having done so.
    fn log_evaluation(&mut self, id: FrameId, fault: &mut Fault) {
        // Where a single state is tested, there is no event to speak of.
        if self.inspection.is_some() {
            return;
        }
        let frame = &self.frames[id];
        let prepared = self.program.state(frame.state);
        let Some(evaluation) = fault.tell(&prepared.name, frame.entered) else { return };
        let is_wait = matches!(prepared.state.kind, StateKind::Wait(_));
        let previous = if frame.last == frame.entered && !is_wait { frame.before } else { frame.last };
        let state = Arc::clone(&prepared.name);
        let kind =
            EventKind::EvaluationFailed { problem: fault.problem(), location: evaluation.location, state };
        let event = self.runs[frame.run].record(self.clock.now(), previous, kind);
        self.frames[id].last = event;
    }

    /// A container that will not be tried again has failed, which is an event of its own.
    fn log_container_failure(&mut self, id: FrameId) {
        let kind = match self.state(id).kind.state_type() {
            StateType::Parallel => EventKind::ParallelFailed,
            StateType::Map => EventKind::MapFailed,
            StateType::Task
            | StateType::Pass
            | StateType::Choice
            | StateType::Wait
            | StateType::Succeed
            | StateType::Fail => return,
        };
        self.advance(id, kind);
    }

    /// Ends the whole execution that a frame belongs to, past everything that could handle a failure.
    pub(crate) fn fail_execution(&mut self, id: FrameId, fault: Fault) -> Ended {
        let last = self.frames[id].last;
        let root = self.runs[self.frames[id].run].root.unwrap_or(id);
        self.discard_children(root);
        Ended { frame: root, outcome: Err(fault), last }
    }

    /// Lets the first Retrier that is for the error try again, if it has attempts left.
    fn retry(&mut self, id: FrameId, fault: &Fault) -> bool {
        let retriers = self.state(id).retry();
        let Some(index) = retriers.iter().position(|retrier| retry::covers(&retrier.error_equals, fault))
        else {
            return false;
        };
        self.inspect_error("retryIndex", index as u64);
        let retrier = &retriers[index];
        let frame = &mut self.frames[id];
        frame.retries.resize(retriers.len(), 0);
        let count = frame.retries[index];
        if u64::from(count) >= retrier.max_attempts.unwrap_or(3) {
            return false;
        }
        frame.retries[index] = count.saturating_add(1);
        if count >= MAX_RETRIES {
            self.stopped = Some(Error::endless(format!("retried a state {MAX_RETRIES} times")));
        }
        frame.phase = Phase::Backoff;
        let delay = retry::delay(retrier, count, &self.random);
        self.inspect_error("retryBackoffIntervalSeconds", delay.as_secs());
        let state = Arc::clone(&self.program.state(self.frames[id].state).name);
        self.figures.retries.push(Retry {
            state: state.as_ref().to_owned(),
            error: fault.error.as_deref().map(str::to_owned),
            at: self.clock.now(),
            delay,
        });
        self.alarm(id, delay);
        true
    }

    /// Goes where the first Catcher that is for the error leads.
    fn catch(&mut self, id: FrameId, fault: &Fault) -> Result<Option<Exit>, Failure> {
        let catchers = self.state(id).catch();
        let Some(index) = catchers.iter().position(|catcher| retry::covers(&catcher.error_equals, fault))
        else {
            return Ok(None);
        };
        self.inspect_error("catchIndex", index as u64);
        let catcher = &catchers[index];
        let to = self.target(id, TransitionField::Catch(index));
        let error_output = Arc::new(fault.error_output());
        if self.language(id) == QueryLanguage::Jsonata {
            let outcome = Outcome {
                assign: catcher.assign.as_ref(),
                output: catcher.output.as_ref(),
                default: Arc::clone(&error_output),
                result: None,
                error_output: Some(&error_output),
                to,
            };
            return self.jsonata_exit(id, &outcome).map(Some);
        }
        let assigned = self.assign_template(id, catcher.assign.as_ref(), &error_output)?;
        let output = self.combine(id, catcher.result_path.as_ref(), error_output)?;
        Ok(Some(Exit { output, assigned, to }))
    }

    /// Ends the siblings of a child that failed, in their order; all these events follow from the failure.
    pub(crate) fn abort_siblings(
        &mut self,
        id: FrameId,
        children: &Children,
        failed: usize,
        failed_state: StateType,
        last: EventId,
    ) {
        self.frames[id].last = last;
        let name = Arc::clone(&self.program.state(self.frames[id].state).name);
        let is_map = children.kind == ChildKind::Iterations;
        let iteration = |phase, index| EventKind::Iteration { phase, name: Arc::clone(&name), index };
        // The failed one comes first; a task that failed counts as a state that was cut short.
        if is_map {
            self.record(id, iteration(IterationPhase::Failed, failed));
        }
        if failed_state == StateType::Task {
            self.record(id, EventKind::StateAborted(StateType::Task));
        }
        for (&index, &child) in &children.running {
            if is_map {
                self.record(id, iteration(IterationPhase::Aborted, index));
            }
            self.abort(id, child);
        }
    }

    /// Ends a frame and all below it, logging which of their states are cut short.
    fn abort(&mut self, observer: FrameId, child: FrameId) {
        let mut doomed = vec![child];
        while let Some(id) = doomed.pop() {
            let Some(frame) = self.frames.remove(id) else { continue };
            let state_type = self.program.state(frame.state).state.kind.state_type();
            match frame.phase {
                Phase::Ready => {}
                Phase::Children(children) => {
                    self.record(observer, EventKind::StateAborted(state_type));
                    match children.kind {
                        ChildKind::Branches | ChildKind::Iterations => {
                            doomed.extend(children.running.values().rev());
                        }
                        ChildKind::Executions(_) => self.discard(*children),
                    }
                }
                Phase::Task(attempt) => {
                    self.discard_phase(Phase::Task(attempt));
                    self.record(observer, EventKind::StateAborted(state_type));
                }
                Phase::Busy | Phase::Backoff | Phase::Waiting => {
                    self.record(observer, EventKind::StateAborted(state_type));
                }
            }
        }
    }

    /// Ends everything below a frame without a word.
    fn discard_children(&mut self, root: FrameId) {
        let phase = std::mem::replace(&mut self.frames[root].phase, Phase::Busy);
        self.discard_phase(phase);
    }

    /// Ends children and all below them without a word, child executions with what they logged.
    pub(crate) fn discard(&mut self, children: Children) {
        self.discard_phase(Phase::Children(Box::new(children)));
    }

    /// Ends what a state is doing, and all below it, without a word.
    pub(crate) fn discard_phase(&mut self, phase: Phase) {
        let mut phases = vec![phase];
        while let Some(phase) = phases.pop() {
            match phase {
                Phase::Children(children) => {
                    for id in children.running.into_values() {
                        let Some(frame) = self.frames.remove(id) else { continue };
                        if self.runs.get(frame.run).is_some_and(|run| run.root == Some(id)) {
                            self.runs.remove(frame.run);
                        }
                        phases.push(frame.phase);
                    }
                }
                Phase::Task(attempt) => {
                    self.close_task(&attempt);
                    phases.extend(attempt.nested.and_then(|run| self.stop_nested(run)));
                }
                Phase::Ready | Phase::Busy | Phase::Waiting | Phase::Backoff => {}
            }
        }
    }
}
