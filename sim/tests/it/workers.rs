//! Activities with workers that come, die and return; tasks that are left open to the world outside.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_sim::history::EventKind;
use stepwright_sim::{Call, Desk, Execution, Outcome, Reply, Simulation, Status, TaskId, Tasks, Worker};

use crate::machine::machine;

const BUILD: &str = "arn:aws:states:us-east-1:123456789012:activity:build";

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A worker that takes a minute for a task.
fn worker(name: &str) -> Worker {
    let says = name.to_owned();
    Worker::new(BUILD, move |input| Reply::success(json!({ "by": says, "did": input })).taking(seconds(60)))
        .named(name)
}

fn map_over(items: &[u64], workers: &[Worker]) -> Execution {
    let machine = machine(&json!({ "StartAt": "Each", "States": { "Each": {
        "Type": "Map", "End": true,
        "ItemProcessor": { "StartAt": "Build", "States": { "Build": {
            "Type": "Task", "Resource": BUILD, "End": true,
        }}},
    }}}));
    let simulation = Simulation::new(&machine).input(json!(items));
    let simulation = workers.iter().cloned().fold(simulation, Simulation::worker);
    simulation.run().expect("there are workers")
}

fn by(execution: &Execution) -> Vec<Value> {
    let output = execution.output.as_ref().and_then(Value::as_array).expect("it succeeded");
    output.iter().map(|result| result["by"].clone()).collect()
}

#[test]
fn a_worker_does_one_task_after_another() {
    let execution = map_over(&[1, 2, 3], &[worker("a")]);
    assert_eq!(by(&execution), ["a", "a", "a"]);
    assert_eq!(execution.elapsed, seconds(180));
}

#[test]
fn several_workers_share_the_tasks() {
    let execution = map_over(&[1, 2, 3, 4], &[worker("a"), worker("b").coming_at(seconds(90))]);
    assert_eq!(by(&execution), ["a", "a", "b", "a"]);
    assert_eq!(execution.elapsed, seconds(180));
}

#[test]
fn the_history_says_who_took_a_task_and_when() {
    let execution = map_over(&[1], &[worker("a").coming_at(seconds(30))]);
    let started = execution.history.events.iter().find_map(|event| match &event.kind {
        EventKind::Started(_, worker) => Some((event.at, worker.as_deref())),
        _ => None,
    });
    assert_eq!(started, Some((seconds(30), Some("a"))));
}

fn build(task: &Value, workers: impl IntoIterator<Item = Worker>) -> Execution {
    let mut task = task.clone();
    for (field, value) in [("Type", json!("Task")), ("Resource", json!(BUILD)), ("End", json!(true))] {
        task[field] = value;
    }
    let machine =
        machine(&json!({ "TimeoutSeconds": 100_000, "StartAt": "Build", "States": { "Build": task }}));
    let simulation = Simulation::new(&machine);
    workers.into_iter().fold(simulation, Simulation::worker).run().expect("there are workers")
}

#[test]
fn the_timeout_of_a_state_counts_from_when_a_worker_takes_the_task() {
    let late = |takes| Worker::new(BUILD, move |_| Reply::success(json!(1)).taking(seconds(takes)));
    let execution = build(&json!({ "TimeoutSeconds": 60 }), [late(60).coming_at(seconds(5_000))]);
    assert_eq!(execution.status, Status::Succeeded);
    let execution = build(&json!({ "TimeoutSeconds": 60 }), [late(61).coming_at(seconds(5_000))]);
    assert_eq!((execution.error.as_deref(), execution.elapsed), (Some("States.Timeout"), seconds(5_060)));
}

#[test]
fn a_task_that_nobody_takes_waits_until_the_execution_times_out() {
    let execution = build(&json!({ "TimeoutSeconds": 60 }), [worker("a").dying_at(Duration::ZERO)]);
    assert_eq!((execution.status, execution.elapsed), (Status::TimedOut, seconds(100_000)));
}

#[test]
fn a_worker_that_dies_is_missed_at_the_next_heartbeat() {
    let beating = |_: &Value| Reply::success(json!(1)).taking(seconds(600)).with_heartbeats(seconds(20));
    let task = json!({ "HeartbeatSeconds": 30 });
    let execution = build(&task, [Worker::new(BUILD, beating)]);
    assert_eq!((execution.status, execution.elapsed), (Status::Succeeded, seconds(600)));
    let execution = build(&task, [Worker::new(BUILD, beating).dying_at(seconds(100))]);
    // The last heartbeat came after 80 s: at 100 s there is nobody left to send one.
    assert_eq!((execution.error.as_deref(), execution.elapsed), (Some("States.Timeout"), seconds(110)));
}

#[test]
fn a_worker_that_returns_takes_the_retry() {
    let task = json!({
        "TimeoutSeconds": 300,
        "Retry": [{ "ErrorEquals": ["States.Timeout"], "IntervalSeconds": 60, "MaxAttempts": 1 }],
    });
    let execution = build(&task, [worker("a").dying_at(seconds(10)), worker("a").coming_at(seconds(1_000))]);
    assert_eq!(execution.output.expect("it succeeded")["by"], "a");
    assert_eq!(execution.elapsed, seconds(1_060));
}

#[test]
fn a_report_on_a_task_that_is_over_changes_nothing() {
    let task = json!({ "TimeoutSeconds": 30, "Retry": [{ "ErrorEquals": ["States.Timeout"], "IntervalSeconds": 1 }] });
    let execution = build(&task, [worker("slow")]);
    // Each attempt waits for the worker, which is still at the one before.
    assert_eq!(execution.error.as_deref(), Some("States.Timeout"));
    let taken = execution.history.events.iter().filter(|event| event.kind.type_name() == "ActivityStarted");
    let at: Vec<u64> = taken.map(|event| event.at.as_secs()).collect();
    assert_eq!(at, [0, 60, 120, 180]);
}

/// Somebody decides later on what was asked.
#[derive(Default)]
struct Later {
    asked: Vec<(TaskId, Duration)>,
    then: Vec<Outcome>,
}

impl Tasks for Later {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        self.asked.push((call.task, call.at + seconds(500)));
        Some(Reply::open())
    }

    fn stands_in(&self, _state: &str, _resource: &str) -> bool {
        true
    }

    fn next_event(&self) -> Option<Duration> {
        self.asked.first().map(|(_, at)| *at)
    }

    fn happen(&mut self, desk: &mut Desk<'_>) {
        let (task, _) = self.asked.remove(0);
        assert!(!desk.history().events.is_empty());
        let was_open = match self.then.remove(0) {
            Outcome::Success(result) => desk.succeed(task, result),
            Outcome::Failure { error, cause } => desk.fail(task, error, cause),
            other => panic!("not that: {other:?}"),
        };
        assert!(was_open && !desk.is_open(task) && !desk.heartbeat(task));
    }
}

#[test]
fn a_callback_can_be_decided_later() {
    let machine = machine(&json!({ "StartAt": "Ask", "States": { "Ask": {
        "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true,
        "Parameters": { "QueueUrl": "q", "MessageBody": { "Token.$": "$$.Task.Token" } },
        "Retry": [{ "ErrorEquals": ["No"], "IntervalSeconds": 10 }],
    }}}));
    let no = Outcome::Failure { error: Some("No".to_owned()), cause: None };
    let mut later = Later { then: vec![no, Outcome::Success(json!("yes"))], ..Later::default() };
    let execution = Simulation::new(&machine).run_with(&mut later).expect("it is answered");
    assert_eq!((execution.output, execution.elapsed), (Some(json!("yes")), seconds(1_010)));
}

/// Never lets time pass.
struct Restless;

impl Tasks for Restless {
    fn call(&mut self, _call: &Call<'_>) -> Option<Reply> {
        Some(Reply::open())
    }

    fn stands_in(&self, _state: &str, _resource: &str) -> bool {
        true
    }

    fn next_event(&self) -> Option<Duration> {
        Some(Duration::ZERO)
    }
}

#[test]
fn stand_ins_that_let_no_time_pass_are_an_error() {
    let machine = machine(&json!({ "StartAt": "Build", "States": { "Build": {
        "Type": "Task", "Resource": BUILD, "End": true,
    }}}));
    let error = Simulation::new(&machine).run_with(&mut Restless).expect_err("it does not end");
    assert_eq!(
        error.to_string(),
        "time stands still after 0 s: the stand-ins always say that something else happens now (`next_event`)"
    );
}
