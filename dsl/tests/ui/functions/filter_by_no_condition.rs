use stepwright::prelude::*;

#[workflow]
fn keep(s: &mut Scope, names: Ref<Vec<String>>) -> Ref<Vec<String>> {
    s.pass("Keep", names.filter(|name| name.len()))
    //~^ `Expr<u64>` cannot be used as a `bool`
}

fn main() {}
