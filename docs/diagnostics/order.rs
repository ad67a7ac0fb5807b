use std::time::Duration;

use stepwright::prelude::*;

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Order {
    id: String,
    total: f64,
    paid: bool,
    coupon: Option<String>,
    lines: Vec<Line>,
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Line {
    sku: String,
    count: u32,
}

errors! {
    Declined;
    OutOfStock;
}

#[task(lambda = "${Charge}", errors = [Declined])]
fn charge(order: String, amount: f64) -> String;

#[task(lambda = "${Ship}")]
fn ship(what: String) -> String;

#[task(lambda = "${Tell}")]
fn tell(text: String) -> ();
