//! Alarms, and how frames and executions end.

use std::sync::Arc;

use crate::fault::Fault;
use crate::history::{EventKind, Problem};
use crate::interpreter::frame::FrameId;
use crate::interpreter::{Alarm, End, Ended, Interpreter, Step};
use crate::simulation::Status;

impl Interpreter<'_, '_> {
    /// Does what an alarm calls for.
    pub(super) fn answer(&mut self, alarm: Alarm) {
        match alarm {
            Alarm::Frame(id, generation) => {
                if self.frames.get(id).is_some_and(|frame| frame.generation == generation) {
                    self.resume(id);
                }
            }
            Alarm::Expiry(id) => {
                let now = self.clock.now();
                // The place may have been taken by a later execution, which has its own deadline.
                let run = self.runs.get_mut(id).filter(|run| run.deadline <= now);
                if let Some(run) = run
                    && let Some(root) = run.root
                {
                    run.has_expired = true;
                    let ended = self.fail_execution(root, Fault::timeout(false));
                    if let Some((parent, step)) = self.close(ended) {
                        self.settle(parent, step);
                    }
                }
            }
            Alarm::Deadline => {
                // The service reports no Error Name for it: the status says it all.
                self.break_off(Status::TimedOut, Problem::default(), EventKind::ExecutionTimedOut);
            }
            Alarm::Stop => {
                let stop = self.settings.stop.take();
                let problem =
                    stop.map(|stop| Problem { error: stop.error, cause: stop.cause }).unwrap_or_default();
                self.break_off(Status::Aborted, problem, EventKind::ExecutionAborted);
            }
        }
    }

    /// Ends the execution from outside, in the middle of whatever it does.
    fn break_off(&mut self, status: Status, problem: Problem, kind: fn(Problem) -> EventKind) {
        let run = &mut self.runs[self.main];
        let before = run.root.and_then(|root| self.frames.get(root)).map_or(0, |root| root.before);
        run.close(self.clock.now(), before, kind(problem.clone()));
        self.end = Some(End { status, output: None, problem });
    }

    /// Takes an ended frame out; `Some`: the state it belongs to goes on like that.
    pub(super) fn close(&mut self, ended: Ended) -> Option<(FrameId, Result<Step, Fault>)> {
        let frame = self.frames.remove(ended.frame)?;
        if let Some((parent, index)) = frame.seat {
            return Some((parent, self.join(parent, index, &frame, ended)));
        }
        if frame.run != self.main {
            return self.nested_ended(frame.run, ended);
        }
        let run = &mut self.runs[self.main];
        let now = self.clock.now();
        self.end = Some(match ended.outcome {
            Ok(output) => {
                run.close(now, ended.last, EventKind::ExecutionSucceeded(Arc::clone(&output)));
                End { status: Status::Succeeded, output: Some(output), problem: Problem::default() }
            }
            Err(fault) => {
                run.close(now, ended.last, EventKind::ExecutionFailed(fault.problem()));
                End { status: Status::Failed, output: None, problem: fault.problem() }
            }
        });
        None
    }
}
