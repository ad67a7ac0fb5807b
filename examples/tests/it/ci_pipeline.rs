//! Continuous integration.

use serde_json::{Value, json};
use stepwright::DurationExt;
use stepwright_examples::ci_pipeline::{ACCOUNT_LIMIT, Branch, Outcome, Push, Stage, ci_pipeline};
use stepwright_sim::{Reply, StandIns, WorkflowExecution, WorkflowSimulation};

/// The builds that the pipeline starts.
const BUILDS: [&str; 5] =
    ["Run Tests", "Run Static Analysis", "Build Api Image", "Build Worker Image", "Build Website Image"];

/// A build of a commit: 10 minutes, with a report.
fn built(input: &Value) -> Reply {
    let commit = input["SourceVersion"].as_str().unwrap_or_default();
    Reply::success(json!({ "Build": {
        "Arn": format!("build/{commit}"),
        "Id": commit,
        "ProjectName": input["ProjectName"],
        "BuildStatus": "SUCCEEDED",
        "ReportArns": [format!("report/{commit}"), "report/all"],
    } }))
    .taking(10.minutes())
}

/// Reports that say this.
fn reports(status: &'static str) -> impl Fn(&Value) -> Reply {
    move |_| {
        let report = |status| json!({ "Arn": "report/1", "Status": status });
        Reply::success(json!({ "Reports": [report("SUCCEEDED"), report(status)] }))
    }
}

/// AWS, where everything works.
fn aws() -> StandIns {
    let builds = BUILDS.into_iter().fold(StandIns::new(), |builds, state| builds.on_json(state, built));
    let told = |_: &Value| Reply::success(json!({ "MessageId": "m-1" }));
    builds
        .on_json("Get Tests Results", reports("SUCCEEDED"))
        .on_json("Get Static Analysis Results", reports("SUCCEEDED"))
        .on_json("Start QA Environment", |_| Reply::success(json!({ "Tasks": [{}], "Failures": [] })))
        .on_json("arn:${AWS::Partition}:states:::sns:publish", told)
}

fn run(aws: StandIns, message: &str, branches: &[&str]) -> WorkflowExecution<Vec<Outcome>> {
    let branch = |name: &&str| Branch { name: (*name).to_owned(), commit: format!("{name}-head") };
    let push = Push { message: message.to_owned(), branches: branches.iter().map(branch).collect() };
    let pipeline = WorkflowSimulation::of(&ci_pipeline()).expect("the example compiles");
    pipeline.stand_ins(aws).run(push).expect("every task has a stand-in")
}

/// What the branches have come to.
fn stages(execution: &WorkflowExecution<Vec<Outcome>>) -> Vec<(String, Stage)> {
    let outcomes = execution.output().expect("no branch stops the others");
    outcomes.into_iter().map(|outcome| (outcome.branch, outcome.stage)).collect()
}

/// What was told.
fn messages(execution: &WorkflowExecution<Vec<Outcome>>) -> Vec<String> {
    let told = execution.calls().iter().filter(|call| call.state.starts_with("Notify"));
    told.map(|call| call.input["Message"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_branch_gets_a_test_environment_of_its_own() {
    let execution = run(aws(), "Better", &["main", "next"]);
    assert_eq!(stages(&execution), [("main".to_owned(), Stage::Ready), ("next".to_owned(), Stage::Ready)]);
    assert_eq!(messages(&execution), ["main is ready to be tested", "next is ready to be tested"]);
    // Checks at the same time, then images at the same time; both branches at the same time.
    execution.assert_elapsed(20.minutes());

    let environments: Vec<_> = execution.arguments_of("Start QA Environment").collect();
    let commits = environments
        .iter()
        .map(|arguments| &arguments["Overrides"]["ContainerOverrides"][0]["Environment"][0]["Value"]);
    assert!(commits.eq(["main-head", "next-head"]));
}

#[test]
fn each_component_has_an_image() {
    let execution = run(aws(), "Better", &["main"]);
    for component in ["Api", "Worker", "Website"] {
        execution.assert_arguments_of(
            &format!("Build {component} Image"),
            [json!({
                "ProjectName": "${projectName}",
                "SourceVersion": "main-head",
                "BuildspecOverride": "buildspec-image.yml",
                "EnvironmentVariablesOverride": [{ "Name": "COMPONENT", "Value": component }],
            })],
        );
    }
}

#[test]
fn the_commit_message_skips_checks() {
    for (message, tests, analysis) in [
        ("Better", 1, 1),
        ("Better [skip tests]", 0, 1),
        ("[skip static analysis] Better", 1, 0),
        ("Better [skip tests] [skip static analysis], in a hurry", 0, 0),
        ("Better (skip tests)", 1, 1),
    ] {
        let execution = run(aws(), message, &["main"]);
        assert_eq!(stages(&execution), [("main".to_owned(), Stage::Ready)]);
        execution
            .assert_visited_times("Run Tests", tests)
            .assert_visited_times("Run Static Analysis", analysis);
    }
}

#[test]
fn a_failing_build_is_told_and_stops_no_other_branch() {
    let aws = aws().on_json("Run Tests", |input| match input["SourceVersion"].as_str() {
        Some("main-head") => Reply::failure("States.TaskFailed", "does not compile").taking(1.minutes()),
        _ => built(input),
    });
    let execution = run(aws, "Worse", &["main", "next"]);
    assert_eq!(
        stages(&execution),
        [("main".to_owned(), Stage::CheckBroken), ("next".to_owned(), Stage::Ready)]
    );
    assert_eq!(
        messages(&execution),
        ["main: a check did not run: does not compile", "next is ready to be tested"]
    );
    execution.assert_retries("Run Tests", []);
}

#[test]
fn a_bad_report_is_told_and_nothing_is_built() {
    let aws = aws().on_json("Get Tests Results", reports("FAILED"));
    let execution = run(aws, "Worse", &["main"]);
    assert_eq!(stages(&execution), [("main".to_owned(), Stage::CheckFailed)]);
    assert_eq!(messages(&execution), ["main: tests failed, static analysis passed"]);
    execution.assert_not_visited("Build Images");
}

#[test]
fn an_image_that_cannot_be_built_is_told() {
    let aws =
        aws().on_json("Build Worker Image", |_| Reply::failure("States.TaskFailed", "no such base image"));
    let execution = run(aws, "Worse", &["main"]);
    assert_eq!(stages(&execution), [("main".to_owned(), Stage::ImageFailed)]);
    assert_eq!(messages(&execution), ["main: an image was not built: no such base image"]);
    execution.assert_not_visited("Start QA Environment");
}

#[test]
fn an_environment_that_has_no_room_is_told() {
    let full = json!({ "Tasks": [], "Failures": [{ "Reason": "RESOURCE:MEMORY" }] });
    let aws = aws().on_json("Start QA Environment", move |_| Reply::success(full.clone()));
    let execution = run(aws, "Better", &["main"]);
    assert_eq!(stages(&execution), [("main".to_owned(), Stage::NoEnvironment)]);
    assert_eq!(messages(&execution), [r#"main: no test environment: [{"Reason":"RESOURCE:MEMORY"}]"#]);
}

#[test]
fn an_environment_that_cannot_be_started_is_told() {
    let aws =
        aws().on_json("Start QA Environment", |_| Reply::failure("ECS.ClusterNotFoundException", "gone"));
    let execution = run(aws, "Better", &["main"]);
    assert_eq!(stages(&execution), [("main".to_owned(), Stage::NoEnvironment)]);
    let told = r#"main: no test environment: [{"Reason":"ECS.ClusterNotFoundException"}]"#;
    assert_eq!(messages(&execution), [told]);
}

#[test]
fn builds_wait_for_their_turn() {
    let mut busy = 2;
    let aws = aws().on_json("Run Tests", move |input| {
        if busy == 0 {
            return built(input);
        }
        busy -= 1;
        Reply::failure(ACCOUNT_LIMIT.as_str(), "too many builds")
    });
    let execution = run(aws, "Better", &["main"]);
    assert_eq!(stages(&execution), [("main".to_owned(), Stage::Ready)]);
    execution.assert_retries("Run Tests", [30.seconds(), 60.seconds()]);
}

#[test]
fn an_input_without_branches_fails_at_once() {
    let pipeline = WorkflowSimulation::of(&ci_pipeline()).expect("the example compiles");
    let execution = pipeline.stand_ins(aws()).run_json(json!({})).expect("no task is reached");
    execution.assert_failed().assert_elapsed(0.seconds());
}
