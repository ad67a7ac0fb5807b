//! `SW0513`, `SW0514`: Intrinsic Functions get arguments that they can work with, and are not nested too deeply.
//!
//! Spec: "Appendix B"; developer guide: "Intrinsic functions".

use serde_json::Value;

use crate::asl::intrinsic::{Argument, Call, Function, Kind};
use crate::check::index::Index;
use crate::check::texts::{Syntax, Takes, Text};
use crate::check::{Report, call_limits};
use crate::diagnostic::{Code, Finding};

/// How deep calls may be nested.
const DEEPEST: usize = 10;

const ALGORITHMS: &[&str] = &["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"];

pub(crate) fn check(index: &Index<'_>, report: &mut Report) {
    for text in index.texts.iter().filter(|text| text.takes != Takes::Literal) {
        let Syntax::Call(call) = &text.syntax else { continue };
        let mut open = vec![(call, 1)];
        let mut deepest = 1;
        while let Some((call, depth)) = open.pop() {
            deepest = deepest.max(depth);
            if let Some(problem) = problem(call).or_else(|| call_limits::problem(call)) {
                report.add(text.state, finding(text, call.function, &problem));
            }
            open.extend(call.arguments.iter().filter_map(|argument| match argument {
                Argument::Call(inner) => Some((inner, depth + 1)),
                Argument::Text(_) | Argument::Literal(_) | Argument::Path(_) => None,
            }));
        }
        if deepest > DEEPEST {
            let message = format!("calls are nested {deepest} deep, and {DEEPEST} is the most");
            report.add(text.state, Finding::error(Code::CallNesting, text.pointer(), message));
        }
    }
}

fn finding(text: &Text<'_>, function: Function, problem: &str) -> Finding {
    Finding::error(Code::CallArguments, text.pointer(), format!("`{}` {problem}", function.name()))
}

fn problem(call: &Call) -> Option<String> {
    let (allowed, count) = (call.function.count(), call.arguments.len());
    if !allowed.contains(&count) {
        return Some(format!("takes {}, not {count}", many(*allowed.start(), *allowed.end())));
    }
    for (position, argument) in call.arguments.iter().enumerate() {
        let (takes, gives) = (call.function.argument(position), kind(argument));
        if takes != Kind::Any && gives != Kind::Any && takes != gives {
            let (takes, gives) = (takes.title(), gives.title());
            return Some(format!("takes {takes} as argument {}, not {gives}", position + 1));
        }
    }
    match (call.function, call.arguments.as_slice()) {
        (Function::Format, [Argument::Text(template), values @ ..]) => placeholders(template, values.len()),
        (Function::Hash, [_, Argument::Text(name)]) if !ALGORITHMS.contains(&name.as_str()) => {
            Some(format!("knows no algorithm `{name}`, but {}", ALGORITHMS.join(", ")))
        }
        (Function::JsonMerge, [_, _, Argument::Literal(Value::Bool(true))]) => {
            Some("can only merge the outermost members: its third argument is `false`".to_owned())
        }
        (Function::ArrayRange, [_, _, Argument::Literal(step)]) if step.as_f64() == Some(0.0) => {
            Some("needs a step other than 0".to_owned())
        }
        _ => None,
    }
}

/// "2 arguments", "2 or 3 arguments", "at least 1 argument".
fn many(least: usize, most: usize) -> String {
    match most {
        _ if least == most && least == 1 => "1 argument".to_owned(),
        _ if least == most => format!("{least} arguments"),
        usize::MAX => format!("at least {least} argument{}", if least == 1 { "" } else { "s" }),
        _ => format!("{least} or {most} arguments"),
    }
}

fn kind(argument: &Argument) -> Kind {
    match argument {
        Argument::Text(_) => Kind::Text,
        Argument::Literal(Value::Number(_)) => Kind::Number,
        Argument::Literal(Value::Bool(_)) => Kind::Boolean,
        Argument::Call(call) => call.function.result(),
        // What the service makes of `null` is not known.
        Argument::Literal(_) | Argument::Path(_) => Kind::Any,
    }
}

fn placeholders(template: &str, values: usize) -> Option<String> {
    let (mut found, mut letters) = (0, template.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            '{' if letters.peek() == Some(&'}') => found += 1,
            _ => {}
        }
    }
    (found != values).then(|| format!("has {found} `{{}}` in its text, but gets {values} to put there"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_call(call: &str, problem: Option<&str>) {
        let expected = problem.map(|problem| format!("error[SW0513] /States/A/Parameters/x.$: {problem}"));
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check_state(&json!({ "Type": "Pass", "Parameters": { "x.$": call }, "End": true }), &expected);
    }

    #[test]
    fn arguments_are_counted() {
        check_call("States.UUID(1)", Some("`States.UUID` takes 0 arguments, not 1"));
        check_call("States.MathRandom(1)", Some("`States.MathRandom` takes 2 or 3 arguments, not 1"));
        check_call("States.Format()", Some("`States.Format` takes at least 1 argument, not 0"));
        check_call(
            "States.Format('{} {}', $.a)",
            Some("`States.Format` has 2 `{}` in its text, but gets 1 to put there"),
        );
    }

    #[test]
    fn constants_have_a_kind() {
        check_call(
            "States.ArrayLength('x')",
            Some("`States.ArrayLength` takes an array as argument 1, not a string"),
        );
        check_call(
            "States.Format('{}', States.MathAdd(States.UUID(), 1))",
            Some("`States.MathAdd` takes a number as argument 1, not a string"),
        );
        check_call(
            "States.Hash($.a, 'SHA-3')",
            Some("`States.Hash` knows no algorithm `SHA-3`, but MD5, SHA-1, SHA-256, SHA-384, SHA-512"),
        );
        check_call(
            "States.JsonMerge($.a, $.b, true)",
            Some("`States.JsonMerge` can only merge the outermost members: its third argument is `false`"),
        );
    }

    #[test]
    fn what_fits_is_fine() {
        for call in [
            "States.Array()",
            "States.Format($.template, $.a, 1)",
            r"States.Format('\{} {}', 1)",
            "States.MathAdd($.a, -1.5)",
            "States.JsonMerge(States.StringToJson('{\"k\": 1}'), $.b, false)",
            "States.Base64Encode(States.JsonToString($))",
        ] {
            check_call(call, None);
        }
    }

    #[test]
    fn calls_nest_ten_deep() {
        let nested = |depth: usize| {
            let call = format!("{}1{}", "States.Array(".repeat(depth), ")".repeat(depth));
            json!({ "Type": "Pass", "Parameters": { "x.$": call }, "End": true })
        };
        check_state(&nested(10), &[]);
        check_state(
            &nested(11),
            &["error[SW0514] /States/A/Parameters/x.$: calls are nested 11 deep, and 10 is the most"],
        );
    }
}
