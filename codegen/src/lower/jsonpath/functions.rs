//! Intrinsic functions, and the tests that are functions elsewhere.

use serde_json::Value;
use stepwright::plan::{Expression, Function, TypeTest};

use super::choice::data;
use super::{cannot, intrinsic, path};
use crate::asl::{Comparison, Test};
use crate::lower::glob;
use crate::lower::states::Printing;

/// A call of an intrinsic function.
pub(super) fn call(printing: &mut Printing<'_, '_>, function: Function, arguments: &[Expression]) -> String {
    let name = match name(function) {
        Ok(name) => name,
        Err(what) => return cannot(printing, what),
    };
    let mut texts: Vec<String> = arguments.iter().map(|argument| intrinsic(printing, argument)).collect();
    match function {
        Function::Last => {
            let list = texts.first().cloned().unwrap_or_default();
            texts.push(format!("States.MathAdd(States.ArrayLength({list}), -1)"));
        }
        // A deep merge does not exist.
        Function::Merge => texts.push("false".to_owned()),
        _ => {}
    }
    format!("{name}({})", texts.join(", "))
}

/// The intrinsic function, or what JSONPath cannot do.
fn name(function: Function) -> Result<&'static str, &'static str> {
    Ok(match function {
        Function::ArrayLength => "States.ArrayLength",
        Function::ArrayContains => "States.ArrayContains",
        Function::Item | Function::Last => "States.ArrayGetItem",
        Function::Distinct => "States.ArrayUnique",
        Function::Chunks => "States.ArrayPartition",
        Function::Range => "States.ArrayRange",
        Function::Tokens => "States.StringSplit",
        Function::Base64Encode => "States.Base64Encode",
        Function::Base64Decode => "States.Base64Decode",
        Function::Hash => "States.Hash",
        Function::Merge => "States.JsonMerge",
        Function::ToJson => "States.JsonToString",
        Function::ParseJson => "States.StringToJson",
        Function::Random => "States.MathRandom",
        Function::Uuid => "States.UUID",
        Function::TextLength => return Err("count the characters of a text"),
        Function::Uppercase | Function::Lowercase => return Err("change the case of a text"),
        Function::Trim | Function::Replace | Function::Substring | Function::UrlEncode => {
            return Err("change a text");
        }
        Function::Split => {
            return Err(
                "split a text at a separator (but `tokens` splits at single characters, without empty parts)",
            );
        }
        Function::ParseNumber { .. } => {
            return Err("parse a number (but `parse_json` reads any JSON, taken for what you say)");
        }
        Function::TextContains | Function::StartsWith | Function::EndsWith | Function::Matches => {
            return Err("compare a text with a pattern outside of a Choice state");
        }
        Function::Is(_) => return Err("test the type of a value outside of a Choice state"),
        Function::Abs
        | Function::Floor
        | Function::Ceil
        | Function::Round
        | Function::RoundTiesEven
        | Function::Sqrt
        | Function::Power => return Err("calculate with fractions"),
        Function::Reversed | Function::Sorted | Function::SortedTimestamps => {
            return Err("change the order of a list");
        }
        Function::Concat | Function::Flatten | Function::Join => return Err("put lists together"),
        Function::Sum | Function::Min | Function::Max | Function::Average => {
            return Err("calculate with the items of a list");
        }
        Function::Keys | Function::Values | Function::Lookup => {
            return Err("look into an object by its keys");
        }
        Function::Now | Function::AddSeconds => {
            return Err("calculate with time (but `context().state.entered_time` is when the state began)");
        }
    })
}

/// The test of a Choice Rule that a call is, if it is one.
pub(super) fn test(
    printing: &mut Printing<'_, '_>,
    function: Function,
    arguments: &[Expression],
) -> Option<Test> {
    let Some(Expression::Read(place, _)) = arguments.first() else { return None };
    let comparison = match function {
        Function::Is(test) => match test {
            TypeTest::Present => Comparison::IsPresent(true),
            TypeTest::Null => Comparison::IsNull(true),
            TypeTest::String => Comparison::IsString(true),
            TypeTest::Number => Comparison::IsNumeric(true),
            TypeTest::Boolean => Comparison::IsBoolean(true),
            TypeTest::Timestamp => Comparison::IsTimestamp(true),
            TypeTest::Array | TypeTest::Object => return None,
        },
        Function::Matches | Function::TextContains | Function::StartsWith | Function::EndsWith => {
            let Some(Expression::Literal(Value::String(text))) = arguments.get(1) else { return None };
            let literal = glob::literal(text);
            Comparison::StringMatches(match function {
                Function::Matches => text.clone(),
                Function::StartsWith => format!("{literal}*"),
                Function::EndsWith => format!("*{literal}"),
                _ => format!("*{literal}*"),
            })
        }
        _ => return None,
    };
    Some(data(path(printing, place), comparison))
}
