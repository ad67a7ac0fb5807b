//! A chain of calculations, tested before it is deployed.
//!
//! The definition comes from an article about a delivery pipeline for state machines: it was linted, deployed and fed with samples before
//! production. What to look at:
//!
//! * **`lambda:invoke` without its envelope.** The service wraps what the function returns (`$.Payload`); a `Ref<Number>` of a
//!   task's result is the payload, and the path is the compiler's business.
//! * **The pipeline is a test.** `examples/tests/it/calculation.rs` feeds the samples, with the functions as closures: a
//!   product of 20 goes on, one of 19 notifies.

use serde_json::Value;
use stepwright::prelude::*;

/// What is put in: anything that the first function can clean.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Numbers {
    /// The first factor.
    pub a: f64,
    /// The second factor.
    pub b: f64,
}

/// A number on its way.
#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Calculated {
    /// The number.
    pub result: f64,
}

/// Makes numbers of what was put in.
#[task(lambda_invoke = "CleanInput")]
pub fn clean_input(input: Value) -> Numbers;

/// Multiplies.
#[task(lambda_invoke = "Multiply")]
pub fn multiply(input: Numbers) -> Calculated;

/// Subtracts.
#[task(lambda_invoke = "Subtract")]
pub fn subtract(input: Calculated) -> Calculated;

/// Adds.
#[task(lambda_invoke = "Add")]
pub fn add(input: Calculated) -> Calculated;

/// Divides.
#[task(lambda_invoke = "Divide")]
pub fn divide(input: Calculated) -> Calculated;

/// Multiplies what is put in, and goes on calculating if that is 20 or more.
#[workflow(query_language = "JSONPath")]
pub fn calculation_state_machine(s: &mut Scope, input: Ref<Value>) {
    let numbers = s.task(clean_input(input).replace_document());
    let product = s.task(multiply(numbers).replace_document());
    s.choice("Choice")
        .when(cond!(product.result >= 20), |s| {
            let difference = s.task(subtract(product).replace_document());
            let sum = s.task(add(difference).replace_document());
            s.task(divide(sum).replace_document());
        })
        .otherwise(|s| {
            let notify = sns::publish("arn:aws:sns:us-east-1:657860672583:CalculateNotify", context());
            s.task(notify.with("Subject", "Failed Test").named("Notify").replace_document());
        });
}
