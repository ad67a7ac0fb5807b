//! Choice Rules: the operators of `JSONPath` states, and `Condition` of `JSONata` states.

mod operators;
mod pattern;

use stepwright_codegen::asl::{OrExpression, RuleTest, Test};

use crate::data::MAX_NESTING;
use crate::data::failure::Failure;
use crate::data::jsonata::{self, Expected};
use crate::data::view::View;

/// Whether what a Choice Rule asks for holds. `field` is where a `Condition` stands, such as `Choices[0]/Condition`.
///
/// # Errors
///
/// As [`matches()`]; for a `Condition` that fails or gives no boolean, `States.QueryEvaluationError`.
pub fn rule_matches(rule: &RuleTest, view: &View<'_>, field: &str) -> Result<bool, Failure> {
    match rule {
        RuleTest::Condition(OrExpression::Constant(holds)) => Ok(*holds),
        RuleTest::Condition(OrExpression::Expression(text)) => {
            let value = jsonata::evaluate_as(text, view, field, Expected::Boolean)?;
            Ok(value.as_bool() == Some(true))
        }
        RuleTest::Test(test) => matches(test, view),
    }
}

/// Whether a test holds. `And` and `Or` stop at the first part that decides.
///
/// A value of another type than the operator's never matches and is no error.
///
/// # Errors
///
/// `States.Runtime` if a Path finds nothing, except for `IsPresent`.
pub fn matches(test: &Test, view: &View<'_>) -> Result<bool, Failure> {
    matches_within(test, view, MAX_NESTING)
}

fn matches_within(test: &Test, view: &View<'_>, depth: usize) -> Result<bool, Failure> {
    let Some(inner) = depth.checked_sub(1) else {
        return Err(Failure::runtime("The tests of a Choice Rule are nested too deeply"));
    };
    match test {
        Test::And(tests) => {
            for test in tests {
                if !matches_within(&test.test, view, inner)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Test::Or(tests) => {
            for test in tests {
                if matches_within(&test.test, view, inner)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Test::Not(test) => Ok(!matches_within(&test.test, view, inner)?),
        Test::Data { variable, comparison } => operators::holds(variable, comparison, view),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use stepwright_codegen::asl::{Comparison, NestedTest, Test};

    use super::matches;
    use crate::data::{Failure, Random, Variables, View};

    fn is_true(path: &str) -> Test {
        Test::Data { variable: path.to_owned(), comparison: Comparison::BooleanEquals(true) }
    }

    fn run(test: &Test, input: &Value) -> Result<bool, Failure> {
        matches(test, &View::new(input, &Value::Null, &Variables::new(), &Random::new(0)))
    }

    #[test]
    fn composites_stop_when_decided() {
        let input = json!({ "yes": true, "no": false });
        let tests = |paths: [&str; 2]| paths.map(|path| NestedTest::from(is_true(path))).to_vec();
        assert_eq!(run(&Test::And(tests(["$.no", "$.missing"])), &input), Ok(false));
        assert_eq!(run(&Test::Or(tests(["$.yes", "$.missing"])), &input), Ok(true));
        assert_eq!(run(&Test::Or(tests(["$.no", "$.no"])), &input), Ok(false));
        assert_eq!(run(&Test::Not(Box::new(is_true("$.no").into())), &input), Ok(true));
        assert!(run(&Test::And(tests(["$.yes", "$.missing"])), &input).is_err());
    }

    #[test]
    fn a_path_to_nothing_fails_the_execution() {
        let cause =
            "Invalid path '$.missing': The choice state's condition path references an invalid value.";
        assert_eq!(run(&is_true("$.missing"), &json!({})), Err(Failure::runtime(cause)));
    }

    #[test]
    fn tests_nested_too_deeply_fail() {
        let deep = (0..1_000).fold(is_true("$"), |inner, _| Test::Not(Box::new(inner.into())));
        assert!(run(&deep, &json!(true)).is_err());
    }
}
