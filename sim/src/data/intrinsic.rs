//! Intrinsic Functions of `JSONPath` states: `States.Format('{}', $.name)`.
//!
//! Spec: "Intrinsic Functions", "Appendix B". The service rounds numbers where the specification wants whole ones,
//! and prints objects in `States.Format`.

mod arguments;
mod arrays;
mod encoding;
mod numbers;
mod strings;

use serde_json::Value;
use stepwright_codegen::asl::intrinsic::{Argument, Call, Function};

use crate::data::failure::Failure;
use crate::data::intrinsic::arguments::Arguments;
use crate::data::path::{self, Miss};
use crate::data::text;
use crate::data::view::View;

pub(in crate::data) use encoding::digest;

/// Evaluates a call of an Intrinsic Function, with the calls in its arguments.
///
/// # Errors
///
/// `States.Runtime` if this is no call, or if a Path in it finds nothing; `States.IntrinsicFailure` if a function
/// cannot work with its arguments. The cause names the whole text.
pub fn call(text: &str, view: &View<'_>) -> Result<Value, Failure> {
    let call = Call::read(text).map_err(|reason| {
        Failure::runtime(format!(
            "'{text}' is not a valid JSONPath or a valid intrinsic function call: {reason}"
        ))
    })?;
    evaluate(&call, view).map_err(|problem| {
        let (error, reason) = match problem {
            Problem::Missing(reason) => (Failure::RUNTIME, reason),
            Problem::Arguments(reason) => (Failure::INTRINSIC, reason),
        };
        Failure::new(error, format!("The function '{text}' had the following error: {reason}"))
    })
}

/// Why a call gives nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Problem {
    /// A Path found nothing.
    Missing(String),
    /// The function cannot work with its arguments.
    Arguments(String),
}

impl Problem {
    fn arguments<T>(reason: impl Into<String>) -> Result<T, Self> {
        Err(Self::Arguments(reason.into()))
    }
}

fn evaluate(call: &Call, view: &View<'_>) -> Result<Value, Problem> {
    let values: Result<Vec<_>, _> = call.arguments.iter().map(|argument| value(argument, view)).collect();
    let arguments = Arguments { function: call.function, values: values? };
    arguments.check_count()?;
    match call.function {
        Function::Format => {
            let template = match call.arguments.first() {
                Some(Argument::Text(raw)) => raw.as_str(),
                _ => arguments.text(0)?,
            };
            strings::format(template, arguments.from(1)).map(Value::String)
        }
        Function::StringToJson => strings::string_to_json(arguments.text(0)?),
        Function::JsonToString => Ok(Value::String(text::json(arguments.get(0)?))),
        Function::StringSplit => Ok(strings::split(arguments.text(0)?, arguments.text(1)?)),
        Function::Array => Ok(Value::Array(arguments.values)),
        Function::ArrayPartition => arrays::partition(arguments.array(0)?, arguments.integer(1)?),
        Function::ArrayContains => Ok(Value::Bool(arguments.array(0)?.contains(arguments.get(1)?))),
        Function::ArrayRange => {
            arrays::range(arguments.integer(0)?, arguments.integer(1)?, arguments.integer(2)?)
        }
        Function::ArrayGetItem => arrays::item(arguments.array(0)?, arguments.integer(1)?),
        Function::ArrayLength => Ok(Value::from(arguments.array(0)?.len())),
        Function::ArrayUnique => Ok(arrays::unique(arguments.array(0)?)),
        Function::Base64Encode => encoding::base64_encode(arguments.text(0)?),
        Function::Base64Decode => encoding::base64_decode(arguments.text(0)?),
        Function::Hash => encoding::hash(arguments.get(0)?, arguments.text(1)?),
        Function::JsonMerge => {
            strings::merge(arguments.object(0)?, arguments.object(1)?, arguments.boolean(2)?)
        }
        Function::MathRandom => {
            let seed = if arguments.values.len() == 3 { Some(arguments.integer(2)?) } else { None };
            numbers::random(arguments.integer(0)?, arguments.integer(1)?, seed, view.random)
        }
        Function::MathAdd => numbers::add(arguments.integer(0)?, arguments.integer(1)?),
        Function::Uuid => Ok(Value::String(view.random.uuid())),
    }
}

fn value(argument: &Argument, view: &View<'_>) -> Result<Value, Problem> {
    match argument {
        Argument::Text(raw) => strings::unescape(raw).map(Value::String),
        Argument::Literal(value) => Ok(value.clone()),
        Argument::Path(path) => look_up(path, view),
        Argument::Call(call) => evaluate(call, view),
    }
}

/// An argument must be there: even an index past the end, which a payload template takes for `null`, is a miss.
fn look_up(path: &str, view: &View<'_>) -> Result<Value, Problem> {
    match path::find(path, view) {
        Ok(found) if !found.is_absent() => Ok(found.into_value()),
        // Only this one reason is passed on as the service's library words it.
        Err(Miss { reason }) if reason.starts_with("Filter: ") => Err(Problem::Missing(reason)),
        Ok(_) | Err(_) => {
            // The service shows a Path into the Context Object without its first `$`, and the input all the same.
            let shown = if path.starts_with("$$") { &path[1..] } else { path };
            let input = text::json(view.input);
            Err(Problem::Missing(format!(
                "The JsonPath argument for the field '{shown}' could not be found in the input '{input}'"
            )))
        }
    }
}

#[cfg(test)]
mod tests;
