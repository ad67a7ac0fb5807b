//! What expressions come to: each is compiled and run, for values at the edges of its type.

mod closures;
mod lists;
mod options;
mod raw;
mod texts;
mod times;

use serde_json::{Value, json};
use stepwright::prelude::*;
use stepwright_codegen::compile;
use stepwright_sim::Simulation;

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Order {
    id: String,
    note: Option<String>,
    total: f64,
    count: i32,
    lines: Vec<Line>,
    names: Vec<String>,
    numbers: Vec<f64>,
    nested: Vec<Vec<u32>>,
    maybe: Vec<Option<u32>>,
    stock: std::collections::BTreeMap<String, u32>,
    any: Value,
}

#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
struct Line {
    sku: String,
    qty: f64,
    price: f64,
    tag: Option<String>,
}

/// What a workflow gives, or why it fails.
fn run<I, O>(workflow: &Workflow<I, O>, input: &Value) -> Value {
    let machine = match compile(workflow) {
        Ok(compiled) => compiled.machine,
        Err(diagnostics) => panic!("{diagnostics}"),
    };
    let execution =
        Simulation::new(&machine).input(input.clone()).run().expect("the machine can be simulated");
    match execution.output {
        Some(output) => output,
        None => json!({ "failed": execution.cause }),
    }
}

/// Runs an expression of the order with several orders, in one language.
macro_rules! check_in {
    ($language:literal, $order:ident => $expression:expr; $($given:tt => $expect:tt),+ $(,)?) => {{
        #[workflow(query_language = $language)]
        fn w(s: &mut Scope, $order: Ref<Order>) -> Ref<Value> {
            s.pass("Made", $expression).as_value()
        }
        let workflow = w();
        $(
            let machine = stepwright_codegen::compile(&workflow).map(|compiled| compiled.machine);
            let shown = machine.map(|machine| stepwright_codegen::asl::to_value(&machine)["States"]["Made"].to_string());
            assert_eq!(run(&workflow, &json!($given)), json!($expect), "{shown:?} of {}", json!($given));
        )+
    }};
}

/// Runs an expression in JSONata.
macro_rules! check {
    ($($all:tt)*) => { check_in!("JSONata", $($all)*) };
}

/// Runs an expression in JSONata and in JSONPath, which must agree.
macro_rules! check_both {
    ($($all:tt)*) => {{
        check_in!("JSONata", $($all)*);
        check_in!("JSONPath", $($all)*);
    }};
}

use {check, check_both, check_in};
