//! Operations, and how the `Resource` of a Task state names them.

use crate::api::catalog::{Integration, Service};
use crate::api::shape::ShapeRef;

/// An operation of a service.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// The service that has it.
    pub service: &'static Service,
    /// Its name in the API, such as `GetObject`; where an optimised integration has it in another form, the name of the
    /// action, such as `invoke`.
    pub name: &'static str,
    /// What it takes: a structure.
    pub input: ShapeRef,
    /// What it answers: a structure, of which the service may add members that are not in its API.
    pub output: ShapeRef,
}

impl Operation {
    pub(super) fn is_of_integration(&self) -> bool {
        self.name.starts_with(|first: char| first.is_ascii_lowercase())
    }
}

/// The call that a Task state makes.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// What it calls.
    pub operation: &'static Operation,
    /// What it waits for then.
    pub waits: Waits,
}

/// What a Task state waits for when it has called its operation.
#[derive(Debug, Clone, Copy)]
pub enum Waits {
    /// For nothing: the answer is the result.
    No,
    /// `.sync`: for the end of the job. This operation is asked, and its answer is the result.
    Polls(&'static Operation),
    /// `.waitForTaskToken`: for whoever returns the token, with any result.
    TaskToken,
}

impl Call {
    /// The call that a resource stands for; `None` where the data does not have it.
    ///
    /// ```
    /// use stepwright_codegen::api::{Call, Waits};
    ///
    /// let call = Call::of("arn:aws:states:::ecs:runTask.sync").unwrap();
    /// assert_eq!(call.operation.name, "RunTask");
    /// assert!(matches!(call.waits, Waits::Polls(operation) if operation.name == "DescribeTasks"));
    ///
    /// assert!(Call::of("arn:aws:lambda:us-east-1:123456789012:function:charge").is_none());
    /// ```
    pub fn of(resource: &str) -> Option<Self> {
        let parts: Vec<&str> = resource.splitn(6, ':').collect();
        let ["arn", _, "states", "", "", call] = parts.as_slice() else { return None };
        match call.strip_prefix("aws-sdk:") {
            Some(call) => Self::of_sdk(call),
            None => Self::of_integration(call),
        }
    }

    /// `s3:getObject`
    fn of_sdk(call: &str) -> Option<Self> {
        let (service, action) = call.split_once(':')?;
        let (action, waits) = match action.strip_suffix(".waitForTaskToken") {
            Some(action) => (action, Waits::TaskToken),
            None => (action, Waits::No),
        };
        Some(Self { operation: Service::find(service)?.operation(action)?, waits })
    }

    /// `states:startExecution.sync`
    fn of_integration(call: &str) -> Option<Self> {
        let (name, action) = call.split_once(':')?;
        let integration = Integration::find(name)?;
        let service = Service::find(integration.service)?;
        let (name, suffix) = match action.split_once('.') {
            Some((name, suffix)) => (name, Some(suffix)),
            None => (action, None),
        };
        let action = integration.actions.iter().find(|action| action.name == name)?;
        let polls = |operation: Option<&str>| service.exactly(operation?).map(Waits::Polls);
        let waits = match suffix {
            None => Waits::No,
            Some("waitForTaskToken") => Waits::TaskToken,
            Some("sync") => polls(action.polled)?,
            Some("sync:2") => polls(action.polled_as_json)?,
            Some(_) => return None,
        };
        Some(Self { operation: service.exactly(name).or_else(|| service.operation(name))?, waits })
    }

    /// The shape of the result; `None` where it comes from whoever returns the task token.
    pub fn result(&self) -> Option<ShapeRef> {
        match self.waits {
            Waits::No => Some(self.operation.output),
            Waits::Polls(operation) => Some(operation.output),
            Waits::TaskToken => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::shape::Shape;

    #[track_caller]
    fn check(resource: &str, operation: &str, polled: Option<&str>) {
        let call = Call::of(&format!("arn:aws:states:::{resource}")).expect("the data has it");
        let polls = match call.waits {
            Waits::Polls(operation) => Some(operation.name),
            Waits::No | Waits::TaskToken => None,
        };
        assert_eq!((call.operation.name, polls), (operation, polled));
    }

    #[test]
    fn resources_name_operations() {
        check("aws-sdk:s3:getObject", "GetObject", None);
        check("dynamodb:putItem", "PutItem", None);
        check("ecs:runTask.sync", "RunTask", Some("DescribeTasks"));
        check("states:startExecution.sync", "StartExecution", Some("DescribeExecution"));
        check("states:startExecution.sync:2", "StartExecution", Some("describeExecution"));
        check("sqs:sendMessage.waitForTaskToken", "SendMessage", None);
        check("elasticmapreduce:addStep.sync", "addStep", Some("DescribeStep"));
    }

    #[test]
    fn other_partitions_are_known() {
        assert!(Call::of("arn:aws-cn:states:::sns:publish").is_some());
    }

    #[test]
    fn what_is_not_in_the_data_is_unknown() {
        let resources = [
            "",
            "${Function}",
            "arn:aws:lambda:us-east-1:123456789012:function:f",
            "arn:aws:states:us-east-1:123456789012:activity:a",
            "arn:aws:states:::bedrockagentcore:invokeHarness",
            "arn:aws:states:::aws-sdk:http:invoke",
            "arn:aws:states:::sns",
            "arn:aws:states:::sns:",
            "arn:aws:states:::sns:Publish",
            "arn:aws:states:::sns:ébène",
            "arn:aws:states:::sns:publish.sync",
            "arn:aws:states:::ecs:runTask.sync:2",
            "arn:aws:states:::aws-sdk:ecs:runTask.sync",
            "arn:aws:states:::aws-sdk:braket:getJob",
            "arn:aws:states:::aws-sdk:emr:addStep",
            "arn:aws:states:::aws-sdk:lambda:ébène",
        ];
        for resource in resources {
            assert!(Call::of(resource).is_none(), "{resource}");
        }
    }

    #[test]
    fn every_action_of_an_integration_is_found_by_its_arn() {
        let mut actions = 0;
        for integration in Integration::all() {
            let arn = |action: &str| format!("arn:aws:states:::{}:{action}", integration.name);
            for action in integration.actions() {
                let call = Call::of(&arn(action)).unwrap_or_else(|| panic!("{}", arn(action)));
                assert!(call.operation.name.eq_ignore_ascii_case(action), "{}", arn(action));
                assert!(matches!(call.result().expect("the answer").shape(), Shape::Structure(_)));
                actions += 1;
            }
            for action in integration.sync_actions() {
                let sync = format!("{}.sync", arn(action));
                assert!(matches!(Call::of(&sync).expect(&sync).waits, Waits::Polls(_)));
            }
        }
        assert_eq!(actions, 63);
    }

    #[test]
    fn every_operation_of_a_service_is_found_by_its_arn() {
        for service in Service::all() {
            for operation in service.operations().iter().filter(|operation| !operation.is_of_integration()) {
                let action = format!("{}{}", operation.name[..1].to_lowercase(), &operation.name[1..]);
                let arn = format!("arn:aws:states:::aws-sdk:{}:{action}", service.name);
                assert_eq!(Call::of(&arn).expect(&arn).operation.name, operation.name);
            }
        }
    }

    #[test]
    fn the_payload_of_the_integration_with_functions_is_json() {
        let payload = |resource| {
            let Shape::Structure(output) = Call::of(resource)?.result()?.shape() else { return None };
            output.member("Payload").map(|member| member.shape.shape())
        };
        assert!(matches!(payload("arn:aws:states:::lambda:invoke"), Some(Shape::Document)));
        assert!(matches!(payload("arn:aws:states:::aws-sdk:lambda:invoke"), Some(Shape::Blob(_))));
    }

    #[test]
    fn similar_names_are_suggested() {
        let states = Integration::find("states").expect("it is an integration");
        assert_eq!(states.nearest_action("startExcution"), Some("startExecution"));
        assert_eq!(states.nearest_action("describe"), None);
        let s3 = Service::find("s3").expect("it is a service");
        assert_eq!(s3.nearest_action("getObjct").as_deref(), Some("getObject"));
    }
}
