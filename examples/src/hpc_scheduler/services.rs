//! What the scheduler asks of AWS, with types for what it reads of the answers.

use stepwright::prelude::*;

use super::Job;

/// Where a queue is.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct QueueAddress {
    /// Its URL.
    pub queue_url: String,
}

/// What a queue gave.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Received {
    /// One message; none, or nothing at all, where the queue is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messages: Option<Vec<Message>>,
}

/// A message.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Message {
    /// By what it is removed.
    pub receipt_handle: String,
    /// A job, as JSON.
    pub body: String,
}

/// A command that was started.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Started {
    /// The command.
    pub command: Command,
}

/// A command.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Command {
    /// By what it is asked for.
    pub command_id: String,
}

/// How a command is getting on.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Invocation {
    /// Where it stands.
    pub status: CommandStatus,
    /// What it has written, up to 24,000 characters.
    pub standard_output_content: String,
}

/// Where a command stands.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub enum CommandStatus {
    Pending,
    InProgress,
    Success,
    Failed,
    /// Cancelled, timed out, not delivered.
    #[serde(other)]
    Lost,
}

/// Machines that are running.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Instances {
    /// They.
    pub instance_statuses: Vec<InstanceStatus>,
}

/// How a machine is.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct InstanceStatus {
    /// What its checks say.
    pub instance_status: Checks,
}

/// What the checks of a machine say.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Checks {
    /// All of them together.
    pub status: Health,
}

/// What all checks of a machine say together.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Health {
    Ok,
    Impaired,
    /// Not known yet.
    #[serde(other)]
    Initializing,
}

errors! {
    /// No licence is left: the count would fall below zero.
    pub ALL_TAKEN = "DynamoDB.ConditionalCheckFailedException";
}

/// Somebody may give one back in half an hour.
const WAIT_FOR_LICENCE: RetryPolicy =
    RetryPolicy::new(&[Retrier::on(&[ALL_TAKEN]).delays([60, 120, 240, 480, 900])]);

/// Finds the queue of a name.
pub fn queue_url(name: Ref<String>) -> Task<'static, QueueAddress, impl Sized> {
    aws_sdk("sqs", "getQueueUrl", data!({ "QueueName": name }))
}

/// Takes a message out of the queue, and waits for one for a while.
pub fn receive(queue: Ref<String>) -> Task<'static, Received, impl Sized> {
    aws_sdk(
        "sqs",
        "receiveMessage",
        data!({ "QueueUrl": queue, "MaxNumberOfMessages": 1, "WaitTimeSeconds": 20 }),
    )
}

/// Removes a message for good: a job takes longer than a queue can hide one.
pub fn remove(queue: Ref<String>, receipt_handle: Ref<String>) -> Task<'static, (), impl Sized> {
    aws_sdk("sqs", "deleteMessage", data!({ "QueueUrl": queue, "ReceiptHandle": receipt_handle }))
}

/// Puts a job into the queue.
pub fn put_back(
    queue: Ref<String>,
    job: Ref<Job>,
) -> Task<'static, sqs::SendMessageOutput, sqs::SendMessage> {
    sqs::send_message(queue, job)
}

/// Runs commands on a machine.
pub fn send_command(
    instance: Ref<String>,
    document: Ref<String>,
    commands: Ref<Vec<String>>,
) -> Task<'static, Started, impl Sized> {
    let parameters = data!({
        "DocumentName": document,
        "InstanceIds": [instance],
        "Parameters": { "commands": commands },
    });
    aws_sdk("ssm", "sendCommand", parameters)
}

/// Asks how a command is getting on.
pub fn ask_for_command(instance: Ref<String>, command: Ref<String>) -> Task<'static, Invocation, impl Sized> {
    aws_sdk("ssm", "getCommandInvocation", data!({ "CommandId": command, "InstanceId": instance }))
}

/// Asks how a machine is.
pub fn ask_for_health(instance: Ref<String>) -> Task<'static, Instances, impl Sized> {
    aws_sdk("ec2", "describeInstanceStatus", data!({ "InstanceIds": [instance] }))
}

/// Ends a machine.
pub fn terminate(instance: Ref<String>) -> Task<'static, (), impl Sized> {
    aws_sdk("ec2", "terminateInstances", data!({ "InstanceIds": [instance] }))
}

/// Takes a licence, and waits for one if all are taken.
pub fn take_licence(name: Ref<String>) -> Task<'static, dynamodb::WriteOutput, dynamodb::UpdateItem> {
    licences("TakeLicence", name)
        .with("UpdateExpression", "SET free = free - :one")
        .with("ConditionExpression", "free >= :one")
        .retry(WAIT_FOR_LICENCE)
}

/// Gives a licence back.
pub fn return_licence(name: Ref<String>) -> Task<'static, dynamodb::WriteOutput, dynamodb::UpdateItem> {
    licences("ReturnLicence", name).with("UpdateExpression", "SET free = free + :one")
}

fn licences(
    state: &'static str,
    name: Ref<String>,
) -> Task<'static, dynamodb::WriteOutput, dynamodb::UpdateItem> {
    dynamodb::update_item("${LicenceTable}", data!({ "name": { "S": name } }))
        .with("ExpressionAttributeValues", data!({ ":one": { "N": "1" } }))
        .named(state)
}
