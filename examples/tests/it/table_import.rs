//! The import of CSV files.

use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;
use std::time::Duration;

use serde_json::{Value, json};
use stepwright::States;
use stepwright_examples::table_import::{Import, Upload, table_import};
use stepwright_sim::{Reply, WorkflowExecution, WorkflowSimulation};

const WRITE: &str = "arn:aws:states:::aws-sdk:dynamodb:batchWriteItem";

/// The identifiers in the table, in the order in which they came.
type Table = Rc<RefCell<Vec<String>>>;

/// A file whose rows are `a-0`, `a-1` and so on.
fn file(name: &str, rows: u32) -> String {
    (0..rows).fold("id,name,amount\n".to_owned(), |mut text, n| {
        writeln!(text, "{name}-{n},Ann,{n}").expect("a text takes everything");
        text
    })
}

/// Imports files of this many rows; the table answers a request with what it has not taken.
fn import(
    files: &[(&'static str, u32)],
    mut table: impl FnMut(Vec<Value>) -> Reply + 'static,
) -> WorkflowExecution<Import> {
    let files = files.to_vec();
    WorkflowSimulation::of(&table_import())
        .expect("the example compiles")
        .set_up(move |simulation| {
            files.iter().fold(simulation, |simulation, (name, rows)| {
                simulation.object("uploads", format!("today/{name}.csv"), file(name, *rows))
            })
        })
        .on_json(WRITE, move |input| {
            let requests = input["RequestItems"]["${Table}"].as_array().expect("there are requests");
            assert!((1..=25).contains(&requests.len()), "the service refuses {} requests", requests.len());
            table(requests.clone())
        })
        .run(Upload { bucket: "uploads".to_owned(), prefix: "today/".to_owned() })
        .expect("every task has a stand-in")
}

fn id(request: &Value) -> String {
    request["PutRequest"]["Item"]["id"]["S"].as_str().expect("a row has an identifier").to_owned()
}

/// A table that takes the first so many of a request, after a second.
fn taking(table: &Table, limit: usize) -> impl FnMut(Vec<Value>) -> Reply + 'static {
    let table = Rc::clone(table);
    move |requests| {
        let (taken, left) = requests.split_at(limit.min(requests.len()));
        table.borrow_mut().extend(taken.iter().map(id));
        let left = if left.is_empty() { json!({}) } else { json!({ "${Table}": left }) };
        Reply::success(json!({ "UnprocessedItems": left })).taking(Duration::from_secs(1))
    }
}

#[test]
fn rows_come_in_order_and_one_batch_at_a_time() {
    let table = Table::default();
    let execution = import(&[("a", 60), ("b", 40), ("c", 5)], taking(&table, 25));
    execution
        .assert_succeeded_with(Import { rows: 105, batches: 5 })
        // Five batches of a second each: nothing runs beside them.
        .assert_elapsed(Duration::from_secs(5));
    assert_eq!(execution.peak_concurrency, 1);
    let rows = [("a", 60), ("b", 40), ("c", 5)];
    let expected = rows.iter().flat_map(|(name, rows)| (0..*rows).map(move |n| format!("{name}-{n}")));
    assert!(table.borrow().iter().cloned().eq(expected), "{:?}", table.borrow());
}

#[test]
fn a_row_is_written_with_the_types_of_the_table() {
    let item = json!({ "id": { "S": "a-0" }, "name": { "S": "Ann" }, "amount": { "N": "0" } });
    let execution = import(&[("a", 1)], taking(&Table::default(), 25));
    execution.assert_succeeded_with(Import { rows: 1, batches: 1 });
    let [request] = execution.calls() else { panic!("there is one request") };
    assert_eq!(request.input["RequestItems"], json!({ "${Table}": [{ "PutRequest": { "Item": item } }] }));
}

#[test]
fn what_the_table_has_left_over_is_tried_again_later() {
    let table = Table::default();
    let execution = import(&[("a", 30)], taking(&table, 10));
    execution
        .assert_succeeded_with(Import { rows: 30, batches: 2 })
        .assert_elapsed(Duration::from_secs(4 + 3));
    // 10, 10 and 5 rows, with pauses of 1 and 2 s; then 5 rows.
    let starts: Vec<_> = execution.calls().iter().map(|call| call.at.as_secs()).collect();
    assert_eq!(starts, [0, 2, 5, 6]);
    assert_eq!(table.borrow().len(), 30);
}

#[test]
fn a_table_that_takes_nothing_fails_the_import() {
    let execution = import(&[("a", 30)], taking(&Table::default(), 0));
    execution
        .assert_failed_with(States::EXCEED_TOLERATED_FAILURE_THRESHOLD)
        // Seven requests of a second, and the pauses between them; the other batch has not begun.
        .assert_elapsed(Duration::from_secs(7 + 1 + 2 + 4 + 8 + 16 + 32));
    assert_eq!(execution.calls().len(), 7);
}

#[test]
fn a_throttled_table_is_given_time() {
    let (table, mut refusals) = (Table::default(), 3);
    let mut take = taking(&table, 25);
    let execution = import(&[("a", 3)], move |requests| {
        if refusals == 0 {
            return take(requests);
        }
        refusals -= 1;
        Reply::failure("DynamoDb.ProvisionedThroughputExceededException", "too much")
    });
    execution.assert_succeeded().assert_retries("DynamodbBatchWriteItem", [1, 2, 4].map(Duration::from_secs));
    assert_eq!(*table.borrow(), ["a-0", "a-1", "a-2"]);
}

#[test]
fn no_files_are_no_rows() {
    import(&[], |_| unreachable!("nothing is written")).assert_succeeded_with(Import { rows: 0, batches: 0 });
}
