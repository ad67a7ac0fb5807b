//! What is known of a machine beforehand.

use indexmap::IndexMap;
use serde_json::Value;

use crate::check::data_flow::shape::Shape;
use crate::lower::{Answered, TaskResult};

/// What is known beforehand of a machine, which its definition does not say: its input, what its tasks answer, and how it
/// is deployed.
///
/// ```
/// use serde_json::json;
/// use stepwright_codegen::{asl, check};
///
/// let text = r#"{ "StartAt": "A", "States": { "A": { "Type": "Wait", "SecondsPath": "$.delay", "End": true } } }"#;
/// let document = asl::read(text).expect("the text is a state machine");
/// assert!(check::check(document.machine()).is_empty());
///
/// let facts = check::Facts::default().input(&json!({ "dealy": 5 }));
/// let findings = check::check_with(document.machine(), &facts);
/// assert_eq!(findings[0].message, "`$.delay` finds nothing: the input has no `delay`");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub(crate) input: Option<Shape>,
    pub(crate) results: IndexMap<String, Answer>,
    pub(crate) is_express: bool,
}

/// What is known of the answer of a task.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// All of it.
    Whole(Shape),
    /// A field of the envelope that the service puts around it.
    Field(&'static str, Shape),
    /// All of it, where its API says nothing.
    Otherwise(Shape),
}

impl Facts {
    /// The machine is deployed as an Express workflow.
    #[must_use]
    pub fn express(mut self) -> Self {
        self.is_express = true;
        self
    }

    /// The input of an execution: what is found certainly happens with that input, and with all that are given so.
    #[must_use]
    pub fn input(mut self, input: &Value) -> Self {
        let input = Shape::literal(input);
        self.input = Some(self.input.map_or(input.clone(), |before| before.join(&input)));
        self
    }

    /// The JSON schema of the input.
    #[must_use]
    pub fn input_schema(mut self, schema: &Value) -> Self {
        self.input = Some(Shape::of_schema(schema));
        self
    }

    /// The JSON schema of what the task of a state answers.
    #[must_use]
    pub fn result_schema(mut self, state: impl Into<String>, schema: &Value) -> Self {
        self.results.insert(state.into(), Answer::Whole(Shape::of_schema(schema)));
        self
    }

    /// What the type of a task's result says.
    #[must_use]
    pub(crate) fn result(mut self, result: &TaskResult) -> Self {
        let shape = Shape::of_schema(&result.schema);
        let answer = match result.part {
            Answered::Whole => Answer::Whole(shape),
            Answered::Field(name) => Answer::Field(name, shape),
            Answered::Service => Answer::Otherwise(shape),
        };
        self.results.insert(result.state.clone(), answer);
        self
    }
}
