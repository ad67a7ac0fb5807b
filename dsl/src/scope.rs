//! Scopes: where states are added.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::Location;
use std::rc::Rc;

use crate::conventions::{Conventions, fill};
use crate::data::Data;
use crate::error::{ErrorOutput, States};
use crate::expr::{IntoExpr, Operand, tree};
use crate::name::{StateName, lower_camel};
use crate::outcome::{Joined, Never, Outcome, Unvalued};
use crate::plan::{
    self, Body, Document, DocumentId, Handler, Kept, LabelId, Place, Problem, ProblemKind, Role, Root,
    RustLocation, ScopeId, Slot, StateKind, Step, TypeFacts, Value, ValueId, Wait,
};
use crate::refs::Ref;
use crate::state::{Choice, Label, Map, Parallel, Repeat};
use crate::task::{Save, Settings, Task};

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
}

/// Which part of an ASL scope a builder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// The outermost body, which may declare an end state.
    Outermost,
    /// A body inside of it; `ends` if there is an end state.
    Nested { ends: bool },
    /// The end state itself, where the conventions' Catcher would lead back to itself.
    End,
}

/// What all builders of one workflow share.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub(crate) values: BTreeMap<ValueId, Value>,
    pub(crate) documents: BTreeMap<DocumentId, Document>,
    pub(crate) problems: Vec<Problem>,
    /// Forward labels that were made, and whether they were placed.
    pub(crate) labels: BTreeMap<LabelId, (RustLocation, bool)>,
}

impl Scope {
    pub(crate) fn new(shared: Rc<RefCell<Shared>>, conventions: Conventions) -> Self {
        let id = ScopeId(plan::fresh_id());
        Self { id, shared, conventions, steps: Vec::new(), place: Within::Outermost, end: None }
    }

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
    pub fn task<T: Data>(&mut self, task: Task<'_, T>) -> Ref<T> {
        let Task { work, mut settings, .. } = task;
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
        let envelope = work.envelope();
        let result = self.add_composite::<T>(settings, default, StateKind::Task(work), envelope);
        if let Some(path) = recorded {
            let error = self.value::<ErrorOutput>(Role::Error, Slot::Path(path), location);
            let catcher =
                plan::Catcher { errors: vec![States::ALL], location, error, handler: Handler::ScopeEnd };
            if let Some(Step::State(state)) = self.steps.last_mut() {
                state.catch.push(catcher);
            }
        }
        Ref::to(Place::new(Root::Value(result)))
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

    /// Adds a Wait state: so many seconds, known now (`300.seconds()`) or read from the data (a `Ref<u32>`).
    #[track_caller]
    pub fn wait(&mut self, name: impl Into<StateName>, seconds: impl crate::IntoSeconds) {
        let wait = Wait::Seconds(seconds.into_seconds());
        self.push(name.into(), Location::caller(), StateKind::Wait(wait), None);
    }

    /// Adds a Wait state that waits until a time: an RFC 3339 text with upper-case `T` and a zone, `2027-01-31T12:00:00Z`.
    #[track_caller]
    pub fn wait_until(&mut self, name: impl Into<StateName>, timestamp: impl IntoExpr<String>) {
        let wait = Wait::Timestamp(tree(timestamp));
        self.push(name.into(), Location::caller(), StateKind::Wait(wait), None);
    }

    /// Adds a Succeed state: the scope, which has no value, ends here. Where it has one, use
    /// [`succeed_with`](Self::succeed_with) (`SW0306`).
    #[track_caller]
    pub fn succeed(&mut self, name: impl Into<StateName>) -> Never {
        self.push(name.into(), Location::caller(), StateKind::Succeed(None), None);
        Never(())
    }

    /// Adds a Succeed state: the scope ends here with this value, whose type must be the scope's (`SW0306`).
    #[track_caller]
    pub fn succeed_with<A: Operand>(&mut self, name: impl Into<StateName>, value: A) -> Never {
        let value = tree::<A::Data>(value);
        let kind = StateKind::Succeed(Some((value, TypeFacts::of::<A::Data>())));
        self.push(name.into(), Location::caller(), kind, None);
        Never(())
    }

    /// Adds a Fail state that is named like its error; see [`fail_as`](Self::fail_as).
    #[track_caller]
    pub fn fail(&mut self, error: &'static str, cause: impl IntoExpr<Option<String>>) -> Never {
        self.fail_as(error, error, cause)
    }

    /// Adds a Fail state: the execution fails with this Error Name and cause, unless a Parallel or Map around it catches it.
    #[track_caller]
    pub fn fail_as(
        &mut self,
        name: impl Into<StateName>,
        error: impl IntoExpr<String>,
        cause: impl IntoExpr<Option<String>>,
    ) -> Never {
        let error = tree(error);
        let cause = tree(cause);
        self.push(name.into(), Location::caller(), StateKind::Fail { error, cause }, None);
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

    /// Begins a Map state over a list; finish with [`each`](Map::each).
    #[track_caller]
    pub fn map<T: Data>(
        &mut self,
        name: impl Into<StateName>,
        items: impl IntoExpr<Vec<T>>,
    ) -> Map<'_, 'static, T, T> {
        Map::new(self, name.into(), tree(items), Location::caller())
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

    /// Lets every path through this scope end with a Pass state of this name. It keeps the fields of the document that
    /// the conventions name ([`Conventions::keep_at_end`]); say what else with [`EndState::keep`]. JSONPath only.
    ///
    /// The default Catcher of the conventions leads here. Call it before the states that it ends.
    #[track_caller]
    pub fn ends_as(&mut self, name: impl Into<StateName>) -> EndState<'_> {
        let (name, location) = (name.into(), Location::caller());
        let kept = self.conventions.keep.iter().map(|field| Kept::Field((*field).to_owned())).collect();
        let state = plan::State {
            name,
            location,
            comment: None,
            kind: StateKind::Keep(Some(kept)),
            result: None,
            retry: Vec::new(),
            catch: Vec::new(),
        };
        let steps = vec![Step::State(Box::new(state))];
        self.set_end(Body { steps, outcome: plan::Outcome::Unit }, location);
        EndState { scope: self }
    }

    /// Lets every path through this scope end with these states. What the closure returns is the scope's value; return it
    /// from the scope too.
    ///
    /// The default Catcher of the conventions leads here. Call it before the states that it ends.
    #[track_caller]
    pub fn end_with<R: Outcome + Clone>(&mut self, body: impl FnOnce(&mut Scope) -> R) -> R {
        let location = Location::caller();
        let mut inner = self.nested(Within::End);
        let value = body(&mut inner);
        let body = Body { steps: inner.steps, outcome: value.clone().into_outcome() };
        self.set_end(body, location);
        value
    }

    fn set_end(&mut self, body: Body, location: RustLocation) {
        if self.place != Within::Outermost || self.end.is_some() {
            self.problem(ProblemKind::SecondEnd, location);
        } else {
            self.end = Some(body);
        }
    }

    fn has_end(&self) -> bool {
        match self.place {
            Within::Outermost => self.end.is_some(),
            Within::Nested { ends } => ends,
            Within::End => false,
        }
    }

    // ---- for the builders of this crate ----

    pub(crate) fn problem(&self, kind: ProblemKind, location: RustLocation) {
        self.shared.borrow_mut().problems.push(Problem { kind, location });
    }

    pub(crate) fn push_step(&mut self, step: Step) {
        self.steps.push(step);
    }

    fn push(&mut self, name: StateName, location: RustLocation, kind: StateKind, result: Option<ValueId>) {
        let state =
            plan::State { name, location, comment: None, kind, result, retry: Vec::new(), catch: Vec::new() };
        self.steps.push(Step::State(Box::new(state)));
    }

    pub(crate) fn value<T: Data>(&self, role: Role, slot: Slot, location: RustLocation) -> ValueId {
        let id = ValueId(plan::fresh_id());
        let value = Value { scope: self.id, role, slot, envelope: None, ty: TypeFacts::of::<T>(), location };
        self.shared.borrow_mut().values.insert(id, value);
        id
    }

    fn path_slot(&self, path: &str, location: RustLocation) -> Slot {
        let segments: Vec<String> = path.split('.').map(str::to_owned).collect();
        if path.starts_with('$') || segments.iter().any(String::is_empty) {
            self.problem(ProblemKind::BadPath { path: path.to_owned() }, location);
        }
        Slot::Path(segments)
    }

    /// Adds a Task, Parallel or Map with its result, Retriers and Catchers.
    pub(crate) fn add_composite<T: Data>(
        &mut self,
        settings: Settings<'_>,
        default: Option<&'static str>,
        kind: StateKind,
        envelope: Option<&'static str>,
    ) -> ValueId {
        let Settings { name, location, comment, retry, catch, save, recorded_as, .. } = settings;
        let slot = match (save, default) {
            (Save::Path(path), _) => self.path_slot(&path, location),
            (Save::Document, _) => Slot::Document,
            (Save::Default, Some(template)) => {
                Slot::Path(fill(template, recorded_as.as_deref().unwrap_or(name.as_str())))
            }
            (Save::Default, None) => Slot::Auto(lower_camel(name.as_str())),
        };
        let result = self.value::<T>(Role::Result, slot, location);
        if envelope.is_some()
            && let Some(value) = self.shared.borrow_mut().values.get_mut(&result)
        {
            value.envelope = envelope;
        }
        let catch = catch
            .into_iter()
            .map(|catch| {
                let slot = Slot::Auto(format!("{}Error", lower_camel(name.as_str())));
                let error = self.value::<ErrorOutput>(Role::Error, slot, catch.location);
                let mut inner = self.nested_body();
                let outcome = (catch.handler)(&mut inner, Ref::to(Place::new(Root::Value(error))));
                let body = Body { steps: inner.steps, outcome };
                plan::Catcher {
                    errors: catch.errors,
                    location: catch.location,
                    error,
                    handler: Handler::Body(body),
                }
            })
            .collect();
        let retry = retry.map(|policy| policy.retriers().to_vec()).unwrap_or_default();
        let state = plan::State { name, location, comment, kind, result: Some(result), retry, catch };
        self.steps.push(Step::State(Box::new(state)));
        result
    }

    fn nested(&self, place: Within) -> Scope {
        Scope {
            id: self.id,
            shared: Rc::clone(&self.shared),
            conventions: self.conventions,
            steps: Vec::new(),
            place,
            end: None,
        }
    }

    fn nested_body(&self) -> Scope {
        let place = match self.place {
            Within::End => Within::End,
            Within::Outermost | Within::Nested { .. } => Within::Nested { ends: self.has_end() },
        };
        self.nested(place)
    }

    /// Traces a body that belongs to the same ASL scope.
    pub(crate) fn body<R: Outcome>(&self, body: impl FnOnce(&mut Scope) -> R) -> Body {
        let mut inner = self.nested_body();
        let outcome = body(&mut inner).into_outcome();
        Body { steps: inner.steps, outcome }
    }

    fn body_and_value<R: Outcome + Clone>(&self, body: impl FnOnce(&mut Scope) -> R) -> (Body, R) {
        let mut inner = self.nested_body();
        let value = body(&mut inner);
        (Body { steps: inner.steps, outcome: value.clone().into_outcome() }, value)
    }

    /// Traces a nested state machine.
    pub(crate) fn inner_scope<I: Data, R: Outcome>(
        &self,
        input: Option<Slot>,
        location: RustLocation,
        body: impl FnOnce(&mut Scope, ValueId) -> R,
    ) -> plan::Scope {
        trace_scope::<I, R>(Rc::clone(&self.shared), self.conventions, input, location, body)
    }

    pub(crate) fn joined<J: Joined>(&mut self, name: &StateName, location: RustLocation) -> (ValueId, J) {
        let id = self.value::<J::Data>(Role::Join, Slot::Auto(lower_camel(name.as_str())), location);
        (id, J::joined(id))
    }

    pub(crate) fn push_state(&mut self, state: plan::State) {
        self.steps.push(Step::State(Box::new(state)));
    }
}

/// `()` and `Never` are the same to a Choice whose branches give no value: what follows a `Never` is not reached.
fn drop_value(_: impl Unvalued) {}

/// Traces a whole scope: the root, a branch or an item processor. `input` is the slot of the scope's input, if it has a name.
pub(crate) fn trace_scope<I: Data, R: Outcome>(
    shared: Rc<RefCell<Shared>>,
    conventions: Conventions,
    input: Option<Slot>,
    location: RustLocation,
    body: impl FnOnce(&mut Scope, ValueId) -> R,
) -> plan::Scope {
    let mut scope = Scope::new(shared, conventions);
    let named = input.is_some();
    let id = scope.value::<I>(Role::Input, input.unwrap_or(Slot::Document), location);
    let outcome = body(&mut scope, id).into_outcome();
    plan::Scope {
        id: scope.id,
        input: named.then_some(id),
        body: Body { steps: scope.steps, outcome },
        end: scope.end,
        output: TypeFacts::of::<R::Data>(),
    }
}

/// The end state of a scope: see [`Scope::ends_as`].
#[derive(Debug)]
pub struct EndState<'s> {
    scope: &'s mut Scope,
}

impl EndState<'_> {
    fn edit(&mut self, edit: impl FnOnce(&mut Option<Vec<Kept>>)) {
        if let Some(Body { steps, .. }) = &mut self.scope.end
            && let Some(Step::State(state)) = steps.first_mut()
            && let StateKind::Keep(kept) = &mut state.kind
        {
            edit(kept);
        }
    }

    /// Keeps a value too, under the name that it has in the document.
    #[expect(clippy::return_self_not_must_use, reason = "the end state is already in place")]
    pub fn keep<T: Data>(mut self, value: Ref<T>) -> Self {
        self.edit(|kept| kept.get_or_insert_default().insert(0, Kept::Value(value.place())));
        self
    }

    /// Keeps the whole document.
    pub fn keep_document(mut self) {
        self.edit(|kept| *kept = None);
    }
}
