use stepwright::prelude::*;

#[workflow]
fn send(s: &mut Scope, id: Ref<String>) {
    s.pass("Send", data!({ "id": id, "body": { "a": 1, "a": 2 }, "id": 3 }));
    //~^ the key "a" is given twice
    //~| the key "id" is given twice
}

fn main() {}
