use stepwright::prelude::*;

#[workflow]
fn add(s: &mut Scope, names: Ref<Vec<String>>) -> Ref<String> {
    s.pass("Add", names.sum())
    //~^ `String` is not a number
}

fn main() {}
