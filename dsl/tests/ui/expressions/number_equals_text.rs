use stepwright::prelude::*;

#[workflow]
fn check(s: &mut Scope, total: Ref<f64>) {
    s.when("IsFree", cond!(total == "0"), |_| ());
    //~^ `&str` cannot be used as a `f64`
}

fn main() {}
