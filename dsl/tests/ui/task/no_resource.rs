use stepwright::prelude::*;

#[task(timeout = "30s")]
fn charge(amount: f64) -> String;
//~^ this task has no resource

fn main() {}
