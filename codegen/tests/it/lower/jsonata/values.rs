//! Variables: only what is read later is assigned.

use insta::assert_snapshot;

use crate::lower::*;

#[test]
fn a_result_is_assigned_only_if_a_later_state_reads_it() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(charge(order.id, order.total));
        s.task(poll());
        s.task(ship(line.sku))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Charge
    {
      "Charge": {
        "Type": "Task",
        "Resource": "${Charge}",
        "Arguments": {
          "id": "{% $states.input.id %}",
          "amount": "{% $states.input.total %}"
        },
        "Assign": {
          "charge": "{% $states.result %}"
        },
        "Next": "Poll"
      },
      "Poll": {
        "Type": "Task",
        "Resource": "${Poll}",
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
fn the_input_is_kept_for_later_states_unless_a_branch_does_not_read_it() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.task(charge(order.id, order.total).catch(Declined, |s, _| s.fail("Declined", "no money")));
        s.task(ship(order.id))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Charge
    {
      "Charge": {
        "Type": "Task",
        "Resource": "${Charge}",
        "Arguments": {
          "id": "{% $states.input.id %}",
          "amount": "{% $states.input.total %}"
        },
        "Assign": {
          "order": "{% $states.input %}"
        },
        "Catch": [
          {
            "ErrorEquals": [
              "Declined"
            ],
            "Next": "Declined"
          }
        ],
        "Next": "Ship"
      },
      "Declined": {
        "Type": "Fail",
        "Error": "Declined",
        "Cause": "no money"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $order.id %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_first_state_that_cannot_keep_the_input_gets_a_pass_in_front() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.parallel("Both").branch(|s| s.task(ship(order.id))).branch(|_| ()).join();
    }
    assert_snapshot!(states(&w()), @r#"
    start: BeforeBoth
    {
      "BeforeBoth": {
        "Type": "Pass",
        "Assign": {
          "order": "{% $states.input %}"
        },
        "Next": "Both"
      },
      "Both": {
        "Type": "Parallel",
        "Branches": [
          {
            "StartAt": "Ship",
            "States": {
              "Ship": {
                "Type": "Task",
                "Resource": "${Ship}",
                "Arguments": {
                  "sku": "{% $order.id %}"
                },
                "End": true
              }
            }
          },
          {
            "StartAt": "BothBranch1",
            "States": {
              "BothBranch1": {
                "Type": "Succeed"
              }
            }
          }
        ],
        "End": true
      }
    }
    "#);
}

#[test]
fn save_as_names_the_variable_and_keeps_it() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(charge(order.id, order.total).save_as("line"));
        s.task(poll().save_as("ready"));
        s.task(ship(line.sku))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Charge
    {
      "Charge": {
        "Type": "Task",
        "Resource": "${Charge}",
        "Arguments": {
          "id": "{% $states.input.id %}",
          "amount": "{% $states.input.total %}"
        },
        "Assign": {
          "line": "{% $states.result %}"
        },
        "Next": "Poll"
      },
      "Poll": {
        "Type": "Task",
        "Resource": "${Poll}",
        "Assign": {
          "ready": "{% $states.result %}"
        },
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $line.sku %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_pass_assigns_or_gives_its_value() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Line> {
        let text = s.pass("Text", fmt!("{}!", order.id));
        s.pass("Unread", 5);
        s.pass("Made", data!(Line { sku: text, qty: 3 }))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Text
    {
      "Text": {
        "Type": "Pass",
        "Assign": {
          "text": "{% $states.input.id & '!' %}"
        },
        "Next": "Unread"
      },
      "Unread": {
        "Type": "Pass",
        "Next": "Made"
      },
      "Made": {
        "Type": "Pass",
        "Output": {
          "sku": "{% $text %}",
          "qty": 3
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_variable_never_hides_a_function() {
    #[task(lambda = "${Count}")]
    fn count(text: String) -> Vec<String>;
    #[workflow]
    fn w(s: &mut Scope, map: Ref<String>) -> Expr<u64> {
        let words = s.task(count(map));
        s.task(poll());
        s.task(ship(map));
        words.len()
    }
    assert_snapshot!(states(&w()), @r#"
    start: Count
    {
      "Count": {
        "Type": "Task",
        "Resource": "${Count}",
        "Arguments": {
          "text": "{% $states.input %}"
        },
        "Assign": {
          "mapValue": "{% $states.input %}",
          "countValue": "{% $states.result %}"
        },
        "Next": "Poll"
      },
      "Poll": {
        "Type": "Task",
        "Resource": "${Poll}",
        "Next": "Ship"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $mapValue %}"
        },
        "Output": "{% $count($countValue) %}",
        "End": true
      }
    }
    "#);
}

#[test]
fn what_is_another_value_each_time_is_computed_once() {
    #[task(lambda = "${Link}")]
    fn link(left: String, right: String) -> String;
    #[workflow]
    fn at_the_end(s: &mut Scope) -> Expr<String> {
        let id = s.pass("Id", uuid());
        fmt!("{id}-{id}")
    }
    #[workflow]
    fn in_a_variable(s: &mut Scope) -> Ref<String> {
        let id = s.pass("Id", uuid());
        let copy = s.var("copy", id);
        s.task(link(id, copy))
    }
    #[workflow]
    fn in_two_variables(s: &mut Scope) -> Ref<String> {
        s.task(poll());
        let id = s.var("id", uuid());
        let copy = s.var("copy", id);
        s.task(link(id, copy))
    }
    for json in [states(&at_the_end()), states(&in_a_variable()), states(&in_two_variables())] {
        assert_eq!(json.matches("$uuid()").count(), 1, "{json}");
    }
}

#[test]
fn what_is_read_once_needs_no_state() {
    #[workflow]
    fn w(s: &mut Scope) -> Expr<String> {
        let id = s.pass("Id", uuid());
        fmt!("id-{id}")
    }
    assert_snapshot!(states(&w()), @r#"
    start: Id
    {
      "Id": {
        "Type": "Pass",
        "Output": "{% 'id-' & ($uuid()) %}",
        "End": true
      }
    }
    "#);
}

#[test]
fn names_that_are_made_of_names_with_spaces_have_spaces_too() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<String>> {
        s.map("For Each Line", order.lines).each(|s, line| {
            s.choice("Is It Paid?")
                .when(cond!(order.paid), |_| expr!("paid"))
                .otherwise(|s| s.task(ship(line.sku).named("Ship It")))
        })
    }
    let states = states(&w());
    for name in [r#""Before For Each Line": {"#, r#""Is It Paid? End": {"#] {
        assert!(states.contains(name), "{states}");
    }
}
