//! A new IAM policy that allows too much is cut down at once; then an administrator says whether it comes back.
//!
//! Every policy that is made starts an execution. What to look at:
//!
//! * **The answer of a person is an enum.** [`ask_user()`] waits for a callback, whose result is an [`Answer`]; [`choose!`] has a branch for
//!   each, so there is none for an answer that the e-mail's links do not give. What comes back is checked too: an answer that
//!   is neither fails the execution, and the policy stays cut down.
//! * **Compensation.** `TempRemove` says which version of the policy it has put aside, and only that can be restored by `Approved`:
//!   `removed.old_version` is there on the one path on which something was removed.
//! * **A lost answer.** After a week the answer is *deny*: the handler of the timeout gives a value in place of the callback's. Since
//!   nothing is billed for the waiting, a week costs as much as a second.
//! * **Nothing is lost on the way.** The original keeps the event and writes each result over `$.taskresult`, so that the answer of
//!   `ValidatePolicy` is gone when `UsersChoice` reads that of `AskUser`. Here each is a value of its own.
//! * **What the types found.** In the original `AskUser` goes on to `usersChoice`, and the state is called `UsersChoice`; its own list of
//!   states calls `AskUser` a Choice. Here nobody writes where a state goes on to, and a callback cannot be mistaken for a decision.
//!
//! The five functions are in [`lambdas`], over a small fake of the account.

pub mod lambdas;

use stepwright::prelude::*;

/// The event: somebody has made a policy.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct PolicyMade {
    /// The call, as it was recorded.
    pub detail: CreatePolicy,
}

/// The call that made it.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreatePolicy {
    /// Who called.
    pub user_identity: Identity,
    /// What was asked for.
    pub request_parameters: Requested,
    /// What has come of it.
    pub response_elements: Created,
}

/// Somebody in the account.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Identity {
    /// The user's ARN.
    pub arn: String,
}

/// What was asked for.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Requested {
    /// The policy, JSON in a text.
    pub policy_document: String,
}

/// What has come of it.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Created {
    /// The policy.
    pub policy: PolicyName,
}

/// What a policy is called.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct PolicyName {
    /// Its ARN.
    pub arn: String,
}

/// What all states work with.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Policy {
    /// Its ARN.
    pub arn: String,
    /// Its text.
    pub document: String,
    /// Who made it.
    pub author: String,
}

/// What is to be done about a policy.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// It allows what is restricted: cut it down, and ask.
    Remedy,
    /// It is harmless: just tell.
    Alert,
}

/// What was found in a policy.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// What is to be done.
    pub action: Action,
    /// The restricted actions that it allows.
    pub restricted: Vec<String>,
}

/// A policy that was cut down.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Removed {
    /// The version that was put aside.
    pub old_version: String,
}

/// What an administrator says.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Answer {
    /// The policy is fine.
    Approve,
    /// It stays as it is now.
    Deny,
}

/// What the link in the e-mail gives back.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reply {
    /// What was said.
    pub action: Answer,
}

/// What has come of a new policy.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// It is in force, and the administrator knows.
    Allowed,
    /// It was cut down and is in force again.
    Approved,
    /// It is cut down to logging.
    Denied,
}

/// Compares the actions of a policy with the restricted ones.
#[task(lambda = "${ValidatePolicyArn}")]
pub fn validate_policy(#[input] policy: Policy) -> Verdict;

/// Cuts a policy down to logging.
#[task(lambda = "${TempRemoveArn}")]
pub fn temp_remove(arn: String) -> Removed;

/// Mails an administrator two links; following one of them answers the token.
#[task(lambda_invoke = "${AskUser}", timeout = "7d")]
pub fn ask_user(#[token] token: String, policy: Policy, restricted: Vec<String>) -> Reply;

/// Brings a version of a policy back.
#[task(lambda = "${ApprovedArn}")]
pub fn approved(arn: String, version: String);

/// Tells an administrator of a policy.
#[task(lambda = "${AllowWithNotificationArn}")]
pub fn allow_with_notification(#[input] policy: Policy);

/// Whatever a Lambda fails with, it is tried again: a policy that allows too much must not stay because of a fault.
const PERSISTENT: RetryPolicy =
    RetryPolicy::new(&[Retrier::on(&[States::TASK_FAILED]).delays([2, 4, 8, 16])]);

/// How the machine does things.
const SECURITY: Conventions = Conventions::new().retry_lambdas(PERSISTENT);

/// Cuts a new policy down if it allows too much, and asks whether it may come back.
#[workflow(conventions = SECURITY)]
pub fn incident_response(s: &mut Scope, event: Ref<PolicyMade>) -> Ref<Outcome> {
    let made = event.detail;
    let policy = data!(Policy {
        arn: made.response_elements.policy.arn,
        document: made.request_parameters.policy_document,
        author: made.user_identity.arn,
    });
    let policy = s.pass("ModifyData", policy);

    let verdict = s.task(validate_policy(policy));
    choose!(s, "ChooseAction", verdict.action, {
        Action::Alert => |s| {
            s.task(allow_with_notification(policy));
            expr!(Outcome::Allowed)
        },
        Action::Remedy => |s| {
            let removed = s.task(temp_remove(policy.arn));
            let ask = ask_user(policy, verdict.restricted);
            let reply = s.task(ask.catch(States::TIMEOUT, |_, _| data!(Reply { action: Answer::Deny })));
            choose!(s, "UsersChoice", reply.action, {
                Answer::Approve => |s| {
                    s.task(approved(policy.arn, removed.old_version));
                    expr!(Outcome::Approved)
                },
                Answer::Deny => |s| s.pass("Denied", Outcome::Denied),
            })
        },
    })
}
