use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Line {
    sku: String,
}

#[workflow]
fn list(s: &mut Scope, lines: Ref<Vec<Line>>) -> Ref<Vec<String>> {
    s.pass("List", lines.map(|line| line.skuu))
    //~^ no field `skuu` on type `Ref<Line>`
}

fn main() {}
