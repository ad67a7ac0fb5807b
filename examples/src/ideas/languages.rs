//! The same workflow in both query languages: what is said in Rust is the same, the JSON is not.
//!
//! JSONata is the default. In JSONPath values travel in the document, and some expressions need a state; what it cannot say
//! is reported when the workflow is compiled, with what to do.
//!
//! ```
//! use stepwright_examples::ideas::languages::{Ticket, assign, triage_in_jsonata, triage_in_jsonpath};
//! use stepwright_sim::WorkflowSimulation;
//!
//! for workflow in [triage_in_jsonata(), triage_in_jsonpath()] {
//!     let triage = WorkflowSimulation::of(&workflow)?.on::<assign, _>(|args| Ok(format!("{}-1", args.queue)));
//!     let ticket = |urgency| Ticket { id: "t-7".to_owned(), urgency };
//!     triage.clone().run(ticket(9))?.assert_succeeded_with("t-7 is for now-1");
//!     triage.run(ticket(1))?.assert_succeeded_with("t-7 is for later-1");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

/// A customer has a problem.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Ticket {
    /// Its number.
    pub id: String,
    /// 1 to 10.
    pub urgency: u32,
}

/// Finds somebody for a ticket.
#[task(lambda = "${AssignArn}")]
pub fn assign(id: String, queue: String) -> String;

fn triage(s: &mut Scope, ticket: Ref<Ticket>) -> Expr<String> {
    let queue =
        s.choice("HowUrgent").when(cond!(ticket.urgency > 7), |_| expr!("now")).otherwise(|_| expr!("later"));
    let person = s.task(assign(ticket.id, queue));
    fmt!("{} is for {person}", ticket.id)
}

/// Finds somebody for a ticket, in JSONata.
#[workflow]
pub fn triage_in_jsonata(s: &mut Scope, ticket: Ref<Ticket>) -> Expr<String> {
    triage(s, ticket)
}

/// Finds somebody for a ticket, in JSONPath.
#[workflow(query_language = "JSONPath")]
pub fn triage_in_jsonpath(s: &mut Scope, ticket: Ref<Ticket>) -> Expr<String> {
    triage(s, ticket)
}
