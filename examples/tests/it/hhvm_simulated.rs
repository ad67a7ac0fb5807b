//! The release build as a whole: its state machine on a virtual clock, its Lambdas and workers behind it.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_codegen::compile;
use stepwright_examples::hhvm_build::plant::Plant;
use stepwright_examples::hhvm_build::version::Version;
use stepwright_examples::hhvm_build::world::BuildStatus;
use stepwright_examples::hhvm_build::{Activity, check_if_repos_changed, hhvm_build};
use stepwright_sim::history::EventKind;
use stepwright_sim::{Execution, Simulation, Status, Timeline};

/// Two platforms make the histories shorter.
fn plant() -> Plant {
    let mut plant = Plant::example();
    plant.world.list_distributions("HHVM-4.28", &["debian-9-stretch", "ubuntu-18.04-bionic"]);
    plant
}

/// Runs the build that a request asks for.
fn run(plant: &mut Plant, request: &str) -> Execution {
    let machine = compile(&hhvm_build()).expect("the example compiles").machine;
    Simulation::new(&machine).input(json!(request)).run_with(plant).expect("every task has a stand-in")
}

fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

fn delays(execution: &Execution, state: &str) -> Vec<u64> {
    execution.retries.iter().filter(|retry| retry.state == state).map(|retry| retry.delay.as_secs()).collect()
}

/// When workers have taken the tasks of an activity: minutes, with who it was.
fn taken(execution: &Execution, activity: Activity) -> Vec<(u64, String)> {
    let events = &execution.history.events;
    let is_of = |id| {
        events.iter().any(|event| {
            event.id == id
                && matches!(&event.kind, EventKind::Scheduled(task) if *task.resource == *activity.arn())
        })
    };
    let taken = events.iter().filter_map(|event| match &event.kind {
        EventKind::Started(_, Some(worker)) if is_of(event.previous) => {
            Some((event.at.as_secs() / 60, worker.to_string()))
        }
        _ => None,
    });
    taken.collect()
}

/// When a state was entered: seconds.
fn entered(execution: &Execution, state: &str) -> Vec<u64> {
    let entered = execution
        .history
        .events
        .iter()
        .filter(|event| matches!(&event.kind, EventKind::StateEntered { name, .. } if &**name == state));
    entered.map(|event| event.at.as_secs()).collect()
}

fn version_4_28_2() -> Version {
    Version::parse("4.28.2").expect("it is a version")
}

fn version(execution: &Execution) -> &Value {
    let output = execution.output.as_ref().unwrap_or_else(|| panic!("it succeeded: {:?}", execution.cause));
    &output["ForEachVersion"]["4.28.2"]
}

#[track_caller]
fn check_taken(execution: &Execution, activity: Activity, expected: &[(u64, &str)]) {
    let taken = taken(execution, activity);
    let taken: Vec<(u64, &str)> = taken.iter().map(|(minute, worker)| (*minute, worker.as_str())).collect();
    assert_eq!(taken, expected, "{}", Timeline::of(&execution.history));
}

/// The lines of the last step's message.
#[track_caller]
fn failed_steps(execution: &Execution) -> Vec<String> {
    assert_eq!((execution.status, execution.error.as_deref()), (Status::Failed, Some("Exception")));
    let cause: Value =
        serde_json::from_str(execution.cause.as_deref().expect("a cause")).expect("it is JSON");
    let mut lines = cause["errorMessage"].as_str().expect("it says something").lines();
    assert_eq!(lines.next(), Some("The following steps have failed:"));
    lines.map(str::to_owned).collect()
}

#[test]
fn a_release_is_built_and_published() {
    let mut plant = plant();
    let execution = run(&mut plant, "4.28.2");
    let results = version(&execution);
    let time = |step: &Value| step["success"]["time_sec"].clone();
    assert_eq!(time(&results["MakeSourceTarball"]), "600");
    assert_eq!(time(&results["PublishDockerImages"]), "1200");
    for platform in ["debian-9-stretch", "ubuntu-18.04-bionic"] {
        assert_eq!(time(&results["ForEachPlatform"][platform]["MakeBinaryPackage"]), "7200");
    }
    assert!(
        plant.world.build_status(&version_4_28_2()).values().all(|status| *status == BuildStatus::Succeeded)
    );
    assert_eq!((plant.world.site.indexed.len(), plant.world.site.invalidations), (1, 1));
}

#[test]
fn what_is_done_already_is_skipped() {
    let mut plant = plant();
    run(&mut plant, "4.28.2");
    let execution = run(&mut Plant::new(plant.world), "4.28.2");
    let results = version(&execution);
    assert_eq!(results["MakeSourceTarball"], json!({ "skip": true }));
    assert_eq!(results["PublishBinaryPackages"], json!({ "skip": true }));
    // Nobody asks whether there are images.
    assert_eq!(results["PublishDockerImages"]["success"]["time_sec"], "1200");
}

#[test]
fn a_lambda_is_tried_five_times_more() {
    let execution = run(&mut plant().failing("GetPlatformsForVersion", 5), "4.28.2 --fake-ec2");
    assert_eq!(delays(&execution, "GetPlatformsForVersion"), [5, 10, 20, 40, 80]);
    assert_eq!(execution.status, Status::Succeeded);
}

#[test]
fn a_lambda_that_fails_six_times_is_recorded_and_told_at_the_end() {
    let execution = run(&mut plant().failing("GetPlatformsForVersion", 6), "4.28.2 --fake-ec2");
    assert_eq!(delays(&execution, "GetPlatformsForVersion"), [5, 10, 20, 40, 80]);
    let failed = failed_steps(&execution);
    let [line] = failed.as_slice() else { panic!("one step has failed: {failed:?}") };
    assert!(line.starts_with("GetPlatformsForVersion 4.28.2 ") && line.contains("out of luck"), "{line}");
}

#[test]
fn an_activity_that_fails_three_times_is_recorded_while_its_siblings_finish() {
    let mut plant = plant().failing("PublishDockerImages", 3);
    let execution = run(&mut plant, "4.28.2 MakeSourceTarball PublishDockerImages PublishSourceTarball");
    assert_eq!(delays(&execution, "PublishDockerImages"), [60, 300]);
    // Nobody trusts a worker after a failure: it is gone, and each retry waits for the health check to start another.
    let workers = ["i-00000000000000003", "i-00000000000000004", "i-00000000000000005"];
    check_taken(
        &execution,
        Activity::PublishDockerImages,
        &[(12, workers[0]), (36, workers[1]), (66, workers[2])],
    );
    check_taken(&execution, Activity::PublishSourceTarball, &[(12, "i-00000000000000002")]);
    assert_eq!(
        failed_steps(&execution),
        [r#"PublishDockerImages 4.28.2 {"ec2":"i-00000000000000005","time_sec":"1200"}"#]
    );
    let published = plant.world.build_status(&version_4_28_2())["source"];
    assert_eq!(published, BuildStatus::Succeeded);
}

#[test]
fn every_failed_step_is_told_with_version_platform_and_instance() {
    let mut plant = plant()
        .failing("MakeBinaryPackage-4.28.2-debian-9-stretch", 3)
        .failing("MakeBinaryPackage-4.28.3-ubuntu-18.04-bionic", 3);
    let execution = run(&mut plant, "4.28.2 4.28.3");
    let failed = failed_steps(&execution);
    let told: Vec<_> =
        failed.iter().map(|line| line.split(r#"{"ec2":"i-"#).next().unwrap_or_default()).collect();
    assert_eq!(
        told,
        ["MakeBinaryPackage 4.28.2 debian-9-stretch ", "MakeBinaryPackage 4.28.3 ubuntu-18.04-bionic "],
        "{failed:?}"
    );
    let status = plant.world.build_status(&version_4_28_2());
    assert_eq!(status["debian-9-stretch"], BuildStatus::NotBuilt);
    assert_eq!(status["ubuntu-18.04-bionic"], BuildStatus::Succeeded);
}

#[test]
fn a_worker_that_dies_before_it_has_polled_is_replaced_after_five_minutes() {
    let execution =
        run(&mut plant().losing(Activity::MakeSourceTarball, minutes(1)), "4.28.2 MakeSourceTarball");
    check_taken(&execution, Activity::MakeSourceTarball, &[(6, "i-00000000000000002")]);
    assert_eq!(version(&execution)["MakeSourceTarball"]["success"]["ec2"], "i-00000000000000002");
}

#[test]
fn a_replacement_that_dies_is_replaced_five_minutes_later() {
    let mut plant = plant()
        .losing(Activity::MakeSourceTarball, minutes(1))
        .losing(Activity::MakeSourceTarball, minutes(6));
    let execution = run(&mut plant, "4.28.2 MakeSourceTarball");
    check_taken(&execution, Activity::MakeSourceTarball, &[(11, "i-00000000000000003")]);
}

#[test]
fn a_worker_that_dies_at_work_is_missed_when_its_time_is_over() {
    let mut plant = plant().losing(Activity::MakeSourceTarball, minutes(5));
    let execution = run(&mut plant, "4.28.2 MakeSourceTarball");
    // Taken after a minute, lost after five, given up after the timeout of 30, tried again a minute later, replaced at 35.
    check_taken(
        &execution,
        Activity::MakeSourceTarball,
        &[(1, "i-00000000000000001"), (36, "i-00000000000000002")],
    );
    let retry = &execution.retries[0];
    assert_eq!((retry.error.as_deref(), retry.at.as_secs() / 60), (Some("States.Timeout"), 31));
    assert_eq!(execution.status, Status::Succeeded);
}

#[test]
fn workers_take_each_others_tasks() {
    let mut plant = plant();
    run(&mut plant, "4.28.2 --fake-ec2");
    let names: Vec<String> =
        plant.world.ec2.of(Activity::MakeBinaryPackage).map(|instance| instance.name.to_string()).collect();
    // The first one was quick enough for both.
    assert_eq!(names, ["ww-2-MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic", "ww-0-MakeBinaryPackage"]);
}

#[test]
fn the_health_check_ends_with_the_main_branch() {
    let execution = run(&mut plant(), "4.28.2 MakeSourceTarball");
    let done = entered(&execution, check_if_repos_changed::STATE.as_str());
    let [done] = done.as_slice() else { panic!("it is entered once: {done:?}") };
    let checks = entered(&execution, "HealthCheck");
    let expected: Vec<u64> = (1..).map(|nth| 300 * nth).take(checks.len()).collect();
    assert_eq!(checks, expected);
    let (last, before) = (checks[checks.len() - 1], checks[checks.len() - 2]);
    assert!(before < *done && *done <= last, "{before} < {done} <= {last}");
    assert_eq!(execution.elapsed, Duration::from_secs(last));
}

#[test]
fn without_ec2_every_step_is_skipped() {
    let mut plant = plant();
    let execution = run(&mut plant, "4.28.2 --skip-ec2");
    let results = version(&execution);
    assert_eq!(results["MakeSourceTarball"]["skip"], true);
    assert_eq!(results["ForEachPlatform"]["debian-9-stretch"]["MakeBinaryPackage"]["skip"], true);
    assert!(plant.world.ec2.instances().is_empty());
    // There is nothing to check: the first time is the last.
    assert_eq!(entered(&execution, "HealthCheck"), [300]);
}

#[test]
fn with_fake_ec2_workers_do_nothing_and_succeed() {
    let mut plant = plant();
    let execution = run(&mut plant, "4.28.2 --fake-ec2");
    assert_eq!(version(&execution)["MakeSourceTarball"]["success"]["time_sec"], "5");
    assert!(plant.world.archives.is_empty() && plant.world.builds.is_empty());
    assert!(plant.world.site.indexed.is_empty(), "nothing has changed that the site would show");
    assert_eq!(plant.world.ec2.instances().len(), 6);
}

#[test]
fn a_test_build_only_makes_packages_and_is_not_tried_again() {
    let mut plant = plant().failing("MakeBinaryPackage-4.28.2-debian-9-stretch", 1);
    let execution = run(&mut plant, "4.28.2 --test");
    assert_eq!(execution.retries, []);
    let failed = failed_steps(&execution);
    assert_eq!(failed.len(), 1, "{failed:?}");
    assert!(failed[0].starts_with("MakeBinaryPackage 4.28.2 debian-9-stretch "), "{failed:?}");
    let activities: Vec<Activity> =
        plant.world.ec2.instances().iter().map(|instance| instance.activity).collect();
    assert_eq!(activities, [Activity::MakeBinaryPackage; 2]);
    assert!(plant.world.builds.is_empty(), "what a test makes is thrown away");
}

#[test]
fn single_steps_can_be_asked_for() {
    let execution = run(&mut plant(), "MakeSourceTarball 4.28.2");
    let results = version(&execution);
    assert_eq!(results["MakeSourceTarball"]["success"]["time_sec"], "600");
    assert_eq!(results["PublishDockerImages"], json!({ "skip": true }));
}

#[test]
fn platforms_can_be_asked_for() {
    let execution = run(&mut plant(), "ubuntu-18.04-bionic 4.28.2 --fake-ec2");
    let platforms = version(&execution)["ForEachPlatform"].as_object().expect("it is by platform");
    assert_eq!(platforms.keys().collect::<Vec<_>>(), ["ubuntu-18.04-bionic"]);
}

#[test]
fn without_a_version_it_is_tonights() {
    let mut plant = plant();
    let execution = run(&mut plant, "--fake-ec2");
    let output = execution.output.expect("it succeeded");
    assert_eq!(
        output["ForEachVersion"].as_object().expect("it is by version").keys().collect::<Vec<_>>(),
        ["2018.03.22"]
    );
}
