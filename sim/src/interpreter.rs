//! The interpreter: takes a machine from its start state to the end, one event after another.
//!
//! Nothing here recurses over the machine or over time. [`Interpreter::run`] takes what can go on now, then what the
//! [clock](crate::clock) has next; each state does its work in a [`Step`] and either is left, or waits for an alarm or for its
//! children.

pub(crate) mod arena;
mod ending;
mod failure;
pub(crate) mod frame;
pub(crate) mod inspection;
pub(crate) mod io;
mod outside;
pub(crate) mod run;
mod step;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use stepwright_codegen::asl::{StateKind, StateMachine};

use crate::clock::Clock;
use crate::data::{Failure, Random};
use crate::error::Error;
use crate::fault::Fault;
use crate::history::{EventId, EventKind, History, Payload};
use crate::interpreter::arena::{Arena, Id};
use crate::interpreter::frame::{Frame, FrameId, Phase};
use crate::interpreter::inspection::Inspection;
use crate::interpreter::run::Run;
pub(crate) use crate::interpreter::step::{Alarm, End, Ended, Exit, Start, Step};
use crate::limits;
use crate::program::Program;
use crate::s3::Objects;
use crate::settings::Settings;
use crate::simulation::{Figures, NestedExecution};
use crate::state::nested::NestedExecutions;
use crate::tasks::{TaskId, Tasks};

/// States that a simulation may enter. Child executions each have a history of their own, so that the limit of events
/// does not bound their number.
const MAX_STATES: u64 = 20_000_000;

/// States that a scope may enter at the same moment. Only an execution without a limit of events gets that far; it
/// runs in a circle in which no time passes.
const MAX_STATES_AT_ONCE: u64 = 100_000;

/// What a simulation comes to.
pub(crate) struct Outcome {
    pub(crate) end: End,
    pub(crate) history: History,
    pub(crate) figures: Figures,
    pub(crate) objects: Objects,
    pub(crate) nested: Vec<NestedExecution>,
}

/// A running simulation.
pub(crate) struct Interpreter<'m, 't> {
    pub(crate) program: Program<'m>,
    pub(crate) settings: Settings,
    pub(crate) tasks: &'t mut dyn Tasks,
    pub(crate) clock: Clock<Alarm>,
    pub(crate) random: Random,
    pub(crate) frames: Arena<Frame>,
    pub(crate) runs: Arena<Run>,
    pub(crate) ready: VecDeque<FrameId>,
    pub(crate) figures: Figures,
    pub(crate) stopped: Option<Error>,
    /// What is noted on the way, where a single state is tested.
    pub(crate) inspection: Option<Box<Inspection>>,
    pub(crate) main: Id<Run>,
    /// How many tasks there have been.
    pub(crate) tasks_asked: u64,
    /// The tasks that are left open to the world outside, with the frames that wait for them.
    pub(crate) open: BTreeMap<TaskId, FrameId>,
    /// Executions of linked machines.
    pub(crate) nested: NestedExecutions,
    happened_at_once: u64,
    generations: u64,
    timeout: Duration,
    end: Option<End>,
}

impl<'m, 't> Interpreter<'m, 't> {
    /// Makes a machine ready to run.
    pub(crate) fn new(
        machine: &'m StateMachine,
        linked: &[(String, &'m StateMachine)],
        settings: Settings,
        input: Payload,
        tasks: &'t mut dyn Tasks,
    ) -> Result<Self, Error> {
        let program = Program::new(machine, linked)?;
        let limit = settings.execution_type.max_duration();
        let timeout =
            machine.timeout_seconds.map_or(limit, |seconds| Duration::from_secs(seconds).min(limit));
        let identity = &settings.identity;
        let mut run = Run::new(
            &settings,
            settings.execution_type,
            &input,
            (&identity.execution_arn, &identity.execution_name),
            Duration::ZERO,
        );
        if settings.keeps_history {
            run = run.keeping_events();
        }
        let mut runs = Arena::new();
        let main = runs.insert(run);
        let random = Random::new(settings.seed);
        let mut interpreter = Self {
            program,
            settings,
            tasks,
            clock: Clock::new(),
            random,
            frames: Arena::new(),
            runs,
            ready: VecDeque::new(),
            figures: Figures::default(),
            stopped: None,
            inspection: None,
            main,
            tasks_asked: 0,
            open: BTreeMap::new(),
            nested: NestedExecutions::default(),
            happened_at_once: 0,
            generations: 0,
            timeout,
            end: None,
        };
        interpreter.start(input);
        Ok(interpreter)
    }

    fn start(&mut self, input: Payload) {
        let role_arn = Arc::from(self.settings.identity.role_arn.as_str());
        let started = EventKind::ExecutionStarted { input: Arc::clone(&input), role_arn };
        self.runs[self.main].record(Duration::ZERO, 0, started);
        self.clock.schedule(self.timeout, Alarm::Deadline);
        if let Some(stop) = &self.settings.stop {
            self.clock.schedule(stop.after, Alarm::Stop);
        }
        // The first state follows from no event, not from the start of the execution.
        let (run, scope, variables) = (self.main, Program::MACHINE, Arc::default());
        self.spawn(Start { seat: None, run, scope, input, variables, item: None, previous: 0 });
    }

    /// Runs to the end.
    pub(crate) fn run(mut self) -> Result<Outcome, Error> {
        while self.end.is_none() {
            if let Some(frame) = self.ready.pop_front() {
                self.enter(frame);
            } else if let Some(at) = self.outside_is_next() {
                self.happen(at);
            } else if let Some(alarm) = self.clock.next() {
                self.answer(alarm);
            }
            if let Some(error) = self.stopped.take() {
                return Err(error);
            }
        }
        self.figures.elapsed = self.clock.now();
        let end = self.end.expect("invariant: the loop ends with the execution");
        let run =
            self.runs.remove(self.main).expect("invariant: the main execution stays until it is handed out");
        Ok(Outcome {
            end,
            history: run.history,
            figures: self.figures,
            objects: self.settings.objects,
            nested: self.nested.ended,
        })
    }

    /// Lets a scope begin. It is entered when its turn comes.
    pub(crate) fn spawn(&mut self, start: Start) -> FrameId {
        let Start { seat, run, scope, input, variables, item, previous } = start;
        self.generations += 1;
        let frame = self.frames.insert(Frame {
            seat,
            run,
            state: self.program.start(scope),
            input,
            variables,
            item,
            before: previous,
            entered: previous,
            last: previous,
            entered_at: self.clock.now(),
            at_once: 0,
            retries: Vec::new(),
            phase: Phase::Ready,
            generation: self.generations,
        });
        self.runs[run].root.get_or_insert(frame);
        self.ready.push_back(frame);
        frame
    }

    /// Enters the current state of a frame.
    fn enter(&mut self, id: FrameId) {
        // A frame that was to be entered may have been aborted since, and its place taken by another one.
        let Some(frame) = self.frames.get(id).filter(|frame| matches!(frame.phase, Phase::Ready)) else {
            return;
        };
        let prepared = self.program.state(frame.state);
        let kind = EventKind::StateEntered {
            state_type: prepared.state.kind.state_type(),
            name: Arc::clone(&prepared.name),
            input: Arc::clone(&frame.input),
        };
        let entered = self.record(id, kind);
        let now = self.clock.now();
        let frame = &mut self.frames[id];
        frame.before = frame.last;
        frame.entered = entered;
        frame.last = entered;
        frame.at_once = if frame.entered_at == now { frame.at_once + 1 } else { 0 };
        frame.entered_at = now;
        if frame.at_once > MAX_STATES_AT_ONCE {
            self.stopped = Some(Error::endless(format!("entered {MAX_STATES_AT_ONCE} states at once")));
        }
        frame.retries.clear();
        self.figures.transitions += 1;
        if self.figures.transitions > MAX_STATES {
            self.stopped = Some(Error::endless(format!("entered {MAX_STATES} states")));
        }
        self.begin(id);
    }

    /// Lets the current state do its work, for the first time or again.
    fn begin(&mut self, id: FrameId) {
        let step = self.attempt(id);
        self.settle(id, step);
    }

    /// Does the work of the current state, as far as it goes without waiting.
    pub(crate) fn attempt(&mut self, id: FrameId) -> Result<Step, Fault> {
        self.frames[id].phase = Phase::Busy;
        match &self.state(id).kind {
            StateKind::Task(task) => self.task(id, task),
            StateKind::Pass(pass) => self.pass(id, pass),
            StateKind::Choice(choice) => self.choice(id, choice),
            StateKind::Wait(wait) => self.wait(id, wait),
            StateKind::Succeed(_) => self.succeed(id),
            StateKind::Fail(fail) => self.fail_state(id, fail),
            StateKind::Parallel(parallel) => self.parallel(id, parallel),
            StateKind::Map(map) => self.map(id, map),
        }
    }

    /// Lets a frame go on whose time has come.
    fn resume(&mut self, id: FrameId) {
        let step = self.go_on_after_wait(id);
        self.settle(id, step);
    }

    /// Goes on with the work of the current state after it has waited for the clock.
    pub(crate) fn go_on_after_wait(&mut self, id: FrameId) -> Result<Step, Fault> {
        match std::mem::replace(&mut self.frames[id].phase, Phase::Busy) {
            Phase::Backoff => self.attempt(id),
            Phase::Waiting => self.pass_through(id).map(Step::Exit).map_err(Fault::from),
            Phase::Task(attempt) => self.resume_task(id, attempt),
            // These wait for other things than the clock.
            phase @ (Phase::Ready | Phase::Busy | Phase::Children(_)) => {
                self.frames[id].phase = phase;
                Ok(Step::Suspend)
            }
        }
    }

    /// Sees to what a step leads to, outwards as long as scopes end with it.
    fn settle(&mut self, mut id: FrameId, mut step: Result<Step, Fault>) {
        loop {
            let run = self.frames[id].run;
            if self.runs[run].is_full() {
                let cause = format!(
                    "The execution reached the maximum number of history events ({}).",
                    limits::MAX_EVENTS
                );
                step = Err(Fault::new(Failure::RUNTIME, cause));
            }
            let ended = match step {
                Ok(Step::Suspend) => return,
                Ok(Step::Exit(exit)) => match self.leave(id, exit) {
                    Ok(ended) => ended,
                    Err(fault) => self.fail(id, fault),
                },
                Err(fault) => self.fail(id, fault),
            };
            let Some(ended) = ended else { return };
            let Some((parent, next)) = self.close(ended) else { return };
            (id, step) = (parent, next);
        }
    }

    /// Leaves the current state: for the next one, or to the end of the scope.
    pub(crate) fn leave(&mut self, id: FrameId, exit: Exit) -> Result<Option<Ended>, Fault> {
        let frame = &self.frames[id];
        let prepared = self.program.state(frame.state);
        // What passes through unchanged was measured where it came from.
        if !Arc::ptr_eq(&exit.output, &frame.input) && limits::exceeds(&exit.output) {
            return Err(Fault::too_large(&prepared.name));
        }
        let assigned = exit.assigned.as_deref();
        if assigned.is_some_and(|assigned| limits::exceeds_variables(assigned, &frame.variables)) {
            return Err(Fault::too_large(&prepared.name));
        }
        let kind = EventKind::StateExited {
            state_type: prepared.state.kind.state_type(),
            name: Arc::clone(&prepared.name),
            output: Arc::clone(&exit.output),
            assigned: exit.assigned.clone(),
        };
        let exited = self.record(id, kind);
        let frame = &mut self.frames[id];
        frame.last = exited;
        if let Some(assigned) = exit.assigned {
            let variables = Arc::make_mut(&mut frame.variables);
            variables.extend(assigned.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
        let Some(to) = exit.to else {
            return Ok(Some(Ended { frame: id, outcome: Ok(exit.output), last: exited }));
        };
        frame.state = to;
        frame.input = exit.output;
        frame.phase = Phase::Ready;
        self.generations += 1;
        frame.generation = self.generations;
        self.ready.push_back(id);
        Ok(None)
    }

    /// Logs an event that follows from the last one of a frame.
    pub(crate) fn record(&mut self, id: FrameId, kind: EventKind) -> EventId {
        let frame = &self.frames[id];
        self.runs[frame.run].record(self.clock.now(), frame.last, kind)
    }

    /// Logs an event that follows from the last one of a frame, and is what follows next.
    pub(crate) fn advance(&mut self, id: FrameId, kind: EventKind) -> EventId {
        let event = self.record(id, kind);
        self.frames[id].last = event;
        event
    }

    /// Lets a frame go on after a while; whatever it had set before is void.
    pub(crate) fn alarm(&mut self, id: FrameId, after: Duration) {
        self.generations += 1;
        self.frames[id].generation = self.generations;
        self.clock.schedule(after, Alarm::Frame(id, self.generations));
    }
}
