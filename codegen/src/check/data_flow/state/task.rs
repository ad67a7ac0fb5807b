//! The Task state.

use crate::api::Waits;
use crate::asl::Task;
use crate::check::data_flow::facts::Answer;
use crate::check::data_flow::origin::Maker;
use crate::check::data_flow::place::At;
use crate::check::data_flow::shape::Shape;
use crate::check::data_flow::state::{Leave, outcome};
use crate::check::data_flow::view::View;
use crate::check::data_flow::wants::Wants;
use crate::check::resource::ServiceTask;

pub(super) fn leave<'m>(view: &View<'_, '_, 'm>, task: &'m Task) -> Vec<Leave<'m>> {
    let mut leave = outcome::caught(view);
    if !can_start(view, task) {
        return leave;
    }
    let result = result(view).or_from(view.made(Maker::Resource));
    leave.extend(outcome::conclude(view, result, task.result_selector.as_ref(), task.result_path.as_ref()));
    leave
}

/// Evaluates what the task is given, and whether that can be made at all.
fn can_start(view: &View<'_, '_, '_>, task: &Task) -> bool {
    let before = view.count();
    if view.is_jsonata() {
        let states = view.states(None);
        if let Some(arguments) = &task.arguments {
            view.value(arguments, &states, &At::field("Arguments"));
        }
        if let Some(credentials) = &task.credentials {
            let at = At::field("Credentials");
            for (name, value) in credentials {
                view.value(value, &states, &at.member(name));
            }
        }
        view.expect_given(&At::field("TimeoutSeconds"), task.timeout_seconds.as_ref(), &states, Wants::Count);
        view.expect_given(
            &At::field("HeartbeatSeconds"),
            task.heartbeat_seconds.as_ref(),
            &states,
            Wants::Count,
        );
    } else {
        let effective = view.effective_input();
        if let Some(parameters) = &task.parameters {
            view.template(parameters, &effective, &At::field("Parameters"));
        }
        if let Some(credentials) = &task.credentials {
            let credentials = serde_json::Value::Object(credentials.clone());
            view.template(&credentials, &effective, &At::field("Credentials"));
        }
        view.expect_path(
            &At::field("TimeoutSecondsPath"),
            task.timeout_seconds_path.as_deref(),
            &effective,
            Wants::Count,
        );
        view.expect_path(
            &At::field("HeartbeatSecondsPath"),
            task.heartbeat_seconds_path.as_deref(),
            &effective,
            Wants::Count,
        );
    }
    !view.fails_since(before)
}

/// What the task answers, as far as its type or the service's API say.
fn result(view: &View<'_, '_, '_>) -> Shape {
    let described = || view.flow.answer(view.entry);
    match view.flow.facts.results.get(view.entry.name) {
        Some(Answer::Whole(shape)) => shape.clone(),
        Some(Answer::Field(name, shape)) => {
            described().unwrap_or(Shape::OBJECT).with_member(name, shape.clone())
        }
        Some(Answer::Otherwise(shape)) => described().unwrap_or_else(|| shape.clone()),
        None => described().unwrap_or(Shape::PRESENT),
    }
}

/// The optimised integrations of which it is known that they hand on what the API answers. Developer guide: "Integrating
/// services", and the pages of the services.
const AS_THE_API_SAYS: [&str; 7] = ["lambda", "dynamodb", "sns", "sqs", "events", "states", "ecs"];

/// What the service answers.
pub(crate) fn answer(service: &ServiceTask<'_>) -> Option<Shape> {
    let call = service.known.api?;
    let is_known = service.call.sdk().is_some() || AS_THE_API_SAYS.contains(&service.call.service);
    let is_described = match call.waits {
        Waits::No => is_known,
        // What is asked in the end is the execution. Of other services it is not known what part of the answer is handed on.
        Waits::Polls(_) => service.call.service == "states",
        Waits::TaskToken => false,
    };
    is_described.then(|| call.result().map(Shape::of_answer))?
}
