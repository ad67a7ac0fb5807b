//! States are put before the others that run for too long, or whose data becomes too much: `SW0255`, `SW0809` to `SW0812`.

use serde_json::{Value, json};
use stepwright_codegen::diagnostic::Code;

use super::Operator;
use super::definition::Definition;
use super::mutant::Mutant;

pub(super) const OPERATORS: &[Operator] =
    &[Operator::new("a loop is run through too often", Code::FullHistory, |it| {
        let count = test(it, "$round < 20000", json!({ "Variable": "$round", "NumericLessThan": 20_000 }));
        vec![counted(it, &[(count, "Spare count")], "Spare test/Choices/0")]
    })];

pub(super) const ADVICE: &[Operator] = &[
    Operator::new("a loop may be run through too often", Code::LongLoop, |it| {
        let last = test(it, "$round >= 20000", json!({ "Variable": "$round", "NumericGreaterThanEquals": 20_000 }));
        let rules = [(is_named(it), ""), (last, "")];
        vec![counted(it, &rules, "Spare test/Choices/1")]
    })
    .advice(),
    Operator::new("a text grows in a loop", Code::GrowingData, |it| {
        let states = json!({
            "Spare begin": { "Type": "Pass", "Assign": { "note": "" }, "Next": "Spare note" },
            "Spare note": { "Type": "Pass", "Assign": noted(it), "Next": "Spare test" },
            "Spare test": choice(it, &[(is_named(it), "")], "Spare note"),
        });
        let field = if is_jsonata(it) { "note" } else { "note.$" };
        vec![first(&states, &format!("Spare note/Assign/{field}"))]
    })
    .advice(),
    Operator::new("branches hand on all that they are given", Code::CopiedInput, |it| {
        let branch = |name: &str| json!({ "StartAt": name, "States": { name: { "Type": "Succeed" } } });
        let branches = json!([branch("Spare one"), branch("Spare two")]);
        let parallel = json!({ "Type": "Parallel", "Branches": branches, "Next": it.json["StartAt"] });
        vec![first(&json!({ "Spare begin": parallel }), "Spare begin")]
    })
    .advice(),
    Operator::new("`States.ALL` is to catch a Path that finds nothing", Code::UncaughtRuntime, |it| {
        let task = |next: &Value, caught: Value| {
            json!({ "Type": "Task", "Resource": "${Work}", "TimeoutSeconds": 9, "Catch": [caught], "Next": next })
        };
        let mut ask = task(
            &json!("Spare use"),
            json!({ "ErrorEquals": ["Busy"], "ResultPath": "$.error", "Next": "Spare use" }),
        );
        ask["ResultPath"] = json!("$.answer");
        let mut take = task(&json!("Spare end"), json!({ "ErrorEquals": ["States.ALL"], "Next": "Spare end" }));
        take["Parameters"] = json!({ "id.$": "$.answer.id" });
        let branch = json!({ "StartAt": "Spare ask", "States": {
            "Spare ask": ask, "Spare use": take, "Spare end": { "Type": "Succeed" },
        } });
        let parallel = json!({
            "Type": "Parallel", "Branches": [branch], "Parameters": { "order": 17 }, "ResultPath": null,
            "Next": it.json["StartAt"]
        });
        let at = "Spare begin/Branches/0/States/Spare use/Catch/0";
        if is_jsonata(it) { Vec::new() } else { vec![first(&json!({ "Spare begin": parallel }), at)] }
    })
    .advice(),
];

fn is_jsonata(it: &Definition) -> bool {
    it.json["QueryLanguage"] == "JSONata"
}

/// A rule in the language of the machine.
fn test(it: &Definition, condition: &str, test: Value) -> Value {
    if is_jsonata(it) { json!({ "Condition": format!("{{% {condition} %}}") }) } else { test }
}

/// A rule that may be true.
fn is_named(it: &Definition) -> Value {
    let test_name = json!({ "Variable": "$$.Execution.Name", "StringEquals": "last" });
    test(it, "$states.context.Execution.Name = 'last'", test_name)
}

fn noted(it: &Definition) -> Value {
    if is_jsonata(it) {
        json!({ "note": "{% $note & 'again' %}" })
    } else {
        json!({ "note.$": "States.Format('{} again', $note)" })
    }
}

/// A Choice of rules with their targets, where an empty one stands for the first state of the machine.
fn choice(it: &Definition, rules: &[(Value, &str)], otherwise: &str) -> Value {
    let target = |name: &str| if name.is_empty() { it.json["StartAt"].clone() } else { json!(name) };
    let rules: Vec<Value> = rules
        .iter()
        .map(|(rule, next)| {
            let mut rule = rule.clone();
            rule["Next"] = target(next);
            rule
        })
        .collect();
    json!({ "Type": "Choice", "Choices": rules, "Default": target(otherwise) })
}

/// A loop that counts its rounds; the first of its rules or its default leads on.
fn counted(it: &Definition, rules: &[(Value, &str)], found_at: &str) -> Mutant {
    let step = if is_jsonata(it) {
        json!({ "round": "{% $round + 1 %}" })
    } else {
        json!({ "round.$": "States.MathAdd($round, 1)" })
    };
    let otherwise = if rules.iter().any(|(_, next)| next.is_empty()) { "Spare count" } else { "" };
    let states = json!({
        "Spare begin": { "Type": "Pass", "Assign": { "round": 0 }, "Next": "Spare count" },
        "Spare count": { "Type": "Pass", "Assign": step, "Next": "Spare test" },
        "Spare test": choice(it, rules, otherwise),
    });
    first(&states, found_at)
}

/// Puts states before all others, of which `Spare begin` is the first.
fn first(states: &Value, found_at: &str) -> Mutant {
    let states = states.as_object().into_iter().flatten();
    let mutant = Mutant::at(format!("/States/{found_at}")).set("/StartAt", json!("Spare begin"));
    states.fold(mutant, |mutant, (name, state)| mutant.set(format!("/States/{name}"), state.clone()))
}
