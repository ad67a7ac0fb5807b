//! What a state evaluates: the data around it, and what goes wrong on the way.

mod written;

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::asl::QueryLanguage;
use crate::asl::path::{Path, Root, Step};
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::machine::DataFlow;
use crate::check::data_flow::origin::{Made, Maker, Origin};
use crate::check::data_flow::place::At;
use crate::check::data_flow::problems::{Problem, Problems};
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::check::data_flow::{call, path};
use crate::check::index::StateEntry;
use crate::check::texts::Syntax;
use crate::diagnostic::Code;

pub(crate) use written::quoted_expression;

/// One state with its data.
pub(crate) struct View<'v, 'i, 'm> {
    pub(crate) flow: &'v DataFlow<'i, 'm>,
    pub(crate) entry: &'i StateEntry<'m>,
    /// The raw input.
    pub(crate) input: Shape,
    /// The Context Object.
    pub(crate) context: Shape,
    /// The variables that are better known on the way that is followed.
    route: Option<&'v Variables<'m>>,
    problems: RefCell<Problems>,
}

/// The variables that a state assigns, by name.
pub(crate) type Assigned<'m> = Vec<(&'m str, Shape)>;

/// The values of variables, by name.
pub(crate) type Variables<'m> = BTreeMap<&'m str, Shape>;

impl<'v, 'i, 'm> View<'v, 'i, 'm> {
    pub(crate) fn new(
        flow: &'v DataFlow<'i, 'm>,
        entry: &'i StateEntry<'m>,
        input: Shape,
        context: Shape,
    ) -> Self {
        Self { flow, entry, input, context, route: None, problems: RefCell::default() }
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner().into_all()
    }

    /// The same state on a narrower input.
    pub(crate) fn with_input(&self, input: Shape) -> Self {
        let view = Self::new(self.flow, self.entry, input, self.context.clone());
        Self { route: self.route, ..view }
    }

    /// The same state with another Context Object.
    pub(crate) fn with_context(&self, context: Shape) -> Self {
        Self { context, ..self.with_input(self.input.clone()) }
    }

    /// On a way where more is known of these variables.
    pub(crate) fn on_route(self, variables: &'v Variables<'m>) -> Self {
        Self { route: Some(variables), ..self }
    }

    pub(super) fn variable(&self, name: &str) -> Shape {
        let known = self.route.and_then(|variables| variables.get(name));
        known.cloned().unwrap_or_else(|| self.flow.variable(self.entry, name))
    }

    /// Adds the problems of another view.
    pub(crate) fn take_over(&self, other: Self) {
        let mut problems = self.problems.borrow_mut();
        other.into_problems().into_iter().for_each(|problem| problems.push(problem));
    }

    pub(crate) fn is_jsonata(&self) -> bool {
        self.entry.language == QueryLanguage::Jsonata
    }

    pub(crate) fn fault(&self, at: &At<'_>, fault: Fault) {
        self.add(at, fault, None);
    }

    fn add(&self, at: &At<'_>, fault: Fault, lost: Option<Path>) {
        self.problems.borrow_mut().add(Problem { pointer: at.pointer(), fault, lost });
    }

    /// How many problems there are, to be given to [`unsure`](Self::unsure).
    pub(crate) fn count(&self) -> usize {
        self.problems.borrow().all().len()
    }

    /// Whether one of the problems from that count on happens for certain.
    pub(crate) fn fails_since(&self, from: usize) -> bool {
        self.problems.borrow().all()[from..].iter().any(|problem| problem.fault.is_certain)
    }

    /// Problems from that count on may not happen, as what they are in may not be evaluated.
    pub(crate) fn unsure(&self, from: usize) {
        self.problems.borrow_mut().unsure(from);
    }

    /// Takes back the warnings of names that a type does not have from that count on.
    pub(super) fn forget_undeclared(&self, from: usize) {
        self.problems.borrow_mut().forget_of(Code::UndeclaredField, from);
    }

    /// Takes back the problems from that count on.
    pub(crate) fn forget(&self, from: usize) {
        self.problems.borrow_mut().forget(from);
    }

    /// A field of this state as what made a value.
    pub(crate) fn made(&self, field: Maker) -> Origin {
        self.origin(Made::Field(field))
    }

    pub(crate) fn origin(&self, made: Made) -> Origin {
        Origin { state: u32::try_from(self.entry.number).unwrap_or(u32::MAX), made }
    }

    /// What a Path or a call of an Intrinsic Function gives; the empty set where it fails.
    pub(crate) fn path(&self, text: &str, input: &Shape, at: &At<'_>) -> Shape {
        let Some(read) = self.flow.text(text) else { return Shape::PRESENT };
        match &read.syntax {
            Syntax::Path(path) => self.found(text, path, input, at),
            Syntax::Call(call) => call::call(self, call, &mut read.arguments.iter(), input, at),
            _ => Shape::PRESENT,
        }
    }

    /// What a Path finds; the empty set where it finds nothing.
    pub(crate) fn found(&self, text: &str, path: &Path, input: &Shape, at: &At<'_>) -> Shape {
        let root = self.root(&path.root, input);
        let found = path::walk(path, &root);
        let is_past_the_end = found.may_be_past_the_end(path);
        let is_raw = || path.root == Root::Input && *input == self.input;
        let start = || if is_raw() { path::INPUT } else { "`$`" };
        if let Some(fault) = path::undeclared(text, path, &found, start) {
            self.add(at, fault, None);
        }
        if !found.shape.is_absent() {
            let present = found.shape.present();
            return if is_past_the_end { present.join(&Shape::of(Kinds::NULL)) } else { present };
        }
        let mut fault = path::nothing(text, path, &found, start()).origin(found.container.origin);
        // The specification does not say what a name finds in an array; the service's library finds nothing.
        let is_name_in_array = found.container.kinds == Kinds::ARRAY && found.is_name(path);
        fault.is_certain = !is_name_in_array && !is_past_the_end;
        let gives = if fault.is_certain { Shape::NEVER } else { Shape::PRESENT };
        self.add(at, fault, is_raw().then(|| path.clone()));
        gives
    }

    /// What a Path starts from.
    pub(crate) fn root(&self, root: &Root, input: &Shape) -> Shape {
        match root {
            Root::Input => input.clone(),
            Root::Context => self.context.clone(),
            Root::Variable(name) => self.variable(name),
        }
    }

    /// `$states` of this state, with another member.
    pub(crate) fn states(&self, more: Option<(&'static str, &Shape)>) -> Shape {
        let members = [("context", &self.context), ("input", &self.input)].into_iter().chain(more);
        let members = members.map(|(name, shape)| (self.flow.name(name), shape.clone()));
        // A member that does not exist is reported by its own rule.
        Shape::object_with(members, Some(Shape::UNKNOWN))
    }
}

/// The steps of a Reference Path below the input; `None` for other Paths.
pub(crate) fn reference(path: &Path) -> Option<&[Step]> {
    (path.root == Root::Input && path.is_reference()).then_some(&path.steps)
}
