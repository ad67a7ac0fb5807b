//! What a state does about errors: Retriers and Catchers.

use serde_json::{Map, Number, Value};

use crate::asl::enums::JitterStrategy;
use crate::asl::object::{object, plain_objects};
use crate::asl::value::NullablePath;

object! {
    /// An element of `Retry`. Its values are constants. Spec: "Retrying after error".
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Retrier = "a Retrier" {
        @Work
        /// `Comment`: free text.
        "Comment" => comment: Option<String>,
        /// `ErrorEquals`: the Error Names it is for.
        "ErrorEquals" => error_equals: Vec<String>,
        /// `IntervalSeconds` before the first retry: whole seconds, 1 to 99999999; absent means 1.
        "IntervalSeconds" => interval_seconds: Option<u64>,
        /// `MaxAttempts`: retries, 0 to 99999999; absent means 3.
        "MaxAttempts" => max_attempts: Option<u64>,
        /// `BackoffRate`: factor from one interval to the next, at least 1; absent means 2. Keeps `5` and `5.0` apart.
        "BackoffRate" => backoff_rate: Option<Number>,
        /// `MaxDelaySeconds`: upper bound of the interval, whole seconds, 1 to 31622400.
        "MaxDelaySeconds" => max_delay_seconds: Option<u64>,
        /// `JitterStrategy`; absent means none.
        "JitterStrategy" => jitter_strategy: Option<JitterStrategy>,
    }
}

object! {
    /// An element of `Catch`. Spec: "Fallback states".
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct Catcher = "a Catcher" {
        @Work
        /// `Comment`: free text.
        "Comment" => comment: Option<String>,
        /// `ErrorEquals`: the Error Names it is for.
        "ErrorEquals" => error_equals: Vec<String>,
        /// `ResultPath` (JSONPath): where the Error Output goes; absent means `$`.
        "ResultPath" JsonPath => result_path: Option<NullablePath>,
        /// `Assign`: values by variable name, in place of the state's own `Assign`.
        "Assign" => assign: Option<Map<String, Value>>,
        /// `Output` (JSONata): what the next state gets; absent means the Error Output.
        "Output" Jsonata => output: Option<Value>,
        /// `Next`: the name of the state that handles the error.
        "Next" => next: String,
    }
}

plain_objects!(Retrier, Catcher);
