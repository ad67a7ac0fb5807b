//! Tasks that only give a sample: the state is a Pass, and everything after it is as if the task were there.

use insta::assert_snapshot;

use super::*;

const OFTEN: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).delays([1, 2, 4])]);

fn line() -> Line {
    Line { sku: "s-1".to_owned(), qty: 2 }
}

#[test]
fn a_sample_takes_the_place_of_the_result() {
    #[workflow(conventions = Conventions::new().retry_lambdas(OFTEN))]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(
            charge(order.id, order.total)
                .timeout(30.seconds())
                .retry(OFTEN)
                .catch(Declined, |s, error| s.fail("Declined", error.cause))
                .comment("soon")
                .prototype(line()),
        );
        s.task(ship(line.sku).retry(RetryPolicy::NONE))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Charge
    {
      "Charge": {
        "Type": "Pass",
        "Comment": "soon",
        "Assign": {
          "charge": {
            "sku": "s-1",
            "qty": 2
          }
        },
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $charge.sku %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn in_json_path_it_is_kept_at_the_same_path() {
    #[workflow(query_language = "JSONPath", conventions = Conventions::new().save_tasks("results.{state}"))]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(reserve(order.id).prototype(line()));
        s.task(charge(order.id, order.total).prototype(data!(Line { sku: order.id, qty: 1 })));
        s.task(ship(line.sku))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Reserve
    {
      "Reserve": {
        "Type": "Pass",
        "Result": {
          "sku": "s-1",
          "qty": 2
        },
        "ResultPath": "$.results.Reserve",
        "Next": "Charge"
      },
      "Charge": {
        "Type": "Pass",
        "Parameters": {
          "sku.$": "$.id",
          "qty": 1
        },
        "ResultPath": "$.results.Charge",
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.results.Reserve.sku"
        },
        "ResultPath": "$.results.Ship",
        "OutputPath": "$.results.Ship",
        "End": true
      }
    }
    "#);
}

#[test]
fn it_can_replace_the_document() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(charge(order.id, order.total).prototype(line()).replace_document());
        s.task(ship(line.sku))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Charge
    {
      "Charge": {
        "Type": "Pass",
        "Result": {
          "sku": "s-1",
          "qty": 2
        },
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Parameters": {
          "sku.$": "$.sku"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_task_without_a_resource_gives_its_default_or_its_sample() {
    #[derive(Data, Debug, Default, Serialize, Deserialize, JsonSchema)]
    struct Score {
        value: f64,
        labels: Vec<String>,
    }
    #[task(prototype)]
    fn score(id: String) -> Score;
    #[task(prototype = Score { value: 0.5, labels: Vec::new() }, lambda = "${Judge}")]
    fn judge(id: String) -> Score;
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Score> {
        let score = s.task(score(order.id));
        s.when("IsSafe", cond!(score.value < 0.1), |s| s.succeed_with("Safe", score));
        s.task(judge(order.id))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Score
    {
      "Score": {
        "Type": "Pass",
        "Assign": {
          "score": {
            "value": 0.0,
            "labels": []
          }
        },
        "Next": "IsSafe"
      },
      "IsSafe": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $score.value < 0.1 %}",
            "Next": "Safe"
          }
        ],
        "Default": "Judge"
      },
      "Safe": {
        "Type": "Succeed",
        "Output": "{% $score %}"
      },
      "Judge": {
        "Type": "Pass",
        "Output": {
          "value": 0.5,
          "labels": []
        },
        "End": true
      }
    }
    "#);
}
