//! Choices, pauses, ends and variables.

use insta::assert_snapshot;

use super::*;

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
