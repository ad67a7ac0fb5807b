//! A direct interpretation of a plan, written from what the plan's documentation says. It knows nothing of the States Language, and
//! nothing of places or variables: a value is known by its id, from when it is made until its scope ends. Of the document of JSONPath it
//! knows what the workflow says is kept there.
//!
//! Branches and iterations are taken one after the other, each with a clock of its own. When one fails, what the others did from
//! that moment on did not happen; what they did in that very moment is [uncertain](Course::uncertain).

mod composites;
mod context;
mod document;
mod expressions;
mod fault;
mod functions;
mod map;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use serde_json::{Value, json};
use stepwright::plan::{
    self, Body, LabelId, Outcome, Plan, RepeatSense, Scope, Seconds, SetOn, State, StateKind, Step, ValueId,
    Wait,
};

use self::context::AtWork;
use self::document::Document;
use self::expressions::{certain, evaluate};
use self::fault::Fault;
use super::course::{Course, End, Thread};
use super::world::World;

/// Text that the service words: nothing is said about it.
pub(super) const SERVICE_TEXT: &str = "\u{1}text of the service\u{1}";

/// How many states an interpretation enters before it gives up.
const MOST_STATES: usize = 400;

/// Why nothing can be said about a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undecided {
    /// It goes on for very long.
    TooLong,
    /// Two branches fail in the same moment.
    Tie,
    /// It is about something that is not interpreted: that only one query language has, such as the document, or that comes from
    /// outside of the execution.
    Foreign(&'static str),
}

impl fmt::Display for Undecided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "it goes on for very long",
            Self::Tie => "branches that fail in the same moment",
            Self::Foreign(what) => what,
        })
    }
}

/// Where a body leads.
enum Flow {
    On,
    Goto(LabelId),
    ToEnd,
    Succeed(Option<Value>),
    Fail(Fault),
}

/// Something that takes its states one after the other: the execution, a branch, an iteration.
#[derive(Clone)]
struct Running {
    thread: Thread,
    now: Duration,
    values: BTreeMap<ValueId, Value>,
    /// The item of a Map, as the Context Object has it for a selector.
    item: Option<Value>,
    /// The document of the scope.
    document: Document,
    /// The execution and the machine, as the Context Object has them.
    execution: Rc<Value>,
    /// The state that is at work; `None` between two of them.
    at_work: Option<AtWork>,
    /// Whether an error of the state before was caught.
    recovered: bool,
    /// Whether it is a child execution, whose states are not in the history.
    is_child: bool,
    course: Course,
}

type Interpreted<T> = Result<T, Undecided>;

/// A value is read that is not there, though the workflow says it is.
struct Missing;

struct Interpreter<'p> {
    plan: &'p Plan,
    world: &'p World,
    entered: usize,
    /// The Choice states that went on with a rule or without one.
    decided: BTreeSet<String>,
}

/// Interprets a plan.
pub(super) fn interpret(plan: &Plan, world: &World) -> Interpreted<Course> {
    let mut interpreter = Interpreter { plan, world, entered: 0, decided: BTreeSet::new() };
    let thread = Thread { scope: plan.root.id, iteration: Vec::new() };
    let mut running = Running {
        thread,
        now: Duration::ZERO,
        values: BTreeMap::new(),
        item: None,
        document: Document::given(plan, world.input()),
        execution: Rc::new(world.execution()),
        at_work: None,
        recovered: false,
        is_child: false,
        course: Course::default(),
    };
    let ending = interpreter.scope(&mut running, &plan.root, world.input().clone())?;
    if plan.timeout_seconds.is_some_and(|seconds| running.now.as_secs() >= u64::from(seconds)) {
        return Err(Undecided::Foreign("the timeout of the execution"));
    }
    let mut course = running.course;
    course.decided = interpreter.decided;
    course.end = Some(match ending {
        Ok(output) => End::Succeeded(output),
        Err(Fault { error, cause }) => End::Failed(error, cause),
    });
    Ok(course)
}

impl Interpreter<'_> {
    /// A whole scope; its value, if it has one, or the error that ends it.
    fn scope(
        &mut self,
        running: &mut Running,
        scope: &Scope,
        input: Value,
    ) -> Interpreted<Result<Option<Value>, Fault>> {
        if let Some(id) = scope.input {
            running.values.insert(id, input);
        }
        let mut flow = self.body(running, &scope.body)?;
        let mut outcome = &scope.body.outcome;
        if let (Some(end), Flow::On | Flow::ToEnd) = (&scope.end, &flow) {
            flow = self.body(running, end)?;
            if !matches!(outcome, Outcome::Value(_)) {
                outcome = &end.outcome;
            }
        }
        let keeps = scope.end.as_ref().is_some_and(keeps_fields);
        match (flow, outcome) {
            (Flow::On | Flow::ToEnd, Outcome::Unit | Outcome::Never) if keeps => {
                Ok(Ok(Some(running.document.value()?.clone())))
            }
            (Flow::On | Flow::ToEnd, Outcome::Value(value)) => Ok(Ok(Some(certain(running, value)?))),
            (Flow::On | Flow::ToEnd, Outcome::Unit | Outcome::Never) => Ok(Ok(None)),
            (Flow::Succeed(value), _) => Ok(Ok(value)),
            (Flow::Fail(fault), _) => Ok(Err(fault)),
            (Flow::Goto(_), _) => Err(Undecided::Foreign("a jump into a body")),
        }
    }

    fn body(&mut self, running: &mut Running, body: &Body) -> Interpreted<Flow> {
        let mut next = 0;
        while let Some(step) = body.steps.get(next) {
            next += 1;
            let flow = match step {
                Step::State(state) => {
                    let flow = self.state(running, state)?;
                    running.at_work = None;
                    flow
                }
                Step::Label(_) => Flow::On,
                Step::Goto(label, _) => Flow::Goto(*label),
                Step::Repeat(repeat) => self.repeat(running, repeat)?,
                Step::Set(set) => {
                    if set.on == SetOn::Every || !running.recovered {
                        let value = certain(running, &set.value)?;
                        running.values.insert(set.variable, value);
                    }
                    Flow::On
                }
            };
            match flow {
                Flow::On => {}
                Flow::Goto(label) => {
                    let is_here = |step: &Step| matches!(step, Step::Label(placed) if *placed == label);
                    match body.steps.iter().position(is_here) {
                        Some(place) => next = place + 1,
                        None => return Ok(Flow::Goto(label)),
                    }
                }
                Flow::ToEnd | Flow::Succeed(_) | Flow::Fail(_) => return Ok(flow),
            }
        }
        Ok(Flow::On)
    }

    /// A body whose value becomes that of `join`.
    fn joined(&mut self, running: &mut Running, body: &Body, join: Option<ValueId>) -> Interpreted<Flow> {
        running.at_work = None;
        let flow = self.body(running, body)?;
        if let (Flow::On, Outcome::Value(value), Some(join)) = (&flow, &body.outcome, join) {
            // What is missing is a mistake only if it is read.
            match evaluate(running, value)? {
                Ok(value) => drop(running.values.insert(join, value)),
                Err(Missing) => drop(running.values.remove(&join)),
            }
        }
        Ok(flow)
    }

    fn repeat(&mut self, running: &mut Running, repeat: &plan::Repeat) -> Interpreted<Flow> {
        loop {
            match self.body(running, &repeat.body)? {
                Flow::On => {}
                flow => return Ok(flow),
            }
            self.enter(running, repeat.name.as_str())?;
            let holds = certain(running, &repeat.condition)? == json!(true);
            running.at_work = None;
            if holds == (repeat.sense == RepeatSense::Until) {
                return Ok(Flow::On);
            }
        }
    }

    fn enter(&mut self, running: &mut Running, name: &str) -> Interpreted<()> {
        self.entered += 1;
        if self.entered > MOST_STATES {
            return Err(Undecided::TooLong);
        }
        running.at_work = Some(AtWork { name: name.to_owned(), entered: running.now, retries: 0 });
        if !running.is_child {
            running.course.enter(&running.thread, running.now, name);
        }
        Ok(())
    }

    fn state(&mut self, running: &mut Running, state: &State) -> Interpreted<Flow> {
        self.enter(running, state.name.as_str())?;
        running.recovered = false;
        match &state.kind {
            StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_) => self.work(running, state),
            StateKind::Pass(value) => {
                let made = evaluate(running, value)?;
                if let (Some(id), Ok(made)) = (state.result, made) {
                    running.keep(self.plan, state, &made);
                    running.values.insert(id, made);
                }
                Ok(Flow::On)
            }
            StateKind::Wait(Wait::Seconds(seconds)) => {
                running.now += match seconds {
                    Seconds::Constant(duration) => *duration,
                    Seconds::Data(value) => {
                        let seconds = certain(running, value)?;
                        Duration::from_secs(
                            seconds.as_u64().ok_or(Undecided::Foreign("seconds that are no number"))?,
                        )
                    }
                };
                Ok(Flow::On)
            }
            StateKind::Wait(Wait::Timestamp(_)) => Err(Undecided::Foreign("the time of day")),
            StateKind::Keep(None) => Ok(Flow::On),
            StateKind::Keep(Some(kept)) => running.keep_fields(self.plan, kept).map(|()| Flow::On),
            StateKind::Choice(choice) => match chosen(running, choice)? {
                Some(body) => {
                    self.decided.insert(state.name.to_string());
                    self.joined(running, body, state.result)
                }
                None => Ok(Flow::Fail(Fault::of_service("States.NoChoiceMatched"))),
            },
            StateKind::Succeed(value) => {
                let value = value.as_ref().map(|(value, _)| certain(running, value)).transpose()?;
                Ok(Flow::Succeed(value))
            }
            StateKind::Fail { error, cause } => {
                let text = |value: Value| value.as_str().map(str::to_owned);
                let error = text(certain(running, error)?).unwrap_or_default();
                let cause = text(certain(running, cause)?);
                Ok(Flow::Fail(Fault { error, cause }))
            }
        }
    }
}

/// What a Choice state goes on with.
fn chosen<'c>(running: &Running, choice: &'c plan::Choice) -> Interpreted<Option<&'c Body>> {
    for rule in &choice.rules {
        if certain(running, &rule.condition)? == json!(true) {
            return Ok(Some(&rule.body));
        }
    }
    Ok(choice.otherwise.as_ref())
}

/// Whether an end keeps fields of the document, which then are what the scope gives.
fn keeps_fields(end: &Body) -> bool {
    end.steps
        .iter()
        .any(|step| matches!(step, Step::State(state) if matches!(state.kind, StateKind::Keep(Some(_)))))
}
