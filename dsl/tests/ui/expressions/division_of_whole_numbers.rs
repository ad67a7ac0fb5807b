use stepwright::prelude::*;

#[workflow]
fn halve(s: &mut Scope, count: Ref<u32>) -> Ref<u32> {
    s.pass("Halve", expr!(count / 2))
    //~^ `u32` is no fraction
}

fn main() {}
