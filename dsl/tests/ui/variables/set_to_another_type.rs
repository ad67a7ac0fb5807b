use stepwright::prelude::*;

#[workflow]
fn w(s: &mut Scope, name: Ref<String>) {
    let count = s.var("count", 0_u32);
    s.set(count, name);
    //~^ `Ref<String>` cannot be used as a `u32`
}

fn main() {}
