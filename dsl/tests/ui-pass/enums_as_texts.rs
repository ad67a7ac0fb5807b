//! Enums of plain names are printed by `fmt!`.

use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    OnlineOrder,
    InStore,
}

#[workflow]
fn label(s: &mut Scope, kind: Ref<Kind>) -> Ref<String> {
    s.pass("Kind", kind.to_text());
    s.pass("Label", fmt!("{kind} is not {}", Kind::InStore))
}

fn main() {
    assert!(label().plan().problems.is_empty());
}
