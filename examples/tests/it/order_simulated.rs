//! The order workflow, run in virtual time with stand-ins for its tasks.

use serde_json::json;
use stepwright::{DurationExt, States};
use stepwright_examples::order_fulfilment::{
    CardDeclined, Charge, Fulfilment, Line, Order, Parcel, charge_card, order_fulfilment, shop,
};
use stepwright_sim::{Reply, TaskError, WorkflowExecution, WorkflowSimulation};

/// A shop where everything works, for a customer of this risk.
fn shop(risk: f64) -> WorkflowSimulation<Order, Fulfilment> {
    WorkflowSimulation::of(&order_fulfilment())
        .expect("the example compiles")
        .stand_ins(shop::stand_ins())
        .on::<charge_card, _>(move |args| Ok(Charge { id: format!("charge-{}", args.order_id), risk }))
}

/// What becomes of an order of two articles that costs this much.
fn order(shop: WorkflowSimulation<Order, Fulfilment>, total: f64) -> WorkflowExecution<Fulfilment> {
    let lines = ["apple", "pear"].map(|sku| Line { sku: sku.to_owned(), qty: 2 });
    let order = Order { id: "A7".to_owned(), total, lines: lines.into(), coupon: None };
    shop.run(order).expect("every task has a stand-in")
}

#[test]
fn an_order_becomes_a_parcel() {
    order(shop(3.0), 120.0)
        .assert_succeeded_with(Fulfilment {
            parcel: Parcel { id: "parcel-A7".to_owned(), weight: 200 },
            charge_id: "charge-A7".to_owned(),
            carrier: "post".to_owned(),
            message_id: "m-1".to_owned(),
        })
        .assert_visited_times("Reserve", 2)
        .assert_elapsed(10.minutes());
}

#[test]
fn the_customer_is_told_while_the_parcel_is_packed() {
    let execution = order(shop(3.0), 120.0);
    let message = json!({ "TopicArn": "${Topic}", "Message": "order A7 is paid and comes by post" });
    execution.assert_arguments_of("SnsPublish", [message]);
    insta::assert_snapshot!(execution.timeline(), @"
    0 s     ChargeCard     entered
    0 s     ChargeCard     attempt 1 succeeded → FraudCheck
    0 s     FraudCheck     → ReserveLines
    0 s     ReserveLines   entered, 2 items
    0 s       [0] Reserve  entered
    0 s       [1] Reserve  entered
    0 s       [0] Reserve  attempt 1 succeeded
    0 s       [1] Reserve  attempt 1 succeeded
    0 s     ReserveLines   → ChooseCarrier
    0 s     ChooseCarrier  → PackAndTell
    0 s     PackAndTell    entered
    0 s       Pack         entered
    0 s       SnsPublish   entered
    0 s       SnsPublish   attempt 1 succeeded
    10 min    Pack         attempt 1 succeeded
    10 min  PackAndTell    done
    10 min  SUCCEEDED
    ");
}

#[test]
fn a_dear_order_comes_by_courier() {
    let carrier = |total| order(shop(3.0), total).output().expect("the order is fulfilled").carrier;
    assert_eq!(carrier(500.01), "courier");
    assert_eq!(carrier(500.0), "post");
}

#[test]
fn fraud_is_a_high_risk_and_a_high_total() {
    order(shop(80.5), 100.5).assert_failed_with("Fraud").assert_path(["ChargeCard", "FraudCheck", "Fraud"]);
    order(shop(80.0), 100.5).assert_succeeded();
    order(shop(80.5), 100.0).assert_succeeded();
}

#[test]
fn a_declined_card_ends_the_order_with_the_banks_words() {
    let shop = shop(3.0)
        .on::<charge_card, _>(|_| -> Result<Charge, _> { Err(TaskError::new(CardDeclined, "no money")) });
    order(shop, 10.0)
        .assert_failed_with("Declined")
        .assert_cause_contains("no money")
        .assert_retries("ChargeCard", [])
        .assert_not_visited("Reserve");
}

#[test]
fn a_parcel_that_nobody_packs_times_out() {
    let shop = shop(3.0).on_json("Pack", |_| Reply::silence());
    order(shop, 10.0)
        .assert_failed_with(States::TIMEOUT)
        .assert_visited_in_order(["ChargeCard", "ReserveLines", "Pack"])
        .assert_elapsed(30.minutes());
}
