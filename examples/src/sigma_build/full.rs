//! The slow way: role, bucket and build project are made where they are missing, the project builds an archive, and a change set brings
//! the stack there.

use std::time::Duration;

use stepwright::prelude::*;

use super::{Deployed, Project, Way};

/// Stacks, as they are described.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Stacks {
    /// The one that was asked for.
    pub stacks: Vec<Stack>,
}

/// A stack.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Stack {
    /// `UPDATE_COMPLETE`, `UPDATE_ROLLBACK_IN_PROGRESS` and so on.
    pub stack_status: String,
}

/// A change set.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ChangeSet {
    /// How far it is.
    pub status: ChangeSetStatus,
    /// Why it has failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
}

/// How far a change set is.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChangeSetStatus {
    /// It is not looked at yet.
    CreatePending,
    /// It is being made.
    CreateInProgress,
    /// It can be executed.
    CreateComplete,
    /// It cannot.
    Failed,
}

/// What a change set does with its stack.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum ChangeSetType {
    /// Makes it.
    Create,
    /// Changes it.
    Update,
}

/// Build projects, as they are described.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct BuildProjects {
    /// The names of those that do not exist.
    pub projects_not_found: Vec<String>,
}

errors! {
    /// The archive could not be built.
    pub BuildFailed;
    /// The change set could not be made, or not in time.
    pub ChangeSetFailed;
    /// The stack is not what it should be, or not in time.
    pub DeploymentFailed;
    /// There is a role of this name.
    pub ROLE_EXISTS = "Iam.EntityAlreadyExistsException";
    /// There is a bucket of this name, and it is ours.
    pub BUCKET_EXISTS = "S3.BucketAlreadyOwnedByYouException";
    /// There is no stack of this name.
    pub NO_STACK = "CloudFormation.CloudFormationException";
}

/// How calls that change nothing twice are tried again.
pub(super) const CALL: RetryPolicy = RetryPolicy::SERVICE_CALL;

/// How often a change set and a stack are asked for, with [`PAUSE`] between: five minutes, and half an hour.
const CHANGE_SET_QUESTIONS: u32 = 60;
const STACK_QUESTIONS: u32 = 360;
const PAUSE: Duration = Duration::from_secs(5);

/// Builds an archive, and brings the stack to it.
pub fn build_and_deploy(s: &mut Scope, project: Ref<Project>) -> Expr<Deployed> {
    prepare(s, project);
    // A new key each time: to CloudFormation, an archive of the same key is the same archive.
    let archive = s.pass("NameArchive", fmt!("builds/{}/{}.zip", project.name, context().execution.name));
    let variable = data!([{ "Name": "ARCHIVE", "Value": archive, "Type": "PLAINTEXT" }]);
    let build = codebuild::start_build(project.name).with("EnvironmentVariablesOverride", variable).sync();
    s.task(
        build
            .named("BuildArchive")
            .timeout(15.minutes())
            .catch(States::ALL, |s, error| s.fail(BuildFailed, error.cause)),
    );
    update_stack(s, project, archive);
    data!(Deployed { way: Way::Full, archive })
}

/// Makes what is missing; a role that was just made may not be known everywhere, so calls that need it are tried again. Names belong together: role, bucket and build project of an application are found by its name.
fn prepare(s: &mut Scope, project: Ref<Project>) {
    let role = fmt!("sigma-{}", project.name);
    let create_role = aws_sdk::<()>(
        "iam",
        "createRole",
        data!({
            "RoleName": role.clone(),
            "AssumeRolePolicyDocument": "${BuildTrustPolicy}",
        }),
    );
    s.task(create_role.catch(ROLE_EXISTS, |_, _| ()));
    let create_bucket = aws_sdk::<()>("s3", "createBucket", data!({ "Bucket": project.bucket }));
    s.task(create_bucket.catch(BUCKET_EXISTS, |_, _| ()));

    let build_project = data!({
        "Name": project.name,
        "ServiceRole": role,
        "Source": { "Type": "GITHUB", "Location": project.source },
        "Artifacts": { "Type": "NO_ARTIFACTS" },
        "Environment": {
            "Type": "LINUX_CONTAINER",
            "ComputeType": "BUILD_GENERAL1_SMALL",
            "Image": "aws/codebuild/standard:7.0",
            "EnvironmentVariables": [{ "Name": "BUCKET", "Value": project.bucket, "Type": "PLAINTEXT" }],
        },
    });
    let names = data!({ "Names": [project.name] });
    let found = s.task(aws_sdk::<BuildProjects>("codebuild", "batchGetProjects", names).retry(CALL));
    s.choice("DoesBuildProjectExist")
        .when(cond!(found.projects_not_found.len() == 0), |s| {
            s.task(aws_sdk::<()>("codebuild", "updateProject", build_project.clone()).retry(CALL));
        })
        .otherwise(|s| {
            s.task(aws_sdk::<()>("codebuild", "createProject", build_project.clone()).retry(CALL));
        });
}

/// Makes the stack, or changes it, by a change set.
fn update_stack(s: &mut Scope, project: Ref<Project>, archive: Ref<String>) {
    let stack = data!({ "StackName": project.name });
    let before = aws_sdk::<Stacks>("cloudformation", "describeStacks", stack.clone()).named("FindStack");
    let before = s.task(before.catch(NO_STACK, |_, _| data!(Stacks { stacks: Vec::new() }))).stacks;
    // A stack in review has never been more than a change set.
    let exists = before.any(|stack| cond!(stack.stack_status != "REVIEW_IN_PROGRESS"));
    let kind = s
        .choice("DoesStackExist")
        .when(exists, |_| expr!(ChangeSetType::Update))
        .otherwise(|_| expr!(ChangeSetType::Create));

    let change_set = fmt!("sigma-{}", context().execution.name);
    let name = data!({ "StackName": project.name, "ChangeSetName": change_set });
    s.task(
        aws_sdk::<()>("cloudformation", "createChangeSet", name.clone())
            .with("ChangeSetType", kind)
            .with("TemplateURL", project.template_url)
            .with("Capabilities", data!(["CAPABILITY_IAM"]))
            .with("Parameters", data!([{ "ParameterKey": "Archive", "ParameterValue": archive }])),
    );
    let made = poll(
        s,
        "ChangeSet",
        CHANGE_SET_QUESTIONS,
        aws_sdk::<ChangeSet>("cloudformation", "describeChangeSet", name.clone()),
        |set| cond!(set.status == ChangeSetStatus::CreateComplete || set.status == ChangeSetStatus::Failed),
    );
    choose!(s, "CanChangeSetBeExecuted", made.status, {
        ChangeSetStatus::CreateComplete => |_| (),
        ChangeSetStatus::Failed => |s| s.fail(ChangeSetFailed, made.status_reason),
        ChangeSetStatus::CreatePending | ChangeSetStatus::CreateInProgress => |s| {
            s.fail_as("ChangeSetIsLate", ChangeSetFailed.as_str(), "it was not made in time")
        },
    });

    s.task(aws_sdk::<()>("cloudformation", "executeChangeSet", name));
    let now = poll(
        s,
        "Stack",
        STACK_QUESTIONS,
        aws_sdk::<Stacks>("cloudformation", "describeStacks", stack),
        |now| {
            let is_moving = now.stacks.any(|stack| stack.stack_status.ends_with("_IN_PROGRESS"));
            cond!(!is_moving)
        },
    );
    let status = now.stacks.first().assume_some("it was made above").stack_status;
    s.unless("IsStackThere", cond!(status == "CREATE_COMPLETE" || status == "UPDATE_COMPLETE"), |s| {
        s.fail(DeploymentFailed, fmt!("the stack is {}", status))
    });
}

/// Asks again and again until something is settled, but not for ever: who calls this looks at the last answer anyhow.
fn poll<T: Data>(
    s: &mut Scope,
    what: &str,
    questions: u32,
    question: Task<'static, T, impl Sized>,
    is_settled: impl FnOnce(Ref<T>) -> Expr<bool>,
) -> Ref<T> {
    let asked = s.var(format!("asked{what}"), 0_u32);
    s.repeat(|s| {
        s.wait(format!("WaitFor{what}"), PAUSE);
        s.set(asked, expr!(asked + 1));
        s.task(question.retry(CALL).named(format!("AskFor{what}")))
    })
    .until(format!("Is{what}Settled"), |answer| cond!(is_settled(answer) || asked >= questions))
}
