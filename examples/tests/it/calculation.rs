//! The calculations, fed with samples.

use serde_json::{Value, json};
use stepwright_examples::calculation::{
    Calculated, Numbers, add, calculation_state_machine, clean_input, divide, multiply, subtract,
};
use stepwright_sim::{Reply, WorkflowExecution, WorkflowSimulation};

fn run(input: Value) -> WorkflowExecution<()> {
    let number = |result| Ok(Calculated { result });
    WorkflowSimulation::of(&calculation_state_machine())
        .expect("the example compiles")
        .on::<clean_input, _>(|args| {
            let number = |name: &str| args.input[name].as_f64().unwrap_or_default();
            Ok(Numbers { a: number("a"), b: number("b") })
        })
        .on::<multiply, _>(move |args| number(args.input.a * args.input.b))
        .on::<subtract, _>(move |args| number(args.input.result - 1.0))
        .on::<add, _>(move |args| number(args.input.result + 3.0))
        .on::<divide, _>(move |args| number(args.input.result / 2.0))
        .on_json("Notify", |_| Reply::success(json!({ "MessageId": "m-1" })))
        .run_json(input)
        .expect("every task has a stand-in")
}

#[test]
fn a_product_of_twenty_goes_on() {
    let execution = run(json!({ "a": 4, "b": 5 }));
    execution.assert_succeeded().assert_path([
        "CleanInput",
        "Multiply",
        "Choice",
        "Subtract",
        "Add",
        "Divide",
    ]);
    let output = execution.output.as_ref().expect("it succeeded");
    assert_eq!(output["Payload"], json!({ "result": 11.0 }));
}

#[test]
fn a_product_of_nineteen_notifies_with_all_that_is_known_of_the_execution() {
    let execution = run(json!({ "a": 1, "b": 19 }));
    execution.assert_succeeded().assert_path(["CleanInput", "Multiply", "Choice", "Notify"]);
    let sent: Vec<&Value> = execution.arguments_of("Notify").collect();
    assert_eq!(sent[0]["Subject"], "Failed Test");
    assert_eq!(sent[0]["Message"]["Execution"]["Input"], json!({ "a": 1, "b": 19 }));
}
