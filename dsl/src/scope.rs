//! Scopes: where states are added.

mod end;
mod ensure;
mod fail;
mod jsonata;
mod tracing;
mod variable;

use std::cell::RefCell;
use std::panic::Location;
use std::rc::Rc;

pub use self::end::EndState;
pub use self::fail::FailError;
use self::tracing::Within;
pub(crate) use self::tracing::{Shared, trace_scope};
pub use self::variable::Var;
use crate::conventions::{Conventions, fill};
use crate::data::Data;
use crate::error::{ErrorOutput, States};
use crate::expr::{Instant, IntoExpr, Operand, tree};
use crate::items::IntoItems;
use crate::name::{StateName, lower_camel};
use crate::outcome::{Never, Outcome, Unvalued};
use crate::plan::{
    self, Body, Document, DocumentId, Handler, LabelId, Place, ProblemKind, Role, Root, ScopeId, Slot,
    StateKind, Step, TypeFacts, ValueId, Wait,
};
use crate::refs::Ref;
use crate::state::{Choice, Label, Map, Parallel, Repeat};
use crate::task::{Settings, Task};

/// Where a workflow's states are added: the state machine itself, a branch of a Parallel, the item processor of a Map,
/// or a part of one of them (a branch of a Choice, the handler of an error).
///
/// Its methods add states in the order of the Rust text. Where a method returns a handle with further calls
/// (`choice`, `parallel`, `map`, `repeat`), the state is added by the last of them.
#[derive(Debug)]
pub struct Scope {
    id: ScopeId,
    shared: Rc<RefCell<Shared>>,
    conventions: Conventions,
    steps: Vec<Step>,
    place: Within,
    end: Option<Body>,
    /// Whether the state that is added next is one in JSONata.
    in_jsonata: bool,
}

impl Scope {
    // ---- states ----

    /// Adds a Task state and returns its result.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[task(lambda = "${Charge}")] fn charge(amount: f64) -> String;
    /// # #[workflow] fn w(s: &mut Scope, amount: Ref<f64>) -> Ref<String> {
    /// s.task(charge(amount).timeout(30.seconds()).named("ChargeCard"))
    /// # }
    /// # assert_eq!(w().plan().name, "W");
    /// ```
    pub fn task<T: Data, Op>(&mut self, task: Task<'_, T, Op>) -> Ref<T> {
        let Task { mut work, mut settings, sample, .. } = task;
        if let Some(sample) = sample {
            return self.prototype(settings, sample);
        }
        work.own_retry = settings.retry.is_some();
        work.partition = work.partition.or(self.conventions.partition);
        self.shared.borrow_mut().problems.append(&mut work.problems);
        let retry = settings.retry.or_else(|| self.conventions.retry_of(&work.integration));
        settings.retry = retry;
        let failures = self.conventions.failures.filter(|_| {
            !settings.uncaught
                && self.has_end()
                && !settings.catch.iter().any(|catch| catch.errors.iter().any(|error| error.is_all()))
        });
        let recorded = failures.map(|template| {
            fill(template, settings.recorded_as.as_deref().unwrap_or(settings.name.as_str()))
        });
        let location = settings.location;
        let default = self.conventions.tasks;
        let envelope = work.result_field;
        let result = self.add_composite::<T>(settings, default, StateKind::Task(work), envelope);
        if let Some(path) = recorded {
            let error = self.value::<ErrorOutput>(Role::Error, Slot::Path(path), location);
            let catcher = plan::Catcher {
                errors: vec![States::ALL],
                comment: None,
                location,
                error,
                handler: Handler::ScopeEnd,
            };
            if let Some(Step::State(state)) = self.steps.last_mut() {
                state.catch.push(catcher);
            }
        }
        Ref::to(Place::new(Root::Value(result)))
    }

    /// Adds the Pass state that stands in for a task.
    fn prototype<T: Data>(&mut self, mut settings: Settings<'_>, sample: plan::Expression) -> Ref<T> {
        settings.retry = None;
        settings.catch.clear();
        self.problem(ProblemKind::Prototype { name: settings.name.clone() }, settings.location);
        let sample = match settings.select.take() {
            Some(select) => select.of(Root::Value(self.sample_of(&settings, sample))),
            None => sample,
        };
        let result = self.add_composite::<T>(settings, self.conventions.tasks, StateKind::Pass(sample), None);
        Ref::to(Place::new(Root::Value(result)))
    }

    /// Adds the Pass state with the whole sample of a prototype of which something is selected.
    fn sample_of(&mut self, settings: &Settings<'_>, sample: plan::Expression) -> ValueId {
        let name = format!("{}Sample", settings.name);
        let slot = Slot::Auto(lower_camel(&name));
        let value = self.value::<serde_json::Value>(Role::Result, slot, settings.location);
        self.push(name.into(), settings.location, StateKind::Pass(sample), Some(value));
        value
    }

    /// Adds a Pass state that makes a value, and returns it.
    #[track_caller]
    pub fn pass<A: Operand>(&mut self, name: impl Into<StateName>, value: A) -> Ref<A::Data> {
        let (name, location) = (name.into(), Location::caller());
        let value = tree::<A::Data>(value);
        let result = self.value::<A::Data>(Role::Result, Slot::Auto(lower_camel(name.as_str())), location);
        self.push(name, location, StateKind::Pass(value), Some(result));
        Ref::to(Place::new(Root::Value(result)))
    }

    /// Adds a Pass state that keeps a value at a path, whether it is read or not (see [`Task::save_as`]).
    #[track_caller]
    pub fn pass_saved_as<A: Operand>(
        &mut self,
        name: impl Into<StateName>,
        path: impl Into<String>,
        value: A,
    ) -> Ref<A::Data> {
        let (name, location) = (name.into(), Location::caller());
        let value = tree::<A::Data>(value);
        let slot = self.path_slot(&path.into(), location);
        let result = self.value::<A::Data>(Role::Result, slot, location);
        self.push(name, location, StateKind::Pass(value), Some(result));
        Ref::to(Place::new(Root::Value(result)))
    }

    /// Adds a Pass state whose value takes the place of the whole document, and returns it. JSONPath only.
    #[track_caller]
    pub fn pass_as_document<A: Operand>(&mut self, name: impl Into<StateName>, value: A) -> Ref<A::Data> {
        let (name, location) = (name.into(), Location::caller());
        let value = tree::<A::Data>(value);
        let result = self.value::<A::Data>(Role::Result, Slot::Document { spelt_out: false }, location);
        self.push(name, location, StateKind::Pass(value), Some(result));
        Ref::to(Place::new(Root::Value(result)))
    }

    /// Adds a Pass state that does nothing: for a drawing, or for a state that several ways lead to.
    #[track_caller]
    pub fn pass_through(&mut self, name: impl Into<StateName>) {
        self.push(name.into(), Location::caller(), StateKind::Keep(None), None);
    }

    /// Adds a Wait state: so many seconds, known now (`300.seconds()`) or read from the data (a `Ref<u32>`).
    #[track_caller]
    pub fn wait(&mut self, name: impl Into<StateName>, seconds: impl crate::IntoSeconds) {
        let wait = Wait::Seconds(seconds.into_seconds());
        self.push(name.into(), Location::caller(), StateKind::Wait(wait), None);
    }

    /// Adds a Wait state that waits until a time: an RFC 3339 text with upper-case `T` and a zone, `2027-01-31T12:00:00Z`,
    /// or, with the feature `jiff`, a `jiff::Timestamp`.
    #[track_caller]
    pub fn wait_until<A: Operand<Data: Instant>>(&mut self, name: impl Into<StateName>, timestamp: A) {
        let wait = Wait::Timestamp(tree::<A::Data>(timestamp));
        self.push(name.into(), Location::caller(), StateKind::Wait(wait), None);
    }

    /// Adds a Succeed state: the scope, which has no value, ends here. Where it has one, use
    /// [`succeed_with`](Self::succeed_with) (`SW0306`).
    #[track_caller]
    pub fn succeed(&mut self, name: impl Into<StateName>) -> Never {
        self.push(name.into(), Location::caller(), StateKind::Succeed(None), None);
        Never(())
    }

    /// Adds a Succeed state: the scope ends here with this value, whose type must be the scope's (`SW0306`). In JSONPath, where a
    /// Succeed state cannot make a value, it is a Pass state that ends the scope, unless the value is a reference.
    #[track_caller]
    pub fn succeed_with<A: Operand>(&mut self, name: impl Into<StateName>, value: A) -> Never {
        let value = tree::<A::Data>(value);
        let kind = StateKind::Succeed(Some((value, TypeFacts::of::<A::Data>())));
        self.push(name.into(), Location::caller(), kind, None);
        Never(())
    }

    /// Sets the `Comment` of the state that was added last in this body; builders have a `comment` of their own too.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[workflow] fn w(s: &mut Scope) {
    /// s.wait("LetWorkersStart", 90.seconds());
    /// s.comment("an instance takes about a minute");
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    #[track_caller]
    pub fn comment(&mut self, comment: impl Into<String>) {
        match self.steps.last_mut() {
            Some(Step::State(state)) => state.comment = Some(comment.into()),
            _ => self.problem(ProblemKind::NothingToComment, Location::caller()),
        }
    }

    // ---- decisions ----

    /// Begins a Choice state; add rules with [`when`](Choice::when), and finish with [`otherwise`](Choice::otherwise).
    #[track_caller]
    pub fn choice(&mut self, name: impl Into<StateName>) -> Choice<'_, Never> {
        Choice::new(self, name.into(), Location::caller())
    }

    /// Adds a Choice state: if the condition holds the body runs, and then the workflow goes on.
    #[track_caller]
    pub fn when<R: Unvalued>(
        &mut self,
        name: impl Into<StateName>,
        condition: impl IntoExpr<bool>,
        body: impl FnOnce(&mut Scope) -> R,
    ) {
        let body = |s: &mut Scope| drop_value(body(s));
        self.choice(name).when(condition, body).otherwise(|_| ());
    }

    /// Adds a Choice state: if the condition holds the body is skipped.
    #[track_caller]
    pub fn unless<R: Unvalued>(
        &mut self,
        name: impl Into<StateName>,
        condition: impl IntoExpr<bool>,
        body: impl FnOnce(&mut Scope) -> R,
    ) {
        let body = |s: &mut Scope| drop_value(body(s));
        self.choice(name).when(condition, |_| ()).otherwise(body);
    }

    /// Adds a Choice state: if the optional value is there (and not `null`), the body runs with it.
    ///
    /// This is how a `Ref<Option<T>>` becomes a `Ref<T>`.
    #[track_caller]
    pub fn when_some<T: Data, R: Unvalued>(
        &mut self,
        name: impl Into<StateName>,
        value: Ref<Option<T>>,
        body: impl FnOnce(&mut Scope, Ref<T>) -> R,
    ) {
        self.when(name, value.is_some(), |s| body(s, value.narrowed()));
    }

    // ---- composites and loops ----

    /// Begins a Parallel state; add branches with [`branch`](Parallel::branch), and finish with [`join`](Parallel::join).
    #[track_caller]
    pub fn parallel(&mut self, name: impl Into<StateName>) -> Parallel<'_, 'static, (), ()> {
        Parallel::new(self, name.into(), Location::caller())
    }

    /// Begins a Map state over a list, or over [items in Amazon S3](crate::items); finish with [`each`](Map::each).
    #[track_caller]
    pub fn map<T: Data, S: IntoItems<T>>(
        &mut self,
        name: impl Into<StateName>,
        items: S,
    ) -> Map<'_, 'static, T, T, S::Mode> {
        Map::new(self, name.into(), items, Location::caller())
    }

    /// Runs states again and again; finish with [`until`](Repeat::until) or [`as_long_as`](Repeat::as_long_as).
    #[track_caller]
    pub fn repeat<R: Outcome + Clone>(&mut self, body: impl FnOnce(&mut Scope) -> R) -> Repeat<'_, R> {
        let location = Location::caller();
        let (body, value) = self.body_and_value(body);
        Repeat::new(self, body, value, location)
    }

    /// Marks this place, so that later states can jump back to it with [`goto`](Self::goto).
    ///
    /// For graphs that no structure fits. A jump stays within its Parallel branch or Map.
    pub fn label(&mut self) -> Label {
        let label = LabelId(plan::fresh_id());
        self.steps.push(Step::Label(label));
        Label(label)
    }

    /// A label to be placed further on with [`place`](Self::place), so that states before it can jump forward.
    #[track_caller]
    pub fn forward_label(&mut self) -> Label {
        let label = LabelId(plan::fresh_id());
        self.shared.borrow_mut().labels.insert(label, (Location::caller(), false));
        Label(label)
    }

    /// Places a label that was made with [`forward_label`](Self::forward_label).
    #[track_caller]
    pub fn place(&mut self, label: Label) {
        let placed = match self.shared.borrow_mut().labels.get_mut(&label.0) {
            Some((_, placed)) => std::mem::replace(placed, true),
            None => true,
        };
        if placed {
            self.problem(ProblemKind::LabelPlacedTwice(label.0), Location::caller());
        } else {
            self.steps.push(Step::Label(label.0));
        }
    }

    /// Goes on at a label.
    #[track_caller]
    pub fn goto(&mut self, label: Label) -> Never {
        self.steps.push(Step::Goto(label.0, Location::caller()));
        Never(())
    }

    // ---- the scope as a whole ----

    /// Changes the conventions for the states that follow in this body, and in what is nested in them.
    pub fn set_conventions(&mut self, conventions: Conventions) {
        self.conventions = conventions;
    }

    /// The conventions in force.
    pub fn conventions(&self) -> Conventions {
        self.conventions
    }

    /// The document, as it is when a state reads it, taken for a `T`. JSONPath only.
    ///
    /// In JSONPath all states of a scope share one document, and some tasks want the whole of it. `T` says what they may expect:
    /// each field that `T` requires must be there on every path to the state that reads it (`SW0305`).
    pub fn document<T: Data>(&self) -> Ref<T> {
        let id = DocumentId(plan::fresh_id());
        self.shared.borrow_mut().documents.insert(id, Document { scope: self.id, ty: TypeFacts::of::<T>() });
        Ref::to(Place::new(Root::Document(id)))
    }
}

/// `()` and `Never` are the same to a Choice whose branches give no value: what follows a `Never` is not reached.
fn drop_value(_: impl Unvalued) {}
