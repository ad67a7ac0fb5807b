//! Continuous integration: every branch of a push is checked, built into images and put on a test environment of its own, and
//! somebody is told what came of it.
//!
//! This is [`run_tests`](crate::run_tests) grown up. What to look at:
//!
//! * **A failing build is caught.** In the article's machine a build that fails takes the execution with it, and nobody hears of it.
//!   Here `give_up` tells, and ends the branch with an [`Outcome`] like any other, so that a broken branch stops none of the others.
//! * **The commit message decides.** `[skip tests]` and `[skip static analysis]` are two conditions on one text.
//! * **Reuse.** `build` is the one way to build: all builds are of one project, by a buildspec, for a commit. The images are a
//!   Parallel made from a list.
//! * **What the types found.** Reading the first report alone (`$.Reports[0].Status`) forgets the others, and fails where there is
//!   none: here the list has closures. And `ecs:runTask` succeeds even if no container could be placed; the result's type has
//!   `failures` beside `tasks`, which asks to be read.

use serde_json::Value;
use stepwright::prelude::*;

/// What somebody has pushed.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Push {
    /// The message of the last commit.
    pub message: String,
    /// The branches that it is on.
    pub branches: Vec<Branch>,
}

/// A branch of the repository.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Branch {
    /// Its name.
    pub name: String,
    /// Its last commit.
    pub commit: String,
}

/// What came of a branch.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// The name of the branch.
    pub branch: String,
    /// How far it has come.
    pub stage: Stage,
}

/// How far a branch has come.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Stage {
    /// A check could not be run.
    CheckBroken,
    /// A check has found something.
    CheckFailed,
    /// An image could not be built.
    ImageFailed,
    /// There was no test environment to be had.
    NoEnvironment,
    /// The test environment is ready.
    Ready,
}

/// What is made of each branch: independent of each other.
const COMPONENTS: [&str; 3] = ["Api", "Worker", "Website"];

/// Branches that are built at the same time.
const BRANCHES: u32 = 5;

/// Builds that AWS could not start for want of capacity are worth another try; those that fail are not.
const CAPACITY: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[ACCOUNT_LIMIT]).delays([30, 60, 120, 240])]);

/// Too many builds at the same time.
pub const ACCOUNT_LIMIT: ErrorName = ErrorName::new("CodeBuild.AccountLimitExceededException");

/// Wherever the template is deployed.
const ANYWHERE: Conventions = Conventions::new().partition("${AWS::Partition}");

/// Checks and builds every branch of a push, and starts a test environment for each.
#[workflow(conventions = ANYWHERE)]
pub fn ci_pipeline(s: &mut Scope, push: Ref<Push>) -> Ref<Vec<Outcome>> {
    s.map("For Each Branch", push.branches)
        .item_as("branch")
        .max_concurrency(BRANCHES)
        .each(|s, branch| build_branch(s, push.message, branch))
}

/// One branch: checks, images, environment, message.
fn build_branch(s: &mut Scope, message: Ref<String>, branch: Ref<Branch>) -> Expr<Outcome> {
    let (tests, analysis) = s
        .parallel("Check")
        .branch(|s| {
            s.choice("Skip Tests?")
                .when(message.contains("[skip tests]"), |_| expr!(true))
                .otherwise(|s| check(s, "Tests", branch))
        })
        .branch(|s| {
            s.choice("Skip Static Analysis?")
                .when(message.matches("*[skip static analysis]*"), |_| expr!(true))
                .otherwise(|s| check(s, "Static Analysis", branch))
        })
        .catch(States::ALL, |s, error| {
            give_up(
                s,
                branch,
                Stage::CheckBroken,
                fmt!("a check did not run: {}", error.cause.or("no cause")),
            )
        })
        .join();

    s.unless("All Checks Passed?", cond!(tests && analysis), |s| {
        let passed = |check| expr!(if check { "passed" } else { "failed" });
        let why = fmt!("tests {}, static analysis {}", passed(tests), passed(analysis));
        give_up(s, branch, Stage::CheckFailed, why)
    });

    s.parallel("Build Images")
        .branches(COMPONENTS.map(|component| {
            move |s: &mut Scope| {
                let image = build(branch, "buildspec-image.yml").with(
                    "EnvironmentVariablesOverride",
                    data!([{ "Name": "COMPONENT", "Value": component }]),
                );
                s.task(image.sync().named(format!("Build {component} Image")));
            }
        }))
        .catch(States::ALL, |s, error| {
            give_up(
                s,
                branch,
                Stage::ImageFailed,
                fmt!("an image was not built: {}", error.cause.or("no cause")),
            )
        })
        .join();

    let environment = s.task(environment(branch));
    s.when("No Room?", cond!(environment.failures.len() > 0), |s| {
        let why = fmt!("no test environment: {}", environment.failures.to_json_text());
        give_up(s, branch, Stage::NoEnvironment, why)
    });

    tell(s, "Notify Ready", fmt!("{} is ready to be tested", branch.name));
    data!(Outcome { branch: branch.name, stage: Stage::Ready })
}

/// A build of the project.
fn build(
    branch: Ref<Branch>,
    buildspec: &'static str,
) -> Task<'static, codebuild::BuildOutput, codebuild::StartBuild> {
    codebuild::start_build("${projectName}")
        .with("SourceVersion", branch.commit)
        .with("BuildspecOverride", buildspec)
        .retry(CAPACITY)
}

/// Runs a build that reports, and says whether all reports are good.
fn check(s: &mut Scope, name: &str, branch: Ref<Branch>) -> Expr<bool> {
    let buildspec = if name == "Tests" { "buildspec-tests.yml" } else { "buildspec-analysis.yml" };
    let built = s.task(build(branch, buildspec).sync().named(format!("Run {name}")));
    let get = codebuild::batch_get_reports(built.build.report_arns);
    let reports = s.task(get.named(format!("Get {name} Results"))).reports;
    reports.all(|report| cond!(report.status == "SUCCEEDED"))
}

/// Starts a test environment, on Fargate, from the images of a commit. That it could not be started is one more reason among
/// those why containers were not placed.
fn environment(branch: Ref<Branch>) -> Task<'static, ecs::RunTaskOutput> {
    let commit = data!({ "Name": "COMMIT", "Value": branch.commit });
    ecs::run_task("${qaTaskDefinition}")
        .with("Cluster", "${qaCluster}")
        .with("LaunchType", "FARGATE")
        .with("NetworkConfiguration", data!({ "AwsvpcConfiguration": { "Subnets": ["${qaSubnet}"] } }))
        .with("Overrides", data!({ "ContainerOverrides": [{ "Name": "qa", "Environment": [commit] }] }))
        .named("Start QA Environment")
        .catch(States::ALL, |_, error| {
            let failures = [data!({ "Reason": error.error })];
            data!(ecs::RunTaskOutput { tasks: Vec::<Value>::new(), failures })
        })
}

/// Tells why a branch has not come further, and ends it there.
fn give_up(s: &mut Scope, branch: Ref<Branch>, stage: Stage, why: Expr<String>) -> Never {
    tell(s, format!("Notify {stage:?}"), fmt!("{}: {why}", branch.name));
    s.succeed_with(format!("{stage:?}"), data!(Outcome { branch: branch.name, stage }))
}

fn tell(s: &mut Scope, state: impl Into<StateName>, message: Expr<String>) {
    s.task(sns::publish("${snsTopicArn}", message).named(state));
}
