//! What services are given, the size of a definition, Waits without end: `SW0243` to `SW0249`.

use serde_json::{Value, json};
use stepwright_codegen::diagnostic::Code;

use super::Operator;
use super::definition::{Definition, State};
use super::mutant::Mutant;

/// Ten months.
const LONG: u64 = 26_000_000;

pub(super) const OPERATORS: &[Operator] = &[
    Operator::new("a parameter is made up", Code::UnknownParameter, |it| {
        let calls = calls(it).into_iter();
        calls.map(|call| call.given("Colour", json!("red"))).collect()
    }),
    // It may be a parameter that is required.
    Operator::new("a parameter begins in lower case", Code::UnknownParameter, |it| {
        with_names(it, |name| Some(name[..1].to_lowercase() + &name[1..]))
    })
    .with(&[Code::MissingParameter]),
    Operator::new("a parameter is misspelt", Code::UnknownParameter, |it| {
        with_names(it, |name| (name.len() > 4).then(|| format!("{}{}", &name[..2], &name[3..])))
    })
    .with(&[Code::MissingParameter]),
    Operator::new("what a service requires is left out", Code::MissingParameter, |it| {
        const REQUIRED: &[(&str, &str)] = &[
            ("lambda:invoke", "FunctionName"),
            ("sns:publish", "Message"),
            ("sqs:sendMessage", "QueueUrl"),
            ("dynamodb:putItem", "TableName"),
            ("dynamodb:getItem", "Key"),
            ("dynamodb:updateItem", "Key"),
            ("states:startExecution", "StateMachineArn"),
            ("codebuild:startBuild", "ProjectName"),
            ("elasticmapreduce:addStep", "ClusterId"),
            ("ecs:runTask", "TaskDefinition"),
            ("aws-sdk:ec2:terminateInstances", "InstanceIds"),
            ("aws-sdk:ssm:getCommandInvocation", "CommandId"),
            ("aws-sdk:s3:copyObject", "Bucket"),
        ];
        with_known(it, REQUIRED, |call, name| {
            let at = call.key(name)?;
            Some(Mutant::at(&call.at).remove(format!("{}/{at}", call.at)))
        })
    }),
    Operator::new("a text stands where a list or an object does", Code::ParameterType, |it| {
        const TAKEN: &[(&str, &str)] = &[
            ("dynamodb:putItem", "Item"),
            ("dynamodb:getItem", "Key"),
            ("dynamodb:updateItem", "Key"),
            ("codebuild:batchGetReports", "ReportArns"),
            ("aws-sdk:ec2:terminateInstances", "InstanceIds"),
            ("aws-sdk:ssm:sendCommand", "InstanceIds"),
        ];
        with_known(it, TAKEN, |call, name| Some(call.given(name, json!("o-17"))))
    }),
    Operator::new("an object stands where a number does", Code::ParameterType, |it| {
        const TAKEN: &[(&str, &str)] = &[
            ("sqs:sendMessage", "DelaySeconds"),
            ("aws-sdk:ssm:sendCommand", "TimeoutSeconds"),
            ("aws-sdk:ec2:runInstances", "MinCount"),
            ("aws-sdk:dynamodb:query", "Limit"),
            ("ecs:runTask", "Count"),
        ];
        with_known(it, TAKEN, |call, name| Some(call.given(name, json!({ "Value": 1 }))))
    }),
    Operator::new("a word is misspelt", Code::ParameterWord, |it| {
        const WORDS: &[(&str, &str)] = &[
            ("lambda:invoke", "InvocationType"),
            ("dynamodb:putItem", "ReturnValues"),
            ("dynamodb:updateItem", "ReturnValues"),
            ("ecs:runTask", "LaunchType"),
            ("codebuild:startBuild", "ComputeTypeOverride"),
            ("aws-sdk:ec2:runInstances", "InstanceType"),
        ];
        with_known(it, WORDS, |call, name| Some(call.given(name, json!("EVNT"))))
    }),
    Operator::new("a text is too long", Code::ParameterBounds, |it| {
        const LIMITED: &[(&str, &str)] = &[
            ("states:startExecution", "Name"),
            ("aws-sdk:ssm:sendCommand", "Comment"),
            ("aws-sdk:dynamodb:query", "TableName"),
            ("dynamodb:putItem", "TableName"),
            ("dynamodb:updateItem", "TableName"),
        ];
        with_known(it, LIMITED, |call, name| Some(call.given(name, json!("n".repeat(5000)))))
    }),
    Operator::new("a text is empty", Code::ParameterBounds, |it| {
        const LIMITED: &[(&str, &str)] = &[
            ("lambda:invoke", "FunctionName"),
            ("states:startExecution", "StateMachineArn"),
            ("codebuild:startBuild", "ProjectName"),
        ];
        with_known(it, LIMITED, |call, name| Some(call.given(name, json!(""))))
    }),
    Operator::new("a number is too large", Code::ParameterBounds, |it| {
        const LIMITED: &[(&str, &str)] = &[
            ("aws-sdk:ssm:sendCommand", "TimeoutSeconds"),
            ("codebuild:startBuild", "TimeoutInMinutesOverride"),
        ];
        with_known(it, LIMITED, |call, name| Some(call.given(name, json!(100_000_000))))
    })
    .at_least(5),
    Operator::new("a definition is very long", Code::DefinitionSize, |it| {
        let comment = json!("x".repeat(1_048_577));
        it.json.is_object().then(|| Mutant::at("").set("/Comment", comment)).into_iter().collect()
    }),
    Operator::new("a Wait is longer than the execution", Code::LateWait, |it| {
        let waits = it.waits().into_iter();
        waits
            .map(|state| state.with("Seconds", json!(LONG + 1)).set("/TimeoutSeconds", json!(LONG)))
            .collect()
    }),
    Operator::new("a Wait is longer than a year", Code::LateWait, |it| {
        let waits = it.waits().into_iter();
        waits.map(|state| state.with("Seconds", json!(31_536_001))).collect()
    }),
];

/// A call of a service, with its parameters.
struct Call<'d> {
    /// `sqs:sendMessage`.
    action: &'d str,
    /// The pointer of the parameters.
    at: String,
    given: &'d serde_json::Map<String, Value>,
}

impl<'d> Call<'d> {
    fn of(state: &State<'d>) -> Option<Self> {
        let action = state.text("Resource")?.split_once(":::")?.1;
        let action = action.split('.').next().unwrap_or(action);
        let field = if state.is_jsonata { "Arguments" } else { "Parameters" };
        // Not all services of AWS are known.
        stepwright_codegen::api::Call::of(state.text("Resource")?)?;
        Some(Self { action, at: state.at(field), given: state.json.get(field)?.as_object()? })
    }

    /// What a parameter is called here, which may be evaluated.
    fn key(&self, name: &str) -> Option<String> {
        let names = [name.to_owned(), format!("{name}.$")];
        names.into_iter().find(|name| self.given.contains_key(name))
    }

    /// Gives a parameter, which is to be reported.
    fn given(&self, name: &str, value: Value) -> Mutant {
        let at = format!("{}/{name}", self.at);
        let mutant = Mutant::at(&at);
        let mutant = match self.key(name) {
            Some(key) => mutant.remove(format!("{}/{key}", self.at)),
            None => mutant,
        };
        mutant.set(at, value)
    }
}

fn calls(it: &Definition) -> Vec<Call<'_>> {
    it.states_like(&["Task"]).iter().filter_map(Call::of).collect()
}

/// The parameters of some operations.
fn with_known(
    it: &Definition,
    known: &[(&str, &str)],
    seed: impl Fn(&Call<'_>, &str) -> Option<Mutant>,
) -> Vec<Mutant> {
    let calls = calls(it);
    let pairs = calls.iter().flat_map(|call| known.iter().map(move |known| (call, known)));
    pairs.filter_map(|(call, (action, name))| seed(call, name).filter(|_| call.action == *action)).collect()
}

/// Gives parameters another name, which is to be reported.
fn with_names(it: &Definition, other: fn(&str) -> Option<String>) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for call in calls(it) {
        for name in call.given.keys() {
            if let Some(other) = other(name) {
                let at = format!("{}/{name}", call.at);
                mutants.push(Mutant::at(format!("{}/{other}", call.at)).rename(at, other));
            }
        }
    }
    mutants
}
