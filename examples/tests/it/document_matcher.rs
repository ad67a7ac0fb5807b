//! The document matcher: which way it goes.

use std::time::Duration;

use stepwright::{DurationExt, Lambda};
use stepwright_examples::document_matcher::decider::{self, Recognised};
use stepwright_examples::document_matcher::{
    Bucket, Decision, Judgement, Object, Upload, UploadDetail, ask_person, decide, document_matcher,
    document_review, find,
};
use stepwright_sim::{Reply, TaskError, WorkflowExecution, WorkflowSimulation};

fn upload(key: &str) -> Upload {
    let (bucket, object) = (Bucket { name: "uploads".to_owned() }, Object { key: key.to_owned() });
    Upload { detail: UploadDetail { bucket, object } }
}

/// A picture is called after what is in it, and how sure that is: `passport-95.jpg`.
fn recognise(key: &str) -> Vec<Recognised> {
    let (text, rest) = key.split_once('-').expect("the key has a dash");
    let confidence = rest.trim_end_matches(".jpg").parse().expect("it is a number");
    vec![Recognised { text: text.to_owned(), confidence }]
}

fn matched(key: &str) -> WorkflowExecution<()> {
    WorkflowSimulation::of(&document_matcher())
        .expect("the example compiles")
        .on::<decide, _>(|args| {
            assert_eq!(args.bucket, "uploads");
            Ok(decider::decide(&["Passport", "Visa"], &recognise(&args.key)))
        })
        .run(upload(key))
        .expect("the function stands in")
}

#[test]
fn each_answer_has_its_way() {
    matched("passport-95.jpg").assert_succeeded().assert_path(["Decider", "MatchOrNot", "MatchFound"]);
    matched("cat-95.jpg").assert_succeeded().assert_path(["Decider", "MatchOrNot", "NoMatchFound"]);
}

#[test]
fn what_is_not_sure_enough_does_not_count() {
    matched("visa-70.jpg").assert_visited("MatchFound");
    matched("visa-69.9.jpg").assert_visited("NoMatchFound");
}

#[test]
fn each_of_24_uploads_has_an_execution_and_a_way() {
    let ways = (60..84).map(|confidence| matched(&format!("passport-{confidence}.jpg")));
    let found = ways.filter(|execution| execution.path().any(|state| state == "MatchFound"));
    assert_eq!(found.count(), 14);
}

#[test]
fn an_answer_with_a_space_in_it_takes_no_way_at_all() {
    WorkflowSimulation::of(&document_matcher())
        .expect("the example compiles")
        .on_json("Decider", |_| Reply::success("No match".into()))
        .run(upload("cat-95.jpg"))
        .expect("the function stands in")
        .assert_failed_with("States.NoChoiceMatched");
}

#[test]
fn a_fault_of_the_service_is_tried_again() {
    let mut faults = vec![Lambda::SERVICE_EXCEPTION, Lambda::SERVICE_EXCEPTION];
    WorkflowSimulation::of(&document_matcher())
        .expect("the example compiles")
        .on::<decide, _>(move |_| match faults.pop() {
            Some(fault) => Err(TaskError::new(fault, "nobody here")),
            None => Ok(Decision::Match),
        })
        .run(upload("passport-95.jpg"))
        .expect("the function stands in")
        .assert_succeeded()
        .assert_retries("Decider", [2.seconds(), 4.seconds()]);
}

/// What is said of a picture, where a person answers after two hours.
fn review(key: &str) -> WorkflowExecution<Judgement> {
    reviewing().run(upload(key)).expect("every task has a stand-in")
}

fn reviewing() -> WorkflowSimulation<Upload, Judgement> {
    WorkflowSimulation::of(&document_review())
        .expect("the example compiles")
        .on::<find, _>(|args| Ok(decider::look_for(&["Passport"], &recognise(&args.key))))
        .on::<ask_person, _>(|args| {
            let decision = if args.confidence > 80.0 { Decision::Match } else { Decision::NoMatch };
            (Ok(judged(decision, "Anna")), 2.hours())
        })
}

fn judged(decision: Decision, by: &str) -> Judgement {
    Judgement { decision, by: by.to_owned() }
}

#[test]
fn a_person_is_asked_only_in_doubt() {
    review("passport-90.jpg")
        .assert_succeeded_with(judged(Decision::Match, "Finder"))
        .assert_visited_in_order(["Finder", "WhatWasFound", "HowSure"])
        .assert_not_visited("AskPerson")
        .assert_elapsed(Duration::ZERO);
    review("cat-90.jpg")
        .assert_succeeded_with(judged(Decision::NoMatch, "Finder"))
        .assert_visited_in_order(["Finder", "WhatWasFound"])
        .assert_not_visited("HowSure");
    review("passport-89.jpg")
        .assert_succeeded_with(judged(Decision::Match, "Anna"))
        .assert_visited_in_order(["Finder", "WhatWasFound", "HowSure", "AskPerson"])
        .assert_elapsed(2.hours());
    review("passport-75.jpg").assert_succeeded_with(judged(Decision::NoMatch, "Anna"));
}

#[test]
fn a_picture_that_nobody_looks_at_is_no_match() {
    reviewing()
        .on_json("AskPerson", |_| Reply::silence())
        .run(upload("passport-75.jpg"))
        .expect("every task has a stand-in")
        .assert_succeeded_with(judged(Decision::NoMatch, "nobody"))
        .assert_elapsed(3.days());
}
