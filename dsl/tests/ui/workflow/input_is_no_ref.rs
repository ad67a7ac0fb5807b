use stepwright::prelude::*;

#[workflow]
fn greet(s: &mut Scope, name: String) -> Ref<String> {
    //~^ the input of a workflow is a reference to what an execution is given; write `Ref<String>`
    s.pass("Greet", "Hello!")
}

fn main() {}
