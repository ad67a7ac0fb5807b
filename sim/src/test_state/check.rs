//! What the API turns down before anything runs.

mod result;

use serde_json::{Value, json};
use stepwright_codegen::asl::{self, State, StateKind, StateMachine, StateType, Succeed};

use crate::error::Error;
use crate::fault::Fault;
use crate::history::Text;
use crate::state::integration::{Integration, Pattern};
use crate::test_state::TestState;

/// The name of the tested state in the Context Object, whatever it is called in its machine.
const STATE_NAME: &str = "StateName";

const VALIDATION: &str = "ValidationException";
const INVALID_DEFINITION: &str = "InvalidDefinition";

/// The members that a Context Object may have, and those of each.
const CONTEXT_FIELDS: &[(&str, &[&str])] = &[
    ("Execution", &["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"]),
    ("State", &["EnteredTime", "Name", "RetryCount"]),
    ("StateMachine", &["Id", "Name"]),
    ("Task", &["Token"]),
    ("Map", &["Item"]),
];

/// What stands in for the work of the state.
pub(super) enum Mocked {
    /// What it comes to.
    Result(Value),
    /// What it fails with.
    Failure(Fault),
}

/// A machine of the tested state alone; what it leads to are states that do nothing.
pub(super) fn machine(request: &TestState) -> Result<StateMachine, Error> {
    let state = match &request.state_name {
        Some(name) => {
            let machine = read(&request.definition)?;
            let mut state = find(&machine, name)
                .cloned()
                .ok_or_else(|| Error::refused(VALIDATION, "State not found in definition"))?;
            state.query_language = Some(state.effective_query_language(machine.default_query_language()));
            state
        }
        None => {
            let state: Value =
                serde_json::from_str(&request.definition).map_err(|error| invalid(error.to_string()))?;
            let machine = json!({ "StartAt": STATE_NAME, "States": { STATE_NAME: state } });
            let machine = read(&machine.to_string())?;
            find(&machine, STATE_NAME)
                .cloned()
                .ok_or_else(|| Error::refused(VALIDATION, "State not found in definition"))?
        }
    };
    if matches!(&state.kind, StateKind::Parallel(parallel) if parallel.branches.is_empty()) {
        let problem = "SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/StateName/Branches";
        return Err(invalid(problem));
    }
    let mut machine = StateMachine { start_at: STATE_NAME.to_owned(), ..StateMachine::default() };
    for transition in state.transitions() {
        let end = State::new(StateKind::Succeed(Succeed::default()));
        machine.states.insert(transition.target.to_owned(), end);
    }
    machine.states.insert(STATE_NAME.to_owned(), state);
    Ok(machine)
}

fn read(definition: &str) -> Result<StateMachine, Error> {
    let document = asl::read(definition).map_err(|findings| {
        let messages: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
        invalid(messages.join("; "))
    })?;
    Ok(document.into_machine())
}

fn invalid(problem: impl AsRef<str>) -> Error {
    let problem = problem.as_ref();
    Error::refused(INVALID_DEFINITION, format!("Invalid State Machine Definition: '{problem}'"))
}

/// The first state of that name, outer scopes first.
fn find<'m>(machine: &'m StateMachine, name: &str) -> Option<&'m State> {
    let mut found = vec![machine.scope()];
    let mut index = 0;
    while index < found.len() {
        let states = found[index].states;
        if let Some(state) = states.get(name) {
            return Some(state);
        }
        found.extend(states.values().flat_map(State::scopes));
        index += 1;
    }
    None
}

/// The mock, if there is one and the state takes it.
pub(super) fn mock(request: &TestState, machine: &StateMachine) -> Result<Option<Mocked>, Error> {
    let refused = |message: &str| Err(Error::refused(VALIDATION, message));
    let state = &machine.states[STATE_NAME];
    let state_type = state.kind.state_type();
    if let Some(context) = &request.context {
        check_context(context, state)?;
    }
    let mocked = match (&request.mock.result, &request.mock.error) {
        (Some(_), Some(_)) => {
            return refused(
                "A test mock should have only one of the following fields: [result, errorOutput].",
            );
        }
        (Some(text), None) => match serde_json::from_str(text) {
            Ok(result) => Mocked::Result(result),
            Err(_) => return refused("Mocked result must be valid JSON"),
        },
        (None, Some(mock)) => {
            let text = |text: &Option<String>| text.as_deref().map(Text::from);
            Mocked::Failure(Fault::of(text(&mock.error), text(&mock.cause)))
        }
        (None, None) => return check_unmocked(request, state_type).map(|()| None),
    };
    if request.reveals_secrets {
        return refused("TestState does not support RevealSecrets when a mock is specified.");
    }
    if !matches!(state_type, StateType::Task | StateType::Parallel | StateType::Map) {
        let message = format!("State type '{}' is not supported when a mock is specified", state.type_name());
        return refused(&message);
    }
    let is_list = match &state.kind {
        StateKind::Parallel(_) => true,
        StateKind::Map(map) => map.result_writer.is_none(),
        _ => false,
    };
    if is_list && matches!(&mocked, Mocked::Result(result) if !result.is_array()) {
        return refused("Mocked result must be an array.");
    }
    if let (StateKind::Task(task), Mocked::Result(result)) = (&state.kind, &mocked)
        && let Some(problem) = result::problem(&task.resource, result, request.mock.validation)
    {
        return refused(&problem);
    }
    Ok(Some(mocked))
}

fn check_unmocked(request: &TestState, state_type: StateType) -> Result<(), Error> {
    match state_type {
        StateType::Parallel | StateType::Map => Err(Error::refused(
            INVALID_DEFINITION,
            "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, \
             Succeed, Fail, Choice]",
        )),
        StateType::Task if !request.has_role => {
            Err(Error::refused(VALIDATION, "RoleArn must be specified when testing a Task state"))
        }
        StateType::Task
        | StateType::Pass
        | StateType::Choice
        | StateType::Wait
        | StateType::Succeed
        | StateType::Fail => Ok(()),
    }
}

fn check_context(context: &Value, state: &State) -> Result<(), Error> {
    let refused = |problem: String| {
        Err(Error::refused(VALIDATION, format!("Invalid Context object provided: {problem}")))
    };
    let members = |value: &Value| value.as_object().cloned().unwrap_or_default();
    for (name, value) in members(context) {
        let Some((_, allowed)) = CONTEXT_FIELDS.iter().find(|(field, _)| *field == name) else {
            return refused(format!("Field '{name}' is not allowed"));
        };
        if let Some(name) = members(&value).keys().find(|name| !allowed.contains(&name.as_str())) {
            return refused(format!("Field '{name}' is not allowed"));
        }
    }
    let waits = matches!(&state.kind, StateKind::Task(task)
        if Integration::of(&task.resource).pattern != Pattern::RequestResponse);
    if context.get("Task").is_some() && !waits {
        let problem = "Context object contains 'Task' when state is not a Task state with a '.sync' or \
                       '.waitForTaskToken' service integration pattern";
        return refused(problem.to_owned());
    }
    Ok(())
}

/// More iterations are said to have failed than there are.
pub(super) fn too_many_failures() -> Error {
    Error::refused(
        VALIDATION,
        "Map iteration failure count must be less than or equal to the number of Map iterations",
    )
}
