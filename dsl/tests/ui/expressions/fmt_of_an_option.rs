use stepwright::prelude::*;

#[workflow]
fn greet(s: &mut Scope, name: Ref<Option<String>>) -> Ref<String> {
    s.pass("Greet", fmt!("Hello, {}!", name))
    //~^ `Option<String>` cannot be formatted
}

fn main() {}
