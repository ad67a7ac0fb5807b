//! What Intrinsic Functions give. Developer guide: "Intrinsic functions".

use serde_json::Value;

use crate::asl::intrinsic::{Argument, Call, Function, Kind};
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::place::At;
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::check::data_flow::view::View;
use crate::check::texts;
use crate::diagnostic::Code;

/// The Paths among the arguments that are still to come.
type Paths<'p> = std::slice::Iter<'p, texts::Argument>;

/// The result of a call; the empty set where it fails.
// Calls nest ten deep, which has a rule of its own; the grammar allows for not many more.
pub(crate) fn call(
    view: &View<'_, '_, '_>,
    call: &Call,
    paths: &mut Paths<'_>,
    input: &Shape,
    at: &At<'_>,
) -> Shape {
    let arguments: Vec<Shape> =
        call.arguments.iter().map(|argument| value(view, argument, paths, input, at)).collect();
    if !call.function.count().contains(&arguments.len()) {
        return Shape::PRESENT; // Is reported by its own rule.
    }
    let mut fails = arguments.iter().any(Shape::is_never);
    // Their number has a rule of its own.
    if !call.function.count().contains(&arguments.len()) {
        return Shape::NEVER;
    }
    for (position, (argument, written)) in arguments.iter().zip(&call.arguments).enumerate() {
        let takes = kinds(call.function.argument(position));
        // What stands in the call itself is another rule's. What the service makes of `null` is not known.
        if matches!(written, Argument::Path(_)) && argument.is_none_of(takes.or(Kinds::NULL)) {
            let Argument::Path(path) = written else { continue };
            let message = format!(
                "`{}` takes {} as argument {}, but `{path}` is {}",
                call.function.name(),
                call.function.argument(position).title(),
                position + 1,
                argument.title()
            );
            view.fault(at, Fault::new(Code::WrongArgument, message).origin(argument.origin));
            fails = true;
        }
    }
    if fails { Shape::NEVER } else { result(call, &arguments).or_from(view.made_at(at)) }
}

fn value(
    view: &View<'_, '_, '_>,
    argument: &Argument,
    paths: &mut Paths<'_>,
    input: &Shape,
    at: &At<'_>,
) -> Shape {
    match argument {
        Argument::Text(text) if text.contains(['\\', '{']) => Shape::TEXT,
        Argument::Text(text) => Shape::text(text),
        Argument::Literal(value) => Shape::literal(value),
        Argument::Call(inner) => call(view, inner, paths, input, at),
        Argument::Path(text) => match paths.next() {
            Some(Ok(path)) => view.found(text, path, input, at),
            Some(Err(_)) | None => Shape::PRESENT,
        },
    }
}

fn kinds(kind: Kind) -> Kinds {
    match kind {
        Kind::Any => Kinds::PRESENT,
        Kind::Text => Kinds::TEXT,
        Kind::Number => Kinds::NUMBER,
        Kind::Boolean => Kinds::BOOLEAN,
        Kind::Array => Kinds::ARRAY,
        Kind::Object => Kinds::OBJECT,
    }
}

fn result(call: &Call, arguments: &[Shape]) -> Shape {
    match (call.function, arguments) {
        (Function::Array, elements) => Shape::tuple(elements.to_vec()),
        (Function::ArrayGetItem, [array, index]) => match index.known_number() {
            // An index beyond the end fails, and an array of known length tells.
            #[allow(clippy::cast_possible_truncation, reason = "indices are small whole numbers")]
            Some(index) if index >= 0.0 => array.element(index as i64).present(),
            _ => array.elements(),
        },
        (Function::ArrayUnique, [array]) => Shape::list(array.elements()),
        (Function::ArrayPartition, [array, _]) => Shape::list(Shape::list(array.elements())),
        (Function::ArrayRange, _) => Shape::list(Shape::NUMBER),
        (Function::StringSplit, _) => Shape::list(Shape::TEXT),
        (Function::StringToJson, [text]) => match text.known_texts() {
            Some([text]) => {
                serde_json::from_str(text).map_or(Shape::PRESENT, |value: Value| Shape::literal(&value))
            }
            _ => Shape::PRESENT,
        },
        (Function::JsonMerge, [left, right, _]) => merged(left, right),
        (function, _) => Shape::of(kinds(function.result())),
    }
}

/// The members of both, of the second if both have them.
fn merged(left: &Shape, right: &Shape) -> Shape {
    match (left.known_members(), right.known_members()) {
        (Some((mut members, rest)), Some((more, None))) => {
            let mut joined = Vec::with_capacity(more.len());
            for (name, shape) in more {
                let before = left.member(&name);
                let shape = if shape.may_be_absent() { shape.present().join(&before) } else { shape };
                joined.push((name, shape));
            }
            members.extend(joined);
            Shape::object_with(members, rest)
        }
        _ => Shape::OBJECT,
    }
}
