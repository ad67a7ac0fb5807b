use stepwright::prelude::*;

#[workflow]
fn greet(_s: &mut Scope, name: Ref<String>) -> String {
    //~^ a workflow returns a reference to what an execution will give; write `Ref<String>`
    format!("Hello, {name:?}!")
}

fn main() {}
