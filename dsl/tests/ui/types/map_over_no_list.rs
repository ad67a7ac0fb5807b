use stepwright::prelude::*;

#[workflow]
fn reserve(s: &mut Scope, sku: Ref<String>) -> Ref<Vec<String>> {
    s.map("Reserve", sku).each(|_, sku| sku)
    //~^ a Map cannot run over `Ref<String>`
}

fn main() {}
