use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
enum Decision {
    Match,
    NoMatch,
}

#[workflow]
fn w(s: &mut Scope, decision: Ref<Decision>) {
    choose!(s, "WhichPath", decision, {
        Decision::Match => |s| s.wait("Pause", 1.seconds()),
        Decision::NoMach => |_| (),
        //~^ no variant
    });
}

fn main() {}
