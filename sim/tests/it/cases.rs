//! `choose!` in both query languages: each variant takes its branch.

use serde_json::{Value, json};
use stepwright::prelude::*;
use stepwright_codegen::compile;
use stepwright_sim::{Execution, Simulation};

#[derive(Data, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
enum Decision {
    PerfectMatch,
    NoMatch,
    #[serde(rename = "?")]
    Unsure,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Removed {
    id: String,
    by: Option<String>,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
enum Event {
    CreatedNow {
        item_id: String,
    },
    Removed(Removed),
    Pinged,
    #[serde(other)]
    SomethingElse,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", content = "data")]
enum Shape {
    Circle { radius: f64 },
    Label(String),
    Nothing,
}

/// Runs a workflow that gives a text, in both query languages.
macro_rules! told {
    (|$s:ident, $name:ident: $ty:ty| $body:expr, $input:expr) => {{
        #[workflow(name = "W")]
        fn in_jsonata($s: &mut Scope, $name: Ref<$ty>) -> Ref<String> {
            $body
        }
        #[workflow(name = "W", query_language = "JSONPath")]
        fn in_jsonpath($s: &mut Scope, $name: Ref<$ty>) -> Ref<String> {
            $body
        }
        [compile(&in_jsonata()), compile(&in_jsonpath())].map(|compiled| {
            let machine = compiled.unwrap_or_else(|problems| panic!("{problems}")).machine;
            Simulation::new(&machine).input($input).run().expect("there are no tasks")
        })
    }};
}

#[track_caller]
fn check(executions: &[Execution; 2], expected: &str) {
    for execution in executions {
        execution.assert_succeeded_with(expected);
    }
}

#[track_caller]
fn check_no_choice(executions: &[Execution; 2]) {
    for execution in executions {
        execution.assert_failed_with("States.NoChoiceMatched");
    }
}

fn decide(decision: &str) -> [Execution; 2] {
    told!(
        |s, decision: Decision| choose!(s, "WhichPath", decision, {
            Decision::PerfectMatch => |s| s.pass("Matched", "match"),
            Decision::NoMatch | Decision::Unsure => |_| expr!("other"),
        }),
        json!(decision)
    )
}

#[test]
fn a_plain_name_takes_its_branch() {
    check(&decide("PERFECT-MATCH"), "match");
    check(&decide("NO-MATCH"), "other");
    check(&decide("?"), "other");
}

#[test]
fn data_that_is_no_variant_fails_unless_there_is_a_default() {
    check_no_choice(&decide("MAYBE"));
    let with_default = told!(
        |s, decision: Decision| choose!(s, "WhichPath", decision, {
            Decision::PerfectMatch => |_| expr!("match"),
            _ => |_| expr!("rest"),
        }),
        json!("MAYBE")
    );
    check(&with_default, "rest");
}

fn tell(event: &Value) -> [Execution; 2] {
    told!(
        |s, event: Event| choose!(s, "WhichEvent", event, {
            Event::CreatedNow { item_id } => |s| s.pass("Created", fmt!("created {}", item_id)),
            Event::Removed(removed) => |s| s.pass("Removed", fmt!("removed {}", removed.id)),
            Event::Pinged => |_| expr!("pinged"),
            Event::SomethingElse => |_| expr!("else"),
        }),
        event.clone()
    )
}

#[test]
fn what_a_variant_holds_is_bound() {
    check(&tell(&json!({ "type": "created_now", "itemId": "a" })), "created a");
    check(&tell(&json!({ "type": "removed", "id": "b", "by": null })), "removed b");
    check(&tell(&json!({ "type": "pinged" })), "pinged");
    check(&tell(&json!({ "type": "brand_new" })), "else");
}

fn draw(shape: &Value) -> [Execution; 2] {
    told!(
        |s, shape: Shape| choose!(s, "WhichShape", shape, {
            Shape::Circle { radius } => |s| s.pass("Round", fmt!("circle of {}", radius)),
            Shape::Label(text) => |_| text,
            Shape::Nothing => |s| s.fail("NothingToDraw", "it is nothing"),
        }),
        shape.clone()
    )
}

#[test]
fn what_a_variant_holds_can_be_in_a_field_of_its_own() {
    check(&draw(&json!({ "kind": "Circle", "data": { "radius": 2 } })), "circle of 2");
    check(&draw(&json!({ "kind": "Label", "data": "hello" })), "hello");
    for execution in draw(&json!({ "kind": "Nothing" })) {
        execution.assert_failed_with("NothingToDraw");
    }
}

#[test]
fn serde_writes_what_the_rules_compare_with() {
    for (event, name) in [
        (Event::CreatedNow { item_id: "a".to_owned() }, "created a"),
        (Event::Removed(Removed { id: "b".to_owned(), by: Some("me".to_owned()) }), "removed b"),
        (Event::Pinged, "pinged"),
    ] {
        check(&tell(&serde_json::to_value(event).expect("it is JSON")), name);
    }
}
