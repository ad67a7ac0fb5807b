//! The Task state.

use serde_json::{Map, Value};

use crate::asl::handlers::{Catcher, Retrier};
use crate::asl::object::object;
use crate::asl::value::{NullablePath, OrExpression};

object! {
    /// A Task state. Spec: "Task State".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct Task = "a Task state" {
        @Identity
        /// `Resource`: the ARN of what does the work.
        "Resource" => resource: String,
        @Work
        /// `Parameters` (JSONPath): a Payload Template, the effective input.
        "Parameters" JsonPath => parameters: Option<Value>,
        /// `Arguments` (JSONata): the effective input.
        "Arguments" Jsonata => arguments: Option<Value>,
        /// `Credentials`: the role to assume, as `RoleArn` or, in a Payload Template, `RoleArn.$`. The language does not
        /// say what the object holds; the hosted service asks for the role.
        "Credentials" => credentials: Option<Map<String, Value>>,
        /// `TimeoutSeconds`: whole seconds, 1 to 99999999.
        "TimeoutSeconds" => timeout_seconds: Option<OrExpression<u64>>,
        /// `TimeoutSecondsPath` (JSONPath): a Reference Path to whole seconds.
        "TimeoutSecondsPath" JsonPath => timeout_seconds_path: Option<String>,
        /// `HeartbeatSeconds`: whole seconds between heartbeats, less than `TimeoutSeconds`.
        "HeartbeatSeconds" => heartbeat_seconds: Option<OrExpression<u64>>,
        /// `HeartbeatSecondsPath` (JSONPath): a Reference Path to whole seconds.
        "HeartbeatSecondsPath" JsonPath => heartbeat_seconds_path: Option<String>,
        /// `ResultSelector` (JSONPath): a Payload Template on the result.
        "ResultSelector" JsonPath => result_selector: Option<Value>,
        /// `ResultPath` (JSONPath): where the result goes; absent means `$`.
        "ResultPath" JsonPath => result_path: Option<NullablePath>,
        @Handlers
        /// `Retry`: the Retriers in order.
        "Retry" => retry: Option<Vec<Retrier>>,
        /// `Catch`: the Catchers in order.
        "Catch" => catch: Option<Vec<Catcher>>,
    }
}
