//! A state is put before the others that asks a service for what cannot be: `SW0240` to `SW0254`.

use serde_json::{Value, json};
use stepwright_codegen::diagnostic::Code;

use super::Operator;
use super::definition::Definition;
use super::mutant::Mutant;

pub(super) const OPERATORS: &[Operator] = &[
    Operator::new("an HTTP Task has no connection", Code::MissingParameter, |it| {
        first(
            it,
            "{given}",
            &task("http:invoke", &json!({ "ApiEndpoint": "https://a.example", "Method": "GET" })),
        )
    }),
    Operator::new("an HTTP Task sets a header of the service", Code::UnusableParameter, |it| {
        let given = json!({
            "ApiEndpoint": "https://a.example", "Method": "GET",
            "InvocationConfig": { "ConnectionArn": "${Connection}" }, "Headers": { "Host": "a.example" },
        });
        first(it, "{given}/Headers/Host", &task("http:invoke", &given))
    }),
    Operator::new("a request that reads has a body", Code::UnusableParameter, |it| {
        let given = json!({ "ApiEndpoint": "a.example", "Method": "GET", "RequestBody": { "order": 17 } });
        first(it, "{given}/RequestBody", &task("apigateway:invoke", &given))
    }),
    Operator::new("a Map reads with another call", Code::UnknownResource, |it| {
        let mut map = map(it);
        map["ItemReader"]["Resource"] = json!("arn:aws:states:::s3:headObject");
        first(it, "ItemReader/Resource", &map)
    }),
    Operator::new("a Map does not say which file it reads", Code::MissingParameter, |it| {
        let mut map = map(it);
        map["ItemReader"][given(it)] = json!({ "Bucket": "orders" });
        first(it, "ItemReader/{given}", &map)
    }),
    Operator::new("a Map does not say in which format its file is", Code::MapSetup, |it| {
        let mut map = map(it);
        map["ItemReader"]["ReaderConfig"] = json!({ "MaxItems": 10 });
        first(it, "ItemReader/ReaderConfig", &map)
    }),
    Operator::new("a batch has no size", Code::MapSetup, |it| {
        let mut map = map(it);
        map["ItemBatcher"] = json!({ "BatchInput": { "day": "today" } });
        first(it, "ItemBatcher", &map)
    }),
    Operator::new("child executions have no type", Code::InlineMap, |it| {
        let mut map = map(it);
        map["ItemProcessor"]["ProcessorConfig"] = json!({ "Mode": "DISTRIBUTED" });
        first(it, "ItemProcessor/ProcessorConfig", &map)
    }),
    Operator::new("an inline Map has a label", Code::InlineMap, |it| {
        let maps = it.states_like(&["Map"]).into_iter();
        let inline = maps.filter(|map| map.json["ItemProcessor"]["ProcessorConfig"]["Mode"] != "DISTRIBUTED");
        inline.map(|map| map.with("Label", json!("orders"))).collect()
    }),
    Operator::new("the error of an optimised integration is expected of the SDK", Code::ForeignError, |it| {
        first(
            it,
            "Retry/0/ErrorEquals/0",
            &retried("aws-sdk:dynamodb:putItem", "DynamoDB.InternalServerErrorException"),
        )
    }),
    Operator::new("an error of the SDK has the name that the API has for it", Code::ForeignError, |it| {
        first(
            it,
            "Retry/0/ErrorEquals/0",
            &retried("aws-sdk:dynamodb:putItem", "DynamoDb.InternalServerError"),
        )
    }),
    Operator::new("the error of a function is expected of a table", Code::ForeignError, |it| {
        first(it, "Retry/0/ErrorEquals/0", &retried("dynamodb:putItem", "Lambda.ServiceException"))
    }),
    Operator::new("a constant is very long", Code::DataSize, |it| {
        first(it, "Assign", &json!({ "Type": "Pass", "Assign": { "spare": "x".repeat(262_144) } }))
    }),
    Operator::new("credentials name no role", Code::MissingField, |it| {
        let mut task = task("sns:publish", &json!({ "TopicArn": "${Topic}", "Message": "hello" }));
        task["Credentials"] = json!({ "Role": "arn:aws:iam::123456789012:role/other" });
        first(it, "Credentials", &task)
    }),
    Operator::new("the version is that of the workflow", Code::UnknownWord, |it| {
        vec![Mutant::at("/Version").set("/Version", json!("2.3.1"))]
            .into_iter()
            .filter(|_| it.json.is_object())
            .collect()
    }),
    Operator::new("a member of a template is given twice", Code::DuplicateKey, |it| {
        let values = json!({ "a": 1, "b": { "id": 17, "id.$": "$$.Execution.Id" } });
        let state = json!({ "Type": "Pass", "Assign": { "spare": values } });
        if given(it) == "Arguments" { Vec::new() } else { first(it, "Assign/spare/b/id.$", &state) }
    }),
    Operator::new("an expression is not between braces", Code::LiteralPath, |it| {
        let state = json!({ "Type": "Pass", "Assign": { "spare": ["$states.input"] } });
        if given(it) == "Arguments" { first(it, "Assign/spare/0", &state) } else { Vec::new() }
    }),
    Operator::new("a template is taken over into JSONata", Code::LiteralPath, |it| {
        let state = json!({ "Type": "Pass", "Assign": { "spare": { "id.$": "$.id" } } });
        if given(it) == "Arguments" { first(it, "Assign/spare/id.$", &state) } else { Vec::new() }
    }),
];

/// What a request is called.
fn given(it: &Definition) -> &'static str {
    if it.json["QueryLanguage"] == "JSONata" { "Arguments" } else { "Parameters" }
}

fn task(action: &str, given: &Value) -> Value {
    json!({ "Type": "Task", "Resource": format!("arn:aws:states:::{action}"), "{given}": given })
}

fn retried(action: &str, error: &str) -> Value {
    let mut task = task(action, &json!({ "TableName": "Orders", "Item": { "Id": { "S": "17" } } }));
    task["Retry"] = json!([{ "ErrorEquals": [error] }]);
    task
}

/// A Distributed Map that is right.
fn map(it: &Definition) -> Value {
    json!({
        "Type": "Map",
        "ItemReader": {
            "Resource": "arn:aws:states:::s3:getObject",
            given(it): { "Bucket": "orders", "Key": "today.json" },
            "ReaderConfig": { "InputType": "JSON" },
        },
        "ItemProcessor": {
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
            "StartAt": "Look at one",
            "States": { "Look at one": { "Type": "Succeed" } },
        },
    })
}

/// Puts a state before all others that leaves their data as it is; `{given}` stands for the name of what it is given.
fn first(it: &Definition, found_at: &str, state: &Value) -> Vec<Mutant> {
    const NAME: &str = "Look at first";
    let mut state: Value =
        serde_json::from_str(&state.to_string().replace("{given}", given(it))).expect("JSON stays JSON");
    state["Next"] = it.json["StartAt"].clone();
    if given(it) == "Arguments" {
        state["Output"] = json!("{% $states.input %}");
    } else {
        state["ResultPath"] = Value::Null;
    }
    let at = format!("/States/{NAME}");
    let found_at = format!("{at}/{}", found_at.replace("{given}", given(it)));
    vec![Mutant::at(found_at).set(&at, state).set("/StartAt", json!(NAME))]
}
