//! The scheduler for high-performance computing.

mod site;

use std::time::Duration;

use serde_json::json;
use stepwright::{DurationExt, States};
use stepwright_examples::hpc_scheduler::{Job, NoLicence, ROUNDS, WorkerLost};
use stepwright_sim::Reply;

use self::site::{Site, job, run};

/// The round of a job that ends as soon as it is asked for.
const ROUND: [&str; 4] = ["HandIsEmpty", "SqsReceiveMessage", "QueueHasJob", "SqsDeleteMessage"];

#[test]
fn an_empty_queue_terminates_the_worker() {
    let site = Site::with([]);
    site.run().assert_succeeded().assert_path([
        "SqsGetQueueUrl",
        "HandIsEmpty",
        "SqsReceiveMessage",
        "QueueHasJob",
        "TerminateIdleWorker",
        "QueueIsEmpty",
    ]);
    assert_eq!(site.terminated(), ["i-1"]);
}

#[test]
fn a_job_is_tried_again_as_often_as_it_says() {
    // Each may be tried again three times; they fail this often.
    let site = Site::with([job("steady", "3"), job("moody", "3"), job("hopeless", "3")]);
    site.fails("moody", 2);
    site.fails("hopeless", 4);
    let execution = site.run();
    execution
        .assert_succeeded()
        .assert_visited_times("StartJob", 1 + 3 + 4)
        .assert_assigned("failures", [0, 0, 0, 1, 2, 0, 1, 2, 3, 4])
        .assert_elapsed((8 * 3).minutes());
    assert_eq!(
        site.record(),
        [
            "steady RUNNING 0",
            "steady SUCCEEDED 0",
            "moody RUNNING 0",
            "moody RUNNING 1",
            "moody RUNNING 2",
            "moody SUCCEEDED 2",
            "hopeless RUNNING 0",
            "hopeless RUNNING 1",
            "hopeless RUNNING 2",
            "hopeless RUNNING 3",
            "hopeless FAILED 4",
        ]
    );
    assert_eq!(site.terminated(), ["i-1"]);
}

#[test]
fn a_job_without_retries_has_one_attempt() {
    let site = Site::with([job("once", "0")]);
    site.fails("once", 1);
    site.run().assert_succeeded().assert_visited_times("StartJob", 1);
    assert_eq!(site.record(), ["once RUNNING 0", "once FAILED 1"]);
}

#[test]
fn only_the_words_in_its_output_make_a_job_succeed() {
    // Both end well for Systems Manager, but the second has other words to say.
    let says = |id: &str, words: &str| Job { job_success_string: words.to_owned(), ..job(id, "3") };
    let site = Site::with([says("hello", "is done"), says("goodbye", "is perfect")]);
    site.run().assert_succeeded();
    let record = site.record();
    assert_eq!(record.first_chunk(), Some(&["hello RUNNING 0".to_owned(), "hello SUCCEEDED 0".to_owned()]));
    assert_eq!(record.last().map(String::as_str), Some("goodbye FAILED 4"));
}

#[test]
fn a_job_that_is_no_json_stays_in_the_queue() {
    let site = Site::with([job("steady", "3")]);
    let comma = json!({ "Messages": [{ "ReceiptHandle": "steady", "Body": r#"{ "job_id": "1", }"# }] });
    let simulation = site.scheduler().on_json("SqsReceiveMessage", move |_| Reply::success(comma.clone()));
    run(simulation).assert_failed_with(States::QUERY_EVALUATION_ERROR).assert_not_visited("SqsDeleteMessage");
    assert_eq!(site.queue().len(), 1);
}

#[test]
fn a_job_that_takes_its_time_is_asked_for_every_three_minutes() {
    let site = Site::with([job("slow", "0")]);
    site.takes("slow", 20);
    site.run()
        .assert_succeeded()
        .assert_visited_times("SsmGetCommandInvocation", 20)
        .assert_visited_times("Ec2DescribeInstanceStatus", 20)
        .assert_elapsed(60.minutes());
}

#[test]
fn a_job_whose_worker_dies_goes_back_into_the_queue() {
    let site = Site::with([job("steady", "3"), job("unlucky", "3")]);
    site.takes("unlucky", 20);
    site.worker_dies_at(30.minutes());
    site.run()
        .assert_failed_with(WorkerLost)
        .assert_visited_in_order(["PutBackForWorkerLost", "TerminateForWorkerLost", "WorkerLost"])
        .assert_elapsed(30.minutes());
    assert_eq!(site.record(), ["steady RUNNING 0", "steady SUCCEEDED 0", "unlucky RUNNING 0"]);
    assert_eq!(site.queue(), [job("unlucky", "3")]);
    assert_eq!(site.terminated(), ["i-1"]);
}

#[test]
fn a_worker_that_cannot_be_talked_to_is_lost_too() {
    for state in ["StartJob", "Ec2DescribeInstanceStatus", "SsmGetCommandInvocation"] {
        let site = Site::with([job("steady", "3")]);
        let unheard = |_: &_| Reply::failure("Ssm.InvalidInstanceIdException", "who?");
        run(site.scheduler().on_json(state, unheard)).assert_failed_with(WorkerLost);
        assert_eq!(site.queue(), [job("steady", "3")]);
    }
}

#[test]
fn a_licence_is_taken_for_each_attempt() {
    let site = Site::with([Job { licence: Some("solver".to_owned()), ..job("moody", "1") }]);
    site.fails("moody", 1);
    let path = ["NeedsLicence", "TakeLicence", "Attempt", "HoldsLicence", "ReturnLicence", "AttemptOutcome"];
    let failed = ["HowDidItEnd", "IsGivenUp", "HistoryIsLong", "HandIsEmpty"];
    let succeeded = ["HowDidItEnd", "RecordSuccess", "HistoryIsLong", "HandIsEmpty"];
    let end = ["SqsReceiveMessage", "QueueHasJob", "TerminateIdleWorker", "QueueIsEmpty"];
    let whole = [&["SqsGetQueueUrl"], &ROUND[..], &path, &failed, &path, &succeeded, &end].concat();
    site.run().assert_succeeded().assert_path(whole);
    assert_eq!(site.licences(), 1);
}

#[test]
fn a_licence_is_given_back_whatever_happens() {
    let site = Site::with([Job { licence: Some("solver".to_owned()), ..job("steady", "1") }]);
    let away = |_: &_| Reply::failure("DynamoDB.InternalServerErrorException", "oh");
    run(site.scheduler().on_json("RecordStart", away))
        .assert_failed_with("DynamoDB.InternalServerErrorException")
        .assert_visited_times("ReturnLicence", 1);
    assert_eq!(site.licences(), 1);
}

#[test]
fn without_a_licence_the_job_is_left_to_others() {
    let site = Site::with([Job { licence: Some("solver".to_owned()), ..job("steady", "3") }]);
    site.take_all_licences();
    site.run()
        .assert_failed_with(NoLicence)
        .assert_retries("TakeLicence", [1, 2, 4, 8, 15].map(|minutes| Duration::from_secs(60 * minutes)))
        .assert_not_visited("Attempt");
    assert_eq!((site.queue().len(), site.terminated().len()), (1, 1));
}

#[test]
fn a_long_queue_takes_several_executions() {
    // Each job takes two rounds: one attempt, one question.
    let jobs = ROUNDS / 2 + 10;
    let site = Site::with((0..jobs).map(|n| job(&format!("job-{n}"), "0")));
    let execution = site.run();
    execution
        .assert_succeeded()
        .assert_not_visited("QueueIsEmpty")
        .assert_visited_times("RecordSuccess", 100);
    let (input, next) = site.go_on(&execution);
    assert!(input["job"].is_null(), "there is nothing in the hand: {input}");
    next.assert_succeeded().assert_visited("QueueIsEmpty").assert_visited_times("RecordSuccess", 10);
    assert_eq!(site.record().iter().filter(|line| line.ends_with("SUCCEEDED 0")).count(), jobs as usize);
    assert_eq!(site.terminated(), ["i-1"]);
}

#[test]
fn the_next_execution_goes_on_with_the_job_in_hand() {
    let site = Site::with([job("stubborn", "150")]);
    site.fails("stubborn", 150);
    let (input, next) = site.go_on(&site.run());
    assert_eq!((&input["job"]["job_id"], &input["failures"]), (&json!("stubborn"), &json!(ROUNDS / 2)));
    next.assert_succeeded().assert_visited_times("SqsReceiveMessage", 1);
    assert_eq!(site.record().last().map(String::as_str), Some("stubborn SUCCEEDED 150"));
}

#[test]
fn two_days_after_almost_all_rounds_fit_into_one_history() {
    let jobs = (0..ROUNDS / 2 - 1).map(|n| job(&format!("job-{n}"), "0"));
    let site = Site::with(jobs.chain([job("long", "0")]));
    site.takes("long", 48 * 20);
    let execution = site.run();
    execution.assert_succeeded().assert_visited("GoOnInAnotherExecution");
    assert!(execution.history.events.len() < 25_000, "{} events", execution.history.events.len());
}
