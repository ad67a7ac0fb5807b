use stepwright::prelude::*;

#[task(lambda = "${Charge}", timout = "30s")]
//~^ unknown key `timout`; did you mean `timeout`?
fn charge(amount: f64) -> String;

fn main() {}
