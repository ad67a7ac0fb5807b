//! How a state is left: its result into the document or the variables, or the error that is caught.

use serde_json::{Map, Value};

use crate::asl::{NullablePath, TransitionField};
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::origin::Made;
use crate::check::data_flow::path;
use crate::check::data_flow::place::At;
use crate::check::data_flow::shape::Shape;
use crate::check::data_flow::state::Leave;
use crate::check::data_flow::view::{View, reference};
use crate::check::texts::Syntax;
use crate::diagnostic::Code;

/// With a result.
pub(super) fn conclude<'m>(
    view: &View<'_, '_, 'm>,
    result: Shape,
    selector: Option<&Value>,
    result_path: Option<&NullablePath>,
) -> Option<Leave<'m>> {
    let before = view.count();
    let leave = with_result(view, result, selector, result_path);
    if !view.entry.state.catch().is_empty() {
        // Perhaps there is no result: the state fails, and that is caught.
        view.unsure(before);
    }
    leave
}

fn with_result<'m>(
    view: &View<'_, '_, 'm>,
    result: Shape,
    selector: Option<&Value>,
    result_path: Option<&NullablePath>,
) -> Option<Leave<'m>> {
    let state = view.entry.state;
    if result.is_never() {
        return None;
    }
    if view.is_jsonata() {
        return jsonata(
            view,
            state.assign.as_ref(),
            state.output.as_ref(),
            Some(("result", &result)),
            result.clone(),
            None,
            &Fields::STATE,
        );
    }
    let assigned = view.assign(state.assign.as_ref(), &result, &Shape::NEVER, &At::field("Assign"));
    let selected = match selector {
        Some(selector) => view.template(selector, &result, &At::field("ResultSelector")),
        None => result,
    };
    let combined = view.combined(result_path, selected, &At::field("ResultPath"));
    let output = view.output(&combined);
    Leave { by: None, output, assigned }.unless_it_fails()
}

/// Without a result: the input passes through.
pub(super) fn pass_through<'m>(
    view: &View<'_, '_, 'm>,
    assign: Option<&'m Map<String, Value>>,
    output: Option<&Value>,
    by: Option<TransitionField>,
) -> Vec<Leave<'m>> {
    if view.is_jsonata() {
        return jsonata(view, assign, output, None, view.input.clone(), by, &Fields::STATE)
            .into_iter()
            .collect();
    }
    let effective = view.effective_input();
    if effective.is_never() {
        return Vec::new();
    }
    let assigned = view.assign(assign, &effective, &Shape::NEVER, &At::field("Assign"));
    let output = view.output(&effective);
    Leave { by, output, assigned }.unless_it_fails().into_iter().collect()
}

impl Leave<'_> {
    /// Where the output or a variable cannot be made, the state is not left so.
    fn unless_it_fails(self) -> Option<Self> {
        let fails = self.output.is_never() || self.assigned.iter().any(|(_, shape)| shape.is_never());
        (!fails).then_some(self)
    }
}

/// Where `Assign` and `Output` stand.
pub(super) struct Fields<'p> {
    pub(super) assign: At<'p>,
    pub(super) output: At<'p>,
}

impl Fields<'static> {
    pub(super) const STATE: Self = Self { assign: At::field("Assign"), output: At::field("Output") };
}

/// `Assign` and `Output` in JSONata; `None` if `Output` fails.
pub(super) fn jsonata<'m>(
    view: &View<'_, '_, 'm>,
    assign: Option<&'m Map<String, Value>>,
    output: Option<&Value>,
    more: Option<(&'static str, &Shape)>,
    default: Shape,
    by: Option<TransitionField>,
    fields: &Fields<'_>,
) -> Option<Leave<'m>> {
    if assign.is_none() && output.is_none() {
        return Some(Leave { by, output: default, assigned: Vec::new() });
    }
    let states = view.states(more);
    let assigned = view.assign(assign, &Shape::NEVER, &states, &fields.assign);
    let output = output.map_or(default, |output| view.value(output, &states, &fields.output));
    Leave { by, output, assigned }.unless_it_fails()
}

/// By the Catchers.
pub(super) fn caught<'m>(view: &View<'_, '_, 'm>) -> Vec<Leave<'m>> {
    let mut leave = Vec::new();
    for (position, catcher) in view.entry.state.catch().iter().enumerate() {
        let made = view.origin(Made::Error(u32::try_from(position).unwrap_or(u32::MAX)));
        let error = [("Error", Shape::TEXT.from(made)), ("Cause", Shape::TEXT.optional().from(made))];
        let error = Shape::object(error.map(|(name, shape)| (view.flow.name(name), shape)));
        let error = error.from(made);
        let by = Some(TransitionField::Catch(position));
        let catch = At::field("Catch");
        let at = catch.element(position);
        let fields = Fields { assign: at.member("Assign"), output: at.member("Output") };
        let way = if view.is_jsonata() {
            let more = Some(("errorOutput", &error));
            jsonata(view, catcher.assign.as_ref(), catcher.output.as_ref(), more, error.clone(), by, &fields)
        } else {
            let assigned = view.assign(catcher.assign.as_ref(), &error, &Shape::NEVER, &fields.assign);
            let output = view.combined(catcher.result_path.as_ref(), error, &at.member("ResultPath"));
            Leave { by, output, assigned }.unless_it_fails()
        };
        leave.extend(way);
    }
    leave
}

impl View<'_, '_, '_> {
    /// Puts a result into the raw input.
    pub(super) fn combined(&self, result_path: Option<&NullablePath>, result: Shape, at: &At<'_>) -> Shape {
        let text = match result_path {
            _ if result.is_never() => return result,
            None => return result,
            Some(NullablePath::Null) => return self.input.clone(),
            Some(NullablePath::Path(text)) => text,
        };
        let Some(Syntax::Path(path)) = self.flow.syntax(text) else { return Shape::PRESENT };
        // What is no Reference Path is reported by its own rule.
        let Some(steps) = reference(path) else { return Shape::PRESENT };
        let combined = path::put(&self.input, steps, &result);
        if combined.is_never() && !self.input.is_never() {
            let (value, what) = path::obstacle(path, &self.input);
            let message = format!("`{text}` leads into a value that is no object");
            let fault = Fault::new(Code::ResultBelowValue, message);
            self.fault(at, fault.because(format!("{what} is {}", value.title())).origin(value.origin));
        }
        combined
    }
}
