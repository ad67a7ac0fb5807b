//! The functions, one behaviour per test.

use serde_json::{Value, json};
use stepwright_codegen::asl::intrinsic::Function;

use super::call;
use crate::data::{Failure, Random, Variables, View};

fn run(text: &str, input: &Value) -> Result<Value, Failure> {
    let context = json!({ "Execution": { "Name": "run" } });
    let variables = Variables::from_iter([("v".to_owned(), json!([1]))]);
    call(text, &View::new(input, &context, &variables, &Random::new(1)))
}

#[track_caller]
fn check_call(text: &str, input: &Value, expect: &Value) {
    assert_eq!(run(text, input).map_err(|failure| failure.cause).as_ref(), Ok(expect), "{text}");
}

#[track_caller]
fn check_failure(text: &str, input: &Value, error: &str, reason: &str) {
    let failure = run(text, input).map_err(|failure| (failure.error, failure.cause));
    let cause = format!("The function '{text}' had the following error: {reason}");
    assert_eq!(failure, Err((error.to_owned(), cause)));
}

#[test]
fn there_are_eighteen_functions() {
    assert_eq!(Function::ALL.len(), 18);
    assert!(Function::ALL.iter().all(|function| Function::named(function.name()) == Some(*function)));
}

#[test]
fn format_fills_in() {
    let input = json!({ "v": { "a": 1, "b": [] }, "n": null, "t": "n={}" });
    check_call(
        r"States.Format('it\'s \{ok\}: {} {} {}', $.v, $.n, 'x{}')",
        &input,
        &json!("it's {ok}: {a=1, b=[]} null x{}"),
    );
    check_call("States.Format($.t, 1.5)", &input, &json!("n=1.5"));
    check_call("States.Format('{}', $$.Execution.Name)", &input, &json!("run"));
    assert!(run("States.Format('{}')", &input).is_err());
    assert!(run("States.Format('', 1)", &input).is_err());
}

#[test]
fn strings_and_json_convert() {
    let input = json!({ "o": { "b": 1, "a": ["x", null] }, "j": "{\"k\": [-0, 1.1]}", "blank": " " });
    check_call("States.JsonToString($.o)", &input, &json!(r#"{"b":1,"a":["x",null]}"#));
    check_call("States.StringToJson($.j)", &input, &json!({ "k": [0, 1.1] }));
    check_call("States.StringToJson($.blank)", &input, &Value::Null);
    check_call(r#"States.StringToJson('{"k": "v"}')"#, &input, &json!({ "k": "v" }));
    check_call(
        "States.StringSplit('This.is+a,test=string', '.+,=')",
        &input,
        &json!(["This", "is", "a", "test", "string"]),
    );
    check_call("States.StringSplit(',,', ',')", &input, &json!([]));
    check_call(
        "States.JsonMerge($.o, States.StringToJson($.j), false)",
        &input,
        &json!({ "b": 1, "a": ["x", null], "k": [0, 1.1] }),
    );
    assert!(run("States.JsonMerge($.o, $.o, true)", &input).is_err());
    assert!(run("States.StringToJson('{')", &input).is_err());
}

#[test]
fn arrays_are_worked_on() {
    let input = json!({ "a": [1, 2, 3], "mixed": [null, 1, 1.0, [1], [1], { "x": 1 }, { "x": 1 }, null] });
    check_call("States.ArrayPartition($.a, 1.5)", &input, &json!([[1, 2], [3]]));
    check_call("States.ArrayContains($.mixed, $v)", &input, &json!(true));
    check_call("States.ArrayContains($.a, '1')", &input, &json!(false));
    check_call("States.ArrayRange(0, 10, 3)", &input, &json!([0, 3, 6, 9]));
    check_call("States.ArrayRange(1, -1, -1)", &input, &json!([1, 0, -1]));
    check_call("States.ArrayGetItem($.a, 2)", &input, &json!(3));
    check_call("States.ArrayLength($.mixed[*].x)", &input, &json!(2));
    check_call("States.ArrayUnique($.mixed)", &input, &json!([null, 1, 1.0, [1], { "x": 1 }]));
    for text in [
        "States.ArrayPartition($.a, 0)",
        "States.ArrayRange(0, 1000, 1)",
        "States.ArrayRange(0, 1, 0)",
        "States.ArrayGetItem($.a, 3)",
        "States.ArrayGetItem($.a, -1)",
        "States.ArrayLength('x')",
        "States.ArrayLength($.a, $.a)",
    ] {
        assert_eq!(
            run(text, &input).map_err(|failure| failure.error),
            Err("States.IntrinsicFailure".to_owned()),
            "{text}"
        );
    }
}

#[test]
fn texts_are_encoded() {
    let input = Value::Null;
    check_call("States.Base64Encode('Data to encode')", &input, &json!("RGF0YSB0byBlbmNvZGU="));
    check_call("States.Base64Decode('RGF0YSB0byBlbmNvZGU')", &input, &json!("Data to encode"));
    check_call("States.Hash('input data', 'MD5')", &input, &json!("812f45842bc6d66ee14572ce20db8e86"));
    check_call(
        "States.Hash(States.Array(1), 'SHA-1')",
        &input,
        &json!("f629ae44b7b3dcfed444d363e626edf411ec69a8"),
    );
    assert!(run("States.Base64Decode('%')", &input).is_err());
    assert!(run("States.Hash('x', 'CRC')", &input).is_err());
    assert!(run("States.Base64Encode($)", &json!("x".repeat(10_001))).is_err());
}

#[test]
fn numbers_are_rounded_up_from_the_half() {
    for (text, expect) in [
        ("States.MathAdd(1.5, 0)", 2),
        ("States.MathAdd(-1.5, 0)", -1),
        ("States.MathAdd(-1.51, 0)", -2),
        ("States.MathAdd(-0.5, 0.5)", 1),
        ("States.MathAdd(2147483647, 1)", 2_147_483_648_i64),
    ] {
        check_call(text, &Value::Null, &json!(expect));
    }
    assert!(run("States.MathAdd(2147483648, 0)", &Value::Null).is_err());
}

#[test]
fn random_numbers_are_in_range_and_repeat_by_seed() {
    let number = |text: &str| run(text, &Value::Null).ok().and_then(|value| value.as_i64());
    assert!(
        (0..100).all(|_| number("States.MathRandom(-2, 1)").is_some_and(|number| (-2..1).contains(&number)))
    );
    assert_eq!(number("States.MathRandom(0, 999, 3)"), number("States.MathRandom(0, 999, 3)"));
    assert_eq!(number("States.MathRandom(1, 1)"), None);
}

#[test]
fn a_path_that_finds_nothing_is_named() {
    let input = json!({ "other": 1, "items": [1] });
    let missing = |path: &str| {
        format!(
            "The JsonPath argument for the field '{path}' could not be found in the input '{{\"other\":1,\"items\":[1]}}'"
        )
    };
    check_failure("States.Format('{}',$.nope)", &input, "States.Runtime", &missing("$.nope"));
    check_failure("States.Array(States.ArrayLength($.a.b))", &input, "States.Runtime", &missing("$.a.b"));
    check_failure("States.Format('{}', $.items[5])", &input, "States.Runtime", &missing("$.items[5]"));
    check_failure("States.Format('{}', $$.Nope)", &input, "States.Runtime", &missing("$.Nope"));
    let reason = "Filter: [0] can only be applied to arrays. Current context is: 1";
    check_failure("States.Format('{}', $.other[0])", &input, "States.Runtime", reason);
}
