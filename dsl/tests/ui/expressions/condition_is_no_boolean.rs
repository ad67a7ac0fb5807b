use stepwright::prelude::*;

#[workflow]
fn check(s: &mut Scope, stock: Ref<u32>) {
    s.when("IsInStock", cond!(stock), |_| ());
    //~^ `Ref<u32>` cannot be used as a `bool`
}

fn main() {}
