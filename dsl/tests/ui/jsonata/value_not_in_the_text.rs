use stepwright::prelude::*;

#[workflow]
fn add(s: &mut Scope, total: Ref<f64>) -> Ref<f64> {
    let sum: Expr<f64> = jsonata!("{totl} + 1", total = total);
    //~^ `{total}` does not stand in the text
    s.pass("Add", sum)
}

fn main() {}
