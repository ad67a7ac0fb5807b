//! Tracing: what the builders do to the plan.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::Scope;
use crate::conventions::{Conventions, fill};
use crate::data::Data;
use crate::error::ErrorOutput;
use crate::name::{StateName, lower_camel};
use crate::outcome::{Joined, Outcome};
use crate::plan::{
    self, Body, Document, DocumentId, Handler, LabelId, Place, Problem, ProblemKind, Role, Root,
    RustLocation, ScopeId, Slot, StateKind, Step, TypeFacts, Value, ValueId,
};
use crate::refs::Ref;
use crate::task::{Save, Select, Settings};

/// Which part of an ASL scope a builder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
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
        let place = Within::Outermost;
        Self { id, shared, conventions, steps: Vec::new(), place, end: None, in_jsonata: false }
    }

    pub(crate) fn problem(&self, kind: ProblemKind, location: RustLocation) {
        self.shared.borrow_mut().problems.push(Problem { kind, location });
    }

    /// Adds a step, in JSONata where that was asked for.
    pub(crate) fn push_step(&mut self, mut step: Step) {
        let asked = match &mut step {
            Step::State(state) => Some(&mut state.in_jsonata),
            Step::Repeat(repeat) => Some(&mut repeat.in_jsonata),
            Step::Set(set) => Some(&mut set.in_jsonata),
            Step::Label(_) | Step::Goto(..) => None,
        };
        if let Some(in_jsonata) = asked {
            *in_jsonata = std::mem::take(&mut self.in_jsonata);
        }
        self.steps.push(step);
    }

    pub(super) fn push(
        &mut self,
        name: StateName,
        location: RustLocation,
        kind: StateKind,
        result: Option<ValueId>,
    ) {
        let state = plan::State {
            name,
            location,
            comment: None,
            kind,
            in_jsonata: false,
            selector: None,
            result,
            retry: Vec::new(),
            catch: Vec::new(),
        };
        self.push_state(state);
    }

    pub(crate) fn value<T: Data>(&self, role: Role, slot: Slot, location: RustLocation) -> ValueId {
        let id = ValueId(plan::fresh_id());
        let value = Value { scope: self.id, role, slot, envelope: None, ty: TypeFacts::of::<T>(), location };
        self.shared.borrow_mut().values.insert(id, value);
        id
    }

    pub(super) fn path_slot(&self, path: &str, location: RustLocation) -> Slot {
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
        let Settings { name, location, comment, retry, catch, select, save, recorded_as, .. } = settings;
        let selector = select.map(Select::trace);
        // What is selected is in no field of the raw result.
        let envelope = envelope.filter(|_| selector.is_none());
        let slot = match (save, default) {
            (Save::Path(path), _) => self.path_slot(&path, location),
            (Save::Document, default) => Slot::Document { spelt_out: default.is_some() },
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
                    comment: catch.comment,
                    location: catch.location,
                    error,
                    handler: Handler::Body(body),
                }
            })
            .collect();
        let retry = retry.map(|policy| policy.retriers().to_vec()).unwrap_or_default();
        let state = plan::State {
            name,
            location,
            comment,
            kind,
            in_jsonata: false,
            selector,
            result: Some(result),
            retry,
            catch,
        };
        self.push_state(state);
        result
    }

    pub(super) fn nested(&self, place: Within) -> Scope {
        Scope {
            id: self.id,
            shared: Rc::clone(&self.shared),
            conventions: self.conventions,
            steps: Vec::new(),
            place,
            end: None,
            in_jsonata: false,
        }
    }

    pub(super) fn nested_body(&self) -> Scope {
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

    pub(super) fn body_and_value<R: Outcome + Clone>(&self, body: impl FnOnce(&mut Scope) -> R) -> (Body, R) {
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
        self.push_step(Step::State(Box::new(state)));
    }
}

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
    let id = scope.value::<I>(Role::Input, input.unwrap_or(Slot::Document { spelt_out: false }), location);
    let outcome = body(&mut scope, id).into_outcome();
    plan::Scope {
        id: scope.id,
        input: named.then_some(id),
        body: Body { steps: scope.steps, outcome },
        end: scope.end,
        output: TypeFacts::of::<R::Data>(),
        comment: None,
    }
}
