use stepwright::prelude::*;

#[task(lambda = "${Charge}")]
fn charge(amount: f64) -> String;

#[workflow]
fn pay(s: &mut Scope, total: Ref<f64>) -> Ref<String> {
    s.task(charge(total).timeout(30))
    //~^ `{integer}` is not a number of seconds
}

fn main() {}
