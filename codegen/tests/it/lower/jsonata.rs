//! Values live in variables; only what is read later is assigned.

use insta::assert_snapshot;

use super::*;

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
fn branches_of_a_choice_assign_the_joined_value_where_they_end() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let sku = s
            .choice("Pick")
            .when(cond!(order.paid), |s| s.task(charge(order.id, order.total)).sku)
            .when(cond!(order.total > 3.0), |s| s.fail("Dear", "too much"))
            .otherwise(|_| expr!("none"));
        s.task(ship(sku))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Pick
    {
      "Pick": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $states.input.paid %}",
            "Assign": {
              "order": "{% $states.input %}"
            },
            "Next": "Charge"
          },
          {
            "Condition": "{% $states.input.total > 3.0 %}",
            "Next": "Dear"
          }
        ],
        "Default": "Ship",
        "Assign": {
          "pick": "none"
        }
      },
      "Charge": {
        "Type": "Task",
        "Resource": "${Charge}",
        "Arguments": {
          "id": "{% $order.id %}",
          "amount": "{% $order.total %}"
        },
        "Assign": {
          "pick": "{% $states.result.sku %}"
        },
        "Next": "Ship"
      },
      "Dear": {
        "Type": "Fail",
        "Error": "Dear",
        "Cause": "too much"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $pick %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_choice_at_the_end_gives_the_value_of_the_scope() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.choice("Pick").when(cond!(order.paid), |s| s.task(ship(order.id))).otherwise(|_| expr!("none"))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Pick
    {
      "Pick": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $states.input.paid %}",
            "Assign": {
              "order": "{% $states.input %}"
            },
            "Next": "Ship"
          }
        ],
        "Default": "PickEnd",
        "Assign": {
          "pick": "none"
        }
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $order.id %}"
        },
        "End": true
      },
      "PickEnd": {
        "Type": "Succeed",
        "Output": "{% $pick %}"
      }
    }
    "#);
}

#[test]
fn when_and_unless_go_around_their_body() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.when("IsPaid", order.paid, |s| s.wait("Pause", 5.seconds()));
        s.unless("IsDear", cond!(order.total > 9.5), |s| s.wait("Breathe", 1.minutes()));
        s.when_some("HasCoupon", order.coupon, |s, coupon| {
            s.task(ship(coupon));
        });
        s.wait("Last", 1.seconds());
    }
    assert_snapshot!(states(&w()), @r#"
    start: IsPaid
    {
      "IsPaid": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $states.input.paid %}",
            "Assign": {
              "order": "{% $states.input %}"
            },
            "Next": "Pause"
          }
        ],
        "Default": "IsDear",
        "Assign": {
          "order": "{% $states.input %}"
        }
      },
      "Pause": {
        "Type": "Wait",
        "Seconds": 5,
        "Next": "IsDear"
      },
      "IsDear": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $order.total > 9.5 %}",
            "Next": "HasCoupon"
          }
        ],
        "Default": "Breathe"
      },
      "Breathe": {
        "Type": "Wait",
        "Seconds": 60,
        "Next": "HasCoupon"
      },
      "HasCoupon": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $exists($order.coupon) and $order.coupon != null %}",
            "Next": "Ship"
          }
        ],
        "Default": "Last"
      },
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $order.coupon %}"
        },
        "Next": "Last"
      },
      "Last": {
        "Type": "Wait",
        "Seconds": 1,
        "End": true
      }
    }
    "#);
}

#[test]
fn loops_end_in_a_choice() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.repeat(|s| s.task(poll())).until("Ready", |ready| ready);
        s.repeat(|s| s.task(poll().named("PollAgain"))).as_long_as("Busy", |busy| cond!(busy && order.paid));
        s.task(ship(order.id))
    }
    assert_snapshot!(states(&w()), @r#"
    start: BeforePoll
    {
      "BeforePoll": {
        "Type": "Pass",
        "Assign": {
          "order": "{% $states.input %}"
        },
        "Next": "Poll"
      },
      "Poll": {
        "Type": "Task",
        "Resource": "${Poll}",
        "Assign": {
          "poll": "{% $states.result %}"
        },
        "Next": "Ready"
      },
      "Ready": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $poll %}",
            "Next": "PollAgain"
          }
        ],
        "Default": "Poll"
      },
      "PollAgain": {
        "Type": "Task",
        "Resource": "${Poll}",
        "Assign": {
          "pollAgain": "{% $states.result %}"
        },
        "Next": "Busy"
      },
      "Busy": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $pollAgain and $order.paid %}",
            "Next": "PollAgain"
          }
        ],
        "Default": "Ship"
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
fn labels_and_jumps_fit_any_graph() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let done = s.forward_label();
        let again = s.label();
        let ready = s.task(poll());
        s.choice("Ready")
            .when(ready, |s| s.goto(done))
            .when(order.paid, |s| s.goto(again))
            .otherwise(|s| s.wait("Pause", 5.seconds()));
        s.place(done);
        s.task(ship(order.id))
    }
    assert_snapshot!(states(&w()), @r#"
    start: BeforePoll
    {
      "BeforePoll": {
        "Type": "Pass",
        "Assign": {
          "order": "{% $states.input %}"
        },
        "Next": "Poll"
      },
      "Poll": {
        "Type": "Task",
        "Resource": "${Poll}",
        "Assign": {
          "poll": "{% $states.result %}"
        },
        "Next": "Ready"
      },
      "Ready": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $poll %}",
            "Next": "Ship"
          },
          {
            "Condition": "{% $order.paid %}",
            "Next": "Poll"
          }
        ],
        "Default": "Pause"
      },
      "Pause": {
        "Type": "Wait",
        "Seconds": 5,
        "Next": "Ship"
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
fn a_parallel_gives_a_tuple_and_its_branches_see_outer_values() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(charge(order.id, order.total));
        let (sku, _) =
            s.parallel("Both").branch(|s| s.task(ship(line.sku))).branch(|s| s.succeed("Nothing")).join();
        s.task(ship(sku).named("ShipAgain"))
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
                  "sku": "{% $charge.sku %}"
                },
                "End": true
              }
            }
          },
          {
            "StartAt": "Nothing",
            "States": {
              "Nothing": {
                "Type": "Succeed"
              }
            }
          }
        ],
        "Assign": {
          "both": "{% $states.result %}"
        },
        "Next": "ShipAgain"
      },
      "ShipAgain": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $both[0] %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_parallel_can_be_given_an_input_of_its_own() {
    const ONCE: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).max_attempts(1)]);
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.parallel("Both")
            .input(data!(Line { sku: order.id, qty: 1 }))
            .branch(|s, line| s.task(ship(line.sku)))
            .retry(ONCE)
            .catch(States::ALL, |s, error| s.fail_as("Failed", error.error, error.cause))
            .join();
    }
    assert_snapshot!(states(&w()), @r#"
    start: Both
    {
      "Both": {
        "Type": "Parallel",
        "Arguments": {
          "sku": "{% $states.input.id %}",
          "qty": 1
        },
        "Branches": [
          {
            "StartAt": "Ship",
            "States": {
              "Ship": {
                "Type": "Task",
                "Resource": "${Ship}",
                "Arguments": {
                  "sku": "{% $states.input.sku %}"
                },
                "End": true
              }
            }
          }
        ],
        "Retry": [
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "MaxAttempts": 1
          }
        ],
        "Catch": [
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "Assign": {
              "bothError": "{% $states.errorOutput %}"
            },
            "Next": "Failed"
          }
        ],
        "End": true
      },
      "Failed": {
        "Type": "Fail",
        "Error": "{% $bothError.Error %}",
        "Cause": "{% $exists($bothError.Cause) and $bothError.Cause != null ? $bothError.Cause : '' %}"
      }
    }
    "#);
}

#[test]
fn a_map_runs_over_items_and_its_states_see_outer_values() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<Vec<String>>> {
        s.task(poll());
        s.map("Outer", order.lines).item_as("line").max_concurrency(2).each(|s, line| {
            s.task(poll().named("PollInside"));
            s.map("Inner", order.lines).each(|s, inner| {
                s.task(poll().named("PollInner"));
                s.task(ship(fmt!("{}{}{}", line.sku, inner.sku, order.id)))
            })
        })
    }
    assert_snapshot!(states(&w()), @r#"
    start: Poll
    {
      "Poll": {
        "Type": "Task",
        "Resource": "${Poll}",
        "Assign": {
          "order": "{% $states.input %}"
        },
        "Next": "Outer"
      },
      "Outer": {
        "Type": "Map",
        "Items": "{% $order.lines %}",
        "MaxConcurrency": 2,
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "PollInside",
          "States": {
            "PollInside": {
              "Type": "Task",
              "Resource": "${Poll}",
              "Assign": {
                "line": "{% $states.input %}"
              },
              "Next": "Inner"
            },
            "Inner": {
              "Type": "Map",
              "Items": "{% $order.lines %}",
              "ItemProcessor": {
                "ProcessorConfig": {
                  "Mode": "INLINE"
                },
                "StartAt": "PollInner",
                "States": {
                  "PollInner": {
                    "Type": "Task",
                    "Resource": "${Poll}",
                    "Assign": {
                      "item": "{% $states.input %}"
                    },
                    "Next": "Ship"
                  },
                  "Ship": {
                    "Type": "Task",
                    "Resource": "${Ship}",
                    "Arguments": {
                      "sku": "{% $line.sku & $item.sku & $order.id %}"
                    },
                    "End": true
                  }
                }
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
fn select_makes_what_an_iteration_is_given() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Vec<String>> {
        s.map("All", order.lines)
            .select(|line| data!(Line { sku: fmt!("{}-{}", order.id, line.sku), qty: line.qty }))
            .each(|s, line| s.task(pack(line)))
    }
    assert_snapshot!(states(&w()), @r#"
    start: All
    {
      "All": {
        "Type": "Map",
        "Items": "{% $states.input.lines %}",
        "ItemSelector": {
          "sku": "{% $states.input.id & '-' & $states.context.Map.Item.Value.sku %}",
          "qty": "{% $states.context.Map.Item.Value.qty %}"
        },
        "ItemProcessor": {
          "ProcessorConfig": {
            "Mode": "INLINE"
          },
          "StartAt": "Pack",
          "States": {
            "Pack": {
              "Type": "Task",
              "Resource": "${Pack}",
              "TimeoutSeconds": 120,
              "HeartbeatSeconds": 30,
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
fn a_handler_gives_a_value_in_place_of_the_result() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let sku = s.task(
            ship(order.id)
                .catch(Broken, |s, error| s.task(ship(error.error).named("ShipBroken")))
                .catch([Declined, States::TIMEOUT], |_, _| expr!("none")),
        );
        s.task(ship(sku).named("ShipAgain"))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Ship
    {
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $states.input.id %}"
        },
        "Assign": {
          "ship": "{% $states.result %}"
        },
        "Catch": [
          {
            "ErrorEquals": [
              "Broken"
            ],
            "Assign": {
              "shipError": "{% $states.errorOutput %}"
            },
            "Next": "ShipBroken"
          },
          {
            "ErrorEquals": [
              "Declined",
              "States.Timeout"
            ],
            "Assign": {
              "ship": "none"
            },
            "Next": "ShipAgain"
          }
        ],
        "Next": "ShipAgain"
      },
      "ShipBroken": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $shipError.Error %}"
        },
        "Assign": {
          "ship": "{% $states.result %}"
        },
        "Next": "ShipAgain"
      },
      "ShipAgain": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $ship %}"
        },
        "End": true
      }
    }
    "#);
}

#[test]
fn a_handler_at_the_end_lands_in_a_succeed() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(ship(order.id).catch(States::ALL, |_, _| ()));
    }
    assert_snapshot!(states(&w()), @r#"
    start: Ship
    {
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $states.input.id %}"
        },
        "Catch": [
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "Next": "ShipEnd"
          }
        ],
        "End": true
      },
      "ShipEnd": {
        "Type": "Succeed"
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
fn every_path_runs_through_the_end_of_the_scope() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let end = s.end_with(|s| s.task(ship(order.id)));
        s.when("IsPaid", order.paid, |s| s.wait("Pause", 5.seconds()));
        end
    }
    assert_snapshot!(states(&w()), @r#"
    start: IsPaid
    {
      "IsPaid": {
        "Type": "Choice",
        "Choices": [
          {
            "Condition": "{% $states.input.paid %}",
            "Assign": {
              "order": "{% $states.input %}"
            },
            "Next": "Pause"
          }
        ],
        "Default": "Ship",
        "Assign": {
          "order": "{% $states.input %}"
        }
      },
      "Pause": {
        "Type": "Wait",
        "Seconds": 5,
        "Next": "Ship"
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
fn seconds_and_times_are_constants_or_data() {
    #[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
    struct Times {
        pause: u32,
        at: String,
        role: String,
    }
    #[workflow(timeout = "1h")]
    fn w(s: &mut Scope, times: Ref<Times>) {
        s.wait("Constant", 90.seconds());
        s.wait("Data", times.pause);
        s.wait("Computed", times.pause + 1);
        s.wait_until("At", "2027-01-31T12:00:00Z");
        s.wait_until("AtData", times.at);
        s.task(
            pack(Line { sku: "x".to_owned(), qty: 1 })
                .timeout(times.pause)
                .credentials(times.role)
                .comment("slow"),
        );
    }
    assert_snapshot!(states(&w()), @r#"
    start: Constant
    {
      "Constant": {
        "Type": "Wait",
        "Seconds": 90,
        "Assign": {
          "times": "{% $states.input %}"
        },
        "Next": "Data"
      },
      "Data": {
        "Type": "Wait",
        "Seconds": "{% $times.pause %}",
        "Next": "Computed"
      },
      "Computed": {
        "Type": "Wait",
        "Seconds": "{% $times.pause + 1 %}",
        "Next": "At"
      },
      "At": {
        "Type": "Wait",
        "Timestamp": "2027-01-31T12:00:00Z",
        "Next": "AtData"
      },
      "AtData": {
        "Type": "Wait",
        "Timestamp": "{% $times.at %}",
        "Next": "Pack"
      },
      "Pack": {
        "Type": "Task",
        "Comment": "slow",
        "Resource": "${Pack}",
        "Arguments": {
          "sku": "x",
          "qty": 1
        },
        "Credentials": {
          "RoleArn": "{% $times.role %}"
        },
        "TimeoutSeconds": "{% $times.pause %}",
        "HeartbeatSeconds": 30,
        "End": true
      }
    }
    "#);
}

#[test]
fn lambda_invoke_takes_and_gives_a_payload() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Line> {
        let line = s.task(reserve(order.id));
        s.task(reserve(line.sku).named("ReserveAgain"))
    }
    assert_snapshot!(states(&w()), @r#"
    start: Reserve
    {
      "Reserve": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {
          "FunctionName": "reserve",
          "Payload": {
            "sku": "{% $states.input.id %}"
          }
        },
        "Assign": {
          "reserve": "{% $states.result.Payload %}"
        },
        "Next": "ReserveAgain"
      },
      "ReserveAgain": {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {
          "FunctionName": "reserve",
          "Payload": {
            "sku": "{% $reserve.sku %}"
          }
        },
        "Output": "{% $states.result.Payload %}",
        "End": true
      }
    }
    "#);
}

#[test]
fn conventions_fill_what_a_state_leaves_open() {
    const FAST: RetryPolicy =
        RetryPolicy::new(&[Retrier::on(&[States::ALL]).full_jitter().max_delay_seconds(9)]);
    #[workflow(conventions = Conventions::new().retry_lambdas(FAST).save_tasks("{state}Result"))]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(ship(order.id));
        s.task(ship(order.id).named("Other").retry(RetryPolicy::NONE).save_as("other"));
    }
    assert_snapshot!(states(&w()), @r#"
    start: Ship
    {
      "Ship": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $states.input.id %}"
        },
        "Assign": {
          "order": "{% $states.input %}",
          "ShipResult": "{% $states.result %}"
        },
        "Retry": [
          {
            "ErrorEquals": [
              "States.ALL"
            ],
            "MaxDelaySeconds": 9,
            "JitterStrategy": "FULL"
          }
        ],
        "Next": "Other"
      },
      "Other": {
        "Type": "Task",
        "Resource": "${Ship}",
        "Arguments": {
          "sku": "{% $order.id %}"
        },
        "Assign": {
          "other": "{% $states.result %}"
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
