use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
enum Payment {
    Invoice,
    Card { number: String },
    //~^ an enum with data must say in a field which variant it is
}

fn main() {}
