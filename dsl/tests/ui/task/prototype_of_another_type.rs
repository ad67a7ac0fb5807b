use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Score {
    value: f64,
}

#[task(lambda = "${Score}")]
fn score(id: String) -> Score;

#[workflow]
fn judge(s: &mut Scope, id: Ref<String>) -> Ref<Score> {
    s.task(score(id).prototype(0.5))
    //~^ `{float}` cannot be used as a `Score`
}

fn main() {}
