use stepwright::prelude::*;

#[task(lambda = "${Charge}")]
fn charge(amount: f64, order_id: String) -> String;

#[workflow]
fn pay(s: &mut Scope, total: Ref<f64>) -> Ref<String> {
    s.task(charge(total))
    //~^ this function takes 2 arguments but 1 argument was supplied
}

fn main() {}
