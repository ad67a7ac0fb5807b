//! The release build as a whole: its state machine on a virtual clock, its Lambdas and workers behind it.
//!
//! An activity's task is done by a worker that was started for it; a task for which there is none waits until it times out.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use stepwright_codegen::compile;
use stepwright_examples::hhvm_build::lambdas::{self, HistoryEvent, LambdaError};
use stepwright_examples::hhvm_build::request::parse_input;
use stepwright_examples::hhvm_build::version::Date;
use stepwright_examples::hhvm_build::workers::{Exit, Finished, Polled, Worker};
use stepwright_examples::hhvm_build::world::World;
use stepwright_examples::hhvm_build::world::ec2::InstanceState;
use stepwright_examples::hhvm_build::{Activity, check_if_repos_changed, hhvm_build};
use stepwright_sim::{Call, Execution, Reply, Simulation, Status, Tasks};

const TODAY: Date = Date { year: 2018, month: 3, day: 22 };

/// What runs behind the states.
struct Plant {
    world: World,
    /// How often the task of a state still fails.
    failures: BTreeMap<&'static str, u32>,
    /// What the execution has entered, as its history tells it.
    entered: Vec<Value>,
}

impl Plant {
    fn new() -> Plant {
        let mut world = World::example(TODAY, 0);
        world.list_distributions("HHVM-4.28", &["debian-9-stretch", "ubuntu-18.04-bionic"]);
        Plant { world, failures: BTreeMap::new(), entered: Vec::new() }
    }

    fn failing(mut self, state: &'static str, times: u32) -> Plant {
        self.failures.insert(state, times);
        self
    }

    /// Runs the build that a request asks for.
    fn run(&mut self, request: &str) -> Execution {
        let machine = compile(&hhvm_build()).expect("the example compiles").machine;
        Simulation::new(&machine).input(json!(request)).run_with(self).expect("every task has a stand-in")
    }

    fn lambda(&mut self, name: &str, input: &Value) -> Reply {
        let world = &mut self.world;
        match name {
            "hhvm1-parse-input" => answer(parse_input(input, TODAY)),
            "hhvm1-prepare-activity" => {
                let reply = answer(lambdas::prepare_activity(world, &read(input)));
                reply.taking(world.take_waited())
            }
            "hhvm1-get-platforms-for-version" => {
                answer(lambdas::get_platforms_for_version(world, &read(input)))
            }
            "hhvm1-check-if-repos-changed" => answer(lambdas::check_if_repos_changed(&read(input))),
            "hhvm1-normalize-results" => answer(lambdas::normalize_results(&read(input))),
            "hhvm1-check-for-failures" => answer(lambdas::check_for_failures(input)),
            "create-s3-index-html" => answer(lambdas::update_indices(world, &read(input))),
            "hhvm-invalidate-repository-metadata-on-cloudfront" => {
                answer(lambdas::invalidate_cloud_front(world))
            }
            "hhvm1-health-check" => {
                let history = HistoryEvent::list(&Value::Array(self.entered.clone())).expect("a history");
                answer(lambdas::health_check(world, &read(input), &history))
            }
            other => panic!("there is no Lambda `{other}`"),
        }
    }

    fn work(&mut self, activity: Activity, input: &Value) -> Reply {
        let instances = self.world.ec2.instances().iter();
        let mut waiting = instances
            .filter(|instance| instance.state == InstanceState::Pending && instance.activity == activity);
        let Some(id) = waiting.next().map(|instance| instance.id.clone()) else { return Reply::silence() };
        let worker = Worker::boot(&mut self.world, &id).expect("its instance is pending");
        let Polled::Task(busy) = worker.poll(&mut self.world, Some(read(input))) else {
            return Reply::silence();
        };
        let took = Duration::from_secs(600);
        match busy.finish(&mut self.world, Exit::Success, took) {
            Finished::Success { output, .. } => Reply::success(json!(output)).taking(took),
            Finished::Failure { error, cause } => {
                Reply::failure_of(error, Some(json!(cause).to_string())).taking(took)
            }
            Finished::Died => Reply::silence(),
        }
    }
}

impl Tasks for Plant {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        let id = self.entered.len() + 1;
        let details = json!({ "name": call.state });
        self.entered
            .push(json!({ "id": id, "type": "TaskStateEntered", "stateEnteredEventDetails": details }));
        if let Some(left) = self.failures.get_mut(call.state).filter(|left| **left > 0) {
            *left -= 1;
            return Some(Reply::failure("Exception", json!({ "errorMessage": "out of luck" }).to_string()));
        }
        Some(match Activity::by_arn(call.resource) {
            Some(activity) => self.work(activity, call.input),
            None => self.lambda(call.resource.rsplit(':').next().unwrap_or_default(), call.input),
        })
    }

    fn stands_in(&self, _state: &str, _resource: &str) -> bool {
        true
    }
}

fn read<T: DeserializeOwned>(input: &Value) -> T {
    serde_json::from_value(input.clone()).unwrap_or_else(|error| panic!("{error}: {input}"))
}

fn answer<T: Serialize>(result: Result<T, LambdaError>) -> Reply {
    match result {
        Ok(output) => Reply::success(json!(output)),
        Err(error) => Reply::failure(error.error_type.clone(), error.cause()),
    }
}

fn delays(execution: &Execution, state: &str) -> Vec<u64> {
    execution.retries.iter().filter(|retry| retry.state == state).map(|retry| retry.delay.as_secs()).collect()
}

#[test]
fn a_release_is_built_and_published() {
    let execution = Plant::new().run("4.28.2");
    assert_eq!(execution.status, Status::Succeeded, "{:?}", execution.cause);
    let version = &execution.output.expect("a report")["ForEachVersion"]["4.28.2"];
    for step in ["MakeSourceTarball", "PublishBinaryPackages", "PublishSourceTarball", "PublishDockerImages"]
    {
        assert_eq!(version[step]["success"]["time_sec"], "600", "{step}");
    }
    for platform in ["debian-9-stretch", "ubuntu-18.04-bionic"] {
        assert_eq!(version["ForEachPlatform"][platform]["MakeBinaryPackage"]["success"]["time_sec"], "600");
    }
    // The second branch asks every five minutes, and learns at the next time that the main one is done.
    assert_eq!(execution.elapsed.as_secs() % 300, 0);
}

#[test]
fn a_lambda_is_tried_five_times_more() {
    let execution = Plant::new().failing("GetPlatformsForVersion", 5).run("4.28.2 --fake-ec2");
    assert_eq!(delays(&execution, "GetPlatformsForVersion"), [5, 10, 20, 40, 80]);
    assert_eq!(execution.status, Status::Succeeded, "{:?}", execution.cause);
}

#[test]
fn a_lambda_that_fails_six_times_is_recorded_and_told_at_the_end() {
    let execution = Plant::new().failing("GetPlatformsForVersion", 6).run("4.28.2 --fake-ec2");
    assert_eq!(delays(&execution, "GetPlatformsForVersion"), [5, 10, 20, 40, 80]);
    assert_eq!(execution.status, Status::Failed);
    let cause = execution.cause.expect("a cause");
    assert!(cause.contains("The following steps have failed:"), "{cause}");
    assert!(cause.contains("GetPlatformsForVersion 4.28.2"), "{cause}");
}

#[test]
fn an_activity_that_fails_three_times_is_recorded_while_its_siblings_finish() {
    let execution = Plant::new().failing("PublishDockerImages", 3).run("4.28.2");
    assert_eq!(delays(&execution, "PublishDockerImages"), [60, 300]);
    assert_eq!(execution.status, Status::Failed);
    let cause = execution.cause.expect("a cause");
    assert!(cause.contains("PublishDockerImages 4.28.2"), "{cause}");
    assert!(!cause.contains("PublishSourceTarball"), "{cause}");
}

#[test]
fn a_build_without_machines_skips_every_step() {
    let mut plant = Plant::new();
    let execution = plant.run("4.28.2 --skip-ec2");
    assert_eq!(execution.status, Status::Succeeded, "{:?}", execution.cause);
    let version = &execution.output.expect("a report")["ForEachVersion"]["4.28.2"];
    assert_eq!(version["MakeSourceTarball"]["skip"], true);
    assert!(plant.world.ec2.instances().is_empty());
}

#[test]
fn single_steps_can_be_asked_for() {
    let execution = Plant::new().run("4.28.2 MakeSourceTarball");
    let version = &execution.output.expect("a report")["ForEachVersion"]["4.28.2"];
    assert_eq!(version["MakeSourceTarball"]["success"]["time_sec"], "600");
    assert_eq!(version["PublishDockerImages"]["skip"], true);
}

#[test]
fn the_health_check_waits_for_the_state_that_it_is_told() {
    let mut plant = Plant::new();
    plant.run("4.28.2 --fake-ec2");
    let entered = |name: &str| {
        plant.entered.iter().filter(|event| event["stateEnteredEventDetails"]["name"] == name).count()
    };
    assert_eq!(entered(check_if_repos_changed::STATE.as_str()), 1);
    assert!(entered("HealthCheck") >= 1);
}
