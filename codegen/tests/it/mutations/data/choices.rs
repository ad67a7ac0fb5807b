//! Choice Rules that are never true.

use serde_json::{Value, json};
use stepwright_codegen::diagnostic::Code;

use super::known;
use crate::mutations::Operator;
use crate::mutations::definition::{Definition, State};
use crate::mutations::mutant::Mutant;

pub(in crate::mutations) const OPERATORS: &[Operator] = &[
    Operator::new("a text is compared with a number", Code::NeverTrue, |it| {
        with_rules(it, "StringEquals", "NumericEquals", &json!(1))
    })
    .at_least(4),
    Operator::new("a text is compared with `true`", Code::NeverTrue, |it| {
        with_rules(it, "StringEquals", "BooleanEquals", &json!(true))
    })
    .at_least(4),
    Operator::new("a number is compared with a text", Code::NeverTrue, |it| {
        with_rules(it, "NumericEquals", "StringEquals", &json!("0"))
    })
    .at_least(1),
    Operator::new("the number of retries is compared with a text", Code::NeverTrue, |it| {
        let rules = choices(it).into_iter().map(|state| {
            let test = json!({ "Variable": "$$.State.RetryCount", "StringEquals": "0", "Next": state.json["Choices"][0]["Next"] });
            let at = state.at("Choices/0");
            Mutant::at(format!("{at}/StringEquals")).set(at, test)
        });
        rules.collect()
    }),
    Operator::new("a value that is decided on is another constant", Code::NoRuleMatches, |it| {
        let mut mutants = Vec::new();
        for state in known(it).iter().filter(|state| state.is("Pass") && state.has("Parameters")) {
            let path = state.text("ResultPath").unwrap_or_default();
            let choices = choices(it).into_iter().filter(|choice| !choice.has("Default"));
            for choice in choices {
                let variable = choice.json["Choices"][0]["Variable"].as_str().unwrap_or_default();
                if let Some(name) = variable.strip_prefix(path).and_then(|rest| rest.strip_prefix('.')) {
                    let at = state.at(&format!("Parameters/{name}"));
                    let mutant = Mutant::at(choice.at("Choices")).remove(format!("{at}.$"));
                    mutants.push(mutant.set(at, json!("by truck")));
                }
            }
        }
        mutants
    })
    .at_least(1),
    Operator::new("all rules are for other values", Code::NoRuleMatches, |it| {
        let choices = choices(it).into_iter().filter(|choice| !choice.has("Default"));
        let other = choices.map(|choice| {
            let rules = choice.json["Choices"].as_array().into_iter().flatten().enumerate();
            rules.fold(Mutant::at(choice.at("Choices")), |mutant, (at, _)| {
                mutant.set(choice.at(&format!("Choices/{at}/StringEquals")), json!(format!("other {at}")))
            })
        });
        other.collect()
    })
    .at_least(1),
    Operator::new("no rule is ever true, and `Default` is left out", Code::NoRuleMatches, |it| {
        let choices = choices(it).into_iter().filter(|state| {
            let is_needed = !it.is_reached_without(&state.scope, &state.at("Default"));
            state.has("Default") && !is_needed && !state.json["Choices"].to_string().contains("\"Assign\"")
        });
        let silent = choices.map(|state| {
            let rules = state.json["Choices"].as_array().into_iter().flatten();
            let rules: Vec<Value> = rules
                .map(|rule| json!({ "Variable": "$$.Execution.Id", "IsNull": true, "Next": rule["Next"] }))
                .collect();
            let mutant = Mutant::at(state.at("Choices")).set(state.at("Choices"), json!(rules));
            mutant.remove(state.at("Default"))
        });
        silent.collect()
    })
    .at_least(2),
];

fn choices(it: &Definition) -> Vec<State<'_>> {
    it.states_like(&["Choice"]).into_iter().filter(|state| !state.is_jsonata).collect()
}

/// Gives simple rules another operator, which is to be reported.
fn with_rules(it: &Definition, operator: &str, other: &str, operand: &Value) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for state in known(it).iter().filter(|state| state.is("Choice")) {
        for (at, rule) in state.json["Choices"].as_array().into_iter().flatten().enumerate() {
            if rule.get(operator).is_some() {
                let at = state.at(&format!("Choices/{at}"));
                let mutant = Mutant::at(format!("{at}/{other}")).remove(format!("{at}/{operator}"));
                mutants.push(mutant.set(format!("{at}/{other}"), operand.clone()));
            }
        }
    }
    mutants
}
