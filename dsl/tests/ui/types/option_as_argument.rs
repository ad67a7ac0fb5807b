use stepwright::prelude::*;

#[task(lambda = "${Redeem}")]
fn redeem(coupon: String) -> f64;

#[workflow]
fn discount(s: &mut Scope, coupon: Ref<Option<String>>) -> Ref<f64> {
    s.task(redeem(coupon))
    //~^ `Ref<Option<String>>` cannot be used as a `String`
}

fn main() {}
