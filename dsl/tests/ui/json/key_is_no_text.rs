use stepwright::prelude::*;

#[workflow]
fn send(s: &mut Scope, id: Ref<String>) {
    s.pass("Send", data!({ id: id }));
    //~^ a key of a JSON object is a string literal, like `"id"`
}

fn main() {}
