//! A parent and its child in one simulation.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::json;
use stepwright::prelude::*;
use stepwright_codegen::compile;
use stepwright_examples::process_ticket::{
    Category, Processed, process_ticket, set_category, ticket_with_child,
};
use stepwright_examples::ticket_escalation::{
    Priority, Sentiment, Status, Ticket, get_full_ticket, get_sentiment, set_priority, set_tags,
};
use stepwright_examples::zendesk_article::TicketEvent;
use stepwright_sim::{
    EXPRESS_DURATION, Reply, StandIns, Status as Ended, TaskError, WorkflowExecution, WorkflowSimulation,
};

use crate::ticket_escalation::event;

fn ticket(priority: Priority) -> Ticket {
    Ticket { id: 42, description: "my case!".to_owned(), status: Status::New, priority }
}

/// The support desk, with one ticket, which agents solve once it is urgent.
fn desk(priority: Priority, sentiment: Sentiment) -> StandIns {
    let now = Rc::new(RefCell::new(ticket(priority)));
    let (new, tagged) = (Rc::clone(&now), Rc::clone(&now));
    StandIns::new()
        .on::<get_full_ticket, _>(move |_| Ok(new.borrow().clone()))
        .on::<get_sentiment, _>(move |_| Ok(sentiment))
        .on::<set_tags, _>(move |_| Ok(tagged.borrow().clone()))
        .on::<set_category, _>(|args| {
            assert_eq!(args.description, "my case!");
            Ok(Category::Baggage)
        })
        .on::<set_priority, _>(move |args| {
            let status = if args.priority == Priority::Urgent { Status::Solved } else { Status::Open };
            *now.borrow_mut() = Ticket { status, ..ticket(args.priority) };
            Ok(now.borrow().clone())
        })
}

fn child(priority: Priority, changes: StandIns) -> WorkflowExecution<Processed> {
    let desk = desk(priority, Sentiment::Negative).with(changes);
    let simulation = WorkflowSimulation::of(&process_ticket()).expect("the example compiles").stand_ins(desk);
    simulation.run(ticket(priority)).expect("every task has a stand-in")
}

fn parent(desk: StandIns) -> WorkflowExecution<Ticket> {
    simulation().stand_ins(desk).run(event()).expect("every task has a stand-in")
}

fn simulation() -> WorkflowSimulation<TicketEvent, Ticket> {
    WorkflowSimulation::of(&ticket_with_child())
        .expect("the example compiles")
        .link("${ProcessTicketArn}", &process_ticket())
        .expect("the example compiles")
        .substitute("SlaSeconds", 3_600)
}

#[test]
fn the_child_tags_sorts_and_escalates() {
    for (priority, raised) in [
        (Priority::Low, Priority::High),
        (Priority::Normal, Priority::High),
        (Priority::High, Priority::Urgent),
        (Priority::Urgent, Priority::Urgent),
    ] {
        let execution = child(priority, StandIns::new());
        execution.assert_path(["Set tags", "Set category", "Escalate priority"]);
        let processed = execution.output().expect("it succeeded");
        assert_eq!((processed.ticket.priority, processed.category), (raised, Category::Baggage));
    }
}

#[test]
fn the_child_retries_its_functions() {
    let mut calls = 0;
    let busy = StandIns::new().on::<set_category, _>(move |_| {
        calls += 1;
        if calls < 3 { Err(TaskError::new(Lambda::UNKNOWN, "busy")) } else { Ok(Category::Refund) }
    });
    child(Priority::Low, busy)
        .assert_succeeded()
        .assert_retries("Set category", [1.seconds(), 2.seconds()])
        .assert_elapsed(3.seconds());
}

#[test]
fn the_child_ends_after_five_minutes() {
    let silent = StandIns::new().on_json("Set category", |_| Reply::silence());
    child(Priority::Low, silent).assert_timed_out().assert_elapsed(EXPRESS_DURATION);
}

#[test]
fn the_parent_lets_the_child_work_until_the_ticket_is_closed() {
    let execution = parent(desk(Priority::Normal, Sentiment::Negative));
    let round = ["SlaWait", "ProcessTicket", "IsClosed"];
    execution
        .assert_succeeded_with(Ticket { status: Status::Solved, ..ticket(Priority::Urgent) })
        .assert_path(
            ["GetFullTicket", "GetSentiment", "IsNegative"]
                .into_iter()
                .chain(round)
                .chain(round)
                .chain(["Settled"]),
        )
        .assert_elapsed(2.hours());
    let priorities: Vec<_> = execution.nested.iter().map(|child| &child.input["priority"]).collect();
    assert_eq!(priorities, ["normal", "high"]);
    assert!(execution.nested.iter().all(|child| child.status == Ended::Succeeded));
}

#[test]
fn a_ticket_that_is_not_negative_needs_no_child() {
    let execution = parent(desk(Priority::Normal, Sentiment::Neutral));
    assert!(execution.nested.is_empty());
    execution.assert_succeeded_with(ticket(Priority::Normal)).assert_elapsed(0.seconds());
}

#[test]
fn a_child_that_fails_is_run_again_by_the_parents_policy() {
    let mut calls = 0;
    let locked = StandIns::new().on_json("Escalate priority", move |_| {
        calls += 1;
        let solved = Ticket { status: Status::Solved, ..ticket(Priority::Urgent) };
        if calls <= 4 { Reply::failure("Locked", "somebody is at it") } else { Reply::success(json!(solved)) }
    });
    let execution = parent(desk(Priority::High, Sentiment::Negative).with(locked));
    execution
        .assert_succeeded()
        .assert_retries("ProcessTicket", [60.seconds()])
        .assert_elapsed(1.hours() + 7.seconds() + 60.seconds());
    let ended: Vec<_> = execution.nested.iter().map(|child| child.status).collect();
    assert_eq!(ended, [Ended::Failed, Ended::Succeeded]);
}

#[test]
fn a_child_that_fails_for_good_fails_the_parent_with_its_own_error() {
    let locked = StandIns::new().on_json("Set category", |_| Reply::failure("Locked", "somebody is at it"));
    let execution = parent(desk(Priority::High, Sentiment::Negative).with(locked));
    execution
        .assert_failed_with("Locked")
        .assert_cause_contains("somebody is at it")
        .assert_retries("ProcessTicket", [1.minutes(), 5.minutes()])
        .assert_visited_times("RunProcessTicketFailed", 3);
    assert_eq!(execution.nested.len(), 3);
}

#[test]
fn a_child_that_takes_too_long_fails_too() {
    let silent = StandIns::new().on_json("Set category", |_| Reply::silence());
    let execution = parent(desk(Priority::High, Sentiment::Negative).with(silent));
    execution.assert_failed().assert_cause_contains("TIMED_OUT");
    assert!(execution.nested.iter().all(|child| child.status == Ended::TimedOut));
    execution.assert_elapsed(1.hours() + 3 * EXPRESS_DURATION + 6.minutes());
}

/// Somebody at the desk reads the ticket.
#[task(activity = "${DeskArn}")]
fn read(ticket: u64) -> bool;

/// What waits for others, each in an Express workflow; the last one in a branch.
#[workflow(express)]
fn patient_child(s: &mut Scope, id: Ref<u64>) {
    s.task(read(id));
    s.task(codebuild::start_build("${Project}").sync());
    s.task(wait_for_task_token::<bool>(|token| sqs::send_message("${Queue}", data!({ "token": token }))));
    s.parallel("Nested").branch(|s| s.task(read(id).named("ReadAgain"))).join();
}

#[test]
fn an_express_workflow_waits_for_nobody() {
    let problems = compile(&patient_child()).expect_err("it does not compile").to_string();
    for state in ["Read", "CodebuildStartBuild", "SqsSendMessage", "ReadAgain"] {
        assert!(problems.contains(&format!("error[SW0280]: `{state}` waits for")), "{state}:\n{problems}");
    }
}
