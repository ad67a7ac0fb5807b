//! Tasks that call services, wait for jobs and callbacks, and run other workflows, with stand-ins.

use serde_json::json;
use stepwright::prelude::*;
use stepwright_sim::{Reply, StandIns, WorkflowSimulation};

#[derive(Data, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Ticket {
    id: String,
    urgent: bool,
}

#[derive(Data, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Score {
    points: u32,
}

#[derive(Data, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Ask {
    token: String,
    ticket: String,
}

#[derive(Data, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Approval {
    approved: bool,
}

#[task(lambda_invoke = "ask")]
fn ask(#[token] token: String, ticket: String) -> Approval;

fn process(s: &mut Scope, ticket: Ref<Ticket>) -> Ref<Score> {
    s.wait("Think", 60.seconds());
    s.choice("IsUrgent")
        .when(cond!(ticket.urgent), |s| s.pass("High", data!(Score { points: 9 })))
        .otherwise(|s| s.pass("Low", data!(Score { points: 1 })))
}

fn triage(s: &mut Scope, ticket: Ref<Ticket>, child: &Workflow<Ticket, Score>) -> Ref<u32> {
    let (id, urgent) = (ticket.id, ticket.urgent);
    let score = s.task(child.start_sync("${ProcessTicket}", data!(Ticket { id, urgent })));
    let approval = s.task(ask(ticket.id).timeout(1.hours()));
    s.unless("IsApproved", approval.approved, |s| s.fail("Refused", "somebody said no"));
    s.task(wait_for_task_token::<Approval>(|token| {
        sqs::send_message("${Queue}", data!(Ask { token, ticket: ticket.id }))
    }));
    score.points
}

#[workflow]
fn process_in_jsonata(s: &mut Scope, ticket: Ref<Ticket>) -> Ref<Score> {
    process(s, ticket)
}

#[workflow]
fn triage_in_jsonata(s: &mut Scope, ticket: Ref<Ticket>) -> Ref<u32> {
    triage(s, ticket, &process_in_jsonata())
}

#[workflow(query_language = "JSONPath")]
fn process_in_jsonpath(s: &mut Scope, ticket: Ref<Ticket>) -> Ref<Score> {
    process(s, ticket)
}

#[workflow(query_language = "JSONPath", conventions = Conventions::new().partition("${AWS::Partition}"))]
fn triage_in_jsonpath(s: &mut Scope, ticket: Ref<Ticket>) -> Ref<u32> {
    triage(s, ticket, &process_in_jsonpath())
}

fn stand_ins(approved: bool) -> StandIns {
    StandIns::new()
        .on::<ask, _>(move |args| {
            assert!(!args.token.is_empty());
            assert_eq!(args.ticket, "t-1");
            Ok(Approval { approved })
        })
        .on_json("SqsSendMessage", |input| {
            let message = &input["MessageBody"];
            assert!(message["token"].as_str().is_some_and(|token| !token.is_empty()), "{input}");
            Reply::success(json!({ "approved": message["ticket"] == "t-1" }))
                .taking(std::time::Duration::from_secs(30))
        })
}

#[track_caller]
fn check_triage(parent: &Workflow<Ticket, u32>, child: &Workflow<Ticket, Score>) {
    let simulation = || {
        let simulation = WorkflowSimulation::of(parent).expect("the parent compiles");
        simulation.link("${ProcessTicket}", child).expect("the child compiles")
    };
    let ticket = || Ticket { id: "t-1".to_owned(), urgent: true };
    let execution = simulation().stand_ins(stand_ins(true)).run(ticket()).expect("it can be run");
    execution.assert_succeeded().assert_elapsed(90.seconds());
    assert_eq!(execution.output().expect("it has one"), 9);
    let [nested] = execution.nested.as_slice() else { panic!("there is one: {:?}", execution.nested) };
    assert_eq!(nested.state_machine, "${ProcessTicket}");
    let parent = nested.input["AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID"].as_str();
    assert!(parent.is_some_and(|parent| parent.contains(":execution:")), "{}", nested.input);
    simulation()
        .stand_ins(stand_ins(false))
        .run(ticket())
        .expect("it can be run")
        .assert_failed_with("Refused");
}

#[test]
fn jobs_callbacks_and_nested_workflows_in_jsonata() {
    check_triage(&triage_in_jsonata(), &process_in_jsonata());
}

#[test]
fn jobs_callbacks_and_nested_workflows_in_jsonpath() {
    check_triage(&triage_in_jsonpath(), &process_in_jsonpath());
}

#[test]
fn a_simulation_is_cloned_whatever_its_workflow_takes() {
    let simulation = WorkflowSimulation::of(&process_in_jsonata()).expect("it compiles");
    for (urgent, points) in [(true, 9), (false, 1)] {
        let ticket = Ticket { id: "t-1".to_owned(), urgent };
        let execution = simulation.clone().run(ticket).expect("there are no tasks");
        execution.assert_succeeded_with(Score { points });
    }
}
