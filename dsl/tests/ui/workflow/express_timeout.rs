use stepwright::prelude::*;

#[workflow(express, timeout = "1h")]
//~^ an Express workflow runs for five minutes at most, so a timeout of `1h` never comes
fn greet(s: &mut Scope, name: Ref<String>) -> Ref<String> {
    s.pass("Greet", fmt!("Hello, {name}!"))
}

fn main() {}
