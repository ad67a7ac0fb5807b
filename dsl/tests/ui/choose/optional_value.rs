use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
enum Decision {
    Match,
    NoMatch,
}

#[workflow]
fn w(s: &mut Scope, decision: Ref<Option<Decision>>) {
    choose!(s, "WhichPath", decision, {
        //~^ the patterns are those of `Decision`, but the value is a `Ref<Option<Decision>>`
        Decision::Match | Decision::NoMatch => |_| (),
    });
}

fn main() {}
