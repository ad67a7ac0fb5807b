//! A workflow that uses each construct once.

use stepwright::prelude::*;

errors! {
    pub CardDeclined;
}

const RETRY: RetryPolicy = RetryPolicy::new(&[
    Retrier::never(&[CardDeclined]),
    Retrier::on(&[States::ALL]).interval_seconds(5).max_attempts(5).backoff_rate(2.0).full_jitter(),
]);
const HOUSE: Conventions = Conventions::new().retry_lambdas(RETRY).retry_activities(RetryPolicy::NONE);
const POLL: StateName = StateName::new("PollUntilPacked");

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Order {
    id: String,
    total: f64,
    lines: Vec<Line>,
    coupon: Option<String>,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Line {
    sku: String,
    qty: u32,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Charge {
    id: String,
    risk: f64,
}

#[task(lambda = "${Charge}", errors = [CardDeclined])]
fn charge_card(amount: f64, order_id: String) -> Charge;

#[task(lambda = "${Redeem}")]
fn redeem(coupon: String) -> f64;

#[task(lambda = "${Reserve}")]
fn reserve(order_id: String, sku: String, qty: u32) -> String;

#[task(activity = "${Pack}", timeout = "30m", heartbeat = "1m")]
fn pack(order_id: String, reservations: Vec<String>) -> String;

#[task(lambda = "${Poll}")]
fn poll(parcel: String) -> String;

#[workflow(conventions = HOUSE, timeout = "1d")]
fn order_fulfilment(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
    s.when_some("HasCoupon", order.coupon, |s, coupon| {
        s.task(redeem(coupon));
    });
    let again = s.label();
    let charge = s.task(
        charge_card(order.total, order.id)
            .timeout(30.seconds())
            .catch(CardDeclined, |s, error| s.fail("Declined", error.cause))
            .catch(States::TIMEOUT, |s, _| s.goto(again))
            .catch(States::ALL, |_, error| data!(Charge { id: error.error, risk: 100.0 })),
    );
    let level = s
        .choice("FraudCheck")
        .when(cond!(charge.risk > 80.0 && order.total > 100.0), |s| s.fail("Fraud", "risk score too high"))
        .when(cond!(charge.risk > 40.0), |_| expr!("review"))
        .otherwise(|s| s.pass("Fine", "fine"));
    s.unless("IsFine", cond!(level == "fine"), |s| s.wait("LetThemLook", 1.hours()));
    let reservations = s
        .map("ReserveLines", order.lines)
        .max_concurrency(10)
        .retry(RetryPolicy::NONE)
        .each(|s, line| s.task(reserve(order.id, line.sku, line.qty)));
    let (parcel, _) = s
        .parallel("PackAndTell")
        .branch(|s| s.task(pack(order.id, reservations)))
        .branch(|s| s.task(sns::publish("${Topic}", fmt!("order {} is paid", order.id))))
        .catch(States::ALL, |s, error| s.fail("NotPacked", error.cause))
        .join();
    s.repeat(|s| {
        s.wait("Pause", 5.minutes());
        s.task(poll(parcel))
    })
    .until(POLL, |status| cond!(status == "PACKED"));
    parcel
}

fn main() {
    let plan = order_fulfilment().plan();
    assert!(plan.problems.is_empty(), "{:?}", plan.problems);
}
