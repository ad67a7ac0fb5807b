use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
enum Decision {
    Match,
    NoMatch,
}

#[workflow]
fn w(s: &mut Scope, decision: Ref<Decision>) {
    choose!(s, "WhichPath", decision, {
        Match => |_| (),
        //~^ a variant is written with its enum
        other => |_| (),
        //~^ a variant is written with its enum
    });
    choose!(s, "WithGuard", decision, {
        Decision::Match if decision == 1 => |_| (),
        //~^ an arm has no guard
        Decision::NoMatch => |_| (),
    });
    choose!(s, "WithDefault", decision, {
        _ => |_| (),
        //~^ `_` is the `Default` of the state, and comes last
        Decision::Match => |_| (),
    });
}

fn main() {}
