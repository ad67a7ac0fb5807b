//! What a field is evaluated against.

use indexmap::IndexMap;
use serde_json::Value;

use crate::data::random::Random;
use crate::data::time::Timestamp;

/// Variables by name.
pub type Variables = IndexMap<String, Value>;

/// What data a field is evaluated against.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What `$` (JSONPath) or `$states.input` (JSONata) is.
    pub input: &'a Value,
    /// The Context Object: `$$`, or `$states.context`.
    pub context: &'a Value,
    /// The variables visible here.
    pub variables: &'a Variables,
    /// `$states.result`, where the field has it.
    pub result: Option<&'a Value>,
    /// `$states.errorOutput`, where the field has it.
    pub error_output: Option<&'a Value>,
    /// Where `States.UUID`, `$random` and their like draw from.
    pub random: &'a Random,
    /// What `$now()` and `$millis()` say; without it, when the state was entered.
    pub now: Option<Timestamp>,
}

impl<'a> View<'a> {
    /// A view without result and Error Output.
    pub fn new(input: &'a Value, context: &'a Value, variables: &'a Variables, random: &'a Random) -> Self {
        Self { input, context, variables, result: None, error_output: None, random, now: None }
    }

    /// The same view, at that time.
    #[must_use]
    pub fn at(self, now: Timestamp) -> Self {
        Self { now: Some(now), ..self }
    }

    /// The same view, with `$states.result`.
    #[must_use]
    pub fn with_result(self, result: &'a Value) -> Self {
        Self { result: Some(result), ..self }
    }

    /// The same view, with `$states.errorOutput`.
    #[must_use]
    pub fn with_error_output(self, error_output: &'a Value) -> Self {
        Self { error_output: Some(error_output), ..self }
    }
}
