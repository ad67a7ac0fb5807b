//! Distributed Maps that are written in Rust: both query languages come to the same.

mod workflows;

use std::collections::BTreeMap;

use stepwright::prelude::*;
use stepwright_sim::{TaskError, WorkflowExecution, WorkflowSimulation};

use self::workflows::*;

fn import() -> Import {
    Import {
        file: "rows.csv".to_owned(),
        shop: Shop { id: "S1".to_owned(), currency: "EUR".to_owned() },
        tags: vec!["a".to_owned(), "b".to_owned()],
        note: None,
        tolerated: 1,
        at_once: 2,
    }
}

const ROWS: &str = "sku,qty\napple,1\npear,2\nplum,3\n";

/// Runs a workflow in both query languages; checks that both come to the same.
#[track_caller]
fn run<I: Data, O: Data>(
    jsonata: &Workflow<I, O>,
    jsonpath: &Workflow<I, O>,
    input: &I,
) -> WorkflowExecution<O> {
    let run = |workflow: &Workflow<I, O>| {
        let simulation = WorkflowSimulation::of(workflow).unwrap_or_else(|problems| panic!("{problems}"));
        let simulation = simulation
            .set_up(|simulation| {
                simulation
                    .object("stock", "rows.csv", ROWS)
                    .object("stock", "plain.csv", "apple,1\nnone,2\nplum,3\nfig,4\nkiwi,5\nlime,6\n")
                    .object("stock", "in/1.csv", "sku,qty\napple,1\n")
                    .object("stock", "in/2.csv", "sku,qty\npear,1\n")
                    .object(
                        "stock",
                        "rows.json",
                        r#"{ "of": { "today": [{ "sku": "apple", "qty": "1" }] } }"#,
                    )
            })
            .on::<store, _>(|args| {
                let stored = match args.sku.as_str() {
                    "none" => Err(TaskError::new(NoSuchArticle, "none")),
                    sku => Ok(format!("{} of {sku} for {}", args.qty, args.shop)),
                };
                (stored, 10.seconds())
            })
            .on::<store_all, _>(|batch| {
                Ok::<_, TaskError>(batch.items.into_iter().map(|row| row.sku).collect())
            })
            .on::<ping, _>(|()| Ok::<_, TaskError>("S1".to_owned()));
        simulation
            .run_json(serde_json::to_value(input).expect("it is JSON"))
            .expect("all tasks have stand-ins")
    };
    let (jsonata, jsonpath) = (run(jsonata), run(jsonpath));
    assert_eq!(jsonata.output, jsonpath.output, "{:?} {:?}", jsonata.cause, jsonpath.cause);
    assert_eq!(jsonata.error, jsonpath.error);
    jsonata
}

#[track_caller]
fn check<I: Data, O: Data + PartialEq + std::fmt::Debug>(
    jsonata: &Workflow<I, O>,
    jsonpath: &Workflow<I, O>,
    input: &I,
    expected: O,
) {
    run(jsonata, jsonpath, input).assert_succeeded_with(expected);
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn rows_are_imported_in_batches_and_the_results_written() {
    let input = Import { file: "plain.csv".to_owned(), tolerated: 2, ..import() };
    let execution = run(&jsonata::import_rows(), &jsonpath::import_rows(), &input);
    let written = execution.output().expect("it succeeds");
    assert!(written.map_run_arn.contains("/import:"), "{}", written.map_run_arn);
    let folder = written.result_writer_details.key.replace("manifest.json", "");
    let file = execution.objects.get("stock", &format!("{folder}SUCCEEDED_0.jsonl")).expect("it is written");
    insta::assert_snapshot!(file, @r#"
    ["3 of plum for S1","4 of fig for S1"]
    ["5 of kiwi for S1"]
    "#);
    // Three batches, two at a time; the rows of a batch are stored at the same time.
    execution.assert_elapsed(20.seconds());
    assert_eq!(execution.peak_concurrency, 4);
}

#[test]
fn more_failures_than_are_tolerated_fail_the_import() {
    let input = Import { file: "plain.csv".to_owned(), tolerated: 0, ..import() };
    run(&jsonata::import_rows(), &jsonpath::import_rows(), &input)
        .assert_failed_with(States::EXCEED_TOLERATED_FAILURE_THRESHOLD);
}

#[test]
fn a_batch_is_handed_what_its_states_read() {
    let expected = texts(&["S1 S1 EUR 2", "S1 S1 EUR 2"]);
    check(&jsonata::import_batches(), &jsonpath::import_batches(), &import(), expected);
}

#[test]
fn a_child_is_handed_what_its_states_read() {
    let expected = texts(&["a S1 S1 2", "b S1 S1 2"]);
    let input = Import { note: Some("x".to_owned()), ..import() };
    check(&jsonata::one_by_one(), &jsonpath::one_by_one(), &import(), expected.clone());
    check(&jsonata::one_by_one(), &jsonpath::one_by_one(), &input, expected);
}

#[test]
fn what_is_missing_in_the_parent_is_missing_in_the_child() {
    let mut input = serde_json::to_value(import()).expect("it is JSON");
    input.as_object_mut().expect("it is an object").remove("note");
    for workflow in [jsonata::one_by_one(), jsonpath::one_by_one()] {
        let simulation = WorkflowSimulation::of(&workflow).expect("it compiles");
        let simulation = simulation.on::<ping, _>(|()| Ok::<_, TaskError>("S1".to_owned()));
        simulation
            .run_json(input.clone())
            .expect("it runs")
            .assert_succeeded()
            .assert_visited_times("PingAgain", 0);
    }
}

#[test]
fn a_list_of_one_item_stays_a_list() {
    let input = Import { tags: texts(&["a"]), ..import() };
    check(&jsonata::one_by_one(), &jsonpath::one_by_one(), &input, texts(&["a S1 S1 1"]));
    check(&jsonata::nested(), &jsonpath::nested(), &input, vec![vec![texts(&["aaaS1"])]]);
}

#[test]
fn the_selector_knows_the_index() {
    check(&jsonata::selected(), &jsonpath::selected(), &import(), texts(&["a 0 S1", "b 1 S1"]));
}

#[test]
fn what_is_read_is_handed_through_nested_maps() {
    let inner =
        |outer: &str, middle: &str| ["a", "b"].map(|inner| format!("{outer}{middle}{inner}S1")).to_vec();
    let middle = |outer: &str| vec![inner(outer, "a"), inner(outer, "b")];
    check(&jsonata::nested(), &jsonpath::nested(), &import(), vec![middle("a"), middle("b")]);
}

#[test]
fn a_child_that_begins_with_a_loop_keeps_what_it_is_handed() {
    check(&jsonata::looped(), &jsonpath::looped(), &import(), texts(&["a S1", "b S1"]));
}

#[test]
fn an_item_of_an_outer_list_is_handed_in_with_the_list() {
    check(&jsonata::indexed(), &jsonpath::indexed(), &import(), texts(&["a", "a"]));
}

#[test]
fn an_item_that_is_no_object_has_results_beside_it() {
    check(&jsonata::worked_on(), &jsonpath::worked_on(), &import(), texts(&["a S1", "b S1"]));
}

#[test]
fn the_branches_of_a_parallel_are_handed_what_any_of_them_reads() {
    check(&jsonata::branches(), &jsonpath::branches(), &import(), "EUR S1".to_owned());
}

#[test]
fn the_members_of_an_object_have_keys() {
    let shops = BTreeMap::from([("north".to_owned(), import().shop)]);
    check(&jsonata::members(), &jsonpath::members(), &shops, texts(&["north: EUR"]));
}

#[test]
fn objects_are_items_or_have_items_in_them() {
    let expected = texts(&["in/1.csv 16 S1", "in/2.csv 15 S1"]);
    check(&jsonata::listed(), &jsonpath::listed(), &import(), expected);
    let input = Import { file: "in/".to_owned(), ..import() };
    check(&jsonata::flattened(), &jsonpath::flattened(), &input, texts(&["apple S1", "pear S1"]));
    check(&jsonata::pointed(), &jsonpath::pointed(), &import(), texts(&["apple"]));
}

#[test]
fn too_many_failures_can_be_caught() {
    check(&jsonata::caught(), &jsonpath::caught(), &import(), "S1".to_owned());
    let input = Import { file: "bad.csv".to_owned(), ..import() };
    let run = |workflow: &Workflow<Import, String>| {
        WorkflowSimulation::of(workflow)
            .expect("it compiles")
            .set_up(|simulation| simulation.object("stock", "bad.csv", "sku,qty\nnone,1\napple,1\n"))
            .on::<store, _>(|args| match args.sku.as_str() {
                "none" => Err(TaskError::new(NoSuchArticle, "none")),
                _ => Ok(args.sku),
            })
            .run(input.clone())
            .expect("all tasks have stand-ins")
    };
    for workflow in [jsonata::caught(), jsonpath::caught()] {
        run(&workflow)
            .assert_failed_with("States.ExceedToleratedFailureThreshold")
            .assert_visited_times("Each", 1);
    }
}

#[test]
fn child_executions_are_handed_the_variables_around_them() {
    let told = |tag: &str| ["a", "b"].map(|inner| format!("first S1, first S1 {tag}, {inner}")).to_vec();
    check(&jsonata::variables(), &jsonpath::variables(), &import(), vec![told("a"), told("b")]);
}
