//! Stand-ins for tasks that are written in a JSON file.

mod error;
mod local;
mod reply;

use indexmap::IndexMap;
use serde_json::{Value, json};
use stepwright_codegen::asl::{Scope, State, StateKind, StateMachine};

pub use crate::mocks::error::MocksError;
use crate::mocks::error::{Problem, nearest};
use crate::tasks::{Call, Reply, Tasks};

/// Replies to tasks, read from a file.
///
/// The file is an object that gives each Task state, by its name or by its `Resource`, a reply or a list of replies.
/// Of a list, each call gets the next one, and the last one is given again and again:
///
/// ```json
/// {
///   "ChargeCard": [{ "error": "Busy", "cause": "try later" }, { "ok": { "id": "c-1" }, "after": 2.5 }],
///   "arn:aws:states:::sqs:sendMessage": { "ok": { "MessageId": "m-1" } }
/// }
/// ```
///
/// `after` is how long the task takes, in seconds. `ok` is what the service answers, so a Lambda function that is
/// called through `arn:aws:states:::lambda:invoke` has its result in `Payload`.
///
/// The `MockConfigFile.json` of Step Functions Local is read too. There, too, the last reply is given again and again.
///
/// ```
/// use stepwright_codegen::asl;
/// use stepwright_sim::{Mocks, Simulation};
///
/// let definition = r#"{ "StartAt": "Ship", "States": {
///     "Ship": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true }
/// }}"#;
/// let document = asl::read(definition).expect("the definition is well-formed");
/// let mut mocks = Mocks::read(r#"{ "Ship": { "ok": 1, "after": 90 } }"#, None, document.machine())?;
/// let execution = Simulation::new(document.machine()).run_with(&mut mocks)?;
/// assert_eq!(execution.output, Some(1.into()));
/// assert_eq!(execution.elapsed.as_secs(), 90);
///
/// let error = Mocks::read(r#"{ "Shop": { "ok": 1 } }"#, None, document.machine()).unwrap_err();
/// assert_eq!(error.to_string(), "line 1, column 3 (/Shop): no task is called `Shop`");
/// assert_eq!(error.help(), Some("did you mean `Ship`?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mocks {
    scripts: IndexMap<String, Script>,
}

/// The replies for a state, and how many of them it has had.
#[derive(Debug, Clone, Default, PartialEq)]
struct Script {
    /// Each with the number of the last call that gets it, from 0.
    replies: Vec<(u64, Reply)>,
    calls: u64,
}

impl Script {
    fn next(&mut self) -> Option<Reply> {
        let call = self.calls;
        self.calls = self.calls.saturating_add(1);
        let reply = self.replies.iter().find(|(last, _)| call <= *last).or_else(|| self.replies.last());
        reply.map(|(_, reply)| reply.clone())
    }
}

impl Mocks {
    /// Reads the text of a file with replies for the tasks of a machine. `case` is the test case to take from a file of
    /// Step Functions Local: its name, or `StateMachine/TestCase` where several machines have one of that name.
    ///
    /// # Errors
    ///
    /// The text is no JSON, has another shape, or names what is no task of the machine.
    pub fn read(text: &str, case: Option<&str>, machine: &StateMachine) -> Result<Self, MocksError> {
        let file: Value = serde_json::from_str(text).map_err(|error| MocksError::syntax(&error))?;
        Self::of(&file, case, machine).map_err(|problem| problem.locate(text))
    }

    fn of(file: &Value, case: Option<&str>, machine: &StateMachine) -> Result<Self, Problem> {
        let members = file.as_object().ok_or_else(|| Problem::shape("", "an object", file))?;
        let known = Known::of(machine);
        let mut mocks = Self::default();
        // A state of that name would have replies, which `TestCases` are not.
        if members.contains_key("MockedResponses") {
            for (name, pointer, response) in local::responses(file, case)? {
                known.check(&name, &pointer)?;
                mocks.scripts.insert(name, Script { replies: response, calls: 0 });
            }
            return Ok(mocks);
        }
        if let Some(case) = case {
            return Err(Problem::new(
                "",
                format!("there is no test case `{case}`: the file has no test cases"),
            ));
        }
        for (name, replies) in members {
            let pointer = error::pointer("", name);
            known.check(name, &pointer)?;
            let replies = reply::replies(replies, &pointer)?;
            let replies = (0..).zip(replies).collect();
            mocks.scripts.insert(name.clone(), Script { replies, calls: 0 });
        }
        Ok(mocks)
    }

    /// The Task states of a machine that have no reply, each with its resource.
    pub fn missing(&self, machine: &StateMachine) -> Vec<(String, String)> {
        let mut missing = Known::of(machine).tasks;
        missing.retain(|(state, resource)| !self.stands_in(state, resource));
        missing
    }

    /// A file to start from, in which all these tasks succeed.
    pub fn example(tasks: &[(String, String)]) -> Value {
        let reply = |resource: &str| match resource {
            "arn:aws:states:::lambda:invoke" => json!({ "ok": { "Payload": {} } }),
            _ => json!({ "ok": {} }),
        };
        Value::Object(tasks.iter().map(|(state, resource)| (state.clone(), reply(resource))).collect())
    }
}

impl Tasks for Mocks {
    fn call(&mut self, call: &Call<'_>) -> Option<Reply> {
        let key = if self.scripts.contains_key(call.state) { call.state } else { call.resource };
        self.scripts.get_mut(key)?.next()
    }

    fn stands_in(&self, state: &str, resource: &str) -> bool {
        self.scripts.contains_key(state) || self.scripts.contains_key(resource)
    }
}

/// What replies can be for.
struct Known {
    /// Task states, with their resources.
    tasks: Vec<(String, String)>,
    /// Other states, with their types.
    others: Vec<(String, &'static str)>,
}

impl Known {
    fn of(machine: &StateMachine) -> Self {
        let mut known = Self { tasks: Vec::new(), others: Vec::new() };
        let mut scopes: Vec<Scope<'_>> = vec![machine.scope()];
        while let Some(scope) = scopes.pop() {
            for (name, state) in scope.states {
                known.add(name, state);
                scopes.extend(state.scopes());
            }
        }
        known
    }

    fn add(&mut self, name: &str, state: &State) {
        match &state.kind {
            StateKind::Task(task) => self.tasks.push((name.to_owned(), task.resource.clone())),
            _ => self.others.push((name.to_owned(), state.type_name())),
        }
    }

    /// Refuses what is neither a Task state nor a resource.
    fn check(&self, name: &str, pointer: &str) -> Result<(), Problem> {
        if self.tasks.iter().any(|(state, resource)| state == name || resource == name) {
            return Ok(());
        }
        if let Some((_, ty)) = self.others.iter().find(|(state, _)| state == name) {
            let message = format!("`{name}` is a {ty} state; only tasks get replies");
            return Err(Problem::new(pointer, message).help("leave it out"));
        }
        let names = self.tasks.iter().flat_map(|(state, resource)| [state.as_str(), resource.as_str()]);
        let problem = Problem::new(pointer, format!("no task is called `{name}`"));
        Err(match nearest(name, names) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None if self.tasks.is_empty() => problem.help("the state machine has no tasks"),
            None => {
                let states: Vec<&str> = self.tasks.iter().map(|(state, _)| state.as_str()).collect();
                problem.help(format!("the tasks are {}", states.join(", ")))
            }
        })
    }
}

#[cfg(test)]
mod tests;
