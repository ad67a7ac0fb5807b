//! Automated cost controls: a budget that is exceeded takes rights away.
//!
//! A budget's alarm comes through SNS. What to look at:
//!
//! * **The event is a type**: a misspelt field of the notification does not compile.
//! * **One action, or any number**: [`cost_control`] has a single Task, [`cost_controls`] a Parallel made from a Rust list of the same
//!   actions. To add one is to add a line to `ACTIONS`; nothing else changes.

use stepwright::prelude::*;

/// What SNS hands to its subscribers.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Notification {
    /// One record for each message.
    pub records: Vec<Record>,
}

/// A message, and where it comes from.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Record {
    /// The message.
    pub sns: Message,
}

/// A message about a budget.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Message {
    /// The alarm's name.
    pub subject: String,
    /// What it says.
    pub message: String,
    /// When it was sent.
    pub timestamp: String,
}

/// What an action has done.
#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Done {
    /// The group or resource that it was done to.
    pub target: String,
    /// The policy that was taken away, or what was stopped.
    pub change: String,
}

/// Takes away a group's right to start instances: `EC2FullAccess` becomes `EC2ReadOnly`.
#[task(lambda = "${RestrictGroupArn}", rename_all = "camelCase")]
pub fn restrict_group(group: String, reason: Message) -> Done;

/// Stops the instances with a tag.
#[task(lambda = "${StopInstancesArn}", rename_all = "camelCase")]
pub fn stop_instances(project: String, reason: Message) -> Done;

/// Tells the owners.
#[task(lambda = "${TellOwnersArn}", rename_all = "camelCase")]
pub fn tell_owners(project: String, reason: Message) -> Done;

/// The project that the budget is for.
const PROJECT: &str = "Beta";

/// Restricts the project's group.
#[workflow]
pub fn cost_control(s: &mut Scope, notification: Ref<Notification>) -> Ref<Done> {
    restrict(s, first(notification))
}

/// An action: it adds its states, and says what was done.
type Action = fn(&mut Scope, Ref<Message>) -> Ref<Done>;

/// All that is done, at the same time.
const ACTIONS: [Action; 3] = [
    restrict,
    |s, alarm| s.task(stop_instances(PROJECT, alarm)),
    |s, alarm| s.task(tell_owners(PROJECT, alarm)),
];

/// Does all that a project's owners have agreed on.
#[workflow]
pub fn cost_controls(s: &mut Scope, notification: Ref<Notification>) -> Ref<Vec<Done>> {
    let alarm = first(notification);
    s.parallel("Actions").branches(ACTIONS.map(|action| move |s: &mut Scope| action(s, alarm))).join()
}

fn restrict(s: &mut Scope, alarm: Ref<Message>) -> Ref<Done> {
    s.task(restrict_group(PROJECT, alarm))
}

/// SNS hands over one message at a time, in a list.
fn first(notification: Ref<Notification>) -> Ref<Message> {
    notification.records.get(0).assume_some("a notification has a record").sns
}
