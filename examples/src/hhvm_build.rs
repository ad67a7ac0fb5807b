//! The release build of HHVM: one state machine that makes, packages and publishes any mix of versions for any mix of Linux
//! distributions.
//!
//! Its authors generated the JSON with a script of some 560 lines, so that retry policies stay consistent and patterns are
//! reused. This module is that script, typed. Read it from the top; each part is one of its ideas.
//!
//! * **Types.** What every Lambda and activity takes and gives is a Rust type. `$.results.MakeSourceTarball.skip` was a text
//!   in the script; here it is `prepared.skip`, and a misspelt field does not compile.
//! * **Conventions.** Lambdas are cheap and get throttled: 5 retries, after 5, 10, 20, 40 and 80 s. Activities are dear and
//!   fail for real: 2 retries, after 1 and 5 min. Nothing fails the build on the way: what a task gives is kept at
//!   `$.results.<Task>.success`, what it failed with at `$.results.<Task>.failure`, and the scope goes to its end state. All
//!   of that is said once, in [`RELEASE`], and holds for every task below.
//! * **Reuse.** Every activity is prepared by a Lambda that decides whether it has to run, and starts a worker for it.
//!   `PrepareTo…` → `Should…` → `…` is one Rust function, [`step`], used for all five.
//! * **Scopes.** Versions are a Map, platforms a Map inside of it. What the inner states read (the build's input, the version)
//!   is handed in by itself.
//! * **The last step fails.** `CheckForFailures` reads what was recorded, and fails with a list of all failures.
//! * **Health.** Workers die. A second branch asks every five minutes whether a task waits for a worker that isn't there,
//!   until the main branch has come to `CheckIfReposChanged`.
//!
//! What runs behind the states is in the modules below, over a small fake of the machines and stores that it looks at: the
//! Lambdas in [`request`] and [`lambdas`], the activities' workers in [`workers`], all else in [`world`]; [`plant`] puts them
//! behind the states of a simulation.
//!
//! # What cannot be misspelt
//!
//! The field of an answer, an activity, the path to the versions, the name of a state: the script found out at run time, minutes
//! into a build. Here these do not compile.
//!
//! ```compile_fail
//! # use stepwright::prelude::*;
//! # use stepwright_examples::hhvm_build::*;
//! fn skip(prepared: Ref<Prepared>) -> Ref<bool> { prepared.skp }
//! ```
//!
//! ```compile_fail
//! # use stepwright_examples::hhvm_build::*;
//! const FIRST: Activity = Activity::MakeSourceTarbal;
//! ```
//!
//! ```compile_fail
//! # use stepwright::prelude::*;
//! # use stepwright_examples::hhvm_build::*;
//! fn versions(build: Ref<Build>) -> Ref<Vec<String>> { build.build_input.version }
//! ```
//!
//! ```compile_fail
//! # use stepwright::prelude::*;
//! # use stepwright_examples::hhvm_build::*;
//! const DONE: StateName = check_if_repo_changed::STATE;
//! ```
//!
//! And these do:
//!
//! ```
//! # use stepwright::prelude::*;
//! # use stepwright_examples::hhvm_build::*;
//! fn skip(prepared: Ref<Prepared>) -> Ref<bool> { prepared.skip }
//! const FIRST: Activity = Activity::MakeSourceTarball;
//! fn versions(build: Ref<Build>) -> Ref<Vec<String>> { build.build_input.versions }
//! const DONE: StateName = check_if_repos_changed::STATE;
//! ```

pub mod activities;
pub mod lambdas;
pub mod names;
pub mod plant;
pub mod request;
pub mod version;
pub mod workers;
pub mod world;

use std::collections::BTreeMap;

use serde_json::Value;
use stepwright::prelude::*;

// ---- Types: what travels between the states ----

/// What is to be built; `ParseInput` makes it of whatever it is given.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BuildInput {
    /// `4.28.2`, or `2018.03.22` for a nightly build.
    pub versions: Vec<String>,
    /// `ubuntu-18.04-bionic`, …; all that a version supports if empty.
    pub platforms: Vec<String>,
    /// The steps to do; all if empty.
    pub activities: Vec<Activity>,
    /// `skip_ec2`, `fake_ec2`, `test_build` or nothing.
    pub debug: String,
}

/// The steps that take a worker.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Activity {
    MakeSourceTarball,
    MakeBinaryPackage,
    PublishBinaryPackages,
    PublishSourceTarball,
    PublishDockerImages,
}

/// The document of the outermost scope.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Build {
    /// What is to be built.
    pub build_input: BuildInput,
}

/// What a version's later steps are given.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Release {
    /// What is to be built.
    pub build_input: BuildInput,
    /// The version.
    pub version: String,
}

/// The document once the first step is done: `results` has an entry for each.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// What is to be built.
    pub build_input: BuildInput,
    /// Success and failure of each step, by its name.
    pub results: Results,
}

/// Success and failure of each step, by its name.
pub type Results = BTreeMap<String, Value>;

/// The question whether an activity has to run.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Prepare {
    /// The step.
    pub activity: Activity,
    /// What is to be built.
    pub build_input: BuildInput,
    /// The version.
    pub version: String,
    /// The platform, where the step is for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// What was done so far, where the step depends on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<Results>,
}

/// The answer.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Prepared {
    /// There is nothing to do.
    pub skip: bool,
    /// What the worker is given; not there when there is nothing to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_input: Option<TaskInput>,
}

/// What a worker is given.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TaskInput {
    /// `MakeBinaryPackage-4.28.2-ubuntu-18.04-bionic`: how its worker and its logs are found.
    pub name: String,
    /// The environment of its script.
    pub env: String,
    /// How it fails.
    pub fail_args: String,
}

/// What a worker reports, be it success or failure.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Work {
    /// The instance that did it.
    pub ec2: String,
    /// How long it took.
    pub time_sec: String,
}

/// What is to be put in order: the results of one version, or of all.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Normalize {
    /// The version whose results they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The results.
    pub results: Results,
}

// ---- Tasks: the Lambdas and activities, as signatures ----

/// The ARN of one of the build's Lambdas.
macro_rules! lambda {
    ($name:literal) => {
        concat!("arn:aws:lambda:us-west-2:223121549624:function:", $name)
    };
}

/// The ARN of one of the build's activities.
macro_rules! activity {
    ($name:literal) => {
        concat!("arn:aws:states:us-west-2:223121549624:activity:", $name)
    };
}

/// Finds versions, platforms and steps in whatever it is given.
#[task(lambda = lambda!("hhvm1-parse-input"))]
pub fn parse_input(#[input] request: Value) -> Build;

/// Decides whether an activity has to run, and starts a worker for it.
#[task(lambda = lambda!("hhvm1-prepare-activity"))]
pub fn prepare_activity(#[input] question: Prepare) -> Prepared;

/// Lists the platforms that a version supports, of those that were asked for.
#[task(lambda = lambda!("hhvm1-get-platforms-for-version"))]
pub fn get_platforms_for_version(#[input] release: Release) -> Vec<String>;

/// Puts results in order: by version and platform, what was skipped, what was done, what has failed.
#[task(lambda = lambda!("hhvm1-normalize-results"))]
pub fn normalize_results(#[input] results: Normalize) -> Value;

/// Says whether anything was published.
#[task(lambda = lambda!("hhvm1-check-if-repos-changed"))]
pub fn check_if_repos_changed(#[input] progress: Progress) -> bool;

/// Writes the index of the download site.
#[task(lambda = lambda!("create-s3-index-html"))]
pub fn update_indices(bucket: String, cloudfront: String) -> Value;

/// Makes the download site forget what it has cached.
#[task(lambda = lambda!("hhvm-invalidate-repository-metadata-on-cloudfront"))]
pub fn invalidate_cloud_front() -> Value;

/// Fails with a list of all failures, if there are any.
#[task(lambda = lambda!("hhvm1-check-for-failures"))]
pub fn check_for_failures(#[input] results: Value) -> Value;

/// Starts workers for tasks that wait for one; says whether to ask again.
#[task(lambda = lambda!("hhvm1-health-check"), rename_all = "camelCase")]
pub fn health_check(build_input: BuildInput, execution: String, end_state: String) -> bool;

/// Makes the source archive.
#[task(activity = activity!("hhvm-make-source-tarball"), timeout = "30m")]
pub fn make_source_tarball(#[input] input: TaskInput) -> Work;

/// Makes the package for one distribution.
#[task(activity = activity!("hhvm-make-binary-package"), timeout = "4h")]
pub fn make_binary_package(#[input] input: TaskInput) -> Work;

/// Publishes the packages of all distributions.
#[task(activity = activity!("hhvm-publish-binary-packages"), timeout = "4h")]
pub fn publish_binary_packages(#[input] input: TaskInput) -> Work;

/// Publishes the source archive.
#[task(activity = activity!("hhvm-publish-source-tarball"), timeout = "30m")]
pub fn publish_source_tarball(#[input] input: TaskInput) -> Work;

/// Publishes the Docker images.
#[task(activity = activity!("hhvm-publish-docker-images"), timeout = "4h")]
pub fn publish_docker_images(#[input] input: TaskInput) -> Work;

// ---- Conventions: what every task does, said once ----

errors! {
    /// A test build failed: trying again is of no use.
    pub TestBuildNoRetry;
}

/// How all Lambdas are retried.
const LAMBDA: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).delays([5, 10, 20, 40, 80])]);

/// Twice, but never in a test build.
const ACTIVITY: RetryPolicy =
    RetryPolicy::new(&[Retrier::never(&[TestBuildNoRetry]), Retrier::on(&[States::ALL]).delays([60, 300])]);

/// The same as for other Lambdas, but only for faults of the service: this Lambda fails on purpose.
const LAMBDA_SERVICE: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[
    Lambda::SERVICE_EXCEPTION,
    Lambda::AWS_LAMBDA_EXCEPTION,
    Lambda::SDK_CLIENT_EXCEPTION,
])
.delays([5, 10, 20, 40, 80])]);

/// How the build does things.
pub const RELEASE: Conventions = Conventions::new()
    .retry_lambdas(LAMBDA)
    .retry_activities(ACTIVITY)
    .save_tasks("results.{state}.success")
    .save_composites("results.{state}")
    .record_failures("results.{state}.failure")
    .keep_at_end(&["results"]);

// ---- The workflow ----

/// Builds and publishes releases of HHVM.
#[workflow(query_language = "JSONPath", conventions = RELEASE)]
pub fn hhvm_build(s: &mut Scope, request: Ref<Value>) -> Ref<Value> {
    let build = s.task(parse_input(request).replace_document());
    let (results, _) =
        s.parallel("Root").branch(|s| release(s, build)).branch(|s| keep_healthy(s, build)).join();
    results
}

/// The main branch: all versions, then the site, then the verdict.
fn release(s: &mut Scope, build: Ref<Build>) -> Ref<Value> {
    s.map("ForEachVersion", build.build_input.versions)
        .select(|version| data!(Release { build_input: build.build_input, version }))
        .each(build_version);

    let changed = s.task(check_if_repos_changed(s.document()).save_as("reposChanged"));
    s.unless("ShouldUpdateIndicesAndInvalidateCloudFront", cond!(!changed), |s| {
        s.parallel("UpdateIndicesAndInvalidateCloudFront")
            .input(data!(Build { build_input: build.build_input }))
            .branch(|s, _| {
                s.ends_as("UpdateIndicesEnd");
                s.task(update_indices("hhvm-downloads", "E35YBTV6QCR5BA"));
            })
            .branch(|s, _| {
                s.ends_as("InvalidateCloudFrontEnd");
                s.task(invalidate_cloud_front());
            })
            .join();
    });

    s.task(normalize_results(s.document()).replace_document());
    s.task(check_for_failures(s.document()).retry(LAMBDA_SERVICE).replace_document())
}

/// One version: its source, then everything that is made of it. Whatever fails, its results are put in order.
fn build_version(s: &mut Scope, release: Ref<Release>) {
    let (build_input, version) = (release.build_input, release.version);
    s.end_with(|s| {
        let results = s.document::<Progress>().results;
        let normalize = normalize_results(data!(Normalize { version, results }));
        s.task(normalize.named("VersionNormalizeResults").save_as("results"));
    });
    step(s, Activity::MakeSourceTarball, about(release), |input| make_source_tarball(input));
    s.parallel("BuildAndPublishLinuxAnd")
        .input(data!(Release { build_input, version }))
        .branch(build_and_publish_linux)
        .join();
}

/// The packages of a version for all platforms, then all that is published.
fn build_and_publish_linux(s: &mut Scope, release: Ref<Release>) {
    let (build_input, version) = (release.build_input, release.version);
    s.ends_as("BuildAndPublishLinuxEnd");

    let platforms = s.task(get_platforms_for_version(release).save_as("platforms"));
    s.map("ForEachPlatform", platforms).item_as("platform").each(|s, platform| {
        s.ends_as("PlatformEnd").keep(platform);
        let question = |activity| data!(Prepare { activity, build_input, version, platform, results: None });
        step(s, Activity::MakeBinaryPackage, question, |input| make_binary_package(input));
    });

    let results = s.document::<Progress>().results;
    let question = |activity| data!(Prepare { activity, build_input, version, platform: None, results });
    step(s, Activity::PublishBinaryPackages, question, |input| publish_binary_packages(input));

    s.parallel("PublishSourceTarballAndPublishDockerImages")
        .input(data!(Release { build_input, version }))
        .branch(|s, release| {
            s.ends_as("PublishSourceTarballEnd");
            step(s, Activity::PublishSourceTarball, about(release), |input| publish_source_tarball(input));
        })
        .branch(|s, release| {
            s.ends_as("PublishDockerImagesEnd");
            step(s, Activity::PublishDockerImages, about(release), |input| publish_docker_images(input));
        })
        .join();
}

/// What most activities are prepared with.
fn about(release: Ref<Release>) -> impl FnOnce(Activity) -> Expr<Prepare> {
    let (build_input, version) = (release.build_input, release.version);
    move |activity| data!(Prepare { activity, build_input, version, platform: None, results: None })
}

/// `PrepareTo…` → `Should…` → `…`: asks whether the activity has to run, and runs it.
///
/// Question and activity share one record: a failure of either is found at `$.results.<Activity>.failure`.
pub fn step(
    s: &mut Scope,
    activity: Activity,
    question: impl FnOnce(Activity) -> Expr<Prepare>,
    work: impl FnOnce(Ref<TaskInput>) -> Task<'static, Work>,
) {
    let prepare = prepare_activity(question(activity)).named(format!("PrepareTo{activity:?}"));
    let prepared =
        s.task(prepare.recorded_as(format!("{activity:?}")).save_as(format!("results.{activity:?}")));
    s.unless(format!("Should{activity:?}"), prepared.skip, |s| {
        s.task(work(prepared.task_input.assume_some("it is only missing when `skip` is true")));
    });
}

/// The second branch: as long as the main one is not done, workers that died are replaced every five minutes.
fn keep_healthy(s: &mut Scope, build: Ref<Build>) {
    s.ends_as("HealthCheckEnd").keep_document();
    let done = check_if_repos_changed::STATE;
    s.repeat(|s| {
        s.wait("HealthCheckWait", 300.seconds());
        s.task(health_check(build.build_input, context().execution.id, done).save_as("shouldRepeat"))
    })
    .as_long_as("ShouldHealthCheck", |again| again);
}
