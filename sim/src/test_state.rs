//! Runs one state by itself, as the `TestState` API does.
//!
//! The state is made a machine of its own and run by the same interpreter as an execution, which notes what each step
//! comes to. A mock stands in for what a task, a Parallel or a Map comes to, so that no branch or iteration is run.

mod check;
mod run;

use serde_json::{Map, Value};

use crate::data::Variables;
use crate::error::Error;
use crate::settings::Identity;
use crate::tasks::Reply;

/// A state to be tested, with everything the call of `TestState` has.
///
/// ```
/// use serde_json::json;
/// use stepwright_sim::test_state::{TestState, TestStatus, test_state};
///
/// let state = r#"{
///     "Type": "Task",
///     "Resource": "arn:aws:states:::lambda:invoke",
///     "Parameters": { "FunctionName": "charge" },
///     "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 5 }],
///     "Next": "Ship"
/// }"#;
/// let busy = TestState::of_state(state).mock_error(Some("Busy"), Some("try later"));
/// assert_eq!(test_state(&busy)?.status, TestStatus::Retriable);
///
/// let charged = TestState::of_state(state).mock_result(r#"{ "StatusCode": 200 }"#);
/// let result = test_state(&charged)?;
/// assert_eq!(result.output, Some(json!({ "StatusCode": 200 })));
/// assert_eq!(result.next_state.as_deref(), Some("Ship"));
/// # Ok::<(), stepwright_sim::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct TestState {
    definition: String,
    state_name: Option<String>,
    input: Value,
    mock: Mock,
    reply: Option<Reply>,
    context: Option<Value>,
    variables: Variables,
    configuration: StateConfiguration,
    level: InspectionLevel,
    reveals_secrets: bool,
    has_role: bool,
    identity: Identity,
}

/// `mock`: what stands in for the work of the state.
#[derive(Debug, Clone, Default)]
struct Mock {
    /// `result`, as JSON text.
    result: Option<String>,
    /// `errorOutput`.
    error: Option<MockError>,
    /// `fieldValidationMode`.
    validation: FieldValidation,
}

#[derive(Debug, Clone)]
struct MockError {
    error: Option<String>,
    cause: Option<String>,
}

/// `stateConfiguration`: what would have happened to the state before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StateConfiguration {
    /// `retrierRetryCount`: retries that the Retrier for the error has made. Which one that is shows only when the error
    /// comes, so that each of them starts with it.
    pub retrier_retry_count: u32,
    /// `mapIterationFailureCount`: iterations that have failed.
    pub map_iteration_failure_count: usize,
    /// `mapItemReaderData`: the items in place of those an `ItemReader` would read.
    pub map_item_reader_data: Option<Vec<Value>>,
}

/// `fieldValidationMode`: how a mocked result is held against the API of the service that the task calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FieldValidation {
    /// What the API requires is there, and all that is there fits.
    #[default]
    Strict,
    /// All that is there fits.
    Present,
    /// Not at all.
    None,
}

/// `inspectionLevel`: how much is told of the steps in between.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InspectionLevel {
    /// Nothing.
    #[default]
    Info,
    /// The data after each step.
    Debug,
    /// The same; of an HTTP Task the service would show the request and the response too.
    Trace,
}

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestStatus {
    /// `SUCCEEDED`.
    Succeeded,
    /// `FAILED`.
    Failed,
    /// `RETRIABLE`: a Retrier would try again.
    Retriable,
    /// `CAUGHT_ERROR`: a Catcher took the error.
    CaughtError,
}

impl TestStatus {
    /// As the API writes it, such as `CAUGHT_ERROR`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Retriable => "RETRIABLE",
            Self::CaughtError => "CAUGHT_ERROR",
        }
    }
}

/// What came of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct TestStateResult {
    /// How it ended.
    pub status: TestStatus,
    /// The output, where the state was left.
    pub output: Option<Value>,
    /// The Error Name, where there was an error.
    pub error: Option<String>,
    /// The cause, where there was an error and it has one.
    pub cause: Option<String>,
    /// The state that would follow.
    pub next_state: Option<String>,
    /// `inspectionData`, with values in place of JSON text; `None` at the level [`Info`](InspectionLevel::Info).
    pub inspection_data: Option<Map<String, Value>>,
}

/// Runs one state.
///
/// # Errors
///
/// The API would turn the call down ([`Error::refusal`]), the definition is broken, or a task is reached that neither a
/// mock nor a [reply](TestState::reply) answers.
pub fn test_state(request: &TestState) -> Result<TestStateResult, Error> {
    let machine = check::machine(request)?;
    let mock = check::mock(request, &machine)?;
    run::run(request, &machine, mock.as_ref())
}

impl TestState {
    /// Tests a state that is given by itself.
    #[must_use = "nothing runs until it is given to `test_state`"]
    pub fn of_state(definition: impl Into<String>) -> Self {
        Self::new(definition.into(), None)
    }

    /// Tests a state of a machine, at any depth.
    #[must_use = "nothing runs until it is given to `test_state`"]
    pub fn of_machine(definition: impl Into<String>, state_name: impl Into<String>) -> Self {
        Self::new(definition.into(), Some(state_name.into()))
    }

    fn new(definition: String, state_name: Option<String>) -> Self {
        Self {
            definition,
            state_name,
            input: Value::Object(Map::new()),
            mock: Mock::default(),
            reply: None,
            context: None,
            variables: Variables::default(),
            configuration: StateConfiguration::default(),
            level: InspectionLevel::Info,
            reveals_secrets: false,
            has_role: false,
            identity: Identity::default(),
        }
    }

    /// The input; `{}` if nothing is said.
    #[must_use]
    pub fn input(self, input: Value) -> Self {
        Self { input, ..self }
    }

    /// What the work of the state comes to: JSON text.
    #[must_use]
    pub fn mock_result(mut self, json: impl Into<String>) -> Self {
        self.mock.result = Some(json.into());
        self
    }

    /// How the mocked result is checked; strictly if nothing is said. Services that the simulator has no shapes of
    /// ([`stepwright_codegen::api`]) are not checked.
    ///
    /// ```
    /// use stepwright_sim::test_state::{FieldValidation, TestState, test_state};
    ///
    /// let state = r#"{
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::states:startExecution",
    ///     "Parameters": { "StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:ship" },
    ///     "End": true
    /// }"#;
    /// let started = TestState::of_state(state).mock_result(r#"{ "ExecutionArn": "a" }"#);
    /// let error = test_state(&started).unwrap_err();
    /// assert!(error.to_string().ends_with("Required field 'StartDate' is missing"));
    ///
    /// assert!(test_state(&started.field_validation(FieldValidation::Present)).is_ok());
    /// ```
    #[must_use]
    pub fn field_validation(mut self, mode: FieldValidation) -> Self {
        self.mock.validation = mode;
        self
    }

    /// What the work of the state fails with.
    #[must_use]
    pub fn mock_error(mut self, error: Option<&str>, cause: Option<&str>) -> Self {
        let (error, cause) = (error.map(str::to_owned), cause.map(str::to_owned));
        self.mock.error = Some(MockError { error, cause });
        self
    }

    /// What the resource of a task answers where there is no mock; the service would call it, with the role.
    #[must_use]
    pub fn reply(self, reply: Reply) -> Self {
        Self { reply: Some(reply), ..self }
    }

    /// The Context Object, in place of one made up.
    #[must_use]
    pub fn context(self, context: Value) -> Self {
        Self { context: Some(context), ..self }
    }

    /// The variables.
    #[must_use]
    pub fn variables(mut self, variables: impl IntoIterator<Item = (String, Value)>) -> Self {
        self.variables = variables.into_iter().collect();
        self
    }

    /// What would have happened to the state before.
    #[must_use]
    pub fn configuration(self, configuration: StateConfiguration) -> Self {
        Self { configuration, ..self }
    }

    /// How much is told of the steps in between.
    #[must_use]
    pub fn inspect(self, level: InspectionLevel) -> Self {
        Self { level, ..self }
    }

    /// Asks for secrets to be shown, as `revealSecrets` does.
    #[must_use]
    pub fn reveal_secrets(self) -> Self {
        Self { reveals_secrets: true, ..self }
    }

    /// Gives the call a role, which a task without mock needs.
    #[must_use]
    pub fn with_role(self) -> Self {
        Self { has_role: true, ..self }
    }

    /// The names and ARNs of the Context Object that is made up.
    #[must_use]
    pub fn identity(self, identity: Identity) -> Self {
        Self { identity, ..self }
    }
}
