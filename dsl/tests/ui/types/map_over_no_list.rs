use stepwright::prelude::*;

#[workflow]
fn reserve(s: &mut Scope, sku: Ref<String>) -> Ref<Vec<String>> {
    s.map("Reserve", sku).each(|_, sku| sku)
    //~^ `Ref<String>` cannot be used as a `Vec<_>`
}

fn main() {}
