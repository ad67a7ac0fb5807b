//! The state types that hold little: Pass, Wait, Succeed and Fail.

use serde_json::Value;

use crate::asl::object::object;
use crate::asl::value::{NullablePath, OrExpression};

object! {
    /// A Pass state. Spec: "Pass State".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct Pass = "a Pass state" {
        @Work
        /// `Parameters` (JSONPath): a Payload Template, the result where `Result` is absent.
        "Parameters" JsonPath => parameters: Option<Value>,
        /// `Result` (JSONPath): the result, taken literally; a present `null` is `Some(Value::Null)`.
        "Result" JsonPath => result: Option<Value>,
        /// `ResultPath` (JSONPath): where the result goes; absent means `$`.
        "ResultPath" JsonPath => result_path: Option<NullablePath>,
    }
}

object! {
    /// A Wait state: has exactly one of its fields. Spec: "Wait State".
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Wait = "a Wait state" {
        @Work
        /// `Seconds`: whole seconds, 0 to 99999999.
        "Seconds" => seconds: Option<OrExpression<u64>>,
        /// `Timestamp`: an RFC 3339 time, or in `JSONata` states an expression.
        "Timestamp" => timestamp: Option<String>,
        /// `SecondsPath` (JSONPath): a Reference Path to whole seconds.
        "SecondsPath" JsonPath => seconds_path: Option<String>,
        /// `TimestampPath` (JSONPath): a Reference Path to an RFC 3339 time.
        "TimestampPath" JsonPath => timestamp_path: Option<String>,
    }
}

object! {
    /// A Succeed state: has only fields that all states share. Spec: "Succeed State".
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Succeed = "a Succeed state" {}
}

object! {
    /// A Fail state. Spec: "Fail State".
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Fail = "a Fail state" {
        @Work
        /// `Error`: the Error Name, or in `JSONata` states an expression.
        "Error" => error: Option<String>,
        /// `Cause`: a text for people, or in `JSONata` states an expression.
        "Cause" => cause: Option<String>,
        /// `ErrorPath` (JSONPath): a Reference Path or Intrinsic Function that gives the Error Name.
        "ErrorPath" JsonPath => error_path: Option<String>,
        /// `CausePath` (JSONPath): a Reference Path or Intrinsic Function that gives the cause.
        "CausePath" JsonPath => cause_path: Option<String>,
    }
}
