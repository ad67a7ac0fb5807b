use stepwright::prelude::*;

#[task(lambda = "${Ship}")]
fn ship(order_id: &str) -> String;
//~^ data that travels as JSON is owned, not borrowed: write `String`

fn main() {}
