use stepwright::prelude::*;

#[workflow]
fn round(s: &mut Scope, count: Ref<u32>) -> Ref<u32> {
    s.pass("Round", count.floor())
    //~^ `u32` is no fraction
}

fn main() {}
