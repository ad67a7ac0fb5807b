use stepwright::prelude::*;

struct Opaque;

#[workflow]
fn send(s: &mut Scope) {
    s.pass("Send", data!({ "id": Opaque }));
    //~^ `Opaque` cannot stand in an expression
}

fn main() {}
