//! The incident response: harmless, approved, denied, and nobody answers.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use serde_json::json;
use stepwright::{DurationExt, Lambda};
use stepwright_codegen::compile;
use stepwright_examples::incident_response::lambdas::{Account, LOGGING, stand_ins, validate};
use stepwright_examples::incident_response::{
    Action, Answer, CreatePolicy, Created, Identity, Outcome, Policy, PolicyMade, PolicyName, Removed, Reply,
    Requested, ask_user, incident_response, temp_remove,
};
use stepwright_sim::{Reply as Answered, TaskError, WorkflowExecution, WorkflowSimulation};

const ARN: &str = "arn:aws:iam::123456789012:policy/New";

fn allowing(actions: &str) -> String {
    json!({ "Statement": [{ "Effect": "Allow", "Action": actions, "Resource": "*" }] }).to_string()
}

/// An account with a new policy, and the machine over it; the administrator answers after a day.
struct Incident {
    account: Rc<RefCell<Account>>,
    document: String,
    simulation: WorkflowSimulation<PolicyMade, Outcome>,
}

impl Incident {
    fn new(actions: &str, answer: Answer) -> Self {
        let document = allowing(actions);
        let account = Rc::new(RefCell::new(Account::default()));
        let author = "arn:aws:iam::123456789012:user/eve".to_owned();
        account.borrow_mut().create(&Policy { arn: ARN.to_owned(), document: document.clone(), author });
        let simulation = WorkflowSimulation::of(&incident_response())
            .expect("the example compiles")
            .stand_ins(stand_ins(&account))
            .on::<ask_user, _>(move |_| (Ok(Reply { action: answer }), 1.days()));
        Self { account, document, simulation }
    }

    fn run(self) -> (WorkflowExecution<Outcome>, Rc<RefCell<Account>>) {
        let detail = CreatePolicy {
            user_identity: Identity { arn: "arn:aws:iam::123456789012:user/eve".to_owned() },
            request_parameters: Requested { policy_document: self.document },
            response_elements: Created { policy: PolicyName { arn: ARN.to_owned() } },
        };
        let execution = self.simulation.run(PolicyMade { detail }).expect("every task has a stand-in");
        (execution, self.account)
    }

    fn with(mut self, change: impl FnOnce(Simulated) -> Simulated) -> Self {
        self.simulation = change(self.simulation);
        self
    }
}

type Simulated = WorkflowSimulation<PolicyMade, Outcome>;

#[test]
fn the_machine_has_nine_states() {
    let machine = compile(&incident_response()).expect("the example compiles").machine;
    let names: Vec<&str> = machine.states.keys().map(AsRef::as_ref).collect();
    assert_eq!(
        names,
        [
            "ModifyData",
            "ValidatePolicy",
            "ChooseAction",
            "AllowWithNotification",
            "TempRemove",
            "AskUser",
            "UsersChoice",
            "Approved",
            "Denied",
        ]
    );
}

#[test]
fn a_harmless_policy_is_only_told_of() {
    let (execution, account) = Incident::new("s3:GetObject", Answer::Deny).run();
    execution.assert_succeeded_with(Outcome::Allowed).assert_path([
        "ModifyData",
        "ValidatePolicy",
        "ChooseAction",
        "AllowWithNotification",
    ]);
    assert_eq!(account.borrow().notices, [ARN]);
    assert_eq!(account.borrow().document(ARN), Some(allowing("s3:GetObject").as_str()));
}

#[test]
fn an_approved_policy_comes_back() {
    let (execution, account) = Incident::new("s3:DeleteBucket", Answer::Approve).run();
    execution
        .assert_succeeded_with(Outcome::Approved)
        .assert_path([
            "ModifyData",
            "ValidatePolicy",
            "ChooseAction",
            "TempRemove",
            "AskUser",
            "UsersChoice",
            "Approved",
        ])
        .assert_arguments_of("Approved", [json!({ "arn": ARN, "version": "v1" })])
        .assert_elapsed(1.days());
    assert_eq!(account.borrow().document(ARN), Some(allowing("s3:DeleteBucket").as_str()));
}

#[test]
fn a_denied_policy_stays_cut_down() {
    let (execution, account) = Incident::new("iam:CreateUser", Answer::Deny).run();
    execution.assert_succeeded_with(Outcome::Denied).assert_visited("Denied").assert_not_visited("Approved");
    assert_eq!(account.borrow().document(ARN), Some(LOGGING));
}

#[test]
fn the_administrator_sees_what_is_wrong() {
    let (execution, _) = Incident::new("iam:*", Answer::Deny).run();
    let asked = execution.arguments_of("AskUser").next().expect("somebody was asked");
    assert_eq!(asked["Payload"]["restricted"], json!(["iam:*"]));
    assert_eq!(asked["Payload"]["policy"]["author"], "arn:aws:iam::123456789012:user/eve");
    assert!(asked["Payload"]["token"].is_string());
}

#[test]
fn a_lost_answer_is_a_no() {
    let lost = |simulation: Simulated| simulation.on_json("AskUser", |_| Answered::silence());
    let (execution, account) = Incident::new("iam:*", Answer::Approve).with(lost).run();
    execution
        .assert_succeeded_with(Outcome::Denied)
        .assert_visited_in_order(["TempRemove", "AskUser", "UsersChoice", "Denied"])
        .assert_retries("AskUser", [])
        .assert_elapsed(7.days());
    assert_eq!(account.borrow().document(ARN), Some(LOGGING));
}

#[test]
fn an_answer_that_is_neither_restores_nothing() {
    let maybe = |s: Simulated| s.on_json("AskUser", |_| Answered::success(json!({ "action": "maybe" })));
    let (execution, account) = Incident::new("iam:*", Answer::Approve).with(maybe).run();
    execution.assert_failed_with("States.NoChoiceMatched").assert_not_visited("Approved");
    assert_eq!(account.borrow().document(ARN), Some(LOGGING));
}

#[test]
fn a_policy_is_cut_down_in_spite_of_faults() {
    let mut faults = 4;
    let unsteady = |s: Simulated| {
        s.on::<temp_remove, _>(move |_| {
            if faults == 0 {
                return Ok(Removed { old_version: "v1".to_owned() });
            }
            faults -= 1;
            Err(TaskError::new(Lambda::UNKNOWN, "out of memory"))
        })
    };
    let (execution, _) = Incident::new("iam:*", Answer::Deny).with(unsteady).run();
    let seconds = [2, 4, 8, 16].map(Duration::from_secs);
    execution.assert_succeeded_with(Outcome::Denied).assert_retries("TempRemove", seconds);
}

#[test]
fn what_is_restricted() {
    let action = |document: &str| validate(document).action;
    assert_eq!(action(&allowing("s3:Get*")), Action::Alert);
    assert_eq!(action(&allowing("s3:Delete*")), Action::Remedy);
    assert_eq!(action(&allowing("S3:DELETEBUCKET")), Action::Remedy);
    assert_eq!(action(&allowing("*")), Action::Remedy);
    assert_eq!(action(&allowing("iam:*").replace("Allow", "Deny")), Action::Alert);
    assert_eq!(action(&allowing("s3:GetObject").replace("Action", "NotAction")), Action::Remedy);
    assert_eq!(action("no JSON"), Action::Remedy);
}
