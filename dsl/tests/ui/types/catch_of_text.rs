use stepwright::prelude::*;

#[task(lambda = "${Charge}")]
fn charge(amount: f64) -> String;

#[workflow]
fn pay(s: &mut Scope, total: Ref<f64>) -> Ref<String> {
    s.task(charge(total).catch("CardDeclined", |s, error| s.fail("Declined", error.cause)))
    //~^ `&str` is not an Error Name
}

fn main() {}
