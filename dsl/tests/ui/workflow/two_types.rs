use stepwright::prelude::*;

#[workflow(express, standard)]
//~^ a workflow is either `standard` or `express`
fn greet(s: &mut Scope, name: Ref<String>) -> Ref<String> {
    s.pass("Greet", fmt!("Hello, {name}!"))
}

fn main() {}
