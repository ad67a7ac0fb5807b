//! Optional values: what may be missing is looked at before it is used.
//!
//! `customer.phone` where a text is wanted does not compile. It takes a default, or a state that finds out whether it is there.
//!
//! ```
//! use serde_json::json;
//! use stepwright_examples::ideas::options::{remind, text};
//! use stepwright_sim::WorkflowSimulation;
//!
//! let remind = WorkflowSimulation::of(&remind())?.on::<text, _>(|_| Ok(()));
//! let execution = remind.clone().run_json(json!({ "name": "Ada", "phone": "555" }))?;
//! execution.assert_arguments_of("Text", [json!({ "phone": "555", "message": "Hello Ada" })]);
//! remind.run_json(json!({ "nickname": "Al" }))?.assert_succeeded_with("Hello you").assert_not_visited("Text");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

/// Somebody, as far as known.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Customer {
    /// Their name.
    pub name: Option<String>,
    /// Their number.
    pub phone: Option<String>,
}

/// Sends a text message.
#[task(lambda = "${TextArn}")]
pub fn text(phone: String, message: String);

/// Greets a customer, on the phone if they have one.
#[workflow]
pub fn remind(s: &mut Scope, customer: Ref<Customer>) -> Ref<String> {
    let message = s.pass("Write", fmt!("Hello {}", customer.name.or("you")));
    s.when_some("HasPhone", customer.phone, |s, phone| {
        s.task(text(phone, message));
    });
    message
}
