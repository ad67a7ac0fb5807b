//! States, their transitions and their fields, labels, resources: `SW02xx`.

use serde_json::{Value, json};
use stepwright_codegen::diagnostic::Code;

use super::Operator;
use super::definition::{Definition, Scope, State};
use super::mutant::{Mutant, escaped};

/// The types of states that go on with `Next` or `End`.
const WITH_SUCCESSOR: &[&str] = &["Task", "Pass", "Wait", "Parallel", "Map"];

pub(super) const OPERATORS: &[Operator] = &[
    Operator::new("a nested state is called like an outer one", Code::DuplicateStateName, |it| {
        let states = it.states();
        let first = states[0].name;
        let nested = states.iter().filter(|state| !state.scope.is_empty());
        nested.map(|state| renamed(it, state, first)).collect()
    }),
    Operator::new("two branches have states of the same name", Code::DuplicateStateName, |it| {
        let (scopes, parallels) = (it.scopes(), it.states_like(&["Parallel"]));
        let twins = parallels.iter().filter_map(|parallel| {
            let branch = |at: &str| scopes.iter().find(|scope| scope.pointer == parallel.at(at));
            let (first, second) = (it.states_of(branch("Branches/0")?), it.states_of(branch("Branches/1")?));
            Some(renamed(it, &second[0], first[0].name))
        });
        twins.collect()
    }),
    Operator::new("a state has a name of 81 characters", Code::BadStateName, |it| {
        it.states().iter().map(|state| renamed(it, state, &"n".repeat(81))).collect()
    }),
    Operator::new("a state has an empty name", Code::BadStateName, |it| {
        it.states().iter().map(|state| renamed(it, state, "")).collect()
    }),
    Operator::new("a state is added that nothing leads to", Code::UnreachableState, |it| {
        it.scopes().iter().map(|scope| with_state(scope, "Orphan", json!({ "Type": "Succeed" }))).collect()
    }),
    Operator::new("a loop is added that nothing leads to", Code::UnreachableState, |it| {
        let wait = |next: &str| json!({ "Type": "Wait", "Seconds": 1, "Next": next });
        let scopes = it.scopes();
        let looped = scopes.iter().map(|scope| {
            with_state(scope, "Round", wait("And round")).set(state_at(scope, "And round"), wait("Round"))
        });
        looped.collect()
    }),
    Operator::new("a state is led around", Code::UnreachableState, |it| {
        let states = it.states();
        let pairs = states.iter().flat_map(|state| states.iter().map(move |next| (state, next)));
        let around = pairs.filter_map(|(state, skipped)| {
            let is_next = state.scope == skipped.scope && state.text("Next") == Some(skipped.name);
            // What it assigns would be missing later, and what its Catchers lead to would not be reached either.
            let is_plain = !skipped.has("Assign") && !skipped.has("Catch") && !skipped.is("Choice");
            let is_only_way = !it.is_reached_without(&state.scope, &state.at("Next"));
            let target = skipped.text("Next").filter(|_| is_next && is_plain && is_only_way)?;
            Some(Mutant::at(&skipped.pointer).set(state.at("Next"), json!(target)))
        });
        around.collect()
    }),
    Operator::new("a transition names no state", Code::UnknownTarget, |it| {
        transitions(it).into_iter().map(|(_, at)| Mutant::at(&at).set(&at, json!("Nowhere"))).collect()
    }),
    Operator::new("`StartAt` names no state", Code::UnknownTarget, |it| {
        let scopes = it.scopes().into_iter().map(|scope| format!("{}/StartAt", scope.pointer));
        scopes.map(|at| Mutant::at(&at).set(&at, json!("Nowhere"))).collect()
    }),
    Operator::new("a transition leaves its scope", Code::UnknownTarget, |it| {
        let states = it.states();
        let outer = states[0].name;
        let inner = transitions(it).into_iter().filter(|(scope, _)| !scope.is_empty());
        inner.map(|(_, at)| Mutant::at(&at).set(&at, json!(outer))).collect()
    }),
    Operator::new("no state ends its scope", Code::NoTerminalState, |it| {
        it.scopes().iter().map(|scope| endless(it, scope)).collect()
    }),
    Operator::new("a Choice leads into a loop without end", Code::EndlessLoop, |it| {
        let choices = it.states_like(&["Choice"]).into_iter();
        let looped = choices.map(|choice| {
            let mut rules = choice.json["Choices"].as_array().cloned().unwrap_or_default();
            rules.push(if choice.is_jsonata {
                json!({ "Condition": true, "Next": "Stuck" })
            } else {
                json!({ "Variable": "$", "IsPresent": true, "Next": "Stuck" })
            });
            stuck(&choice).set(choice.at("Choices"), Value::Array(rules))
        });
        looped.collect()
    }),
    Operator::new("a Catcher leads into a loop without end", Code::EndlessLoop, |it| {
        let catching =
            it.states_like(&["Task", "Parallel", "Map"]).into_iter().filter(|state| !state.has("Catch"));
        let catch = json!([{ "ErrorEquals": ["States.ALL"], "Next": "Stuck" }]);
        catching.map(|state| stuck(&state).set(state.at("Catch"), catch.clone())).collect()
    }),
    Operator::new("a state that goes on ends its scope too", Code::NextOrEnd, |it| {
        let states = it.states_like(WITH_SUCCESSOR).into_iter().filter(|state| state.has("Next"));
        states.map(|state| state.with("End", json!(true))).collect()
    }),
    Operator::new("`End` is left out", Code::NextOrEnd, |it| {
        let states = it.states_like(WITH_SUCCESSOR).into_iter().filter(|state| state.has("End"));
        states.map(|state| state.without("End")).collect()
    }),
    Operator::new("`Next` is left out", Code::NextOrEnd, |it| {
        let states = it.states_like(WITH_SUCCESSOR).into_iter().filter(|state| state.has("Next"));
        states.map(|state| state.without("Next")).collect()
    }),
    Operator::new("a Choice has a `Next`", Code::MisplacedField, |it| {
        let choices = it.states_like(&["Choice"]).into_iter();
        choices.filter_map(|state| Some(state.with("Next", json!(state.text("Default")?)))).collect()
    }),
    Operator::new("a Choice, Succeed or Fail has an `End`", Code::MisplacedField, |it| {
        let states = it.states_like(&["Choice", "Succeed", "Fail"]);
        states.iter().map(|state| state.with("End", json!(true))).collect()
    }),
    Operator::new("a Succeed or Fail assigns variables", Code::MisplacedField, |it| {
        let states = it.states_like(&["Succeed", "Fail"]);
        states.iter().map(|state| state.with("Assign", json!({ "atTheEnd": 1 }))).collect()
    }),
    Operator::new("a Fail has an output", Code::MisplacedField, |it| {
        it.states_like(&["Fail"]).iter().map(|state| state.with("Output", json!("x"))).collect()
    }),
    Operator::new("a Wait does not say how long", Code::WaitFor, |it| {
        it.states_like(&["Wait"]).iter().map(|state| state.without("Seconds")).collect()
    }),
    Operator::new("a Wait says twice how long", Code::WaitFor, |it| {
        let time = json!("2026-03-14T01:59:00Z");
        let waits = it.states_like(&["Wait"]).into_iter();
        waits.map(|state| Mutant::at(&state.pointer).set(state.at("Timestamp"), time.clone())).collect()
    }),
    Operator::new("a Choice has no rules", Code::Empty, |it| {
        let choices = it.states_like(&["Choice"]).into_iter();
        // Without the rules nothing assigns what they assign.
        let plain = choices.filter(|state| !state.json["Choices"].to_string().contains("\"Assign\""));
        plain.map(|state| state.with("Choices", json!([]))).collect()
    }),
    Operator::new("`And` has no test", Code::Empty, |it| {
        let choices = it.states_like(&["Choice"]).into_iter().filter(|state| !state.is_jsonata);
        let emptied = choices.map(|state| {
            let next = &state.json["Choices"][0]["Next"];
            Mutant::at(state.at("Choices/0/And"))
                .set(state.at("Choices/0"), json!({ "And": [], "Next": next }))
        });
        emptied.collect()
    }),
    Operator::new("a Parallel has no branches", Code::Empty, |it| {
        it.states_like(&["Parallel"]).iter().map(|state| state.with("Branches", json!([]))).collect()
    }),
    Operator::new("a nested scope has no states", Code::Empty, |it| {
        let scopes = it.scopes().into_iter().skip(1).map(|scope| format!("{}/States", scope.pointer));
        scopes.map(|at| Mutant::at(&at).set(&at, json!({}))).collect()
    }),
    Operator::new("a timeout is given twice", Code::ExclusiveFields, |it| {
        let tasks = it.states_like(&["Task"]).into_iter().filter(|state| !state.is_jsonata);
        tasks
            .map(|state| {
                state.with("TimeoutSecondsPath", json!("$.timeout")).set(state.at("TimeoutSeconds"), json!(9))
            })
            .collect()
    }),
    Operator::new("a Map has an `Iterator` too", Code::ExclusiveFields, |it| {
        let iterator = json!({ "StartAt": "Again", "States": { "Again": { "Type": "Succeed" } } });
        it.states_like(&["Map"]).iter().map(|state| state.with("Iterator", iterator.clone())).collect()
    }),
    Operator::new("a Map does nothing", Code::NoItemProcessor, |it| {
        it.states_like(&["Map"]).iter().map(|state| state.without("ItemProcessor")).collect()
    }),
    Operator::new("an optimised integration does not exist", Code::UnknownResource, |it| {
        with_resource(it, |resource| {
            let (service, action) = resource.rsplit_once(":::")?.1.split_once(':')?;
            let wrong = format!("{service}:{action}").replace(':', ":x");
            (service != "aws-sdk").then(|| resource.replace(&format!("{service}:{action}"), &wrong))
        })
    }),
    Operator::new("an action of the AWS SDK begins in upper case", Code::UnknownResource, |it| {
        with_resource(it, |resource| {
            let (sdk, action) = resource.split_once(":aws-sdk:")?.1.split_once(':')?;
            let upper = action[..1].to_uppercase() + &action[1..];
            Some(format!("arn:aws:states:::aws-sdk:{sdk}:{upper}"))
        })
    }),
    Operator::new("a call of the AWS SDK waits for a job", Code::UnsupportedPattern, |it| {
        with_resource(it, |resource| resource.contains(":aws-sdk:").then(|| format!("{resource}.sync")))
    }),
    Operator::new("nobody is given the token", Code::NoTaskToken, |it| {
        const TAKING: &[&str] = &[":aws-sdk:", ":sns:publish", ":sqs:sendMessage", ":lambda:invoke"];
        let tasks = it.states_like(&["Task"]).into_iter();
        // The whole Context Object has the token too.
        let tasks = tasks.filter(|task| !task.texts().iter().any(|text| text.text == "$$"));
        let waiting = tasks.filter_map(|task| {
            let resource = task.text("Resource")?;
            let takes_token =
                TAKING.iter().any(|service| resource.contains(service)) && !resource.contains('.');
            takes_token.then(|| task.with("Resource", json!(format!("{resource}.waitForTaskToken"))))
        });
        waiting.collect()
    }),
    Operator::new("the token is not handed on", Code::NoTaskToken, |it| {
        let states = it.states_like(&["Task"]);
        let token = states.iter().filter_map(|state| {
            let texts = state.texts().into_iter();
            let token = texts.filter(|text| text.text.contains("Task.Token")).last()?;
            let other =
                if state.is_jsonata { "{% $states.context.Execution.Id %}" } else { "$$.Execution.Id" };
            Some(token.replaced(other).found_at(state.at("Resource")))
        });
        token.collect()
    })
    .at_least(5),
    Operator::new("a label has a space", Code::BadMapLabel, |it| {
        it.states_like(&["Map"]).iter().map(|state| state.with("Label", json!("each order"))).collect()
    }),
    Operator::new("a label has 41 characters", Code::BadMapLabel, |it| {
        it.states_like(&["Map"]).iter().map(|state| state.with("Label", json!("l".repeat(41)))).collect()
    }),
    Operator::new("two Maps have the same label", Code::DuplicateMapLabel, |it| {
        let maps = it.states_like(&["Map"]).into_iter();
        let twice = maps.map(|map| {
            let scope = &map.scopes()[0];
            let inner = json!({
                "Type": "Map", "Label": "Orders", "Next": scope.json["StartAt"], "ItemProcessor": {
                    "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
                    "StartAt": "Inner", "States": { "Inner": { "Type": "Succeed" } }
                }
            });
            let at = state_at(scope, "Inner map");
            Mutant::at(format!("{at}/Label"))
                .set(map.at("Label"), json!("Orders"))
                .set(&at, inner)
                .set(format!("{}/StartAt", scope.pointer), json!("Inner map"))
        });
        twice.collect()
    }),
    Operator::new("an Express workflow has an activity", Code::NotInExpress, |it| {
        with_resource(it, |resource| {
            let activity = "arn:aws:states:eu-west-1:123456789012:activity:pack";
            resource.contains(":lambda:").then(|| activity.to_owned())
        })
    })
    .in_express(),
    Operator::new("an Express workflow waits too long", Code::ExpressDuration, |it| {
        it.states_like(&["Wait"]).iter().map(|state| state.with("Seconds", json!(301))).collect()
    })
    .in_express(),
    Operator::new("an Express workflow has a timeout that never comes", Code::ExpressDuration, |it| {
        let is_late = Mutant::at("/TimeoutSeconds").set("/TimeoutSeconds", json!(301));
        it.json.is_object().then_some(is_late).into_iter().collect()
    })
    .in_express(),
];

fn state_at(scope: &Scope<'_>, name: &str) -> String {
    format!("{}/States/{}", scope.pointer, escaped(name))
}

/// Adds a state, which is to be reported.
fn with_state(scope: &Scope<'_>, name: &str, state: Value) -> Mutant {
    let at = state_at(scope, name);
    Mutant::at(&at).set(&at, state)
}

/// Adds a state that leads to itself to the scope of a state.
fn stuck(state: &State<'_>) -> Mutant {
    let at = format!("{}/States/Stuck", state.scope);
    Mutant::at(&at).set(&at, json!({ "Type": "Wait", "Seconds": 1, "Next": "Stuck" }))
}

/// Calls a state by another name, wherever its scope names it.
fn renamed(it: &Definition, state: &State<'_>, name: &str) -> Mutant {
    let scopes = it.scopes();
    let scope = scopes.iter().find(|scope| scope.pointer == state.scope).expect("the state is in a scope");
    let mut mutant = Mutant::at(state_at(scope, name));
    if scope.json["StartAt"] == state.name {
        mutant = mutant.set(format!("{}/StartAt", scope.pointer), json!(name));
    }
    for other in it.states_of(scope) {
        for transition in other.transitions().into_iter().filter(|transition| transition.target == state.name)
        {
            mutant = mutant.set(transition.pointer, json!(name));
        }
    }
    mutant.rename(&state.pointer, name)
}

/// Every transition, with its scope.
fn transitions(it: &Definition) -> Vec<(String, String)> {
    let states = it.states();
    let transitions = states.iter().flat_map(|state| {
        state.transitions().into_iter().map(|transition| (state.scope.clone(), transition.pointer))
    });
    transitions.collect()
}

/// Lets all that ends a scope lead back to its start.
fn endless(it: &Definition, scope: &Scope<'_>) -> Mutant {
    let start = &scope.json["StartAt"];
    let mut mutant = Mutant::at(format!("{}/States", scope.pointer));
    for state in it.states_of(scope) {
        if ["Succeed", "Fail"].contains(&state.kind()) {
            mutant = mutant.set(&state.pointer, json!({ "Type": "Pass", "Next": start }));
        } else if state.has("End") {
            mutant = mutant.remove(state.at("End")).set(state.at("Next"), start.clone());
        }
    }
    mutant
}

/// Gives Tasks another `Resource`, which is to be reported.
fn with_resource(it: &Definition, other: fn(&str) -> Option<String>) -> Vec<Mutant> {
    let tasks = it.states_like(&["Task"]).into_iter();
    tasks.filter_map(|task| Some(task.with("Resource", json!(other(task.text("Resource")?)?)))).collect()
}
