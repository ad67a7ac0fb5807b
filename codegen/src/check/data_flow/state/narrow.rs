//! What a test in JSONPath says of the input when it is true, and when it is false. Spec: "Choice State".

use std::cmp::Ordering;

use crate::asl::path::{Root, Step};
use crate::asl::{Comparison, Test};
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::path;
use crate::check::data_flow::place::At;
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::check::data_flow::view::{View, reference};
use crate::check::texts::Syntax;
use crate::diagnostic::Code;

/// The input where a test is true, and where it is false; the empty set if that cannot be.
pub(super) struct Narrowed {
    pub(super) yes: Shape,
    pub(super) no: Shape,
}

impl Narrowed {
    fn never() -> Self {
        Self { yes: Shape::NEVER, no: Shape::NEVER }
    }

    fn open(input: &Shape) -> Self {
        Self { yes: input.clone(), no: input.clone() }
    }
}

// Tests nest as deep as JSON does, below 128.
pub(super) fn test(view: &View<'_, '_, '_>, test: &Test, input: &Shape, at: &At<'_>) -> Narrowed {
    match test {
        // Reported by its own rule.
        Test::And(tests) | Test::Or(tests) if tests.is_empty() => Narrowed::open(input),
        Test::Not(inner) => {
            let Narrowed { yes, no } = self::test(view, &inner.test, input, &at.member("Not"));
            Narrowed { yes: no, no: yes }
        }
        Test::And(tests) => {
            let (mut yes, mut no) = (input.clone(), Shape::NEVER);
            let list = at.member("And");
            for (position, inner) in tests.iter().enumerate() {
                let before = view.count();
                let narrowed = self::test(view, &inner.test, &yes, &list.element(position));
                if position > 0 {
                    view.unsure(before);
                }
                no = no.join(&narrowed.no);
                yes = narrowed.yes;
                if yes.is_never() {
                    break;
                }
            }
            Narrowed { yes, no }
        }
        Test::Or(tests) => {
            let (mut yes, mut no) = (Shape::NEVER, input.clone());
            let list = at.member("Or");
            for (position, inner) in tests.iter().enumerate() {
                let before = view.count();
                let narrowed = self::test(view, &inner.test, &no, &list.element(position));
                if position > 0 {
                    view.unsure(before);
                }
                yes = yes.join(&narrowed.yes);
                no = narrowed.no;
                if no.is_never() {
                    break;
                }
            }
            Narrowed { yes, no }
        }
        Test::Data { variable, comparison } => data_test(view, variable, comparison, input, at),
    }
}

fn data_test(
    view: &View<'_, '_, '_>,
    variable: &str,
    comparison: &Comparison,
    input: &Shape,
    at: &At<'_>,
) -> Narrowed {
    let Some(Syntax::Path(path)) = view.flow.syntax(variable) else { return Narrowed::open(input) };
    let has_input_path = view.entry.state.input_path.is_some();
    let effective = if has_input_path { view.effective_input_silently() } else { input.clone() };
    if effective.is_never() {
        return Narrowed::never();
    }
    // What is not below the input is tested, but not noted.
    let steps = reference(path).filter(|_| !has_input_path);
    if let Comparison::IsPresent(present) = comparison {
        let found = path::walk(path, &view.root(&path.root, &effective));
        if *present && let Some(fault) = path::misspelt(path, &found) {
            view.fault(&at.member("Variable"), fault);
        }
        let found = found.shape;
        let (there, missing) = match steps {
            Some(steps) => (refined(input, steps, &|value| value.present()), refined_absent(input, steps)),
            // Some way here may not have assigned it.
            None if matches!(path.root, Root::Variable(_)) => (input.clone(), input.clone()),
            None => {
                let when = |holds: bool| if holds { input.clone() } else { Shape::NEVER };
                let is_definite = path.is_definite();
                (when(!is_definite || !found.is_absent()), when(!is_definite || found.may_be_absent()))
            }
        };
        return if *present {
            Narrowed { yes: there, no: missing }
        } else {
            Narrowed { yes: missing, no: there }
        };
    }
    let value = view.found(variable, path, &effective, &at.member("Variable"));
    if let Some(other) = comparison.path() {
        let other = view.path(other, &effective, &at.member(comparison.name()));
        if other.is_never() {
            return Narrowed::never();
        }
    }
    if value.is_never() {
        return Narrowed::never();
    }
    let found = narrowed_value(&value, comparison);
    if found.yes.is_never() && !value.kinds.has(takes(comparison)) {
        let message = format!("`{}` is never true: `{variable}` is {}", comparison.name(), value.title());
        let mut fault = Fault::new(Code::NeverTrue, message).origin(value.origin);
        fault.is_certain = false;
        view.fault(&at.member(comparison.name()), fault);
    }
    match steps {
        Some(steps) => Narrowed {
            yes: refined(input, steps, &|value| narrowed_value(&value.present(), comparison).yes),
            no: refined(input, steps, &|value| narrowed_value(&value.present(), comparison).no),
        },
        None => {
            let when = |value: &Shape| if value.is_never() { Shape::NEVER } else { input.clone() };
            Narrowed { yes: when(&found.yes), no: when(&found.no) }
        }
    }
}

/// The kinds that an operator tells apart.
fn takes(comparison: &Comparison) -> Kinds {
    let name = comparison.name();
    if name.starts_with("Is") {
        Kinds::PRESENT
    } else if name.starts_with("Numeric") {
        Kinds::NUMBER
    } else if name.starts_with("Boolean") {
        Kinds::BOOLEAN
    } else {
        Kinds::TEXT
    }
}

/// A value that is there, where the operator says yes, and where it says no.
fn narrowed_value(value: &Shape, comparison: &Comparison) -> Narrowed {
    let split = |kinds: Kinds| Narrowed { yes: value.only(kinds), no: value.without(kinds) };
    let by = |holds: bool, narrowed: Narrowed| {
        if holds { narrowed } else { Narrowed { yes: narrowed.no, no: narrowed.yes } }
    };
    match comparison {
        Comparison::IsNull(holds) => by(*holds, split(Kinds::NULL)),
        Comparison::IsNumeric(holds) => by(*holds, split(Kinds::NUMBER)),
        Comparison::IsString(holds) => by(*holds, split(Kinds::TEXT)),
        Comparison::IsBoolean(holds) => by(*holds, split(Kinds::BOOLEAN)),
        Comparison::IsTimestamp(holds) => {
            by(*holds, Narrowed { yes: value.only(Kinds::TEXT), no: value.clone() })
        }
        Comparison::BooleanEquals(true) => split(Kinds::TRUE),
        Comparison::BooleanEquals(false) => split(Kinds::FALSE),
        Comparison::StringEquals(text) => {
            let yes = value.only(Kinds::TEXT).with_texts(|known| known == text);
            let yes = if yes.is_never() { yes } else { Shape::text(text).with_origin(value.origin) };
            Narrowed { yes, no: value.with_texts(|known| known != text) }
        }
        Comparison::NumericEquals(number) => {
            let number = number.as_f64().unwrap_or(f64::NAN);
            // Equal as the service compares numbers, not nearly so.
            let equal = |known: f64| known.partial_cmp(&number) == Some(Ordering::Equal);
            let yes = if value.may_be_number(equal) { Shape::number(number) } else { Shape::NEVER };
            let is_it = value.known_number().is_some_and(equal);
            Narrowed { yes, no: if is_it { Shape::NEVER } else { value.clone() } }
        }
        other => Narrowed { yes: value.only(takes(other)), no: value.clone() },
    }
}

/// The input with the value at a Reference Path refined; what lacks it, and what is no object on the way, vanishes. An
/// array of which an element is refined is left as it is, unless it vanishes.
fn refined(input: &Shape, steps: &[Step], refine: &dyn Fn(&Shape) -> Shape) -> Shape {
    match steps.split_first() {
        None => refine(input),
        Some((Step::Names(names), rest)) => {
            let objects = input.only(Kinds::OBJECT);
            if objects.is_never() {
                return Shape::NEVER;
            }
            let member = refined(&objects.member(&names[0]), rest, refine);
            if member.is_never() { Shape::NEVER } else { objects.with_member(&names[0], member) }
        }
        Some((step, rest)) => {
            let arrays = input.only(Kinds::ARRAY);
            let element = element(&arrays, step);
            if arrays.is_never() || refined(&element, rest, refine).is_never() {
                Shape::NEVER
            } else {
                arrays
            }
        }
    }
}

/// What an index of a Reference Path leads to.
fn element(arrays: &Shape, step: &Step) -> Shape {
    match step {
        Step::Indices(indices) if indices.len() == 1 => arrays.element(indices[0]),
        _ => Shape::UNKNOWN,
    }
}

/// The input where nothing is at a Reference Path.
fn refined_absent(input: &Shape, steps: &[Step]) -> Shape {
    match steps.split_first() {
        None => input.only(Kinds::ABSENT),
        Some((Step::Names(names), rest)) => {
            let others = input.without(Kinds::OBJECT);
            let objects = input.only(Kinds::OBJECT);
            if objects.is_never() {
                return others;
            }
            let member = refined_absent(&objects.member(&names[0]), rest);
            if member.is_never() { others } else { others.join(&objects.with_member(&names[0], member)) }
        }
        Some((step, rest)) => {
            let arrays = input.only(Kinds::ARRAY);
            let is_there = !arrays.is_never() && refined_absent(&element(&arrays, step), rest).is_never();
            if is_there { input.without(Kinds::ARRAY) } else { input.clone() }
        }
    }
}
