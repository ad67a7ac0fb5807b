//! What is warned of and refused for a task's errors, for prototypes, and in Express workflows.

use insta::assert_snapshot;

use super::problems::problems;
use super::*;

errors! {
    Busy;
}

#[task(lambda = "${Book}", errors = [Declined, Broken])]
fn book(id: String) -> String;

#[task(activity = "${Carry}", timeout = "10m")]
fn carry(id: String) -> String;

const BUSY: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[Busy, Lambda::UNKNOWN]).delays([1])]);

#[test]
fn errors_that_a_task_does_not_raise() {
    const DECLINE: ErrorName = ErrorName::new("Decline");
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(
            book(order.id)
                .retry(BUSY)
                .catch([Declined, DECLINE], |s, _| s.fail("NoMoney", "no money"))
                .catch(Lambda::TIMED_OUT, |s, _| s.fail("TooSlow", "too slow"))
                .catch(States::ALL, |s, _| s.fail("Other", "something else")),
        );
        s.task(ship(order.id).retry(BUSY));
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_comment_allows_a_warning_at_its_state() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(book(order.id).retry(BUSY).comment("stepwright: allow SW0480: it did once"));
        s.task(book(order.id).named("Again").retry(BUSY).comment("stepwright: allow SW0404"));
    }
    let said = problems(&w());
    assert!(said.contains("the task of `Again`") && !said.contains("the task of `Book`"), "{said}");
}

#[test]
fn a_policy_of_the_conventions_may_name_any_error() {
    #[workflow(conventions = Conventions::new().retry_lambdas(BUSY))]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(book(order.id));
    }
    assert_eq!(problems(&w()), "compiled; ");
}

#[test]
fn every_prototype_is_named() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(ship(order.id).prototype("p-1"));
        s.parallel("Both")
            .branch(|s| s.task(book(order.id).prototype("b-1")))
            .branch(|s| s.task(poll().prototype(true)))
            .join();
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn what_an_express_workflow_cannot_do() {
    #[workflow(express)]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(Task::<String>::service("Run", "arn:aws:states:::ecs:runTask.sync", order.id));
        s.task(carry(order.id));
        s.wait("Rest", 10.minutes());
        s.task(ship(order.id).timeout(6.minutes()));
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn the_type_is_known_but_not_written() {
    #[workflow(express, timeout = "5m")]
    fn fast(s: &mut Scope, order: Ref<Order>) {
        s.task(ship(order.id));
    }
    #[workflow(standard, timeout = "5m", name = "Fast")]
    fn slow(s: &mut Scope, order: Ref<Order>) {
        s.task(ship(order.id));
    }
    let (fast, slow) = (compile(&fast()).expect("it compiles"), compile(&slow()).expect("it compiles"));
    assert_eq!(
        [fast.workflow_type, slow.workflow_type].map(stepwright::WorkflowType::as_str),
        ["EXPRESS", "STANDARD"]
    );
    assert_eq!(fast.to_json(), slow.to_json());
    assert_snapshot!(fast.to_json(), @r#"
    {
      "QueryLanguage": "JSONata",
      "TimeoutSeconds": 300,
      "StartAt": "Ship",
      "States": {
        "Ship": {
          "Type": "Task",
          "Resource": "${Ship}",
          "Arguments": {
            "sku": "{% $states.input.id %}"
          },
          "End": true
        }
      }
    }
    "#);
}
