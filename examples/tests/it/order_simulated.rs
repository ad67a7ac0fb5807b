//! The order workflow, run in virtual time with stand-ins for its tasks.

use std::time::Duration;

use serde_json::json;
use stepwright_examples::order_fulfilment::{
    CardDeclined, Charge, Fulfilment, Line, Order, Parcel, Reservation, charge_card, order_fulfilment, pack,
    reserve,
};
use stepwright_sim::{Reply, Status, TaskError, WorkflowSimulation};

fn order(total: f64) -> Order {
    let lines = ["apple", "pear"].map(|sku| Line { sku: sku.to_owned(), qty: 2 });
    Order { id: "A7".to_owned(), total, lines: lines.into(), coupon: None }
}

/// A shop where everything works, for a customer of this risk.
fn shop(risk: f64) -> WorkflowSimulation<Order, Fulfilment> {
    WorkflowSimulation::of(&order_fulfilment())
        .expect("the example compiles")
        .on::<charge_card, _>(move |args| Ok(Charge { id: format!("charge-{}", args.order_id), risk }))
        .on::<reserve, _>(|args| Ok(Reservation { shelf: format!("shelf-{}", args.sku), sku: args.sku }))
        .on::<pack, _>(|args| {
            let weight = 100 * u32::try_from(args.reservations.len()).unwrap_or(0);
            (Ok(Parcel { id: format!("parcel-{}", args.order_id), weight }), Duration::from_secs(600))
        })
        .on_json("SnsPublish", |_| Reply::success(json!({ "MessageId": "m-1" })))
}

#[test]
fn an_order_becomes_a_parcel() {
    let execution = shop(3.0).run(order(120.0)).expect("every task has a stand-in");
    let fulfilment = execution.output().expect("the order is fulfilled");
    assert_eq!(fulfilment.parcel.id, "parcel-A7");
    assert_eq!(fulfilment.parcel.weight, 200);
    assert_eq!((fulfilment.charge_id.as_str(), fulfilment.carrier.as_str()), ("charge-A7", "post"));
    assert_eq!(fulfilment.message_id, "m-1");
    assert_eq!(execution.elapsed, Duration::from_secs(600));
    let message =
        execution.calls().iter().find(|call| call.state == "SnsPublish").expect("the customer is told");
    assert_eq!(message.input["Message"], "order A7 is paid and comes by post");
}

#[test]
fn a_dear_order_comes_by_courier() {
    let execution = shop(3.0).run(order(500.01)).expect("every task has a stand-in");
    assert_eq!(execution.output().expect("the order is fulfilled").carrier, "courier");
}

#[test]
fn fraud_is_a_high_risk_and_a_high_total() {
    let fails = |risk, total| shop(risk).run(order(total)).expect("every task has a stand-in").error.clone();
    assert_eq!(fails(80.5, 100.5), Some("Fraud".to_owned()));
    assert_eq!(fails(80.0, 100.5), None);
    assert_eq!(fails(80.5, 100.0), None);
}

#[test]
fn a_declined_card_ends_the_order_with_the_banks_words() {
    let shop = shop(3.0)
        .on::<charge_card, _>(|_| -> Result<Charge, _> { Err(TaskError::new(CardDeclined, "no money")) });
    let execution = shop.run(order(10.0)).expect("every task has a stand-in");
    assert_eq!(execution.status, Status::Failed);
    assert_eq!(
        (execution.error.as_deref(), execution.cause.as_deref()),
        (Some("Declined"), Some("no money"))
    );
    assert!(execution.retries.is_empty(), "a declined card is not tried again");
}

#[test]
fn a_parcel_that_nobody_packs_times_out() {
    let shop = shop(3.0).on_json("Pack", |_| Reply::silence());
    let execution = shop.run(order(10.0)).expect("every task has a stand-in");
    assert_eq!(execution.error.as_deref(), Some("States.Timeout"));
    assert_eq!(execution.elapsed, Duration::from_secs(30 * 60));
}
