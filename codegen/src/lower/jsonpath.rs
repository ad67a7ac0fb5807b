//! The printer of JSONPath: Paths, Payload Templates and intrinsic functions; `choice` has the tests of Choice Rules.

mod choice;
mod functions;

use serde_json::{Map, Value};
use stepwright::plan::{Arithmetic, Expression, Kind as ValueKind, Place, Role, Root, Segment};

pub(super) use self::choice::test;
use super::graph::{Kind, root_value};
use super::jsonata::is_omitted;
use super::problems;
use super::states::Printing;
use crate::diagnostic::{Code, Diagnostic};

/// Where a place is found: `$.results.tarball`, `$$.Execution.Id`, `$$.Map.Item.Value`.
pub(super) fn path(printing: &mut Printing<'_, '_>, place: &Place) -> String {
    let (base, segments) = match place.root {
        Root::Context => ("$$", place.path.clone()),
        Root::Document(_) => {
            if printing.selecting {
                printing.problem(problems::not_in_result(printing.graph, place));
            }
            ("$", place.path.clone())
        }
        Root::Bound(id) if printing.selects_from(id) => {
            let envelope = printing.raw_envelope().map(|name| Segment::Field(name.into()));
            ("$", envelope.into_iter().chain(place.path.iter().cloned()).collect())
        }
        Root::Bound(_) => {
            printing.problem(problems::escaped_parameter());
            ("$", place.path.clone())
        }
        Root::Value(id) if printing.graph.value(id).is_some_and(|value| value.role == Role::Item) => {
            ("$$.Map.Item.Value", place.path.clone())
        }
        // A state's own result, where a variable is assigned on the way out.
        Root::Value(id) if printing.at_hand == Some(id) => {
            let envelope = printing.graph.envelope(id).map(|name| Segment::Field(name.into()));
            ("$", envelope.into_iter().chain(place.path.iter().cloned()).collect())
        }
        Root::Value(id) => match printing.places.variable(printing.graph, printing.at.0, id) {
            Some(name) => return with_segments(&format!("${name}"), &place.path),
            None if printing.selecting => {
                printing.problem(problems::not_in_result(printing.graph, place));
                ("$", place.path.clone())
            }
            // A value without a place is out of scope, which is reported where it is found.
            None => ("$", printing.places.resolve(printing.graph, printing.at.0, place).unwrap_or_default()),
        },
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
        // Templates are looked for in arrays too, but an item of an array has no key to end in `.$`.
        Expression::Array(items) if items.iter().all(is_template) => Entry::Plain(Value::Array(
            items.iter().filter_map(|item| entry(printing, item).plain()).collect(),
        )),
        _ => Entry::Computed(intrinsic(printing, expression)),
    }
}

impl Entry {
    fn plain(self) -> Option<Value> {
        match self {
            Self::Plain(value) => Some(value),
            Self::Computed(_) => None,
        }
    }
}

/// Whether a value is written as it is, with computed values in objects only.
fn is_template(expression: &Expression) -> bool {
    match expression {
        Expression::Literal(_) | Expression::StateName(_) | Expression::Object(_) => true,
        Expression::Array(items) => items.iter().all(is_template),
        _ => false,
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
        // It is filled in as a text; the braces are no part of one.
        Expression::Placeholder(name, _) => format!("States.StringToJson('${{{name}}}')"),
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
                .help(format!(
                    "say why it is there with `.assume_some(\"…\")`; a state in JSONata gives `null`: {}",
                    call_in_jsonata(printing).unwrap_or(COMPUTE)
                )),
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
    let help = say_in_jsonata(printing);
    printing.problem(Diagnostic::error(Code::NotInJsonPath, format!("JSONPath cannot {what}")).help(help));
    "$".to_owned()
}

/// How to say in JSONata what the state that is printed cannot say in JSONPath.
pub(super) fn say_in_jsonata(printing: &Printing<'_, '_>) -> String {
    match call_in_jsonata(printing) {
        Some(call) => {
            format!("write the state in JSONata, {call}, or compute the value before it, {COMPUTE}")
        }
        None => format!("compute the value in a state in JSONata, {COMPUTE}"),
    }
}

const COMPUTE: &str = "`s.compute(\"…\", …)`";

/// The call that adds a state as that which is printed, but in JSONata.
fn call_in_jsonata(printing: &Printing<'_, '_>) -> Option<&'static str> {
    Some(match printing.node().kind {
        Kind::Task(_) => "`s.in_jsonata().task(…)`",
        Kind::Wait(_) => "`s.in_jsonata().wait(…)`",
        Kind::Choice { .. } => "`s.in_jsonata().choice(…)`",
        Kind::Parallel { .. } => "`s.in_jsonata().parallel(…)`",
        Kind::Map { .. } => "`s.in_jsonata().map(…)`",
        Kind::Succeed => "`s.in_jsonata().succeed_with(…)`",
        Kind::Fail { .. } => "`s.in_jsonata().fail(…)`",
        // It sets a variable.
        Kind::Keep(_) => "`s.in_jsonata().set(…)`",
        // It may be one that was added for a value that a branch or the scope gives.
        Kind::Pass(_) => return None,
    })
}

fn maybe_missing(printing: &mut Printing<'_, '_>, place: &Place) {
    let what = problems::describe(printing.graph, place);
    let call = call_in_jsonata(printing).unwrap_or(COMPUTE);
    printing.problem(
        Diagnostic::error(Code::MaybeMissing, format!("{what} may be missing, and a JSONPath that finds nothing fails"))
            .help(format!("narrow it with `s.when_some(…)`, or say why it is there with `.assume_some(\"…\")`; a state in JSONata gives `null`: {call}")),
    );
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
