use stepwright::prelude::*;

#[task(lambda = "${Ship}", rename_all = "camelCase")]
fn ship(order_id: String, #[serde(rename = "orderId")] number: u32) -> String;
//~^ two parameters are called `orderId` in JSON

fn main() {}
