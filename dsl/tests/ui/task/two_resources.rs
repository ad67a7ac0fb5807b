use stepwright::prelude::*;

#[task(
    lambda = "${Charge}",
    activity = "${ChargeByHand}",
    //~^ a task has one resource
)]
fn charge(amount: f64) -> String;

fn main() {}
