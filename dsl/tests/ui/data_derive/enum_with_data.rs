use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
enum Payment {
    Invoice,
    Card { number: String },
    //~^ an enum with data has no one shape
}

fn main() {}
