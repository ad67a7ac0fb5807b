//! What states make of their input: one file for each state type that has something of its own.

mod choice;
mod files;
mod map;
mod narrow;
mod outcome;
mod task;

use crate::asl::{Fail, NullablePath, OrExpression, Pass, StateKind, TransitionField, Wait, is_expression};
use crate::check::data_flow::origin::Maker;
use crate::check::data_flow::place::At;
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::check::data_flow::view::{Assigned, View, quoted_expression};
use crate::check::data_flow::wants::Wants;
use crate::check::texts::Syntax;

pub(crate) use task::answer;

/// A way out of a state.
pub(crate) struct Leave<'m> {
    /// Along a transition other than `Next`; with `None` on, or out of the scope.
    pub(crate) by: Option<TransitionField>,
    pub(crate) output: Shape,
    pub(crate) assigned: Assigned<'m>,
}

/// What nested scopes work on.
pub(crate) struct Nested {
    /// The empty set where a Map has no items.
    pub(crate) input: Shape,
    pub(crate) context: Shape,
}

/// What the branches of a Parallel and the iterations of a Map work on; `None` for other states, and where their input
/// cannot be made.
pub(crate) fn nested(view: &View<'_, '_, '_>) -> Option<Nested> {
    match &view.entry.state.kind {
        StateKind::Parallel(parallel) => {
            let effective = view.effective_input();
            let input = match (&parallel.parameters, &parallel.arguments) {
                (Some(parameters), _) if !view.is_jsonata() => {
                    view.template(parameters, &effective, &At::field("Parameters"))
                }
                (_, Some(arguments)) if view.is_jsonata() => {
                    view.value(arguments, &view.states(None), &At::field("Arguments"))
                }
                _ => effective,
            };
            (!input.is_never()).then(|| Nested { input, context: view.context.clone() })
        }
        StateKind::Map(map) => map::nested(view, map),
        _ => None,
    }
}

/// How a state goes on; with the outputs of what is nested in it, `None` for a scope that does not end well.
pub(crate) fn leave<'m>(view: &View<'_, '_, 'm>, outputs: Option<&[Option<Shape>]>) -> Vec<Leave<'m>> {
    let state = view.entry.state;
    match &state.kind {
        StateKind::Task(task) => task::leave(view, task),
        StateKind::Pass(pass) => pass_on(view, pass),
        StateKind::Choice(choice) => choice::leave(view, choice),
        StateKind::Wait(wait) => {
            wait_for(view, wait);
            outcome::pass_through(view, state.assign.as_ref(), state.output.as_ref(), None)
        }
        StateKind::Succeed(_) => outcome::pass_through(view, None, state.output.as_ref(), None),
        StateKind::Fail(fail) => {
            fails(view, fail);
            Vec::new()
        }
        StateKind::Parallel(parallel) => {
            let mut leave = outcome::caught(view);
            let outputs: Option<Vec<Shape>> =
                outputs.and_then(|outputs| outputs.iter().cloned().collect::<Option<Vec<_>>>());
            if let Some(outputs) = outputs {
                // Without branches, which is reported by its own rule, nothing is known.
                let result = if outputs.is_empty() { Shape::PRESENT } else { Shape::tuple(outputs) };
                let result = result.from(view.made(Maker::Branches));
                leave.extend(outcome::conclude(
                    view,
                    result,
                    parallel.result_selector.as_ref(),
                    parallel.result_path.as_ref(),
                ));
            }
            leave
        }
        StateKind::Map(map) => map::leave(view, map, outputs),
    }
}

/// The Context Object of an execution. A name that it lacks is reported by its own rule.
pub(crate) fn context(input: &Shape) -> Shape {
    let open = |members: Vec<(&'static str, Shape)>| Shape::object_with(members, Some(Shape::UNKNOWN));
    let execution = [
        ("Id", Shape::TEXT),
        ("Input", input.clone()),
        ("Name", Shape::TEXT),
        ("RoleArn", Shape::TEXT),
        ("StartTime", Shape::TEXT),
    ];
    let state = [("EnteredTime", Shape::TEXT), ("Name", Shape::TEXT), ("RetryCount", Shape::NUMBER)];
    let machine = [("Id", Shape::TEXT), ("Name", Shape::TEXT)];
    open(vec![
        ("Execution", open(execution.into())),
        ("State", open(state.into())),
        ("StateMachine", open(machine.into())),
    ])
}

fn pass_on<'m>(view: &View<'_, '_, 'm>, pass: &'m Pass) -> Vec<Leave<'m>> {
    let state = view.entry.state;
    if view.is_jsonata() {
        return outcome::pass_through(view, state.assign.as_ref(), state.output.as_ref(), None);
    }
    let effective = view.effective_input();
    let given = match &pass.parameters {
        Some(parameters) if !effective.is_never() => {
            view.template(parameters, &effective, &At::field("Parameters"))
        }
        _ => effective,
    };
    let result = match &pass.result {
        Some(result) if !given.is_never() => Shape::literal(result).from(view.made(Maker::Result)),
        _ => given,
    };
    outcome::conclude(view, result, None, pass.result_path.as_ref()).into_iter().collect()
}

fn wait_for(view: &View<'_, '_, '_>, wait: &Wait) {
    let states = if view.is_jsonata() { view.states(None) } else { Shape::NEVER };
    view.expect_given(&At::field("Seconds"), wait.seconds.as_ref(), &states, Wants::Count);
    view.expect_text(&At::field("Timestamp"), wait.timestamp.as_deref(), &states, Wants::Timestamp);
    let input = view.effective_input();
    view.expect_path(&At::field("SecondsPath"), wait.seconds_path.as_deref(), &input, Wants::Count);
    view.expect_path(&At::field("TimestampPath"), wait.timestamp_path.as_deref(), &input, Wants::Timestamp);
}

fn fails(view: &View<'_, '_, '_>, fail: &Fail) {
    if view.is_jsonata() {
        let states = view.states(None);
        view.expect_text(&At::field("Error"), fail.error.as_deref(), &states, Wants::Kinds(Kinds::TEXT));
        view.expect_text(&At::field("Cause"), fail.cause.as_deref(), &states, Wants::Kinds(Kinds::TEXT));
        return;
    }
    view.expect_path(
        &At::field("ErrorPath"),
        fail.error_path.as_deref(),
        &view.input,
        Wants::Kinds(Kinds::TEXT),
    );
    view.expect_path(
        &At::field("CausePath"),
        fail.cause_path.as_deref(),
        &view.input,
        Wants::Kinds(Kinds::TEXT),
    );
}

impl View<'_, '_, '_> {
    /// The input after `InputPath`; the raw input in JSONata.
    pub(crate) fn effective_input(&self) -> Shape {
        let (path, at) = (self.entry.state.input_path.as_ref(), At::field("InputPath"));
        self.selected(path, &self.input, Maker::InputPath, &at)
    }

    /// The same without a word on what is wrong, which is said elsewhere.
    fn effective_input_silently(&self) -> Shape {
        let before = self.count();
        let input = self.effective_input();
        self.forget(before);
        input
    }

    /// Applies `OutputPath`.
    fn output(&self, from: &Shape) -> Shape {
        let (path, at) = (self.entry.state.output_path.as_ref(), At::field("OutputPath"));
        self.selected(path, from, Maker::OutputPath, &at)
    }

    /// Applies `InputPath` or `OutputPath`.
    fn selected(&self, path: Option<&NullablePath>, from: &Shape, field: Maker, at: &At<'_>) -> Shape {
        match path {
            _ if from.is_never() || self.is_jsonata() => from.clone(),
            None => from.clone(),
            Some(NullablePath::Null) => Shape::object::<&str>([]).from(self.made(field)),
            Some(NullablePath::Path(path)) => self.path(path, from, at),
        }
    }

    /// A field that an expression gives. A constant has a rule of its own.
    pub(crate) fn expect_given<T>(
        &self,
        at: &At<'_>,
        value: Option<&OrExpression<T>>,
        states: &Shape,
        wants: Wants,
    ) {
        if let Some(OrExpression::Expression(text)) = value {
            self.expect_text(at, Some(text), states, wants);
        }
    }

    /// The same for a field of which the constant is a text too.
    pub(crate) fn expect_text(&self, at: &At<'_>, text: Option<&str>, states: &Shape, wants: Wants) {
        if let Some(text) = text.filter(|text| self.is_jsonata() && is_expression(text)) {
            self.expect(self.text(text, states, at), wants, at, || quoted_expression(text));
        }
    }

    /// A field that is a Path to what it wants.
    pub(crate) fn expect_path(&self, at: &At<'_>, path: Option<&str>, input: &Shape, wants: Wants) {
        if let Some(path) = path.filter(|_| !self.is_jsonata() && !input.is_never()) {
            let found = self.path(path, input, at);
            // That a Path can match more than one value is reported by its own rule.
            if !matches!(self.flow.syntax(path), Some(Syntax::Path(path)) if !path.is_definite()) {
                self.expect(found, wants, at, || format!("`{path}`"));
            }
        }
    }
}
