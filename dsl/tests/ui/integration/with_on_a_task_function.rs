use stepwright::prelude::*;

#[task(lambda = "${Charge}")]
fn charge(amount: f64) -> String;

#[workflow]
fn pay(s: &mut Scope, amount: Ref<f64>) {
    s.task(charge(amount).with("Currency", "EUR"));
    //~^ `.with(…)` adds a parameter to the call of a service
}

fn main() {}
