//! Each function with arguments of each kind.

use serde_json::json;

use super::engine::{contains, run};
use super::{literal, shape_of};
use crate::check::texts::functions;

const ARGUMENTS: [&str; 11] = [
    "$none",
    "null",
    "true",
    "2",
    "'a'",
    "[1, 2]",
    "['a']",
    "[[1]]",
    "{'a': 1}",
    "[{'a': 1}]",
    "function($x) { $x }",
];

/// Those that Step Functions adds or changes.
const OTHERS: [&str; 7] = ["partition", "range", "hash", "random", "uuid", "parse", "now"];

/// Calls with up to three arguments.
fn calls(name: &str) -> Vec<String> {
    let ones = ARGUMENTS.map(|one| format!("${name}({one})"));
    let twos = ARGUMENTS.iter().flat_map(|one| ARGUMENTS.map(|two| format!("${name}({one}, {two})")));
    let threes = ["2", "'a'", "$none"].iter().flat_map(|three| {
        ["'a'", "2", "[1, 2]"]
            .iter()
            .flat_map(move |one| ["'a'", "2", "/a/"].map(|two| format!("${name}({one}, {two}, {three})")))
    });
    ones.into_iter().chain(twos).chain(threes.collect::<Vec<_>>()).chain([format!("${name}()")]).collect()
}

#[test]
fn functions_give_what_the_table_says() {
    let input = json!({});
    let mut wrong = Vec::new();
    for call in functions().filter(|name| !OTHERS.contains(name)).flat_map(calls) {
        let (shape, faults) = shape_of(&call, &literal(&input));
        match run(&call, &input) {
            Ok(value) if !faults.is_empty() => {
                wrong.push(format!("{call} gives {value}: {}", faults[0].message));
            }
            Ok(value) if !contains(&shape, &value) => wrong.push(format!("{call} gives {value}: {shape:?}")),
            // Of what is nothing or a function, little is said.
            Err(error)
                if faults.is_empty()
                    && error.contains(" must be ")
                    && error.starts_with("Type error")
                    && !["$none", "function", "/a/"].iter().any(|argument| call.contains(argument)) =>
            {
                wrong.push(format!("{call} fails with {error}"));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn functions_make_nothing_of_nothing() {
    let is_absent = |call: &str| shape_of(call, &literal(&json!({}))).0.is_absent();
    for call in [
        "$length($none)",
        "$sum($none)",
        "$round($none, 1)",
        "$substringAfter($none, 'a')",
        "$none ~> $trim()",
    ] {
        assert!(is_absent(call), "{call}");
    }
    for call in ["$count($none)", "$string($states.input.a ? $none : 1)", "$zip($none)", "$length()"] {
        assert!(!is_absent(call), "{call}");
    }
}

#[test]
fn so_many_arguments_are_taken() {
    const VALID: [(&str, &[&str]); 8] = [
        ("substring", &["'abc'", "1", "1"]),
        ("replace", &["'a'", "'a'", "'b'", "1"]),
        ("uppercase", &["'a'"]),
        ("append", &["[1]", "[2]"]),
        ("reduce", &["[1]", "function($a, $b) { 1 }", "1"]),
        ("sum", &["[1]"]),
        ("millis", &[]),
        ("zip", &["[1]", "[2]", "[3]"]),
    ];
    for (name, arguments) in VALID {
        for count in 0..=arguments.len() + 1 {
            let arguments: Vec<&str> = arguments.iter().copied().chain(["[1]"]).take(count).collect();
            let call = format!("${name}({})", arguments.join(", "));
            let found = shape_of(&call, &literal(&json!({}))).1;
            let is_reported = found.iter().any(|fault| fault.is_certain);
            let fails = run(&call, &json!({})).is_err_and(|error| error.contains("T0410"));
            assert_eq!(is_reported, fails, "{call}: {found:?}");
        }
    }
}
