use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Position(f64, f64);
//~^ a tuple struct is an array of mixed types in JSON

fn main() {}
