//! How machines are written.

use indexmap::IndexMap;
use serde_json::{Number, json};
use stepwright_codegen::asl::{
    self, Catcher, NullablePath, OrExpression, Retrier, State, StateKind, StateMachine, Succeed, Task,
};

#[test]
fn fields_come_in_the_order_a_reader_expects() {
    let task = Task {
        resource: "arn:aws:lambda:eu-west-1:123456789012:function:charge".to_owned(),
        parameters: Some(json!({ "z": 1, "a.$": "$.a" })),
        timeout_seconds: Some(OrExpression::Constant(30)),
        result_path: Some(NullablePath::Null),
        retry: Some(vec![Retrier {
            error_equals: vec!["Busy".to_owned()],
            backoff_rate: Number::from_f64(2.0),
            ..Retrier::default()
        }]),
        catch: Some(vec![Catcher {
            error_equals: vec!["States.ALL".to_owned()],
            next: "Done".to_owned(),
            ..Catcher::default()
        }]),
        ..Task::default()
    };
    let charge = State {
        comment: Some("Charges the card.".to_owned()),
        input_path: Some(NullablePath::Path("$.order".to_owned())),
        output_path: Some(NullablePath::Null),
        next: Some("Done".to_owned()),
        kind: StateKind::Task(task),
        ..State::default()
    };
    let done = State::new(StateKind::Succeed(Succeed::default()));
    let machine = StateMachine {
        start_at: "Charge".to_owned(),
        states: IndexMap::from([("Charge".to_owned(), charge), ("Done".to_owned(), done)]),
        timeout_seconds: Some(3600),
        ..StateMachine::default()
    };
    insta::assert_snapshot!(asl::to_json(&machine));
}

#[test]
fn numbers_stay_as_they_are() {
    let text = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Result":[5,5.0,0.1,1e-7,-3,18446744073709551615],"End":true}}}"#;
    let document = asl::read(text).expect("it can be read");
    let result = asl::to_value(document.machine())["States"]["A"]["Result"].to_string();
    assert_eq!(result, "[5,5.0,0.1,1e-7,-3,18446744073709551615]");
}

#[test]
fn a_null_that_means_something_is_kept() {
    let text = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":null,"Result":null,"ResultPath":null,"OutputPath":null,"End":true}}}"#;
    let document = asl::read(text).expect("it can be read");
    assert_eq!(asl::to_value(document.machine()).to_string(), text);
}
