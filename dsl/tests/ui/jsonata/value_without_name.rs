use stepwright::prelude::*;

#[workflow]
fn add(s: &mut Scope, total: Ref<f64>) -> Ref<f64> {
    let sum: Expr<f64> = jsonata!("{total} + 1", total);
    //~^ a value has a name
    s.pass("Add", sum)
}

fn main() {}
