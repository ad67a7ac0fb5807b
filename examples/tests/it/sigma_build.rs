//! The builds of the IDE.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use stepwright::Lambda;
use stepwright_examples::sigma_build::full::{BuildFailed, ChangeSetFailed, DeploymentFailed};
use stepwright_examples::sigma_build::{
    Build, Deployed, Edited, Project, Way, sigma_build, sigma_full_build, zipedit,
};
use stepwright_sim::{Reply, StandIns, TaskError, WorkflowExecution, WorkflowSimulation};

/// The states of the slow way, where everything is there already.
const SLOWLY: [&str; 16] = [
    "IamCreateRole",
    "S3CreateBucket",
    "CodebuildBatchGetProjects",
    "DoesBuildProjectExist",
    "CodebuildUpdateProject",
    "NameArchive",
    "BuildArchive",
    "FindStack",
    "DoesStackExist",
    "CloudformationCreateChangeSet",
    "WaitForChangeSet",
    "AskForChangeSet",
    "IsChangeSetSettled",
    "CanChangeSetBeExecuted",
    "CloudformationExecuteChangeSet",
    "WaitForStack",
];

/// What the slow way gives.
fn fully() -> Deployed {
    Deployed { way: Way::Full, archive: "builds/shop/run.zip".to_owned() }
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn nothing(_: &Value) -> Reply {
    Reply::success(json!({}))
}

fn fails(error: &'static str, cause: &'static str) -> impl FnMut(&Value) -> Reply + 'static {
    move |_| Reply::failure(error, cause)
}

fn stack(status: &str) -> Value {
    json!({ "Stacks": [{ "StackStatus": status }] })
}

/// Answers with these, one after another; the last one stays.
fn answers(values: impl IntoIterator<Item = Value>) -> impl FnMut(&Value) -> Reply + 'static {
    let values: Vec<Value> = values.into_iter().collect();
    let mut asked = 0;
    move |_| {
        let value = values.get(asked).or(values.last()).cloned().unwrap_or_default();
        asked += 1;
        Reply::success(value)
    }
}

/// An account where everything exists and works.
fn account() -> StandIns {
    StandIns::new()
        .on::<zipedit, _>(|args| {
            assert_eq!(args.src, "sigma-shop/builds/shop/before.zip");
            let added = args.changes.keys().filter(|path| path.starts_with("new/")).count() as u64;
            (Ok(Edited { added, modified: args.changes.len() as u64 - added }), seconds(3))
        })
        .on_json("LambdaUpdateFunctionCode", |_| Reply::success(json!({})).taking(seconds(2)))
        .on_json("IamCreateRole", fails("Iam.EntityAlreadyExistsException", "it exists"))
        .on_json("S3CreateBucket", fails("S3.BucketAlreadyOwnedByYouException", "it is yours"))
        .on_json("CodebuildBatchGetProjects", answers([json!({ "ProjectsNotFound": [] })]))
        .on_json("CodebuildCreateProject", nothing)
        .on_json("CodebuildUpdateProject", nothing)
        .on_json("BuildArchive", |_| {
            let build = json!({ "Arn": "", "Id": "", "ProjectName": "shop", "BuildStatus": "SUCCEEDED", "ReportArns": [] });
            Reply::success(json!({ "Build": build })).taking(seconds(55))
        })
        .on_json("FindStack", answers([stack("UPDATE_COMPLETE")]))
        .on_json("CloudformationCreateChangeSet", nothing)
        .on_json("AskForChangeSet", answers([json!({ "Status": "CREATE_COMPLETE" })]))
        .on_json("CloudformationExecuteChangeSet", nothing)
        .on_json("AskForStack", answers([stack("UPDATE_IN_PROGRESS"), stack("UPDATE_COMPLETE")]))
}

fn project() -> Project {
    Project {
        name: "shop".to_owned(),
        source: "https://github.com/shop/shop".to_owned(),
        bucket: "sigma-shop".to_owned(),
        archive: "builds/shop/before.zip".to_owned(),
        template_url: "https://sigma-shop/template.json".to_owned(),
    }
}

/// Two files for five functions.
fn build(code_only: bool, account: StandIns) -> WorkflowExecution<Deployed> {
    let changes = [("index.js", "a"), ("new/cart.js", "b")];
    let changes: BTreeMap<_, _> =
        changes.into_iter().map(|(path, content)| (path.to_owned(), content.to_owned())).collect();
    let functions = (1..=5).map(|n| format!("shop-{n}")).collect();
    WorkflowSimulation::of(&sigma_build())
        .expect("the example compiles")
        .stand_ins(account)
        .run(Build { project: project(), code_only, changes, functions })
        .expect("every task has a stand-in")
}

/// The slow way as a workflow of its own.
fn full_build(account: StandIns) -> WorkflowExecution<Deployed> {
    WorkflowSimulation::of(&sigma_full_build())
        .expect("the example compiles")
        .stand_ins(account)
        .run(project())
        .expect("every task has a stand-in")
}

#[test]
fn code_is_deployed_quickly() {
    let execution = build(true, account());
    execution
        .assert_succeeded_with(Deployed { way: Way::Quick, archive: "builds/shop/before.zip".to_owned() })
        .assert_path(["IsOnlyCode", "Zipedit", "IsEveryChangeThere", "UpdateFunctions", "QuicklyDeployed"])
        .assert_visited_times("LambdaUpdateFunctionCode", 5)
        // All functions at the same time.
        .assert_elapsed(seconds(3 + 2));
    assert_eq!(execution.peak_concurrency, 5);
}

#[test]
fn other_changes_go_the_slow_way() {
    let settled =
        ["AskForStack", "IsStackSettled", "WaitForStack", "AskForStack", "IsStackSettled", "IsStackThere"];
    let path = [&["IsOnlyCode"], &SLOWLY[..], &settled, &["IsStackThereEnd"]].concat();
    build(false, account())
        .assert_succeeded_with(fully())
        .assert_path(path)
        // The build, then one question for the change set and two for the stack.
        .assert_elapsed(seconds(55 + 5 + 2 * 5));
}

#[test]
fn a_wrong_count_falls_back_to_the_slow_way() {
    let account = account().on::<zipedit, _>(|_| Ok(Edited { added: 0, modified: 1 }));
    build(true, account)
        .assert_succeeded_with(fully())
        .assert_visited_in_order(["Zipedit", "IsEveryChangeThere", "IamCreateRole", "BuildArchive"])
        .assert_not_visited("UpdateFunctions");
}

#[test]
fn an_archive_that_cannot_be_edited_falls_back_to_the_slow_way() {
    let account = account()
        .on::<zipedit, _>(|_| -> Result<Edited, _> { Err(TaskError::new(Lambda::UNKNOWN, "no such key")) });
    build(true, account)
        .assert_succeeded_with(fully())
        .assert_retries("Zipedit", [])
        .assert_visited_in_order(["Zipedit", "IamCreateRole"])
        .assert_not_visited("IsEveryChangeThere");
}

#[test]
fn one_of_five_updates_that_fails_falls_back_to_the_slow_way() {
    let account =
        account().on_json("LambdaUpdateFunctionCode", |input| match input["FunctionName"].as_str() {
            Some("shop-3") => Reply::failure("Lambda.ResourceConflictException", "it is being changed"),
            _ => Reply::success(json!({})).taking(seconds(2)),
        });
    let execution = build(true, account);
    execution
        .assert_succeeded_with(fully())
        .assert_visited_in_order(["UpdateFunctions", "IamCreateRole", "BuildArchive", "IsStackThereEnd"])
        .assert_not_visited("QuicklyDeployed");
    // Five updates, and three more attempts at the one that fails.
    let updates = execution.calls().iter().filter(|call| call.state == "LambdaUpdateFunctionCode");
    assert_eq!(updates.count(), 5 + 3);
}

#[test]
fn both_workflows_know_the_same_slow_way() {
    full_build(account()).assert_succeeded_with(fully()).assert_visited_in_order(SLOWLY);
}

#[test]
fn what_is_missing_is_created() {
    let account = account()
        .on_json("IamCreateRole", nothing)
        .on_json("S3CreateBucket", nothing)
        .on_json("CodebuildBatchGetProjects", answers([json!({ "ProjectsNotFound": ["shop"] })]))
        .on_json("FindStack", fails("CloudFormation.CloudFormationException", "no such stack"))
        .on_json("AskForStack", answers([stack("CREATE_COMPLETE")]));
    let execution = full_build(account);
    execution
        .assert_succeeded_with(fully())
        .assert_visited("CodebuildCreateProject")
        .assert_not_visited("CodebuildUpdateProject");
    assert_eq!(change_set_type(&execution), "CREATE");
}

#[test]
fn a_stack_that_is_only_a_change_set_is_created() {
    let kind =
        |status| change_set_type(&full_build(account().on_json("FindStack", answers([stack(status)]))));
    assert_eq!(kind("REVIEW_IN_PROGRESS"), "CREATE");
    assert_eq!(kind("UPDATE_ROLLBACK_COMPLETE"), "UPDATE");
}

fn change_set_type(execution: &WorkflowExecution<Deployed>) -> String {
    let mut arguments = execution.arguments_of("CloudformationCreateChangeSet");
    arguments.next().expect("a change set was made")["ChangeSetType"]
        .as_str()
        .expect("it has a type")
        .to_owned()
}

#[test]
fn a_bucket_of_somebody_else_fails_the_build() {
    full_build(account().on_json("S3CreateBucket", fails("S3.BucketAlreadyExistsException", "not yours")))
        .assert_failed_with("S3.BucketAlreadyExistsException")
        .assert_not_visited("BuildArchive");
}

#[test]
fn a_build_that_fails_leaves_the_stack_alone() {
    full_build(account().on_json("BuildArchive", fails("States.TaskFailed", "npm says no")))
        .assert_failed_with(BuildFailed)
        .assert_cause_contains("npm says no")
        .assert_not_visited("FindStack");
}

#[test]
fn a_change_set_that_fails_is_not_executed() {
    let failed = json!({ "Status": "FAILED", "StatusReason": "no such resource type" });
    let states = [json!({ "Status": "CREATE_PENDING" }), json!({ "Status": "CREATE_IN_PROGRESS" }), failed];
    full_build(account().on_json("AskForChangeSet", answers(states)))
        .assert_failed_with(ChangeSetFailed)
        .assert_cause_contains("no such resource type")
        .assert_visited_times("AskForChangeSet", 3)
        .assert_not_visited("CloudformationExecuteChangeSet");
}

#[test]
fn a_change_set_is_not_waited_for_for_ever() {
    full_build(account().on_json("AskForChangeSet", answers([json!({ "Status": "CREATE_IN_PROGRESS" })])))
        .assert_failed_with(ChangeSetFailed)
        .assert_cause_contains("not made in time")
        .assert_visited_times("AskForChangeSet", 60)
        .assert_elapsed(seconds(55 + 5 * 60));
}

#[test]
fn a_stack_that_rolls_back_fails_the_build() {
    let states = ["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"].map(stack);
    full_build(account().on_json("AskForStack", answers(states)))
        .assert_failed_with(DeploymentFailed)
        .assert_cause_contains("UPDATE_ROLLBACK_COMPLETE")
        .assert_visited_times("AskForStack", 3);
}

#[test]
fn a_stack_is_not_waited_for_for_ever() {
    full_build(account().on_json("AskForStack", answers([stack("UPDATE_IN_PROGRESS")])))
        .assert_failed_with(DeploymentFailed)
        .assert_cause_contains("UPDATE_IN_PROGRESS")
        .assert_visited_times("AskForStack", 360);
}
