//! The printer of JSONPath: Paths, Payload Templates, intrinsic functions, and the tests of Choice Rules.

mod functions;

use serde_json::{Map, Number, Value};
use stepwright::plan::{
    Arithmetic, Comparison as Operator, Expression, Kind as ValueKind, Logic, Place, Role, Root, Segment,
};

use super::graph::root_value;
use super::jsonata::is_omitted;
use super::problems;
use super::states::Printing;
use crate::asl::{Comparison, NestedTest, Test};
use crate::diagnostic::{Code, Diagnostic};

/// Where a place is found: `$.results.tarball`, `$$.Execution.Id`, `$$.Map.Item.Value`.
pub(super) fn path(printing: &mut Printing<'_, '_>, place: &Place) -> String {
    let (base, segments) = match place.root {
        Root::Context => ("$$", place.path.clone()),
        Root::Document(_) => ("$", place.path.clone()),
        Root::Bound(_) => {
            printing.problem(problems::escaped_parameter());
            ("$", place.path.clone())
        }
        Root::Value(id) if printing.graph.value(id).is_some_and(|value| value.role == Role::Item) => {
            ("$$.Map.Item.Value", place.path.clone())
        }
        // A value without a place is out of scope, which is reported where it is found.
        Root::Value(_) => {
            ("$", printing.places.resolve(printing.graph, printing.at.0, place).unwrap_or_default())
        }
    };
    with_segments(base, &segments)
}

/// A Path: names that are not only of letters, digits and `_` stand in brackets.
pub(super) fn with_segments(base: &str, segments: &[Segment]) -> String {
    let mut out = base.to_owned();
    for segment in segments {
        match segment {
            Segment::Field(name)
                if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_') =>
            {
                out.push('.');
                out.push_str(name);
            }
            Segment::Field(name) => {
                out = format!("{out}['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"));
            }
            Segment::Index(index) => out = format!("{out}[{index}]"),
        }
    }
    out
}

/// What a value is in a Payload Template.
pub(super) enum Entry {
    /// As it is: `"key": value`.
    Plain(Value),
    /// A Path or an intrinsic function: `"key.$": "…"`.
    Computed(String),
}

/// A Payload Template: an object whose keys end in `.$` where the value is computed.
pub(super) fn template<'e>(
    printing: &mut Printing<'_, '_>,
    fields: impl IntoIterator<Item = (&'e str, &'e Expression)>,
) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, value) in fields {
        if name.ends_with(".$") {
            printing.problem(
                Diagnostic::error(Code::NotInJsonPath, format!("the field name `{name}` ends in `.$`"))
                    .help("rename the field; in JSONPath that ending marks a computed value"),
            );
        }
        match entry(printing, value) {
            Entry::Plain(value) => object.insert(name.to_owned(), value),
            Entry::Computed(path) => object.insert(format!("{name}.$"), Value::String(path)),
        };
    }
    object
}

/// The fields of an object that are not left out.
pub(super) fn fields(
    fields: &[(String, stepwright::plan::Presence, Expression)],
) -> impl Iterator<Item = (&str, &Expression)> {
    fields
        .iter()
        .filter(|(_, presence, value)| !is_omitted(*presence, value))
        .map(|(name, _, value)| (name.as_str(), value))
}

/// A value in a Payload Template.
pub(super) fn entry(printing: &mut Printing<'_, '_>, expression: &Expression) -> Entry {
    match expression {
        Expression::Literal(value) => Entry::Plain(value.clone()),
        Expression::StateName(name) => Entry::Plain(Value::String(name.to_string())),
        Expression::Object(object) => {
            let fields: Vec<_> = fields(object).collect();
            Entry::Plain(Value::Object(template(printing, fields)))
        }
        Expression::Array(items) => {
            let constants: Option<Vec<Value>> = items.iter().map(constant).collect();
            match constants {
                Some(items) => Entry::Plain(Value::Array(items)),
                None => Entry::Computed(intrinsic(printing, expression)),
            }
        }
        _ => Entry::Computed(intrinsic(printing, expression)),
    }
}

fn constant(expression: &Expression) -> Option<Value> {
    match expression {
        Expression::Literal(value) => Some(value.clone()),
        Expression::StateName(name) => Some(Value::String(name.to_string())),
        _ => None,
    }
}

/// A Path, a constant or a call, as the argument of an intrinsic function or the value of a `.$` field.
pub(super) fn intrinsic(printing: &mut Printing<'_, '_>, expression: &Expression) -> String {
    match expression {
        Expression::Read(place, ValueKind::Optional) => {
            maybe_missing(printing, place);
            path(printing, place)
        }
        Expression::Read(place, _) => path(printing, place),
        Expression::Literal(Value::String(text)) => quoted(text),
        Expression::StateName(name) => quoted(name.as_str()),
        Expression::Literal(value @ (Value::Null | Value::Bool(_) | Value::Number(_))) => value.to_string(),
        Expression::Array(items) => call(printing, "States.Array", items),
        Expression::Literal(Value::Array(items)) => {
            let items: Vec<_> = items.iter().cloned().map(Expression::Literal).collect();
            call(printing, "States.Array", &items)
        }
        Expression::Format { pieces, values } => {
            let pieces: Vec<String> = pieces.iter().map(|piece| escaped(piece)).collect();
            let mut text = format!("States.Format('{}'", pieces.join("{}"));
            for value in values {
                text.push_str(", ");
                text.push_str(&intrinsic(printing, value));
            }
            text + ")"
        }
        Expression::Call(function, arguments) => functions::call(printing, *function, arguments),
        Expression::OrNull(found) => {
            printing.problem(
                Diagnostic::error(
                    Code::MaybeMissing,
                    "what is looked for may not be there, and an intrinsic function that finds nothing fails",
                )
                .help("say why it is there with `.assume_some(\"…\")`; JSONata gives `null`"),
            );
            intrinsic(printing, found)
        }
        Expression::Assume { value, .. } => match &**value {
            Expression::OrNull(found) => intrinsic(printing, found),
            value => intrinsic(printing, value),
        },
        Expression::Closure(_) => cannot(printing, "apply a closure to the items of a list"),
        Expression::Jsonata(_) => cannot(printing, "evaluate a text in JSONata"),
        Expression::Arithmetic { operator: Arithmetic::Add, whole: true, left, right } => {
            let (left, right) = (intrinsic(printing, left), intrinsic(printing, right));
            format!("States.MathAdd({left}, {right})")
        }
        Expression::Arithmetic { operator: Arithmetic::Sub, whole: true, left, right } => {
            match negated(right) {
                Some(number) => format!("States.MathAdd({}, {number})", intrinsic(printing, left)),
                None => cannot(printing, "subtract a value that is no constant"),
            }
        }
        Expression::Arithmetic { whole: false, operator: Arithmetic::Add | Arithmetic::Sub, .. } => {
            cannot(printing, "add fractions")
        }
        Expression::Arithmetic { operator: Arithmetic::Mul, .. } => cannot(printing, "multiply"),
        Expression::Arithmetic { operator: Arithmetic::Div | Arithmetic::Rem, .. } => {
            cannot(printing, "divide")
        }
        Expression::Negate(_) => cannot(printing, "negate a number"),
        Expression::Literal(Value::Object(_)) | Expression::Object(_) => {
            cannot(printing, "put an object into the argument of an intrinsic function")
        }
        Expression::Or { .. } | Expression::Default { .. } => {
            cannot(printing, "give a default for a missing value")
        }
        Expression::IfElse { .. } => cannot(printing, "choose between values outside of a Choice state"),
        Expression::IsSome(_)
        | Expression::HasValue(_)
        | Expression::Not(_)
        | Expression::Logic { .. }
        | Expression::Compare { .. } => cannot(printing, "compare outside of a Choice state"),
        Expression::Unprintable(_) => "null".to_owned(),
    }
}

fn call(printing: &mut Printing<'_, '_>, name: &str, arguments: &[Expression]) -> String {
    let arguments: Vec<String> = arguments.iter().map(|argument| intrinsic(printing, argument)).collect();
    format!("{name}({})", arguments.join(", "))
}

fn negated(expression: &Expression) -> Option<i64> {
    match expression {
        Expression::Literal(Value::Number(number)) => number.as_i64().and_then(i64::checked_neg),
        _ => None,
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", escaped(text))
}

/// In the text of an intrinsic function `'`, `{`, `}` and `\` are escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\'' | '{' | '}' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Reports that JSONPath lacks something, and gives a text that stands for it.
fn cannot(printing: &mut Printing<'_, '_>, what: &str) -> String {
    printing.problem(Diagnostic::error(Code::NotInJsonPath, format!("JSONPath cannot {what}")).help(
        "write the workflow in JSONata (the default of `#[workflow]`), or let a task compute the value",
    ));
    "$".to_owned()
}

fn maybe_missing(printing: &mut Printing<'_, '_>, place: &Place) {
    let what = problems::describe(printing.graph, place);
    printing.problem(
        Diagnostic::error(Code::MaybeMissing, format!("{what} may be missing, and a JSONPath that finds nothing fails"))
            .help("narrow it with `s.when_some(…)`, or say why it is there with `.assume_some(\"…\")`; JSONata gives `null`"),
    );
}

/// The test of a Choice Rule.
pub(super) fn test(printing: &mut Printing<'_, '_>, condition: &Expression) -> Test {
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

fn data(variable: String, comparison: Comparison) -> Test {
    Test::Data { variable, comparison }
}

fn nested(test: Test) -> NestedTest {
    NestedTest { test, ..NestedTest::default() }
}

/// Reports a condition that no test can say, and gives one that stands for it.
fn cannot_test(printing: &mut Printing<'_, '_>, why: &str) -> Test {
    printing.problem(
        Diagnostic::error(Code::NotInJsonPath, format!("a Choice state in JSONPath cannot test this: {why}"))
            .help(
                "compare a reference with a constant or another reference, or write the workflow in JSONata",
            ),
    );
    data("$".to_owned(), Comparison::IsPresent(true))
}

/// The last field name of where a place is found: what it is called in a document of its own.
pub(super) fn last_name(printing: &Printing<'_, '_>, place: &Place) -> Option<String> {
    let path = root_value(place).and_then(|_| printing.places.resolve(printing.graph, printing.at.0, place));
    match path.as_deref().unwrap_or(&place.path).last() {
        Some(Segment::Field(name)) => Some(name.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use stepwright::plan::Segment;

    use super::{escaped, with_segments};

    #[test]
    fn unusual_field_names_stand_in_brackets() {
        let path = [Segment::Field("a b".into()), Segment::Index(2), Segment::Field("c_1".into())];
        assert_eq!(with_segments("$", &path), "$['a b'][2].c_1");
    }

    #[test]
    fn the_text_of_an_intrinsic_function_is_escaped() {
        assert_eq!(escaped(r"it's {ok} \o/"), r"it\'s \{ok\} \\o/");
    }
}
