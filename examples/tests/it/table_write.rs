//! The item that says which execution wrote it.

use serde_json::{Value, json};
use stepwright_examples::table_write::table_write;
use stepwright_sim::{Reply, WorkflowSimulation};

#[test]
fn the_execution_writes_its_own_identifier() {
    let execution = WorkflowSimulation::of(&table_write())
        .expect("the example compiles")
        .on_json("Write to DynamoDB", |_| Reply::success(json!({})))
        .run_json(json!({ "a": 1 }))
        .expect("every task has a stand-in");
    execution.assert_succeeded_with(json!({ "a": 1, "DynamoDB": {} }));
    let written: Vec<&Value> = execution.arguments_of("Write to DynamoDB").collect();
    let identifier = written[0]["Item"]["id"]["S"].as_str().unwrap_or_default();
    assert!(identifier.starts_with("arn:aws:states:"), "{identifier}");
}
