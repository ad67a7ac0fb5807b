//! Where paths get lost, and what conditions say.

use serde_json::{Value, json};

use super::engine::run;
use super::picks::Picks;
use super::random::object;
use super::{Surroundings, literal};
use crate::check::data_flow::expression::{LostStep, lost, narrow};
use crate::check::data_flow::shape::{Kinds, Shape};

#[track_caller]
fn check_lost(expression: &str, expected: Option<(&str, &str)>) {
    let input = literal(&json!({ "order": { "id": 1 }, "items": [{ "price": 1 }, { "price": 2 }] }));
    let variable = |name: &str| if name == "o" { literal(&json!({ "id": 1 })) } else { Shape::NEVER };
    let surroundings =
        Surroundings { states: Shape::object([("input", input)]), variable: &variable, binds: true };
    let syntax = jsonata_core::parser::parse(expression).expect("the expression can be parsed");
    let found = lost(&syntax, &surroundings);
    let found = found.as_ref().map(|lost| match &lost.step {
        LostStep::Name(name) => (name.clone(), &*lost.path),
        LostStep::Element(index) => (format!("[{index}]"), &*lost.path),
    });
    let expected = expected.map(|(name, path)| (name.to_owned(), path));
    assert_eq!(found, expected);
}

#[test]
fn a_path_gets_lost() {
    check_lost("$states.input.order.total", Some(("total", "$states.input.order")));
    check_lost("$states.input.ordr.total", Some(("ordr", "$states.input")));
    check_lost("($states.input.order.id.x)", Some(("x", "$states.input.order.id")));
    check_lost("$states.input.items.cost", Some(("cost", "$states.input.items")));
    check_lost("$states.input.items[0].cost", Some(("cost", "$states.input.items[0]")));
    check_lost("$states.input.items[2].price", Some(("[2]", "$states.input.items")));
    check_lost("$states.result", Some(("result", "$states")));
    check_lost("$o.total", Some(("total", "$o")));
    check_lost("$states.input.order.id", None);
    check_lost("$states.input.items[id = 1].cost", None);
    check_lost("$other.total", None);
    check_lost("$states.input.order.total + 1", Some(("total", "$states.input.order")));
    check_lost("$round($states.input.order.id / $o.total)", Some(("total", "$o")));
    check_lost("$states.input.order.total = 1", None);
}

fn narrowed(condition: &str, is_true: bool, input: &Shape) -> Shape {
    let syntax = jsonata_core::parser::parse(condition).expect("the condition can be parsed");
    narrow(&syntax, is_true, input)
}

#[test]
fn conditions_say_something() {
    let input = Shape::object([
        ("a", Shape::TEXT.optional()),
        ("mode", Shape::text("x").join(&Shape::text("y"))),
        ("b", Shape::object([("c", Shape::NUMBER.optional())]).optional()),
    ]);
    let check = |condition: &str, is_true: bool, name: &str, expected: Shape| {
        assert_eq!(narrowed(condition, is_true, &input).member(name), expected, "{condition}");
    };
    check("$exists($states.input.a)", true, "a", Shape::TEXT);
    check("$exists($states.input.a)", false, "a", Shape::ABSENT);
    check("$not($exists($states.input.a))", true, "a", Shape::ABSENT);
    check("$not($exists($states.input.a))", false, "a", Shape::TEXT);
    check("$states.input.mode = 'x'", true, "mode", Shape::text("x"));
    check("$states.input.mode = 'x'", false, "mode", Shape::text("y"));
    check("'x' != $states.input.mode", true, "mode", Shape::text("y"));
    check("$states.input.a > 'm'", true, "a", Shape::TEXT);
    check("$states.input.a", true, "a", Shape::TEXT);
    check("$exists($states.input.a) and $states.input.mode = 'x'", true, "mode", Shape::text("x"));
    check("$exists($states.input.a) or $exists($states.input.b)", false, "a", Shape::ABSENT);
    let below = narrowed("$exists($states.input.b.c)", true, &input).member("b");
    assert_eq!((below.kinds, below.member("c")), (Kinds::OBJECT, Shape::NUMBER));
    assert!(narrowed("$states.input.mode = 'z'", true, &input).is_never());
}

/// A random condition.
fn condition(picks: &mut Picks, depth: usize) -> String {
    let path = picks.one(&["$states.input.a", "$states.input.b.c", "$states.input.c", "$states.input.d.a.b"]);
    if depth == 0 {
        let constant = picks.one(&["'x'", "''", "1", "0", "true", "false", "null"]);
        let operator = picks.one(&["=", "!=", "<", ">="]);
        return match picks.below(4) {
            0 => format!("$exists({path})"),
            1 => path.to_owned(),
            2 => format!("{constant} {operator} {path}"),
            _ => format!("{path} {operator} {constant}"),
        };
    }
    let (one, two) = (condition(picks, depth - 1), condition(picks, depth - 1));
    match picks.below(5) {
        0 => format!("$not({one})"),
        1 => format!("$boolean({one})"),
        2 => format!("({one} and {two})"),
        3 => format!("({one} or {two})"),
        _ => format!("({one})"),
    }
}

#[test]
fn what_a_condition_lets_through_is_in_the_shape() {
    for case in 0..6_000 {
        let mut picks = Picks(case);
        let depth = picks.below(3);
        let condition = condition(&mut picks, depth);
        let inputs: Vec<Value> = (0..2).map(|_| object(&mut picks, 3)).collect();
        let joined = inputs.iter().fold(Shape::NEVER, |all, input| all.join(&literal(input)));
        for input in &inputs {
            let Ok(value) = run(&format!("$boolean({condition})"), input) else { continue };
            let is_true = matches!(value, jsonata_core::value::JValue::Bool(true));
            let input_value = run("$states.input", input).expect("it is there");
            for known in [&literal(input), &joined] {
                let shape = narrowed(&condition, is_true, known);
                assert!(
                    super::engine::contains(&shape, &input_value),
                    "case {case}: {condition} is {is_true} for {input}, not in {shape:?}"
                );
            }
        }
    }
}
