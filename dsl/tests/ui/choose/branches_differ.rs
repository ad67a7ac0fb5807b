use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
enum Decision {
    Match,
    NoMatch,
}

#[workflow]
fn w(s: &mut Scope, decision: Ref<Decision>) {
    choose!(s, "WhichPath", decision, {
        Decision::Match => |_| expr!("text"),
        Decision::NoMatch => |_| expr!(1_u32),
        //~^ this branch gives `Expr<u32>`, but the branches before it give `Ref<String>`
    });
}

fn main() {}
