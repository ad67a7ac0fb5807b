use stepwright::prelude::*;

#[task(lambda = "${Charge}")]
fn charge(amount: f64) -> f64;

#[workflow]
fn pay(s: &mut Scope, total: Ref<f64>) -> Ref<f64> {
    s.task(charge(total).catch(States::ALL, |_, error| error.error))
    //~^ the handler of a caught error gives `Ref<String>`, but the state gives a `f64`
}

fn main() {}
