use stepwright::prelude::*;

struct Opaque;

#[workflow]
fn send(s: &mut Scope) {
    s.pass("Send", data!({ "id": Opaque }));
    //~^ `Opaque` is not a type that states can exchange
}

fn main() {}
