use stepwright::prelude::*;

#[workflow]
fn order(s: &mut Scope, ordered: Ref<u32>) -> Ref<u64> {
    let stock = s.pass("Stock", 7_u64);
    s.pass("Left", expr!(stock - ordered))
    //~^ `Ref<u32>` cannot be used as a `u64`
}

fn main() {}
