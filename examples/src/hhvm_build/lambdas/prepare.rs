//! The Lambda in front of every activity: has it to run, who does it, and what is it told?

use super::{LambdaError, start_worker, version_of};
use crate::hhvm_build::names::TaskName;
use crate::hhvm_build::request::DebugMode;
use crate::hhvm_build::version::{Version, is_linux};
use crate::hhvm_build::world::{BuildStatus, SOURCES, World};
use crate::hhvm_build::{Activity, Prepare, Prepared, TaskInput, TestBuildNoRetry};

/// Decides whether an activity has to run, and starts a worker for it.
///
/// It has not when others were asked for, or when it was done before; the latter is not looked at when no real worker is
/// started. It waits a little before it looks: [`World::take_waited`] says how long.
///
/// # Errors
///
/// There is no such version, or no such platform.
pub fn prepare_activity(world: &mut World, question: &Prepare) -> Result<Prepared, LambdaError> {
    let (activity, debug) = (question.activity, question.build_input.debug_mode());
    let asked = &question.build_input.activities;
    if !asked.is_empty() && !asked.contains(&activity) {
        return Ok(Prepared { skip: true, task_input: None });
    }
    world.wait_a_little();
    let version = version_of(&question.version)?;
    let is_real = !matches!(debug, Some(DebugMode::SkipEc2 | DebugMode::FakeEc2));
    if is_real && !has_to_run(world, activity, &version, question.platform.as_deref())? {
        return Ok(Prepared { skip: true, task_input: None });
    }
    let skip_ec2 = debug == Some(DebugMode::SkipEc2);
    if !skip_ec2 {
        start_worker(world, activity, debug);
    }
    let platform = question.platform.clone();
    let task_input = task_input(TaskName { activity, version, platform }, debug);
    Ok(Prepared { skip: skip_ec2, task_input: Some(task_input) })
}

fn has_to_run(
    world: &World,
    activity: Activity,
    version: &Version,
    platform: Option<&str>,
) -> Result<bool, LambdaError> {
    let status = world.build_status(version);
    let waits = |name: &str| status.get(name) == Some(&BuildStatus::BuiltNotPublished);
    match activity {
        Activity::MakeSourceTarball => Ok(!world.archives.contains(&version.archive())),
        Activity::MakeBinaryPackage => {
            let platform =
                platform.ok_or_else(|| LambdaError::exception(format!("{activity} is for a platform")))?;
            match status.get(platform) {
                Some(status) => Ok(*status == BuildStatus::NotBuilt),
                None => Err(LambdaError::exception(format!("{version} is not built for {platform}"))),
            }
        }
        Activity::PublishBinaryPackages => Ok(status.keys().any(|name| is_linux(name) && waits(name))),
        Activity::PublishSourceTarball => Ok(!version.is_nightly() && SOURCES.into_iter().any(waits)),
        Activity::PublishDockerImages => Ok(true),
    }
}

fn task_input(task: TaskName, debug: Option<DebugMode>) -> TaskInput {
    let name = task.to_string();
    let TaskName { activity, version, platform } = task;
    let archive = version.archive();
    let mut env = vec![("VERSION", version.to_string())];
    env.extend(platform.map(|platform| ("DISTRO", platform)));
    env.extend([
        ("IS_NIGHTLY", version.is_nightly().to_string()),
        ("S3_BUCKET", archive.bucket.to_owned()),
        ("S3_PATH", archive.path.clone()),
        ("S3_SOURCE", archive.to_string()),
        ("PACKAGING_BRANCH", version.branch()),
    ]);
    env.extend(activity.own_variable(debug).map(|(variable, value)| (variable, value.to_owned())));
    let env: Vec<String> = env.iter().map(|(variable, value)| format!("{variable}=\"{value}\"")).collect();
    let fail_args = match debug {
        Some(DebugMode::TestBuild) => format!("--error {TestBuildNoRetry}"),
        Some(DebugMode::SkipEc2 | DebugMode::FakeEc2) | None => String::new(),
    };
    TaskInput { name, env: env.join("\n"), fail_args }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::*;
    use crate::hhvm_build::version::Date;
    use crate::hhvm_build::world::ec2::{Instance, Script};
    use BuildStatus::{BuiltNotPublished, NotBuilt, Succeeded};

    fn version(text: &str) -> Version {
        Version::parse(text).expect("a version")
    }

    fn world() -> World {
        let mut world = World::new(Date { year: 2018, month: 3, day: 22 }, 0);
        world.list_distributions("HHVM-4.28", &["debian-9-stretch", "ubuntu-18.04-bionic"]);
        world
    }

    /// What is known of version 4.28.2.
    fn world_with(builds: &[(&str, BuildStatus)]) -> World {
        let mut world = world();
        builds.iter().for_each(|(name, status)| world.set_build_status(&version("4.28.2"), name, *status));
        world
    }

    fn question(activity: Activity, version: &str, debug: &str) -> Prepare {
        let question = json!({
            "activity": activity,
            "buildInput": { "versions": [version], "platforms": [], "activities": [], "debug": debug },
            "version": version,
        });
        serde_json::from_value(question).expect("a question")
    }

    fn package(platform: &str, debug: &str) -> Prepare {
        let question = question(Activity::MakeBinaryPackage, "4.28.2", debug);
        Prepare { platform: Some(platform.to_owned()), ..question }
    }

    fn answer(world: &mut World, question: &Prepare) -> Value {
        let prepared = prepare_activity(world, question).expect("an answer");
        serde_json::to_value(prepared).expect("an answer is JSON")
    }

    fn skipped(mut world: World, question: &Prepare) -> bool {
        let skipped = answer(&mut world, question) == json!({ "skip": true });
        assert_eq!(world.ec2.instances().is_empty(), skipped, "a worker is started just when there is work");
        skipped
    }

    #[test]
    fn what_was_not_asked_for_is_skipped_at_once() {
        for debug in ["", "skip_ec2", "fake_ec2", "test_build"] {
            let mut world = world();
            let mut question = question(Activity::MakeSourceTarball, "4.28.2", debug);
            question.build_input.activities = vec![Activity::PublishDockerImages];
            assert_eq!(answer(&mut world, &question), json!({ "skip": true }));
            assert_eq!(world.take_waited(), Duration::ZERO);
            assert_eq!(world.ec2.instances(), []);
        }
    }

    #[test]
    fn what_was_asked_for_is_looked_at() {
        let mut question = question(Activity::MakeSourceTarball, "4.28.2", "");
        question.build_input.activities = vec![Activity::PublishDockerImages, Activity::MakeSourceTarball];
        assert!(!skipped(world(), &question));
    }

    #[test]
    fn it_waits_even_when_there_is_nothing_to_do() {
        let mut world = world();
        world.archives.insert(version("4.28.2").archive());
        assert_eq!(
            answer(&mut world, &question(Activity::MakeSourceTarball, "4.28.2", "")),
            json!({ "skip": true })
        );
        assert!(world.take_waited() >= Duration::from_secs(1));
    }

    #[test]
    fn source_is_made_unless_its_archive_is_there() {
        for text in ["4.28.2", "2018.03.22"] {
            let question = question(Activity::MakeSourceTarball, text, "");
            let mut world = world();
            world.archives.insert(version("4.28.1").archive());
            assert!(!skipped(world.clone(), &question));
            world.archives.insert(version(text).archive());
            assert!(skipped(world, &question));
        }
    }

    #[test]
    fn packages_are_made_where_they_are_not_built() {
        let question = package("debian-9-stretch", "");
        assert!(!skipped(world(), &question));
        assert!(!skipped(world_with(&[("debian-9-stretch", NotBuilt)]), &question));
        assert!(skipped(world_with(&[("debian-9-stretch", BuiltNotPublished)]), &question));
        assert!(skipped(world_with(&[("debian-9-stretch", Succeeded)]), &question));
    }

    #[test]
    fn packages_are_published_when_one_for_linux_waits() {
        let question = question(Activity::PublishBinaryPackages, "4.28.2", "");
        assert!(!skipped(
            world_with(&[("debian-9-stretch", NotBuilt), ("ubuntu-18.04-bionic", BuiltNotPublished)]),
            &question
        ));
        assert!(skipped(world(), &question));
        assert!(skipped(
            world_with(&[("debian-9-stretch", Succeeded), ("ubuntu-18.04-bionic", NotBuilt)]),
            &question
        ));
        assert!(skipped(
            world_with(&[("macos-mojave", BuiltNotPublished), ("source", BuiltNotPublished)]),
            &question
        ));
    }

    #[test]
    fn source_is_published_when_it_or_its_signature_waits() {
        let release = question(Activity::PublishSourceTarball, "4.28.2", "");
        assert!(!skipped(world_with(&[("source", BuiltNotPublished), ("source_gpg", Succeeded)]), &release));
        assert!(!skipped(world_with(&[("source", NotBuilt), ("source_gpg", BuiltNotPublished)]), &release));
        assert!(skipped(world_with(&[("source", Succeeded), ("source_gpg", NotBuilt)]), &release));
        assert!(skipped(world_with(&[("ubuntu-18.04-bionic", BuiltNotPublished)]), &release));
    }

    #[test]
    fn source_of_a_nightly_is_never_published() {
        let mut world = world();
        world.set_build_status(&version("2018.03.22"), "source", BuiltNotPublished);
        assert!(skipped(world, &question(Activity::PublishSourceTarball, "2018.03.22", "")));
    }

    #[test]
    fn images_are_always_published() {
        let done = world_with(&[("debian-9-stretch", Succeeded), ("source", Succeeded)]);
        assert!(!skipped(done, &question(Activity::PublishDockerImages, "4.28.2", "")));
    }

    #[test]
    fn a_release_is_described_to_its_worker() {
        let mut world = world();
        assert_eq!(
            answer(&mut world, &package("ubuntu-18.04-bionic", "")),
            json!({
                "skip": false,
                "taskInput": {
                    "name": "MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic",
                    "env": "VERSION=\"4.28.2\"\n\
                            DISTRO=\"ubuntu-18.04-bionic\"\n\
                            IS_NIGHTLY=\"false\"\n\
                            S3_BUCKET=\"hhvm-scratch\"\n\
                            S3_PATH=\"hhvm-4.28.2.tar.gz\"\n\
                            S3_SOURCE=\"s3://hhvm-scratch/hhvm-4.28.2.tar.gz\"\n\
                            PACKAGING_BRANCH=\"HHVM-4.28\"",
                    "fail_args": "",
                },
            })
        );
        let [Instance { name, script, .. }] = world.ec2.instances() else { panic!("one worker") };
        assert_eq!((name.to_string().as_str(), *script), ("ww-0-MakeBinaryPackage", Script::Task));
    }

    #[test]
    fn a_nightly_is_described_to_its_worker() {
        assert_eq!(
            answer(&mut world(), &question(Activity::PublishDockerImages, "2018.03.22", "")),
            json!({
                "skip": false,
                "taskInput": {
                    "name": "PublishDockerImages-2018.03.22",
                    "env": "VERSION=\"2018.03.22\"\n\
                            IS_NIGHTLY=\"true\"\n\
                            S3_BUCKET=\"hhvm-downloads\"\n\
                            S3_PATH=\"source/nightlies/hhvm-nightly-2018.03.22.tar.gz\"\n\
                            S3_SOURCE=\"s3://hhvm-downloads/source/nightlies/hhvm-nightly-2018.03.22.tar.gz\"\n\
                            PACKAGING_BRANCH=\"master\"\n\
                            DOCKER_ONLY=\"1\"",
                    "fail_args": "",
                },
            })
        );
    }

    #[test]
    fn some_activities_have_a_variable_of_their_own() {
        let own = |activity, debug| {
            let mut world =
                world_with(&[("source", BuiltNotPublished), ("debian-9-stretch", BuiltNotPublished)]);
            let platform = Some("ubuntu-18.04-bionic".to_owned());
            let question = Prepare { platform, ..question(activity, "4.28.2", debug) };
            let prepared = prepare_activity(&mut world, &question).expect("an answer");
            let env = prepared.task_input.expect("there is work").env;
            env.split_once("PACKAGING_BRANCH=\"HHVM-4.28\"").map(|(_, own)| own.to_owned()).expect("a branch")
        };
        assert_eq!(own(Activity::MakeSourceTarball, ""), "");
        for debug in ["", "skip_ec2", "fake_ec2"] {
            assert_eq!(own(Activity::MakeBinaryPackage, debug), "");
        }
        assert_eq!(own(Activity::MakeBinaryPackage, "test_build"), "\nSKIP_PUBLISH=\"1\"");
        assert_eq!(own(Activity::PublishBinaryPackages, ""), "\nREPOS_ONLY=\"1\"");
        assert_eq!(own(Activity::PublishSourceTarball, ""), "");
        assert_eq!(own(Activity::PublishDockerImages, ""), "\nDOCKER_ONLY=\"1\"");
    }

    #[test]
    fn a_test_build_is_real_but_is_not_tried_again() {
        let mut world = world();
        let task = prepare_activity(&mut world, &package("debian-9-stretch", "test_build"))
            .expect("an answer")
            .task_input
            .expect("there is work");
        assert_eq!(task.fail_args, "--error TestBuildNoRetry");
        assert_eq!(world.ec2.instances()[0].script, Script::Task);
        assert!(skipped(
            world_with(&[("debian-9-stretch", Succeeded)]),
            &package("debian-9-stretch", "test_build")
        ));
    }

    #[test]
    fn without_ec2_a_step_is_described_but_skipped() {
        let mut world = world_with(&[("debian-9-stretch", Succeeded)]);
        let answer = answer(&mut world, &package("debian-9-stretch", "skip_ec2"));
        assert_eq!(answer["skip"], json!(true));
        assert_eq!(answer["taskInput"]["name"], json!("MakeBinaryPackage-4.28.2-debian-9-stretch"));
        assert!(world.take_waited() >= Duration::from_secs(1));
        assert_eq!(world.ec2.instances(), []);
    }

    #[test]
    fn a_fake_worker_does_what_is_done_already() {
        let mut world = world_with(&[("debian-9-stretch", Succeeded)]);
        let answer = answer(&mut world, &package("debian-9-stretch", "fake_ec2"));
        assert_eq!(answer["skip"], json!(false));
        assert_eq!(answer["taskInput"]["fail_args"], json!(""));
        assert_eq!(world.ec2.instances()[0].script, Script::Dummy);
    }

    #[test]
    fn one_worker_publishes_the_packages_of_all_versions() {
        let mut world = world();
        for text in ["4.28.2", "4.28.3"] {
            world.set_build_status(&version(text), "debian-9-stretch", BuiltNotPublished);
            let answer = answer(&mut world, &question(Activity::PublishBinaryPackages, text, ""));
            assert_eq!(answer["skip"], json!(false), "the step runs, with a worker of its own or not");
        }
        assert_eq!(world.ec2.instances().len(), 1);
    }

    #[test]
    fn what_does_not_exist_is_not_built() {
        let error = |question: &Prepare| prepare_activity(&mut world(), question).err();
        let exception = |message: &str| Some(LambdaError::exception(message));
        assert_eq!(
            error(&package("debian-8-jessie", "")),
            exception("4.28.2 is not built for debian-8-jessie")
        );
        assert_eq!(
            error(&question(Activity::MakeBinaryPackage, "4.28.2", "")),
            exception("MakeBinaryPackage is for a platform")
        );
        assert_eq!(
            error(&question(Activity::MakeSourceTarball, "4.28", "")),
            exception("4.28 is not a version")
        );
    }
}
