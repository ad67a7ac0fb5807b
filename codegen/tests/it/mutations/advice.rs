//! What is good practice: `SW08xx`.

use serde_json::{Value, json};
use stepwright_codegen::diagnostic::Code;

use super::Operator;
use super::definition::{Definition, State};
use super::mutant::Mutant;
use super::places::Handler;

const FUNCTION: &str = "arn:aws:lambda:eu-west-1:123456789012:function:pack";
const ACTIVITY: &str = "arn:aws:states:eu-west-1:123456789012:activity:pack";

/// A day.
const DAY: u64 = 86_400;

pub(super) const OPERATORS: &[Operator] = &[
    Operator::new("a task has no timeout", Code::NoTimeout, |it| {
        let own = TIMEOUTS.map(|field| with_tasks(it, |task| alone(it, task, field, |answers| !answers)));
        own.concat()
    })
    // A Catcher for the timeout is of no use any more.
    .with(&[Code::AbsentError])
    .advice(),
    Operator::new("a task is added that nothing ends", Code::NoTimeout, |it| {
        let task = json!({ "Type": "Task", "Resource": "${Pack}", "End": true });
        let scopes = it.scopes().into_iter().filter(|_| !it.json["TimeoutSeconds"].is_number());
        let at = scopes.map(|scope| format!("{}/States/Pack more", scope.pointer));
        at.map(|at| Mutant::at(&at).set(&at, task.clone())).collect()
    })
    .advice(),
    Operator::new("a worker is waited for without end", Code::NoTimeoutForAnswer, |it| {
        with_tasks(it, |task| {
            let is_endless = !has_timeout(it, task) && !awaits(task);
            is_endless.then(|| task.with("Resource", json!(ACTIVITY)).found_at(&task.pointer))
        })
    })
    .advice(),
    Operator::new("an answer is waited for without end", Code::NoTimeoutForAnswer, |it| {
        let own = TIMEOUTS.map(|field| with_tasks(it, |task| alone(it, task, field, |answers| answers)));
        own.concat()
    })
    .at_least(2)
    .with(&[Code::AbsentError])
    .advice(),
    Operator::new("a function is called without Retriers", Code::NoTransientRetry, |it| {
        with_tasks(it, |task| {
            let is_other = !task.has("Retry") && !is_function(task) && !awaits(task);
            (is_other && is_not_retried(it, task))
                .then(|| task.with("Resource", json!(FUNCTION)).found_at(&task.pointer))
        })
    })
    .advice(),
    Operator::new("the Retriers of a function are taken away", Code::NoTransientRetry, |it| {
        with_functions(it, |task| Some(task.without("Retry")))
    })
    .at_least(5)
    .advice(),
    Operator::new("a Retrier of a function is for another error", Code::NoTransientRetry, |it| {
        with_functions(it, |task| {
            let retriers = task.json["Retry"].as_array()?;
            let other = json!([{ "ErrorEquals": ["Lambda.TooManyRequestsException", "Busy"] }]);
            (retriers.len() == 1).then(|| task.with("Retry", other).found_at(&task.pointer))
        })
    })
    .at_least(5)
    .advice(),
    Operator::new("a Retrier of a function does not try again", Code::NoTransientRetry, |it| {
        with_functions(it, |task| {
            let retriers = task.json["Retry"].as_array()?;
            let at = task.at("Retry/0/MaxAttempts");
            (retriers.len() == 1).then(|| Mutant::at(&task.pointer).set(at, json!(0)))
        })
    })
    .at_least(5)
    .advice(),
    Operator::new("a Retrier waits for longer than the execution lasts", Code::LateRetry, |it| {
        with_retriers(it, |retrier| {
            let patient = with_numbers(&retrier, &json!({ "IntervalSeconds": 400 * DAY, "MaxAttempts": 1 }));
            Some(patient.set("/TimeoutSeconds", json!(365 * DAY)))
        })
    })
    .advice(),
    Operator::new("a Map is tried again for longer than a year", Code::LateRetry, |it| {
        let maps = it.states_like(&["Map", "Parallel"]).into_iter().filter(|state| !state.has("Retry"));
        let retry = json!([{ "ErrorEquals": ["States.ALL"], "MaxAttempts": 30 }]);
        maps.map(|map| map.with("Retry", retry.clone()).found_at(map.at("Retry/0"))).collect()
    })
    .advice(),
    Operator::new("the delays of a Retrier double too often", Code::LateRetry, |it| {
        with_retriers(it, |retrier| {
            let patient =
                with_numbers(&retrier, &json!({ "IntervalSeconds": 1, "MaxAttempts": 30, "BackoffRate": 2 }));
            Some(patient.set("/TimeoutSeconds", json!(365 * DAY)))
        })
    })
    .advice(),
    Operator::new("the attempts of a task take too long", Code::LateRetry, |it| {
        with_tasks(it, |task| {
            let retriers = task.json["Retry"].as_array()?;
            let seconds = Mutant::at(task.at("Retry/0")).set(task.at("TimeoutSeconds"), json!(200 * DAY));
            let seconds = seconds.set(task.at("Retry/0/MaxAttempts"), json!(1));
            (retriers.len() == 1).then(|| seconds.set("/TimeoutSeconds", json!(365 * DAY)))
        })
    })
    .advice(),
    Operator::new("a Map is written with `Iterator`", Code::DeprecatedField, |it| {
        let maps = it.states_like(&["Map"]).into_iter();
        maps.map(|map| Mutant::at(map.at("Iterator")).rename(map.at("ItemProcessor"), "Iterator")).collect()
    })
    .advice(),
    Operator::new("a Map is written with `Parameters`", Code::DeprecatedField, |it| {
        let maps = it.states_like(&["Map"]).into_iter();
        maps.map(|map| map.with("Parameters", json!({ "order": 1 }))).collect()
    })
    .advice(),
    Operator::new("a Map asks for more than it gets", Code::MapConcurrency, |it| {
        let maps = it.states_like(&["Map"]).into_iter();
        maps.map(|map| map.with("MaxConcurrency", json!(if is_distributed(&map) { 10_001 } else { 41 })))
            .collect()
    })
    .advice(),
    Operator::new("a Map becomes a distributed one that keeps all results", Code::UnexportedResults, |it| {
        let maps = it.states_like(&["Map"]).into_iter();
        let keeping = maps.filter(|map| {
            let is_kept = !map.json["ResultPath"].is_null() || !map.has("ResultPath");
            !is_distributed(map) && is_kept && !map.has("Output") && !map.has("ResultSelector")
        });
        let config = json!({ "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" });
        keeping
            .map(|map| Mutant::at(&map.pointer).set(map.at("ItemProcessor/ProcessorConfig"), config.clone()))
            .collect()
    })
    .at_least(5)
    .advice(),
    Operator::new("results are not written to files", Code::UnexportedResults, |it| {
        let maps = it.states_like(&["Map"]).into_iter().filter(|map| map.has("ResultWriter"));
        maps.map(|map| map.without("ResultWriter")).collect()
    })
    .at_least(1)
    .advice(),
    Operator::new("a task that answers at once has a heartbeat", Code::UselessHeartbeat, |it| {
        with_tasks(it, |task| {
            let is_other = !task.has("TimeoutSecondsPath") && !task.has("HeartbeatSeconds");
            let timeout = task.json["TimeoutSeconds"].as_u64().is_some_and(|seconds| seconds > 1);
            (is_other && timeout && task.text("Resource")?.contains(":states:::aws-sdk:") && !awaits(task))
                .then(|| task.with("HeartbeatSeconds", json!(1)))
        })
    })
    .at_least(5)
    .advice(),
    // Other tasks may take as long, and so may their Retriers.
    Operator::new("the execution ends with the timeout of a task", Code::LateTimeout, |it| {
        with_tasks(it, |task| {
            let seconds = task.json["TimeoutSeconds"].as_u64()?;
            Some(Mutant::at(task.at("TimeoutSeconds")).set("/TimeoutSeconds", json!(seconds)))
        })
    })
    .with(&[Code::LateTimeout, Code::LateRetry])
    .advice(),
    Operator::new("an error of another kind of state is expected", Code::AbsentError, |it| {
        let handlers: Vec<Handler<'_>> = it
            .states_like(&["Task"])
            .iter()
            .flat_map(State::handlers)
            .filter(|it| !it.is_for_all())
            .collect();
        handlers.iter().map(|handler| handler.with_error("States.NoChoiceMatched")).collect()
    })
    .advice(),
    Operator::new("an error is called as those of the service", Code::ReservedError, |it| {
        let fails = it.states_like(&["Fail"]).into_iter().filter(|fail| !fail.has("ErrorPath"));
        fails.map(|fail| fail.with("Error", json!("States.SoldOut"))).collect()
    })
    .advice(),
    Operator::new("a Retrier never gives up", Code::ManyAttempts, |it| {
        let is_endless = !it.json["TimeoutSeconds"].is_number();
        with_retriers(it, |retrier| {
            let often = with_numbers(&retrier, &json!({ "MaxAttempts": 99_999_999 }));
            is_endless.then(|| often.found_at(format!("{}/MaxAttempts", retrier.pointer)))
        })
    })
    .advice(),
];

const TIMEOUTS: [&str; 3] = ["TimeoutSeconds", "HeartbeatSeconds", "TimeoutSecondsPath"];

fn has_timeout(it: &Definition, task: &State<'_>) -> bool {
    let fields = ["TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath"];
    it.json["TimeoutSeconds"].is_number() || fields.iter().any(|field| task.has(field))
}

/// Whether it waits for somebody's answer.
fn awaits(task: &State<'_>) -> bool {
    let resource = task.text("Resource").unwrap_or_default();
    resource.ends_with(".waitForTaskToken") || resource.contains(":activity:")
}

/// Takes away the only timeout of a task, which waits for an answer or not.
fn alone(it: &Definition, task: &State<'_>, field: &str, wanted: fn(bool) -> bool) -> Option<Mutant> {
    let count = TIMEOUTS.iter().filter(|field| task.has(field)).count();
    let is_alone = count == 1 && task.has(field) && !it.json["TimeoutSeconds"].is_number();
    (is_alone && wanted(awaits(task))).then(|| task.without(field))
}

fn with_tasks(it: &Definition, seed: impl Fn(&State<'_>) -> Option<Mutant>) -> Vec<Mutant> {
    it.states_like(&["Task"]).iter().filter_map(seed).collect()
}

fn is_function(task: &State<'_>) -> bool {
    task.text("Resource")
        .is_some_and(|resource| resource.contains(":lambda:") && !resource.contains("aws-sdk"))
}

/// Whether nothing around a state has Retriers.
fn is_not_retried(it: &Definition, task: &State<'_>) -> bool {
    let states = it.states();
    let mut around = states.iter().filter(|state| task.scope.starts_with(&format!("{}/", state.pointer)));
    around.all(|state| !state.has("Retry"))
}

/// Tasks that call functions and are retried, by their own Retriers only.
fn with_functions(it: &Definition, seed: impl Fn(&State<'_>) -> Option<Mutant>) -> Vec<Mutant> {
    const TRANSIENT: [&str; 3] = ["States.ALL", "States.TaskFailed", "Lambda.ServiceException"];
    with_tasks(it, |task| {
        let is_retried = task.handlers().any(|handler| {
            handler.field == "Retry" && handler.errors().iter().any(|error| TRANSIENT.contains(error))
        });
        seed(task).filter(|_| is_function(task) && is_retried && is_not_retried(it, task))
    })
}

/// The Retriers of tasks that call no functions, which would be advised about their own errors.
fn with_retriers(it: &Definition, seed: impl Fn(Handler<'_>) -> Option<Mutant>) -> Vec<Mutant> {
    let tasks = it.states_like(&["Task"]);
    let retriers = tasks.iter().flat_map(State::handlers).filter(|handler| handler.field == "Retry");
    retriers.filter_map(seed).collect()
}

/// Gives a Retrier other numbers, and no bound; it is to be reported.
fn with_numbers(retrier: &Handler<'_>, numbers: &Value) -> Mutant {
    let mut other = json!({ "ErrorEquals": retrier.json["ErrorEquals"] });
    for (name, number) in numbers.as_object().into_iter().flatten() {
        other[name] = number.clone();
    }
    Mutant::at(&retrier.pointer).set(&retrier.pointer, other)
}

fn is_distributed(map: &State<'_>) -> bool {
    map.json["ItemProcessor"]["ProcessorConfig"]["Mode"] == "DISTRIBUTED"
}
