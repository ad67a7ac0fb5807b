//! A small fake of the services behind the machines, which keeps account of what it gave and got back.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value, json};
use stepwright_sim::{Reply, StandIns};

use super::aws::CommandStatus;

/// The services. Instances and commands make progress whenever somebody looks.
#[derive(Debug, Clone)]
pub struct Cloud {
    /// All instances there ever were, and how often each was looked at since it started; none if it does not run.
    pub instances: BTreeMap<String, Option<u32>>,
    /// The registry of the pool: who has an instance.
    pub pool: BTreeMap<String, Option<String>>,
    /// The instances that were given back, one after another.
    pub released: Vec<String>,
    /// The commands that were cancelled.
    pub cancelled: Vec<String>,
    /// After how many looks an instance is known to Systems Manager.
    pub starts_after: u32,
    /// After how many looks a command is done.
    pub works_for: u32,
    /// What a command comes to.
    pub result: CommandStatus,
    /// How many more spot instances are taken away while they build.
    pub losses: u32,
    /// How many more spot instances there are.
    pub capacity: u32,
    /// The commands that were sent: on which instance, and how often each was looked at.
    pub commands: BTreeMap<String, (String, u32)>,
}

impl Default for Cloud {
    fn default() -> Self {
        Self {
            instances: BTreeMap::new(),
            pool: BTreeMap::new(),
            released: Vec::new(),
            cancelled: Vec::new(),
            starts_after: 4,
            works_for: 10,
            result: CommandStatus::Success,
            losses: 0,
            capacity: u32::MAX,
            commands: BTreeMap::new(),
        }
    }
}

impl Cloud {
    /// A cloud with a pool of two instances, running or stopped.
    pub fn with_pool(running: bool) -> Self {
        let names = ["i-pool-1", "i-pool-2"].map(str::to_owned);
        // Those that run have long been known to Systems Manager.
        let looks = running.then_some(u32::MAX / 2);
        let pool = names.clone().map(|name| (name, None)).into();
        Self { instances: names.map(|name| (name, looks)).into(), pool, ..Self::default() }
    }

    fn make(&mut self) -> String {
        let id = format!("i-{}", self.instances.len() + 1);
        self.instances.insert(id.clone(), Some(0));
        id
    }

    fn run(&mut self, _: &Value) -> Reply {
        Reply::success(json!({ "Instances": [{ "InstanceId": self.make() }] }))
    }

    fn create_fleet(&mut self, _: &Value) -> Reply {
        let Some(left) = self.capacity.checked_sub(1) else {
            return Reply::success(json!({ "FleetId": "fleet-1", "Instances": [] }));
        };
        self.capacity = left;
        let id = self.make();
        Reply::success(json!({ "FleetId": "fleet-1", "Instances": [{ "InstanceIds": [id] }] }))
    }

    fn terminate(&mut self, input: &Value) -> Reply {
        let id = instance(input);
        self.released.push(id.clone());
        self.instances.insert(id, None);
        Reply::success(json!({}))
    }

    fn start(&mut self, input: &Value) -> Reply {
        self.instances.insert(instance(input), Some(0));
        Reply::success(json!({}))
    }

    fn stop(&mut self, input: &Value) -> Reply {
        self.instances.insert(instance(input), None);
        Reply::success(json!({}))
    }

    fn describe_status(&mut self, input: &Value) -> Reply {
        let id = instance(input);
        let builds = self.commands.values().any(|(on, looks)| *on == id && *looks >= 2);
        if builds && self.losses > 0 {
            self.losses -= 1;
            self.instances.insert(id.clone(), None);
        }
        let state = if self.looks(&id).is_some() { "running" } else { "terminated" };
        Reply::success(
            json!({ "InstanceStatuses": [{ "InstanceId": id, "InstanceState": { "Name": state } }] }),
        )
    }

    fn describe_information(&mut self, input: &Value) -> Reply {
        let id = text(&input["Filters"][0]["Values"][0]);
        let starts_after = self.starts_after;
        let Some(Some(looks)) = self.instances.get_mut(&id) else {
            return Reply::success(json!({ "InstanceInformationList": [] }));
        };
        *looks += 1;
        let known = (*looks > starts_after).then(|| json!({ "InstanceId": id, "PingStatus": "Online" }));
        Reply::success(json!({ "InstanceInformationList": known.as_slice() }))
    }

    fn send(&mut self, input: &Value) -> Reply {
        let on = instance(input);
        if self.looks(&on).is_none() {
            return Reply::failure("Ssm.InvalidInstanceIdException", on);
        }
        let id = format!("c-{}", self.commands.len() + 1);
        self.commands.insert(id.clone(), (on, 0));
        Reply::success(json!({ "Command": { "CommandId": id } }))
    }

    fn invocation(&mut self, input: &Value) -> Reply {
        let (works_for, result) = (self.works_for, self.result);
        let id = text(&input["CommandId"]);
        let Some((_, looks)) = self.commands.get_mut(&id) else {
            return Reply::failure("Ssm.InvocationDoesNotExistException", id);
        };
        *looks += 1;
        let status = if *looks > works_for { result } else { CommandStatus::InProgress };
        Reply::success(json!({
            "Status": status,
            "StandardOutputUrl": format!("https://logs/{id}"),
            "StandardErrorContent": "error C2065",
        }))
    }

    fn cancel(&mut self, input: &Value) -> Reply {
        self.cancelled.push(text(&input["CommandId"]));
        Reply::success(json!({}))
    }

    fn query(&mut self, _: &Value) -> Reply {
        let free = self.pool.iter().find(|(_, taken_by)| taken_by.is_none());
        let items: Vec<Value> = free.iter().map(|(id, _)| json!({ "instanceId": { "S": id } })).collect();
        Reply::success(json!({ "Items": items }))
    }

    /// Both changes of the registry; each has a condition.
    fn update(&mut self, input: &Value) -> Reply {
        let id = text(&input["Key"]["instanceId"]["S"]);
        let me = text(&input["ExpressionAttributeValues"][":me"]["S"]);
        let takes = text(&input["UpdateExpression"]).contains("takenBy =");
        let taken_by = self.pool.entry(id.clone()).or_default();
        let is_mine = *taken_by == Some(me.clone());
        if !(is_mine || takes && taken_by.is_none()) {
            return Reply::failure("DynamoDB.ConditionalCheckFailedException", id);
        }
        *taken_by = takes.then_some(me);
        if !takes {
            self.released.push(id);
        }
        Reply::success(json!({}))
    }

    fn looks(&self, id: &str) -> Option<u32> {
        self.instances.get(id).copied().flatten()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn instance(input: &Value) -> String {
    text(&input["InstanceIds"][0])
}

/// What answers a call.
type Service = fn(&mut Cloud, &Value) -> Reply;

/// The services, in place of the tasks of the machines.
pub fn stand_ins(cloud: &Rc<RefCell<Cloud>>) -> StandIns {
    let calls: [(&str, Service); 12] = [
        ("aws-sdk:ec2:runInstances", Cloud::run),
        ("aws-sdk:ec2:createFleet", Cloud::create_fleet),
        ("aws-sdk:ec2:terminateInstances", Cloud::terminate),
        ("aws-sdk:ec2:startInstances", Cloud::start),
        ("aws-sdk:ec2:stopInstances", Cloud::stop),
        ("aws-sdk:ec2:describeInstanceStatus", Cloud::describe_status),
        ("aws-sdk:ssm:describeInstanceInformation", Cloud::describe_information),
        ("aws-sdk:ssm:sendCommand", Cloud::send),
        ("aws-sdk:ssm:getCommandInvocation", Cloud::invocation),
        ("aws-sdk:ssm:cancelCommand", Cloud::cancel),
        ("aws-sdk:dynamodb:query", Cloud::query),
        ("dynamodb:updateItem", Cloud::update),
    ];
    calls.into_iter().fold(StandIns::new(), |stand_ins, (call, answer)| {
        let cloud = Rc::clone(cloud);
        stand_ins
            .on_json(format!("arn:aws:states:::{call}"), move |input| answer(&mut cloud.borrow_mut(), input))
    })
}
