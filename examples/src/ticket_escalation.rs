//! A support ticket from an angry customer, which becomes more urgent until it is closed.
//!
//! A new ticket is fetched and its words are weighed. If they are negative, it is tagged; then the machine waits for as long as a ticket of its
//! priority may take, and raises the priority, again and again. What to look at:
//!
//! * **The priorities are an enum.** `choose!` has one Wait for each, and says what comes after it; rustc finds the variant that is missing: the
//!   article's machine has no Wait for a low priority.
//! * **Numbers of the deployment.** How long a ticket may take is set when the machine is deployed: [`placeholder::<u32>`](placeholder) is a number wherever
//!   a number may stand. In the article's template it is a text in a place for numbers.
//! * **A variable for the ticket**, as the last function has seen it, and one for whether there is nothing left to raise.
//! * **What the types found.** A state was misspelt (`SANormalWait`), one had the type `Success`, which does not exist, and `isClosed` went on when the ticket
//!   was *open*. Here, names come from the calls, and what the Choice asks is a Rust expression.

use stepwright::prelude::*;

use crate::zendesk_article::TicketEvent;

/// A ticket, as it is now.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ticket {
    /// Its number.
    pub id: u64,
    /// What was written.
    pub description: String,
    /// How far it has come.
    pub status: Status,
    /// How urgent it is.
    pub priority: Priority,
}

/// How far a ticket has come.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Status {
    New,
    Open,
    Pending,
    Hold,
    Solved,
    Closed,
}

/// How urgent a ticket is.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Priority {
    Low,
    Normal,
    High,
    Urgent,
}

/// How the customer feels.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Sentiment {
    Positive,
    Negative,
    Neutral,
    Mixed,
}

/// Gets the whole ticket.
#[task(lambda = "${GetFullTicketArn}")]
pub fn get_full_ticket(#[input] event: TicketEvent) -> Ticket;

/// Weighs the words of a text.
#[task(lambda = "${GetSentimentArn}")]
pub fn get_sentiment(text: String) -> Sentiment;

/// Sets the tags of a ticket.
#[task(lambda = "${SetTagsArn}")]
pub fn set_tags(ticket: u64, tags: Vec<String>) -> Ticket;

/// Sets the priority of a ticket, unless it is closed, and says what it has become meanwhile.
#[task(lambda = "${SetPriorityArn}")]
pub fn set_priority(ticket: u64, priority: Priority) -> Ticket;

/// Functions of the service that are away for a moment are asked again.
const SUPPORT: Conventions = Conventions::new().retry_lambdas(RetryPolicy::LAMBDA);

/// Raises the priority of a negative ticket until it is closed
#[workflow(conventions = SUPPORT)]
pub fn ticket_escalation(s: &mut Scope, event: Ref<TicketEvent>) -> Ref<Ticket> {
    let new = s.task(get_full_ticket(event).named("ZenDeskGetFullTicket"));
    let ticket = s.var("ticket", new);
    let last_call = s.var("lastCall", false);
    let sentiment = s.task(get_sentiment(ticket.description).named("ZenDeskDemoGetSentiment"));
    s.when("isNegative", cond!(sentiment == Sentiment::Negative), |s| {
        let tagged = s.task(set_tags(ticket.id, ["negative"]).named("SetTags"));
        s.set(ticket, tagged);
        let again = s.label();
        s.choice("isClosed")
            .when(is_closed(*ticket), |_| ())
            .when(last_call, |s| s.succeed_with("FinalEscalation", ticket))
            .otherwise(|s| {
                let priority = wait_for_agents(s, ticket, last_call);
                let raised = s.task(set_priority(ticket.id, priority).named("ZenDeskDemoSetPriority"));
                s.set(ticket, raised);
                s.goto(again)
            });
    });
    s.pass("closedOrNotNegative", ticket)
}

/// Waits for as long as a ticket of this priority may take, and says which priority it has after that.
fn wait_for_agents(s: &mut Scope, ticket: Var<Ticket>, last_call: Var<bool>) -> Ref<Priority> {
    choose!(s, "GetSLAWaitTime", ticket.priority, {
        Priority::Urgent => |s| {
            s.wait("SLAUrgentWait", placeholder::<u32>("SlaUrgentSeconds"));
            s.set(last_call, true);
            expr!(Priority::Urgent)
        },
        Priority::High => |s| {
            s.wait("SLAHighWait", placeholder::<u32>("SlaHighSeconds"));
            expr!(Priority::Urgent)
        },
        Priority::Normal | Priority::Low => |s| {
            s.wait("SLANormalWait", placeholder::<u32>("SlaNormalSeconds"));
            expr!(Priority::High)
        },
    })
}

/// Nobody has to do anything about it.
pub(crate) fn is_closed(ticket: Ref<Ticket>) -> Expr<bool> {
    cond!(ticket.status == Status::Closed || ticket.status == Status::Solved)
}
