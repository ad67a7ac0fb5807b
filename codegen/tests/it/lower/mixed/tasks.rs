//! Tasks.

use insta::assert_snapshot;

use super::*;

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

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Priced {
    weight: f64,
    text: String,
}

#[test]
fn what_is_selected_of_a_result_is_merged_into_the_document() {
    #[task(lambda_invoke = "${Weigh}")]
    fn weigh(id: String) -> Load;

    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Purchase>) -> Ref<f64> {
        let priced = s.in_jsonata().task(weigh(order.id).select_result(|load| {
            data!(Priced { weight: load.weights.sum() * 1.5, text: fmt!("{} of {}", load.label, order.id) })
        }));
        s.task(note(priced.text));
        let paid = charge(priced.weight, order.coupon).select_result(|paid| fmt!("No. {paid}"));
        let paid = s.in_jsonata().task(paid.catch([Refused], |_, error| error.error).save_as("results.paid"));
        s.task(note(paid).named("NotePaid"));
        priced.weight
    }
    assert_snapshot!(states(&w()), @r#"
    start: Weigh
    {
      "Weigh": {
        "Type": "Task",
        "QueryLanguage": "JSONata",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {
          "FunctionName": "${Weigh}",
          "Payload": {
            "id": "{% $states.input.id %}"
          }
        },
        "Output": "{% $merge([$states.input, {'weigh': {'weight': $sum($states.result.Payload.weights) * 1.5, 'text': $states.result.Payload.label & ' of ' & $states.input.id}}]) %}",
        "Next": "Note"
      },
      "Note": {
        "Type": "Task",
        "Resource": "${Note}",
        "Parameters": {
          "text.$": "$.weigh.text"
        },
        "ResultPath": null,
        "Next": "Charge"
      },
      "Charge": {
        "Type": "Task",
        "QueryLanguage": "JSONata",
        "Resource": "${Charge}",
        "Arguments": {
          "total": "{% $states.input.weigh.weight %}",
          "coupon": "{% $exists($states.input.coupon) ? $states.input.coupon : null %}"
        },
        "Output": "{% $merge([$states.input, {'results': $merge([$states.input.results, {'paid': 'No. ' & $states.result}])}]) %}",
        "Catch": [
          {
            "ErrorEquals": [
              "Refused"
            ],
            "Output": "{% $merge([$states.input, {'chargeError': $states.errorOutput}]) %}",
            "Next": "ChargeCaught1Result"
          }
        ],
        "Next": "NotePaid"
      },
      "ChargeCaught1Result": {
        "Type": "Pass",
        "QueryLanguage": "JSONata",
        "Output": "{% $merge([$states.input, {'results': $merge([$states.input.results, {'paid': $states.input.chargeError.Error}])}]) %}",
        "Next": "NotePaid"
      },
      "NotePaid": {
        "Type": "Task",
        "Resource": "${Note}",
        "Parameters": {
          "text.$": "$.results.paid"
        },
        "ResultPath": null,
        "OutputPath": "$.weigh.weight",
        "End": true
      }
    }
    "#);
}

#[test]
fn what_is_selected_takes_the_place_of_the_document() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Purchase>) -> Ref<String> {
        let charge = charge(order.lines.map(|line| line.price).sum(), order.coupon);
        let charge = charge.select_result(|paid| data!(Priced { weight: 1.0, text: paid.to_lowercase() }));
        let paid = s.in_jsonata().task(charge.replace_document());
        s.task(note(paid.text));
        paid.text
    }
    assert_snapshot!(states(&w()), @r#"
    start: Charge
    {
      "Charge": {
        "Type": "Task",
        "QueryLanguage": "JSONata",
        "Resource": "${Charge}",
        "Arguments": {
          "total": "{% $sum([$map($states.input.lines, function($item) { $item.price })[]]) %}",
          "coupon": "{% $exists($states.input.coupon) ? $states.input.coupon : null %}"
        },
        "Output": {
          "weight": 1.0,
          "text": "{% $lowercase($states.result) %}"
        },
        "Next": "Note"
      },
      "Note": {
        "Type": "Task",
        "Resource": "${Note}",
        "Parameters": {
          "text.$": "$.text"
        },
        "ResultPath": null,
        "OutputPath": "$.text",
        "End": true
      }
    }
    "#);
}
