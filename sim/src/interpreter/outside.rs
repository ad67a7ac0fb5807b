//! The world outside of the execution: what the stand-ins let happen on the clock, and to the tasks that are left open.

use std::time::Duration;

use crate::desk::{Act, Desk};
use crate::error::Error;
use crate::interpreter::frame::{Attempt, FrameId, Phase, Stage};
use crate::interpreter::{Interpreter, Step};
use crate::tasks::{Outcome, TaskId};

/// Things that may happen outside at the same moment. Stand-ins that say again and again that something happens now would keep the
/// clock from going on.
const MAX_HAPPENINGS_AT_ONCE: u64 = 1_000_000;

impl Interpreter<'_, '_> {
    /// Whether something happens outside before the clock has anything to do. What falls on the same moment as an alarm comes
    /// first, so that an answer at the very moment of a timeout counts.
    pub(super) fn outside_is_next(&self) -> Option<Duration> {
        let next = self.tasks.next_event()?;
        let is_first = self.clock.peek().is_none_or(|alarm| next <= alarm);
        is_first.then_some(next)
    }

    /// Lets happen what happens outside at a moment.
    pub(super) fn happen(&mut self, at: Duration) {
        self.happened_at_once = if at > self.clock.now() { 0 } else { self.happened_at_once + 1 };
        if self.happened_at_once > MAX_HAPPENINGS_AT_ONCE {
            self.stopped = Some(Error::restless(self.clock.now()));
            return;
        }
        self.clock.advance(at);
        let mut desk = Desk::new(self.clock.now(), &self.runs[self.main].history, &self.open);
        self.tasks.happen(&mut desk);
        for (task, act) in desk.into_acts() {
            self.act(task, act);
        }
    }

    fn act(&mut self, task: TaskId, act: Act) {
        // Something that was done before may have ended the task, and what it was part of.
        let Some((id, attempt)) = self.take_open(task) else { return };
        let step = match act {
            Act::Take(worker) if attempt.stage == Stage::Start => {
                let mut attempt = attempt;
                attempt.reply.worker = worker.map(|worker| worker.as_ref().to_owned());
                self.start_task(id, attempt)
            }
            Act::Take(_) => self.wait_for_task(id, attempt, None),
            Act::Heartbeat => {
                let heartbeat = attempt.heartbeat;
                self.wait_for_task(id, attempt, heartbeat)
            }
            Act::End(outcome) => return self.end_open(id, attempt, outcome),
        };
        self.settle(id, Ok(step));
    }

    /// Ends an open task.
    pub(crate) fn end_open(&mut self, id: FrameId, attempt: Box<Attempt>, outcome: Outcome) {
        let step = self.conclude_open(id, attempt, outcome);
        self.settle(id, step);
    }

    /// The attempt at an open task, taken out of its frame.
    pub(crate) fn take_open(&mut self, task: TaskId) -> Option<(FrameId, Box<Attempt>)> {
        let id = *self.open.get(&task)?;
        let phase = std::mem::replace(&mut self.frames[id].phase, Phase::Busy);
        match phase {
            Phase::Task(attempt) => Some((id, attempt)),
            phase => {
                self.frames[id].phase = phase;
                None
            }
        }
    }

    /// Whoever gives a task up or has its end says so here: it is not open any more.
    pub(crate) fn close_task(&mut self, attempt: &Attempt) {
        self.figures.task_ended();
        self.open.remove(&attempt.task);
    }

    /// Waits on, until whichever of the timeout and the next heartbeat comes first.
    fn wait_for_task(&mut self, id: FrameId, mut attempt: Box<Attempt>, heartbeat: Option<u64>) -> Step {
        if attempt.stage != Stage::Start
            && let Some(heartbeat) = heartbeat
        {
            let passed = self.clock.now().saturating_sub(attempt.started_at);
            let left = attempt.timeout().saturating_sub(passed);
            let heartbeat = Duration::from_secs(heartbeat);
            let (stage, after) =
                if heartbeat < left { (Stage::MissHeartbeat, heartbeat) } else { (Stage::TimeOut, left) };
            attempt.stage = stage;
            self.alarm(id, after);
        }
        self.frames[id].phase = Phase::Task(attempt);
        Step::Suspend
    }
}
