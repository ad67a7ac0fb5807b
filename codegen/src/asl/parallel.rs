//! The Parallel state.

use serde_json::Value;

use crate::asl::handlers::{Catcher, Retrier};
use crate::asl::machine::Branch;
use crate::asl::object::object;
use crate::asl::value::NullablePath;

object! {
    /// A Parallel state; its result is the array of its branches' outputs. Spec: "Parallel State".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct Parallel = "a Parallel state" {
        @Work
        /// `Parameters` (JSONPath): a Payload Template, the input of every branch.
        "Parameters" JsonPath => parameters: Option<Value>,
        /// `Arguments` (JSONata): the input of every branch.
        "Arguments" Jsonata => arguments: Option<Value>,
        /// `Branches` in order.
        "Branches" => branches: Vec<Branch>,
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
