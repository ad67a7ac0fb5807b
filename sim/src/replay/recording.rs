//! A recorded execution, read from its file.

use std::fmt;

use indexmap::IndexMap;
use serde_json::Value;
use stepwright_codegen::asl::{self, StateMachine};

use crate::data::time;
use crate::settings::{Identity, Type};
use crate::simulation::Status;

/// A recorded execution.
#[derive(Debug, Clone)]
pub struct Recording {
    /// The name of the case.
    pub id: String,
    /// The day on which it was recorded, such as `2024-11-28`.
    pub recorded: String,
    /// The machine.
    pub machine: StateMachine,
    /// The input of the execution.
    pub input: Value,
    /// Standard or Express.
    pub execution_type: Type,
    /// The names and ARNs of the execution.
    pub identity: Identity,
    /// When it started, where that matters: milliseconds since 1970.
    pub started: Option<i64>,
    /// The events, in which names have been put back in place of their placeholders.
    pub history: Vec<Value>,
    /// Attempts at the tasks of each state, in the order of scheduling.
    pub(crate) tasks: IndexMap<String, Vec<Value>>,
    /// States whose tasks were not recorded.
    pub(crate) unrecorded_tasks: Vec<String>,
    /// Objects in Amazon S3, each with `bucket`, `key` and `body`.
    pub(crate) objects: Vec<Value>,
    /// Texts that stand for values which were thrown away.
    pub(crate) opaque: Vec<String>,
    /// How it ended.
    pub(crate) outcome: RecordedOutcome,
    /// Whether the events inside Parallel states have lost their order.
    pub(crate) is_unordered: bool,
}

/// How a recorded execution ended.
#[derive(Debug, Clone, Default)]
pub(crate) struct RecordedOutcome {
    pub(crate) status: Option<Status>,
    pub(crate) output: Option<Value>,
    pub(crate) error: Option<String>,
    pub(crate) cause: Option<String>,
}

/// A file that holds no recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub(super) String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no recording: {}", self.0)
    }
}

impl std::error::Error for Unreadable {}

impl Recording {
    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// The text is no JSON, or its definition is no state machine.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let file: Value = serde_json::from_str(text).map_err(|error| Unreadable(error.to_string()))?;
        Self::of(&file)
    }

    /// Reads the text of a file with several `cases`, of which only the outcomes were recorded.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    pub fn read_cases(text: &str) -> Result<Vec<Self>, Unreadable> {
        let file: Value = serde_json::from_str(text).map_err(|error| Unreadable(error.to_string()))?;
        let cases = file["cases"].as_array().ok_or_else(|| Unreadable("`cases` is missing".to_owned()))?;
        let complete = |case: &Value| {
            // What a case does not say of itself is said once for all of them.
            let mut complete = file.as_object().cloned().unwrap_or_default();
            complete.extend(case.as_object().cloned().unwrap_or_default());
            Self::of(&Value::Object(complete))
        };
        cases.iter().map(complete).collect()
    }

    fn of(file: &Value) -> Result<Self, Unreadable> {
        let definition =
            file.get("definition").ok_or_else(|| Unreadable("`definition` is missing".to_owned()))?;
        let document = asl::read(&definition.to_string());
        let document = document.map_err(|findings| {
            let messages: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
            Unreadable(format!("its definition: {}", messages.join("; ")))
        })?;
        let bindings = Bindings::read(&file["bindings"]);
        let tasks = file["tasks"].as_object().into_iter().flatten();
        let tasks = tasks.map(|(state, attempts)| {
            let attempts = attempts.as_array().into_iter().flatten();
            (state.clone(), attempts.map(|attempt| bindings.apply(attempt)).collect())
        });
        let execution_type = if file["type"] == "EXPRESS" { Type::Express } else { Type::Standard };
        let outcome = bindings.apply(&file["outcome"]);
        let text = |name: &str| outcome[name].as_str().map(str::to_owned);
        let history = file["history"].as_array().into_iter().flatten();
        let history: Vec<Value> = history.map(|event| bindings.apply(event)).collect();
        let started = file["clock"].as_str().and_then(time::parse);
        Ok(Self {
            id: file["id"].as_str().unwrap_or_default().to_owned(),
            recorded: file["recorded"].as_str().unwrap_or_default().to_owned(),
            machine: document.into_machine(),
            input: file.get("input").cloned().unwrap_or_default(),
            execution_type,
            identity: identity(&file["context"], execution_type, history.first()),
            started: started.map(|time| time.seconds * 1_000),
            history,
            tasks: tasks.collect(),
            unrecorded_tasks: strings(&file["unrecorded_tasks"]),
            objects: file["s3"].as_array().cloned().unwrap_or_default(),
            opaque: strings(&file["opaque"]),
            outcome: RecordedOutcome {
                status: outcome["status"].as_str().map(status).transpose()?,
                output: outcome.get("output").cloned(),
                error: text("error"),
                cause: text("cause"),
            },
            is_unordered: file["unordered"] == true,
        })
    }
}

fn status(text: &str) -> Result<Status, Unreadable> {
    let all = [Status::Succeeded, Status::Failed, Status::TimedOut, Status::Aborted];
    let status = all.into_iter().find(|status| status.as_str() == text);
    status.ok_or_else(|| Unreadable(format!("an execution has no status `{text}`")))
}

/// The texts of a list.
pub(super) fn strings(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The names of an execution. Where they were not recorded, its first event still has the role.
fn identity(context: &Value, execution_type: Type, first: Option<&Value>) -> Identity {
    let mut default = Identity {
        state_machine_arn: "arn:aws:states:us-east-1:111111111111:stateMachine:machine".to_owned(),
        state_machine_name: "machine".to_owned(),
        execution_name: "name".to_owned(),
        execution_arn: match execution_type {
            Type::Standard => "arn:aws:states:us-east-1:111111111111:execution:machine:name".to_owned(),
            Type::Express => "arn:aws:states:us-east-1:111111111111:express:machine:name:run".to_owned(),
        },
        role_arn: "sfn_role_arn".to_owned(),
    };
    if let Some(role_arn) = first.and_then(|event| event["executionStartedEventDetails"]["roleArn"].as_str())
    {
        role_arn.clone_into(&mut default.role_arn);
    }
    let text = |name: &str, default: String| context[name].as_str().map_or(default, str::to_owned);
    Identity {
        state_machine_arn: text("state_machine_arn", default.state_machine_arn),
        state_machine_name: text("state_machine_name", default.state_machine_name),
        execution_arn: text("execution_arn", default.execution_arn),
        execution_name: text("execution_name", default.execution_name),
        role_arn: text("role_arn", default.role_arn),
    }
}

/// What placeholders stand for, the longest first, so that none is taken for a part of another.
pub(super) struct Bindings(Vec<(String, String)>);

impl Bindings {
    /// Reads `bindings` of a file.
    pub(super) fn read(bindings: &Value) -> Self {
        let bindings = bindings.as_object().into_iter().flatten();
        let bindings = bindings.filter_map(|(key, text)| Some((key.clone(), text.as_str()?.to_owned())));
        let mut bindings: Vec<_> = bindings.collect();
        bindings.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
        Self(bindings)
    }

    /// The value with all placeholders replaced, whatever their depth.
    pub(super) fn apply(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let replaced = self.0.iter().fold(text.clone(), |text, (key, by)| text.replace(key, by));
                Value::String(replaced)
            }
            Value::Array(items) => items.iter().map(|item| self.apply(item)).collect(),
            Value::Object(members) => {
                members.iter().map(|(name, member)| (name.clone(), self.apply(member))).collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}
