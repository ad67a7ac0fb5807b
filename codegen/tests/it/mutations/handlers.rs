//! Retriers, Catchers and timeouts: `SW04xx`.

use serde_json::{Value, json};
use stepwright_codegen::diagnostic::Code;

use super::Operator;
use super::definition::Definition;
use super::mutant::Mutant;
use super::places::Handler;

pub(super) const OPERATORS: &[Operator] = &[
    Operator::new("a handler is for no error", Code::NoErrorNames, |it| {
        handlers(it).iter().map(|handler| handler.with("ErrorEquals", json!([]))).collect()
    }),
    Operator::new("another error stands beside `States.ALL`", Code::StatesAll, |it| {
        let all = handlers(it).into_iter().filter(Handler::is_for_all);
        let beside = all.map(|handler| {
            let errors = json!(["Other.Error", "States.ALL"]);
            handler.with("ErrorEquals", errors).found_at(format!("{}/ErrorEquals/1", handler.pointer))
        });
        beside.collect()
    })
    // The task may be one of a service, which does not raise it.
    .with(&[Code::ForeignError]),
    Operator::new("a handler stands behind `States.ALL`", Code::StatesAll, |it| {
        let all = handlers(it).into_iter().filter(Handler::is_for_all);
        all.map(|it| it.followed_by("Other.Error", &format!("{}/ErrorEquals/0", it.at))).collect()
    })
    .with(&[Code::ForeignError]),
    Operator::new("`IntervalSeconds` is 0", Code::RetryNumber, |it| {
        with_number(it, "IntervalSeconds", &json!(0))
    }),
    Operator::new("`MaxAttempts` is too large", Code::RetryNumber, |it| {
        with_number(it, "MaxAttempts", &json!(100_000_000))
    }),
    Operator::new("`BackoffRate` is less than 1", Code::RetryNumber, |it| {
        with_number(it, "BackoffRate", &json!(0.5))
    }),
    Operator::new("`MaxDelaySeconds` is more than a year", Code::RetryNumber, |it| {
        with_number(it, "MaxDelaySeconds", &json!(31_622_401))
    }),
    Operator::new("an error is listed twice by one handler", Code::ShadowedError, |it| {
        let some = handlers(it).into_iter().filter(|it| !it.is_for_all());
        some.map(|handler| handler.with_error(handler.errors()[0])).collect()
    }),
    Operator::new("an error is listed again by the next handler", Code::ShadowedError, |it| {
        let some = handlers(it).into_iter().filter(|it| !it.is_for_all());
        some.map(|it| it.followed_by(it.errors()[0], &format!("{}/ErrorEquals/0", it.at + 1))).collect()
    }),
    Operator::new("a reserved Error Name is misspelt", Code::UnknownErrorName, |it| {
        let some = handlers(it).into_iter().filter(|it| !it.is_for_all());
        some.map(|handler| handler.with_error("States.Timeuot")).collect()
    }),
    Operator::new("`States.Runtime` is handled", Code::UncatchableError, |it| {
        let some = handlers(it).into_iter().filter(|it| !it.is_for_all());
        some.map(|handler| handler.with_error("States.Runtime")).collect()
    }),
    Operator::new("a handler stands behind `States.TaskFailed`", Code::CoveredHandler, |it| {
        let failed = handlers(it).into_iter().filter(|it| it.errors().contains(&"States.TaskFailed"));
        failed.map(|it| it.followed_by("Other.Error", &format!("{}/ErrorEquals", it.at + 1))).collect()
    })
    .with(&[Code::ForeignError]),
    Operator::new("a timeout is 0", Code::TimeoutRange, |it| {
        let tasks = it.states_like(&["Task"]).into_iter().filter(|state| !state.has("HeartbeatSeconds"));
        tasks.map(|state| state.with("TimeoutSeconds", json!(0))).collect()
    }),
    Operator::new("a heartbeat is 0", Code::TimeoutRange, |it| {
        it.states_like(&["Task"]).iter().map(|state| state.with("HeartbeatSeconds", json!(0))).collect()
    }),
    Operator::new("a timeout of the machine is too large", Code::TimeoutRange, |it| {
        let is_too_large = Mutant::at("/TimeoutSeconds").set("/TimeoutSeconds", json!(100_000_000));
        it.json.is_object().then_some(is_too_large).into_iter().collect()
    }),
    Operator::new("a heartbeat is as long as the timeout", Code::HeartbeatNotShorter, |it| {
        let tasks = it.states_like(&["Task"]).into_iter();
        tasks
            .map(|it| it.with("HeartbeatSeconds", json!(60)).set(it.at("TimeoutSeconds"), json!(60)))
            .collect()
    }),
];

fn handlers(it: &Definition) -> Vec<Handler<'_>> {
    it.states().iter().flat_map(|state| state.handlers().collect::<Vec<_>>()).collect()
}

/// Gives Retriers a number, which is to be reported.
fn with_number(it: &Definition, field: &str, number: &Value) -> Vec<Mutant> {
    let retriers = handlers(it).into_iter().filter(|handler| handler.field == "Retry");
    retriers.map(|retrier| retrier.with(field, number.clone())).collect()
}
