//! The rules of lowering, one test each, with the JSON that comes of it.

mod cases;
#[expect(clippy::redundant_closure_for_method_calls, reason = "closures as users write them")]
mod expressions;
mod integrations;
mod jsonata;
mod jsonata_expressions;
mod jsonpath;
mod jsonpath_expressions;
mod mixed;
mod nested_workflows;
mod policies;
mod problems;
mod prototypes;
mod shown;
mod shown_data;

use std::collections::BTreeMap;
mod variables;

use serde_json::{Value, json};
use stepwright::Workflow;
use stepwright::prelude::*;
use stepwright_codegen::{asl, compile};

/// The states of a workflow as JSON text; what is wrong with it, if anything is.
fn states<I, O>(workflow: &Workflow<I, O>) -> String {
    match compile(workflow) {
        Ok(compiled) => {
            let value = asl::to_value(&compiled.machine);
            format!("start: {}\n{:#}", value["StartAt"].as_str().unwrap_or_default(), value["States"])
        }
        Err(diagnostics) => diagnostics.to_string(),
    }
}

/// One field of one state.
fn field<I, O>(workflow: &Workflow<I, O>, state: &str, field: &str) -> Value {
    match compile(workflow) {
        Ok(compiled) => asl::to_value(&compiled.machine)["States"][state][field].clone(),
        Err(diagnostics) => json!(diagnostics.to_string()),
    }
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Order {
    id: String,
    total: f64,
    count: i32,
    paid: bool,
    lines: Vec<Line>,
    coupon: Option<String>,
    status: Status,
}

#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Line {
    sku: String,
    qty: u32,
}

#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Open,
    PaidInFull,
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Note {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Numbered {
    sku: String,
    number: u64,
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Sources {
    bucket: String,
    key: String,
    limit: u64,
    shops: BTreeMap<String, Line>,
}

errors! {
    Declined;
    Broken;
}

#[task(lambda = "${Charge}")]
fn charge(id: String, amount: f64) -> Line;

#[task(lambda = "${Ship}")]
fn ship(sku: String) -> String;

#[task(lambda = "${Poll}")]
fn poll() -> bool;

#[task(lambda_invoke = "reserve")]
fn reserve(sku: String) -> Line;

#[task(activity = "${Pack}", timeout = "2m", heartbeat = "30s")]
fn pack(#[input] line: Line) -> String;
