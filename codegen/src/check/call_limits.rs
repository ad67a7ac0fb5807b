//! What the service makes of constants that are too large for an Intrinsic Function; `SW0513`, too.
//!
//! Developer guide: "Intrinsic functions".

use serde_json::Value;

use crate::asl::intrinsic::{Argument, Call, Function};

/// The most elements that `States.ArrayRange` makes.
const ELEMENTS: i64 = 1_000;

/// The most characters that are encoded, decoded or hashed.
const CHARACTERS: usize = 10_000;

/// Which limit a call exceeds for certain.
pub(super) fn problem(call: &Call) -> Option<String> {
    let numbers: Vec<Option<i64>> = call.arguments.iter().map(whole).collect();
    match (call.function, call.arguments.as_slice(), numbers.as_slice()) {
        (Function::ArrayRange, _, [Some(first), Some(last), Some(step)]) => {
            let elements = last.checked_sub(*first)?.checked_div(*step)?.checked_add(1)?;
            (elements > ELEMENTS).then(|| format!("makes {ELEMENTS} elements at most, not {elements}"))
        }
        (Function::MathAdd, _, numbers) => {
            let number = numbers.iter().flatten().find(|number| i32::try_from(**number).is_err())?;
            Some(format!("adds numbers of 32 bits, and {number} is none"))
        }
        (Function::Base64Encode | Function::Base64Decode | Function::Hash, [Argument::Text(text), ..], _) => {
            let characters = text.chars().count();
            (characters > CHARACTERS)
                .then(|| format!("takes {CHARACTERS} characters at most, not {characters}"))
        }
        _ => None,
    }
}

fn whole(argument: &Argument) -> Option<i64> {
    match argument {
        Argument::Literal(Value::Number(number)) => number.as_i64(),
        Argument::Literal(_) | Argument::Text(_) | Argument::Path(_) | Argument::Call(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::testing::check_state;

    #[track_caller]
    fn check_call(call: &str, problem: Option<&str>) {
        let message = problem.map(|problem| format!("error[SW0513] /States/A/Parameters/x.$: {problem}"));
        check_state(
            &json!({ "Type": "Pass", "Parameters": { "x.$": call }, "End": true }),
            &message.iter().map(String::as_str).collect::<Vec<_>>(),
        );
    }

    #[test]
    fn a_range_has_at_most_a_thousand_elements() {
        let problem = "`States.ArrayRange` makes 1000 elements at most, not 1001";
        check_call("States.ArrayRange(0, 1000, 1)", Some(problem));
        check_call("States.ArrayRange(0, -2000, -2)", Some(problem));
        check_call("States.ArrayRange(1, 1000, 1)", None);
        check_call("States.ArrayRange(1, $.last, 1)", None);
    }

    #[test]
    fn numbers_have_32_bits() {
        let problem = "`States.MathAdd` adds numbers of 32 bits, and 2147483648 is none";
        check_call("States.MathAdd($.a, 2147483648)", Some(problem));
        check_call("States.MathAdd($.a, -2147483648)", None);
    }

    #[test]
    fn texts_have_at_most_ten_thousand_characters() {
        let problem = "`States.Hash` takes 10000 characters at most, not 10001";
        check_call(&format!("States.Hash('{}', 'MD5')", "é".repeat(10_001)), Some(problem));
        check_call(&format!("States.Base64Encode('{}')", "é".repeat(10_000)), None);
    }
}
