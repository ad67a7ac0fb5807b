//! Recorded calls of `TestState`.

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::replay::Difference;
use crate::replay::compare::{is_same, is_same_json};
use crate::replay::recording::{Bindings, Unreadable, strings};
use crate::replay::unify::Unifier;
use crate::settings::Identity;
use crate::tasks::Reply;
use crate::test_state::{
    FieldValidation, InspectionLevel, StateConfiguration, TestState, TestStateResult, test_state,
};

/// A recorded call of `TestState`.
#[derive(Debug, Clone)]
pub struct TestRecording {
    /// The name of the case.
    pub id: String,
    /// The call.
    pub request: TestState,
    /// The response, or `api_error`.
    result: Value,
    /// Texts that stand for values which were thrown away.
    opaque: Vec<String>,
}

impl TestRecording {
    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// The text is no JSON, or there is no state in it.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let file: Value = serde_json::from_str(text).map_err(|error| Unreadable(error.to_string()))?;
        let result = Bindings::read(&file["bindings"]).apply(&file["result"]);
        Ok(Self {
            id: file["id"].as_str().unwrap_or_default().to_owned(),
            request: request(&file, &result)?,
            result,
            opaque: strings(&file["opaque"]),
        })
    }
}

/// Makes a recorded call again. No differences: the same came of it.
///
/// # Errors
///
/// The call cannot be made: what its task answered was not recorded, for one.
pub fn replay_test(recording: &TestRecording) -> Result<Vec<Difference>, Error> {
    let simulated = match test_state(&recording.request) {
        Ok(result) => response(result),
        Err(error) => match error.refusal() {
            Some((code, message)) => json!({ "api_error": { "code": code, "message": message } }),
            None => return Err(error),
        },
    };
    let mut unifier = Unifier::new(&recording.opaque);
    let mut differences = Vec::new();
    compare(&mut unifier, "", &recording.result, &simulated, &mut differences);
    Ok(differences)
}

fn request(file: &Value, result: &Value) -> Result<TestState, Unreadable> {
    let mut request = match (file.get("state_definition"), file.get("definition")) {
        (Some(state), _) => TestState::of_state(state.to_string()),
        (None, Some(machine)) => {
            TestState::of_machine(machine.to_string(), file["state_name"].as_str().unwrap_or_default())
        }
        (None, None) => return Err(Unreadable("`state_definition` and `definition` are missing".to_owned())),
    };
    request = request.identity(identity()).configuration(configuration(&file["state_configuration"]));
    request = request.inspect(match file["inspection_level"].as_str() {
        Some("DEBUG") => InspectionLevel::Debug,
        Some("TRACE") => InspectionLevel::Trace,
        _ => InspectionLevel::Info,
    });
    request = request.field_validation(match file["mock"]["fieldValidationMode"].as_str() {
        Some("NONE") => FieldValidation::None,
        Some("PRESENT") => FieldValidation::Present,
        _ => FieldValidation::Strict,
    });
    if let Some(input) = file.get("input") {
        request = request.input(input.clone());
    }
    if let Some(context) = file.get("context") {
        request = request.context(context.clone());
    }
    if let Some(variables) = file["variables"].as_object() {
        request = request.variables(variables.clone());
    }
    if let Some(result) = file["mock"]["result"].as_str() {
        request = request.mock_result(result);
    }
    if let Some(failure) = file["mock"].get("errorOutput") {
        request = request.mock_error(failure["error"].as_str(), failure["cause"].as_str());
    }
    if file["reveal_secrets"] == true {
        request = request.reveal_secrets();
    }
    if file["has_role"] == true {
        request = request.with_role();
    }
    // What a resource answered was recorded only where the steps in between were.
    if let Some(answer) = result["inspectionData"].get("result") {
        request = request.reply(Reply::success(json_of(answer)));
    }
    Ok(request)
}

/// A field of JSON text, of which the recording holds the text or, of an object, the value.
fn json_of(field: &Value) -> Value {
    let parsed = field.as_str().and_then(|text| serde_json::from_str(text).ok());
    parsed.unwrap_or_else(|| field.clone())
}

fn configuration(file: &Value) -> StateConfiguration {
    let number = |name: &str| file[name].as_u64().unwrap_or_default();
    StateConfiguration {
        retrier_retry_count: u32::try_from(number("retrierRetryCount")).unwrap_or(u32::MAX),
        map_iteration_failure_count: usize::try_from(number("mapIterationFailureCount"))
            .unwrap_or(usize::MAX),
        map_item_reader_data: json_of(&file["mapItemReaderData"]).as_array().cloned(),
    }
}

/// Names in the account of the recordings; they themselves were not recorded.
fn identity() -> Identity {
    Identity {
        state_machine_arn: "arn:aws:states:us-east-1:111111111111:stateMachine:machine".to_owned(),
        state_machine_name: "machine".to_owned(),
        execution_arn: "arn:aws:states:us-east-1:111111111111:express:machine:name".to_owned(),
        execution_name: "name".to_owned(),
        role_arn: "arn:aws:iam::111111111111:role/tester".to_owned(),
    }
}

/// The response as the API gives it, with values in place of JSON text.
fn response(result: TestStateResult) -> Value {
    let text = |text: Option<String>| text.map(Value::String);
    let fields = [
        ("status", Some(result.status.as_str().into())),
        ("output", result.output),
        ("error", text(result.error)),
        ("cause", text(result.cause)),
        ("nextState", text(result.next_state)),
        ("inspectionData", result.inspection_data.map(Value::Object)),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(fields.collect())
}

/// The members of objects that are no JSON text, which are compared one by one.
const NESTED: &[&str] = &["inspectionData", "errorDetails", "api_error"];

/// The members that are text and nothing else.
const TEXTS: &[&str] = &["status", "error", "nextState", "code", "message"];

fn compare(
    unifier: &mut Unifier,
    within: &str,
    recorded: &Value,
    simulated: &Value,
    differences: &mut Vec<Difference>,
) {
    let none = Map::new();
    let (recorded, simulated) =
        (recorded.as_object().unwrap_or(&none), simulated.as_object().unwrap_or(&none));
    let names = recorded.keys().chain(simulated.keys().filter(|name| !recorded.contains_key(*name)));
    for name in names {
        let at = format!("{within}{name}");
        let is_met = match (recorded.get(name), simulated.get(name)) {
            (Some(recorded), Some(simulated)) if NESTED.contains(&name.as_str()) => {
                compare(unifier, &format!("{at}, "), recorded, simulated, differences);
                true
            }
            (Some(recorded), Some(simulated)) if name == "cause" || TEXTS.contains(&name.as_str()) => {
                is_same(unifier, recorded, simulated, name == "cause")
            }
            (Some(recorded), Some(simulated)) => is_same_json(unifier, recorded, simulated),
            (recorded, simulated) => recorded == simulated,
        };
        if !is_met {
            let show = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), Value::to_string);
            let (recorded, simulated) = (show(recorded.get(name)), show(simulated.get(name)));
            differences.push(Difference { at, recorded, simulated });
        }
    }
}
