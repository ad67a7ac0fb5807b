use stepwright::prelude::*;

#[task(lambda = "${Charge}", timeout = "30 minutes")]
//~^ `30 minutes` is not a duration
fn charge(amount: f64) -> String;

fn main() {}
