use stepwright::prelude::*;

#[task(activity = "${Pack}", timeout = "5m", heartbeat = "10m")]
//~^ the heartbeat must be shorter
fn pack(order_id: String) -> String;

fn main() {}
