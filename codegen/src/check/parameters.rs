//! What is wrong with the parameters of service integrations: found once, for the rules of each kind of mistake.

use serde_json::{Map, Value};

use crate::api::{Mismatch, Operation, Problem, Strictness, validate};
use crate::asl::QueryLanguage;
use crate::check::Report;
use crate::check::index::{Index, is_substituted};
use crate::check::map_files;
use crate::diagnostic::Finding;

/// A place where the parameters of a Task state do not fit what the operation takes.
pub(crate) struct Misfit {
    /// The number of the state.
    pub(crate) state: usize,
    /// What is called: `sqs:sendMessage`.
    pub(crate) action: String,
    /// The JSON pointer of the parameters.
    pub(super) parameters: String,
    /// The place in them, and what is wrong.
    pub(crate) mismatch: Mismatch,
}

impl Misfit {
    /// The JSON pointer of the place.
    pub(crate) fn pointer(&self) -> String {
        format!("{}{}", self.parameters, self.mismatch.pointer)
    }

    /// What to call the place: "`Entries` of `events:putEvents`", or the call itself.
    pub(crate) fn place(&self) -> String {
        let action = &self.action;
        match self.mismatch.member {
            Some(member) => format!("`{member}` of `{action}`"),
            None => format!("`{action}`"),
        }
    }

    /// Whether the AWS SDK is called, whose APIs change from time to time.
    pub(crate) fn is_sdk(&self) -> bool {
        self.action.starts_with("aws-sdk:")
    }
}

/// The parameters of a Task state that calls a service, where they are written out.
pub(crate) struct Given<'m> {
    /// The number of the state.
    pub(crate) state: usize,
    /// What is called: `sqs:sendMessage`.
    pub(crate) action: String,
    /// Their JSON pointer.
    pub(crate) pointer: String,
    pub(crate) object: &'m Map<String, Value>,
}

impl<'m> Given<'m> {
    /// A parameter, which in a Payload Template may be evaluated.
    pub(crate) fn member(&self, name: &str) -> Option<&'m Value> {
        let evaluated = || self.object.iter().find(|(key, _)| key.strip_suffix(".$") == Some(name));
        self.object.get(name).or_else(|| evaluated().map(|(_, value)| value))
    }

    /// The JSON pointer of a parameter.
    pub(crate) fn at(&self, name: &str) -> String {
        let is_plain = self.object.contains_key(name);
        format!("{}/{name}{}", self.pointer, if is_plain { "" } else { ".$" })
    }

    /// Whether a name is known only when the machine is deployed.
    pub(crate) fn has_unknown_name(&self) -> bool {
        self.object.keys().any(|name| is_substituted(name))
    }
}

/// The parameters of all Task states that call services.
pub(crate) fn given<'m>(index: &Index<'m>) -> impl Iterator<Item = Given<'m>> {
    index.services().iter().filter_map(|service| {
        let (entry, task) = (&index.states[service.state], service.task);
        let (field, given) = match entry.language {
            QueryLanguage::Jsonata => ("/Arguments", task.arguments.as_ref()),
            QueryLanguage::JsonPath => ("/Parameters", task.parameters.as_ref()),
        };
        let object = given?.as_object()?;
        let action = format!("{}:{}", service.call.service, service.call.action);
        Some(Given { state: entry.number, action, pointer: entry.at(field), object })
    })
}

/// The mistakes in all parameters that are known. The state's input is not; nor is what an expression gives as a whole.
pub(crate) fn misfits(index: &Index<'_>) -> Vec<Misfit> {
    let mut misfits = Vec::new();
    for service in index.services() {
        let (entry, task) = (&index.states[service.state], service.task);
        let (field, given) = match entry.language {
            QueryLanguage::Jsonata => ("/Arguments", task.arguments.as_ref()),
            QueryLanguage::JsonPath => ("/Parameters", task.parameters.as_ref()),
        };
        let (Some(given), Some(call)) = (given, service.known.api) else { continue };
        let found = mismatches(call.operation, given);
        misfits.extend(found.map(|mismatch| Misfit {
            state: entry.number,
            action: format!("{}:{}", service.call.service, service.call.action),
            parameters: entry.at(field),
            mismatch,
        }));
    }
    // A Map is asked for after the Tasks, and findings are put into the order of the states afterwards.
    misfits.extend(map_files::misfits(index));
    misfits
}

/// Where what is given does not fit what an operation takes.
pub(super) fn mismatches(operation: &Operation, given: &Value) -> impl Iterator<Item = Mismatch> {
    let found = validate(operation.input, given, Strictness::Request).into_iter();
    found.filter(|mismatch| !is_meant_as_code(given.pointer(&mismatch.pointer)))
}

/// Whether a text is a Path or an expression that is not evaluated, which has a rule of its own.
fn is_meant_as_code(given: Option<&Value>) -> bool {
    let text = given.and_then(Value::as_str).unwrap_or_default();
    ["$.", "$$.", "{%"].iter().any(|begins| text.starts_with(begins))
}

/// Reports the mistakes of one kind.
pub(crate) fn report_misfits(
    index: &Index<'_>,
    report: &mut Report,
    finding: impl Fn(&Misfit, &Problem) -> Option<Finding>,
) {
    for misfit in index.misfits() {
        if let Some(finding) = finding(misfit, &misfit.mismatch.problem) {
            report.add(misfit.state, finding);
        }
    }
}
