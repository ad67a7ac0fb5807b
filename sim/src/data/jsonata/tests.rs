//! Expressions, one behaviour per test.

use serde_json::{Value, json};

use super::{Expected, evaluate, evaluate_as, resolve};
use crate::data::{Failure, Random, Variables, View, time};

fn with_view<T>(input: &Value, check: impl FnOnce(&View<'_>) -> T) -> T {
    let context = json!({ "State": { "Name": "S", "EnteredTime": "2024-01-01T00:00:00.500Z" } });
    let result = json!({ "ok": true });
    let variables = Variables::from_iter([("x".to_owned(), json!(5)), ("list".to_owned(), json!([1, 2, 3]))]);
    let random = Random::new(9);
    let view = View::new(input, &context, &variables, &random).with_result(&result);
    check(&view)
}

fn run(expression: &str, input: &Value) -> Result<Value, Failure> {
    with_view(input, |view| evaluate(&format!("{{% {expression} %}}"), view, "Output"))
}

#[track_caller]
fn check(expression: &str, expect: &Value) {
    let input = json!({
        "a": { "b": [{ "c": 1 }, { "c": 2 }] }, "one": [7], "none": [], "nil": null, "big": 9_007_199_254_740_993_i64,
    });
    assert_eq!(run(expression, &input).map_err(|failure| failure.cause).as_ref(), Ok(expect), "{expression}");
}

#[track_caller]
fn check_failure(expression: &str, problem: &str) {
    let failure =
        run(expression, &json!({})).map_err(|failure| (failure.error, failure.cause, failure.location));
    let cause = format!("The JSONata expression '{expression}' specified for the field 'Output' {problem}");
    let expect = ("States.QueryEvaluationError".to_owned(), cause, Some("Output".to_owned()));
    assert_eq!(failure, Err(expect), "{expression}");
}

#[test]
fn data_comes_through_states_and_variables() {
    check("$states.input.a.b.c", &json!([1, 2]));
    check("$states.input.a.b[1].c + $x", &json!(7));
    check("$states.context.State.Name & '!'", &json!("S!"));
    check("$states.result", &json!({ "ok": true }));
    check("$states.result.ok ? 'yes' : 'no'", &json!("yes"));
    check("$keys($states)", &json!(["input", "context", "result"]));
    check("$sum($list) + $x", &json!(11));
}

#[test]
fn references_are_the_same_with_and_without_the_engine() {
    for reference in
        ["$states.input.one", "$states.input.none", "$states.input.nil", "$states.input.a", "$list"]
    {
        let plain = run(reference, &json!({ "one": [7], "none": [], "nil": null, "a": { "b": [[1], []] } }));
        let engine = run(
            &format!("({reference})"),
            &json!({ "one": [7], "none": [], "nil": null, "a": { "b": [[1], []] } }),
        );
        assert_eq!(
            plain.map_err(|failure| failure.error),
            engine.map_err(|failure| failure.error),
            "{reference}"
        );
    }
    check("$states.input.big", &json!(9_007_199_254_740_993_i64));
}

#[test]
fn numbers_are_whole_where_they_can_be() {
    check("6 / 2", &json!(3));
    check("0.1 + 0.2", &json!(0.300_000_000_000_000_04));
    check("-0", &json!(0));
    check("1e18", &json!(1_000_000_000_000_000_000_i64));
    check("1e21", &json!(1e21));
}

#[test]
fn the_service_has_functions_of_its_own() {
    check("$partition([0, 1, 2], 2)", &json!([[0, 1], [2]]));
    check("$partition([0], 5.9)", &json!([[0]]));
    check("$range(0, 10, 3)", &json!([0, 3, 6, 9]));
    check("$range(2, 0, -1)", &json!([2, 1, 0]));
    check("$range(1, 9, 9)", &json!(1));
    check("$range(-1.7, 1, 1)", &json!([-1, 0, 1]));
    check("$hash('input data', 'MD5')", &json!("812f45842bc6d66ee14572ce20db8e86"));
    check("$parse('{\"a\": [1.1, -0]}')", &json!({ "a": [1.1, 0] }));
    check("$random(3) = $random(3)", &json!(true));
    check("$random() < 1 and $random() >= 0", &json!(true));
    check("$length($uuid())", &json!(36));
    check("$uuid() = $uuid()", &json!(false));
    check("$map([1, 2], function($n) { $range(0, $n, 1) })", &json!([[0, 1], [0, 1, 2]]));
    for nothing in [
        "$partition([1], 0)",
        "$partition([], 1)",
        "$range(0, 1)",
        "$range(0, 1, -1)",
        "$range(0, 1, 0)",
        "$hash('x')",
    ] {
        check_failure(nothing, "returned nothing (undefined).");
    }
}

#[test]
fn the_time_is_that_of_the_simulation() {
    check("$millis()", &json!(1_704_067_200_500_i64));
    check("$now()", &json!("2024-01-01T00:00:00.500Z"));
    check("$now('[Y0001]')", &json!("2024"));
    let now = time::parse("2030-01-01T00:00:00Z").expect("it is a time");
    let later = with_view(&Value::Null, |view| evaluate("{% $now() %}", &view.at(now), "Output"));
    assert_eq!(later, Ok(json!("2030-01-01T00:00:00.000Z")));
}

#[test]
fn failures_are_worded_as_on_the_service() {
    check_failure("$doesNotExist", "returned nothing (undefined).");
    check_failure("$states.input.missing", "returned nothing (undefined).");
    check_failure("$fn := function($x){$x}", "returned an unsupported result type.");
    let call = "threw an error during evaluation. T1006: Attempted to invoke a non-function";
    check_failure("$randomSeeded($states.input.x)", call);
    check_failure("$eval('1')", call);
    let thrown =
        run("1 + 'a'", &json!({})).map_err(|failure| failure.cause).expect_err("a string is no number");
    assert!(thrown.contains("threw an error during evaluation. T2002"), "{thrown}");
    let broken = run("1 +", &json!({})).map_err(|failure| failure.error);
    assert_eq!(broken, Err("States.QueryEvaluationError".to_owned()));
}

#[test]
fn types_are_checked_for_fields_that_want_one() {
    let typed =
        |text: &str, expected| with_view(&Value::Null, |view| evaluate_as(text, view, "Items", expected));
    assert_eq!(typed("{% [] %}", Expected::Array), Ok(json!([])));
    let cause = typed("{% {'foo': 'bar'} %}", Expected::Array).map_err(|failure| failure.cause);
    let expect = "The JSONata expression '{'foo': 'bar'}' specified for the field 'Items' returned an unexpected result \
                  type. Expected 'array', but was 'object' for value: {\"foo\":\"bar\"}";
    assert_eq!(cause, Err(expect.to_owned()));
}

#[test]
fn expressions_are_found_at_any_depth() {
    let template = json!({ "a": ["{% $x %}", " {% $x %} ", { "b.$": "$.x", "n": null }], "k": "$x" });
    let resolved = with_view(&Value::Null, |view| resolve(&template, view, "Output"));
    assert_eq!(resolved, Ok(json!({ "a": [5, " {% $x %} ", { "b.$": "$.x", "n": null }], "k": "$x" })));
    let template = json!({ "a": [1, { "b": "{% $nope %}" }] });
    let failure = with_view(&Value::Null, |view| resolve(&template, view, "Output"));
    assert_eq!(failure.map_err(|failure| failure.location), Err(Some("Output/a[1]/b".to_owned())));
}

#[test]
fn runaway_expressions_end() {
    let stack = "threw an error during evaluation. Stack overflow error: Check for non-terminating recursive function. \
                 Consider rewriting as tail-recursive. Depth=101 max=100";
    check_failure("($f := function($n) { 1 + $f($n + 1) }; $f(0))", stack);
    let memory = "threw an error during evaluation. Expression evaluation memory limit exceeded";
    check_failure("[1..900000]", memory);
    check_failure("$range(1, 1000000, 1)", memory);
    check_failure("$reduce([1..100000], function($inner, $_) { {'k': $inner} })", memory);
}

#[test]
fn a_panic_of_the_engine_ends_the_expression() {
    let problem = "threw an error during evaluation. The engine of the simulator cannot evaluate it";
    check_failure("$fromMillis(0, '[\u{e9}]')", problem);
    check("$fromMillis(0, '[Y]')", &json!("1970"));
}

#[test]
fn the_seed_decides_how_items_are_shuffled() {
    let shuffled = run("$shuffle([1..50])", &Value::Null);
    assert_eq!(shuffled, run("$shuffle([1..50])", &Value::Null));
    assert_ne!(shuffled, run("[1..50]", &Value::Null));
    check("$sort($shuffle([1..50])) = [1..50]", &json!(true));
    check("$shuffle(7)", &json!([7]));
    check_failure("$shuffle($states.input.x)", "returned nothing (undefined).");
}

#[test]
fn the_depth_is_counted_as_on_the_service() {
    check(&["1"; 100].join(" + "), &json!(100));
    check(&format!("{}1{}", "(".repeat(99), ")".repeat(99)), &json!(1));
    check(&format!("($now(); {}1{})", "(".repeat(98), ")".repeat(98)), &json!(1));
    check("($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(31))", &json!(31));
    check("($f := function($n) { $n = 0 ? 0 : $f($n - 1) }; $f(1000))", &json!(0));
    for expression in [["1"; 101].join(" + "), format!("{}1{}", "(".repeat(100), ")".repeat(100))] {
        let failure = run(&expression, &Value::Null).map_err(|failure| failure.cause);
        assert!(failure.is_err_and(|cause| cause.contains("Stack overflow")), "{expression}");
    }
}

#[test]
fn what_doubles_and_doubles_is_too_large() {
    let text = "long".repeat(500);
    let doubled = (1..=13).map(|number| format!("$v{number} := [$v{0}, $v{0}]; ", number - 1));
    let doubled = doubled.collect::<Vec<_>>().concat();
    let problem = "threw an error during evaluation. Expression evaluation memory limit exceeded";
    check_failure(&format!("($v0 := '{text}'; {doubled} $v13)"), problem);
}
