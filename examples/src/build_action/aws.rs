//! The calls of AWS services that the machines make, with what is read of the answers.

use stepwright::integration::AwsSdk;
use stepwright::integration::dynamodb::{UpdateItem, WriteOutput};
use stepwright::prelude::*;

use super::Job;

/// A call of the AWS SDK.
pub type Call<T> = Task<'static, T, AwsSdk>;

/// Defines types of answers: structs whose members are in `PascalCase`.
macro_rules! answers {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "PascalCase")]
        pub struct $name { $($(#[$field_doc])* pub $field: $ty,)* }
    )*};
}

answers! {
    /// New instances.
    Run {
        /// The instances.
        instances: Vec<Instance>,
    }
    /// An instance.
    Instance {
        /// Its id.
        instance_id: String,
    }
    /// A new fleet.
    Fleet {
        /// The instances in it, by how they were had; none if there was no capacity.
        instances: Vec<FleetInstances>,
    }
    /// Instances of a fleet.
    FleetInstances {
        /// Their ids.
        instance_ids: Vec<String>,
    }
    /// What is known of instances.
    Statuses {
        /// One for each.
        instance_statuses: Vec<Status>,
    }
    /// What is known of an instance.
    Status {
        /// Whether it runs.
        instance_state: State,
    }
    /// Whether an instance runs.
    State {
        /// `pending`, `running`, `shutting-down`, …
        name: String,
    }
    /// Which instances Systems Manager knows.
    Known {
        /// One for each.
        instance_information_list: Vec<Information>,
    }
    /// What Systems Manager knows of an instance.
    Information {
        /// `Online` if it has been heard of lately.
        ping_status: String,
    }
    /// A command that was sent.
    Sent {
        /// The command.
        command: Command,
    }
    /// A command.
    Command {
        /// Its id.
        command_id: String,
    }
    /// What has become of a command.
    Invocation {
        /// How far it is.
        status: CommandStatus,
        /// Where its log is.
        standard_output_url: String,
        /// What it has complained of.
        standard_error_content: String,
    }
    /// Entries of the registry of a pool.
    Entries {
        /// The entries.
        items: Vec<Entry>,
    }
}

/// How far a command is.
#[derive(Data, Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub enum CommandStatus {
    Pending,
    InProgress,
    Delayed,
    Success,
    Cancelled,
    TimedOut,
    Failed,
    Cancelling,
}

/// An entry of the registry of a pool.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The instance.
    pub instance_id: Text,
}

/// A text, as the table keeps it.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub struct Text {
    /// The text.
    pub s: String,
}

/// Makes an instance; none if one was made with this token before.
pub fn run(job: Ref<Job>, token: Ref<String>) -> Call<Run> {
    let run = data!({
        "ImageId": job.image_id,
        "InstanceType": job.instance_type,
        "MinCount": 1,
        "MaxCount": 1,
        "SubnetId": "${Subnet}",
        "IamInstanceProfile": { "Name": "${InstanceProfile}" },
        "ClientToken": token,
    });
    aws_sdk("ec2", "runInstances", run)
}

/// Makes a fleet of one spot instance; none if one was made with this token before.
pub fn create_spot_fleet(job: Ref<Job>, token: Ref<String>) -> Call<Fleet> {
    let fleet = data!({
        "Type": "instant",
        "TargetCapacitySpecification": { "TotalTargetCapacity": 1, "DefaultTargetCapacityType": "spot" },
        "LaunchTemplateConfigs": [{
            "LaunchTemplateSpecification": { "LaunchTemplateId": "${BuildTemplate}", "Version": "$Default" },
            "Overrides": [{ "ImageId": job.image_id, "InstanceType": job.instance_type }],
        }],
        "ClientToken": token,
    });
    aws_sdk("ec2", "createFleet", fleet)
}

/// Says whether an instance runs.
pub fn describe_status(instance: Ref<String>) -> Call<Statuses> {
    let one = data!({ "InstanceIds": [instance], "IncludeAllInstances": true });
    aws_sdk("ec2", "describeInstanceStatus", one)
}

/// Ends an instance for good.
pub fn terminate(instance: Ref<String>) -> Call<()> {
    aws_sdk("ec2", "terminateInstances", data!({ "InstanceIds": [instance] }))
}

/// Starts an instance that is stopped.
pub fn start(instance: Ref<String>) -> Call<()> {
    aws_sdk("ec2", "startInstances", data!({ "InstanceIds": [instance] }))
}

/// Stops an instance, which can be started again.
pub fn stop(instance: Ref<String>) -> Call<()> {
    aws_sdk("ec2", "stopInstances", data!({ "InstanceIds": [instance] }))
}

/// Says whether Systems Manager knows an instance.
pub fn describe_instance_information(instance: Ref<String>) -> Call<Known> {
    let one = data!({ "Filters": [{ "Key": "InstanceIds", "Values": [instance] }] });
    aws_sdk("ssm", "describeInstanceInformation", one)
}

/// Runs the command of a job on an instance. Systems Manager ends it when its time is over. The call is not repeated: a command that is
/// sent twice runs twice.
pub fn send_command(instance: Ref<String>, job: Ref<Job>) -> Call<Sent> {
    let send = data!({
        "InstanceIds": [instance],
        "DocumentName": "${BuildDocument}",
        "OutputS3BucketName": "${LogBucket}",
        "Parameters": {
            "commands": [job.command],
            "workingDirectory": [job.working_directory],
            "outputPath": [job.output_path],
            "executionTimeout": [job.timeout_seconds.to_text()],
        },
    });
    aws_sdk("ssm", "sendCommand", send).retry(RetryPolicy::NONE)
}

/// Says how far a command is. For a moment after it was sent, there is no such thing yet.
pub fn get_command_invocation(instance: Ref<String>, command: Ref<String>) -> Call<Invocation> {
    aws_sdk("ssm", "getCommandInvocation", data!({ "CommandId": command, "InstanceId": instance }))
}

/// Cancels a command that is not done yet.
pub fn cancel_command(command: Ref<String>) -> Call<()> {
    aws_sdk("ssm", "cancelCommand", data!({ "CommandId": command }))
}

/// The registry of the pool: its instances, and whether they are `free` or `taken`.
const REGISTRY: &str = "${Registry}";

/// Finds an instance that is free.
pub fn query_free() -> Call<Entries> {
    let query = data!({
        "TableName": REGISTRY,
        "IndexName": "ByState",
        "KeyConditionExpression": "#state = :free",
        "ExpressionAttributeNames": { "#state": "state" },
        "ExpressionAttributeValues": { ":free": { "S": "free" } },
        "Limit": 1,
    });
    aws_sdk("dynamodb", "query", query)
}

/// Takes an instance, unless somebody else has taken it.
pub fn claim(instance: Ref<String>) -> Task<'static, WriteOutput, UpdateItem> {
    dynamodb::update_item(REGISTRY, data!({ "instanceId": { "S": instance } }))
        .with("UpdateExpression", "SET #state = :taken, takenBy = :me")
        .with("ConditionExpression", "#state = :free OR takenBy = :me")
        .with("ExpressionAttributeNames", data!({ "#state": "state" }))
        .with(
            "ExpressionAttributeValues",
            data!({
                ":free": { "S": "free" },
                ":taken": { "S": "taken" },
                ":me": { "S": context().execution.id },
            }),
        )
        .named("ClaimInstance")
}

/// Gives an instance back, unless it is somebody else's.
pub fn put_back(instance: Ref<String>) -> Task<'static, WriteOutput, UpdateItem> {
    dynamodb::update_item(REGISTRY, data!({ "instanceId": { "S": instance } }))
        .with("UpdateExpression", "SET #state = :free REMOVE takenBy")
        .with("ConditionExpression", "takenBy = :me")
        .with("ExpressionAttributeNames", data!({ "#state": "state" }))
        .with(
            "ExpressionAttributeValues",
            data!({
                ":free": { "S": "free" },
                ":me": { "S": context().execution.id },
            }),
        )
        .named("PutBack")
}
