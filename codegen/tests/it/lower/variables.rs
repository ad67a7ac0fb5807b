//! Variables that change: where they are assigned, and what reads them.

use insta::assert_snapshot;

use super::*;

#[task(lambda = "${Try}")]
fn attempt(number: u32) -> Line;

/// Defines the same workflow in both query languages.
macro_rules! in_both {
    ($s:ident, $input:ident: $ty:ty, $output:ty, { $($body:tt)* }) => {{
        #[workflow(name = "W")]
        fn in_jsonata($s: &mut Scope, $input: Ref<$ty>) -> Ref<$output> { $($body)* }
        #[workflow(name = "W", query_language = "JSONPath")]
        fn in_jsonpath($s: &mut Scope, $input: Ref<$ty>) -> Ref<$output> { $($body)* }
        (in_jsonata(), in_jsonpath())
    }};
}

#[test]
fn a_variable_is_set_on_the_transition_of_the_state_before() {
    let (jsonata, jsonpath) = in_both!(s, order: Order, u32, {
        s.wait("First", 1.seconds());
        let attempts = s.var("attempts", 0_u32);
        let latest = s.var("latest", order.id);
        s.repeat(|s| {
            let line = s.task(attempt(attempts));
            s.set(attempts, expr!(attempts + 1));
            s.set(latest, line.sku);
            s.choice("Look")
                .when(cond!(latest == "again"), |s| {
                    s.set(attempts, 7_u32);
                })
                .otherwise(|_| ());
            s.wait("Pause", 1.seconds());
        })
        .until("Enough", |()| cond!(attempts >= 10));
        s.pass("Told", attempts)
    });
    assert_snapshot!(states(&jsonata));
    assert_snapshot!(states(&jsonpath));
}

#[test]
fn a_pass_state_sets_a_variable_where_no_transition_can() {
    let (jsonata, jsonpath) = in_both!(s, order: Order, i32, {
        let count = s.var("count", order.count);
        s.repeat(|s| {
            s.set(count, expr!(count + 1));
        })
        .as_long_as("Again", |()| cond!(count < 3));
        s.set(count, expr!(count + 1));
        s.set_as("AddTwo", count, expr!(count + 2));
        s.pass("Told", count)
    });
    assert_snapshot!(states(&jsonata));
    assert_snapshot!(states(&jsonpath));
}

#[test]
fn what_is_set_on_one_transition_is_computed_from_the_values_before_it() {
    let (jsonata, jsonpath) = in_both!(s, order: Order, String, {
        s.wait("First", 1.seconds());
        let a = s.var("a", order.id);
        let b = s.var("b", "b");
        s.wait("Second", 1.seconds());
        let old = s.var("old", a);
        s.set(a, b);
        s.set(b, old);
        s.pass("Told", fmt!("{} {}", a, b))
    });
    assert_snapshot!(field(&jsonata, "First", "Assign"), @r#"{"a":"{% $states.input.id %}","b":"b"}"#);
    assert_snapshot!(field(&jsonata, "Second", "Assign"), @r#"{"a":"{% $b %}","b":"{% $a %}"}"#);
    assert_snapshot!(field(&jsonpath, "First", "Assign"), @r#"{"a.$":"$.id","b":"b"}"#);
    assert_snapshot!(field(&jsonpath, "Second", "Assign"), @r#"{"a.$":"$b","b.$":"$a"}"#);
}

#[test]
fn inner_scopes_read_the_variables_around_them() {
    let (jsonata, jsonpath) = in_both!(s, order: Order, Vec<String>, {
        s.wait("First", 1.seconds());
        let tag = s.var("tag", order.id);
        s.set(tag, "late");
        s.map("Each", order.lines).each(|s, _| s.task(ship(tag)))
    });
    assert_snapshot!(field(&jsonata, "First", "Assign"), @r#"{"order":"{% $states.input %}","tag":"late"}"#);
    assert_snapshot!(field(&jsonpath, "First", "Assign"), @r#"{"tag":"late"}"#);
    assert_snapshot!(field(&jsonpath, "Each", "ItemProcessor"), @r#"{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"Ship","States":{"Ship":{"Type":"Task","Resource":"${Ship}","Parameters":{"sku.$":"$tag"},"End":true}}}"#);
}

#[test]
fn the_value_of_the_scope_is_what_a_variable_is_at_its_end() {
    let (jsonata, jsonpath) = in_both!(s, order: Order, String, {
        s.wait("First", 1.seconds());
        let last = s.var("last", order.id);
        let sku = s.task(ship(last));
        s.set(last, sku);
        s.pass("Other", *last);
        s.set(last, fmt!("{}!", last));
        *last
    });
    assert_snapshot!(states(&jsonata));
    assert_snapshot!(states(&jsonpath));
}

#[test]
fn a_variable_that_nobody_reads_is_not_there() {
    let (jsonata, jsonpath) = in_both!(s, order: Order, String, {
        let unread = s.var("unread", 0_u32);
        let sku = s.task(ship(order.id));
        s.set(unread, expr!(unread + 1));
        sku
    });
    assert!(!states(&jsonata).contains("unread"));
    assert!(!states(&jsonpath).contains("unread"));
}

#[test]
fn an_inner_scope_cannot_set_a_variable() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<u32> {
        let count = s.var("count", 0_u32);
        s.map("Each", order.lines).each(|s, line| {
            s.set(count, line.qty);
        });
        *count
    }
    assert_snapshot!(states(&w()));
}

#[test]
fn the_name_of_a_variable_is_a_name() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<i32> {
        s.wait("First", 1.seconds());
        let bad = s.var("my count", order.count);
        let kept = s.var("next_token", order.count);
        s.set(kept, bad);
        *kept
    }
    assert_snapshot!(states(&w()), @"
    error[SW0170]: `my count` cannot be the name of a variable
    --> codegen/tests/it/lower/variables.rs:137:21
     = help: a variable name is a letter, then letters, digits and `_`, at most 80 of them

    error: 1 problem
    ");
}

#[test]
fn a_name_that_the_user_chose_inside_is_left_to_it() {
    #[workflow]
    fn w(s: &mut Scope, _order: Ref<Order>) -> Ref<Line> {
        let first = s.task(attempt(1_u32).named("Line"));
        let second = s.task(attempt(2_u32).named("line"));
        s.parallel("Both")
            .branch(|s| {
                s.task(attempt(3_u32).save_as("line2"));
            })
            .branch(move |_| first)
            .join();
        second
    }
    assert_snapshot!(states(&w()), @r#"
    start: Line
    {
      "Line": {
        "Type": "Task",
        "Resource": "${Try}",
        "Arguments": {
          "number": 1
        },
        "Assign": {
          "line": "{% $states.result %}"
        },
        "Next": "line"
      },
      "line": {
        "Type": "Task",
        "Resource": "${Try}",
        "Arguments": {
          "number": 2
        },
        "Assign": {
          "line3": "{% $states.result %}"
        },
        "Next": "Both"
      },
      "Both": {
        "Type": "Parallel",
        "Branches": [
          {
            "StartAt": "Attempt",
            "States": {
              "Attempt": {
                "Type": "Task",
                "Resource": "${Try}",
                "Arguments": {
                  "number": 3
                },
                "Assign": {
                  "line2": "{% $states.result %}"
                },
                "End": true
              }
            }
          },
          {
            "StartAt": "BothBranch1",
            "States": {
              "BothBranch1": {
                "Type": "Succeed",
                "Output": "{% $line %}"
              }
            }
          }
        ],
        "Output": "{% $line3 %}",
        "End": true
      }
    }
    "#);
}
