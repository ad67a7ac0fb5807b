#![deny(unused_must_use)]

use stepwright::prelude::*;

#[task(lambda = "${Charge}")]
fn charge(amount: f64) -> String;

#[workflow]
fn pay(_s: &mut Scope, total: Ref<f64>) {
    charge(total);
    //~^ unused `Task` that must be used
}

fn main() {}
