use stepwright::prelude::*;

#[workflow]
fn check(s: &mut Scope, discount: Ref<Option<f64>>) {
    s.when("IsCheap", cond!(discount < 5.0), |_| ());
    //~^ `Option<f64>` has no order
}

fn main() {}
