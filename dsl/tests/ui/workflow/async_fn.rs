use stepwright::prelude::*;

#[workflow]
async fn greet(s: &mut Scope, name: Ref<String>) -> Ref<String> {
    //~^ a workflow cannot be `async`; write a plain `fn`
    s.pass("Greet", fmt!("Hello, {name}!"))
}

fn main() {}
