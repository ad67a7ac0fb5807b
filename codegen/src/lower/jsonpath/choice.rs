//! The tests of Choice Rules.

use serde_json::{Number, Value};
use stepwright::plan::{Comparison as Operator, Expression, Kind as ValueKind, Logic};

use super::{constant, functions, maybe_missing, path, say_in_jsonata};
use crate::asl::{Comparison, NestedTest, Test};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::states::Printing;

/// The test of a Choice Rule.
pub(in crate::lower) fn test(printing: &mut Printing<'_, '_>, condition: &Expression) -> Test {
    match condition {
        Expression::Logic { operator, .. } => {
            let mut tests = Vec::new();
            operands(condition, *operator, &mut tests);
            let tests = tests.into_iter().map(|operand| nested(test(printing, operand))).collect();
            match operator {
                Logic::And => Test::And(tests),
                Logic::Or => Test::Or(tests),
            }
        }
        Expression::Not(inner) => match &**inner {
            Expression::Read(place, ValueKind::Boolean) => {
                data(path(printing, place), Comparison::BooleanEquals(false))
            }
            inner => Test::Not(Box::new(nested(test(printing, inner)))),
        },
        Expression::Read(place, ValueKind::Boolean) => {
            data(path(printing, place), Comparison::BooleanEquals(true))
        }
        Expression::IsSome(place) => {
            let variable = path(printing, place);
            Test::And(vec![
                nested(data(variable.clone(), Comparison::IsPresent(true))),
                nested(data(variable, Comparison::IsNull(false))),
            ])
        }
        Expression::Compare { operator, kind, left, right } => {
            compare(printing, *operator, *kind, left, right)
        }
        Expression::Call(function, arguments) => functions::test(printing, *function, arguments)
            .unwrap_or_else(|| cannot_test(printing, "this condition is no comparison with a constant")),
        Expression::Closure(_) => cannot_test(printing, "it has no closures over lists"),
        Expression::Jsonata(_) => cannot_test(printing, "it is written in JSONata"),
        _ => cannot_test(printing, "this condition is no comparison"),
    }
}

/// `a && b && c` is one `And` of three.
fn operands<'e>(condition: &'e Expression, of: Logic, out: &mut Vec<&'e Expression>) {
    match condition {
        Expression::Logic { operator, left, right } if *operator == of => {
            operands(left, of, out);
            operands(right, of, out);
        }
        _ => out.push(condition),
    }
}

fn compare(
    printing: &mut Printing<'_, '_>,
    operator: Operator,
    kind: ValueKind,
    left: &Expression,
    right: &Expression,
) -> Test {
    let (place, place_kind, operator, operand) = match (left, right) {
        (Expression::Read(place, kind), operand) => (place, kind, operator, operand),
        (operand, Expression::Read(place, kind)) => (place, kind, mirrored(operator), operand),
        _ => return cannot_test(printing, "a test compares a value of the data, not one that is computed"),
    };
    let variable = path(printing, place);
    let Some(comparison) = comparison(printing, operator, kind, operand) else {
        return cannot_test(printing, "there is no operator for this comparison");
    };
    let test = data(variable.clone(), comparison);
    let test = if operator == Operator::NotEqual { Test::Not(Box::new(nested(test))) } else { test };
    if *place_kind == ValueKind::Optional {
        // A test of a missing value fails the execution; `And` stops at the first that does not hold.
        let present = data(variable.clone(), Comparison::IsPresent(true));
        return match operator {
            Operator::NotEqual => {
                Test::Or(vec![nested(data(variable, Comparison::IsPresent(false))), nested(test)])
            }
            _ => Test::And(vec![nested(present), nested(test)]),
        };
    }
    test
}

/// `3 < x` is `x > 3`.
fn mirrored(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::Greater,
        Operator::LessOrEqual => Operator::GreaterOrEqual,
        Operator::Greater => Operator::Less,
        Operator::GreaterOrEqual => Operator::LessOrEqual,
        Operator::Equal | Operator::NotEqual => operator,
    }
}

/// Picks the operator for a kind of values: one that takes a constant, or its twin that takes a Path.
macro_rules! pick {
    ($operator:expr, $operand:expr, $equals:ident $equals_path:ident; $($name:ident $constant:ident $path:ident;)*) => {
        match ($operator, $operand) {
            (Operator::Equal | Operator::NotEqual, Operand::Constant(value)) => Comparison::$equals(value),
            (Operator::Equal | Operator::NotEqual, Operand::Path(path)) => Comparison::$equals_path(path),
            $(
                (Operator::$name, Operand::Constant(value)) => Comparison::$constant(value),
                (Operator::$name, Operand::Path(path)) => Comparison::$path(path),
            )*
        }
    };
}

enum Operand<T> {
    Constant(T),
    Path(String),
}

fn comparison(
    printing: &mut Printing<'_, '_>,
    operator: Operator,
    kind: ValueKind,
    operand: &Expression,
) -> Option<Comparison> {
    let constant = constant(operand);
    let kind = match (kind, &constant) {
        (ValueKind::Any, Some(Value::String(_))) => ValueKind::String,
        (ValueKind::Any, Some(Value::Number(_))) => ValueKind::Number,
        (ValueKind::Any, Some(Value::Bool(_))) => ValueKind::Boolean,
        (kind, _) => kind,
    };
    let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
    if equality && constant == Some(Value::Null) {
        return Some(Comparison::IsNull(true));
    }
    let path = match operand {
        Expression::Read(place, ValueKind::Optional) => {
            maybe_missing(printing, place);
            Some(path(printing, place))
        }
        Expression::Read(place, _) => Some(path(printing, place)),
        _ => None,
    };
    Some(match kind {
        ValueKind::String => pick!(operator, text(constant, path)?, StringEquals StringEqualsPath;
            Less StringLessThan StringLessThanPath;
            LessOrEqual StringLessThanEquals StringLessThanEqualsPath;
            Greater StringGreaterThan StringGreaterThanPath;
            GreaterOrEqual StringGreaterThanEquals StringGreaterThanEqualsPath;),
        ValueKind::Timestamp => pick!(operator, text(constant, path)?, TimestampEquals TimestampEqualsPath;
            Less TimestampLessThan TimestampLessThanPath;
            LessOrEqual TimestampLessThanEquals TimestampLessThanEqualsPath;
            Greater TimestampGreaterThan TimestampGreaterThanPath;
            GreaterOrEqual TimestampGreaterThanEquals TimestampGreaterThanEqualsPath;),
        ValueKind::Number => pick!(operator, number(constant, path)?, NumericEquals NumericEqualsPath;
            Less NumericLessThan NumericLessThanPath;
            LessOrEqual NumericLessThanEquals NumericLessThanEqualsPath;
            Greater NumericGreaterThan NumericGreaterThanPath;
            GreaterOrEqual NumericGreaterThanEquals NumericGreaterThanEqualsPath;),
        ValueKind::Boolean if equality => match (constant, path) {
            (Some(Value::Bool(value)), _) => Comparison::BooleanEquals(value),
            (None, Some(path)) => Comparison::BooleanEqualsPath(path),
            _ => return None,
        },
        _ => return None,
    })
}

fn text(constant: Option<Value>, path: Option<String>) -> Option<Operand<String>> {
    match (constant, path) {
        (Some(Value::String(text)), _) => Some(Operand::Constant(text)),
        (None, Some(path)) => Some(Operand::Path(path)),
        _ => None,
    }
}

fn number(constant: Option<Value>, path: Option<String>) -> Option<Operand<Number>> {
    match (constant, path) {
        (Some(Value::Number(number)), _) => Some(Operand::Constant(number)),
        (None, Some(path)) => Some(Operand::Path(path)),
        _ => None,
    }
}

pub(super) fn data(variable: String, comparison: Comparison) -> Test {
    Test::Data { variable, comparison }
}

fn nested(test: Test) -> NestedTest {
    NestedTest { test, ..NestedTest::default() }
}

/// Reports a condition that no test can say, and gives one that stands for it.
fn cannot_test(printing: &mut Printing<'_, '_>, why: &str) -> Test {
    let help =
        format!("compare a reference with a constant or another reference, or {}", say_in_jsonata(printing));
    printing.problem(
        Diagnostic::error(Code::NotInJsonPath, format!("a Choice state in JSONPath cannot test this: {why}"))
            .help(help),
    );
    data("$".to_owned(), Comparison::IsPresent(true))
}
