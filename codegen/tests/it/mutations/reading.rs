//! What keeps a text from being a definition: `SW06xx`.

use serde_json::json;
use stepwright_codegen::diagnostic::Code;

use super::Operator;
use super::definition::{Definition, State};
use super::mutant::Mutant;

pub(super) const OPERATORS: &[Operator] = &[
    Operator::new("a value is missing after a colon", Code::InvalidJson, |it| {
        let states = it.states();
        let broken = |state: &State<'_>| {
            Mutant::at("").set(state.at("Type"), json!("?!")).replace_in_text("\"?!\"", "")
        };
        states.iter().map(broken).collect()
    }),
    Operator::new("a comma stands behind the last member", Code::InvalidJson, |it| {
        let states = it.states();
        let broken = |state: &State<'_>| {
            Mutant::at("").set(state.at("Comment"), json!("?!")).replace_in_text("\"?!\"", "\"\",")
        };
        states.iter().filter(|state| !state.has("Comment")).map(broken).collect()
    }),
    Operator::new("a field is misspelt", Code::UnknownField, |it| {
        let mut mutants = Vec::new();
        for state in it.states() {
            for field in ["Next", "Assign", "Arguments", "Retry", "Catch", "Seconds", "Default", "Cause"] {
                if state.has(field) {
                    let wrong = format!("{field}s");
                    mutants.push(Mutant::at(state.at(&wrong)).rename(state.at(field), wrong));
                }
            }
        }
        mutants
    }),
    Operator::new("a field of a Task is given to a Pass", Code::UnknownField, |it| {
        it.states_like(&["Pass"]).iter().map(|state| state.with("TimeoutSeconds", json!(5))).collect()
    }),
    Operator::new("a Catcher is given a field of a Retrier", Code::UnknownField, |it| {
        let handlers = it.states().into_iter().flat_map(|state| state.handlers().collect::<Vec<_>>());
        let catchers = handlers.filter(|handler| handler.field == "Catch");
        catchers.map(|catcher| catcher.with("MaxAttempts", json!(3))).collect()
    }),
    Operator::new("`Type` is given twice", Code::DuplicateKey, |it| {
        let states = it.states();
        let twice = |state: &State<'_>| {
            Mutant::at(state.at("Type"))
                .set(state.at("Type again"), json!(state.kind()))
                .replace_in_text("Type again", "Type")
        };
        states.iter().map(twice).collect()
    }),
    Operator::new("a required field is left out", Code::MissingField, |it| {
        let required = [("Task", "Resource"), ("Choice", "Choices"), ("Parallel", "Branches")];
        let states = it.states();
        let left_out = states.iter().flat_map(|state| {
            let of_type = required.iter().filter(|(kind, _)| state.is(kind)).map(|(_, field)| *field);
            of_type.chain(["Type"]).map(|field| state.without(field))
        });
        left_out.collect()
    }),
    Operator::new("a scope has no `StartAt`", Code::MissingField, |it| {
        let scopes = it.scopes();
        scopes
            .iter()
            .map(|scope| Mutant::at(&scope.pointer).remove(format!("{}/StartAt", scope.pointer)))
            .collect()
    }),
    Operator::new("a handler has no `ErrorEquals`", Code::MissingField, |it| {
        let handlers = it.states().into_iter().flat_map(|state| state.handlers().collect::<Vec<_>>());
        handlers.map(|it| Mutant::at(&it.pointer).remove(format!("{}/ErrorEquals", it.pointer))).collect()
    }),
    Operator::new("a text field holds a number", Code::WrongType, |it| {
        with_each(it, &["Next", "Default", "Resource", "Error", "Comment"], |state, field| {
            state.with(field, json!(5))
        })
    }),
    Operator::new("a condition has no braces", Code::WrongType, |it| {
        let expressions = it.states_like(&["Choice"]).iter().flat_map(State::expressions).collect::<Vec<_>>();
        let conditions = expressions.iter().filter(|text| text.field.ends_with("/Condition"));
        conditions.map(|text| text.replaced(text.content)).collect()
    }),
    Operator::new("a list field holds a single value", Code::WrongType, |it| {
        with_each(it, &["Choices", "Branches", "Retry", "Catch"], |state, field| {
            state.with(field, state.json[field][0].clone())
        })
    }),
    Operator::new("a number is negative", Code::WrongType, |it| {
        with_each(it, &["Seconds", "TimeoutSeconds", "MaxConcurrency"], |state, field| {
            state.with(field, json!(-1))
        })
    }),
    Operator::new("`Type` is in lower case", Code::UnknownWord, |it| {
        it.states().iter().map(|state| state.with("Type", json!(state.kind().to_lowercase()))).collect()
    }),
    Operator::new("`QueryLanguage` is none", Code::UnknownWord, |it| {
        it.states().iter().map(|state| state.with("QueryLanguage", json!("Jsonata"))).collect()
    }),
    Operator::new("`JitterStrategy` is none", Code::UnknownWord, |it| {
        let handlers = it.states().into_iter().flat_map(|state| state.handlers().collect::<Vec<_>>());
        let retriers = handlers.filter(|handler| handler.field == "Retry");
        retriers.map(|retrier| retrier.with("JitterStrategy", json!("full"))).collect()
    }),
    Operator::new("a Choice Rule tests nothing", Code::BadTest, |it| {
        with_each_rule(it, |rule| Mutant::at(rule).set(rule, json!({ "Next": "Anywhere" })))
    }),
    Operator::new("a Choice Rule has two operators", Code::BadTest, |it| {
        with_each_rule(it, |rule| {
            let test = json!({ "Variable": "$.a", "IsNull": true, "IsPresent": true, "Next": "Anywhere" });
            Mutant::at(rule).set(rule, test)
        })
    }),
    Operator::new("a Choice Rule has an operator without `Variable`", Code::BadTest, |it| {
        with_each_rule(it, |rule| Mutant::at(rule).set(rule, json!({ "IsNull": true, "Next": "Anywhere" })))
    }),
];

/// Each of these fields in each state that has it.
fn with_each(it: &Definition, fields: &[&str], seed: fn(&State<'_>, &str) -> Mutant) -> Vec<Mutant> {
    let states = it.states();
    let places = states
        .iter()
        .flat_map(|state| fields.iter().filter(|field| state.has(field)).map(move |field| (state, field)));
    places.map(|(state, field)| seed(state, field)).collect()
}

/// Each Choice Rule, by its pointer.
fn with_each_rule(it: &Definition, seed: fn(&str) -> Mutant) -> Vec<Mutant> {
    let rules = it.states_like(&["Choice"]).into_iter().flat_map(|state| {
        let count = state.json["Choices"].as_array().map_or(0, Vec::len);
        (0..count).map(move |rule| state.at(&format!("Choices/{rule}")))
    });
    rules.map(|rule| seed(&rule)).collect()
}
