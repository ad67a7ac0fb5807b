//! Maps and Parallels.

use insta::assert_snapshot;

use super::*;

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
