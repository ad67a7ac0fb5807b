//! What is reported.

use serde_json::json;

use super::{literal, shape_of};
use crate::check::data_flow::shape::Shape;

#[track_caller]
fn check(expression: &str, expected: &[&str]) {
    let input = literal(&json!({ "text": "a", "n": 1, "o": { "x": true }, "list": [1, 2], "texts": ["a"] }));
    let (shape, faults) = shape_of(expression, &input);
    let found: Vec<String> = faults
        .iter()
        .map(|fault| format!("{}{}", if fault.is_certain { "" } else { "perhaps: " }, fault.message))
        .collect();
    assert_eq!(found, expected);
    assert!(expected.is_empty() || expected[0].starts_with("perhaps") || shape.is_never());
}

#[test]
fn wrong_operands_are_found() {
    check("$states.input.text + 1", &["`+` takes numbers, but `$states.input.text` is the string \"a\""]);
    check("1 * null", &["`*` takes numbers, but `null` is null"]);
    check("-$states.input.o", &["`-` takes a number, but `$states.input.o` is an object"]);
    check("$states.input.o > 1", &["`>` takes numbers or strings, but `$states.input.o` is an object"]);
    check(
        "$states.input.text <= 1",
        &["`<=` takes values of one type, but `$states.input.text` is the string \"a\" and `1` is a number"],
    );
    check("[1..'a']", &["`..` takes whole numbers, but `'a'` is a string"]);
    check("{1: 2}", &["a name in an object is a string, not a number"]);
}

#[test]
fn wrong_arguments_are_found() {
    check("$sum('a')", &["`$sum` takes an array of numbers, but `'a'` is a string"]);
    check(
        "$sum($states.input.texts)",
        &["`$sum` takes an array of numbers, but `$states.input.texts` has others: the string \"a\""],
    );
    check("$length(1)", &["`$length` takes a string, but `1` is a number"]);
    check(
        "$uppercase($states.input.o)",
        &["`$uppercase` takes a string, but `$states.input.o` is an object"],
    );
    check("$map([1], 'a')", &["`$map` takes a function, but `'a'` is a string"]);
    check("$contains('a', 1)", &["`$contains` takes a string or a function, but `1` is a number"]);
    check(
        "$states.input.o ~> $number()",
        &["`$number` takes a boolean, a number or a string, but `$states.input.o` is an object"],
    );
    check("$parse($states.input.o)", &["`$parse` takes a string, but `$states.input.o` is an object"]);
}

#[test]
fn what_may_work_is_not_reported() {
    for expression in [
        "$states.input.missing + 1",
        "$states.input.missing > 1",
        "$sum($states.input.list)",
        "$sum(1)",
        "$string($states.input)",
        "$count('a')",
        "$uppercase()",
        "'a'.$length()",
        "$map([1], $string)",
        "$round(1, $none)",
        "$states.input.text = 1",
        "$unknown('a')",
        "($sum := function($x) { $x }; $sum('a'))",
        "($x := 'a'; ($x := 1); $x + 1)",
        "($f := function() { $t + 1 }; $t := 1; $f())",
    ] {
        check(expression, &[]);
    }
}

#[test]
fn what_may_not_be_evaluated_is_not_certain() {
    let fault = ["perhaps: `+` takes numbers, but `$t` is the string \"text\""];
    check("$states.input.n > 0 ? $t + 1 : 2", &fault);
    check("$states.input.n > 0 and $t + 1", &fault);
    check("$states.input.list[$t + 1 = 2]", &fault);
    check("$map($states.input.list, function($x) { $t + $x })", &fault);
    check("function() { $t + 1 }", &fault);
    check("true ? $t + 1", &["`+` takes numbers, but `$t` is the string \"text\""]);
    check("false ? $t + 1", &[]);
}

#[test]
fn one_mistake_is_reported_once() {
    check(
        "$uppercase(-($t + 1)).a[0] & $sum([$t + 1])",
        &["`+` takes numbers, but `$t` is the string \"text\""; 2],
    );
}

#[test]
fn deep_expressions_are_no_matter() {
    let terms = vec!["1"; 300].join(" + ");
    assert_eq!(shape_of(&terms, &Shape::UNKNOWN).1, []);
    let nested = format!("{}1{}", "(".repeat(300), ")".repeat(300));
    assert_eq!(shape_of(&nested, &Shape::UNKNOWN).0, Shape::UNKNOWN);
}
