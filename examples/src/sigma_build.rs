//! Builds of an IDE for serverless applications: the slow way for everything, and a quick way for code.
//!
//! Nine out of ten builds change nothing but code. For these, a function edits the archive in place, and the code of each Lambda
//! function is replaced: 15 seconds instead of 90. Whatever goes wrong on that way, the slow one still leads there. What to look at:
//!
//! * **A whole workflow as a fallback.** The slow way is a function over a [`Scope`], [`build_and_deploy`]. It is a workflow of its own,
//!   and it is placed behind a [label](Scope::forward_label), to which a Choice and two Catchers lead.
//! * **The sum is checked** with a condition over data: what was added and modified is as much as was sent.
//! * **Create if missing**: the error that says "it is there already" is caught, and nothing is done about it. [`full`] has that, create or
//!   update, and questions with a limit.
//! * **What the types found.** The article calls the updates in parallel with a bracket too few; here, a Map has an end.

pub mod full;

use std::collections::BTreeMap;

use stepwright::prelude::*;

pub use self::full::build_and_deploy;

/// What is to be built.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Build {
    /// The application.
    pub project: Project,
    /// Whether nothing but code has changed.
    pub code_only: bool,
    /// The files that have changed, with what is in them now.
    pub changes: BTreeMap<String, String>,
    /// The Lambda functions that are made of them.
    pub functions: Vec<String>,
}

/// An application.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Project {
    /// Its name, and that of its stack.
    pub name: String,
    /// Where its source is.
    pub source: String,
    /// Where archives are kept.
    pub bucket: String,
    /// The key of the archive that was built last.
    pub archive: String,
    /// Where the template of its stack is.
    pub template_url: String,
}

/// What `zipedit` has done.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Edited {
    /// How many files are new in the archive.
    pub added: u64,
    /// How many were there before.
    pub modified: u64,
}

/// What came of a build.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deployed {
    /// How it was done.
    pub way: Way,
    /// The key of the archive that is deployed.
    pub archive: String,
}

/// How a build was done.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Way {
    /// The archive was edited, and given to the functions.
    Quick,
    /// Everything was built, and the stack updated.
    Full,
}

/// Puts files into an archive in Amazon S3, in place of those that have the same path.
#[task(lambda = "${ZipEditArn}", timeout = "60s")]
pub fn zipedit(src: String, changes: BTreeMap<String, String>) -> Edited;

/// What every build does.
const SIGMA: Conventions = Conventions::new().retry_lambdas(RetryPolicy::LAMBDA);

/// Builds and deploys an application: quickly where that is possible.
#[workflow(conventions = SIGMA)]
pub fn sigma_build(s: &mut Scope, build: Ref<Build>) -> Expr<Deployed> {
    let project = build.project;
    let fully = s.forward_label();
    s.unless("IsOnlyCode", build.code_only, |s| s.goto(fully));

    let archive = fmt!("{}/{}", project.bucket, project.archive);
    let edited = s.task(zipedit(archive, build.changes).catch(States::ALL, |s, _| s.goto(fully)));
    let sent = build.changes.keys().len();
    s.unless("IsEveryChangeThere", cond!(edited.added + edited.modified == sent), |s| s.goto(fully));

    s.map("UpdateFunctions", build.functions)
        .item_as("function")
        .catch(States::ALL, |s, _| s.goto(fully))
        .each(|s, function| s.task(update_code(function, project)));
    let _ = s.succeed_with("QuicklyDeployed", data!(Deployed { way: Way::Quick, archive: project.archive }));

    s.place(fully);
    build_and_deploy(s, project)
}

/// Builds and deploys an application, whatever has changed.
#[workflow(conventions = SIGMA)]
pub fn sigma_full_build(s: &mut Scope, project: Ref<Project>) -> Expr<Deployed> {
    build_and_deploy(s, project)
}

/// Gives a function the code in the archive.
fn update_code(function: Ref<String>, project: Ref<Project>) -> Task<'static, (), impl Sized> {
    let code = data!({ "FunctionName": function, "S3Bucket": project.bucket, "S3Key": project.archive });
    aws_sdk("lambda", "updateFunctionCode", code).retry(full::CALL)
}
