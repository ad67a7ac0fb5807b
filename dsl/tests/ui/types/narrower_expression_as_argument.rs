use stepwright::prelude::*;

#[task(lambda = "${Reserve}")]
fn reserve(items: u64);

#[workflow]
fn order(s: &mut Scope, items: Ref<u32>) {
    s.task(reserve(items + 1));
    //~^ `Expr<u32>` cannot be used as a `u64`
}

fn main() {}
