use stepwright::prelude::*;

#[task(lambda = "${Charge}")]
fn charge(amount: f64, order_id: String) -> String;

#[workflow]
fn pay(s: &mut Scope, order_id: Ref<String>) -> Ref<String> {
    s.task(charge(order_id, order_id))
    //~^ `Ref<String>` cannot be used as a `f64`
}

fn main() {}
