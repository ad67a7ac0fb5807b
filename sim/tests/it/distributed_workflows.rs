//! Distributed Maps that are written in Rust: both query languages come to the same.

use std::collections::BTreeMap;

use stepwright::prelude::*;
use stepwright_sim::{TaskError, WorkflowExecution, WorkflowSimulation};

/// The same workflow in both query languages.
macro_rules! both {
    ($(fn $name:ident($($parameters:tt)*) -> $output:ty { $($body:tt)* })*) => {
        mod jsonata {
            use super::*;
            $(#[workflow] pub(super) fn $name($($parameters)*) -> $output { $($body)* })*
        }
        mod jsonpath {
            use super::*;
            $(#[workflow(query_language = "JSONPath")] pub(super) fn $name($($parameters)*) -> $output { $($body)* })*
        }
    };
}

#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Import {
    file: String,
    shop: Shop,
    tags: Vec<String>,
    note: Option<String>,
    tolerated: u64,
    at_once: u32,
}

#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Shop {
    id: String,
    currency: String,
}

#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Row {
    sku: String,
    qty: String,
}

#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Line {
    sku: String,
    number: u64,
}

#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Terms {
    currency: String,
}

errors! { NoSuchArticle; }

#[task(lambda = "${Store}", errors = [NoSuchArticle])]
fn store(sku: String, qty: String, shop: String) -> String;

#[task(lambda = "${StoreAll}")]
fn store_all(#[input] batch: items::Batch<Row, Terms>) -> Vec<String>;

#[task(lambda = "${Ping}")]
fn ping() -> String;

both! {
    fn import_rows(s: &mut Scope, import: Ref<Import>) -> Ref<items::WrittenResults> {
        s.map("EachBatch", items::csv::<Row>("stock", import.file).headers(["sku", "qty"]).limit(5))
            .express()
            .label("import")
            .batches_of(2)
            .max_concurrency(import.at_once)
            .tolerate_failures(import.tolerated)
            .write_results("stock", "done")
            .transformation(items::Transformation::Compact)
            .output(items::OutputType::JsonLines)
            .each(|s, batch| {
                s.map("EachRow", batch.items)
                    .each(|s, row| s.task(store(row.sku, row.qty, import.shop.id)))
            })
    }

    fn import_batches(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        let said = s.task(ping());
        s.map("EachBatch", items::csv::<Row>("stock", import.file))
            .batches_of(2)
            .batch_input(data!(Terms { currency: import.shop.currency }))
            .each(|s, batch| {
                s.task(store_all(batch));
                s.pass("Tell", fmt!("{} {} {} {}", said, import.shop.id, batch.batch_input.currency, import.tags.len()))
            })
    }

    fn one_by_one(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        let said = s.task(ping());
        s.map("Each", import.tags).distributed().each(|s, tag| {
            s.when("HasNote", import.note.is_some(), |s| {
                s.task(ping().named("PingAgain"));
            });
            s.pass("Tell", fmt!("{} {} {} {}", tag, said, import.shop.id, import.tags.len()))
        })
    }

    fn selected(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        s.map("Each", import.tags)
            .distributed()
            .select_with(|tag, context| data!(Line { sku: tag, number: context.item.index }))
            .each(|s, line| {
                s.task(ping());
                s.pass("Tell", fmt!("{} {} {}", line.sku, line.number, import.shop.id))
            })
    }

    fn nested(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<Vec<Vec<String>>>> {
        s.map("Outer", import.tags).distributed().each(|s, outer| {
            s.map("Middle", import.tags).each(|s, middle| {
                s.map("Inner", import.tags).distributed().express().each(|s, inner| {
                    s.pass("Tell", fmt!("{}{}{}{}", outer, middle, inner, import.shop.id))
                })
            })
        })
    }

    fn looped(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        s.map("Each", import.tags).distributed().each(|s, tag| {
            let said = s.repeat(|s| s.task(ping())).until("IsDone", |said| cond!(said == import.shop.id));
            s.pass("Tell", fmt!("{} {}", tag, said))
        })
    }

    fn indexed(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        let first = import.tags.get(0).assume_some("there are tags");
        s.map("Each", import.tags).distributed().batches_of(1).each(|s, batch| {
            s.map("Inside", batch.items).each(|s, _| s.pass("Tell", first));
            s.pass("TellFirst", first)
        })
    }

    fn members(s: &mut Scope, shops: Ref<BTreeMap<String, Shop>>) -> Ref<Vec<String>> {
        s.map("Each", items::members(shops))
            .each(|s, shop| s.pass("Tell", fmt!("{}: {}", shop.key, shop.value.currency)))
    }

    fn listed(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        s.map("Each", items::objects("stock", "in/"))
            .each(|s, object| s.pass("Tell", fmt!("{} {} {}", object.key, object.size, import.shop.id)))
    }

    fn flattened(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        let rows = items::objects("stock", import.file).load_and_flatten::<Row, _>(items::Csv);
        s.map("Each", rows).each(|s, row| s.pass("Tell", fmt!("{} {}", row.sku, import.shop.id)))
    }

    fn pointed(s: &mut Scope, _import: Ref<Import>) -> Ref<Vec<String>> {
        s.map("Each", items::json::<Row>("stock", "rows.json").pointer("/of/today"))
            .each(|s, row| s.pass("Tell", fmt!("{}", row.sku)))
    }

    fn caught(s: &mut Scope, import: Ref<Import>) -> Ref<String> {
        const ONCE: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).max_attempts(1)]);
        s.map("Each", items::csv::<Row>("stock", import.file))
            .tolerate_failure_percentage(10.0)
            .retry(ONCE)
            .catch(States::EXCEED_TOLERATED_FAILURE_THRESHOLD, |s, error| s.fail_as("TooMany", error.error, "too many"))
            .each(|s, row| s.task(store(row.sku, row.qty, import.shop.id)));
        s.pass("Fine", import.shop.id)
    }
}

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
