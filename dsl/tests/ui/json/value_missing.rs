use stepwright::prelude::*;

#[workflow]
fn send(s: &mut Scope, id: Ref<String>) {
    s.pass("Send", data!({ "id": id, "other" }));
    //~^ a member of a JSON object is a text, a colon and a value, like `"id": order.id`
}

fn main() {}
