//! The printer of JSONata.
//!
//! What has type `T` in Rust must be a `T` on AWS, for every value that the data can take. JSONata is 2.0.6: it has no
//! `??` and no `?:`; `=` never coerces; a value that is not there is an error as a field, but silently vanishes inside of an
//! object or an array.

mod closures;
mod functions;
mod locals;
mod raw;

use serde_json::Value;
use stepwright::plan::{
    Arithmetic, Comparison, Expression, Kind as ValueKind, Logic, Place, Presence, Role, Root, Segment,
    ValueId,
};

pub(super) use self::locals::Local;
pub(super) use self::raw::problem as problem_of_text;
use super::graph::{Graph, Kind, Use};
use super::places::Places;
use super::problems;
use super::states::Printing;
use crate::asl::is_expression;
use crate::diagnostic::{Code, Diagnostic};

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

/// A constant; a text that looks like an expression is made into one, so that it stays what it is.
fn literal_value(value: &Value) -> Value {
    match value {
        Value::String(text) if is_expression(text) || text.starts_with("{%") || text.ends_with("%}") => {
            Value::String(format!("{{% {} %}}", quoted(text)))
        }
        Value::Array(items) => Value::Array(items.iter().map(literal_value).collect()),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), literal_value(value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
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

/// A constant inside of an expression.
fn literal(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{}: {}", quoted(name), literal(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A text literal: in apostrophes, which need no escape in JSON, unless it contains one; JSONata cannot escape those.
pub(super) fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' if quote == '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out = format!("{out}\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

/// Where a place is found: `$order.total`, `$states.input.total`, `$states.result.total`.
pub(super) fn path(printing: &mut Printing<'_, '_>, place: &Place, what: Use) -> String {
    if let Some((own, what)) = printing.own_expression(place, what) {
        let base = format!("({})", text(printing, own, what, Binding::Loosest));
        return with_segments(base, &place.path);
    }
    let base = match place.root {
        Root::Context => "$states.context".to_owned(),
        Root::Bound(id) => locals::parameter(printing, id).unwrap_or_else(|| {
            printing.problem(problems::escaped_parameter());
            "null".to_owned()
        }),
        Root::Document(_) if printing.is_in_json_path() => "$states.input".to_owned(),
        Root::Document(_) => {
            printing.problem(
                Diagnostic::error(
                    Code::NotInJsonata,
                    "`document()` needs JSONPath: in JSONata, values live in variables",
                )
                .help(
                    "pass the values that are needed, or write `#[workflow(query_language = \"JSONPath\")]`",
                ),
            );
            "$states.input".to_owned()
        }
        Root::Value(id)
            if printing.is_in_document(id) && made_here(printing.graph, printing.at, id, what).is_none() =>
        {
            let path = printing.places.resolve(printing.graph, printing.at.0, place).unwrap_or_default();
            return with_segments("$states.input".to_owned(), &path);
        }
        Root::Value(id) => value_base(printing.graph, printing.places, printing.at, id, what),
    };
    with_segments(base, &place.path)
}

/// The expression of a value that the state itself makes, where it is at hand: on the way out.
fn made_here(graph: &Graph<'_>, (scope, node): (usize, usize), id: ValueId, what: Use) -> Option<String> {
    let state = &graph.scopes[scope].nodes[node];
    let is = |made: Option<ValueId>| made.map(|made| graph.canonical(made)) == Some(graph.canonical(id));
    match what {
        Use::Exit if is(state.result) && !matches!(state.kind, Kind::Pass(_)) => Some(result_base(graph, id)),
        Use::Catch(catch) if is(Some(state.catch[catch].catcher.error)) => {
            Some("$states.errorOutput".to_owned())
        }
        _ => None,
    }
}

/// The expression of a value as a state sees it.
fn value_base(
    graph: &Graph<'_>,
    places: &Places,
    (scope, node): (usize, usize),
    id: ValueId,
    what: Use,
) -> String {
    if let Some(made) = made_here(graph, (scope, node), id, what) {
        return made;
    }
    if graph.value(id).is_some_and(|value| value.role == Role::Item) {
        return "$states.context.Map.Item.Value".to_owned();
    }
    match places.variable(graph, scope, id) {
        Some(name) if !is_input_here(graph, places, (scope, node), id) => format!("${name}"),
        _ => input_base(places, scope, id),
    }
}

/// Where the input of a scope, or a value that a child execution is handed with it, is found in the first state.
pub(super) fn input_base(places: &Places, scope: usize, id: ValueId) -> String {
    with_segments("$states.input".to_owned(), &places.handed[scope].path(id))
}

/// Whether a value is the input of the scope, and this is its first state.
fn is_input_here(graph: &Graph<'_>, places: &Places, (scope, node): (usize, usize), id: ValueId) -> bool {
    let scope_graph = &graph.scopes[scope];
    (scope_graph.input == Some(id) || places.handed[scope].has(id))
        && scope_graph.entry == Some(node)
        && !places.input_passes.contains(&scope)
}

/// `$states.result`, or the part of it that holds the value.
pub(super) fn result_base(graph: &Graph<'_>, id: ValueId) -> String {
    match graph.envelope(id) {
        Some(field) => format!("$states.result.{field}"),
        None => "$states.result".to_owned(),
    }
}

pub(super) fn with_segments(mut base: String, path: &[Segment]) -> String {
    for segment in path {
        match segment {
            Segment::Field(name) if is_plain(name) => base = format!("{base}.{name}"),
            Segment::Field(name) if !name.contains('`') => base = format!("{base}.`{name}`"),
            Segment::Field(name) => base = format!("$lookup({base}, {})", quoted(name)),
            Segment::Index(index) => base = format!("{base}[{index}]"),
        }
    }
    base
}

/// Whether a field name needs no quotes: a letter, then letters, digits and `_`, and no word of the language.
fn is_plain(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !matches!(name, "and" | "or" | "in" | "true" | "false" | "null" | "function")
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use stepwright::plan::Segment;

    use super::{literal, literal_value, quoted, with_segments};

    #[test]
    fn texts_are_quoted_so_that_json_needs_no_escapes() {
        assert_eq!(quoted("say \"hi\""), r#"'say "hi"'"#);
        assert_eq!(quoted("it's \"ok\""), r#""it's \"ok\"""#);
        assert_eq!(quoted("a\\b\nc\u{1}"), r"'a\\b\nc\u0001'");
    }

    #[test]
    fn a_text_that_looks_like_an_expression_stays_a_text() {
        assert_eq!(literal_value(&json!("{% 1 %}")), json!("{% '{% 1 %}' %}"));
        assert_eq!(literal_value(&json!("100 %")), json!("100 %"));
    }

    #[test]
    fn nested_constructors_stay_nested() {
        assert_eq!(literal(&json!([[1, 2], { "a": "x" }])), "[[1, 2], {'a': 'x'}]");
    }

    #[test]
    fn field_names_that_are_no_names_are_quoted() {
        let path = ["a", "and", "b c", "d`e"].map(|name| Segment::Field(name.into()));
        assert_eq!(with_segments("$x".to_owned(), &path), "$lookup($x.a.`and`.`b c`, 'd`e')");
    }
}
