use stepwright::prelude::*;

#[task(lambda = "${Reserve}")]
fn reserve(items: u32);

#[workflow]
fn order(s: &mut Scope, items: Ref<u64>) {
    s.task(reserve(items));
    //~^ `Ref<u64>` cannot be used as a `u32`
}

fn main() {}
