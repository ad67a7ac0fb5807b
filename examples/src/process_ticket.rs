//! Escalation with a child: a Standard workflow that waits for days, and an Express workflow that does the quick work.
//!
//! The machine of [`ticket_escalation`](crate::ticket_escalation), whose three changes of a ticket have become a workflow of their own. What to look at:
//!
//! * **What is run where.** [`process_ticket`] says `express`, and is checked as such: it ends within five minutes and waits for no job, callback or activity.
//!   [`ticket_with_child`] is a Standard workflow, which may wait for a year.
//! * **One type on both sides.** What the child takes and gives is known to the parent, from the child's own signature: an ARN in a template says nothing of it.
//! * **A child that fails.** An Express workflow is run by `startSyncExecution`, whose answer says how it ended, and whose Retriers never hear of a
//!   failure. [`run_express`](Scope::run_express) looks, and fails with the child's error. In the branch of a Parallel state that error is retried
//!   by the parent's policy.
//! * **At least once.** A retried child does its work again: tags are set, not added, and a priority is given, not raised by one.
//!
//! The forbidden combinations do not compile. A child that is waited for as a Standard one is `SW0142`, and what an Express workflow cannot do is told in
//! its place:
//!
//! ```
//! # use stepwright::prelude::*;
//! # use stepwright_examples::process_ticket::*;
//! # use stepwright_examples::ticket_escalation::Ticket;
//! #[workflow]
//! fn parent(s: &mut Scope, ticket: Ref<Ticket>) -> Ref<Processed> {
//!     s.task(process_ticket().start_sync("${ProcessTicketArn}", ticket))
//! }
//! # let codes = |plan| stepwright_codegen::compile_plan(&plan).expect_err("it does not compile").to_string();
//! # assert!(codes(parent().plan()).contains("SW0142"));
//!
//! #[workflow(express)]
//! fn patient(s: &mut Scope) {
//!     s.wait("SlaWait", 4.hours());
//! }
//! # assert!(codes(patient().plan()).contains("SW0281"));
//! ```

use stepwright::prelude::*;

use crate::ticket_escalation::{
    Priority, Sentiment, Ticket, get_full_ticket, get_sentiment, is_closed, set_priority, set_tags,
};
use crate::zendesk_article::TicketEvent;

/// What a ticket is about.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Category {
    Booking,
    Refund,
    Baggage,
    Other,
}

/// Finds out what a ticket is about, and sorts it in there.
#[task(lambda = "${SetCategoryArn}")]
pub fn set_category(ticket: u64, description: String) -> Category;

/// The child is in a hurry: with all retries, it must be done in five minutes.
const CHILD: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).delays([1, 2, 4])]);

/// The parent has time.
const PARENT: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).delays([60, 300])]);

/// What the child has done.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Processed {
    /// The ticket, as it is now.
    pub ticket: Ticket,
    /// What it is about.
    pub category: Category,
}

/// Tags a ticket, sorts it in, and makes it more urgent
#[workflow(express, conventions = Conventions::new().retry_lambdas(CHILD))]
pub fn process_ticket(s: &mut Scope, ticket: Ref<Ticket>) -> Expr<Processed> {
    s.task(set_tags(ticket.id, ["negative"]).named("Set tags"));
    let category = s.task(set_category(ticket.id, ticket.description).named("Set category"));
    let is_high = cond!(ticket.priority == Priority::High || ticket.priority == Priority::Urgent);
    let raised = expr!(if is_high { Priority::Urgent } else { Priority::High });
    let ticket = s.task(set_priority(ticket.id, raised).named("Escalate priority"));
    data!(Processed { ticket, category })
}

/// Lets a child work on a negative ticket again and again until it is closed
#[workflow(conventions = Conventions::new().retry_lambdas(RetryPolicy::LAMBDA))]
pub fn ticket_with_child(s: &mut Scope, event: Ref<TicketEvent>) -> Ref<Ticket> {
    let new = s.task(get_full_ticket(event));
    let ticket = s.var("ticket", new);
    let sentiment = s.task(get_sentiment(ticket.description));
    s.when("IsNegative", cond!(sentiment == Sentiment::Negative), |s| {
        s.repeat(|s| {
            s.wait("SlaWait", placeholder::<u32>("SlaSeconds"));
            let (processed,) = s
                .parallel("ProcessTicket")
                .branch(|s| s.run_express(process_ticket().start_express("${ProcessTicketArn}", *ticket)))
                .retry(PARENT)
                .join();
            s.set(ticket, processed.ticket);
        })
        .until("IsClosed", |()| is_closed(*ticket));
    });
    s.pass("Settled", ticket)
}
