use stepwright::prelude::*;

#[workflow]
fn price(s: &mut Scope, total: Ref<f64>) -> Ref<f64> {
    s.choice("IsLarge")
        .when(cond!(total > 100.0), |_| total)
        .otherwise(|_| expr!("free"))
    //~^ one branch gives `Ref<f64>` and another `Expr<String>`
}

fn main() {}
