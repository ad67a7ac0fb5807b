//! Two steps of two parallel processes each, and the same machine made to resume after a failure.
//!
//! The definition comes from an article about resuming executions: when a later step has failed, a second machine is deployed that
//! starts with a Choice, `GoToState`, which leads past the steps that have succeeded. The input says whether it is a resumption.
//!
//! What to look at:
//!
//! * **Reuse.** [`second_step`] and [`final_processing`] are functions over the scope, used by both machines.
//! * **The document.** In JSONPath the states of a scope share one document; the functions take the whole of it.
//!   [`s.document()`](Scope::document) says what they expect there, and that it is there is checked on every path.
//! * **What the types found.** In the article the second step needs `foo`, which nothing provides; it surfaces when the first step
//!   has run already. And `resuming` decides where to go, but an input without it fails. Here both are fields of the input's type, so whoever starts
//!   an execution from Rust must give them.

use stepwright::prelude::*;

/// What an execution is started with.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// What the second step needs.
    pub foo: String,
    /// What the first step works on.
    #[serde(rename = "Message")]
    pub message: String,
}

/// What a resumable execution is started with: after a failure, the input of the state that failed.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Resumption {
    /// Whether the first step is done.
    pub resuming: bool,
    /// What the second step needs.
    pub foo: String,
    /// What the first step works on.
    #[serde(rename = "Message")]
    pub message: String,
    /// What the first step gave, if it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<Vec<String>>,
}

/// What the second step works on.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SecondStep {
    /// What it needs.
    pub foo: String,
    /// What the first step gave; a resumed execution may have been started without it.
    pub output: Option<Vec<String>>,
}

/// A process of the first step.
#[task(lambda = "arn:aws:lambda:us-west-2:123456789012:function:LambdaA")]
pub fn first_process(#[input] request: Request) -> String;

/// A process of the second step.
#[task(lambda = "arn:aws:lambda:us-west-2:123456789012:function:LambdaB")]
pub fn second_process(#[input] request: SecondStep) -> String;

/// What is made of both.
#[task(lambda = "arn:aws:lambda:us-west-2:123456789012:function:LambdaC")]
pub fn finish(#[input] results: Vec<String>) -> String;

/// An example of the Amazon States Language using a parallel state to execute two branches at the same time.
#[workflow(query_language = "JSONPath")]
pub fn parallel_state_machine(s: &mut Scope, _request: Ref<Request>) -> Ref<String> {
    first_step(s);
    second_step(s);
    final_processing(s)
}

/// An example of the Amazon States Language using a parallel state to execute two branches at the same time.
#[workflow(query_language = "JSONPath")]
pub fn parallel_state_machine_with_go_to_state(s: &mut Scope, request: Ref<Resumption>) -> Ref<String> {
    s.when("GoToState", cond!(!request.resuming), first_step);
    second_step(s);
    final_processing(s)
}

fn first_step(s: &mut Scope) {
    s.parallel("Parallel")
        .branch(|s| s.task(first_process(s.document()).named("Parallel Step 1, Process 1")))
        .branch(|s| s.task(first_process(s.document()).named("Parallel Step 1, Process 2")))
        .save_as("output")
        .join();
}

/// The second step: both processes see the request, and what the first step gave.
pub fn second_step(s: &mut Scope) {
    s.parallel("Parallel 2")
        .branch(|s| s.task(second_process(s.document()).named("Parallel Step 2, Process 1")))
        .branch(|s| s.task(second_process(s.document()).named("Parallel Step 2, Process 2")))
        .replace_document()
        .join();
}

/// The last step: its input is the list of what the second one gave.
pub fn final_processing(s: &mut Scope) -> Ref<String> {
    s.task(finish(s.document()).named("Final Processing"))
}
