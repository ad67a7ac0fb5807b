use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Score {
    value: f64,
}

#[task(prototype)]
fn score(id: String) -> Score;
//~^ the trait bound `Score: std::default::Default` is not satisfied

fn main() {}
