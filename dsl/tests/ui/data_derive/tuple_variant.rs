use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", content = "data")]
enum Payment {
    Invoice,
    Card(String, u32),
    //~^ a variant of several values is an array of mixed types
}

fn main() {}
