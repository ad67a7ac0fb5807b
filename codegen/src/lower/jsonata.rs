//! The printer of JSONata.
//!
//! What has type `T` in Rust must be a `T` on AWS, for every value that the data can take. JSONata is 2.0.6: it has no
//! `??` and no `?:`; `=` never coerces; a value that is not there is an error as a field, but silently vanishes inside of an
//! object or an array.

mod closures;
mod functions;
mod literals;
mod locals;
mod paths;
mod raw;

use serde_json::Value;
use stepwright::plan::{Arithmetic, Comparison, Expression, Kind as ValueKind, Logic, Presence};

pub(super) use self::literals::quoted;
use self::literals::{literal, literal_value};
pub(super) use self::locals::Local;
pub(super) use self::paths::{input_base, path, result_base, with_segments};
pub(super) use self::raw::problem as problem_of_text;
use super::graph::Use;
use super::states::Printing;

/// A value of a field: JSON in which every computed part is an expression of its own.
pub(super) fn value(printing: &mut Printing<'_, '_>, expression: &Expression, what: Use) -> Value {
    match expression {
        Expression::Literal(value) => literal_value(value),
        Expression::StateName(name) => Value::String(name.to_string()),
        Expression::Object(fields)
            if !fields.iter().any(|(_, presence, value)| vanishes(*presence, value)) =>
        {
            let fields = fields.iter().filter(|(_, presence, value)| !is_omitted(*presence, value));
            Value::Object(
                fields.map(|(name, _, field)| (name.clone(), value(printing, field, what))).collect(),
            )
        }
        Expression::Array(items) => {
            Value::Array(items.iter().map(|item| value(printing, item, what)).collect())
        }
        Expression::Read(place, _)
            if place.path.is_empty()
                && let Some((own, what)) = printing.own_expression(place, what) =>
        {
            value(printing, own, what)
        }
        _ => Value::String(delimited(printing, expression, what)),
    }
}

/// `{% expression %}`.
pub(super) fn delimited(printing: &mut Printing<'_, '_>, expression: &Expression, what: Use) -> String {
    format!("{{% {} %}}", text(printing, expression, what, Binding::Loosest))
}

/// An expression as a member of an object, without delimiters.
pub(super) fn member(printing: &mut Printing<'_, '_>, expression: &Expression, what: Use) -> String {
    text(printing, expression, what, Binding::Conditional)
}

/// Whether a field is left out for certain.
pub(super) fn is_omitted(presence: Presence, value: &Expression) -> bool {
    presence == Presence::OmitNone && matches!(value, Expression::Literal(Value::Null))
}

/// Whether a field is left out or not, depending on the data: only the object of an expression can do that.
fn vanishes(presence: Presence, value: &Expression) -> bool {
    presence != Presence::Always && matches!(value, Expression::Read(_, ValueKind::Optional))
}

/// How tightly the text around an expression binds; a looser expression gets parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Loosest,
    Conditional,
    Or,
    And,
    Comparison,
    Sum,
    Product,
    Tight,
}

fn text(printing: &mut Printing<'_, '_>, expression: &Expression, what: Use, around: Binding) -> String {
    let (own, text) = parts(printing, expression, what);
    if own < around { format!("({text})") } else { text }
}

/// The text of an expression, and how tightly it binds.
fn parts(printing: &mut Printing<'_, '_>, expression: &Expression, what: Use) -> (Binding, String) {
    let mut print = |expression: &Expression, around| text(printing, expression, what, around);
    match expression {
        Expression::Literal(value) => (Binding::Tight, literal(value)),
        Expression::Unprintable(_) => (Binding::Tight, "null".to_owned()),
        Expression::StateName(name) => (Binding::Tight, quoted(name.as_str())),
        // It is filled in as a text.
        Expression::Placeholder(name, ValueKind::Boolean) => {
            (Binding::Comparison, format!("'${{{name}}}' = 'true'"))
        }
        Expression::Placeholder(name, _) => (Binding::Tight, format!("$number('${{{name}}}')")),
        Expression::Read(place, ValueKind::Optional) => {
            let path = path(printing, place, what);
            (Binding::Conditional, format!("$exists({path}) ? {path} : null"))
        }
        Expression::Read(place, _) => (Binding::Tight, path(printing, place, what)),
        Expression::IsSome(place) => (Binding::And, is_some(&path(printing, place, what))),
        Expression::Or { value, default } => {
            let path = path(printing, value, what);
            let default = text(printing, default, what, Binding::Conditional);
            (Binding::Conditional, format!("{} ? {path} : {default}", is_some(&path)))
        }
        Expression::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .filter(|(_, presence, value)| !is_omitted(*presence, value))
                .map(|(name, presence, value)| {
                    let value = match value {
                        // Without a value a field vanishes by itself; what is compared with nothing is false, `null` too then.
                        Expression::Read(place, _) if vanishes(*presence, value) => {
                            let path = path(printing, place, what);
                            match presence {
                                Presence::OmitNone => format!("{path} != null ? {path}"),
                                Presence::OmitMissing | Presence::Always => path,
                            }
                        }
                        _ => text(printing, value, what, Binding::Conditional),
                    };
                    format!("{}: {value}", quoted(name))
                })
                .collect();
            (Binding::Tight, format!("{{{}}}", fields.join(", ")))
        }
        Expression::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| array_item(printing, item, what)).collect();
            (Binding::Tight, format!("[{}]", items.join(", ")))
        }
        Expression::Not(inner) => (Binding::Tight, format!("$not({})", print(inner, Binding::Loosest))),
        Expression::Negate(inner) => (Binding::Product, format!("-{}", print(inner, Binding::Tight))),
        Expression::Logic { operator, left, right } => {
            let (binding, word) = match operator {
                Logic::And => (Binding::And, "and"),
                Logic::Or => (Binding::Or, "or"),
            };
            (binding, format!("{} {word} {}", print(left, binding), print(right, binding)))
        }
        Expression::Compare { operator, kind: ValueKind::Timestamp, left, right } => {
            let (left, right) = (locals::millis(printing, left, what), locals::millis(printing, right, what));
            (Binding::Comparison, format!("{left} {} {right}", comparison(*operator)))
        }
        Expression::Compare { operator, left, right, .. } => {
            let (left, right) = (print(left, Binding::Sum), print(right, Binding::Sum));
            (Binding::Comparison, format!("{left} {} {right}", comparison(*operator)))
        }
        Expression::Arithmetic { operator, left, right, .. } => {
            let (binding, sign) = match operator {
                Arithmetic::Add => (Binding::Sum, "+"),
                Arithmetic::Sub => (Binding::Sum, "-"),
                Arithmetic::Mul => (Binding::Product, "*"),
                Arithmetic::Div => (Binding::Product, "/"),
                Arithmetic::Rem => (Binding::Product, "%"),
            };
            let right_binding = if binding == Binding::Sum { Binding::Product } else { Binding::Tight };
            (binding, format!("{} {sign} {}", print(left, binding), print(right, right_binding)))
        }
        Expression::IfElse { condition, then, otherwise } => {
            let condition = print(condition, Binding::Or);
            let (then, otherwise) = (print(then, Binding::Or), print(otherwise, Binding::Conditional));
            (Binding::Conditional, format!("{condition} ? {then} : {otherwise}"))
        }
        Expression::Format { pieces, values } => format(printing, pieces, values, what),
        Expression::Call(function, arguments) => functions::call(printing, *function, arguments, what),
        Expression::OrNull(found) => locals::or_null(printing, found, what),
        Expression::HasValue(value) => locals::has_value(printing, value, what),
        Expression::Default { value, default } => locals::default(printing, value, default, what),
        Expression::Assume { value, reason } => locals::assume(printing, value, reason, what),
        Expression::Closure(closure) => closures::closure(printing, closure, what),
        Expression::Jsonata(jsonata) => raw::jsonata(printing, jsonata, what),
    }
}

/// An item of an array constructor. It merges arrays, unless they are constructors themselves: a list is made into one.
fn array_item(printing: &mut Printing<'_, '_>, item: &Expression, what: Use) -> String {
    match item.kind() {
        // These are constructors.
        _ if matches!(item, Expression::Array(_) | Expression::Literal(_)) => {
            text(printing, item, what, Binding::Conditional)
        }
        ValueKind::Array => format!("[{}]", text(printing, item, what, Binding::Conditional)),
        ValueKind::Any | ValueKind::Optional => {
            // The constructor around merges the outer of the two brackets.
            let item = locals::once(printing, item, what, "value", |_, value| {
                (Binding::Conditional, format!("$type({value}) = 'array' ? [[{value}]] : {value}"))
            });
            item.1
        }
        _ => text(printing, item, what, Binding::Conditional),
    }
}

fn is_some(path: &str) -> String {
    format!("$exists({path}) and {path} != null")
}

fn comparison(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Equal => "=",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

/// `'order ' & $order.id & ' is paid'`: `&` makes a text of what it joins.
fn format(
    printing: &mut Printing<'_, '_>,
    pieces: &[String],
    values: &[Expression],
    what: Use,
) -> (Binding, String) {
    if let ([value], true) = (values, pieces.iter().all(String::is_empty)) {
        return (Binding::Tight, format!("$string({})", text(printing, value, what, Binding::Loosest)));
    }
    let mut joined: Vec<String> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        if !piece.is_empty() || values.is_empty() {
            joined.push(quoted(piece));
        }
        joined.extend(values.get(index).map(|value| text(printing, value, what, Binding::Product)));
    }
    let binding = if joined.len() == 1 { Binding::Tight } else { Binding::Sum };
    (binding, joined.join(" & "))
}
