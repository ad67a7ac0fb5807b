use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
enum Decision {
    Match,
    NoMatch,
}

#[workflow]
fn w(s: &mut Scope, decision: Ref<Decision>) {
    choose!(s, "WhichPath", decision, {
        //~^ non-exhaustive patterns: `Decision::NoMatch` not covered
        Decision::Match => |s| s.wait("Pause", 1.seconds()),
    });
}

fn main() {}
