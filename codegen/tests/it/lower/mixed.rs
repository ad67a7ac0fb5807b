//! States in JSONata in a machine in JSONPath.

use insta::assert_snapshot;

use super::*;

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Load {
    weights: Vec<f64>,
    label: String,
}

#[task(lambda = "${Send}")]
fn send(weight: f64, label: String) -> String;

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
fn a_task_computes_its_arguments_and_its_result_is_merged_into_the_document() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Purchase>) -> Ref<String> {
        let task = charge(order.lines.map(|line| line.price).sum() * 1.19, order.coupon);
        let paid = s.in_jsonata().task(task.save_as("results.paid").catch([Refused], |s, error| {
            s.task(note(error.error).named("TellWhy"));
            expr!("refused")
        }));
        s.task(note(paid));
        paid
    }
    assert_snapshot!(states(&w()), @r#"
    start: Charge
    {
      "Charge": {
        "Type": "Task",
        "QueryLanguage": "JSONata",
        "Resource": "${Charge}",
        "Arguments": {
          "total": "{% $sum([$map($states.input.lines, function($item) { $item.price })[]]) * 1.19 %}",
          "coupon": "{% $exists($states.input.coupon) ? $states.input.coupon : null %}"
        },
        "Output": "{% $merge([$states.input, {'results': $merge([$states.input.results, {'paid': $states.result}])}]) %}",
        "Catch": [
          {
            "ErrorEquals": [
              "Refused"
            ],
            "Output": "{% $merge([$states.input, {'chargeError': $states.errorOutput}]) %}",
            "Next": "TellWhy"
          }
        ],
        "Next": "Note"
      },
      "TellWhy": {
        "Type": "Task",
        "Resource": "${Note}",
        "Parameters": {
          "text.$": "$.chargeError.Error"
        },
        "ResultPath": null,
        "Next": "TellWhyResult"
      },
      "TellWhyResult": {
        "Type": "Pass",
        "QueryLanguage": "JSONata",
        "Output": "{% $merge([$states.input, {'results': $merge([$states.input.results, {'paid': 'refused'}])}]) %}",
        "Next": "Note"
      },
      "Note": {
        "Type": "Task",
        "Resource": "${Note}",
        "Parameters": {
          "text.$": "$.results.paid"
        },
        "ResultPath": null,
        "OutputPath": "$.results.paid",
        "End": true
      }
    }
    "#);
}

#[test]
fn a_result_that_nobody_reads_leaves_the_document_as_it_is() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Purchase>) {
        s.in_jsonata()
            .task(note(order.id.to_uppercase()).catch(States::ALL, |s, _| s.fail("Lost", "never mind")));
        s.in_jsonata().task(
            note(order.id.trim()).named("Again").catch(States::ALL, |s, _| s.wait("Rest", 1.seconds())),
        );
    }
    assert_snapshot!(states(&w()), @r#"
    start: Note
    {
      "Note": {
        "Type": "Task",
        "QueryLanguage": "JSONata",
        "Resource": "${Note}",
        "Arguments": {
          "text": "{% $uppercase($states.input.id) %}"
        },
        "Output": "{% $states.input %}",
        "Catch": [
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "Next": "Lost"
          }
        ],
        "Next": "Again"
      },
      "Lost": {
        "Type": "Fail",
        "Error": "Lost",
        "Cause": "never mind"
      },
      "Again": {
        "Type": "Task",
        "QueryLanguage": "JSONata",
        "Resource": "${Note}",
        "Arguments": {
          "text": "{% $replace($states.input.id, /^\\s+|\\s+$/, '') %}"
        },
        "Output": "{% $states.input %}",
        "Catch": [
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "Output": "{% $states.input %}",
            "Next": "Rest"
          }
        ],
        "End": true
      },
      "Rest": {
        "Type": "Wait",
        "Seconds": 1,
        "End": true
      }
    }
    "#);
}

#[test]
fn the_whole_document_and_parts_of_an_answer() {
    #[task(lambda_invoke = "${Price}")]
    fn price(#[input] order: Purchase) -> Load;

    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Purchase>) -> Ref<f64> {
        let first = s.in_jsonata().task(price(order).named("First"));
        s.task(note(first.label));
        let load = s.in_jsonata().task(price(order).replace_document());
        s.in_jsonata().wait("Rest", 1.seconds());
        load.weights.get(0).assume_some("everything weighs something")
    }
    assert_snapshot!(states(&w()), @r#"
    start: First
    {
      "First": {
        "Type": "Task",
        "QueryLanguage": "JSONata",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {
          "FunctionName": "${Price}",
          "Payload": "{% $states.input %}"
        },
        "Output": "{% $merge([$states.input, {'first': $states.result}]) %}",
        "Next": "Note"
      },
      "Note": {
        "Type": "Task",
        "Resource": "${Note}",
        "Parameters": {
          "text.$": "$.first.Payload.label"
        },
        "ResultPath": null,
        "Next": "Price"
      },
      "Price": {
        "Type": "Task",
        "QueryLanguage": "JSONata",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {
          "FunctionName": "${Price}",
          "Payload": "{% $states.input %}"
        },
        "Next": "Rest"
      },
      "Rest": {
        "Type": "Wait",
        "QueryLanguage": "JSONata",
        "Seconds": 1,
        "Output": "{% $states.input.Payload.weights[0] %}",
        "End": true
      }
    }
    "#);
}

#[test]
fn a_choice_passes_the_document_on() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Purchase>) -> Ref<String> {
        let rush = s.var("rush", false);
        let kind = s
            .in_jsonata()
            .choice("Sort")
            .when(order.lines.any(|line| cond!(line.price > 100.0)), |s| {
                s.set(rush, true);
                fmt!("dear {}", order.id.to_lowercase())
            })
            .when(cond!(order.coupon == "FREE"), |s| s.task(send(0.0, order.id)))
            .otherwise(|_| order.id);
        s.in_jsonata().when("Hurry", rush, |s| {
            s.task(note(kind));
        });
        kind
    }
    assert_snapshot!(states(&w()), @r#"
    start: SetRush
    {
      "SetRush": {
        "Type": "Pass",
        "Assign": {
          "rush": false
        },
        "Next": "Sort"
      },
      "Sort": {
        "Type": "Choice",
        "QueryLanguage": "JSONata",
        "Choices": [
          {
            "Condition": "{% $exists($filter($states.input.lines, function($item) { $item.price > 100.0 })) %}",
            "Assign": {
              "rush": true
            },
            "Next": "SortCase1Result"
          },
          {
            "Condition": "{% ($exists($states.input.coupon) ? $states.input.coupon : null) = 'FREE' %}",
            "Next": "Send"
          }
        ],
        "Default": "SortOtherwiseResult"
      },
      "SortCase1Result": {
        "Type": "Pass",
        "QueryLanguage": "JSONata",
        "Output": "{% $merge([$states.input, {'sort': 'dear ' & $lowercase($states.input.id)}]) %}",
        "Next": "Hurry"
      },
      "Send": {
        "Type": "Task",
        "Resource": "${Send}",
        "Parameters": {
          "weight": 0.0,
          "label.$": "$.id"
        },
        "ResultPath": "$.sort",
        "Next": "Hurry"
      },
      "SortOtherwiseResult": {
        "Type": "Pass",
        "QueryLanguage": "JSONata",
        "Output": "{% $merge([$states.input, {'sort': $states.input.id}]) %}",
        "Next": "Hurry"
      },
      "Hurry": {
        "Type": "Choice",
        "QueryLanguage": "JSONata",
        "Choices": [
          {
            "Condition": "{% $rush %}",
            "Next": "Note"
          }
        ],
        "Default": "HurryEnd"
      },
      "Note": {
        "Type": "Task",
        "Resource": "${Note}",
        "Parameters": {
          "text.$": "$.sort"
        },
        "ResultPath": null,
        "OutputPath": "$.sort",
        "End": true
      },
      "HurryEnd": {
        "Type": "Succeed",
        "OutputPath": "$.sort"
      }
    }
    "#);
}

#[test]
fn ends_and_pauses_are_computed() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Purchase>) -> Expr<f64> {
        s.in_jsonata().wait("Rest", order.lines.len() * 60);
        s.in_jsonata().when("HasNone", cond!(order.lines.len() == 0), |s| {
            s.in_jsonata().fail("Empty", fmt!("{} has {} lines", order.id.to_uppercase(), order.lines.len()))
        });
        s.in_jsonata().when("IsOne", cond!(order.lines.len() == 1), |s| {
            s.in_jsonata().succeed_with("One", order.lines.map(|line| line.price).sum())
        });
        expr!(0.0)
    }
    assert_snapshot!(states(&w()), @r#"
    start: Rest
    {
      "Rest": {
        "Type": "Wait",
        "QueryLanguage": "JSONata",
        "Seconds": "{% $count($states.input.lines) * 60 %}",
        "Next": "HasNone"
      },
      "HasNone": {
        "Type": "Choice",
        "QueryLanguage": "JSONata",
        "Choices": [
          {
            "Condition": "{% $count($states.input.lines) = 0 %}",
            "Next": "Empty"
          }
        ],
        "Default": "IsOne"
      },
      "Empty": {
        "Type": "Fail",
        "QueryLanguage": "JSONata",
        "Error": "Empty",
        "Cause": "{% $uppercase($states.input.id) & ' has ' & $count($states.input.lines) & ' lines' %}"
      },
      "IsOne": {
        "Type": "Choice",
        "QueryLanguage": "JSONata",
        "Choices": [
          {
            "Condition": "{% $count($states.input.lines) = 1 %}",
            "Next": "One"
          }
        ],
        "Default": "IsOneEnd"
      },
      "One": {
        "Type": "Succeed",
        "QueryLanguage": "JSONata",
        "Output": "{% $sum([$map($states.input.lines, function($item) { $item.price })[]]) %}"
      },
      "IsOneEnd": {
        "Type": "Pass",
        "Result": 0.0,
        "End": true
      }
    }
    "#);
}

#[test]
fn variables_are_computed_in_jsonata() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Purchase>) {
        let double = s.in_jsonata().var("double", order.lines.len() * 2);
        s.in_jsonata()
            .repeat(|s| {
                s.task(note(order.id));
                s.in_jsonata().set(double, expr!(double * double));
            })
            .until("Enough", |()| cond!(double % 7 == 0));
    }
    assert_snapshot!(states(&w()), @r#"
    start: SetDouble
    {
      "SetDouble": {
        "Type": "Pass",
        "QueryLanguage": "JSONata",
        "Assign": {
          "double": "{% $count($states.input.lines) * 2 %}"
        },
        "Next": "Note"
      },
      "Note": {
        "Type": "Task",
        "Resource": "${Note}",
        "Parameters": {
          "text.$": "$.id"
        },
        "ResultPath": null,
        "Next": "NoteSetDouble"
      },
      "NoteSetDouble": {
        "Type": "Pass",
        "QueryLanguage": "JSONata",
        "Assign": {
          "double": "{% $double * $double %}"
        },
        "Next": "Enough"
      },
      "Enough": {
        "Type": "Choice",
        "QueryLanguage": "JSONata",
        "Choices": [
          {
            "Condition": "{% $double % 7 = 0 %}",
            "Next": "EnoughEnd"
          }
        ],
        "Default": "Note"
      },
      "EnoughEnd": {
        "Type": "Succeed"
      }
    }
    "#);
}

#[test]
fn a_map_computes_its_items_and_its_states_stay_in_json_path() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Purchase>) -> Ref<Vec<String>> {
        let told = s
            .in_jsonata()
            .map("Each", order.lines.filter(|line| cond!(line.price > 1.0)))
            .max_concurrency(2)
            .each(|s, line| s.task(send(line.price, order.id)));
        s.in_jsonata()
            .map("Numbers", told)
            .select(|text| {
                data!(Load { weights: order.lines.map(|line| line.price), label: text.to_uppercase() })
            })
            .each(|s, load| {
                let task = send(load.weights.sum(), fmt!("{}{}", load.label, order.id));
                s.in_jsonata().task(task.named("SendAll"))
            })
    }
    assert_snapshot!(states(&w()), @r#"
    start: Each
    {
      "Each": {
        "Type": "Map",
        "QueryLanguage": "JSONata",
        "Items": "{% [$filter($states.input.lines, function($item) { $item.price > 1.0 })[]] %}",
        "ItemSelector": {
          "id": "{% $states.input.id %}",
          "item": "{% $states.context.Map.Item.Value %}"
        },
        "MaxConcurrency": 2,
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "Send",
          "States": {
            "Send": {
              "Type": "Task",
              "Resource": "${Send}",
              "Parameters": {
                "weight.$": "$.item.price",
                "label.$": "$.id"
              },
              "End": true
            }
          }
        },
        "Output": "{% $merge([$states.input, {'each': $states.result}]) %}",
        "Next": "Numbers"
      },
      "Numbers": {
        "Type": "Map",
        "QueryLanguage": "JSONata",
        "Items": "{% $states.input.each %}",
        "ItemSelector": {
          "weights": "{% [$map($states.input.lines, function($item) { $item.price })[]] %}",
          "label": "{% $uppercase($states.context.Map.Item.Value) %}",
          "id": "{% $states.input.id %}"
        },
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "SendAll",
          "States": {
            "SendAll": {
              "Type": "Task",
              "QueryLanguage": "JSONata",
              "Resource": "${Send}",
              "Arguments": {
                "weight": "{% $sum($states.input.weights) %}",
                "label": "{% $states.input.label & $states.input.id %}"
              },
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
fn a_parallel_computes_what_its_branches_are_given() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Purchase>) -> Ref<String> {
        let (one, _) = s
            .in_jsonata()
            .parallel("Both")
            .input(data!(Load { weights: order.lines.map(|line| line.price), label: order.id }))
            .branch(|s, load| s.in_jsonata().task(send(load.weights.sum(), order.id)))
            .branch(|s, load| s.task(note(load.label)))
            .join();
        one
    }
    assert_snapshot!(states(&w()), @r#"
    start: Both
    {
      "Both": {
        "Type": "Parallel",
        "QueryLanguage": "JSONata",
        "Arguments": {
          "weights": "{% [$map($states.input.lines, function($item) { $item.price })[]] %}",
          "label": "{% $states.input.id %}"
        },
        "Branches": [
          {
            "StartAt": "Send",
            "States": {
              "Send": {
                "Type": "Task",
                "QueryLanguage": "JSONata",
                "Resource": "${Send}",
                "Arguments": {
                  "weight": "{% $sum($states.input.weights) %}",
                  "label": "{% $states.input.label %}"
                },
                "End": true
              }
            }
          },
          {
            "StartAt": "Note",
            "States": {
              "Note": {
                "Type": "Task",
                "Resource": "${Note}",
                "Parameters": {
                  "text.$": "$.label"
                },
                "End": true
              }
            }
          }
        ],
        "Output": "{% $states.result[0] %}",
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

#[test]
fn the_end_of_a_scope_keeps_fields_in_jsonata_too() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Purchase>) {
        let text = s.pass_saved_as("Text", "results.text", "done");
        s.in_jsonata().ends_as("End").keep(text).keep(order.id);
    }
    assert_snapshot!(states(&w()), @r#"
    start: Text
    {
      "Text": {
        "Type": "Pass",
        "Result": "done",
        "ResultPath": "$.results.text",
        "Next": "End"
      },
      "End": {
        "Type": "Pass",
        "QueryLanguage": "JSONata",
        "Output": {
          "id": "{% $states.input.id %}",
          "text": "{% $states.input.results.text %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn what_stands_in_for_an_answer_has_its_shape() {
    #[task(lambda_invoke = "${Price}")]
    fn price(id: String) -> f64;

    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Purchase>) {
        let weights = order.lines.map(|line| line.price);
        let price = s.in_jsonata().task(price(order.id).catch([Refused], |_, _| weights.sum()));
        s.task(send(price, order.id));
    }
    assert_snapshot!(field(&w(), "PriceCaught1Result", "Output"), @r#""{% $merge([$states.input, {'price': {'Payload': $sum([$map($states.input.lines, function($item) { $item.price })[]])}}]) %}""#);
}
