//! What each construct gives.

use serde_json::json;

use super::{literal, shape_of};
use crate::check::data_flow::shape::{Kinds, Shape};

fn input() -> Shape {
    let item = Shape::object([("price", Shape::NUMBER), ("tag", Shape::TEXT.optional())]);
    Shape::object([
        ("order", Shape::object([("id", Shape::TEXT), ("total", Shape::NUMBER)])),
        ("items", Shape::list(item)),
        ("pair", literal(&json!([1, "a"]))),
        ("note", Shape::TEXT.optional()),
        ("mode", Shape::text("fast").join(&Shape::text("slow"))),
        ("any", Shape::UNKNOWN),
        ("open", Shape::OBJECT),
    ])
}

#[track_caller]
fn check(expression: &str, expected: &Shape) {
    let (shape, faults) = shape_of(expression, &input());
    assert_eq!(faults, []);
    assert_eq!(&shape, expected);
}

fn values(of: &Shape) -> Shape {
    of.join(&Shape::list(of.clone())).optional()
}

#[test]
fn paths() {
    check("$states.input.order.id", &Shape::TEXT);
    check("$states.input.order.none", &Shape::ABSENT);
    check("$states.input.order.id.none", &Shape::ABSENT);
    check("$states.input.note", &Shape::TEXT.optional());
    check("$states.input.any.a.b", &Shape::UNKNOWN);
    check("$states.input.items.price", &values(&Shape::NUMBER));
    check("$states.input.items.price[]", &Shape::list(Shape::NUMBER).optional());
    check("[$states.input.items.price]", &Shape::list(Shape::NUMBER));
    check("$states.input.items", &input().member("items"));
    check("$states.input.items.(price * 2)", &values(&Shape::NUMBER));
    check("$states.input.order.(total * 2)", &Shape::NUMBER);
    check("$states.input.order.{'a': id}", &Shape::object([("a", Shape::TEXT)]));
    check("$states.input.order.$", &input().member("order"));
}

#[test]
fn predicates() {
    check("$states.input.pair[0]", &Shape::number(1.0));
    check("$states.input.pair[-1]", &Shape::text("a"));
    check("$states.input.pair[7]", &Shape::ABSENT);
    check("$states.input.order[0].id", &Shape::TEXT);
    check("$states.input.items[0].price", &Shape::NUMBER.optional());
    check("$states.input.items[price > 1].price", &values(&Shape::NUMBER));
    check("$states.input.order[false]", &Shape::ABSENT);
}

#[test]
fn constructors() {
    check("[1, $states.input.none, 'a']", &literal(&json!([1, "a"])));
    check("[$states.input.pair, [2]]", &literal(&json!([1, "a", [2]])));
    check("[$states.input.note]", &Shape::list(Shape::TEXT));
    check(
        "{'a': 1, 'b': $states.input.none}",
        &Shape::object([("a", Shape::number(1.0)), ("b", Shape::ABSENT)]),
    );
    check("{$states.input.order.id: 1}", &Shape::object_with::<&str>([], Some(Shape::number(1.0))));
    check("$states.input.items{tag: price}", &Shape::OBJECT.optional());
}

#[test]
fn operators() {
    check("1 + 2 * 3", &Shape::number(7.0));
    check("$states.input.order.total + 1", &Shape::NUMBER);
    check("$states.input.none + 1", &Shape::ABSENT);
    check("'a' & true & null & $states.input.none", &Shape::text("atruenull"));
    check("$states.input.mode & '!'", &Shape::text("fast!").join(&Shape::text("slow!")));
    check("$states.input.order.total > 1", &Shape::BOOLEAN);
    check("$states.input.none > 1", &Shape::ABSENT);
    check("$states.input.mode = 'other'", &Shape::boolean(false));
    check("$states.input.mode = 'fast'", &Shape::BOOLEAN);
    check("$states.input.mode = 1", &Shape::boolean(false));
    check("$states.input.mode != 1", &Shape::boolean(true));
    check("$states.input.none != 1", &Shape::boolean(false));
    check("$states.input.mode and true", &Shape::boolean(true));
    check("$states.input.none or false", &Shape::boolean(false));
    check("true ? 1 : 'a'", &Shape::number(1.0));
    check("$states.input.note ? 1 : 'a'", &Shape::number(1.0).join(&Shape::text("a")));
    check("$states.input.none ? 1", &Shape::ABSENT);
}

#[test]
fn a_text_that_is_put_together_has_an_end() {
    let doubled = (1..=60).map(|number| format!("$v{number} := $v{0} & $v{0}; ", number - 1));
    let doubled = doubled.collect::<Vec<_>>().concat();
    check(&format!("($v0 := 'text'; {doubled} $v60)"), &Shape::TEXT);
}

#[test]
fn blocks_and_functions() {
    check("($x := $states.input.order; $x.id)", &Shape::TEXT);
    check("($x := 1; ($x := 'a'; 2); $x)", &Shape::UNKNOWN);
    check("function($x) { $x }", &Shape::UNKNOWN);
    check("$map($states.input.items, function($x) { $x.price })", &values(&Shape::NUMBER));
    check("[$map($states.input.items, function($x, $i) { $i })]", &Shape::list(Shape::NUMBER));
    check("$filter($states.input.pair, function($x) { false })", &Shape::ABSENT);
    check("$string($states.input.items)", &Shape::TEXT);
    check("$states.input.order.id ~> $uppercase()", &Shape::TEXT);
    check("$count($states.input.items)", &Shape::NUMBER);
    check("$exists($states.input.order)", &Shape::boolean(true));
    check("$exists($states.input.note)", &Shape::BOOLEAN);
    check("$sum($states.input.items.price)", &Shape::NUMBER.optional());
    check(
        "$partition($states.input.pair, 1)[0]",
        &shape_of("$partition($states.input.pair, 1)[0]", &input()).0,
    );
    check("$states.input.note ? $error('no') : 1", &Shape::number(1.0));
}

#[test]
fn objects_are_merged() {
    let merged = |expression: &str| shape_of(expression, &input()).0;
    let shape = merged("$merge([$states.input.order, {'id': 1, 'more': $states.input.note}])");
    assert_eq!(shape.member("id"), Shape::number(1.0));
    assert_eq!((shape.member("total"), shape.member("more")), (Shape::NUMBER, Shape::TEXT.optional()));
    assert!(shape.member("none").is_absent());
    let shape = merged("$merge([$states.input.open, {'id': 1}])");
    assert_eq!((shape.kinds, shape.member("id")), (Kinds::OBJECT, Shape::number(1.0)));
    assert_eq!(shape.member("none"), Shape::UNKNOWN);
}
