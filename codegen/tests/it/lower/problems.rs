//! What lowering reports, as a user sees it: all of a workflow's problems at once.
//!
//! The snapshots stand in files of their own, because they name lines of this one.

use insta::assert_snapshot;
use stepwright_codegen::diagnostic::{FsSources, Style, render};

use super::*;

/// The problems of a workflow, with the lines of this file.
pub(super) fn problems<I, O>(workflow: &Workflow<I, O>) -> String {
    let sources = FsSources { root: concat!(env!("CARGO_MANIFEST_DIR"), "/..").into() };
    match compile(workflow) {
        Ok(compiled) => format!("compiled; {}", render(&compiled.warnings, &sources, Style::Plain)),
        Err(diagnostics) => render(&diagnostics, &sources, Style::Plain),
    }
}

#[test]
fn a_builder_that_is_never_finished() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        let _ = s.choice("Pick").when(order.paid, |_| ());
        let _ = s.map("All", order.lines);
        let _ = s.repeat(|s| s.task(poll()));
        s.wait("Pause", 1.seconds());
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_name_is_used_twice() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(ship(order.id));
        s.map("All", order.lines).each(|s, line| s.task(ship(line.sku)));
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn seconds_paths_and_names_that_are_none() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.comment("about nothing");
        s.wait("Pause", std::time::Duration::from_millis(1500));
        s.task(ship(order.id).save_as("$.x"));
        s.task(ship(StateName::new("Missing")).named("ShipName"));
        s.task(ship(order.id).named("x".repeat(81)).save_as("states"));
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn labels_that_are_not_placed_once() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        let never = s.forward_label();
        let twice = s.forward_label();
        let here = s.label();
        s.place(twice);
        s.place(twice);
        s.parallel("Both").branch(|s| s.goto(here)).branch(|s| s.task(ship(order.id))).join();
        s.when("IsPaid", order.paid, |s| s.goto(never));
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_state_after_the_end_is_never_reached() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let _ = s.fail("Always", "on purpose");
        s.task(ship(order.id))
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_value_that_is_overwritten() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let first = s.task(charge(order.id, order.total).save_as("line"));
        s.task(charge(order.id, order.total).named("ChargeAgain").save_as("line"));
        s.task(ship(first.sku))
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_value_of_a_document_that_was_replaced() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.task(poll().replace_document());
        s.task(ship(order.id))
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_value_that_not_every_path_assigns() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(charge(order.id, order.total).catch(Declined, |s, _| s.wait("Sulk", 9.seconds())));
        let mut inside = None;
        s.when("IsPaid", order.paid, |s| {
            inside = Some(s.task(poll()));
        });
        s.when("IsReady", inside.expect("the body was traced"), |s| s.wait("Pause", 1.seconds()));
        s.task(ship(line.sku))
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_value_of_another_scope() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let mut leaked = None;
        s.map("All", order.lines).each(|s, line| {
            leaked = Some(s.task(ship(line.sku)));
        });
        s.task(ship(leaked.expect("the body was traced")).named("ShipLeaked"))
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_field_that_the_document_does_not_have() {
    #[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
    struct Shipped {
        id: String,
        parcel: String,
    }
    #[task(lambda = "${Take}")]
    fn take(#[input] shipped: Shipped) -> String;
    const HOUSE: Conventions = Conventions::new().keep_at_end(&["results"]);
    #[workflow(query_language = "JSONPath", conventions = HOUSE)]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.ends_as("End");
        s.when("IsPaid", order.paid, |s| {
            s.task(ship(order.id).save_as("parcel"));
        });
        s.task(take(s.document()));
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_success_of_another_type() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.when("IsPaid", order.paid, |s| s.succeed_with("Paid", data!(Line { sku: order.id, qty: 1 })));
        s.when("IsFree", cond!(order.total < 0.01), |s| s.succeed("Free"));
        s.task(ship(order.id))
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn what_a_scope_is_not_given() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.parallel("Both")
            .input(order.lines)
            .branch(|s, lines| {
                s.map("All", lines).each(|s, line| s.task(ship(fmt!("{}{}", line.sku, order.id))));
            })
            .join();
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn what_jsonpath_cannot_say() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(charge(fmt!("{}", expr!(order.count * 2)), 1.0));
        s.task(ship(order.coupon.or("none")));
        s.pass_saved_as("Coupon", "x", order.coupon);
        s.when("Compare", cond!(order.lines.len() > 2), |s| s.wait("Pause", 1.seconds()));
        s.wait("Late", 7.minutes());
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn what_jsonata_does_not_have() {
    #[workflow(conventions = Conventions::new().save_tasks("results.{state}"))]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.ends_as("End").keep(order.id);
        s.task(ship(order.id));
        s.task(pack(s.document()));
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn an_end_that_is_declared_twice() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.ends_as("End").keep_document();
        s.ends_as("AnotherEnd").keep_document();
        s.when("IsPaid", order.paid, |s| s.ends_as("InnerEnd").keep_document());
        s.wait("Pause", 1.seconds());
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_reference_into_another_workflow() {
    use std::cell::Cell;
    thread_local!(static STOLEN: Cell<Option<Ref<String>>> = const { Cell::new(None) });
    #[workflow]
    fn victim(s: &mut Scope, order: Ref<Order>) {
        STOLEN.set(Some(order.id));
        s.wait("Pause", 1.seconds());
    }
    #[workflow]
    fn thief(s: &mut Scope) -> Ref<String> {
        s.task(ship(STOLEN.get().expect("the other workflow was traced")))
    }
    victim().plan();
    assert_snapshot!(problems(&thief()));
}

#[test]
fn what_a_distributed_map_cannot_be() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.map("All", order.lines)
            .distributed()
            .express()
            .label("all of them")
            .batches_of(2)
            .batch_input(order.status)
            .each(|s, batch| {
                s.map("Inner", batch.items)
                    .distributed()
                    .label("all of them")
                    .each(|s, _| s.task(ship(order.id)));
            });
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn a_value_of_a_child_execution_is_read_outside() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<Line> {
        let mut inside = None;
        s.map("All", order.lines).distributed().each(|_, line| inside = Some(line));
        inside.expect("the closure was called")
    }
    assert_snapshot!(problems(&w()));
}

#[test]
fn what_cannot_be_selected_of_a_result() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let late = charge(order.id, order.total).catch(Declined, |s, _| s.fail("Declined", "no money"));
        s.task(late.select_result(|line| line.sku).select_result(|sku| sku).catch_comment("late"));
        s.task(
            ship(order.id)
                .catch_comment("no Catcher")
                .select_result(|parcel| fmt!("{parcel} of {}", order.id)),
        )
    }
    assert_snapshot!(problems(&w()));
}
