use stepwright::prelude::*;

#[workflow]
fn price(s: &mut Scope, total: Ref<f64>) -> Ref<f64> {
    s.choice("IsLarge")
        .when(cond!(total > 100.0), |_| total)
        .otherwise(|_| expr!("free"))
    //~^ this branch gives `Expr<String>`, but the branches before it give `Ref<f64>`
}

fn main() {}
