//! A shop's order, from payment to parcel.
//!
//! What to look at:
//!
//! * Tasks are function signatures. What they take and give are Rust types, which the Lambda functions can share.
//! * A state's result is a typed handle: `charge.risk` is a `Ref<f64>`, and `charge.rsik` does not compile.
//! * Values are simply used where they are needed, also inside the Map and the Parallel. In JSONata they travel in
//!   variables; only those that are read later are assigned.
//! * A caught error is handled in place; its branch ends in a failure, so it needs no value to go on with.
//! * The branches of the Choice `ChooseCarrier` give a value each: the Choice is worth their common type.

pub mod shop;

use stepwright::prelude::*;

/// What the shop sends us.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// The order's number.
    pub id: String,
    /// What the customer pays.
    pub total: f64,
    /// What is ordered.
    pub lines: Vec<Line>,
    /// A code for a discount.
    pub coupon: Option<String>,
}

/// An article and how often.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// The article.
    pub sku: String,
    /// How many.
    pub qty: u32,
}

/// A payment.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Charge {
    /// The payment's number.
    pub id: String,
    /// How likely it is a fraud, 0 to 100.
    pub risk: f64,
}

/// Articles that are set aside.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reservation {
    /// The article.
    pub sku: String,
    /// Where it lies.
    pub shelf: String,
}

/// What leaves the house.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Parcel {
    /// The parcel's number.
    pub id: String,
    /// Its weight in grams.
    pub weight: u32,
}

/// What the shop is told.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Fulfilment {
    /// The parcel.
    pub parcel: Parcel,
    /// The payment's number.
    pub charge_id: String,
    /// Who brings it.
    pub carrier: String,
    /// The number of the message to the customer.
    pub message_id: String,
}

errors! {
    /// The bank said no.
    pub CardDeclined;
}

/// Charges the card on file.
#[task(
    lambda = "arn:aws:lambda:eu-west-1:123456789012:function:charge-card",
    errors = [CardDeclined],
    rename_all = "camelCase"
)]
pub fn charge_card(amount: f64, order_id: String) -> Charge;

/// Sets an article aside.
#[task(lambda = "${ReserveFunctionArn}")]
pub fn reserve(sku: String, qty: u32) -> Reservation;

/// Packs what was set aside: a person at a table does it.
#[task(activity = "${PackActivityArn}", timeout = "30m", rename_all = "camelCase")]
pub fn pack(order_id: String, reservations: Vec<Reservation>) -> Parcel;

/// AWS's own advice for Lambda functions: its service has transient faults.
const TRANSIENT: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[
    Lambda::SERVICE_EXCEPTION,
    Lambda::AWS_LAMBDA_EXCEPTION,
    Lambda::SDK_CLIENT_EXCEPTION,
    Lambda::TOO_MANY_REQUESTS_EXCEPTION,
])
.delays([2, 4, 8, 16, 32, 64])]);

/// What every workflow of the shop does.
const SHOP: Conventions = Conventions::new().retry_lambdas(TRANSIENT);

/// Takes an order from payment to parcel.
#[workflow(conventions = SHOP)]
pub fn order_fulfilment(s: &mut Scope, order: Ref<Order>) -> Expr<Fulfilment> {
    let charge = s.task(
        charge_card(order.total, order.id)
            .timeout(30.seconds())
            .catch(CardDeclined, |s, error| s.fail("Declined", error.cause)),
    );

    s.choice("FraudCheck")
        .when(cond!(charge.risk > 80.0 && order.total > 100.0), |s| s.fail("Fraud", "risk score too high"))
        .otherwise(|_| ());

    let reservations = s
        .map("ReserveLines", order.lines)
        .item_as("line")
        .max_concurrency(10)
        .each(|s, line| s.task(reserve(line.sku, line.qty)));

    let carrier = s
        .choice("ChooseCarrier")
        .when(cond!(order.total > 500.0), |_| expr!("courier"))
        .otherwise(|_| expr!("post"));

    let (parcel, message) = s
        .parallel("PackAndTell")
        .branch(|s| s.task(pack(order.id, reservations)))
        .branch(|s| {
            s.task(sns::publish("${Topic}", fmt!("order {} is paid and comes by {}", order.id, carrier)))
        })
        .join();

    data!(Fulfilment { parcel, charge_id: charge.id, carrier, message_id: message.message_id })
}
