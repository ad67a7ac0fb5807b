//! Tickets that escalate, with a deployment that gives them an hour, four hours and a day.

use stepwright::{DurationExt, Lambda};
use stepwright_examples::ticket_escalation::{
    Priority, Sentiment, Status, Ticket, get_full_ticket, get_sentiment, set_priority, set_tags,
    ticket_escalation,
};
use stepwright_examples::zendesk_article::{Detail, TicketEvent, TicketReference};
use stepwright_sim::{TaskError, WorkflowExecution, WorkflowSimulation};

/// A ticket that nobody has looked at.
fn ticket(priority: Priority) -> Ticket {
    Ticket { id: 42, description: "again!".to_owned(), status: Status::New, priority }
}

pub(crate) fn event() -> TicketEvent {
    TicketEvent { detail: Detail { ticket: TicketReference { id: 42, requester_id: 7 } } }
}

/// A ticket of this priority and sentiment, which agents close before its priority is set for the given time.
fn simulation(
    priority: Priority,
    sentiment: Sentiment,
    closed_at: usize,
) -> WorkflowSimulation<TicketEvent, Ticket> {
    let mut raised = 0;
    WorkflowSimulation::of(&ticket_escalation())
        .expect("the example compiles")
        .substitute("SlaUrgentSeconds", 3_600)
        .substitute("SlaHighSeconds", 4 * 3_600)
        .substitute("SlaNormalSeconds", 24 * 3_600)
        .on::<get_full_ticket, _>(move |args| Ok(Ticket { id: args.detail.ticket.id, ..ticket(priority) }))
        .on::<get_sentiment, _>(move |_| Ok(sentiment))
        .on::<set_tags, _>(move |args| {
            let status = if closed_at == 0 { Status::Closed } else { Status::New };
            assert_eq!(args.tags, ["negative"]);
            Ok(Ticket { status, ..ticket(priority) })
        })
        .on::<set_priority, _>(move |args| {
            raised += 1;
            let status = if raised == closed_at { Status::Solved } else { Status::Open };
            Ok(Ticket { status, ..ticket(args.priority) })
        })
}

fn run(priority: Priority, sentiment: Sentiment, closed_at: usize) -> WorkflowExecution<Ticket> {
    simulation(priority, sentiment, closed_at).run(event()).expect("every task has a stand-in")
}

const NEVER: usize = usize::MAX;

const HEAD: [&str; 5] =
    ["ZenDeskGetFullTicket", "ZenDeskDemoGetSentiment", "isNegative", "SetTags", "isClosed"];

/// One round: the wait for a priority, and what follows it.
fn round(wait: &'static str) -> [&'static str; 4] {
    ["GetSLAWaitTime", wait, "ZenDeskDemoSetPriority", "isClosed"]
}

#[test]
fn a_ticket_that_is_not_negative_ends_at_once() {
    for sentiment in [Sentiment::Neutral, Sentiment::Positive, Sentiment::Mixed] {
        run(Priority::Urgent, sentiment, NEVER)
            .assert_succeeded_with(ticket(Priority::Urgent))
            .assert_path([HEAD[0], HEAD[1], HEAD[2], "closedOrNotNegative"])
            .assert_elapsed(0.seconds());
    }
}

#[test]
fn a_ticket_that_is_closed_already_is_not_waited_for() {
    run(Priority::High, Sentiment::Negative, 0)
        .assert_path(HEAD.iter().chain(&["closedOrNotNegative"]))
        .assert_elapsed(0.seconds());
}

#[test]
fn every_priority_has_its_time() {
    let cases = [
        (Priority::Low, "SLANormalWait", 24.hours(), Priority::High),
        (Priority::Normal, "SLANormalWait", 24.hours(), Priority::High),
        (Priority::High, "SLAHighWait", 4.hours(), Priority::Urgent),
        (Priority::Urgent, "SLAUrgentWait", 1.hours(), Priority::Urgent),
    ];
    for (priority, wait, time, raised) in cases {
        run(priority, Sentiment::Negative, 1)
            .assert_succeeded_with(Ticket { status: Status::Solved, ..ticket(raised) })
            .assert_path(HEAD.into_iter().chain(round(wait)).chain(["closedOrNotNegative"]))
            .assert_elapsed(time);
    }
}

#[test]
fn a_ticket_that_nobody_closes_is_raised_to_the_top() {
    let rounds = ["SLANormalWait", "SLAHighWait", "SLAUrgentWait"].into_iter().flat_map(round);
    run(Priority::Low, Sentiment::Negative, NEVER)
        .assert_succeeded_with(Ticket { status: Status::Open, ..ticket(Priority::Urgent) })
        .assert_path(HEAD.into_iter().chain(rounds).chain(["FinalEscalation"]))
        .assert_assigned("getSLAWaitTime", [Priority::High, Priority::Urgent, Priority::Urgent])
        .assert_elapsed(29.hours());
}

#[test]
fn a_ticket_that_is_closed_on_the_last_call_is_no_escalation() {
    run(Priority::High, Sentiment::Negative, 2)
        .assert_visited_times("ZenDeskDemoSetPriority", 2)
        .assert_not_visited("FinalEscalation")
        .assert_elapsed(5.hours());
}

#[test]
fn a_function_that_is_away_for_a_moment_is_asked_again() {
    let mut calls = 0;
    let away = move |_| {
        calls += 1;
        let sentiment = if calls < 3 { Err(Lambda::SERVICE_EXCEPTION) } else { Ok(Sentiment::Neutral) };
        sentiment.map_err(|error| TaskError::new(error, "nobody here"))
    };
    let simulation = simulation(Priority::Low, Sentiment::Negative, NEVER).on::<get_sentiment, _>(away);
    let execution = simulation.run(event()).expect("every task has a stand-in");
    execution.assert_succeeded().assert_retries("ZenDeskDemoGetSentiment", [2.seconds(), 4.seconds()]);
}
