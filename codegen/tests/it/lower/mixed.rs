//! States in JSONata in a machine in JSONPath.

mod composites;
mod decisions;
mod tasks;

use insta::assert_snapshot;

use super::*;

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Load {
    weights: Vec<f64>,
    label: String,
}

#[task(lambda = "${Send}")]
fn send(weight: f64, label: String) -> String;

errors! { Refused; }

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Item {
    price: f64,
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Purchase {
    id: String,
    lines: Vec<Item>,
    coupon: Option<String>,
}

#[task(lambda = "${Charge}")]
fn charge(total: f64, coupon: Option<String>) -> String;

#[task(lambda = "${Note}")]
fn note(text: String);

#[test]
fn what_json_path_cannot_say_is_computed_in_jsonata() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, load: Ref<Load>) -> Ref<String> {
        let weight = s.compute("Weigh", load.weights.sum() * 1.5);
        let sent = s.task(send(weight, load.label).save_as("results.sent"));
        s.compute("Tell", fmt!("{}: {}", sent.to_uppercase(), weight))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Weigh
    {
      "Weigh": {
        "Type": "Pass",
        "QueryLanguage": "JSONata",
        "Output": "{% $merge([$states.input, {'weigh': $sum($states.input.weights) * 1.5}]) %}",
        "Next": "Send"
      },
      "Send": {
        "Type": "Task",
        "Resource": "${Send}",
        "Parameters": {
          "weight.$": "$.weigh",
          "label.$": "$.label"
        },
        "ResultPath": "$.results.sent",
        "Next": "Tell"
      },
      "Tell": {
        "Type": "Pass",
        "QueryLanguage": "JSONata",
        "Output": "{% $uppercase($states.input.results.sent) & ': ' & $states.input.weigh %}",
        "End": true
      }
    }
    "#);
}

#[test]
fn an_iteration_computes_too() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, load: Ref<Load>) -> Ref<Vec<f64>> {
        let attempts = s.var("attempts", 1_u32);
        s.map("Each", load.weights).each(|s, weight| s.compute("Heavy", weight * attempts.to_f64()))
    }
    assert_snapshot!(states(&w()), @r#"
    start: SetAttempts
    {
      "SetAttempts": {
        "Type": "Pass",
        "Assign": {
          "attempts": 1
        },
        "Next": "Each"
      },
      "Each": {
        "Type": "Map",
        "ItemsPath": "$.weights",
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "Heavy",
          "States": {
            "Heavy": {
              "Type": "Pass",
              "QueryLanguage": "JSONata",
              "Output": "{% $states.input * $attempts %}",
              "End": true
            }
          }
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn in_a_machine_in_jsonata_nothing_changes() {
    #[workflow]
    fn plain(s: &mut Scope, order: Ref<Purchase>) -> Ref<String> {
        s.when("IsEmpty", cond!(order.lines.len() == 0), |s| s.fail("Empty", "no lines"));
        s.task(send(1.0, order.id))
    }
    #[workflow]
    fn said(s: &mut Scope, order: Ref<Purchase>) -> Ref<String> {
        s.in_jsonata()
            .when("IsEmpty", cond!(order.lines.len() == 0), |s| s.in_jsonata().fail("Empty", "no lines"));
        s.in_jsonata().task(send(1.0, order.id))
    }
    assert_eq!(states(&plain()), states(&said()));
}
