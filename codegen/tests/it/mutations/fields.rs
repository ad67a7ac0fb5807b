//! Fields of states, labels, resources, Express workflows: `SW0208` to `SW0281`.

use serde_json::json;
use stepwright_codegen::diagnostic::Code;

use super::Operator;
use super::definition::Definition;
use super::mutant::Mutant;

pub(super) const OPERATORS: &[Operator] = &[
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
        it.waits().iter().map(|state| state.without("Seconds")).collect()
    }),
    Operator::new("a Wait says twice how long", Code::WaitFor, |it| {
        let time = json!("2026-03-14T01:59:00Z");
        let waits = it.waits().into_iter();
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
        let tasks = it
            .states_like(&["Task"])
            .into_iter()
            .filter(|state| !state.is_jsonata && !state.has("HeartbeatSeconds"));
        tasks
            .map(|state| {
                state
                    .with("TimeoutSecondsPath", json!("$$.State.RetryCount"))
                    .set(state.at("TimeoutSeconds"), json!(9))
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
        let tasks = tasks.filter(|task| !task.texts().iter().any(|text| text.content == "$$"));
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
            let token = state.texts().into_iter().find(|text| text.content.contains("Task.Token"))?;
            let other =
                if state.is_jsonata { "{% $states.context.Execution.Id %}" } else { "$$.Execution.Id" };
            Some(token.replaced(other).found_at(state.at("Resource")))
        });
        token.collect()
    })
    .at_least(5),
    Operator::new("a label has a space", Code::BadMapLabel, |it| {
        it.states_like(&["Map"]).iter().map(|state| state.with("Label", json!("each order"))).collect()
    })
    // An inline Map has no label at all.
    .with(&[Code::InlineMap]),
    Operator::new("a label has 41 characters", Code::BadMapLabel, |it| {
        it.states_like(&["Map"]).iter().map(|state| state.with("Label", json!("l".repeat(41)))).collect()
    })
    .with(&[Code::InlineMap]),
    Operator::new("two Maps have the same label", Code::DuplicateMapLabel, |it| {
        let maps = it.states_like(&["Map"]).into_iter();
        let twice = maps.map(|map| {
            let scope = &map.scopes()[0];
            let field = if it.json["QueryLanguage"] == "JSONata" { "Arguments" } else { "Parameters" };
            let reader =
                json!({ "Resource": "arn:aws:states:::s3:listObjectsV2", field: { "Bucket": "orders" } });
            let mut inner = json!({
                "Type": "Map", "Label": "Orders", "Next": scope.json["StartAt"], "ItemReader": reader, "ItemProcessor": {
                    "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
                    "StartAt": "Inner", "States": { "Inner": { "Type": "Succeed" } }
                }
            });
            // What comes after it is given what it was given.
            if it.json["QueryLanguage"] == "JSONata" {
                inner["Output"] = json!("{% $states.input %}");
            } else {
                inner["ResultPath"] = json!(null);
            }
            let at = format!("{}/States/Inner map", scope.pointer);
            Mutant::at(format!("{at}/Label"))
                .set(map.at("Label"), json!("Orders"))
                .set(&at, inner)
                .set(format!("{}/StartAt", scope.pointer), json!("Inner map"))
        });
        twice.collect()
    })
    .with(&[Code::InlineMap]),
    Operator::new("an Express workflow has an activity", Code::NotInExpress, |it| {
        with_resource(it, |resource| {
            let activity = "arn:aws:states:eu-west-1:123456789012:activity:pack";
            resource.contains(":lambda:").then(|| activity.to_owned())
        })
    })
    .in_express(),
    Operator::new("an Express workflow waits too long", Code::ExpressDuration, |it| {
        it.waits().iter().map(|state| state.with("Seconds", json!(301))).collect()
    })
    .in_express(),
    Operator::new("an Express workflow has a timeout that never comes", Code::ExpressDuration, |it| {
        let is_late = Mutant::at("/TimeoutSeconds").set("/TimeoutSeconds", json!(301));
        it.json.is_object().then_some(is_late).into_iter().collect()
    })
    .in_express(),
];

/// Gives Tasks another `Resource`, which is to be reported.
fn with_resource(it: &Definition, other: fn(&str) -> Option<String>) -> Vec<Mutant> {
    let tasks = it.states_like(&["Task"]).into_iter();
    tasks.filter_map(|task| Some(task.with("Resource", json!(other(task.text("Resource")?)?)))).collect()
}
