use stepwright::prelude::*;

#[task(lambda = "${Reserve}")]
fn reserve(items: u32);

#[workflow]
fn order(s: &mut Scope, items: Ref<u64>) {
    s.task(reserve(items.widen()));
    //~^ a `u64` does not fit in a `u32`
}

fn main() {}
