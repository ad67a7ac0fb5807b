use stepwright::prelude::*;

#[workflow]
fn next(s: &mut Scope, id: Ref<String>) -> Ref<String> {
    s.pass("Next", expr!(id + "-1"))
    //~^ `String` is not a number
}

fn main() {}
