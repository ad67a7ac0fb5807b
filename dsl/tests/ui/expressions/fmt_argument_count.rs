use stepwright::prelude::*;

#[workflow]
fn greet(s: &mut Scope, name: Ref<String>) -> Ref<String> {
    s.pass("Greet", fmt!("Hello, {}! You are number {}.", name))
    //~^ the format string has 2 `{}`, but 1 argument is given
}

fn main() {}
