//! The functions behind the release build, called one after the other as its states would.

use std::time::Duration;

use serde_json::{Value, json};
use stepwright_examples::hhvm_build::lambdas::{
    LambdaError, check_for_failures, check_if_repos_changed, get_platforms_for_version, normalize_results,
    prepare_activity,
};
use stepwright_examples::hhvm_build::request::parse_input;
use stepwright_examples::hhvm_build::version::Date;
use stepwright_examples::hhvm_build::workers::{Exit, Finished, Polled, Worker};
use stepwright_examples::hhvm_build::world::World;
use stepwright_examples::hhvm_build::world::ec2::InstanceState;
use stepwright_examples::hhvm_build::{Activity, Build, BuildInput, Normalize, Prepare, Progress, Release};

const TODAY: Date = Date { year: 2018, month: 3, day: 22 };

/// A build without a state machine: each step in turn, of one version.
struct ByHand {
    world: World,
    build_input: BuildInput,
    version: String,
    /// The name of the task that fails.
    broken: Option<&'static str>,
}

impl ByHand {
    fn new(world: World, request: &str, broken: Option<&'static str>) -> ByHand {
        let Build { build_input } = parse_input(&json!(request), TODAY).expect("the request is fine");
        let version = build_input.versions[0].clone();
        ByHand { world, build_input, version, broken }
    }

    /// `PrepareTo…` → `Should…` → `…`: what the step records. Every step has a worker of its own.
    fn step(&mut self, activity: Activity, platform: Option<&str>) -> Value {
        let question = Prepare {
            activity,
            build_input: self.build_input.clone(),
            version: self.version.clone(),
            platform: platform.map(str::to_owned),
            results: None,
        };
        let prepared = prepare_activity(&mut self.world, &question).expect("an answer");
        let mut record = serde_json::to_value(&prepared).expect("an answer is JSON");
        if prepared.skip {
            return record;
        }
        let pending =
            self.world.ec2.instances().iter().find(|instance| instance.state == InstanceState::Pending);
        let id = pending.expect("a worker was started").id.clone();
        let worker = Worker::boot(&mut self.world, &id).expect("its instance is pending");
        let Polled::Task(busy) = worker.poll(&mut self.world, prepared.task_input) else {
            panic!("the worker takes the task")
        };
        let exit = if self.broken == Some(&busy.task().name) { Exit::Failure } else { Exit::Success };
        match busy.finish(&mut self.world, exit, Duration::from_secs(60)) {
            Finished::Success { output, .. } => record["success"] = json!(output),
            Finished::Failure { error, cause } => {
                record["failure"] = json!({ "Error": error, "Cause": cause });
            }
            Finished::Died => panic!("nothing kills the worker"),
        }
        record
    }

    /// Everything: whether the repositories have changed, and the verdict.
    fn run(&mut self) -> (bool, Result<Value, LambdaError>) {
        let release = Release { build_input: self.build_input.clone(), version: self.version.clone() };
        let platforms = get_platforms_for_version(&self.world, &release).expect("the branch is known");
        let source = self.step(Activity::MakeSourceTarball, None);
        let packages: Vec<Value> = platforms
            .iter()
            .map(|platform| {
                let package = self.step(Activity::MakeBinaryPackage, Some(platform));
                json!({ "platform": platform, "results": { "MakeBinaryPackage": package } })
            })
            .collect();
        let results = json!({
            "BuildAndPublishLinuxAnd": [{ "results": {
                "ForEachPlatform": packages,
                "PublishBinaryPackages": self.step(Activity::PublishBinaryPackages, None),
                "PublishSourceTarballAndPublishDockerImages": [
                    { "results": { "PublishSourceTarball": self.step(Activity::PublishSourceTarball, None) } },
                    { "results": { "PublishDockerImages": self.step(Activity::PublishDockerImages, None) } },
                ],
            } }],
            "MakeSourceTarball": source,
        });
        let progress = json!({
            "buildInput": self.build_input,
            "results": { "ForEachVersion": [{ "version": self.version, "results": results }] },
        });
        let read = "a document is what its functions take";
        let changed =
            check_if_repos_changed(&serde_json::from_value::<Progress>(progress.clone()).expect(read));
        let ordered = normalize_results(&serde_json::from_value::<Normalize>(progress).expect(read));
        let verdict = check_for_failures(&ordered.expect("the results can be put in order"));
        (changed.expect("an answer"), verdict)
    }

    fn worker_names(&self) -> Vec<String> {
        self.world.ec2.instances().iter().map(|instance| instance.name.to_string()).collect()
    }
}

fn world() -> World {
    let mut world = World::example(TODAY, 0);
    world.list_distributions("HHVM-4.28", &["debian-9-stretch", "ubuntu-18.04-bionic"]);
    world
}

fn done(instance: u32) -> Value {
    json!({ "success": { "ec2": format!("i-{instance:017x}"), "time_sec": "60" } })
}

fn skipped() -> Value {
    json!({ "skip": true })
}

#[test]
fn a_release_is_built_once() {
    let mut first = ByHand::new(world(), "4.28.2", None);
    let all_done = json!({ "ForEachVersion": { "4.28.2": {
        "ForEachPlatform": {
            "debian-9-stretch": { "MakeBinaryPackage": done(2) },
            "ubuntu-18.04-bionic": { "MakeBinaryPackage": done(3) },
        },
        "MakeSourceTarball": done(1),
        "PublishBinaryPackages": done(4),
        "PublishDockerImages": done(6),
        "PublishSourceTarball": done(5),
    } } });
    assert_eq!(first.run(), (true, Ok(all_done)));
    assert_eq!(
        first.worker_names(),
        [
            "ww-1-MakeSourceTarball-4.28.2",
            "ww-1-MakeBinaryPackage-4.28.2-debian-9-stretch",
            "ww-1-MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic",
            "ww-1-PublishBinaryPackages-4.28.2",
            "ww-1-PublishSourceTarball-4.28.2",
            "ww-1-PublishDockerImages-4.28.2",
        ]
    );

    let mut second = ByHand::new(first.world, "4.28.2", None);
    let only_images = json!({ "ForEachVersion": { "4.28.2": {
        "ForEachPlatform": {
            "debian-9-stretch": { "MakeBinaryPackage": skipped() },
            "ubuntu-18.04-bionic": { "MakeBinaryPackage": skipped() },
        },
        "MakeSourceTarball": skipped(),
        "PublishBinaryPackages": skipped(),
        "PublishDockerImages": done(7),
        "PublishSourceTarball": skipped(),
    } } });
    assert_eq!(second.run(), (false, Ok(only_images)));
}

#[test]
fn a_failure_is_told_with_version_platform_and_instance() {
    let broken = Some("MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic");
    let mut build = ByHand::new(world(), "4.28.2 MakeBinaryPackage", broken);
    let message = "The following steps have failed:\n\
                   MakeBinaryPackage 4.28.2 ubuntu-18.04-bionic {\"ec2\":\"i-00000000000000002\",\"time_sec\":\"60\"}";
    assert_eq!(build.run(), (false, Err(LambdaError::exception(message))));
    assert_eq!(
        build.worker_names(),
        [
            "ww-1-MakeBinaryPackage-4.28.2-debian-9-stretch",
            "wa-1-MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic"
        ]
    );
}

#[test]
fn without_ec2_everything_is_skipped() {
    let mut build = ByHand::new(world(), "4.28.2 ubuntu-18.04-bionic --skip-ec2", None);
    let all_skipped = json!({ "ForEachVersion": { "4.28.2": {
        "ForEachPlatform": { "ubuntu-18.04-bionic": { "MakeBinaryPackage": skipped() } },
        "MakeSourceTarball": skipped(),
        "PublishBinaryPackages": skipped(),
        "PublishDockerImages": skipped(),
        "PublishSourceTarball": skipped(),
    } } });
    assert_eq!(build.run(), (false, Ok(all_skipped)));
    assert!(build.worker_names().is_empty());
}

#[test]
fn a_fake_build_does_every_step_and_leaves_nothing() {
    let mut build = ByHand::new(world(), "4.28.2 ubuntu-18.04-bionic --fake-ec2", None);
    let all_done = json!({ "ForEachVersion": { "4.28.2": {
        "ForEachPlatform": { "ubuntu-18.04-bionic": { "MakeBinaryPackage": done(2) } },
        "MakeSourceTarball": done(1),
        "PublishBinaryPackages": done(3),
        "PublishDockerImages": done(5),
        "PublishSourceTarball": done(4),
    } } });
    assert_eq!(build.run(), (false, Ok(all_done)));
    assert!(build.world.archives.is_empty() && build.world.builds.is_empty());
}

#[test]
fn the_source_of_a_nightly_is_published_by_being_made() {
    let mut build = ByHand::new(world(), "MakeSourceTarball PublishSourceTarball", None);
    let (changed, verdict) = build.run();
    assert!(changed);
    let nightly = &verdict.expect("nothing fails")["ForEachVersion"]["2018.03.22"];
    assert_eq!((&nightly["MakeSourceTarball"], &nightly["PublishSourceTarball"]), (&done(1), &skipped()));
}
