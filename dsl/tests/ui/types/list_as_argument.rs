use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Line {
    sku: String,
}

#[task(lambda = "${Reserve}")]
fn reserve(line: Line) -> String;

#[workflow]
fn reserve_all(s: &mut Scope, lines: Ref<Vec<Line>>) -> Ref<String> {
    s.task(reserve(lines))
    //~^ `Ref<Vec<Line>>` cannot be used as a `Line`
}

fn main() {}
