use stepwright::prelude::*;

#[workflow]
fn greet(name: Ref<String>) -> Ref<String> {
    //~^ the first parameter is the scope: `s: &mut Scope`
    name
}

fn main() {}
